import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.spans import Span, check_quote, reading_order
from framingkit.errors import FramingkitError

offsets = st.tuples(st.integers(0, 40), st.integers(1, 10)).map(lambda p: (p[0], p[0] + p[1]))


@pytest.mark.parametrize(
    ("start", "end"), [(3, 3), (5, 2), (-1, 4), (True, 4), (0, 2.0), ("0", 2), (None, 1)]
)
def test_offsets_that_hold_no_text_are_refused_with_both_numbers(start, end):
    with pytest.raises(FramingkitError) as caught:
        Span(start, end, "hedge")

    assert repr(start) in str(caught.value)
    assert repr(end) in str(caught.value)


@pytest.mark.parametrize("confidence", [-1, 101, 50.0, True, "70"])
def test_a_confidence_outside_0_to_100_is_refused(confidence):
    with pytest.raises(FramingkitError, match="0 to 100"):
        Span(0, 1, "hedge", confidence=confidence)


def test_a_confidence_of_0_or_100_or_none_is_kept():
    assert [Span(0, 1, "hedge", confidence=sure).confidence for sure in (0, 100, None)] == [
        0,
        100,
        None,
    ]


@pytest.mark.parametrize("field", ["label", "quote", "note", "id"])
def test_a_field_that_is_not_text_is_refused_by_name(field):
    with pytest.raises(FramingkitError, match=field):
        Span(0, 1, **{"label": "hedge", field: None})


def test_an_empty_label_is_refused():
    with pytest.raises(FramingkitError, match="label"):
        Span(0, 1, "")


def test_a_quote_counts_code_points_also_beyond_the_first_plane():
    check_quote(Span(1, 2, "hedge", "🏔"), "a🏔b")


def test_a_quote_that_is_not_in_its_place_is_refused_with_both_texts():
    with pytest.raises(FramingkitError) as caught:
        check_quote(Span(0, 3, "hedge", "could"), "can be")

    assert "'could'" in str(caught.value)
    assert "'can'" in str(caught.value)


def test_a_quote_of_the_same_length_but_other_words_is_refused():
    with pytest.raises(FramingkitError, match="'will'"):
        check_quote(Span(0, 4, "hedge", "will"), "must be")


def test_spans_that_only_touch_do_not_overlap():
    first, second = Span(0, 4, "hedge"), Span(4, 8, "hedge")

    assert not first.overlaps(second)
    assert not second.overlaps(first)


@given(first=offsets, second=offsets)
def test_overlap_means_sharing_a_character(first, second):
    shared = set(range(*first)) & set(range(*second))

    assert Span(*first, "hedge").overlaps(Span(*second, "booster")) == bool(shared)


@given(st.lists(offsets))
def test_reading_order_goes_down_the_text_with_the_longer_first(pairs):
    ordered = reading_order(Span(start, end, "hedge") for start, end in pairs)

    assert [(span.start, -span.end) for span in ordered] == sorted((s, -e) for s, e in pairs)
