from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from for_each import for_each

from framingkit.course.data import load_article, load_claims, load_distances, load_publishers
from framingkit.course.record import parse_publishers, publisher_of
from framingkit.errors import FramingkitError
from framingkit.feedback.record_pages import distances_page, source_notes_page

LEDGER = load_claims()


def notes(*claims):
    return source_notes_page(LEDGER, load_article(), load_publishers(), claims)


def test_every_page_that_the_ledger_cites_has_a_publisher_with_a_kind():
    cited = [one for found in (*LEDGER.claims, *LEDGER.omissions) for one in found.evidence]

    unknown = {urlsplit(one.url).netloc for one in cited} - set(load_publishers())

    assert unknown == set()


def test_no_publisher_is_kept_that_no_page_is_cited_from():
    cited = [one for found in (*LEDGER.claims, *LEDGER.omissions) for one in found.evidence]

    assert set(load_publishers()) <= {urlsplit(one.url).netloc for one in cited}


def test_an_unknown_publisher_is_named_by_its_host():
    assert publisher_of("https://example.org/x", {}).name == "example.org"


def test_a_publisher_that_comes_twice_is_refused():
    one = '[[publishers]]\nhost = "h"\nname = "N"\nkind = "k"\n'

    with pytest.raises(FramingkitError, match="used twice"):
        parse_publishers(one + one)


@for_each([one.id for one in LEDGER.claims])
def test_every_claim_has_a_page_whose_verdict_is_folded_below_the_notes(claim):
    html = notes(claim).html
    visible, fold, folded = html.rpartition("<summary>Open this last")

    assert fold
    assert f"{LEDGER.claim(claim).verdict}." in folded
    assert f": {LEDGER.claim(claim).verdict}." not in visible
    assert html.count("<details>") == html.count("</details>") >= 1


def test_notes_say_who_when_and_how_far_they_can_be_trusted():
    page = notes("c01", "c07")

    assert "Wikipedia" in page.html
    assert "encyclopedia that volunteers write" in page.html
    assert "c01, sentence 2: “landed at Ted Stevens International Airport”" in page.html
    assert "partisan outlets" in page.html
    assert repr(page) == "Source notes, checked on 2026-11-29 (c01: 6; c07: 3)"


def test_a_claim_without_evidence_says_what_that_proves():
    bare = replace(LEDGER, claims=(replace(LEDGER.claim("c18"), evidence=()),))
    page = source_notes_page(bare, load_article(), load_publishers(), ["c18"])

    assert "That proves nothing" in page.html


def test_a_note_of_another_day_names_it_and_the_verdict_its_own():
    html = notes("c02").html

    assert "seen on 2026-11-23 if no other day is given" in html
    assert "as agreed beforehand. (Seen on 2026-11-29.)" in html
    assert "On 2026-11-29: contradicted." in html


def test_no_claim_or_an_unknown_one_is_met_with_what_to_do():
    with pytest.raises(FramingkitError, match="such as"):
        notes()
    with pytest.raises(FramingkitError, match="'c99'"):
        notes("c99")


def test_distances_are_shown_with_their_points_and_how_exact_they_are():
    page = distances_page(load_distances(), ["islands"])

    assert "Big Diomede" in page.html
    assert "exact to about 0.3 km" in page.html
    assert "Cape Dezhnev" not in page.html
    assert "1110" in repr(distances_page(load_distances(), []))


def test_an_unknown_distance_names_the_choices():
    with pytest.raises(FramingkitError, match="mainlands, islands, summit"):
        distances_page(load_distances(), ["moon"])
