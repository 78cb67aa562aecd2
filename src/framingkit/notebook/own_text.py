"""Bring a text of one's own: by the widget, or by a plain function."""

from typing import TYPE_CHECKING

from framingkit.base import Page, sentences_page
from framingkit.errors import FramingkitError
from framingkit.notebook.text import AtWork, in_sentences
from framingkit.work import OWN_TEXT, check_text_id, put_to_use

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
    """Use a text of one's own; with `parts`, empty lines begin new sections.

    Tags on the text before go along where their words and context still fit.
    """
    response = {"text": text, "title": title, "source": source, "date": date, "parts": parts}
    _, sentences = put_to_use(lesson.log, check_text_id(document), response)
    return sentences_page("Your text is ready.", sentences)
