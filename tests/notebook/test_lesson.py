"""What a lesson answers to blank, partial and nonsense input: a sentence, never an error."""

import json

import pytest

import framingkit
from framingkit.base.figures import Figure
from framingkit.base.html import Page
from framingkit.errors import FramingkitError
from framingkit.notebook.lesson import Lesson
from framingkit.notebook.text import NoTextYetError, document_of
from framingkit.work.sheet import check_sheet, sheet_to_bytes


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    return framingkit.open_lesson("04-open-ending", coder="amber-heron-417")


def test_plain_words_by_plain_functions(lesson):
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    said = lesson.add_plain_words("red carpet", "official welcome", section="ending")

    assert repr(said) == (
        "“red carpet” has “official welcome”. You tagged 1 device here; 0 of them stay in your "
        "plain words."
    )
    assert "<ins>official welcome</ins>" in lesson.plain_text("ending").html
    assert repr(lesson.rewrite("ending")).endswith("1 phrase, 1 in plain words)")
    assert "1 of 2 statements" in repr(lesson.keep_facts("ending", "ending-1"))
    assert "no plain words any more" in repr(lesson.add_plain_words("red carpet", "", "ending"))
    assert "<ins>" not in lesson.plain_text("ending").html


def test_frames_by_plain_functions(lesson):
    said = lesson.answer_frames("ending", primary="ceremony", indicators={"ceremony": [1, 2]})

    assert repr(said).endswith("Primary frame: Ceremony and symbol.")
    assert "primary ceremony" in repr(lesson.frames("ending"))
    assert "Primary (2 of 3)" in lesson.frame_table("ending", "lead").html


def test_a_text_of_ones_own_by_plain_functions(lesson, tmp_path):
    said = lesson.use_text("A cold summit opens.", title="Cold", source="me", date="2026")

    assert "“Cold” has 4 words in 1 sentence." in said.html
    assert (tmp_path / "texts" / "own-text" / "document.toml").exists()
    assert repr(lesson.tag("text", document="own-text")) == "SpanTagger(own-text, text: 0 tags)"
    lesson.add_tag("cold", "nature_metaphor", document="own-text")
    assert repr(lesson.tags(document="own-text")) == "Your tags: 1"
    assert lesson.tag("text", document="own-text").comparable is False
    for act in (lesson.compare, lesson.reference):
        assert "no reference reading for your own text" in repr(act("text", document="own-text"))


def test_a_new_text_does_not_take_over_the_tags_of_the_old_one(lesson):
    lesson.use_text("A cold summit opens.")
    lesson.add_tag("cold", "nature_metaphor", document="own-text")

    lesson.use_text("A warm summit opens.")
    assert repr(lesson.tags(document="own-text")) == "Your tags: 0"
    lesson.use_text("A cold summit opens.")
    assert repr(lesson.tags(document="own-text")) == "Your tags: 1"


def test_before_there_is_a_text_every_act_says_so(lesson):
    own = {"document": "own-text"}
    pages = [
        lesson.read("text", **own), lesson.tag("text", **own), lesson.compare("text", **own),
        lesson.tags(**own), lesson.chart("my tags by code", **own), lesson.undo(**own),
        lesson.add_tag("x", "hedge", **own), lesson.change_tag("x", **own),
        lesson.remove_tag("x", **own), lesson.rewrite("text", **own),
        lesson.add_plain_words("x", "y", "text", **own), lesson.plain_text("text", **own),
        lesson.frames("text", **own), lesson.answer_frames("text", **own),
        lesson.frame_table(**own), lesson.milestone("m", **own), lesson.before_after("m", **own),
        lesson.hedges("text", **own),
    ]  # fmt: skip

    assert {repr(page)[:41] for page in pages} == {"There is no text of your own yet. Paste o"}
    with pytest.raises(NoTextYetError):
        document_of(lesson.log, "own-text")


def test_nonsense_gets_a_sentence(lesson):
    pages = [
        lesson.add_plain_words("blue carpet", "x", "ending"),
        lesson.add_plain_words("", "x", "ending"),
        lesson.add_plain_words("always", "x" * 3000, "ending"),
        lesson.keep_facts("ending", "moon"),
        lesson.answer_frames("ending", primary="weather"),
        lesson.answer_frames("ending", indicators={"ceremony": [9]}),
        lesson.use_text(" "),
        lesson.use_text("x", document="../x"),
        lesson.milestone("empty"),
        lesson.before_after("never kept"),
        lesson.confidence_change("a", "b"),
        lesson.hedges("ending"),
        lesson.progress(),
    ]

    assert all(isinstance(page, Page) and repr(page) for page in pages)
    assert lesson.log.state.seen == set()


def test_a_section_that_is_not_there_is_an_authors_mistake_and_is_loud(lesson):
    for act in (lesson.rewrite, lesson.frames, lesson.tag):
        with pytest.raises(FramingkitError, match="has no section"):
            act("endings")


def test_a_milestone_stays_when_the_notebook_runs_again(lesson):
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    assert repr(lesson.milestone("before codebook")) == "“before codebook” is kept. Tags in it: 1."
    lesson.add_tag("always", "booster", section="ending")

    assert repr(lesson.milestone("before codebook")) == (
        "“before codebook” already exists and was not changed (it has 1 tag; you now have 2). "
        "To replace it, run lesson.milestone('before codebook', again=True)."
    )
    assert "Added: “always” (Booster)." in lesson.before_after("before codebook").html
    assert "Added: 0." in lesson.before_after("before codebook", section="lead").html
    lesson.milestone("before codebook", again=True)
    assert "Kept: 2. Added: 0." in lesson.before_after("before codebook").html


def test_a_change_of_confidence_is_a_described_figure(lesson):
    for item, sure in (("then", 80), ("now", 60)):
        lesson.log.act("answer", item, response={"choice": "a", "confidence": sure})

    shown = lesson.confidence_change("then", "now")
    assert isinstance(shown, Figure)
    assert "You are 20 points less sure now." in repr(shown)
    half = lesson.confidence_change("then", "nothing")
    assert repr(half).startswith("You have not said yet how sure you are now.")


def test_hedges_of_the_learner_are_open_and_those_of_the_reference_are_folded(lesson):
    lesson.add_tag("always", "booster", section="ending")
    mine, theirs = lesson.hedges("ending").html.split("<details>")

    assert "always" in mine
    assert "No one is sure" not in mine
    assert "No one is sure" in theirs


def test_all_of_it_is_in_the_answer_sheet_and_fits_its_schema(lesson):
    lesson.add_tag("red carpet", "ceremony_symbol", section="ending")
    lesson.add_plain_words("red carpet", "official welcome", "ending")
    lesson.answer_frames("ending", primary="ceremony", indicators={"ceremony": [1, 2]})
    lesson.use_text("A cold summit opens.")
    lesson.milestone("before codebook")

    sheet = check_sheet(json.loads(sheet_to_bytes(lesson.log.sheet("0"))), "mine")
    kinds = {one["item"].split(".")[0] for one in sheet["responses"]}
    assert kinds == {"rewrite", "frames", "own-text", "milestone"}


def test_every_act_is_a_method_with_its_own_words():
    for name in ("rewrite", "frames", "own_text", "milestone", "hedges", "progress", "tag"):
        assert getattr(Lesson, name).__doc__
