"""The widget with which a learner takes the answers away. Its browser half is hand_in.js."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import traitlets

from framingkit.base import beginning, counted, passage_html
from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import AnswerWidget, SavingWidget
from framingkit.widgets.sheet_file import file_of, is_empty, made_sheet
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import (  # fmt: skip
    CLASS_NAME_ITEM,
    CODE_NAME_ITEM,
    Operation,
    WorkLog,
    check_class_name,
    check_code_name,
    hand_in,
    hand_in_folder,
    not_answered,
)

_PAGE = (
    "Here is a button “{}” when this notebook is open and running. It makes one "
    "file with all your tags and answers, under your code name. Hand in this one file."
)


_READY = "Hand in this one file."
_THERE = "Your teacher finds it there. You may hand in again: each file is kept."


class HandIn(AnswerWidget):
    """Choose a code name, and download everything as one file.

    Parameters
    ----------
    work_log
        The learner's log.
    parts
        The parts of the lesson that is open: pairs of a title and its questions. What is not
        answered of them is listed.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> HandIn(WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl"))
    HandIn()
    """

    _esm = join("hand_in")
    _css = style("base", "form", "hand_in")

    words = traitlets.Dict(words_for("saving", "file", "hand_in")).tag(sync=True)
    asked = traitlets.Int(help="How many questions the lesson has.").tag(sync=True)
    parts: traitlets.List[list[Any]] = traitlets.List(
        help="Of each part with open questions its title and their first words."
    ).tag(sync=True)

    def __init__(
        self, work_log: WorkLog, parts: Sequence[tuple[str, Sequence[Item]]] = (), **traits: Any
    ) -> None:
        self._parts = parts
        traits |= {"asked": sum(len(items) for _, items in parts)}
        if hand_in_folder():
            traits |= {"words": words_for("saving", "file", "hand_in", "hand_in_here")}
        super().__init__(work_log, CODE_NAME_ITEM, tool=tool_name("hand_in"), **traits)

    def __repr__(self) -> str:
        """Return the same line for every learner."""
        return "HandIn()"

    def _static_html(self) -> str:
        return passage_html(
            _PAGE.format(self.words["download"])
        )  # a code name is nobody else's business

    def _check(self, response: dict[str, Any]) -> None:
        check_code_name(str(response.get("text", "")))

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        if data.get("target") == CLASS_NAME_ITEM:
            return _of_class(SavingWidget._accept(self, data, log))
        operation = super()._accept(data, log)
        name = check_code_name(str((operation.response or {}).get("text", "")))
        return replace(operation, response={"text": name})

    def _first(self) -> dict[str, Any]:
        """Leave the name out of what a notebook can save; a browser asks for it."""
        return super()._first() | {"answers": [], "parts": [], "version": -1}

    def _state(self) -> dict[str, Any]:
        """Give the name in use; before one is chosen it is that of the log."""
        unnamed = {"target": CODE_NAME_ITEM, "seq": 0, "client": ""}
        first = unnamed | {"response": {"text": self._log.coder}}
        of_class = self._log.state.latest.get(("", CLASS_NAME_ITEM))
        answers = super()._state()["answers"] or [first]
        answers += [self._tell(of_class)] if of_class else []
        return {"answers": answers, "parts": self._open()}

    def _concerns(self, operation: Operation) -> bool:
        return super()._concerns(operation) or operation.target == CLASS_NAME_ITEM

    def _open(self) -> list[list[Any]]:
        """List what is not answered, part by part."""
        left = [(title, not_answered(self._log.state, items)) for title, items in self._parts]
        return [
            [title, [beginning(item.prompt, 100) for item in items]]
            for title, items in left
            if items
        ]

    def _on_fresh(self, operations: list[Operation]) -> None:
        """Tell the browsers about other answers too: one question less is open."""
        super()._on_fresh(operations)
        if self._clients and any(one.kind == "answer" for one in operations):
            self._say({"kind": "open", "parts": self._open()})

    def _asked(self, content: dict[str, Any]) -> None:
        if content.get("kind") == "sheet":
            try:
                sheet = self._sheet(content.get("lacking"))
            except FramingkitError as error:
                sheet = {"sentences": [str(error)]}
            self.send({"kind": "sheet", "wish": content.get("wish")} | sheet)

    def _sheet(self, lacking: Any = None) -> dict[str, Any]:
        """Build the file, and say where it lies, what is in it and what it lacks."""
        sheet, sentences = made_sheet(self._log)
        empty = is_empty(sheet)
        left = sum(len(items) for _, items in self._open())
        handed, is_handed = (None, False) if empty else _handed_in(sheet)
        last = _last_words(lacking, empty, left, is_handed)
        return file_of(sheet) | {
            "state": "kept" if last == _THERE or (last == _READY and not handed) else "open",
            "sentences": [*([handed] if handed else []), *sentences, last],
        }


def _of_class(operation: Operation) -> Operation:
    """Clean the name of a class; a learner may hand in without one."""
    if operation.kind != "answer":
        raise FramingkitError("The name of a class is an answer, and nothing else.")
    return replace(
        operation, response={"text": check_class_name((operation.response or {}).get("text", ""))}
    )


def _handed_in(sheet: dict[str, Any]) -> tuple[str | None, bool]:
    """Hand in where the server has a folder for it: what to say of it, and whether it is there."""
    try:
        handed = hand_in(sheet)
    except FramingkitError as error:
        return str(error), False
    return (handed.sentence(), True) if handed else (None, False)


def _last_words(lacking: Any, is_empty: bool, left: int, is_handed: bool = False) -> str:
    """Say what a file lacks: what the browser told, all, or answers; else, what to do with it."""
    tools = [str(one)[:200] for one in lacking[:50]] if isinstance(lacking, list) else []
    if not tools and is_empty:
        return "So there is nothing to hand in yet. Tag or answer something first."
    if not tools and left:
        other = "leave it so" if is_handed else "hand in this one file as it is"
        return (
            f"Not answered in this lesson: {counted(left, 'question')}; the list says which. "
            f"Answer them and press the button again, or {other}."
        )
    if not tools:
        return _THERE if is_handed else _READY
    return (
        f"It is not complete. It lacks what is not saved yet: {'; '.join(tools)}. When that is "
        "saved, press the button again and hand in the new file."
    )
