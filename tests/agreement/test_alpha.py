"""Coefficients on characters: published examples, two other libraries, and the definitions."""

import json
from fractions import Fraction
from pathlib import Path

import krippendorff
import numpy as np
import pytest
from agreement_samples import (
    alpha_by_definition,
    alpha_of,
    as_numbers,
    f1_by_definition,
    label_sets,
    make_class,
    only_label,
    positive_of,
    random_class,
)
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask

from framingkit.agreement.alpha import EVERYBODY, NOBODY, NOTHING, TOO_FEW, totals
from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.heat import class_heat

PUBLISHED = json.loads(
    Path(__file__).with_name("published_agreement.json").read_text(encoding="utf-8")
)
SEEDS = range(100)


def spans_of_table(rows: list[list[int | None]]) -> ClassSpans:
    """Read a coders × units table: a unit is a character, a value a label, a gap is not read."""
    values = sorted({one for row in rows for one in row if one is not None})
    cells = [
        (coder, values.index(one), place, place + 1)
        for coder, row in enumerate(rows)
        for place, one in enumerate(row)
        if one is not None
    ]
    read = [(coder, start, end) for coder, _, start, end in cells]
    return make_class(cells, len(rows[0]), len(rows), len(values), read)


def same(found: float | None, wanted: float | Fraction | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - float(wanted)) <= 1e-12


@for_each({case["id"]: case for case in PUBLISHED["tables"]})
def test_alpha_of_many_values_is_the_published_one(case):
    found = alpha_of(class_heat(spans_of_table(case["rows"])))

    assert round(found.value, case["decimals"]) == case["alpha"]


@for_each({case["id"]: case for case in PUBLISHED["spans"]})
def test_coefficients_of_spans_are_the_published_ones(case):
    spans = make_class(case["rows"], case["length"], case["coders"], labels=2)

    found = alpha_of(class_heat(spans), 0)

    assert round(found.value, case["decimals"]) == case["alpha"]


@for_each(SEEDS, [True, False])
def test_alpha_of_each_label_equals_krippendorff(seed, complete):
    spans = random_class(seed, complete)
    table = label_sets(spans)

    for label in range(spans.labels):
        found = alpha_of(class_heat(spans), label)
        numbers = as_numbers(only_label(table, label), lambda one: bool(one))
        if found.value is None:  # krippendorff refuses or gives 1 where only one value is left
            assert alpha_by_definition(only_label(table, label)) is None
            continue
        wanted = krippendorff.alpha(numbers, level_of_measurement="nominal")
        assert same(found.value, wanted)


@pytest.mark.slow
@for_each(SEEDS, [True, False])
def test_all_coefficients_equal_their_definitions(seed, complete):
    spans = random_class(seed, complete)
    heat, table = class_heat(spans), label_sets(spans)

    assert alpha_of(heat).exact == alpha_by_definition(table)
    assert positive_of(heat).exact == f1_by_definition(table)
    for label in range(spans.labels):
        one = only_label(table, label)
        assert alpha_of(heat, label).exact == alpha_by_definition(one)
        assert positive_of(heat, label).exact == f1_by_definition(one)


@for_each(SEEDS)
def test_micro_alpha_equals_nltk_with_sets_of_labels(seed):
    spans = random_class(seed)
    triples = [
        (coder, place, one)
        for coder, row in enumerate(label_sets(spans))
        for place, one in enumerate(row)
    ]

    found = alpha_of(class_heat(spans)).value

    if found is None:
        assert {one for _, _, one in triples} == {frozenset()}
    else:
        assert same(found, AnnotationTask(triples, lambda a, b: float(len(a ^ b))).alpha())


@st.composite
def classes(draw) -> ClassSpans:
    coders, length, labels = draw(st.tuples(*[st.integers(1, top) for top in (5, 14, 3)]))
    stretch = st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda one: (one[0], min(length, one[0] + one[1]))
    )
    who, what = st.integers(0, coders - 1), st.integers(0, labels - 1)
    rows = draw(st.lists(st.tuples(who, what, stretch).map(lambda one: (*one[:2], *one[2]))))
    read = draw(st.none() | st.lists(st.tuples(who, stretch).map(lambda one: (one[0], *one[1]))))
    return make_class(rows, length, coders, labels, read)


@given(classes())
def test_any_class_has_the_alphas_and_f1_of_the_definitions(spans):
    heat, table = class_heat(spans), label_sets(spans)

    assert alpha_of(heat).exact == alpha_by_definition(table)
    assert positive_of(heat).exact == f1_by_definition(table)


@given(classes(), st.randoms(use_true_random=False))
def test_the_order_of_rows_and_of_coders_changes_nothing(spans, chance):
    rows = list(zip(*(one.tolist() for one in (spans.coder, spans.label, spans.start, spans.end)),
                    strict=True))  # fmt: skip
    numbers = list(range(spans.coders))
    chance.shuffle(numbers)
    chance.shuffle(rows)
    mixed = [(numbers[coder], *rest) for coder, *rest in rows]
    read = spans.read and [
        (numbers[coder], start, end)
        for coder, start, end in zip(
            *(one.tolist() for one in (spans.read.coder, spans.read.start, spans.read.end)),
            strict=True,
        )
    ]

    other = make_class(mixed, spans.length, spans.coders, spans.labels, read)

    assert totals(class_heat(other)) == totals(class_heat(spans))


@given(classes(), st.integers(2, 5))
def test_longer_characters_change_positive_agreement_in_nothing(spans, times):
    wide = ClassSpans(
        spans.coder, spans.label, spans.start * times, spans.end * times,
        spans.length * times, spans.coders, spans.labels,
    )  # fmt: skip
    complete = ClassSpans(
        spans.coder, spans.label, spans.start, spans.end, spans.length, spans.coders, spans.labels
    )

    found, wanted = (positive_of(class_heat(one)) for one in (wide, complete))

    assert found == wanted


def test_a_label_that_nobody_used_has_no_number_but_a_reason():
    heat = class_heat(make_class([(0, 0, 2, 5), (1, 0, 2, 5)], 20, 2, 2))

    assert (alpha_of(heat, 0).value, alpha_of(heat, 1).value) == (1.0, None)
    assert alpha_of(heat, 1).reason == positive_of(heat, 1).reason == NOBODY


def test_a_label_that_everybody_gave_everywhere_has_no_alpha_but_full_positive_agreement():
    heat = class_heat(make_class([(0, 0, 0, 20), (1, 0, 0, 20)], 20, 2, 1))

    assert alpha_of(heat, 0).reason == EVERYBODY
    assert positive_of(heat, 0).value == 1.0


@pytest.mark.parametrize(
    ("coders", "read"), [(1, None), (0, None), (2, [(0, 0, 9), (1, 9, 20)])],
    ids=["one person", "nobody", "two who read different halves"],
)  # fmt: skip
def test_without_two_readers_of_anything_there_is_no_agreement(coders, read):
    rows = [(0, 0, 2, 5)] if coders else []
    heat = class_heat(make_class(rows, 20, coders, 1, read))

    for found in (alpha_of(heat), positive_of(heat)):
        assert (found.value, found.reason) == (None, TOO_FEW)


def test_an_empty_class_says_that_nobody_tagged_anything():
    heat = class_heat(make_class([], 20, 5, 2))

    assert alpha_of(heat).reason == NOTHING
    assert positive_of(heat).reason == "Nobody tagged anything."


def test_two_who_share_nothing_agree_less_than_by_chance():
    heat = class_heat(make_class([(0, 0, 0, 10), (1, 0, 10, 20)], 20, 2, 1))

    assert alpha_of(heat, 0).value < 0
    assert positive_of(heat, 0).value == 0.0


def test_tags_on_unread_text_are_not_counted():
    read = [(0, 0, 20), (1, 0, 20), (2, 0, 10)]
    rows = [(0, 0, 2, 8), (1, 0, 4, 8)]
    heat = class_heat(make_class([*rows, (2, 0, 6, 15)], 20, 3, 1, read))

    clipped = class_heat(make_class([*rows, (2, 0, 6, 10)], 20, 3, 1, read))

    assert totals(heat) == totals(clipped)


@pytest.mark.parametrize("people", [10**5, 10**6, 4 * 10**9])
def test_sums_stay_exact_beyond_53_and_64_bits(people):
    """Above 46,340 coders the squares of counts leave 32 bits, above 3 thousand million 64."""
    rows = [(coder, 0, 0, 900) for coder in range(3)]
    heat = class_heat(make_class(rows, 1000, 3, 1))
    counts, readers = heat.counts * (people // 4), np.full_like(heat.readers, people)
    many = type(heat)(heat.cuts, counts, readers, people, heat.marked, heat.read)

    found = totals(many)

    count = 3 * (people // 4)
    assert found.tagged == (900 * count,)
    assert found.shared == (900 * count * (count - 1),)
    assert found.observed == (Fraction(900 * count * (people - count), people - 1),)
    assert alpha_of(many, 0).exact == 1 - (1000 * people - 1) * found.observed[0] / (
        900 * count * (1000 * people - 900 * count)
    )
