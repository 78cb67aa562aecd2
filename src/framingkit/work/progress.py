"""How far a learner has come, counted from the work log alone."""

import contextlib
from collections.abc import Mapping, Sequence

from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.feedback import reply_to
from framingkit.work.operations import State
from framingkit.work.sheet import TextVersion


def progress_sentences(
    state: State, lessons: Mapping[str, Sequence[Item]], texts: Mapping[str, TextVersion]
) -> list[str]:
    """Say for each lesson how many questions are answered, and for each text how many tags exist.

    Parameters
    ----------
    state
        What all operations add up to.
    lessons
        The questions of each lesson, in teaching order.
    texts
        The versions of the texts that were tagged, by key.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> progress_sentences(State(), {"01-context": [sure]}, {})
    ['01-context: 0 of 1 question answered.', 'You have made no tags yet.']
    """
    said = [_on_lesson(state, lesson, items) for lesson, items in lessons.items()]
    tags = [
        (text.id, len(state.tags(key))) for key, text in sorted(texts.items()) if state.tags(key)
    ]
    said += [f"Tags in {id}: {number}." for id, number in tags]
    return said if tags else [*said, "You have made no tags yet."]


def _on_lesson(state: State, lesson: str, items: Sequence[Item]) -> str:
    done = sum(_is_done(state, item) for item in items)
    noun = "question" if len(items) == 1 else "questions"
    return f"{lesson}: {done} of {len(items)} {noun} answered."


def _is_done(state: State, item: Item) -> bool:
    with contextlib.suppress(FramingkitError):
        return bool(reply_to(item, state.answer(item.id)).answer)
    return False
