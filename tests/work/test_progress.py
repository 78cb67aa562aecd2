"""What is done so far, from the log alone; and hedges with and without their words."""

import pytest
from typer.testing import CliRunner

from framingkit import cli
from framingkit.course import LessonPart
from framingkit.course.data import load_article, load_codebook, load_items, load_reference
from framingkit.course.spans import Span
from framingkit.feedback.counts import hedge_rows, hedge_table
from framingkit.work import keep_answer
from framingkit.work.log import WorkLog
from framingkit.work.progress import next_part, progress_sentences
from framingkit.work.tagging import Tagging

ARTICLE, CODEBOOK = load_article(), load_codebook()
LESSON = {"03-commentary": load_items("03-commentary")}


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    return tmp_path


def told(*words):
    return CliRunner().invoke(cli.app, ["progress", *words])


def test_answers_and_tags_are_counted(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    log.act("answer", "what-chess-hides", response={"choices": ["a"]})
    log.act("answer", "swap-the-picture", response={"text": " "})
    Tagging(log, ARTICLE, CODEBOOK).add("red carpet", "ceremony_symbol", "ending")

    said = progress_sentences(log.state, LESSON, log.texts)
    number = len(LESSON["03-commentary"])
    assert said == [
        f"03-commentary: 1 of {number} questions answered.", "Tags in alaska-summit: 1.",
    ]  # fmt: skip


def test_an_answer_that_cannot_be_read_is_not_counted(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    log.act("answer", "what-chess-hides", response={"choices": "zzz", "confidence": -3})

    assert progress_sentences(log.state, LESSON, {})[0].startswith("03-commentary: 0 of ")


def test_the_command_tells_it_and_writes_nothing(work):
    log = WorkLog(work / "amber-heron-417.jsonl")
    log.act("answer", "what-chess-hides", response={"choices": ["a"]})
    before = log.path.read_bytes()

    said = told()
    assert said.exit_code == 0
    assert "03-commentary: 1 of " in said.output
    assert log.path.read_bytes() == before
    assert [path.name for path in work.iterdir()] == [log.path.name]


@pytest.mark.parametrize("words", [(), ("--code-name", "jade-wren-1")])
def test_without_work_the_command_says_where_to_begin(work, words):
    assert "No work is saved here yet." in told(*words).output
    assert list(work.iterdir()) == []


def test_hedges_and_boosters_come_with_their_sentence():
    spans = load_reference().annotation_set.spans
    rows = hedge_rows(ARTICLE, spans, "commentary", CODEBOOK)

    assert [words.split("] ")[1] for words, _, _ in rows] == [
        "Hedge: could", "Hedge: can", "Booster: global", "Booster: cannot be ignored",
    ]  # fmt: skip
    assert "It <mark>could</mark> be a “diplomatic wind”" in rows[0][1]


def test_a_tag_over_two_sentences_stays_in_the_first():
    heading = ARTICLE.section("ending").start
    [row] = hedge_rows(ARTICLE, [Span(heading + 27, heading + 50, "hedge")], "ending", CODEBOOK)

    assert row[1].endswith("</mark></span>")


def test_the_cut_is_said_in_words_and_everything_stays_text():
    spans = load_reference().annotation_set.spans
    html = hedge_table("<b>", hedge_rows(ARTICLE, spans, "ending", CODEBOOK))

    assert "chessboard is <del><sup>cut </sup>always</del> hot." in html
    assert "chessboard is <mark>always</mark> hot." in html
    assert "<caption>&lt;b&gt;</caption>" in html


def test_the_next_part_is_the_first_that_asks_something_and_none_that_is_optional(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    items = {item.id: item for item in load_items("03-commentary")}
    parts = [
        LessonPart("Set-up", 2),
        LessonPart("Warm-up", 1, ("heading-prediction",)),
        LessonPart("Optional", 9, ("exit-real-chess",)),
        LessonPart("Activity A", 8, tagged=(("alaska-summit", "commentary"),)),
    ]
    assert next_part(log.state, parts, items) == parts[1]

    keep_answer(log, items["heading-prediction"], items["heading-prediction"].options[0].id, 50)

    assert next_part(log.state, parts, items) == parts[3]
    assert next_part(log.state, parts[:3], items) is None
