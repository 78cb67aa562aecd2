"""Leaving out one coder, and each coder beside the class, against doing it one by one."""

import math

import numpy as np
import pytest
from agreement_samples import (
    alpha_of,
    f1_by_definition,
    label_sets,
    make_class,
    only_label,
    random_class,
    without,
)
from for_each import for_each

from framingkit.agreement.alpha import totals
from framingkit.agreement.columns import ClassSpans, ReadRanges
from framingkit.agreement.heat import class_heat
from framingkit.agreement.intervals import CoderAgreement, agreement_by_coder

SEEDS = range(40)


def by_coder(spans: ClassSpans) -> CoderAgreement:
    heat = class_heat(spans)
    return agreement_by_coder(heat, totals(heat))


def same(found: float | None, wanted: object) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - float(wanted)) <= 1e-12


@for_each(SEEDS, [True, False])
def test_alpha_without_a_coder_is_the_alpha_of_the_class_without_them(seed, complete):
    spans = random_class(seed, complete)

    found = by_coder(spans)

    for coder in range(spans.coders):
        rest = class_heat(without(spans, coder))
        assert same(found.alpha_without_micro.of(coder), alpha_of(rest).value)
        for label in range(spans.labels):
            wanted = alpha_of(rest, label).value
            assert same(found.alpha_without[label].of(coder), wanted)


@for_each(SEEDS, [True, False])
def test_a_coder_beside_the_class_has_the_f1_of_all_pairs_with_them(seed, complete):
    spans = random_class(seed, complete)
    table = label_sets(spans)

    found = by_coder(spans)

    for coder in range(spans.coders):
        pairs = [(coder, other) for other in range(spans.coders) if other != coder]
        assert same(found.with_class_micro.of(coder), f1_by_definition(table, pairs))
        for label in range(spans.labels):
            wanted = f1_by_definition(only_label(table, label), pairs)
            assert same(found.with_class[label].of(coder), wanted)


@for_each(range(10))
def test_reading_everything_is_the_same_as_not_saying_what_was_read(seed):
    spans = random_class(seed, coders=9)
    everybody = np.arange(9)
    read = ReadRanges(everybody, everybody * 0, everybody * 0 + spans.length)
    told = ClassSpans(
        spans.coder, spans.label, spans.start, spans.end, spans.length, 9, spans.labels, read
    )

    one, two = (by_coder(each) for each in (spans, told))

    np.testing.assert_allclose(
        one.alpha_without_micro.values, two.alpha_without_micro.values, rtol=0, atol=1e-12
    )
    assert math.isclose(one.interval_micro.low, two.interval_micro.low, abs_tol=1e-12)


def test_it_makes_no_difference_how_it_is_known_that_all_have_read_the_same_part():
    """Where all have read the same, a shorter way is gone; one more reader takes it away."""
    rows = [(coder, coder % 2, 2 + coder, 9 + coder) for coder in range(9)]
    part = [(coder, 1, 15) for coder in range(9)]

    alike = by_coder(make_class(rows, 30, 9, 2, part))
    not_alike = by_coder(make_class(rows, 30, 10, 2, [*part, (9, 20, 30)]))

    for one, two in ((alike.with_class_micro, not_alike.with_class_micro),
                     (alike.alpha_without_micro, not_alike.alpha_without_micro)):  # fmt: skip
        np.testing.assert_allclose(one.values, two.values[:9], rtol=0, atol=1e-12)
    assert alike.alpha_without_micro.defined.all()


def test_the_interval_is_the_jackknife_over_people():
    spans = random_class(5, coders=9)

    found = by_coder(spans).interval_micro

    alphas = [alpha_of(class_heat(without(spans, coder))).value for coder in range(9)]
    mean = sum(alphas) / 9
    spread = math.sqrt(8 / 9 * sum((one - mean) ** 2 for one in alphas))
    whole = alpha_of(class_heat(spans)).value
    assert found.coders == 9
    # 2.306 is the 97.5 % quantile of Student's t for 8 degrees of freedom in printed tables.
    assert found.high - whole == pytest.approx(2.306 * spread, rel=1e-4)
    assert whole - found.low == pytest.approx(2.306 * spread, rel=1e-4)


def test_a_small_class_gets_no_interval_and_is_told_why():
    found = by_coder(random_class(5, coders=7)).interval_micro

    assert (found.low, found.high) == (None, None)
    assert found.reason == "An interval needs at least 8 people, and this class has 7."


def test_a_label_that_only_one_person_used_gets_no_interval():
    rows = [(0, 0, 2, 5), *((coder, 1, 3, 9) for coder in range(8)), (3, 1, 12, 14)]

    found = by_coder(make_class(rows, 20, 8, 3))

    assert "Without one of the people" in found.intervals[0].reason
    assert found.intervals[1].low < found.intervals[1].high <= 1.0
    assert found.intervals[2].reason == "Nobody used this label."


def test_people_who_have_read_nothing_do_not_count_for_the_interval():
    rows = [(coder, 0, coder, coder + 6) for coder in range(7)]
    read = [(coder, 0, 20) for coder in range(7)]

    found = by_coder(make_class(rows, 20, 30, 1, read))

    assert found.interval_micro.coders == 7
    assert found.interval_micro.reason.endswith("this class has 7.")
    assert found.with_class_micro.of(29) is None


@pytest.mark.parametrize("coders", [0, 1, 2])
def test_very_small_classes_have_no_alpha_without_a_coder(coders):
    rows = [(coder, 0, 2, 5) for coder in range(coders)]

    found = by_coder(make_class(rows, 20, coders, 1))

    assert not found.alpha_without_micro.defined.any()
    assert np.isfinite(found.alpha_without_micro.values).all()
    assert found.interval_micro.low is None


def test_people_who_have_read_nothing_leave_the_interval_as_it_is():
    rows = [(coder, 0, coder, coder + 6) for coder in range(9)]
    read = [(coder, 0, 20) for coder in range(9)]

    few, many = (
        by_coder(make_class(rows, 20, coders, 1, read)).interval_micro for coders in (9, 14)
    )

    assert few.low == pytest.approx(many.low, abs=1e-12)
    assert few.coders == many.coders == 9
