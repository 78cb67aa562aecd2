"""The widget to say tagged phrases in plain words. Its browser half is plain_words.js."""

from collections.abc import Sequence
from typing import Any

import traitlets

from framingkit.base import counted
from framingkit.course import Codebook, Document, Fact
from framingkit.feedback import (
    LONGEST_WORDING,
    NOTHING,
    Version,
    latest_version,
    read_version,
    remarks_on,
    rewrite_item,
    version_html,
)
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import AnswerWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import Operation, TextVersion, WorkLog


class PlainWords(AnswerWidget):
    """Rewrite tagged phrases of a section, and flip the passage between both versions.

    Parameters
    ----------
    document, section_id
        The text and the section of it to rewrite.
    codebook
        The codes, for the names of the devices.
    facts
        What must survive; those of other sections are left out.
    work_log
        Where the tags are, and where every version is kept.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> codebook = course.load_codebook()
    >>> PlainWords(course.load_article(), "ending", codebook, facts=(), work_log=log)
    PlainWords(alaska-summit, ending: 0 phrases, 0 in plain words)
    """

    _esm = join("plain_words")
    _css = style("base", "form", "plain_words")

    words = traitlets.Dict(words_for("saving", "form", "plain_words")).tag(sync=True)
    text = traitlets.Unicode(help="The words of the section.").tag(sync=True)
    start = traitlets.Int(help="Offset of their first character in the document.").tag(sync=True)
    title = traitlets.Unicode(help="The section's title.").tag(sync=True)
    facts: traitlets.List[dict[str, str]] = traitlets.List(
        help="What must survive: id and plain words."
    ).tag(sync=True)
    phrases: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The first state; later ones come as messages."
    ).tag(sync=True)
    reply = traitlets.Dict(help="What there is to say about the first state.").tag(sync=True)
    limits = traitlets.Dict({"longest": LONGEST_WORDING, "nothing": list(NOTHING)}).tag(sync=True)

    def __init__(
        self,
        document: Document,
        section_id: str,
        codebook: Codebook,
        *,
        facts: Sequence[Fact],
        work_log: WorkLog,
        **traits: Any,
    ) -> None:
        self.document, self.codebook = document, codebook
        self.section = document.section(section_id)
        self.version_of_text = TextVersion.of(document, codebook)
        self._facts = [fact for fact in facts if fact.section == section_id]
        super().__init__(
            work_log,
            rewrite_item(self.version_of_text.key, section_id),
            tool=tool_name("plain_words", self.section.title),
            text=document.text_of(section_id),
            start=self.section.start,
            title=self.section.title,
            facts=[{"id": fact.id, "text": fact.plain} for fact in self._facts],
            **traits,
        )

    def __repr__(self) -> str:
        """Return a line that depends on the tags and the answer alone."""
        version = self.mine
        phrases = counted(len(version.phrases), "phrase")
        counts = f"{phrases}, {len(version.applied)} in plain words"
        return f"PlainWords({self.document.id}, {self.section.id}: {counts})"

    def _static_html(self) -> str:
        return version_html(self.mine, self.codebook)

    @property
    def mine(self) -> Version:
        """The learner's version as it is saved."""
        return self._version(self.response)

    def _version(self, response: dict[str, Any] | None) -> Version:
        tags = self._log.state.tags(self.version_of_text.key)
        spans = [tag.span for tag in tags if tag.span]
        return latest_version(response, self.document, self.section.id, spans, self._facts)

    def _phrases(self, version: Version) -> list[dict[str, Any]]:
        return [
            {"start": one.start, "end": one.end, "quote": one.quote}
            | {"names": [self.codebook.code(label).name for label in one.labels]}
            for one in version.phrases
        ]

    def _check(self, response: dict[str, Any]) -> None:
        read_version(response, self.document, self.section.id, (), self._facts)

    def _tell(self, operation: Operation) -> dict[str, Any]:
        version = self._version(operation.response)
        return super()._tell(operation) | {"reply": self._reply(version)}

    def _reply(self, version: Version) -> dict[str, Any]:
        counts = [list(row) for row in version.counts(self.codebook)]
        return {"sentences": remarks_on(version), "counts": counts}

    def _state(self) -> dict[str, Any]:
        return super()._state() | self._news_of_tags()

    def _news_of_tags(self) -> dict[str, Any]:
        version = self.mine
        return {"phrases": self._phrases(version), "reply": self._reply(version)}

    def _on_fresh(self, operations: list[Operation]) -> None:
        """Tell the browsers about tags too: they are what there is to rewrite."""
        super()._on_fresh(operations)
        if any(one.document == self.version_of_text.key for one in operations):
            self.send({"kind": "phrases"} | self._news_of_tags())
