"""The questions teach: every answer meets a reason, and nothing but the thought gives it away."""

import ast
import re
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat
import pytest

from framingkit.course.data import list_lessons, load_article, load_items
from framingkit.course.items import Item
from framingkit.feedback.answers import reply_to

ROOT = Path(__file__).parents[2]
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))}
ITEMS = [item for lesson in list_lessons() for item in load_items(lesson)]
CLOSED = [item for item in ITEMS if item.scored and item.kind in ("choice", "several")]
WRITTEN = [item for item in ITEMS if item.kind == "written"]


def named(item: Item) -> str:
    return f"{item.lesson}:{item.id}"


def words(text: str) -> int:
    return len(text.split())


def asked_in(path: Path) -> list[str]:
    """Return the ids of the questions that a lesson asks, in order."""
    source = "\n".join(
        cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    )
    return [
        str(argument.value)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "ask"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


def test_no_two_questions_of_the_course_share_an_id():
    assert [one for one, times in Counter(item.id for item in ITEMS).items() if times > 1] == []


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_a_question_names_the_lesson_whose_file_it_is_in(item):
    assert item in load_items(item.lesson)


@pytest.mark.parametrize("lesson", NOTEBOOKS)
def test_a_lesson_asks_each_of_its_questions_once(lesson):
    written_for_it = [item.id for item in load_items(lesson)]

    assert sorted(asked_in(NOTEBOOKS[lesson])) == sorted(written_for_it)


@pytest.mark.parametrize("item", CLOSED, ids=named)
def test_every_option_has_its_own_feedback_with_a_reason(item):
    feedback = [option.feedback for option in item.options]

    assert len(set(feedback)) == len(feedback)
    assert min(map(words, feedback)) >= 8
    assert not any(re.match(r"(wrong|incorrect|no[.!,])", one, re.IGNORECASE) for one in feedback)


@pytest.mark.parametrize("item", CLOSED, ids=named)
def test_the_answer_that_fits_can_be_given_and_is_met_with_its_reason(item):
    fits = [option for option in item.options if option.correct]
    response: dict[str, Any] = {"choices": [option.id for option in fits]}
    if item.kind == "choice":
        response = {"choice": fits[0].id}

    said = reply_to(item, response).sentences

    assert all(option.feedback in said for option in fits)


@pytest.mark.parametrize("lesson", NOTEBOOKS)
def test_the_place_of_the_right_answer_does_not_give_it_away(lesson):
    choices = [item for item in load_items(lesson) if item.scored and item.kind == "choice"]
    places = Counter(option.id for item in choices for option in item.options if option.correct)

    assert len(choices) < 3 or max(places.values()) <= len(choices) / 2


@pytest.mark.parametrize("lesson", NOTEBOOKS)
def test_the_length_of_the_right_answer_does_not_give_it_away(lesson):
    choices = [item for item in load_items(lesson) if item.scored and item.kind == "choice"]
    longest = [max(item.options, key=lambda option: len(option.text)) for item in choices]

    assert len(choices) < 3 or sum(one.correct for one in longest) <= len(choices) / 2


@pytest.mark.parametrize("item", WRITTEN, ids=named)
def test_a_written_question_has_a_worked_answer_and_a_fair_dissent(item):
    assert len(set(item.rubric)) == 4
    assert words(item.worked) >= item.min_words
    assert words(item.dissent) >= 15


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_words_quoted_with_a_sentence_number_stand_in_that_sentence(item):
    article = load_article()
    by_number = {one.number: article.text[one.start : one.end] for one in article.sentences()}
    texts = [item.prompt, item.after, item.worked, item.dissent]
    texts += [said for option in item.options for said in (option.text, option.feedback)]

    for number, quote in quoted_sentences(" ".join(texts)):
        for part in re.split(r"\s*(?:…|\[…\])\s*", quote):
            plain = part.strip(" .,").replace("‘", "“").replace("’", "”")
            assert loosely(plain) in loosely(by_number[number]), f"{number}: {part}"


def quoted_sentences(text: str) -> list[tuple[int, str]]:
    """Find the places written as: Sentence 7 speaks of “…” (only what quotes the real article)."""
    found = re.findall(
        r"[Ss]entence (\d+)(?:: | (?:speaks of|says that)[^“.]{0,40})“([^”]+)”", text
    )
    return [(int(number), quote) for number, quote in found if "Calvora" not in quote]


def loosely(text: str) -> str:
    return re.sub(r"[“”‘’\"']", "", text)
