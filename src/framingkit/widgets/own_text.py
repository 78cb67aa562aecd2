"""The widget with which a learner brings a text. Its browser half is own_text.js."""

from typing import Any

import traitlets

from framingkit.base import list_html
from framingkit.course import Document
from framingkit.errors import FramingkitError
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import AnswerWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import (
    LONGEST_TEXT,
    OWN_TEXT,
    WorkLog,
    check_own_text,
    check_text_id,
    find_own_text,
    put_to_use,
    used_sentences,
)


class OwnText(AnswerWidget):
    """Paste or type a text, and use it like the kit's own articles.

    Parameters
    ----------
    work_log
        Where the text is kept; its folder gets a copy.
    document_id
        The text's name, ``own-text`` or ``own-text-2``.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> OwnText(WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl"))
    OwnText(own-text: no text in use yet)
    """

    _esm = join("own_text")
    _css = style("base", "form", "own_text")

    words = traitlets.Dict(words_for("saving", "form", "text_form")).tag(sync=True)
    longest = traitlets.Int(LONGEST_TEXT, help="Characters that a text may have.").tag(sync=True)

    def __init__(self, work_log: WorkLog, document_id: str = OWN_TEXT, **traits: Any) -> None:
        tool = tool_name("text_form")
        super().__init__(work_log, check_text_id(document_id), tool=tool, **traits)

    def __repr__(self) -> str:
        """Return a line that depends on the text alone."""
        document = self.document
        words = f"{len(document.text.split())} words" if document else "no text in use yet"
        return f"OwnText({self._item_id}: {words})"

    def _static_html(self) -> str:
        document = self.document
        sentences = used_sentences(document) if document else ["No text is in use yet."]
        return list_html(words_for("text_form")["heading"], sentences)

    @property
    def document(self) -> Document | None:
        """The text in use; None if there is none."""
        return find_own_text(self._log.path.parent, self._item_id, self.response)

    def _check(self, response: dict[str, Any]) -> None:
        check_own_text(response)

    def _asked(self, content: dict[str, Any]) -> None:
        """Put the text that was just saved to use; say how it went."""
        if content.get("kind") != "use":
            return
        try:
            document, sentences = put_to_use(self._log, self._item_id, self.response or {})
        except FramingkitError as error:
            self.send({"kind": "used", "sentences": [str(error)]})
            return
        self.send({"kind": "used", "used": document.sha256, "sentences": sentences})
