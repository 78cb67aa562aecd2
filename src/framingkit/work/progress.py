"""How far a learner has come, counted from the work log alone."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from framingkit.base import counted
from framingkit.course import Item, LessonPart, Outline, kit_article, list_articles
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


def _is_answered(state: State, item: Item) -> bool:
    with contextlib.suppress(FramingkitError):
        return bool(reply_to(item, state.answer(item.id)).answer)
    return False


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """How far one lesson is done: part by part, as its outline lists them."""

    outline: Outline
    done: tuple[bool, ...]
    is_begun: bool

    @property
    def now(self) -> LessonPart | None:
        """The first part that has to be done and is not; None if the lesson is done."""
        parts = zip(self.outline.parts, self.done, strict=True)
        return next((part for part, done in parts if not done and not part.is_optional), None)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left but what is optional."""
        return self.now is None


def lesson_progress(state: State, outline: Outline, items: Mapping[str, Item]) -> LessonProgress:
    """Tell which parts of a lesson are done.

    A part is done if its questions are answered and there is a tag in each passage that it lets
    learners tag. A part in which nothing is kept, such as a talk, is done if a later one is begun
    or, at the end, if the part before it is done.

    Parameters
    ----------
    state
        What all operations add up to.
    outline, items
        The lesson, and its questions by id; a question that is not among them counts for nothing.

    Examples
    --------
    >>> from framingkit.course import load_items, load_outlines
    >>> first = load_outlines()[0]
    >>> items = {item.id: item for item in load_items(first.id)}
    >>> lesson_progress(State(), first, items).now.name
    'Set-up'
    """
    kept = _kept(state, outline.parts, items)
    done: list[bool] = []
    for number, acts in enumerate(kept):
        later = [any(others) for others in kept[number + 1 :] if others]
        empty = any(later) if later else bool(done) and done[-1]
        done.append(all(acts) if acts else empty)
    return LessonProgress(outline, tuple(done), any(map(any, kept)))


def next_part(
    state: State, parts: Sequence[LessonPart], items: Mapping[str, Item]
) -> LessonPart | None:
    """Find the first part in which something is asked that is not done; what is optional waits.

    Examples
    --------
    >>> from framingkit.course import load_items, load_outlines
    >>> first = load_outlines()[0]
    >>> items = {item.id: item for item in load_items(first.id)}
    >>> next_part(State(), first.parts, items).name
    'Activity A'
    """
    kept = zip(parts, _kept(state, parts, items), strict=True)
    return next((part for part, acts in kept if not (all(acts) or part.is_optional)), None)


def _kept(state: State, parts: Sequence[LessonPart], items: Mapping[str, Item]) -> list[list[bool]]:
    """Tell for each part, of each of its acts, whether it is kept."""
    sections = tagged_sections(state)
    return [
        [_is_answered(state, items[id]) for id in part.items if id in items]
        + [pair in sections for pair in part.tagged]
        for part in parts
    ]


def tagged_sections(state: State) -> set[tuple[str, str]]:
    """Name the sections of the kit's texts in which there is a tag, each with its text.

    Examples
    --------
    >>> tagged_sections(State())
    set()
    """
    found: set[tuple[str, str]] = set()
    known = list_articles()
    for key, number in state.tags_on.items():
        id = key.partition("@")[0]
        if number > 0 and id in known:
            starts = [tag.span.start for tag in state.tags(key) if tag.span is not None]
            for one in kit_article(id).sections:
                if any(one.start <= start < one.end for start in starts):
                    found.add((id, one.id))
    return found


def latest_lesson(state: State, outlines: Sequence[Outline]) -> Outline | None:
    """Find the lesson to which the latest answer belongs; None if there is no answer yet."""
    home = {id: outline for outline in outlines for part in outline.parts for id in part.items}
    answers = [one for id, one in state.responses().items() if id in home]
    last = max(answers, key=lambda one: (one.at, one.rank), default=None)
    return home[last.target] if last else None


def not_answered(state: State, items: Sequence[Item]) -> list[Item]:
    """List the questions that have no answer yet, in their order.

    Examples
    --------
    >>> sure = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
    >>> [item.id for item in not_answered(State(), [sure])]
    ['sure']
    """
    return [item for item in items if not _is_answered(state, item)]
