"""Frames of a section: what counts as there, and what is said beside the reference reading."""

import pytest
from for_each import for_each

from framingkit.course.data import list_articles, load_article, load_codebook, load_reference
from framingkit.errors import FramingkitError
from framingkit.feedback.frames import (
    FrameReading,
    FrameRow,
    comparison_parts,
    entman_rows,
    frame_remarks,
    frame_table_html,
    frames_html,
    frames_item,
    frames_response,
    latest_frames,
    read_frames,
    reference_frames,
)
from framingkit.work.operations import Operation, operation_from_json, operation_to_json

CODEBOOK, REFERENCE = load_codebook(), load_reference()
COMMENTARY, AGENDA = (
    reference_frames(REFERENCE, "commentary"),
    reference_frames(REFERENCE, "agenda"),
)


def primary(id, questions=(1, 2)):
    return FrameReading({id: questions}, id)


def first(reading, reference=COMMENTARY):
    return frame_remarks(reading, reference, CODEBOOK)[0]


def test_two_of_three_questions_make_a_frame():
    reading = FrameReading({"ceremony": (1, 3), "economic": (2,)})

    assert reading.present == ("ceremony",)
    assert reading.sentences(CODEBOOK)[0] == "Frames that are present: Ceremony and symbol."


def test_the_same_primary_frame_is_said_with_the_reason():
    said = frame_remarks(primary("strategic_game"), COMMENTARY, CODEBOOK)

    assert said[0].endswith("is the primary frame of the reference reading too.")
    assert COMMENTARY.rationale in said[1]


def test_a_second_frame_of_the_reference_is_said():
    assert "a secondary frame in the reference reading" in first(primary("ceremony"))


def test_the_other_reading_of_a_debatable_section_counts():
    said = first(primary("security_conflict"), AGENDA)

    assert "counts as well" in said
    assert AGENDA.alternative in said


def test_another_frame_is_another_reading():
    assert "That is another reading of the same words" in first(primary("economic"))


@for_each(CODEBOOK.frames, {one.section: one for one in REFERENCE.section_frames})
def test_nothing_is_ever_called_wrong(frame, section):
    said = " ".join(frame_remarks(primary(frame.id), section, CODEBOOK)).lower()

    for word in ("wrong", "mistake", "incorrect", "error", "false", "right answer"):
        assert word not in said.split()


@for_each(list_articles())
def test_a_debatable_section_names_the_frame_that_counts_as_well(article):
    names = tuple(frame.name for frame in CODEBOOK.frames)

    for one in load_reference(article).section_frames:
        if one.status == "debatable":
            assert one.alternative.startswith(names), one.section


def test_a_primary_frame_without_evidence_is_asked_about():
    said = frame_remarks(primary("strategic_game", (3,)), COMMENTARY, CODEBOOK)

    assert any("You ticked 1 of the three questions for Strategy and game." in one for one in said)


def test_without_a_primary_frame_nothing_is_given_away():
    said = " ".join(frame_remarks(FrameReading({"ceremony": (1,)}), COMMENTARY, CODEBOOK))

    assert "Choose the primary frame" in said
    assert COMMENTARY.rationale not in said


def test_the_four_answers_of_the_reference_come_after_a_try():
    ticked = FrameReading({"ceremony": (1,)})

    assert comparison_parts(ticked, COMMENTARY, CODEBOOK)[1] == []
    written = FrameReading(cells={"problem": "The gesture."})
    assert len(comparison_parts(written, COMMENTARY, CODEBOOK)[1]) == 4
    assert len(comparison_parts(primary("ceremony"), COMMENTARY, CODEBOOK)[1]) == 4


def test_nothing_filled_in_gets_one_sentence():
    assert len(frame_remarks(FrameReading(), COMMENTARY, CODEBOOK)) == 1


def test_a_blank_answer_counts_as_none():
    reading = FrameReading(primary="economic", cells={"problem": " Nothing. ", "cause": "Russia"})
    rows = entman_rows(reading, COMMENTARY)

    assert [mine for _, mine, _ in rows] == ["none", "Russia", "none", "none"]
    assert rows[3][2] == "none"


def test_the_scope_is_compared():
    said = frame_remarks(FrameReading(primary="economic", scope="mixed"), COMMENTARY, CODEBOOK)

    assert said[-1] == "You call the section mixed; the reference reading calls it thematic."


def test_a_reading_survives_being_stored():
    cells = {"problem": "P", "cause": "", "judgement": "none", "remedy": ""}
    reading = FrameReading({"ceremony": (1, 3)}, "ceremony", cells, "episodic")

    assert read_frames(frames_response(reading), CODEBOOK) == reading


@pytest.mark.parametrize(
    "response",
    [
        {"primary": "weather"},
        {"primary": ["ceremony"]},
        {"indicators": ["ceremony"]},
        {"indicators": {"weather": [1]}},
        {"indicators": {"ceremony": [4]}},
        {"indicators": {"ceremony": [True]}},
        {"indicators": {"ceremony": "12"}},
        {"problem": 3},
        {"problem": "x" * 2001},
        {"scope": "huge"},
        {"scope": ["mixed"]},
    ],
)
def test_what_does_not_fit_is_refused_when_written_and_left_out_when_read(response):
    with pytest.raises(FramingkitError):
        read_frames(response, CODEBOOK)
    assert latest_frames(response, CODEBOOK) == FrameReading()


@for_each(load_article().sections)
def test_the_items_name_can_be_written_to_the_log(section):
    item = frames_item(load_article(), section.id)

    assert operation_from_json(
        operation_to_json(Operation("answer", "a", 1, item, response={"scope": ""}))
    )


def test_the_table_shows_the_learner_and_folds_the_reference():
    rows = [FrameRow("Commentary", primary("ceremony"), COMMENTARY)]
    html = frame_table_html(rows, CODEBOOK)
    mine, theirs = html.split("<details>")

    assert "Primary (2 of 3)" in mine
    assert "<td>Primary</td>" not in mine
    assert "<td>Primary (debatable)</td>" in theirs


def test_without_a_reference_there_is_nothing_folded():
    assert "<details>" not in frame_table_html([FrameRow("T", FrameReading(), None)], CODEBOOK)


def test_the_static_page_says_what_is_ticked():
    html = frames_html("Commentary", primary("ceremony", (1,)), CODEBOOK)

    assert "Are ritual objects or gestures in focus? Yes." in html
    assert "Is protocol or rank mentioned? Not ticked." in html


def test_a_section_that_the_reference_leaves_out_has_nothing_to_compare_with():
    assert reference_frames(REFERENCE, "agenda") == AGENDA
    assert reference_frames(REFERENCE, "weather") is None
    assert reference_frames(None, "agenda") is None
