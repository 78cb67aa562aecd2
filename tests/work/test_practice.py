"""Answers to practice sentences in the log, the sheet and the class: like all others."""

import random

from class_samples import answer, put, sheet

from framingkit import course
from framingkit.feedback import NOTHING_HERE, PracticeCount, practice_item
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import read_class
from framingkit.work import Operation, WorkLog, check_sheet, first_answers, practice_answers
from framingkit.work.operations import State

SENTENCES = course.load_practice()
DEVICES = [one for one in SENTENCES if one.is_device]


def tag_of(sentence):
    span = sentence.span
    return {"start": span.start, "end": span.end, "label": span.label, "quote": span.quote}


def act(seq, sentence, response=NOTHING_HERE, time=1, client="tab-a"):
    target = practice_item(sentence.id, time)
    return Operation("answer", client, seq, target, response=response)


def state_of(acts):
    state = State()
    for one in acts:
        state.apply(one)
    return state


def test_acts_in_any_order_twice_and_of_two_tabs_give_the_same_next_sentence():
    acts = [act(n, one, client=f"tab-{n % 2}") for n, one in enumerate(SENTENCES[:30], start=1)]
    told = practice_answers(state_of(acts))
    mixed = acts * 2
    random.Random(7).shuffle(mixed)

    assert practice_answers(state_of(mixed)) == told
    assert [one.sentence for one in told] == list(SENTENCES[:30])


def test_a_sentence_that_comes_again_keeps_its_first_answer():
    first, again = act(1, DEVICES[0]), act(2, DEVICES[0], tag_of(DEVICES[0]), time=2)

    assert [one.is_hit for one in practice_answers(state_of([first, again]))] == [False, True]
    responses = {one.target: one.response for one in (first, again)}
    assert first_answers(responses) == PracticeCount(devices=1)


def test_answers_that_cannot_be_read_are_left_out():
    gone = act(1, DEVICES[0])
    strange = {"practice.no-such-sentence.1": NOTHING_HERE, gone.target: {"text": "storm"},
               "practice.visa-forms.1": {"start": 0, "end": 3, "label": "booster", "quote": "Any"},
               "practice": NOTHING_HERE, "code-name": {"text": "amber"}}  # fmt: skip

    assert first_answers(strange) == PracticeCount()


def test_a_sheet_with_practice_is_valid_and_its_class_has_every_answer(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    for sentence in DEVICES[:3]:
        log.act("answer", practice_item(sentence.id, 1), response=tag_of(sentence))
    made = check_sheet(log.sheet("0.1.0"), "mine")
    inbox = tmp_path / "hand-ins"
    put(inbox, "mine.answers.json", made)
    put(inbox, "old.answers.json", sheet("sable-wren-740", responses=[answer("a", text="b")]))

    collect(inbox, tmp_path / "class.jsonl.gz")

    learners = read_class(tmp_path / "class.jsonl.gz")
    counts = {one.coder: first_answers(one.responses) for one in learners}
    assert counts["amber-heron-417"] == PracticeCount(devices=3, hits=3)
    assert counts["sable-wren-740"] == PracticeCount()
