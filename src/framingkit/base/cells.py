"""Changes single cells of somebody else's table, and leaves every other byte as it is.

A table that another program gave is not ours to write again: its encoding, the mark at its
beginning, quotation marks, separators, line ends and rows that are no records stay. So it is cut
into cells with their places, and only the places that change are written.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import disk
from framingkit.base.spreadsheet import TABLE_LIMIT
from framingkit.base.words import shown
from framingkit.errors import FramingkitError

_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SEPARATORS = ",;\t"
_SAMPLE = 50_000  # characters in which a separator shows itself
_LINE_END = re.compile("\r\n|\r|\n")
_SAID = re.compile(r'"?sep=([,;\t])"?[,;\t]*(\r\n|\r|\n)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """One cell: where it begins and ends, with its quotation marks, and what it says."""

    start: int
    end: int
    said: str
    quoted: bool


@dataclass(frozen=True, slots=True)
class CellTable:
    r"""A table cut into cells.

    ``rows`` has all rows, also empty ones; the first of them that is not empty is ``head``.

    Examples
    --------
    >>> table = cell_table(b'ID;Grade\r\n"7";\r\n', "sheet.csv")
    >>> table.rows[1][0].said, table.changed({(1, 1): "2,5"})
    ('7', b'ID;Grade\r\n"7";2,5\r\n')
    """

    name: str
    text: str
    encoding: str
    mark: bytes
    separator: str
    rows: Sequence[Sequence[Place]]
    head: int

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [place.said.strip() for place in self.rows[self.head]]

    def said(self, row: int, column: int) -> str:
        """Say what a cell holds; nothing if the row is shorter."""
        cells = self.rows[row]
        return cells[column].said.strip() if column < len(cells) else ""

    def changed(self, cells: Mapping[tuple[int, int], str]) -> bytes:
        """Give the bytes of the table with some cells changed.

        Parameters
        ----------
        cells
            By row and column, what a cell is to say.

        Raises
        ------
        FramingkitError
            If the encoding of the table has no room for it.
        """
        parts, done = [], 0
        for (row, column), said in sorted(cells.items()):
            place = self._place(row, column)
            parts += [self.text[done : place.start], self._written(place, said, row, column)]
            done = place.end
        try:
            text = "".join([*parts, self.text[done:]])
            return self.mark + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            sign = shown(error.object[error.start], 4)
            raise FramingkitError(
                f"“{self.name}” is written in {self.encoding}, which has no {sign!r}. Write the "
                "comment without this sign, or download the sheet as UTF-8."
            ) from None

    def _place(self, row: int, column: int) -> Place:
        cells = self.rows[row]
        if column < len(cells):
            return cells[column]
        raise FramingkitError(
            f"“{self.name}” has {len(cells)} cells in row {row + 1}, but {len(self.columns)} "
            "columns. Download it again from your platform."
        )

    def _written(self, place: Place, said: str, row: int, column: int) -> str:
        """Write a cell as its neighbours are written: in quotation marks where they have them."""
        above = self.rows[self.head][column].quoted
        plain = not place.said and place.start == place.end
        needed = any(sign in said for sign in (self.separator, '"', "\r", "\n"))
        if needed or place.quoted or (plain and above and self._quotes_all(row)):
            return '"' + said.replace('"', '""') + '"'
        return said

    def _quotes_all(self, row: int) -> bool:
        filled = [place for place in self.rows[row] if place.start < place.end]
        return bool(filled) and all(place.quoted for place in filled)


def read_cells(path: Path) -> CellTable:
    """Read a table that another program wrote.

    Raises
    ------
    FramingkitError
        If it is no table of text, or cannot be cut into cells with certainty.
    """
    return cell_table(disk.read_bytes(path, TABLE_LIMIT), path.name)


def cell_table(content: bytes, name: str) -> CellTable:
    """Cut a table into cells; `name` is what errors call it."""
    if content.startswith(b"PK\x03\x04") or content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FramingkitError(
            f"“{shown(name)}” is the workbook of a spreadsheet program. Give the file as your "
            "platform exports it, as CSV."
        )
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    text, encoding = _decoded(content[len(mark) :], _MARKS.get(mark, ""), name)
    said = _SAID.match(text)
    separator = said[1] if said else max(_SEPARATORS, key=lambda one: _fit(text[:_SAMPLE], one))
    rows = _rows(text, separator)
    _refuse_damaged(text, rows, name)
    filled = [n for n, row in enumerate(rows) if any(place.said.strip() for place in row)]
    filled = filled[1:] if said else filled
    if not filled:
        raise FramingkitError(f"“{shown(name)}” is empty. Download it again from your platform.")
    return CellTable(name, text, encoding, mark, separator, rows, filled[0])


def _decoded(content: bytes, marked: str, name: str) -> tuple[str, str]:
    guessed = "utf-16-be" if content[:1] == b"\0" else "utf-16-le" if b"\0" in content[:2] else ""
    for encoding in [marked] if marked else [guessed or "utf-8", "cp1252", "latin-1"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.encode(encoding) == content and "\0" not in text:
            return text, encoding
    raise FramingkitError(
        f"“{shown(name)}” is not a table of text. Give the file as your platform exports it, as "
        "CSV."
    )


def _fit(text: str, separator: str) -> tuple[int, int]:
    """Say how well a separator fits: how many rows are as wide as the widest of the first ones."""
    widths = [len(row) for row in _rows(text, separator) if len(row) > 1]
    widest = max(widths[:5], default=0)
    return widths.count(widest), widest


def _rows(text: str, separator: str) -> list[list[Place]]:
    """Cut a text into rows of cells."""
    plain = re.compile(f"[^{separator}\r\n]*")
    quoted = re.compile(f'"[^"]*(?:""[^"]*)*"(?=[{separator}\r\n]|\\Z)')
    rows: list[list[Place]] = [[]]
    at = 0
    while True:
        found = quoted.match(text, at) or plain.match(text, at)
        assert found is not None  # the second pattern matches nothing too
        rows[-1].append(_place_of(found))
        at = found.end()
        if at == len(text):
            break
        if end := _LINE_END.match(text, at):
            at = end.end()
            if at == len(text):
                break
            rows.append([])
        else:
            at += 1
    return rows


def _place_of(found: re.Match[str]) -> Place:
    raw = found[0]
    quoted = raw.startswith('"')
    return Place(
        found.start(), found.end(), raw[1:-1].replace('""', '"') if quoted else raw, quoted
    )


def _refuse_damaged(text: str, rows: Sequence[Sequence[Place]], name: str) -> None:
    """Refuse a table with a cell that begins with a quotation mark and is not closed."""
    for number, row in enumerate(rows, start=1):
        for place in row:
            raw = text[place.start : place.end]
            closed = len(raw) > 1 and raw.endswith('"') and '"' not in raw[1:-1].replace('""', "")
            if place.quoted and not closed:
                raise FramingkitError(
                    f"“{shown(name)}” has a quotation mark in row {number} that is never closed, "
                    "so its cells are not certain. Download it again from your platform."
                )
