"""What a teacher needs first: what to teach again, and where good readers really differ."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from framingkit import course
from framingkit.agreement import ClassSpans, Contest, Side, TagColumns, is_split, sides_at
from framingkit.course import Code, Codebook, Document, Misconception, ReferenceSpan
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.lessons import Scope
from framingkit.reports.questions import ItemResult
from framingkit.reports.text import TextReport, text_report

MOST = 3
"""Three things are taught again, and three places are talked about."""

ONE_IN = 5
"""A question is taught again if at least one answer in this many was not right."""


@dataclass(frozen=True, slots=True)
class Belief:
    """One thing to teach again: the question in which it shows most, and what helps.

    Of ``answered`` learners ``wrong`` were not right; ``chose`` of them took option number
    ``instead`` of the question. ``belief`` is None if no belief is known behind that option.
    ``others`` has the same two counts for further questions with this belief.
    """

    result: ItemResult
    belief: Misconception | None
    helps: str
    wrong: int
    answered: int
    instead: int
    chose: int
    others: tuple[tuple[int, int], ...] = ()


def to_teach(
    results: Iterable[ItemResult], misconceptions: Mapping[int, Misconception]
) -> tuple[Belief, ...]:
    """Choose what to teach again: the largest shares of answers that are not right.

    Questions with the same belief behind their most chosen wrong option are put together.
    """
    found = [one for result in results for one in _belief(result, misconceptions)]
    found.sort(key=lambda one: (-one.wrong / one.answered, one.result.item.id))
    groups: dict[object, list[Belief]] = {}
    for one in found:
        groups.setdefault(one.belief or one.result.item.id, []).append(one)
    return tuple(
        replace(first, others=tuple((one.wrong, one.answered) for one in rest))
        for first, *rest in list(groups.values())[:MOST]
    )


def _belief(result: ItemResult, misconceptions: Mapping[int, Misconception]) -> Iterable[Belief]:
    item, answered, wrong = result.item, sum(result.marks), result.marks[2]
    chosen = [
        (count, -number)
        for number, (option, count) in enumerate(zip(item.options, result.options, strict=True))
        if not option.correct and count
    ]
    enough = answered >= SMALLEST_GROUP and wrong * ONE_IN >= answered
    if not (item.kind in ("choice", "several") and enough and chosen):
        return
    chose, number = max(chosen)
    belief = misconceptions.get(item.options[-number].misconception or 0)
    right = next(option.feedback for option in item.options if option.correct)
    helps = belief.helps if belief else right
    yield Belief(result, belief, helps, wrong, answered, -number, chose)


@dataclass(frozen=True, slots=True)
class Split:
    """A place where readers really differ: each side has a code, or None for no tag.

    ``entry`` is the debatable entry of the reference reading, if the text has such a reading. With
    ``readers`` 0, too few have read the text to count them, and the place is debatable.
    """

    sentence: int
    start: int
    end: int
    readers: int
    sides: tuple[tuple[Code | None, int], ...]
    entry: ReferenceSpan | None

    @property
    def second(self) -> int:
        """How many are on the second largest side: the larger, the more even the split."""
        return sorted(count for _, count in self.sides)[-2]


_Place = tuple[int, int, tuple[str, ...], ReferenceSpan | None]


def to_discuss(spans: ClassSpans, report: TextReport, codebook: Codebook) -> tuple[Split, ...]:
    """Find the places where readers really differ, the most even first; none share words.

    Where too few have read to count them, these are debatable places of the reference reading.
    """
    if not any(readers >= SMALLEST_GROUP for readers in report.readers.values()):
        return _apart(_debatable(report, codebook))
    labels = {code.id: label for label, code in enumerate(codebook.codes)}
    found: list[Split] = []
    for start, end, about, entry in _places(report):
        section = _section(report.document, start)
        readers = report.readers.get(section, 0)
        first = [labels[code] for code in about if code in labels]
        if readers >= SMALLEST_GROUP:
            sides = sides_at(spans, start, end, readers, first)
            if is_split(sides, readers, first):
                named = tuple((_code(side, codebook), side.readers) for side in sides)
                number = report.document.sentence_at(start).number
                found.append(Split(number, start, end, readers, named, entry))
    return _apart(sorted(found, key=lambda one: (-one.second / one.readers, one.start)))


def _apart(splits: Iterable[Split]) -> tuple[Split, ...]:
    """Take the first few that share no words."""
    chosen: list[Split] = []
    for one in splits:
        if not any(one.start < old.end and old.start < one.end for old in chosen):
            chosen.append(one)
    return tuple(chosen[:MOST])


def _debatable(report: TextReport, codebook: Codebook) -> Iterable[Split]:
    """Give the debatable entries in what somebody tagged, without any count."""
    document = report.document
    if document.id not in course.list_articles():
        return
    for start, end, about, entry in _places(report):
        if report.readers.get(_section(document, start)):
            number = document.sentence_at(start).number
            yield Split(number, start, end, 0, ((codebook.code(about[0]), 0),), entry)


def _code(side: Side, codebook: Codebook) -> Code | None:
    return None if side.label < 0 else codebook.codes[side.label]


def _section(document: Document, start: int) -> str:
    return next((one.id for one in document.sections if one.start <= start < one.end), "")


def _places(report: TextReport) -> list[_Place]:
    """Give the debatable entries of the reference reading, or where the class is split."""
    reading = course.find_reference(report.document.id)
    if reading is None:
        return [_of_contest(contest) for contest in report.contests]
    return [
        (entry.span.start, entry.span.end, (entry.span.label, *entry.accepts), entry)
        for entry in reading.spans
        if entry.status == "debatable"
    ]


def _of_contest(contest: Contest) -> _Place:
    first = contest.variants[0].span
    return contest.start, contest.end, (first.label,), None


@dataclass(frozen=True, slots=True)
class Front:
    """The first screen, and the text below it.

    ``handed_in`` learners are in the class, ``begun`` of them did something of this lesson.
    ``text`` is the text that was tagged most here, in the ``sections`` of the lesson only.
    """

    scope: Scope
    handed_in: int
    begun: int
    teach: tuple[Belief, ...]
    discuss: tuple[Split, ...]
    text: TextReport | None


def lesson_text(
    texts: Iterable[tuple[TagColumns, Document]], scope: Scope, codebook: Codebook
) -> tuple[TextReport, tuple[Split, ...]] | None:
    """Report on the text that was tagged most in a lesson, and find where readers differ."""
    parts = [(_within(columns, document, scope), document) for columns, document in texts]
    tagged = [(spans, document) for spans, document in parts if len(spans.coder)]
    if not tagged:
        return None
    spans, document = max(tagged, key=lambda part: len(part[0].coder))
    # Where there is a reference reading, its debatable entries are the places to talk about.
    report = text_report(spans, document, codebook, brief=document.id in course.list_articles())
    return report, to_discuss(spans, report, codebook)


def _within(columns: TagColumns, document: Document, scope: Scope) -> ClassSpans:
    """Keep the tags that begin in the sections of a lesson, each up to the end of its section."""
    spans = columns.spans(len(document.text))
    if scope.outline is None:
        return spans
    ends = np.zeros(spans.length + 1, dtype=spans.end.dtype)
    for section in document.sections:
        if (document.id, section.id) in scope.tagged:
            ends[section.start : section.end] = section.end
    rows = np.flatnonzero(ends[spans.start])
    return replace(
        spans,
        coder=spans.coder[rows],
        label=spans.label[rows],
        start=spans.start[rows],
        end=np.minimum(spans.end[rows], ends[spans.start[rows]]),
    )
