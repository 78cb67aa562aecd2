"""The page of every act as code is whole, its lines can be run, and each lesson leads to it."""

import ast
import inspect
import re
from pathlib import Path
from typing import Any

import nbformat
from for_each import for_each

from framingkit.notebook.chosen_text import ChosenText
from framingkit.notebook.lesson import Lesson

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "every-act-as-code.md").read_text(encoding="utf-8")
HOME = {"lesson": Lesson, "text": ChosenText}
LINES = re.findall(r"`((?:text = )?(?:lesson|text)\.[^`]+)`", PAGE)
LESSONS = {
    path.stem: nbformat.read(path, as_version=4)
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
}


def public_acts(home: type) -> set[str]:
    return {
        name
        for name, value in vars(home).items()
        if not name.startswith("_") and (callable(value) or name == "codebook")
    }


def act_of(line: str) -> ast.Call | ast.Attribute:
    (statement,) = ast.parse(line.replace("…", "..." if "[…]" in line else "…")).body
    value: Any = statement.value  # type: ignore[attr-defined]
    return value


@for_each(list(HOME))
def test_every_act_has_a_line(home):
    named = {line.removeprefix("text = ").split(".")[1].split("(")[0] for line in LINES
             if line.removeprefix("text = ").startswith(f"{home}.")}  # fmt: skip

    assert named == public_acts(HOME[home])


@for_each(LINES)
def test_a_line_fits_the_act_that_it_calls(line):
    act = act_of(line)
    if isinstance(act, ast.Call):
        home, name = act.func.value.id, act.func.attr  # type: ignore[attr-defined]
        named = {one.arg: ... for one in act.keywords if one.arg}
        inspect.signature(getattr(HOME[home], name)).bind(..., *act.args, **named)


@for_each(LESSONS)
def test_a_lesson_leads_to_the_page_once_and_before_its_first_box_as_code_ends(lesson):
    text = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")

    assert text.count("(../docs/every-act-as-code.md)") == 1
    assert text.index("every-act-as-code.md") < text.index("</details>")


@for_each(LESSONS)
def test_a_part_has_at_most_one_box_as_code(lesson):
    text = "\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    for part in re.split(r"^#+ ", text, flags=re.MULTILINE):
        assert part.count("<summary>As code</summary>") <= 1, part.splitlines()[0]
        assert not re.search(r"[Aa]s code: ", part)
