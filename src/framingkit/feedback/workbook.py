"""Read what stands in an answer cell kindly, and look at numbers and facts in a text.

Nothing here keeps anything: :mod:`framingkit.notebook.workbook` does.
"""

import re
from collections.abc import Sequence
from typing import Any

from framingkit.base import quoted
from framingkit.course import Exercise, Item
from framingkit.errors import FramingkitError
from framingkit.feedback.answers import reply_to

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def is_blank(answer: Any) -> bool:
    """Tell whether the three dots still stand, or nothing does.

    Examples
    --------
    >>> is_blank(...), is_blank(None), is_blank("")
    (True, True, False)
    """
    return answer is ... or answer is None


def values_for(exercise: Exercise, answer: Any) -> Sequence[Any]:
    """Give each question of an exercise its part of the answer.

    Raises
    ------
    FramingkitError
        If there are more or fewer parts than questions.
    """
    count = len(exercise.items)
    if is_blank(answer):
        return [...] * count
    if count == 1:
        return [answer]
    if isinstance(answer, str):
        answer = re.sub(r"[\s,;]", "", answer)
    if isinstance(answer, (str, list, tuple)) and len(answer) == count:
        return list(answer)
    raise FramingkitError(
        f"Exercise {exercise.number} has {count} questions, so it needs {count} answers, such as "
        f"{'abcabcabc'[:count]!r}, but got {answer!r:.60}. The three dots stand for the boxes."
    )


def shaped(item: Item, value: Any) -> Any:
    """Read an answer kindly: capital letters, letters in one word, numbers as text."""
    if item.kind == "written" and not isinstance(value, str):
        numbers = value if isinstance(value, (list, tuple)) else [value]
        plain = all(type(one) in (int, float) for one in numbers)
        return " ".join(map(str, numbers)) if plain else value
    if item.kind == "choice" and isinstance(value, str):
        return value.strip().lower()
    if item.kind in ("several", "order") and isinstance(value, str):
        return re.findall(r"[a-z]", value.lower())
    return value


def reply_lines(item: Item, response: dict[str, Any]) -> list[str]:
    """Put the kit's reply to an answer into lines, with a possible answer at the end."""
    reply = reply_to(item, response)
    remarks = [
        f"{quoted(option.rstrip('.'))} – {sentence}" if option else sentence
        for option, sentence in reply.remarks
    ]
    return [*remarks, *reply.levels, *(f"{title}: {text}" for title, text in reply.views)]


def on_amounts(exercise: Exercise, text: str) -> list[str]:
    """Say whether the first numbers in a text are those that it should give."""
    if not exercise.amounts:
        return []
    given = [float(one.replace(",", "")) for one in _NUMBER.findall(text)]
    given = given[: len(exercise.amounts)]
    if len(given) < len(exercise.amounts):
        return [f"Numbers found in your answer: {len(given)} of {len(exercise.amounts)}."]
    near = [
        abs(mine - wanted) <= wanted * exercise.percent / 100
        for mine, wanted in zip(given, exercise.amounts, strict=True)
    ]
    if all(near):
        return ["Your number fits the text." if len(near) == 1 else "Your numbers fit the text."]
    return [f"Numbers that fit the text: {sum(near)} of {len(near)}. Look or count once more."]


def on_facts(exercise: Exercise, text: str) -> list[str]:
    """Say which facts of the list a text has lost."""
    if not exercise.keep:
        return []
    lost = [one for one in exercise.keep if one.casefold() not in text.casefold()]
    if not lost:
        return ["All facts on the list stand in your text."]
    words = ", ".join(f"“{one}”" for one in lost)
    return [f"Not found in your text: {words}. Put it back, or make sure it stands in other words."]


def is_pair(one: Any) -> bool:
    """Tell whether this is a tag: words, a code and perhaps the number of the place.

    Examples
    --------
    >>> is_pair(("red carpet", "ceremony_symbol")), is_pair("red carpet")
    (True, False)
    """
    if not isinstance(one, (list, tuple)) or len(one) not in (2, 3):
        return False
    kinds = [type(part) for part in one]
    return kinds in ([str, str], [str, str, int]) and bool(one[0].strip())
