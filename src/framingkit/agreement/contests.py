"""The passages on which a class is split: who tagged what there, and a question to discuss.

Nobody is named and nothing is decided: such a passage is something to talk about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import ClassHeat, ContestedPassage, contested_passages
from framingkit.agreement.tracks import IntArray, sorted_rows
from framingkit.base import Html, counted, element
from framingkit.course import Code, Document

BOUNDARY, OTHER_LABEL, TAG_OR_NOT = "boundary", "other-label", "tag-or-not"
MOST_READINGS = 4

_WORDS = re.compile(r"\w")
# As for two people: tags that share less are about other words, not other tags for the same.
_SAME_WORDS = 1 / 3


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

    ``readings`` begin with the tag that the class is split over; at most `MOST_READINGS` with
    the most frequent others on these words, and ``further`` counts those that are left out. Of
    ``readers`` learners ``silent`` tagged none of these words.
    """

    sentence: int
    start: int
    end: int
    readings: tuple[ClassReading, ...]
    further: int
    silent: int
    readers: int

    @property
    def rival(self) -> ClassReading | None:
        """The most frequent other tag on about the same words."""
        first, *others = self.readings
        return _rival(first, others)

    @property
    def kind(self) -> str:
        """What the class is split over: "boundary", "other-label" or "tag-or-not"."""
        rival = self.rival
        if rival is None or rival.coders < self.silent:
            return TAG_OR_NOT
        return BOUNDARY if rival.label == self.readings[0].label else OTHER_LABEL


def _rival(first: ClassReading, others: Sequence[ClassReading]) -> ClassReading | None:
    return next((one for one in others if _closeness(first, one) >= _SAME_WORDS), None)


def _closeness(one: ClassReading, other: ClassReading) -> float:
    """Return the shared part of the characters of both."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(shared, 0) / (max(one.end, other.end) - min(one.start, other.start))


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
    >>> from framingkit.agreement import class_heat
    >>> from framingkit.course import load_article
    >>> coder = np.arange(4)
    >>> start, end = np.array([13, 13, 3, 3]), np.full(4, 23)
    >>> four = ClassSpans(coder, coder * 0, start, end, length=2964, coders=4, labels=1)
    >>> [one] = class_contests(four, class_heat(four), load_article())
    >>> one.start, one.end, one.kind, one.silent
    (3, 23, 'boundary', 0)
    """
    found: list[Contest] = []
    for passage in contested_passages(heat, [one.start for one in document.sentences()]):
        if len(found) == most:
            break
        if _WORDS.search(document.text, passage.start, passage.end):
            contest = _contest(spans, passage, document)
            taken = (one.start < contest.end and contest.start < one.end for one in found)
            if not any(taken):
                found.append(contest)
    return tuple(found)


def _contest(spans: ClassSpans, passage: ContestedPassage, document: Document) -> Contest:
    """Widen a passage to its most frequent tag, so that all its readings come into view."""
    there, _ = _readings_of(spans, passage.start, passage.end)
    # On a contested passage somebody gave its label.
    first = next(one for one in there if one.label == passage.label)
    start, end = min(first.start, passage.start), max(first.end, passage.end)
    readings, coders = _readings_of(spans, start, end)
    others = [one for one in readings if one != first]
    rival = _rival(first, others)
    # The rival comes along even if many tags inside these words are more frequent.
    frequent = [one for one in others if one != rival][: MOST_READINGS - 2]
    named = [one for one in others if one == rival or one in frequent]
    return Contest(
        document.sentence_at(passage.start).number,
        start,
        end,
        (first, *named),
        len(others) - len(named),
        max(passage.readers - coders, 0),
        passage.readers,
    )


def _readings_of(spans: ClassSpans, start: int, end: int) -> tuple[list[ClassReading], int]:
    """Give the tags that share a character with a stretch, most frequent first, and their coders.

    The same tag twice by one coder counts once.
    """
    rows = (spans.start < end) & (start < spans.end)
    first, last, label, coder = sorted_rows(
        tuple(one[rows] for one in (spans.start, spans.end, spans.label, spans.coder)),
        (spans.length, spans.length, spans.labels, spans.coders),
    )
    fresh = _begins(first, last, label, coder)
    tags = [one[fresh] for one in (first, last, label)]
    places = np.flatnonzero(_begins(*tags))
    counts = np.diff(np.append(places, len(tags[0]))).tolist()
    found = [
        ClassReading(*row)
        for row in zip(*(one[places].tolist() for one in tags), counts, strict=True)
    ]
    ordered = sorted(found, key=lambda one: (-one.coders, one.start, -one.end, one.label))
    return ordered, len(np.unique(coder))


def _begins(*columns: IntArray) -> "np.ndarray[tuple[int], np.dtype[np.bool]]":
    """Tell for each row whether it differs from the row above."""
    changed = np.ones(len(columns[0]), dtype=bool)
    changed[1:] = False
    for column in columns:
        changed[1:] |= column[1:] != column[:-1]
    return changed


def contest_html(contest: Contest, document: Document, codes: Sequence[Code]) -> Html:
    """Show one contested place.

    Parameters
    ----------
    contest
        The place, from `class_contests.class_contests`.
    document
        The text.
    codes
        The code of each label of the class, in its order.

    Examples
    --------
    >>> from framingkit.agreement import ClassReading
    >>> from framingkit.course import load_article, load_codebook
    >>> one = Contest(1, 13, 23, (ClassReading(13, 23, 0, 16),), 0, 14, 30)
    >>> page = contest_html(one, load_article(), [load_codebook().code("ceremony_symbol")])
    >>> "16 of 30" in page and "14 of 30 learners: no tag" in page
    True
    """
    return element(
        "div",
        element("p", f"The sentence: {sentence_of(contest, document)}", dir="auto"),
        element("ul", *(element("li", one) for one in contest_lines(contest, document, codes))),
        element("p", element("strong", "To discuss: "), prompt(contest, document, codes)),
    )


def contest_lines(contest: Contest, document: Document, codes: Sequence[Code]) -> list[str]:
    """Say how many learners gave each reading of a place, and how many none."""
    said = [_said(one, contest, document, codes) for one in contest.readings]
    if contest.further:
        said.append(f"{counted(contest.further, 'further reading')} of these words")
    if contest.silent:
        said.append(f"{contest.silent:,} of {contest.readers:,} learners: no tag on these words")
    return said


def sentence_of(contest: Contest, document: Document) -> str:
    """Return the sentence that a place lies in, with its number."""
    one = document.sentences()[contest.sentence - 1]
    return f"[{one.number}] {' '.join(document.text[one.start : one.end].split())}"


def _said(
    reading: ClassReading, contest: Contest, document: Document, codes: Sequence[Code]
) -> str:
    words = document.quote(reading.start, reading.end)
    people = f"{reading.coders:,} of {contest.readers:,} learners"
    return f"{people}: {codes[reading.label].name} on {words}"


def prompt(contest: Contest, document: Document, codes: Sequence[Code]) -> str:
    """Ask a question that helps the class to talk about a place."""
    code = codes[contest.readings[0].label]
    rule = f"The rule of {code.name}: {code.decision_rule}"
    rival = contest.rival
    if rival is None or contest.kind == TAG_OR_NOT:
        return f"Is it {code.name} or not? {rule} Let each side give its best reason."
    if contest.kind == BOUNDARY:
        sides = sorted((contest.readings[0], rival), key=lambda one: one.end - one.start)
        one, other = (document.quote(side.start, side.end) for side in sides)
        return (
            f"Both tags are {code.name}. Is {one} enough, or does the device need {other}? {rule}"
        )
    second = codes[rival.label]
    return (
        f"{code.name} or {second.name}? {rule} The rule of {second.name}: "
        f"{second.decision_rule} Can both be kept? Say “A because …, B because …”."
    )
