"""What the widgets share in which a learner gives one answer that can be given again."""

from typing import Any

import traitlets

from framingkit.errors import FramingkitError
from framingkit.operations import Operation
from framingkit.widgets.saving_widget import SavingWidget
from framingkit.work_log import WorkLog


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
        self._log, self._item_id = work_log, target
        super().__init__(
            work_log,
            key=f"{work_log.coder}/answers/{target}",
            target=target,
            answers=self._state()["operations"],
            **traits,
        )

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
        self.send({"kind": "operations", "operations": self._state()["operations"]})

    def _accept(self, data: dict[str, Any]) -> Operation:
        operation = super()._accept(data)
        if operation.kind != "answer" or operation.target != self._item_id:
            raise FramingkitError(f"Only answers to {self._item_id!r} are taken here.")
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
        return {"operations": [] if latest is None else [self._tell(latest)]}
