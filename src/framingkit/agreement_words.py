"""What the coefficients of a class say, in plain words.

The limits are those of Krippendorff 2004, "Content Analysis": 0.8 for firm conclusions, 0.667
for tentative ones.
"""

from framingkit.coefficients import Coefficient, Interval

FIRM, TENTATIVE = 0.8, 2 / 3


def number(value: float | None) -> str:
    """Write a coefficient with two places.

    Examples
    --------
    >>> number(0.4567), number(-0.001), number(None)
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
    return f"{number(interval.low)} to {number(interval.high)}"


def shared_words(positive: Coefficient) -> str:
    """Say the positive agreement as a count of a hundred.

    Examples
    --------
    >>> from fractions import Fraction
    >>> shared_words(Coefficient(Fraction(41, 100)))
    '41 of 100'
    """
    return f"n/a: {positive.reason}" if positive.value is None else (
        f"{round(100 * positive.value)} of 100"
    )  # fmt: skip


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
    return "High: most read this alike." if value >= FIRM else (
        "Fairly high: many read this alike."
    )  # fmt: skip


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
    return "They agree less than before." if interval.high < 0 else (
        "No clear change: the interval reaches from below 0 to above it."
    )  # fmt: skip
