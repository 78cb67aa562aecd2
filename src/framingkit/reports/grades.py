"""Grades a class: a table of scores, a table of written answers to read, pages of feedback.

Answers are only read; nothing that a learner handed in is ever run. Names of people come in only
through a key file, and only into the table of scores.
"""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from framingkit.base import (
    Row,
    Tabled,
    counted,
    header_line,
    keeping,
    read_table,
    read_table_text,
    refuse_inputs,
    refuse_strange,
    replacing,
    table_line,
)
from framingkit.course import read_reference
from framingkit.errors import FramingkitError
from framingkit.hand_ins import ClassFile, Learner, read_class
from framingkit.reports.feedback_pages import FeedbackPages, feedback_page
from framingkit.reports.people import CODE_NAME, PERSON, Roster, listed, person_of
from framingkit.reports.plan import GradePlan, grade_plan, is_scores
from framingkit.reports.scores import MERGED, SCORES, LessonTable, has_other_scores, is_lessons
from framingkit.reports.written import WrittenTable, has_other_work
from framingkit.work import CLASS_NAME_ITEM, check_code_name


@dataclass(frozen=True, slots=True)
class Key:
    """Who is who: rows with a code name, and what the learning platform calls this learner."""

    path: Path
    column: str
    rows: list[Row]

    def names(self, class_file: ClassFile) -> dict[str, str]:
        """Give the name of each person of a class, where it is certain."""
        found = self.all_names(class_file)
        return {person: ", ".join(filter(None, names)) for person, names in found.items()}

    def all_names(self, class_file: ClassFile) -> dict[str, list[str]]:
        """Give all names of each person of a class, where they are certain."""
        roster = Roster()
        for learner in class_file:
            roster.add(person_of(learner), learner.coder)
        found: dict[str, dict[str, None]] = {}
        named = {row[CODE_NAME] for row in self.rows}
        for row in self.rows:
            found.setdefault(roster.owner(row, named), {})[row[self.column]] = None
        return {person: [*names] for person, names in found.items() if person}


def read_key(path: str | Path, column: str = "") -> Key:
    """Read a key file: a table with the column ``code_name`` and at least one other.

    Parameters
    ----------
    path
        The key file.
    column
        The column to use; the first other one if it is left out.

    Raises
    ------
    FramingkitError
        If a column is missing, or a code name appears twice.
    """
    path = Path(path)
    what = f"“{path.name}”"
    wanted = [CODE_NAME, *([column] if column else [])]
    rows = list(read_table(read_table_text(path), what, wanted, [PERSON]))
    others = [name for name in (*rows, Row())[0] if name not in (CODE_NAME, PERSON)]
    if rows and not others:
        raise FramingkitError(f"{what} needs a column with names beside “{CODE_NAME}”.")
    seen = set()
    for row in rows:
        if row.get(PERSON):
            continue  # the id counts; a spreadsheet may have changed the code name
        coder, dot, apart = row[CODE_NAME].strip().partition(".")
        row[CODE_NAME] = check_code_name(coder) + dot + apart
        if row[CODE_NAME] in seen:
            raise FramingkitError(
                f"{what} has two rows for the code name {row[CODE_NAME]!r}. Keep one."
            )
        seen.add(row[CODE_NAME])
    return Key(path, column or (*others, "name")[0], rows)


def grade(
    path: str | Path,
    grades: str | Path,
    to_read: str | Path | None = None,
    feedback: str | Path | None = None,
    key: Key | None = None,
    watch: Callable[[ClassFile], Iterable[Learner]] = iter,
    reading: str | Path | None = None,
    tasks: str | Path | None = None,
) -> list[str]:
    """Grade a class file; return sentences about what was done.

    Parameters
    ----------
    path
        The class file.
    grades
        The table of scores to write: a row for each learner and lesson. Marks and comments that are
        in it follow the person and the lesson.
    to_read
        The table of written answers to write, if any: sorted by question, so that one question
        is read for the whole class, with the learners in another order for each question. Marks
        and comments that are in it follow the person and the question.
    feedback
        The folder for one page for each learner, if any.
    key
        Who is who; only the table of scores then has names.
    watch
        Passes the learners on while they are graded, for example to a progress bar.
    reading
        A file with a reading to compare tags with, in place of the kit's own of that text.
    tasks
        The table to write, if any, with a column for each question and each count of tags.

    Raises
    ------
    FramingkitError
        If the class file is damaged, or something cannot be written or would be written over
        another file.
    """
    scores = Path(grades)
    table_path, folder, other, wide = (
        Path(one) if one else None for one in (to_read, feedback, reading, tasks)
    )
    inputs = [Path(path), other, key.path if key else None]
    refuse_inputs([scores, table_path, folder, wide], inputs)
    refuse_strange(scores, lambda path: is_lessons(path) or is_scores(path), _SCORES)
    if wide:
        refuse_strange(wide, is_scores, f"{_SCORES} with --per-task")
    class_file = read_class(path)
    plan = grade_plan(class_file, read_reference(other) if other else None)
    _refuse_column(key, plan)
    with ExitStack() as stack:
        table = stack.enter_context(WrittenTable(table_path, plan.written)) if table_path else None
        pages = FeedbackPages(folder) if folder else None
        lessons = LessonTable(scores, plan, key.column if key else "", _names_classes(class_file))
        kept = stack.enter_context(keeping(scores, is_needed=has_other_scores))
        kept_tasks = stack.enter_context(keeping(wide))
        kept_marks = stack.enter_context(keeping(table_path, is_needed=has_other_work))
        takers = [*([table.add] if table else []), *_page_writer(pages, plan)]
        takers += [_task_rows(stack.enter_context(replacing(wide, 0o600)), plan)] if wide else []
        with replacing(scores, 0o600) as file:
            said = _write_rows(file, class_file, watch, lessons, key, takers)
        said += [*(table.write() if table else []), *(pages.finish() if pages else [])]
    return [_summary(class_file, plan, table), *said, *kept, *kept_tasks, *kept_marks]


Taker = Callable[[Learner], None]
_SCORES = "a table as “framingkit grade” writes it"


def _write_rows(
    file: BinaryIO,
    class_file: ClassFile,
    watch: Callable[[ClassFile], Iterable[Learner]],
    lessons: LessonTable,
    key: Key | None,
    takers: list[Taker],
) -> list[str]:
    """Write the scores of each learner; say whom the key leaves out, and what was kept."""
    names = key.names(class_file) if key else {}
    nameless = []
    lessons.begin(file, lambda: class_file)
    for learner in watch(class_file):
        name = names.get(person_of(learner), "")
        nameless += [learner.coder] * (key is not None and not name)
        lessons.add(file, learner, name)
        for take in takers:
            take(learner)
    return [*_nameless(nameless), *lessons.finish(file)]


def _refuse_column(key: Key | None, plan: GradePlan) -> None:
    """Refuse names under the name of another column."""
    if key and key.column in {*plan.columns, *SCORES, *MERGED}:
        raise FramingkitError(
            f"The column “{key.column}” of “{key.path.name}” has no names: the table of scores has "
            "one of that name. Choose or rename the column with names."
        )


def _page_writer(pages: FeedbackPages | None, plan: GradePlan) -> Iterable[Taker]:
    if pages:
        yield lambda learner: pages.put(learner.coder, feedback_page(learner, plan))


def _names_classes(class_file: ClassFile) -> bool:
    return CLASS_NAME_ITEM in class_file.items


def _task_rows(file: BinaryIO, plan: GradePlan) -> Taker:
    """Begin the table with a column for each question; return what writes a learner's row."""
    file.write(header_line(plan.columns))

    def add(learner: Learner) -> None:
        file.write(table_line(plan.row(learner)))

    return add


def _summary(class_file: ClassFile, plan: GradePlan, table: WrittenTable | None) -> str:
    answers = table.answers if table else 0
    counts = {
        "Learners": len(class_file), "Closed questions": len(plan.closed),
        "Texts": len(plan.texts), "Written answers to read": answers,
    }  # fmt: skip
    return Tabled(
        f"Graded {counted(len(class_file), 'learner')}: "
        f"{counted(len(plan.closed), 'closed question')}, "
        f"{counted(len(plan.texts), 'text')}, {counted(answers, 'written answer')} to read.",
        "Graded", ("", ""), [(name, f"{count:,}") for name, count in counts.items()],
    )  # fmt: skip


def _nameless(names: list[str]) -> list[str]:
    if not names:
        return []
    return [
        f"The key file has no name for {len(names):,} of them: {listed(names)}. Their cell is "
        "empty."
    ]
