"""What the acts of a lesson share: finding texts, and answering with a sentence."""

from collections.abc import Callable
from functools import cache, wraps
from typing import ParamSpec, Protocol, TypeVar

from framingkit import course
from framingkit.base import Page, element, passage_html
from framingkit.course import Document, Reference
from framingkit.errors import FramingkitError
from framingkit.work import Tagging, WorkLog, bring_along, find_own_text, is_own

ARTICLE = "alaska-summit"

Given = ParamSpec("Given")
Shown = TypeVar("Shown")


class AtWork(Protocol):
    """What an act needs of a lesson."""

    @property
    def log(self) -> WorkLog:
        """The learner's log."""


class NoTextYetError(FramingkitError):
    """A learner's own text is asked for before there is one."""


def in_sentences(
    wrong: type[FramingkitError],
) -> Callable[[Callable[Given, Shown]], Callable[Given, Shown | Page]]:
    """Let an act answer with a sentence where it cannot do what was asked."""

    def change(act: Callable[Given, Shown]) -> Callable[Given, Shown | Page]:
        @wraps(act)
        def answering(*values: Given.args, **named: Given.kwargs) -> Shown | Page:
            try:
                return act(*values, **named)
            except wrong as error:
                return sentence_page(str(error))

        return answering

    return change


def shows(act: Callable[Given, Shown]) -> Callable[Given, Shown]:
    """Let an act show what it returns, also in the middle of a cell."""

    @wraps(act)
    def showing(*values: Given.args, **named: Given.kwargs) -> Shown:
        from framingkit.widgets import shown

        return shown(act(*values, **named))

    return showing


def sentence_page(sentence: str) -> Page:
    """Show one sentence."""
    return Page(passage_html(element("p", sentence)), sentence)


def document_of(log: WorkLog, id: str) -> Document:
    """Find a text: one of the learner's own, or one of the kit's.

    Raises
    ------
    NoTextYetError
        If it is the learner's own, and not in use yet.
    """
    if not is_own(id):
        article = course.load_article(id)
        bring_along(log, article)
        return article
    log.refresh()
    text = find_own_text(log.path.parent, id, log.state.answer(id))
    if text is None:
        raise NoTextYetError(
            "There is no text of your own yet. Paste or type one and press “Use this text”, "
            "then run this cell again (Shift+Enter)."
        )
    return text


def reading_of(id: str) -> Reference | None:
    """Find the reference reading of a text; a learner's own text has none."""
    return None if is_own(id) else course.find_reference(id)


@cache
def _tagging(log: WorkLog, learner: str, document: Document) -> Tagging:
    """Keep one object per learner and text, so that undo works from cell to cell."""
    return Tagging(log, document, course.load_codebook())


def tagging_on(log: WorkLog, id: str) -> Tagging:
    """Find what a learner tags a text with by plain functions."""
    return _tagging(log, log.learner, document_of(log, id))
