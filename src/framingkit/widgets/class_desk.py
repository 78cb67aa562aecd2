"""The widget at which a teacher walks from hand-ins to marks. Its browser half is class_desk.js."""

import hashlib
import re
from typing import Any, Protocol

import traitlets

from framingkit.base import element, list_html, passage_html
from framingkit.errors import FramingkitError
from framingkit.reports import UnsavedError
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import StaticWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import work_folder

_PAGE = (
    "When this notebook is open and running, a desk with buttons is here. It takes you through "
    "these steps:"
)

Answer = dict[str, Any]
_WHO = "instructor"
_ACTS = frozenset({
    "look", "upload", "collect", "report", "score", "answers", "finish", "sheet", "preview", "fill",
    "file",
})  # fmt: skip

_OPTION = re.compile(r"--(grade|comment|id|replace|out-of|lesson)\b(?: (?:Grade|\d\d|all)\b)?")
_LABELS = {
    "grade": "grade_column", "comment": "comment_column", "id": "id_column", "replace": "replace",
    "out-of": "out_of", "lesson": "lesson",
}  # fmt: skip
_SAID = frozenset({"said", "preview", "problem"})
_READING = frozenset({"upload", "file", "answers", "preview"})


class Acts(Protocol):
    """What a desk can do, see ``notebook/class_desk.py``; each other act is a method too."""

    def open_class(self) -> Any:
        """Open the class at hand."""

    def state(self) -> Answer:
        """Give all that the desk shows."""

    def mark(self, target: str, response: Answer) -> list[str]:
        """Save a mark and a comment."""


class ClassDesk(StaticWidget):
    """Walk from a folder of hand-ins to marks in a grade sheet, with buttons.

    Marks go the way of a learner's tags: a browser keeps them until they are on disk.

    Parameters
    ----------
    desk
        What the buttons do.

    Examples
    --------
    >>> from framingkit.notebook.class_desk import Desk
    >>> import pathlib
    >>> ClassDesk(Desk(pathlib.Path.cwd()))
    ClassDesk()
    """

    _esm = join("class_desk")
    _css = style("base", "form", "class_desk")

    words = traitlets.Dict(words_for("saving", "class_desk", "marking")).tag(sync=True)
    key = traitlets.Unicode(help="Under what a browser keeps what is not confirmed.").tag(sync=True)
    tool = traitlets.Unicode(help="What is done here, in words.").tag(sync=True)
    version = traitlets.Int(help="There is nothing to compare with.").tag(sync=True)
    answers: traitlets.List[Answer] = traitlets.List(help="None is kept here.").tag(sync=True)

    def __init__(self, desk: Acts, **traits: Any) -> None:
        self._desk = desk
        mark = hashlib.sha256(str(work_folder()).encode()).hexdigest()[:12]
        super().__init__(key=f"{_WHO}/desk-{mark}", tool=tool_name("class_desk"), **traits)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return the same line for every class."""
        return "ClassDesk()"

    def _static_html(self) -> str:
        words = words_for("class_desk")
        steps = list_html(words["title"], words["steps"])
        return passage_html(element("p", _PAGE)) + steps

    def open_class(self) -> Any:
        """Open the class that was chosen at this desk; before that, the sample class."""
        return self._desk.open_class()

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer one message of a browser, which may be anything."""
        kind = content.get("kind") if isinstance(content, dict) else None
        if kind == "hello":
            self._tell({"kind": "state", "client": content.get("client"), "desk": self._state()})
        elif kind == "operations":
            sent = content.get("operations")
            for one in sent if isinstance(sent, list) else []:
                self._mark(one)
        elif kind in _ACTS:
            self._do(str(kind), content)

    def _tell(self, content: Answer) -> None:
        # nobody else writes here, so no browser can miss any news
        self.send(_at_desk(content) | {"learner": _WHO, "before": 0, "news": 0})

    def _state(self) -> Answer:
        try:
            return self._desk.state()
        except FramingkitError as error:
            return {"problem": str(error)}

    def _do(self, kind: str, wish: Answer) -> None:
        """Do what a button says; an error is a sentence beside it."""
        told = {"kind": "done", "act": kind, "wish": wish.get("wish")}
        try:
            told |= getattr(self._desk, kind)(wish)
        except FramingkitError as error:
            told |= {"problem": str(error)}
        except OSError as error:
            told |= {"problem": f"It could not be read or written: {error.strerror or error}."}
        # beside a problem, what was chosen on the page stays as it is
        changes = kind not in _READING and "problem" not in told
        self._tell(told | {"desk": self._state()} if changes or wish.get("last") else told)

    def _mark(self, act: Any) -> None:
        """Save one mark, and say how that went."""
        act = act if isinstance(act, dict) else {}
        response, ids = act.get("response"), [act.get("id")]
        try:
            given = response if isinstance(response, dict) else {}
            said = self._desk.mark(str(act.get("target")), given)
        except UnsavedError as error:
            self._tell({"kind": "unsaved", "reason": str(error)})
        except FramingkitError as error:
            why = str(error)
            self._tell({"kind": "refused", "ids": ids, "reasons": [why], "reason": why})
        else:
            self._tell({"kind": "saved", "ids": ids, "said": said})


def _at_desk(told: Any, is_said: bool = False) -> Any:
    """Name menus of the desk where a sentence names an option of a command.

    Examples
    --------
    >>> _at_desk({"said": ["To replace them, add --replace."]})
    {'said': ['To replace them, add “Replace grades that are there already”.']}
    """
    if isinstance(told, dict):
        return {key: _at_desk(one, is_said or key in _SAID) for key, one in told.items()}
    if isinstance(told, list | tuple):
        return [_at_desk(one, is_said) for one in told]
    return _OPTION.sub(_label, told) if is_said and isinstance(told, str) else told


def _label(option: re.Match[str]) -> str:
    label = words_for("class_desk")[_LABELS[option[1]]]
    return f"“{label.strip(' :')}”"
