"""What coders tagged, and the reference reading to compare with.

The reference reading is one careful reading, not the truth. Each of its entries says
whether a second careful coder should agree from the rule alone ("clear") or has good
reasons to read it otherwise ("debatable"). A reading is written as TOML and read back from it.
"""

import json
from dataclasses import dataclass

from framingkit.base import TomlTable, parse_toml, refuse_twins
from framingkit.course.spans import Span, reading_order
from framingkit.errors import FramingkitError

STATUSES = ("clear", "debatable")

_SPAN_FIELDS = (
    "id", "section", "start", "end", "quote", "label", "status", "rationale", "alternative",
    "accepts",
)  # fmt: skip
_FRAME_FIELDS = (
    "section", "primary", "secondary", "status", "rationale", "alternative", "problem_definition",
    "causal_interpretation", "moral_evaluation", "treatment_recommendation", "scope",
)  # fmt: skip


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
        """Put the spans in reading order, whatever order they came in."""
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
    alternative: str
    accepts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NearMiss:
    """Words that look like a device but do not meet its rule; its label is the span's."""

    span: Span
    why: str
    section: str


@dataclass(frozen=True, slots=True)
class SectionFrames:
    """The frames of one section; an empty Entman cell means the section has none."""

    section: str
    primary: str
    secondary: tuple[str, ...]
    status: str
    rationale: str
    alternative: str
    problem_definition: str
    causal_interpretation: str
    moral_evaluation: str
    treatment_recommendation: str
    scope: str


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
        return AnnotationSet(self.document_id, self.coder, tuple(one.span for one in self.spans))

    def within(self, section_id: str) -> tuple[ReferenceSpan, ...]:
        """Return the entries of one section."""
        return tuple(one for one in self.spans if one.section == section_id)

    def frames_of(self, section_id: str) -> SectionFrames:
        """Return the frames of one section."""
        for one in self.section_frames:
            if one.section == section_id:
                return one
        choices = ", ".join(repr(one.section) for one in self.section_frames)
        raise FramingkitError(
            f"The reference reading names no frames for {section_id!r}. Choose one of: {choices}."
        )


def parse_reference(toml_text: str) -> Reference:
    """Read a reference reading.

    Raises
    ------
    FramingkitError
        If an entry lacks a field, or is debatable without its other reading.
    """
    table = parse_toml(toml_text, "the reference reading")
    table.only(("document", "coder", "note", "spans", "near_misses", "section_frames"))
    spans = tuple(_reference_span(one) for one in table.tables("spans", "span"))
    refuse_twins([one.span.id for one in spans], "the reference reading")
    return Reference(
        document_id=table.text("document"),
        coder=table.text("coder"),
        spans=tuple(sorted(spans, key=lambda one: (one.span.start, -one.span.end, one.span.label))),
        near_misses=tuple(_near_miss(one) for one in table.tables("near_misses", "near miss")),
        section_frames=tuple(
            _section_frames(one) for one in table.tables("section_frames", "section")
        ),
    )


def _reference_span(table: TomlTable) -> ReferenceSpan:
    table.only(_SPAN_FIELDS)
    status = table.one_of("status", STATUSES)
    alternative = table.text("alternative", "")
    if status == "debatable" and not alternative:
        raise FramingkitError(
            f"In {table.what} the status is 'debatable' but no other reading is given. "
            "Write it as 'alternative'."
        )
    span = Span(
        table.number("start"),
        table.number("end"),
        table.text("label"),
        table.text("quote"),
        id=table.text("id"),
    )
    return ReferenceSpan(
        span, table.text("section"), status, table.text("rationale"), alternative,
        table.texts("accepts"),
    )  # fmt: skip


def _near_miss(table: TomlTable) -> NearMiss:
    table.only(("id", "section", "start", "end", "quote", "not_label", "why"))
    fields = table.number("start"), table.number("end"), table.text("not_label")
    return NearMiss(Span(*fields, table.text("quote")), table.text("why"), table.text("section"))


def _section_frames(table: TomlTable) -> SectionFrames:
    table.only(_FRAME_FIELDS)
    return SectionFrames(
        table.text("section"),
        table.text("primary"),
        table.texts("secondary"),
        table.one_of("status", STATUSES),
        table.text("rationale"),
        table.text("alternative", ""),
        table.text("problem_definition", ""),
        table.text("causal_interpretation", ""),
        table.text("moral_evaluation", ""),
        table.text("treatment_recommendation", ""),
        table.one_of("scope", ("episodic", "thematic", "mixed")),
    )


_Value = str | int | tuple[str, ...]


def reference_to_toml(reference: Reference) -> str:
    """Write a reference reading, the same text for the same reading.

    Examples
    --------
    >>> print(reference_to_toml(Reference("alaska-summit", "two markers", (), (), ())), end="")
    document = "alaska-summit"
    coder = "two markers"
    """
    tables = [
        _table("", {"document": reference.document_id, "coder": reference.coder}),
        *(_table("[[spans]]", _span_fields(one)) for one in reference.spans),
        *(_table("[[near_misses]]", _near_miss_fields(one)) for one in reference.near_misses),
        *(_table("[[section_frames]]", _frame_fields(one)) for one in reference.section_frames),
    ]
    return "\n".join(tables)


def _span_fields(one: ReferenceSpan) -> dict[str, _Value]:
    return {
        "id": one.span.id,
        "section": one.section,
        "start": one.span.start,
        "end": one.span.end,
        "quote": one.span.quote,
        "label": one.span.label,
        "status": one.status,
        "rationale": one.rationale,
        "alternative": one.alternative,
        "accepts": one.accepts,
    }


def _near_miss_fields(one: NearMiss) -> dict[str, _Value]:
    return {
        "section": one.section,
        "start": one.span.start,
        "end": one.span.end,
        "quote": one.span.quote,
        "not_label": one.span.label,
        "why": one.why,
    }


def _frame_fields(one: SectionFrames) -> dict[str, _Value]:
    names = SectionFrames.__dataclass_fields__
    return {name: getattr(one, name) for name in names}


def _table(head: str, fields: dict[str, _Value]) -> str:
    """Write one table; what is empty is left out, as it is the same when it is read."""
    lines = [f"{name} = {_value(value)}" for name, value in fields.items() if value not in ("", ())]
    return "\n".join([*([head] if head else []), *lines, ""])


def _value(value: _Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    # JSON writes numbers and texts as TOML does, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
