"""Reads files: limited in size, strict in form, with a sentence for everything that is wrong.

Only this module and :mod:`framingkit.saving` open files.
"""

import contextlib
import json
import math
from pathlib import Path
from typing import Any

from framingkit.errors import FramingkitError

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
            f"“{path.name}” is missing from the folder “{path.parent.name}”. Put it back, "
            "or copy the course again with “framingkit start”."
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
    """Tell how many bytes a file has; 0 if it is not there."""
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0


def read_from(path: Path, offset: int, first: int = 0) -> bytes:
    """Read the `first` bytes and what lies after `offset`; nothing if the file is not there.

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
    """Parse JSON strictly: no NaN, no doubled keys, no bottomless nesting.

    Raises
    ------
    FramingkitError
        With `name`, the place and the reason.

    Examples
    --------
    >>> parse_json('{"quote": "red carpet", "quote": "handshake"}', "mine.json")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “mine.json” is damaged: the key 'quote' stands twice.
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
    """Refuse doubled keys, of which Python's parser would silently keep the last."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(digits: str) -> float:
    """Refuse a number so large that Python would read it as infinite."""
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits)
