"""Where a command may write, and what becomes of what was there before."""

import os
import sys

import pytest
from for_each import for_each

from framingkit.base.disk import write_atomic
from framingkit.base.outputs import keeping, refuse_inputs, refuse_strange
from framingkit.errors import FramingkitError


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Make a folder with a file that is read, and other paths to it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text("read")
    (tmp_path / "folder").mkdir()
    (tmp_path / "hard.csv").hardlink_to("in.csv")
    (tmp_path / "link.csv").symlink_to("in.csv")
    return tmp_path


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
@for_each([
    "in.csv", "./in.csv", "folder/../in.csv", "hard.csv", "link.csv", "{}/in.csv", "new.csv",
    "NEW.csv", "in.csv.bak",
])  # fmt: skip
def test_what_is_read_is_not_written_however_it_is_named(name, place):
    output = type(place)(name.format(place))
    read = [place / "in.csv", place / "new.csv", place / "in.csv.bak"]
    with pytest.raises(FramingkitError, match="is read here, so it cannot be written too"):
        refuse_inputs([output], read)


@for_each([
    ["out.csv", "out.csv"], ["out.csv", "folder/../out.csv"], ["out.csv", "OUT.csv"],
    ["out.csv", "out.csv.bak"], ["out.csv.bak", "out.csv"],
])  # fmt: skip
def test_two_things_are_not_written_to_one_place(names, place):
    with pytest.raises(FramingkitError, match="would be written to one place"):
        refuse_inputs([place / name for name in names], [place / "in.csv"])


def test_other_places_are_fine(place):
    refuse_inputs([place / "out.csv", None, place / "folder"], [place / "in.csv", None])


def test_only_an_earlier_version_is_written_over(place):
    refuse_strange(place / "missing", lambda _: False, "a class file")
    refuse_strange(place / "in.csv", lambda path: path.read_text() == "read", "a class file")
    (place / "empty").touch()
    refuse_strange(place / "empty", lambda _: False, "a class file")
    with pytest.raises(FramingkitError, match="it is not a class file. Nothing was written"):
        refuse_strange(place / "in.csv", lambda _: False, "a class file")
    with pytest.raises(FramingkitError, match="“folder” is a folder"):
        refuse_strange(place / "folder", lambda _: True, "a class file")


def files(folder) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir() if path.is_file()}


def test_what_a_file_held_is_kept_one_file_back(tmp_path):
    path = tmp_path / "marks.csv"
    for words in ("first", "second", "third"):
        with keeping(path, tmp_path / "never.csv", None) as kept:
            write_atomic(path, words.encode())
    assert files(tmp_path) == {"marks.csv": "third", "marks.csv.bak": "second"}
    assert kept == ["The earlier “marks.csv” was replaced. It is kept as “marks.csv.bak”."]


def test_the_same_content_again_leaves_the_backup_alone(tmp_path):
    path = tmp_path / "marks.csv"
    for words in ("first", "second", "second"):
        with keeping(path) as kept:
            write_atomic(path, words.encode())
    assert files(tmp_path) == {"marks.csv": "second", "marks.csv.bak": "first"}
    assert kept == []


def test_if_something_fails_what_was_replaced_before_is_still_kept(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("old")
    other.write_text("old")

    def write() -> None:
        with keeping(one, other):
            write_atomic(one, b"new")
            raise FramingkitError("The disk is full.")

    with pytest.raises(FramingkitError, match="disk is full"):
        write()
    assert files(tmp_path) == {"one": "new", "one.bak": "old", "other": "old"}


def test_what_a_break_left_is_kept_if_the_file_was_replaced_just_before(tmp_path):
    (tmp_path / "marks.csv").write_text("new")
    (tmp_path / ".marks.csv.earlier").write_text("old")
    with keeping(tmp_path / "marks.csv"):
        pass
    assert files(tmp_path) == {"marks.csv": "new", "marks.csv.bak": "old"}


def test_if_there_can_be_no_backup_the_old_content_stays_for_the_next_time(tmp_path):
    path, backup = tmp_path / "marks.csv", tmp_path / "marks.csv.bak"
    path.write_text("old")
    (backup / "full").mkdir(parents=True)

    def write(words: bytes) -> None:
        with keeping(path):
            write_atomic(path, words)

    with pytest.raises(FramingkitError, match="“marks.csv.bak” could not be written"):
        write(b"new")
    assert files(tmp_path) == {"marks.csv": "new", ".marks.csv.earlier": "old"}
    (backup / "full").rmdir()
    backup.rmdir()
    write(b"new")
    assert files(tmp_path) == {"marks.csv": "new", "marks.csv.bak": "old"}


def test_a_folder_that_knows_no_links_gets_a_copy(tmp_path, monkeypatch):
    def no_links(*_args, **_more):
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", no_links)
    test_what_a_file_held_is_kept_one_file_back(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_reads_a_backup(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("old")
    path.chmod(0o644)
    with keeping(path):
        write_atomic(path, b"new")
    assert (tmp_path / "marks.csv.bak").stat().st_mode & 0o777 == 0o600


def test_two_runs_at_the_same_time_keep_what_was_there_before_both(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("old")
    with keeping(path):
        with keeping(path):
            write_atomic(path, b"one")
        write_atomic(path, b"other")
    assert files(tmp_path) == {"marks.csv": "other", "marks.csv.bak": "old"}


def test_a_run_that_changes_nothing_takes_nothing_from_another(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("old")
    with keeping(path):
        with keeping(path):
            pass
        write_atomic(path, b"new")
    assert files(tmp_path) == {"marks.csv": "new", "marks.csv.bak": "old"}


def test_a_run_that_begins_while_another_ends_is_no_error(tmp_path):
    path = tmp_path / "marks.csv"
    path.write_text("old")
    with keeping(path):
        write_atomic(path, b"one")
        with keeping(path):
            pass
    assert files(tmp_path) == {"marks.csv": "one", "marks.csv.bak": "old"}


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_the_backup_of_a_link_is_a_copy_and_what_it_led_to_is_untouched(place):
    with keeping(place / "link.csv"):
        write_atomic(place / "link.csv", b"new")
    (place / "in.csv").write_text("changed later")
    assert (place / "link.csv.bak").read_text() == "read"
    assert not (place / "link.csv.bak").is_symlink()
