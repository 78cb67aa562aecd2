"""The picture of a class: counts per character, and where it is split."""

import numpy as np
from agreement_samples import label_sets, make_class, random_class, was_read
from for_each import for_each

from framingkit.agreement.heat import ClassHeat, class_heat, contested_passages
from framingkit.agreement.tracks import tracks


def dense(heat: ClassHeat) -> np.ndarray:
    """Spell the counts out for every single character; shape (labels, characters)."""
    return np.repeat(heat.counts, heat.widths, axis=1)


@for_each(range(40), [True, False])
def test_the_counts_are_those_of_counting_every_character(seed, complete):
    spans = random_class(seed, complete)
    table = label_sets(spans)

    heat = class_heat(spans)

    wanted = [
        [sum(label in (row[place] or ()) for row in table) for place in range(spans.length)]
        for label in range(spans.labels)
    ]
    assert dense(heat).tolist() == wanted
    assert np.repeat(heat.readers, heat.widths).tolist() == was_read(spans).sum(axis=0).tolist()
    assert heat.length == spans.length


def test_stretches_change_only_where_a_tag_starts_or_ends():
    heat = class_heat(make_class([(0, 0, 13, 23), (1, 0, 17, 23)], 100, 2, 1))

    assert heat.cuts.tolist() == [0, 13, 17, 23, 100]
    assert heat.counts.tolist() == [[0, 1, 2, 0]]


def test_overlapping_tags_of_one_coder_and_label_count_once():
    heat = class_heat(make_class([(0, 0, 2, 9), (0, 0, 4, 6), (0, 0, 8, 12)], 20, 1, 1))

    assert dense(heat)[0].tolist() == [0, 0, *[1] * 10, *[0] * 8]


def test_rows_too_wide_for_one_packed_number_are_sorted_all_the_same():
    far = 2**33
    rows = [(0, 1, far + 5, far + 9), (0, 1, 2, 9), (1, 0, 3, 4), (0, 1, far, far + 7)]

    found = tracks(make_class(rows, 2**34, 2, 2))

    assert found.start.tolist() == [3, 2, far, far + 7]
    assert found.end.tolist() == [4, 9, far + 7, far + 9]
    assert (found.coder.tolist(), found.first.tolist()) == ([1, 0, 0, 0], [0, 1, 4])


def passages(heat, **options):
    return [(one.label, one.start, one.end) for one in contested_passages(heat, **options)]


def test_passages_begin_with_most_disagreement():
    rows = [(0, 0, 0, 4), (0, 1, 5, 15), (1, 1, 5, 15), *((coder, 0, 16, 19) for coder in range(4))]
    heat = class_heat(make_class(rows, 20, 4, 2))

    first, second = contested_passages(heat)

    assert (first.label, first.start, first.end, first.disagreements) == (1, 5, 15, 40)
    assert first.readers == 4
    assert (second.label, second.start, second.end, second.disagreements) == (0, 0, 4, 12)


def test_a_small_minority_does_not_make_a_passage_contested():
    assert passages(class_heat(make_class([(0, 0, 0, 4)], 20, 5, 1))) == []
    assert passages(class_heat(make_class([(0, 0, 0, 4)], 20, 4, 1))) == [(0, 0, 4)]


def test_a_passage_ends_where_a_sentence_ends():
    heat = class_heat(make_class([(0, 0, 2, 9)], 20, 2, 1))

    assert passages(heat, edges=[0, 5, 20]) == [(0, 5, 9), (0, 2, 5)]


def test_text_that_one_person_has_read_is_not_contested():
    heat = class_heat(make_class([(0, 0, 2, 9)], 20, 2, 1, [(0, 0, 20), (1, 6, 20)]))

    assert passages(heat) == [(0, 6, 9)]


def test_an_empty_text_has_an_empty_picture():
    heat = class_heat(make_class([], 0, 2, 1))

    assert dense(heat).shape == (1, 0)
    assert contested_passages(heat) == ()


def test_text_that_nobody_has_read_is_not_contested():
    heat = class_heat(make_class([(0, 0, 2, 9)], 20, 2, 1, [(0, 0, 9), (1, 0, 9)]))

    assert passages(heat) == [(0, 2, 9)]
