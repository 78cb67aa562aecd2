"""Scores closed questions by the item bank, and tags by the reference reading.

Scores are always worked out from the answers. A question without a right answer, and an entry
that is debatable, never counts against anybody.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.annotations import Reference, ReferenceSpan
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.item_bank import Item
from framingkit.items import RESPONSE_KEYS, check_response
from framingkit.pairing import accepted_label, pair, same_label
from framingkit.spans import Span

POINTS = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
CLOSED = ("choice", "several", "order")


def score_item(item: Item, response: Mapping[str, Any] | None) -> str:
    """Tell whether an answer is "right", "partly" right or "wrong"; empty if it is not scored.

    Of several options, an answer is partly right if more of its options fit than do not. An
    order is partly right if at least half of its neighbours stand in order. A blank answer, or
    one that is not of the shape its question needs, is not scored.

    Examples
    --------
    >>> from framingkit.item_bank import Option
    >>> options = (Option("a", "chess", True, "Yes."), Option("b", "carpet", False, "No."))
    >>> item = Item("game", "03-commentary", "choice", "Which?", 1, "apply", options)
    >>> score_item(item, {"choice": "a"}), score_item(item, {"choice": "b"}), score_item(item, {})
    ('right', 'wrong', '')
    """
    if not item.scored or item.kind not in CLOSED or response is None:
        return ""
    try:
        check_response(item, response)
    except FramingkitError:
        return ""
    value = response.get(RESPONSE_KEYS[item.kind])
    if not value:
        return ""
    if item.kind == "choice":
        return "right" if item.option(value).correct else "wrong"
    return _several(item, set(value)) if item.kind == "several" else _order(item, value)


def _several(item: Item, chosen: set[str]) -> str:
    correct = {option.id for option in item.options if option.correct}
    if chosen == correct:
        return "right"
    return "partly" if len(chosen & correct) > len(chosen - correct) else "wrong"


def _order(item: Item, order: Sequence[str]) -> str:
    place = {option.id: number for number, option in enumerate(item.options)}
    if len(order) < len(place):
        return "wrong"
    right = sum(place[one] < place[two] for one, two in itertools.pairwise(order))
    if right == len(place) - 1:
        return "right"
    return "partly" if 2 * right >= len(place) - 1 else "wrong"


@dataclass(frozen=True, slots=True)
class SpanScore:
    """What was counted in the sections that a learner tagged, as in a feedback comparison."""

    sections: int = 0
    tagged: int = 0
    matched: int = 0
    clear: int = 0
    clear_found: int = 0

    @property
    def over_tags(self) -> int:
        """Tags without any counterpart in the reference reading."""
        return self.tagged - self.matched

    @property
    def precision(self) -> float | None:
        """The share of the tags that match; None without a tag."""
        return self.matched / self.tagged if self.tagged else None

    @property
    def recall(self) -> float | None:
        """The share of the clear entries that were found; None if there is none."""
        return self.clear_found / self.clear if self.clear else None


@dataclass(frozen=True, slots=True)
class SpanTask:
    """One section to tag, made ready once for a whole class."""

    section: str
    start: int
    end: int
    offered: frozenset[str]
    entries: tuple[ReferenceSpan, ...]
    clear: frozenset[int]

    def counts(self, tags: Sequence[Span]) -> tuple[int, int, int, int]:
        """Count tags, matched tags, clear entries and clear entries that were found."""
        own = _paired(tags, self.entries)
        rest = [tag for place, tag in enumerate(tags) if place not in own]
        accepted = pair(rest, self.entries, accepted_label) if rest else {}
        met = {*own.values(), *accepted.values()}
        found = len(self.clear & met)
        return len(tags), len(own) + len(accepted), len(self.clear), found


def _paired(tags: Sequence[Span], entries: Sequence[ReferenceSpan]) -> dict[int, int]:
    """Pair tags with entries of the same label: label by label, because no others can meet."""
    theirs = _by_label(entry.span.label for entry in entries)
    found: dict[int, int] = {}
    for label, mine in _by_label(tag.label for tag in tags).items():
        places = theirs.get(label, [])
        pairs = pair([tags[one] for one in mine], [entries[one] for one in places], same_label)
        found |= {mine[one]: places[other] for one, other in pairs.items()}
    return found


def _by_label(labels: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        found[label].append(place)
    return found


def span_tasks(
    document: Document, reference: Reference, codes: Mapping[str, Collection[str]]
) -> tuple[SpanTask, ...]:
    """Make the sections of a text ready to be scored.

    Parameters
    ----------
    document, reference
        The text and the reading to compare with.
    codes
        For each section, the ids of the codes on offer there.
    """
    made = []
    for section in document.sections:
        if section.kind == "text":
            offered = frozenset(codes[section.id])
            entries = tuple(
                entry
                for entry in reference.within(section.id)
                if offered & {entry.span.label, *entry.accepts}
            )
            clear = frozenset(
                place
                for place, entry in enumerate(entries)
                if entry.status == "clear" and entry.span.label in offered
            )
            made.append(SpanTask(section.id, section.start, section.end, offered, entries, clear))
    return tuple(made)


def score_spans(tasks: Sequence[SpanTask], spans: Sequence[Span]) -> SpanScore:
    """Score a learner's tags on one text, in the sections that have any."""
    sections, sums = 0, [0, 0, 0, 0]
    for task in tasks:
        tags = [
            span
            for span in spans
            if task.start <= span.start < task.end and span.label in task.offered
        ]
        if tags:
            sections += 1
            sums = [so_far + more for so_far, more in zip(sums, task.counts(tags), strict=True)]
    return SpanScore(sections, *sums)
