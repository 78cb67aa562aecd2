"""What is graded in a class: its closed questions, its written ones, and its texts.

Made once for a class, and then used for each learner. Every score stands in one row.
"""

from collections.abc import Collection
from dataclasses import dataclass

from framingkit import course
from framingkit.base import Cell
from framingkit.course import AnnotationSet, Codebook, Document, Item, Reference, codes_on_offer
from framingkit.errors import FramingkitError
from framingkit.feedback import POINTS, SpanTask, score_item, score_spans
from framingkit.hand_ins import ClassFile, Learner

CODE_NAME = "code_name"
_TOTALS = ("items_right", "items_partly", "items_wrong", "item_points")
_COUNTS = ("sections", "tags", "matched", "precision", "clear", "clear_found", "recall",
           "over_tags")  # fmt: skip


@dataclass(frozen=True, slots=True)
class GradedText:
    """One text that somebody tagged: its reference reading, and its sections made ready."""

    document: Document
    reference: Reference
    tasks: tuple[SpanTask, ...]


@dataclass(frozen=True, slots=True)
class GradePlan:
    """What to grade; ``texts`` are by their place in the class."""

    closed: tuple[Item, ...]
    written: tuple[Item, ...]
    texts: dict[int, GradedText]
    codebook: Codebook

    @property
    def columns(self) -> list[str]:
        """Name the columns of a row of grades."""
        texts = [f"{one.document.id}: {name}" for one in self.texts.values() for name in _COUNTS]
        return [CODE_NAME, *_TOTALS, *texts, *(item.id for item in self.closed)]

    def row(self, learner: Learner) -> list[Cell]:
        """Score one learner."""
        marks = [score_item(item, learner.responses.get(item.id)) for item in self.closed]
        points = [POINTS.get(mark) for mark in marks]
        totals = [marks.count(mark) for mark in POINTS]
        sets = self.tag_sets(learner)
        texts = [
            count for place, text in self.texts.items() for count in _counts(text, sets.get(place))
        ]
        return [learner.coder, *totals, sum(filter(None, points)), *texts, *points]

    def tag_sets(self, learner: Learner) -> dict[int, AnnotationSet]:
        """Return a learner's tags on the texts that are graded, by their place in the class."""
        return {
            tags.text: tags.annotation_set(self.texts[tags.text].document.id, learner.coder)
            for tags in learner.tags
            if tags.text in self.texts
        }


def _counts(text: GradedText, mine: AnnotationSet | None) -> list[Cell]:
    score = score_spans(text.tasks, mine.spans if mine else ())
    if not score.sections:
        return [None] * len(_COUNTS)  # nothing was tagged, which is not the same as nothing found
    return [
        score.sections, score.tagged, score.matched, score.precision, score.clear,
        score.clear_found, score.recall, score.over_tags,
    ]  # fmt: skip


def grade_plan(found: ClassFile, reading: Reference | None = None) -> GradePlan:
    """Find out what there is to grade in a class.

    Parameters
    ----------
    found
        The class.
    reading
        What to compare the tags on its text with, in place of the kit's reference reading.

    Raises
    ------
    FramingkitError
        If nobody in the class tagged the text of `reading`.
    """
    codebook = course.load_codebook()
    given = {reading.document_id: reading} if reading else {}
    _refuse_others(given, found)
    items = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]
    answered = [item for item in items if item.scored and item.id in found.items]
    offered = codes_on_offer()
    texts = {}
    for place, text in enumerate(found.texts):
        if text.known:
            document = course.kit_article(text.version.id)
            reference = given.get(document.id) or course.load_reference(document.id)
            core = [code.id for code in codebook.core]
            tasks = (
                SpanTask.of(section, reference, offered.get((document.id, section.id)) or core)
                for section in document.sections
                if section.kind == "text"
            )
            texts[place] = GradedText(document, reference, tuple(tasks))
    return GradePlan(
        tuple(item for item in answered if item.is_closed),
        tuple(item for item in answered if item.kind == "written"),
        texts,
        codebook,
    )


def _refuse_others(given: Collection[str], found: ClassFile) -> None:
    """Refuse readings of texts that nobody tagged: they would be left aside without a word."""
    tagged = [one.version.id for one in found.texts if one.known]
    for id in given:
        if id not in tagged:
            raise FramingkitError(
                f"Nobody in this class tagged the text {id!r} of the reading that was given. "
                "Give a reading of a text that they tagged."
            )
