"""What a class answered: counts for each question and each option, learner by learner."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framingkit.errors import FramingkitError
from framingkit.grading import score_item
from framingkit.items import RESPONSE_KEYS, Item, check_response

MARKS = ("right", "partly", "wrong")
TESTS = ("pre-test", "post-test")
CLOSED = ("choice", "several", "order")

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


def closed(results: Sequence[ItemResult]) -> list[ItemResult]:
    """Keep the questions with options."""
    return [one for one in results if one.item.kind in CLOSED]


def hardest(results: Sequence[ItemResult], fewest: int) -> list[ItemResult]:
    """Order the course's questions, but for the tests, by their share of right answers.

    Questions with less than `fewest` answers are left out.
    """
    enough = [one for one in closed(results) if one.answered >= fewest]
    scored = [one for one in enough if one.difficulty is not None and one.item.lesson not in TESTS]
    return sorted(scored, key=lambda one: (one.difficulty, one.item.id))


@dataclass(slots=True)
class ItemTally:
    """Counts the answers to some questions; blank and unreadable answers count as none.

    Every learner answers with one of a few values. So values are counted, and each is looked at
    only once.
    """

    items: Sequence[Item]
    _of: dict[str, "_Values"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare a count for each question."""
        self._of = {item.id: _Values(item, RESPONSE_KEYS[item.kind]) for item in self.items}

    def add(self, responses: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
        """Count the answers of one learner.

        Returns
        -------
        dict
            By question "right", "partly" or "wrong"; empty if there is no right answer.

        Examples
        --------
        >>> from framingkit.item_bank import Option
        >>> options = (Option("a", "chess", True, "Yes."), Option("b", "carpet", False, "No."))
        >>> game = Item("game", "03-commentary", "choice", "Which?", 1, "apply", options)
        >>> tally = ItemTally([game])
        >>> tally.add({"game": {"choice": "b"}}), tally.results()[0].options
        ({'game': 'wrong'}, (0, 1))
        """
        found = {}
        for name, response in responses.items():
            values = self._of.get(name)
            if values is None:
                continue
            key = response.get(values.name)
            if type(key) is list:
                key = tuple(key) if set(map(type, key)) == _TEXTS else None
            # With a second key beside it, the response has to be checked as a whole.
            if type(key) not in _KEYS or key not in values.marks or len(response) > 1:
                key = values.checked(response, key)
            if key is not None:
                values.counts[key] += 1
                found[name] = values.marks[key]
        return found

    def results(self) -> tuple[ItemResult, ...]:
        """Return the counts of the questions that anybody answered."""
        return tuple(one.result() for one in self._of.values() if one.counts)


@dataclass(slots=True)
class _Values:
    """The values that one question was answered with: how often, and the mark for each."""

    item: Item
    name: str
    counts: Counter[Any] = field(default_factory=Counter)
    marks: dict[Any, str] = field(default_factory=dict)

    def checked(self, response: Mapping[str, Any], key: Any) -> Any:
        """Return an answer as something to count, with its mark worked out; None if blank."""
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
