"""The commands for a course of one's own, as they are typed."""

import sys
from pathlib import Path

import pytest
from own_courses import ABOUT, source_in

from framingkit import cli
from framingkit.authoring import making
from framingkit.commands import own_course
from framingkit.course import forget

FLAGS = [f"--{name}={value}" for name, value in ABOUT.items()]


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    """Type a command in an empty folder; notebooks are written, and not run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(making, "execute", lambda path: None)
    source_in(tmp_path)

    def type_words(*words: str) -> tuple[object, str]:
        monkeypatch.setattr(sys, "argv", ["framingkit", *words])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        said = capsys.readouterr()
        return stop.value.code, said.out + said.err

    monkeypatch.setenv("FRAMINGKIT_COURSE", "")  # what --course sets is taken back
    yield type_words
    forget()


def test_a_first_run_only_writes_the_preview_and_says_what_it_lacks(typed):
    code, said = typed("new-lesson", "ports.html")

    assert code == 1
    assert "It still lacks: source, date, language, rights." in said
    assert [path.name for path in Path("my-course").rglob("*") if path.is_file()] == [
        "ports.preview.txt"
    ]


def test_a_script_makes_the_lesson_in_one_run(typed):
    code, said = typed("new-lesson", "ports.html", "-o", "ferry", *FLAGS, "--yes")

    assert code == 0
    assert "Made lesson 01-two-ports-one-timetable" in said
    assert "LIX" in said
    assert typed("check", "ferry", "--quick")[0] == 0
    assert typed("--course", "ferry", "check", "--quick")[0] == 0
    assert "Packed" in typed("--course", "ferry", "pack", "-o", "ferry.zip")[1]


def test_a_corrected_preview_is_what_the_next_run_takes(typed):
    typed("new-lesson", "ports.html", *FLAGS)
    preview = Path("my-course/for-teachers/ports.preview.txt")
    text = preview.read_text(encoding="utf-8").replace("nine miles", "ten miles")
    preview.write_text(text, encoding="utf-8")
    typed("new-lesson", "ports.html", "--yes")

    (article,) = Path("my-course").glob("data/articles/*/article.txt")
    assert "ten miles" in article.read_text(encoding="utf-8")


def test_in_a_terminal_it_asks_what_is_missing_and_waits_for_the_preview(typed, monkeypatch):
    asked = []

    def prompt(question: str, **_: object) -> str:
        asked.append(question)
        return "The Tern, 3 May"

    monkeypatch.setattr(own_course, "is_at_a_terminal", lambda: True)
    monkeypatch.setattr(own_course.typer, "prompt", prompt)
    code, _ = typed("new-lesson", "ports.html")

    assert code == 0
    assert len(asked) == 5, "source, date, language, rights, and the preview"
    assert "[the page says: The Tern]" in asked[0]
    assert "press Enter" in asked[-1]


@pytest.mark.parametrize("words", [("check",), ("reading",), ("pack",), ("--course", ".", "check")])
def test_a_folder_that_is_no_course_is_named(typed, words):
    code, said = typed(*words)

    assert code == 1
    assert "course.toml" in said


def test_the_check_fails_where_something_is_wrong(typed):
    typed("new-lesson", "ports.html", "-o", "ferry", *FLAGS, "--yes")
    (article,) = Path("ferry").glob("data/articles/*/article.txt")
    article.write_text("Fog.", encoding="utf-8")
    code, said = typed("check", "ferry", "--quick")

    assert code == 1
    assert "Not ready: 1 thing to put right." in said


def test_in_the_folder_of_a_course_the_next_article_becomes_its_next_lesson(typed, monkeypatch):
    typed("new-lesson", "ports.html", "-o", "ferry", *FLAGS, "--yes")
    Path("ferry/fog.txt").write_text("Fog\n\n" + "It is foggy. " * 40, encoding="utf-8")
    monkeypatch.chdir("ferry")
    forget()
    _, said = typed("new-lesson", "fog.txt", *FLAGS, "--title=Fog", "--yes")

    assert "Made lesson 02-fog" in said
    assert not Path("my-course").exists()
