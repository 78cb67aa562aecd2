"""How far a class agrees about whole spans: where they begin and where they end.

``agreement`` compares characters, so a tag that is one word longer loses little there. Here
a span is one unit.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from framingkit.agreement.alpha import TOO_FEW
from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import class_heat
from framingkit.agreement.tracks import IntArray, read_tracks, sorted_rows

OVERLAPPING = "Some tags of one person overlap, and this coefficient is made for tags that do not."
UNREAD = "Not everybody has read everything, and this coefficient has no answer to that."


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
    label, start, end, coder = sorted_rows(
        (spans.label, spans.start, spans.end, spans.coder),
        (spans.labels, spans.length, spans.length, spans.coders),
    )
    known, readers = _read_starts(spans, coder, start)
    fresh = np.append(True, _differ(label, start, end, coder))[: len(coder)] & known
    label, start, end = label[fresh], start[fresh], end[fresh]
    if spans.coders < 2 or not (readers > 1).any():
        return Coefficient(None, TOO_FEW)
    first = np.flatnonzero(np.append(True, _differ(label, start, end))[: len(start)])
    same = np.diff(np.append(first, len(start)))
    chances = same @ (readers[start[first]] - 1)
    if not chances:
        return Coefficient(None, "Nobody tagged anything.")
    return Coefficient(Fraction(int(same @ (same - 1)), int(chances)))


def _differ(*columns: IntArray) -> "np.ndarray[tuple[int], np.dtype[np.bool]]":
    """Tell for each row but the first whether it differs from the row above."""
    changed = np.zeros(max(len(columns[0]) - 1, 0), dtype=bool)
    for column in columns:
        changed |= column[1:] != column[:-1]
    return changed


def _read_starts(
    spans: ClassSpans, coder: IntArray, start: IntArray
) -> tuple["np.ndarray[tuple[int], np.dtype[np.bool]]", IntArray]:
    """Tell which spans begin where their coder has read, and how many have read each character."""
    if spans.read is None:
        return np.ones(len(coder), dtype=bool), np.full(spans.length, spans.coders)
    read, size = read_tracks(spans), spans.length + 1
    begun = np.searchsorted(read.coder * size + read.start, coder * size + start, side="right")
    ended = np.searchsorted(read.coder * size + read.end, coder * size + start, side="right")
    change = np.bincount(read.start, minlength=size) - np.bincount(read.end, minlength=size)
    return begun > ended, np.cumsum(change)[:-1]


@dataclass(frozen=True, slots=True)
class _Lengths:
    """The lengths of Krippendorff 1995, counted over all coders; "gap" is text without a tag."""

    total: int
    gap: int
    tagged: tuple[int, ...]
    matched: Fraction
    gap_matched: Fraction
    tag_squares: tuple[int, ...]

    @property
    def chances(self) -> int:
        """Pairs of characters that do not lie in one and the same tag or gap character."""
        return self.total**2 - sum(self.tag_squares) - self.gap


def unitizing_alpha(spans: ClassSpans) -> Coefficient:
    """Compute Krippendorff's alpha for unitizing: who tagged which stretch, with which label.

    With l(c) the characters of label c over all coders (a gap is a label too), l the sum of
    these, l(c, c) the matches, S(c) the sum of squared lengths of its tags (of a gap: its
    length) and S their sum: 1 - (l - sum of l(c, c)) / (l - sum of e(c, c)), where
    e(c, c) = l (l(c)² - S(c)) / (l² - S). After Krippendorff, Mathet, Bouvry and Widlöcher 2016,
    "On the reliability of unitizing textual continua", Quality and Quantity 50.

    Examples
    --------
    >>> coder, start = np.array([0, 1]), np.array([2, 4])
    >>> two = ClassSpans(coder, coder * 0, start, np.array([10, 8]), 24, 2, 1)
    >>> round(unitizing_alpha(two).value, 3)
    0.578
    """
    found = _lengths(spans)
    if isinstance(found, str):
        return Coefficient(None, found)
    squares = sum(one**2 - two for one, two in zip(found.tagged, found.tag_squares, strict=True))
    expected = Fraction(found.total * (squares + found.gap**2 - found.gap), found.chances)
    return _share(found.total - found.matched, found.total - expected)


def unitizing_alpha_binary(spans: ClassSpans) -> Coefficient:
    """Compute alpha for unitizing while any label counts as the same: tagged or not tagged.

    In the words of `unitizing_alpha`: 1 - (l(gap) - l(gap, gap)) / (sum of e(gap, c)), where
    e(gap, c) = l l(gap) l(c) / (l² - S). Same source, the coefficient written |u alpha there.

    Examples
    --------
    >>> coder, start = np.array([0, 1]), np.array([2, 4])
    >>> two = ClassSpans(coder, coder, start, np.array([10, 8]), 24, 2, 2)
    >>> unitizing_alpha_binary(two).value > unitizing_alpha(two).value
    True
    """
    found = _lengths(spans)
    if isinstance(found, str):
        return Coefficient(None, found)
    expected = Fraction(found.total * found.gap * (found.total - found.gap), found.chances)
    return _share(found.gap - found.gap_matched, expected)


def _share(observed: Fraction, expected: Fraction) -> Coefficient:
    if not expected:
        return Coefficient(None, "Everybody tagged nothing, or everybody tagged everything.")
    return Coefficient(1 - observed / expected)


def _lengths(spans: ClassSpans) -> _Lengths | str:
    """Count the lengths, or say why they cannot be counted."""
    if spans.read is not None:
        return UNREAD
    if spans.coders < 2 or not spans.length:
        return TOO_FEW
    coder, start, end = sorted_rows(
        (spans.coder, spans.start, spans.end), (spans.coders, spans.length, spans.length)
    )
    if ((coder[1:] == coder[:-1]) & (start[1:] < end[:-1])).any():
        return OVERLAPPING
    heat = class_heat(spans)
    gaps = spans.coders - heat.counts.sum(axis=0)
    squares = [0] * spans.labels
    for label, length in zip(spans.label.tolist(), (spans.end - spans.start).tolist(), strict=True):
        squares[label] += length**2
    tags = sum(_matches(row, heat.widths, spans.coders) for row in heat.counts)
    gap_matched = _matches(gaps, heat.widths, spans.coders)
    return _Lengths(
        total=spans.coders * spans.length,
        gap=int(gaps @ heat.widths),
        tagged=tuple(int(one) for one in heat.counts @ heat.widths),
        matched=tags + gap_matched,
        gap_matched=gap_matched,
        tag_squares=tuple(squares),
    )


def _matches(counts: IntArray, widths: IntArray, coders: int) -> Fraction:
    """Sum up over the characters how many ordered pairs of coders match there."""
    return Fraction(int((counts * (counts - 1)) @ widths), coders - 1)
