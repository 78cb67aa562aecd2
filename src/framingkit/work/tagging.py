"""Tagging and answering without a widget: for those who cannot or do not want to use one.

Each function does what one act in a widget does and returns a sentence about it.
"""

import re
import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from framingkit.base import quoted
from framingkit.course import Codebook, Document, Item, Span, check_quote
from framingkit.errors import FramingkitError
from framingkit.feedback import RESPONSE_KEYS, check_response
from framingkit.work.log import WorkLog
from framingkit.work.sheet import TextVersion


@dataclass(slots=True)
class Tagging:
    """One learner's tags on one document, by plain functions.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> tagging = Tagging(log, course.load_article(), course.load_codebook())
    >>> tagging.add("red carpet", "ceremony_symbol", "ending")
    'Tagged “red carpet” as Ceremony symbol.'
    """

    log: WorkLog
    document: Document
    codebook: Codebook
    done: list[tuple[str, Span | None]] = field(default_factory=list)

    @property
    def text(self) -> TextVersion:
        """Name the versions of the text and the codebook."""
        return TextVersion.of(self.document, self.codebook)

    def spans(self) -> list[Span]:
        """List the tags in reading order."""
        self.log.refresh()
        return [tag.span for tag in self.log.state.tags(self.text.key) if tag.span]

    def find(self, words: str, section: str | None, occurrence: int) -> tuple[int, int]:
        """Find words in the text; white space of any kind counts as one space."""
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        places = [
            match.span()
            for part in self.document.sections
            if part.kind == "text" and section in (None, part.id)
            for match in re.compile(pattern).finditer(self.document.text, part.start, part.end)
        ]
        if section is not None:
            self.document.section(section)
        if not pattern or not 1 <= occurrence <= len(places):
            raise FramingkitError(
                f"“{words}” stands {len(places)} times there, so place number {occurrence} was "
                "not found. Copy the words as they stand in the text, also capital letters."
            )
        return places[occurrence - 1]

    def add(
        self,
        words: str,
        label: str,
        section: str | None = None,
        occurrence: int = 1,
        note: str = "",
        confidence: int | None = None,
    ) -> str:
        """Tag words with a code."""
        start, end = self.find(words, section, occurrence)
        name = self.codebook.code(label).name
        same = [(span.start, span.end, span.label) for span in self.spans()]
        if (start, end, label) in same:
            return f"That is tagged as {name} already."
        quote = self.document.text[start:end]
        id = "p." + secrets.token_hex(5)
        self._put(id, None, Span(start, end, label, quote, note, confidence, id))
        return f"Tagged {quoted(quote)} as {name}."

    def change(self, words: str, **parts: Any) -> str:
        """Change the label, the note or the confidence of a tag."""
        before = self._tagged(words)
        wrong = sorted(set(parts) - {"label", "note", "confidence"})
        if wrong:
            raise FramingkitError(
                f"Of a tag you can change its label, note and confidence, not {', '.join(wrong)}."
            )
        after = replace(before, **parts)
        self.codebook.code(after.label)
        self._put(before.id, before, after)
        return f"Changed the tag on {quoted(after.quote)}."

    def remove(self, words: str) -> str:
        """Remove a tag."""
        before = self._tagged(words)
        self._put(before.id, before, None)
        return f"Removed {self.codebook.code(before.label).name} from {quoted(before.quote)}."

    def undo(self) -> str:
        """Take back the last act that was done by a plain function."""
        if not self.done:
            return "There is nothing to undo."
        id, before = self.done[-1]
        self._record(id, before)
        self.done.pop()
        return "Undone."

    def _tagged(self, words: str) -> Span:
        """Find a tag by its words or its id."""
        found = [span for span in self.spans() if words in (span.id, span.quote)]
        if not found:
            raise FramingkitError(
                f"No tag of yours is on “{words}”. lesson.tags() shows the tags you have."
            )
        return found[0]

    def _put(self, id: str, before: Span | None, after: Span | None) -> None:
        self._record(id, after)
        self.done.append((id, before))

    def _record(self, id: str, span: Span | None) -> None:
        if span is not None:
            check_quote(span, self.document.text)
        self.log.open_text(self.text)
        known = any(one.id == id for one in self.spans())
        kind = "remove" if span is None else "change" if known else "tag"
        self.log.act(kind, id, document=self.text.key, span=span)


def keep_answer(
    log: WorkLog, item: Item, value: Any, confidence: int | None = None
) -> dict[str, Any]:
    """Keep an answer, and return it in the form in which it is stored."""
    response: dict[str, Any] = {RESPONSE_KEYS[item.kind]: value}
    if confidence is not None:
        response["confidence"] = confidence
    check_response(item, response)
    log.refresh()
    log.act("answer", item.id, response=response)
    return response
