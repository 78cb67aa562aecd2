"""What a workbook says to an answer: always in sentences, whatever is in the cell."""

import re
from collections.abc import Sequence
from typing import Any

from framingkit import course
from framingkit.base import Page, counted, quoted, sentences_page
from framingkit.course import AnnotationSet, Document, Exercise, Item, load_exercises
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    RESPONSE_KEYS,
    check_response,
    compare_with_reference,
    reply_to,
    reply_when_due,
)
from framingkit.notebook.text import AtWork, tagging_on
from framingkit.work import Tagging, WorkLog, keep_answer

NOTHING_YET = (
    "Nothing is answered yet. Answer above, then run this box again (Shift+Enter), "
    "or write your answer in place of the three dots."
)


def check(lesson: AtWork, exercise: str, answer: Any = ...) -> Page:
    """Keep an answer to an exercise, and say something useful about it.

    Parameters
    ----------
    lesson
        The lesson or workbook at work.
    exercise
        The number of the exercise, for example ``"3.1"``.
    answer
        A letter, a list of letters, a number, a text, or pairs of words and codes; the three
        dots stand for what was answered in the boxes.
    """
    exercises = {found.number: found for found in load_exercises()}
    asked = exercises.get(str(exercise))
    if asked is None:
        choices = ", ".join(exercises)
        return sentences_page(
            "Check an exercise", [f"There is no exercise {exercise!r:.40}. There are: {choices}."]
        )
    try:
        lesson.log.refresh()
        sentences = (_on_tags if asked.document else _on_items)(lesson.log, asked, answer)
    except FramingkitError as error:
        sentences = [str(error)]
    return sentences_page(f"Exercise {asked.number}: {asked.title}", sentences)


def _on_items(log: WorkLog, exercise: Exercise, answer: Any) -> list[str]:
    bank = {item.id: item for item in course.load_items(exercise.lesson)}
    items = [bank[id] for id in exercise.items]
    values = _values(exercise, answer)
    troubles = [_keep(log, item, value) for item, value in zip(items, values, strict=True)]
    replies = [_reply(log, exercise, item) for item in items]
    if not any(troubles) and not any(replies):
        return [NOTHING_YET]
    sentences = []
    for number, item in enumerate(items):
        start = f"Question {number + 1}: " if len(items) > 1 else ""
        first, *rest = [*troubles[number], *(replies[number] or _lines(log, item, None))]
        sentences += [start + first, *rest]
    return sentences


def _is_blank(answer: Any) -> bool:
    """Tell whether the three dots are still there, or nothing is."""
    return answer is ... or answer is None


def _values(exercise: Exercise, answer: Any) -> Sequence[Any]:
    """Give each question of an exercise its part of the answer."""
    count = len(exercise.items)
    if _is_blank(answer) or count == 1:
        return [answer] * count
    if isinstance(answer, str):
        answer = re.sub(r"[\s,;]", "", answer)
    if isinstance(answer, (str, list, tuple)) and len(answer) == count:
        return answer
    raise FramingkitError(
        f"Exercise {exercise.number} has {count} questions, so it needs {count} answers, such as "
        f"{'abcabcabc'[:count]!r}, but got {answer!r:.60}. The three dots stand for the boxes."
    )


def _keep(log: WorkLog, item: Item, value: Any) -> list[str]:
    """Keep an answer that is new; say so if it cannot be understood."""
    if _is_blank(value):
        return []
    key = RESPONSE_KEYS[item.kind]
    response = {key: _shaped(item, value)}
    try:
        check_response(item, response)
        if log.state.answer(item.id) != response:
            keep_answer(log, item, response[key])
    except (FramingkitError, UnicodeError) as error:
        return [f"{error} An earlier answer, if there is one, stays."]
    return []


def _shaped(item: Item, value: Any) -> Any:
    """Read an answer kindly: capital letters, letters in one word, numbers as text."""
    if item.kind == "written" and not isinstance(value, str):
        numbers = value if isinstance(value, (list, tuple)) else [value]
        plain = all(type(number) in (int, float) for number in numbers)
        return " ".join(map(str, numbers)) if plain else value
    if item.kind == "choice" and isinstance(value, str):
        return value.strip().lower()
    if item.kind in ("several", "order") and isinstance(value, str):
        return re.findall(r"[a-z]", value.lower())
    return value


def _reply(log: WorkLog, exercise: Exercise, item: Item) -> list[str]:
    """Reply to the answer that is kept; nothing if there is none that can be read."""
    response = log.state.answer(item.id)
    try:
        if not reply_to(item, response).answer:
            return []
    except FramingkitError:
        return ["This question has changed since you answered it. Please answer it again."]
    text = (response or {}).get("text")
    found = _on_amounts(exercise, text) + _on_facts(exercise, text) if text else []
    return found + _lines(log, item, response)


def _lines(log: WorkLog, item: Item, response: dict[str, Any] | None) -> list[str]:
    """Put the kit's reply to an answer into lines, with a possible answer at the end."""
    reply = reply_when_due(item, response, log.state.answer)
    remarks = [
        f"{quoted(option.rstrip('.'))} – {sentence}" if option else sentence
        for option, sentence in reply.remarks
    ]
    return [*remarks, *reply.levels, *(f"{title}: {text}" for title, text in reply.views)]


_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


def _on_amounts(exercise: Exercise, text: str) -> list[str]:
    """Say whether the first numbers in a text are those that it should give."""
    given = [float(number.replace(",", "")) for number in _NUMBER.findall(text)]
    amounts = exercise.amounts
    if len(given) < len(amounts):
        found = f"{len(given)} of {len(amounts)}"
        return [f"Not yet: numbers found in your answer: {found}."]
    near = [
        abs(number - amount) <= amount * exercise.percent / 100
        for number, amount in zip(given, amounts, strict=False)
    ]
    if not near:
        return []
    if all(near):
        return [f"Yes: your {'number fits' if len(near) == 1 else 'numbers fit'} the text."]
    fit = f"{sum(near)} of {len(near)}"
    return [f"Not yet: numbers that fit the text: {fit}. Look or count again."]


def _on_facts(exercise: Exercise, text: str) -> list[str]:
    """Say which words of the list a text has lost."""
    lost = [f"“{fact}”" for fact in exercise.keep if fact.casefold() not in text.casefold()]
    if lost:
        return [
            f"Not yet: your text lacks {', '.join(lost)}. Put it back, or make sure it is there in "
            "other words."
        ]
    return ["Yes: everything on the list is in your text."] if exercise.keep else []


def _on_tags(log: WorkLog, exercise: Exercise, answer: Any) -> list[str]:
    article, codebook = course.load_article(exercise.document), course.load_codebook()
    tagging = tagging_on(log, exercise.document)
    troubles = [] if _is_blank(answer) else _add_tags(tagging, exercise, answer)
    mine = AnnotationSet(article.id, log.coder, tuple(tagging.spans()))
    codes = exercise.codes or [code.id for code in codebook.core]
    reading = course.find_reference(article.id)
    if reading is None:
        return [*troubles, *_without_reading(mine, article, exercise.section)]
    found = compare_with_reference(mine, reading, article, codebook, codes, exercise.section)
    return [*troubles, *found.sentences]


def _without_reading(mine: AnnotationSet, article: Document, section: str) -> list[str]:
    """Say how many tags are there; a text without a reading has nothing to compare them with."""
    where = article.section(section)
    count = len(mine.within(where.start, where.end).spans)
    if not count:
        return [NOTHING_YET]
    return [
        f"You have {counted(count, 'tag')} in this section. There is no reference reading to "
        "compare with, so put them beside somebody else's, and ask for each: which rule does it "
        "meet?"
    ]


def _add_tags(tagging: Tagging, exercise: Exercise, answer: Any) -> list[str]:
    """Add tags given as pairs of words and a code; return what could not be understood."""
    troubles = []
    for pair in answer if isinstance(answer, (list, tuple)) else [answer]:
        if not _is_pair(pair):
            troubles.append(
                f"A tag is written as words and a code, such as (“red carpet”, “ceremony_symbol”), "
                f"but got {pair!r:.60}."
            )
            continue
        words, label, occurrence = [*pair, 1][:3]
        try:
            tagging.add(words, label, exercise.section, occurrence)
        except (FramingkitError, UnicodeError) as error:
            troubles.append(str(error))
    return troubles


def _is_pair(pair: Any) -> bool:
    """Tell whether this is a tag: words, a code and perhaps which occurrence of the words."""
    if not isinstance(pair, (list, tuple)):
        return False
    kinds = [type(part) for part in pair]
    return kinds in ([str, str], [str, str, int]) and bool(pair[0].strip())
