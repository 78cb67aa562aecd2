"""Tags before and after: what is the same, changed, gone and new."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.data import load_article, load_codebook
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.changes import (
    MOST,
    change_sentences,
    code_counts,
    compare_tags,
    milestone_item,
    milestone_response,
    read_milestone,
)
from framingkit.work.operations import Operation, operation_from_json, operation_to_json

ARTICLE, CODEBOOK = load_article(), load_codebook()
CARPET, MOVE = Span(13, 23, "ceremony_symbol"), Span(85, 99, "game_metaphor")


def test_the_same_tags_are_kept():
    assert compare_tags([CARPET, MOVE], [MOVE, CARPET]).kept == (CARPET, MOVE)


def test_another_label_on_the_same_words_is_relabelled():
    before = Span(13, 23, "loaded_word")

    assert compare_tags([before], [CARPET]).relabelled == ((before, CARPET),)


def test_the_same_label_on_more_or_fewer_of_the_words_has_moved():
    before = Span(17, 23, "ceremony_symbol")

    assert compare_tags([before], [CARPET]).moved == ((before, CARPET),)


def test_another_label_on_other_words_is_one_gone_and_one_new():
    before = Span(17, 23, "loaded_word")

    found = compare_tags([before], [CARPET])

    assert (found.removed, found.added) == ((before,), (CARPET,))


def test_the_closest_of_two_is_the_moved_one():
    near, far = Span(14, 23, "ceremony_symbol"), Span(22, 40, "ceremony_symbol")

    found = compare_tags([near, far], [CARPET])
    assert (found.moved, found.removed) == (((near, CARPET),), (far,))


_TAGS = st.lists(
    st.tuples(
        st.integers(0, 20), st.integers(1, 9), st.sampled_from(["hedge", "booster"])
    ).map(lambda drawn: Span(drawn[0], drawn[0] + drawn[1], drawn[2])),
    max_size=8,
)  # fmt: skip


@given(_TAGS, _TAGS)
def test_every_tag_is_accounted_for_once(before, after):
    found = compare_tags(before, after)
    old = [*found.kept, *found.removed, *(a for a, _ in (*found.relabelled, *found.moved))]
    new = [*found.kept, *found.added, *(b for _, b in (*found.relabelled, *found.moved))]

    assert sorted(span.key for span in old) == sorted({span.key for span in before})
    assert sorted(span.key for span in new) == sorted({span.key for span in after})


def test_changes_are_said_with_their_words():
    before = [Span(13, 23, "loaded_word"), Span(95, 99, "game_metaphor"), Span(0, 2, "place_actor")]
    said = change_sentences(compare_tags(before, [CARPET, MOVE]), ARTICLE, CODEBOOK)

    assert said == [
        "Kept: 0. Added: 0. Removed: 1. Another code: 1. Other words: 1.",
        "Removed: “US” (Place as actor).",
        "Another code: “red carpet” was Loaded word and is Ceremony symbol now.",
        "Other words: Game metaphor was on “move” and is on “strategic move” now.",
    ]


def test_codes_are_counted_in_the_order_of_the_codebook():
    assert code_counts([CARPET, MOVE], [CARPET], CODEBOOK) == [
        ("Game metaphor", 1, 0),
        ("Ceremony symbol", 1, 1),
    ]


@pytest.mark.parametrize(
    "name", ["before codebook", "", "Avant ★ après", "قبل", "x" * 500, "\ud800"]
)
def test_whatever_its_name_a_milestone_can_be_written_and_read(name):
    item = milestone_item(name, "alaska-summit@614ee04e9591")
    spans = [replace(CARPET, quote="red carpet")]
    response = milestone_response(
        name.encode("utf-8", "replace").decode(), "alaska-summit@1", spans
    )

    again = operation_from_json(
        operation_to_json(Operation("answer", "a", 1, item, response=response))
    )
    assert read_milestone(again.response) == (CARPET,)


def test_two_names_and_two_texts_are_four_milestones():
    assert len({milestone_item(name, key) for name in ("قبل", "بعد") for key in "ab"}) == 4


def test_the_largest_milestone_fits_into_an_answer():
    spans = [Span(10**6 + n, 10**6 + n + 9, "either_or_question") for n in range(MOST)]
    response = milestone_response("before", "alaska-summit@614ee04e9591", spans)

    assert operation_from_json(
        operation_to_json(Operation("answer", "a", 1, "milestone.x", response=response))
    )
    with pytest.raises(FramingkitError, match="500 tags"):
        milestone_response("before", "k", [*spans, spans[0]])


@pytest.mark.parametrize(
    "response",
    [None, {}, {"tags": 3}, {"tags": [3]}, {"tags": [[1, 2]]}, {"tags": [[2, 1, "x"]]},
     {"tags": [[1, 2, 3]]}, {"tags": [[True, 2, "x"]]}, {"tags": [[1, 2, ""]]}],
)  # fmt: skip
def test_what_is_no_milestone_is_none(response):
    assert read_milestone(response) is None
