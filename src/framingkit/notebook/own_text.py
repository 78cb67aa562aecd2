"""Bring a text of one's own: by the widget, or by a plain function."""

from typing import TYPE_CHECKING

from framingkit.base import Page, sentences_page
from framingkit.errors import FramingkitError
from framingkit.notebook.text import AtWork, in_sentences
from framingkit.work import OWN_TEXT, check_text_id, keep_own_text, make_document, used_sentences

if TYPE_CHECKING:
    from framingkit.widgets import OwnText


def own_text(lesson: AtWork, document: str = OWN_TEXT) -> "OwnText":
    """Show fields for a text of the learner's own choice."""
    from framingkit.widgets import OwnText

    return OwnText(lesson.log, document)


@in_sentences(FramingkitError)
def use_text(
    lesson: AtWork,
    text: str,
    title: str = "",
    source: str = "",
    date: str = "",
    document: str = OWN_TEXT,
    parts: bool = False,
) -> Page:
    """Use a text of one's own; with `parts`, empty lines begin new sections."""
    made = make_document(check_text_id(document), text, title, source, date, parts)
    response = {"text": text, "title": title, "source": source, "date": date, "parts": parts}
    lesson.log.act("answer", document, response=response | {"used": made.sha256})
    keep_own_text(lesson.log.path.parent, made)
    return sentences_page("Your text is ready.", used_sentences(made))
