"""What the kit says to an answer: is it right, the reasons, and the question as static HTML.

A wrong or unfinished answer is met with a reason, never with an error; only a response of the
wrong shape is refused. Marks are always worked out from the answers, and a question without a
right answer never counts against anybody.
"""

import hashlib
import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base import Html, element, passage_html
from framingkit.course import Item, Option
from framingkit.errors import FramingkitError

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


NOT_ANSWERED = "Not answered yet."


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said to an answer.

    `sentences` are pairs: the option that a sentence is about (or nothing), and the sentence.
    `more` are parts to open: a title and its lines.
    """

    sentences: tuple[tuple[str, str], ...]
    more: tuple[tuple[str, tuple[str, ...]], ...] = ()


def is_answered(item: Item, response: Mapping[str, Any] | None) -> bool:
    """Tell whether a response holds more than nothing.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> is_answered(sure, {"confidence": 0}), is_answered(sure, {}), is_answered(sure, None)
    (True, False, False)
    """
    return response is not None and feedback_for(item, response) != feedback_for(item, {})


def options_shown(item: Item) -> tuple[Option, ...]:
    """Return the options as they are shown: those to put in order are mixed, always alike."""
    if item.kind != "order":
        return item.options
    mixed = tuple(sorted(item.options, key=lambda option: _mix(item.id, option.id)))
    return mixed if mixed != item.options else (*mixed[1:], mixed[0])


def _mix(item_id: str, option_id: str) -> bytes:
    return hashlib.sha256(f"{item_id}/{option_id}".encode()).digest()


def reply_to(item: Item, response: Mapping[str, Any]) -> Reply:
    """Say something useful about an answer, each reason with the option it is about.

    Raises
    ------
    FramingkitError
        If the response is not of the shape that the question needs.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> reply_to(sure, {"confidence": 70}).sentences
    (('', 'Your answer is kept; there is no right answer here.'),)
    """
    levels = [f"Level {level}: {line}" for level, line in enumerate(item.rubric)]
    said = [sentence for sentence in feedback_for(item, response) if sentence not in levels]
    about = _reasoned(item, response)
    named = [*about, *[""] * (len(said) - len(about))]
    return Reply(tuple(zip(named, said, strict=True)), _more(item, response, levels))


def _reasoned(item: Item, response: Mapping[str, Any]) -> list[str]:
    """List the options that a reason is given for, in the order of the reasons."""
    if not item.scored or item.kind not in ("choice", "several"):
        return []
    return [item.option(one).text for one in _chosen(item, response)]


def _chosen(item: Item, response: Mapping[str, Any]) -> list[str]:
    value = response.get(RESPONSE_KEYS[item.kind])
    return [value] if item.kind == "choice" and value else list(value or ())


def _more(
    item: Item, response: Mapping[str, Any], levels: list[str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List what helps a writer to judge a text, once there is one of the asked length."""
    if item.kind != "written" or not is_answered(item, response):
        return ()
    long_enough = len(response["text"].split()) >= item.min_words
    parts = (
        ("Check your answer yourself", tuple(levels)),
        ("One possible answer", (item.worked,) if item.worked and long_enough else ()),
        ("Another view", (item.dissent,) if item.dissent and long_enough else ()),
    )
    return tuple(part for part in parts if part[1])


def item_html(item: Item, response: Mapping[str, Any] | None = None) -> Html:
    """Show a question, and the answer with its reply if there is one, as static HTML.

    Parameters
    ----------
    item, response
        The question and the latest answer to it.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> "<em>Not answered yet.</em>" in item_html(sure)
    True
    """
    parts = [element("p", element("strong", item.prompt), dir="auto")]
    if item.options:
        rows = (f"{option.id}: {option.text}" for option in options_shown(item))
        parts.append(element("ul", *(element("li", row, dir="auto") for row in rows)))
    if response is None or not is_answered(item, response):
        return passage_html(*parts, element("p", element("em", NOT_ANSWERED)))
    return passage_html(*parts, *_answer_html(item, response))


def _answer_html(item: Item, response: Mapping[str, Any]) -> list[Html]:
    reply = reply_to(item, response)
    answer = element("p", element("strong", "Your answer: "), answer_words(item, response))
    rows = [
        element("li", *([element("strong", about), " "] if about else []), sentence, dir="auto")
        for about, sentence in reply.sentences
    ]
    more = [
        element(
            "details",
            element("summary", title),
            *(element("p", line, dir="auto") for line in lines),
        )
        for title, lines in reply.more
    ]
    return [answer, element("ul", *rows), *more]


def answer_words(item: Item, response: Mapping[str, Any]) -> str:
    """Put an answer into words.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> answer_words(sure, {"confidence": 70})
    '70 of 100'
    """
    sure = response.get("confidence")
    if item.kind == "confidence":
        return f"{sure} of 100"
    if item.kind == "written":
        words = str(response["text"])
    else:
        words = "; ".join(item.option(one).text for one in _chosen(item, response))
    return words if sure is None else f"{words} (sure: {sure} of 100)"


POINTS = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
CLOSED = ("choice", "several", "order")


def score_item(item: Item, response: Mapping[str, Any] | None) -> str:
    """Tell whether an answer is "right", "partly" right or "wrong"; empty if it is not scored.

    Of several options, an answer is partly right if more of its options fit than do not. An
    order is partly right if at least half of its neighbours stand in order. A blank answer, or
    one that is not of the shape its question needs, is not scored.

    Examples
    --------
    >>> from framingkit.course import Option
    >>> options = (Option("a", "chess", True, "Yes."), Option("b", "carpet", False, "No."))
    >>> item = Item("game", "03-commentary", "choice", "Which?", 1, "apply", options)
    >>> score_item(item, {"choice": "a"}), score_item(item, {"choice": "b"}), score_item(item, {})
    ('right', 'wrong', '')
    """
    if not item.scored or item.kind not in CLOSED or response is None:
        return ""
    try:
        check_response(item, response)
    except FramingkitError:
        return ""
    value = response.get(RESPONSE_KEYS[item.kind])
    if not value:
        return ""
    if item.kind == "choice":
        return "right" if item.option(value).correct else "wrong"
    return _several(item, set(value)) if item.kind == "several" else _order(item, value)


def _several(item: Item, chosen: set[str]) -> str:
    correct = {option.id for option in item.options if option.correct}
    if chosen == correct:
        return "right"
    return "partly" if len(chosen & correct) > len(chosen - correct) else "wrong"


def _order(item: Item, order: Sequence[str]) -> str:
    place = {option.id: number for number, option in enumerate(item.options)}
    if len(order) < len(place):
        return "wrong"
    right = sum(place[one] < place[two] for one, two in itertools.pairwise(order))
    if right == len(place) - 1:
        return "right"
    return "partly" if 2 * right >= len(place) - 1 else "wrong"
