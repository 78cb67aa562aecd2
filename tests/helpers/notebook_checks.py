"""What a committed lesson must look like, in words.

nbval compares the outputs a notebook carries with the ones it makes now, so it is blind to a
notebook that carries none: a lesson that was never run, or whose outputs were cleared, passes
whatever it prints. These checks close that hole, and keep out what differs between machines.
Standard library only, so that any test may import it.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Cell = dict[str, Any]
Notebook = dict[str, Any]

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
MACHINE_PATH = re.compile(
    r"file://"
    r"|(?<![\w.:/<-])/(?:home|Users|root|tmp|work|opt|var|usr|mnt|private|srv|content)/\w"
    r"|\b[A-Za-z]:\\+\w"
)
CLOCK_TIME = re.compile(r"\b\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def problems(path: Path | str) -> list[str]:
    """Name everything that keeps a notebook from being committed.

    Parameters
    ----------
    path
        The ``.ipynb`` file.

    Returns
    -------
    list of str
        One sentence per problem, in the order of the cells; empty when the notebook is fit.
    """
    notebook: Notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    found = list(_notebook_problems(notebook))
    for number, cell in enumerate(notebook["cells"], start=1):
        for check in _CELL_CHECKS:
            found += [f"Cell {number} ({cell.get('id', 'no id')}) {say}" for say in check(cell)]
    return found


def _notebook_problems(notebook: Notebook) -> Iterator[str]:
    if "widgets" in notebook.get("metadata", {}):
        yield "The notebook stores widget state (metadata.widgets), which shows as a broken widget."
    counts = [cell.get("execution_count") for cell in notebook["cells"] if _is_code(cell)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"The code cells were not run once from top to bottom: their numbers are {counts}."


def _cleared(cell: Cell) -> Iterator[str]:
    if _is_code(cell) and not cell.get("outputs") and _shows_a_value(_text(cell["source"])):
        yield "ends in a value but has no stored output: it was cleared or never run."


def _shows_a_value(source: str) -> bool:
    """Tell whether Jupyter would show something for this cell: does its last line have a value?"""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return True
    return bool(body) and isinstance(body[-1], ast.Expr)


def _failed(cell: Cell) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            yield f"stores an error: {output.get('ename', '')}."
        if output.get("name") == "stderr":
            yield "stores text on stderr, such as a warning."


def _widget_view(cell: Cell) -> Iterator[str]:
    if any(WIDGET_VIEW in output.get("data", {}) for output in cell.get("outputs", [])):
        yield "stores a widget view, which shows as a broken widget before the kernel runs."


def _machine_path(cell: Cell) -> Iterator[str]:
    for text in _all_text(cell):
        if place := MACHINE_PATH.search(text):
            yield f"shows a path of one machine: {place.group()}…"
            return


def _timestamp(cell: Cell) -> Iterator[str]:
    if "execution" in cell.get("metadata", {}):
        yield "stores the time it was run (metadata.execution)."
    if any(CLOCK_TIME.search(text) for text in _output_text(cell)):
        yield "shows a date and time, which differs on every run."


def _semicolon(cell: Cell) -> Iterator[str]:
    if _is_code(cell) and _text(cell["source"]).rstrip().endswith(";"):
        yield "ends in a semicolon, which nbval does not honour."


_CELL_CHECKS: tuple[Callable[[Cell], Iterator[str]], ...] = (
    _cleared,
    _failed,
    _widget_view,
    _machine_path,
    _timestamp,
    _semicolon,
)


def _is_code(cell: Cell) -> bool:
    return bool(cell["cell_type"] == "code")


def _text(value: str | list[str]) -> str:
    """Join a notebook string, which may be stored as a list of lines."""
    return value if isinstance(value, str) else "".join(value)


def _all_text(cell: Cell) -> Iterator[str]:
    yield _text(cell["source"])
    yield from _output_text(cell)


def _output_text(cell: Cell) -> Iterator[str]:
    for output in cell.get("outputs", []):
        if "text" in output:
            yield _text(output["text"])
        for mime, value in output.get("data", {}).items():
            if mime.startswith("text/"):
                yield _text(value)
