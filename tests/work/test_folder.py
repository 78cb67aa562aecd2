import errno
import json
import os
import shutil
import stat
import sys
import time
from dataclasses import replace

import pytest
from for_each import for_each
from work_samples import TEXT, answer, remove, tag

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work import folder
from framingkit.work.folder import (
    find_log,
    follow_choice,
    go_on_as,
    learners_here,
    log_of,
    open_log,
    start_somebody_else,
    work_folder,
)
from framingkit.work.learner import Chosen, learner_of_new, new_code_name, place_of, read_chosen
from framingkit.work.log import WorkLog
from framingkit.work.sheet import CODE_NAME_ITEM, check_new_name

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
    learner_of_new.cache_clear()


def written(path, *operations):
    log = WorkLog(path)
    log.open_text(TEXT)
    log.record(operations)
    return path


def at(operation, when):
    return replace(operation, at=when)


def targets(log):
    return [one.target for one in log.state.tags(TEXT.key)]


def test_the_work_folder_is_beside_the_notebooks_wherever_one_starts(tmp_path, monkeypatch):
    monkeypatch.delenv("FRAMINGKIT_WORK", raising=False)
    (tmp_path / "notebooks" / "deep").mkdir(parents=True)
    for place in (tmp_path, tmp_path / "notebooks", tmp_path / "notebooks" / "deep"):
        monkeypatch.chdir(place)
        assert folder.work_folder() == tmp_path / "work"


def test_every_made_up_name_can_be_used_and_tells_nothing():
    assert all(check_new_name(name) == name for name in (new_code_name() for _ in range(200)))


def test_the_same_file_is_the_same_object_for_all_cells(work):
    assert open_log("amber-heron-417") is open_log(" Amber-Heron-417")


def test_who_was_chosen_last_is_opened_whatever_the_clock_says(work):
    open_log("ana-one").record([tag(1)])
    ahead = time.time() + 365 * 86_400
    os.utime(work / "ana-one.jsonl", (ahead, ahead))
    restart()
    open_log("ben-two").record([tag(1)])
    restart()
    assert open_log().coder == "ben-two"
    assert json.loads((work / "chosen.json").read_text())["coder"] == "ben-two"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_only_a_plain_file_that_begins_as_a_log_is_one(work, tmp_path_factory):
    away = written(tmp_path_factory.mktemp("away") / "away.jsonl", tag(1))
    (work / "aa-folder.jsonl").mkdir()
    (work / "aa-link.jsonl").symlink_to(away)
    os.mkfifo(work / "aa-pipe.jsonl")
    (work / "aa-class.jsonl").write_text('{"format": "framingkit class file", "schema": 1}\n')
    (work / "aa-odd.jsonl").write_text("{}\n")
    (work / "aa-newer.jsonl").write_text(NEWER)
    written(work / "amber-heron-417.jsonl", tag(1))
    kept = {path.name: path.lstat().st_mtime_ns for path in work.iterdir()}

    assert [one.coder for one in learners_here()] == ["amber-heron-417"]
    assert open_log().coder == "amber-heron-417"
    for name in ("aa-folder", "aa-link", "aa-pipe", "aa-class", "aa-newer"):
        log = open_log(name)
        log.record([tag(1)])
        assert log.path.name == f"{name}-2.jsonl"
        assert (log.coder, f"{name}.jsonl was not changed" in log.notices[0]) == (name, True)
    assert {name: (work / name).lstat().st_mtime_ns for name in kept} == kept


def test_a_first_choice_is_the_only_log_or_the_one_with_the_latest_act(work):
    written(work / "jade-wren-505.jsonl", at(tag(1), "2026-03-01T10:00:00Z"))
    assert open_log().coder == "jade-wren-505"
    assert open_log().notices == []
    restart()
    (work / "chosen.json").unlink()
    written(work / "amber-heron-417.jsonl", at(tag(1), "2026-03-02T10:00:00Z"))
    written(work / "olive-lark-909.jsonl", at(tag(9), "2026-03-01T11:00:00Z"))
    os.utime(work / "olive-lark-909.jsonl")

    log = open_log()

    assert log.coder == "amber-heron-417"
    assert "You go on as amber-heron-417" in log.notices[0]
    assert "amber-heron-417, jade-wren-505, olive-lark-909" in log.notices[0]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": "x"}', "null", '"a"', "\udcff", '{"format": "framingkit '
                'learner", "coder": "a", "learner": "b", "log": "../../a.jsonl"}'],
)  # fmt: skip
def test_a_damaged_choice_is_set_aside_and_the_work_is_found(work, content):
    written(work / "amber-heron-417.jsonl", tag(1))
    (work / "chosen.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    log = open_log()
    assert log.coder == "amber-heron-417"
    assert "chosen.json.damaged-1" in log.notices[0]
    assert (work / "chosen.json.damaged-1").exists()
    restart()
    assert open_log().notices == []


@for_each(
    [
        "",
        "..",
        "a\0b.jsonl",
        "x" * 300 + ".jsonl",
        "\ud800.jsonl",
        "a\nb.jsonl",
        "con:",
        "a.json",
        5,
    ]
)
def test_a_choice_whose_log_no_file_of_the_folder_can_be_is_damaged(
    name, monkeypatch, tmp_path_factory
):
    work = tmp_path_factory.mktemp("place") / "work"
    monkeypatch.setenv("FRAMINGKIT_WORK", str(work))
    Chosen("ana-one", "b" * 16, name, place_of(work, work)).write(work)
    log = open_log()
    log.record([tag(1)])
    assert "chosen.json was damaged" in log.notices[0]
    assert (log.path.parent, list(work.parent.iterdir())) == (work, [work])


def test_the_name_in_the_environment_goes_before_the_last_one(work, monkeypatch):
    written(work / "amber-heron-417.jsonl", tag(1))
    monkeypatch.setenv("FRAMINGKIT_CODER", "jade-wren-505")
    assert open_log().coder == "jade-wren-505"


@pytest.mark.parametrize("harm", [
    lambda content: content.replace(b"framingkit work log", b"framingkit w\x00rk log", 1),
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


def test_whose_acts_they_are_is_known_although_the_header_is_no_longer_the_first_line(work):
    first = open_log("ana-one")
    first.record([tag(1)])
    second = WorkLog(first.path, "", "c" * 16)
    second.record([tag(2)])
    first.path.write_bytes(b'{"for\n' + first.path.read_bytes())
    (work / "chosen.json").unlink()
    restart()
    log = open_log("ana-one")
    assert (log.learner, log.owner, log.state.by) == ("c" * 16, first.owner, second.state.by)
    assert WorkLog(first.path).state.by == second.state.by


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


def test_nothing_is_left_in_a_work_folder_but_the_choice_until_the_first_act(work):
    log = open_log()
    log.open_text(TEXT)
    log.refresh()
    assert [path.name for path in work.iterdir()] == ["chosen.json"]
    log.record([tag(1)])
    assert {path.name for path in work.iterdir()} == {f"{log.coder}.jsonl", "chosen.json"}


COPIES = [
    "amber-heron-417 (1).jsonl", "amber-heron-417-DESKTOP-7K2.jsonl",
    "amber-heron-417.sync-conflict-20261105-101500-ABCDEFG.jsonl", "amber-heron-417.jsonl (2)",
    "amber-heron-417 (Ana's conflicted copy 2026-11-05).jsonl", "Kopie von amber-heron-417.jsonl",
]  # fmt: skip


@for_each(COPIES)
def test_a_copy_that_a_synced_folder_made_is_merged_act_by_act_and_left_alone(
    name, monkeypatch, tmp_path_factory
):
    work = tmp_path_factory.mktemp("work")
    monkeypatch.setenv("FRAMINGKIT_WORK", str(work))
    mine = written(work / "amber-heron-417.jsonl", tag(1), tag(2, target="x"))
    copy = work / name
    shutil.copyfile(mine, copy)
    WorkLog(copy).record([tag(3, "tab-b", target="x"), tag(4, "tab-b"), tag(5, "tab-b", "y")])
    WorkLog(copy).record([remove(6, "y", "tab-b")])
    WorkLog(mine).record([tag(3), tag(7, target="x")])
    before = copy.read_bytes()

    log = open_log("amber-heron-417")

    assert log.path == mine
    assert set(targets(log)) == {"tab-a.1", "tab-a.3", "tab-b.4", "x"}
    assert log.state.latest[TEXT.key, "x"].id == "tab-a-7"
    assert log.state.acts() == {log.learner: {"tab-a": [[1, 3], [7, 7]], "tab-b": [[3, 6]]}}
    assert WorkLog(mine).state == log.state
    assert copy.read_bytes() == before
    assert (len(learners_here()), log.begun_elsewhere, log.notices) == (1, False, [])
    size = mine.stat().st_size
    restart()
    open_log("amber-heron-417")
    assert mine.stat().st_size == size


def test_the_last_line_of_a_copy_counts_without_its_end(work):
    mine = written(work / "amber-heron-417.jsonl", tag(1))
    copy = written(work / "amber-heron-417 (1).jsonl")
    copy.write_bytes(mine.read_bytes())
    WorkLog(copy).record([tag(2)])
    copy.write_bytes(copy.read_bytes()[:-1])
    assert targets(open_log("amber-heron-417")) == ["tab-a.1", "tab-a.2"]


@pytest.mark.parametrize("is_open", [True, False])
def test_a_log_of_another_name_in_place_of_ones_own_is_left_alone(work, is_open):
    ben = open_log("ben-two")
    ben.record([tag(1, "tab-b")])
    ana = open_log("ana-one")
    ana.record([tag(1)])
    restart()
    ana = open_log() if is_open else ana
    shutil.copyfile(ben.path, ana.path)
    ana = ana if is_open else open_log()

    ana.record([tag(2)])

    mine = {"tab-a-1", "tab-a-2"} if is_open else {"tab-a-2"}
    assert (ana.path.name, ana.coder, ana.state.seen) == ("ana-one-2.jsonl", "ana-one", mine)
    assert (work / "ana-one.jsonl").read_bytes() == ben.path.read_bytes()
    restart()
    assert (open_log().learner, open_log().state.seen) == (ana.learner, mine)
    assert go_on_as("ben-two").state.acts() == {ben.learner: {"tab-b": [[1, 1]]}}


def test_two_kernels_that_began_one_log_in_one_instant_are_one_learner(work):
    log = open_log("ana-one")
    other = WorkLog(log.path, "ana-one", "c" * 16)
    other.record([tag(1)])
    restart()
    again = open_log()
    assert (again.learner, again.path, len(learners_here())) == ("c" * 16, log.path, 1)
    assert read_chosen(work).learner == "c" * 16


def test_whoever_is_called_as_a_file_beside_is_another_learner(work):
    (work / "ana.jsonl").write_text(NEWER.replace("amber-heron-417", "ana"))
    ana = open_log("ana")
    ana.record([tag(1)])
    assert ana.path.name == "ana-2.jsonl"
    restart()
    other = open_log("ana-2")
    other.record([tag(2)])
    assert (other.coder, other.path.name, other.state.seen) == (
        "ana-2",
        "ana-2-2.jsonl",
        {"tab-a-2"},
    )
    restart()
    assert (open_log("ana").learner, open_log("ana-2").learner) == (ana.learner, other.learner)


def copied(work, name="copy"):
    """Copy a work folder, as with a whole course, and start a kernel there."""
    other = work.parent / f"{work.name}-{name}"
    shutil.copytree(work, other)
    os.environ["FRAMINGKIT_WORK"] = str(other)
    restart()
    return other


def test_in_a_copied_folder_the_name_stays_and_the_acts_are_another_learners(work):
    first = open_log()
    first.record([tag(1)])
    copied(work)

    second = open_log()

    assert (second.coder, targets(second)) == (first.coder, ["tab-a.1"])
    assert second.learner != first.learner
    assert second.begun_elsewhere
    assert "was begun in another folder or on another computer" in second.notices[0]
    second.record([tag(2)])
    assert second.state.acts() == {
        first.learner: {"tab-a": [[1, 1]]}, second.learner: {"tab-a": [[2, 2]]},
    }  # fmt: skip
    restart()
    again = open_log()
    assert (again.learner, again.notices) == (second.learner, [])
    assert again.state.acts() == second.state.acts()
    assert learners_here()[0].learner == second.learner


def test_two_kernels_in_a_copied_folder_are_one_learner_before_the_first_act(work, monkeypatch):
    open_log("amber-heron-417").record([tag(1)])
    copied(work)
    for name in (None, "amber-heron-417"):
        one = open_log(name)
        restart()
        two = open_log(name)
        assert one.learner == two.learner
    restart()
    monkeypatch.setenv("FRAMINGKIT_CODER", "amber-heron-417")
    assert open_log().learner == two.learner


@pytest.mark.parametrize("choice", ["kept", "lost"])
@pytest.mark.parametrize("change", ["moved", "replaced"])
def test_a_folder_that_was_moved_or_a_file_that_was_replaced_is_no_copy(work, change, choice):
    first = open_log()
    first.record([tag(1)])
    if choice == "lost":
        (work / "chosen.json").unlink()
    if change == "moved":
        moved = work.parent / f"{work.name}-moved"
        work.rename(moved)
        os.environ["FRAMINGKIT_WORK"] = str(moved)
    else:
        shutil.copyfile(first.path, work / "other")
        (work / "other").replace(first.path)
    restart()
    again = open_log()
    assert (again.learner, again.begun_elsewhere) == (first.learner, False)
    assert again.notices == []


def test_where_only_the_choice_was_copied_a_new_learner_begins(work):
    first = open_log()
    copied(work)
    second = open_log()
    assert second.learner != first.learner
    assert second.coder != first.coder
    assert second.notices == []


def test_somebody_else_starts_clean_in_the_same_object_and_the_other_work_stays(work):
    log, told = open_log(), []
    log.record([tag(1)])
    log.switched.append(lambda: told.append(log.coder))
    before, first, learner = log.path.read_bytes(), log.coder, log.learner

    assert start_somebody_else() is log

    assert told == [log.coder]
    assert log.learner != learner
    assert (log.coder != first, targets(log)) == (True, [])
    log.record([tag(1, note="mine")])
    assert (work / f"{first}.jsonl").read_bytes() == before
    go_on_as(first)
    assert (log.learner, targets(log)) == (learner, ["tab-a.1"])
    restart()
    assert open_log().learner == learner
    assert [one.coder for one in learners_here()] == sorted([first, told[0]])


def test_going_on_as_somebody_unknown_says_who_there_is(work):
    open_log("amber-heron-417").record([tag(1)])
    for who in ("jade-wren-505", "b" * 16):
        with pytest.raises(FramingkitError, match="there is: amber-heron-417"):
            go_on_as(who)


def test_another_kernel_follows_the_choice_unless_its_learner_was_named(work):
    follower = open_log()
    follower.record([tag(1)])
    restart()
    named = open_log("ana-one")
    named.record([tag(1)])
    restart()
    chooser = open_log()
    assert chooser.coder == "ana-one"
    assert follow_choice(follower)
    assert (follower.coder, follow_choice(follower)) == ("ana-one", False)

    start_somebody_else(chooser)

    assert follow_choice(follower)
    assert (follower.learner, follow_choice(named)) == (chooser.learner, False)
    assert named.coder == "ana-one"


def refuse_choice(_path, _content):
    raise FramingkitError("“chosen.json” is held by another program.")


@pytest.mark.parametrize("who", ["ana-one", ""])
def test_a_switch_that_could_not_be_written_down_holds_until_somebody_chooses(
    who, work, monkeypatch
):
    for name in ("ana-one", "ben-two"):
        open_log(name).record([tag(1)])
    restart()
    log = open_log()
    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_atomic", refuse_choice)
        go_on_as(who, log) if who else start_somebody_else(log)
        log.record([tag(2)])
        mine = log.learner
        assert (follow_choice(log), follow_choice(log), log.learner) == (False, False, mine)
    restart()
    assert open_log().coder == "ben-two"  # until the disk takes it
    follow_choice(log)
    restart()
    assert open_log().learner == mine

    with monkeypatch.context() as patch:
        patch.setattr(disk, "write_atomic", refuse_choice)
        start_somebody_else(log)
        log.record([tag(3)])
    restart()
    go_on_as("ben-two")
    assert (follow_choice(log), log.coder) == (True, "ben-two")


@pytest.mark.parametrize("who", ["chosen here", "chosen elsewhere"])
def test_nobody_else_begins_while_what_was_saved_is_in_memory_only(who, work, monkeypatch):
    log = open_log()
    log.record([tag(1)])
    mine = log.learner
    if who == "chosen elsewhere":
        restart()
        start_somebody_else()
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", no_space)
        log.path.unlink()
        with pytest.raises(FramingkitError, match="disk is full"):
            follow_choice(log) if who == "chosen elsewhere" else start_somebody_else(log)
        assert (log.learner, targets(log)) == (mine, ["tab-a.1"])
    follow_choice(log) if who == "chosen elsewhere" else start_somebody_else(log)
    assert log.learner != mine
    assert targets(log_of(mine)) == ["tab-a.1"]


def test_a_choice_that_came_with_a_synced_folder_changes_nobody_at_work(work):
    log = open_log("ana-one")
    restart()
    log = open_log()
    log.record([tag(1)])
    Chosen("zoe-nine", "c" * 16, "zoe-nine.jsonl", {"folder": "far", "file": "away"}).write(work)
    before = log.learner
    assert (follow_choice(log), log.learner) == (False, before)
    assert read_chosen(work).coder == "zoe-nine"  # two computers would overwrite it for ever


def test_the_variable_is_not_written_down(work, monkeypatch):
    open_log("ana-one").record([tag(1)])
    monkeypatch.setenv("FRAMINGKIT_CODER", "ben-two")
    open_log().record([tag(1)])
    monkeypatch.delenv("FRAMINGKIT_CODER")
    restart()
    assert open_log().coder == "ana-one"


def test_a_learner_whom_the_variable_names_is_kept_where_the_folder_can_be_written(
    work, monkeypatch
):
    monkeypatch.setenv("FRAMINGKIT_CODER", "ben-two")
    for writable in (True, False):
        restart()
        monkeypatch.setattr(os, "access", lambda _path, _how, can=writable: can)
        log = open_log()
        assert (log.is_kept, bool(log.notices)) == (writable, not writable)
    assert list(work.iterdir()) == []


def test_a_log_is_found_by_the_id_of_its_learner(work):
    ana = open_log("ana-one")
    ana.record([tag(1)])
    ben = open_log("ben-two")
    assert log_of(ana.learner) is ana
    assert log_of(ben.learner) is ben
    assert log_of("b" * 16) is None
    restart()
    found = log_of(ana.learner)
    assert (found.path, log_of(ana.learner)) == (ana.path, found)


def rename(log, name):
    return log.act("answer", CODE_NAME_ITEM, response={"text": name})


def test_a_name_is_given_once_in_a_folder_and_its_file_keeps_the_first(work):
    ana, ben = open_log("ana-one"), open_log("ben-two")
    ana.record([tag(1)])
    ben.record([tag(1)])
    with pytest.raises(FramingkitError, match="“ana-one” is used by another learner .* “Go on as"):
        rename(ben, "Ana-One")
    rename(ana, "zoe-nine")
    with pytest.raises(FramingkitError, match="“ana-one” is used .* “Go on as zoe-nine”"):
        rename(ben, "ana-one")  # whoever is called so by a teacher's variable is Ana
    rename(ben, "joe-six")
    rename(ben, "joe-six")
    assert (ana.coder, ana.path.name) == ("zoe-nine", "ana-one.jsonl")
    restart()
    assert open_log("ana-one").learner == ana.learner
    rename(open_log("ana-one"), "ana-one")
    rename(open_log("ana-one"), "zoe-nine")
    restart()
    assert open_log("zoe-nine").learner == ana.learner
    assert open_log("joe-six").learner == ben.learner
    assert open_log("ben-two").learner == ben.learner
    assert find_log("zoe-nine").learner == ana.learner
    assert find_log("nobody-here") is None


def test_a_name_that_a_spreadsheet_changes_is_not_given_but_an_old_one_is_read(work):
    for make in (open_log, lambda name: rename(open_log("ana-one"), name)):
        with pytest.raises(FramingkitError, match="Spreadsheets turn a name like “may-5”"):
            make("may-5")
    assert list(work.glob("*.jsonl")) == []
    written(work / "007.jsonl", tag(1))
    log = open_log("007")
    assert (log.coder, targets(log)) == ("007", ["tab-a.1"])
    rename(log, "007")


@pytest.fixture
def closed(tmp_path, monkeypatch):
    """Give a work folder that can only be read for a while."""
    folder = tmp_path / "closed"
    folder.mkdir()
    monkeypatch.setenv("FRAMINGKIT_WORK", str(folder))
    real = os.open

    def refuse(path, flags, *rest, **more):
        if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR) and str(folder) in str(path):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", refuse)
    return lambda: monkeypatch.setattr(os, "open", real)


def test_in_a_folder_that_can_only_be_read_a_learner_keeps_the_name_and_nothing_is_kept(
    work, closed
):
    log = open_log()
    assert open_log() is log
    assert not log.is_kept
    assert "the folder can only be read" in log.notices[0]
    assert "kept in this browser only" in log.notices[0]
    assert "chosen.json" not in log.notices[0]
    with pytest.raises(FramingkitError, match="can only be read"):
        log.record([tag(1)])
    follow_choice(log)
    assert (open_log().coder, targets(log), log.is_kept) == (log.coder, [], False)

    closed()
    follow_choice(log)

    assert log.is_kept
    log.record([tag(1)])
    restart()
    assert (open_log().learner, targets(open_log())) == (log.learner, ["tab-a.1"])


def test_a_copy_in_a_folder_that_can_only_be_read_is_merged_when_it_can_be_written(work, closed):
    folder = work_folder()
    closed()
    mine = written(folder / "amber-heron-417.jsonl", tag(1))
    shutil.copyfile(mine, folder / "amber-heron-417 (1).jsonl")
    WorkLog(folder / "amber-heron-417 (1).jsonl").record([tag(2)])
    size = mine.stat().st_size

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", no_space)
        log = open_log()
        log.refresh()
        assert "(1).jsonl holds will be added later" in log.notices[0]
    assert targets(log) == ["tab-a.1"]
    assert mine.stat().st_size == size
    restart()
    assert targets(open_log()) == ["tab-a.1", "tab-a.2"]


def no_space(_handle, _data):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
