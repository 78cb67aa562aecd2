"""Puts things below the cell that is running."""

from typing import Any


def show(*things: Any) -> None:
    """Show things one after the other, each in its richest form."""
    from IPython.display import display

    display(*things)  # type: ignore[no-untyped-call]
