"""Each coder beside the class, the class without each coder, and intervals made of both.

The article is fixed; the people are the sample. So an interval comes from leaving out one
person at a time. Resampling characters would pretend that they were drawn independently, and
gives intervals that are far too narrow.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import fsum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.agreement.alpha import Totals, krippendorff_alpha
from framingkit.agreement.coefficients import Coefficient, Interval, t_quantile
from framingkit.agreement.heat import ClassHeat
from framingkit.agreement.tracks import Flags, IntArray

FEWEST_FOR_INTERVAL = 8
"""With fewer people than this no interval is given."""

HANGS_ON_ONE = "Without one of the people there would be no coefficient, so it has no interval."

Floats: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PerCoder:
    """One number for each coder; where ``defined`` is False there is no number, but 0.0.

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
    >>> interval = jackknife_interval(Coefficient(Fraction(2, 5)), eight, eight.defined)
    >>> round(interval.low, 3), round(interval.high, 3), interval.coders
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
    values = without.values[took_part]
    # Exact sums, so that nothing depends on the order in which people are counted.
    squares = fsum((values - fsum(values) / people) ** 2)
    spread = ((people - 1) / people * squares) ** 0.5
    reach = t_quantile(0.975, people - 1) * spread
    return Interval(whole.value - reach, min(whole.value + reach, 1.0), people)


@dataclass(frozen=True, slots=True, eq=False)
class CoderAgreement:
    """Each coder beside the class; the tuples have one entry for each label.

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


def agreement_by_coder(heat: ClassHeat, sums: Totals) -> CoderAgreement:
    """Compare each coder with the others, and compute alpha without each coder.

    All in one pass over the spans, from running sums. In the words of `Totals`, with C the
    characters that coder i marked and R those that i has read: the F1 of i is 2 sum over C of
    (c - 1) / (sum over C of (m - 2) + sum over R of c).

    Parameters
    ----------
    heat, sums
        The counts of the class, and their totals.

    Examples
    --------
    Three tag "carpet" (17:23); one of them adds "red" before it (13:17).

    >>> from framingkit.agreement.alpha import totals
    >>> from framingkit.agreement.columns import ClassSpans
    >>> from framingkit.agreement.heat import class_heat
    >>> start = np.array([17, 17, 13])
    >>> heat = class_heat(ClassSpans(np.arange(3), start * 0, start, start * 0 + 23, 30, 3, 1))
    >>> each = agreement_by_coder(heat, totals(heat))
    >>> round(each.with_class_micro.of(2), 2), each.alpha_without_micro.of(2)
    (0.75, 1.0)
    >>> each.interval_micro.reason
    'An interval needs at least 8 people, and this class has 3.'
    """
    everything = np.zeros((4, heat.coders))
    with_class, without = [], []
    for parts in _alike(heat, sums) if _has_same_readers(heat) else _parts(heat):
        everything += parts
        with_class.append(_f1(parts))
        without.append(_alpha(parts))
    took_part = np.bincount(heat.read.coder, minlength=heat.coders) > 0
    without_micro = _alpha(everything)
    return CoderAgreement(
        with_class=tuple(with_class),
        with_class_micro=_f1(everything),
        alpha_without=tuple(without),
        alpha_without_micro=without_micro,
        intervals=tuple(
            jackknife_interval(krippendorff_alpha(sums, [label]), alphas, took_part)
            for label, alphas in enumerate(without)
        ),
        interval_micro=jackknife_interval(
            krippendorff_alpha(sums, range(len(without))), without_micro, took_part
        ),
    )


def _has_same_readers(heat: ClassHeat) -> bool:
    """Tell whether everybody has read the same part of the text, for example all of it."""
    return bool(((heat.readers == 0) | (heat.readers == heat.coders)).all())


def _alike(heat: ClassHeat, sums: Totals) -> Iterator[Floats]:
    """Give what `_parts` gives, in half the time, for a class with the same readers throughout."""
    m = heat.coders
    values = float((m - 1) * heat.widths[heat.readers > 0].sum())
    for label, counts in enumerate(heat.counts):
        marks, same = _sums(heat, heat.marked.of(label), np.ones(len(counts)), counts.astype(float))
        tagged = float(counts @ heat.widths)
        pairs, left = float(sums.observed[label] * (m - 1)), tagged - marks
        observed = (values - 1) * (pairs - tagged + 2 * same - m * marks) / max(m - 2, 1)
        expected = left * (values - left) if m > 2 else left * 0
        yield np.array([same - marks, (m - 1) * marks + left, observed, expected])


def _parts(heat: ClassHeat) -> Iterator[Floats]:
    """Give four sums of each label, one number for each coder in each.

    These are the matching marks, the marks that could match, and the observed and the expected
    disagreement without the coder. Without coder i there is one reader less wherever i has read,
    and one mark less wherever i has marked; both changes are looked up in running sums.
    """
    c, m, widths = heat.counts.astype(float), heat.readers.astype(float), heat.widths
    pairs, still = (m >= 2).astype(float), (m >= 3).astype(float)
    before, after = _disagreement(c, m), _disagreement(c, m - 1)
    shifts, own_shifts = after - before, _disagreement(c - 1, m - 1) - after
    (fewer,) = _sums(heat, heat.read.of(0), still * (m - 1) - pairs * m)
    values, tagged, observed = pairs * m @ widths + fewer, c * pairs @ widths, before @ widths
    for label in range(len(c)):
        marks = c[label]
        read, gone, shift = _sums(
            heat, heat.read.of(0), marks, marks * (pairs - still), shifts[label]
        )
        shared, possible, own, own_shift = _sums(
            heat, heat.marked.of(label), marks - 1, m - 2, still, own_shifts[label]
        )
        left = tagged[label] - gone - own
        differing = (values - 1) * (observed[label] + shift + own_shift)
        yield np.array([shared, possible + read, differing, left * (values - left)])


def _disagreement(c: Floats, m: Floats) -> Floats:
    """Compute c (m - c) / (m - 1), and 0 where fewer than two have read."""
    return np.where(m >= 2, c * (m - c) / np.maximum(m - 1, 1), 0.0)


def _sums(
    heat: ClassHeat, stretches: tuple[IntArray, IntArray, IntArray], *worths: Floats
) -> list[Floats]:
    """Sum up, for each coder, what the characters of some stretches are worth.

    Each of `worths` has one value for each stretch of text; there is one list of sums for each.
    Sums of whole numbers are exact here, as they stay far below 2**53.
    """
    coder, start, end = stretches
    so_far = np.zeros((len(worths), heat.length + 1))
    so_far[:, heat.cuts[1:]] = np.cumsum(np.array(worths) * np.diff(heat.cuts), axis=1)
    each = (row[end] - row[start] for row in so_far)
    sums = (np.bincount(coder, weights=worth, minlength=heat.coders) for worth in each)
    return [coders.astype(np.float64, copy=False) for coders in sums]


def _f1(parts: Floats) -> PerCoder:
    return _divide(2 * parts[0], parts[1])


def _alpha(parts: Floats) -> PerCoder:
    share = _divide(parts[2], parts[3])
    return PerCoder(np.where(share.defined, 1 - share.values, 0.0), share.defined)


def _divide(part: Floats, whole: Floats) -> PerCoder:
    defined = whole > 0
    return PerCoder(np.divide(part, whole, out=np.zeros_like(part), where=defined), defined)
