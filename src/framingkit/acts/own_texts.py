"""Bring a text of one's own: by the widget, or by a plain function."""

from typing import TYPE_CHECKING

from framingkit.acts.common import AtWork, in_sentences
from framingkit.errors import FramingkitError
from framingkit.own_text_copies import keep_copy
from framingkit.own_texts import OWN_TEXT, check_id, make_document, used_sentences
from framingkit.pages import Page, sentences_page

if TYPE_CHECKING:
    from framingkit.widgets.own_text import OwnText


def own_text(lesson: AtWork, document: str = OWN_TEXT) -> "OwnText":
    """Show fields for a text of the learner's own choice."""
    from framingkit.widgets.own_text import OwnText

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
    made = make_document(check_id(document), text, title, source, date, parts)
    response = {"text": text, "title": title, "source": source, "date": date, "parts": parts}
    lesson.log.act("answer", document, response=response | {"used": made.sha256})
    keep_copy(lesson.log.path.parent, made)
    return sentences_page("Your text is ready.", used_sentences(made))
