"""Written answers marked one by one: each act is in a journal and in the table before it counts.

The table is the one that is also marked in a spreadsheet, and both ways can be mixed. What a cell
holds counts, whoever wrote it last. A spreadsheet that was open meanwhile saves all its cells, also
those it knows nothing new about: so a cell that it left empty gets back what is in the journal.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit import course
from framingkit.base import (
    CellTable,
    counted,
    disk,
    keeping,
    read_cells,
    refuse_changed,
    shown,
    state_of,
    write_atomic,
)
from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.reports.people import ITEM, PERSON
from framingkit.reports.written import NOTE, has_other_work, read_written

LONGEST_COMMENT = 5_000
MOST_ANSWERS = 20_000
"""Answers of a table that is written again at each act."""

_MARK, _COMMENT, _ANSWER = "mark", "comment", "answer"
_WHOLE = re.compile(r"(\d)(?:[.,]0*)?")  # a mark, as spreadsheets write it: 2.0 or 2,0
_NEEDED = (ITEM, PERSON, _ANSWER, _MARK, _COMMENT)
_JOURNAL = ".marking.jsonl"

Key = tuple[str, str]


class UnsavedError(FramingkitError):
    """A mark that could not be written now, and can be written later."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave to an answer: a mark, as it is written in the table, and a comment."""

    mark: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class WrittenAnswer:
    """One answer to mark; nobody's name is in it."""

    person: str
    text: str
    given: Given
    note: str


@dataclass(frozen=True, slots=True)
class Marked:
    """A question with written answers, its rubric from 0 upwards, and how many have a mark."""

    item: str
    prompt: str
    rubric: tuple[str, ...]
    answers: int
    done: int


class MarkingTable:
    """The table of written answers of a class, while somebody marks it.

    Parameters
    ----------
    path
        The table, as it was written when the class was scored.

    Raises
    ------
    FramingkitError
        If it is no such table, or has too many answers to be written at each act.
    """

    def __init__(self, path: Path) -> None:
        self.path, self._journal = path, path.with_name(path.stem + _JOURNAL)
        self._ours: tuple[int, ...] = ()
        answers = len(read_written(path))  # it says what is wrong with a table that is none
        if answers > MOST_ANSWERS:
            raise FramingkitError(
                f"“{path.name}” has {answers:,} answers. More than {MOST_ANSWERS:,} are marked in "
                "a spreadsheet program."
            )
        self._load()

    def _load(self) -> None:
        """Read the table, and give back what a spreadsheet has emptied."""
        self._state, self._table = state_of(self.path), read_cells(self.path)
        names = {name.casefold(): number for number, name in enumerate(self._table.columns)}
        missing = [name for name in _NEEDED if name not in names]
        if missing:
            raise FramingkitError(
                f"“{self.path.name}” has no column “{missing[0]}”. Score the class again; marks "
                "in the table are kept."
            )
        self._columns = names
        self._rows = dict(self._keys(self._table, names))

    @staticmethod
    def _keys(table: CellTable, names: dict[str, int]) -> Iterator[tuple[Key, int]]:
        for number in range(table.head + 1, len(table.rows)):
            item, person = (table.said(number, names[name]) for name in (ITEM, PERSON))
            if item and person:
                yield (item, person.lower()), number

    def refresh(self) -> list[str]:
        """Take in what was saved meanwhile; say what was given back to emptied cells."""
        if state_of(self.path) != self._state:
            self._load()
        lost = {key: kept for key, kept in self._kept().items() if self._is_lost(key, kept)}
        if not lost:
            return []
        now = {key: self.given(key) for key in lost}
        self._write({
            key: Given(now[key].mark or kept.mark, now[key].comment or kept.comment)
            for key, kept in lost.items()
        })  # fmt: skip
        return [
            f"“{self.path.name}” had empty cells for {counted(len(lost), 'answer')} that you had "
            "marked here, as when a spreadsheet program saves an older copy. They are filled again."
        ]

    def _is_lost(self, key: Key, kept: Given) -> bool:
        if key not in self._rows:
            return False
        now = self.given(key)
        return bool(kept.mark and not now.mark) or bool(kept.comment and not now.comment)

    def _kept(self) -> dict[Key, Given]:
        """Read the journal; the latest act on an answer counts."""
        kept: dict[Key, Given] = {}
        if disk.size(self._journal):
            for line in disk.read_text(self._journal, 1 << 28).splitlines():
                try:
                    item, person, mark, comment = map(str, json.loads(line))
                except (ValueError, TypeError):
                    continue  # a line that a crash cut off was never confirmed
                kept[item, person] = Given(mark, comment)
        return kept

    def given(self, key: Key) -> Given:
        """Give what is in the table for an answer."""
        mark, comment = (self._said(key, name) for name in (_MARK, _COMMENT))
        whole = _WHOLE.fullmatch(mark)
        return Given(whole[1] if whole else mark, comment)

    def _said(self, key: Key, name: str) -> str:
        column = self._columns.get(name)
        return "" if column is None else self._table.said(self._rows[key], column)

    def questions(self) -> list[Marked]:
        """List the questions in the order of the table."""
        items = {item.id: item for item in _written_items()}
        found: dict[str, list[Key]] = {}
        for key in self._rows:
            found.setdefault(key[0], []).append(key)
        return [
            Marked(
                item, items[item].prompt, items[item].rubric, len(keys),
                sum(bool(self.given(key).mark) for key in keys),
            )
            for item, keys in found.items() if item in items
        ]  # fmt: skip

    def answers(self, item: str) -> list[WrittenAnswer]:
        """List the answers to a question, in the order of the table, which mixes learners."""
        return [
            WrittenAnswer(key[1], self._said(key, _ANSWER), self.given(key), self._said(key, NOTE))
            for key in self._rows
            if key[0] == item
        ]

    def put(self, item: str, person: str, given: Given, seen: Given) -> list[str]:
        """Save a mark and a comment.

        Parameters
        ----------
        item, person
            The answer.
        given, seen
            What it gets, and what it had when that was decided.

        Returns
        -------
        list of str
            Sentences about what else was found in the table.

        Raises
        ------
        FramingkitError
            If there is no such answer or mark, or somebody wrote something else there meanwhile;
            an `UnsavedError` if it can be tried again.
        """
        said, key = self.refresh(), (item, person)
        if key not in self._rows:
            raise FramingkitError(f"This answer is not in “{self.path.name}” any more.")
        _check(given, _levels(item))
        now = self.given(key)
        if now not in (given, seen) and now != self._kept().get(key):
            raise FramingkitError(
                f"“{self.path.name}” got something else for this answer meanwhile: mark "
                f"“{shown(now.mark, 20)}”, comment “{shown(now.comment, 80)}”. It was kept."
            )
        if now != given:
            self._write({key: given})
        line = json.dumps([item, person, given.mark, given.comment])
        try:
            disk.append(self._journal, f"{line}\n".encode())
        except FramingkitError as error:
            raise UnsavedError(str(error)) from None
        return said

    def _write(self, given: dict[Key, Given]) -> None:
        """Write some cells of the table, and leave every other byte as it is."""
        cells = {}
        for key, one in given.items():
            row = self._rows[key]
            cells[row, self._columns[_MARK]] = one.mark
            cells[row, self._columns[_COMMENT]] = one.comment
        content = self._table.changed(cells)
        try:
            refuse_changed(self.path, self._state)
            self._replace(content)
        except FramingkitError as error:
            raise UnsavedError(str(error)) from None
        self._load()
        self._ours = self._state

    def _replace(self, content: bytes) -> None:
        """Write the table; what somebody else saved is kept beside it, and not each act of ours."""
        others = self.path if self._state != self._ours else None
        with keeping(others, is_needed=has_other_work):
            write_atomic(self.path, content)


def _check(given: Given, levels: Sequence[str]) -> None:
    """Refuse a mark that the rubric has not, and a comment that is none."""
    known = [str(level) for level in range(len(levels))]
    if given.mark and given.mark not in known:
        raise FramingkitError(
            f"A mark is one of {', '.join(known)}, but this is {shown(given.mark, 40)!r}."
        )
    if len(given.comment) > LONGEST_COMMENT or "\0" in given.comment:
        raise FramingkitError(f"A comment has at most {LONGEST_COMMENT:,} characters.")


def _levels(item: str) -> tuple[str, ...]:
    return next((one.rubric for one in _written_items() if one.id == item), ())


def _written_items() -> Iterator[Item]:
    for lesson in course.list_lessons():
        yield from (item for item in course.load_items(lesson) if item.kind == "written")
