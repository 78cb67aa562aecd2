import re

from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base import beginning, quoted

QUOTES = {
    "plain words": ("red carpet", "“red carpet”"),
    "in marks of their own": ("“chessboard”", "“chessboard”"),
    "in straight marks": ('"Hot, hotter."', "“Hot, hotter.”"),
    "in low marks": ("„Wende“", "“Wende”"),
    "a quotation at the end": ("geopolitical “chessboard”", "“geopolitical ‘chessboard’”"),
    "a quotation at the start": ("“chessboard” of the US", "“‘chessboard’ of the US”"),
    "two quotations": ("“wind” and “ice”", "“‘wind’ and ‘ice’”"),
    "straight marks inside": ('called "making friends" here', "“called ‘making friends’ here”"),
    "marks in brackets": ("a game (“chess”) here", "“a game (‘chess’) here”"),
    "the end was cut off": ('"Although there are many…', "“Although there are many…”"),
    "the start was cut off": ("bring mutual benefits.”", "“bring mutual benefits.”"),
    "an apostrophe": ("Russia’s response", "“Russia’s response”"),
    "nothing": ("", "“”"),
}


@for_each(QUOTES)
def test_words_get_one_pair_of_curly_marks_and_a_quotation_among_them_single_ones(case):
    words, shown = case

    assert quoted(words) == shown


@given(st.text(alphabet='ab “”"„(–', max_size=12))
def test_never_two_double_marks_nor_a_straight_one(words):
    assert re.fullmatch('“[^“”"„]*”', quoted(words))


LONG = {
    "whole words": ("Which of these words hedges the claim?", "Which of these words…"),
    "a word that fits": ("Which of these words is true?", "Which of these words is…"),
    "a quotation that goes on": ("Is the “diplomatic wind” for you?", "Is the “diplomatic…”"),
    "a quotation of one long word": ("Is this or that “geopolitical”?", "Is this or that…"),
    "a quotation that ends before": ("Is the “ice” a metaphor or not?", "Is the “ice” a metaphor…"),
    "straight marks": ('Is the "diplomatic wind" for you?', 'Is the "diplomatic…"'),
    "no space": ("x" * 40, "x" * 23 + "…"),
    "all of it": ("Is the “ice” a metaphor?", "Is the “ice” a metaphor?"),
}


@for_each(LONG)
def test_the_start_of_what_is_long_ends_with_a_word_and_cuts_no_quotation(case):
    words, start = case

    assert beginning(words, 25) == start


@given(st.text(alphabet='ab “”"„-', max_size=90))
def test_the_start_is_never_longer_than_asked_for(words):
    assert len(beginning(words, 30)) <= 30
