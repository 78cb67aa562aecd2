"""The passages on which a class is split: who tagged what there, and a question to discuss.

Nobody is named and nothing is decided: such a passage is something to talk about.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import ClassHeat, ContestedPassage, contested_passages
from framingkit.agreement.tracks import first_rows, sorted_rows
from framingkit.base import Html, counted, element
from framingkit.course import Code, Document, Span
from framingkit.feedback import SAME_WORDS, closeness

BOUNDARY, OTHER_LABEL, TAG_OR_NOT = "boundary", "other-label", "tag-or-not"
MOST_VARIANTS = 4

_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class ClassVariant:
    """One way to tag some words, and how many learners chose it."""

    span: Span
    coders: int


@dataclass(frozen=True, slots=True)
class Contest:
    """One contested passage, in the sentence with this number.

    ``variants`` begin with the tag that the class is split over; at most `MOST_VARIANTS` with
    the most frequent others on these words, and ``further`` counts those that are left out. Of
    ``readers`` learners ``silent`` tagged none of these words.
    """

    sentence: int
    start: int
    end: int
    variants: tuple[ClassVariant, ...]
    further: int
    silent: int
    readers: int

    @property
    def rival(self) -> ClassVariant | None:
        """The most frequent other tag on about the same words."""
        first, *others = self.variants
        return _rival(first, others)

    @property
    def kind(self) -> str:
        """What the class is split over: "boundary", "other-label" or "tag-or-not"."""
        rival = self.rival
        if rival is None or rival.coders < self.silent:
            return TAG_OR_NOT
        return BOUNDARY if rival.span.label == self.variants[0].span.label else OTHER_LABEL


def _rival(first: ClassVariant, others: Sequence[ClassVariant]) -> ClassVariant | None:
    close = (other for other in others if closeness(first.span, other.span) >= SAME_WORDS)
    return next(close, None)


def class_contests(
    spans: ClassSpans, heat: ClassHeat, document: Document, codes: Sequence[Code], most: int = 6
) -> tuple[Contest, ...]:
    """Find the passages on which a class is split most; no two of them share words.

    Parameters
    ----------
    spans
        All tags of the class on the text.
    heat
        Their counts.
    document
        The text.
    codes
        The code of each label of the class, in its order.
    most
        Find at most this many passages.

    Examples
    --------
    Two of four tag "red carpet" (13:23), the others "rolls out red carpet" (3:23).

    >>> import numpy as np
    >>> from framingkit.agreement.heat import class_heat
    >>> from framingkit.course import load_article, load_codebook
    >>> coder, codes = np.arange(4), [load_codebook().code("ceremony_symbol")]
    >>> start, end = np.array([13, 13, 3, 3]), np.full(4, 23)
    >>> four = ClassSpans(coder, coder * 0, start, end, length=2964, coders=4, labels=1)
    >>> [contest] = class_contests(four, class_heat(four), load_article(), codes)
    >>> contest.start, contest.end, contest.kind, contest.silent
    (3, 23, 'boundary', 0)
    """
    contests: list[Contest] = []
    starts = [sentence.start for sentence in document.sentences()]
    for passage in contested_passages(heat, starts):
        if len(contests) == most:
            break
        if _WORDS.search(document.text, passage.start, passage.end):
            contest = _contest(spans, passage, document, codes)
            if not any(old.start < contest.end and contest.start < old.end for old in contests):
                contests.append(contest)
    return tuple(contests)


def _contest(
    spans: ClassSpans, passage: ContestedPassage, document: Document, codes: Sequence[Code]
) -> Contest:
    """Widen a passage to its most frequent tag, so that all its variants come into view."""
    inside, _ = _variants_of(spans, passage.start, passage.end, codes)
    # On a contested passage somebody gave its label.
    label = codes[passage.label].id
    first = next(variant for variant in inside if variant.span.label == label)
    start, end = min(first.span.start, passage.start), max(first.span.end, passage.end)
    variants, coders = _variants_of(spans, start, end, codes)
    others = [variant for variant in variants if variant != first]
    rival = _rival(first, others)
    # The rival is shown even if many tags inside these words are more frequent.
    frequent = [variant for variant in others if variant != rival][: MOST_VARIANTS - 2]
    named = [variant for variant in others if variant == rival or variant in frequent]
    return Contest(
        document.sentence_at(passage.start).number,
        start,
        end,
        (first, *named),
        len(others) - len(named),
        max(passage.readers - coders, 0),
        passage.readers,
    )


def _variants_of(
    spans: ClassSpans, start: int, end: int, codes: Sequence[Code]
) -> tuple[list[ClassVariant], int]:
    """Give the tags that share a character with a stretch, most frequent first, and their coders.

    The same tag twice by one coder counts once.
    """
    rows = (spans.start < end) & (start < spans.end)
    columns = sorted_rows(
        tuple(column[rows] for column in (spans.start, spans.end, spans.label, spans.coder)),
        (spans.length, spans.length, spans.labels, spans.coders),
    )
    once = first_rows(*columns)
    *tags, coder = (column[once] for column in columns)
    first = np.flatnonzero(first_rows(*tags))
    counts = np.diff(np.append(first, len(coder))).tolist()
    distinct = zip(counts, *(column[first].tolist() for column in tags), strict=True)
    ordered = sorted(distinct, key=lambda row: (-row[0], row[1], -row[2], row[3]))
    variants = [
        ClassVariant(Span(start, end, codes[label].id), count)
        for count, start, end, label in ordered
    ]
    return variants, len(np.unique(coder))


def contest_html(contest: Contest, document: Document, codes: Sequence[Code]) -> Html:
    """Show one contested passage.

    Parameters
    ----------
    contest
        The passage, from `class_contests`.
    document, codes
        The text, and the codes that its variants use.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> carpet = ClassVariant(Span(13, 23, "ceremony_symbol"), 16)
    >>> contest = Contest(1, 13, 23, (carpet,), 0, 14, 30)
    >>> page = contest_html(contest, load_article(), [load_codebook().code("ceremony_symbol")])
    >>> "16 of 30" in page and "14 of 30 learners: no tag" in page
    True
    """
    words = contest_words(contest, document, codes)
    return element(
        "div",
        element("p", f"The sentence: {words.sentence}", dir="auto"),
        element("ul", *(element("li", line) for line in words.lines)),
        element("p", element("strong", "To discuss: "), words.prompt),
    )


@dataclass(frozen=True, slots=True)
class ContestWords:
    """A passage in words: its sentence with the number, who chose what, and a question."""

    sentence: str
    lines: list[str]
    prompt: str


def contest_words(contest: Contest, document: Document, codes: Sequence[Code]) -> ContestWords:
    """Say how many learners chose each variant of a passage, and how many none."""
    by_id = {code.id: code for code in codes}
    lines = [
        f"{variant.coders:,} of {contest.readers:,} learners: {by_id[variant.span.label].name} on "
        f"{document.quote(variant.span.start, variant.span.end)}"
        for variant in contest.variants
    ]
    if contest.further:
        lines.append(f"{counted(contest.further, 'further reading')} of these words")
    if contest.silent:
        lines.append(f"{contest.silent:,} of {contest.readers:,} learners: no tag on these words")
    sentence = document.sentences()[contest.sentence - 1]
    words = " ".join(document.text[sentence.start : sentence.end].split())
    prompt = _prompt(contest, document, by_id)
    return ContestWords(f"[{sentence.number}] {words}", lines, prompt)


def _prompt(contest: Contest, document: Document, by_id: dict[str, Code]) -> str:
    """Ask a question that helps the class to talk about a passage."""
    first, rival = contest.variants[0], contest.rival
    code = by_id[first.span.label]
    rule = f"The rule of {code.name}: {code.decision_rule}"
    if rival is None or contest.kind == TAG_OR_NOT:
        return f"Is it {code.name} or not? {rule} Let each side give its best reason."
    if contest.kind == BOUNDARY:
        sides = sorted((first.span, rival.span), key=lambda span: span.end - span.start)
        short, long = (document.quote(span.start, span.end) for span in sides)
        return (
            f"Both tags are {code.name}. Is {short} enough, or does the device need {long}? {rule}"
        )
    second = by_id[rival.span.label]
    return (
        f"{code.name} or {second.name}? {rule} The rule of {second.name}: "
        f"{second.decision_rule} Can both be kept? Say “A because …, B because …”."
    )
