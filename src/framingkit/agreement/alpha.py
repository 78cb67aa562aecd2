"""How far a class agrees about a text, in the field's coefficients.

Units are the characters of the text; the values are "has the label" and "has not" (nominal).
Everything is counted in whole numbers, and each coefficient is one exact share of them.

Where not everybody has read everything, a character is compared among its readers only, and
characters with fewer than two readers are left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.heat import ClassHeat
from framingkit.agreement.tracks import IntArray

TOO_FEW = "Agreement needs a text that at least two people have read."
NOBODY = "Nobody used this label."
EVERYBODY = "Everybody gave this label to every character, so nothing is left to tell apart."
NOTHING = "Nobody tagged anything, or everybody tagged everything."


@dataclass(frozen=True, slots=True)
class Totals:
    """What all coefficients are made of; the tuples have one number for each label.

    Sums run over the characters p that at least two coders have read, with m(p) readers of
    whom c(p) gave the label.

    Parameters
    ----------
    values
        Krippendorff's n: the sum of m.
    tagged
        The sum of c.
    observed
        Krippendorff's observed disagreement, not yet divided by n: the sum of c (m - c) / (m - 1).
    shared
        The sum of c (c - 1): for each mark, the other coders who made it too.
    chances
        The sum of c (m - 1): for each mark, the other coders who could have made it.
    """

    values: int
    tagged: tuple[int, ...]
    observed: tuple[Fraction, ...]
    shared: tuple[int, ...]
    chances: tuple[int, ...]

    def expected(self, label: int) -> int:
        """Return Krippendorff's expected disagreement times n (n - 1): tagged times untagged."""
        return self.tagged[label] * (self.values - self.tagged[label])


def totals(heat: ClassHeat) -> Totals:
    """Sum up a class in exact whole numbers and shares of them.

    Examples
    --------
    >>> from framingkit.agreement.columns import ClassSpans
    >>> from framingkit.agreement.heat import class_heat
    >>> start = np.array([13, 13, 17])
    >>> totals(class_heat(ClassSpans(np.arange(3), start * 0, start, start * 0 + 23, 30, 3, 1)))
    Totals(values=90, tagged=(26,), observed=(Fraction(4, 1),), shared=(44,), chances=(52,))
    """
    labels = len(heat.counts)
    values, tagged, shared, chances = 0, [0] * labels, [0] * labels, [0] * labels
    observed = [Fraction(0)] * labels
    for people in sorted({int(count) for count in heat.readers if count >= 2}):
        here = heat.readers == people
        widths = _wide(heat.widths[here], people)
        counts = heat.counts[:, here].astype(widths.dtype)
        values += people * int(widths.sum())
        for label, (marks, twice) in enumerate(
            zip(counts @ widths, counts**2 @ widths, strict=True)
        ):
            tagged[label] += int(marks)
            shared[label] += int(twice) - int(marks)
            chances[label] += (people - 1) * int(marks)
            observed[label] += Fraction(people * int(marks) - int(twice), people - 1)
    return Totals(values, tuple(tagged), tuple(observed), tuple(shared), tuple(chances))


def _wide(widths: IntArray, people: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """Go over to Python's unlimited whole numbers where 64 bits might not hold the sums."""
    return widths.astype(object) if people**2 * int(widths.sum()) >= 2**63 else widths


def krippendorff_alpha(sums: Totals, labels: Iterable[int]) -> Coefficient:
    """Compute Krippendorff's nominal alpha on characters, for one label or for several together.

    alpha = 1 - (n - 1) observed / (tagged (n - tagged)), in the words of `Totals`: 1.0 for
    perfect agreement, 0.0 for what chance would give, below for less. After Krippendorff 2011,
    "Computing Krippendorff's Alpha-Reliability", nominal data with missing values.

    For several labels, the observed and the expected disagreements are summed before they are
    divided. This is the alpha of *sets* of labels whose distance is the number of labels that
    only one of them has, so overlapping tags need no convention. If each coder gives each
    character exactly one label, it is the usual nominal alpha of many values.

    Returns
    -------
    Coefficient
        Absent if nobody used these labels, or everybody gave them to every character.

    Examples
    --------
    Two people tag 4 of 10 characters each; they share 2 of them.

    >>> sums = Totals(values=20, tagged=(8,), observed=(Fraction(4),), shared=(4,), chances=(8,))
    >>> round(krippendorff_alpha(sums, [0]).value, 3)
    0.208
    """
    chosen = list(labels)
    expected = sum(sums.expected(label) for label in chosen)
    if not sums.values:
        return Coefficient(None, TOO_FEW)
    if not expected and len(chosen) != 1:
        return Coefficient(None, NOTHING)
    if not expected:
        return Coefficient(None, EVERYBODY if sums.tagged[chosen[0]] else NOBODY)
    observed = sum((sums.observed[label] for label in chosen), Fraction(0))
    return Coefficient(1 - (sums.values - 1) * observed / expected)


def positive_agreement(sums: Totals, labels: Iterable[int]) -> Coefficient:
    """Compute the positive agreement on characters, for one label or for several together.

    shared / chances, in the words of `Totals`: of the characters that somebody tagged, the
    share that somebody else tagged too. It is the F1 of all pairs of coders, pooled; for two
    coders the specific agreement of Cicchetti and Feinstein 1990 and the usual F1.

    Returns
    -------
    Coefficient
        From 0.0 to 1.0; absent if nobody used these labels.

    Examples
    --------
    One label of which a half is shared, and another that only one person used, on 4 characters.

    >>> sums = Totals(20, (8, 4), (Fraction(4), Fraction(4)), shared=(4, 0), chances=(8, 4))
    >>> positive_agreement(sums, [0]).exact, positive_agreement(sums, [0, 1]).exact
    (Fraction(1, 2), Fraction(1, 3))
    """
    chosen = list(labels)
    chances = sum(sums.chances[label] for label in chosen)
    if not sums.values:
        return Coefficient(None, TOO_FEW)
    if not chances:
        return Coefficient(None, NOBODY if len(chosen) == 1 else "Nobody tagged anything.")
    return Coefficient(Fraction(sum(sums.shared[label] for label in chosen), chances))
