"""The widget that says who is at work; somebody else can begin. Its browser half: learner.js.

It also says how far the lesson is done, in one line, and to the strip that JupyterLab may show.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from framingkit.base import element, lasting, passage_html
from framingkit.course import Item, lesson_parts
from framingkit.errors import FramingkitError
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import SavingWidget, expect_learner, place_here, settle
from framingkit.widgets.sheet_file import downloaded
from framingkit.widgets.words import words_for
from framingkit.work import (  # fmt: skip
    CLASS_NAME_ITEM,
    CODE_NAME_ITEM,
    LearnerHere,
    Operation,
    WorkLog,
    check_class_name,
    class_name_in,
    go_on_as,
    is_learner,
    learners_here,
    next_part,
    questions_done,
    start_somebody_else,
    tagged_sections,
    take_back,
)

_PAGE = (
    "When this notebook is open and running, this line says who is at work. Somebody else can "
    "start here with empty work of their own, or go on with theirs."
)
_ELSEWHERE = (
    "Work under this name was begun in another folder or on another computer. If that was not "
    "you, start as somebody else."
)
_ALONE = (
    "Work of {0} in this browser was not saved yet, so you go on as {0}. If that is not you, start "
    "as somebody else."
)
_UNCHANGED = (
    "Your work here is as it was. The file to choose is the one that “Download my answers” gave "
    "you; its name ends in .answers.json."
)
_STORAGE, _CALM = words_for("storage"), ("changing", "insecure")
_CALM_SENTENCES = [_STORAGE[one] for one in _CALM]
_SOON = 0.3  # seconds
_GIVEN = "Whoever prepared this computer chose this code name."


class Learner(SavingWidget):
    """Say who is at work.

    Parameters
    ----------
    work_log
        The learner's log.
    lesson, items
        The id of the lesson that is open, and its questions.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> Learner(WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl"))
    Learner()
    """

    _esm = join("learner")
    _css = style("base", "learner")

    words = traitlets.Dict(words_for("saving", "file", "learner")).tag(sync=True)

    def __init__(
        self,
        work_log: WorkLog,
        lesson: str = "",
        items: Mapping[str, Item] | None = None,
        **traits: Any,
    ) -> None:
        self._lesson, self._items, self._told = lesson, items or {}, False
        super().__init__(work_log, "learner", **traits)
        expect_learner(work_log)
        lasting.listeners.append(self._tell_who)

    def __repr__(self) -> str:
        """Return the same line for every learner."""
        return "Learner()"

    def _static_html(self) -> str:
        return passage_html(element("p", _PAGE))  # a code name is nobody else's business

    def _first(self) -> dict[str, Any]:
        """Leave all names out of what a notebook can save; a browser asks for them."""
        return super()._first() | {"version": -1}

    def _state(self) -> dict[str, Any]:
        return {}

    def _beside(self) -> dict[str, Any]:
        log = self._log
        who = {
            "coder": log.coder,
            "learner": log.learner,
            "place": place_here(log),
            "fresh": not log.state.seen,
            "class": class_of(log),
            "fixed": is_fixed(),
            "others": [[one.coder, one.learner] for one in others_here(log)],
            "sentences": [one for one in about_work(log) if one not in _CALM_SENTENCES],
            "calm": [_STORAGE[one] for one in lasting.troubles() if one in _CALM],
            "urgent": [_STORAGE[one] for one in lasting.troubles() if one not in _CALM],
        }
        return super()._beside() | {"who": who, "progress": self._progress()}

    def _progress(self) -> dict[str, Any]:
        """Say what is answered, which sections have a tag, and which part is next."""
        state, items = self._log.state, self._items
        done = questions_done(state, items.values())
        tagged = [f"{text}/{section}" for text, section in sorted(tagged_sections(state))]
        part = next_part(state, lesson_parts(self._lesson), items)
        return {
            "lesson": self._lesson,
            "site": lasting.name(),
            "begun": bool(state.seen),
            "done": [id for id in done if done[id]] + tagged,
            "counts": [sum(done.values()), len(done)],
            "next": part.heading if part else "",
        }

    def _tell_progress(self) -> None:
        self._told = False
        self._say({"kind": "progress", "progress": self._progress()})

    def _accept(self, data: dict[str, Any], log: WorkLog) -> Operation:
        raise FramingkitError("Nothing is tagged or answered here.")

    def _concerns(self, operation: Operation) -> bool:
        return operation.target in (CODE_NAME_ITEM, CLASS_NAME_ITEM)

    def _on_fresh(self, operations: list[Operation]) -> None:
        if any(self._concerns(one) for one in operations):
            self._tell_who()
        elif not self._told and self._items:
            try:
                loop = asyncio.get_running_loop()
            except RuntimeError:
                return self._tell_progress()
            self._told = True  # once for all acts of a moment
            loop.call_later(_SOON, self._tell_progress)

    def _tell_who(self) -> None:
        self._say({"kind": "state"} | self._beside(), news=True)

    def _asked(self, content: dict[str, Any]) -> None:
        kind, log = content.get("kind"), self._log
        if kind == "sheet":
            sheet = {"kind": "sheet"} | downloaded(log, content.get("lacking"))
            return self._say(sheet | {"wish": content.get("wish")})
        if kind == "continue":
            return self._continue(content)
        if kind == "class":
            return self._take_class(content.get("name"))
        if kind == "nobody" or content.get("alone"):
            return settle(log, lambda: self._choose(content))
        return self._choose(content)

    def _choose(self, content: dict[str, Any]) -> None:
        """Let somebody begin or go on; ``alone`` if it was the browser that asked for it."""
        kind, coder, learner = (content.get(name) for name in ("kind", "coder", "learner"))
        log, alone = self._log, bool(content.get("alone"))
        if kind == "go" and alone and coder == log.coder and is_learner(learner):
            # the same name and folder, but no act that would have kept the id
            if not log.has_header:
                self._change(lambda: take_back(log, str(learner)), alone)
        elif is_fixed() or (alone and log.state.seen):
            return
        elif kind == "else":
            self._change(lambda: start_somebody_else(log), alone)
        elif kind == "go" and isinstance(coder, str) and isinstance(learner, str):
            self._change(lambda: go_on_as(learner, log, coder), alone)

    def _take_class(self, name: object) -> None:
        """Keep the class that a link named; the browser forgets the link when that is done."""
        try:
            name = check_class_name(name)
        except FramingkitError as error:
            return self._say({"kind": "class", "said": [str(error)]})
        try:
            if name != class_of(self._log):
                self._log.act("answer", CLASS_NAME_ITEM, response={"text": name})
        except FramingkitError:
            return None  # the disk says so of all that is done; the link is still there
        lasting.when_kept(lambda trouble: None if trouble else self._say({"kind": "class"}))

    def _continue(self, content: dict[str, Any]) -> None:
        """Go on from a file; say how that went when it is kept."""
        name, text = (str(content.get(part, "")) for part in ("name", "text"))
        try:
            said, offer = self._taken_in(text.encode("utf-8", "replace"), name, content), ""
        except FramingkitError as error:
            # of somebody else's file it says whose it is
            whose = getattr(error, "coder", "")
            said = [str(error), *([] if whose else [_UNCHANGED])]
            offer = "" if is_fixed() else whose
        told = {"kind": "said", "said": said, "offer": offer}
        lasting.when_kept(lambda trouble: self._say(told | _unkept(trouble, said)))

    def _taken_in(self, text: bytes, name: str, content: dict[str, Any]) -> list[str]:
        from framingkit.hand_ins import continue_from

        begin = None if is_fixed() else bool(content.get("begin"))
        return continue_from(self._log, text, name, begin)

    def _change(self, choose: Callable[[], object], alone: bool) -> None:
        try:
            said = change_learner(self._log, choose)
            if alone:
                said = [_ALONE.format(self._log.coder)]
        except FramingkitError as error:
            said = [str(error)]
        self._say({"kind": "said", "said": said})


def _unkept(trouble: str, said: list[str]) -> dict[str, list[str]]:
    return {"said": [*said, _STORAGE[trouble]]} if trouble else {}


def is_fixed() -> bool:
    """Tell whether whoever prepared this computer chose the code name."""
    return bool(os.environ.get("FRAMINGKIT_CODER"))


def class_of(log: WorkLog) -> str:
    """Give the class that whoever is at work belongs to; empty if nobody said one."""
    return class_name_in({CLASS_NAME_ITEM: log.state.answer(CLASS_NAME_ITEM) or {}})


def others_here(log: WorkLog) -> list[LearnerHere]:
    """List who else has worked in this folder."""
    return [one for one in learners_here() if one.learner != log.learner]


def about_work(log: WorkLog) -> list[str]:
    """Say what whoever is at work should know about the saved work."""
    sentences = [one for one in dict.fromkeys(log.notices) if one != log.unkept]
    if log.begun_elsewhere and not any("begun in another" in one for one in sentences):
        sentences.insert(0, _ELSEWHERE)
    kept = [_STORAGE[trouble] for trouble in lasting.troubles()]
    return [*sentences, *kept, *([_GIVEN] if is_fixed() else [])]


def change_learner(log: WorkLog, choose: Callable[[], object]) -> list[str]:
    """Let somebody else go on, in all tools of this kernel; say what that means."""
    coder, learner = log.coder, log.learner
    choose()
    if log.learner == learner:
        return [f"You are {log.coder}, as before."]
    return [
        f"You are now {log.coder}. All tools in this notebook show your work.",
        f"Pages that were printed earlier, such as lists of tags, belong to {coder}. To renew "
        "them, choose Run, then Run All Cells, in the menu.",
    ]
