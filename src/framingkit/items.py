"""What the kit says to a learner's answer.

A wrong or unfinished answer is met with a reason, never with an error; only a response
of the wrong shape is refused. The questions themselves are read by :mod:`framingkit.item_bank`.
"""

import itertools
from collections.abc import Mapping
from typing import Any

from framingkit.errors import FramingkitError
from framingkit.item_bank import Item, Option, parse_items

__all__ = ["RESPONSE_KEYS", "Item", "Option", "check_response", "feedback_for", "parse_items"]

RESPONSE_KEYS = {
    "choice": "choice",
    "several": "choices",
    "order": "order",
    "confidence": "confidence",
    "written": "text",
}
_LOOK_AGAIN = "Another answer fits better: look again."
_BLANK = {
    "choice": "Nothing is chosen yet. Choose one answer.",
    "several": "Nothing is chosen yet. Choose every answer that fits.",
    "order": "Nothing is in order yet. Put the entries one after the other.",
    "confidence": "Nothing is answered yet. Give a number from 0 (a guess) to 100 (certain).",
    "written": "Nothing is written yet. Write your answer in your own words.",
}


def check_response(item: Item, response: Mapping[str, Any]) -> None:
    """Refuse a response that is not of the shape its question needs.

    An empty choice, list or text is a blank answer and is allowed.

    Raises
    ------
    FramingkitError
        With the wanted shape, what came, and the options on offer.

    Examples
    --------
    >>> item = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> check_response(item, {"confidence": 70})
    """
    key = RESPONSE_KEYS[item.kind]
    _check_keys(item, response, key)
    value = response.get(key)
    if key in ("choice", "text") and value is not None and not isinstance(value, str):
        raise _wrong(item, f"{key!r} must be a text", value)
    if key in ("choices", "order"):
        _check_ids(item, key, value)
    if key == "choice" and value:
        item.option(value)
    sure = response.get("confidence")
    if sure is not None and not (type(sure) is int and 0 <= sure <= 100):
        raise _wrong(item, "'confidence' must be a whole number from 0 to 100", sure)


def _check_keys(item: Item, response: Mapping[str, Any], key: str) -> None:
    if not isinstance(response, Mapping) or not set(response) <= {key, "confidence"}:
        raise _wrong(item, f"an answer is written {{{key!r}: ...}}", response)


def _check_ids(item: Item, key: str, value: Any) -> None:
    if value is None:
        return
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise _wrong(item, f"{key!r} must be a list of option ids", value)
    for one in value:
        item.option(one)
    if len(set(value)) < len(value):
        raise _wrong(item, f"{key!r} must name each option once", value)


def _wrong(item: Item, wanted: str, came: object) -> FramingkitError:
    return FramingkitError(f"For the question {item.id!r} {wanted}, but got {came!r:.80}.")


def feedback_for(item: Item, response: Mapping[str, Any]) -> list[str]:
    """Say something useful about an answer, in sentences.

    Raises
    ------
    FramingkitError
        If the response is not of the right shape; see :func:`check_response`.

    Examples
    --------
    >>> item = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> feedback_for(item, {})
    ['Nothing is answered yet. Give a number from 0 (a guess) to 100 (certain).']
    """
    check_response(item, response)
    value = response.get(RESPONSE_KEYS[item.kind])
    if value is None or (isinstance(value, str) and not value.strip()) or value in ((), []):
        return [_BLANK[item.kind]]
    if item.kind == "written":
        sentences = _on_written(item, value)
    elif not item.scored or item.kind == "confidence":
        sentences = ["Your answer is kept; there is no right answer here."]
    elif item.kind == "choice":
        chosen = item.option(value)
        sentences = [chosen.feedback] + ([] if chosen.correct else [_LOOK_AGAIN])
    elif item.kind == "several":
        sentences = _on_several(item, value)
    else:
        sentences = _on_order(item, value)
    return sentences + ([item.after] if item.after else [])


def _on_several(item: Item, chosen: list[str]) -> list[str]:
    sentences = [item.option(one).feedback for one in chosen]
    missing = sum(option.correct and option.id not in chosen for option in item.options)
    if missing:
        sentences.append(f"{missing} more {'fits' if missing == 1 else 'fit'}: look again.")
    elif all(item.option(one).correct for one in chosen):
        sentences.append("You found every answer that fits.")
    else:
        sentences.append("Every answer that fits is among yours, but not all of yours fit.")
    return sentences


def _on_order(item: Item, order: list[str]) -> list[str]:
    place = {option.id: number for number, option in enumerate(item.options)}
    swapped = [
        f"“{item.option(second).text}” comes before “{item.option(first).text}”."
        for first, second in itertools.pairwise(order)
        if place[first] > place[second]
    ]
    left = len(item.options) - len(order)
    if left:
        swapped.append(f"{left} {'entry is' if left == 1 else 'entries are'} still to be placed.")
    return swapped or ["This is the order."]


def _on_written(item: Item, text: str) -> list[str]:
    words = len(text.split())
    sentences = [f"You wrote {words} {'word' if words == 1 else 'words'}."]
    if words < item.min_words:
        sentences.append(f"Write at least {item.min_words}, so that your reason can be seen.")
    if not item.scored:
        return [*sentences, "Your answer is kept; there is no right answer here."]
    sentences.append("Now check it yourself: which of these describes your answer?")
    return sentences + [f"Level {level}: {line}" for level, line in enumerate(item.rubric)]
