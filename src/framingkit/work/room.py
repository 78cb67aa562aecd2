"""Whether one more act fits into what can be handed in, said while the learner works."""

from collections.abc import Iterable
from dataclasses import replace

from framingkit.errors import FramingkitError
from framingkit.work import limits
from framingkit.work.operations import Operation, State


class Room:
    """What still fits, counted from one act to the next before any of them is written.

    Changes and removals always fit, unless a change makes the whole too long.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> carpet = Span(2063, 2073, "ceremony_symbol", "red carpet")
    >>> Room(State()).take(Operation("tag", "a", 2**40, "a-1", "tour@614ee04e9591", carpet))
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: This was not accepted, because its name or its number in the
    order of your acts cannot be right. Do it once more.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._taken: dict[tuple[str, str], Operation] = {}
        self._tags_on, self._answered = state.tags_on.copy(), state.answered
        self._weight, self._seq = state.weight, state.seq

    def take(self, operation: Operation) -> None:
        """Count one more act in.

        Raises
        ------
        FramingkitError
            If it cannot be taken; the sentence says what to do.
        """
        key = (operation.document, operation.target)
        before = self._taken.get(key) or self._state.latest.get(key)
        if operation.id in self._state.by:
            self._check_known(operation, before)
            return
        if before is not None and before.rank > operation.rank:
            return  # a later act on the same thing holds already
        tags = _tags(operation) - _tags(before)
        answers = _answers(operation) - _answers(before)
        weight = operation.weight - (before.weight if before else 0)
        self._check(operation, tags, answers, weight)
        self._tags_on[operation.document] += tags
        self._answered += answers
        self._weight, self._seq = self._weight + weight, max(self._seq, operation.seq)
        self._taken[key] = operation

    def _check(self, operation: Operation, tags: int, answers: int, weight: int) -> None:
        too_far = operation.seq > self._seq + limits.LONGEST_STEP
        if too_far or len(operation.client) > limits.LONGEST_AUTHOR:
            raise FramingkitError(
                "This was not accepted, because its name or its number in the order of your acts "
                "cannot be right. Do it once more."
            )
        if tags > 0 and self._tags_on.total() >= limits.MOST_TAGS:
            raise _full(f"You have {limits.MOST_TAGS:,} tags", "Remove a tag first")
        texts = [text for text, count in self._tags_on.items() if count]
        if tags > 0 and operation.document not in texts and len(texts) >= limits.MOST_TEXTS:
            raise _full(f"You have tagged {limits.MOST_TEXTS:,} texts", "Go on with one of them")
        if answers > 0 and self._answered >= limits.MOST_ANSWERS:
            raise _full(f"You have {limits.MOST_ANSWERS:,} answers", "Change one of them")
        if weight > 0 and self._weight + weight > limits.MOST_CHARACTERS:
            held = f"Your tags, notes and answers have {limits.MOST_CHARACTERS:,} characters"
            raise _full(held, "Shorten some notes first")
        if tags + answers > 0 and len(self._state.by) >= limits.MOST_ACTS:
            raise _full(f"You have done {limits.MOST_ACTS:,} things", "Change what is there")

    @staticmethod
    def _check_known(operation: Operation, latest: Operation | None) -> None:
        """Refuse an act that bears the name of another one: it would never be written."""
        same = latest is not None and (
            latest.id != operation.id or replace(latest, at="") == replace(operation, at="")
        )
        if not same:
            raise FramingkitError(
                "This was not accepted, because something else bears its name. Do it once more."
            )


def sift(state: State, operations: Iterable[Operation]) -> tuple[list[Operation], dict[str, str]]:
    """Tell which acts fit, in their order, and say for each other one by its id why not."""
    room, good, refused = Room(state), [], {}
    for operation in operations:
        try:
            room.take(operation)
            good.append(operation)
        except FramingkitError as error:
            refused[operation.id] = str(error)
    return good, refused


def _full(held: str, way_out: str) -> FramingkitError:
    return FramingkitError(
        f"This was not accepted. {held}, and no more can be handed in. {way_out}."
    )


def _tags(operation: Operation | None) -> int:
    return int(operation is not None and operation.span is not None)


def _answers(operation: Operation | None) -> int:
    return int(operation is not None and operation.response is not None)
