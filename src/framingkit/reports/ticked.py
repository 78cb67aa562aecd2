"""Hits and false alarms from questions which sentences have a device.

Each option of such a question is a sentence: it has a device, has words that only look like one,
or is plain. Ticking a device is a hit; ticking another sentence is a false alarm. Three counts are
kept apart: what a learner ticked in workbooks, in the pre-test and the post-test, and in questions
of workbooks that they answered again by a later hand-in. Practice sentences are a fourth: there a
hit is a tag on the device with its code, a false alarm any tag in another sentence, and only the
first answer to a sentence counts. Counts of parts of a class can be added.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.feedback import PracticeCount, check_response
from framingkit.reports.questions import TESTS
from framingkit.reports.sharper import FEWEST_PLAIN, Seen, Sharpness, sharpness
from framingkit.work import first_answers

_NEEDS = f"answers on {FEWEST_PLAIN} sentences without a device or more"
_PRACTICE_NEEDS = f"first answers on {FEWEST_PLAIN} practice sentences without a device or more"
_NOBODY_AGAIN = "nobody has given another answer since."

Responses = Mapping[str, Mapping[str, Any]]
Pairs = Counter[tuple[Seen, Seen]]
_Row = tuple[int, int, int, int]
Counts = tuple[Counter[Seen], Pairs, Pairs, int, Counter[Seen]]
Change = tuple[Sharpness, Sharpness, Sharpness]
"""Before, after, and the difference."""


@dataclass(slots=True)
class TickTally:
    """Counts what learners ticked, by how many learners did the same.

    ``now`` is from workbooks and lessons, ``tests`` from the pre-test and the post-test, and
    ``again`` from questions that the same learner had answered in an earlier hand-in.
    ``changed`` learners gave another answer to one of these; ``practice`` is from practice
    sentences.

    Examples
    --------
    >>> from framingkit.course import Option
    >>> options = (Option("a", "Ice grew between them.", True, "No ice.", signal="device"),
    ...            Option("b", "Ice lay on the quay.", False, "Real ice.", signal="near_miss"))
    >>> tally = TickTally([Item("ice", "exercises-00", "several", "Which?", 1, "apply", options)])
    >>> tally.add({"ice": {"choices": ["a", "b"]}})
    >>> tally.now
    Counter({Seen(hits=1, clear=1, alarms=1, plain=1): 1})
    """

    items: Sequence[Item]
    now: Counter[Seen] = field(default_factory=Counter)
    tests: Pairs = field(default_factory=Counter)
    again: Pairs = field(default_factory=Counter)
    changed: int = 0
    practice: Counter[Seen] = field(default_factory=Counter)
    _of: dict[str, dict[str, Item]] = field(default_factory=dict)
    _known: dict[str, dict[tuple[str, ...], _Row | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the questions that have signals under "now" or their test."""
        for item in self.items:
            if item.has_signals:
                place = item.lesson if item.lesson in TESTS else "now"
                self._of.setdefault(place, {})[item.id] = item
                self._known[item.id] = {}

    @property
    def counts(self) -> Counts:
        """What was counted, to be added to the counts of another part of the class."""
        return self.now, self.tests, self.again, self.changed, self.practice

    def add_counts(self, counts: Counts) -> None:
        """Add the counts of another part of the class."""
        now, tests, again, changed, practice = counts
        self.now.update(now)
        self.tests.update(tests)
        self.again.update(again)
        self.changed += changed
        self.practice.update(practice)

    def add(self, responses: Responses) -> None:
        """Count what one learner ticked."""
        seen = _sum(self._answers("now", responses).values())
        if seen.plain:
            self.now[seen] += 1
        self._add_tests(responses)

    def seen_in(self, id: str, response: Mapping[str, Any]) -> tuple[str, Seen] | None:
        """Say what one answer shows, and whether it is from "now" or from which test."""
        for place in self._of:
            if row := self._answers(place, {id: response}).values():
                return place, _sum(row)
        return None

    def add_seen(self, now: Seen, tests: tuple[Seen, Seen] | None, learners: int) -> None:
        """Count learners of whom it is known what they ticked."""
        if now.plain:
            self.now[now] += learners
        if tests:
            self.tests[tests] += learners

    def add_practice(self, responses: Responses) -> None:
        """Count what one learner tagged in practice sentences, each the first time."""
        count = first_answers(responses)
        if count != PracticeCount():
            self.practice[Seen(count.hits, count.devices, count.alarms, count.others)] += 1

    def add_pair(self, then: Responses, now: Responses) -> None:
        """Count what one learner had ticked before; `add` has counted the later hand-in."""
        first, last = self._answers("now", then), self._answers("now", now)
        both = first.keys() & last.keys()
        if both:
            self.again[_sum(first[id] for id in both), _sum(last[id] for id in both)] += 1
            self.changed += any({*then[id]["choices"]} != {*now[id]["choices"]} for id in both)
        # The earlier file may hold the pre-test, and the later one, of another computer, does not.
        if not all(self._answers(test, now) for test in TESTS):
            self._add_tests({**then, **now})

    def _add_tests(self, responses: Responses) -> None:
        then, now = (self._answers(test, responses) for test in TESTS)
        if then and now:
            self.tests[_sum(then.values()), _sum(now.values())] += 1

    def _answers(self, place: str, responses: Responses) -> dict[str, _Row]:
        """Give what was ticked in each question of one place; an answer of another shape is none.

        Most learners answer with one of a few values, so each value is checked only once.
        """
        items, found = self._of.get(place, {}), {}
        for id in items.keys() & responses.keys():
            ticks = responses[id].get("choices")
            if type(ticks) is not list or not ticks:
                continue
            try:
                row = self._known[id][tuple(ticks)]
            except (KeyError, TypeError):
                row = self._remember(items[id], ticks)
            if row:
                found[id] = row
        return found

    def _remember(self, item: Item, ticks: Sequence[Any]) -> _Row | None:
        if not {str}.issuperset(map(type, ticks)):
            return None
        self._known[item.id][tuple(ticks)] = row = _row_of(item, ticks)
        return row

    @property
    def snapshot(self) -> Sharpness:
        """The class now, from workbooks and lessons."""
        return _snapshot(self.now, _NEEDS)

    @property
    def practice_snapshot(self) -> Sharpness:
        """The class now, from practice sentences."""
        return _snapshot(self.practice, _PRACTICE_NEEDS)

    @property
    def test_change(self) -> Change:
        """Those who took both tests: before, after, and the difference."""
        return _change(self.tests)

    @property
    def again_change(self) -> Change:
        """Those who had answered before: then, now, and the difference."""
        if not self.changed:
            none = Sharpness(self.again.total(), reason=_NOBODY_AGAIN)
            return none, none, none
        return _change(self.again)


def _snapshot(now: Counter[Seen], needs: str) -> Sharpness:
    enough = {seen: count for seen, count in now.items() if seen.is_enough}
    rows = [seen.measures for seen in enough]
    out = now.total() - sum(enough.values())
    return sharpness(rows, out, needs, tuple(enough.values()))


def _change(pairs: Pairs) -> Change:
    both = {pair: count for pair, count in pairs.items() if all(one.is_enough for one in pair)}
    out, times = pairs.total() - sum(both.values()), tuple(both.values())
    then, now = ([pair[time].measures for pair in both] for time in (0, 1))
    differences = [
        [new - old for old, new in zip(*rows, strict=True)]
        for rows in zip(then, now, strict=True)
    ]  # fmt: skip
    before, after, change = (
        sharpness(rows, out, f"{_NEEDS} at both times", times) for rows in (then, now, differences)
    )
    return before, after, change


def _row_of(item: Item, ticks: Sequence[str]) -> _Row | None:
    try:
        chosen = check_response(item, {"choices": ticks})
    except FramingkitError:
        return None
    devices = sum(option.correct for option in item.options)
    hits = sum(option.correct for option in chosen)
    return hits, devices, len(chosen) - hits, len(item.options) - devices


def _sum(rows: Iterable[_Row]) -> Seen:
    columns = [*zip(*rows, strict=True)]
    return Seen(*map(sum, columns)) if columns else Seen()
