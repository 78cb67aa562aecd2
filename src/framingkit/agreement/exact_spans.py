"""How far a class agrees about whole spans: where they begin and where they end.

The other coefficients compare characters, so a tag that is one word longer loses little there.
Here a span is one unit.
"""

from fractions import Fraction

import numpy as np

from framingkit.agreement.alpha import TOO_FEW
from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.columns import ClassSpans
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
    label, start, end, coder = sorted_rows(
        (spans.label, spans.start, spans.end, spans.coder),
        (spans.labels, spans.length, spans.length, spans.coders),
    )
    known, readers = _read_starts(spans, coder, start)
    kept = first_rows(label, start, end, coder) & known
    label, start, end = label[kept], start[kept], end[kept]
    if spans.coders < 2 or not (readers > 1).any():
        return Coefficient(None, TOO_FEW)
    first = np.flatnonzero(first_rows(label, start, end))
    same = np.diff(np.append(first, len(start)))
    chances = same @ (readers[start[first]] - 1)
    if not chances:
        return Coefficient(None, "Nobody tagged anything.")
    return Coefficient(Fraction(int(same @ (same - 1)), int(chances)))


def _read_starts(spans: ClassSpans, coder: IntArray, start: IntArray) -> tuple[Flags, IntArray]:
    """Tell which spans begin where their coder has read, and how many have read each character."""
    read, size = read_tracks(spans), spans.length + 1
    begun = np.searchsorted(read.coder * size + read.start, coder * size + start, side="right")
    ended = np.searchsorted(read.coder * size + read.end, coder * size + start, side="right")
    change = np.bincount(read.start, minlength=size) - np.bincount(read.end, minlength=size)
    return begun > ended, np.cumsum(change)[:-1]
