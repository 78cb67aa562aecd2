"""The browser's storage as Python sees it. Its browser half is storage.js.

The one module that knows Pyodide. What goes over the border is text: nothing of JavaScript, such as
its null, ever comes in.
"""

import importlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from framingkit.base import disk


class StorageError(Exception):
    """The browser did not do what it was asked; the text is the name of its reason."""


class BrowserStorage:
    """A database of the browser that Python runs in.

    Parameters
    ----------
    name
        The name of the database.
    hear
        Called with what other tabs kept, or with what happened to the database.
    """

    def __init__(self, name: str, hear: Callable[[Mapping[str, Any]], None]) -> None:
        code = disk.read_text(Path(__file__).with_name("storage.js"))
        proxy = importlib.import_module("pyodide.ffi").create_proxy
        run = importlib.import_module("pyodide.code").run_js
        self._hear = proxy(lambda news: hear(json.loads(news)))
        self._store = run(code)(name, self._hear)

    async def load(self) -> dict[str, Any]:
        """Give all that is kept: ``lines``, and ``files`` as pairs of name and text."""
        return dict(_result(await self._store.load()))

    async def keep(self, lines: list[dict[str, Any]], files: list[tuple[str, str]]) -> int:
        """Keep lines and files; return how many lines there are when the disk has them."""
        batch = json.dumps({"lines": lines, "files": files}, ensure_ascii=False)
        return int(_result(await self._store.keep(batch)))

    async def claim(self, name: str, text: str) -> str:
        """Keep a file unless another tab was first; return the text that is there."""
        return str(_result(await self._store.claim(name, text)))

    async def facts(self) -> dict[str, bool]:
        """Say whether the page is a secure context, and its storage persistent."""
        return dict(json.loads(await self._store.facts()))


def _result(told: str) -> Any:
    answer = json.loads(told)
    if "error" in answer:
        raise StorageError(answer["error"])
    return answer["result"]
