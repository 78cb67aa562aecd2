"""“Saved” means written, confirmed by the disk, and read back: disks fail, and files change."""

import contextlib
import errno
import json
import os
import random

import pytest
from for_each import for_each
from work_samples import TEXT, remove, tag

from framingkit.base import disk, locks
from framingkit.errors import FramingkitError
from framingkit.work.log import NewerLogError, WorkLog

NAME = "amber-heron-417.jsonl"
NEWER = '{"format": "framingkit work log", "schema": 2, "coder": "amber-heron-417"}\n{"new": 1}\n'
real_fsync, real_write, real_append = os.fsync, os.write, disk.append


@pytest.fixture
def path(tmp_path):
    return tmp_path / NAME


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.2)


def targets(log):
    return [one.target for one in log.state.tags(TEXT.key)]


class Disk:
    """A disk that fails to confirm some times, and then has lost the lines for good."""

    def __init__(self, monkeypatch, fails, number=errno.EIO):
        self.calls, self.fails, self.number = 0, fails, number
        self.waiting, self.safe = [], set()
        monkeypatch.setattr(os, "fsync", self.fsync)
        monkeypatch.setattr(os, "write", self.write)

    def write(self, handle, data):
        self.waiting += data.split(b"\n")
        return real_write(handle, data)

    def fsync(self, handle):
        self.calls += 1
        waiting, self.waiting = self.waiting, []
        if self.fails(self.calls):
            raise OSError(self.number, os.strerror(self.number))
        self.safe |= {json.loads(line).get("id") for line in waiting if line}
        real_fsync(handle)


def browser(log, acts, batch=3, looks=True, tries=60):
    """Send acts until they are confirmed, as a browser does; return those that were."""
    waiting, confirmed, left = [], [], list(acts)
    for _ in range(tries):
        waiting += [left.pop(0) for _ in range(min(batch, len(left)))]
        try:
            log.record(waiting)
        except FramingkitError:
            if looks:
                with contextlib.suppress(FramingkitError):
                    log.refresh()  # as the widgets do once a second
        else:
            confirmed += [one.id for one in waiting]
            waiting = []
        if not waiting and not left:
            break
    return confirmed


FAILURES = {
    "never": lambda call: False,
    "once": lambda call: call == 3,
    "at the first act": lambda call: call == 1,
    "three times": lambda call: 3 <= call <= 5,
    "every second time": lambda call: call % 2 == 0,
    "for ever": lambda call: call >= 3,
}


@pytest.mark.parametrize("looks", [True, False])
@pytest.mark.parametrize("batch", [1, 3])
@for_each(FAILURES)
def test_no_act_counts_without_a_good_answer_of_the_disk(
    fails, tmp_path_factory, monkeypatch, looks, batch
):
    path = tmp_path_factory.mktemp("disk") / NAME
    acts = [tag(n, note="n" * n) for n in range(1, 31)]
    with monkeypatch.context() as patch:
        made, log = Disk(patch, fails), WorkLog(path)
        log.open_text(TEXT)
        confirmed = browser(log, acts, batch, looks)

    assert set(confirmed) <= made.safe
    assert set(log.state.seen) == set(confirmed)
    assert set(confirmed) <= set(WorkLog(path).state.seen)
    assert fails is FAILURES["for ever"] or len(confirmed) == 30


@pytest.mark.parametrize("number", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP])
def test_a_disk_that_knows_no_answer_keeps_nothing_and_says_where_to_go(path, monkeypatch, number):
    Disk(monkeypatch, lambda call: True, number)
    log = WorkLog(path)
    with pytest.raises(FramingkitError, match="cannot promise to keep .* own disk"):
        log.record([tag(1)])
    assert (targets(log), log.is_kept) == ([], False)


def test_a_line_without_an_answer_is_written_again_by_the_next_kernel_too(path, monkeypatch):
    WorkLog(path).record([tag(1)])
    with monkeypatch.context() as patch:
        Disk(patch, lambda call: True)
        with pytest.raises(FramingkitError):
            WorkLog(path).record([tag(2)])
    with monkeypatch.context() as patch:
        made = Disk(patch, lambda call: False)
        WorkLog(path).record([tag(2)])
        assert "tab-a-2" in made.safe


def put_back(path, before):
    path.write_bytes(before)


def put_back_as_another_file(path, before):
    other = path.with_name("other")
    other.write_bytes(before)
    other.replace(path)


def delete(path, _before):
    path.unlink()


def cut(size):
    return lambda path, _before: os.truncate(path, min(size, path.stat().st_size))


def cut_the_last(path, _before):
    os.truncate(path, path.stat().st_size - 40)


def blank(path, _before):
    path.write_bytes(b"\0" * path.stat().st_size)


def blank_the_last(path, before):
    path.write_bytes(before + b"\0" * (path.stat().st_size - len(before)))


def blank_the_middle(path, _before):
    content = path.read_bytes()
    third = len(content) // 3
    path.write_bytes(content[:third] + b"\0" * third + content[2 * third :])
    os.utime(path, ns=(1, 1))


def lose_a_line(path, _before):
    lines = path.read_bytes().splitlines(keepends=True)
    put_back_as_another_file(path, b"".join([*lines[:4], *lines[5:]]))


def anothers_log_of_the_name(path, _before):
    other = path.with_name("other.jsonl")
    WorkLog(other, NAME.removesuffix(".jsonl")).record(
        [tag(n, "tab-b", note="x" * 300) for n in range(1, 9)]
    )
    other.replace(path)


def nothing_there(path, _before):
    path.write_bytes(b"")


def garbage(path, _before):
    path.write_bytes(b"x" * 3000)


def windows_line_ends(path, _before):
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


def the_first_version(path, _before):
    path.write_bytes(path.read_bytes().split(b"\n")[0] + b"\n")


def backup_of(count):
    def restore(path, _before):
        lines = path.read_bytes().splitlines(keepends=True)
        put_back_as_another_file(path, b"".join(lines[:-count]))

    return restore


ROLLBACKS = {
    "put back": put_back, "put back as another file": put_back_as_another_file,
    "deleted": delete, "cut to nothing": cut(0), "cut in the header": cut(100),
    "cut in a line": cut(700), "the last bytes cut": cut_the_last, "blanked": blank,
    "the last line blanked": blank_the_last, "the middle blanked": blank_the_middle,
    "a line in the middle lost": lose_a_line, "another's log": anothers_log_of_the_name,
    "emptied": nothing_there, "garbage": garbage, "other line ends": windows_line_ends,
    "the first version": the_first_version, "an older copy": backup_of(2),
    "a copy much older": backup_of(9),
}  # fmt: skip


@for_each(ROLLBACKS, {"once": 1, "twice": 2})
def test_a_file_changed_between_writing_and_reading_back_loses_nothing_confirmed(
    harm, times, tmp_path_factory, monkeypatch
):
    path = tmp_path_factory.mktemp("rollback") / NAME
    log, calls = WorkLog(path), []
    log.open_text(TEXT)

    def change(path, lines, *begins):
        before = path.read_bytes() if path.exists() else b""
        done = real_append(path, lines, *begins)
        calls.append(1)
        if 12 <= len(calls) < 12 + times:
            harm(path, before)
        return done

    with monkeypatch.context() as patch:
        patch.setattr(disk, "append", change)
        confirmed = browser(log, [tag(n) for n in range(1, 25)], 1)
    log.record([remove(25, "tab-a.1")])

    assert len(confirmed) == 24
    assert log.state.seen >= {*confirmed, "tab-a-25"}
    again = WorkLog(path)
    assert (again.state.seen, again.has_header) == (log.state.seen, True)
    assert again.state.latest == log.state.latest
    assert again.learner == log.learner


def test_a_file_that_is_put_back_each_time_is_said_and_nothing_counts(path, monkeypatch):
    log = WorkLog(path)
    log.record([tag(1)])
    before = path.read_bytes()

    def change(path, lines, *begins):
        real_append(path, lines, *begins)
        put_back_as_another_file(path, before)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "append", change)
        with pytest.raises(FramingkitError, match="changed by another program again and again"):
            log.record([tag(2)])
    assert list(log.state.seen) == ["tab-a-1"]
    log.record([tag(2)])
    assert list(WorkLog(path).state.seen) == ["tab-a-1", "tab-a-2"]


def test_a_file_that_changes_at_any_moment_loses_nothing_confirmed(tmp_path, monkeypatch):
    """Two hundred acts, with a harm before or after one write in four, chosen by chance."""
    chance, path = random.Random(9), tmp_path / NAME
    harms = [harm for name, harm in ROLLBACKS.items() if name != "another's log"]
    log, confirmed = WorkLog(path), []
    log.open_text(TEXT)

    def change(path, lines, *begins):
        before = path.read_bytes() if path.exists() else b""
        if before and chance.random() < 0.1:
            chance.choice(harms)(path, before)
        done = real_append(path, lines, *begins)
        if chance.random() < 0.15:
            chance.choice(harms)(path, before)
        return done

    monkeypatch.setattr(disk, "append", change)
    for number in range(1, 201):
        confirmed += browser(log, [tag(number)], 1, tries=9)
    monkeypatch.setattr(disk, "append", real_append)
    log.sheet("0.1.0")

    assert len(confirmed) == 200
    assert WorkLog(path).state.seen == log.state.seen == set(confirmed)


@pytest.mark.parametrize("looks", [True, False])
def test_a_newer_file_under_an_open_log_is_never_touched_and_all_work_goes_beside_it(path, looks):
    log = WorkLog(path)
    log.open_text(TEXT)
    log.record([tag(1), tag(2), remove(3, "tab-a.1")])
    path.write_text(NEWER)

    if looks:
        log.refresh()
    log.record([tag(4)])
    log.record([tag(5)])

    assert path.read_text() == NEWER
    beside = WorkLog(path.with_name("amber-heron-417-2.jsonl"))
    assert beside.state.seen == log.state.seen
    assert targets(beside) == ["tab-a.2", "tab-a.4", "tab-a.5"]
    assert (beside.learner, beside.coder) == (log.learner, "amber-heron-417")
    assert "Until then your work goes to amber-heron-417-2.jsonl" in log.notices[0]
    with pytest.raises(NewerLogError):
        WorkLog(path)


def test_a_newer_file_that_comes_in_the_moment_of_writing_is_not_touched(path, monkeypatch):
    log = WorkLog(path)
    log.record([tag(1)])

    def change(path, lines, *begins):
        if path.name == NAME:
            path.write_text(NEWER)
        real_append(path, lines, *begins)

    monkeypatch.setattr(disk, "append", change)
    log.record([tag(2)])
    assert path.read_text() == NEWER
    assert list(WorkLog(log.path).state.seen) == ["tab-a-1", "tab-a-2"]


def test_an_act_that_another_took_the_place_of_is_still_counted_after_a_rollback(path):
    log = WorkLog(path)
    log.record([tag(1, target="x"), tag(2, target="x"), tag(3)])
    path.unlink()
    log.record([tag(4)])
    again = WorkLog(path)
    assert again.state.seen == log.state.seen
    assert again.state.acts() == {log.learner: {"tab-a": [[1, 4]]}}


def test_the_hand_in_looks_at_the_whole_file(path):
    log = WorkLog(path)
    log.open_text(TEXT)
    log.record([tag(n) for n in range(1, 9)])
    lines, times = path.read_bytes().split(b"\n"), path.stat()
    lines[4] = b" " * len(lines[4])
    path.write_bytes(b"\n".join(lines))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert len(WorkLog(path).state.seen) == 7

    log.sheet("0.1.0")

    assert WorkLog(path).state.seen >= {f"tab-a-{n}" for n in range(1, 9)}
