"""How far people agree who put things in order, such as marks from 0 to 3.

A 2 beside a 3 is a smaller disagreement than a 0 beside a 3. How much smaller depends on how often
the marks in between were given: that is Krippendorff's alpha for ordered values.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from framingkit.agreement.coefficients import Coefficient

FEWEST_RATED = 5
"""With fewer things that two people rated, a coefficient is chance."""


def ordinal_alpha(rated: Iterable[Sequence[int]], fewest: int = FEWEST_RATED) -> Coefficient:
    """Compute Krippendorff's alpha for ordered values.

    Parameters
    ----------
    rated
        For each thing, the values that people gave to it, in any order. What only one person rated
        is left out.
    fewest
        How many things at least two people must have rated.

    References
    ----------
    Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section D.

    Examples
    --------
    >>> round(ordinal_alpha([(0, 0), (1, 2), (2, 2), (3, 3), (3, 2)]).value, 3)
    0.778
    >>> ordinal_alpha([(2, 3)]).reason
    'only 1 answer was marked by two people, and it takes 5'
    """
    units = Counter(tuple(sorted(values)) for values in rated if len(values) > 1)
    size = sum(units.values())
    if size < fewest:
        were = "answer was" if size == 1 else "answers were"
        return Coefficient(None, f"only {size} {were} marked by two people, and it takes {fewest}")
    times: Counter[int] = Counter()
    for values, count in units.items():
        for value in values:
            times[value] += count
    if len(times) < 2:
        return Coefficient(None, "all marks are the same")
    distance = _distances(times)
    seen = sum(
        (Fraction(count * 2 * _apart(values, distance), len(values) - 1)
         for values, count in units.items()),
        Fraction(0),
    )  # fmt: skip
    by_chance = sum(times[a] * times[b] * square for (a, b), square in distance.items())
    return Coefficient(1 - (sum(times.values()) - 1) * seen / by_chance)


def _distances(times: Counter[int]) -> dict[tuple[int, int], Fraction]:
    """Give the square of the distance of each pair of values."""
    order = sorted(times)
    found = {}
    for low, first in enumerate(order):
        for high in range(low, len(order)):
            second = order[high]
            between = sum(times[value] for value in order[low : high + 1])
            square = (between - Fraction(times[first] + times[second], 2)) ** 2
            found[first, second] = found[second, first] = square
    return found


def _apart(values: Sequence[int], distance: dict[tuple[int, int], Fraction]) -> Fraction:
    pairs = ((a, b) for n, a in enumerate(values) for b in values[n + 1 :])
    return sum((distance[pair] for pair in pairs), Fraction(0))
