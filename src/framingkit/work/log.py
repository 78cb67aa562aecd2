"""One learner's work log: every action as one line on disk, read back after any accident.

The file ``<code name>.jsonl`` starts with a header line. A line follows for each text that
was opened and for each operation (see :mod:`framingkit.work.operations`). Lines are only ever
added, so a crash can damage no more than the line that was being written. Several kernels
may add to one log: each takes in what the others wrote.
"""

import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.operations import Operation, State, operation_from_json, operation_to_json
from framingkit.work.sheet import TextVersion, answer_sheet, sheet_to_bytes

LOG_FORMAT, LOG_VERSION = "framingkit work log", 1

_MARK = 256  # first bytes, and last bytes that were read: if they differ, it is another file
Listener = Callable[[list[Operation]], None]


class NewerLogError(FramingkitError):
    """The log was written by a newer framingkit and must not be touched by this one."""


class WorkLog:
    """The operations of one learner, on disk and in memory.

    Parameters
    ----------
    path
        The log's file; the first call of :meth:`record` makes it.

    Raises
    ------
    NewerLogError
        If a newer framingkit wrote the file.
    FramingkitError
        If the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.coder = path.stem
        self.state = State()
        self.texts: dict[str, TextVersion] = {}
        self.notices: list[str] = []
        self.listeners: list[Listener] = []
        # a notebook may handle the messages of each widget in a thread of its own
        self._lock = threading.RLock()
        self._unwritten: list[TextVersion] = []
        self._read, self._head, self._mark = 0, b"", b""
        self._torn = b""
        self.has_header = False
        self.refresh()

    def refresh(self) -> list[Operation]:
        """Take in the lines that others added since the last look, and tell the listeners."""
        with self._lock:
            known = self._head + self._mark
            content = disk.read_from(self.path, self._read - len(self._mark), len(self._head))
            if not content.startswith(known):
                return self._put_back()
            content = content[len(known) :]
            whole = content[: content.rfind(b"\n") + 1]
            fresh = [new for line in whole.split(b"\n") if line and (new := self._take(line))]
            if not self._read and content[len(whole) :]:
                self._torn = content[len(whole) :]
                self._notice(
                    "The last line of your work file is incomplete, probably after a crash. "
                    "Everything shown as “Saved” is there; the incomplete line was ignored."
                )
            self._read += len(whole)
            self._head = (self._head + whole)[:_MARK]
            self._mark = (self._mark + whole)[-_MARK:]
            self._tell(fresh)
            return fresh

    def _put_back(self) -> list[Operation]:
        """Write again what is missing after the file was deleted, cut or replaced under us."""
        file = WorkLog(self.path)
        self.has_header = file.has_header
        self._unwritten = [text for key, text in self.texts.items() if key not in file.texts]
        missing = [o for o in self.state.latest.values() if o.id not in file.state.seen]
        self._add(missing)
        self._notice("Your work file was changed or deleted. What was missing is saved again.")
        self._read, self._head, self._mark = 0, b"", b""  # what others wrote there is news for us
        return self.refresh()

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def _take(self, line: bytes) -> Operation | None:
        """Read one line; return its operation if it is new."""
        try:
            data = disk.parse_json(line.decode(), self.path.name)
            if isinstance(data, dict) and data.get("format") == LOG_FORMAT:
                self._check_header(data)
            elif isinstance(data, dict) and data.get("kind") == "text":
                text = TextVersion.read(data)
                self.texts[text.key] = text
            elif self.state.apply(operation := operation_from_json(data)):
                return operation
        except NewerLogError:
            raise
        except (FramingkitError, UnicodeDecodeError, KeyError):
            if line != self._torn:  # the learner knows about that one already
                self._notice(
                    f"A line of your work file {self.path.name} could not be read and was "
                    "ignored; it is still in the file, and everything else was read."
                )
        return None

    def _check_header(self, header: dict[str, Any]) -> None:
        self.has_header = True
        if header.get("schema") != LOG_VERSION:
            raise NewerLogError(
                f"{self.path.name} was written by a newer framingkit (log version "
                f"{header.get('schema')}; this kit reads version {LOG_VERSION}). It was not "
                "changed. Update framingkit to continue with it."
            )

    def open_text(self, text: TextVersion) -> None:
        """Note which text and codebook are in use; it is written with the next operation."""
        if text.key not in self.texts:
            self.texts[text.key] = text
            self._unwritten.append(text)

    def record(
        self, operations: Iterable[Operation], but: Listener | None = None
    ) -> list[Operation]:
        """Write operations to disk and take them in; return those that were new.

        All listeners hear of them, except `but`, which brought them.

        Raises
        ------
        FramingkitError
            If the disk did not take them: then none counts as saved.
        """
        with self._lock:
            fresh = [o for o in operations if o.id not in self.state.seen]
            if fresh or not self.has_header:
                self._add(fresh)
            for operation in fresh:
                self.state.apply(operation)
            self._tell(fresh, but)
            return fresh

    def _tell(self, fresh: list[Operation], but: Listener | None = None) -> None:
        for listener in [listener for listener in self.listeners if fresh and listener != but]:
            listener(fresh)

    def _add(self, operations: list[Operation]) -> None:
        lines = [{"kind": "text"} | asdict(text) for text in self._unwritten]
        lines += map(operation_to_json, operations)
        if not self.has_header:
            header = {"format": LOG_FORMAT, "schema": LOG_VERSION, "coder": self.coder}
            lines = [header | {"file": secrets.token_hex(4)}, *lines]  # no two files begin alike
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        disk.append(self.path, text.encode())
        self.has_header = True
        self._unwritten.clear()

    def act(self, kind: str, target: str, **details: Any) -> Operation:
        """Make and record one operation of this kernel, as the plain functions do."""
        with self._lock:
            self.refresh()
            made = Operation(kind, CLIENT, self.state.seq + 1, target, at=utc_now(), **details)
            # what could not be read back is not written
            operation = operation_from_json(operation_to_json(made))
            self.record([operation])
        return operation

    def sheet(self, made_with: str) -> dict[str, Any]:
        """Build the answer sheet of everything so far."""
        self.refresh()
        return answer_sheet(self.coder, self.state, self.texts, made_with)

    def write_sheet(self, made_with: str) -> Path:
        """Write the answer sheet beside the log as ``<code name>.answers.json``."""
        sheet = self.sheet(made_with)
        path = self.path.with_name(f"{sheet['coder']}.answers.json")
        disk.write_atomic(path, sheet_to_bytes(sheet))
        return path


CLIENT = "kernel-" + secrets.token_hex(4)
"""The name of this process as an author of operations."""


def utc_now() -> str:
    """Tell the writer's clock in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
