"""What becomes of contested stretches, with the reasons.

Two good readings of the same words may both be kept. So a decision names the readings that
are kept, each with its "because"; a decision that keeps none says why as well.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from framingkit.contested import Stretch
from framingkit.errors import FramingkitError

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
