"""What is graded in a class: its closed questions, its written ones, and its texts.

It is made once for a class, and then used for each learner. All scores of a learner are one row.
"""

import functools
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import Cell, Name, Row, read_table_file
from framingkit.course import AnnotationSet, Codebook, Document, Item, Reference, codes_on_offer
from framingkit.errors import FramingkitError
from framingkit.feedback import POINTS, SpanTask, score_item, score_spans
from framingkit.hand_ins import Answers, ClassFile, Learner, refuse_shared
from framingkit.reports.people import CODE_NAME, PERSON, person_of

_TOTALS = ("items_right", "items_partly", "items_wrong", "item_points")
_COUNTS = ("sections", "tags", "matched", "precision", "clear", "clear_found", "recall",
           "over_tags")  # fmt: skip


@dataclass(frozen=True, slots=True)
class GradedText:
    """One text that somebody tagged, its reference reading, and its sections as tasks."""

    document: Document
    reference: Reference
    tasks: tuple[SpanTask, ...]


def whole_or_not(points: float) -> int | float:
    """Give a whole number without a decimal point.

    Examples
    --------
    >>> whole_or_not(6.0), whole_or_not(6.5)
    (6, 6.5)
    """
    return int(points) if points.is_integer() else points


@dataclass(frozen=True)
class GradePlan:
    """What to grade; ``texts`` are by their number in the class."""

    closed: tuple[Item, ...]
    written: tuple[Item, ...]
    texts: dict[int, GradedText]
    codebook: Codebook

    @property
    def columns(self) -> list[str]:
        """Name the columns of a row of grades."""
        ids = [text.document.id for text in self.texts.values()]
        texts = [f"{id}: {name}" for id in ids for name in _COUNTS]
        return [CODE_NAME, *_TOTALS, *texts, *(item.id for item in self.closed), PERSON]

    def row(self, learner: Learner) -> list[Cell]:
        """Score one learner."""
        marks = [score_item(item, learner.responses.get(item.id)) for item in self.closed]
        points = [POINTS.get(mark) for mark in marks]
        totals = [marks.count(mark) for mark in POINTS]
        sets = self.tag_sets(learner)
        counts = [_counts(text, sets.get(number)) for number, text in self.texts.items()]
        texts = itertools.chain(*counts)
        name, person = Name(learner.coder), person_of(learner)
        return [name, *totals, sum(filter(None, points)), *texts, *points, person]

    def lessons_of(self, learner: Learner) -> list[tuple[str, Cell, Cell]]:
        """Give each lesson in which a learner answered something, with the points and their most.

        All questions count that anybody in the class answered. Whoever answered none gets all
        lessons of the class without points, so that a teacher can mark the tags.
        """
        rows = list(self._answered(learner))
        if rows:
            return rows
        return [(lesson, None, most or None) for lesson, most in self.lessons.items()] or [
            ("", None, None)
        ]

    def _answered(self, learner: Learner) -> Iterator[tuple[str, Cell, Cell]]:
        points, did = dict.fromkeys(self.lessons, 0.0), set()
        for lesson, worth in self._worths.of(learner.responses):
            if lesson:
                did.add(lesson)
                points[lesson] += worth
        for lesson, most in self.lessons.items():
            if lesson in did:
                yield lesson, whole_or_not(points[lesson]) if most else None, most or None

    @functools.cached_property
    def _worths(self) -> "_Worths":
        return _Worths({item.id: item for item in (*self.closed, *self.written)})

    @functools.cached_property
    def lessons(self) -> dict[str, int]:
        """The lessons of the class, each with the number of its closed questions."""
        counts = Counter(item.lesson for item in self.closed)
        order = dict.fromkeys(course.list_lessons())
        there = {item.lesson for item in (*self.closed, *self.written)}
        return {lesson: counts[lesson] for lesson in order if lesson in there}

    def tag_sets(self, learner: Learner) -> dict[int, AnnotationSet]:
        """Return a learner's tags on the texts that are graded, by the number of the text."""
        return {
            tags.text: tags.annotation_set(self.texts[tags.text].document.id, learner.coder)
            for tags in learner.tags
            if tags.text in self.texts
        }


class _Worths:
    """What answers are worth, worked out once for each answer that learners have in common."""

    def __init__(self, items: Mapping[str, Item]) -> None:
        self._items = items
        self._book: object = None
        self._known: list[tuple[str, float]] = []

    def of(self, responses: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, float]]:
        """Give the lesson and the points of each answer; no lesson if it does not count."""
        if isinstance(responses, Answers):
            answers = responses.book.answers
            if responses.book is not self._book:
                self._book, self._known = responses.book, []
            if len(self._known) < len(answers):
                self._known += [self._worth(*one) for one in answers[len(self._known) :]]
            yield from map(self._known.__getitem__, responses.numbers)
            responses = responses.own
        yield from (self._worth(item, response) for item, response in responses.items())

    def _worth(self, id: str, response: Mapping[str, Any]) -> tuple[str, float]:
        item = self._items.get(id)
        if item is None:
            return "", 0.0
        return item.lesson, POINTS.get(score_item(item, response), 0.0)


def _counts(text: GradedText, mine: AnnotationSet | None) -> list[Cell]:
    score = score_spans(text.tasks, mine.spans if mine else ())
    if not score.sections:
        return [None] * len(_COUNTS)  # no tag at all is not the same as no match
    return [
        score.sections, score.tagged, score.matched, score.precision, score.clear,
        score.clear_found, score.recall, score.over_tags,
    ]  # fmt: skip


def grade_plan(class_file: ClassFile, reading: Reference | None = None) -> GradePlan:
    """Find out what can be graded in a class.

    Parameters
    ----------
    class_file
        The class.
    reading
        What to compare the tags on its text with, in place of the kit's reference reading.

    Raises
    ------
    FramingkitError
        If nobody in the class tagged the text of `reading`.
    """
    refuse_shared(class_file)
    items = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]
    answered = [item for item in items if item.scored and item.id in class_file.items]
    codebook = course.load_codebook()
    return GradePlan(
        tuple(item for item in answered if item.is_closed),
        tuple(item for item in answered if item.kind == "written"),
        _graded_texts(class_file, codebook, reading),
        codebook,
    )


def _graded_texts(
    class_file: ClassFile, codebook: Codebook, reading: Reference | None
) -> dict[int, GradedText]:
    known = {n: text.version.id for n, text in enumerate(class_file.texts) if text.known}
    if reading and reading.document_id not in known.values():
        # Such a reading would be left aside without a word.
        raise FramingkitError(
            f"Nobody in this class tagged the text {reading.document_id!r} of the reading that was "
            "given. Give a reading of a text that they tagged."
        )
    offered, core = codes_on_offer(), [code.id for code in codebook.core]
    texts = {}
    for number, id in known.items():
        document = course.kit_article(id)
        own = reading if reading and reading.document_id == id else None
        reference = own or course.find_reference(id)
        if reference is None:
            continue  # a teacher's text that has no reading yet: its tags are not scored
        tasks = (
            SpanTask.of(section, reference, offered.get((id, section.id)) or core)
            for section in document.sections
            if section.kind == "text"
        )
        texts[number] = GradedText(document, reference, tuple(tasks))
    return texts


def is_scores(path: Path, others: Callable[[str], bool] = lambda _: False) -> bool:
    """Tell whether a file is a table of scores, without a column that somebody added.

    Parameters
    ----------
    path
        The file.
    others
        Tells which other columns may be in it.
    """
    try:
        rows = read_table_file(path, "it", [CODE_NAME], [PERSON])
        names = list(next(rows, Row()))
    except FramingkitError:
        return False
    # Names of people come first, under whatever the key file calls them.
    names = names[1:] if names[1:2] == [CODE_NAME] else names
    items = {item.id for lesson in course.list_lessons() for item in course.load_items(lesson)}
    ours = {CODE_NAME, PERSON, *_TOTALS, *items}
    return all(
        name in ours or name.rpartition(": ")[2] in _COUNTS or others(name) for name in names
    )
