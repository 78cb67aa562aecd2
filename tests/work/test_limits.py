"""One limit on both sides: what can be made while working can be handed in and read."""

import pytest
from for_each import for_each
from hypothesis import given, settings
from hypothesis import strategies as st
from work_samples import OTHER_TEXT, TEXT, answer, histories, remove, tag

from framingkit.base import disk
from framingkit.course import Span
from framingkit.errors import FramingkitError
from framingkit.work import limits
from framingkit.work.log import WorkLog
from framingkit.work.operations import Operation, operation_from_json
from framingkit.work.own_text import make_document
from framingkit.work.room import sift
from framingkit.work.sheet import TextVersion, check_sheet, read_sheet, sheet_to_bytes

SCRIPTS = {"Cyrillic": "Щука", "Chinese": "外交辞令", "Arabic": "خطاب", "emoji": "🕊️🧑‍🤝‍🧑"}


@pytest.fixture
def log(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    log.open_text(TEXT)
    return log


def filled(log, count, note=""):
    log.record([tag(n, note=note) for n in range(1, count + 1)])
    return log


def content_of(log):
    """Write the hand-in, and check that it keeps to what a reader allows."""
    path = log.write_sheet("0.1.0")
    content = path.read_bytes()
    check_sheet(disk.parse_json(content.decode(), path.name), path.name)
    read_sheet(path)
    return content


def test_beyond_the_most_tags_changes_and_removals_go_on_and_a_tag_is_refused(log, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TAGS", 5)
    filled(log, 5)
    one_more = tag(6)
    with pytest.raises(FramingkitError, match="You have 5 tags, .* Remove a tag first"):
        log.record([one_more])
    log.record([tag(7, target="tab-a.1", label="hedge")])
    log.record([remove(8, "tab-a.2"), one_more])
    good, refused = log.sift([tag(9), answer(10), tag(11, target="tab-a.1")])
    assert [one.seq for one in good] == [10, 11]
    assert list(refused) == ["tab-a-9"]
    assert log.state.tagged == 5


def test_within_one_message_too_the_acts_are_counted(log, monkeypatch):
    monkeypatch.setattr(limits, "MOST_TAGS", 3)
    good, refused = log.sift([tag(1), tag(2), tag(3), tag(4), remove(5, "tab-a.1"), tag(6)])
    assert ([one.seq for one in good], list(refused)) == ([1, 2, 3, 5, 6], ["tab-a-4"])


def test_texts_answers_characters_and_acts_have_their_limits(log, monkeypatch):
    for name, most in (("MOST_TEXTS", 1), ("MOST_ANSWERS", 1), ("MOST_CHARACTERS", 200)):
        monkeypatch.setattr(limits, name, most)
    log.record([tag(1), answer(2)])
    other = Operation("tag", "tab-a", 3, "y", OTHER_TEXT.key, tag(3).span)
    long = tag(4, target="tab-a.1", note="n" * 190)
    refused = log.sift([other, answer(5, item="another"), long, answer(6), tag(7)])[1]
    assert list(refused) == ["tab-a-3", "tab-a-5", "tab-a-4"]
    monkeypatch.setattr(limits, "MOST_ACTS", 2)
    assert list(log.sift([tag(8), answer(9), remove(10, "tab-a.1")])[1]) == ["tab-a-8"]


@for_each([2**52, 2**40, 2**40 - 1, limits.LONGEST_STEP + 3, 10**400])
def test_one_act_with_a_huge_number_is_refused_and_the_learner_goes_on(seq, tmp_path_factory):
    log = WorkLog(tmp_path_factory.mktemp("work") / "amber-heron-417.jsonl")
    log.record([tag(1), tag(2)])
    with pytest.raises(FramingkitError):
        log.record([operation_from_json(data_of(seq))])
    assert log.act("remove", "tab-a.1", document=TEXT.key).seq == 3
    assert WorkLog(log.path).state.seq == 3


def data_of(seq):
    span = {"start": 0, "end": 10, "label": "hedge", "quote": "red carpet"}
    return {"kind": "tag", "client": "t", "seq": seq, "target": "x", "document": "d", "span": span}


def test_a_huge_number_in_the_file_is_left_out(log):
    filled(log, 2)
    with log.path.open("a", encoding="utf-8") as file:
        file.write(str(data_of(2**52)).replace("'", '"') + "\n")
    again = WorkLog(log.path)
    assert again.act("remove", "tab-a.1", document=TEXT.key).seq == 3
    assert "could not be read" in again.notices[0]


def test_an_act_under_the_name_of_another_is_refused(log):
    filled(log, 2)
    others = [tag(1, target="other"), tag(2, label="hedge")]
    assert list(log.sift(others)[1]) == ["tab-a-1", "tab-a-2"]
    assert log.sift([tag(1), tag(2)]) == ([tag(1), tag(2)], {})


@pytest.mark.slow
@for_each(SCRIPTS)
def test_the_longest_work_in_any_script_is_handed_in_whole(script, tmp_path_factory):
    log = WorkLog(tmp_path_factory.mktemp("work") / "amber-heron-417.jsonl")
    text = (script * limits.LONGEST_TEXT)[: limits.LONGEST_TEXT]
    document = make_document("own-text", text)
    version = TextVersion(document.id, document.sha256, TEXT.codebook, TEXT.codebook_sha256)
    log.open_text(version)
    log.act("answer", "own-text", response={"text": text, "used": document.sha256})
    note = (script * 400)[:300]
    log.record(
        Operation("tag", "tab-a", n + 2, f"t.{n}", version.key, Span(
            n, n + 20, "hedge", document.text[n : n + 20], note, 50
        ))
        for n in range(limits.MOST_TAGS)
    )  # fmt: skip
    content = content_of(log)
    assert limits.MOST_CHARACTERS < len(content) < limits.HAND_IN_BYTES
    assert log.state.tagged == limits.MOST_TAGS


@pytest.mark.slow
def test_a_hand_in_spelled_in_the_longest_way_has_the_bytes_that_are_read(log):
    author, each = "a" * limits.LONGEST_AUTHOR, limits.MOST_CHARACTERS // limits.MOST_TAGS
    for number in range(limits.MOST_TAGS):
        span = Span(2**40 - 1, 2**40, "l", "\1", "\1" * (each - 2), 100, f"{number:0>120}")
        client = f"{number}{author}"[: limits.LONGEST_AUTHOR]
        made = Operation("tag", client, 2 * number + 1, span.id, TEXT.key, span, at="\1" * 40)
        log.state.apply(made, log.learner)
    lists = {"a": [[]] * 12_000}
    assert operation_from_json(
        {"kind": "answer", "client": "a", "seq": 1, "target": "i", "response": lists}
    )
    assert sift(log.state, [answer(99_999, "a" * 99)])[1]
    content = sheet_to_bytes(log.sheet("0.1.0"))
    assert limits.HAND_IN_BYTES / 2 < len(content) < limits.HAND_IN_BYTES
    parts = sum(content.count(sign) for sign in (b"{", b"[", b","))
    assert parts < limits.MOST_PARTS
    spelled = len(sheet_to_bytes({"responses": [{"response": lists}]}))
    assert spelled < 6 * limits.size_of(lists)


@settings(max_examples=60)
@given(history=histories, texts=st.lists(st.text(max_size=9), max_size=3))
def test_whatever_was_recorded_makes_a_hand_in_that_is_read(tmp_path_factory, history, texts):
    log = WorkLog(tmp_path_factory.mktemp("log") / "amber-heron-417.jsonl")
    for text in (TEXT, OTHER_TEXT, *(TextVersion(text, text, text, text) for text in texts)):
        log.open_text(text)
    log.record(log.sift(history)[0])
    content_of(log)


def test_more_tags_than_can_be_handed_in_come_only_from_merging_and_are_said(log, monkeypatch):
    filled(log, 5)
    monkeypatch.setattr(limits, "MOST_TAGS", 3)
    with pytest.raises(FramingkitError, match="Remove 2 of them, then hand in"):
        log.sheet("0.1.0")
