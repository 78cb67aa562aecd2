"""Words in quotation marks: each mark that opens has one that closes, and quotes nest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base import quoted


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("red carpet", "“red carpet”"),
        ("“diplomatic wind”", "“diplomatic wind”"),
        ("“diplomatic wind” of the US", "“‘diplomatic wind’ of the US”"),
        ("a geopolitical “chessboard”", "“a geopolitical ‘chessboard’”"),
        ("“hot” and “cold”", "“‘hot’ and ‘cold’”"),
        ('said "no"', "“said ‘no’”"),
        ('"no"', '"no"'),
        ("“diplomatic", "“‘diplomatic”"),
        ("", "“”"),
    ],
)
def test_a_quote_inside_a_quote_gets_single_marks(words, expected):
    assert quoted(words) == expected


@given(st.text("a “”"))
def test_there_is_one_mark_at_each_end_and_none_between(words):
    quote = quoted(words)

    assert quote[0] == "“"
    assert quote[-1] == "”"
    assert not {"“", "”"} & set(quote[1:-1])
