"""Where several readers tagged a text differently, and what was decided about each stretch.

Works for two markers and for a class. Two good readings of the same words may both be kept. So a
decision names the readings that are kept, each with its "because"; a decision that keeps none says
why as well.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from framingkit.course import AnnotationSet
from framingkit.errors import FramingkitError

Tag = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to tag some words, and who chose it; ``letter`` names it within its stretch."""

    letter: str
    start: int
    end: int
    label: str
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that at least one person tagged, with every reading of them; most readers first.

    ``coders`` are all people, also those without a tag here.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    coders: tuple[str, ...]

    @property
    def contested(self) -> bool:
        """Whether any reading is not that of everybody."""
        return any(len(one.coders) < len(self.coders) for one in self.readings)

    @property
    def silent(self) -> tuple[str, ...]:
        """Who has no tag here."""
        spoken = {coder for one in self.readings for coder in one.coders}
        return tuple(coder for coder in self.coders if coder not in spoken)

    def reading(self, letter: str) -> Reading:
        """Return a reading by its letter."""
        for one in self.readings:
            if one.letter == letter:
                return one
        raise FramingkitError(
            f"The stretch {self.start}:{self.end} has no reading {letter!r}. "
            f"Choose one of: {', '.join(one.letter for one in self.readings)}."
        )


def stretches(annotation_sets: Sequence[AnnotationSet]) -> tuple[Stretch, ...]:
    """Divide the text into stretches: tags that overlap, of anybody, lie in the same one.

    Parameters
    ----------
    annotation_sets
        One set for each person, two or more, all on the same text.

    Raises
    ------
    FramingkitError
        If there are fewer than two sets, or they are on several texts or by one person.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> ben = AnnotationSet("alaska-summit", "ben", (Span(9, 23, "ceremony_symbol"),))
    >>> [(one.letter, one.start, one.coders) for one in stretches([mara, ben])[0].readings]
    [('A', 9, ('ben',)), ('B', 13, ('mara',))]
    """
    coders = tuple(one.coder for one in annotation_sets)
    _check_sets(annotation_sets, coders)
    found: dict[Tag, list[str]] = {}
    for one in annotation_sets:
        for tag in dict.fromkeys((span.start, span.end, span.label) for span in one.spans):
            found.setdefault(tag, []).append(one.coder)
    groups: list[list[Tag]] = []
    reached = 0
    for tag in sorted(found):
        if not groups or tag[0] >= reached:
            groups.append([])
        groups[-1].append(tag)
        reached = max(reached, tag[1])
    return tuple(_stretch(group, found, coders) for group in groups)


def contested_stretches(annotation_sets: Sequence[AnnotationSet]) -> tuple[Stretch, ...]:
    """Return the stretches that need a decision, from the top of the text down.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> contested_stretches([mara, AnnotationSet("alaska-summit", "ben", mara.spans)])
    ()
    """
    return tuple(one for one in stretches(annotation_sets) if one.contested)


def _check_sets(annotation_sets: Sequence[AnnotationSet], coders: tuple[str, ...]) -> None:
    if len(set(coders)) < max(2, len(coders)):
        raise FramingkitError(
            "Two or more people are needed, each with one set of tags, but the sets are by: "
            f"{', '.join(coders) or 'nobody'}. Give one set for each person."
        )
    documents = sorted({one.document_id for one in annotation_sets})
    if len(documents) > 1:
        raise FramingkitError(
            f"The tags were made on {documents[0]!r} and on {documents[1]!r}. "
            "Settle one text at a time."
        )


def _stretch(group: list[Tag], found: dict[Tag, list[str]], coders: tuple[str, ...]) -> Stretch:
    ordered = sorted(group, key=lambda tag: (-len(found[tag]), tag[0], -tag[1], tag[2]))
    readings = tuple(
        Reading(_letter(place), *tag, tuple(found[tag])) for place, tag in enumerate(ordered)
    )
    return Stretch(group[0][0], max(end for _, end, _ in group), readings, coders)


def _letter(place: int) -> str:
    """Name a reading: A to Z, then A2 to Z2, and so on."""
    letter, again = string.ascii_uppercase[place % 26], place // 26
    return f"{letter}{again + 1}" if again else letter


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
    >>> from framingkit.course import AnnotationSet
    >>> from framingkit.settling import stretches
    >>> from framingkit.course import Span
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
