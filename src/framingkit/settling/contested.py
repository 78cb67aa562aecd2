"""Where several readers tagged a text differently, and what was decided about each stretch.

Works for two markers and for a class. Two good readings of the same words may both be kept. So a
decision names what is kept, each with its "because"; a decision that keeps nothing says why as
well.
"""

import string
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.agreement import check_people
from framingkit.course import AnnotationSet, Span
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to tag some words, and who chose it; ``letter`` names it within its stretch."""

    letter: str
    span: Span
    coders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that at least one person tagged, with every variant; the most frequent comes first.

    ``coders`` are all people, also those without a tag here.
    """

    start: int
    end: int
    variants: tuple[Variant, ...]
    coders: tuple[str, ...]

    @property
    def key(self) -> str:
        """Its place in the text, as a name."""
        return f"{self.start}-{self.end}"

    @property
    def contested(self) -> bool:
        """Whether there is a variant that not everybody chose."""
        return any(len(variant.coders) < len(self.coders) for variant in self.variants)

    def variant(self, letter: str) -> Variant:
        """Return a variant by its letter."""
        for variant in self.variants:
            if variant.letter == letter:
                return variant
        raise FramingkitError(
            f"The stretch {self.start}:{self.end} has no reading {letter!r}. "
            f"Choose one of: {', '.join(variant.letter for variant in self.variants)}."
        )


@dataclass(frozen=True, slots=True)
class Kept:
    """A variant that is kept, and the reason."""

    span: Span
    because: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one stretch; if nothing is kept, ``because`` says why."""

    stretch: Stretch
    kept: tuple[Kept, ...]
    because: str = ""


def stretches(annotation_sets: Sequence[AnnotationSet]) -> tuple[Stretch, ...]:
    """Divide the text into stretches: tags that overlap, of anybody, are in the same one.

    Parameters
    ----------
    annotation_sets
        One set for each person, two or more, all on the same text.

    Raises
    ------
    FramingkitError
        If there are fewer than two sets, or two are by one person.

    Examples
    --------
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> ben = AnnotationSet("alaska-summit", "ben", (Span(9, 23, "ceremony_symbol"),))
    >>> variants = stretches([mara, ben])[0].variants
    >>> [(variant.letter, variant.span.start, variant.coders) for variant in variants]
    [('A', 9, ('ben',)), ('B', 13, ('mara',))]
    """
    check_people(annotation_sets)
    coders = tuple(tagged.coder for tagged in annotation_sets)
    if len(coders) < 2:
        raise FramingkitError(
            "Two or more people are needed, each with one set of tags, but the sets are by: "
            f"{', '.join(coders) or 'nobody'}. Give one set for each person."
        )
    coders_of = defaultdict(list)
    for tagged in annotation_sets:
        for key in dict.fromkeys(span.key for span in tagged.spans):
            coders_of[key].append(tagged.coder)
    chosen_by = {Span(*key): tuple(coders_of[key]) for key in sorted(coders_of)}
    groups: list[list[Span]] = []
    reached = 0
    for span in chosen_by:
        if not groups or span.start >= reached:
            groups.append([])
        groups[-1].append(span)
        reached = max(reached, span.end)
    return tuple(_stretch(group, chosen_by, coders) for group in groups)


def _stretch(
    group: list[Span], chosen_by: dict[Span, tuple[str, ...]], coders: tuple[str, ...]
) -> Stretch:
    group.sort(key=lambda span: (-len(chosen_by[span]), span.start, -span.end, span.label))
    variants = tuple(
        Variant(_letter(number), span, chosen_by[span]) for number, span in enumerate(group)
    )
    start, end = min(span.start for span in group), max(span.end for span in group)
    return Stretch(start, end, variants, coders)


def _letter(number: int) -> str:
    """Name a variant: A to Z, then A2 to Z2, and so on."""
    letter, again = string.ascii_uppercase[number % 26], number // 26
    return f"{letter}{again + 1}" if again else letter
