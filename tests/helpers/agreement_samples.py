"""Small classes for the tests of agreement, and every coefficient again by its definition.

The definitions here loop over pairs of people and characters, so they are slow and plain.
"""

import random
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations, permutations

import numpy as np

from framingkit.agreement.alpha import krippendorff_alpha, positive_agreement, totals
from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.columns import ClassSpans, ReadRanges
from framingkit.agreement.heat import ClassHeat

Row = tuple[int, int, int, int]


def alpha_of(heat: ClassHeat, *labels: int) -> Coefficient:
    """Compute alpha of some labels together; without any, of all."""
    return krippendorff_alpha(totals(heat), labels or range(len(heat.counts)))


def positive_of(heat: ClassHeat, *labels: int) -> Coefficient:
    """Compute the positive agreement in the same way."""
    return positive_agreement(totals(heat), labels or range(len(heat.counts)))


def columns(rows: list[tuple[int, ...]], width: int) -> list[np.ndarray]:
    return list(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def make_class(
    rows: list[Row],
    length: int,
    coders: int,
    labels: int,
    read: list[tuple[int, int, int]] | None = None,
) -> ClassSpans:
    """Make a class from rows (coder, label, start, end) and rows (coder, start, end)."""
    ranges = None if read is None else ReadRanges(*columns(read, 3))
    return ClassSpans(*columns(rows, 4), length, coders, labels, ranges)


def random_class(seed: int, complete: bool = True, coders: int = 0) -> ClassSpans:
    """Make a class of 3 to 9 people with overlapping, touching and doubled tags."""
    chance = random.Random(seed)
    people, length, labels = coders or chance.randint(3, 9), chance.randint(8, 60), 3

    def stretch() -> tuple[int, int]:
        start = chance.randrange(length)
        return start, min(length, start + chance.randint(1, 9))

    rows = [
        (chance.randrange(people), chance.randrange(labels), *stretch())
        for _ in range(chance.randint(0, 5 * people))
    ]
    rows += chance.sample(rows, len(rows) // 4)
    read = [(chance.randrange(people), *stretch()) for _ in range(4 * people)]
    read += [(coder, 0, length) for coder in range(people) if chance.random() < 0.4]
    return make_class(rows, length, people, labels, None if complete else read)


def label_sets(spans: ClassSpans) -> list[list[frozenset[int] | None]]:
    """Give for each coder the labels of each character, or None where it was not read."""
    table = [[set() for _ in range(spans.length)] for _ in range(spans.coders)]
    rows = zip(spans.coder, spans.label, spans.start, spans.end, strict=True)
    for coder, label, start, end in rows:
        for place in range(start, end):
            table[coder][place].add(int(label))
    seen = was_read(spans)
    return [
        [frozenset(one) if seen[coder][place] else None for place, one in enumerate(row)]
        for coder, row in enumerate(table)
    ]


def was_read(spans: ClassSpans) -> np.ndarray:
    seen = np.full((spans.coders, spans.length), spans.read is None)
    if spans.read is not None:
        for coder, start, end in zip(
            spans.read.coder, spans.read.start, spans.read.end, strict=True
        ):
            seen[coder, start:end] = True
    return seen


def without(spans: ClassSpans, coder: int) -> ClassSpans:
    """Make the same class once more without one coder."""
    rows = zip(spans.coder, spans.label, spans.start, spans.end, strict=True)
    kept = [tuple(map(int, row)) for row in rows if row[0] != coder]
    read = None
    if spans.read is not None:
        ranges = zip(spans.read.coder, spans.read.start, spans.read.end, strict=True)
        read = [
            (int(one) - (one > coder), int(start), int(end))
            for one, start, end in ranges
            if one != coder
        ]
    moved = [(one - (one > coder), *rest) for one, *rest in kept]
    return make_class(moved, spans.length, spans.coders - 1, spans.labels, read)


def only_label(table: list[list], label: int) -> list[list]:
    """Keep for each character only whether it has the label."""
    return [[None if one is None else frozenset(one & {label}) for one in row] for row in table]


def alpha_by_definition(table: list[list]) -> Fraction | None:
    """Compute alpha of label sets from pairs of values; the distance is what only one has."""
    places = [[row[place] for row in table if row[place] is not None]
              for place in range(len(table[0]))] if table else []  # fmt: skip
    places = [values for values in places if len(values) > 1]
    values = [one for place in places for one in place]
    expected = sum(len(a ^ b) for a, b in permutations(values, 2))
    if not expected:
        return None
    observed = sum(
        Fraction(sum(len(a ^ b) for a, b in permutations(place, 2)), len(place) - 1)
        for place in places
    )
    return 1 - (observed / len(values)) / Fraction(expected, len(values) * (len(values) - 1))


def f1_by_definition(table: list[list], pairs: list[tuple[int, int]] | None = None):
    """Compute the F1 of pairs of coders, pooled, over what both have read."""
    shared = marks = 0
    for first, second in combinations(range(len(table)), 2) if pairs is None else pairs:
        for a, b in zip(table[first], table[second], strict=True):
            if a is not None and b is not None:
                shared += len(a & b)
                marks += len(a) + len(b)
    return Fraction(2 * shared, marks) if marks else None


def as_numbers(table: list[list], value: Callable[[frozenset[int]], float]) -> np.ndarray:
    """Make the coders × characters table of other libraries; nan is "not read"."""
    return np.array(
        [[np.nan if one is None else value(one) for one in row] for row in table], dtype=float
    )
