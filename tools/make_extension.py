"""Write down which code the JupyterLab extension may run by itself: that of the shipped notebooks.

    python tools/make_extension.py

For each lesson and workbook: its path and title, the ids of its code cells, and the sha256 of their
code. Answer cells, in which learners type, are not among them.
"""

import hashlib
import json
from pathlib import Path

import nbformat

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "jupyter/labextensions/framingkit-lesson/static/lessons.json"
FOLDERS = {"notebooks": "{}", "exercises": "exercises-{}"}


def entries(root: Path = ROOT) -> dict[str, dict[str, object]]:
    """Describe each shipped lesson and workbook by its id."""
    found = {}
    for folder, id in FOLDERS.items():
        for path in sorted((root / folder).glob("[0-9][0-9]-*.ipynb")):
            found[id.format(path.stem)] = _entry(path, f"{folder}/{path.name}")
    return found


def _entry(path: Path, name: str) -> dict[str, object]:
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    kit = [cell for cell in code if "answer" not in cell.metadata.get("tags", ())]
    title = notebook.cells[0].source.splitlines()[0].removeprefix("# ")
    digest = hashlib.sha256("\0".join(cell.source for cell in kit).encode()).hexdigest()
    return {"path": name, "title": title, "cells": [cell.id for cell in kit], "hash": digest}


def text(root: Path = ROOT) -> str:
    """Give the file: one lesson a line."""
    lines = (f"{json.dumps(id)}: {json.dumps(entry)}" for id, entry in entries(root).items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


if __name__ == "__main__":
    TARGET.write_text(text(), encoding="utf-8", newline="\n")
