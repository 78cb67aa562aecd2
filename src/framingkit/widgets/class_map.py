"""The widget that shows a class, after one's own reading. Its browser half is class_map.js."""

from collections.abc import Callable
from typing import Any

import traitlets

from framingkit.errors import FramingkitError
from framingkit.reports import WHY, BesideClass
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import StaticWidget, watch
from framingkit.widgets.words import words_for
from framingkit.work import Operation


class ClassMap(StaticWidget):
    """Show how many learners of a class tagged each word of a section.

    Until the learner's own first reading is kept, the browser gets nothing of the class.
    Afterwards it gets words and counts.

    Parameters
    ----------
    beside
        The learner and the class.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> from framingkit.work import FirstReading
    >>> from framingkit.work import WorkLog
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> reading = FirstReading(log, course.load_article(), course.load_codebook(), "ending")
    >>> ClassMap(BesideClass(reading, list, "Nobody."))
    ClassMap(alaska-summit, ending: own first reading not kept yet)
    """

    _esm = join("class_map")
    _css = style("base", "form", "class_map")

    words = traitlets.Dict(words_for("class_map")).tag(sync=True)
    title = traitlets.Unicode(help="The section's title.").tag(sync=True)
    why: traitlets.List[str] = traitlets.List(list(WHY), help="Why to wait.").tag(sync=True)
    shown = traitlets.Dict(help="The class; empty before the first reading is kept.").tag(sync=True)

    def __init__(self, beside: BesideClass, **traits: Any) -> None:
        self.beside = beside
        self._views = 0
        super().__init__(title=beside.title, shown=beside.data(), **traits)
        self.on_msg(self._receive)
        watch(self, beside.reading.log)

    def __repr__(self) -> str:
        """Return a line that depends on the class and the first reading alone."""
        return f"ClassMap({self.beside})"

    def _static_html(self) -> str:
        return self.beside.html()

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        """Answer a browser: it begins to show this widget, stops, or asks for the class."""
        kind = content.get("kind") if isinstance(content, dict) else None
        reading = self.beside.reading
        if kind == "keep":
            self._show(reading.keep)
        elif kind == "open":
            self._views += 1
            self._show(reading.log.refresh)
        elif kind == "bye":
            self._views -= 1

    def _on_fresh(self, operations: list[Operation]) -> None:
        """Follow what the learner does elsewhere: own tags, and a first reading kept there."""
        item, text = self.beside.reading.milestone.item, self.beside.reading.text.key
        # only what is on a screen is worth the work: cells that ran again leave widgets behind
        if self._views > 0 and any(o.target == item or o.document == text for o in operations):
            self._show(lambda: None)

    def _on_learner(self) -> None:
        """Hide the class again from somebody whose first reading is not kept."""
        self._show(lambda: None)

    def _show(self, first: Callable[[], object]) -> None:
        """Do something, then show the class; an error is sent as a sentence, never raised."""
        try:
            first()
            self.shown = self.beside.data()
        except FramingkitError as error:
            self.send({"kind": "refused", "reason": str(error)})
