import errno
import os
import stat
import sys

import pytest
from work_samples import TEXT, answer, tag

from framingkit.errors import FramingkitError
from framingkit.work import folder
from framingkit.work.folder import open_log
from framingkit.work.log import WorkLog
from framingkit.work.sheet import is_code_name

NEWER = '{"format": "framingkit work log", "schema": 2, "coder": "amber-heron-417"}\n{"new": 1}\n'


@pytest.fixture
def work(tmp_path, monkeypatch):
    """Give an empty work folder to a kernel that has just started."""
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    folder._open.clear()
    return tmp_path


def restart():
    folder._open.clear()


def written(path, *operations):
    log = WorkLog(path)
    log.open_text(TEXT)
    log.record(operations)
    return path


def targets(log):
    return [one.target for one in log.state.tags(TEXT.key)]


def test_the_work_folder_is_beside_the_notebooks_wherever_one_starts(tmp_path, monkeypatch):
    monkeypatch.delenv("FRAMINGKIT_WORK", raising=False)
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    for place in (tmp_path, tmp_path / "notebooks", tmp_path / "notebooks" / "deep"):
        monkeypatch.chdir(place)
        assert folder.work_folder() == tmp_path / "work"


def test_every_made_up_name_can_be_used_and_tells_nothing():
    assert all(is_code_name(folder.new_code_name()) for _ in range(200))


def test_the_same_file_is_the_same_object_for_all_cells(work):
    assert open_log("amber-heron-417") is open_log(" Amber-Heron-417")


def test_a_learner_who_comes_back_finds_the_log_that_was_used_last(work):
    for age, name in ((3, "jade-wren-5"), (1, "amber-heron-417"), (2, "olive-lark-9")):
        path = written(work / f"{name}.jsonl", tag(1))
        os.utime(path, (1_000_000 - age, 1_000_000 - age))
    assert open_log().coder == "amber-heron-417"


def test_copies_that_a_synced_folder_made_do_not_stand_in_the_way(work):
    written(work / "amber-heron-417.jsonl", tag(1))
    os.utime(work / "amber-heron-417.jsonl", (1, 1))
    for name in ("amber-heron-417 (conflicted copy).jsonl", "Ü.jsonl", "con.jsonl", ".x.jsonl"):
        (work / name).write_text("{}\n")
    assert open_log().coder == "amber-heron-417"


def test_the_name_in_the_environment_goes_before_the_last_one(work, monkeypatch):
    written(work / "amber-heron-417.jsonl", tag(1))
    monkeypatch.setenv("FRAMINGKIT_CODER", "jade-wren-5")
    assert open_log().coder == "jade-wren-5"


@pytest.mark.parametrize("harm", [
    lambda content: content.replace(b"framingkit work log", b"framingkit w\x00rk log", 1),
    lambda content: b"\xef\xbb\xbf" + content,
    lambda content: content[content.index(b"\n") + 1 :],
    lambda content: b"garbage" + content,
])  # fmt: skip
def test_a_log_without_its_header_is_set_aside_and_what_can_be_read_is_here_again(work, harm):
    path = written(work / "amber-heron-417.jsonl", tag(1), tag(2), answer(3))
    damaged = harm(path.read_bytes())
    path.write_bytes(damaged)

    log = open_log("amber-heron-417")

    assert (work / "amber-heron-417.jsonl.damaged-1").read_bytes() == damaged
    assert targets(log) == targets(WorkLog(path)) == ["tab-a.1", "tab-a.2"]
    assert list(WorkLog(path).texts) == [TEXT.key]
    assert "kept as amber-heron-417.jsonl.damaged-1, and 3 tags and answers" in log.notices[-1]


def test_a_second_damage_does_not_overwrite_the_first(work):
    path = work / "amber-heron-417.jsonl"
    for content in ("one\n", "two\n"):
        path.write_text(content)
        open_log("amber-heron-417").record([tag(1)])
        restart()
    aside = [(work / f"{path.name}.damaged-{n}").read_text() for n in (1, 2)]
    assert aside == ["one\n", "two\n"]


def test_a_log_in_another_encoding_is_set_aside_and_said(work):
    path = work / "amber-heron-417.jsonl"
    path.write_text("red carpet\n", encoding="utf-16")
    log = open_log("amber-heron-417")
    log.record([tag(1)])
    assert targets(WorkLog(path)) == ["tab-a.1"]
    assert "0 tags and answers" in log.notices[-1]


def test_a_damaged_log_on_a_full_disk_stays_where_it_is(work, monkeypatch):
    path = written(work / "amber-heron-417.jsonl", tag(1))
    damaged = path.read_bytes().partition(b"\n")[2]
    path.write_bytes(damaged)

    def full(_handle, _data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(FramingkitError, match="the disk is full"):
            open_log("amber-heron-417")
    assert path.read_bytes() == damaged
    assert targets(open_log("amber-heron-417")) == ["tab-a.1"]


def test_a_log_of_a_newer_kit_is_left_alone_and_work_goes_beside_it(work):
    newer = work / "amber-heron-417.jsonl"
    newer.write_text(NEWER)

    log = open_log("amber-heron-417")
    log.record([tag(1)])

    assert newer.read_text() == NEWER
    assert targets(WorkLog(work / "amber-heron-417-2.jsonl")) == ["tab-a.1"]
    assert "Until then your work goes to amber-heron-417-2.jsonl" in log.notices[0]


def test_an_unfinished_file_of_a_crash_is_swept(work):
    left = work / ".framingkit-abc"
    left.touch()
    os.utime(left, (1, 1))
    open_log("amber-heron-417")
    assert not left.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_work_files_are_for_the_learner_alone(work):
    log = open_log()
    log.record([tag(1)])
    for path in (log.path, log.write_sheet("0.1.0")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_work_folder_that_is_a_file_is_said(work, monkeypatch):
    (work / "file").touch()
    monkeypatch.setenv("FRAMINGKIT_WORK", str(work / "file"))
    with pytest.raises(FramingkitError, match="could not be"):
        open_log("amber-heron-417").record([tag(1)])


def test_two_lessons_opened_before_anything_is_saved_share_one_log(work):
    first = open_log()
    restart()  # as in the kernel of another notebook

    second = open_log()

    assert (second.path, second.learner) == (first.path, first.learner)
    first.record([tag(1)])
    second.record([tag(2, "tab-b")])
    first.refresh()
    assert first.state == second.state == WorkLog(first.path).state
    assert [path.name for path in work.glob("*.jsonl")] == [first.path.name]
