"""What coders tagged, and the reference reading to compare with.

The reference reading is one careful reading, not the truth. Each of its entries says
whether a second careful coder should agree from the rule alone ("clear") or has good
reasons to read it differently ("debatable"). A reading is written as TOML and read back from it.
"""

from dataclasses import dataclass, fields
from typing import Any

from framingkit.base import TomlTable, parse_toml, toml_table
from framingkit.course.spans import Span, reading_order
from framingkit.errors import FramingkitError

STATUSES = ("clear", "debatable")

_SPAN = ("id", "start", "end", "quote", "label")


@dataclass(frozen=True, slots=True)
class AnnotationSet:
    """One coder's spans on one document, in reading order.

    Examples
    --------
    >>> mine = AnnotationSet("alaska-summit", "mara", (Span(64, 100, "hedge"),))
    >>> len(mine.within(0, 100).spans), len(mine.within(0, 64).spans)
    (1, 0)
    """

    document_id: str
    coder: str
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        """Put the spans in reading order, whatever their order."""
        object.__setattr__(self, "spans", reading_order(self.spans))

    def within(self, start: int, end: int) -> "AnnotationSet":
        """Keep the spans that begin in ``start:end``, so that each belongs to one section."""
        kept = tuple(span for span in self.spans if start <= span.start < end)
        return AnnotationSet(self.document_id, self.coder, kept)


@dataclass(frozen=True, slots=True)
class ReferenceSpan:
    """One entry of the reference reading; ``accepts`` are other labels that count as well."""

    span: Span
    section: str
    status: str
    rationale: str
    alternative: str = ""
    accepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Words that look like a device but do not meet its rule; its label is the span's."""

    span: Span
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class SectionFrames:
    """The frames of one section; an empty cell means that the section has none."""

    section: str
    primary: str
    secondary: tuple[str, ...]
    status: str
    rationale: str
    scope: str
    alternative: str = ""
    problem_definition: str = ""
    causal_interpretation: str = ""
    moral_evaluation: str = ""
    treatment_recommendation: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """The reference reading of one document."""

    document_id: str
    coder: str
    spans: tuple[ReferenceSpan, ...]
    near_misses: tuple[NearMiss, ...]
    section_frames: tuple[SectionFrames, ...]

    @property
    def annotation_set(self) -> AnnotationSet:
        """The same spans without reasons, to be counted like any coder's."""
        return AnnotationSet(
            self.document_id, self.coder, tuple(entry.span for entry in self.spans)
        )

    def within(self, section_id: str) -> tuple[ReferenceSpan, ...]:
        """Return the entries of one section."""
        return tuple(entry for entry in self.spans if entry.section == section_id)


def parse_reference(toml_text: str) -> Reference:
    """Read a reference reading.

    Raises
    ------
    FramingkitError
        If an entry lacks a field, or is debatable without its other reading.
    """
    table = parse_toml(toml_text, "the reference reading")
    choices = {"status": STATUSES, "scope": ("episodic", "thematic", "mixed")}
    return table.read(
        Reference,
        names={"document_id": ("document", "note")},
        document_id=lambda file: file.text("document"),
        spans=_entries,
        near_misses=lambda file: tuple(map(_near_miss, file.tables("near_misses", "near miss"))),
        section_frames=lambda file: file.rows("section_frames", "section", SectionFrames, choices),
    )


def _entries(table: TomlTable) -> tuple[ReferenceSpan, ...]:
    entries = [_entry(entry) for entry in table.tables("spans", "span")]
    entries.sort(key=lambda entry: (entry.span.start, -entry.span.end, entry.span.label))
    return tuple(entries)


def _entry(table: TomlTable) -> ReferenceSpan:
    entry = table.read(
        ReferenceSpan,
        {"status": STATUSES},
        {"span": _SPAN},
        span=lambda entry: _span(entry, "label", entry.text("id")),
    )
    if entry.status == "debatable" and not entry.alternative:
        raise FramingkitError(
            f"In {table.what} the status is 'debatable' but no other reading is given. "
            "Write it as 'alternative'."
        )
    return entry


def _near_miss(table: TomlTable) -> NearMiss:
    names = {"span": ("id", "start", "end", "quote", "not_label")}
    return table.read(NearMiss, names=names, span=lambda miss: _span(miss, "not_label"))


def _span(table: TomlTable, label: str, id: str = "") -> Span:
    start, end = table.number("start"), table.number("end")
    return Span(start, end, table.text(label), table.text("quote"), id=id)


def reference_to_toml(reference: Reference) -> str:
    """Write a reference reading, the same text for the same reading.

    Examples
    --------
    >>> print(reference_to_toml(Reference("alaska-summit", "two markers", (), (), ())), end="")
    document = "alaska-summit"
    coder = "two markers"
    """
    tables = [
        toml_table({"document": reference.document_id, "coder": reference.coder}),
        *(
            toml_table(_plain(entry.span, *_SPAN) | _plain(entry), "[[spans]]")
            for entry in reference.spans
        ),
        *(
            toml_table(
                _plain(miss.span, "start", "end", "quote")
                | {"not_label": miss.span.label}
                | _plain(miss),
                "[[near_misses]]",
            )
            for miss in reference.near_misses
        ),
        *(toml_table(_plain(frames), "[[section_frames]]") for frames in reference.section_frames),
    ]
    return "\n".join(tables)


def _plain(value: Any, *names: str) -> dict[str, Any]:
    """Return some fields of a dataclass, by default all but its span."""
    own = names or [field.name for field in fields(value) if field.name != "span"]
    return {name: getattr(value, name) for name in own}
