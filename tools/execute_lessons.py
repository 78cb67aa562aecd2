"""Run lessons from top to bottom and store them as they are committed.

Usage, from the top folder of the kit::

    python tools/execute_lessons.py notebooks/00-start-here.ipynb [more notebooks]

Each notebook is run in a fresh kernel, in its own folder and with an empty work folder, so that
its outputs never depend on whoever ran it. Then everything is taken out that would look broken or
different elsewhere: stored widgets (the HTML and the plain text beside them stay), widget state,
times of running and the version of Python. A notebook whose cell raises is left as it was.
"""

import sys
from pathlib import Path

from framingkit.authoring import execute


def main(arguments: list[str]) -> int:
    """Run the notebooks that are named; 2 means that none was."""
    if not arguments:
        print("Name at least one notebook, such as notebooks/00-start-here.ipynb.")
        return 2
    for argument in arguments:
        execute(Path(argument))
        print(f"{argument} was run and stored.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
