"""Finds the passages on which a class is split, from columns of numbers.

:mod:`framingkit.agreement.contests` says what such a passage is; the plain way to find it, for a
class of about thirty, is in :mod:`framingkit.agreement.plain`.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from framingkit.agreement.columns import ClassSpans, Column
from framingkit.agreement.contests import ClassVariant, Contest, chosen_contests
from framingkit.agreement.heat import class_counts, contested_passages
from framingkit.agreement.tracks import IntArray, first_rows, sorted_rows
from framingkit.course import Code, Document, Span


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

    >>> from framingkit.course import load_article, load_codebook
    >>> coder, codes = np.arange(3), [load_codebook().code("ceremony_symbol")]
    >>> start, end = np.array([13, 13, 3]), np.full(3, 23)
    >>> four = ClassSpans(coder, coder * 0, start, end, length=2964, coders=4, labels=1)
    >>> [contest] = class_contests(four, load_article(), codes)
    >>> contest.start, contest.end, contest.kind, contest.variants[0].coders, contest.silent
    (13, 23, 'tag-or-not', 3, 1)
    """
    spans = merged_by_code(spans)
    starts = [sentence.start for sentence in document.sentences()]
    return chosen_contests(
        contested_passages(class_counts(spans), starts),
        lambda start, end: _variants_of(spans, start, end, codes),
        document,
        codes,
        most,
    )


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
    parts: list[tuple[Column, ...]] = []
    for label in range(spans.labels):
        rows = np.flatnonzero(spans.label == label)
        start, end = (column[rows].astype(np.int64) for column in (spans.start, spans.end))
        starts, ends = _most_chosen(start, end, spans.length)
        first = np.searchsorted(ends, start, side="right")
        touched = np.searchsorted(starts, end, side="left") - first
        # the first one that each tag touches, then the second, up to its last one
        which = np.arange(touched.sum()) - np.repeat(np.cumsum(touched) - touched - first, touched)
        coder = np.repeat(spans.coder[rows], touched)
        labels = np.full(len(coder), label, dtype=spans.label.dtype)
        chosen = (edges[which].astype(spans.start.dtype) for edges in (starts, ends))
        parts.append((coder, labels, *chosen))
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
    return variants, int(np.count_nonzero(np.bincount(coder)))
