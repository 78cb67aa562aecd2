"""Reads JSON that anybody may have written: strict in form, with a sentence for what is wrong."""

import json
import math
from typing import Any

from framingkit.errors import FramingkitError


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
    fields = dict(pairs)
    if len(fields) < len(pairs):
        met: set[str] = set()
        for key, _ in pairs:
            if key in met:
                raise ValueError(f"the key {key!r} appears twice")
            met.add(key)
    return fields


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number that JSON knows")


def _finite(digits: str) -> float:
    """Refuse a number so large that Python would read it as infinite."""
    number = float(digits)
    return number if math.isfinite(number) else _no_constant(digits)
