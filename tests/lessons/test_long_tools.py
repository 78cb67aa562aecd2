"""Lessons 04 and 05 use more tools than the others, and lesson 05 fills two periods."""

import itertools
import re
from pathlib import Path
from typing import Any

import nbformat
import pytest
from for_each import for_each

from framingkit.course.data import load_items
from framingkit.notebook.lesson import Lesson

ROOT = Path(__file__).parents[2]
LESSONS = ("04-open-ending", "05-capstone")
PERIOD = 50
TWINS = {
    "lesson.rewrite(": "`lesson.add_plain_words(",
    "lesson.frames(": "`lesson.answer_frames(",
    "text.frames(": "`lesson.answer_frames(",
    "lesson.own_text(": "`lesson.use_text(",
    "text.read_and_tag(": "`lesson.add_tag(",
}
DIAGNOSED = {"04-open-ending": {6, 9, 10, 11, 12, 13}, "05-capstone": {3, 5, 8, 13, 15}}


def cells(lesson: str) -> list[Any]:
    return nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4).cells


def part_of(lesson: str, id: str) -> str:
    """Return the text of the part, under one heading, in which a cell is."""
    part, found = [], False
    for cell in cells(lesson):
        if cell.cell_type == "markdown" and re.search(r"^## ", cell.source, re.MULTILINE):
            if found:
                break
            part = []
        part += [cell.source] if cell.cell_type == "markdown" else []
        found = found or cell.id == id
    return "\n".join(part)


@for_each(LESSONS)
def test_every_tool_has_its_keys_above_it_and_its_way_in_code_in_its_part(lesson):
    for above, cell in itertools.pairwise(cells(lesson)):
        for tool, twin in TWINS.items():
            if cell.cell_type == "code" and cell.source.startswith(tool):
                assert twin in part_of(lesson, cell.id), cell.id
                assert "Tab" in above.source or "F2" in above.source, cell.id


@for_each(LESSONS)
def test_every_way_in_code_that_a_lesson_names_exists(lesson):
    named = {
        name
        for cell in cells(lesson)
        if cell.cell_type == "markdown"
        for name in re.findall(r"`lesson\.(\w+)\(", cell.source)
    }

    assert named
    assert [name for name in sorted(named) if not callable(getattr(Lesson, name, None))] == []


@pytest.mark.parametrize(("lesson", "wanted"), DIAGNOSED.items())
def test_the_misconceptions_of_a_lesson_have_a_question_each(lesson, wanted):
    assert wanted <= {number for item in load_items(lesson) for number in item.misconceptions}


def test_each_part_of_the_capstone_fills_one_period():
    spent = {1: 0, 2: 0}
    part = 1
    for words in headings("05-capstone"):
        part = 2 if words.startswith("Part two") else part
        if not words.startswith("Optional"):
            spent[part] += sum(map(int, re.findall(r"about (\d+) minutes?", words)))

    assert spent == {1: PERIOD, 2: PERIOD}


def headings(lesson: str) -> list[str]:
    return [
        words
        for cell in cells(lesson)
        if cell.cell_type == "markdown"
        for words in re.findall(r"^## (.+)$", cell.source, re.MULTILINE)
    ]


def test_the_rubric_has_the_rows_that_the_capstone_shows():
    page = (ROOT / "docs" / "capstone-rubric.md").read_text(encoding="utf-8")
    memo = next(cell.source for cell in cells("05-capstone") if cell.id == "memo")
    shown = re.findall(r"^\| ([A-Z][^|]+?) \|", memo, re.MULTILINE)

    assert re.findall(r"^\| \*\*(.+?)\*\*", page, re.MULTILINE) == shown
    assert len(shown) == 5
