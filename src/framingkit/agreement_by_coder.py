"""Each coder beside the class, and the class without each coder."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.agreement import Totals, krippendorff_alpha, krippendorff_alpha_micro, totals
from framingkit.class_heat import ClassHeat
from framingkit.coefficients import Interval
from framingkit.jackknife import Flags, Floats, PerCoder, jackknife_interval

Values: TypeAlias = npt.NDArray[np.float64] | npt.NDArray[np.int64] | Flags


@dataclass(frozen=True, slots=True, eq=False)
class CoderAgreement:
    """What `agreement_by_coder` found; the tuples have one entry for each label.

    Parameters
    ----------
    with_class, with_class_micro
        The F1 of a coder with all others: twice the matching marks, by all marks that could match.
    alpha_without, alpha_without_micro
        Krippendorff's alpha of the class without the coder.
    intervals, interval_micro
        95 % intervals of Krippendorff's alpha, from `jackknife_interval`.
    """

    with_class: tuple[PerCoder, ...]
    with_class_micro: PerCoder
    alpha_without: tuple[PerCoder, ...]
    alpha_without_micro: PerCoder
    intervals: tuple[Interval, ...]
    interval_micro: Interval


@dataclass(slots=True, eq=False)
class _Parts:
    """Sums for one label, or for all labels: one number for each coder."""

    shared: Floats
    chances: Floats
    observed: Floats
    expected: Floats

    def add(self, other: "_Parts") -> None:
        self.shared += other.shared
        self.chances += other.chances
        self.observed += other.observed
        self.expected += other.expected

    def with_class(self) -> PerCoder:
        return _divide(2 * self.shared, self.chances)

    def alpha(self) -> PerCoder:
        share = _divide(self.observed, self.expected)
        return PerCoder(np.where(share.defined, 1 - share.values, 0.0), share.defined)


def agreement_by_coder(heat: ClassHeat) -> CoderAgreement:
    """Compare each coder with the others, and compute alpha without each coder.

    All in one pass over the spans, from running sums. With C the characters that coder i
    marked, s their number, and the words of `agreement.Totals` for a class of m that has read
    everything: the F1 of i is 2 sum over C of (c - 1) / ((m - 1) s + tagged - s); without i the
    disagreement (m - 1) observed becomes (m - 1) observed - tagged + 2 sum over C of c - m s.

    Examples
    --------
    Three tag "carpet" (17:23); one of them adds "red" before it (13:17).

    >>> from framingkit.class_heat import class_heat
    >>> from framingkit.class_spans import ClassSpans
    >>> start = np.array([17, 17, 13])
    >>> heat = class_heat(ClassSpans(np.arange(3), start * 0, start, start * 0 + 23, 30, 3, 1))
    >>> found = agreement_by_coder(heat)
    >>> round(found.with_class_micro.of(2), 2), found.alpha_without_micro.of(2)
    (0.75, 1.0)
    >>> found.interval_micro.reason
    'An interval needs at least 8 people, and this class has 3.'
    """
    sums = totals(heat)
    everything = _Parts(*np.zeros((4, heat.coders)))
    by_class, without = [], []
    for parts in _complete(heat, sums) if heat.complete else _incomplete(heat):
        everything.add(parts)
        by_class.append(parts.with_class())
        without.append(parts.alpha())
    took_part = np.bincount(heat.read.coder, minlength=heat.coders) > 0
    without_micro = everything.alpha()
    return CoderAgreement(
        with_class=tuple(by_class),
        with_class_micro=everything.with_class(),
        alpha_without=tuple(without),
        alpha_without_micro=without_micro,
        intervals=tuple(
            jackknife_interval(whole, one, took_part)
            for whole, one in zip(krippendorff_alpha(sums), without, strict=True)
        ),
        interval_micro=jackknife_interval(krippendorff_alpha_micro(sums), without_micro, took_part),
    )


def _complete(heat: ClassHeat, sums: Totals) -> Iterator[_Parts]:
    """Give the parts of each label for a class in which everybody has read everything."""
    m = heat.coders
    values = float((m - 1) * heat.length)
    for label, counts in enumerate(heat.counts):
        marks = _sum_over(heat, label)
        same = _sum_over(heat, label, counts)
        tagged = float(counts @ heat.widths)
        pairs = float(sums.observed[label] * (m - 1))
        left = tagged - marks
        yield _Parts(
            shared=same - marks,
            chances=(m - 1) * marks + left,
            observed=(values - 1) * (pairs - tagged + 2 * same - m * marks) / max(m - 2, 1),
            expected=left * (values - left) if m > 2 else left * 0,
        )


def _incomplete(heat: ClassHeat) -> Iterator[_Parts]:
    """Give the parts of each label where the number of readers m(p) changes along the text.

    Without coder i there is one reader less wherever i has read, and one mark less wherever i
    has marked; both changes are looked up in running sums.
    """
    m = heat.readers.astype(float)
    pairs, still = m >= 2, m >= 3
    values = float(m[pairs] @ heat.widths[pairs]) + _sum_over(
        heat, None, still * (m - 1) - pairs * m
    )
    for label, counts in enumerate(heat.counts):
        c = counts.astype(float)
        before, after = _disagreement(c, m), _disagreement(c, m - 1)
        tagged = float(c[pairs] @ heat.widths[pairs])
        tagged_now = tagged - _sum_over(heat, None, c * (pairs & ~still))
        tagged_now -= _sum_over(heat, label, still)
        observed = before @ heat.widths + _sum_over(heat, None, after - before)
        observed += _sum_over(heat, label, _disagreement(c - 1, m - 1) - after)
        yield _Parts(
            shared=_sum_over(heat, label, c - 1),
            chances=_sum_over(heat, label, m - 2) + _sum_over(heat, None, c),
            observed=(values - 1) * observed,
            expected=tagged_now * (values - tagged_now),
        )


def _disagreement(c: Floats, m: Floats) -> Floats:
    """Compute c (m - c) / (m - 1), and 0 where fewer than two have read."""
    return np.where(m >= 2, c * (m - c) / np.maximum(m - 1, 1), 0.0)


def _sum_over(heat: ClassHeat, label: int | None, worth: Values | None = None) -> Floats:
    """Sum up, for each coder, what the marked (without a label: the read) characters are worth.

    `worth` has one value for each stretch of text; without it every character is worth 1. Sums
    of whole numbers are exact here, as they stay far below 2**53.
    """
    coder, start, end = heat.read.of(0) if label is None else heat.marked.of(label)
    each: Floats
    if worth is None:
        each = (end - start).astype(np.float64)
    else:
        table = np.append(0.0, np.cumsum(np.repeat(worth, heat.widths)))
        each = table[end] - table[start]
    sums = np.bincount(coder, weights=each, minlength=heat.coders)
    return sums.astype(np.float64, copy=False)


def _divide(part: Floats, whole: Floats) -> PerCoder:
    defined = whole > 0
    return PerCoder(np.divide(part, whole, out=np.zeros_like(part), where=defined), defined)
