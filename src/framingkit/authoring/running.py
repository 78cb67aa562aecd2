"""Runs the notebooks of a course, and compares what they give with what is stored in them.

A notebook is run in a fresh kernel, in its own folder and with an empty work folder, so that its
outputs never depend on whoever ran it. Then everything is taken out that would look broken or
different elsewhere: stored widgets (the HTML and the plain text beside them stay), widget state,
times of running and the version of Python.
"""

import copy
import importlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any

from framingkit.base import write_atomic
from framingkit.errors import FramingkitError

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
_OF_MACHINE = ("execution", "deletable", "editable")  # JupyterLab and our extension write them


def execute(path: Path) -> None:
    """Run one notebook and write it back, cleaned; if a cell raises, the file is not changed.

    Raises
    ------
    FramingkitError
        If Jupyter's parts are not installed here.
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    """
    notebook = _run(read_notebook(path), path.parent)
    write_atomic(path, written(notebook))


def differences(path: Path) -> list[str]:
    """Run a notebook again, and name the cells whose outputs are not those that are stored.

    This is what ``pytest --nbval`` compares: text and HTML of every output, but no picture. An
    error counts, and so does a notebook whose outputs were never stored.
    """
    from nbclient.exceptions import CellExecutionError

    stored = read_notebook(path)
    try:
        fresh = _run(copy.deepcopy(stored), path.parent)
    except CellExecutionError as error:
        last = str(error).strip().splitlines()[-1:]
        return [f"a cell stops with an error ({''.join(last)[:120]})"]
    pairs = zip(stored.cells, fresh.cells, strict=True)
    return [
        f"the cell “{was.id}” shows something else than what is stored"
        for was, now in pairs
        if was.cell_type == "code" and _shown(was) != _shown(now)
    ]


def read_notebook(path: Path) -> Any:
    """Read a notebook."""
    return formats().read(path, as_version=4)


def formats() -> Any:
    """Return the library that knows how notebooks are written.

    Raises
    ------
    FramingkitError
        If it is not installed here.
    """
    try:
        return importlib.import_module("nbformat")
    except ImportError:
        raise FramingkitError(_NO_JUPYTER) from None


_NO_JUPYTER = (
    "Notebooks cannot be run here, because JupyterLab is not installed. Install it: pip install "
    "jupyterlab"
)


def _run(notebook: Any, folder: Path) -> Any:
    try:
        from nbclient import NotebookClient
    except ImportError:
        raise FramingkitError(_NO_JUPYTER) from None
    with tempfile.TemporaryDirectory() as work:
        client = NotebookClient(
            notebook,
            timeout=60,
            record_timing=False,
            extra_arguments=["--IPKernelApp.log_level=ERROR"],
            resources={"metadata": {"path": str(folder)}},
        )
        # whoever is at work here, and whatever course was chosen, is not the notebook's
        others = ("FRAMINGKIT_COURSE", "FRAMINGKIT_CODER", "FRAMINGKIT_HAND_IN_FOLDER")
        kept = {name: value for name, value in os.environ.items() if name not in others}
        client.execute(env=kept | {"FRAMINGKIT_WORK": work})
    clean(notebook)
    return notebook


def clean(notebook: Any) -> None:
    """Take out what differs between machines or needs a running kernel to be shown."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        for name in _OF_MACHINE:
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)


def written(notebook: Any) -> bytes:
    """Write a notebook as nbformat does, with one line feed at its end."""
    formats().validate(notebook)
    text: str = formats().writes(notebook)
    return text.encode() + b"\n"


def _shown(cell: Any) -> list[Any]:
    """Give what a cell shows, without pictures and the order in which streams came."""
    shown = []
    for output in cell.outputs:
        data = output.get("data", {})
        texts = {kind: _PICTURE.sub("", "".join(text)) for kind, text in data.items()
                 if isinstance(text, (str, list)) and not kind.startswith("image/")}  # fmt: skip
        shown.append([output.output_type, "".join(output.get("text", "")), texts])
    return shown
