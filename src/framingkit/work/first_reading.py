"""A learner's tags at one moment, saved under a name; the first reading of a section is one.

They are an answer in the work log, so they are there again after a restart and are handed in.
A first reading holds the tags from before the class was seen. It never changes: what others
tagged can pull the eye, and cannot be unseen.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.base import counted
from framingkit.course import Codebook, Document, Span
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_tags
from framingkit.work.log import WorkLog
from framingkit.work.sheet import TextVersion

MOST = 500
"""Tags that one milestone can hold."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A learner's tags on a text, saved under a name: only offsets and labels.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> text = TextVersion("alaska-summit", "614ee04e9591", "diplomatic-framing", "")
    >>> before = Milestone(log, text, "before codebook")
    >>> before.keep([Span(13, 23, "ceremony_symbol")])
    >>> before.item, before.tags()[0].label
    ('milestone.before-codebook.a63f8c26', 'ceremony_symbol')
    """

    log: WorkLog
    text: TextVersion
    name: str

    @property
    def item(self) -> str:
        """The item's id: readable, and another one for every name and text."""
        words = re.sub(r"[^a-z0-9]+", "-", self.name.lower()).strip("-")[:40] or "named"
        digest = hashlib.sha256(f"{self.name}/{self.text.key}".encode("utf-8", "replace"))
        return f"milestone.{words}.{digest.hexdigest()[:8]}"

    def tags(self) -> tuple[Span, ...] | None:
        """Return the saved tags; None if there are none yet, or they cannot be read."""
        tags = (self.log.state.answer(self.item) or {}).get("tags")
        if not isinstance(tags, list):
            return None
        try:
            return tuple(Span(start, end, label) for start, end, label in tags)
        except (FramingkitError, TypeError, ValueError):
            return None

    def keep(self, spans: Sequence[Span]) -> None:
        """Save tags in place of those that were saved before.

        Raises
        ------
        FramingkitError
            If there are too many, or the disk does not take them.
        """
        if len(spans) > MOST:
            raise FramingkitError(f"A milestone can hold {MOST:,} tags; you have {len(spans):,}.")
        tags = [list(span.key) for span in spans]
        response = {"milestone": self.name[:200], "document": self.text.key, "tags": tags}
        self.log.open_text(self.text)
        self.log.act("answer", self.item, response=response)


@dataclass(frozen=True, slots=True)
class FirstReading:
    """One learner's first reading of one section, whether saved yet or not.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> FirstReading(log, course.load_article(), course.load_codebook(), "ending").kept() is None
    True
    """

    log: WorkLog
    document: Document
    codebook: Codebook
    section_id: str

    @property
    def text(self) -> TextVersion:
        """The versions of the text and the codebook."""
        return TextVersion.of(self.document, self.codebook)

    @property
    def milestone(self) -> Milestone:
        """Where its tags are saved."""
        return Milestone(self.log, self.text, f"first reading of {self.section_id}")

    def tags(self) -> list[Span]:
        """List the learner's current tags in this section."""
        section = self.document.section(self.section_id)
        tags = [tag.span for tag in self.log.state.tags(self.text.key) if tag.span]
        return [tag for tag in tags if tag.start < section.end and section.start < tag.end]

    def kept(self) -> tuple[Span, ...] | None:
        """Return the saved tags; None if the learner has not saved any yet."""
        return self.milestone.tags()

    def keep(self) -> None:
        """Save the current tags; a reading that was saved before does not change.

        Raises
        ------
        FramingkitError
            If there are no tags in this section, or the disk does not take them.
        """
        self.log.refresh()
        if self.kept() is not None:
            return
        spans = self.tags()
        if not spans:
            raise FramingkitError(
                "You have no tags in this section yet, so there is no reading of your own to "
                "compare with a class. Tag some words first, then come back."
            )
        self.milestone.keep(spans)

    def sentences(self) -> list[str]:
        """Say what was saved, and what has changed since."""
        before = self.kept()
        if before is None:
            return []
        saved = f"Your first reading is saved: {counted(len(before), 'tag')}."
        changes = compare_tags(before, self.tags())
        changed = len(changes.relabelled) + len(changes.moved)
        counts = {"new": len(changes.added), "removed": len(changes.removed), "changed": changed}
        since = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
        rest = f"Since then: {since}." if since else "You can go on tagging; it will not change."
        return [f"{saved} {rest}"]
