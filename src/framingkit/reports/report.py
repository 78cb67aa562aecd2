"""What is in the report on a class, as plain data, made in one pass over the class file."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from framingkit import course
from framingkit.agreement import TagColumns
from framingkit.course import Codebook, Document
from framingkit.hand_ins import ClassFile, Group, Learner, refuse_shared, same_people
from framingkit.reports.changes import ChangeTally, TextChanges, text_changes
from framingkit.reports.questions import ItemResult, ItemTally, PrePost
from framingkit.reports.text import TextReport, text_report
from framingkit.work import is_own

MOST_NAMES = 200
"""A class with more learners is counted, and its code names are not listed."""

Watch = Callable[[Iterator[Group], int], Iterable[Group]]


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
    """Everything that a report says; ``names`` are empty in a large class.

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


def make_report(
    class_file: ClassFile, before: ClassFile | None = None, watch: Watch = lambda groups, _: groups
) -> Report:
    """Read a class and work out its report.

    Parameters
    ----------
    class_file
        The class.
    before
        What the class handed in before, for example before a discussion.
    watch
        Passes groups of learners on while they are read, for example to a progress bar; also
        told how many there are.

    Raises
    ------
    FramingkitError
        If a class file is damaged.
    """
    classes = [class_file, before] if before else [class_file]
    for each in classes:
        refuse_shared(each)
    maker = _Maker(class_file, before)
    for group in watch(same_people(*classes), max(map(len, classes))):
        maker.add(*group)
    return maker.report()


@dataclass(slots=True)
class _TextTally:
    """What is counted on one text of the kit."""

    document: Document
    columns: TagColumns
    changes: ChangeTally


@dataclass(slots=True)
class _Maker:
    """Counts group after group; every group is one person, or people who cannot be told apart."""

    class_file: ClassFile
    before: ClassFile | None
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

    def __post_init__(self) -> None:
        lessons = course.list_lessons()
        self.items = ItemTally([item for id in lessons for item in course.load_items(id)])
        self.tests = PrePost(course.load_items("pre-test"), course.load_items("post-test"))
        labels = {code.id: label for label, code in enumerate(self.codebook.codes)}
        self.texts = {
            number: _TextTally(
                document,
                TagColumns(labels),
                ChangeTally(document, TagColumns(labels), TagColumns(labels)),
            )
            for number, text in enumerate(self.class_file.texts)
            if text.known and (document := course.kit_article(text.version.id))
        }

    def add(self, now: tuple[Learner, ...], then: tuple[Learner, ...] = ()) -> None:
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
        if self.class_file.learners <= MOST_NAMES:
            self.names.append(learner.coder)
        name = learner.class_name
        if name and (name in self.classes or len(self.classes) < MOST_NAMES):
            self.classes[name] += 1
        self.tests.add(self.items.add(learner.responses))
        for tags in learner.tags:
            if tags.text in self.texts and tags.start:
                self.texts[tags.text].columns.add(tags)

    def _compare(self, now: Learner, then: Learner) -> None:
        before = self.before.texts if self.before else ()
        tags_now = {tags.text: tags for tags in now.tags}
        tags_then = {
            before[tags.text].version: tags for tags in then.tags if 0 <= tags.text < len(before)
        }
        for number, tally in self.texts.items():
            version = self.class_file.texts[number].version
            tally.changes.add(tags_then.get(version), tags_now.get(number))

    def report(self) -> Report:
        texts, codebook = self.texts.values(), self.codebook
        unknown = [text for n, text in enumerate(self.class_file.texts) if n not in self.texts]
        others = [text for text in unknown if not is_own(text.version.id)]
        return Report(
            self.class_file.learners,
            self.class_file.hand_ins,
            tuple(sorted(self.names)),
            tuple(sorted(self.classes.items())),
            tuple(
                text_report(text.columns, text.document, codebook)
                for text in texts
                if text.columns.coders
            ),
            tuple(
                OtherText(text.version.id, text.version.codebook, text.learners) for text in others
            ),
            len(unknown) - len(others),
            self.items.results(),
            self.tests,
            self._comparison() if self.before else None,
        )

    def _comparison(self) -> BeforeAfter:
        texts = (
            text_changes(text.changes, self.codebook)
            for text in self.texts.values()
            if text.changes.before.coders
        )
        return BeforeAfter(self.both, self.only_before, self.only_after, self.shared, tuple(texts))
