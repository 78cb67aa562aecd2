"""The sample class as nbgrader would see it: one workbook, and a filled-in copy for each learner.

Every closed question has a cell for the answer and a locked cell that marks it, with the marks
that framingkit gives; tags have one of each as well; written answers are for a human to mark.
With `lean`, all answers are in one cell and are marked in one cell, which is the least that
nbgrader can be asked to do, though then nobody sees a score for each question.
"""

import json
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from framingkit import course
from framingkit.course.items import Item

MARK = '''
def mark(kind, given, key):
    """Give 1, 0.5 or 0 as framingkit does; key names the right options, or all in order."""
    if not given:
        return 0
    if kind == "choice":
        return int(given == key[0])
    if kind == "several":
        right, chosen = set(key), set(given)
        return 1 if chosen == right else 0.5 if len(chosen & right) > len(chosen - right) else 0
    place = {one: number for number, one in enumerate(key)}
    good = sum(place[a] < place[b] for a, b in zip(given, given[1:]))
    last = len(key) - 1
    return 0 if len(given) <= last else 1 if good == last else 0.5 if 2 * good >= last else 0

def found(tags, reference):
    """Give the share of the reference entries that a tag with the same label overlaps."""
    met = sum(any(t[2] == r[2] and t[0] < r[1] and r[0] < t[1] for t in tags) for r in reference)
    return round(10 * met / len(reference), 2)
'''.strip()
ASSIGNMENT, WORKBOOK = "reading", "workbook.ipynb"
CONFIG = "c = get_config()\nc.CourseDirectory.course_id = 'bench'\n"


def questions(sheets: list[dict[str, Any]]) -> tuple[list[Item], list[Item]]:
    """Give the closed and the written questions that somebody answered."""
    answered = {one["item"] for sheet in sheets for one in sheet["responses"]}
    items = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]
    items = [item for item in items if item.scored and item.id in answered]
    written = [item for item in items if item.kind == "written"]
    return [item for item in items if item.kind != "written"], written


def _key(item: Item) -> list[str]:
    """Name the right options, or all of them in order."""
    return [one.id for one in item.options if item.kind == "order" or one.correct]


def _role(name: str, **role: Any) -> dict[str, Any]:
    usual = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": usual | {"grade_id": name, "schema_version": 3} | role}


def _pair(name: str, blank: str, test: str, points: int) -> list[Any]:
    graded = {"grade": True, "locked": True, "points": points}
    return [
        new_code_cell(blank, metadata=_role(f"a-{name}", solution=True)),
        new_code_cell(test, metadata=_role(f"t-{name}", **graded)),
    ]


def source(closed: list[Item], written: list[Item], lean: bool) -> Any:
    """Make the instructor's notebook."""
    reference = [
        (one.span.start, one.span.end, one.span.label)
        for one in course.load_reference().spans
        if one.status == "clear"
    ]
    cells = [new_code_cell(MARK, metadata=_role("marks", locked=True))]
    tests = {item.id: f"mark({item.kind!r}, {{}}, {_key(item)})" for item in closed}
    if lean:
        terms = [tests[item.id].format(f"answers.get({item.id!r})") for item in closed]
        cells += _pair("all", "answers = {}", "(" + "\n + ".join(terms) + ")", len(closed))
    else:
        for item in closed:
            cells.append(new_markdown_cell(item.prompt))
            cells += _pair(item.id, "answer = None", tests[item.id].format("answer"), 1)
    cells += _pair("tags", "tags = []", f"found(tags, {reference})", 10)
    for item in written:
        role = _role(f"w-{item.id}", grade=True, solution=True, points=3)
        cells.append(new_markdown_cell(item.prompt, metadata=role))
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    return notebook


def submission(released: Any, sheet: dict[str, Any]) -> Any:
    """Fill in a released notebook with one learner's hand-in."""
    given = {one["item"]: one["response"] for one in sheet["responses"]}
    values = {
        item: one.get("choice") or one.get("choices") or one.get("order")
        for item, one in given.items()
    }
    tags = [
        (span["start"], span["end"], span["label"])
        for document in sheet["documents"]
        for span in document["spans"]
    ]
    notebook = nbformat.from_dict(json.loads(json.dumps(released)))
    for cell in notebook.cells:
        kind, _, name = cell.metadata.get("nbgrader", {}).get("grade_id", "").partition("-")
        if kind == "a" and name == "tags":
            cell.source = f"tags = {tags!r}"
        elif kind == "a" and name == "all":
            cell.source = f"answers = {values!r}"
        elif kind == "a":
            cell.source = f"answer = {values.get(name)!r}"
        elif kind == "w":
            cell.source = given.get(name, {}).get("text", "")
    return notebook


def write_source(folder: Path, sheets: list[dict[str, Any]], lean: bool) -> None:
    """Write a course folder with the instructor's notebook."""
    closed, written = questions(sheets)
    place = folder / "source" / ASSIGNMENT
    place.mkdir(parents=True)
    (folder / "nbgrader_config.py").write_text(CONFIG, encoding="utf-8")
    nbformat.write(source(closed, written, lean), place / WORKBOOK)


def write_submissions(folder: Path, sheets: list[dict[str, Any]]) -> None:
    """Write each learner's notebook where nbgrader collects them."""
    released = nbformat.read(folder / "release" / ASSIGNMENT / WORKBOOK, as_version=4)
    for sheet in sheets:
        place = folder / "submitted" / sheet["coder"] / ASSIGNMENT
        place.mkdir(parents=True)
        nbformat.write(submission(released, sheet), place / WORKBOOK)
