"""Words are found however they are typed; tests/browser/test_tagger_search.py tries the same."""

import time
import unicodedata

from helpers.for_each import for_each
from helpers.search_vectors import VECTORS
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base import is_unseen, places_of


@for_each(VECTORS)
def test_words_are_found_as_they_stand_in_the_text(vector):
    text, typed, found = vector

    assert [text[start:end] for start, end in places_of(typed, text)] == found


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_what_stands_in_a_text_is_found_there(before, words, after):
    """A letter is never cut: what begins or ends within one is not in the text."""
    text = before + " " + words.strip() + " " + after
    places = places_of(words, text)

    assert all(0 <= start < end <= len(text) for start, end in places)
    marked = unicodedata.category((words.strip() or " ")[0]).startswith("M")
    if not is_unseen(words) and not marked and places_of(words, words):
        assert places


@for_each(
    ["\u200b\u200b", "\u00ad", "\ufeff", " \t\n\u00a0\u2028", "\u3164", "\u2800", "\U000e0041", ""]
)
def test_what_cannot_be_seen_is_known(text):
    assert is_unseen(text)
    assert not is_unseen(text + "a")
    assert places_of(text, f"a{text}b") == []


def test_a_long_text_is_searched_at_once():
    begun = time.process_time()
    assert len(places_of("é", "eé" * 10_000)) == 10_000

    assert time.process_time() - begun < 1
