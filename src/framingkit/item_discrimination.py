"""A test of several questions: how a class did, and whether each question goes with the rest."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from framingkit.item_statistics import MARKS

FEWEST = 10
"""With fewer learners who answered the whole test no discrimination is given."""

HALF_POINTS = dict(zip(MARKS, (2, 1, 0), strict=True))


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How far a question goes with the other questions of its test, or why that is unknown.

    ``value`` is Pearson's correlation of the points for the question with the points for all
    others (the corrected item-total correlation): 1.0 if those who are good at the others are
    good at this one, 0.0 if there is no connection.
    """

    value: float | None
    reason: str = ""


@dataclass(slots=True)
class PointCounts:
    """The points of the learners who answered every question of one test.

    Many learners have the same points for the same questions, so these patterns are counted.

    Examples
    --------
    >>> test = PointCounts()
    >>> [test.add(marks) for marks in (["right", "right"], ["wrong", "partly"], ["right", None])]
    [4, 1, None]
    >>> test.learners, test.mean
    (2, 1.25)
    """

    patterns: Counter[tuple[int, ...]] = field(default_factory=Counter)

    def add(self, marks: Sequence[str | None]) -> int | None:
        """Add one learner; return the half points, or None if an answer is missing."""
        if not marks or not all(marks):
            return None
        points = tuple(map(HALF_POINTS.__getitem__, filter(None, marks)))
        self.patterns[points] += 1
        return sum(points)

    @property
    def learners(self) -> int:
        """Who answered every question."""
        return self.patterns.total()

    @property
    def mean(self) -> float | None:
        """The mean points of a learner; a right answer is one point, a partly right one a half."""
        total = sum(sum(points) * count for points, count in self.patterns.items())
        return total / 2 / self.learners if self.learners else None

    def discrimination(self, place: int) -> Discrimination:
        """Compute the corrected item-total correlation of one question.

        With x the points for the question and t the others': exact whole sums, then one division.
        """
        n, x, xx, t, tt, xt = self.learners, 0, 0, 0, 0, 0
        if n < FEWEST:
            return Discrimination(None, f"{n} learners are too few")
        for points, count in self.patterns.items():
            own = points[place]
            others = sum(points) - own
            x, xx = x + count * own, xx + count * own * own
            t, tt = t + count * others, tt + count * others * others
            xt += count * own * others
        if n * xx == x * x:
            return Discrimination(None, "everybody has the same points for it")
        if n * tt == t * t:
            return Discrimination(None, "everybody has the same points for the others")
        return Discrimination((n * xt - x * t) / math.sqrt((n * xx - x * x) * (n * tt - t * t)))
