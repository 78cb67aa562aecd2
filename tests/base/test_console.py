"""What is said on a terminal: on any code page, without control characters, and never an error."""

import io
import os
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base.console import say

CODE_PAGES = ("utf-8", "ascii", "cp1252", "cp437", "cp932", "koi8-r", "utf-16", "latin-1")
COMMAND = [sys.executable, "-c", "from framingkit.cli import main; main()"]
unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such outputs")


def said(text: str, encoding: str, monkeypatch) -> str:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, encoding, newline="\n"))
    say(text)
    return raw.getvalue().decode(encoding)


@given(st.text(), st.sampled_from(CODE_PAGES))
def test_any_text_is_said_on_any_code_page_and_nothing_in_it_acts(text, encoding):
    with pytest.MonkeyPatch.context() as monkeypatch:
        shown = said(text, encoding, monkeypatch)
    assert shown.endswith("\n")
    for sign in shown.replace("\n", ""):
        assert unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Zl", "Zp"}


@for_each([
    ("“amber”…", "ascii", '"amber"...\n'),
    ("“Курс”", "cp1252", "“\\u041a\\u0443\\u0440\\u0441”\n"),
    ("“Курс”", "utf-8", "“Курс”\n"),
    ("a\x1b[2J\u202eb\udcff", "utf-8", "a\\u001b[2J\\u202eb\\udcff\n"),
    ("x" * 5000, "ascii", "x" * 5000 + "\n"),
])  # fmt: skip
def test_what_a_terminal_cannot_show_is_written_in_letters_that_it_has(case, monkeypatch):
    text, encoding, expected = case
    assert said(text, encoding, monkeypatch) == expected


@for_each([None, "closed", "full"])
def test_saying_something_to_nobody_is_no_error(stream, monkeypatch):
    class Full(io.StringIO):
        def write(self, _text):
            raise OSError(28, "No space left on device")

    streams = {None: None, "closed": io.StringIO(), "full": Full()}
    streams["closed"].close()
    monkeypatch.setattr(sys, "stdout", streams[stream])
    say("Nobody reads this.", error=False)


def run(*words: str, shell: str = '"$@"', **changes: str) -> subprocess.CompletedProcess[bytes]:
    env = os.environ | {"PYTHONUTF8": "0", "PYTHONUNBUFFERED": ""} | changes
    command = ["/bin/sh", "-c", shell, "sh", *COMMAND, *words] if shell else [*COMMAND, *words]
    return subprocess.run(command, env=env, capture_output=True)


@pytest.fixture(scope="module")
def started(tmp_path_factory) -> Path:
    """A course, so that starting it again only says what was left alone."""
    folder = tmp_path_factory.mktemp("a") / "Курс \u202e“”"
    assert run("start", str(folder), shell="").returncode == 0
    return folder


@pytest.mark.slow
@for_each(["cp1252", "ascii", "cp437", "utf-16"])
def test_starting_in_a_folder_with_a_cyrillic_name_works_on_any_code_page(encoding, started):
    done = run("start", str(started), shell="", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "\\u041a\\u0443" in done.stdout.decode(encoding) or encoding == "utf-16"
    assert "framingkit open" in done.stdout.decode(encoding)


@pytest.mark.slow
@for_each(["ascii", "cp437"])
def test_help_in_a_narrow_window_works_on_any_code_page(encoding):
    done = run("collect", "--help", shell="", PYTHONIOENCODING=encoding, COLUMNS="30")
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@unix
@for_each([
    '"$@" >&-', '"$@" >&- 2>&-', '"$@" >/dev/full', '"$@" >/dev/full 2>/dev/full',
    'mkfifo "$0.pipe"; : <"$0.pipe" & exec "$@" >"$0.pipe"',
])  # fmt: skip
def test_an_output_that_is_closed_full_or_broken_changes_nothing(shell, started, tmp_path):
    shell = shell.replace("$0", str(tmp_path / f"{len(shell)}"))
    done = run("start", str(started), shell=shell)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.slow
@unix
@for_each([
    ["collect", "no\x1b[2J\u202e.zip"], ["grade", "a", "b\x1b[2J", "-o", "c"], ["no\x1b[2J"],
    ["report", "--no\x9b2J"], ["start", "/dev/null/\x1b[2J"],
])  # fmt: skip
def test_words_of_a_command_line_are_shown_without_control_characters(words):
    done = run(*words)
    assert done.returncode in (1, 2)
    for line in (done.stdout + done.stderr).decode().splitlines():
        assert line.isprintable(), ascii(line)


@pytest.mark.slow
def test_a_fault_of_the_kit_is_one_sentence_without_the_content_of_a_file(tmp_path):
    break_it = (
        "import framingkit.cli as cli, framingkit.hand_ins as h\n"
        "def fault(*_): raise KeyError('\\x1b[2Jsecret answer')\n"
        "h.collect = fault\ncli.main()"
    )
    command = [sys.executable, "-c", break_it, "collect", str(tmp_path), "-o", str(tmp_path / "c")]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("framingkit stopped, because something in it is wrong (KeyError")
    assert done.stderr.count("\n") == 1
    assert "secret" not in done.stderr
