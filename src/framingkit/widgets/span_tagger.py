"""The widget with which a learner tags words. Its browser half is span_tagger.js."""

from collections.abc import Sequence
from typing import Any

import traitlets

from framingkit.base import code_look, counted
from framingkit.course import (
    AnnotationSet,
    Code,
    Codebook,
    Document,
    Reference,
    Section,
    check_quote,
    check_seen,
)
from framingkit.errors import FramingkitError
from framingkit.feedback import Remark, compare_with_reference, mark_html
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import SavingWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import Operation, TextVersion, WorkLog, is_own, keep_text, span_to_json

_LONGEST_HEADING = 120
_OPEN = ("boundary", "other-label-accepted", "extra", "near-miss", "other-label")


class SpanTagger(SavingWidget):
    """Select words of a section to give them a code.

    Parameters
    ----------
    document, section_id
        The text and the section of it to show.
    codebook, codes
        The codes, and the ids of those on offer, in the order of their number keys.
    work_log
        Where every tag is kept.
    reference
        A reading to compare with; without one the button is not shown.

    Raises
    ------
    FramingkitError
        If the section or a code is unknown.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> article, codebook = course.load_article(), course.load_codebook()
    >>> SpanTagger(article, "ending", codebook, codes=["game_metaphor"], work_log=log)
    SpanTagger(alaska-summit, ending: 0 tags)
    """

    _esm = join("span_tagger")
    _css = style("base", "span_tagger")

    text = traitlets.Unicode(help="The words of the section.").tag(sync=True)
    start = traitlets.Int(help="Offset of their first character in the document.").tag(sync=True)
    title = traitlets.Unicode(help="The section's title.").tag(sync=True)
    heading = traitlets.Unicode(help="Whether the first line is a headline or a heading.").tag(
        sync=True
    )
    kicker = traitlets.Unicode(help="Which sentences of what are shown.").tag(sync=True)
    codes: traitlets.List[dict[str, str]] = traitlets.List(
        help="All codes as plain data, those on offer first."
    ).tag(sync=True)
    offered = traitlets.Int(help="How many of the codes are on offer.").tag(sync=True)
    tags: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The first state; later changes go as operations."
    ).tag(sync=True)
    sentences: traitlets.List[dict[str, int]] = traitlets.List(
        help="Where each sentence starts and ends, and its number."
    ).tag(sync=True)
    help: traitlets.List[str] = traitlets.List(
        words_for("help")["lines"], help="How to use it: the first line is always shown."
    ).tag(sync=True)
    words = traitlets.Dict(words_for("saving", "codes", "tagging")).tag(sync=True)
    comparable = traitlets.Bool(help="Whether there is a reading to compare with.").tag(sync=True)

    def __init__(
        self,
        document: Document,
        section_id: str,
        codebook: Codebook,
        *,
        codes: Sequence[str],
        work_log: WorkLog,
        reference: Reference | None = None,
        **traits: Any,
    ) -> None:
        self.document, self.codebook, self.reference = document, codebook, reference
        self.section = document.section(section_id)
        self.version_of_text = TextVersion.of(document, codebook)
        self._reader = work_log.learner
        offered = [codebook.code(code) for code in codes]
        others = [code for code in codebook.devices if code not in offered]
        super().__init__(
            work_log,
            f"{self.version_of_text.key}/{section_id}",
            tool=tool_name("tagging", self.section.title),
            text=document.text_of(section_id),
            start=self.section.start,
            title=self.section.title,
            heading=_heading(document, self.section),
            kicker=self._kicker(),
            codes=[plain_code(code) for code in [*offered, *others]],
            offered=len(offered),
            sentences=[
                {"start": one.start, "end": one.end, "number": one.number}
                for one in document.sentences(section_id)
            ],
            comparable=reference is not None,
            **traits,
        )

    def __repr__(self) -> str:
        """Return a line that depends on the tags alone, so that nbval can compare it."""
        count = counted(len(self.annotations.spans), "tag")
        return f"SpanTagger({self.document.id}, {self.section.id}: {count})"

    def _static_html(self) -> str:
        spans = self.annotations.spans
        return mark_html(self.document, spans, self.codebook, self.section.id)

    def _kicker(self) -> str:
        numbers = [one.number for one in self.document.sentences(self.section.id)] or [0]
        return tool_name("sentences", self.section.title, str(numbers[0]), str(numbers[-1]))

    @property
    def annotations(self) -> AnnotationSet:
        """The learner's tags in this section."""
        tags = self._log.state.tags(self.version_of_text.key)
        spans = tuple(tag.span for tag in tags if tag.span)
        whole = AnnotationSet(self.document.id, self._log.coder, spans)
        return whole.within(self.section.start, self.section.end)

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        operation = super()._accept(data | {"document": self.version_of_text.key}, log)
        if is_own(self.document.id) and log.learner != self._reader:
            raise FramingkitError(
                "This text was brought by whoever was at work before you. To tag a text of your "
                "own, choose Run, then Run All Cells, in the menu."
            )
        if operation.kind == "answer":
            raise FramingkitError("A tagger takes tags, not answers.")
        if operation.span is not None:
            self.codebook.code(operation.span.label)
            check_quote(operation.span, self.document.text)
            check_seen(operation.span)
        log.open_text(self.version_of_text)
        keep_text(log, self.document)
        return operation

    def _concerns(self, operation: Operation) -> bool:
        # a removal names no place: it may be about a tag of this section
        span = operation.span
        here = span is None or self.section.start <= span.start < self.section.end
        return operation.document == self.version_of_text.key and here

    def _tell(self, operation: Operation) -> dict[str, Any]:
        span = operation.span
        here = span is not None and self.section.start <= span.start < self.section.end
        return {
            "target": operation.target,
            "seq": operation.seq,
            "client": operation.client,
            "span": span_to_json(span) if span is not None and here else None,
        }

    def _state(self) -> dict[str, Any]:
        told = [self._tell(one) for one in self._log.state.tags(self.version_of_text.key)]
        tags = [{"id": t["target"]} | {k: t[k] for k in ("seq", "client")} for t in told]
        return {"tags": [a | b["span"] for a, b in zip(tags, told, strict=True) if b["span"]]}

    def _asked(self, content: dict[str, Any]) -> None:
        if content.get("kind") != "compare" or self.reference is None:
            return
        found = compare_with_reference(
            self.annotations,
            self.reference,
            self.document,
            self.codebook,
            [code["id"] for code in self.codes[: self.offered]],
            self.section.id,
        )
        remarks = [self._margin(remark) for remark in found.remarks]
        self.send({"kind": "comparison", "summary": " ".join(found.summary), "remarks": remarks})

    def _margin(self, remark: Remark) -> dict[str, Any]:
        """Say what the margin shows of a remark; the words and their code are seen there."""
        return {
            "group": remark.group,
            "open": remark.kind in _OPEN,
            "number": self.document.sentence_at(remark.start).number,
            "start": remark.start,
            "end": remark.end,
            "label": remark.label,
            "reason": remark.reason,
        }


def _heading(document: Document, section: Section) -> str:
    """Say what the first line of a section is: it has no full stop, and more text follows it."""
    line, _, rest = document.text[section.start :].partition("\n")
    if len(line) > _LONGEST_HEADING or (not line[-1:].isalnum() and line[-1:] != "?"):
        return ""
    if not rest.strip():
        return ""
    return "heading" if section.start else "headline"


def plain_code(code: Code) -> dict[str, str]:
    """Give what the browser needs of a code."""
    return {
        "id": code.id,
        "name": code.name,
        "chip": code.chip,
        "definition": code.definition,
        "short": code.short or code.definition,
        "rule": code.decision_rule,
        "look": code_look(code.chip),
        "example": code.example,
        "near_miss": code.near_miss,
    }
