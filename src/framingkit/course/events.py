"""One event that several texts report: which text tells what, and who speaks in it.

A claim is one thing that at least one of the texts says of the event. A text that has no entry for
a claim leaves it out, which is no mistake by itself, since no text tells all. Whether a claim is
true of the world is for the claim ledger.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import TomlTable, parse_toml, read_text, refuse_twins
from framingkit.course.documents import Document
from framingkit.course.place import data_ids, kept, kit_folder
from framingkit.course.spans import Span, check_quote
from framingkit.errors import FramingkitError

WAYS = ("states", "attributes")
"""How a text tells a claim: in its own voice, or as what somebody else says."""

KINDS = ("person with a name", "office or group that can be found", "nobody who can be found")
"""Who speaks, in the order of the steps of the source ladder."""


@dataclass(frozen=True, slots=True)
class Telling:
    """How one text tells a claim; ``by`` is who says so, if the text does not say it itself."""

    document: str
    section: str
    start: int
    end: int
    quote: str
    how: str
    by: str = ""

    @property
    def way(self) -> str:
        """How the text tells it, in words."""
        return "states it" if self.how == "states" else f"credits it to {self.by}"


@dataclass(frozen=True, slots=True)
class EventClaim:
    """One thing that a text says of the event, and all the texts that tell it."""

    id: str
    claim: str
    told: tuple[Telling, ...]

    def tellings(self, document: str) -> tuple[Telling, ...]:
        """Return where a text tells it; nothing if the text leaves it out."""
        return tuple(telling for telling in self.told if telling.document == document)


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks in a text, with the words that bring them in."""

    document: str
    section: str
    start: int
    end: int
    quote: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Event:
    """What several texts tell of one event."""

    id: str
    title: str
    documents: tuple[str, ...]
    note: str
    claims: tuple[EventClaim, ...]
    voices: tuple[Voice, ...]

    def check(self, document: Document) -> None:
        """Check that what is quoted from a text is there, in the section that is named.

        Raises
        ------
        FramingkitError
            If a quotation is not at its place.
        """
        told = [telling for claim in self.claims for telling in claim.told]
        quoted: list[Voice | Telling] = [*self.voices, *told]
        for one in quoted:
            if one.document == document.id:
                check_quote(Span(one.start, one.end, self.id, one.quote), document.text)
                section = document.section(one.section)
                if not section.start <= one.start < one.end <= section.end:
                    raise FramingkitError(
                        f"In the event {self.id!r} the words {one.quote!r} are not in the section "
                        f"{one.section!r} of {document.id!r}. Name the section that holds them."
                    )


def parse_event(toml_text: str) -> Event:
    r"""Read what several texts tell of one event.

    Raises
    ------
    FramingkitError
        If a field is missing, or an entry is about a text that is not listed.

    Examples
    --------
    >>> parse_event('id = "talks"\ntitle = "Talks"\ndocuments = ["a", "b"]').claims
    ()
    """
    table = parse_toml(toml_text, "the event")
    known = {"document": table.texts("documents")}
    event = table.read(
        Event,
        note=lambda file: file.text("note", "").strip(),
        claims=lambda file: tuple(_claim(one, known) for one in file.tables("claims", "claim")),
        voices=lambda file: file.rows("voices", "voice", Voice, known | {"kind": KINDS}),
    )
    _check_documents(event.documents)
    refuse_twins([claim.id for claim in event.claims], "the event")
    return event


def _claim(table: TomlTable, known: dict[str, tuple[str, ...]]) -> EventClaim:
    choices = known | {"how": WAYS}
    claim = table.read(EventClaim, told=lambda one: one.rows("told", "entry", Telling, choices))
    if not claim.told:
        raise FramingkitError(
            f"In {table.what} no text tells the claim. Add an entry [[claims.told]], or leave the "
            "claim out."
        )
    return claim


def _check_documents(documents: Sequence[str]) -> None:
    if not 2 <= len(set(documents)) == len(documents):
        raise FramingkitError(
            "An event needs the ids of two or more different texts in 'documents', but got "
            f"{', '.join(map(repr, documents)) or 'none'}."
        )


@kept
def load_event(id: str) -> Event:
    """Load what several texts tell of one event: of the course, or else of the kit.

    Raises
    ------
    FramingkitError
        If there is no such event.

    Examples
    --------
    >>> load_event("cable-talks").claims[0].claim
    'The two energy ministers met for six hours.'
    """
    known = _events()
    if id not in known:
        choices = ", ".join(map(repr, sorted(known))) or "none is there yet"
        raise FramingkitError(f"There is no event {id!r}. Choose one of: {choices}.")
    return parse_event(read_text(known[id]))


def event_of(documents: Collection[str]) -> Event | None:
    """Find the event that all of these texts report, a teacher's own first; None without one."""
    known, kit = _events(), kit_folder()
    ids = sorted(known, key=lambda id: (kit in known[id].parents, id))
    fits = (event for event in map(load_event, ids) if set(documents) <= set(event.documents))
    return next(fits, None)


def _events() -> dict[str, Path]:
    return data_ids("events/*.toml", ".toml")
