"""What is known about an article besides its words: claims and their evidence, distances, facts."""

import pytest
from for_each import for_each

from framingkit.course.data import list_articles, load_article, load_distances, load_facts
from framingkit.course.record import (
    EARTH_RADIUS_KM,
    Evidence,
    distance_km,
    parse_claims,
    parse_distances,
    parse_facts,
)
from framingkit.errors import FramingkitError

HEAD = 'document = "d"\nseen = "2026-11-23"\ncaveat = "Excerpts."\nverdicts = ["mixed"]\n'
CLAIM = """
[[claims]]
id = "c01"
section = "lead"
start = 2
end = 6
quote = "cold"
claim = "It was cold."
verdict = "mixed"
evidence = [{ url = "https://example.org/weather", says = "15 °C" }]
"""
OMISSION = '[[omissions]]\nid = "o1"\nwhat = "The host"\nevidence = []\n'


def test_a_claim_keeps_its_evidence_and_the_day_it_was_seen():
    ledger = parse_claims(HEAD + CLAIM + OMISSION)

    assert ledger.seen == "2026-11-23"
    assert ledger.claim("c01").evidence == (Evidence("https://example.org/weather", "15 °C"),)
    assert ledger.omissions[0].what == "The host"


def test_a_note_of_another_day_says_so_and_verdicts_have_a_day_of_their_own():
    later = CLAIM.replace('°C" }', '°C", seen = "2026-11-28" }')
    ledger = parse_claims(HEAD + 'checked = "2026-11-29"\n' + later)

    assert ledger.claim("c01").evidence[0].told == "15 °C (Seen on 2026-11-28.)"
    assert (ledger.seen, ledger.checked) == ("2026-11-23", "2026-11-29")
    assert parse_claims(HEAD + CLAIM).checked == "2026-11-23"


def test_an_unknown_claim_names_the_choices():
    with pytest.raises(FramingkitError, match="'c99'.*c01"):
        parse_claims(HEAD + CLAIM).claim("c99")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (CLAIM.replace('"mixed"', '"false"'), "claim 'c01'.*'mixed'"),
        (CLAIM + CLAIM, "used twice"),
        (CLAIM + OMISSION.replace("o1", "c01"), "used twice"),
        (CLAIM.replace(', says = "15 °C"', ""), "'says' is missing"),
        (CLAIM.replace("says", "tells"), "unknown field 'tells'"),
    ],
)
def test_a_claim_that_could_not_be_checked_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_claims(HEAD + text)


# -- distances --------------------------------------------------------------------------------

PLACES = """
[[places]]
id = "a"
name = "A"
at = "0, 0"
precision = "exact"

[[places]]
id = "b"
name = "B"
at = "0, 180"
precision = "exact"
"""
WAY = '[[distances]]\nid = "ab"\nname = "A to B"\nstart = "a"\nend = "b"\n'


def test_a_point_is_no_way_from_itself():
    assert distance_km((65.64, -168.12), (65.64, -168.12)) == 0


def test_the_way_is_as_long_there_as_back():
    here, there = (66.0792, -169.6519), (61.25, -149.8)

    assert distance_km(here, there) == distance_km(there, here)


def test_the_way_across_the_date_line_is_the_short_one():
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize("end", [(0, 180), (90, 0)])
def test_the_far_side_is_half_a_circle_away_and_a_pole_a_quarter(end):
    part = 1 if end == (0, 180) else 0.5

    assert distance_km((0, 0), end) == pytest.approx(part * 3.141592653589793 * EARTH_RADIUS_KM)


@pytest.mark.parametrize("point", [(91, 0), (0, 181), (-149.8, 61.25), (float("nan"), 0)])
def test_a_point_that_is_not_on_the_earth_is_refused(point):
    with pytest.raises(FramingkitError, match="latitude first"):
        distance_km((0, 0), point)


@pytest.mark.parametrize(
    ("way", "published"), [("mainlands", 85), ("islands", 4), ("summit", 1110)]
)
def test_the_distances_of_the_article_are_within_two_percent_of_what_is_published(way, published):
    (found,) = [one for one in load_distances() if one.id == way]

    assert found.km == pytest.approx(published, rel=0.02)
    assert found.rounded == published


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PLACES.replace("0, 180", "180"), "place 'b'.*61.25"),
        (PLACES.replace("0, 180", "north, 180"), "place 'b'.*61.25"),
        (PLACES + WAY.replace('"b"', '"c"'), "distance 'ab'.*'a', 'b'"),
        (PLACES + WAY + WAY, "used twice"),
        (PLACES + PLACES, "used twice"),
    ],
)
def test_a_distance_that_could_not_be_measured_is_refused(text, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_distances(text)


# -- the facts that a rewriting must keep -----------------------------------------------------

FACTS = load_facts()
TEXT_SECTIONS = [one.id for one in load_article().sections if one.kind == "text"]


@for_each(list_articles())
def test_a_fact_stands_where_it_says(document):
    article = load_article(document)

    for fact in load_facts(document):
        section = article.section(fact.section)
        assert section.start <= fact.start < fact.end <= section.end, fact.id
        assert article.text[fact.start : fact.end] == fact.quote, fact.id


@for_each(TEXT_SECTIONS)
def test_every_section_of_the_article_has_facts(section):
    assert [fact.id for fact in FACTS if fact.section == section]


@for_each(FACTS)
def test_a_fact_is_one_short_plain_sentence(fact):
    assert fact.plain[0].isupper()
    assert fact.plain.endswith(".")
    assert len(fact.plain.split()) <= 20


def test_an_article_may_come_without_facts():
    assert load_facts("no-such-article") == ()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("", "'document' is missing"),
        ('document = "a"\nfact = 1', "unknown field 'fact'"),
        ('document = "a"\n[[facts]]\nid = "x"', "'section' is missing"),
    ],
)
def test_a_mistake_in_the_list_is_said(toml, said):
    with pytest.raises(FramingkitError, match=said):
        parse_facts(toml)
