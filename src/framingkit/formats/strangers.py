"""Files from anybody: read with limits, and named in what is wrong with them."""

import json
import re
from typing import Any

from framingkit.base import parse_json, shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins import MOST_PARTS, count_parts, decoded

MOST_BYTES = 64 * 1024 * 1024
"""Bytes that one file can have."""

MOST_MARKS = 200_000
"""Tags that are read at a time, from one file or many."""

_NUMBER = re.compile(r"\d{1,15}")
_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def parsed(content: bytes, name: str) -> Any:
    r"""Read JSON, or a list of the objects of JSON Lines.

    Raises
    ------
    FramingkitError
        If it is neither, or holds more than is read.

    Examples
    --------
    >>> parsed(b'{"text": "hot"}', "a.json"), parsed(b'{"id": 1}\n{"id": 2}', "b.jsonl")
    ({'text': 'hot'}, [{'id': 1}, {'id': 2}])
    """
    label = shown(name)
    text = decoded(content, label)
    if count_parts(text) > MOST_PARTS:
        raise FramingkitError(
            f"“{label}” holds more than {MOST_PARTS:,} values, and no more are read. Export it in "
            "several files."
        )
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and text.startswith("{") and lines[0].rstrip().endswith("}"):
        return [_json(line, f"{label}, line {n}") for n, line in enumerate(lines, start=1)]
    return _json(text, label)


def _json(text: str, label: str) -> Any:
    data = parse_json(text, label)
    if _ESCAPE.search(text):  # only an escape can bring half a character into a text
        try:
            json.dumps(data, ensure_ascii=False).encode()
        except UnicodeEncodeError:
            raise FramingkitError(
                f"“{label}” is damaged: it holds half of a character. Export it again."
            ) from None
    return data


def plain_text(content: bytes, name: str) -> str:
    """Read a plain text as it is: every character counts, but for a mark at its start.

    Raises
    ------
    FramingkitError
        If it is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FramingkitError(
            f"“{shown(name)}” is not UTF-8 text (byte {error.start}). Save it as UTF-8."
        ) from None


def objects(value: Any) -> list[dict[str, Any]]:
    """Give the objects of a value that may be one, a list of them, or something else."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, dict)]


def words(value: Any) -> str:
    """Give a text; of other values their spelling, of none nothing."""
    if isinstance(value, str):
        return value
    return "" if value is None or isinstance(value, dict | list | bool) else str(value)


def number(value: Any) -> int | None:
    """Give a whole number that is not negative, also one written as text; None for the rest.

    Examples
    --------
    >>> number(13), number("23"), number(-1), number(True), number(2.5)
    (13, 23, None, None, None)
    """
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**15:
        return value
    return None


def percent(value: Any) -> int | None:
    """Give a number from 0 to 100; None for the rest."""
    found = number(value)
    return found if found is not None and found <= 100 else None
