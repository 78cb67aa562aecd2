"""The workbooks: whole, fresh, without answers, and with a home for every task."""

import ast
import itertools
import json
import re
import statistics
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest
from for_each import for_each
from make_workbooks import BEGIN, BLANK, END, without_solutions
from notebook_checks import problems

from framingkit.course.data import load_article, load_exercises, load_items, load_reference
from framingkit.notebook.workbook import NOTHING_YET

ROOT = Path(__file__).parents[2]
SOLUTIONS = sorted((ROOT / "exercises" / "solutions").glob("*.ipynb"))
EXERCISES = load_exercises()
LESSONS = sorted({one.lesson for one in EXERCISES})
README = (ROOT / "exercises" / "README.md").read_text(encoding="utf-8")
KINDS = ["exercise", "tool", "answer", "check"]


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)


def copy_of(solution: Path) -> Any:
    return read(ROOT / "exercises" / solution.name)


def tagged(notebook: Any, tag: str) -> list[Any]:
    return [cell for cell in notebook.cells if tag in cell.metadata.get("tags", ())]


def parts(cell: Any) -> str:
    return "".join(re.findall(rf"{BEGIN}\n(.*?){END}", cell.source, re.DOTALL))


def answer_in(cell: Any) -> Any:
    """Return what a solution gives as its answer."""
    (given,) = (one.value for one in ast.parse(parts(cell)).body if isinstance(one, ast.Assign))
    return ast.literal_eval(given)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for part in value for one in strings(part)] if isinstance(value, list) else []


def shown(notebook: Any) -> str:
    """Return everything that a notebook holds, outputs too, as one line of plain text."""
    text = re.sub(r"\\[nt]|<[^>]+>", " ", json.dumps(notebook, ensure_ascii=False))
    return " ".join(text.replace('\\"', '"').split())


def test_there_is_one_workbook_for_each_lesson():
    assert [path.stem for path in SOLUTIONS] == [
        "00-start-here", "01-context", "02-agenda", "03-commentary", "04-open-ending",
        "05-capstone",
    ]  # fmt: skip
    assert [f"exercises-{path.stem}" for path in SOLUTIONS] == LESSONS


@for_each(SOLUTIONS)
def test_the_student_copy_is_fresh(solution):
    wanted, found = without_solutions(read(solution)), copy_of(solution)

    assert found.metadata == wanted.metadata
    assert [(one.id, one.cell_type, one.source, one.metadata) for one in found.cells] == [
        (one.id, one.cell_type, one.source, one.metadata) for one in wanted.cells
    ]


@for_each(SOLUTIONS)
def test_the_student_copy_was_run_blank(solution):
    path = ROOT / "exercises" / solution.name

    assert problems(path) == []
    for cell in tagged(copy_of(solution), "check"):
        said = shown(cell.outputs)
        assert NOTHING_YET in said or "You have no tag here yet" in said


@for_each(SOLUTIONS)
def test_the_student_copy_holds_no_answer(solution):
    copied = copy_of(solution)
    everything = shown(copied)

    assert [cell.source for cell in tagged(copied, "answer")] == [BLANK] * len(
        tagged(copied, "answer")
    )
    assert BEGIN not in everything
    for cell in tagged(read(solution), "answer"):
        for words in strings(answer_in(cell)):
            plain = " ".join(words.split())
            assert len(plain) < 30 or plain not in everything


@for_each(SOLUTIONS)
def test_the_student_copy_does_not_show_what_the_kit_replies_to_an_answer(solution):
    everything = shown(copy_of(solution))

    for item in load_items(f"exercises-{solution.stem}"):
        for words in (item.worked, item.dissent, *(one.feedback for one in item.options)):
            assert not words or words not in everything


@for_each(SOLUTIONS)
def test_each_answer_of_a_solution_stands_between_the_marks(solution):
    for cell in read(solution).cells:
        answered = "answer" in cell.metadata.tags
        assert cell.source.startswith(BEGIN) == answered
        assert cell.source.endswith(END) == answered
        assert ("nbgrader" in cell.metadata) == answered


@for_each(SOLUTIONS)
def test_an_exercise_is_a_text_then_tools_then_one_answer_and_one_check(solution):
    found = read(solution)
    kinds = [cell.metadata.tags[0] for cell in found.cells if cell.metadata.tags[0] in KINDS]
    short = [kind for kind, _ in itertools.groupby(kinds)]

    assert short == KINDS * len(tagged(found, "exercise"))
    for cell in tagged(found, "check"):
        assert re.fullmatch(r'lesson\.check\("\d\.\d", answer\)', cell.source)


@for_each(SOLUTIONS)
def test_the_exercises_of_a_workbook_are_those_of_the_list_with_their_minutes(solution):
    found = [
        re.match(r"## Exercise (\d\.\d): (.+) \(about (\d+) minutes?\)\n", cell.source)
        for cell in tagged(read(solution), "exercise")
    ]
    listed = [one for one in EXERCISES if one.lesson == f"exercises-{solution.stem}"]

    assert [one and one.groups() for one in found] == [
        (one.number, one.title, str(one.minutes)) for one in listed
    ]
    total = sum(one.minutes for one in listed)
    assert f"**Time:** about {total} minutes." in read(solution).cells[0].source
    assert f"| lesson {solution.stem[:2]} | {total} minutes |" in README


@for_each(SOLUTIONS)
def test_a_check_is_for_the_exercise_above_it(solution):
    found = read(solution)
    texts = [cell.id.removeprefix("exercise-") for cell in tagged(found, "exercise")]

    assert [cell.id.removeprefix("answer-") for cell in tagged(found, "answer")] == texts
    assert [cell.id.removeprefix("check-") for cell in tagged(found, "check")] == texts
    assert [cell.source[14:17].replace(".", "-") for cell in tagged(found, "check")] == texts


@for_each(LESSONS)
def test_every_question_of_a_workbook_belongs_to_one_exercise_and_is_asked(lesson):
    listed = [item for one in EXERCISES if one.lesson == lesson for item in one.items]
    found = read(ROOT / "exercises" / "solutions" / f"{lesson.removeprefix('exercises-')}.ipynb")
    asked = [
        item
        for cell in tagged(found, "tool")
        if cell.source.startswith("lesson.ask(")
        for item in re.findall(r'"([\w-]+)"', cell.source)
    ]

    assert sorted(listed) == sorted(item.id for item in load_items(lesson))
    assert asked == listed


@for_each({one.number: one for one in EXERCISES if one.document})
def test_a_section_to_tag_is_there_and_each_of_its_codes_but_two_is_used(tagging):
    section = load_article(tagging.document).section(tagging.section)
    labels = {one.span.label for one in load_reference(tagging.document).within(section.id)}

    assert labels
    assert len(set(tagging.codes) - labels) <= 2


def test_the_solution_of_a_tagging_exercise_finds_all_clear_entries():
    for path in SOLUTIONS:
        for cell in tagged(read(path), "check"):
            said = shown(cell.outputs)
            for found, all_of_them in re.findall(r"You found (\d+) of its (\d+) clear", said):
                assert found == all_of_them, cell.id


def test_the_solution_of_a_closed_exercise_is_the_key_of_its_questions():
    for path in SOLUTIONS:
        bank = {item.id: item for item in load_items(f"exercises-{path.stem}")}
        for cell in tagged(read(path), "answer"):
            number = cell.id.removeprefix("answer-").replace("-", ".")
            (asked,) = (one for one in EXERCISES if one.number == number)
            given = answer_in(cell)
            values = [given] if len(asked.items) == 1 else list(given)
            for id, value in zip(asked.items, values, strict=bool(asked.items)):
                key = [option.id for option in bank[id].options if option.correct]
                if bank[id].kind in ("choice", "several"):
                    assert sorted(value) == sorted(key), id
                elif bank[id].kind == "order":
                    assert value == [option.id for option in bank[id].options]
                else:
                    assert len(value.split()) >= bank[id].min_words, id


@for_each({exercise.number: exercise for exercise in EXERCISES})
def test_the_numbers_and_facts_of_a_solution_are_found_by_the_check(exercise):
    path = ROOT / "exercises" / "solutions" / f"{exercise.lesson.removeprefix('exercises-')}.ipynb"
    said = {cell.id: shown(cell.outputs) for cell in tagged(read(path), "check")}
    reply = said[f"check-{exercise.number.replace('.', '-')}"]

    assert not exercise.amounts or re.search(r"Yes: your numbers? fits? the text", reply)
    assert not exercise.keep or "Yes: everything on the list is in your text" in reply


@for_each(range(1, 29))
def test_every_task_of_the_list_has_an_exercise_and_the_readme_names_it(task):
    homes = [one for one in EXERCISES if str(task) in one.tasks]
    row = next(line for line in README.splitlines() if line.startswith(f"| {task} | "))
    cells = [cell.strip() for cell in row.strip("|").split("|")]

    assert homes
    assert cells[2].split(", ") == [one.number for one in homes]
    assert set(cells[4].split(", ")) == {one.level for one in homes}
    assert int(cells[5]) == sum(one.minutes for one in homes)
    assert set(cells[6].split(", ")) == {one.marking for one in homes}


def test_the_readme_has_the_rubric_of_every_written_question_that_a_person_reads():
    for one in EXERCISES:
        for item in load_items(one.lesson):
            if item.id in one.items and item.kind == "written" and one.marking != "automatic":
                assert f"| {one.number} | {' | '.join(item.rubric)} |" in README


def test_numbers_of_exercises_are_those_of_their_lessons():
    assert all(one.lesson.startswith(f"exercises-0{one.number[0]}") for one in EXERCISES)
    counts = Counter(one.lesson for one in EXERCISES)
    assert min(counts.values()) >= 6


@for_each(SOLUTIONS)
def test_headings_do_not_skip_a_level_and_differ(solution):
    heads = [
        (len(marks), words)
        for cell in read(solution).cells
        if cell.cell_type == "markdown"
        for marks, words in re.findall(r"^(#+) (.+)$", cell.source, re.MULTILINE)
    ]

    assert [level for level, _ in heads][:1] == [1]
    assert {level for level, _ in heads[1:]} == {2}
    assert len(set(heads)) == len(heads)


@for_each(SOLUTIONS)
def test_half_of_the_sentences_have_18_words_or_fewer(solution):
    prose = [
        re.sub(r"<[^>]+>|`[^`]*`", " ", cell.source)
        for cell in read(solution).cells
        if cell.cell_type == "markdown"
    ]
    lengths = [
        len(one.split())
        for text in prose
        for line in text.splitlines()
        for one in re.split(r"(?<=[.?!:;])\s+", line)
        if len(one.split()) > 2
    ]

    assert statistics.median(lengths) <= 18
    assert max(lengths) <= 40


@for_each(LESSONS)
def test_questions_and_reasons_are_short_too(lesson):
    texts = [
        text
        for item in load_items(lesson)
        for text in (item.prompt, item.worked, item.dissent, *(o.feedback for o in item.options))
    ]
    lengths = [
        len(one.split()) for text in texts for one in re.split(r"(?<=[.?!:;])\s+", text) if one
    ]

    assert statistics.median(lengths) <= 18


def test_the_tests_before_and_after_are_asked_whole_and_called_unvalidated():
    for stem, which in (("00-start-here", "pre"), ("05-capstone", "post")):
        cells = tagged(read(ROOT / "exercises" / "solutions" / f"{stem}.ipynb"), "test")
        assert "unvalidated" in cells[0].source
        assert re.findall(r'"([\w-]+)",', cells[1].source) == [
            item.id for item in load_items(f"{which}-test")
        ]


def test_a_mark_that_is_left_over_stops_the_making():
    notebook = read(SOLUTIONS[0])
    cell = tagged(notebook, "answer")[0]
    cell.source = cell.source.replace(END, "")

    with pytest.raises(ValueError, match="do not match"):
        without_solutions(notebook)
