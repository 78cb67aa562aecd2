"""Tells whether several hand-ins under one code name are one learner's or several people's.

The kit gives every tag a random id, and every answer its time. So two hand-ins of one learner
share some of these, or one holds nothing that the other does not. Otherwise two people use the
same code name, and their work is kept apart.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MOST_PEOPLE = 20
"""People with one code name that are kept apart; more are no class but an attack."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hand-in under a code name.

    ``place`` is where it waits, ``texts`` names what it tags, ``traces`` has a line for each id
    and time, ``content`` is its tags and responses as JSON.
    """

    place: int
    file: str
    texts: str
    traces: str
    content: str


@dataclass(slots=True)
class Person:
    """One learner: the hand-in that counts with its content, and the traces of all."""

    chosen: Candidate
    content: dict[str, Any]
    traces: set[str]
    first_file: str
    hand_ins: int = 1


def persons(candidates: Iterable[Candidate]) -> tuple[list[Person], list[str]]:
    """Sort the hand-ins under one code name by learner.

    Parameters
    ----------
    candidates
        Those with most acts first: for each learner, the first one counts.

    Returns
    -------
    tuple of list of Person and list of str
        The learners, and the files that were refused because too many people use the name.
    """
    found: list[Person] = []
    refused = []
    for one in candidates:
        traces = set(one.traces.split("\n")) - {""}
        content = json.loads(one.content)
        person = next((known for known in found if _same(known, content, traces)), None)
        if person is not None:
            person.traces |= traces
            person.first_file = min(person.first_file, one.file)
            person.hand_ins += 1
        elif len(found) < MOST_PEOPLE:
            found.append(Person(one, content, traces, one.file))
        else:
            refused.append(one.file)
    return sorted(found, key=lambda person: person.first_file), refused


def _same(person: Person, content: dict[str, Any], traces: set[str]) -> bool:
    """Tell whether a hand-in with no more acts is this learner's as well."""
    return not person.traces.isdisjoint(traces) or covers(person.content, content)


def covers(fuller: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether one hand-in holds every tag and every answer of another.

    Examples
    --------
    >>> answered = {"tags": [], "responses": {"airport-verdict": {"choice": "b"}}}
    >>> covers(answered, {"tags": [], "responses": {}})
    True
    """
    rows = set(_rows(fuller))
    return rows.issuperset(_rows(other)) and all(
        fuller["responses"].get(item) == response for item, response in other["responses"].items()
    )


def _rows(content: dict[str, Any]) -> Iterator[tuple[int, int, int, str]]:
    for one in content["tags"]:
        for start, end, label in zip(one["start"], one["end"], one["label"], strict=True):
            yield one["text"], start, end, label
