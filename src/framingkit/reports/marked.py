"""Reads what people gave to written answers: marks from 0 to 3, and comments."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import Row, shown
from framingkit.errors import FramingkitError
from framingkit.reports.people import CODE_NAME, Roster, by_owner, listed, name_of
from framingkit.reports.pointed import point
from framingkit.reports.written import CHANGED, GONE, NOTE, read_written

MARKS = range(4)
Marks = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """What one person marked, for each question and person.

    ``unmarked`` answers have no mark yet, ``doubtful`` marks are of answers that changed or were
    withdrawn since, and ``strangers`` have a mark and are not in the grades. ``rows`` says in which
    row each answer is, and ``unfound`` names words that a comment quotes and its answer has not.
    """

    name: str
    marks: Marks
    unmarked: int
    doubtful: list[str]
    strangers: list[str]
    comments: dict[tuple[str, str], str]
    rows: dict[tuple[str, str], int]
    unfound: list[str]


def read_marks(path: Path, roster: Roster) -> MarkedTable:
    """Read the marks of a table of written answers.

    Raises
    ------
    FramingkitError
        If a mark is not a whole number from 0 to 3, or an answer appears twice.
    """
    what = f"“{path.name}”"
    rows = read_written(path)
    marked = [row for row in rows if row["mark"].strip()]
    for place, row in enumerate(rows, start=1):
        _mark(row, f"{what}, row {row.number}, answer {place} ({shown(row[CODE_NAME], 80)})")
    owned, strangers = by_owner(rows, roster, what)
    marks = {key: mark for key, row in owned.items() if (mark := _mark(row, what)) is not None}
    notes = ((row, row.get(NOTE, "")) for row in marked)
    doubtful = [name_of(row) for row, note in notes if CHANGED in note or GONE in note]
    unknown = [
        row[CODE_NAME].strip() or f"row {row.number}" for row in strangers if row["mark"].strip()
    ]
    comments = {key: text for key, row in owned.items() if (text := row.get("comment", "").strip())}
    return MarkedTable(
        path.name, marks, len(rows) - len(marked), doubtful, unknown, comments,
        {key: row.number for key, row in owned.items()}, [*_unfound(rows)],
    )  # fmt: skip


def _unfound(rows: list[Row]) -> Iterator[str]:
    """Name the words that a comment quotes and its answer has not."""
    for row in rows:
        for words in point(row.get("comment", ""), row.get("answer", "")).unfound:
            yield f"“{shown(words, 60)}” (row {row.number})"


def unfound_words(names: list[str]) -> str:
    """Say which quoted words are not in the answers."""
    return (
        f"Quoted words of comments that are not in the answer beside them ({len(names):,}): "
        f"{listed(names)}. Learners read these comments, but no words of the answer are marked."
    )


def _mark(row: Row, where: str) -> int | None:
    """Read a mark, also as a spreadsheet writes it: 2.0 or 2,0."""
    text = row["mark"].strip()
    found = re.fullmatch(r"(\d)(?:[.,]0*)?", text)
    if text and not (found and int(found[1]) in MARKS):
        raise FramingkitError(
            f"{where}: a mark is 0, 1, 2 or 3, but this is {shown(row['mark'], 40)!r}."
        )
    return int(found[1]) if found else None
