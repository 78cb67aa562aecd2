"""Runs what needs an event loop of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def apart(function: Callable[..., Any], *words: Any) -> Any:
    """Run something in a thread: another test's browser may hold this one's loop."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function, *words).result()
