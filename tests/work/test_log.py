import errno
import json
import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work_samples import OTHER_TEXT, TEXT, answer, histories, remove, tag

from framingkit.errors import FramingkitError
from framingkit.work import log
from framingkit.work.lines import LogFile
from framingkit.work.log import NewerLogError, WorkLog


@pytest.fixture
def path(tmp_path):
    return tmp_path / "amber-heron-417.jsonl"


SOMEBODY = "bcdfghjkmnpqrstv"


def targets(log):
    return [one.target for one in log.state.tags(TEXT.key)]


def written(path, *operations):
    """Write a log and forget it, as a kernel does that is closed."""
    log = WorkLog(path)
    log.open_text(TEXT)
    log.record(operations)
    return path.read_bytes()


def test_looking_makes_no_file(path):
    WorkLog(path).open_text(TEXT)
    assert not path.exists()


def test_a_log_begins_with_what_it_is_and_has_one_line_for_each_act(path):
    written(path, tag(1), answer(2))
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert lines[0].items() >= {"schema": 1, "coder": "amber-heron-417"}.items()
    assert lines[0]["format"] == "framingkit work log"
    assert [line.get("kind") for line in lines[1:]] == ["text", "tag", "answer"]


@settings(max_examples=40)
@given(history=histories, cuts=st.lists(st.integers(0, 25)), again=st.integers(0, 1))
def test_however_the_acts_were_spread_over_sessions_the_log_gives_the_same(
    tmp_path_factory, history, cuts, again
):
    folder = tmp_path_factory.mktemp("log")
    edges = sorted({0, len(history), *(cut for cut in cuts if cut <= len(history))})
    for start, end in zip(edges, edges[1:], strict=False):
        parts = WorkLog(folder / "parts.jsonl", learner=SOMEBODY)
        parts.record(history[max(0, start - again) : end])
    whole = WorkLog(folder / "whole.jsonl", learner=SOMEBODY)
    whole.record(history)

    assert WorkLog(folder / "parts.jsonl").state == whole.state
    assert WorkLog(folder / "parts.jsonl").notices == []


def test_an_act_known_only_from_reading_is_written_once_more_when_it_is_sent_again(path):
    """Whoever wrote it may have got no good answer from the disk."""
    before = written(path, tag(1))
    log = WorkLog(path)
    assert log.record([tag(1)]) == []
    once_more = path.read_bytes()
    assert once_more.count(b'"id": "tab-a-1"') == 2
    assert log.record([tag(1)]) == []
    assert path.read_bytes() == once_more
    assert WorkLog(path).state.latest == log.state.latest
    assert once_more.startswith(before)


@settings(max_examples=60)
@given(place=st.integers(0, 10**6))
def test_a_log_torn_at_any_byte_keeps_all_lines_before_and_takes_the_next(tmp_path_factory, place):
    path = tmp_path_factory.mktemp("log") / "amber-heron-417.jsonl"
    content = written(path, tag(1), tag(2, note="“jeu”"), tag(3))
    header = content.index(b"\n") + 1
    cut = header + place % (len(content) - header)
    path.write_bytes(content[:cut])
    whole = content[:cut].count(b"\n") - 2

    log = WorkLog(path)
    log.open_text(TEXT)
    log.record([tag(9)])
    again = WorkLog(path)

    assert targets(log) == [f"tab-a.{n}" for n in range(1, whole + 1)] + ["tab-a.9"]
    assert set(targets(again)) >= set(targets(log))
    assert (["is incomplete" in one for one in log.notices] == [True]) == (content[cut - 1] != 10)


def test_a_torn_line_is_said_once_and_stays_in_the_file(path):
    content = written(path, tag(1), tag(2))
    path.write_bytes(content[:-7])
    log = WorkLog(path)
    log.record([tag(3)])
    log.refresh()
    assert targets(log) == ["tab-a.1", "tab-a.3"]
    assert len(log.notices) == 1
    assert "Everything shown as “Saved” is there" in log.notices[0]
    assert path.read_bytes().startswith(content[:-7] + b"\n")


def test_a_line_of_which_only_the_line_end_was_missing_counts_once_it_has_one(path):
    content = written(path, tag(1), tag(2))
    path.write_bytes(content[:-1])
    reader = WorkLog(path)
    WorkLog(path).record([tag(3)])  # another kernel closes the line
    reader.refresh()
    assert targets(reader) == ["tab-a.1", "tab-a.2", "tab-a.3"]


@pytest.mark.parametrize(
    "line", [b"\x00\x00\x00", b"{", b"[1, 2]", b'"text"', b"{}", b"\xff\xfe", b'{"kind": "text"}',
             b'{"kind": "tag", "seq": NaN}', b"[" * 5000],
)  # fmt: skip
def test_a_line_that_cannot_be_read_stays_in_the_file_is_said_and_harms_no_other(path, line):
    content = written(path, tag(1), tag(2))
    lines = content.splitlines(keepends=True)
    path.write_bytes(b"".join([*lines[:3], line + b"\n", line + b"\n", *lines[3:]]))

    log = WorkLog(path)
    log.record([tag(3)])

    assert targets(log) == ["tab-a.1", "tab-a.2", "tab-a.3"]
    assert ["could not be read and was ignored" in one for one in log.notices] == [True]
    assert line + b"\n" in path.read_bytes()


def test_an_editor_that_writes_windows_line_ends_and_a_mark_does_no_harm(path):
    path.write_bytes(b"\xef\xbb\xbf" + written(path, tag(1), tag(2)).replace(b"\n", b"\r\n"))
    log = WorkLog(path)
    assert LogFile.at(path).kind == "log"
    assert (targets(log), log.has_header, log.notices) == (["tab-a.1", "tab-a.2"], True, [])


def test_a_log_of_a_newer_kit_is_not_touched(path):
    path.write_text('{"format": "framingkit work log", "schema": 2}\n')
    with pytest.raises(NewerLogError, match="was not changed. Update framingkit"):
        WorkLog(path)


def take_away(path):
    path.unlink()


def truncate(path):
    os.truncate(path, 200)


def empty(path):
    os.truncate(path, 0)


def exchange(path):
    """Put an older version in its place, with what another computer did, as cloud folders do."""
    other = path.with_name("other.jsonl")
    WorkLog(other, path.stem).record([tag(n, "tab-b", note="x" * 300) for n in range(1, 9)])
    other.replace(path)


def overwrite(path):
    path.write_bytes(b"x" * 3000)


@pytest.mark.parametrize("harm", [take_away, truncate, empty, exchange, overwrite])
@pytest.mark.parametrize("first", ["look", "save"])
def test_a_log_taken_away_under_a_kernel_is_put_back_whole(path, harm, first):
    written(path, tag(1), tag(2))
    log, told = WorkLog(path), []
    log.listeners.append(told.extend)
    log.open_text(TEXT)
    log.record([tag(3), remove(4, "tab-a.1")])

    log.refresh()
    harm(path)
    if first == "save":
        log.record([tag(5)])
    log.refresh()
    log.refresh()

    mine = {"tab-a.2", "tab-a.3"} | ({"tab-a.5"} if first == "save" else set())
    others = {f"tab-b.{n}" for n in range(1, 9)} if harm is exchange else set()
    assert set(targets(log)) == mine | others
    assert set(targets(WorkLog(path))) == mine | others
    assert {one.target for one in told} >= others
    assert WorkLog(path).has_header
    assert sum("What was missing is saved" in notice for notice in log.notices) == 1
    aside = list(path.parent.glob("*.damaged-1"))
    assert bool(aside) == (harm is overwrite)


def test_another_file_is_read_whole_even_if_it_is_as_long_and_ends_alike(path):
    last = tag(9, note="a note longer than what is compared. " * 9)
    written(path, tag(1), last)
    reader = WorkLog(path)
    path.unlink()
    written(path, tag(2), last)
    reader.refresh()
    assert targets(reader) == targets(WorkLog(path)) == ["tab-a.1", "tab-a.2", "tab-a.9"]


def test_a_log_that_cannot_be_put_back_at_once_is_put_back_later(path, monkeypatch):
    written(path, tag(1))
    log = WorkLog(path)
    path.unlink()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(FramingkitError, match="the disk is full"):
            log.refresh()

    log.refresh()

    assert targets(WorkLog(path)) == ["tab-a.1"]


def full(_handle, _data):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_the_disk_did_not_take_does_not_count_and_can_be_sent_again(path, monkeypatch):
    log = WorkLog(path)
    log.open_text(TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(FramingkitError, match="the disk is full"):
            log.record([tag(1)])
    assert targets(log) == []

    assert log.record([tag(1)]) == [tag(1)]

    assert targets(WorkLog(path)) == ["tab-a.1"]
    assert list(WorkLog(path).texts) == [TEXT.key]


def test_two_kernels_on_one_log_take_in_what_the_other_wrote(path):
    one, two, told = WorkLog(path), WorkLog(path), []
    two.listeners.append(lambda fresh: told.append([o.id for o in fresh]))
    one.open_text(TEXT)
    one.record([tag(1), tag(2)])
    two.open_text(OTHER_TEXT)
    two.record([tag(3, "tab-b")])

    assert [o.id for o in one.refresh()] == ["tab-b-3"]
    assert one.state == two.state == WorkLog(path).state
    assert one.texts == two.texts
    assert told == [["tab-a-1", "tab-a-2"], ["tab-b-3"]]
    assert one.refresh() == two.refresh() == []


def test_who_brings_the_news_is_not_told_and_others_are(path):
    log, first, second = WorkLog(path), [], []
    log.listeners += [bring := first.extend, second.extend]
    log.record([tag(1)], but=bring)
    log.record([tag(2)])
    assert [[o.seq for o in told] for told in (first, second)] == [[2], [1, 2]]


def test_a_learner_at_work_stays_the_same_when_another_goes_on_with_the_file(path):
    """As in a folder that two computers keep alike."""
    here, told = WorkLog(path), []
    here.record([tag(1)])
    learner, there = here.learner, WorkLog(path)
    there.go_on_here()
    there.record([tag(2, "tab-b")])
    here.switched.append(lambda: told.append(here.learner))
    here.record([tag(3)])
    there.refresh()
    assert (here.learner, told) == (learner, [])
    for one in (here, there, WorkLog(path)):
        assert one.state.acts() == {
            learner: {"tab-a": [[1, 1], [3, 3]]}, there.learner: {"tab-b": [[2, 2]]},
        }  # fmt: skip
    assert WorkLog(path).learner == there.learner


def test_threads_that_save_at_once_lose_nothing(path):
    log = WorkLog(path)

    def save(name):
        for _ in range(40):
            log.act("answer", name, response={"text": name})
            log.refresh()

    names = [f"item-{number}" for number in range(6)]
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(save, names))

    assert len(log.state.seen) == len(WorkLog(path).state.seen) == 240
    assert sorted(log.state.responses()) == names


def test_an_act_of_this_kernel_is_later_than_all_that_others_did(path):
    log, other = WorkLog(path), WorkLog(path)
    other.record([tag(41, target="x")])
    assert log.act("remove", "x", document=TEXT.key).seq == 42
    other.refresh()
    assert targets(other) == []


@pytest.mark.parametrize(
    "details", [{"response": {"text": "\ud800"}}, {"response": {"number": float("nan")}}]
)
def test_what_could_not_be_read_back_is_not_written(path, details):
    log = WorkLog(path)
    with pytest.raises(FramingkitError):
        log.act("answer", "what-chess-hides", **details)
    assert not path.exists()


def test_the_sheet_lies_beside_the_log_and_holds_what_another_kernel_did(path):
    log = WorkLog(path)
    written(path, tag(1))
    sheet = log.write_sheet("0.1.0")
    assert sheet == path.with_name("amber-heron-417.answers.json")
    assert [one["id"] for one in json.loads(sheet.read_text())["documents"][0]["spans"]] == [
        "tab-a.1"
    ]
    before = sheet.read_bytes()
    assert log.write_sheet("0.1.0").read_bytes() == before


def test_a_sheet_can_be_written_before_anything_was_done(path):
    log = WorkLog(path.parent / "work" / path.name)
    assert json.loads(log.write_sheet("0.1.0").read_text())["documents"] == []


def test_a_clock_is_utc_to_the_second():
    assert len(log.utc_now()) == len("2026-11-23T05:59:52Z")
