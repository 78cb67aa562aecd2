"""Above the tagger: tags that lost their place when the text was corrected, to be placed again."""

from collections.abc import Callable
from dataclasses import replace

import ipywidgets

from framingkit.base import counted, quoted
from framingkit.course import Codebook, Document, Span
from framingkit.errors import FramingkitError
from framingkit.widgets.showing import show_style
from framingkit.work import (
    Orphan,
    Tagging,
    WorkLog,
    drop_orphan,
    orphans_of,
    place_orphan,
    suggestions,
)

_AROUND = 40  # characters beside a suggested place
_MOST = 50  # tags that are shown at a time
_STYLE = """
.framingkit-orphans { border-inline-start: 3px solid currentcolor; padding: 4px 12px; }
.framingkit-orphans :is(.widget-label, .widget-button) { white-space: normal; overflow: visible;
  height: auto; min-height: 28px; line-height: 1.4; text-align: start; }
.framingkit-orphans .widget-button { padding: 4px 10px; max-width: 100%; width: auto; }
.framingkit-orphans .widget-text { width: min(24em, 100%); }
.framingkit-orphans .widget-hbox { flex-wrap: wrap; }
@media print { .framingkit-orphans { display: none; } }
"""


class PlaceAgain(ipywidgets.VBox):  # type: ignore[misc]
    """Tags that wait for a place: each with suggestions, a field for other words, and a way out.

    Parameters
    ----------
    log
        The learner's work.
    document, codebook
        The text as it is now, and the codes.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "sun.jsonl")
    >>> PlaceAgain(log, course.load_article(), course.load_codebook())
    PlaceAgain(alaska-summit: 0 tags)
    """

    def __init__(self, log: WorkLog, document: Document, codebook: Codebook) -> None:
        self._work, self._text, self._codes = log, document, codebook
        self._said = ipywidgets.Label("")
        super().__init__()
        self.add_class("framingkit-orphans")
        self.draw()

    def __repr__(self) -> str:
        """Return a line that is the same on every run."""
        count = counted(len(orphans_of(self._work, self._text)), "tag")
        return f"PlaceAgain({self._text.id}: {count})"

    def show(self) -> None:
        """Give the notebook the style of the box."""
        show_style(_STYLE)

    def draw(self) -> None:
        """Show what waits for a place now."""
        orphans = orphans_of(self._work, self._text)
        title = (
            f"The text was corrected after you tagged it: {counted(len(orphans), 'tag')} without a "
            "certain place. Say where each belongs, or remove it."
        )
        rows = [row for orphan in orphans[:_MOST] for row in self._rows(orphan)]
        self.children = (*([ipywidgets.Label(title)] if orphans else []), *rows, self._said)

    def _rows(self, orphan: Orphan) -> list[ipywidgets.Widget]:
        names = {code.id: code.name for code in self._codes.codes}
        name = names.get(orphan.span.label, orphan.span.label)
        old = quoted(" ".join(orphan.span.quote.split())[:120])
        note = f" Your note: {orphan.span.note}" if orphan.span.note else ""
        field = ipywidgets.Text(description="Words", tooltip=f"Words where {old} belongs")
        typed = self._button(f"Place {old} on these words", self._type, orphan, field)
        away = self._button(f"Remove {old}", self._drop, orphan)
        places = [
            self._button(f"Place it here: {self._around(one)}", self._put, orphan, one)
            for one in suggestions(self._work, self._text, orphan)
        ]
        more = ipywidgets.HBox([field, typed, away])
        return [ipywidgets.Label(f"{old}: {name}.{note}"), *places, more]

    def _around(self, place: Span) -> str:
        """Show words in brackets, in their context of whole words, on one line."""
        text, start, end = self._text.text, place.start, place.end
        before = text[max(0, start - _AROUND) : start].partition(" ")[2]
        after = text[end : end + _AROUND].rpartition(" ")[0]
        return " ".join(f"… {before}[{text[start:end][:80]}]{after} …".split())

    def _put(self, orphan: Orphan, place: Span) -> str:
        place_orphan(self._work, self._text, orphan, place.start, place.end)
        return f"Placed on {self._text.quote(place.start, place.end, 80)}."

    def _type(self, orphan: Orphan, field: ipywidgets.Text) -> str:
        tagging = Tagging(self._work, self._text, self._codes)
        start, end = tagging.find(field.value, None, 1)
        return self._put(orphan, replace(orphan.span, start=start, end=end))

    def _drop(self, orphan: Orphan) -> str:
        drop_orphan(self._work, self._text, orphan.id)
        return f"Removed {quoted(orphan.span.quote[:80])}."

    def _button(self, words: str, act: Callable[..., str], *given: object) -> ipywidgets.Button:
        def press(_: object) -> None:
            try:
                self._said.value = act(*given)
            except FramingkitError as error:
                self._said.value = str(error)
            else:
                self.draw()
                # what was pressed is gone: the focus goes on to the next tag
                buttons = [one for one in self.children if isinstance(one, ipywidgets.Button)]
                for button in buttons[:1]:
                    button.focus()

        button = ipywidgets.Button(description=words)
        button.on_click(press)
        return button
