"""Coefficients on whole spans."""

from fractions import Fraction
from itertools import permutations

from agreement_samples import make_class, random_class, was_read
from for_each import for_each

from framingkit.agreement.alpha import TOO_FEW
from framingkit.agreement.exact_spans import exact_span_f1


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


def test_two_tags_that_touch_are_two_units():
    mine = [(0, 0, 2, 5), (0, 0, 5, 9)]

    assert exact_span_f1(make_class([*mine, (1, 0, 2, 9)], 20, 2, 1)).value == 0.0
    assert exact_span_f1(make_class([*mine, (1, 0, 2, 5)], 20, 2, 1)).exact == Fraction(2, 3)
