"""Coefficients on whole spans."""

from fractions import Fraction
from itertools import permutations

import pytest
from agreement_samples import make_class, random_class, was_read
from for_each import for_each

from framingkit.agreement.alpha import TOO_FEW, krippendorff_alpha_micro, totals
from framingkit.agreement.exact_spans import (
    OVERLAPPING,
    UNREAD,
    exact_span_f1,
    unitizing_alpha,
    unitizing_alpha_binary,
)
from framingkit.agreement.heat import class_heat


def exact_by_definition(spans):
    """Count, over all ordered pairs of coders, the spans of one that the other has as well."""
    seen = was_read(spans)
    rows = zip(spans.coder, spans.label, spans.start, spans.end, strict=True)
    sets = [set() for _ in range(spans.coders)]
    for coder, label, start, end in rows:
        if seen[coder, start]:
            sets[coder].add((int(label), int(start), int(end)))
    shared = marks = 0
    for first, second in permutations(range(spans.coders), 2):
        both = {one for one in sets[first] if seen[second, one[1]]}
        shared += len(both & sets[second])
        marks += len(both)
    return Fraction(shared, marks) if marks else None


@for_each(range(40), [True, False])
def test_exact_span_f1_is_the_share_of_all_pairs(seed, complete):
    spans = random_class(seed, complete)

    assert exact_span_f1(spans).exact == exact_by_definition(spans)


def test_the_same_tag_twice_counts_once():
    once = make_class([(0, 0, 2, 5), (1, 0, 2, 5), (1, 0, 8, 9)], 20, 2, 1)
    twice = make_class([(0, 0, 2, 5), (0, 0, 2, 5), (1, 0, 2, 5), (1, 0, 8, 9)], 20, 2, 1)

    assert exact_span_f1(once) == exact_span_f1(twice)
    assert exact_span_f1(once).exact == Fraction(2, 3)


def test_without_tags_or_without_a_second_person_there_is_no_exact_agreement():
    assert exact_span_f1(make_class([], 20, 2, 1)).reason == "Nobody tagged anything."
    assert exact_span_f1(make_class([(0, 0, 2, 5)], 20, 1, 1)).reason == TOO_FEW


def test_unitizing_alpha_of_a_class_is_close_to_alpha_on_characters_with_gaps_as_a_label():
    places = [(coder, 20 + coder % 3, 28 + coder % 5) for coder in range(40)]
    tags = [(coder, 0, start, end) for coder, start, end in places]
    gaps = [(coder, 1, 0, start) for coder, start, _ in places]
    gaps += [(coder, 1, end, 100) for coder, _, end in places]

    characters = krippendorff_alpha_micro(totals(class_heat(make_class(tags + gaps, 100, 40, 2))))

    found = unitizing_alpha(make_class(tags, 100, 40, 1))
    assert found.value == pytest.approx(characters.value, abs=1e-3)


def test_unitizing_alpha_has_no_answer_to_overlaps_and_unread_text():
    overlap = make_class([(0, 0, 2, 9), (0, 1, 5, 12), (1, 0, 2, 9)], 20, 2, 2)
    unread = make_class([(0, 0, 2, 9)], 20, 2, 1, [(0, 0, 20), (1, 0, 10)])

    for measure in (unitizing_alpha, unitizing_alpha_binary):
        assert measure(overlap).reason == OVERLAPPING
        assert measure(unread).reason == UNREAD


def test_unitizing_alpha_is_undefined_if_nobody_tagged_anything():
    assert unitizing_alpha(make_class([], 20, 3, 1)).value is None
    assert unitizing_alpha_binary(make_class([], 20, 3, 1)).value is None


def test_two_tags_that_touch_are_two_units():
    parted = make_class([(0, 0, 2, 5), (0, 0, 5, 9), (1, 0, 2, 8)], 20, 2, 1)
    joined = make_class([(0, 0, 2, 9), (1, 0, 2, 8)], 20, 2, 1)

    assert krippendorff_alpha_micro(totals(class_heat(parted))) == krippendorff_alpha_micro(
        totals(class_heat(joined))
    )
    assert unitizing_alpha(parted).value is not None
    assert unitizing_alpha(parted) != unitizing_alpha(joined)
