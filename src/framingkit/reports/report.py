"""What is in the report on a class, as plain data, made in one pass over the class file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from zlib import crc32

from framingkit import course
from framingkit.agreement import SHORT, TagColumns
from framingkit.course import Codebook, Document
from framingkit.errors import FramingkitError
from framingkit.hand_ins import ClassFile, Learner, refuse_shared, same_people
from framingkit.reports.changes import ChangeTally, TextChanges, text_changes
from framingkit.reports.front import Front, lesson_text, to_teach
from framingkit.reports.lessons import LessonTally, Scope, lesson_named, scope_of
from framingkit.reports.many import ManyAnswers
from framingkit.reports.parts import FEWEST_FOR_PROCESSES, counts_of_parts, parts_of
from framingkit.reports.questions import ItemResult, ItemTally, PrePost
from framingkit.reports.roll import Desk, Expected, Kept, Person
from framingkit.reports.sharper import MOST_LEARNERS, SharpTally
from framingkit.reports.text import TextReport, text_report
from framingkit.reports.ticked import TickTally
from framingkit.work import is_own

MOST_NAMES = 200
"""A class with more learners is counted, and its code names are not listed."""

Watch = Callable[[Iterator[Any], int], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class OtherText:
    """A version of a text, or of a codebook, that this kit does not have."""

    id: str
    codebook: str
    learners: int


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """A class and what it handed in before.

    ``both`` learners are in the two. ``shared`` learners of either are left out, because several
    people of one class have the same code name, and their files do not tell who is who.
    """

    both: int
    only_before: int
    only_after: int
    shared: int
    texts: tuple[TextChanges, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a report says; ``names`` and ``people`` are empty in a large class.

    ``front`` and ``people`` are about one lesson, or about all; the rest is about the whole class.
    ``expected`` is None without a list of those who should hand in.
    ``classes`` are the names of classes that learners handed in under, each with how many did.
    """

    learners: int
    hand_ins: int
    names: tuple[str, ...]
    classes: tuple[tuple[str, int], ...]
    texts: tuple[TextReport, ...]
    other_texts: tuple[OtherText, ...]
    own_texts: int
    items: tuple[ItemResult, ...]
    tests: PrePost
    comparison: BeforeAfter | None
    front: Front
    sharp: SharpTally
    ticked: TickTally
    people: tuple[Person, ...] = ()
    expected: Expected | None = None


def make_report(
    class_file: ClassFile,
    before: ClassFile | None = None,
    watch: Watch = lambda groups, _: groups,
    lesson: str = "",
    expected: Iterable[str] = (),
    processes: int = 1,
) -> Report:
    """Read a class and work out its report.

    Parameters
    ----------
    class_file
        The class.
    before
        What the class handed in before, for example before a discussion.
    watch
        Passes groups of learners, or parts of a large class, on while they are read, for example
        to a progress bar; also told how many there are.
    lesson
        The number or the id of the lesson that the first pages are about, or "all"; without it,
        the one that most learners have begun.
    expected
        Code names or ids of those who should hand in.
    processes
        How many processes may count a large class. A program that asks for more than one has to
        guard its main module, as Python's `multiprocessing` says.

    Raises
    ------
    FramingkitError
        If a class file is damaged, there is no such lesson, or nobody who is expected is in it.
    """
    wish = lesson_named(lesson)
    classes = [class_file, before] if before else [class_file]
    for each in classes:
        refuse_shared(each)
    names = tuple(expected)
    maker = Maker(class_file, before, Expected(names) if names else None)
    if before is None and processes > 1 and class_file.learners >= FEWEST_FOR_PROCESSES:
        part = partial(Maker, class_file, None, Expected(names) if names else None)
        for counts in watch(counts_of_parts(class_file, part, processes), parts_of(class_file)):
            maker.add_counts(counts)
        return maker.report(wish)
    for group in watch(same_people(*classes), max(map(len, classes))):
        maker.add(*group)
    return maker.report(wish)


def _largest(classes: Counter[str]) -> list[tuple[str, int]]:
    """Give the classes with most learners; more than `MOST_NAMES` are nobody's school."""
    return sorted(classes.items(), key=lambda row: (-row[1], row[0]))[:MOST_NAMES]


@dataclass(slots=True)
class _TextTally:
    """What is counted on one text of the kit."""

    document: Document
    columns: TagColumns
    changes: ChangeTally


@dataclass(slots=True)
class Maker:
    """Counts group after group; every group is one person, or people who cannot be told apart."""

    class_file: ClassFile
    before: ClassFile | None
    expected: Expected | None = None
    codebook: Codebook = field(default_factory=course.load_codebook)
    names: list[str] = field(default_factory=list)
    classes: Counter[str] = field(default_factory=Counter)
    both: int = 0
    only_before: int = 0
    only_after: int = 0
    shared: int = 0
    items: ItemTally = field(init=False)
    tests: PrePost = field(init=False)
    texts: dict[int, _TextTally] = field(init=False)
    lessons: LessonTally = field(init=False)
    sharp: SharpTally = field(init=False)
    ticked: TickTally = field(init=False)
    many: ManyAnswers | None = None
    kept: list[Kept] = field(default_factory=list)

    def __post_init__(self) -> None:
        lessons = course.list_lessons()
        items = [item for id in lessons for item in course.load_items(id)]
        self.items, self.ticked = ItemTally(items), TickTally(items)
        self.tests = PrePost(course.load_items("pre-test"), course.load_items("post-test"))
        labels = {code.id: label for label, code in enumerate(self.codebook.codes)}
        self.texts = {
            number: _TextTally(
                document,
                TagColumns(labels, len(document.text) < SHORT),
                ChangeTally(document, TagColumns(labels), TagColumns(labels)),
            )
            for number, text in enumerate(self.class_file.texts)
            if text.known and (document := course.kit_article(text.version.id))
        }
        documents = {number: text.document for number, text in self.texts.items()}
        self.lessons, self.sharp = LessonTally(documents), SharpTally(documents)
        if self.class_file.learners > MOST_NAMES:
            self.many = ManyAnswers(self.items, self.tests, self.lessons, self.ticked)

    def add(self, now: tuple[Learner, ...], then: tuple[Learner, ...] = ()) -> None:
        """Count one group."""
        for learner in now:
            self._count(learner)
        if len(now) == len(then) == 1:
            self.both += 1
            self._compare(now[0], then[0])
        elif len(now) > 1 or len(then) > 1:
            self.shared += len(now) + len(then)
        else:
            self.only_before += len(then)
            self.only_after += len(now)

    def _count(self, learner: Learner) -> None:
        is_expected = self.expected is None or self.expected.find(learner)
        if self.many:
            self.many.add(learner.responses, learner.tags)
        else:
            self._keep(learner, is_expected)
        if self._is_in_sample(learner):
            self.sharp.add(learner.tags)
            self.ticked.add_practice(learner.responses)
        if name := learner.class_name:
            self.classes[name] += 1
        for tags in learner.tags:
            if tags.text in self.texts and tags.start:
                self.texts[tags.text].columns.add(tags)

    def _keep(self, learner: Learner, is_expected: bool) -> None:
        """Count one learner of a class in which each is shown to the teacher."""
        marks = self.items.add(learner.responses)
        self.tests.add(marks)
        self.lessons.add(marks, learner.tags)
        self.ticked.add(learner.responses)
        self.names.append(learner.coder)
        spans = {each.text: each.spans for each in learner.tags if each.text in self.texts}
        self.kept.append(Kept(learner.coder, marks, spans, is_expected))

    def _is_in_sample(self, learner: Learner) -> bool:
        """Tell whether a learner is one of some hundred; it depends on the name alone."""
        if self.class_file.learners <= MOST_LEARNERS:
            return True
        one_in = 1 + self.class_file.learners * 5 // (4 * MOST_LEARNERS)
        return crc32(learner.coder.encode()) % one_in == 0

    @property
    def counts(self) -> dict[str, Any]:
        """What was counted, to be added to the counts of another part of the class."""
        if self.many:
            self.many.settle()
        return {
            "classes": self.classes,
            "only_after": self.only_after,
            "names": self.names,
            "kept": self.kept,
            "texts": {number: text.columns.counts for number, text in self.texts.items()},
            **{name: tally.counts for name, tally in self._tallies().items()},
        }

    def add_counts(self, counts: Mapping[str, Any]) -> None:
        """Add the counts of another part of the class, which no earlier one is compared with."""
        self.classes.update(counts["classes"])
        self.only_after += counts["only_after"]
        self.names += counts["names"]
        self.kept += counts["kept"]
        for number, columns in counts["texts"].items():
            self.texts[number].columns.add_counts(columns)
        for name, tally in self._tallies().items():
            tally.add_counts(counts[name])

    def _tallies(self) -> dict[str, Any]:
        tallies = {"items": self.items, "tests": self.tests, "lessons": self.lessons,
                   "sharp": self.sharp, "ticked": self.ticked,
                   "expected": self.expected}  # fmt: skip
        return {name: tally for name, tally in tallies.items() if tally is not None}

    def _compare(self, now: Learner, then: Learner) -> None:
        self.ticked.add_pair(then.responses, now.responses)
        before = self.before.texts if self.before else ()
        tags_now = {tags.text: tags for tags in now.tags}
        tags_then = {
            before[tags.text].version: tags for tags in then.tags if 0 <= tags.text < len(before)
        }
        for number, tally in self.texts.items():
            version = self.class_file.texts[number].version
            tally.changes.add(tags_then.get(version), tags_now.get(number))
        numbers = {self.class_file.texts[number].version: number for number in self.texts}
        self.sharp.add_pair(
            {numbers[one]: tags.spans for one, tags in tags_then.items() if one in numbers},
            {number: tags.spans for number, tags in tags_now.items() if number in self.texts},
        )

    def report(self, wish: str = "") -> Report:
        """Work out the report from what was counted."""
        if self.many:
            self.many.settle()
        self._check_expected()
        scope = scope_of(wish or self.lessons.most_done())
        unknown = [text for n, text in enumerate(self.class_file.texts) if n not in self.texts]
        others = [text for text in unknown if not is_own(text.version.id)]
        return Report(
            self.class_file.learners,
            self.class_file.hand_ins,
            tuple(sorted(self.names)),
            tuple(sorted(_largest(self.classes))),
            self._texts(),
            tuple(
                OtherText(text.version.id, text.version.codebook, text.learners) for text in others
            ),
            len(unknown) - len(others),
            self.items.results(),
            self.tests,
            self._comparison() if self.before else None,
            self._front(scope),
            self.sharp,
            self.ticked,
            Desk(scope, self.lessons.texts).people(sorted(self.kept, key=lambda one: one.name)),
            self.expected,
        )

    def _texts(self) -> tuple[TextReport, ...]:
        return tuple(
            text_report(text.columns.spans(len(text.document.text)), text.document, self.codebook)
            for text in self.texts.values()
            if text.columns.coders
        )

    def _front(self, scope: Scope) -> Front:
        results = [one for one in self.items.results() if one.item.id in scope.items]
        texts = [(text.columns, text.document) for text in self.texts.values()]
        text, discuss = lesson_text(texts, scope, self.codebook) or (None, ())
        tally = self.lessons
        begun = tally.learners[scope.id] if scope.outline else tally.anything
        teach = to_teach(results, course.load_misconceptions())
        return Front(scope, self.class_file.learners, begun, teach, discuss, text)

    def _check_expected(self) -> None:
        expected = self.expected
        if expected and self.class_file.learners and len(expected.missing) == len(expected.names):
            raise FramingkitError(
                f"None of the {len(expected.names):,} names that are expected is in this class. "
                "Give the list of this class, with one code name or id in each line."
            )

    def _comparison(self) -> BeforeAfter:
        texts = (
            text_changes(text.changes, self.codebook)
            for text in self.texts.values()
            if text.changes.before.coders
        )
        return BeforeAfter(self.both, self.only_before, self.only_after, self.shared, tuple(texts))
