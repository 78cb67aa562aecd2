"""What all widgets share: what a learner does is on disk before it counts as saved.

The browser sends operations. They are checked, written to the work log, and only then
confirmed. Whoever else shows the same thing (a second tab, a second cell, another kernel) is
told. Nothing here waits for a browser: a browser that hears nothing sends again.
"""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from framingkit.base import lasting, quoted
from framingkit.errors import FramingkitError
from framingkit.widgets.words import words_for
from framingkit.work import (  # fmt: skip
    Operation,
    WorkLog,
    follow_choice,
    log_of,
    operation_from_json,
    place_of,
    utc_now,
)

_LOOK_EVERY = 1.0
"""Seconds between two looks at what other kernels wrote."""

_watched: set[WorkLog] = set()

_UNSETTLED_FOR = 1.5
"""Seconds after which nobody is waited for who might still say whose acts a browser keeps."""

_unsettled: set[WorkLog] = set()
"""Logs without an act, of which a browser may yet say that they are somebody else's."""


class StaticWidget(anywidget.AnyWidget):
    """A widget that gives static HTML too, for wherever no kernel runs: on paper, on a code host.

    Examples
    --------
    >>> class Map(StaticWidget):
    ...     _esm = "export default {}"
    ...
    ...     def _static_html(self):
    ...         return "<p>Putin’s visit</p>"
    >>> Map()._repr_mimebundle_()[0]["text/html"]
    '<p>Putin’s visit</p>'
    """

    patience = traitlets.Int(2500, help="Milliseconds until no answer means not connected.").tag(
        sync=True
    )
    words = traitlets.Dict(words_for("saving"), help="The sentences of its browser half.").tag(
        sync=True
    )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Add the static HTML to what a notebook shows and stores."""
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        if data is not None:
            data["text/html"] = self._static_html()
        return bundle

    def _handle_msg(self, msg: Any) -> None:
        """Take in a message of a browser, without anything that only JavaScript knows."""
        super()._handle_msg(msg | {"content": plain(msg["content"])})

    def _static_html(self) -> str:
        raise NotImplementedError

    def _on_fresh(self, operations: list[Operation]) -> None:
        """Show what others did."""

    def _on_learner(self) -> None:
        """Show the work of whoever is at work now."""


class SavingWidget(StaticWidget):
    """A widget whose operations go to a work log.

    Parameters
    ----------
    work_log
        Where operations are kept.
    **traits
        Values of the subclass's traits.
    """

    key = traitlets.Unicode(
        help="The learner's id and what is done here: so a browser keeps what is not confirmed."
    ).tag(sync=True)
    tool = traitlets.Unicode(help="What is done here, in words.").tag(sync=True)
    version = traitlets.Int(help="How many operations the first state holds.").tag(sync=True)
    notices = traitlets.List(traitlets.Unicode(), help="Sentences to show first.").tag(sync=True)

    def __init__(self, work_log: WorkLog, purpose: str, **traits: Any) -> None:
        self._log, self._purpose = work_log, purpose
        self._learners = {work_log.learner}
        self._clients: set[str] = set()
        self._news = 0
        if lasting.is_brief():
            traits["words"] = self.words | {"saved": words_for("storage")["brief"]}
        super().__init__(**self._first(), **traits)
        self.on_msg(self._receive)
        watch(self, work_log)

    def _first(self) -> dict[str, Any]:
        """Give the traits that depend on the learner; a saved notebook can hold all of them."""
        key = f"{self._log.learner}/{self._purpose}"
        return {"key": key, "version": len(self._log.state.seen)} | self._state()

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer one message of a browser, which may be anything."""
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "hello":
            self._clients.add(str(content.get("client")))
            self._greet(content)
        elif kind == "bye":
            self._clients.discard(str(content.get("client")))
        elif kind == "operations":
            sent = content.get("operations")
            self._save(sent if isinstance(sent, list) else [])
        elif kind is not None:
            self._asked(content)

    def _greet(self, content: dict[str, Any]) -> None:
        """Say who is at work, and what holds if the browser does not know it."""
        log = self._log
        known = content.get("learner", log.learner), content.get("version")
        fresh = known == (log.learner, len(log.state.seen))
        answer = {"kind": "welcome"} if fresh else {"kind": "state"} | self._state()
        self._say(answer | self._beside() | {"client": content.get("client")})

    def _beside(self) -> dict[str, Any]:
        """Say what a browser keeps beside acts, and whether the disk takes any."""
        log = self._log
        beside = {"coder": log.coder, "place": place_here(log)}
        reason = {"reason": log.unkept} if log.unkept and not log.is_kept else {}
        early = {"early": True} if log in _unsettled and not log.has_header else {}
        return {"learner": log.learner, "beside": beside} | reason | early

    def _save(self, sent: list[Any]) -> None:
        """Write what can be written to the log of whoever did it, and say how it went."""
        acts: dict[str, list[dict[str, Any]]] = {}
        for data in [one for one in sent if isinstance(one, dict)]:
            acts.setdefault(str(data.get("learner", self._log.learner)), []).append(data)
        for learner, theirs in acts.items():
            mine = learner == self._log.learner or learner in self._learners
            # an act of somebody who is not known here stays where it is: in the browser
            if log := self._log if mine else log_of(learner):
                self._keep(log, theirs)

    def _keep(self, log: WorkLog, acts: list[dict[str, Any]]) -> None:
        """Write what can be written, and say for each operation how it went."""
        good: list[Operation] = []
        refused: list[tuple[Any, str]] = []
        for data in acts:
            try:
                good.append(self._accept(data, log))
            except FramingkitError as error:
                refused.append((data.get("id"), f"{_words_of(data, len(acts))}{error}"))
        try:
            good, never = log.sift(good)
            refused += never.items()
            fresh = log.record(good, but=self._on_fresh)
            log.refresh()  # if somebody deleted the file, all of it is back before we confirm
        except FramingkitError as error:
            self._say({"kind": "unsaved", "reason": str(error)})
        else:
            told, news = self._confirmation(log, good, fresh), bool(fresh) and log is self._log
            lasting.when_kept(lambda trouble: self._confirm(told, news, trouble))
        if refused:
            ids, reasons = zip(*refused, strict=True)
            told = {"kind": "refused", "ids": [*ids], "reasons": [*reasons], "reason": reasons[-1]}
            self._say(told)

    def _confirmation(
        self, log: WorkLog, good: list[Operation], fresh: list[Operation]
    ) -> dict[str, Any]:
        """Give what there is to say when some acts are kept, and what else there is to know."""
        told: dict[str, Any] = {"kind": "saved", "ids": [operation.id for operation in good]}
        if log is not self._log:
            return told
        latest = log.state.latest
        overtaken = [one for one in good if latest[one.document, one.target].id != one.id]
        if len(self._clients) > 1 or overtaken:  # else the only browser knows what it did
            told["operations"] = self._tell_all([*fresh, *overtaken])
        return told

    def _confirm(self, told: dict[str, Any], news: bool, trouble: str) -> None:
        """Say that acts are kept; else why not. They are in the file to hand in all the same."""
        if trouble:
            unkept = {"kind": "unsaved", "reason": words_for("storage")[trouble]}
            told = told | unkept | {"held": told["ids"], "ids": []}
        self._say(told, news=news)

    def _say(self, content: dict[str, Any], news: bool = False) -> None:
        """Send a message with a number, so that a browser sees that it missed some news."""
        before, self._news = self._news, self._news + news
        number = {"before": before, "news": self._news} if self._clients else {}
        self.send(content | number)

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        """Turn what a browser sent into an operation for a log, or refuse it with a sentence."""
        return operation_from_json(data | {"at": utc_now()})

    def _on_learner(self) -> None:
        """Somebody else is at work: the browsers show that learner's work from now on."""
        self._learners = {self._log.learner}
        with self.hold_sync():
            for name, value in self._first().items():
                setattr(self, name, value)
        self._say({"kind": "state"} | self._state() | self._beside(), news=True)

    def _on_fresh(self, operations: list[Operation]) -> None:
        """Tell the browsers what others did."""
        mine = [one for one in operations if self._concerns(one)]
        if mine and self._clients:
            self._say({"kind": "operations", "operations": self._tell_all(mine)}, news=True)

    def _tell_all(self, operations: list[Operation]) -> list[dict[str, Any]]:
        """Tell what now holds: an operation may arrive after a later one on the same thing."""
        latest = self._log.state.latest
        targets = dict.fromkeys((one.document, one.target) for one in operations)
        return [self._tell(latest[target]) for target in targets]

    def _concerns(self, operation: Operation) -> bool:
        """Say whether an operation changes what this widget shows."""
        raise NotImplementedError

    def _tell(self, operation: Operation) -> dict[str, Any]:
        """Put an operation in the words of the browser side."""
        raise NotImplementedError

    def _state(self) -> dict[str, Any]:
        """Give everything this widget shows, as its traits, for a browser that knows nothing."""
        raise NotImplementedError

    def _asked(self, content: dict[str, Any]) -> None:
        """Answer a question of the browser; a widget without questions stays silent."""


def expect_learner(log: WorkLog) -> None:
    """Let nothing be called saved before a browser has said whether it keeps acts for this log.

    A new kernel makes up who is at work if nothing was ever saved; a browser may know better.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return  # a plain script: no browser answers there
    if not log.has_header:
        _unsettled.add(log)
        loop.call_later(_UNSETTLED_FOR, settle, log)


def settle(log: WorkLog, choose: Callable[[], object] = lambda: None) -> None:
    """Let a browser's word hold on who is at work; without one, that of the kernel."""
    was_open, learner = log in _unsettled, log.learner
    _unsettled.discard(log)
    choose()
    if was_open and log.learner == learner:
        for tell in list(log.switched):
            tell()


def place_here(work_log: WorkLog) -> str:
    """Name the folder that a log lies in, so that nobody can read which one it is."""
    folder = work_log.path.parent
    return place_of(folder, folder)["folder"]


def plain(value: Any) -> Any:
    """Give what a browser sent; in Pyodide, JavaScript's null is a thing of its own.

    Examples
    --------
    >>> plain({"span": [None, 1]})
    {'span': [None, 1]}
    """
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return None if type(value).__name__ == "JsNull" else value


def _words_of(data: dict[str, Any], count: int) -> str:
    """Name the words of a tag, where a sentence about one of many acts would not tell which."""
    span = data.get("span")
    quote = span.get("quote") if isinstance(span, dict) and count > 1 else None
    return f"{quoted(f'{quote:.60}')}: " if isinstance(quote, str) else ""


def watch(widget: StaticWidget, work_log: WorkLog) -> None:
    """Let a widget follow its log, whoever writes to it, and whoever is at work."""
    work_log.listeners.append(widget._on_fresh)
    work_log.switched.append(widget._on_learner)
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        return  # a plain script: nobody looks at widgets there
    if work_log not in _watched:
        _watched.add(work_log)
        loop.call_later(_LOOK_EVERY, _look, loop, work_log)


def _look(loop: asyncio.AbstractEventLoop, work_log: WorkLog) -> None:
    # whatever is wrong, the next saving meets it too, and says it to the learner
    with contextlib.suppress(FramingkitError, OSError):
        follow_choice(work_log)
        work_log.refresh()
        _forget_refusal(work_log)
    loop.call_later(_LOOK_EVERY, _look, loop, work_log)


def _forget_refusal(work_log: WorkLog) -> None:
    """Tell all tools when the disk, which took nothing before, knows who is at work."""
    if work_log.unkept and work_log.is_kept:
        work_log.notices = [one for one in work_log.notices if one != work_log.unkept]
        work_log.unkept = ""
        for tell in list(work_log.switched):
            tell()


class AnswerWidget(SavingWidget):
    """A widget whose operations are answers to one item; the latest one holds.

    Parameters
    ----------
    work_log, target
        Where answers are kept, and the id of the item they answer.
    **traits
        Values of the subclass's traits.
    """

    target = traitlets.Unicode(help="The id of the item.").tag(sync=True)
    answers: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The latest answer, if there is one; later ones go as operations."
    ).tag(sync=True)

    def __init__(self, work_log: WorkLog, target: str, **traits: Any) -> None:
        self._item_id = target
        super().__init__(work_log, f"answers/{target}", target=target, **traits)

    @property
    def response(self) -> dict[str, Any] | None:
        """The latest answer; None if there is none."""
        latest = self._latest
        return None if latest is None else latest.response

    @property
    def _latest(self) -> Operation | None:
        return self._log.state.latest.get(("", self._item_id))

    def _save(self, sent: list[Any]) -> None:
        super()._save(sent)
        self._say({"kind": "operations", "operations": self._state()["answers"]})

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        operation = super()._accept(data, log)
        if operation.kind != "answer" or operation.target != self._item_id:
            raise FramingkitError(f"Only answers to {self._item_id!r} are accepted here.")
        self._check(operation.response or {})
        return operation

    def _check(self, response: dict[str, Any]) -> None:
        """Refuse a response that does not fit, with a sentence."""
        raise NotImplementedError

    def _concerns(self, operation: Operation) -> bool:
        return operation.kind == "answer" and operation.target == self._item_id

    def _tell(self, operation: Operation) -> dict[str, Any]:
        return {
            "target": operation.target,
            "seq": operation.seq,
            "client": operation.client,
            "response": operation.response,
        }

    def _state(self) -> dict[str, Any]:
        latest = self._latest
        return {"answers": [] if latest is None else [self._tell(latest)]}
