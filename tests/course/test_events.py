"""What several texts tell of one event: true to them, and a sentence for every mistake."""

import pytest

from framingkit import course
from framingkit.course.events import event_of, load_event, parse_event
from framingkit.errors import FramingkitError

EVENT = load_event("cable-talks")
TEXTS = [course.load_article(id) for id in EVENT.documents]
START = 'id = "e"\ntitle = "T"\ndocuments = ["a", "b"]\n'
CLAIM = '[[claims]]\nid = "k1"\nclaim = "They met."\n'
TOLD = (
    '[[claims.told]]\ndocument = "a"\nsection = "s"\nstart = 0\nend = 3\nquote = "Hot"\n'
    'how = "states"\n'
)


def test_every_quotation_is_at_its_place_in_the_part_that_is_named():
    for text in TEXTS:
        EVENT.check(text)


def test_each_report_leaves_out_what_another_tells_and_all_share_the_core():
    told = {claim.id: {one.document for one in claim.told} for claim in EVENT.claims}

    assert sum(documents == set(EVENT.documents) for documents in told.values()) >= 5
    for id in EVENT.documents:
        assert any(id not in documents for documents in told.values()), id
        assert any(documents == {id} for documents in told.values()), id


def test_the_reports_differ_in_their_voices_and_in_the_order_of_their_parts():
    orders = {tuple(section.id for section in text.sections) for text in TEXTS}
    kinds = {
        id: tuple(voice.kind for voice in EVENT.voices if voice.document == id)
        for id in EVENT.documents
    }

    assert len(orders) == 3
    assert len(set(kinds.values())) == 3


def test_who_is_credited_is_named_only_where_the_text_does_not_say_it_itself():
    for claim in EVENT.claims:
        for one in claim.told:
            assert bool(one.by) == (one.how == "attributes"), claim.id


def test_an_event_is_found_by_any_of_its_texts_together():
    assert event_of(EVENT.documents[1:]) == EVENT
    assert event_of(["cable-talks-a", "alaska-summit"]) is None


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (START.replace(', "b"', ""), "two or more different texts"),
        (START + CLAIM, "no text tells the claim"),
        (START + CLAIM + TOLD.replace('"a"', '"c"'), "Choose one of: 'a', 'b'"),
        (START + CLAIM + TOLD.replace("states", "hints"), "Choose one of: 'states', 'attributes'"),
        (START + CLAIM + TOLD + CLAIM + TOLD, "used twice"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(toml, said):
    with pytest.raises(FramingkitError, match=said):
        parse_event(toml)


def test_words_that_are_in_another_part_or_not_there_are_refused():
    text = course.Document("a", "A", "Hot. Cold.", "", (course.Section("s", "S", 5, 10),))
    event = parse_event(START + CLAIM + TOLD)

    with pytest.raises(FramingkitError, match="Name the section that holds them"):
        event.check(text)
    with pytest.raises(FramingkitError, match="Use the text it was made on"):
        event.check(course.Document("a", "A", "Ice. Cold.", "", text.sections))
