"""Tag a text, and look at the tags: by the tagger, or by plain functions."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from framingkit import course
from framingkit.base import Page, counted, quoted, sentences_page
from framingkit.course import AnnotationSet, read_reference
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    compare_with_reference,
    comparison_page,
    passage_page,
    reference_page,
    tags_page,
)
from framingkit.notebook.text import (  # fmt: skip
    ARTICLE,
    AtWork,
    NoTextYetError,
    document_of,
    in_sentences,
    reading_of,
    sentence_page,
    tagging_on,
)
from framingkit.work import is_own, orphans_of

if TYPE_CHECKING:
    from framingkit.base import Figure
    from framingkit.widgets import SpanTagger


NONE_YET = (
    "There is no reference reading for this text yet. Put your tags beside those of somebody else, "
    "and ask for each one: which rule of the codebook does it meet?"
)
NO_REFERENCE = (
    "There is no reference reading for your own text. Compare your tags with those of somebody "
    "else who read it, and ask for each one: which rule of the codebook does it meet?"
)


@in_sentences(NoTextYetError)
def read(lesson: AtWork, *sections: str, document: str = ARTICLE) -> Page:
    """Show sections of a text with numbered sentences; without any, the whole text."""
    text = document_of(lesson.log, document)
    wanted = sections or tuple(one.id for one in text.sections if one.kind == "text")
    return passage_page(text, wanted, course.load_codebook())


@in_sentences(NoTextYetError)
def tag(
    lesson: AtWork, section: str, codes: list[str] | None = None, document: str = ARTICLE
) -> "SpanTagger":
    """Show the tagger on a section; without `codes`, the core codes are on offer."""
    from framingkit.widgets import PlaceAgain, SpanTagger, show

    text, reading = document_of(lesson.log, document), reading_of(document)
    if orphans_of(lesson.log, text):
        waiting = PlaceAgain(lesson.log, text, course.load_codebook())
        waiting.show()
        show(waiting)
    return SpanTagger(
        text,
        section,
        course.load_codebook(),
        codes=_offer(codes),
        work_log=lesson.log,
        reference=reading,
    )


def _offer(codes: list[str] | None) -> list[str]:
    return codes or [code.id for code in course.load_codebook().core]


@in_sentences(NoTextYetError)
def compare(
    lesson: AtWork,
    section: str,
    codes: list[str] | None = None,
    document: str = ARTICLE,
    reading_file: str | Path | None = None,
) -> Page:
    """Compare the learner's tags with the reference reading, or with one that people settled."""
    tagging, reading = tagging_on(lesson.log, document), reading_of(document)
    if reading_file is not None:
        reading = read_reference(Path(reading_file), tagging.document)
    if reading is None:
        return _without_reading(document)
    mine = AnnotationSet(document, lesson.log.coder, tuple(tagging.spans()))
    comparison = compare_with_reference(
        mine, reading, tagging.document, tagging.codebook, _offer(codes), section
    )
    return comparison_page(comparison)


def _without_reading(document: str) -> Page:
    """Say that there is nothing to compare with, and what to do instead."""
    return sentence_page(NO_REFERENCE if is_own(document) else NONE_YET)


def reference(lesson: AtWork, section: str, document: str = ARTICLE) -> Page:
    """Show the reference reading of a section, with its reasons."""
    reading = reading_of(document)
    if reading is None:
        return _without_reading(document)
    text = document_of(lesson.log, document)
    return reference_page(text, reading, course.load_codebook(), section)


@in_sentences(NoTextYetError)
def chart(
    lesson: AtWork, what: str, section: str | None = None, document: str = ARTICLE
) -> "Figure | Page":
    """Draw ``"devices by section"`` of the reference reading, or ``"my tags by code"``."""
    from framingkit.feedback import devices_by_section, tags_by_code

    if what == "devices by section":
        reading = reading_of(document)
        if reading is None:
            return _without_reading(document)
        return devices_by_section(reading.annotation_set, document_of(lesson.log, document))
    if what == "my tags by code":
        tagging = tagging_on(lesson.log, document)
        return tags_by_code(tagging.spans(), tagging.document, tagging.codebook, section)
    raise FramingkitError(
        f"A chart is “devices by section” or “my tags by code”, but this was {what!r}."
    )


@in_sentences(NoTextYetError)
def tags(lesson: AtWork, document: str = ARTICLE) -> Page:
    """Show the learner's tags, in the text and as a table."""
    tagging = tagging_on(lesson.log, document)
    return tags_page(tagging.document, tagging.spans(), tagging.codebook)


@in_sentences(NoTextYetError)
def add_tag(
    lesson: AtWork, words: str, label: str, document: str = ARTICLE, **details: Any
) -> Page:
    """Tag words; `section`, `occurrence`, `note` and `confidence` may be given."""
    return sentence_page(tagging_on(lesson.log, document).add(words, label, **details))


@in_sentences(NoTextYetError)
def change_tag(lesson: AtWork, words: str, document: str = ARTICLE, **parts: Any) -> Page:
    """Change the `label`, `note` or `confidence` of the tag on these words."""
    return sentence_page(tagging_on(lesson.log, document).change(words, **parts))


@in_sentences(NoTextYetError)
def remove_tag(lesson: AtWork, words: str, document: str = ARTICLE) -> Page:
    """Remove the tag on these words."""
    return sentence_page(tagging_on(lesson.log, document).remove(words))


@in_sentences(NoTextYetError)
def orphans(lesson: AtWork, document: str = ARTICLE) -> Page:
    """List tags that have no certain place in the text any more, because it was corrected."""
    tagging = tagging_on(lesson.log, document)
    found = tagging.orphans()
    if not found:
        return sentence_page("All your tags have their places in this text.")
    names = {code.id: code.name for code in tagging.codebook.codes}
    lines = [
        f"{quoted(' '.join(one.span.quote.split()))}: {names.get(one.span.label, one.span.label)}"
        + (f". Your note: {one.span.note}" if one.span.note else "")
        for one in found
    ]
    title = f"The text was corrected: {counted(len(found), 'tag')} without a certain place"
    return sentences_page(title, lines)


@in_sentences(NoTextYetError)
def place_tag(
    lesson: AtWork, old: str, words: str, document: str = ARTICLE, **details: Any
) -> Page:
    """Place a tag from `orphans`, named by its old words, on words of the text."""
    return sentence_page(tagging_on(lesson.log, document).place(old, words, **details))


@in_sentences(NoTextYetError)
def drop_tag(lesson: AtWork, old: str, document: str = ARTICLE) -> Page:
    """Remove a tag from `orphans`, named by its old words."""
    return sentence_page(tagging_on(lesson.log, document).drop(old))


@in_sentences(NoTextYetError)
def undo(lesson: AtWork, document: str = ARTICLE) -> Page:
    """Take back the last tag, change or removal made in this way."""
    return sentence_page(tagging_on(lesson.log, document).undo())
