"""Shows things below the cell that is running, each of them once.

An act of a lesson shows what it returns, also in the middle of a cell. A notebook shows the value
of a cell's last line as well: so an act on the last line would be shown twice.
"""

import weakref
from typing import Any, TypeVar

from IPython.core.getipython import get_ipython
from IPython.display import display

from framingkit.base import Html, Page, element

Thing = TypeVar("Thing")

_last: list[tuple[int, Any]] = []
"""The cell that ran when something was last shown, and the thing, for as long as it lives."""


def show(*things: object) -> None:
    """Show things one after the other, each in its richest form."""
    display(*things)  # type: ignore[no-untyped-call]


def show_style(css: str) -> None:
    """Give a notebook a style for everything that is shown in it; elsewhere nothing is shown."""
    if get_ipython() is not None:
        show(Page(element("style", Html(css)), ""))


def shown(thing: Thing) -> Thing:
    """Show a thing, or each of a tuple, and return it; the end of the cell does not repeat it.

    Examples
    --------
    >>> words = shown("The red carpet is out.")
    The red carpet is out.
    """
    show(*thing if isinstance(thing, tuple) else (thing,))
    shell = get_ipython()
    if shell is not None and shell.display_formatter is not None:
        formatter = shell.display_formatter.ipython_display_formatter
        formatter.for_type(type(thing), _skip_if_shown)
        _last[:] = [(shell.execution_count, _reference(thing))]
    return thing


def _reference(thing: object) -> Any:
    """Refer to a thing without keeping it alive where that can be done."""
    try:
        return weakref.ref(thing)
    except TypeError:
        return lambda: thing


def _skip_if_shown(thing: object) -> None:
    """Show nothing if the cell that is running has just shown this; else leave it to others."""
    shell = get_ipython()
    if _last and shell is not None:
        cell, reference = _last[0]
        if cell == shell.execution_count and reference() is thing:
            _last.clear()
            return
    raise NotImplementedError
