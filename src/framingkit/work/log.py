"""One learner's work log: every act as one line on disk, read back after any accident.

What the lines say is known to :mod:`framingkit.work.lines`. They are only ever added, so a crash
can damage no more than the line that was being written. Several kernels may add to one log: each
takes in what the others wrote.

An act counts when three things have happened: its line was written, the disk confirmed it, and
the line was read back from the file by its path. Nothing enters the state in any other way.
"""

import contextlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.learner import Chosen, Place, learner_of_new, new_learner, place_of
from framingkit.work.lines import (
    UNREADABLE,
    LogLines,
    NewerLogError,
    act_line,
    free_path,
    missing_lines,
    new_header,
    whose_name,
)
from framingkit.work.operations import Operation, State, operation_from_json, operation_to_json
from framingkit.work.room import sift
from framingkit.work.sheet import (
    CODE_NAME_ITEM,
    TextVersion,
    check_code_name,
    check_new_name,
    sheet_path,
    sheet_to_bytes,
)

_MARK = 256  # first bytes, and last bytes that were read: if they differ, it is another file
_TRIES = 6
Listener = Callable[[list[Operation]], None]


class WorkLog:
    """The operations of one learner, on disk and in memory.

    Parameters
    ----------
    path
        The log's file; the first act makes it.
    coder
        The code name of a new log; by default that of the file.
    learner
        Who goes on with it; by default whoever did so last, in a new log a new learner.

    Attributes
    ----------
    listeners
        Called with every operation that is new.
    switched
        Called without arguments when the log has become that of another learner.
    follows
        Whether it is always the log of the learner who was chosen last in its folder.

    Raises
    ------
    FramingkitError
        If the file cannot be read; a NewerLogError if a newer framingkit wrote it.
    """

    def __init__(self, path: Path, coder: str = "", learner: str = "") -> None:
        self.path = path
        self.notices: list[str] = []
        self.listeners: list[Listener] = []
        self.switched: list[Callable[[], None]] = []
        self.unkept, self.follows = "", False  # why the disk did not take who is at work
        # a notebook may handle the messages of each widget in a thread of its own
        self._lock = threading.RLock()
        self._first_name = coder or path.stem
        self._learner, self._new_learner = learner, learner_of_new(path)
        self._lines = LogLines(path.name)
        self._unwritten: dict[str, TextVersion] = {}
        self._owed: list[dict[str, Any]] = []
        self._confirmed: set[str] = set()  # by a good answer of the disk to this process
        self._doubtful: set[str] = set()  # written without one: they may vanish again
        self._torn, self.is_written_down = b"", False
        self.chosen_before: Chosen | None = None  # when this choice failed
        self._forget_place()
        self.refresh()

    def _forget_place(self) -> None:
        self._read, self._head, self._mark = 0, b"", b""
        self._file: disk.FileMark | None = None
        self.has_header = False

    @property
    def state(self) -> State:
        """What all operations add up to."""
        return self._lines.state

    @property
    def texts(self) -> dict[str, TextVersion]:
        """The texts that were opened, by key."""
        return self._lines.texts

    @property
    def coder(self) -> str:
        """The code name in use."""
        return self._lines.name_in_use(self._first_name)

    @property
    def learner(self) -> str:
        """The id of the learner who is at work."""
        return self._learner or self._lines.current or self._new_learner

    @property
    def owner(self) -> str:
        """The id of the learner who began this log; copies of it have the same one."""
        return self._lines.owner or self.learner

    @property
    def places(self) -> list[Place]:
        """Where this log was begun, and where others went on with a copy of it."""
        return list(self._lines.places.values())

    @property
    def begun_elsewhere(self) -> bool:
        """Whether it holds acts from before the folder was copied to this place."""
        return any(one != self.learner for one in self._lines.places)

    @property
    def is_kept(self) -> bool:
        """Whether the disk knows who is at work, so that the next start finds the same learner."""
        return self.has_header or self.is_written_down

    def become(self, other: "WorkLog") -> None:
        """Turn into another log, one that nobody else holds: who listens here hears of it now."""
        with self._lock:
            kept = {"listeners", "switched", "_lock"}
            vars(self).update({k: v for k, v in vars(other).items() if k not in kept})
        for tell in list(self.switched):
            tell()

    def go_on_here(self) -> None:
        """Go on as a new learner of the same code name, because this folder is a copy."""
        with self._lock:
            self._learner = new_learner()

    def refresh(self) -> list[Operation]:
        """Take in the lines that others added since the last look, and tell the listeners.

        A FramingkitError says why it cannot be read, or why it cannot be put right.
        """
        with self._lock:
            fresh, _ = self._look()
            if self._owed:
                self._write([])
            return fresh

    def _look(
        self, hoped: Iterable[bytes] = (), ids: Collection[str] = (), but: Listener | None = None
    ) -> tuple[list[Operation], bool]:
        """Take in what is new in the file; return it, and whether all hoped-for lines came.

        Only then their acts are no longer doubtful. In another file nothing hoped for is found.
        """
        known = self._head + self._mark
        content, file = disk.look(self.path, self._read - len(self._mark), len(self._head))
        if not content.startswith(known) or self._was_exchanged(file):
            return self._read_again(), False
        content = content[len(known) :]
        whole = content[: content.rfind(b"\n") + 1]
        lines = [line for line in whole.split(b"\n") if line]
        found = set(hoped) <= set(lines)
        self._doubtful -= set(ids) if found else set()
        fresh = [new for line in lines if (new := self._take(line))]
        if not self._read and content[len(whole) :]:
            self._torn = content[len(whole) :]
            self._notice(
                "The last line of your work file is incomplete, probably after a crash. "
                "Everything shown as “Saved” is there; the incomplete line was ignored."
            )
        self._note_place(whole, file, self._lines.has_header)
        self._tell([one for one in fresh if one.id not in ids])
        self._tell([one for one in fresh if one.id in ids], but)
        return fresh, found

    def _was_exchanged(self, file: disk.FileMark) -> bool:
        """Tell from the outside that a file which begins and ends alike is another one."""
        if self._file is None or file == self._file:
            return False
        return file[:2] != self._file[:2] or (file[2] == self._file[2] and bool(self._read))

    def _note_place(self, whole: bytes, file: disk.FileMark, has_header: bool) -> None:
        self._read += len(whole)
        self._head = (self._head + whole)[:_MARK]
        self._mark = (self._mark + whole)[-_MARK:]
        self._file = file if self._read else None
        self.has_header = has_header
        if has_header and not self._learner:
            self._learner = self._lines.current

    def _read_again(self) -> list[Operation]:
        """Read a file that was deleted, cut or replaced under us; note what is missing in it."""
        content, file = disk.look(self.path)
        try:
            there = LogLines(self.path.name).read(content)
        except NewerLogError as error:
            content, there = b"", self._move_beside(f"{error} Until then")
        if self._head and self._lines.is_anothers(there):
            name = self.path.name
            reason = f"{name} is now the file of another learner and was not changed. From now on"
            content, there = b"", self._move_beside(reason)
        if content and not there.has_header:
            content, there = b"", self._set_aside()
        self._forget_place()
        self._lines.has_header, self._lines.owner = there.has_header, there.owner or self.owner
        self._owed = missing_lines(self._lines, there)
        if self._owed:
            self._notice("Your work file was changed or deleted. What was missing is saved again.")
        fresh = self._lines.absorb(there, self._doubtful)
        self._note_place(content[: content.rfind(b"\n") + 1], file, there.has_header)
        self._tell(fresh)
        return fresh

    def _move_beside(self, reason: str) -> LogLines:
        """Leave a file that is not ours alone, and go on in another one that gets everything."""
        if not self._head:
            raise NewerLogError(reason.removesuffix(" Until then"))
        self.path = free_path(self.path)
        self._notice(f"{reason} your work goes to {self.path.name}.")
        return LogLines(self.path.name)

    def _set_aside(self) -> LogLines:
        """Keep a file that is no log under another name; all work goes into a new one."""
        aside = disk.set_aside(self.path)
        self._notice(f"Your work file was overwritten. What lay there is kept as {aside.name}.")
        return LogLines(self.path.name)

    def _notice(self, sentence: str) -> None:
        if sentence not in self.notices:
            self.notices.append(sentence)

    def _take(self, line: bytes) -> Operation | None:
        """Read one line; return its operation if it is new."""
        try:
            return self._lines.take(line, self._doubtful)
        except NewerLogError:
            raise
        except UNREADABLE:
            if line != self._torn:  # the learner knows about that one already
                self._notice(
                    f"A line of your work file {self.path.name} could not be read and was "
                    "ignored; it is still in the file, and everything else was read."
                )
        return None

    def open_text(self, text: TextVersion) -> None:
        """Note which text and codebook are in use; it is written with the next operation."""
        if text.key not in self.texts:
            self.texts[text.key] = self._unwritten[text.key] = text

    def sift(self, operations: Iterable[Operation]) -> tuple[list[Operation], dict[str, str]]:
        """Tell which acts `record` can take, and say for each other one by its id why not."""
        with self._lock:
            good, refused = sift(self.state, operations)
            for operation in [one for one in good if one.target == CODE_NAME_ITEM]:
                try:
                    self._check_name(operation)
                except FramingkitError as error:
                    refused[operation.id] = str(error)
            return [one for one in good if one.id not in refused], refused

    def _check_name(self, operation: Operation) -> None:
        """Refuse a new name that spreadsheets change, or that another learner here has."""
        name = check_code_name(str((operation.response or {}).get("text", "")))
        if operation.id in self.state.by or name == self.coder:
            return
        check_new_name(name)
        if used := whose_name(name, self.path.parent, self.owner):
            raise FramingkitError(
                f"“{name}” is used by another learner on this computer. If that is you, choose "
                f"“Go on as {used}”; otherwise choose another name."
            )

    def record(
        self, operations: Iterable[Operation], but: Listener | None = None
    ) -> list[Operation]:
        """Write operations to disk and take them in; return those that were new.

        All listeners hear of them, except `but`, which brought them. An act that is known only
        from reading is written once more when it is sent again: whoever wrote it may have got no
        good answer from the disk.

        Raises
        ------
        FramingkitError
            If the disk did not take them, or one can never be taken (see `sift`): then none
            counts as saved.
        """
        with self._lock:
            good, refused = self.sift(operations)
            if refused:
                raise FramingkitError(next(iter(refused.values())))
            wanted = [one for one in good if one.id not in self._confirmed]
            fresh = [one for one in wanted if one.id not in self.state.by]
            if wanted or self._owed:
                self._write(wanted, but)
            return fresh

    def _write(self, acts: list[Operation], but: Listener | None = None) -> None:
        """Write acts and all that is owed until they are read back; give up after some tries."""
        ids = {one.id for one in acts}
        for _ in range(_TRIES):
            self._look()
            if not self.has_header and disk.size(self.path):
                self._owed = missing_lines(self._lines, self._set_aside())
                self._forget_place()
            lines = [json.dumps(one, ensure_ascii=False).encode() for one in self._to_write(acts)]
            self._doubtful.update(id for id in ids if id not in self.state.by)
            try:
                file = disk.append(self.path, b"\n".join([*lines, b""]), self._head)
            except disk.ChangedError:
                continue
            self._file = file or self._file
            if self._look(lines, ids, but)[1]:
                self._confirmed |= ids
                self._owed, self._unwritten = [], {}
                return
        raise FramingkitError(
            f"“{self.path.name}” is changed by another program again and again, so nothing can be "
            "saved in it. Close other programs that use this folder, then try again."
        )

    def _to_write(self, acts: list[Operation]) -> list[dict[str, Any]]:
        """List the lines for some acts, with all that has to come before them."""
        lines = [{"kind": "text"} | asdict(text) for text in self._unwritten.values()]
        owner = self.owner
        if not self.has_header:
            lines = [new_header(self.path, self._first_name, owner), *lines]
        if self.learner not in {owner, *self._lines.places}:
            place = place_of(self.path.parent, self.path)
            lines += [{"kind": "learner", "learner": self.learner, "place": place, "at": utc_now()}]
        return [*lines, *self._owed, *(act_line(one, self.learner, owner) for one in acts)]

    def _tell(self, fresh: list[Operation], but: Listener | None = None) -> None:
        for listener in [listener for listener in self.listeners if fresh and listener != but]:
            listener(fresh)

    def merge(self, copy: LogLines) -> None:
        """Write down what a copy of this log holds beyond it; an error says why it cannot be."""
        with self._lock:
            self.refresh()
            self._lines.owner = self._lines.owner or copy.owner  # of a log that begins with it
            self._owed = lines = missing_lines(copy, self._lines)
            try:
                self.refresh()
            finally:
                if self._owed is lines:  # the copy is still there, for the next time
                    self._owed = []

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
        """Build the answer sheet of everything so far, after a look at the whole file."""
        with self._lock:
            self._file = (0, 0, 0, 0) if self._file else None
            with contextlib.suppress(FramingkitError):
                self.refresh()  # without it, what was saved so far is here
            return self._lines.sheet(made_with, self.coder, self.learner, here=True)

    def write_sheet(self, made_with: str) -> Path:
        """Write the answer sheet beside the log; see `sheet_path` for its name."""
        sheet = self.sheet(made_with)
        path = sheet_path(self.path.parent, sheet)
        disk.write_atomic(path, sheet_to_bytes(sheet))
        return path


CLIENT = "kernel-" + secrets.token_hex(4)
"""The name of this process as an author of operations."""


def utc_now() -> str:
    """Tell the writer's clock in UTC, to the second."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
