"""Whose is it? Sorts hand-ins that share a code name or a learner id by the people behind them.

What a platform says about who handed in is certain, and so is a hand-in that holds every act of
another one. Else two hand-ins belong to one person as long as they do not contradict each other,
that is, answer the same question differently without knowing of each other. Whoever cannot be told
apart with good reason stays apart, and the instructor reads about it.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.hand_ins.acts import Acts, Shown, Target, acts_of, holds, is_part, overlap
from framingkit.hand_ins.hand_in import CheckedHandIn
from framingkit.hand_ins.submitters import before_code_name, submitter_of
from framingkit.work import learner_from

_ID, _SHORTEST = 16, 4
_CROWD = 50  # people of one name: with more of them nothing is put together because it fits
_SHARED_FOLDER = 3  # contradicting hand-ins of one learner id that are no longer one learner's


@dataclass(slots=True, eq=False)
class Candidate:
    """One of several hand-ins that might be one person's.

    ``row`` is where it waits, ``file`` the name under which it was handed in. ``by_id`` has what it
    shows as sheets do that do not name their acts; ``traces`` are the ids and times in it, and
    ``tags`` the ids by place and code.
    """

    row: int
    file: str
    coder: str
    learner: str
    operations: int
    submitter: tuple[str, str]
    before: str
    acts: Acts
    first: str
    digest: bytes
    by_id: dict[Target, Shown]
    traces: frozenset[Any]
    tags: dict[Any, str]

    @classmethod
    def of(cls, row: int, file: str, hand_in: CheckedHandIn) -> "Candidate":
        """Find what a hand-in tells about its person; of its content only a digest is kept."""
        acts = acts_of(hand_in)
        small = {target: _digested(one) for target, one in acts.shown.items()}
        acts = Acts(acts.held, small, acts.exact, acts.of_learner)
        seal = json.dumps([hand_in.answers, list(hand_in.spans.values()), hand_in.acts])
        before = before_code_name(file, hand_in.coder)
        by_id = {target: Shown("", one.at if target[0] is None else "", one.content)
                 for target, one in small.items()}  # fmt: skip
        tags = {(version, span["start"], span["end"], span["label"]): span["id"]
                for version, spans in hand_in.spans.items() for span in spans}  # fmt: skip
        traces = frozenset((target, one.at) for target, one in by_id.items())
        return cls(
            row, file, hand_in.coder, hand_in.learner, hand_in.operations, submitter_of(file),
            before, acts, first_act(hand_in), hashlib.sha256(seal.encode()).digest(), by_id, traces,
            tags,
        )  # fmt: skip


def _digested(one: Shown) -> Shown:
    content = json.dumps(one.content, sort_keys=True).encode()
    return Shown(one.act, one.at, {"": hashlib.sha256(content).digest()[:8]})


def sorted_by_person(candidates: Iterable[Candidate]) -> list[list[Candidate]]:
    """Sort hand-ins by person: for each the hand-ins, those with most acts first.

    The result does not depend on the names of files that say nothing about a person, nor on the
    order of the hand-ins.
    """
    people: list[list[Candidate]] = []
    for one in sorted(candidates, key=lambda one: (-one.operations, one.digest, one.file)):
        owners = [person for person in people if _belongs(one, person)]
        # What lies in the hand-ins of several people is nobody's of them: a folder to begin with.
        sure = [person for person in owners if any(_is_same(one, other) for other in person)]
        if sure or len(owners) == 1:
            (sure or owners)[0].append(one)
        else:
            people.append([one])
    people = [part for person in people for part in _shared_folder(person)]
    return _fitting(people) if len(people) <= _CROWD else people


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether something certain makes two hand-ins one person's."""
    return bool(one.learner and one.learner == other.learner) or (
        one.submitter == other.submitter and one.submitter != ("", "") and one.coder == other.coder
    )


def _belongs(one: Candidate, person: list[Candidate]) -> bool:
    return any(_is_same(one, other) or covers(other, one) for other in person) and not any(
        _is_other(one, other) for other in person
    )


def _is_other(one: Candidate, other: Candidate) -> bool:
    """Tell whether two hand-ins cannot be one person's."""
    if one.submitter[0] and one.submitter[0] == other.submitter[0]:
        return one.submitter != other.submitter
    covered = covers(one, other) or covers(other, one)
    if one.before and other.before and one.before != other.before:
        empty = not (one.acts.held and other.acts.held)
        return empty or not covered
    if covered or (one.learner and one.learner == other.learner):
        return False
    return contradicts(one, other)


def covers(fuller: Candidate, other: Candidate) -> bool:
    """Tell whether one hand-in holds every act of another.

    Sheets that do not name their acts are compared by what they show: then the acts that the
    fuller one has more must be enough to come from the one to the other.
    """
    if fuller.acts.exact and other.acts.exact:
        return is_part(other.acts.held, fuller.acts.held)
    before, after = other.by_id, fuller.by_id
    if other.traces.isdisjoint(fuller.traces):
        return not before
    if any(target not in after or after[target].at < one.at
           for target, one in before.items() if target[0] is None):  # fmt: skip
        return False
    same = sum(after.get(target) == one for target, one in before.items())
    steps = len(before.keys() | after.keys()) - same
    return steps <= fuller.operations - other.operations


def contradicts(one: Candidate, other: Candidate) -> bool:
    """Tell whether two hand-ins answer an item differently, without knowing of each other.

    Of sheets that do not name their acts, two acts are enough, even if they say the same: hardly
    anybody answers a question or makes a tag twice, on two computers, in the same way.
    """
    exact = one.acts.exact and other.acts.exact
    if not exact and any(other.tags[tag] != one.tags[tag] for tag in one.tags.keys() & other.tags):
        return True
    for target, mine in one.acts.shown.items():
        theirs = other.acts.shown.get(target)
        if target[0] is not None or theirs is None:
            continue
        if exact:
            unknown = not holds(other.acts.held, mine.act) and not holds(one.acts.held, theirs.act)
            if unknown and mine.content != theirs.content:
                return True
        elif mine.content != theirs.content or (mine.at and theirs.at and mine.at != theirs.at):
            return True
    return False


def _shared_folder(person: list[Candidate]) -> list[list[Candidate]]:
    """Take hand-ins of one learner id apart if three contradict each other: it is shared."""
    if len(person) < _SHARED_FOLDER or person[0].submitter[0]:
        return [person]
    parts = _without_contradiction(person)
    return parts if len(parts) >= _SHARED_FOLDER else [person]


def _without_contradiction(person: list[Candidate]) -> list[list[Candidate]]:
    parts: list[list[Candidate]] = []
    for one in person:
        for part in parts:
            if not any(contradicts(one, other) for other in part):
                part.append(one)
                break
        else:
            parts.append([one])
    return parts


def _fitting(people: list[list[Candidate]]) -> list[list[Candidate]]:
    """Put people together whose hand-ins fit each other, and fit nobody else who does not."""
    fits = [[n for n, other in enumerate(people) if n != m and _fit(person, other)]
            for m, person in enumerate(people)]  # fmt: skip
    done, put = set[int](), []
    for number, person in enumerate(people):
        group = sorted([number, *fits[number]])
        if number in done:
            continue
        clear = all(sorted([n, *fits[n]]) == group for n in group)
        if clear and not _handed_out([people[n] for n in group]):
            done.update(group)
            put.append([one for n in group for one in people[n]])
        else:
            put.append(person)
    return put


def _fit(person: list[Candidate], other: list[Candidate]) -> bool:
    names = {one.coder for one in person} & {one.coder for one in other}
    return bool(names) and not any(
        _is_other(a, b) or _is_base(a, b) or (a.learner == b.learner != "" and contradicts(a, b))
        for a in person
        for b in other
    )


def _handed_out(people: list[list[Candidate]]) -> bool:
    """Tell whether several people went on from one folder: one learner does that once at most."""
    held = [one.acts.held for person in people for one in person]
    return len(people) >= _SHARED_FOLDER and any(
        overlap(one, other) for n, one in enumerate(held) for other in held[:n]
    )


def _is_base(one: Candidate, other: Candidate) -> bool:
    """Tell whether others went on from a hand-in: theirs it is not, or they would be together."""
    return bool(one.acts.held and other.acts.held) and (covers(one, other) or covers(other, one))


def person_ids(people: Sequence[Sequence[Candidate]]) -> list[str]:
    """Give each person an id of letters, which depends on nothing but what this person did.

    It is the learner id. Where there is none, it is made from the code name, and if several people
    have that, from the first act. If others have this as well, because their work began in the same
    folder, it is made from who handed in, and from the first act that is only this person's.
    """
    names = Counter(person[0].coder for person in people)
    ids = [_first_id(person, names[person[0].coder] == 1) for person in people]
    for mark in (_own_mark, _own_act):  # several people can be called alike by their files
        twice = {id for id, number in Counter(ids).items() if number > 1}
        for number, person in enumerate(people):
            if ids[number] in twice:
                others = [one for other in people if other is not person for one in other]
                ids[number] = learner_from("\n".join([ids[number], *mark(person, others)]))
    return ids


def _first_id(person: Sequence[Candidate], is_alone: bool) -> str:
    first = min(person, key=lambda one: (_first_time(one), one.learner))
    known = next(filter(None, [first.learner, *(one.learner for one in person)]), "")
    return known or learner_from(first.coder if is_alone else f"{first.coder}\n{first.first}")


def _first_time(one: Candidate) -> str:
    return min((shown.at for shown in one.acts.shown.values() if shown.at), default="~")


def _own_mark(person: Sequence[Candidate], others: list[Candidate]) -> list[str]:
    """Find what is only this person's: who handed in, or else the first act that no other holds."""
    if any(person[0].submitter):
        return list(person[0].submitter)
    if person[0].before:
        return [person[0].before]
    return _own_act(person, others)


def _own_act(person: Sequence[Candidate], others: list[Candidate]) -> list[str]:
    """Find the first act that no other holds; without one, there is only the file's name."""
    own = [
        (shown.at, shown.act)
        for one in person
        for shown in one.acts.shown.values()
        if not any(holds(other.acts.held, shown.act) for other in others)
    ]
    return list(min(own)) if own else [person[0].file]


def first_act(hand_in: CheckedHandIn) -> str:
    """Name the earliest answer, or one of the tags if there is no answer with a time."""
    times = [(answer["at"], item) for item, answer in hand_in.answers.items() if answer.get("at")]
    if times:
        return " ".join(min(times))
    return min((span["id"] for spans in hand_in.spans.values() for span in spans), default="")


def labels(coders: Sequence[str], ids: Sequence[str]) -> list[str]:
    """Name people in the class: by the code name, and by some letters of the id if several have it.

    Examples
    --------
    >>> labels(["sun", "sun", "moon"], ["kxbwqqqq", "kxbwzzzz", "ttttpppp"])
    ['sun.kxbwq', 'sun.kxbwz', 'moon']
    """
    made = []
    for coder, id in zip(coders, ids, strict=True):
        others = [other for name, other in zip(coders, ids, strict=True) if name == coder]
        length = next(
            (n for n in range(_SHORTEST, _ID) if sum(one[:n] == id[:n] for one in others) == 1), _ID
        )
        made.append(coder if len(others) == 1 else f"{coder}.{id[:length]}")
    return made
