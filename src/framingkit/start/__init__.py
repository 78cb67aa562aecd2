"""The page on which the kit opens: where you were, all lessons, hand-in, and a door for teachers.

It is made again each time it is asked for, from the learner's log, by the server that JupyterLab
runs on. So it needs no kernel, no script and no trust, and its links lead into the same JupyterLab.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell the server which module serves the page."""
    return [{"module": "framingkit.start"}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Let the server answer for the page; only then is anything of the server's loaded."""
    from framingkit.start.server import serve

    serve(app)
