"""What lessons 01 and 02 say about the article is what the data say."""

import re

import pytest
from for_each import for_each

from framingkit.course.data import (
    load_annotations,
    load_article,
    load_claims,
    load_codebook,
    load_distances,
    load_items,
    load_reference,
)
from framingkit.feedback.counts import count_labels, word_counts

ARTICLE = load_article()
ITEMS = {one.id: one for lesson in ("01-context", "02-agenda") for one in load_items(lesson)}
RATES = {one.name: one for one in count_labels(load_annotations(), ARTICLE, by="section").rows}
FRAMES = {
    "frames-of-the-context": ("context", ("geopolitical_setting", "economic")),
    "frames-of-the-agenda": ("agenda", ("strategic_game", "cooperation")),
}


def words_of(item: str) -> str:
    one = ITEMS[item]
    said = [text for option in one.options for text in (option.text, option.feedback)]
    return " ".join([one.prompt, one.worked, one.dissent, *said])


def sentence(number: int) -> str:
    (found,) = [one for one in ARTICLE.sentences() if one.number == number]
    return ARTICLE.text[found.start : found.end]


def test_the_agenda_is_the_plainest_section_as_lesson_02_says():
    assert min(RATES.values(), key=lambda one: one.rate).name == "agenda"


def test_four_sources_are_vague_and_stand_where_the_question_says():
    vague = [one.span for one in load_reference().spans if one.span.label == "vague_attribution"]
    numbers = [
        one.number
        for one in ARTICLE.sentences()
        for span in vague
        if one.start <= span.start < one.end
    ]

    assert numbers == [4, 10, 14, 16]
    assert re.findall(r"\((?:sentence )?(\d+)\)", words_of("count-the-sources")) == [
        str(number) for number in numbers
    ]


def test_the_words_that_are_called_absent_are_absent():
    assert word_counts(ARTICLE, ["war", "peace", "Trump"]).rows == tuple(
        (f"“{word}”", 0) for word in ("war", "peace", "Trump")
    )


def test_the_list_of_the_agenda_runs_against_its_heading():
    themes = {"weapons": "nuclear arms", "trade": "trade cooperation", "security": "risk"}
    heading = sorted(themes, key=lambda theme: sentence(9).lower().index(theme))

    for number, theme in zip((11, 12, 13), reversed(heading), strict=True):
        assert themes[theme] in sentence(number).lower()


def test_the_numbers_of_the_distance_question_are_the_measured_ones():
    said = words_of("three-distances").replace(",", "")

    for way in load_distances():
        assert f"{way.rounded} km" in said


@for_each(list(FRAMES))
def test_the_questions_about_frames_are_those_of_the_codebook(item):
    section, frames = FRAMES[item]
    asked = [option.text for option in ITEMS[item].options]
    wanted = [one for frame in frames for one in load_codebook().code(frame).indicators]
    (reading,) = [one for one in load_reference().section_frames if one.section == section]

    assert asked == wanted
    for frame, options in zip(frames, (asked[:3], asked[3:]), strict=True):
        yes = sum(option.correct for option in ITEMS[item].options if option.text in options)
        assert (yes >= 2) == (frame in (reading.primary, *reading.secondary))


@pytest.mark.parametrize(
    ("item", "claim", "verdict"),
    [
        ("airport-verdict", "c01", "contradicted"),
        ("greeters-verdict", "c02", "contradicted"),
        ("decade-verdict", "c06", "mixed"),
        ("extend-a-treaty", "c16", "partly contradicted"),
    ],
)
def test_a_question_about_a_verdict_agrees_with_the_ledger(item, claim, verdict):
    (right,) = [option for option in ITEMS[item].options if option.correct]

    assert claim in ITEMS[item].prompt
    assert load_claims().claim(claim).verdict == verdict
    assert verdict in f"{right.text} {right.feedback}".lower()


def test_the_ledger_says_of_other_claims_what_the_lessons_say():
    ledger = load_claims()

    assert ledger.claim("c13").verdict == "unverifiable"
    assert ledger.claim("c18").verdict == ledger.claim("c19").verdict == "no record found"
    assert ledger.claim("c03").verdict == ledger.claim("c05").verdict == "supported"
    assert ledger.seen == "2026-11-23"


@pytest.mark.parametrize(
    ("lesson", "wanted"), [("01-context", {1, 2, 4, 5}), ("02-agenda", {5, 8, 14})]
)
def test_the_misconceptions_of_a_lesson_are_diagnosed_by_its_questions(lesson, wanted):
    assert wanted <= {number for one in load_items(lesson) for number in one.misconceptions}
