"""Each coder beside the class, the class without each coder, and intervals made of both.

The article is fixed; the people are the sample. So an interval comes from leaving out one
person at a time. Resampling characters would pretend that they were drawn independently, and
gives intervals that are far too narrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.agreement.alpha import Totals, krippendorff_alpha, krippendorff_alpha_micro, totals
from framingkit.agreement.coefficients import Coefficient, Interval, t_quantile
from framingkit.agreement.heat import ClassHeat

FEWEST_FOR_INTERVAL = 8
"""With fewer people than this no interval is given."""

HANGS_ON_ONE = "Without one of the people there would be no coefficient, so it has no interval."

Floats: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool]


@dataclass(frozen=True, slots=True, eq=False)
class PerCoder:
    """One number for each coder; where ``defined`` is False there is none, and it is kept as 0.0.

    Both arrays have the shape (coders,).
    """

    values: Floats
    defined: Flags

    def of(self, coder: int) -> float | None:
        """Return the number of one coder, or None."""
        return float(self.values[coder]) if self.defined[coder] else None


def jackknife_interval(whole: Coefficient, without: PerCoder, took_part: Flags) -> Interval:
    """Compute the 95 % interval of a coefficient over people.

    whole ± t sqrt((m - 1) / m times the sum of squared deviations of the m coefficients without
    one person from their mean), with t the 97.5 % quantile for m - 1 degrees of freedom. After
    Tukey 1958, "Bias and confidence in not-quite large samples". The interval ends at 1.0.

    Parameters
    ----------
    whole
        The coefficient of everybody.
    without
        The coefficient without each person, in the unit of `whole`; shape (coders,).
    took_part
        Who belongs to the sample: people who have read something; shape (coders,).

    Examples
    --------
    >>> from fractions import Fraction
    >>> eight = PerCoder(np.array([0.3, 0.5] * 4), np.ones(8, dtype=bool))
    >>> found = jackknife_interval(Coefficient(Fraction(2, 5)), eight, eight.defined)
    >>> round(found.low, 3), round(found.high, 3), found.coders
    (-0.226, 1.0, 8)
    """
    people = int(took_part.sum())
    if whole.value is None:
        return Interval(None, None, people, whole.reason)
    if people < FEWEST_FOR_INTERVAL:
        few = (
            f"An interval needs at least {FEWEST_FOR_INTERVAL} people, and this class has {people}."
        )
        return Interval(None, None, people, few)
    if not without.defined[took_part].all():
        return Interval(None, None, people, HANGS_ON_ONE)
    # numpy's var() divides by m, so that (m - 1) / m times the sum is (m - 1) times the var().
    spread = float(np.sqrt((people - 1) * without.values[took_part].var()))
    reach = t_quantile(0.975, people - 1) * spread
    return Interval(whole.value - reach, min(whole.value + reach, 1.0), people)


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

    >>> from framingkit.agreement import class_heat
    >>> from framingkit.agreement import ClassSpans
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
