"""How far two people agree who marked the same written answers, and where they are far apart.

It is for the two of them: answers are named by the rows of their tables, never by learners.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit.agreement import Coefficient, ordinal_alpha, two_places
from framingkit.base import Html, counted, disk, element, web_page
from framingkit.hand_ins import ClassFile
from framingkit.reports.marked import MarkedTable, read_marks
from framingkit.reports.people import Roster, listed, person_of
from framingkit.reports.pieces import STYLE, percent, table

TITLE = "Agreement of two markers"
_NEAR = 1  # levels that a mark may be away from another, and still say much the same
_RULE = "Where both gave a mark, the mean of the two counts."
_FEW_TASKS = 12  # that a terminal shows one by one


@dataclass(frozen=True, slots=True)
class MarkedTwice:
    """An answer with a mark from both: its question, its row in each table, and the marks."""

    item: str
    rows: tuple[int, int]
    marks: tuple[int, int]

    @property
    def apart(self) -> int:
        """How many levels the marks are apart."""
        return abs(self.marks[0] - self.marks[1])

    def __str__(self) -> str:
        """Name it without its learner."""
        first, second = self.rows
        where = f"row {first}" if first == second else f"rows {first} and {second}"
        return f"{self.item} {where} ({self.marks[0]} and {self.marks[1]})"


@dataclass(frozen=True, slots=True)
class MarkerAgreement:
    """How far two markers agree on one question, or on all of them."""

    item: str
    both: int
    same: int
    near: int
    alpha: Coefficient

    @classmethod
    def on(cls, item: str, answers: Sequence[MarkedTwice]) -> "MarkerAgreement":
        """Count how often the marks are the same, or at most one level apart."""
        same = sum(one.apart == 0 for one in answers)
        near = sum(one.apart <= _NEAR for one in answers)
        alpha = ordinal_alpha([one.marks for one in answers])
        return cls(item, len(answers), same, near, alpha)

    @property
    def words(self) -> str:
        """Say it in a few words."""
        reason = f", because {self.alpha.reason}" if self.alpha.reason else ""
        return (
            f"{self.same:,} of {self.both:,} with the same mark ({percent(self.same, self.both)}), "
            f"{self.near:,} at most one level apart, alpha {two_places(self.alpha.value)}{reason}"
        )


@dataclass(frozen=True, slots=True)
class TwoMarkers:
    """What two tables of marks have in common, answer by answer."""

    names: tuple[str, str]
    answers: tuple[MarkedTwice, ...]

    @property
    def overall(self) -> MarkerAgreement:
        """The agreement on all questions together."""
        return MarkerAgreement.on("all", self.answers)

    @property
    def by_item(self) -> list[MarkerAgreement]:
        """The agreement on each question."""
        items = dict.fromkeys(one.item for one in self.answers)
        return [
            MarkerAgreement.on(item, [one for one in self.answers if one.item == item])
            for item in items
        ]

    @property
    def far(self) -> list[MarkedTwice]:
        """The answers whose marks are two or more levels apart, the widest first."""
        far = [one for one in self.answers if one.apart > _NEAR]
        return sorted(far, key=lambda one: -one.apart)

    def sentences(self) -> Iterator[str]:
        """Say it for a terminal."""
        if not self.answers:
            yield "Agreement of the two markers: n/a, because no answer was marked by both."
            return
        yield f"The two markers: {self.overall.words}. {_RULE}"
        tasks = self.by_item
        if len(tasks) > 1:
            yield from (f"{one.item}: {one.words}." for one in tasks[:_FEW_TASKS])
            more = len(tasks) - _FEW_TASKS
            yield from [f"And {counted(more, 'more question')}."] * (more > 0)
        if self.far:
            names = listed(map(str, self.far))
            yield f"Two or more levels apart ({len(self.far):,}): {names}. Read them together."

    def parts(self) -> list[Html]:
        """Show it as tables."""
        if not self.answers:
            return [element("p", sentence) for sentence in self.sentences()]
        rows = [_cells(one) for one in [*self.by_item, self.overall]]
        header = ("Question", "Marked by both", "Same mark", "At most one apart", "Alpha")
        about = element("p", f"“{self.names[0]}” and “{self.names[1]}”. {_RULE}")
        parts = [about, table("How far the two markers agree", header, rows)]
        if self.far:
            far = [
                [one.item, *(f"{n:,}" for n in one.rows), *map(str, one.marks)] for one in self.far
            ]
            names = ("Question", "Row, first", "Row, second", "Mark, first", "Mark, second")
            parts.append(table("Two or more levels apart: read these together", names, far))
        else:
            parts.append(element("p", "No two marks are two or more levels apart."))
        return [*parts, element("p", _ABOUT)]

    def page(self) -> bytes:
        """Show it as a page of its own."""
        return web_page(TITLE, *self.parts(), style=f"{STYLE}\nbody {{ padding-top: 24px; }}")


_ABOUT = (
    "Alpha is Krippendorff’s alpha for ordered marks: 1 is full agreement, 0 what chance would "
    "give, and a small difference counts less than a large one. It takes five answers with two "
    "marks. Under 0.67, talk about the rubric before marks count."
)


def _cells(one: MarkerAgreement) -> list[str]:
    alpha = f"n/a: {one.alpha.reason}" if one.alpha.reason else two_places(one.alpha.value)
    shares = [f"{n:,} ({percent(n, one.both)})" for n in (one.same, one.near)]
    return [one.item, f"{one.both:,}", *shares, alpha]


def compare_markers(first: MarkedTable, second: MarkedTable) -> TwoMarkers:
    """Compare the marks that two people gave to the same answers."""
    both = sorted(first.marks.keys() & second.marks.keys(), key=lambda key: first.rows[key])
    return TwoMarkers(
        (first.name, second.name),
        tuple(
            MarkedTwice(
                key[0], (first.rows[key], second.rows[key]), (first.marks[key], second.marks[key])
            )
            for key in both
        ),
    )


def compare_tables(class_file: ClassFile, first: str | Path, second: str | Path) -> TwoMarkers:
    """Compare two marked tables of the written answers of a class.

    Raises
    ------
    FramingkitError
        If a table is damaged, or the class file is.
    """
    roster = Roster()
    for learner in class_file:
        roster.add(person_of(learner), learner.coder)
    return compare_markers(read_marks(Path(first), roster), read_marks(Path(second), roster))


def mean_marks(tables: Sequence[MarkedTable]) -> dict[tuple[str, str], float]:
    """Give the mark that counts for each answer: the one that it has, or the mean of two."""
    given: dict[tuple[str, str], list[int]] = {}
    for one in tables:
        for answer, mark in one.marks.items():
            given.setdefault(answer, []).append(mark)
    return {answer: sum(m) / len(m) if len(m) > 1 else m[0] for answer, m in given.items()}


def is_agreement_page(path: Path) -> bool:
    """Tell whether a file is a page that :meth:`TwoMarkers.page` gave."""
    return f"<title>{TITLE}".encode() in disk.beginning(path, 2000)
