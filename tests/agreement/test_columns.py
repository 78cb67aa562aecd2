"""Annotation sets as columns, and what is refused there."""

import numpy as np
import pytest

from framingkit.agreement.columns import ClassSpans, ReadRanges, class_spans
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError

NONE = np.array([], dtype=np.int64)


def one(coder=0, label=0, start=2, end=5, **more) -> ClassSpans:
    column = [np.array([value]) for value in (coder, label, start, end)]
    return ClassSpans(*column, **({"length": 20, "coders": 2, "labels": 3} | more))


def test_coders_and_labels_are_numbered_in_the_order_given():
    mara = AnnotationSet("a", "mara", (Span(0, 4, "hedge"), Span(5, 9, "booster")))
    ben = AnnotationSet("a", "ben", (Span(2, 4, "booster"), Span(7, 8, "other")))

    found = class_spans([ben, mara], ["booster", "hedge"], 20)

    rows = zip(found.coder, found.label, found.start, found.end, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [(0, 0, 2, 4), (1, 1, 0, 4), (1, 0, 5, 9)]
    assert (found.coders, found.labels, found.read) == (2, 2, None)


def test_who_is_not_named_has_read_everything():
    sets = [AnnotationSet("a", coder, ()) for coder in ("mara", "ben", "ada")]

    read = class_spans(sets, ["hedge"], 20, {"ben": [(0, 5), (9, 12)], "ada": []}).read

    rows = zip(read.coder, read.start, read.end, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [(0, 0, 20), (1, 0, 5), (1, 9, 12)]


@pytest.mark.parametrize(
    ("sets", "read", "problem"),
    [
        ([("a", "mara"), ("b", "ben")], None, "on 'a' and 'b'"),
        ([("a", "mara"), ("a", "mara")], None, "two sets by 'mara'"),
        ([("a", "mara")], {"ben": []}, "no set by this coder"),
    ],
)
def test_sets_that_cannot_be_compared_are_refused(sets, read, problem):
    made = [AnnotationSet(document, coder, ()) for document, coder in sets]

    with pytest.raises(FramingkitError, match=problem):
        class_spans(made, ["hedge"], 20, read)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"coder": 2}, "The coder of span 0 is 2, .* from 0 to 1"),
        ({"coder": -1}, "The coder of span 0 is -1"),
        ({"label": 3}, "The label of span 0 is 3"),
        ({"start": -1}, "runs from -1 to 5"),
        ({"start": 5}, "runs from 5 to 5"),
        ({"end": 21}, "runs from 2 to 21"),
        ({"length": -1}, "Count them again"),
        ({"start": 2.0}, "signed whole numbers, but it is float64"),
        ({"start": [2, 3]}, r"shapes \(1,\) and \(1, 2\)"),
        ({"read": ReadRanges(np.array([2]), np.array([0]), np.array([5]))}, "coder of range read"),
        ({"read": ReadRanges(np.array([0]), np.array([0]), np.array([21]))}, "0 to 21"),
    ],
)
def test_columns_that_would_be_miscounted_are_refused(change, problem):
    with pytest.raises(FramingkitError, match=problem):
        one(**change)


def test_a_list_is_not_a_column():
    with pytest.raises(FramingkitError, match="it is list"):
        ClassSpans([0], NONE, NONE, NONE, 20, 1, 1)


def test_a_class_without_spans_is_a_class():
    assert ClassSpans(NONE, NONE, NONE, NONE, 20, 3, 2).coders == 3
