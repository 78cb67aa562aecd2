"""Tags before and after: what is the same, changed, gone and new."""

from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.data import load_article, load_codebook
from framingkit.course.spans import Span
from framingkit.feedback.changes import change_sentences, code_counts, compare_tags

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
