"""What the kit says to an answer: is it right, the reasons, and the question as static HTML.

A wrong or unfinished answer gets a reason, never an error; only a response of the wrong shape is
refused. Marks are always worked out from the answers, and a question without a right answer never
counts against anybody.
"""

import itertools
import re
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
POINTS = {"right": 1.0, "partly": 0.5, "wrong": 0.0}
_BLANK = {
    "choice": "Nothing is chosen yet. Choose one answer.",
    "several": "Nothing is chosen yet. Choose every answer that fits.",
    "order": "Nothing is in order yet. Put the entries one after the other.",
    "confidence": "Nothing is answered yet. Say how sure you are: 0 is a guess, 100 is certain.",
    "written": "Nothing is written yet. Write your answer in your own words.",
}
_KEPT = "Your answer is kept; there is no right answer here."
_FITS, _NOT_YET, _NO_FIT, _PARTLY = "Yes", "Not yet", "Does not fit", "Partly right"
_WORD = re.compile(rf"({_FITS}|{_NOT_YET}|{_NO_FIT}|{_PARTLY})[.:,] (.+)", re.DOTALL)
STATES = {"right": "Right", "partly": _PARTLY, "wrong": _NOT_YET, "kept": "Kept"}
"""How an answer is, in words; "kept" where there is no right answer, or none is shown."""


def check_response(item: Item, response: Mapping[str, Any]) -> list[Option]:
    """Refuse a response that is not of the shape its question needs; return the chosen options.

    An empty choice, list or text is a blank answer and is allowed.

    Raises
    ------
    FramingkitError
        With the shape that is needed, the response, and the options on offer.

    Examples
    --------
    >>> item = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> check_response(item, {"confidence": 70})
    []
    """
    key = RESPONSE_KEYS[item.kind]
    if not isinstance(response, Mapping) or not response.keys() <= {key, "confidence"}:
        raise _wrong(item, f"an answer is written {{{key!r}: ...}}", response)
    value, sure = response.get(key), response.get("confidence")
    if sure is not None and not (type(sure) is int and 0 <= sure <= 100):
        raise _wrong(item, "'confidence' must be a whole number from 0 to 100", sure)
    if value is None or key == "confidence":
        return []
    if key in ("choice", "text"):
        if not isinstance(value, str):
            raise _wrong(item, f"{key!r} must be a text", value)
        return [item.option(value)] if key == "choice" and value else []
    if not isinstance(value, (list, tuple)) or not all(isinstance(id, str) for id in value):
        raise _wrong(item, f"{key!r} must be a list of option ids", value)
    chosen = [item.option(id) for id in value]
    if len(set(value)) < len(value):
        raise _wrong(item, f"{key!r} must name each option once", value)
    return chosen


def _wrong(item: Item, wanted: str, value: object) -> FramingkitError:
    return FramingkitError(f"For the question {item.id!r} {wanted}, but got {value!r:.80}.")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the kit says to an answer, part by part, for every place that shows it.

    Parameters
    ----------
    answer
        The answer in words: the chosen options, or the text; empty if nothing is answered.
    remarks
        Pairs: the text of the option that a sentence is about (or nothing), and the sentence. A
        sentence on a scored answer begins with "Yes", "Not yet" or words as plain as these.
    mark
        "right", "partly" or "wrong"; empty if there is no right answer, or nothing is answered.
    levels
        The rubric, for the writers of a text to check it themselves.
    views
        Pairs of a title and a text: one possible answer and another view, once the learner's
        text is as long as it has to be.
    others
        Pairs, as in `remarks`, on the options that were left alone: why they do not fit. Only
        after a right answer.
    """

    answer: tuple[str, ...]
    remarks: tuple[tuple[str, str], ...]
    mark: str = ""
    levels: tuple[str, ...] = ()
    views: tuple[tuple[str, str], ...] = ()
    others: tuple[tuple[str, str], ...] = ()

    @property
    def state(self) -> str:
        """How the answer is, as a key of `STATES`; empty if nothing is answered."""
        return self.mark or ("kept" if self.answer else "")

    @property
    def sentences(self) -> list[str]:
        """The remarks without their options."""
        return [sentence for _, sentence in self.remarks]

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """What a writer can open: a title and its lines."""
        check = [("Check your answer yourself", self.levels)] if self.levels else []
        return check + [(title, (text,)) for title, text in self.views]


def reply_to(item: Item, response: Mapping[str, Any] | None) -> Reply:
    """Say something useful about an answer; its mark and its remarks are decided together.

    Of several options, an answer is partly right if more of its options fit than do not. An
    order is partly right if at least half of its neighbours are in order.

    Raises
    ------
    FramingkitError
        If the response is not of the right shape; see :func:`check_response`.

    Examples
    --------
    >>> options = (Option("a", "chess", True, "Yes."), Option("b", "carpet", False, "No."))
    >>> item = Item("game", "03-commentary", "choice", "Which?", 1, "apply", options)
    >>> reply_to(item, {"choice": "b"}).remarks
    (('carpet', 'Not yet: No.'), ('', 'Another answer fits better: look again.'))
    """
    response = {} if response is None else response
    chosen = check_response(item, response)
    value = response.get(RESPONSE_KEYS[item.kind])
    if value is None or (isinstance(value, str) and not value.strip()) or value in ((), []):
        return Reply((), (("", _BLANK[item.kind]),))
    after = [("", item.after)] if item.after else []
    if item.kind == "written":
        return _on_text(item, value, after)
    if item.kind == "confidence":
        return Reply((f"{value} of 100",), (("", _KEPT), *after))
    mark = _mark(item, chosen) if item.scored else ""
    remarks = _reasons(item, chosen, mark) if mark else [("", _KEPT)]
    left = [option for option in item.options if option not in chosen] if mark == "right" else []
    others = tuple((option.text, option.feedback) for option in left)
    answer = tuple(option.text for option in chosen)
    return Reply(answer, (*remarks, *after), mark, others=others)


def _mark(item: Item, chosen: Sequence[Option]) -> str:
    """Decide how far an answer is right; the remarks follow from this."""
    if item.kind == "order":
        if len(chosen) < len(item.options):
            return "wrong"
        swapped = len(_swapped(item, chosen))
        return "right" if not swapped else "partly" if 2 * swapped < len(chosen) else "wrong"
    fit = sum(option.correct for option in chosen)
    others = len(chosen) - fit
    if not others and fit == sum(option.correct for option in item.options):
        return "right"
    return "partly" if fit > others else "wrong"


def _swapped(item: Item, chosen: Sequence[Option]) -> list[tuple[Option, Option]]:
    number = item.options.index
    pairs = itertools.pairwise(chosen)
    return [(first, second) for first, second in pairs if number(first) > number(second)]


def _reasons(item: Item, chosen: Sequence[Option], mark: str) -> list[tuple[str, str]]:
    if item.kind == "order":
        return [("", sentence) for sentence in _on_order(item, chosen, mark)]
    missing = sum(option.correct and option not in chosen for option in item.options)
    if item.kind == "choice":
        last = "" if mark == "right" else "Another answer fits better: look again."
    elif mark == "right":
        last = f"{_FITS}: you found every answer that fits."
    elif missing:
        fits = f"{missing} more {'fits' if missing == 1 else 'fit'}"
        last = f"{STATES[mark]}: {fits}, so look again."
    else:
        last = f"{STATES[mark]}: every answer that fits is among yours, but not all of yours fit."
    reasons = [(option.text, _reason(item, option)) for option in chosen]
    return reasons + ([("", last)] if last else [])


def _on_order(item: Item, chosen: Sequence[Option], mark: str) -> list[str]:
    if mark == "right":
        return [f"{_FITS}: this is the order."]
    pairs = _swapped(item, chosen)
    sentences = [f"“{second.text}” comes before “{first.text}”." for first, second in pairs]
    left = len(item.options) - len(chosen)
    if left:
        sentences.append(f"{left} {'entry is' if left == 1 else 'entries are'} still to be placed.")
    return [f"{STATES[mark]}: {sentences[0]}", *sentences[1:]]


def _reason(item: Item, option: Option) -> str:
    """Say whether a chosen option fits, and why; some reasons say yes by themselves."""
    if option.correct:
        return option.feedback if _WORD.match(option.feedback) else f"{_FITS}: {option.feedback}"
    return f"{_NOT_YET if item.kind == 'choice' else _NO_FIT}: {option.feedback}"


def word_first(sentence: str) -> tuple[str, str]:
    """Take the plain word at the start of a remark and what follows it apart.

    Examples
    --------
    >>> word_first("Not yet: it is a real game.")
    ('Not yet', 'It is a real game.')
    >>> word_first("You wrote 3 words.")
    ('', 'You wrote 3 words.')
    """
    found = _WORD.match(sentence)
    if not found:
        return "", sentence
    word, rest = found.groups()
    return word, rest[0].upper() + rest[1:]


def _on_text(item: Item, text: str, after: list[tuple[str, str]]) -> Reply:
    words = len(text.split())
    long_enough = words >= item.min_words
    sentences = [f"You wrote {words} {'word' if words == 1 else 'words'}."]
    if not long_enough:
        sentences.append(f"Write at least {item.min_words}, so that your reason can be seen.")
    check = "Now check it yourself: which of these describes your answer?"
    sentences.append(check if item.scored else _KEPT)
    remarks = (*(("", sentence) for sentence in sentences), *after)
    levels = tuple(f"Level {level}: {line}" for level, line in enumerate(item.rubric))
    views = (("One possible answer", item.worked), ("Another view", item.dissent))
    shown = tuple(view for view in views if view[1]) if long_enough else ()
    return Reply((text,), remarks, "", levels, shown)


def score_item(item: Item, response: Mapping[str, Any] | None) -> str:
    """Return the mark of an answer; empty also if the answer cannot be read.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> score_item(sure, {"confidence": 70}), score_item(sure, {"choice": "a"})
    ('', '')
    """
    if response is None or not item.scored:
        return ""
    try:
        chosen = check_response(item, response)
    except FramingkitError:
        return ""
    return _mark(item, chosen) if chosen else ""


def options_shown(item: Item) -> tuple[Option, ...]:
    """Return the options as they are shown: what is put in order is shown by its letters.

    The bank lists it in the right order, and its letters are mixed there.
    """
    if item.kind != "order":
        return item.options
    return tuple(sorted(item.options, key=lambda option: option.id))


def item_html(
    item: Item, response: Mapping[str, Any] | None = None, reply: Reply | None = None
) -> Html:
    """Show a question, and the answer with its reply if there is one, as static HTML.

    Parameters
    ----------
    item, response
        The question and the latest answer to it.
    reply
        The reply to show, if it is not all that :func:`reply_to` says.

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
    reply = reply or reply_to(item, response)
    if not reply.answer:
        return passage_html(*parts, element("p", element("em", "Not answered yet.")))
    sure = (response or {}).get("confidence") if item.kind != "confidence" else None
    words = "; ".join(reply.answer) + ("" if sure is None else f" (sure: {sure} of 100)")
    answer = element("p", element("strong", "Your answer: "), words)
    return passage_html(*parts, answer, *_reply_html(reply))


def _reply_html(reply: Reply) -> list[Html]:
    rows = [
        element("li", *([element("strong", about), " "] if about else []), sentence, dir="auto")
        for about, sentence in reply.remarks
    ]
    opened = [
        element(
            "details",
            element("summary", title),
            *(element("p", line, dir="auto") for line in lines),
        )
        for title, lines in reply.parts
    ]
    state = element("p", element("strong", f"{STATES[reply.state]}."))
    return [state, element("ul", *rows), *opened]
