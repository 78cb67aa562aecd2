"""The widget with short sentences to practise on. Its browser half is practice.js."""

from collections.abc import Collection
from typing import Any

import traitlets

from framingkit.base import counted
from framingkit.course import Codebook, load_practice
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    NOTHING_HERE,
    ROUND,
    PracticeAnswer,
    PracticeCount,
    next_sentence,
    practice_html,
    practice_item,
    practice_reply,
    practice_tag,
    practised,
)
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import SavingWidget
from framingkit.widgets.span_tagger import plain_code
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import Operation, WorkLog, practice_answers, sentences_by_id


class Practice(SavingWidget):
    """Show one sentence after another, keep every answer, and reply beside the words.

    Parameters
    ----------
    codebook, codes
        The codes, and the ids of those on offer, in the order of their number keys.
    work_log
        Where every answer is kept; what comes next depends on it alone.

    Raises
    ------
    FramingkitError
        If a code is unknown.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> Practice(course.load_codebook(), ["hedge", "booster"], log)
    Practice(2 codes: 0 sentences answered)
    """

    _esm = join("practice")
    _css = style("base", "span_tagger", "practice")

    words = traitlets.Dict(words_for("saving", "codes", "practice")).tag(sync=True)
    codes: traitlets.List[dict[str, str]] = traitlets.List(
        help="All codes as plain data, those on offer first."
    ).tag(sync=True)
    offered = traitlets.Int(help="How many of the codes are on offer.").tag(sync=True)
    answers: traitlets.List[dict[str, Any]] = traitlets.List(
        help="Nothing at first: answers go as operations."
    ).tag(sync=True)
    current = traitlets.Dict(
        help="The sentence to answer, without what is in it: item, text, place in the round."
    ).tag(sync=True)

    def __init__(
        self, codebook: Codebook, codes: Collection[str], work_log: WorkLog, **traits: Any
    ) -> None:
        offer = [codebook.code(code) for code in codes]
        others = [code for code in codebook.devices if code not in offer]
        self.codebook, self.offer = codebook, [code.id for code in offer]
        super().__init__(
            work_log,
            f"practice/{'.'.join(self.offer)}",
            tool=tool_name("practice"),
            codes=[plain_code(code) for code in [*offer, *others]],
            offered=len(offer),
            **traits,
        )

    def __repr__(self) -> str:
        """Return a line that depends on the answers alone, so that nbval can compare it."""
        answered = counted(len(practice_answers(self._log.state)), "sentence")
        return f"Practice({counted(len(self.offer), 'code')}: {answered} answered)"

    def _static_html(self) -> str:
        answers = practice_answers(self._log.state)
        return practice_html(load_practice(), answers, self.offer, self.codebook)

    def _save(self, sent: list[Any]) -> None:
        super()._save(sent)
        targets = [str(one.get("target")) for one in sent if isinstance(one, dict)]
        latest = self._log.state.latest
        told = [self._tell(latest["", one]) for one in targets if ("", one) in latest]
        self._say({"kind": "operations", "operations": told} | self._turn())

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        operation = super()._accept(data, log)
        known = practised(operation.target)
        if operation.kind != "answer" or known is None or known[0] not in sentences_by_id():
            raise FramingkitError("Only answers to practice sentences are accepted here.")
        self._read(operation)
        return operation

    def _read(self, operation: Operation) -> PracticeAnswer:
        id, _ = practised(operation.target) or ("", 0)
        sentence = sentences_by_id()[id]
        tag = practice_tag(sentence, operation.response or {}, self.codebook)
        return PracticeAnswer(sentence, tag)

    def _concerns(self, operation: Operation) -> bool:
        known = practised(operation.target)
        return known is not None and known[0] in sentences_by_id()

    def _tell(self, operation: Operation) -> dict[str, Any]:
        told = {name: getattr(operation, name) for name in ("target", "seq", "client", "response")}
        try:
            answer = self._read(operation)
        except FramingkitError:
            return told | {"response": NOTHING_HERE}
        said = practice_reply(answer, self.codebook)
        span = answer.sentence.span
        there = {"start": span.start, "end": span.end, "label": span.label} if span else {}
        reply = {"state": said.state, "title": said.title, "sentences": list(said.sentences)}
        shown = {"isDevice": answer.sentence.is_device, "span": there}
        return told | {"reply": reply | shown}

    def _on_fresh(self, operations: list[Operation]) -> None:
        super()._on_fresh(operations)
        if any(map(self._concerns, operations)):
            self._say({"kind": "turn"} | self._turn())

    def _state(self) -> dict[str, Any]:
        return {"answers": []} | self._turn()

    def _turn(self) -> dict[str, Any]:
        """Give the sentence that comes now, and how the round that is over went, if one is."""
        answers = practice_answers(self._log.state)
        tries = [one.as_try for one in answers]
        sentence = next_sentence(load_practice(), tries, self.offer)
        time = 1 + sum(one.sentence == sentence.id for one in tries)
        place = len(answers) % ROUND
        last = answers[-ROUND:] if answers and not place else []
        current = {
            "target": practice_item(sentence.id, time),
            "text": sentence.text,
            "place": place + 1,
            "count": ROUND,
            "round": PracticeCount.of(last).sentences,
        }
        return {"current": current}
