"""What all widgets share: what a learner does is on disk before it counts as saved.

The browser sends operations. They are checked, written to the work log, and only then
confirmed. Whoever else shows the same thing (a second tab, a second cell, another kernel) is
told. Nothing here waits for a browser: a browser that hears nothing sends again.
"""

import asyncio
import contextlib
from typing import Any

import anywidget
import traitlets

from framingkit.errors import FramingkitError
from framingkit.widgets.words import words_for
from framingkit.work import Operation, WorkLog, operation_from_json, utc_now

_LOOK_EVERY = 1.0
"""Seconds between two looks at what other kernels wrote."""

_watched: set[WorkLog] = set()


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

    def _static_html(self) -> str:
        raise NotImplementedError


class SavingWidget(StaticWidget):
    """A widget whose operations go to a work log.

    Parameters
    ----------
    work_log
        Where operations are kept.
    **traits
        Values of the subclass's traits.
    """

    key = traitlets.Unicode(help="Under this name a browser keeps what is not confirmed.").tag(
        sync=True
    )
    version = traitlets.Int(help="How many operations the first state holds.").tag(sync=True)
    notices = traitlets.List(traitlets.Unicode(), help="Sentences to show first.").tag(sync=True)

    def __init__(self, work_log: WorkLog, **traits: Any) -> None:
        self._log = work_log
        self._clients: set[str] = set()
        self._news = 0
        super().__init__(version=len(work_log.state.seen), **self._state(), **traits)
        self.on_msg(self._receive)
        work_log.listeners.append(self._on_fresh)
        watch(work_log)

    def _receive(self, _widget: Any, content: dict[str, Any], _buffers: Any) -> None:
        """Answer one message of a browser."""
        kind = content.get("kind")
        if kind == "hello":
            self._clients.add(str(content.get("client")))
            fresh = content.get("version") == len(self._log.state.seen)
            answer = {"kind": "welcome"} if fresh else {"kind": "state"} | self._state()
            self._say(answer | {"client": content.get("client")})
        elif kind == "bye":
            self._clients.discard(str(content.get("client")))
        elif kind == "operations":
            self._save(content.get("operations") or [])
        else:
            self._asked(content)

    def _save(self, sent: list[dict[str, Any]]) -> None:
        """Write what can be written, and say for each operation how it went."""
        good, refused = [], []
        for data in [one for one in sent if isinstance(one, dict)]:
            try:
                good.append(self._accept(data))
            except FramingkitError as error:
                refused.append(data.get("id"))
                reason = str(error)
        ids = [operation.id for operation in good]
        try:
            fresh = self._log.record(good, but=self._on_fresh)
            self._log.refresh()  # if somebody deleted the file, all of it is back before we confirm
        except FramingkitError as error:
            self._say({"kind": "unsaved", "reason": str(error)})
        else:
            latest = self._log.state.latest
            overtaken = [one for one in good if latest[one.document, one.target].id != one.id]
            if len(self._clients) > 1 or overtaken:
                extra = {"operations": self._tell_all([*fresh, *overtaken])}
            else:
                extra = {}  # the only browser knows what it did
            self._say({"kind": "saved", "ids": ids} | extra, news=bool(fresh))
        if refused:
            self._say({"kind": "refused", "ids": refused, "reason": reason})

    def _say(self, content: dict[str, Any], news: bool = False) -> None:
        """Send a message with a number, so that a browser sees that it missed some news."""
        before, self._news = self._news, self._news + news
        number = {"before": before, "news": self._news} if self._clients else {}
        self.send(content | number)

    def _accept(self, data: dict[str, Any]) -> Operation:
        """Turn what a browser sent into an operation, or refuse it with a sentence."""
        return operation_from_json(data | {"at": utc_now()})

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


def watch(work_log: WorkLog) -> None:
    """Look again and again at what other kernels wrote, while an event loop runs."""
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
        work_log.refresh()
    loop.call_later(_LOOK_EVERY, _look, loop, work_log)


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
        key = f"{work_log.coder}/answers/{target}"
        super().__init__(work_log, key=key, target=target, **traits)

    @property
    def response(self) -> dict[str, Any] | None:
        """The latest answer; None if there is none."""
        latest = self._latest
        return None if latest is None else latest.response

    @property
    def _latest(self) -> Operation | None:
        return self._log.state.latest.get(("", self._item_id))

    def _save(self, sent: list[dict[str, Any]]) -> None:
        super()._save(sent)
        self.send({"kind": "operations", "operations": self._state()["answers"]})

    def _accept(self, data: dict[str, Any]) -> Operation:
        operation = super()._accept(data)
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
