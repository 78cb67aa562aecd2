"""How far a class agrees about whole spans: where they begin and where they end.

The other coefficients compare characters, so a tag that is one word longer loses little there.
Here a span is one unit.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from framingkit.agreement.alpha import TOO_FEW
from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.columns import ClassSpans, Column
from framingkit.agreement.tracks import Flags, IntArray, first_rows, read_tracks, sorted_rows


def exact_span_f1(spans: ClassSpans) -> Coefficient:
    """Compute the share of spans that another coder has with the same start, end and label.

    Over all distinct spans x: sum of n(x) (n(x) - 1) / sum of n(x) (r(x) - 1), where n(x) coders
    have the span and r(x) coders have read its first character. It is the F1 of exact matches,
    pooled over all pairs of coders. The same span twice by one coder counts once; a span whose
    first character its coder has not read is left out.

    Examples
    --------
    Mara and Ben tag the same words, and Ben tags some more.

    >>> coder, start = np.array([0, 1, 1]), np.array([13, 13, 40])
    >>> exact_span_f1(ClassSpans(coder, coder * 0, start, start + 10, 100, 2, 1)).exact
    Fraction(2, 3)
    """
    read = _Read.of(spans)
    if spans.coders < 2 or not (read.readers > 1).any():
        return Coefficient(None, TOO_FEW)
    same = chances = 0
    for label in range(spans.labels):
        found = _counts(spans, label, read)
        same, chances = same + found[0], chances + found[1]
    if not chances:
        return Coefficient(None, "Nobody tagged anything.")
    return Coefficient(Fraction(same, chances))


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """Where what each coder has read begins and ends, and how many have read each character."""

    size: int
    begins: IntArray
    ends: IntArray
    readers: IntArray

    @classmethod
    def of(cls, spans: ClassSpans) -> "_Read":
        read, size = read_tracks(spans), spans.length + 1
        change = np.bincount(read.start, minlength=size) - np.bincount(read.end, minlength=size)
        base = read.coder.astype(np.int64) * size
        return cls(size, base + read.start, base + read.end, np.cumsum(change)[:-1])

    def has(self, coder: Column, start: Column) -> Flags:
        """Tell which characters their coder has read."""
        where = coder.astype(np.int64) * self.size + start
        begun = np.searchsorted(self.begins, where, side="right")
        return begun > np.searchsorted(self.ends, where, side="right")


def _counts(spans: ClassSpans, label: int, read: _Read) -> tuple[int, int]:
    """Sum up n(x) (n(x) - 1) and n(x) (r(x) - 1) over the spans with one label."""
    rows = np.flatnonzero(spans.label == label)
    rows = rows[read.has(spans.coder[rows], spans.start[rows])]
    start, end, coder = sorted_rows(
        (spans.start[rows], spans.end[rows], spans.coder[rows]),
        (spans.length, spans.length, spans.coders),
    )
    kept = first_rows(start, end, coder)
    start, end = start[kept], end[kept]
    first = np.flatnonzero(first_rows(start, end))
    same = np.diff(np.append(first, len(start)))
    return int(same @ (same - 1)), int(same @ (read.readers[start[first]] - 1))
