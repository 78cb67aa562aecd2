"""The sides of a class at some words: every reader once, by the code that they gave there.

Tags of one code that share a character with the words count alike, wherever they end. A class is
split if at least a fifth of the readers are on each of two sides.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from framingkit.agreement.columns import ClassSpans

ONE_SIDE = 5
"""A side counts if at least one reader in this many is on it."""


@dataclass(frozen=True, slots=True)
class Side:
    """The readers who gave one label to some words; a ``label`` of -1 is no tag."""

    label: int
    readers: int


def sides_at(
    spans: ClassSpans, start: int, end: int, readers: int, first: Collection[int]
) -> tuple[Side, ...]:
    """Count the sides at some words, the largest first and who gave no tag last.

    Parameters
    ----------
    spans
        The tags of a class.
    start, end
        Where the words are.
    readers
        How many have read them.
    first
        The labels that the question is about: who gave one of them and others counts for it.

    Examples
    --------
    Of five readers two tag with label 0, one of them also with label 1, one only with label 1.

    >>> columns = map(np.array, ([0, 0, 1, 2], [0, 1, 0, 1], [3] * 4, [9] * 4))
    >>> spans = ClassSpans(*columns, length=20, coders=5, labels=2)
    >>> [(side.label, side.readers) for side in sides_at(spans, 5, 7, 5, [0])]
    [(0, 2), (1, 1), (-1, 2)]
    """
    rows = np.flatnonzero((spans.start < end) & (start < spans.end))
    coder, label = spans.coder[rows], spans.label[rows]
    often = np.bincount(label, minlength=spans.labels)
    order = sorted(range(spans.labels), key=lambda one: (one not in first, -int(often[one]), one))
    rank = np.empty(spans.labels, dtype=np.int64)
    rank[order] = np.arange(spans.labels)
    best = np.full(spans.coders, spans.labels, dtype=np.int64)
    np.minimum.at(best, coder, rank[label])
    counts = np.bincount(best, minlength=spans.labels + 1)[: spans.labels].tolist()
    given = [Side(one, count) for one, count in zip(order, counts, strict=True) if count]
    given.sort(key=lambda side: (-side.readers, side.label))
    silent = max(readers - sum(counts), 0)
    return (*given, Side(-1, silent)) if silent else tuple(given)


def is_split(sides: Collection[Side], readers: int, first: Collection[int]) -> bool:
    """Tell whether one label of the question and another side have a fifth of the readers each.

    Examples
    --------
    >>> is_split([Side(0, 2), Side(-1, 8)], 10, [0]), is_split([Side(0, 1), Side(-1, 9)], 10, [0])
    (True, False)
    """
    large = [side for side in sides if ONE_SIDE * side.readers >= readers]
    return len(large) > 1 and any(side.label in first for side in large)
