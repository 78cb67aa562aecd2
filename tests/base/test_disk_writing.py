import contextlib
import errno
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base import disk, locks
from framingkit.errors import FramingkitError

lines_of_bytes = st.binary(max_size=20).map(lambda line: line.replace(b"\n", b"") + b"\n")
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


def mounted(tmp_path, options):
    """Mount a small disk of our own, which only root on Linux can do."""
    disk = tmp_path / "disk"
    disk.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(disk)]
    try:
        done = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        done = False
    return disk if done else None


def unmount(disk):
    subprocess.run(["umount", str(disk)], check=True)


@pytest.fixture
def tiny_disk(tmp_path):
    disk = mounted(tmp_path, "size=64k")
    if disk is None:
        pytest.skip("no disk can be mounted here; the next test does the same by a made-up error")
    yield disk
    unmount(disk)


def fill(folder):
    with contextlib.suppress(OSError), (folder / "filler").open("wb", 0) as file:
        while True:
            file.write(b"x" * 4096)


def test_a_full_disk_is_one_sentence_what_was_saved_stays_and_the_next_append_works(tiny_disk):
    log, sheet = tiny_disk / "log", tiny_disk / "sheet"
    disk.append(log, b"first\n")
    disk.write_atomic(sheet, b"old sheet")
    fill(tiny_disk)

    for write in (lambda: disk.append(log, b"y" * 9000 + b"\n"),
                  lambda: disk.write_atomic(sheet, b"z" * 9000)):  # fmt: skip
        with pytest.raises(FramingkitError, match="the disk is full. Free some space"):
            write()

    assert log.read_bytes().startswith(b"first\n")
    assert sheet.read_bytes() == b"old sheet"
    assert {one.name for one in tiny_disk.iterdir()} == {"log", "sheet", "filler"}
    (tiny_disk / "filler").unlink()
    disk.append(log, b"second\n")
    lines = log.read_bytes().split(b"\n")
    assert (lines[0], lines[-2]) == (b"first", b"second")


def test_a_disk_that_can_only_be_read_is_one_sentence(tiny_disk):
    disk.append(tiny_disk / "log", b"first\n")
    subprocess.run(["mount", "-o", "remount,ro", str(tiny_disk)], check=True)

    for write in (disk.append, disk.write_atomic):
        with pytest.raises(FramingkitError, match="the folder can only be read"):
            write(tiny_disk / "log", b"second\n")

    assert (tiny_disk / "log").read_bytes() == b"first\n"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EIO])
def test_a_line_that_was_written_by_half_is_closed_before_the_next(tmp_path, monkeypatch, number):
    log, write = tmp_path / "log", os.write
    disk.append(log, b"first\n")

    def broken(handle, data):
        write(handle, data[:3])
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", broken)
        with pytest.raises(FramingkitError, match="“log” could not be written"):
            disk.append(log, b"second\n")
    disk.append(log, b"third\n")

    assert log.read_bytes() == b"first\nsec\nthird\n"


def test_fewer_bytes_written_than_given_is_an_error(tmp_path, monkeypatch):
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, data[:-1]))
    with pytest.raises(FramingkitError, match="the disk is full"):
        disk.append(tmp_path / "log", b"line\n")


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EPERM])
def test_a_folder_that_may_not_be_written_is_said_with_a_way_out(tmp_path, monkeypatch, number):
    def closed(*_args, **_more):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", closed)
    for write in (disk.append, disk.write_atomic):
        with pytest.raises(FramingkitError, match="Move the course to a folder of your own"):
            write(tmp_path / "log", b"line\n")


@given(lines=st.lists(lines_of_bytes, min_size=1), before=st.binary(max_size=20))
def test_appended_lines_come_whole_and_in_order_whatever_stood_there(
    tmp_path_factory, lines, before
):
    folder = tmp_path_factory.mktemp("log")
    (folder / "log").write_bytes(before)

    for line in lines:
        disk.append(folder / "log", line)

    closed = before + (b"\n" if before and not before.endswith(b"\n") else b"")
    assert (folder / "log").read_bytes() == closed + b"".join(lines)


def test_the_disk_has_the_bytes_before_a_writer_returns(tmp_path, monkeypatch):
    asked, fsync = [], os.fsync

    def spy(handle):
        asked.append(os.fstat(handle).st_size)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", spy)
    disk.append(tmp_path / "log", b"12345\n")
    disk.write_atomic(tmp_path / "sheet", b"123")

    assert asked[0] == 6
    assert 3 in asked


@pytest.mark.parametrize("failures", [0, 1, 9, 10])
def test_a_file_that_windows_holds_is_replaced_later_or_left_as_it_was(
    tmp_path, monkeypatch, failures
):
    path, tries, replace, waits = tmp_path / "sheet", [], Path.replace, []
    path.write_bytes(b"old")

    def held(self, target):
        tries.append(1)
        if len(tries) <= failures:
            raise PermissionError(13, "Access is denied")
        return replace(self, target)

    monkeypatch.setattr(disk.sys, "platform", "win32")
    monkeypatch.setattr(disk.time, "sleep", waits.append)
    monkeypatch.setattr(Path, "replace", held)
    if failures == 10:
        with pytest.raises(FramingkitError, match="What was saved before is untouched"):
            disk.write_atomic(path, b"new")
    else:
        disk.write_atomic(path, b"new")

    assert path.read_bytes() == (b"old" if failures == 10 else b"new")
    assert sum(waits) < 2.6
    assert [one.name for one in tmp_path.iterdir()] == ["sheet"]


def test_an_error_that_comes_again_when_cleaning_up_is_still_one_sentence(tmp_path, monkeypatch):
    def closed(*_args, **_more):
        raise PermissionError(13, "Access is denied")

    monkeypatch.setattr(Path, "replace", closed)
    monkeypatch.setattr(Path, "unlink", closed)
    with pytest.raises(FramingkitError, match="you may not write there"):
        disk.write_atomic(tmp_path / "sheet", b"new")


@posix
def test_only_the_learner_may_read_the_work(tmp_path):
    disk.append(tmp_path / "new" / "log", b"line\n")
    disk.write_atomic(tmp_path / "new" / "sheet", b"sheet")
    for name in ("log", "sheet"):
        assert stat.S_IMODE((tmp_path / "new" / name).stat().st_mode) == 0o600


def test_a_long_file_appears_whole_or_not_at_all_and_others_may_read_it(tmp_path):
    path, usual = tmp_path / "class", tmp_path / "usual"
    path.write_bytes(b"old")
    usual.touch()

    def break_off():
        with disk.replacing(path) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert path.read_bytes() == b"old"

    with disk.replacing(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"

    assert path.read_bytes() == b"new"
    assert path.stat().st_mode == usual.stat().st_mode
    assert len(list(tmp_path.iterdir())) == 2


def test_leftovers_of_crashes_are_swept_but_not_what_is_being_written(tmp_path):
    old, fresh, work = (tmp_path / n for n in (".framingkit-old", ".framingkit-new", "a.jsonl"))
    for path in (old, fresh, work):
        path.touch()
    for path in (old, work):
        os.utime(path, (1, 1))

    disk.sweep(tmp_path)
    disk.sweep(tmp_path / "no such folder")

    assert not old.exists()
    assert fresh.exists()
    assert work.exists()


def test_a_damaged_file_set_aside_never_overwrites_another(tmp_path):
    for content in ("one", "two"):
        (tmp_path / "log").write_text(content)
        disk.set_aside(tmp_path / "log")
    found = {one.name: one.read_text() for one in tmp_path.iterdir()}
    assert found == {"log.damaged-1": "one", "log.damaged-2": "two"}


def test_a_damaged_file_that_cannot_be_set_aside_is_said(tmp_path, monkeypatch):
    def closed(*_args):
        raise PermissionError(13, "Access is denied")

    (tmp_path / "log").touch()
    monkeypatch.setattr(Path, "rename", closed)
    with pytest.raises(FramingkitError, match="“log” could not be written"):
        disk.set_aside(tmp_path / "log")


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(locks, "PATIENCE", 0.1)


@posix
def test_another_program_that_holds_a_file_is_waited_for_and_then_said(tmp_path, hasty):
    import fcntl

    log = tmp_path / "log"
    disk.append(log, b"first\n")
    with log.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        threading.Timer(0.03, fcntl.flock, (other, fcntl.LOCK_UN)).start()
        disk.append(log, b"second\n")
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(FramingkitError, match="“log” is held by another program. Close other"):
            disk.append(log, b"third\n")
    disk.append(log, b"fourth\n")
    assert log.read_bytes() == b"first\nsecond\nfourth\n"


@posix
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EIO])
def test_a_folder_without_locks_can_be_worked_in(tmp_path, monkeypatch, number):
    def none(_handle, _how):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("fcntl.flock", none)
    disk.append(tmp_path / "log", b"line\n")
    assert (tmp_path / "log").read_bytes() == b"line\n"


def test_a_system_without_locks_can_be_worked_in(tmp_path, monkeypatch):
    """In a browser Python has no module for them at all."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    disk.append(tmp_path / "log", b"line\n")
    assert (tmp_path / "log").read_bytes() == b"line\n"


@posix
def test_a_module_for_locks_may_have_none(tmp_path, monkeypatch):
    """So it is in Pyodide, and there the first act must not end in a traceback."""
    monkeypatch.delattr("fcntl.flock")
    disk.append(tmp_path / "log", b"line\n")
    assert (tmp_path / "log").read_bytes() == b"line\n"


def test_a_file_that_begins_otherwise_gets_no_line(tmp_path):
    log = tmp_path / "log"
    log.write_bytes(b"newer\n")
    for begins in (b"older\n", b"", b"newer\nand more"):
        with pytest.raises(disk.ChangedError, match="changed by another program"):
            disk.append(log, b"line\n", begins)
    disk.append(log, b"line\n", b"new")
    assert log.read_bytes() == b"newer\nline\n"
    disk.append(tmp_path / "fresh", b"line\n", b"")
    assert (tmp_path / "fresh").read_bytes() == b"line\n"


def test_a_file_that_is_replaced_while_it_is_written_did_not_get_the_line(tmp_path, monkeypatch):
    log, fsync = tmp_path / "log", os.fsync
    log.write_bytes(b"first\n")

    def replacing(handle):
        fsync(handle)
        (tmp_path / "other").write_bytes(b"first\n")
        (tmp_path / "other").replace(log)

    monkeypatch.setattr(os, "fsync", replacing)
    with pytest.raises(disk.ChangedError):
        disk.append(log, b"second\n")
    monkeypatch.setattr(os, "fsync", lambda handle: log.unlink())
    with pytest.raises(disk.ChangedError):
        disk.append(log, b"second\n")
