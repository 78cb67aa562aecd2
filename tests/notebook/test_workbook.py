"""A workbook replies to any answer with sentences, and keeps what can be understood."""

import html
import re
from types import SimpleNamespace
from typing import Any

import pytest
from for_each import for_each
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framingkit.course.data import load_exercises, load_items
from framingkit.course.exercises import parse_exercises
from framingkit.errors import FramingkitError
from framingkit.notebook.lesson import Lesson
from framingkit.notebook.workbook import NOTHING_YET, check
from framingkit.work.log import WorkLog

NUMBERS = [one.number for one in load_exercises()]
DRIFT = next(one.items for one in load_exercises() if one.number == "3.6")
ONE = """
[[exercise]]
number = "1.1"
title = "Count"
lesson = "exercises-01-context"
minutes = 1
level = "apply"
marking = "automatic"
"""


@pytest.fixture
def lesson(tmp_path: Any) -> Any:
    return SimpleNamespace(log=WorkLog(tmp_path / "amber-heron-417.jsonl"))


def said(lesson: Any, number: Any, answer: Any = ...) -> list[str]:
    return [
        html.unescape(one)
        for one in re.findall(r"<li>(.*?)</li>", check(lesson, number, answer).html)
    ]


def kept(lesson: Any, item: str) -> Any:
    latest = lesson.log.state.latest.get(("", item))
    return latest and latest.response


def test_a_lesson_has_the_check_as_a_method(lesson):
    assert (
        Lesson("exercises-00-start-here", lesson.log, {})
        .check("0.1")
        .words.startswith("Exercise 0.1")
    )


@for_each(NUMBERS, {"dots": ..., "nothing": None})
def test_a_blank_answer_gets_a_sentence_and_writes_nothing(number, answer, lesson):
    found = said(lesson, number, answer)

    assert found[0] == NOTHING_YET or found[0].startswith("You have no tag here yet")
    assert not lesson.log.path.exists()


NONSENSE = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=9)
    | st.binary(max_size=3)
    | st.sampled_from([..., "a", "bcad", ("ribbon", "hedge"), ("ribbon", "hedge", 99)]),
    lambda inside: st.lists(inside, max_size=5) | st.dictionaries(st.text(max_size=2), inside),
    max_leaves=8,
)


@given(number=st.sampled_from([*NUMBERS, "9.9", "", 3.1]), answer=NONSENSE)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_answer_of_any_kind_raises(lesson, number, answer):
    assert said(lesson, number, answer)


def test_letters_for_several_questions_are_kept_one_by_one(lesson):
    found = said(lesson, "0.1", "B a, d;x")

    assert found[0].startswith("Question 1: “Game metaphor” – Not yet: The words")
    assert kept(lesson, "ex-case-darts") == {"choice": "b"}
    assert kept(lesson, "ex-case-stairs") == {"choice": "d"}
    assert kept(lesson, "ex-case-report") is None
    assert any("has no option 'x'" in one for one in found)


def test_an_answer_that_cannot_be_read_leaves_the_earlier_one(lesson):
    said(lesson, "0.1", "badc")

    found = said(lesson, "0.1", ["b", 7, ..., "c"])

    assert kept(lesson, "ex-case-tone") == {"choice": "a"}
    assert any("An earlier answer, if there is one, stays." in one for one in found)
    assert found[-1].startswith("Question 4: “Vague attribution” – Yes")


def test_too_few_answers_are_met_with_the_number_that_is_wanted(lesson):
    assert "has 4 questions, so it needs 4 answers" in said(lesson, "0.1", "b")[0]


def test_the_dots_stand_for_what_was_answered_in_the_boxes(lesson):
    (item,) = [found for found in load_items("exercises-03-commentary") if found.id in DRIFT]
    chosen = item.option("c")
    said(lesson, "3.6", "c")

    assert said(lesson, "3.6")[0].startswith(f"“{chosen.text.rstrip('.')}” – ")


def test_to_check_the_same_answer_again_writes_nothing_new(lesson):
    said(lesson, "0.1", "badc")
    before = lesson.log.path.read_bytes()

    said(lesson, "0.1", "badc")

    assert lesson.log.path.read_bytes() == before


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (2870000, "Yes: your number fits the text."),
        ("about 2,870,000 crowns", "Yes: your number fits the text."),
        (2_900_000, "Yes: your number fits the text."),
        (3_000_000, "Not yet: numbers that fit the text: 0 of 1. Look or count again."),
        ("none", "Not yet: numbers found in your answer: 0 of 1."),
    ],
)
def test_a_number_is_read_from_the_text_and_may_be_a_little_off(lesson, answer, reply):
    assert said(lesson, "1.5", [answer, "b", "b"])[0] == f"Question 1: {reply}"


def test_several_numbers_are_compared_in_their_order(lesson):
    assert "Yes: your numbers fit the text." in said(lesson, "2.5", [[0, 3, 0], "a", "a"])[0]
    assert "fit the text: 1 of 3" in said(lesson, "2.5", [[3, 0, 0], "a", "a"])[0]


def test_a_fact_that_is_not_found_is_named(lesson):
    found = said(lesson, "4.6", "On Sunday, Reth and Dorn met at a stone.")

    assert found[0].startswith("Not yet: your text lacks “autumn”.")


def test_tags_given_as_pairs_are_kept_and_compared(lesson):
    found = said(lesson, "0.4", [("ribbon", "ceremony_symbol", 2), ("warm", "nature_metaphor")])

    assert found[0] == "2 of your 2 tags match the reference reading."
    assert len(list(lesson.log.state.tags(next(iter(lesson.log.texts))))) == 2


def test_what_is_no_tag_is_named_and_the_others_are_compared(lesson):
    found = said(lesson, "0.4", [("warm", "nature_metaphor"), "warm", ("gold", "hedge")])

    assert found[0].startswith("A tag is written as words and a code")
    assert found[1].startswith("“gold” appears 0 times there")
    assert found[2] == "Your one tag matches the reference reading."


def test_an_unknown_exercise_is_met_with_the_ones_that_there_are(lesson):
    assert said(lesson, "9.9", "a")[0].startswith(
        "There is no exercise '9.9'. There are: 0.0, 0.1, 0.2"
    )


def test_an_exercise_asks_for_questions_or_for_tags_and_not_for_both():
    with pytest.raises(FramingkitError, match="either 'items' or a 'document'"):
        parse_exercises(ONE)
    with pytest.raises(FramingkitError, match="either 'items' or a 'document'"):
        parse_exercises(ONE + 'items = ["a"]\ndocument = "b"\n')


def test_an_amount_must_be_a_number():
    with pytest.raises(FramingkitError, match="must hold numbers"):
        parse_exercises(ONE + 'items = ["a"]\namounts = ["six"]\n')


def test_no_way_to_the_pre_test_shows_its_reasons_before_the_post_test(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    before, after = (
        Lesson(id, log, {item.id: item for item in load_items(id)})
        for id in ("pre-test", "post-test")
    )
    first = next(iter(before.items.values()))
    reasons = [html.escape(option.feedback, quote=False)[:40] for option in first.options]

    def shown() -> str:
        return str(before.answer(first.id, "a").html) + before.ask(first.id)[0]._static_html()

    assert "Your answer is kept" in shown()
    assert not [reason for reason in reasons if reason in shown()]
    for item in after.items.values():
        right = [option.id for option in item.options if option.correct]
        after.answer(item.id, right[0] if item.kind == "choice" else right)
    assert shown().count(reasons[0]) == 2
