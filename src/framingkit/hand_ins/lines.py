"""The lines of a gzipped file that anybody may have written, read within bounds.

A line is checked before it is taken apart, so that a small file cannot become a large one in
memory. Each line holds one JSON object, and every reason why it does not is a sentence.
"""

import json
import math
import re
import stat
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins.hand_in import MOST_PARTS, count_parts
from framingkit.work import MOST_CHARACTERS

LONGEST_HEADER, LONGEST_LINE = 1 << 22, 6 * MOST_CHARACTERS + (1 << 21)
"""Bytes of the first line, and of the line of a learner: all texts that can be handed in, spelled
in the longest way, and their numbers. How many values are in a line is limited as well, because
taken apart they can need forty times as many bytes."""

_MOST_SIGNS = MOST_CHARACTERS + (1 << 21)  # characters; one that is spelled as \u0001 counts once

_GZIP = 31  # what zlib calls the form of a gzip file
_READ, _UNPACK = 1 << 16, 1 << 18
_HALF, _HALF_ESCAPED = re.compile("[\ud800-\udfff]"), re.compile(rb"\\u[dD][89a-fA-F]")
_HALF_SPELLED = re.compile(_HALF_ESCAPED.pattern.decode())


def is_too_long(content: str) -> bool:
    """Tell whether a learner's line could not be read again; names come on top of its content."""
    return len(content) > LONGEST_LINE // 4 and (
        _has_more_signs(content, _MOST_SIGNS - 1000) or len(content.encode()) > LONGEST_LINE - 1000
    )


def _has_more_signs(text: str, most: int) -> bool:
    return len(text) > most and len(text) - 5 * text.count("\\u") > most


def read_lines(path: Path) -> Iterator[bytes]:
    """Give the lines of a gzipped file one after the other, without their ends.

    Raises
    ------
    FramingkitError
        If there is no such file, it is damaged, or a line is too long.
    """
    try:
        # A pipe would never end, and cannot be read twice.
        if not stat.S_ISREG(path.stat().st_mode):
            raise _unreadable(path, "it is not a plain file")
        with path.open("rb") as file:
            yield from _lines(file, path)
    except FileNotFoundError:
        raise FramingkitError(
            f"There is no class file “{shown(path.name)}”. Make one with “framingkit collect "
            "FOLDER”."
        ) from None
    except OSError as error:
        raise _unreadable(path, error.strerror or "the computer does not say why") from None


def _lines(file: BinaryIO, path: Path) -> Iterator[bytes]:
    rest, number = b"", 1
    for block in _unpacked(file, path):
        *whole, rest = (rest + block).split(b"\n")
        yield from whole
        number += len(whole)
        most = LONGEST_HEADER if number == 1 else LONGEST_LINE
        if len(rest) > most:
            raise damaged(path, number, f"it has more than {most:,} bytes")
    if rest:
        yield rest


def _unpacked(file: BinaryIO, path: Path) -> Iterator[bytes]:
    unpacker, packed = zlib.decompressobj(_GZIP), b""
    try:
        while packed or (packed := file.read(_READ)):
            yield unpacker.decompress(packed, _UNPACK)
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                break
    except zlib.error as error:
        raise _unreadable(path, f"what is packed in it is damaged: {error}") from None
    if not unpacker.eof:
        raise _unreadable(path, "it is empty, or it was cut short and is damaged")
    if unpacker.unused_data or file.read(1):
        raise _unreadable(path, "there is more after its end")


def _unreadable(path: Path, reason: str) -> FramingkitError:
    return FramingkitError(
        f"“{shown(path.name)}” cannot be read as a class file ({shown(reason)}). Collect the class "
        "again."
    )


def damaged(path: Path, number: int, reason: str) -> FramingkitError:
    """Say what is wrong with a line."""
    return FramingkitError(
        f"“{shown(path.name)}” is damaged at line {number}: {shown(reason)}. Collect the class "
        "again."
    )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse a key that comes twice; Python's parser would silently take the last one."""
    fields = dict(pairs)
    if len(fields) < len(pairs):
        first, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {shown(first, 40)!r} comes twice")
    return fields


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{shown(digits, 40)} is not a number that JSON knows")
    return number


_QUICK = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)
_STRICT = json.JSONDecoder(object_pairs_hook=_object, parse_float=_finite, parse_constant=_finite)


def parse_line(line: bytes, keys: Callable[[dict[str, Any]], int] = lambda _: -1) -> dict[str, Any]:
    """Take one line apart.

    Parameters
    ----------
    line
        The line.
    keys
        Counts the keys of good data quickly. If the line has no more, none comes twice, and nobody
        has to look at each object, which would take half as long again.

    Raises
    ------
    ValueError
        With the reason why it is not one JSON object.

    Examples
    --------
    >>> parse_line(b'{"coder":"amber","operations":1}')
    {'coder': 'amber', 'operations': 1}
    """
    data = _parsed(line, _QUICK)
    if type(data) is not dict:
        raise ValueError("it is not a JSON object")
    if not _has_keys(line.decode(), keys(data)):
        del data  # or both would be in memory
        data = _parsed(line, _STRICT)
    # Only an escape can bring half a character into UTF-8 text, so most lines are not searched.
    if b"\\" in line and _HALF_ESCAPED.search(line) and _has_half(data):
        raise ValueError("it holds half of a character")
    return data  # type: ignore[no-any-return]


def quick_object(text: str, keys: Callable[[dict[str, Any]], int]) -> dict[str, Any] | None:
    """Take a short text apart; None if anything about it has to be looked at more closely.

    Examples
    --------
    >>> quick_object('{"coder":"amber"}', len), quick_object('{"a":1,"a":2}', len)
    ({'coder': 'amber'}, None)
    """
    try:
        data = _QUICK.decode(text)
    except (ValueError, RecursionError):
        return None
    if type(data) is not dict or not _has_keys(text, keys(data)):
        return None
    return None if "\\" in text and _HALF_SPELLED.search(text) else data


def _has_half(data: object) -> bool:
    """Search texts one by one, since all of them together can be large."""
    parts = [data]
    while parts:
        part = parts.pop()
        if isinstance(part, str) and _HALF.search(part):
            return True
        if isinstance(part, dict | list):
            parts += part
            parts += part.values() if isinstance(part, dict) else ()
    return False


def _has_keys(text: str, count: int) -> bool:
    """Tell whether a line has no more than this many keys.

    A colon may also be in an answer. But a quotation mark in one has a backslash before it, so
    only a key ends in a quotation mark and a colon, unless there is white space between them.
    """
    return text.count(":") == count or (
        text.count('":') == count and not any(space in text for space in ('" ', "\t", "\r"))
    )


def _parsed(line: bytes, decoder: json.JSONDecoder) -> Any:
    try:
        text = line.decode()
        if _has_more_signs(text, _MOST_SIGNS):
            raise ValueError(f"it has more than {_MOST_SIGNS:,} characters, as nobody’s work does")
        if count_parts(text) > MOST_PARTS:
            raise ValueError(f"it holds more than {MOST_PARTS:,} values, as nobody’s work does")
        return decoder.decode(text)
    except UnicodeDecodeError as error:
        reason = f"byte {error.start + 1} is not UTF-8 text"
    except json.JSONDecodeError as error:
        reason = f"column {error.colno} is not JSON ({error.msg})"
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError as error:
        reason = "a number has too many digits" if "digits" in str(error) else str(error)
    raise ValueError(reason)
