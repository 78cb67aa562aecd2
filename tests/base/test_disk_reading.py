import json
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from work_samples import json_values

from framingkit.base import disk
from framingkit.errors import FramingkitError


@given(json_values)
def test_whatever_json_was_written_is_read_back(value):
    assert disk.parse_json(json.dumps(value), "mine.json") == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": NaN}', "NaN is not a number"),
        ("[Infinity]", "Infinity is not a number"),
        ("[-Infinity]", "-Infinity is not a number"),
        ('{"a": 1, "a": 2}', "the key 'a' appears twice"),
        ('{"a": {"b": 1, "b": 1}}', "the key 'b' appears twice"),
        ("[" * 200_000, "nested too deeply"),
        ('{"a":' * 200_000, "nested too deeply"),
        ("", "line 1, column 1 is not JSON"),
        ("{'a': 1}", "line 1, column 2 is not JSON"),
        ("[1]\n[2]", "line 2, column 1 is not JSON"),
        ("[" + "9" * 5000 + "]", "integer string conversion"),
    ],
)
def test_json_that_programs_read_in_different_ways_is_refused(text, reason):
    with pytest.raises(FramingkitError, match="“mine.json” is damaged: ") as error:
        disk.parse_json(text, "mine.json")
    assert reason in str(error.value)


def test_a_number_too_large_for_a_computer_is_refused():
    with pytest.raises(FramingkitError, match="1e999"):
        disk.parse_json('{"seq": 1e999}', "mine.json")


def test_a_byte_order_mark_is_dropped(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbfred carpet")
    assert disk.read_text(path) == "red carpet"


@pytest.mark.parametrize("content", ["carpet".encode("utf-16"), b"caf\xe9", b"\xed\xa0\x80"])
def test_what_is_not_utf_8_is_refused_with_the_place(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(FramingkitError, match=r"“a.txt” is not UTF-8 text \(byte [03]\)"):
        disk.read_text(path)


def test_a_file_may_be_just_as_large_as_allowed_but_not_larger(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert disk.read_bytes(path, limit=5) == b"12345"
    with pytest.raises(FramingkitError, match="has 5 bytes; at most 4 are read"):
        disk.read_bytes(path, limit=4)


def test_a_missing_file_is_said_with_its_folder(tmp_path):
    with pytest.raises(FramingkitError, match=f"“a.txt” is missing from .*“{tmp_path.name}”"):
        disk.read_bytes(tmp_path / "a.txt")


def test_a_folder_in_place_of_a_file_is_said_and_never_a_bare_error(tmp_path):
    with pytest.raises(FramingkitError, match="could not be read"):
        disk.read_bytes(tmp_path)


def test_a_file_that_is_not_there_has_no_size_and_no_rest(tmp_path):
    assert disk.size(tmp_path / "a") == 0
    assert disk.look(tmp_path / "a", 3) == (b"", (0, 0, 0, 0))


def test_only_what_lies_after_a_place_is_read(tmp_path):
    (tmp_path / "a").write_bytes(b"red carpet")
    assert disk.size(tmp_path / "a") == 10
    assert [disk.look(tmp_path / "a", *where)[0] for where in ((4,), (40,), (6, 3))] == [
        b"carpet", b"", b"redrpet"
    ]  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_link_a_folder_a_pipe_and_a_device_are_no_plain_files_and_nobody_waits(tmp_path):
    (tmp_path / "plain").touch()
    (tmp_path / "link").symlink_to(tmp_path / "plain")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "link", tmp_path / "folder", tmp_path / "pipe", Path("/dev/zero")):
        assert not disk.is_plain(path)
        with pytest.raises(FramingkitError):
            disk.look(path)
        with pytest.raises(FramingkitError):
            disk.append(path, b"line\n")
    assert disk.is_plain(tmp_path / "plain")
    assert (tmp_path / "plain").read_bytes() == b""


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a plain user")
def test_a_file_that_may_not_be_read_is_said(tmp_path):
    path = tmp_path / "a.txt"
    path.touch(mode=0)
    with pytest.raises(FramingkitError, match="could not be read"):
        disk.read_bytes(path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_pipe_that_nobody_writes_to_is_said_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(FramingkitError, match="“a.txt” is not a plain file"):
        disk.read_bytes(tmp_path / "a.txt")
