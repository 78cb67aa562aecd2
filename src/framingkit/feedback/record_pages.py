"""Pages about what an article claims: what others say about it, and how far apart places are.

A verdict is folded, so that a learner can plan a check and read the notes first.
"""

from collections.abc import Sequence

from framingkit.base import (
    Html,
    Page,
    counted,
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
    parts = [part for claim in asked for part in _claim_html(claim, ledger, document, publishers)]
    caveat = element("p", f"About these notes: {ledger.caveat}", class_="framingkit-about")
    words = "; ".join(f"{claim.id}: {len(claim.evidence)}" for claim in asked)
    shown = f"Source notes, checked on {ledger.checked} ({words})"
    return Page(passage_html(*parts, caveat), shown)


def _claim_html(
    claim: Claim, ledger: ClaimLedger, document: Document, publishers: Publishers
) -> tuple[Html, ...]:
    number = document.sentence_at(claim.start).number
    title = element("strong", f"{claim.id}, sentence {number}: {quoted(claim.quote)}")
    notes = _notes_html(claim, ledger.seen, publishers)
    verdict = element(
        "details",
        element("summary", f"Open this last: the verdict for {claim.id}"),
        element("p", element("strong", f"On {ledger.checked}: {claim.verdict}."), f" {claim.note}"),
    )
    return element("p", title, element("br"), f"The claim: {claim.claim}"), notes, verdict


def _notes_html(claim: Claim, seen: str, publishers: Publishers) -> Html:
    if not claim.evidence:
        return element("p", "Our searches found nothing. That proves nothing.")
    rows = []
    for note in claim.evidence:
        publisher = publisher_of(note.url, publishers)
        rows.append((element("a", publisher.name, href=note.url), publisher.kind, note.told))
    table = table_html(
        f"Source notes for {claim.id}, in our own words, seen on {seen} if no other day is given",
        ("Who publishes it", "What kind of publisher", "What the page says"),
        rows,
    )
    notes = f"{counted(len(rows), 'source note')} for {claim.id}"
    return element(
        "details", element("summary", f"Open this after you have planned: {notes}"), table
    )


def distances_page(distances: Sequence[Distance], wanted: Sequence[str]) -> Page:
    """Show distances as described bars, with the points between which they are measured.

    Raises
    ------
    FramingkitError
        If a distance is unknown; without a name, all are shown.
    """
    known = {distance.id: distance for distance in distances}
    for id in wanted:
        if id not in known:
            raise FramingkitError(f"There is no distance {id!r}. Choose from: {', '.join(known)}.")
    shown = [known[id] for id in wanted or known]
    figure = described_bars(
        "How far is it to Russia?",
        [(distance.name, distance.rounded) for distance in shown],
        "The points of each number can be opened below.",
        unit="km, rounded",
    )
    rows = [(distance.name, _point(distance.start), _point(distance.end)) for distance in shown]
    points = table_html("Measured between these points", ("What", "From", "To"), rows)
    folded = element("details", element("summary", "The points, and how exact they are"), points)
    return Page(passage_html(figure_html(figure), folded), repr(figure))


def _point(location: Location) -> str:
    latitude, longitude = location.at
    return f"{location.name} ({latitude:g}, {longitude:g}; {location.precision})"
