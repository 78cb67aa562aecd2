"""The places of a text where a class is split, each with the readings that the class has of it.

Nobody is named and nothing is decided: a place is something to talk about.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from framingkit.class_heat import ClassHeat, ContestedPassage, contested_passages
from framingkit.class_spans import ClassSpans
from framingkit.documents import Document, Sentence

BOUNDARY, OTHER_LABEL, TAG_OR_NOT = "boundary", "other-label", "tag-or-not"
MOST_READINGS = 4

_WORDS = re.compile(r"\w")
Tag = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class ClassReading:
    """One way to tag some words, and how many learners chose it."""

    start: int
    end: int
    label: int
    coders: int


@dataclass(frozen=True, slots=True)
class Contest:
    """One place, in the sentence with this number.

    ``readings`` are the most frequent tags on these words, at most `MOST_READINGS`; ``further``
    counts the others. Of ``readers`` learners ``silent`` tagged none of these words. ``kind``
    says what the two largest sides are split over: where the tag begins or ends, which label it
    gets, or whether there is one.
    """

    sentence: int
    start: int
    end: int
    readings: tuple[ClassReading, ...]
    further: int
    silent: int
    readers: int

    @property
    def kind(self) -> str:
        """One of "boundary", "other-label" and "tag-or-not"."""
        first, *others = self.readings
        if not others or others[0].coders < self.silent:
            return TAG_OR_NOT
        return BOUNDARY if others[0].label == first.label else OTHER_LABEL


def class_contests(
    spans: ClassSpans, heat: ClassHeat, document: Document, most: int = 6
) -> tuple[Contest, ...]:
    """Find the places on which a class is split most; no two of them share words.

    Parameters
    ----------
    spans
        All tags of the class on the text.
    heat
        Their counts.
    document
        The text.
    most
        At most so many places.

    Examples
    --------
    Two of four tag "red carpet" (13:23), the others "rolls out red carpet" (3:23).

    >>> import numpy as np
    >>> from framingkit.class_heat import class_heat
    >>> from framingkit.course import load_article
    >>> coder = np.arange(4)
    >>> start, end = np.array([13, 13, 3, 3]), np.full(4, 23)
    >>> four = ClassSpans(coder, coder * 0, start, end, length=2964, coders=4, labels=1)
    >>> [one] = class_contests(four, class_heat(four), load_article())
    >>> one.start, one.end, one.kind, one.silent
    (3, 23, 'boundary', 0)
    """
    sentences = document.sentences()
    found: list[Contest] = []
    for passage in contested_passages(heat, [one.start for one in sentences]):
        if len(found) == most:
            break
        if _WORDS.search(document.text, passage.start, passage.end):
            contest = _contest(spans, passage, sentences)
            taken = (one.start < contest.end and contest.start < one.end for one in found)
            if not any(taken):
                found.append(contest)
    return tuple(found)


def _contest(
    spans: ClassSpans, passage: ContestedPassage, sentences: tuple[Sentence, ...]
) -> Contest:
    """Widen a passage to its most frequent tag, so that all its readings come into view."""
    chosen = Counter(
        (start, end)
        for (start, end, label), _ in _tags_on(spans, passage.start, passage.end)
        if label == passage.label
    )
    start, end = min(chosen, key=lambda place: (-chosen[place], place))
    start, end = min(start, passage.start), max(end, passage.end)
    here = list(_tags_on(spans, start, end))
    # One person may have given the same tag twice.
    readings = Counter(tag for tag, _ in set(here))
    ordered = sorted(readings, key=lambda tag: (-readings[tag], tag[0], -tag[1], tag[2]))
    number = max((one.number for one in sentences if one.start <= passage.start), default=1)
    return Contest(
        number,
        start,
        end,
        tuple(ClassReading(*tag, readings[tag]) for tag in ordered[:MOST_READINGS]),
        len(ordered[MOST_READINGS:]),
        max(passage.readers - len({coder for _, coder in here}), 0),
        passage.readers,
    )


def _tags_on(spans: ClassSpans, start: int, end: int) -> Iterator[tuple[Tag, int]]:
    """Give every tag that shares a character with a stretch, and who made it."""
    rows = (spans.start < end) & (start < spans.end)
    columns = (spans.start, spans.end, spans.label, spans.coder)
    for first, last, label, coder in zip(*(one[rows].tolist() for one in columns), strict=True):
        yield (first, last, label), coder
