"""Marks that people gave to written answers: added to the grades, compared between markers."""

import re
from collections.abc import Iterable, Iterator, Mapping
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
    table_line,
    write_atomic,
)
from framingkit.reports.marked import MARKS, MarkedTable, read_marks, unfound_words
from framingkit.reports.markers import compare_markers, is_agreement_page, mean_marks
from framingkit.reports.people import CODE_NAME, LESSON, PERSON, Roster, listed
from framingkit.reports.plan import is_scores, whole_or_not
from framingkit.reports.scores import MERGED, SCORES, lesson_columns
from framingkit.reports.written import NOTE
from framingkit.work import learner_from

TOTAL = "written_marks"


def merge_marks(
    grades: str | Path,
    written: str | Path,
    target: str | Path,
    second: str | Path | None = None,
    page: str | Path | None = None,
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
    page
        The page to write, if any, on how far the two agree.

    Raises
    ------
    FramingkitError
        If a table is damaged or cannot be written, or would be written over another file.
    """
    grades, target, agreement = Path(grades), Path(target), Path(page) if page else None
    places = [Path(path) for path in (written, second) if path is not None]
    refuse_inputs([target, agreement], [grades, *places])
    text, what = read_table_text(grades), f"“{grades.name}”"
    roster, columns = _people_of(read_table(text, what, [CODE_NAME], [PERSON]))

    narrow = bool(lesson_columns(grades))
    _refuse_others(target, agreement, narrow, columns)
    tables = [read_marks(path, roster) for path in places]
    rows, means = read_table(text, what, [CODE_NAME], [PERSON, *SCORES]), mean_marks(tables)
    homeless: list[str] = []
    with keeping(target, agreement) as kept:
        if agreement and len(tables) > 1:
            write_atomic(agreement, compare_markers(*tables).page())
        if narrow:
            homeless = _write_lessons(target, rows, means, tables[0].comments, roster)
        else:
            _write(target, rows, means)
    return [*_sentences(tables, grades.name), *_homeless(homeless, grades.name), *kept]


def _refuse_others(target: Path, page: Path | None, narrow: bool, columns: set[str]) -> None:
    """Refuse to write over what merging has not written."""

    def is_ours(path: Path) -> bool:
        if there := {*lesson_columns(path)}:
            return narrow and there <= columns | {*MERGED}
        mine = {TOTAL} if narrow else columns
        return is_scores(path, lambda name: name in mine or name.endswith(": mark"))

    refuse_strange(target, is_ours, "a table as “framingkit merge” writes it")
    if page:
        refuse_strange(page, is_agreement_page, "a page as “framingkit merge” writes it")


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


def _on_two(first: MarkedTable, second: MarkedTable) -> Iterator[str]:
    """Say how far two markers agree, and which comments of the second one reach nobody."""
    yield from compare_markers(first, second).sentences()
    texts = second.comments.items()
    other = sorted(second.rows[key] for key, text in texts if first.comments.get(key) != text)
    if other:
        yield (
            f"Comments of {second.name} that {first.name} has not ({len(other):,}): "
            f"{listed(f'row {row}' for row in other)}. Learners read only those of {first.name}."
        )


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
        yield from _on_two(*tables)
    if first.unfound:
        yield unfound_words(first.unfound)
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
