"""Make the student copies of the workbooks from their solutions.

Usage, from the top folder of the kit::

    python tools/make_workbooks.py            all of them
    python tools/make_workbooks.py 03         only those whose names begin so

Only the notebooks in ``exercises/solutions/`` are written by hand. Their answers are between
nbgrader's two marks; here each such part becomes ``answer = ...``, and the copy is run once, so
that its outputs are those of a blank workbook.
"""

import copy
import re
import sys
from pathlib import Path
from typing import Any

import nbformat

sys.path.insert(0, str(Path(__file__).parent))
from execute_lessons import execute

EXERCISES = Path(__file__).parents[1] / "exercises"
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
BLANK = "answer = ..."
_PART = re.compile(rf"^{BEGIN}\n.*?^{END}$", re.MULTILINE | re.DOTALL)


def without_solutions(notebook: Any) -> Any:
    """Return a blank copy of a notebook, without its answers and outputs.

    Raises
    ------
    ValueError
        If a mark is left over, so that an answer could be too.
    """
    blank = copy.deepcopy(notebook)
    for cell in blank.cells:
        cell.source = _PART.sub(BLANK, cell.source)
        if BEGIN in cell.source or END in cell.source:
            raise ValueError(f"The marks of the solution in cell {cell.id!r} do not match.")
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return blank


def make(solution: Path, folder: Path = EXERCISES) -> Path:
    """Write the student copy of one solution, as it looks after a blank run."""
    path = folder / solution.name
    nbformat.write(without_solutions(nbformat.read(solution, as_version=4)), path)
    execute(path)
    return path


def main(arguments: list[str]) -> int:
    """Make the workbooks whose names begin with one of the arguments, or all."""
    chosen = tuple(arguments) or ("",)
    for solution in sorted((EXERCISES / "solutions").glob("*.ipynb")):
        if solution.name.startswith(chosen):
            print(f"{make(solution).name} was made.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
