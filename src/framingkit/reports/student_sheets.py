"""One sheet of feedback for each learner, made after marking, and a zip for the platform."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from framingkit import course
from framingkit.base import Row, counted, keeping, refuse_inputs, refuse_strange, replacing, shown
from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.feedback import SpanTask
from framingkit.hand_ins import ClassFile, Learner, holds_only, read_class, writing_zip
from framingkit.reports.feedback_pages import FeedbackPages
from framingkit.reports.marked import read_marks, unfound_words
from framingkit.reports.markers import mean_marks
from framingkit.reports.people import LESSON, Roster, by_owner, listed, person_of
from framingkit.reports.plan import GradedText, GradePlan, grade_plan
from framingkit.reports.returned import chosen_lessons
from framingkit.reports.scores import read_lessons
from framingkit.reports.sheet_facts import Facts, Written, marks_of, tagged_in, text_in
from framingkit.reports.sheet_page import Sheet, sheet_page


@dataclass(frozen=True, slots=True)
class Lesson:
    """What the sheets of one lesson are about."""

    title: str
    closed: tuple[Item, ...]
    written: tuple[Item, ...]
    places: list[tuple[int, GradedText, SpanTask]]
    rows: dict[tuple[str, str], Row]
    marks: dict[tuple[str, str], float]
    comments: dict[tuple[str, str], str]
    id: str
    plan: GradePlan
    day: str

    def sheet(self, learner: Learner) -> Sheet:
        """Write the sheet of a learner."""
        return sheet_page(learner.coder, self.title, self._facts(learner), self.day)

    def _row(self, learner: Learner) -> Row:
        return self.rows.get((self.id, person_of(learner)), Row())

    def _facts(self, learner: Learner) -> Facts:
        """Gather what there is to say to a learner."""
        written = []
        for item in self.written:
            place = item.id, person_of(learner)
            if text := text_in(learner.responses.get(item.id)):
                mark, comment = self.marks.get(place), self.comments.get(place, "")
                written.append(Written(item, text, mark, comment))
        tagged = tuple(tagged_in(learner, self.places, self.plan.codebook))
        return Facts(
            self.closed, marks_of(learner, self.closed), tagged, tuple(written),
            self._row(learner), self.plan.codebook,
        )  # fmt: skip


def write_sheets(
    class_path: str | Path,
    folder: str | Path,
    lesson: str = "",
    scores: str | Path | None = None,
    written: str | Path | None = None,
    packed: str | Path | None = None,
    watch: Callable[[ClassFile], Iterable[Learner]] = iter,
    reading: str | Path | None = None,
    second: str | Path | None = None,
    day: str = "",
) -> list[str]:
    """Write one sheet for each learner; return sentences about what was done.

    Parameters
    ----------
    class_path
        The class file.
    folder
        The folder for the sheets. Earlier pages that change are moved to a folder beside.
    lesson
        How the name of the lesson begins; it can be left out if the class has only one.
    scores, written
        The table of scores and the table of written answers, with marks and comments.
    packed
        The zip to write, if any, with the names that Moodle, Canvas and ILIAS read.
    watch
        Passes the learners on, for example to a progress bar.
    reading
        A file with a reading to compare tags with, in place of the kit's own of that text.
    second
        The table of written answers as another person marked it: the mean of both marks counts.
    day
        The day of marking, in words; left out if it is empty.

    Raises
    ------
    FramingkitError
        If a table is damaged, the class has not this lesson, or something would be written over
        another file.
    """
    class_path, folder = Path(class_path), Path(folder)
    tables = Tables(*(Path(one) if one else None for one in (scores, written, reading, second)))
    target = Path(packed) if packed else None
    refuse_inputs([folder, target], [class_path, *tables])
    if target:
        refuse_strange(target, lambda path: holds_only(path, "feedback.html"), "a zip of sheets")
    class_file = read_class(class_path)
    about = _lesson(class_file, lesson, tables, day)
    with ExitStack() as stack:
        kept = stack.enter_context(keeping(target))
        packing = Packing(stack, target) if target else None
        pages, long, unfound = FeedbackPages(folder), [], list[str]()
        for learner in watch(class_file):
            sheet = about.sheet(learner)
            pages.put(learner.coder, sheet.page)
            if packing:
                packing.add(learner, sheet.page)
            long += [learner.coder] * sheet.is_cut
            unfound += [f"“{shown(words, 60)}” ({learner.coder})" for words in sheet.unfound]
    wrote = f"Wrote {counted(len(class_file), 'sheet')} about “{about.title}” into “{folder.name}”."
    said = [*pages.finish(), *(packing.sentences() if packing else []), *kept]
    return [wrote, *_cut(long), *([unfound_words(unfound)] if unfound else []), *said]


def _cut(names: list[str]) -> list[str]:
    words = "Comments that are too long for a sheet, and were cut or left out"
    return [f"{words} ({len(names):,}): {listed(names)}."] if names else []


class Tables(NamedTuple):
    """What the sheets are made from beside the class, each if it is there."""

    scores: Path | None
    written: Path | None
    reading: Path | None
    second: Path | None


def _lesson(class_file: ClassFile, wanted: str, tables: Tables, day: str) -> Lesson:
    """Find out what the sheets are about."""
    scores, _, reading, _ = tables
    plan = grade_plan(class_file, course.read_reference(reading) if reading else None)
    id = _only_lesson([one for one in plan.lessons if not one.endswith("-test")], wanted)
    roster = Roster()
    for learner in class_file:
        roster.add(person_of(learner), learner.coder)
    rows = by_owner(read_lessons(scores), roster, f"“{scores.name}”", LESSON)[0] if scores else {}
    marked = [read_marks(one, roster) for one in (tables.written, tables.second) if one]
    outline = next((one for one in course.load_outlines() if one.id == id), None)
    tagged = [pair for part in outline.parts for pair in part.tagged] if outline else []
    return Lesson(
        f"Lesson {id[:2]}: {outline.name}" if outline else id,
        tuple(item for item in plan.closed if item.lesson == id),
        tuple(item for item in plan.written if item.lesson == id),
        [*_places(plan, set(tagged))], rows,
        mean_marks(marked), marked[0].comments if marked else {}, id, plan, day,
    )  # fmt: skip


def _only_lesson(there: list[str], wanted: str) -> str:
    (id, *others) = sorted(chosen_lessons(there, wanted)) or [""]
    if others or not id:
        raise FramingkitError(
            "A sheet is about one lesson. Say which, such as --lesson 03. The lessons of the class "
            f"are: {', '.join(there) or 'none'}."
        )
    return id


def _places(
    plan: GradePlan, tagged: set[tuple[str, str]]
) -> Iterator[tuple[int, GradedText, SpanTask]]:
    for number, text in plan.texts.items():
        for task in text.tasks:
            if (text.document.id, task.section.id) in tagged:
                yield number, text, task


class Packing:
    """Gives sheets the names by which a platform finds their learners again.

    Moodle reads the second of the words between the signs “_” as the number of the learner. Canvas
    reads the first two numbers between them as the learner and the file that was handed in. ILIAS
    reads folders in one that begins with “multi_feedback”: the last number is the learner.
    """

    def __init__(self, stack: ExitStack, target: Path) -> None:
        self._name = target.name
        self._put = stack.enter_context(writing_zip(stack.enter_context(replacing(target, 0o600))))
        self._count = 0
        self._without: list[str] = []

    def add(self, learner: Learner, page: bytes) -> None:
        """Add the sheet of a learner under each name that it needs."""
        names = {name for id in learner.ids if (name := _packed_name(learner.coder, id))}
        for name in sorted(names):
            self._put(name, page)
        self._count += len(names)
        self._without += [learner.coder] * (not names)

    def sentences(self) -> Iterator[str]:
        """Say what is in the zip, and who is not."""
        sheets = counted(self._count, "sheet")
        yield f"“{self._name}” has {sheets} for Moodle, Canvas or ILIAS."
        if self._without:
            yield (
                "Without an id of Moodle, Canvas or ILIAS, and so not in it "
                f"({len(self._without):,}): {listed(self._without)}. Give these sheets by hand."
            )


def _packed_name(coder: str, id: str) -> str:
    platform, _, number = id.partition(" ")
    if platform == "Moodle":
        return f"feedback-{coder}_{number}_assignsubmission_file_/feedback.html"
    if platform == "ILIAS":
        return f"multi_feedback/feedback-{coder}_{number}/feedback.html"
    learner, _, file = number.partition(" ")
    return f"feedback-{coder}_{learner}_{file}_feedback.html" if platform == "Canvas" else ""
