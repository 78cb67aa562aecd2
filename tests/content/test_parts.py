"""The parts of every lesson, as its notebook has them."""

import nbformat
from for_each import for_each

from framingkit.course import kit_folder, lesson_parts, list_lessons, load_items

LESSONS = [one for one in list_lessons() if one not in ("pre-test", "post-test")]


@for_each(LESSONS)
def test_every_question_of_a_lesson_is_in_one_part_and_every_part_has_a_heading(lesson):
    parts = lesson_parts(lesson)
    asked = [
        item for part in parts for item in part.items if not item.startswith(("pre-", "post-"))
    ]

    assert sorted(asked) == sorted(item.id for item in load_items(lesson))
    assert all(part.title and "(about" not in part.title for part in parts)


def test_a_part_is_named_as_its_heading():
    notebook = nbformat.read(kit_folder() / "notebooks/03-commentary.ipynb", as_version=4)
    headings = [
        line for cell in notebook.cells if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    ]  # fmt: skip

    for part in lesson_parts("03-commentary"):
        assert any(line.startswith(f"## {part.title}") for line in headings)


def test_a_notebook_that_is_missing_or_damaged_has_no_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("framingkit.course.parts.kit_folder", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    for name, text in {"a": "{", "b": "[]", "c": '{"cells": [{}]}', "d": "3"}.items():
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")

        assert lesson_parts(name) == ()
    assert lesson_parts("../../e") == ()
