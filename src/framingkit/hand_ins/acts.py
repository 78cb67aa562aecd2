"""Which acts a hand-in holds, and what they add up to: the base of putting hand-ins together.

A sheet names the acts behind it as ranges of numbers for each author. So it is known of a tag that
is not in a sheet whether its learner took it away, or never had it. A sheet without these ranges
only shows what it shows; there the id of a tag, and the item and time of an answer, stand for acts.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from framingkit.hand_ins.hand_in import CheckedHandIn
from framingkit.work import TextVersion

Ranges = dict[str, list[tuple[int, int]]]
"""For each author the first and the last of the acts that follow each other, in order."""

Target = tuple[TextVersion | None, str]
"""What an act is about: a tag on a text, by its id, or an item."""


def joined(parts: Iterable[Mapping[str, Iterable[tuple[int, int]]]]) -> Ranges:
    """Put ranges together.

    Examples
    --------
    >>> joined([{"tab-a": [(1, 3)]}, {"tab-a": [(4, 5), (9, 9)], "tab-b": [(2, 2)]}])
    {'tab-a': [(1, 5), (9, 9)], 'tab-b': [(2, 2)]}
    """
    found: dict[str, list[tuple[int, int]]] = {}
    for part in parts:
        for client, ranges in part.items():
            found.setdefault(client, []).extend((first, last) for first, last in ranges)
    return {client: _merged(sorted(ranges)) for client, ranges in found.items()}


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged = ranges[:1]
    for first, last in ranges[1:]:
        before, end = merged[-1]
        if first <= end + 1:
            merged[-1] = before, max(end, last)
        else:
            merged.append((first, last))
    return merged


def holds(ranges: Ranges, act: str) -> bool:
    """Tell whether an act is among those of some ranges."""
    client, _, number = act.rpartition("-")
    return client in ranges and _within(ranges[client], int(number), int(number))


def is_part(part: Ranges, whole: Ranges) -> bool:
    """Tell whether all acts of some ranges are in others.

    Examples
    --------
    >>> is_part({"tab-a": [(2, 3)]}, {"tab-a": [(1, 5)], "tab-b": [(1, 1)]})
    True
    """
    return all(
        client in whole and all(_within(whole[client], *one) for one in ranges)
        for client, ranges in part.items()
    )


def _within(ranges: list[tuple[int, int]], first: int, last: int) -> bool:
    place = bisect_right(ranges, (first, 1 << 60)) - 1
    return place >= 0 and ranges[place][0] <= first and last <= ranges[place][1]


def overlap(one: Ranges, other: Ranges) -> bool:
    """Tell whether there is an act in both.

    Examples
    --------
    >>> overlap({"tab-a": [(1, 3)]}, {"tab-a": [(3, 5)]})
    True
    """
    return any(_meet(one[client], other[client]) for client in one.keys() & other.keys())


def _meet(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    """Tell whether ranges in order have a number in common; a stranger may have named many."""
    few, many = sorted((some, others), key=len)
    for first, last in few:
        place = bisect_right(many, (last, 1 << 60)) - 1
        if place >= 0 and many[place][1] >= first:
            return True
    return False


def count(ranges: Ranges) -> int:
    """Count the acts of some ranges."""
    return sum(last - first + 1 for pairs in ranges.values() for first, last in pairs)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a sheet shows of one tag or answer: the act behind it, its time, and its content."""

    act: str
    at: str
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """The acts of one hand-in: all that it holds, and what is left to be shown of them.

    ``exact`` is False for a sheet that does not name its acts. ``of_learner`` has the same ranges
    by the learner id under which the acts were recorded.
    """

    held: Ranges
    shown: dict[Target, Shown]
    exact: bool
    of_learner: dict[str, Ranges] = field(default_factory=dict)

    def authors(self) -> dict[Target, str]:
        """Give for each tag and answer the learner id under which it was recorded, if known."""
        named: dict[str, list[tuple[int, int, str]]] = {}
        for id, held in self.of_learner.items():
            for client, ranges in held.items():
                named.setdefault(client, []).extend((*one, id) for one in ranges)
        for ranges_of_all in named.values():
            ranges_of_all.sort()
        return {target: _author(one.act, named) for target, one in self.shown.items()}


def _author(act: str, named: Mapping[str, list[tuple[int, int, str]]]) -> str:
    client, _, number = act.rpartition("-")
    ranges, seq = named.get(client, []), int(number)
    place = bisect_right(ranges, (seq, 1 << 60, "")) - 1
    return ranges[place][2] if place >= 0 and seq <= ranges[place][1] else ""


def without(part: Acts, elsewhere: Mapping[str, Ranges]) -> Acts:
    """Leave out what another hand-in of these learners holds; that these acts were, stays known."""
    if not elsewhere:
        return part
    authors = part.authors()
    shown = {target: one for target, one in part.shown.items()
             if not holds(elsewhere.get(authors[target], {}), one.act)}  # fmt: skip
    kept = {id: held for id, held in part.of_learner.items() if id not in elsewhere}
    for id in part.of_learner.keys() & elsewhere:
        kept[id] = joined(_single(one.act) for target, one in shown.items()
                          if authors[target] == id)  # fmt: skip
    return Acts(part.held, shown, part.exact, kept)


def acts_of(hand_in: CheckedHandIn, exact: bool = True) -> Acts:
    """Find the acts of a hand-in; without `exact`, as if it did not name them."""
    exact = exact and bool(hand_in.acts)
    shown: dict[Target, Shown] = {
        (version, span["id"]): Shown(_act(span, exact, span["id"]), span.get("at", ""), _tag(span))
        for version, spans in hand_in.spans.items()
        for span in spans
    }
    for item, answer in hand_in.answers.items():
        at = answer.get("at", "")
        act = _act(answer, exact, f"{item} {at}")
        shown[None, item] = Shown(act, at, answer["response"])
    visible: Ranges = joined(_single(one.act) for one in shown.values())
    if not exact:
        return Acts(visible, shown, exact=False)
    of_learner = {id: joined([ranges]) for id, ranges in hand_in.acts.items()}
    return Acts(joined([*of_learner.values(), visible]), shown, True, of_learner)


def _act(data: Mapping[str, Any], exact: bool, words: str) -> str:
    return str(data["act"]) if exact and "act" in data else f"{words}-1"


def _tag(span: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in span.items() if name not in ("act", "at")}


def _single(act: str) -> dict[str, list[tuple[int, int]]]:
    client, _, number = act.rpartition("-")
    return {client: [(int(number), int(number))]}


@dataclass(frozen=True, slots=True)
class Together:
    """What several hand-ins of one learner add up to.

    ``differing`` has, for each tag and item to which they gave different last answers, the places
    of these hand-ins; the one whose answer counts is the first.
    """

    shown: dict[Target, Shown]
    differing: dict[Target, list[int]]


def put_together(parts: list[Acts]) -> Together:
    """Put hand-ins together act by act, as the log of one learner would have done.

    What one sheet shows does not count if another one knows of this act and shows something else,
    or nothing, in its place. Of answers that did not know of each other the later one counts.
    """
    shown: dict[Target, Shown] = {}
    differing = {}
    places: dict[Target, list[tuple[Shown, int]]] = {}
    knowing: dict[str, list[Acts]] = {}
    for n, part in enumerate(parts):
        for target, one in part.shown.items():
            places.setdefault(target, []).append((one, n))
        for client in part.held:
            knowing.setdefault(client, []).append(part)
    for target, found in places.items():
        found.sort(key=lambda one: (one[0].at, one[0].act), reverse=True)
        acts = {one.act for one, _ in found}
        past = {act for act in acts if _superseded(act, target, _knowing(act, knowing))}
        last = [one for one in found if one[0].act not in past]
        if not last and any(_is_gone(act, target, _knowing(act, knowing)) for act in acts):
            continue
        first = (last or found)[0]
        shown[target] = first[0]
        others = [n for one, n in last if one.content != first[0].content]
        if others:
            differing[target] = [first[1], *others]
    return Together(shown, differing)


def _knowing(act: str, knowing: Mapping[str, list[Acts]]) -> list[Acts]:
    """Find the hand-ins that know of an act's author."""
    return knowing.get(act.rpartition("-")[0], [])


def _is_gone(act: str, target: Target, parts: list[Acts]) -> bool:
    """Tell whether one of the hand-ins knew what others show, and took it away."""
    return any(target not in part.shown and holds(part.held, act) for part in parts)


def _superseded(act: str, target: Target, parts: list[Acts]) -> bool:
    return any(
        (target not in part.shown or part.shown[target].act != act) and holds(part.held, act)
        for part in parts
    )
