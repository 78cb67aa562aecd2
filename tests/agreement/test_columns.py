"""Annotation sets as columns, and what is refused there."""

import numpy as np
import pytest

from framingkit.agreement.columns import ClassSpans, class_spans
from framingkit.course.documents import Document
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError

NONE = np.array([], dtype=np.int64)
TEXT = Document("a", "A", "It was hot in May.  ", "", ())


def test_coders_and_labels_are_numbered_in_the_order_given():
    mara = AnnotationSet("a", "mara", (Span(0, 4, "hedge"), Span(5, 9, "booster")))
    ben = AnnotationSet("a", "ben", (Span(2, 4, "booster"), Span(7, 8, "other")))

    found = class_spans([ben, mara], ["booster", "hedge"], TEXT)

    rows = zip(found.coder, found.label, found.start, found.end, strict=True)
    assert [tuple(map(int, row)) for row in rows] == [(0, 0, 2, 4), (1, 1, 0, 4), (1, 0, 5, 9)]
    assert (found.coders, found.labels, found.read) == (2, 2, None)


@pytest.mark.parametrize(
    ("sets", "problem"),
    [
        ([("a", "mara"), ("b", "ben")], "'ben' were made on 'b'"),
        ([("a", "mara"), ("a", "mara")], "by 'mara'"),
    ],
)
def test_sets_that_cannot_be_compared_are_refused(sets, problem):
    made = [AnnotationSet(document, coder, ()) for document, coder in sets]

    with pytest.raises(FramingkitError, match=problem):
        class_spans(made, ["hedge"], TEXT)


@pytest.mark.parametrize(
    ("start", "end", "problem"),
    [(-1, 5, "Tag 0 runs from -1 to 5"), (5, 5, "runs from 5 to 5"), (2, 21, "runs from 2 to 21")],
)
def test_a_tag_outside_the_text_is_refused(start, end, problem):
    none = np.array([0])

    with pytest.raises(FramingkitError, match=problem):
        ClassSpans(none, none, np.array([start]), np.array([end]), length=20, coders=1, labels=1)


def test_a_class_without_spans_is_a_class():
    assert ClassSpans(NONE, NONE, NONE, NONE, 20, 3, 2).coders == 3
