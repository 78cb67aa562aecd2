"""One number that sums up how far people agree, in plain words, or the reason why there is none.

Where a number cannot be computed there is none, but a sentence that says why. It never becomes
0, 1 or "not a number", because each of these would be read as a finding. The limits of the words
are those of Krippendorff 2004, "Content Analysis": 0.8 for firm conclusions, 0.667 for tentative
ones.
"""

from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Coefficient:
    """An exact share of whole numbers; without one, ``reason`` says why in a sentence.

    Examples
    --------
    >>> Coefficient(Fraction(41, 100)).value
    0.41
    >>> Coefficient(None, "Nobody used this label.").value is None
    True
    """

    exact: Fraction | None
    reason: str = ""

    @property
    def value(self) -> float | None:
        """The nearest floating-point number, from a single division."""
        return None if self.exact is None else float(self.exact)


@dataclass(frozen=True, slots=True)
class Interval:
    """The two values between which a coefficient may be for other people of the same kind.

    ``coders`` is the number of people it was computed from. Without a ``low`` and a ``high``,
    ``reason`` says why in a sentence.
    """

    low: float | None
    high: float | None
    coders: int
    reason: str = ""


def t_quantile(probability: float, freedom: int) -> float:
    """Compute the quantile of Student's t distribution for 7 or more degrees of freedom.

    The expansion around the normal quantile, Abramowitz and Stegun 1964, formula 26.7.5; from
    7 degrees of freedom on it is true to 4 decimals for the usual 95 % intervals.

    Examples
    --------
    >>> round(t_quantile(0.975, 29), 3)
    2.045
    """
    z = NormalDist().inv_cdf(probability)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))


FIRM, TENTATIVE = 0.8, 2 / 3


def two_places(value: float | None) -> str:
    """Write a coefficient with two places.

    Examples
    --------
    >>> two_places(0.4567), two_places(-0.001), two_places(None)
    ('0.46', '0.00', 'n/a')
    """
    return "n/a" if value is None else f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def interval_words(interval: Interval) -> str:
    """Write an interval, or why there is none.

    Examples
    --------
    >>> interval_words(Interval(0.41, 0.5136, 30))
    '0.41 to 0.51'
    """
    if interval.low is None or interval.high is None:
        return f"n/a: {interval.reason}"
    return f"{two_places(interval.low)} to {two_places(interval.high)}"


def shared_words(positive: Coefficient) -> str:
    """Say the positive agreement as a count of a hundred.

    Examples
    --------
    >>> from fractions import Fraction
    >>> shared_words(Coefficient(Fraction(41, 100)))
    '41 of 100'
    """
    value = positive.value
    return f"n/a: {positive.reason}" if value is None else f"{round(100 * value)} of 100"


def alpha_words(alpha: Coefficient, interval: Interval) -> str:
    """Say what an alpha means for a class.

    Examples
    --------
    >>> from fractions import Fraction
    >>> alpha_words(Coefficient(Fraction(46, 100)), Interval(0.41, 0.51, 30))
    'Better than chance, but readings differ.'
    """
    value = alpha.value
    if value is None:
        return f"n/a: {alpha.reason}"
    if value <= 0:
        return "No better than chance."
    if interval.low is not None and interval.low <= 0:
        return "Not clearly better than chance: the interval reaches 0."
    if value < TENTATIVE:
        return "Better than chance, but readings differ."
    fair = "Fairly high: many read this alike."
    return "High: most read this alike." if value >= FIRM else fair


def change_words(change: Coefficient, interval: Interval) -> str:
    """Say what a change of alpha means.

    Examples
    --------
    >>> from fractions import Fraction
    >>> change_words(Coefficient(Fraction(8, 100)), Interval(0.05, 0.10, 15))
    'They agree more than before.'
    """
    if change.value is None:
        return f"n/a: {change.reason}"
    if interval.low is None or interval.high is None:
        return "Too few learners to tell a change from chance."
    if interval.low > 0:
        return "They agree more than before."
    unclear = "No clear change: the interval reaches from below 0 to above it."
    return "They agree less than before." if interval.high < 0 else unclear
