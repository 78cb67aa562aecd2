"""The constructed passages: labelled, balanced, and practice for every code of the codebook."""

import re
from collections import Counter

from for_each import for_each

from framingkit import course
from framingkit.course.documents import Document
from framingkit.course.readings import Reference

CODEBOOK = course.load_codebook()
SHORT = (
    "bridge-opening", "cease-fire-day", "cultural-visit", "fisheries-talks", "host-city",
    "island-lighthouse", "visa-dispute", "water-treaty",
)  # fmt: skip
LONG = ("climate-summit", "trade-summit")
# The one text in which the record favours one side on one point: real disputes are not all even.
ASYMMETRIC = "mail-trains"
PASSAGES = [course.load_article(id) for id in SHORT]
LONG_TEXTS = [course.load_article(id) for id in LONG]
ONE_SIDED = course.load_article(ASYMMETRIC)
REPORTS = [course.load_article(id) for id in course.load_event("cable-talks").documents]
CONSTRUCTED = [*PASSAGES, *LONG_TEXTS, ONE_SIDED, *REPORTS]


def reading(article: Document) -> Reference:
    return course.load_reference(article.id)


def parties(article: Document) -> tuple[str, str]:
    """Return the two states that a passage is about, as its note names them."""
    named = re.search(r"(\w+) and (\w+) do not exist", article.note)
    assert named is not None
    return named[1], named[2]


@for_each(CONSTRUCTED)
def test_every_article_of_the_kit_but_the_first_says_that_it_was_written_for_it(article):
    known = {one.id for one in CONSTRUCTED} | {"alaska-summit", "tagger-tour"}

    assert set(course.list_articles()) >= known
    assert "constructed" in article.title
    assert article.note.startswith("Constructed")


@for_each([*PASSAGES, ONE_SIDED])
def test_a_short_passage_has_60_to_140_words_in_4_to_8_sentences(passage):
    assert 60 <= len(passage.text.split()) <= 140
    assert 4 <= len(passage.sentences("story")) <= 8


@for_each(LONG_TEXTS)
def test_a_long_text_has_350_to_500_words_in_the_six_parts_of_the_article(text):
    assert 350 <= len(text.text.split()) <= 500
    assert [one.id for one in text.sections] == [
        "headline", "lead", "context", "agenda", "commentary", "ending",
    ]  # fmt: skip


@for_each(REPORTS)
def test_a_report_of_the_event_has_180_to_260_words(report):
    assert 180 <= len(report.text.split()) <= 260


@for_each([*PASSAGES, *LONG_TEXTS, *REPORTS])
def test_a_text_treats_its_two_parties_alike_and_says_so(article):
    assert "takes no side: exchange the two names" in article.note
    assert "symmetric" not in article.note


def test_the_asymmetric_text_says_so_and_counts_more_for_one_party():
    one, other = parties(ONE_SIDED)

    assert "Asymmetric on purpose" in ONE_SIDED.note
    assert "exchange the two names" not in ONE_SIDED.note
    assert f"three late trains from {one} and nineteen from {other}" in ONE_SIDED.text


@for_each(CONSTRUCTED)
def test_only_line_ends_lie_outside_the_sections(article):
    inside = {at for one in article.sections for at in range(one.start, one.end)}

    assert {mark for at, mark in enumerate(article.text) if at not in inside} == {"\n"}


@for_each(CONSTRUCTED)
def test_every_quote_stands_at_its_offsets_and_in_its_section(article):
    found = reading(article)

    for words, section in ((one.span, one.section) for one in [*found.spans, *found.near_misses]):
        place = article.section(section)
        assert article.text[words.start : words.end] == words.quote
        assert place.start <= words.start < words.end <= place.end


@for_each(CONSTRUCTED)
def test_no_words_are_tagged_twice_with_the_same_code(article):
    places = Counter(
        (one.span.start, one.span.end, one.span.label) for one in reading(article).spans
    )

    assert max(places.values()) == 1


@for_each(CONSTRUCTED)
def test_tags_begin_and_end_between_words(article):
    for one in (*reading(article).spans, *reading(article).near_misses):
        words = one.span
        around = article.text[max(0, words.start - 1) : words.start], article.text[words.end :][:1]
        assert not any(mark.isalnum() for mark in around), words.quote


@for_each(CONSTRUCTED)
def test_labels_are_devices_and_accepted_ones_are_named_in_the_other_reading(article):
    devices = {code.id for code in CODEBOOK.devices}

    for one in reading(article).spans:
        assert {one.span.label, *one.accepts} <= devices
        assert one.span.label not in one.accepts
        assert bool(one.alternative) == (one.status == "debatable")
        assert one.alternative or not one.accepts
    assert {one.span.label for one in reading(article).near_misses} <= devices


@for_each(CONSTRUCTED)
def test_a_near_miss_is_not_tagged_with_the_code_that_it_misses(article):
    for miss in reading(article).near_misses:
        for one in reading(article).spans:
            assert one.span.key != miss.span.key


@for_each(CONSTRUCTED)
def test_a_passage_has_three_near_misses_or_more(article):
    assert len(reading(article).near_misses) >= 3


@for_each(CONSTRUCTED)
def test_a_passage_has_plain_sentences_too(article):
    tagged = [one.span for one in reading(article).spans]
    plain = [
        one
        for one in article.sentences()
        if not any(span.start < one.end and one.start < span.end for span in tagged)
    ]

    assert len(plain) >= 1


@for_each(CONSTRUCTED)
def test_a_passage_names_its_two_parties_equally_often(article):
    one, other = parties(article)

    assert abs(article.text.count(one) - article.text.count(other)) <= 1
    assert article.text.count(one) >= 1


def test_no_state_stands_in_two_passages_but_those_of_one_event():
    event = {parties(one) for one in REPORTS}
    names = [name for one in CONSTRUCTED if one not in REPORTS for name in parties(one)]

    assert len(event) == 1
    assert len(set(names).union(*event)) == len(names) + 2


@for_each(CONSTRUCTED)
def test_every_section_has_frames_of_the_codebook(article):
    frames = {code.id for code in CODEBOOK.frames}

    assert [one.section for one in reading(article).section_frames] == [
        one.id for one in article.sections
    ]
    for one in reading(article).section_frames:
        assert {one.primary, *one.secondary} <= frames
        assert one.primary not in one.secondary
        assert bool(one.alternative) == (one.status == "debatable")


def test_the_short_passages_practise_every_device_twice_and_once_without_doubt():
    entries = [one for id in SHORT for one in course.load_reference(id).spans]
    tagged = Counter(one.span.label for one in entries)
    clear = Counter(one.span.label for one in entries if one.status == "clear")

    assert {code.id: tagged[code.id] for code in CODEBOOK.devices if tagged[code.id] < 2} == {}
    assert {code.id for code in CODEBOOK.devices} == set(clear)


def test_the_short_passages_practise_every_frame_twice_as_primary_frame():
    first = Counter(one.primary for id in SHORT for one in course.load_reference(id).section_frames)

    assert {code.id: first[code.id] for code in CODEBOOK.frames} == {
        code.id: 2 for code in CODEBOOK.frames
    }


@for_each(LONG)
def test_each_long_text_practises_every_device(id):
    labels = {one.span.label for one in course.load_reference(id).spans}

    assert labels == {code.id for code in CODEBOOK.devices}
