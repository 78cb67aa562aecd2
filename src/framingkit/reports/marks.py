"""Marks that people gave to written answers: added to the grades, compared between markers."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from framingkit import course
from framingkit.base import (
    Cell,
    Name,
    Row,
    counted,
    header_line,
    keeping,
    read_table,
    read_table_text,
    refuse_inputs,
    refuse_strange,
    replacing,
    shown,
    table_line,
)
from framingkit.errors import FramingkitError
from framingkit.reports.people import CODE_NAME, LESSON, PERSON, Roster, by_owner, listed, name_of
from framingkit.reports.plan import is_scores, whole_or_not
from framingkit.reports.scores import MERGED, SCORES, lesson_columns
from framingkit.reports.written import CHANGED, GONE, NOTE, read_written
from framingkit.work import learner_from

MARKS = range(4)
TOTAL = "written_marks"

Marks = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class MarkedTable:
    """What one person marked, for each question and person.

    ``unmarked`` answers have no mark yet, ``doubtful`` marks are of answers that changed or were
    withdrawn since, and ``strangers`` have a mark and are not in the grades.
    """

    name: str
    marks: Marks
    unmarked: int
    doubtful: list[str]
    strangers: list[str]
    comments: dict[tuple[str, str], str]


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
    return MarkedTable(path.name, marks, len(rows) - len(marked), doubtful, unknown, comments)


def _mark(row: Row, where: str) -> int | None:
    """Read a mark, also as a spreadsheet writes it: 2.0 or 2,0."""
    text = row["mark"].strip()
    found = re.fullmatch(r"(\d)(?:[.,]0*)?", text)
    if text and not (found and int(found[1]) in MARKS):
        raise FramingkitError(
            f"{where}: a mark is 0, 1, 2 or 3, but this is {shown(row['mark'], 40)!r}."
        )
    return int(found[1]) if found else None


@dataclass(frozen=True, slots=True)
class MarkerAgreement:
    """How far two markers agree.

    ``exact`` is the share of answers with the same mark. Where ``exact`` or ``kappa`` is None,
    ``reason`` says why it cannot be worked out.
    """

    both: int
    exact: float | None
    kappa: float | None
    reason: str

    @property
    def sentence(self) -> str:
        """Say it in one sentence."""
        if self.exact is None:
            return f"Agreement of the two markers: n/a, because {self.reason}."
        chance = f"n/a, because {self.reason}" if self.kappa is None else f"{self.kappa:.2f}"
        return (
            f"The two markers gave the same mark to {self.exact:.0%} of {self.both} answers; "
            f"Cohen's kappa is {chance}."
        )


def marker_agreement(first: Marks, second: Marks) -> MarkerAgreement:
    """Compare the marks that two people gave to the same answers.

    Examples
    --------
    >>> same = {("what-chess-hides", "mara"): 2, ("what-chess-hides", "amber"): 3}
    >>> marker_agreement(same, same).sentence
    "The two markers gave the same mark to 100% of 2 answers; Cohen's kappa is 1.00."
    """
    pairs = [(first[answer], second[answer]) for answer in first.keys() & second.keys()]
    if not pairs:
        return MarkerAgreement(0, None, None, "no answer was marked by both")
    size, same = len(pairs), sum(mark == other for mark, other in pairs)
    mine, theirs = (Counter(marks) for marks in zip(*pairs, strict=True))
    # Whole numbers until one division, so that the result does not depend on the order.
    chance = sum(mine[mark] * theirs[mark] for mark in MARKS)
    if chance == size * size:
        reason = "both gave the same single mark throughout"
        return MarkerAgreement(size, same / size, None, reason)
    kappa = (same * size - chance) / (size * size - chance)
    return MarkerAgreement(size, same / size, kappa, "")


def merge_marks(
    grades: str | Path, written: str | Path, target: str | Path, second: str | Path | None = None
) -> list[str]:
    """Add marks to a table of grades; return sentences about what was done.

    Parameters
    ----------
    grades
        The table of scores.
    written
        The table of written answers, with marks.
    target
        The table to write. A table of lessons gets the sum of the marks in each lesson, the most
        they could be, and the comments; one with a column for each question gets marks by question.
    second
        The same answers as another person marked them: the mean of both counts.

    Raises
    ------
    FramingkitError
        If a table is damaged or cannot be written, or would be written over another file.
    """
    grades, target = Path(grades), Path(target)
    places = [Path(path) for path in (written, second) if path is not None]
    refuse_inputs([target], [grades, *places])
    text, what = read_table_text(grades), f"“{grades.name}”"
    roster, columns = _people_of(read_table(text, what, [CODE_NAME], [PERSON]))

    narrow = bool(lesson_columns(grades))

    def is_ours(path: Path) -> bool:
        if there := {*lesson_columns(path)}:
            return narrow and there <= columns | {*MERGED}
        mine = {TOTAL} if narrow else columns
        return is_scores(path, lambda name: name in mine or name.endswith(": mark"))

    refuse_strange(target, is_ours, "a table as “framingkit merge” writes it")
    tables = [read_marks(path, roster) for path in places]
    rows, means = read_table(text, what, [CODE_NAME], [PERSON, *SCORES]), _means(tables)
    homeless: list[str] = []
    with keeping(target) as kept:
        if narrow:
            homeless = _write_lessons(target, rows, means, tables[0].comments, roster)
        else:
            _write(target, rows, means)
    return [*_sentences(tables, grades.name), *_homeless(homeless, grades.name), *kept]


def _people_of(rows: Iterable[Row]) -> tuple[Roster, set[str]]:
    """Give the people of a table of scores, each once, and the names of its columns."""
    roster, columns, seen = Roster(), {TOTAL}, set()
    for row in rows:
        columns |= row.keys()
        one = _person(row), row[CODE_NAME].strip()
        if one not in seen or LESSON not in row:
            roster.add(*one)
        seen.add(one)
    return roster, columns


def _person(row: Row) -> str:
    """Return the id of a row of grades; if it has none, one that is made of the code name."""
    person = row.get(PERSON, "").strip().lower()
    return person if re.fullmatch("[a-z]+", person) else learner_from(row[CODE_NAME].strip())


def _means(tables: Iterable[MarkedTable]) -> dict[tuple[str, str], float]:
    given: dict[tuple[str, str], list[int]] = {}
    for table in tables:
        for answer, mark in table.marks.items():
            given.setdefault(answer, []).append(mark)
    return {answer: sum(m) / len(m) if len(m) > 1 else m[0] for answer, m in given.items()}


def _write(target: Path, rows: Iterator[Row], marks: Mapping[tuple[str, str], float]) -> None:
    """Write the table; columns of an earlier merge are written again."""
    items = sorted({item for item, _ in marks})
    new = [*(f"{item}: mark" for item in items), TOTAL]
    with replacing(target, 0o600) as file:
        for place, row in enumerate(rows):
            kept = {name: text for name, text in row.items() if name not in new}
            if place == 0:
                file.write(header_line([*kept, *new]))
            own = [marks.get((item, _person(row))) for item in items]
            given = [mark for mark in own if mark is not None]
            cells = (_cell(name, text) for name, text in kept.items())
            file.write(table_line([*cells, *own, sum(given) if given else None]))


def _write_lessons(
    target: Path,
    rows: Iterable[Row],
    marks: Mapping[tuple[str, str], float],
    comments: Mapping[tuple[str, str], str],
    roster: Roster,
) -> list[str]:
    """Add to each lesson the marks of its written answers; return whose marks have no row."""
    given: dict[tuple[str, str], list[float]] = {}
    said: dict[tuple[str, str], list[str]] = {}
    lessons = _lessons_of_items()
    for (item, person), mark in marks.items():
        given.setdefault((lessons.get(item, ""), person), []).append(mark)
    for (item, person), text in sorted(comments.items()):
        said.setdefault((lessons.get(item, ""), person), []).append(f"{item}: {text}")
    with replacing(target, 0o600) as file:
        for place, row in enumerate(rows):
            kept = {name: text for name, text in row.items() if name not in MERGED}
            if place == 0:
                file.write(header_line([*kept, *MERGED]))
            key = row[LESSON].strip(), _person(row)
            own = given.pop(key, [])
            total = whole_or_not(float(sum(own))) if own else None
            most = len(own) * MARKS[-1] or None
            cells = (_cell(name, text) for name, text in kept.items())
            remarks = "\n".join(said.get(key, []))
            file.write(table_line([*cells, total, most, remarks]))
    return [f"{roster.labels[person]} ({lesson})" for lesson, person in given]


def _lessons_of_items() -> dict[str, str]:
    lessons = course.list_lessons()
    return {item.id: lesson for lesson in lessons for item in course.load_items(lesson)}


def _homeless(names: list[str], grades: str) -> list[str]:
    if not names:
        return []
    return [
        f"{grades} has no row for these learners and lessons ({len(names):,}): {listed(names)}. "
        "Their marks were added to nothing. Grade the class again, then merge."
    ]


def _cell(name: str, text: str) -> Cell:
    """Keep a number a number, and everything else as it is: 007 is an id, 0.123456 is not cut."""
    if name == CODE_NAME:
        return Name(text)
    for kind in (int, float):
        try:
            if str(round(kind(text), 4)) == text:
                return kind(text)
        except ValueError:
            continue
    return text


def _sentences(tables: list[MarkedTable], grades: str) -> Iterator[str]:
    first = tables[0]
    marked = len(first.marks) + len(first.strangers)
    have = "has" if marked == 1 else "have"
    rest = "has" if first.unmarked == 1 else "have"
    yield (
        f"{first.name}: {counted(marked, 'answer')} {have} a mark, {first.unmarked:,} {rest} none "
        "yet."
    )
    if len(tables) > 1:
        yield marker_agreement(first.marks, tables[1].marks).sentence
    for table in tables:
        if table.strangers:
            people = set(table.strangers)
            yield (
                f"{table.name} has marks for learners without a row in {grades} that is certainly "
                f"theirs ({len(people):,}): {listed(table.strangers)}. These marks were added to "
                "nobody."
            )
        if table.doubtful:
            yield (
                f"Marks in {table.name} that may be outdated, as its column “{NOTE}” says "
                f"({len(table.doubtful):,}): {listed(table.doubtful)}."
            )
