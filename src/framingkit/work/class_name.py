"""The class that a learner belongs to: what the link of a class said, as the learner left it.

It is kept as the answer to an item of its own. So it lies in the log and in the answer sheet like
any other answer, goes along to another computer, and a kit that does not know it reads the sheet.
"""

from collections.abc import Mapping
from typing import Any

from framingkit.errors import FramingkitError

CLASS_NAME_ITEM = "class-name"
"""The item whose answer names the class that a learner hands in for."""

LONGEST_CLASS_NAME = 40


def check_class_name(name: object) -> str:
    """Return the name of a class with single spaces; an empty one names no class.

    Raises
    ------
    FramingkitError
        If it is no text, too long, or has signs that cannot be seen or that mark up a page.

    Examples
    --------
    >>> check_class_name("  10b,  Tuesday ")
    '10b, Tuesday'
    """
    words = " ".join(name.split()) if isinstance(name, str) else "\0"
    if len(words) > LONGEST_CLASS_NAME or not words.isprintable() or set(words) & {"<", ">"}:
        raise FramingkitError(
            f"A class name has up to {LONGEST_CLASS_NAME} letters that can be seen, without < and "
            ">. Choose a shorter or plainer one."
        )
    return words


def class_name_in(responses: Mapping[str, Mapping[str, Any]]) -> str:
    """Give the class that somebody's answers name; empty if they name none that can be shown.

    Examples
    --------
    >>> class_name_in({"class-name": {"text": "10b"}}), class_name_in({})
    ('10b', '')
    """
    try:
        return check_class_name(responses.get(CLASS_NAME_ITEM, {}).get("text", ""))
    except FramingkitError:
        return ""
