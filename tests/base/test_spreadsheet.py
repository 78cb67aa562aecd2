"""Tables for spreadsheet programs: read back as written, and without a cell that can act."""

import csv
import io
import itertools

import pytest
from for_each import for_each
from hypothesis import given, settings
from hypothesis import strategies as st

from framingkit.base.spreadsheet import (
    MARK,
    Name,
    cell,
    header_line,
    read_table,
    read_table_text,
    spreadsheet_image,
    table_line,
)
from framingkit.errors import FramingkitError

TRIGGERS = set("=+-@\t\r＝＋－＠")
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.none()
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
formulas = st.builds(
    "".join, st.tuples(st.sampled_from(["", " ", "\u00a0", "\u2003", "\u200b", "\0", "\n"]),
                       st.sampled_from(sorted(TRIGGERS)), texts),
)  # fmt: skip


# Short texts of what can be cut, hidden and acted on, since only their neighbourhood matters.
cut = st.text(st.sampled_from(";\t\r\n,\"' =+-@＝\u200b\u00a0\0ax1"), max_size=12)
tables = st.lists(st.lists(numbers | texts | formulas | cut, min_size=3, max_size=3), max_size=6)


def cells_of(file: bytes, delimiter: str) -> list[list[str]]:
    text = io.StringIO(file.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=delimiter))


@given(tables)
@settings(max_examples=200)
def test_any_row_comes_back_with_its_columns_and_no_cell_can_act(rows):
    file = header_line(["a", "b", "c"]) + b"".join(map(table_line, rows))
    read = cells_of(file, ",")
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


@given(st.lists(st.lists(texts | formulas | cut, min_size=1, max_size=3), max_size=4))
@settings(max_examples=200)
def test_no_cell_can_act_wherever_another_program_cuts(rows):
    file = header_line(["a", "b", "c"]) + b"".join(map(table_line, rows))
    for delimiter in ";\t":
        for shown in itertools.chain(*cells_of(file, delimiter)):
            assert shown[:1] not in TRIGGERS
            seen = [sign for sign in shown if sign.isprintable() and not sign.isspace()]
            assert next((sign for sign in seen if sign != '"'), "") not in TRIGGERS


@pytest.mark.parametrize(
    "hidden", ["", " ", "\u2003", "\u200b", "\ufeff", "\u202e", "\0", "\t", "\r\n"]
)
@pytest.mark.parametrize("trigger", sorted(TRIGGERS - set("\t\r")))
def test_a_formula_behind_something_unseen_is_made_harmless(hidden, trigger):
    assert cell(f"{hidden}{trigger}1+1").startswith("'")


@given(st.lists(st.lists(texts | formulas | cut, min_size=2, max_size=2), min_size=1, max_size=5))
@settings(max_examples=200)
def test_what_is_read_back_is_what_was_written(rows):
    file = header_line(["a", "b", "c"]) + b"".join(table_line([*row, "x"]) for row in rows)
    read = [list(row.values())[:2] for row in read_table(file.decode(), "it", ["a"])]
    assert read == [[text.replace("\0", "␀") for text in row] for row in rows]


CHANGED = [
    "007", "0012", "1e5", "2e3", "may-5", "mar1", "5-may", "sep-7-2026", "1-2", "12-30",
    "2026-05-05", "true",
]  # fmt: skip
LEFT_ALONE = [
    "7", "100", "amber-heron-417", "mara", "amber", "p-3", "e5", "heron-1", "x1e5", "007a",
    "sun.kfdx",
]  # fmt: skip


@for_each([*CHANGED, *LEFT_ALONE])
def test_a_name_that_a_spreadsheet_would_change_gets_an_apostrophe_and_loses_it_again(name):
    written = cell(Name(name))
    assert written == ("'" if name in CHANGED else "") + name
    assert cell(name) == name, "an id of a platform is no name, and is written as it is"
    file = header_line(["a"]) + table_line([Name(name)])
    assert next(read_table(file.decode(), "it", ["a"])) == {"a": name}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("007", "7", True), ("1e5", "100000", True), ("may-5", "5-may", True), ("7", "8", False)],
)
def test_names_with_one_image_are_those_that_a_spreadsheet_makes_the_same(one, other, same):
    assert (spreadsheet_image(one) == spreadsheet_image(other)) is same


ROWS = [["mara", "2", "so; it is\r\n=1"], ["zoe", "3", 'a "word",\tтакже 中']]
PLAIN = [["code_name", "mark", "answer"], *ROWS]


def saved(rows, delimiter=",", end="\r\n", quoting=csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return text.getvalue()


SAVED = {
    "UTF-8": saved(PLAIN).encode(),
    "UTF-8 with a mark": saved(PLAIN).encode("utf-8-sig"),
    "two marks": MARK.encode() + saved(PLAIN).encode("utf-8-sig"),
    "UTF-16": saved(PLAIN, "\t").encode("utf-16"),
    "UTF-16, big end first": MARK.encode("utf-16-be") + saved(PLAIN, ";").encode("utf-16-be"),
    "UTF-16 without a mark": saved(PLAIN, ";").encode("utf-16-le"),
    "semicolons": saved(PLAIN, ";").encode(),
    "tabs": saved(PLAIN, "\t").encode(),
    "all quoted": saved(PLAIN, ";", quoting=csv.QUOTE_ALL).encode(),
    "Unix line ends": saved(PLAIN, end="\n").encode(),
    "old Macintosh line ends": saved(PLAIN, end="\r").encode(),
    "sep=": b"sep=;\r\n" + saved(PLAIN, ";").encode(),
    "sep= in quotes": b'"SEP=\t"\t\t\r\n' + saved(PLAIN, "\t").encode(),
    "blank lines": saved(PLAIN[:1]).encode() + b"\r\n,,\r\n" + saved(ROWS).encode() + b"\r\n",
    "blank lines above": b"\r\n,,\r\n" + saved(PLAIN).encode(),
    "cells of spaces": saved([PLAIN[0], [" ", "", "\t"], *ROWS]).encode(),
    "capitals and spaces": saved([[" Code_Name ", "MARK", "Answer\u200b"], *ROWS]).encode(),
    "a space for the line": saved([["Code name", "mark", "answer"], *ROWS]).encode(),
    "columns without a name": saved([[*row, "", ""] for row in PLAIN]).encode(),
    "zeros at the end": saved(PLAIN).encode() + b"\0\0",
}


@for_each(SAVED)
def test_a_table_is_read_however_a_spreadsheet_saved_it(content, tmp_path):
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    known = ["mark", "answer"]
    rows = list(read_table(read_table_text(path), "it", ["code_name"], known))
    assert [list(row.values()) for row in rows] == ROWS
    assert list(rows[0]) == PLAIN[0]


def test_a_long_answer_is_read_back_too():
    text = "Слово; и =знак\r\n" * 20_000
    file = header_line(["a"]) + table_line([text])
    assert next(read_table(file.decode(), "it", ["a"])) == {"a": text}


def test_columns_may_be_moved_and_added_and_rows_know_their_number():
    rows = list(read_table("mine,Mark,,mine\n\n1,2,3,4\n", "it", ["mark"]))
    assert rows == [{"mine": "1", "mark": "2", "column (3)": "3", "mine (4)": "4"}]
    assert rows[0].number == 3


NO_TABLES = {
    "“marks.csv” is the workbook": b"PK\x03\x04\x14\0",
    "not written in UTF-8. In your": "code_name,mark\nZoë,2".encode("latin-1"),
    "needs one column “code_name”. Its columns are: none.": b"",
    "has two columns “mark”": b"code_name,mark,Mark\nmara,1,2",
    "has 3 cells in line 2, but 2 columns": b"code_name,mark\nmara,1,2",
    "cannot be read at line 2": b'code_name,mark\nmara,"1',
    "Its columns are: a\\u001b[2J.": b"a\x1b[2J\n1",
}  # fmt: skip


@for_each(NO_TABLES.items())
def test_a_table_that_is_none_is_one_sentence(case, tmp_path):
    words, content = case
    path = tmp_path / "marks.csv"
    path.write_bytes(content)
    with pytest.raises(FramingkitError) as refusal:
        list(read_table(read_table_text(path), "“marks.csv”", ["code_name"], ["mark"]))
    assert words in str(refusal.value)


def test_a_table_is_marked_as_utf_8_for_excel():
    assert header_line(["a"]).decode().startswith(MARK)
