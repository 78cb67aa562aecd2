import pytest

from framingkit.course.record import Evidence, parse_claims
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
