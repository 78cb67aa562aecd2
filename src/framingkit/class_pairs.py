"""Finds the same learners in several classes, by their code names, without keeping them all."""

import heapq
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter

from framingkit.classes import Class, Learner
from framingkit.errors import FramingkitError


def by_code_name(*classes: Class) -> Iterator[tuple[tuple[Learner, ...], ...]]:
    """Give, for each code name, the learners of each class who use it.

    Several learners of one class may share a name; then nobody can say who is who.

    Raises
    ------
    FramingkitError
        If a class file is damaged or its learners are not in order.
    """
    rows = heapq.merge(*(_named(one, place) for place, one in enumerate(classes)),
                       key=itemgetter(0))  # fmt: skip
    for _, group in groupby(rows, key=itemgetter(0)):
        found: list[list[Learner]] = [[] for _ in classes]
        for _, place, learner in group:
            found[place].append(learner)
        yield tuple(map(tuple, found))


def _named(learners: Class, place: int) -> Iterable[tuple[str, int, Learner]]:
    before = ""
    for learner in learners:
        name = learner.coder.partition(".")[0]
        if name < before:
            raise FramingkitError(
                f"“{learners.path.name}” is damaged: {name!r} comes after {before!r}, but code "
                "names have to be in order. Collect the class again."
            )
        before = name
        yield name, place, learner
