"""What keeps work beyond the disk: nothing on a computer, its own storage in a browser.

In a browser Python's disk is memory. There the room ``site`` sets a keeper, which copies what is
written to where it lasts; and nobody says “Saved” before the keeper does. Everywhere else the disk
has kept it when writing returns.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from framingkit.errors import FramingkitError


class Keeper(Protocol):
    """Copies files to where they last."""

    troubles: list[str]
    """What a learner has to know about it, as names of sentences."""
    brief: bool
    """Whether nothing lasts longer than the page."""
    name: str
    """What the browser calls its storage; each course of an address has one of its own."""

    def written(self, path: Path) -> None:
        """Hear that a file was written."""

    def when_kept(self, then: Callable[[str], None]) -> None:
        """Call back when all that was written is kept, with the name of a sentence if it is not."""


keepers: list[Keeper] = []
"""The one keeper of this process, if it needs one."""

listeners: list[Callable[[], None]] = []
"""Called when the keeper has other troubles than before."""


def check_opened() -> None:
    """Refuse to begin where work that is kept was not brought back first.

    Raises
    ------
    FramingkitError
        In a browser without a keeper.
    """
    if sys.platform == "emscripten" and not keepers:
        raise FramingkitError(
            "This page has not looked for your saved work yet, so nothing was begun. Reload the "
            "page. In a notebook of your own, run this first: "
            "from framingkit.site import open_storage; await open_storage()"
        )


def written(path: Path) -> None:
    """Tell that a file was written."""
    for keeper in keepers:
        keeper.written(path)


def when_kept(then: Callable[[str], None]) -> None:
    """Call back when all that was written is kept; at once, where the disk keeps it.

    Examples
    --------
    >>> when_kept(lambda trouble: print(trouble or "Saved"))
    Saved
    """
    if not keepers:
        return then("")
    return keepers[0].when_kept(then)


def troubles() -> list[str]:
    """Name what a learner has to know about how work is kept here."""
    return [trouble for keeper in keepers for trouble in keeper.troubles]


def is_brief() -> bool:
    """Tell whether nothing lasts longer than the page."""
    return any(keeper.brief for keeper in keepers)


def name() -> str:
    """Name the storage in which a browser keeps work; empty where a disk keeps it.

    Examples
    --------
    >>> name()
    ''
    """
    return keepers[0].name if keepers else ""


def tell() -> None:
    """Tell whoever listens that the troubles are others than before."""
    for listener in list(listeners):
        listener()
