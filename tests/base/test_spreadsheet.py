"""Tables for spreadsheet programs: read back as written, and without a cell that can act."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framingkit.base.spreadsheet import MARK, cell, header_line, read_table, table_line

TRIGGERS = set("=+-@\t\r＝＋－＠")
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none()
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
formulas = st.builds(
    "".join, st.tuples(st.sampled_from(["", " ", "\u00a0", "\u2003", "\u200b", "\0", "\n"]),
                       st.sampled_from(sorted(TRIGGERS)), texts),
)  # fmt: skip


@given(st.lists(st.lists(numbers | texts | formulas, min_size=3, max_size=3), max_size=6))
@settings(max_examples=300)
def test_any_row_comes_back_with_its_columns_and_no_cell_can_act(rows):
    file = header_line(["a", "b", "c"]) + b"".join(map(table_line, rows))
    read = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
    assert len(read) == len(rows) + 1
    for before, after in zip(rows, read[1:], strict=True):
        assert len(after) == 3
        for value, shown in zip(before, after, strict=True):
            if isinstance(value, str):
                assert shown[:1] not in TRIGGERS
                assert shown.strip()[:1] not in TRIGGERS
                assert "\0" not in shown
            elif value is not None:
                assert float(shown) == pytest.approx(value, abs=1e-4)


@pytest.mark.parametrize(
    "hidden", ["", " ", "\u2003", "\u200b", "\ufeff", "\u202e", "\0", "\t", "\r\n"]
)
@pytest.mark.parametrize("trigger", sorted(TRIGGERS - set("\t\r")))
def test_a_formula_behind_something_unseen_is_made_harmless(hidden, trigger):
    assert cell(f"{hidden}{trigger}1+1").startswith("'")


@given(st.lists(st.lists(texts | formulas, min_size=2, max_size=2), min_size=1, max_size=5))
def test_what_is_read_back_is_what_was_written(rows):
    file = header_line(["a", "b"]) + b"".join(map(table_line, rows))
    read = [list(row.values()) for row in read_table(file.decode(), "it", ["a"])]
    for row, back in zip(rows, read, strict=True):
        for before, after in zip(row, back, strict=True):
            assert after == before.replace("\0", "␀") or cell(after) == cell(before)


def test_a_table_is_marked_as_utf_8_for_excel():
    assert header_line(["a"]).decode().startswith(MARK)
