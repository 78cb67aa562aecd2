"""An article is corrected after it was tagged: tags go along, and those without a place wait."""

from dataclasses import replace

import pytest

from framingkit.course import Document, load_codebook
from framingkit.widgets import PlaceAgain
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work import bring_along, orphans_of
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

BEFORE = Document.of_text("harbour", "It is hot here. It may rane, they say. A hot day, and dry.")
AFTER = Document.of_text(
    "harbour", "Note: it is hot here. It may rain, they say. A hot day, and dry."
)


@pytest.fixture
def log(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    tagging = Tagging(log, BEFORE, load_codebook())
    tagging.add("hot", "loaded_word", occurrence=2, note="Why?", confidence=70)
    tagging.add("rane", "hedge", note="A typo")
    return log


def now(log, document=AFTER):
    """Open the corrected text as a lesson does."""
    bring_along(log, document)
    return Tagging(log, document, load_codebook())


def shown(tagging):
    return [(one.quote, one.start, one.label, one.note, one.confidence) for one in tagging.spans()]


def handed_in(log):
    texts = log.sheet("x")["documents"]
    return sorted((span["quote"], text["sha256"][:4]) for text in texts for span in text["spans"])


def test_tags_go_along_and_one_without_a_place_waits_for_it(log):
    tagging = now(log)

    assert shown(tagging) == [("hot", AFTER.text.rindex("hot"), "loaded_word", "Why?", 70)]
    assert [one.span.quote for one in tagging.orphans()] == ["rane"]
    assert len(handed_in(log)) == 2
    assert shown(now(WorkLog(log.path))) == shown(tagging)


def test_an_orphan_is_placed_with_its_note_and_counts_once(log):
    tagging = now(log)

    said = tagging.place("rane", "rain")

    assert said == "Placed “rane” on “rain”."
    assert ("rain", 29, "hedge", "A typo", None) in shown(tagging)
    assert tagging.orphans() == []
    assert handed_in(log) == [("hot", AFTER.sha256[:4]), ("rain", AFTER.sha256[:4])]


def test_an_orphan_that_nobody_needs_is_removed(log):
    tagging = now(log)

    assert tagging.drop("rane") == "Removed “rane”."
    assert (tagging.orphans(), len(shown(tagging))) == ([], 1)
    assert orphans_of(WorkLog(log.path), AFTER) == []


def test_without_the_old_text_only_tags_stay_whose_words_are_still_there(log):
    for copy in (log.path.parent / "texts").iterdir():
        copy.write_text("something else", "utf-8")

    tagging = now(log, replace(AFTER, text=BEFORE.text.replace("rane", "rain")))

    assert [quote for quote, *_ in shown(tagging)] == ["hot"]
    assert len(tagging.orphans()) == 1


def test_another_text_under_the_same_name_gets_none_of_the_tags(log):
    other = "Quite another story about chess and ships, told at length. A hot day, and dry."
    tagging = now(log, Document.of_text("harbour", other))

    assert shown(tagging) == []
    assert len(tagging.orphans()) == 2


def test_whoever_goes_back_to_the_old_text_finds_all_tags(log):
    now(log)
    assert [quote for quote, *_ in shown(now(log, BEFORE))] == ["rane", "hot"]
    now(log).place("rane", "rain")

    back = now(log, BEFORE)

    assert [quote for quote, *_ in shown(back)] == ["hot"]
    assert [one.span.quote for one in back.orphans()] == ["rain"]


def test_the_box_above_the_tagger_suggests_places_and_takes_typed_words(log):
    now(log)
    box = PlaceAgain(log, AFTER, load_codebook())
    tagger = SpanTagger(AFTER, "text", load_codebook(), codes=["hedge"], work_log=log)

    suggested, last = box.children[2], box.children[-2]
    place = "… it is hot here. It may [rain], they say. A hot day, and …"
    assert suggested.description == f"Place it here: {place}"
    field, typed, away = last.children
    assert away.description == "Remove “rane”"
    field.value = "nowhere"
    typed.click()
    assert "appears 0 times" in box.children[-1].value
    suggested.click()

    assert box.children[-1].value == "Placed on “rain”."
    assert repr(tagger) == "SpanTagger(harbour, text: 2 tags)"
    assert repr(box) == "PlaceAgain(harbour: 0 tags)"
