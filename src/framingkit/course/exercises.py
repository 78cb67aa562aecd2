"""The exercises of the workbooks, and the misconceptions that questions find.

An exercise says what it asks for and how an answer to it is looked at. A question names the
misconception that it finds by its number.
"""

from dataclasses import dataclass

from framingkit.base import TomlTable, parse_toml, refuse_twins
from framingkit.course.items import LEVELS
from framingkit.errors import FramingkitError

MARKING = ("automatic", "rubric", "both")

_FIELDS = (
    "number", "title", "lesson", "minutes", "level", "marking", "tasks", "items", "document",
    "section", "codes", "amounts", "percent", "keep",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: questions of the bank, or a section to tag.

    ``tasks`` are its numbers in the list of tasks in exercises/README.md; ``amounts`` are the
    numbers that its text must give, within ``percent``; ``keep`` are words of facts that must
    survive in a written answer.
    """

    number: str
    title: str
    lesson: str
    minutes: int
    level: str
    marking: str
    tasks: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    document: str = ""
    section: str = ""
    codes: tuple[str, ...] = ()
    amounts: tuple[float, ...] = ()
    percent: int = 0
    keep: tuple[str, ...] = ()


def parse_exercises(toml_text: str) -> tuple[Exercise, ...]:
    """Read the list of exercises.

    Raises
    ------
    FramingkitError
        If an exercise asks for nothing, or for questions and tags at once.

    Examples
    --------
    >>> parse_exercises("")
    ()
    """
    table = parse_toml(toml_text, "the list of exercises")
    table.only(("exercise",))
    exercises = tuple(_exercise(one) for one in table.tables("exercise", "exercise"))
    refuse_twins([one.number for one in exercises], "the list of exercises")
    return exercises


def _exercise(table: TomlTable) -> Exercise:
    table.only(_FIELDS)
    made = Exercise(
        number=table.text("number"),
        title=table.text("title"),
        lesson=table.text("lesson"),
        minutes=table.number("minutes"),
        level=table.one_of("level", LEVELS),
        marking=table.one_of("marking", MARKING),
        tasks=table.texts("tasks"),
        items=table.texts("items"),
        document=table.text("document", ""),
        section=table.text("section", ""),
        codes=table.texts("codes"),
        amounts=_amounts(table),
        percent=table.number("percent", 0),
        keep=table.texts("keep"),
    )
    if bool(made.items) == bool(made.document):
        raise FramingkitError(
            f"Exercise {made.number} must have either 'items' or a 'document' to tag. "
            "Give one of the two."
        )
    return made


def _amounts(table: TomlTable) -> tuple[float, ...]:
    try:
        return tuple(float(one) for one in table.texts("amounts"))
    except ValueError:
        raise FramingkitError(
            f"In {table.what} the field 'amounts' must hold numbers in quotation marks."
        ) from None


@dataclass(frozen=True, slots=True)
class Misconception:
    """What is believed, as a sentence, and what helps."""

    number: int
    name: str
    helps: str


def parse_misconceptions(toml_text: str) -> dict[int, Misconception]:
    """Read misconceptions, each under its number.

    Raises
    ------
    FramingkitError
        If a field is missing or a number comes twice.

    Examples
    --------
    >>> parse_misconceptions("")
    {}
    """
    table = parse_toml(toml_text, "the misconceptions")
    table.only(("misconception",))
    rows = table.tables("misconception", "misconception")
    for row in rows:
        row.only(("number", "name", "helps"))
    found = [Misconception(row.number("number"), row.text("name"), row.text("helps"))
             for row in rows]  # fmt: skip
    refuse_twins([str(one.number) for one in found], "the misconceptions")
    return {one.number: one for one in found}
