"""The passages on which a class is split: who tagged what there, and a question to discuss.

Nobody is named and nothing is decided: such a passage is something to talk about. Who gave the
same code to "a diplomatic wind" and to "diplomatic wind" read these words alike. So tags of one
code that share words are counted as one reading before anything else: a class is split over
whether, and over which code, but not over where a tag ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import ContestedPassage, class_heat, contested_passages
from framingkit.agreement.tracks import IntArray, first_rows, sorted_rows
from framingkit.base import (
    Html,
    article_html,
    chip_html,
    counted,
    element,
    number_html,
    paragraph_html,
)
from framingkit.course import Code, Document, Span
from framingkit.feedback import SAME_WORDS, closeness

OTHER_LABEL, TAG_OR_NOT = "other-label", "tag-or-not"
MOST_VARIANTS = 4

_WORDS = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class ClassVariant:
    """One way to tag some words, and how many learners chose it, or the same code nearby."""

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
        """What the class is split over: "other-label" or "tag-or-not"."""
        rival = self.rival
        return TAG_OR_NOT if rival is None or rival.coders < self.silent else OTHER_LABEL


def _rival(first: ClassVariant, others: Sequence[ClassVariant]) -> ClassVariant | None:
    close = (other for other in others if closeness(first.span, other.span) >= SAME_WORDS)
    return next(close, None)


def class_contests(
    spans: ClassSpans, document: Document, codes: Sequence[Code], most: int = 6
) -> tuple[Contest, ...]:
    """Find the passages on which a class is split most; no two of them share words.

    Parameters
    ----------
    spans
        All tags of the class on the text.
    document
        The text.
    codes
        The code of each label of the class, in its order.
    most
        Find at most this many passages.

    Examples
    --------
    Two of four tag "red carpet" (13:23), one "rolls out red carpet" (3:23), one nothing.

    >>> import numpy as np
    >>> from framingkit.course import load_article, load_codebook
    >>> coder, codes = np.arange(3), [load_codebook().code("ceremony_symbol")]
    >>> start, end = np.array([13, 13, 3]), np.full(3, 23)
    >>> four = ClassSpans(coder, coder * 0, start, end, length=2964, coders=4, labels=1)
    >>> [contest] = class_contests(four, load_article(), codes)
    >>> contest.start, contest.end, contest.kind, contest.variants[0].coders, contest.silent
    (13, 23, 'tag-or-not', 3, 1)
    """
    spans = merged_by_code(spans)
    heat = class_heat(spans)
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


def merged_by_code(spans: ClassSpans) -> ClassSpans:
    """Put the words that most learners chose in place of all tags of their code that touch them.

    A tag that touches several such words stands for each of them.

    Examples
    --------
    Two learners tag 13:23, one 3:23 and one 3:30, of which 26:30 is chosen by two more.

    >>> start, end = np.array([13, 13, 3, 3, 26, 26]), np.array([23, 23, 23, 30, 30, 30])
    >>> coder = np.arange(6)
    >>> six = ClassSpans(coder, coder * 0, start, end, length=99, coders=6, labels=1)
    >>> merged = merged_by_code(six)
    >>> list(zip(merged.coder.tolist(), merged.start.tolist(), merged.end.tolist(), strict=True))
    [(0, 13, 23), (1, 13, 23), (2, 13, 23), (3, 13, 23), (3, 26, 30), (4, 26, 30), (5, 26, 30)]
    """
    parts: list[tuple[IntArray, ...]] = []
    for label in range(spans.labels):
        rows = np.flatnonzero(spans.label == label)
        start, end = (column[rows].astype(np.int64) for column in (spans.start, spans.end))
        starts, ends = _most_chosen(start, end, spans.length)
        first = np.searchsorted(ends, start, side="right")
        touched = np.searchsorted(starts, end, side="left") - first
        # the first one that each tag touches, then the second, up to its last one
        which = np.arange(touched.sum()) - np.repeat(np.cumsum(touched) - touched - first, touched)
        coder = np.repeat(spans.coder[rows].astype(np.int64), touched)
        parts.append((coder, np.full(len(coder), label), starts[which], ends[which]))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    coder, labels, start, end = columns or [np.zeros(0, dtype=np.int64)] * 4
    return replace(spans, coder=coder, label=labels, start=start, end=end)


def _most_chosen(start: IntArray, end: IntArray, length: int) -> tuple[IntArray, IntArray]:
    """Choose words that share none with each other: those of most tags first."""
    start, end = sorted_rows((start, end), (length, length))
    first = np.flatnonzero(first_rows(start, end))
    counts = np.diff(np.append(first, len(start))).tolist()
    rows = zip(counts, start[first].tolist(), end[first].tolist(), strict=True)
    taken = np.zeros(length, dtype=bool)
    chosen = []
    for _, low, high in sorted(rows, key=lambda row: (-row[0], row[1], row[2])):
        if not taken[low:high].any():
            taken[low:high] = True
            chosen.append((low, high))
    low, high = np.array(sorted(chosen), dtype=np.int64).reshape(-1, 2).T
    return low, high


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
    chips = {code.id: code.chip for code in codes}
    own = [chip_html(chips[variant.span.label]) for variant in contest.variants]
    # a line that names no code comes after those that do
    starts = [[chip, " "] for chip in own] + [[] for _ in words.lines[len(own) :]]
    return element(
        "div",
        article_html(paragraph_html("", *_sentence(contest, document))),
        element(
            "ul",
            *(element("li", *start, line) for start, line in zip(starts, words.lines, strict=True)),
        ),
        element("p", element("strong", "To discuss: "), words.prompt),
    )


def _sentence(contest: Contest, document: Document) -> list[str]:
    """Show the sentence with its number, and the words of the passage marked in it."""
    sentence = document.sentences()[contest.sentence - 1]
    start, end = max(contest.start, sentence.start), min(contest.end, sentence.end)
    parts = ((sentence.start, start), (start, end), (end, sentence.end))
    before, inside, after = (document.text[left:right] for left, right in parts)
    return [number_html(sentence.number), before, element("mark", inside), after.rstrip()]


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
    second = by_id[rival.span.label]
    return (
        f"{code.name} or {second.name}? {rule} The rule of {second.name}: "
        f"{second.decision_rule} Can both be kept? Say “A because …, B because …”."
    )
