"""Which lesson a report is about: its questions, what is tagged in it, and who did any of it.

Without a wish it is the lesson that most learners have begun; of two, the later one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from framingkit import course
from framingkit.course import Document, Outline
from framingkit.errors import FramingkitError
from framingkit.hand_ins import LearnerTags

ALL = "all"
"""How a report on all lessons together is asked for."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a report is about; without an `outline` it is the whole course.

    ``asked`` are the questions and ``sections`` the pairs of text and section that no learner may
    leave out; ``items`` and ``tagged`` also name what is optional.
    """

    outline: Outline | None
    items: frozenset[str]
    tagged: frozenset[tuple[str, str]]
    asked: frozenset[str]
    sections: frozenset[tuple[str, str]]

    @property
    def id(self) -> str:
        """The id of the lesson, or "all"."""
        return self.outline.id if self.outline else ALL

    @property
    def title(self) -> str:
        """What the page is called.

        Examples
        --------
        >>> scope_of("03-commentary").title, scope_of("all").title
        ('Lesson 03: The commentary', 'The whole course')
        """
        if self.outline is None:
            return "The whole course"
        return f"Lesson {self.outline.number}: {self.outline.name}"


def scope_of(lesson: str) -> Scope:
    """Say what belongs to a lesson, or to all of them."""
    outlines = [one for one in course.load_outlines() if lesson in (ALL, one.id)]
    parts = [part for outline in outlines for part in outline.parts]
    needed = [part for part in parts if not part.is_optional]
    return Scope(
        None if lesson == ALL else outlines[0],
        frozenset(id for part in parts for id in part.items),
        frozenset(pair for part in parts for pair in part.tagged),
        frozenset(id for part in needed for id in part.items),
        frozenset(pair for part in needed for pair in part.tagged),
    )


def lesson_named(wish: str) -> str:
    """Find the lesson that somebody names by its number or its id; "all" stays, and so does "".

    Raises
    ------
    FramingkitError
        If there is no such lesson.

    Examples
    --------
    >>> lesson_named("3"), lesson_named("03-commentary"), lesson_named("all")
    ('03-commentary', '03-commentary', 'all')
    """
    if wish in ("", ALL):
        return wish
    outlines = course.load_outlines()
    found = [one.id for one in outlines if wish in (one.id, one.number, one.number.lstrip("0"))]
    if not found:
        known = ", ".join(one.number for one in outlines)
        raise FramingkitError(
            f"There is no lesson {wish[:40]!r}. Give one of these numbers: {known}; or “all”."
        )
    return found[0]


@dataclass(slots=True)
class LessonTally:
    """Counts who did something in which lesson: an answer, or a tag in what it lets one tag."""

    texts: Mapping[int, Document]
    learners: Counter[str] = field(default_factory=Counter)
    anything: int = 0
    _home: dict[str, str] = field(default_factory=dict)
    _places: dict[int, Sequence[frozenset[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Write down for each question, and each character of a text, where it belongs."""
        outlines = course.load_outlines()
        parts = [(outline.id, part) for outline in outlines for part in outline.parts]
        self._home = {id: lesson for lesson, part in parts for id in part.items}
        for number, document in self.texts.items():
            places = [frozenset[str]()] * len(document.text)
            for section in document.sections:
                here = (document.id, section.id)
                own = frozenset(lesson for lesson, part in parts if here in part.tagged)
                places[section.start : section.end] = [own] * (section.end - section.start)
            self._places[number] = places

    def add(self, answered: Iterable[str], tags: Iterable[LearnerTags]) -> frozenset[str]:
        """Add one learner; return the lessons in which they did something.

        Examples
        --------
        >>> LessonTally({}).add(["exit-real-chess", "pre-omission"], [])
        frozenset({'03-commentary'})
        """
        done = set(map(self._home.get, answered)) - {None}
        for each in tags:
            if each.text in self._places:
                places = self._places[each.text]
                done.update(*set(map(places.__getitem__, each.start)))
        lessons = frozenset(lesson for lesson in done if lesson)
        self.learners.update(lessons)
        self.anything += bool(lessons)
        return lessons

    def home_of(self, item: str) -> str | None:
        """Name the lesson of a question."""
        return self._home.get(item)

    def lessons_at(self, number: int) -> Sequence[frozenset[str]]:
        """Give the lessons that a tag belongs to, for each character at which it may begin."""
        return self._places.get(number, ())

    @property
    def counts(self) -> tuple[Counter[str], int]:
        """What was counted, to be added to the counts of another part of the class."""
        return self.learners, self.anything

    def add_counts(self, counts: tuple[Counter[str], int]) -> None:
        """Add the counts of another part of the class."""
        self.learners.update(counts[0])
        self.anything += counts[1]

    def most_done(self) -> str:
        """Name the lesson in which most learners did something; "all" if nobody did."""
        return max(self.learners, key=lambda id: (self.learners[id], id), default=ALL)
