"""Copies the work folder into a browser's storage, line by line, and takes in what other tabs kept.

Lines are only ever added, each under a name of its own, so two tabs can never overwrite each other.
What could not be kept is tried again, and what somebody cleared is kept once more: the whole work
lies in memory for as long as the page is open.
"""

import asyncio
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

from framingkit.base import disk, lasting
from framingkit.errors import FramingkitError

CLEARED, NEWER, FULL, BLOCKED, UNKEPT = "cleared", "newer", "full", "blocked", "unkept"
_REASONS = {"QuotaExceededError": FULL, "VersionError": NEWER, "SecurityError": BLOCKED}
_MADE_AGAIN = (".answers.json", ".gz", ".html", ".csv")
_AGAIN = 5.0  # seconds until what could not be kept is tried again
_LOOK = 1.0  # seconds until what other tabs kept is looked for, if nobody told us

Then = Callable[[str], None]


class Storage(Protocol):
    """Where lines and files last longer than the page."""

    async def load(self) -> dict[str, Any]:
        """Give all that is kept."""

    async def keep(self, lines: list[dict[str, Any]], files: list[tuple[str, str]]) -> int:
        """Keep some more; return how many lines there are."""

    async def claim(self, name: str, text: str) -> str:
        """Keep a file unless there is one; return the text that is there."""

    async def facts(self) -> dict[str, bool]:
        """Say whether the page is a secure context, and its storage persistent."""


def line_id(line: str) -> str:
    """Name a line of a log: an act by its own id, every other line by its content.

    Examples
    --------
    >>> line_id('{"id": "tab-a-1", "seq": 1, "kind": "answer"}'), line_id("{}")
    ('tab-a-1', '#44136fa355b3678a')
    """
    try:
        data = json.loads(line)
    except ValueError:
        data = None
    if isinstance(data, dict) and "seq" in data and isinstance(data.get("id"), str):
        return str(data["id"])
    return "#" + hashlib.sha256(line.encode()).hexdigest()[:16]


class Mirror:
    """The keeper of a work folder; see :mod:`framingkit.base.lasting`.

    Parameters
    ----------
    folder
        The work folder.
    name
        What the storage is called.
    """

    def __init__(self, folder: Path, name: str = "framingkit") -> None:
        self.folder, self.name = folder, name
        self.storage: Storage | None = None
        self.loop: asyncio.AbstractEventLoop | None = None
        self.troubles: list[str] = []
        self.brief = False
        self._kept: dict[str, set[str]] = {}
        self._texts: dict[str, str] = {}
        self._unkept: dict[tuple[str, str], dict[str, Any]] = {}
        self._dirty: set[str] = set()
        self._read: dict[str, int] = {}
        self._waiting: list[Then] = []
        self._task: asyncio.Task[None] | None = None
        self._at = 0.0

    def begin(self, storage: Storage) -> None:
        """Keep in a storage whatever is written from now on."""
        self.storage, self.loop = storage, asyncio.get_running_loop()
        self._wake()

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Write what is kept into the work folder."""
        by_file: dict[str, list[dict[str, Any]]] = {}
        for line in kept["lines"]:
            by_file.setdefault(str(line.get("file")), []).append(line)
        for name, lines in by_file.items():
            self._take_lines(name, sorted(lines, key=_order))
        for name, text in kept["files"]:
            self._take_text(str(name), str(text))

    def take(self, news: Mapping[str, Any]) -> None:
        """Take in what another tab kept, or hear that the database is gone."""
        if gone := news.get("gone"):
            self._say(gone)
            self._check_all()
            return
        self.restore({"lines": news.get("lines", []), "files": news.get("files", [])})

    def written(self, path: Path) -> None:
        """Keep a file of the work folder that was written; its other names are left alone."""
        if path.is_relative_to(self.folder):
            self._dirty.add(path.relative_to(self.folder).as_posix())
            self._wake()

    def when_kept(self, then: Then) -> None:
        """Call back when everything so far is kept, with an empty text, or with the reason."""
        if self.brief:
            return then("")
        self._waiting.append(then)
        return self._wake()

    def _wake(self) -> None:
        """Keep what waits, as soon as this moment is over."""
        if self.loop is not None and self._task is None and (self._dirty or self._waiting):
            self._task = self.loop.create_task(self._work(self.loop))

    async def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        reason = ""
        while (self._dirty or self._waiting) and not reason:
            waiting, self._waiting = self._waiting, []
            files = self._collect()
            if waiting or self._unkept or files:
                reason = await self._keep(files)
            for then in waiting:
                then(reason)
        self._task = None
        if reason:
            loop.call_later(_AGAIN, self.retry)

    def retry(self) -> None:
        """Try again to keep what could not be kept."""
        if self._unkept:
            self._waiting.append(lambda _: None)
        self._wake()

    async def _keep(self, files: dict[str, str]) -> str:
        """Keep all that waits in one transaction; return why not, or an empty text."""
        lines = list(self._unkept.values())
        try:
            count = await self._needed().keep(lines, list(files.items()))
        except Exception as error:  # whatever a browser says, the work is in memory still
            self._dirty.update(files)
            return self._say(_REASONS.get(str(error), UNKEPT))
        for line in lines:
            self._unkept.pop((line["file"], line["id"]), None)
            self._kept.setdefault(line["file"], set()).add(line["id"])
        self._texts |= files
        self._hear_count(count)
        return ""

    def _needed(self) -> Storage:
        assert self.storage is not None
        return self.storage

    def _collect(self) -> dict[str, str]:
        """Sort what was written into new lines of logs, which go to `_unkept`, and other files."""
        texts: dict[str, str] = {}
        while self._dirty:
            name = self._dirty.pop()
            if _is_log(name):
                self._collect_lines(name)
            elif (text := self._text_of(name)) is not None and text != self._texts.get(name):
                texts[name] = text
        return texts

    def _collect_lines(self, name: str) -> None:
        start = self._read.get(name, 0)
        content = disk.look(self.folder / name, start)[0]
        whole = content[: content.rfind(b"\n") + 1]
        self._read[name] = start + len(whole)
        for line in whole.decode("utf-8", "replace").split("\n"):
            if line and (id := line_id(line)) not in self._kept.get(name, ()):
                self._unkept[name, id] = self._record(name, id, line)

    def _text_of(self, name: str) -> str | None:
        """Read a file that is kept as it is; None for what is made again, or is no text."""
        if name.endswith(_MADE_AGAIN):
            return None
        try:
            return disk.read_text(self.folder / name)
        except FramingkitError:
            return None

    def _record(self, name: str, id: str, line: str) -> dict[str, Any]:
        self._at = max(1000 * time.time(), self._at + 0.001)
        return {"file": name, "id": id, "line": line, "at": self._at}

    def _take_lines(self, name: str, lines: Iterable[Mapping[str, Any]]) -> None:
        """Add lines that the storage has to the file of a log."""
        if not (_is_inside(name) and _is_log(name)):
            return
        known = self._kept.setdefault(name, set())
        fresh = {str(one.get("id")): str(one.get("line")) for one in lines if one.get("line")}
        fresh = {id: line for id, line in fresh.items() if id not in known}
        known.update(fresh)
        texts = [line for id, line in fresh.items() if (name, id) not in self._unkept]
        if texts:
            disk.append(self.folder / name, "\n".join([*texts, ""]).encode())

    def _take_text(self, name: str, text: str) -> None:
        if _is_inside(name) and self._texts.get(name) != text:
            self._texts[name] = text
            disk.write_atomic(self.folder / name, text.encode())

    def _hear_count(self, count: int) -> None:
        """Tell from the number of lines whether some are gone, or whether others wrote more."""
        known = sum(map(len, self._kept.values()))
        if count < known:
            self._say(CLEARED)
            self._check_all()
        elif count > known:
            asyncio.get_running_loop().call_later(_LOOK, self._look_later, count)
        else:
            self._forget(FULL, UNKEPT)

    def _look_later(self, count: int) -> None:
        if count > sum(map(len, self._kept.values())):
            asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        """Take in what other tabs kept without our hearing of it."""
        try:
            self.restore(await self._needed().load())
        except Exception:  # the next keeping meets the same, and says it
            return

    def _check_all(self) -> None:
        """Keep everything once more: somebody cleared the storage, and all of it is here."""
        self._kept, self._texts, self._read = {}, {}, {}
        for path in self.folder.rglob("*"):
            if path.is_file():
                self.written(path)

    def _say(self, trouble: str) -> str:
        """Note a trouble and tell the learner; return it."""
        if trouble not in self.troubles:
            self.troubles.append(trouble)
            lasting.tell()
        return trouble

    def _forget(self, *troubles: str) -> None:
        """Forget troubles that are over."""
        left = [one for one in self.troubles if one not in troubles]
        if left != self.troubles:
            self.troubles[:] = left
            lasting.tell()


def _is_log(name: str) -> bool:
    return ".jsonl" in name and not name.endswith(".gz")


def _order(line: Mapping[str, Any]) -> tuple[bool, float, str]:
    """Put the header of a log first, then the lines as they were kept."""
    at, is_header = line.get("at"), '"format"' in str(line.get("line"))[:100]
    return not is_header, at if isinstance(at, int | float) else 0.0, str(line.get("id"))


def _is_inside(name: str) -> bool:
    """Tell whether a name is that of a file in the work folder, and not of one elsewhere."""
    path = PurePosixPath(name)
    parts = path.parts
    return bool(parts) and not path.is_absolute() and ".." not in parts and "\\" not in name
