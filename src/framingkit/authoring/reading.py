"""A reference reading from what a teacher tagged: the same tagger, and notes that say why.

The note of a tag is the reason of its entry. Two words in it are signs: what follows “debatable:”
is the other reading of an entry on which careful readers may differ, and “near miss:” makes of the
tag an example of what the rule leaves out.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from framingkit.authoring.course_files import CourseFolder
from framingkit.authoring.second_reader import joined
from framingkit.base import counted, keeping
from framingkit.course import (
    Codebook,
    Document,
    NearMiss,
    Reference,
    ReferenceSpan,
    SectionFrames,
    Span,
    check_quote,
    forget,
    load_article,
    load_codebook,
    load_reference,
    working_on,
    write_reference,
)
from framingkit.errors import FramingkitError
from framingkit.feedback import FrameReading, frames_item, latest_frames
from framingkit.work import AnswerSheet, find_log, read_sheet, sheet_of

CODER = "reference"
_DEBATABLE = re.compile(r"\bdebatable\s*:\s*", re.IGNORECASE)
_NEAR = re.compile(r"^\s*near miss\s*:\s*", re.IGNORECASE)
_BY_RULE = "It meets the rule: "
_FRAMES_BY_RULE = (
    "At least two of its three questions are answered with yes, and more sentences support it than "
    "any other frame."
)


@dataclass(frozen=True, slots=True)
class Written:
    """A reading that was written, and what to say of it."""

    path: Path
    reference: Reference
    sentences: tuple[str, ...]


def reading_path(folder: Path, article: str) -> Path:
    """Return where the reference reading of an article lies."""
    return CourseFolder(folder).data(f"annotations/{article}.reference.toml")


def reading_from(
    folder: Path, article: str, sheet: Path | None = None, second: Path | None = None
) -> Written:
    """Turn a teacher's tags on an article into its reference reading.

    Parameters
    ----------
    folder
        The course.
    article
        The id of the article.
    sheet
        An answer sheet; without it, the work of whoever was at work in the course last.
    second
        The answer sheet of somebody else who tagged the text: where the two differ, an entry
        becomes debatable.

    Raises
    ------
    FramingkitError
        If there are no tags on this version of the text. A reading that is there is kept as .bak.
    """
    reading, coder = draft_reading(folder, article, sheet)
    if second:
        with working_on(folder):
            document, codebook, answers = load_article(article), load_codebook(), read_sheet(second)
            other = make_reference(_spans_on(answers, document), document, codebook)
            reading = joined(reading, other, codebook)
            coder = f"{coder}” and “{answers.coder}"
    done = write_reading(folder, reading)
    return replace(done, sentences=(f"From the tags and notes of “{coder}”.", *done.sentences))


def draft_reading(folder: Path, article: str, sheet: Path | None = None) -> tuple[Reference, str]:
    """Make a reading of a teacher's tags as `reading_from` does, and write nothing.

    Returns
    -------
    tuple of Reference and str
        The reading, and the code name of whoever tagged.
    """
    with working_on(folder):
        document, codebook = load_article(article), load_codebook()
        answers = read_sheet(sheet) if sheet else _of_log(folder)
        spans = _spans_on(answers, document)
        path = reading_path(folder, article)
        old = load_reference(path) if path.is_file() else None
        reference = make_reference(spans, document, codebook, old)
        frames = _frames(answers, document, codebook, old)
        return replace(reference, section_frames=frames), answers.coder


def write_reading(folder: Path, reference: Reference) -> Written:
    """Write a reading into a course; what was there is kept beside it."""
    path = reading_path(folder, reference.document_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with keeping(path) as kept:
        write_reference(path, reference)
    forget()
    clear = sum(entry.status == "clear" for entry in reference.spans)
    said = (
        f"The reference reading of “{reference.document_id}” has "
        f"{counted(len(reference.spans), 'entry', 'entries')}: {clear} clear, "
        f"{len(reference.spans) - clear} debatable; "
        f"{counted(len(reference.near_misses), 'near miss', 'near misses')}, and the frames of "
        f"{counted(len(reference.section_frames), 'part')}."
    )
    return Written(path, reference, (said, *kept))


def _of_log(folder: Path) -> AnswerSheet:
    log = find_log(folder=folder / "work")
    if log is None:
        raise FramingkitError(
            "Nobody has tagged anything in this course yet. Open the lesson, tag the text, and "
            "write your reasons as notes; or name an answer sheet."
        )
    log.refresh()
    return sheet_of(log.sheet(""), log.path.name)


def _spans_on(answers: AnswerSheet, document: Document) -> tuple[Span, ...]:
    spans = [
        span
        for version, spans in answers.tags.items()
        if (version.id, version.sha256) == (document.id, document.sha256)
        for span in spans
    ]
    if not spans:
        others = any(version.id == document.id for version in answers.tags)
        why = "These tags are on an earlier version of the text" if others else "There are no tags"
        way = "Open its tagger, and they come along" if others else "Tag it in the lesson first"
        raise FramingkitError(
            f"{why}, so there is nothing to make a reading of “{document.id}” of. {way}."
        )
    for span in spans:
        check_quote(span, document.text)
    return tuple(spans)


def make_reference(
    spans: tuple[Span, ...], document: Document, codebook: Codebook, old: Reference | None = None
) -> Reference:
    """Make entries and near misses of tags; an entry without a note keeps what it said before.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> span = Span(13, 23, "ceremony_symbol", "red carpet", "It is rolled out to be seen.")
    >>> made = make_reference((span,), load_article(), load_codebook())
    >>> made.spans[0].status, made.spans[0].rationale
    ('clear', 'It is rolled out to be seen.')
    """
    before = {entry.span.key: entry for entry in old.spans} if old else {}
    entries, misses = [], []
    for number, span in enumerate(sorted(spans, key=lambda one: one.key), start=1):
        section = _section(document, span)
        plain = Span(span.start, span.end, span.label, span.quote, id=f"r{number:02}")
        if near := _NEAR.match(span.note):
            why = span.note[near.end() :].strip() or "It does not meet the rule."
            misses.append(NearMiss(replace(plain, id=""), why, section))
        elif not span.note.strip() and span.key in before:
            entries.append(replace(before[span.key], span=plain))
        else:
            entries.append(_entry(plain, span.note, section, codebook))
    return Reference(document.id, CODER, tuple(entries), tuple(misses), ())


def _section(document: Document, span: Span) -> str:
    found = (one.id for one in document.sections if span.start < one.end)
    return next(found, document.sections[-1].id)


def _entry(span: Span, note: str, section: str, codebook: Codebook) -> ReferenceSpan:
    code = codebook.code(span.label)
    reason, *other = _DEBATABLE.split(note, maxsplit=1)
    reason = " ".join(reason.split()) or f"{_BY_RULE}{code.short or code.definition}"
    alternative = " ".join("".join(other).split())
    if other and not alternative:
        alternative = "Another careful reader may leave these words untagged."
    status = "debatable" if other else "clear"
    return ReferenceSpan(span, section, status, reason, alternative)


def _frames(
    answers: AnswerSheet, document: Document, codebook: Codebook, old: Reference | None
) -> tuple[SectionFrames, ...]:
    """Take over the frames that the teacher filled in; the others stay as they were."""
    made = {one.section: one for one in old.section_frames} if old else {}
    for section in document.sections:
        response = answers.responses.get(frames_item(document, section.id))
        mine = latest_frames(response, codebook)
        if mine.primary:
            made[section.id] = _section_frames(section.id, mine, made.get(section.id))
    return tuple(made[one.id] for one in document.sections if one.id in made)


def _section_frames(section: str, mine: FrameReading, old: SectionFrames | None) -> SectionFrames:
    is_same = old is not None and old.primary == mine.primary
    others: dict[str, Any] = {
        "problem_definition": mine.cells.get("problem", ""),
        "causal_interpretation": mine.cells.get("cause", ""),
        "moral_evaluation": mine.cells.get("judgement", ""),
        "treatment_recommendation": mine.cells.get("remedy", ""),
    }
    second = tuple(id for id in mine.present if id != mine.primary)
    if old and is_same:
        return replace(old, secondary=second or old.secondary)
    return SectionFrames(
        section, mine.primary, second, "clear", _FRAMES_BY_RULE, mine.scope or "mixed", **others
    )
