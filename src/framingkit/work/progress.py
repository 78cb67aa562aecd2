"""How far a learner has come, counted from the work log alone."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence

from framingkit.base import counted
from framingkit.course import Item, kit_article
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
        answered = sum(questions_done(state, items).values())
        sentences.append(f"{lesson}: {answered} of {counted(len(items), 'question')} answered.")
    numbers = {key: len(state.tags(key)) for key in sorted(texts)}
    tags = [f"Tags in {texts[key].id}: {number}." for key, number in numbers.items() if number]
    return [*sentences, *(tags or ["You have made no tags yet."])]


def questions_done(state: State, items: Iterable[Item]) -> dict[str, bool]:
    """Tell of each question whether it is answered.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> questions_done(State(), [sure])
    {'sure': False}
    """
    return {item.id: _is_answered(state, item) for item in items}


def sections_tagged(state: State, texts: Mapping[str, TextVersion]) -> list[str]:
    """List the sections of the kit's texts that have a tag, as text and section.

    Examples
    --------
    >>> sections_tagged(State(), {})
    []
    """
    found = []
    for key, text in texts.items():
        starts = [tag.span.start for tag in state.tags(key) if tag.span is not None]
        with contextlib.suppress(FramingkitError):  # a text of a learner's own is in no folder
            for section in kit_article(text.id).sections if starts else ():
                if any(section.start <= start < section.end for start in starts):
                    found.append(f"{text.id}/{section.id}")
    return found


def _is_answered(state: State, item: Item) -> bool:
    with contextlib.suppress(FramingkitError):
        return bool(reply_to(item, state.answer(item.id)).answer)
    return False
