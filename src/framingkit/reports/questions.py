"""What a class answered: counts for each question and option, and how the two tests went.

The tests are unvalidated: nobody has checked how well they measure. Their questions are parallel:
the first of one test belongs to the first of the other, and so on.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.feedback import RESPONSE_KEYS, check_response, score_item

MARKS = ("right", "partly", "wrong")
TESTS = ("pre-test", "post-test")

_ANY = ("any answer",)
_TEXTS, _KEYS = {str}, (str, tuple)


@dataclass(frozen=True, slots=True)
class ItemResult:
    """The answers to one question.

    ``marks`` counts the answers that were right, partly right and wrong; all are 0 if the
    question has no right answer. ``options`` counts who chose each option; of an order, nobody.
    """

    item: Item
    answered: int
    marks: tuple[int, int, int]
    options: tuple[int, ...]

    @property
    def difficulty(self) -> float | None:
        """The share of right answers, which tests call difficulty: 1.0 for an easy question."""
        return self.marks[0] / sum(self.marks) if any(self.marks) else None


def hardest(results: Sequence[ItemResult], fewest: int) -> list[ItemResult]:
    """Order the questions of the course, but not of the tests, by their share of right answers.

    Questions with fewer than `fewest` answers are left out.
    """
    scored = [
        result
        for result in results
        if result.item.is_closed
        and result.answered >= fewest
        and result.difficulty is not None
        and result.item.lesson not in TESTS
    ]
    return sorted(scored, key=lambda result: (result.difficulty, result.item.id))


@dataclass(slots=True)
class ItemTally:
    """Counts the answers to some questions; blank and unreadable answers count as none.

    Most learners answer with one of a few values. So values are counted, and each is checked only
    once.
    """

    items: Sequence[Item]
    _of: dict[str, "Values"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare a count for each question."""
        self._of = {item.id: Values(item, RESPONSE_KEYS[item.kind]) for item in self.items}

    def add(self, responses: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Count the answers of one learner.

        Returns
        -------
        dict
            By question "right", "partly" or "wrong"; empty if there is no right answer.

        Examples
        --------
        >>> from framingkit.course import Option
        >>> options = (Option("a", "chess", True, "Yes."), Option("b", "carpet", False, "No."))
        >>> game = Item("game", "03-commentary", "choice", "Which?", 1, "apply", options)
        >>> tally = ItemTally([game])
        >>> tally.add({"game": {"choice": "b"}}), tally.results()[0].options
        ({'game': 'wrong'}, (0, 1))
        """
        marks = {}
        for name, response in responses.items():
            if (value := self.value_of(name, response)) is not None:
                values, key = value
                values.counts[key] += 1
                marks[name] = values.marks[key]
        return marks

    def value_of(self, name: str, response: Mapping[str, Any]) -> "tuple[Values, Any] | None":
        """Find what an answer is counted as; None if it does not count."""
        values = self._of.get(name)
        if values is None:
            return None
        key = response.get(values.name)
        if type(key) is list:
            key = tuple(key) if set(map(type, key)) == _TEXTS else None
        # With a second key beside it, the response has to be checked as a whole.
        if type(key) not in _KEYS or key not in values.marks or len(response) > 1:
            key = values.checked(response, key)
        return None if key is None else (values, key)

    @property
    def counts(self) -> dict[str, tuple[Counter[Any], dict[Any, str]]]:
        """What was counted, to be added to the counts of another part of the class."""
        return {name: (one.counts, one.marks) for name, one in self._of.items() if one.counts}

    def add_counts(self, counts: Mapping[str, tuple[Counter[Any], dict[Any, str]]]) -> None:
        """Add the counts of another part of the class."""
        for name, (often, marks) in counts.items():
            self._of[name].counts.update(often)
            self._of[name].marks.update(marks)

    def results(self) -> tuple[ItemResult, ...]:
        """Return the counts of the questions that anybody answered."""
        return tuple(values.result() for values in self._of.values() if values.counts)


@dataclass(slots=True)
class Values:
    """The values that one question was answered with: how often, and the mark for each."""

    item: Item
    name: str
    counts: Counter[Any] = field(default_factory=Counter)
    marks: dict[Any, str] = field(default_factory=dict)

    def checked(self, response: Mapping[str, Any], key: Any) -> Any:
        """Return an answer as a value to count, and work out its mark; None if it is blank."""
        if type(key) is str and not key.strip():
            return None
        if len(response) > 1 or type(key) is not str or self.item.options or not self.marks:
            try:
                check_response(self.item, response)
            except FramingkitError:
                return None
            if response.get(self.name) in (None, []):
                return None
        key = key if self.item.options else _ANY
        if key not in self.marks:
            self.marks[key] = score_item(self.item, response)
        return key

    def result(self) -> ItemResult:
        """Sum up what the question was answered with."""
        marks: Counter[str] = Counter()
        chosen: Counter[str] = Counter()
        for key, count in self.counts.items():
            marks[self.marks[key]] += count
            if self.item.kind in ("choice", "several"):
                for option in key if isinstance(key, tuple) else (key,):
                    chosen[option] += count
        right, partly, wrong = (marks[name] for name in MARKS)
        options = tuple(chosen[option.id] for option in self.item.options)
        return ItemResult(self.item, self.counts.total(), (right, partly, wrong), options)


FEWEST_IN_TEST = 10
"""With fewer learners who answered the whole test no discrimination is given."""

HALF_POINTS = dict(zip(MARKS, (2, 1, 0), strict=True))


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How well a question fits the other questions of its test, or why that is unknown.

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
    >>> test.learners
    2
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

    def discrimination(self, number: int) -> Discrimination:
        """Compute the corrected item-total correlation of one question.

        With x the points for the question and t the others': exact whole sums, then one division.
        """
        n, x, xx, t, tt, xt = self.learners, 0, 0, 0, 0, 0
        if n < FEWEST_IN_TEST:
            return Discrimination(None, f"{n} learners are too few")
        for points, count in self.patterns.items():
            own = points[number]
            others = sum(points) - own
            x, xx = x + count * own, xx + count * own * own
            t, tt = t + count * others, tt + count * others * others
            xt += count * own * others
        if n * xx == x * x:
            return Discrimination(None, "everybody has the same points for it")
        if n * tt == t * t:
            return Discrimination(None, "everybody has the same points for the others")
        return Discrimination((n * xt - x * t) / math.sqrt((n * xx - x * x) * (n * tt - t * t)))


@dataclass(slots=True)
class PrePost:
    """Two tests of the same number of questions, learner by learner.

    ``first`` and ``last`` are about everybody who answered all of that test. Of ``both``
    learners, who answered all of both, ``up`` have more points the second time and ``down``
    fewer; ``points`` are their half points before and after, and ``pairs`` counts learners by both.
    """

    before: Sequence[Item]
    after: Sequence[Item]
    first: PointCounts = field(default_factory=PointCounts)
    last: PointCounts = field(default_factory=PointCounts)
    both: int = 0
    up: int = 0
    down: int = 0
    points: list[int] = field(default_factory=lambda: [0, 0])
    pairs: Counter[tuple[int, int]] = field(default_factory=Counter)

    def add(self, marks: Mapping[str, str]) -> None:
        """Add one learner, by the marks for each question.

        Examples
        --------
        >>> tests = PrePost([], [])
        >>> tests.add({"pre-omission": "right"})
        >>> tests.both
        0
        """
        then = self.first.add([marks.get(item.id) for item in self.before])
        now = self.last.add([marks.get(item.id) for item in self.after])
        if then is not None and now is not None:
            self.add_pair(then, now)

    def add_pair(self, then: int, now: int, learners: int = 1) -> None:
        """Count learners by their half points in both tests."""
        self.both += learners
        self.up += learners * (now > then)
        self.down += learners * (now < then)
        self.points[0] += learners * then
        self.points[1] += learners * now
        self.pairs[then, now] += learners

    @property
    def counts(self) -> tuple[Counter[Any], Counter[Any], Counter[Any]]:
        """What was counted, to be added to the counts of another part of the class."""
        return self.first.patterns, self.last.patterns, self.pairs

    def add_counts(self, counts: tuple[Counter[Any], Counter[Any], Counter[Any]]) -> None:
        """Add the counts of another part of the class."""
        first, last, pairs = counts
        self.first.patterns.update(first)
        self.last.patterns.update(last)
        for (then, now), learners in pairs.items():
            self.add_pair(then, now, learners)

    @property
    def means(self) -> tuple[float, float] | None:
        """The mean points before and after of those who answered both tests."""
        before, after = self.points
        return (before / 2 / self.both, after / 2 / self.both) if self.both else None
