"""Compare two to four texts on one event: by the map, by tables and charts, or in a program."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import GroupedFigure, Page, beginning
from framingkit.course import AnnotationSet, Codebook, Document, Reference
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    Coverage,
    Report,
    coverage_html,
    frames_item,
    latest_frames,
    reference_frames,
)
from framingkit.notebook.text import (  # fmt: skip
    AtWork,
    document_of,
    in_sentences,
    reading_of,
    tagging_on,
)

if TYPE_CHECKING:
    from framingkit.widgets import CoverageMap

WHOSE = ("", "mine", "reference")
_LONGEST_NAME = 40


@in_sentences(FramingkitError)
def coverage(lesson: AtWork, *documents: str, whose: str = "", by: str = "") -> "CoverageMap":
    """Show two to four texts side by side; each tag and each claim shows its counterparts.

    The tags are those of the reference readings; for a text that has none, the learner's own.
    ``whose="mine"`` takes the learner's own tags for all texts. ``by`` is "codes" or "claims" to
    show only these, for example claims before the learners have tagged.
    """
    from framingkit.widgets import CoverageMap

    return CoverageMap(_coverage(lesson, documents, whose), by)


@in_sentences(FramingkitError)
def coverage_page(lesson: AtWork, *documents: str, whose: str = "", by: str = "") -> Page:
    """Show the comparison as tables: counts, frames, claims, voices, and what each leaves out."""
    compared = _coverage(lesson, documents, whose)
    return Page(coverage_html(compared, by), repr(compared))


@in_sentences(FramingkitError)
def coverage_chart(
    lesson: AtWork, what: str, *documents: str, whose: str = ""
) -> GroupedFigure | Page:
    """Draw ``"devices by code"``, ``"devices by section"`` or ``"voices"`` of several texts."""
    return _coverage(lesson, documents, whose).figure(what)


def _coverage(lesson: AtWork, documents: Sequence[str], whose: str) -> Coverage:
    if whose not in WHOSE:
        raise FramingkitError(
            f"The tags of a comparison are those of the reference readings or “mine”, but this was "
            f'{whose!r}. Write whose="mine", or leave it out.'
        )
    lesson.log.refresh()
    texts = [document_of(lesson.log, id) for id in documents]
    names = names_of(texts)
    reports = tuple(
        _mine(lesson, text, name) if whose == "mine" else _theirs(lesson, text, name)
        for text, name in zip(texts, names, strict=True)
    )
    return Coverage(reports, course.load_codebook(), course.event_of(documents))


def _mine(lesson: AtWork, text: Document, name: str) -> Report:
    codebook = course.load_codebook()
    frames = {}
    for section in text.sections:
        answer = lesson.log.state.answer(frames_item(text, section.id))
        if primary := latest_frames(answer, codebook).primary:
            frames[section.id] = (primary,)
    spans = tuple(tagging_on(lesson.log, text.id).spans())
    return Report(name, text, spans, frames, "your tags")


def _theirs(lesson: AtWork, text: Document, name: str) -> Report:
    reading = reading_of(text.id)
    return report_of(text, reading, name) if reading else _mine(lesson, text, name)


def report_of(text: Document, reading: Reference, name: str) -> Report:
    """Take tags and frames of a text from a reading."""
    frames = {}
    for section in text.sections:
        if found := reference_frames(reading, section.id):
            frames[section.id] = tuple(one for one in (found.primary, *found.secondary) if one)
    return Report(name, text, reading.annotation_set.spans, frames, "reference reading")


def names_of(texts: Sequence[Document]) -> list[str]:
    """Name texts by what differs in their titles, without the remark in brackets.

    Examples
    --------
    >>> names_of([course.load_article("cable-talks-a"), course.load_article("cable-talks-b")])
    ['Report A', 'Report B']
    """
    titles = [beginning(text.title.partition(" (")[0], _LONGEST_NAME) for text in texts]
    ends = [title.rpartition(", ")[2] for title in titles]
    if len({title.rpartition(", ")[0] for title in titles}) == 1 and len(set(ends)) == len(ends):
        titles = [end[:1].upper() + end[1:] for end in ends]
    if len(set(titles)) < len(titles):
        titles = [f"{title} ({place})" for place, title in enumerate(titles, start=1)]
    return titles


def compare_coverage(
    texts: Sequence[str | Document],
    annotations: Mapping[str, AnnotationSet] | None = None,
    *,
    codebook: Codebook | None = None,
) -> Coverage:
    """Compare two to four texts on one event.

    Parameters
    ----------
    texts
        Ids of texts of the kit, or documents of your own.
    annotations
        The tags to count, each set under the id of its text. For a text without one, those of the
        kit's reference reading.
    codebook
        The codes; without it, those of the kit.

    Returns
    -------
    Coverage
        ``by_code``, ``by_section``, ``frames``, ``claims``, ``voices`` and ``left_out`` are tables;
        ``figure("devices by code")`` is a chart. A notebook shows all tables.

    Raises
    ------
    FramingkitError
        If there are not two to four different texts, or a text has neither tags nor a reading.

    Examples
    --------
    >>> coverage = compare_coverage(["cable-talks-a", "cable-talks-b", "cable-talks-c"])
    >>> [count.count for count in coverage.by_code[0].counts]
    [2, 0, 0]
    >>> coverage.claims[2].cells
    ('states it [3]', 'leaves it out', 'leaves it out')
    """
    documents = [course.load_article(one) if isinstance(one, str) else one for one in texts]
    given, names = annotations or {}, names_of(documents)
    reports = tuple(
        _given(text, given.get(text.id), name) for text, name in zip(documents, names, strict=True)
    )
    event = course.event_of([text.id for text in documents])
    return Coverage(reports, codebook or course.load_codebook(), event)


def _given(text: Document, annotations: AnnotationSet | None, name: str) -> Report:
    if annotations is not None:
        return Report(name, text, annotations.spans, {}, f"tags of {annotations.coder}")
    reading = course.kit_reading(text)
    if reading is None:
        raise FramingkitError(
            f"The text {text.id!r} has no reference reading in the kit. Give its tags: "
            f"annotations={{{text.id!r}: …}}."
        )
    return report_of(text, reading, name)
