"""The widget with which people settle contested passages. Its browser half is adjudication.js."""

import hashlib
from collections.abc import Callable
from typing import Any

import traitlets

from framingkit.errors import FramingkitError
from framingkit.settling import (  # fmt: skip
    LONGEST_REASON,
    Agenda,
    Passage,
    Response,
    check_decision,
    notes_on,
    others_read,
    passage_item,
    progress_words,
    responses_in,
    settling_html,
    who_read,
    words_of,
)
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import SavingWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import Operation, WorkLog


class Adjudicator(SavingWidget):
    """Settle contested passages one by one; each decision is saved at once.

    Parameters
    ----------
    agenda
        What is to settle.
    work_log
        Where every decision is kept.
    write
        Writes the settled reading to a file, and says so in sentences.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> from framingkit.course import AnnotationSet
    >>> from framingkit.settling import make_agenda
    >>> from framingkit.course import Span
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),)),
    ... ]
    >>> agenda = make_agenda(sets, course.load_article(), course.load_codebook())
    >>> Adjudicator(agenda, WorkLog(pathlib.Path(tempfile.mkdtemp()) / "two.jsonl"), list)
    Adjudicator(alaska-summit: 0 of 1 settled)
    """

    _esm = join("adjudication")
    _css = style("base", "form", "adjudication")

    words = traitlets.Dict(words_for("saving", "form", "settling")).tag(sync=True)
    title = traitlets.Unicode(help="What is settled here.").tag(sync=True)
    remarks = traitlets.List(traitlets.Unicode(), help="What is not shown, and why.").tag(sync=True)
    passages: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The passages with their readings."
    ).tag(sync=True)
    codes = traitlets.Dict(help="What each code in use means, by its id.").tag(sync=True)
    longest = traitlets.Int(LONGEST_REASON, help="Characters of a reason.").tag(sync=True)
    answers: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The latest decisions; later ones go as operations."
    ).tag(sync=True)

    def __init__(
        self, agenda: Agenda, work_log: WorkLog, write: Callable[[], list[str]], **traits: Any
    ) -> None:
        self.agenda, self._write = agenda, write
        self._passages = {passage_item(agenda, one): one for one in agenda.passages}
        super().__init__(
            work_log,
            f"settle/{_mark(work_log)}",
            tool=tool_name("settling"),
            title=f"Settle contested passages: {agenda.document.title}",
            remarks=notes_on(agenda),
            passages=[_plain(agenda, one) for one in agenda.passages],
            codes=_codes(agenda),
            **traits,
        )

    def __repr__(self) -> str:
        """Return a line that depends on the decisions alone."""
        done = progress_words(self.agenda, self.responses)
        return f"Adjudicator({self.agenda.document.id}: {done})"

    def _static_html(self) -> str:
        return settling_html(self.agenda, self.responses)

    @property
    def responses(self) -> dict[str, Response]:
        """The latest answers by passage key."""
        return responses_in(self._log.state, self.agenda)

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        operation = super()._accept(data, log)
        if operation.kind != "answer" or operation.target not in self._passages:
            raise FramingkitError(
                "This decision is about a passage that is no longer contested. "
                "Run this cell again (Shift+Enter)."
            )
        check_decision(self._passages[operation.target], operation.response or {})
        return operation

    def _concerns(self, operation: Operation) -> bool:
        return operation.target in self._passages

    def _tell(self, operation: Operation) -> dict[str, Any]:
        names = ("target", "seq", "client", "response")
        return {name: getattr(operation, name) for name in names}

    def _state(self) -> dict[str, Any]:
        latest = self._log.state.responses()
        return {"answers": [self._tell(latest[one]) for one in self._passages if one in latest]}

    def _asked(self, content: dict[str, Any]) -> None:
        if content.get("kind") == "write":
            try:
                said = self._write()
            except FramingkitError as error:
                said = [str(error)]
            self.send({"kind": "written", "sentences": said})


def _mark(log: WorkLog) -> str:
    """Tell files of one name in several folders apart: a browser keeps things for all of them."""
    return hashlib.sha256(str(log.path.absolute()).encode()).hexdigest()[:12]


def _plain(agenda: Agenda, passage: Passage) -> dict[str, Any]:
    start, end = passage.range
    readings = [
        {
            "letter": variant.letter,
            "start": variant.span.start,
            "end": variant.span.end,
            "label": variant.span.label,
            "name": agenda.codebook.code(variant.span.label).name,
            "words": words_of(agenda, variant.span.start, variant.span.end),
            "who": who_read(agenda, passage, variant),
        }
        for variant in passage.stretch.variants
    ]
    return {
        "target": passage_item(agenda, passage),
        "words": words_of(agenda, passage.stretch.start, passage.stretch.end),
        "text": agenda.document.text[start:end],
        "start": start,
        "sentences": [[one.start, one.number] for one in passage.sentences],
        "readings": readings,
        "others": others_read(agenda, passage),
    }


def _codes(agenda: Agenda) -> dict[str, list[str]]:
    labels = {
        variant.span.label: agenda.codebook.code(variant.span.label)
        for passage in agenda.passages
        for variant in passage.stretch.variants
    }
    return {id: [code.name, code.definition, code.decision_rule] for id, code in labels.items()}
