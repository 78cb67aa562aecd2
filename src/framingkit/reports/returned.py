"""What goes back to a learner: the grade of a lesson, and what the teacher wrote to it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import Row, counted, shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins import ClassFile
from framingkit.reports.people import LESSON, Roster, by_owner, listed, name_of, person_of
from framingkit.reports.plan import grade_plan, whole_or_not
from framingkit.reports.scores import COMMENT, MARK, MERGED, OF, POINTS, number_in, read_lessons

ALL, _TEST = "all", "-test"  # a pre-test and a post-test are never part of a grade
_WRITTEN, _WRITTEN_OF, _REMARKS = MERGED


@dataclass(slots=True)
class Returned:
    """The grade and the comment of one learner.

    ``number`` is the grade, ``most`` what it could be at most; ``words`` a grade that is no number,
    such as “B+”. A mark by hand counts in place of the points of its lesson, and has no ``most``.
    """

    number: int | float | None = None
    most: float = 0
    by_hand: bool = False
    words: str = ""
    comment: str = ""

    def add(self, row: Row) -> None:
        """Add one lesson, as a row of the table of scores has it."""
        said = [row.get(name, "").strip() for name in (COMMENT, _REMARKS)]
        self.comment = "\n".join(filter(None, [self.comment, *said]))
        if mark := row.get(MARK, "").strip():
            self.by_hand = True
            given = [number_in(mark)]
            self.words = self.words if given[0] is not None else f"{self.words} {mark}".strip()
        else:
            given = [number_in(row.get(name, "")) for name in (POINTS, _WRITTEN)]
            self.most += sum(number_in(row.get(name, "")) or 0 for name in (OF, _WRITTEN_OF))
        numbers = [one for one in given if one is not None]
        if numbers:
            self.number = whole_or_not(float(sum(numbers, self.number or 0)))

    @property
    def is_mixed(self) -> bool:
        """Whether there is a mark by hand, and points of another lesson."""
        return self.by_hand and bool(self.most)

    def out_of(self, most: float | None) -> int | float | None:
        """Give the grade on another scale; a mark by hand stays as it is."""
        if self.number is None or most is None or not self.most:
            return self.number
        return None if self.is_mixed else whole_or_not(round(self.number * most / self.most, 2))


def returned_grades(
    class_file: ClassFile, roster: Roster, scores: Path | None, lesson: str
) -> tuple[dict[str, Returned], list[str]]:
    """Give the grade of each person, and sentences about what was left out.

    Parameters
    ----------
    class_file, roster
        The class, and its people.
    scores
        The table of scores with marks and comments, if there is one; without it the points count.
    lesson
        Which lesson: how its name begins, or “all”. It can be left out if the class has only one.

    Raises
    ------
    FramingkitError
        If the class has not this lesson, or several and none is named.
    """
    strangers: list[Row] = []
    if scores:
        owned, strangers = by_owner(read_lessons(scores), roster, f"“{scores.name}”", LESSON)
    else:
        owned = dict(_points_of(class_file))
    chosen = chosen_lessons([lesson for lesson, _ in owned], lesson)
    grades: dict[str, Returned] = {}
    for (name, person), row in owned.items():
        if name in chosen:
            grades.setdefault(person, Returned()).add(row)
    said = []
    if scores and strangers:
        names = listed(name_of(row, LESSON) for row in strangers)
        said.append(
            f"“{scores.name}” has {counted(len(strangers), 'row')} that are not certainly "
            f"somebody's of this class: {names}. They were left out."
        )
    return grades, said


def _points_of(class_file: ClassFile) -> Iterator[tuple[tuple[str, str], Row]]:
    plan = grade_plan(class_file)
    for learner in class_file:
        for lesson, points, most in plan.lessons_of(learner):
            cells = {POINTS: points, OF: most}
            row = Row({name: "" if cell is None else str(cell) for name, cell in cells.items()})
            yield (lesson, person_of(learner)), row


def chosen_lessons(lessons: Iterable[str], wanted: str) -> set[str]:
    """Find the lessons that are meant.

    Parameters
    ----------
    lessons
        Those of the class.
    wanted
        How the name of a lesson begins, “all”, or nothing if the class has only one.

    Raises
    ------
    FramingkitError
        If there is no such lesson, or several and none is named.

    Examples
    --------
    >>> chosen_lessons(["02-agenda", "03-commentary"], "03")
    {'03-commentary'}
    """
    there = sorted({*lessons})
    named = ", ".join(filter(None, there)) or "none"
    if wanted == ALL:
        return {one for one in there if not one.endswith(_TEST)} or {*there}
    if not wanted and len(there) == 1:
        return {*there}
    found = {one for one in there if wanted and one.casefold().startswith(wanted.casefold())}
    if found:
        return found
    if wanted:
        raise FramingkitError(
            f"Nobody in this class answered a question of the lesson “{shown(wanted, 40)}”. The "
            f"lessons of the class are: {named}."
        )
    raise FramingkitError(
        f"This class has several lessons: {named}. Say which one the sheet is for, such as "
        f"--lesson {there[0][:2] if there else '03'}, or --lesson all."
    )
