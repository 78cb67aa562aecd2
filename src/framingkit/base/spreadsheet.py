"""Tables for spreadsheets: what a learner wrote can never act as a formula there.

Files are UTF-8 with the mark that Excel needs, and every cell is quoted. A text that begins
like a formula gets an apostrophe in front, which is removed again when the table is read. A program
that cuts the file at semicolons or tabs begins a cell there, so an apostrophe goes there too. Names
get one if a spreadsheet would change them into a number or a day.

Tables are read as spreadsheets save them: with commas, semicolons or tabs, as UTF-8 or UTF-16,
with empty rows, and with columns in another order or in capital letters.
"""

import csv
import functools
import io
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from framingkit.base import disk
from framingkit.base.words import shown
from framingkit.errors import FramingkitError

Cell = str | int | float | None

MARK = "\ufeff"
_TRIGGERS = tuple("=+-@＝＋－＠")
_DELIMITERS = ",;\t"  # Excel writes the one that is usual in its country
_BREAKS = re.compile("(\r\n|[;\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029])")
_MAY_ACT = re.compile(f"\0|{_BREAKS.pattern}")
_SHORT = 40

TABLE_LIMIT = 1 << 30
"""Bytes that a table from an instructor may have."""

csv.field_size_limit(1 << 24)
_NAMED = 12  # columns that an error lists

_NUMBER = re.compile("[0-9]+(e[0-9]+)?")
_MONTH = (
    "(?:jan|feb|fev|mar|mrt|mrz|apr|avr|abr|may|mai|mag|maj|mei|jun|jui|giu|jul|lug|aug|aou|ago|sep"
    "|set|oct|okt|out|ott|nov|dec|dez|dic|ene|gen)[a-z]*"
)
_DAY = re.compile(f"[0-9]{{1,4}}(-[0-9]{{1,4}}){{1,2}}|{_MONTH}-?[0-9]{{1,4}}(-[0-9]{{1,4}})?|"
                  f"[0-9]{{1,4}}-?{_MONTH}(-?[0-9]{{1,4}})?")  # fmt: skip
_TRUTHS = {"true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "vero", "waar"}


class Name(str):
    """A code name: a table keeps it as it is, also where it looks like a number or a day."""

    __slots__ = ()


def spreadsheet_image(name: str) -> str:
    """Say what a spreadsheet may make of a code name; nothing if it leaves it alone.

    Two names with one image cannot be told apart once a spreadsheet has changed them.

    Examples
    --------
    >>> [spreadsheet_image(name) for name in ("007", "7", "1e5", "may-5", "amber-heron-417")]
    ['7', '7', '100000', 'a day', '']
    """
    if _NUMBER.fullmatch(name):
        return f"{float(name):.15g}"
    if _DAY.fullmatch(name):
        return "a day"
    return name.upper() if name in _TRUTHS else ""


def _is_changed(text: str) -> bool:
    return spreadsheet_image(text) not in ("", text)


def cell(value: Cell) -> str:
    """Write one cell: numbers as they are, None as nothing, texts made harmless.

    Examples
    --------
    >>> cell("=HYPERLINK(1)"), cell("fine;=HYPERLINK(1)"), cell(-0.5), cell(None)
    ("'=HYPERLINK(1)", "fine;'=HYPERLINK(1)", '-0.5', '')
    """
    if value is None:
        return ""
    if isinstance(value, int | float):
        return str(round(value, 4))
    return _short_cell(value) if len(value) <= _SHORT else _text_cell(value)


def _text_cell(value: str) -> str:
    if value[0].isalnum() and not isinstance(value, Name) and not _MAY_ACT.search(value):
        return value
    # A zero character ends a cell in some programs, and hides what follows.
    text = value.replace("\0", "␀")
    if _is_changed(text.lstrip("'")) and (isinstance(value, Name) or text.startswith("'")):
        return "'" + text
    return "".join("'" * acts + part + after for part, after, acts in _parts(text))


@functools.lru_cache(1 << 12, typed=True)
def _short_cell(value: str) -> str:
    """Write a short text; most of them come again and again."""
    return _text_cell(value) if value else ""


def _plain(text: str) -> str:
    """Remove the apostrophes that :func:`cell` puts into a text."""
    if "'" not in text:
        return text
    if text.startswith("'") and _is_changed(text.lstrip("'")):
        return text[1:]
    return "".join(
        part[acts and part.startswith("'") :] + after for part, after, acts in _parts(text)
    )


def _parts(text: str) -> Iterator[tuple[str, str, bool]]:
    """Cut a text where a program may begin a cell; tell of each part whether it could act there.

    What cannot be seen is no protection. At the end of a text, nothing but it would let the
    quotation mark that closes the cell open a new one.
    """
    pieces = [*_BREAKS.split(text), ""]
    for place in range(0, len(pieces), 2):
        part, after = pieces[place], pieces[place + 1]
        first = next(itertools.filterfalse(_is_skipped, part), "")
        unseen = after not in ("", ";") if place == 0 else after in ("", "\t")
        yield part, after, first in _TRIGGERS if first else unseen


def _is_skipped(sign: str) -> bool:
    """Tell whether a program may skip a sign before a formula: quotes, and what is not seen."""
    return sign in "'\"␀" or sign.isspace() or not sign.isprintable()


def table_line(row: Iterable[Cell]) -> bytes:
    r"""Write one row.

    Examples
    --------
    >>> table_line(["O'Neil, Jr", 2])
    b'"O\'Neil, Jr","2"\r\n'
    """
    cells = [cell(value).replace('"', '""') for value in row]
    return ('"' + '","'.join(cells) + '"\r\n').encode("utf-8", "replace")


def header_line(names: Sequence[str]) -> bytes:
    """Write the first row, with the mark that tells Excel that the file is UTF-8."""
    return MARK.encode() + table_line(names)


def read_table_text(path: Path) -> str:
    """Read the file of a table, in the encodings that spreadsheets write.

    Raises
    ------
    FramingkitError
        If it is missing, too large, a workbook of a spreadsheet, or in another encoding.
    """
    content = disk.read_bytes(path, TABLE_LIMIT)
    try:
        return content.decode(_encoding(path, content)).lstrip(MARK).rstrip("\0")
    except UnicodeDecodeError:
        raise _not_utf8(path) from None


def _encoding(path: Path, begin: bytes) -> str:
    """Tell from how a file begins in which encoding a spreadsheet wrote it."""
    if begin.startswith(b"PK\x03\x04"):
        raise FramingkitError(
            f"“{path.name}” is the workbook of a spreadsheet program. Open it there, and save the "
            "table as CSV UTF-8."
        )
    if begin[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if b"\0" in begin[:2]:
        return "utf-16-be" if begin.startswith(b"\0") else "utf-16-le"
    return "utf-8"


def _not_utf8(path: Path) -> FramingkitError:
    return FramingkitError(
        f"“{path.name}” has characters that are not written in UTF-8. In your spreadsheet "
        "program, save the table as CSV UTF-8."
    )


class Row(dict[str, str]):
    """A row of a table; ``number`` is what a spreadsheet shows beside it."""

    number = 0


def read_table(
    text: str, what: str, wanted: Sequence[str], known: Sequence[str] = ()
) -> Iterator[Row]:
    r"""Read a table that a spreadsheet may have saved again, row by row; empty rows are skipped.

    Parameters
    ----------
    text
        The whole file.
    what
        How to name the file in an error.
    wanted
        Columns that have to be there.
    known
        Columns that may be there, also in capital letters and with spaces around them.

    Raises
    ------
    FramingkitError
        If a wanted column is missing, a wanted or known one appears twice, or a row has more
        cells than there are columns.

    Examples
    --------
    >>> list(read_table("sep=;\nCode_Name;Mark\n;\nmara;3", "written.csv", ["code_name", "mark"]))
    [{'code_name': 'mara', 'mark': '3'}]
    """
    return _rows(io.StringIO(text, newline=""), what, wanted, known)


def read_table_file(
    path: Path, what: str, wanted: Sequence[str], known: Sequence[str] = ()
) -> Iterator[Row]:
    """Read a table row by row, so that no more than a row of it is in memory.

    Parameters
    ----------
    path
        The file.
    what, wanted, known
        As for `read_table`.

    Raises
    ------
    FramingkitError
        As `read_table_text` and `read_table` do.
    """
    with disk.reading(path, TABLE_LIMIT) as file:
        begin = file.read(4)
        file.seek(0)
        lines = io.TextIOWrapper(file, _encoding(path, begin), newline="")
        try:
            yield from _rows((line.rstrip("\0") for line in lines), what, wanted, known)
        except UnicodeDecodeError:
            raise _not_utf8(path) from None


def _rows(
    lines: Iterator[str], what: str, wanted: Sequence[str], known: Sequence[str]
) -> Iterator[Row]:
    begin, delimiter = _delimiter(_beginning(lines), [*wanted, *known])
    both = itertools.chain(io.StringIO(begin, newline=""), lines)
    rows = csv.reader(both, delimiter=delimiter, strict=True)
    numbered = ((number, row) for number, row in enumerate(rows, start=1) if any(map(_full, row)))
    try:
        names = _names(next(numbered, (1, []))[1], what, wanted, known)
        for number, cells in numbered:
            if any(map(_full, cells[len(names) :])):
                raise FramingkitError(
                    f"{what} has {len(cells)} cells in line {number}, but {len(names)} columns. "
                    "Fix that line."
                )
            filled = [*map(_plain, cells), *[""] * (len(names) - len(cells))]
            row = Row(zip(names, filled, strict=False))
            row.number = number
            yield row
    except csv.Error as error:
        raise FramingkitError(
            f"{what} cannot be read at line {rows.line_num} ({shown(str(error))}). Save it as CSV "
            "again."
        ) from None


def _beginning(lines: Iterator[str]) -> str:
    """Take the lines up to the first one that has something in it."""
    begin = ""
    for line in lines:
        begin = (begin + line).lstrip(MARK)
        if line.strip(f',;" \t\r\n{MARK}'):
            break
    return begin


def _full(text: str) -> bool:
    return not text.isspace() and text != ""


def _delimiter(text: str, columns: Collection[str]) -> tuple[str, str]:
    """Find out what separates cells; a first line that says so is taken off."""
    said = re.match('"?sep=([,;\t])"?[,;\t]*(\r\n|\r|\n)', text, re.IGNORECASE)
    if said:
        return text[said.end() :], said[1]
    first = next((line for line in text.splitlines() if line.strip(',;" \t')), "")

    def fit(delimiter: str) -> tuple[int, int]:
        names = {_folded(name) for name in first.replace('"', "").split(delimiter)}
        return len(names.intersection(map(_folded, columns))), first.count(delimiter)

    return text, max(_DELIMITERS, key=fit)


def _folded(name: str) -> str:
    seen = "".join(sign for sign in name if sign.isprintable())
    return "_".join(seen.casefold().split())


def _names(
    cells: Sequence[str], what: str, wanted: Sequence[str], known: Sequence[str]
) -> list[str]:
    """Name the columns; a column without a name, or with one that is taken, gets a number."""
    ours = {_folded(name): name for name in (*wanted, *known)}
    while cells and not _full(cells[-1]):
        cells = cells[:-1]
    names: list[str] = []
    for place, text in enumerate(map(_plain, cells), start=1):
        name = ours.get(_folded(text), text.strip())
        if name in names and name in ours.values():
            raise FramingkitError(f"{what} has two columns “{name}”. Keep one of them.")
        names.append(name if name and name not in names else f"{name or 'column'} ({place})")
    missing = [name for name in wanted if name not in names]
    if missing:
        found = ", ".join(shown(name, 40) for name in names[:_NAMED])
        raise FramingkitError(
            f"{what} needs one column “{missing[0]}”. Its columns are: {found or 'none'}."
        )
    return names
