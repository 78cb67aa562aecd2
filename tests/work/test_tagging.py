import os

import pytest

from framingkit import course
from framingkit.errors import FramingkitError
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging, keep_answer


@pytest.fixture
def path(tmp_path):
    return tmp_path / "amber-heron-417.jsonl"


@pytest.fixture
def tagging(path):
    return Tagging(WorkLog(path), course.load_article(), course.load_codebook())


def on_disk(path):
    """Read the tags as the next kernel will."""
    again = Tagging(WorkLog(path), course.load_article(), course.load_codebook())
    return [(span.quote, span.label, span.note, span.confidence) for span in again.spans()]


def test_a_tag_is_on_disk_when_the_sentence_comes_back(tagging, path):
    said = tagging.add("red carpet", "ceremony_symbol", "ending", note="Hm.", confidence=70)
    assert said == "Tagged “red carpet” as Ceremony symbol."
    assert on_disk(path) == [("red carpet", "ceremony_symbol", "Hm.", 70)]


def test_the_same_tag_is_not_made_twice(tagging, path):
    tagging.add("red carpet", "ceremony_symbol", "ending")
    assert tagging.add("red  carpet", "ceremony_symbol", "ending") == (
        "That is already tagged as Ceremony symbol."
    )
    assert len(on_disk(path)) == 1


def test_change_remove_and_undo_are_on_disk_too(tagging, path):
    tagging.add("red carpet", "ceremony_symbol", "ending")

    tagging.change("red carpet", label="game_metaphor", note="A game?")
    assert on_disk(path) == [("red carpet", "game_metaphor", "A game?", None)]
    assert tagging.remove("red carpet") == "Removed Game metaphor from “red carpet”."
    assert on_disk(path) == []
    assert [tagging.undo() for _ in range(2)] == ["Undone."] * 2
    assert on_disk(path) == [("red carpet", "ceremony_symbol", "", None)]
    assert [tagging.undo(), tagging.undo()] == ["Undone.", "There is nothing to undo."]
    assert on_disk(path) == []


def test_words_are_found_however_they_are_typed_and_kept_as_they_stand_there(tagging, path):
    assert tagging.add('"DIPLOMATIC wind"', "hedge") == "Tagged “diplomatic wind” as Hedge."
    assert tagging.change('"Diplomatic wind"', note="Hm.") == (
        "Changed the tag on “diplomatic wind”."
    )
    assert on_disk(path) == [("“diplomatic wind”", "hedge", "Hm.", None)]


def test_an_undo_that_the_disk_did_not_take_can_be_done_again(tagging, path, monkeypatch):
    tagging.add("red carpet", "ceremony_symbol", "ending")

    def full(_handle, _data):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(FramingkitError, match="the disk is full"):
            tagging.undo()
    assert len(on_disk(path)) == 1
    assert tagging.undo() == "Undone."
    assert on_disk(path) == []


@pytest.mark.parametrize("note", ["x" * 4001, "half a sign \ud83d"])
def test_a_note_that_could_not_be_read_back_is_refused_and_not_written(tagging, path, note):
    with pytest.raises(FramingkitError, match="at most 4000 characters"):
        tagging.add("red carpet", "ceremony_symbol", "ending", note=note)
    assert (tagging.spans(), on_disk(path)) == ([], [])


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda t: t.add("red carpets", "ceremony_symbol"), "appears 0 times"),
        (lambda t: t.add("", "ceremony_symbol"), "nothing to see in these words"),
        (lambda t: t.add("\u200b\u00ad", "ceremony_symbol"), "nothing to see in these words"),
        (lambda t: t.add("red carpet", "ceremony_symbol", occurrence=0), "occurrence number 0"),
        (lambda t: t.add("red carpet", "ceremony_symbol", occurrence=99), "occurrence number 99"),
        (lambda t: t.add("red carpet", "carpet"), "carpet"),
        (lambda t: t.add("red carpet", "ceremony_symbol", "no-section"), "no-section"),
        (lambda t: t.add("red carpet", "ceremony_symbol", confidence=101), "from 0 to 100"),
        (lambda t: t.change("red carpet", note="x"), "You have no tag on “red carpet”"),
        (lambda t: t.remove("red carpet"), "You have no tag on “red carpet”"),
    ],
)
def test_an_act_that_cannot_be_done_is_said_and_nothing_is_written(tagging, path, act, sentence):
    with pytest.raises(FramingkitError, match=sentence):
        act(tagging)
    assert not path.exists()


@pytest.mark.parametrize("parts", [{"id": "other"}, {"start": 3}, {"colour": "red"}])
def test_only_label_note_and_confidence_of_a_tag_can_be_changed(tagging, parts):
    tagging.add("red carpet", "ceremony_symbol", "ending")
    with pytest.raises(FramingkitError, match="label, note and confidence, not"):
        tagging.change("red carpet", **parts)


def test_what_another_kernel_did_is_seen_at_once(tagging, path):
    other = Tagging(WorkLog(path), course.load_article(), course.load_codebook())
    other.add("red carpet", "ceremony_symbol", "ending")
    assert [span.quote for span in tagging.spans()] == ["red carpet"]
    tagging.remove("red carpet")
    assert other.spans() == []


def test_an_answer_is_on_disk_in_the_form_that_is_returned(path):
    item = next(one for one in course.load_items("03-commentary") if one.kind == "choice")
    response = keep_answer(WorkLog(path), item, item.options[0].id, confidence=60)
    assert WorkLog(path).state.responses()[item.id].response == response
    assert response["confidence"] == 60


def test_an_answer_of_the_wrong_shape_is_refused_and_not_written(path):
    item = next(one for one in course.load_items("03-commentary") if one.kind == "written")
    with pytest.raises(FramingkitError, match=item.id):
        keep_answer(WorkLog(path), item, 7)
    assert not path.exists()
