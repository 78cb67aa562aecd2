"""The table of scores: one row for each learner and lesson, with what a teacher wrote beside it.

Points come from closed questions. A mark of one's own and a comment are written into the table by
hand; when a class is graded again, they follow the person and the lesson into the new table. What
no longer belongs to anybody stays at its end.
"""

import contextlib
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from framingkit.base import (
    Cell,
    Name,
    Row,
    counted,
    header_line,
    read_table_file,
    refuse_changed,
    size,
    state_of,
    table_line,
)
from framingkit.errors import FramingkitError
from framingkit.hand_ins import Learner
from framingkit.reports.people import (
    CODE_NAME,
    LESSON,
    PERSON,
    Roster,
    by_owner,
    listed,
    name_of,
    person_of,
)
from framingkit.reports.plan import GradePlan, whole_or_not

POINTS, OF, MARK, COMMENT, NOTE = "points", "of", "mark", "comment", "note"
CLASS = "class"
SCORES = (CODE_NAME, LESSON, POINTS, OF, MARK, COMMENT, PERSON, NOTE)
_WANTED = (CODE_NAME, LESSON, POINTS, OF)
MERGED = ("written_marks", "written_of", "remarks")
CHANGED = "The points have changed since this was marked."
GONE = "Nobody in this class handed in this lesson."


def lesson_columns(path: Path) -> list[str]:
    """Name the columns of a table of lessons; none if a file is no such table."""
    with contextlib.suppress(FramingkitError):
        rows = read_table_file(path, "it", _WANTED, SCORES)
        return list(next(rows, Row()))
    return []


def is_lessons(path: Path) -> bool:
    """Tell whether a file is a table of lessons to which no written marks were added."""
    return bool(names := lesson_columns(path)) and not {*MERGED} & {*names}


def read_lessons(path: Path) -> list[Row]:
    """Read a table of lessons, as it was written or with marks.

    Raises
    ------
    FramingkitError
        If it is no such table.
    """
    return list(rows_of(path))


def rows_of(path: Path) -> Iterator[Row]:
    """Read a table of lessons row by row."""
    return read_table_file(path, f"“{path.name}”", _WANTED, SCORES)


class LessonTable:
    """Writes the scores of a class, and keeps what people wrote into an earlier table.

    Parameters
    ----------
    path
        Where it is written; what is there is read first.
    plan
        What is graded in the class.
    names_column
        How the column with names is called, if there is one.
    has_classes
        Whether hand-ins name their class; only then there is a column for it.
    """

    def __init__(
        self, path: Path, plan: GradePlan, names_column: str = "", has_classes: bool = False
    ) -> None:
        self._path, self._plan, self._column = path, plan, names_column
        self._expected = state_of(path)
        columns = lesson_columns(path) if size(path) else []
        self._classes = [CLASS] * has_classes
        ours = {*SCORES, *self._classes, names_column}
        self._added = [name for name in columns if name not in ours]
        # one by one: most rows of a large class have nothing in them that anybody wrote
        rows = rows_of(path) if columns else iter(())
        self._earlier = [_shared(row) for row in rows if self._has_work(row)]
        self._owned: dict[tuple[str, str], Row] = {}
        self._left: list[Row] = []
        self._changed: list[str] = []

    def _has_work(self, row: Row) -> bool:
        return any(row.get(name, "").strip() for name in (MARK, COMMENT, *self._added))

    def begin(self, file: BinaryIO, learners: Callable[[], Iterable[Learner]]) -> None:
        """Write the first row; find out whose the earlier rows are, if people wrote into any."""
        if self._earlier:
            roster = Roster.about(self._earlier)
            for learner in learners():
                roster.add(person_of(learner), learner.coder)
            what = f"“{self._path.name}”"
            self._owned, self._left = by_owner(self._earlier, roster, what, LESSON)
        first = [self._column] if self._column else []
        file.write(header_line([*first, *self._names]))

    @property
    def _names(self) -> list[str]:
        """The columns after that with names."""
        return [*SCORES, *self._classes, *self._added]

    def add(self, file: BinaryIO, learner: Learner, name: str) -> None:
        """Write the rows of one learner."""
        person = person_of(learner)
        first = [name] if self._column else []
        for lesson, points, most in self._plan.lessons_of(learner):
            row = self._owned.pop((lesson, person), Row())
            note = row.get(NOTE, "").replace(GONE, "").strip()
            if (
                row.get(MARK, "").strip()
                and number_in(row[POINTS]) != points
                and CHANGED not in note
            ):
                note = f"{note} {CHANGED}".strip()
                self._changed.append(f"{learner.coder} ({lesson})")
            work = row.get(MARK, ""), row.get(COMMENT, "")
            classes = [learner.class_name or row.get(name, "") for name in self._classes]
            more = [*map(Name, classes), *(row.get(name, "") for name in self._added)]
            cells: list[Cell] = [Name(learner.coder), lesson, points, most, *work, person, note]
            file.write(table_line([*first, *cells, *more]))

    def finish(self, file: BinaryIO) -> list[str]:
        """Write the rows that are nobody's now; return sentences about what was kept."""
        self._left = sorted([*self._left, *self._owned.values()], key=lambda row: row.number)
        first = [""] if self._column else []
        for row in self._left:
            noted = row.get(NOTE, "")
            note = noted if GONE in noted else f"{noted} {GONE}".strip()
            kept = row | {NOTE: note, CODE_NAME: Name(row[CODE_NAME])}
            file.write(table_line([*first, *(kept.get(name, "") for name in self._names)]))
        refuse_changed(self._path, self._expected)
        return list(self._sentences())

    def _sentences(self) -> Iterator[str]:
        if not self._earlier:
            return
        name = f"“{self._path.name}”"
        carried = len(self._earlier) - len(self._left)
        yield (
            f"{name} had marks or comments in {counted(len(self._earlier), 'row')}; those in "
            f"{counted(carried, 'row')} were carried over."
        )
        if self._changed:
            yield (
                f"Points that changed after the mark ({len(self._changed):,}): "
                f"{listed(self._changed)}. The marks are kept, and the column “{NOTE}” says so."
            )
        if self._left:
            yield (
                f"Rows whose learners or lessons are not in this class ({len(self._left):,}): "
                f"{listed(name_of(row, LESSON) for row in self._left)}. They are kept at the end "
                f"of {name}."
            )


def number_in(text: str) -> int | float | None:
    """Read a number, also as a spreadsheet writes it; nothing if it is none.

    Examples
    --------
    >>> number_in("6,50"), number_in("7.0"), number_in("B+"), number_in("")
    (6.5, 7, None, None)
    """
    text = text.strip().replace(",", ".")
    return whole_or_not(float(text)) if re.fullmatch(r"-?\d{1,12}(\.\d*)?", text) else None


def has_other_scores(path: Path, backup: Path) -> bool:
    """Tell whether a backup has marks or comments that a table of lessons has not."""
    if not lesson_columns(backup):
        return False
    try:
        kept = {key for row in _worked_on(path) for key in _keys(row)}
        return any(kept.isdisjoint(_keys(row)) for row in _worked_on(backup))
    except FramingkitError:
        return True


def _shared(row: Row) -> Row:
    """Keep each text of many rows only once in memory."""
    for name, text in row.items():
        row[name] = sys.intern(text)
    return row


def _worked_on(path: Path) -> Iterator[Row]:
    ours: Collection[str] = {*SCORES} - {MARK, COMMENT}
    for row in rows_of(path):
        if any(text.strip() for name, text in row.items() if name not in ours):
            yield row


def _keys(row: Row) -> set[tuple[str, str]]:
    names = row[CODE_NAME].strip(), row.get(PERSON, "").strip().lower()
    return {(row[LESSON].strip(), name) for name in names if name}
