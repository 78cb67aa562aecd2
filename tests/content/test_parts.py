"""The parts of every lesson, as its notebook has them."""

import nbformat
from for_each import for_each

from framingkit.course import kit_folder, lesson_parts, list_lessons, load_items, parts_of

LESSONS = [one for one in list_lessons() if one not in ("pre-test", "post-test")]


@for_each(LESSONS)
def test_every_question_of_a_lesson_is_in_one_part_and_every_part_has_a_heading(lesson):
    parts = lesson_parts(lesson)
    asked = [item for part in parts for item in part.items]

    assert sorted(asked) == sorted(item.id for item in load_items(lesson))
    assert all(part.title and part.minutes and "(about" not in part.title for part in parts)


def test_a_part_is_named_as_its_heading():
    notebook = nbformat.read(kit_folder() / "notebooks/03-commentary.ipynb", as_version=4)
    headings = [
        line for cell in notebook.cells if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
    ]  # fmt: skip

    for part in lesson_parts("03-commentary"):
        assert any(line.startswith(f"## {part.title}") for line in headings)


def test_what_a_cell_asks_for_is_read_from_its_code():
    code = 'lesson.ask("a-b", "c")\nfk.open_lesson("post-test").ask("d")\ncodes = ["x"]\n'
    code += 'lesson.tag("story", codes, document="bridge")\nlesson.tag("ending")\ntext.tag()'

    [part] = parts_of([{"cell_type": "code", "source": code}])

    assert part.items == ("a-b", "c")
    assert part.tagged == (("bridge", "story"), ("alaska-summit", "ending"))


def test_a_part_without_minutes_keeps_its_questions_and_one_of_words_only_is_none():
    cells = [
        {"cell_type": "markdown", "source": "## Aims\n\n## Set-up (about 1 minute, with all)"},
        {"cell_type": "markdown", "source": "## A passage\n\n### Detail (about 2 minutes)"},
        {"cell_type": "code", "source": 'lesson.ask("a")'},
    ]

    found = [(part.title, part.minutes, part.items) for part in parts_of(cells)]

    assert found == [("Set-up", 1, ()), ("A passage", 0, ("a",))]


def test_a_notebook_that_is_missing_or_damaged_has_no_parts(tmp_path, monkeypatch):
    monkeypatch.setattr("framingkit.course.outlines.folders", lambda: (tmp_path,))
    (tmp_path / "notebooks").mkdir()
    for name, text in {"a": "{", "b": "[]", "c": '{"cells": [{}]}', "d": "3"}.items():
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(text, encoding="utf-8")

        assert lesson_parts(name) == ()
    assert lesson_parts("../../e") == ()
