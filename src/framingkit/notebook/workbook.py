"""What a workbook says to an answer: always in sentences, whatever stands in the cell."""

from typing import Any

from framingkit import course
from framingkit.base import Page, sentences_page
from framingkit.course import AnnotationSet, Exercise, Item, load_exercises
from framingkit.errors import FramingkitError
from framingkit.feedback import (  # fmt: skip
    RESPONSE_KEYS,
    check_response,
    compare_with_reference,
    is_blank,
    is_pair,
    on_amounts,
    on_facts,
    reply_lines,
    reply_to,
    shaped,
    values_for,
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
    found = {one.number: one for one in load_exercises()}.get(str(exercise))
    if found is None:
        numbers = ", ".join(one.number for one in load_exercises())
        return sentences_page(
            "Check an exercise", [f"There is no exercise {exercise!r:.40}. There are: {numbers}."]
        )
    try:
        lesson.log.refresh()
        said = (_on_tags if found.document else _on_items)(lesson.log, found, answer)
    except FramingkitError as error:
        said = [str(error)]
    return sentences_page(f"Exercise {found.number}: {found.title}", said)


def _on_items(log: WorkLog, exercise: Exercise, answer: Any) -> list[str]:
    bank = {item.id: item for item in course.load_items(exercise.lesson)}
    items = [bank[one] for one in exercise.items]
    troubles = [
        _keep(log, item, value)
        for item, value in zip(items, values_for(exercise, answer), strict=True)
    ]
    said = [_said(log, exercise, item) for item in items]
    if not any(troubles) and not any(said):
        return [NOTHING_YET]
    sentences = []
    for place, (item, trouble, lines) in enumerate(zip(items, troubles, said, strict=True), 1):
        start = f"Question {place}: " if len(items) > 1 else ""
        first, *rest = [*trouble, *(lines or [*reply_lines(item, {})])]
        sentences += [start + first, *rest]
    return sentences


def _keep(log: WorkLog, item: Item, value: Any) -> list[str]:
    """Keep an answer that is new; say so if it cannot be understood."""
    if is_blank(value):
        return []
    response = {RESPONSE_KEYS[item.kind]: shaped(item, value)}
    try:
        check_response(item, response)
        if log.state.answer(item.id) != response:
            keep_answer(log, item, response[RESPONSE_KEYS[item.kind]])
    except (FramingkitError, UnicodeError) as error:
        return [f"{error} An earlier answer, if there is one, stays."]
    return []


def _said(log: WorkLog, exercise: Exercise, item: Item) -> list[str]:
    """Reply to the answer that is kept; nothing if there is none that can be read."""
    response = log.state.answer(item.id) or {}
    try:
        if not reply_to(item, response).answer:
            return []
    except FramingkitError:
        return ["This question has changed since you answered it. Please answer it again."]
    extra = []
    if item.kind == "written":
        extra = on_amounts(exercise, response["text"]) + on_facts(exercise, response["text"])
    return extra + reply_lines(item, response)


def _on_tags(log: WorkLog, exercise: Exercise, answer: Any) -> list[str]:
    article, codebook = course.load_article(exercise.document), course.load_codebook()
    tagging = tagging_on(log, exercise.document)
    troubles = [] if is_blank(answer) else _add_tags(tagging, exercise, answer)
    mine = AnnotationSet(article.id, log.coder, tuple(tagging.spans()))
    codes = exercise.codes or [code.id for code in codebook.core]
    reading = course.load_reference(article.id)
    found = compare_with_reference(mine, reading, article, codebook, codes, exercise.section)
    return [*troubles, *found.sentences]


def _add_tags(tagging: Tagging, exercise: Exercise, answer: Any) -> list[str]:
    """Add tags given as pairs of words and a code; return what could not be understood."""
    pairs = answer if isinstance(answer, (list, tuple)) else [answer]
    troubles = []
    for one in pairs:
        words, label, place = [*one, 1][:3] if is_pair(one) else ("", "", 1)
        if not words:
            troubles.append(
                f"A tag is written as words and a code, such as (“red carpet”, “ceremony_symbol”), "
                f"but got {one!r:.60}."
            )
            continue
        try:
            tagging.add(words, label, exercise.section, place)
        except (FramingkitError, UnicodeError) as error:
            troubles.append(str(error))
    return troubles
