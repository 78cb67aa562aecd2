"""The widget at which a teacher makes a lesson. Its browser half is course_desk.js."""

from typing import Any, Protocol

import traitlets

from framingkit.base import element, list_html, passage_html
from framingkit.errors import FramingkitError
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import StaticWidget
from framingkit.widgets.words import words_for

MOST_BYTES = 6_000_000
"""Of a file that is sent by a button: servers of notebooks take messages of ten million bytes."""

_PAGE = (
    "When this notebook is open and running, a desk with buttons is here. It takes you through "
    "these steps:"
)


_TITLE = "A lesson from your own article"


class Steps(Protocol):
    """What a desk can do, see ``notebook/course_desk.py``; ``names`` are those of its steps."""

    names: tuple[str, ...]

    def page(self) -> dict[str, Any]:
        """Give what is on the page now: title, step and parts."""

    def act(self, name: str, values: dict[str, Any]) -> list[str]:
        """Do what a button says, with all that is filled in; return what to say."""


class CourseDesk(StaticWidget):
    """Walk from an article to a lesson that is ready, with buttons.

    Parameters
    ----------
    steps
        What the buttons do.

    Examples
    --------
    >>> class Blank:
    ...     names = ("The text",)
    ...
    ...     def page(self):
    ...         return {"title": "The text", "step": 0, "parts": []}
    ...
    ...     def act(self, name, values):
    ...         return []
    >>> CourseDesk(Blank())
    CourseDesk()
    """

    _esm = join("course_desk")
    _css = style("base", "form", "course_desk")

    words = traitlets.Dict(words_for("course_desk")).tag(sync=True)
    most = traitlets.Int(MOST_BYTES, help="Bytes that a file may have.").tag(sync=True)
    page = traitlets.Dict(help="What is shown.").tag(sync=True)

    def __init__(self, steps: Steps, **traits: Any) -> None:
        self._steps = steps
        super().__init__(page=self._shown([], ""), **traits)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        """Return the same line for every course."""
        return "CourseDesk()"

    def _static_html(self) -> str:
        return passage_html(element("p", _PAGE)) + list_html(_TITLE, self._steps.names)

    def _shown(self, said: list[str], problem: str) -> dict[str, Any]:
        return self._steps.page() | {"said": said, "problem": problem}

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer one message of a browser, which may be anything."""
        if not isinstance(content, dict):
            return
        act, values = content.get("act"), content.get("values")
        said, problem = list[str](), ""
        try:
            said = self._steps.act(str(act), values if isinstance(values, dict) else {})
        except FramingkitError as error:
            problem = str(error)
        except OSError as error:
            problem = f"It could not be read or written: {error.strerror or error}."
        self.page = self._shown(said, problem)
        self.send({"kind": "page", "page": self.page})  # also if it is the same: somebody waits
