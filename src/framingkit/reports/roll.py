"""Who handed in, who is missing, and who may need help and why: for the teacher alone.

These are hints from counts, and no marks: a learner who tags little may have talked a lot.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median_low

from framingkit import course
from framingkit.base import read_table_text, shown, spreadsheet_image
from framingkit.course import Document, Reference, Span, codes_on_offer
from framingkit.errors import FramingkitError
from framingkit.feedback import SpanTask, score_spans
from framingkit.hand_ins import Learner
from framingkit.reports.lessons import Scope
from framingkit.reports.people import CODE_NAME, PERSON, person_of

_HEADERS = {CODE_NAME, PERSON, "name", "names", "id", "code name", "identifier", "user id"}


def read_expected(path: str | Path) -> tuple[str, ...]:
    """Read the list of those who should hand in: a code name or an id at the start of each line.

    Raises
    ------
    FramingkitError
        If the file cannot be read, or names nobody.
    """
    path = Path(path)
    cells = (line.replace(";", ",").replace("\t", ",").split(",")[0] for line in
             read_table_text(path).splitlines())  # fmt: skip
    cleaned = filter(None, (cell.strip(" \"'") for cell in cells))
    # The same name in capital letters is the same learner.
    names = list({name.casefold(): name for name in reversed([*cleaned])}.values())[::-1]
    if names and names[0].casefold() in _HEADERS:
        del names[0]
    if not names:
        raise FramingkitError(
            f"“{shown(path.name)}” names nobody. Write one code name or id in each line."
        )
    return tuple(names)


@dataclass(slots=True)
class Expected:
    """Those who should hand in, each found or not yet.

    Examples
    --------
    >>> expected = Expected(("mara", "7", "ben"))
    >>> expected.find(Learner("mara", 1, (), {})), expected.find(Learner("007", 1, (), {}))
    (True, True)
    >>> expected.find(Learner("zoe", 1, (), {})), expected.missing
    (False, ('ben',))
    """

    names: Sequence[str]
    extra: int = 0
    _met: set[str] = field(default_factory=set)
    _waiting: dict[str, str] = field(default_factory=dict)
    _images: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note every name, and what a spreadsheet may have made of a code name."""
        self._waiting = {name.casefold(): name for name in self.names}
        self._images = {name.casefold(): name.casefold() for name in self.names}

    def find(self, learner: Learner) -> bool:
        """Tell whether a learner is in the list, by code name or by an id of the platform."""
        names = [learner.coder, learner.code_name, person_of(learner), *learner.ids]
        names += [id.partition(" ")[2].partition(" ")[0] for id in learner.ids]
        for name in (*names, spreadsheet_image(learner.code_name)):
            if name and name.casefold() in self._images:
                self._met.add(name.casefold())
                return True
        self.extra += 1
        return False

    @property
    def counts(self) -> tuple[int, set[str]]:
        """Whom this part of the class has, to be added to another part."""
        return self.extra, self._met

    def add_counts(self, counts: tuple[int, set[str]]) -> None:
        """Add whom another part of the class has."""
        self.extra += counts[0]
        self._met |= counts[1]

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who have not handed in, in the order of the list."""
        return tuple(name for key, name in self._waiting.items() if key not in self._met)


@dataclass(frozen=True, slots=True)
class Person:
    """One learner as the teacher sees them: counts for one lesson or for all.

    ``right`` of ``closed`` answers to questions with a right answer were right. ``clear_found`` of
    ``clear`` entries that the reference reading calls clear were found in the sections that the
    learner tagged; ``over`` tags there have no match. ``is_expected`` is False if a list was given
    and the learner is not in it. ``usual`` is what the middle learner of the class did: answers and
    passages with tags.
    """

    name: str
    answered: int
    asked: int
    closed: int
    right: int
    sections: int
    to_tag: int
    tags: int
    clear: int
    clear_found: int
    over: int
    is_expected: bool
    usual: tuple[int, int] = (0, 0)

    @property
    def hints(self) -> dict[str, str]:
        """Why the learner may need help: a short word, and the numbers behind it."""
        found = {}
        if 2 * self.answered < self.usual[0] or self.sections < self.usual[1]:
            tagged = f", tags in {self.sections} of {self.to_tag} passages" if self.to_tag else ""
            found["Did little"] = f"{self.answered} of {self.asked} questions{tagged}"
        if self.closed >= _FEWEST and 2 * self.right < self.closed:
            found["Many answers not right"] = f"{self.right} of {self.closed} right"
        if self.clear >= _FEWEST and 2 * self.clear_found < self.clear:
            found["Found little"] = f"{self.clear_found} of {self.clear} clear entries"
        if self.over >= _FEWEST and 3 * self.over > self.tags:
            found["Tagged much else"] = f"{self.over} of {self.tags} tags without a match"
        return found


_FEWEST = 4
"""With fewer answers, entries or tags there is no hint: they may be chance."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a learner until it is known which lesson the report is about."""

    name: str
    marks: Mapping[str, str]
    tags: Mapping[int, Sequence[Span]]
    is_expected: bool


class Desk:
    """Turns what was kept of learners into what a teacher sees."""

    def __init__(self, scope: Scope, texts: Mapping[int, Document]) -> None:
        offered = codes_on_offer()
        core = [code.id for code in course.load_codebook().core]
        self.scope = scope
        found = ((number, course.find_reference(one.id)) for number, one in texts.items())
        readings = {number: reading for number, reading in found if reading}
        self.tasks = {
            number: [
                SpanTask.of(section, reference, offered.get((document.id, section.id)) or core)
                for section in document.sections
                if (document.id, section.id) in scope.tagged
            ]
            for number, document in texts.items()
            if any(id == document.id for id, _ in scope.tagged)
            and (reference := readings.get(number) or Reference(document.id, "", (), (), ()))
        }
        self.scored = readings.keys() & self.tasks.keys()
        self.needed = {
            number: {section for id, section in scope.sections if id == document.id}
            for number, document in texts.items()
        }

    def people(self, kept: Iterable[Kept]) -> tuple[Person, ...]:
        """Make a row for each learner."""
        people = tuple(map(self._person, kept))
        if not people:
            return ()
        usual = (
            median_low(person.answered for person in people),
            median_low(person.sections for person in people),
        )
        return tuple(replace(person, usual=usual) for person in people)

    def _person(self, kept: Kept) -> Person:
        marks = [mark for id, mark in kept.marks.items() if id in self.scope.items and mark]
        scores = [
            score_spans(self.tasks[number], kept.tags.get(number, ())) for number in self.scored
        ]
        return Person(
            kept.name,
            len(self.scope.asked & kept.marks.keys()),
            len(self.scope.asked),
            len(marks),
            marks.count("right"),
            sum(self._tagged(number, kept) for number in self.needed),
            len(self.scope.sections),
            sum(score.tagged for score in scores),
            sum(score.clear for score in scores),
            sum(score.clear_found for score in scores),
            sum(score.over_tags for score in scores),
            kept.is_expected,
        )

    def _tagged(self, number: int, kept: Kept) -> int:
        """Count the sections of a text that have to be tagged and are."""
        spans, needed = kept.tags.get(number, ()), self.needed[number]
        tasks = (task for task in self.tasks.get(number, ()) if task.section.id in needed)
        return sum(
            any(task.section.start <= span.start < task.section.end for span in spans)
            for task in tasks
        )
