"""What there is to say to one learner about one lesson: numbers, strengths, next steps."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from framingkit.base import Row, beginning, quoted
from framingkit.course import AnnotationSet, Codebook, Item
from framingkit.feedback import (
    POINTS,
    Remark,
    SpanTask,
    TagComparison,
    compare_with_reference,
    score_item,
)
from framingkit.hand_ins import Learner
from framingkit.reports.plan import GradedText, whole_or_not

POINTS_TO_MAKE = 3
_LONG = 150  # characters of a reason or a question
_SOME = 3  # tags from which on their share says something

Point = tuple[str, str]
"""A strength or a step: what it is, and where it is seen."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a learner tagged in one section, beside the reference reading."""

    text: GradedText
    task: SpanTask
    mine: AnnotationSet
    comparison: TagComparison

    def quote(self, remark: Remark) -> str:
        """Quote the words of a remark, with the number of their sentence."""
        document = self.text.document
        number = document.sentence_at(remark.start).number
        return f"{document.quote(remark.start, remark.end, 60)} in sentence {number}"


@dataclass(frozen=True, slots=True)
class Written:
    """One written answer, with the mark and the comment that a teacher gave, if any.

    The mark of two markers is their mean, and may lie between two levels.
    """

    item: Item
    text: str
    mark: float | None
    comment: str

    @property
    def next_level(self) -> int:
        """The level that is still to reach; 4 if there is none."""
        return int(self.mark or 0) + 1


@dataclass(frozen=True, slots=True)
class Facts:
    """All about one learner in one lesson.

    ``marks`` has "right", "partly", "wrong" or nothing for each closed question; ``row`` is that of
    the table of scores.
    """

    closed: tuple[Item, ...]
    marks: tuple[str, ...]
    tagged: tuple[Tagged, ...]
    written: tuple[Written, ...]
    row: Row
    codebook: Codebook

    @property
    def points(self) -> int | float:
        """The points of the closed questions."""
        return whole_or_not(float(sum(POINTS.get(mark, 0) for mark in self.marks)))

    @property
    def to_try(self) -> list[Item]:
        """The closed questions that are not right yet."""
        pairs = zip(self.closed, self.marks, strict=True)
        return [item for item, mark in pairs if mark in ("wrong", "partly")]

    def sums(self) -> tuple[int, int, int, int]:
        """Add up tags, matches, clear entries and those that were found."""
        all_of = [one.comparison for one in self.tagged]
        return (
            sum(one.tagged for one in all_of), sum(one.matched for one in all_of),
            sum(one.clear for one in all_of), sum(one.clear_found for one in all_of),
        )  # fmt: skip

    def remarks(self, group: str) -> list[tuple[Tagged, Remark]]:
        """Give the remarks of one group; of what was missed, only what is clear."""
        return [
            (one, remark)
            for one in self.tagged
            for remark in one.comparison.remarks
            if remark.group == group and remark.kind != "missed-debatable"
        ]

    def strengths(self) -> list[Point]:
        """Say what the learner does well, at most three points."""
        return [*self._strengths()][:POINTS_TO_MAKE]

    def steps(self) -> list[Point]:
        """Say what to do next, at most three points."""
        return [*self._steps()][:POINTS_TO_MAKE]

    def _strengths(self) -> Iterator[Point]:
        found = self.remarks("match")
        yield from self._in_tags(found)
        yield from self._in_answers()
        codes = {remark.label for _, remark in found}
        if len(codes) >= _SOME:
            yield "You look for different things.", f"You found {len(codes)} kinds of words."
        if answered := sum(map(bool, self.marks)):
            yield "You try.", f"You answered {answered} of {len(self.marks)} questions."

    def _in_tags(self, found: list[tuple[Tagged, Remark]]) -> Iterator[Point]:
        tagged, matched, _, _ = self.sums()
        if tagged >= _SOME and matched == tagged:
            yield (
                "You leave plain words alone.",
                f"All your {tagged} tags match the reference reading.",
            )
        elif tagged >= _SOME and matched * 4 >= tagged * 3:
            yield (
                "You tag with care.",
                f"{matched} of your {tagged} tags match the reference reading.",
            )
        if found:
            label, times = Counter(remark.label for _, remark in found).most_common(1)[0]
            place = next(one.quote(remark) for one, remark in found if remark.label == label)
            what = "tag" if times == 1 else "tags"
            yield f"You find this: {self._name(label)}.", f"{times} {what}, such as {place}."
        yield from self._reasons(found)

    def _in_answers(self) -> Iterator[Point]:
        for one in sorted(self.written, key=lambda one: -(one.mark or 0)):
            if (one.mark or 0) > 1:
                asked = beginning(one.item.prompt, _LONG // 2)
                yield "You write more than a name.", f"{one.mark:g} of 3 for: {asked}"
                break
        right, answered = self.marks.count("right"), sum(map(bool, self.marks))
        if right:
            item = self.closed[self.marks.index("right")]
            yield f"You have {right} of {answered} questions right.", beginning(item.prompt, _LONG)

    def _reasons(self, found: list[tuple[Tagged, Remark]]) -> Iterator[Point]:
        """Quote the longest note on a tag that matches."""
        notes = [
            (span.note, one.quote(remark))
            for one, remark in found
            for span in one.mine.spans
            if span.note and span.key == (remark.start, remark.end, remark.label)
        ]
        if notes:
            note, place = max(notes, key=lambda pair: len(pair[0]))
            yield "You give reasons.", f"On {place} you wrote: {quoted(beginning(note, 90))}"

    def _steps(self) -> Iterator[Point]:
        missed, again = self.remarks("missed"), self.remarks("think")
        codes = Counter(remark.label for _, remark in missed).most_common(2)
        for label, times in codes[:1]:
            yield self._to_find(label, times, missed)
        for one, remark in again[:1]:
            name = self._name(remark.label)
            yield "Test one tag again.", f"{name} for {one.quote(remark)}: {short_reason(remark)}"
        for written in sorted(self.written, key=lambda one: one.mark or 0):
            level = written.next_level
            if written.mark is not None and level < len(written.item.rubric):
                words = beginning(written.item.rubric[level], _LONG)
                yield "Take one written answer a level up.", f"For level {level}: {words}"
                break
        for label, times in codes[1:]:
            yield self._to_find(label, times, missed)
        if blank := self.marks.count(""):
            what = "question has" if blank == 1 else "questions have"
            yield "Answer what is left.", f"{blank} {what} no answer yet."
        for item in self.to_try[:1]:
            yield "Think about one question again.", beginning(item.prompt, _LONG)
        yield "Ask what words hide.", "Take one tag, and write what its words make hard to see."

    def _to_find(self, label: str, times: int, missed: list[tuple[Tagged, Remark]]) -> Point:
        place = next(one.quote(remark) for one, remark in missed if remark.label == label)
        code = self.codebook.code(label)
        still = "clear place is" if times == 1 else "clear places are"
        rule = beginning(code.short or code.decision_rule, _LONG)
        return (
            f"Look for this: {code.name}.",
            f"{times} {still} still to find, such as {place}. {rule}",
        )

    def _name(self, label: str) -> str:
        return self.codebook.code(label).name


def short_reason(remark: Remark) -> str:
    """Give what a remark says in one or two sentences; the question after it is for the lesson.

    Examples
    --------
    >>> words = "It is tagged Hedge. Why did you choose Booster? Its rule: no exception."
    >>> short_reason(Remark("extra", 0, 4, "booster", "", words))
    'It is tagged Hedge.'
    """
    return beginning(remark.reason.partition(" Why did you choose")[0], _LONG)


def marks_of(learner: Learner, closed: tuple[Item, ...]) -> tuple[str, ...]:
    """Mark the closed questions of a lesson."""
    return tuple(score_item(item, learner.responses.get(item.id)) for item in closed)


def tagged_in(
    learner: Learner, places: list[tuple[int, GradedText, SpanTask]], codebook: Codebook
) -> Iterator[Tagged]:
    """Compare what a learner tagged in the sections of a lesson; without tags nothing is told."""
    sets: dict[int, AnnotationSet] = {}
    for tags in learner.tags:
        for number, text, _ in places:
            if tags.text == number:
                sets[number] = tags.annotation_set(text.document.id, learner.coder)
    for number, text, task in places:
        if number in sets:
            found = compare_with_reference(
                sets[number], text.reference, text.document, codebook, task.offered,
                task.section.id,
            )  # fmt: skip
            if found.tagged:
                yield Tagged(text, task, sets[number], found)


def text_in(response: dict[str, Any] | None) -> str:
    """Give the text of a written answer; nothing if there is none."""
    text = (response or {}).get("text")
    return text.strip() if isinstance(text, str) else ""
