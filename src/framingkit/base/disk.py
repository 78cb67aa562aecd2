"""Reads and writes files so that nothing already saved can be lost.

There are two ways to write: one whole new file (:func:`write_atomic`, or :func:`replacing` for a
long one), or more lines at the end of an old one (:func:`append`). Both return only after the
disk has the bytes. What is read is limited in size and strict in form, with a sentence for
everything that is wrong. No other module opens a learner's or a teacher's file to write to it.
"""

import contextlib
import errno
import json
import math
import os
import secrets
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from framingkit.errors import FramingkitError

_REPLACE_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.5, 0.8)
"""Seconds between tries: virus scanners and synced folders hold a file for moments on Windows."""

_UNFINISHED = ".framingkit-"
_HOUR = 3600.0

_REASONS = {
    errno.ENOSPC: "the disk is full. Free some space, then try again",
    errno.EDQUOT: "your disk quota is used up. Free some space, then try again",
    errno.EROFS: "the folder can only be read. Move the course to a folder of your own",
    errno.EACCES: "you may not write there. Move the course to a folder of your own",
    errno.EPERM: "you may not write there. Move the course to a folder of your own",
}


def explain(error: OSError, path: Path) -> FramingkitError:
    """Turn an operating system's error about a file into a sentence with a way out."""
    reason = _REASONS.get(error.errno or 0, f"the computer says: {error.strerror}")
    return FramingkitError(
        f"“{path.name}” could not be written: {reason}. What was saved before is untouched."
    )


@contextlib.contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    A reader, or a crash, finds the old bytes or the new ones. `mode` says who may read the new
    file, as far as the system's own setting allows it.

    Raises
    ------
    FramingkitError
        If the disk is full, read-only or holds the file; the old file is untouched.
    """
    unfinished = path.with_name(_UNFINISHED + secrets.token_hex(8))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _replace(unfinished, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise explain(error, path) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def write_atomic(path: Path, content: bytes) -> None:
    """Replace a file as a whole, for its owner's eyes only; see :func:`replacing`."""
    with replacing(path, 0o600) as file:
        file.write(content)


def sweep(folder: Path) -> None:
    """Delete the unfinished files that crashes left, but not one that is being written now."""
    for path in folder.glob(f"{_UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _HOUR:
                path.unlink()


def _replace(unfinished: Path, path: Path) -> None:
    """Move the new file over the old one, again and again while Windows says it is held."""
    for wait in _REPLACE_WAITS if sys.platform == "win32" else ():
        try:
            unfinished.replace(path)
            return
        except PermissionError:
            time.sleep(wait)
    unfinished.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut; Windows has no such call and needs none."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def append(path: Path, lines: bytes) -> None:
    """Add whole lines to the end of a file and wait until the disk has them.

    A line that an earlier crash left half-written is closed first, so that it can never
    swallow the line that comes after it.

    Raises
    ------
    FramingkitError
        If not every byte reached the disk. The caller must then try again with the same
        lines: some of them may already be there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = not path.exists()
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        handle = os.open(path, flags, 0o600)
        try:
            with _locked(handle):
                _write_lines(handle, lines)
        finally:
            os.close(handle)
        if fresh:
            _sync_folder(path.parent)
    except OSError as error:
        raise explain(error, path) from None


def _write_lines(handle: int, lines: bytes) -> None:
    end = os.lseek(handle, 0, os.SEEK_END)
    if end:
        os.lseek(handle, end - 1, os.SEEK_SET)
        if os.read(handle, 1) != b"\n":
            lines = b"\n" + lines
    if os.write(handle, lines) != len(lines):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    os.fsync(handle)


@contextlib.contextmanager
def _locked(handle: int) -> Iterator[None]:
    """Let one process at a time add lines; the lock dies with its process, so none is stale.

    Some network folders know no locks. Adding lines works there too: only two kernels that
    write in the same instant could then mix their bytes.
    """
    if sys.platform == "win32":
        import msvcrt

        far = 1 << 30  # a byte that no log reaches, because Windows locks bytes against reading
        os.lseek(handle, far, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)
        try:
            yield
        finally:
            os.lseek(handle, far, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield  # closing the file gives the lock back


def set_aside(path: Path) -> Path:
    """Rename a damaged file so that nothing overwrites it, and return its new name.

    Raises
    ------
    FramingkitError
        If it cannot be renamed.
    """
    for number in range(1, 1000):
        aside = path.with_name(f"{path.name}.damaged-{number}")
        if not aside.exists():
            move(path, aside)
            return aside
    raise FramingkitError(f"“{path.name}” is damaged and was set aside 999 times already.")


def move(path: Path, other: Path) -> None:
    """Rename a file.

    Raises
    ------
    FramingkitError
        If it cannot be renamed.
    """
    try:
        path.rename(other)
    except OSError as error:
        raise explain(error, path) from None


SIZE_LIMIT = 2 * 1024 * 1024
"""Bytes that one file may have unless the caller allows more."""


def read_bytes(path: Path, limit: int = SIZE_LIMIT) -> bytes:
    """Read a whole file of at most `limit` bytes.

    Raises
    ------
    FramingkitError
        If the file is missing, is a folder, cannot be read or is too large.
    """
    try:
        size = path.stat().st_size
        if size > limit:
            raise FramingkitError(
                f"“{path.name}” has {size:,} bytes; at most {limit:,} are read. "
                "Check that it is the right file."
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise FramingkitError(
            f"“{path.name}” is missing from the folder “{path.parent.name}”. Check the path; "
            "“framingkit start” copies the files of the course again."
        ) from None
    except OSError as error:
        raise FramingkitError(f"“{path.name}” could not be read: {error.strerror}.") from None


def read_text(path: Path, limit: int = SIZE_LIMIT) -> str:
    """Read a whole UTF-8 file; a byte-order mark at its start is dropped.

    Raises
    ------
    FramingkitError
        As :func:`read_bytes`, or if the file is not UTF-8 text.
    """
    try:
        return read_bytes(path, limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FramingkitError(
            f"“{path.name}” is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from None


def size(path: Path) -> int:
    """Return how many bytes a file has; 0 if there is none."""
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def read_from(path: Path, offset: int, first: int = 0) -> bytes:
    """Read the `first` bytes and what comes after `offset`; nothing if there is no file.

    Raises
    ------
    FramingkitError
        If the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            head = file.read(first)
            file.seek(offset)
            return head + file.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise FramingkitError(f"“{path.name}” could not be read: {error.strerror}.") from None


def parse_json(text: str, name: str) -> Any:
    """Parse JSON strictly: no NaN, no key twice, no endless nesting.

    Raises
    ------
    FramingkitError
        The sentence has `name`, the line and the reason.

    Examples
    --------
    >>> parse_json('{"quote": "red carpet", "quote": "handshake"}', "mine.json")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “mine.json” is damaged: the key 'quote' appears twice.
    """
    try:
        return json.loads(
            text, object_pairs_hook=_no_doubles, parse_constant=_no_constant, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        reason = f"line {error.lineno}, column {error.colno} is not JSON ({error.msg})"
    except (RecursionError, MemoryError):
        reason = "it is nested too deeply"
    except ValueError as error:
        reason = str(error)
    raise FramingkitError(f"“{name}” is damaged: {reason}.")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that appears twice; Python's parser would silently take the last one."""
    fields: dict[str, Any] = {}
    for key, value in pairs:
        if key in fields:
            raise ValueError(f"the key {key!r} appears twice")
        fields[key] = value
    return fields


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(digits: str) -> float:
    """Refuse a number so large that Python would read it as infinite."""
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits)
