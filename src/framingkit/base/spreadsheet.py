"""Tables for spreadsheets: what a learner wrote can never act as a formula there.

Files are UTF-8 with the mark that Excel needs, and every cell is quoted. A text that begins
like a formula gets an apostrophe in front, which is removed again when the table is read.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from framingkit.errors import FramingkitError

Cell = str | int | float | None

MARK = "\ufeff"
_TRIGGERS = tuple("=+-@＝＋－＠")
_DELIMITERS = ",;\t"  # Excel writes the one that is usual in its country


def cell(value: Cell) -> str:
    """Write one cell: numbers as they are, None as nothing, texts made harmless.

    Examples
    --------
    >>> cell("=HYPERLINK(1)"), cell(-0.5), cell(None)
    ("'=HYPERLINK(1)", '-0.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(round(value, 4))
    # A zero character ends a cell in some programs, and hides what follows.
    text = value.replace("\0", "␀")
    return "'" + text if _acts(value) else text


def _acts(text: str) -> bool:
    """Tell whether a program could take a text for a formula, also after white space."""
    visible = (sign for sign in text if sign.isprintable() and not sign.isspace())
    return next(visible, "") in _TRIGGERS or text.startswith(tuple("\t\r\n\0"))


def table_line(row: Iterable[Cell]) -> bytes:
    r"""Write one row.

    Examples
    --------
    >>> table_line(["O'Neil, Jr", 2])
    b'"O\'Neil, Jr","2"\r\n'
    """
    line = io.StringIO()
    csv.writer(line, quoting=csv.QUOTE_ALL).writerow([cell(value) for value in row])
    return line.getvalue().encode()


def header_line(names: Sequence[str]) -> bytes:
    """Write the first row, with the mark that tells Excel that the file is UTF-8."""
    return MARK.encode() + table_line(names)


def read_table(text: str, what: str, wanted: Sequence[str]) -> Iterator[dict[str, str]]:
    r"""Read a table that a spreadsheet may have saved again, row by row.

    Parameters
    ----------
    text
        The whole file.
    what
        How to name the file in an error.
    wanted
        Columns that have to be there.

    Raises
    ------
    FramingkitError
        If a column is missing or appears twice, or a row has more cells than there are columns.

    Examples
    --------
    >>> list(read_table("code_name;mark\nmara;3", "written.csv", ["mark"]))
    [{'code_name': 'mara', 'mark': '3'}]
    """
    text = text.removeprefix(MARK)
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        names = [_plain(name) for name in next(rows, [])]
        missing = [name for name in wanted if names.count(name) != 1]
        if missing:
            raise FramingkitError(
                f"{what} needs one column “{missing[0]}”. Its columns are: {', '.join(names)}."
            )
        for row in rows:
            if len(row) > len(names):
                raise FramingkitError(
                    f"{what} has {len(row)} cells in line {rows.line_num}, but {len(names)} "
                    "columns. Fix that line."
                )
            if row:
                yield dict(zip(names, map(_plain, [*row, *[""] * len(names)]), strict=False))
    except csv.Error as error:
        raise FramingkitError(
            f"{what} cannot be read at line {rows.line_num} ({error}). Save it as CSV again."
        ) from None


def _plain(text: str) -> str:
    """Remove the apostrophe that :func:`cell` puts before a text."""
    return text[1:] if text.startswith("'") and cell(text[1:]) == text else text
