"""Brings grades and comments back: fills a platform's own grade sheet, cell by cell.

What is filled is written beside the sheet. Only the columns that the teacher names change, and in
them only the cells of learners who are certainly in the class.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import (
    CellTable,
    Tabled,
    counted,
    keeping,
    read_cells,
    refuse_inputs,
    refuse_strange,
    shown,
    write_atomic,
)
from framingkit.errors import FramingkitError
from framingkit.hand_ins import ClassFile, platform_id_of, read_class, refuse_shared
from framingkit.reports.grades import Key
from framingkit.reports.people import Roster, listed, person_of
from framingkit.reports.returned import Returned, returned_grades
from framingkit.reports.scores import number_in
from framingkit.reports.sheet_rows import SheetRows, find_rows, keys_of_ids

_NAMED = 400  # rows or people that are named; a teacher looks for each of them


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a teacher wants to be filled in.

    ``grade``, ``comment`` and ``id`` are names of columns, ``lesson`` is how the name of a lesson
    begins, ``most`` the points of the platform, if they are others. With ``replace``, grades that
    are in the sheet already give way.
    """

    grade: str = ""
    comment: str = ""
    id: str = ""
    lesson: str = ""
    most: float | None = None
    replace: bool = False


def filled_path(sheet: Path) -> Path:
    """Name the file beside a sheet that is written unless another one is named.

    Examples
    --------
    >>> filled_path(Path("Grades.csv")).name
    'Grades-filled.csv'
    """
    return sheet.with_name(f"{sheet.stem}-filled{sheet.suffix}")


def return_grades(
    sheet: str | Path,
    class_path: str | Path,
    wanted: Wanted,
    scores: str | Path | None = None,
    target: str | Path | None = None,
    key: Key | None = None,
) -> list[str]:
    """Fill a copy of a platform's grade sheet; return sentences about what was done.

    Parameters
    ----------
    sheet
        The sheet as the platform exports it.
    class_path
        The class file; it has the platform's ids.
    wanted
        The columns to fill, and with what.
    scores
        The table of scores with marks and comments; without it, the points of the class count.
    target
        What to write; by default a file beside the sheet.
    key
        Ids by code name, if the names of the files had none.

    Raises
    ------
    FramingkitError
        If the sheet is damaged or of another course, a column or lesson is missing, or something
        would be written over another file.
    """
    sheet, scores = Path(sheet), Path(scores) if scores else None
    target = Path(target) if target else filled_path(sheet)
    refuse_inputs([target], [sheet, Path(class_path), scores, key.path if key else None])
    table = read_cells(sheet)
    refuse_strange(target, lambda path: _is_alike(path, table), "an earlier copy of this sheet")
    content, said = _filled(table, read_class(class_path), wanted, scores, key)
    with keeping(target) as kept:
        write_atomic(target, content)
    return [*said, f"Written: {target}.", *kept]


def preview_grades(
    sheet: str | Path,
    class_path: str | Path,
    wanted: Wanted,
    scores: str | Path | None = None,
    key: Key | None = None,
) -> list[str]:
    """Say what `return_grades` would do, and write nothing; the parameters are the same."""
    table, class_file = read_cells(Path(sheet)), read_class(class_path)
    return _filled(table, class_file, wanted, Path(scores) if scores else None, key)[1]


def _filled(
    table: CellTable, class_file: ClassFile, wanted: Wanted, scores: Path | None, key: Key | None
) -> tuple[bytes, list[str]]:
    """Fill a sheet; give its bytes, and sentences about it."""
    columns = _columns(table, wanted)
    roster, keys = _people(class_file, key)
    grades, said = returned_grades(class_file, roster, scores, wanted.lesson)
    id_column = _column(table, wanted.id, "--id") if wanted.id else None
    found = find_rows(table, keys, roster.labels, id_column, {*columns.values()})
    filling = Filling(table, wanted, columns, found, roster)
    content = filling.fill(grades)
    return content, [*filling.sentences(keys, grades), *said]


def _is_alike(path: Path, table: CellTable) -> bool:
    """Tell whether a file is a sheet with the same columns."""
    try:
        return read_cells(path).columns == table.columns
    except FramingkitError:
        return False


def _people(class_file: ClassFile, key: Key | None) -> tuple[Roster, dict[str, frozenset[str]]]:
    """Give the people of a class, and what may stand for each in a sheet."""
    refuse_shared(class_file)
    roster, ids = Roster(), {}
    for learner in class_file:
        roster.add(person_of(learner), learner.coder)
        ids[person_of(learner)] = learner.ids
    if not ids:
        raise FramingkitError(f"Nobody is in “{class_file.path.name}”. Collect the class again.")
    return roster, keys_of_ids(ids) if key is None else _keys_of(key.all_names(class_file))


def _keys_of(names: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    """Give the keys of a table of code names: ids, or the names of files as collect lists them."""
    ids = {person: [*filter(None, map(platform_id_of, own))] for person, own in names.items()}
    written = {
        person: frozenset(f"={name.strip().removeprefix('#').casefold()}" for name in own)
        for person, own in names.items()
    }
    return written | keys_of_ids(ids)


def _columns(table: CellTable, wanted: Wanted) -> dict[str, int]:
    """Find the columns to fill, by what goes into them."""
    names = {"grade": wanted.grade, "comment": wanted.comment}
    found = {what: _column(table, name, f"--{what}") for what, name in names.items() if name}
    if not found:
        raise FramingkitError(
            f"Say which column of “{table.name}” is for the grades, such as --grade Grade. Its "
            f"columns are: {_named(table)}."
        )
    if wanted.id:
        found["id"] = _column(table, wanted.id, "--id")
    if len({*found.values()}) < len(found):
        raise FramingkitError("One column is named twice. Ids, grades and comments have their own.")
    return {what: column for what, column in found.items() if what != "id"}


def _column(table: CellTable, name: str, option: str) -> int:
    """Find a column by its name, or by how its name begins."""
    asked = name.strip().casefold()
    names = [column.casefold() for column in table.columns]
    found = [n for n, one in enumerate(names) if one == asked]
    found = found or [n for n, one in enumerate(names) if one.startswith(asked)]
    if len(found) == 1:
        return found[0]
    which = f"{len(found)} columns" if found else "no column"
    raise FramingkitError(
        f"“{table.name}” has {which} “{shown(name, 60)}” for {option}. Its columns are: "
        f"{_named(table)}."
    )


def _named(table: CellTable) -> str:
    return listed(f"“{shown(name, 60)}”" for name in table.columns if name)


class Filling:
    """Fills the cells of a sheet, and can say which."""

    def __init__(
        self,
        table: CellTable,
        wanted: Wanted,
        columns: dict[str, int],
        found: SheetRows,
        roster: Roster,
    ) -> None:
        self._table, self._wanted, self._columns = table, wanted, columns
        self._found, self._labels = found, roster.labels
        self._comma = _has_commas(table)
        self._cells: dict[tuple[int, int], str] = {}
        self._same = 0
        self._left: list[str] = []

    def fill(self, grades: dict[str, Returned]) -> bytes:
        """Give the bytes of the filled sheet."""
        for person, row in sorted(self._found.people.items(), key=lambda one: one[1]):
            one = grades.get(person, Returned())
            said = {"grade": self._grade(one), "comment": one.comment}
            for what, column in self._columns.items():
                if said[what]:
                    self._put(row, column, said[what])
        return self._table.changed(self._cells)

    def _grade(self, one: Returned) -> str:
        if one.words:
            return one.words
        number = one.out_of(self._wanted.most)
        text = "" if number is None else f"{number:.10g}"
        return text.replace(".", ",") if self._comma else text

    def _put(self, row: int, column: int, said: str) -> None:
        before = self._table.said(row, column)
        if before == said or (
            number_in(before) is not None and number_in(before) == number_in(said)
        ):
            self._same += 1
        elif before and not self._wanted.replace:
            self._left.append(f"row {row + 1} (“{shown(before, 30)}” and not “{shown(said, 30)}”)")
        else:
            self._cells[row, column] = said

    def sentences(self, keys: dict[str, frozenset[str]], grades: dict[str, Returned]) -> list[str]:
        """Say what was filled, and who or what was not."""
        table, found = self._table, self._found
        kept = "They are as they were."
        others = [f"{table.said(row, found.column)} (row {row + 1})" for row in found.others]
        blank, mixed = self._without_grade(grades)
        said = [
            ("Rows without a hand-in", others, kept),
            ("Hand-ins without a row", self._called(set(keys) - set(found.people)),
             "Give these marks by hand."),
            ("Hand-ins whose names had no id of a platform",
             self._called(set(self._labels) - set(keys)), "Give these marks by hand."),
            ("It is not certain whose these rows are", found.unclear, kept),
            ("Learners without points and without a mark", blank, kept),
            ("Marks by hand beside points of other lessons, which --out-of cannot add", mixed,
             "Return one lesson at a time."),
            ("Cells that were filled already", self._left, "To replace them, add --replace."),
        ]  # fmt: skip
        more = [_left_to_do(*one) for one in said if one[1]]
        return [self._summary(), *more]

    def _called(self, people: set[str]) -> list[str]:
        return [label for person, label in self._labels.items() if person in people]

    def _without_grade(self, grades: dict[str, Returned]) -> tuple[list[str], list[str]]:
        """Name those whose cell cannot be filled: they have nothing, or it cannot be added up."""
        blank: list[str] = []
        mixed: list[str] = []
        for person in self._found.people:
            one = grades.get(person, Returned())
            if "grade" in self._columns and not self._grade(one):
                (mixed if one.is_mixed else blank).append(self._labels[person])
        return blank, mixed

    def _summary(self) -> str:
        table, parts = self._table, []
        for what, column in self._columns.items():
            count = sum(place == column for _, place in self._cells)
            parts.append(f"{counted(count, what)} in “{table.columns[column]}”")
        same = f" {counted(self._same, 'cell')} had the same already." if self._same else ""
        return (
            f"Filled {' and '.join(parts)} of “{table.name}”, by the ids in "
            f"“{table.columns[self._found.column]}”.{same}"
        )


def _left_to_do(what: str, names: list[str], end: str) -> Tabled:
    """Say what a teacher has to look at, and what to do."""
    heading, named = f"{what} ({len(names):,})", listed(names, _NAMED)
    columns = ("What", "Who or where", "What to do")
    return Tabled(f"{heading}: {named}. {end}", "Left for you", columns, [(heading, named, end)])


def _has_commas(table: CellTable) -> bool:
    """Tell whether numbers of a sheet have a comma, as 8,5: by its numbers, or by its separator."""
    said = [place.said.strip() for row in table.rows for place in row]
    points = any(re.fullmatch(r"\d+\.\d+", one) for one in said)
    commas = any(re.fullmatch(r"\d+,\d+", one) for one in said)
    return (commas and not points) or (table.separator == ";" and not points)
