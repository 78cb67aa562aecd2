"""Tagging and answering without a widget: for those who cannot or do not want to use one.

Each function does what one action in a widget does and returns a sentence about it.
"""

import secrets
from dataclasses import dataclass, field, replace
from typing import Any

from framingkit.base import is_unseen, places_of, quoted
from framingkit.course import Codebook, Document, Item, Span
from framingkit.errors import FramingkitError
from framingkit.feedback import RESPONSE_KEYS, check_response
from framingkit.work.corrected import Orphan, drop_orphan, keep_text, orphans_of, place_orphan
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
        """The versions of the text and the codebook."""
        return TextVersion.of(self.document, self.codebook)

    def spans(self) -> list[Span]:
        """List the tags in reading order."""
        self.log.refresh()
        return [tag.span for tag in self.log.state.tags(self.text.key) if tag.span]

    def find(self, words: str, section: str | None, occurrence: int) -> tuple[int, int]:
        """Find words in the text, as :func:`framingkit.base.places_of` does."""
        if section is not None:
            self.document.section(section)
        found = [
            (part.start + start, part.start + end)
            for part in self.document.sections
            if part.kind == "text" and section in (None, part.id)
            for start, end in places_of(words, self.document.text[part.start : part.end])
        ]
        if is_unseen(words):
            raise FramingkitError("There is nothing to see in these words. Type at least a letter.")
        if not 1 <= occurrence <= len(found):
            raise FramingkitError(
                f"“{words}” appears {len(found)} times there, so there is no occurrence number "
                f"{occurrence}. Copy the words as they are in the text. Capital letters and the "
                "kinds of quotation marks, dashes and spaces do not matter."
            )
        return found[occurrence - 1]

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
        if (start, end, label) in [span.key for span in self.spans()]:
            return f"That is already tagged as {name}."
        quote, id = self.document.text[start:end], "p." + secrets.token_hex(5)
        self._put(id, None, Span(start, end, label, quote, note, confidence, id))
        return f"Tagged {quoted(quote)} as {name}."

    def change(self, words: str, **parts: Any) -> str:
        """Change the label, the note or the confidence of a tag."""
        before = self._tagged(words)
        wrong = sorted(set(parts) - {"label", "note", "confidence"})
        if wrong:
            raise FramingkitError(
                f"You can change a tag's label, note and confidence, not {', '.join(wrong)}."
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

    def orphans(self) -> list[Orphan]:
        """List the tags on earlier versions of the text that have no certain place in this one."""
        self.log.refresh()
        return orphans_of(self.log, self.document)

    def place(self, old: str, words: str, section: str | None = None, occurrence: int = 1) -> str:
        """Place an orphan, named by its old words, on words of the text."""
        orphan = self._orphan(old)
        start, end = self.find(words, section, occurrence)
        place_orphan(self.log, self.document, orphan, start, end)
        words = self.document.text[start:end]
        return f"Placed {quoted(orphan.span.quote)} on {quoted(words)}."

    def drop(self, old: str) -> str:
        """Remove an orphan, named by its old words."""
        orphan = self._orphan(old)
        drop_orphan(self.log, self.document, orphan.id)
        return f"Removed {quoted(orphan.span.quote)}."

    def _orphan(self, old: str) -> Orphan:
        found = [one for one in self.orphans() if places_of(old, one.span.quote)]
        if not found:
            raise FramingkitError(
                f"No tag without a place has the words “{old}”. lesson.orphans() lists them."
            )
        return found[0]

    def undo(self) -> str:
        """Undo the last change that was made by a plain function."""
        if not self.done:
            return "There is nothing to undo."
        self._record(*self.done[-1])
        self.done.pop()
        return "Undone."

    def _tagged(self, words: str) -> Span:
        """Find a tag by its words or its id."""
        spans = self.spans()
        for span in spans:
            if words in (span.id, span.quote):
                return span
        for span in spans:
            if places_of(words, span.quote) == [(0, len(span.quote))]:
                return span
        raise FramingkitError(f"You have no tag on “{words}”. lesson.tags() shows your tags.")

    def _put(self, id: str, before: Span | None, after: Span | None) -> None:
        self._record(id, after)
        self.done.append((id, before))

    def _record(self, id: str, span: Span | None) -> None:
        known = any(tag.id == id for tag in self.spans())
        kind = "remove" if span is None else "change" if known else "tag"
        self.log.open_text(self.text)
        keep_text(self.log, self.document)
        self.log.act(kind, id, document=self.text.key, span=span)


def keep_answer(
    log: WorkLog, item: Item, value: Any, confidence: int | None = None
) -> dict[str, Any]:
    """Save an answer, and return it in the form in which it is stored."""
    response: dict[str, Any] = {RESPONSE_KEYS[item.kind]: value}
    if confidence is not None:
        response["confidence"] = confidence
    check_response(item, response)
    log.act("answer", item.id, response=response)
    return response
