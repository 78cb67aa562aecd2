"""Intervals for a class: how the coefficient would vary among other people of the same kind.

The article is fixed; the people are the sample. So an interval comes from leaving out one
person at a time. Resampling characters would pretend that they were drawn independently, and
gives intervals that are far too narrow.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.coefficients import Coefficient, Interval, t_quantile

FEWEST = 8
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
    if people < FEWEST:
        few = f"An interval needs at least {FEWEST} people, and this class has {people}."
        return Interval(None, None, people, few)
    if not without.defined[took_part].all():
        return Interval(None, None, people, HANGS_ON_ONE)
    # numpy's var() divides by m, so that (m - 1) / m times the sum is (m - 1) times the var().
    spread = float(np.sqrt((people - 1) * without.values[took_part].var()))
    reach = t_quantile(0.975, people - 1) * spread
    return Interval(whole.value - reach, min(whole.value + reach, 1.0), people)
