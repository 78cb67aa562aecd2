"""Reads and writes files so that nothing already saved can be lost.

There are two ways to write: one whole new file (:func:`write_atomic`, :func:`replacing`), or more
lines at the end of an old one (:func:`append`). Both return only after the disk has the bytes. No
other module opens a learner's or a teacher's file to write to it. What is read is limited in size.
"""

import contextlib
import errno
import os
import secrets
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from framingkit.base import lasting
from framingkit.base.locks import locked
from framingkit.base.strict_json import parse_json as parse_json
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
    errno.ELOOP: "it is a link, not a file of its own. Rename it, then try again",
    errno.EISDIR: "it is a folder. Rename it, then try again",
    errno.EEXIST: "a part of its path is a file, not a folder. Give another path",
    errno.ENOTDIR: "a part of its path is a file, not a folder. Give another path",
    errno.ENOSYS: "this folder cannot promise to keep what is written. Move the course to a folder "
    "on this computer’s own disk",
}

_CAREFUL = sum(getattr(os, flag, 0) for flag in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK"))
"""Never through a link, and never waiting for the other end of a pipe."""

FileMark = tuple[int, int, int, int]
"""What tells one file, in one state, from another: device, number, size and time."""


def _mark(status: os.stat_result) -> FileMark:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


class ChangedError(FramingkitError):
    """Nothing was written, because another file lies there than the one that was meant."""


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
        lasting.written(path)
    except OSError as error:
        raise explain(error, path) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def write_atomic(path: Path, content: bytes) -> None:
    """Replace a file as a whole, for its owner's eyes only; see :func:`replacing`."""
    with replacing(path, 0o600) as file:
        file.write(content)


def write_beside(path: Path, content: bytes, mode: int) -> Path:
    """Write a new file that takes nobody's place: if the name is taken, a number is added to it.

    Nothing of it is seen before all of it is there. `mode` says who may read it, whatever the
    system's own setting.

    Returns
    -------
    Path
        Where it is.

    Raises
    ------
    FramingkitError
        If the folder is missing, or the disk does not take it.
    """
    unfinished = path.with_name(_UNFINISHED + secrets.token_hex(8))
    try:
        with open(unfinished, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.chmod(mode)
        taken = _take_name(path)
        _replace(unfinished, taken)
        _sync_folder(path.parent)
        return taken
    except OSError as error:
        raise explain(error, path) from None
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


def _take_name(path: Path) -> Path:
    """Make an empty file under a name that nobody has; two who ask at once get two names."""
    for number in range(1, 1000):
        name = path if number == 1 else path.with_name(f"{number}-{path.name}")
        with contextlib.suppress(FileExistsError):
            os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return name
    raise FramingkitError(f"“{path.name}” is there 999 times already. Move some of them away.")


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


def append(path: Path, lines: bytes, begins: bytes | None = None) -> FileMark:
    """Add whole lines to the end of a file and wait until the disk has them.

    A line that an earlier crash left half-written is closed first, so that it can never
    swallow the line that comes after it. After a failed wait the system may forget the lines
    although they can be read for a while; a later wait can then succeed without them. So the
    caller must write them again, not only wait again. A file system that knows no such wait
    (``ENOSYS``, ``EINVAL``) keeps no promise at all: there nothing counts as written.

    Parameters
    ----------
    path, lines
        The file, which is made if it is missing, and the lines with their ends.
    begins
        The bytes the file has to begin with, or empty if it has to be empty.

    Returns
    -------
    FileMark
        What the file is now: a later look finds the same, or more bytes, or it was changed.

    Raises
    ------
    FramingkitError
        If not every byte reached the disk; a `ChangedError` if the file does not begin so, or was
        replaced meanwhile. The caller must then try again: some lines may already be there.
    """
    try:
        handle, fresh = _open_to_append(path)
        try:
            _check_plain(handle, path)
            with locked(handle, path):
                _check_beginning(handle, path, begins)
                _write_lines(handle, lines)
                done = os.fstat(handle)
                if not os.path.samestat(done, path.stat()):
                    raise _changed(path)
        finally:
            os.close(handle)
        if fresh:
            _sync_folder(path.parent)
        lasting.written(path)
        return _mark(done)
    except FileNotFoundError:
        raise _changed(path) from None
    except OSError as error:
        raise explain(error, path) from None


def _open_to_append(path: Path) -> tuple[int, bool]:
    """Open a file; say whether it had to be made."""
    flags = os.O_RDWR | os.O_APPEND | _CAREFUL
    try:
        return os.open(path, flags), False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, flags | os.O_CREAT, 0o600), True


def _check_plain(handle: int, path: Path) -> os.stat_result:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise FramingkitError(
            f"“{path.name}” is not a plain file and is left alone. Rename it, then try again."
        )
    return status


def _check_beginning(handle: int, path: Path, begins: bytes | None) -> None:
    if begins is not None:
        os.lseek(handle, 0, os.SEEK_SET)
        if os.read(handle, max(len(begins), 1)) != begins:
            raise _changed(path)


def _changed(path: Path) -> ChangedError:
    return ChangedError(
        f"“{path.name}” was changed by another program while it was written. Wait until that "
        "program is done, then try again."
    )


def _write_lines(handle: int, lines: bytes) -> None:
    end = os.lseek(handle, 0, os.SEEK_END)
    if end:
        os.lseek(handle, end - 1, os.SEEK_SET)
        if os.read(handle, 1) != b"\n":
            lines = b"\n" + lines
    if os.write(handle, lines) != len(lines):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    try:
        os.fsync(handle)
    except OSError as error:
        unknown = error.errno in (errno.EINVAL, errno.ENOTSUP)
        raise OSError(errno.ENOSYS if unknown else error.errno, error.strerror) from None


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
    """Read a whole file, as `reading` opens it."""
    with reading(path, limit) as file:
        return file.read()


@contextlib.contextmanager
def reading(path: Path, limit: int = SIZE_LIMIT) -> Iterator[BinaryIO]:
    """Open a file of at most `limit` bytes, to read it a piece at a time.

    Raises
    ------
    FramingkitError
        If the file is missing, is a folder or pipe, cannot be read or is too large.
    """
    try:
        if (size := path.stat().st_size) > limit:
            raise FramingkitError(
                f"“{path.name}” has {size:,} bytes; at most {limit:,} are read. "
                "Check that it is the right file."
            )
        if not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise FramingkitError(f"“{path.name}” is not a plain file, so it is not read.")
        with path.open("rb") as file:
            yield file
    except FileNotFoundError:
        raise FramingkitError(
            f"“{path.name}” is missing from the folder “{path.absolute().parent.name}”. Check the "
            "path; “framingkit start” copies the files of the course again."
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


def look(path: Path, offset: int = 0, first: int = 0) -> tuple[bytes, FileMark]:
    """Read the `first` bytes of a plain file and what comes after `offset`.

    Returns
    -------
    tuple of bytes and FileMark
        Nothing, and four zeros, if there is no file.

    Raises
    ------
    FramingkitError
        If it is no plain file, or cannot be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _CAREFUL)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = _check_plain(handle, path)
            head = file.read(first) if first else b""
            file.seek(offset)
            content = head + file.readall()
    except (FileNotFoundError, NotADirectoryError):
        return b"", (0, 0, 0, 0)
    except OSError as error:
        raise FramingkitError(f"“{path.name}” could not be read: {error.strerror}.") from None
    return content, _mark(status)


def beginning(path: Path, most: int) -> bytes:
    """Read the first bytes of a file; nothing if it cannot be read."""
    with contextlib.suppress(OSError), path.open("rb", buffering=0) as file:
        return file.read(most) or b""
    return b""


def is_plain(path: Path) -> bool:
    """Tell whether a path is a plain file: no folder, no link, no pipe, no device."""
    with contextlib.suppress(OSError, ValueError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False
