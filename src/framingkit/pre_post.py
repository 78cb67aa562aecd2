"""The test before the course and the one after it: how a class did in each, and who moved.

The tests are unvalidated: nobody has tried how well they measure. Their questions are parallel,
so that the first one of one test belongs to the first one of the other.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from framingkit.item_discrimination import PointCounts
from framingkit.items import Item


@dataclass(slots=True)
class PrePost:
    """Two tests of the same number of questions, learner by learner.

    ``first`` and ``last`` are about everybody who answered all of that test. Of ``both``
    learners, who answered all of both, ``up`` have more points the second time and ``down``
    fewer; ``points`` are their half points before and after.
    """

    before: Sequence[Item]
    after: Sequence[Item]
    first: PointCounts = field(default_factory=PointCounts)
    last: PointCounts = field(default_factory=PointCounts)
    both: int = 0
    up: int = 0
    down: int = 0
    points: list[int] = field(default_factory=lambda: [0, 0])
    _ids: tuple[list[str], list[str]] = field(init=False)

    def __post_init__(self) -> None:
        """Name the questions once."""
        self._ids = ([item.id for item in self.before], [item.id for item in self.after])

    def add(self, marks: Mapping[str, str]) -> None:
        """Add one learner, by the marks for each question.

        Examples
        --------
        >>> tests = PrePost([], [])
        >>> tests.add({"pre-hedge": "right"})
        >>> tests.both
        0
        """
        then = self.first.add(list(map(marks.get, self._ids[0])))
        now = self.last.add(list(map(marks.get, self._ids[1])))
        if then is not None and now is not None:
            self.both += 1
            self.up += now > then
            self.down += now < then
            self.points[0] += then
            self.points[1] += now

    @property
    def means(self) -> tuple[float, float] | None:
        """The mean points before and after of those who answered both tests."""
        before, after = self.points
        return (before / 2 / self.both, after / 2 / self.both) if self.both else None
