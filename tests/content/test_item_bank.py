"""The question bank as a whole: large enough, fair in every option, and parallel where promised."""

import re
from collections import Counter

import pytest

from framingkit.course.data import list_lessons, load_items, load_reference
from framingkit.course.items import MISCONCEPTIONS, Item
from framingkit.feedback.answers import check_response, reply_to

BANK = {lesson: load_items(lesson) for lesson in list_lessons()}
ITEMS = [item for items in BANK.values() for item in items]
TESTS = ("pre-test", "post-test")
OWN = [lesson for lesson in BANK if lesson.startswith(("exercises-", *TESTS))]
SCORED = [item for item in ITEMS if item.scored and item.kind in ("choice", "several")]


def named(item: Item) -> str:
    return f"{item.lesson}:{item.id}"


def right(item: Item) -> tuple[str, ...]:
    return tuple(option.id for option in item.options if option.correct)


def twin(item: Item) -> Item:
    """Return the question of the post-test that goes with one of the pre-test."""
    (found,) = (one for one in BANK["post-test"] if one.id[5:] == item.id[4:])
    return found


def test_the_bank_has_at_least_80_questions():
    assert len(ITEMS) >= 80


def test_the_workbooks_and_the_two_tests_hold_at_least_45_of_them():
    assert sum(len(BANK[lesson]) for lesson in OWN) >= 45


@pytest.mark.parametrize("number", MISCONCEPTIONS)
def test_every_misconception_is_diagnosed_by_a_closed_question(number):
    assert [item.id for item in SCORED if item.misconception == number]


@pytest.mark.parametrize("item", SCORED, ids=named)
def test_every_key_can_be_reached_and_every_other_option_gets_its_own_reason(item):
    key = {"choice": right(item)[0]} if item.kind == "choice" else {"choices": list(right(item))}
    check_response(item, key)
    said = {option.id: option.feedback for option in item.options}

    assert set(reply_to(item, key).sentences) >= {said[one] for one in right(item)}
    for option in item.options:
        alone = {"choice": option.id} if item.kind == "choice" else {"choices": [option.id]}
        assert reply_to(item, alone).sentences[0] == said[option.id]
    assert len(set(said.values())) == len(item.options)


@pytest.mark.parametrize("item", SCORED, ids=named)
def test_a_question_has_answers_that_fit_and_answers_that_do_not(item):
    assert 0 < len(right(item)) < len(item.options)
    assert len({option.text for option in item.options}) == len(item.options)


@pytest.mark.parametrize("lesson", OWN)
def test_neither_place_nor_length_gives_the_right_answer_away(lesson):
    choices = [item for item in BANK[lesson] if item.scored and item.kind == "choice"]
    places = Counter(right(item)[0] for item in choices)
    longest = [max(item.options, key=lambda option: len(option.text)) for item in choices]
    shortest = [min(item.options, key=lambda option: len(option.text)) for item in choices]

    assert max(places.values()) <= len(choices) / 2
    assert sum(option.correct for option in longest) <= len(choices) / 2
    assert sum(option.correct for option in shortest) <= len(choices) * 2 / 3


@pytest.mark.parametrize("which", TESTS)
def test_a_test_has_ten_questions_and_says_in_each_that_it_is_unvalidated(which):
    assert len(BANK[which]) == 10
    for number, item in enumerate(BANK[which], start=1):
        shown = f"{which.capitalize()} {number} of 10 (unvalidated). "
        assert item.prompt.startswith(shown)


@pytest.mark.parametrize("item", BANK["pre-test"], ids=named)
def test_a_question_of_the_pre_test_has_a_parallel_one_in_the_post_test(item):
    other = twin(item)

    for part in ("kind", "level", "misconception", "minutes", "scored", "confidence"):
        assert getattr(item, part) == getattr(other, part), part
    assert len(item.options) == len(other.options)
    assert len(right(item)) == len(right(other))


@pytest.mark.parametrize("item", BANK["pre-test"], ids=named)
def test_the_parallel_question_has_other_answers(item):
    mine = {option.text for option in item.options}

    assert not mine & {option.text for option in twin(item).options}
    assert not {one.feedback for one in item.options} & {one.feedback for one in twin(item).options}


def test_the_parallel_questions_stand_in_the_same_order():
    assert [twin(item).id for item in BANK["pre-test"]] == [one.id for one in BANK["post-test"]]


def test_each_of_the_17_near_misses_of_the_article_is_asked_for():
    asked = [item.prompt for item in ITEMS if item.id.startswith("ex-is-it-")]
    words = [miss.span.quote.split()[-1].strip('".') for miss in load_reference().near_misses]
    absent = [one for one in words if not any(one in prompt for prompt in asked)]

    # one near miss is a whole sentence in quotation marks, which the question only describes
    assert absent == ["benefits"]
    assert any("full sentence" in prompt for prompt in asked)


def test_questions_whether_it_is_x_have_both_answers():
    first = [
        next(option.text for option in item.options if option.correct)
        for item in ITEMS
        if item.id.startswith("ex-is-it-")
    ]

    assert any(one.startswith("Yes") for one in first)
    assert any(one.startswith("No") for one in first)


@pytest.mark.parametrize("item", [one for one in ITEMS if one.kind == "written"], ids=named)
def test_a_question_about_gains_names_both_sides(item):
    if re.search(r"\bwho (may )?gains?\b", item.prompt, re.IGNORECASE):
        assert re.search(r"\bboth\b|each side", item.prompt)
