"""A question as static HTML, and the kit's reply to an answer in the parts a page shows.

The live widget and the static page beside it show the same parts, so they are made here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framingkit.items import RESPONSE_KEYS, Item, Option, feedback_for
from framingkit.markup import Html, element, passage_html

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
