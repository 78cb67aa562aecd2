"""Who is who in two classes: the same person before and after, and nobody else.

A code name alone does not tell: two people may choose the same one, and one person may change it.
"""

import heapq
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from framingkit.hand_ins.file import ClassFile
from framingkit.hand_ins.learners import Learner

Group = tuple[tuple[Learner, ...], ...]


def same_people(*classes: ClassFile) -> Iterator[Group]:
    """Give each person of several classes: the learners of each class who are this person.

    Who has the same person's id in all classes is matched by it, whatever the code names are; two
    ids are two people. Others are matched by a code name that is used once in each class. Where
    nobody can tell who is who, all who share a code name are given together.

    Raises
    ------
    FramingkitError
        If a class file is damaged.
    """
    if len(classes) == 1:
        yield from (((learner,),) for learner in classes[0])
        return
    everywhere = _in_all(classes)
    waiting: dict[str, list[tuple[Learner, ...]]] = {}
    named = (_named(class_file, number) for number, class_file in enumerate(classes))
    for _, group in groupby(heapq.merge(*named, key=itemgetter(0)), key=itemgetter(0)):
        others: list[list[Learner]] = [[] for _ in classes]
        met = Counter[int]()
        for _, number, learner in group:
            met[number] += 1
            if learner.person in everywhere:
                parts = waiting.setdefault(learner.person, [() for _ in classes])
                parts[number] = (learner,)
                if all(parts):
                    yield tuple(waiting.pop(learner.person))
            else:
                others[number].append(learner)
        yield from _by_code_name(others, max(met.values()) == 1)


def _in_all(classes: tuple[ClassFile, ...]) -> frozenset[str]:
    """Find the ids that every class has once; an id that comes twice tells nobody apart."""
    counts = [Counter(learner.person for learner in class_file) for class_file in classes]
    once = [{person for person, count in each.items() if person and count == 1} for each in counts]
    return frozenset(set.intersection(*once))


def _by_code_name(others: list[list[Learner]], once: bool) -> Iterator[Group]:
    """Match those of one code name whom no id has matched."""
    everybody = [(number, learner) for number, part in enumerate(others) for learner in part]
    if all(learner.person for _, learner in everybody) or (not once and max(map(len, others)) == 1):
        for number, learner in everybody:
            yield tuple((learner,) if place == number else () for place in range(len(others)))
    else:
        yield tuple(map(tuple, others))


def _named(class_file: ClassFile, number: int) -> Iterator[tuple[str, int, Learner]]:
    for learner in class_file:
        yield learner.code_name, number, learner
