"""What becomes of contested stretches, with the reasons.

Two good readings of the same words may both be kept. So a decision names the readings that
are kept, each with its "because"; a decision that keeps none says why as well.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.contested import Stretch
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.toml_tables import Table

FORMAT = "framingkit-decisions"
NEITHER, KEEP, BOTH = "neither", "keep", "both"


@dataclass(frozen=True, slots=True)
class Kept:
    """A reading that is kept, and the reason."""

    start: int
    end: int
    label: str
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one stretch; if nothing is kept, ``because`` says why."""

    start: int
    end: int
    kept: tuple[Kept, ...]
    because: str = ""

    def __post_init__(self) -> None:
        """Refuse a decision without its reasons."""
        reasons = [one.because for one in self.kept] or [self.because]
        if not all(reason.strip() for reason in reasons):
            raise FramingkitError(
                f"The decision on {self.start}:{self.end} gives no reason. Write after "
                "“because” why a reading is kept, or why none is."
            )

    @property
    def verdict(self) -> str:
        """One of "neither", "keep" and "both"; the last also stands for more than two."""
        return (NEITHER, KEEP, BOTH)[min(len(self.kept), 2)]


def decide(stretch: Stretch, reasons: Mapping[str, str], neither: str = "") -> Decision:
    """Decide one stretch: keep A because …, keep A and B because … and …, or keep neither.

    Parameters
    ----------
    stretch
        The stretch, from `contested.stretches`.
    reasons
        For the letter of each reading that is kept, the reason.
    neither
        If none is kept, the reason.

    Raises
    ------
    FramingkitError
        If a reason is missing or a letter is unknown.

    Examples
    --------
    >>> from framingkit.annotations import AnnotationSet
    >>> from framingkit.contested import stretches
    >>> from framingkit.spans import Span
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> ben = AnnotationSet("alaska-summit", "ben", (Span(9, 23, "ceremony_symbol"),))
    >>> found = stretches([mara, ben])[0]
    >>> decide(found, {"B": "The smallest stretch that still carries the device."}).verdict
    'keep'
    """
    kept = []
    for letter, because in reasons.items():
        one = stretch.reading(letter)
        kept.append(Kept(one.start, one.end, one.label, because))
    if kept and neither:
        raise FramingkitError(
            f"The decision on {stretch.start}:{stretch.end} keeps {', '.join(reasons)}, but also "
            "gives a reason to keep neither. Leave one of the two out."
        )
    return Decision(stretch.start, stretch.end, tuple(kept), neither)


def decisions_to_data(decisions: Sequence[Decision], document: Document) -> dict[str, Any]:
    """Turn decisions into plain data, ready for JSON or TOML.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> data = decisions_to_data([Decision(13, 23, (), "Plain words.")], load_article())
    >>> data["decisions"]
    [{'start': 13, 'end': 23, 'because': 'Plain words.', 'kept': []}]
    """
    return {
        "format": FORMAT,
        "schema": 1,
        "document": document.id,
        "sha256": document.sha256,
        "decisions": [
            {
                "start": one.start,
                "end": one.end,
                "because": one.because,
                "kept": [
                    {"start": k.start, "end": k.end, "label": k.label, "because": k.because}
                    for k in one.kept
                ],
            }
            for one in decisions
        ],
    }


def decisions_from_data(data: Mapping[str, Any], document: Document) -> tuple[Decision, ...]:
    """Read decisions back.

    Raises
    ------
    FramingkitError
        If a field is missing, unknown or of the wrong kind, or the text is another one.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> article = load_article()
    >>> made = (Decision(13, 23, (), "Plain words."),)
    >>> decisions_from_data(decisions_to_data(made, article), article) == made
    True
    """
    table = Table(dict(data), "the decisions")
    table.only(("format", "schema", "document", "sha256", "decisions"))
    table.one_of("format", (FORMAT,))
    if table.number("schema") != 1:
        raise FramingkitError(
            f"These decisions have the version {table.number('schema')}, but this kit reads "
            "version 1. Update framingkit."
        )
    if (table.text("document"), table.text("sha256")) != (document.id, document.sha256):
        raise FramingkitError(
            f"These decisions were made on another text than this version of {document.id!r}. "
            "Load the text they were made on."
        )
    return tuple(_decision(one) for one in table.tables("decisions", "decision"))


def _decision(table: Table) -> Decision:
    table.only(("start", "end", "because", "kept"))
    kept = []
    for one in table.tables("kept", "reading"):
        one.only(("start", "end", "label", "because"))
        kept.append(
            Kept(one.number("start"), one.number("end"), one.text("label"), one.text("because"))
        )
    because = table.text("because", "")
    return Decision(table.number("start"), table.number("end"), tuple(kept), because)
