"""Write questions for a platform, and list what its format cannot hold, with the reason."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import counted, keeping, read_bytes, refuse_strange, write_atomic
from framingkit.course import lesson_parts, list_lessons, load_items
from framingkit.errors import FramingkitError
from framingkit.exchange import gift, moodle, qti12, qti21
from framingkit.exchange.asked import MARK, Asked, asked

_TESTS = "pre-test", "post-test"
_AS_PLACES = "As a matching question, with a number for each entry, all worth the same"


@dataclass(frozen=True, slots=True)
class _Format:
    """A format: how it is written, what it refuses, and what becomes of some kinds of question."""

    ending: str
    write: Callable[[Sequence[Asked]], bytes]
    refuses: Callable[[Asked], str]
    order: str
    several: str = ""


FORMATS = {
    "moodle": _Format(
        ".xml", moodle.write, moodle.refuses,
        "Only in Moodle 4.4 and later, with points for each pair in order",
    ),
    "qti12": _Format(
        ".zip", qti12.write, qti12.refuses, _AS_PLACES,
        "All or nothing in the file, while Canvas counts by a rule of its own",
    ),
    "qti21": _Format(
        ".zip", qti21.write, qti21.refuses, "All or nothing, without points for a part of the order"
    ),
    "gift": _Format(".txt", gift.write, gift.refuses, _AS_PLACES),
}  # fmt: skip
"""The formats, by the name that is given to the command."""


def export_questions(format: str, lesson: str = "", output: Path | None = None) -> list[str]:
    """Write the questions of the kit, or of one lesson, for a platform.

    Parameters
    ----------
    format
        One of `FORMATS`.
    lesson
        A lesson, by its id or its number, such as ``03``; without one, the whole bank.
    output
        The file to write; by default ``questions-<format>`` with the ending of the format.

    Returns
    -------
    list of str
        How many questions were placed, and what was left out or changed, with the reason.

    Raises
    ------
    FramingkitError
        If there is no such format or lesson, or somebody else's file would be replaced.
    """
    if format not in FORMATS:
        raise FramingkitError(
            f"There is no format {format!r}. Choose one of: {', '.join(FORMATS)}."
        )
    chosen, lessons = FORMATS[format], _lessons(lesson)
    questions = asked(item for id in lessons for item in load_items(id))
    placed = [one for one in questions if not chosen.refuses(one)]
    path = output or Path(f"questions-{format}{chosen.ending}")
    refuse_strange(path, _is_ours, "a file of questions")
    with keeping(path) as kept:
        write_atomic(path, chosen.write(placed))
    total = counted(len(questions), "question")
    first = f"Of {total}, {len(placed)} are in “{path.name}”."
    return [first, *_left_out(chosen, questions, lessons), *_changed(chosen, placed), *kept]


def _is_ours(path: Path) -> bool:
    return MARK.encode() in read_bytes(path)


def _lessons(wanted: str) -> tuple[str, ...]:
    """Find the lessons that are meant: all of them, or one."""
    known = list_lessons()
    found = tuple(id for id in known if wanted in ("", id, id.partition("-")[0]))
    if not found:
        raise FramingkitError(f"There is no lesson {wanted!r}. Choose one of: {', '.join(known)}.")
    return found


def _left_out(chosen: _Format, questions: list[Asked], lessons: Iterable[str]) -> Iterator[str]:
    """Say what no question of the format can be made of."""
    why = [(chosen.refuses(one), one.item.id) for one in questions]
    for reason, ids in _by_reason((reason, id) for reason, id in why if reason):
        yield f"Left out, because {reason}: {ids}."
    for reason, tasks in _by_reason(_tagging(lessons)):
        yield f"Left out, because {reason}: {tasks}."


def _tagging(lessons: Iterable[str]) -> Iterator[tuple[str, str]]:
    reason = "no platform has a question whose answer is tags on words of a text"
    for lesson in lessons:
        parts = lesson_parts(lesson)
        for document, section in dict.fromkeys(tag for part in parts for tag in part.tagged):
            yield reason, f"{lesson}: {document}, {section}"


def _changed(chosen: _Format, placed: list[Asked]) -> Iterator[str]:
    """Say what is different in the platform, for questions that are placed."""
    for reason, ids in _by_reason(_changes(chosen, placed)):
        yield f"{reason}: {ids}."
    tests = sorted({one.item.lesson for one in placed} & {*_TESTS})
    if tests:
        yield (
            "In the kit the pre-test shows no reasons before the post-test is done. Set your "
            "platform to show no feedback on it until then."
        )


def _changes(chosen: _Format, placed: list[Asked]) -> Iterator[tuple[str, str]]:
    for one in placed:
        item = one.item
        if item.confidence:
            yield "Without the question how sure somebody is", item.id
        if item.options and not item.scored:
            yield "Without points, because there is no right answer", item.id
        if item.kind == "order" and item.scored:
            yield chosen.order, item.id
        if item.kind == "several" and chosen.several:
            yield chosen.several, item.id
        for material in one.materials:
            if material.shown:
                yield f"Show {material.shown} beside these, as the lesson does", item.id


def _by_reason(pairs: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Put what has one reason together."""
    lists: dict[str, list[str]] = {}
    for reason, name in pairs:
        lists.setdefault(reason, []).append(name)
    yield from ((reason, "; ".join(names)) for reason, names in lists.items())
