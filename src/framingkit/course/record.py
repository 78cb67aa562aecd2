"""What the article claims, who publishes about it, how far places are apart, and what it tells.

A verdict is dated: it says what the evidence showed on the day it was seen. An omission is
something the article leaves out, because what is chosen is framing as well. Publishers are named
by kind, which says nothing about whether a page is right.

A distance is true of the two points it is measured between, and of nothing else. So every distance
names its points, and says how exactly each of them is known. A fact is what the text says, in plain
words, for a rewriting to keep; whether it is true is for the claim ledger.
"""

import math
from dataclasses import dataclass

from framingkit.base import TomlTable, parse_tables, parse_toml, refuse_twins
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one page says, in the kit's own words or as a short quotation.

    ``seen`` is the day on which it was seen, if that is another day than the ledger's.
    """

    url: str
    says: str
    seen: str = ""

    @property
    def told(self) -> str:
        """What the page says, with the day if it is not the ledger's."""
        return f"{self.says} (Seen on {self.seen}.)" if self.seen else self.says


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article that can be checked.

    ``never`` are wordings that the evidence has turned out not to carry.
    """

    id: str
    section: str
    start: int
    end: int
    quote: str
    claim: str
    verdict: str
    evidence: tuple[Evidence, ...]
    note: str = ""
    never: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that other reports of the event mention and the article does not."""

    id: str
    what: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimLedger:
    """All claims and omissions of one article.

    The evidence was seen on the day ``seen``, if it names no other; the verdicts were last gone
    over on the day ``checked``.
    """

    document: str
    seen: str
    checked: str
    caveat: str
    verdicts: tuple[str, ...]
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by its id; an unknown id raises FramingkitError with the choices."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        choices = ", ".join(claim.id for claim in self.claims)
        raise FramingkitError(f"There is no claim {claim_id!r}. Choose one of: {choices}.")


def parse_claims(toml_text: str) -> ClaimLedger:
    r"""Read the claims of an article.

    Raises
    ------
    FramingkitError
        If a field is missing or a verdict is not among the verdicts that the file lists.

    Examples
    --------
    >>> toml_text = 'document = "d"\nseen = "2026-11-23"\ncaveat = "Excerpts."\nverdicts = []'
    >>> parse_claims(toml_text).claims
    ()
    """
    table = parse_toml(toml_text, "the claims")
    ledger = table.read(
        ClaimLedger,
        checked=lambda ledger: ledger.text("checked", ledger.text("seen")),
        caveat=lambda ledger: ledger.text("caveat").strip(),
        claims=_claims,
        omissions=lambda ledger: tuple(
            omission.read(Omission, evidence=_evidence)
            for omission in ledger.tables("omissions", "omission")
        ),
    )
    omitted = [omission.id for omission in ledger.omissions]
    refuse_twins([*(claim.id for claim in ledger.claims), *omitted], "the claims")
    return ledger


def _claims(table: TomlTable) -> tuple[Claim, ...]:
    verdicts = {"verdict": table.texts("verdicts")}
    claims = table.tables("claims", "claim")
    return tuple(claim.read(Claim, verdicts, evidence=_evidence) for claim in claims)


def _evidence(table: TomlTable) -> tuple[Evidence, ...]:
    return table.rows("evidence", "evidence", Evidence)


@dataclass(frozen=True, slots=True)
class Publisher:
    """The name of a publisher, and what kind of publisher it is.

    ``agency`` is the news agency or newspaper whose text the site passes on: two sites that pass
    on one text are one witness.
    """

    host: str
    name: str
    kind: str
    agency: str = ""


def parse_publishers(toml_text: str) -> dict[str, Publisher]:
    """Read publishers, each under the host of its addresses.

    Raises
    ------
    FramingkitError
        If a field is missing or a host appears twice.

    Examples
    --------
    >>> parse_publishers("")
    {}
    """
    tables = parse_tables(toml_text, "the publishers", "publishers", "publisher")
    rows = [table.read(Publisher) for table in tables]
    refuse_twins([row.host for row in rows], "the publishers")
    return {row.host: row for row in rows}


def publisher_of(url: str, publishers: dict[str, Publisher]) -> Publisher:
    """Return who publishes a page; an unknown publisher is named by the host alone.

    Examples
    --------
    >>> publisher_of("https://example.org/alaska", {}).kind
    'not described yet'
    """
    host = url.partition("://")[2].partition("/")[0]
    return publishers.get(host, Publisher(host, host, "not described yet"))


EARTH_RADIUS_KM = 6371.0088  # the mean radius; the Earth is not quite a sphere, hence about 0.5 %

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Location:
    """A point on the Earth, and how exactly it is known."""

    id: str
    name: str
    at: Point
    precision: str


@dataclass(frozen=True, slots=True)
class Distance:
    """The way between two places; ``name`` says what the number is true of."""

    id: str
    name: str
    start: Location
    end: Location

    @property
    def km(self) -> float:
        """The shortest way over the surface of the Earth."""
        return distance_km(self.start.at, self.end.at)

    @property
    def rounded(self) -> int:
        """The kilometres as the places allow them: to the next 1, beyond 500 to the next 10."""
        return round(self.km) if self.km < 500 else 10 * round(self.km / 10)


def distance_km(start: Point, end: Point) -> float:
    """Return the great-circle distance: the shortest way over the surface of the Earth.

    Parameters
    ----------
    start, end
        Latitude and longitude in degrees; south and west are negative.

    Raises
    ------
    FramingkitError
        If a latitude is beyond 90 degrees or a longitude beyond 180.

    Examples
    --------
    Lyon to Paris, as the haversine package publishes it (392.217 km):

    >>> round(distance_km((45.7597, 4.8422), (48.8567, 2.3508)), 3)
    392.217
    """
    for latitude, longitude in (start, end):
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise FramingkitError(
                "A point needs a latitude from -90 to 90 and a longitude from -180 to 180, "
                f"but got {latitude}, {longitude}. Write the latitude first."
            )
    (south, west), (north, east) = (tuple(map(math.radians, point)) for point in (start, end))
    half_chord = (
        math.sin((north - south) / 2) ** 2
        + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(half_chord, 1.0)))


def parse_distances(toml_text: str) -> tuple[Distance, ...]:
    """Read places and the ways between them.

    Raises
    ------
    FramingkitError
        If a place is not given as "latitude, longitude", or a way names an unknown place.

    Examples
    --------
    >>> parse_distances("")
    ()
    """
    table = parse_toml(toml_text, "the distances")
    table.only(("places", "distances"))
    locations = [place.read(Location, at=_point) for place in table.tables("places", "place")]
    known = {location.id: location for location in locations}
    return tuple(
        way.read(
            Distance,
            start=lambda way: known[way.one_of("start", known)],
            end=lambda way: known[way.one_of("end", known)],
        )
        for way in table.tables("distances", "distance")
    )


def _point(table: TomlTable) -> Point:
    try:
        latitude, longitude = map(float, table.text("at").split(","))
    except ValueError:
        raise FramingkitError(
            f"In {table.what} the field 'at' is {table.text('at')!r}. "
            'Write latitude and longitude in degrees, such as "61.25, -149.8".'
        ) from None
    return latitude, longitude


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the text says, where it says it, and the same in plain words."""

    id: str
    section: str
    start: int
    end: int
    quote: str
    plain: str


def parse_facts(toml_text: str) -> tuple[Fact, ...]:
    """Read the facts of one document, in reading order.

    Raises
    ------
    FramingkitError
        If a fact lacks a field, or an id is used twice.

    Examples
    --------
    >>> parse_facts('document = "alaska-summit"')
    ()
    """
    table = parse_toml(toml_text, "the list of facts")
    table.only(("document", "facts"))
    table.text("document")
    facts = table.rows("facts", "fact", Fact)
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))
