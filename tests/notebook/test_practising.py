"""Practice sentences by plain functions: what a line answers, and that the widget sees the same."""

import pytest

import framingkit
from framingkit import course
from framingkit.feedback import next_sentence
from framingkit.work import practice_answers

CODES = ["hedge", "booster"]


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    return framingkit.open_lesson("practice", coder="amber-heron-417")


def coming(lesson):
    tries = [one.as_try for one in practice_answers(lesson.log.state)]
    return next_sentence(course.load_practice(), tries, CODES)


def test_a_sentence_is_shown_answered_and_followed_by_the_next(lesson):
    first = coming(lesson)
    assert first.text in lesson.answer_practice(codes=CODES).html
    assert practice_answers(lesson.log.state) == []

    words = (
        {"nothing": True} if not first.is_device else {"words": first.words, "label": first.code}
    )
    page = lesson.answer_practice(codes=CODES, **words)

    assert repr(page) == "Matches the reference reading."
    assert first.feedback in page.html
    assert coming(lesson).text in page.html
    assert repr(lesson.practice(CODES)) == "Practice(2 codes: 1 sentence answered)"


def test_what_cannot_be_an_answer_gets_a_sentence_and_is_not_kept(lesson):
    text = coming(lesson).text
    for given, said in (
        ({"words": "no such words", "label": "hedge"}, "is in this sentence 0 times"),
        ({"words": text[:12], "label": "zebra"}, "has no code"),
        ({"words": text[:12], "label": "strategic_game"}, "no device"),
        ({"words": text[:12]}, "has no code"),
        ({"codes": ["zebra"]}, "has no code"),
    ):
        assert said in lesson.answer_practice(**({"codes": CODES} | given)).html

    assert practice_answers(lesson.log.state) == []


def test_ten_answers_end_with_both_numbers(lesson):
    pages = [lesson.answer_practice(nothing=True) for _ in range(10)]

    assert [("Devices found: 0 of" in page.html) for page in pages] == [False] * 9 + [True]
    assert "Read once more" in pages[-1].html


def test_all_codes_or_the_core_are_on_offer(lesson):
    assert repr(lesson.practice()).startswith("Practice(8 codes")
    assert repr(lesson.practice(all_codes=True)).startswith("Practice(14 codes")


def test_the_practice_notebook_is_no_lesson_with_questions(lesson):
    assert lesson.items == {}
    assert repr(lesson.hand_in()) == "HandIn()"
