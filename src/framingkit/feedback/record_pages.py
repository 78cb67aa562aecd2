"""Pages about what an article claims: what others say about it, and how far apart places are.

A verdict is folded, so that a learner can plan a check and read the notes first.
"""

from collections.abc import Sequence

from framingkit.base import (
    Figure,
    Html,
    Page,
    described_bars,
    element,
    figure_html,
    passage_html,
    quoted,
    table_html,
)
from framingkit.course import (
    Claim,
    ClaimLedger,
    Distance,
    Document,
    Location,
    Publisher,
    publisher_of,
)
from framingkit.errors import FramingkitError

Publishers = dict[str, Publisher]


def source_notes_page(
    ledger: ClaimLedger, document: Document, publishers: Publishers, claims: Sequence[str]
) -> Page:
    """Show what other pages say about claims, with the verdict folded below each.

    Raises
    ------
    FramingkitError
        If a claim is not in the ledger, or none is named.
    """
    asked = [ledger.claim(claim) for claim in claims]
    if not asked:
        raise FramingkitError('Name at least one claim, such as lesson.source_notes("c01").')
    parts = [
        part for claim in asked for part in _claim_html(claim, ledger.seen, document, publishers)
    ]
    caveat = element("p", element("em", f"About these notes: {ledger.caveat}"))
    words = "; ".join(f"{claim.id}: {len(claim.evidence)}" for claim in asked)
    return Page(passage_html(*parts, caveat), f"Source notes seen on {ledger.seen} ({words})")


def _claim_html(
    claim: Claim, seen: str, document: Document, publishers: Publishers
) -> tuple[Html, ...]:
    number = document.sentence_at(claim.start).number
    title = element("strong", f"{claim.id}, sentence {number}: {quoted(claim.quote)}")
    notes = _notes_html(claim, seen, publishers)
    verdict = element(
        "details",
        element("summary", f"Open this last: the verdict for {claim.id}"),
        element("p", element("strong", f"On {seen}: {claim.verdict}."), f" {claim.note}"),
    )
    return element("p", title, element("br"), f"The claim: {claim.claim}"), notes, verdict


def _notes_html(claim: Claim, seen: str, publishers: Publishers) -> Html:
    if not claim.evidence:
        return element("p", "The searches that were made found nothing. That proves nothing.")
    found = [(publisher_of(one.url, publishers), one) for one in claim.evidence]
    table = table_html(
        f"Source notes for {claim.id}, in our own words, seen on {seen}",
        ("Who publishes it", "What kind of publisher", "What the page says"),
        [(element("a", who.name, href=one.url), who.kind, one.says) for who, one in found],
    )
    many = f"{len(found)} source note{'s' * (len(found) > 1)} for {claim.id}"
    return element(
        "details", element("summary", f"Open this after you have planned: {many}"), table
    )


def distances_page(distances: Sequence[Distance], wanted: Sequence[str]) -> Page:
    """Show distances as described bars, with the points between which they are measured.

    Raises
    ------
    FramingkitError
        If a distance is unknown; without a name, all are shown.
    """
    known = {one.id: one for one in distances}
    unknown = next((one for one in wanted if one not in known), None)
    if unknown is not None:
        raise FramingkitError(f"There is no distance {unknown!r}. Choose from: {', '.join(known)}.")
    shown = [known[one] for one in wanted or known]
    figure = _bars(shown)
    rows = [(one.name, _point(one.start), _point(one.end)) for one in shown]
    points = table_html("Measured between these points", ("What", "From", "To"), rows)
    folded = element("details", element("summary", "The points, and how exact they are"), points)
    return Page(passage_html(figure_html(figure), folded), repr(figure))


def _point(place: Location) -> str:
    return f"{place.name} ({place.at[0]:g}, {place.at[1]:g}; {place.precision})"


def _bars(distances: Sequence[Distance]) -> Figure:
    return described_bars(
        "How far is it to Russia?",
        [(one.name, one.rounded) for one in distances],
        "Each number is true of its own two points, and of nothing else.",
        unit="km, rounded",
    )
