"""The reasons of the pre-test wait for the post-test, wherever an answer is replied to."""

import pytest

from framingkit.course.data import load_items
from framingkit.feedback.answers import RESPONSE_KEYS, reply_to
from framingkit.feedback.held_back import HELD_BACK, reply_when_due

BEFORE, AFTER = load_items("pre-test"), load_items("post-test")


def right(item):
    ids = [option.id for option in item.options if option.correct]
    return {RESPONSE_KEYS[item.kind]: ids[0] if item.kind == "choice" else ids}


DONE = {item.id: right(item) for item in AFTER}


@pytest.mark.parametrize("item", BEFORE, ids=lambda item: item.id)
def test_an_answer_to_the_pre_test_gets_its_reasons_only_after_the_whole_post_test(item):
    answer = right(item)

    early = reply_when_due(item, answer, {}.get)
    almost = reply_when_due(item, answer, {**DONE, AFTER[-1].id: {}}.get)
    late = reply_when_due(item, answer, DONE.get)

    assert early == almost
    assert (early.sentences, early.mark) == ([HELD_BACK], "")
    assert early.answer == late.answer
    assert late == reply_to(item, answer)


def test_other_questions_and_blank_answers_get_their_reply_at_once():
    (item, *_) = load_items("00-start-here")

    assert reply_when_due(AFTER[0], right(AFTER[0]), {}.get).mark == "right"
    assert reply_when_due(item, None, {}.get) == reply_to(item, None)
    assert reply_when_due(BEFORE[0], None, {}.get) == reply_to(BEFORE[0], None)


def test_a_post_test_answer_that_cannot_be_read_counts_as_none():
    spoilt = {**DONE, AFTER[0].id: {"choice": "zebra"}}

    assert reply_when_due(BEFORE[0], right(BEFORE[0]), spoilt.get).sentences == [HELD_BACK]
