"""Counts the answers of many learners at once: the same numbers as learner by learner, sooner.

An answer that learners have in common has a number (`hand_ins.AnswerBook`), so what it counts for
is worked out once. Learners wait in columns until there are enough of them to count together.
"""

from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from framingkit.hand_ins import AnswerBook, Answers, LearnerTags
from framingkit.reports.lessons import LessonTally
from framingkit.reports.questions import HALF_POINTS, TESTS, ItemTally, PointCounts, PrePost, Values
from framingkit.reports.sharper import Seen
from framingkit.reports.ticked import TickTally

_AT_ONCE = 2_000
_NONE = -1
_PLACES = ("", "now", *TESTS)

Table = npt.NDArray[np.bool]


class ManyAnswers:
    """Counts answers into an `ItemTally`, a `PrePost`, a `LessonTally` and a `TickTally`.

    What was added is in them after `settle`.
    """

    def __init__(
        self, items: ItemTally, tests: PrePost, lessons: LessonTally, ticked: TickTally
    ) -> None:
        self._items, self._tests, self._lessons, self._ticked = items, tests, lessons, ticked
        homes = dict.fromkeys(lessons.home_of(one.id) for one in items.items)
        self._names = [name for name in homes if name]
        everywhere = {lesson for n in lessons.texts for one in set(lessons.lessons_at(n))
                      for lesson in one}  # fmt: skip
        self._names += sorted(everywhere - {*self._names})
        self._slots = {item.id: n for n, item in enumerate((*tests.before, *tests.after))}
        self._values: list[tuple[Values, Any]] = []  # what answers count as
        self._kinds: dict[tuple[str, Any], int] = {}
        # of each: lesson, place in the tests, half points; which ticks, and what they show
        self._columns: list[tuple[int, ...]] = []
        self._words: dict[str, int] = {}
        self._book: object = None
        self._known: list[int] = []  # by the number in the book
        self._places = {number: self._table(number) for number in lessons.texts}
        self._clear()

    def _clear(self) -> None:
        self._learners = 0
        self._answers, self._sizes = array("i"), array("i")
        self._starts = {number: (array("i"), array("i")) for number in self._places}

    def _table(self, number: int) -> Table:
        """Tell for each character of a text which lessons a tag there belongs to."""
        rows = [[name in one for name in self._names] for one in self._lessons.lessons_at(number)]
        return np.array(rows, dtype=bool).reshape(-1, len(self._names))

    def add(self, responses: Mapping[str, dict[str, Any]], tags: Iterable[LearnerTags]) -> None:
        """Add one learner."""
        before, own = len(self._answers), responses
        if isinstance(responses, Answers):
            self._read(responses.book)
            self._answers.extend(map(self._known.__getitem__, responses.numbers))
            own = responses.own
        for item, response in own.items():
            self._answers.append(self._kind_of_words(item, response))
        self._sizes.append(len(self._answers) - before)
        for each in tags:
            if each.text in self._starts and each.start:
                learners, starts = self._starts[each.text]
                learners.extend([self._learners] * len(each.start))
                starts.extend(each.start)
        self._learners += 1
        if self._learners >= _AT_ONCE:
            self.settle()

    def _read(self, book: AnswerBook) -> None:
        """Work out what the newest answers of a book count as."""
        if self._book is not book:
            self._book, self._known = book, []
        if len(self._known) < len(book.answers):
            new = book.answers[len(self._known) :]
            self._known += [self._kind(item, response) for item, response in new]

    def _kind_of_words(self, item: str, response: dict[str, Any]) -> int:
        """Give words the number of earlier words: `ItemTally` does not look at them either."""
        text = response.get("text") if len(response) == 1 else None
        known = self._words.get(item) if type(text) is str and text.strip() else None
        if known is None:
            known = self._kind(item, response)
            if known >= 0 and not self._values[known][0].item.options:
                self._words[item] = known
        return known

    def _kind(self, item: str, response: dict[str, Any]) -> int:
        """Give a number to what an answer counts as; `_NONE` if it counts as nothing."""
        value = self._items.value_of(item, response)
        if value is None:
            return _NONE
        values, key = value
        known = self._kinds.setdefault((item, key), len(self._values))
        if known == len(self._values):
            home, slot = self._lessons.home_of(item), self._slots.get(item, _NONE)
            lesson = self._names.index(home) if home else _NONE
            points = HALF_POINTS.get(values.marks[key], _NONE)
            self._values.append(value)
            place, seen = self._ticked.seen_in(item, response) or ("", Seen())
            shown = (seen.hits, seen.clear, seen.alarms, seen.plain)
            self._columns.append((lesson, slot, points, _PLACES.index(place), *shown))
        return known

    def settle(self) -> None:
        """Count everybody who waits."""
        if not self._learners:
            return
        answers = np.frombuffer(self._answers, dtype=np.int32)
        rows = np.repeat(np.arange(self._learners), np.frombuffer(self._sizes, dtype=np.int32))
        counts = answers >= 0
        answers, rows = answers[counts], rows[counts]
        often = np.bincount(answers, minlength=len(self._values)).tolist()
        for (values, key), count in zip(self._values, often, strict=True):
            values.counts[key] += count
        columns = np.array(self._columns, dtype=np.int64).reshape(-1, 8)[answers].T
        self._count_lessons(rows, columns[0])
        self._count_tests(rows, columns[1], columns[2])
        self._count_ticks(rows, columns[3], columns[4:])
        del answers, rows, counts
        self._clear()

    def _count_lessons(self, rows: npt.NDArray[Any], lessons: npt.NDArray[Any]) -> None:
        done = np.zeros((self._learners, len(self._names)), dtype=bool)
        done[rows[lessons >= 0], lessons[lessons >= 0]] = True
        for number, places in self._places.items():
            learners, starts = (np.frombuffer(one, dtype=np.int32) for one in self._starts[number])
            for lesson in range(len(self._names)):
                done[learners[places[starts, lesson]], lesson] = True
        for name, count in zip(self._names, done.sum(axis=0).tolist(), strict=True):
            self._lessons.learners[name] += count
        self._lessons.anything += int(done.any(axis=1).sum())

    def _count_tests(
        self, rows: npt.NDArray[Any], slots: npt.NDArray[Any], points: npt.NDArray[Any]
    ) -> None:
        tests, here = self._tests, (slots >= 0) & (points >= 0)
        table = np.full((self._learners, len(self._slots)), _NONE, dtype=np.int8)
        table[rows[here], slots[here]] = points[here]
        first, last = table[:, : len(tests.before)], table[:, len(tests.before) :]
        then, now = _whole(first, tests.first), _whole(last, tests.last)
        both = (then >= 0) & (now >= 0)
        pairs, often = np.unique(np.stack([then[both], now[both]]), axis=1, return_counts=True)
        for pair, count in zip(pairs.T.tolist(), often.tolist(), strict=True):
            tests.add_pair(pair[0], pair[1], count)

    def _count_ticks(
        self, rows: npt.NDArray[Any], places: npt.NDArray[Any], shown: npt.NDArray[Any]
    ) -> None:
        sums, did = [], []
        for place in range(1, len(_PLACES)):
            here = places == place
            did.append(np.bincount(rows[here], minlength=self._learners) > 0)
            sums += [np.bincount(rows[here], one[here], self._learners) for one in shown]
        both = did[1] & did[2]
        table = np.column_stack([*sums, both]).astype(np.int64)
        table[~both, 4:] = 0
        kinds, often = np.unique(table, axis=0, return_counts=True)
        for row, learners in zip(kinds.tolist(), often.tolist(), strict=True):
            tests = (Seen(*row[4:8]), Seen(*row[8:12])) if row[12] else None
            self._ticked.add_seen(Seen(*row[:4]), tests, learners)


def _whole(points: npt.NDArray[np.int8], counts: PointCounts) -> npt.NDArray[Any]:
    """Count those who answered a whole test; give everybody's half points, or `_NONE`."""
    if not points.shape[1]:
        return np.full(len(points), _NONE)
    whole = (points >= 0).all(axis=1)
    patterns, often = np.unique(points[whole], axis=0, return_counts=True)
    for pattern, count in zip(map(tuple, patterns.tolist()), often.tolist(), strict=True):
        counts.patterns[pattern] += count
    return np.where(whole, points.sum(axis=1), _NONE)
