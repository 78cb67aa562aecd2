"""Say tagged phrases in plain words: by the widget, or by plain functions."""

from dataclasses import replace
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import Page, quoted
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    Version,
    Wording,
    devices_sentence,
    latest_version,
    read_version,
    rewrite_item,
    version_html,
    version_response,
)
from framingkit.notebook.text import (  # fmt: skip
    ARTICLE,
    AtWork,
    NoTextYetError,
    document_of,
    in_sentences,
    sentence_page,
    tagging_on,
)
from framingkit.work import TextVersion

if TYPE_CHECKING:
    from framingkit.widgets import PlainWords


@in_sentences(NoTextYetError)
def rewrite(lesson: AtWork, section: str, document: str = ARTICLE) -> "PlainWords":
    """Show the learner's tagged phrases of a section, to say them in plain words."""
    from framingkit.widgets import PlainWords

    text = document_of(lesson.log, document)
    facts = course.load_facts(document)
    return PlainWords(text, section, course.load_codebook(), facts=facts, work_log=lesson.log)


def _version(lesson: AtWork, section: str, document: str) -> Version:
    """Read what the learner has written so far."""
    tagging = tagging_on(lesson.log, document)
    item = rewrite_item(tagging.text.key, section)
    spans = tagging.spans()
    response = lesson.log.state.answer(item)
    return latest_version(response, tagging.document, section, spans, course.load_facts(document))


def _keep(lesson: AtWork, text: TextVersion, version: Version) -> None:
    """Write a version to the log, unless it could not be read back."""
    response = version_response(version)
    read_version(response, version.document, version.section_id, version.spans, version.facts)
    lesson.log.open_text(text)
    lesson.log.act("answer", rewrite_item(text.key, version.section_id), response=response)


@in_sentences(FramingkitError)
def add_plain_words(
    lesson: AtWork,
    words: str,
    plain: str,
    section: str,
    document: str = ARTICLE,
    occurrence: int = 1,
    carries: bool = False,
) -> Page:
    """Say words of a section in plain words; `carries` if the device is still there."""
    tagging = tagging_on(lesson.log, document)
    start, end = tagging.find(words, section, occurrence)
    before = _version(lesson, section, document)
    others = [old for old in before.wordings if (old.start, old.end) != (start, end)]
    after = replace(before, wordings=(*others, Wording(start, end, plain, carries)))
    _keep(lesson, tagging.text, after)
    shown = quoted(" ".join(plain.split())) if plain.strip() else "no plain words any more"
    quote = tagging.document.quote(start, end)
    return sentence_page(f"{quote} has {shown}. {devices_sentence(after)}")


@in_sentences(FramingkitError)
def keep_facts(lesson: AtWork, section: str, *facts: str, document: str = ARTICLE) -> Page:
    """Say which facts of a section are still there; lesson.plain_text shows their names."""
    tagging = tagging_on(lesson.log, document)
    before = _version(lesson, section, document)
    known = [fact.id for fact in before.facts]
    unknown = [fact for fact in facts if fact not in known]
    if unknown:
        names = ", ".join(known) or "none here"
        return sentence_page(f"There is no statement {unknown[0]!r}. There are: {names}.")
    after = replace(before, kept=tuple(facts))
    _keep(lesson, tagging.text, after)
    return sentence_page(f"{len(set(facts))} of {len(known)} statements are ticked.")


@in_sentences(NoTextYetError)
def plain_text(lesson: AtWork, section: str, document: str = ARTICLE) -> Page:
    """Show the learner's version of a section beside the text as written."""
    version = _version(lesson, section, document)
    words = f"In your plain words: {version.document.section(section).title}"
    return Page(version_html(version, course.load_codebook()), words)
