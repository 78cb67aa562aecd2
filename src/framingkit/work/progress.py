"""How far a learner has come, counted from the work log alone."""

import contextlib
from collections.abc import Mapping, Sequence

from framingkit.base import counted
from framingkit.course import Item
from framingkit.errors import FramingkitError
from framingkit.feedback import reply_to
from framingkit.work.operations import State
from framingkit.work.sheet import TextVersion


def progress_sentences(
    state: State, lessons: Mapping[str, Sequence[Item]], texts: Mapping[str, TextVersion]
) -> list[str]:
    """Say for each lesson how many questions are answered, and for each text how many tags it has.

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
    sentences = []
    for lesson, items in lessons.items():
        answered = sum(_is_answered(state, item) for item in items)
        sentences.append(f"{lesson}: {answered} of {counted(len(items), 'question')} answered.")
    numbers = {key: len(state.tags(key)) for key in sorted(texts)}
    tags = [f"Tags in {texts[key].id}: {number}." for key, number in numbers.items() if number]
    return [*sentences, *(tags or ["You have made no tags yet."])]


def _is_answered(state: State, item: Item) -> bool:
    with contextlib.suppress(FramingkitError):
        return bool(reply_to(item, state.answer(item.id)).answer)
    return False
