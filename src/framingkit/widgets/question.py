"""The widget that asks one question of the bank. Its browser half is question.js."""

import contextlib
from typing import Any

import traitlets

from framingkit.course import Item, Option
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    STATES,
    Reply,
    check_response,
    item_html,
    options_shown,
    reply_to,
    reply_when_due,
    word_first,
)
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import AnswerWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import Operation, WorkLog


class Question(AnswerWidget):
    """Ask one question, keep every answer and reply to it with reasons.

    Parameters
    ----------
    item
        The question.
    work_log
        Where every answer is kept.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> items = {item.id: item for item in course.load_items("03-commentary")}
    >>> Question(items["what-chess-hides"], log)
    Question(what-chess-hides: not answered yet)
    """

    _esm = join("question")
    _css = style("base", "form", "question")

    words = traitlets.Dict(words_for("saving", "form", "question")).tag(sync=True)
    spot: traitlets.List[Any] = traitlets.List(
        ["", 0, 1], help="The set that this question is in, its place there, and how many it has."
    ).tag(sync=True)
    item = traitlets.Dict(
        help="The question as plain data, without its reasons and right answers."
    ).tag(sync=True)

    def __init__(self, item: Item, work_log: WorkLog, **traits: Any) -> None:
        self.question = item
        tool = tool_name("question", item.prompt)
        super().__init__(work_log, item.id, tool=tool, item=_plain(item), **traits)

    def __repr__(self) -> str:
        """Return a line that depends on the answer alone, so that nbval can compare it."""
        answered = reply_to(self.question, self._readable).answer
        done = "answered" if answered else "not answered yet"
        return f"Question({self.question.id}: {done})"

    def _static_html(self) -> str:
        return item_html(self.question, self._readable, self._reply(self._readable))

    def _reply(self, response: dict[str, Any] | None) -> Reply:
        return reply_when_due(self.question, response, self._log.state.answer)

    @property
    def _readable(self) -> dict[str, Any] | None:
        """The latest answer, unless it was given to an earlier form of the question."""
        with contextlib.suppress(FramingkitError):
            check_response(self.question, self.response or {})
            return self.response
        return None

    def _check(self, response: dict[str, Any]) -> None:
        check_response(self.question, response)

    def _tell(self, operation: Operation) -> dict[str, Any]:
        told = super()._tell(operation)
        with contextlib.suppress(FramingkitError):
            return told | {"reply": _plain_reply(self.question, self._reply(operation.response))}
        sentence = "This question has changed since you answered it. Please answer it again."
        return told | {"response": {}, "reply": _said(sentences=[sentence])}


def _said(state: str = "", **parts: Any) -> dict[str, Any]:
    """Give what the browser shows of a reply."""
    empty: dict[str, Any] = {"reasons": [], "sentences": [], "others": [], "more": []}
    return empty | {"state": state or "open", "title": STATES.get(state, "")} | parts


def _plain_reply(item: Item, reply: Reply) -> dict[str, Any]:
    """Take a reply apart: each reason goes to its option, the other sentences below all."""
    options = {option.text: option for option in item.options}
    reasons = [
        _reason(options[about], *word_first(told), "right" if options[about].correct else "wrong")
        for about, told in reply.remarks
        if about
    ]
    not_this = "Not this one" if item.kind == "choice" else "Does not fit"
    return _said(
        reply.state,
        reasons=reasons,
        sentences=[word_first(told)[1] for about, told in reply.remarks if not about],
        others=[_reason(options[about], not_this, why, "other") for about, why in reply.others],
        more=reply.parts,
    )


def _reason(option: Option, word: str, sentence: str, state: str) -> dict[str, str]:
    return {"id": option.id, "state": state, "word": word, "sentence": sentence}


def _plain(item: Item) -> dict[str, Any]:
    """Give what the browser needs to ask; why an option fits stays here until it is chosen."""
    return {
        "kind": item.kind,
        "prompt": item.prompt,
        "options": [{"id": option.id, "text": option.text} for option in options_shown(item)],
        "confidence": item.confidence and item.kind != "confidence",
        "min_words": item.min_words,
        "minutes": item.minutes,
        "button": "Check my answer" if item.scored and item.is_closed else "Keep my answer",
        "blank": reply_to(item, {}).sentences[0],
    }
