"""Run lessons from top to bottom and store them as they are committed.

Usage, from the top folder of the kit::

    python tools/execute_lessons.py notebooks/00-start-here.ipynb [more notebooks]

Each notebook is run in a fresh kernel, in its own folder and with an empty work folder, so that
its outputs never depend on whoever ran it. Then everything is taken out that would look broken or
different elsewhere: stored widgets (the HTML and the plain text beside them stay), widget state,
times of running and the version of Python. A notebook whose cell raises is left as it was.
"""

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def execute(path: Path) -> None:
    """Run one notebook and write it back, cleaned.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises; the file is not changed then.
    """
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as work:
        os.environ["FRAMINGKIT_WORK"] = work
        NotebookClient(
            notebook,
            timeout=60,
            record_timing=False,
            resources={"metadata": {"path": str(path.parent)}},
        ).execute()
    clean(notebook)
    nbformat.validate(notebook)
    nbformat.write(notebook, path)


def clean(notebook: Any) -> None:
    """Take out what differs between machines or needs a running kernel to be shown."""
    notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    for cell in notebook.cells:
        for name in (
            "execution",
            "deletable",
            "editable",
        ):  # JupyterLab and our extension write them
            cell.metadata.pop(name, None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET_VIEW, None)


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
