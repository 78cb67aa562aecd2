"""What is said on a terminal: on any code page, without control characters, and never an error."""

import io
import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base.console import Tabled, say, watched

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


class Terminal(io.TextIOWrapper):
    """A terminal, as far as a program can tell."""

    def isatty(self):
        return True


def on_terminal(*sentences: str, encoding="utf-8", columns=80, **changes: str) -> str:
    raw = io.BytesIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
            patch.delenv(name, raising=False)
        for name, value in {"TERM": "xterm", "COLUMNS": str(columns), **changes}.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stderr", terminal := Terminal(raw, encoding, newline="\n"))
        say(*sentences)
    terminal.detach()
    return raw.getvalue().decode(encoding)


# what would be bold, red, a link, a picture, a pattern or a fault to a library that sets text
MARKUP = (
    "[bold]amber[/bold]",
    "[/]",
    "[red",
    "\\[x]",
    ":smile:",
    "[link=http://a]b[/link]",
    "%s{0}",
)


def refused(*names: str) -> list[Tabled]:
    return [
        Tabled(f"“{name}” is empty.", "Refused", ("File", "Why"), [(name, "It is empty.")])
        for name in names
    ]


def test_names_and_sentences_are_never_read_as_commands_of_the_library():
    said = on_terminal(*refused(*MARKUP), *MARKUP, f"{MARKUP[0]} is here.", TERM="dumb")
    for one in MARKUP:
        assert said.count(one) == 2 + (one == MARKUP[0]), one
    heading = Tabled("It.", MARKUP[0], (MARKUP[2],), [("amber",)])
    assert MARKUP[0] in (said := on_terminal(heading, TERM="dumb"))
    assert MARKUP[2] in said


def test_a_table_takes_the_place_of_its_sentences_only_on_a_terminal(monkeypatch):
    sentences = [refused("a.json")[0], "30 learners.", refused("b.json")[0]]
    said = on_terminal(*sentences, TERM="dumb")
    assert said.count("Refused") == said.count("Why") == 1
    assert said.index("b.json") < said.index("30 learners.")
    assert "“a.json” is empty." not in said

    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(raw, "utf-8", newline="\n"))
    say(*sentences)
    assert raw.getvalue().decode() == "“a.json” is empty.\n30 learners.\n“b.json” is empty.\n"


def test_sentences_end_between_words_and_commands_stay_whole():
    sentence = "Nothing was written over it, because it is not a class file."
    said = on_terminal(sentence, f"  {sentence}", "-" * 70, columns=40)
    assert said.splitlines() == [
        "Nothing was written over it, because it ", "is not a class file.",
        f"  {sentence}", "-" * 70,
    ]  # fmt: skip


@for_each([*CODE_PAGES])
def test_a_table_is_set_on_any_code_page_and_in_a_narrow_window(encoding):
    for columns in (12, 200):
        said = on_terminal(*refused("Курс\x1b[2J\u202e.json"), encoding=encoding, columns=columns)
        plain = re.sub(r"\x1b\[[\d;]*m", "", said)
        assert all(sign.isprintable() for sign in plain.replace("\n", ""))
        assert encoding != "utf-8" or columns < 200 or "Курс\\u001b[2J\\u202e.json" in plain
        assert max(map(len, plain.splitlines())) <= (columns if encoding == "utf-8" else 300)


def test_no_colour_is_used_where_none_is_wanted():
    assert "\x1b" in on_terminal(*refused("a"))
    assert not re.search(r"\x1b\[[\d;]*[34]\d", on_terminal(*refused("a"), NO_COLOR="1"))
    assert "\x1b" not in on_terminal(*refused("a"), TERM="dumb")


def test_progress_passes_everything_on_and_shows_nothing_in_a_file(capsys):
    assert list(watched(iter("abc"), 3, "Reading")) == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


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
