"""The exercises of the workbooks, and the misconceptions that questions find.

An exercise says what it asks for and how its answer is marked. A question names the
misconception that it finds by its number.
"""

from dataclasses import dataclass

from framingkit.base import TomlTable, parse_tables, refuse_twins
from framingkit.course.items import LEVELS
from framingkit.errors import FramingkitError

MARKING = ("automatic", "rubric", "both")


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
        If an exercise asks for nothing, or for both questions and tags.

    Examples
    --------
    >>> parse_exercises("")
    ()
    """
    tables = parse_tables(toml_text, "the list of exercises", "exercise", "exercise")
    exercises = tuple(map(_exercise, tables))
    refuse_twins([exercise.number for exercise in exercises], "the list of exercises")
    return exercises


def _exercise(table: TomlTable) -> Exercise:
    choices = {"level": LEVELS, "marking": MARKING}
    exercise = table.read(Exercise, choices, amounts=_amounts)
    if bool(exercise.items) == bool(exercise.document):
        raise FramingkitError(
            f"Exercise {exercise.number} must have either 'items' or a 'document' to tag. "
            "Give one of the two."
        )
    return exercise


def _amounts(table: TomlTable) -> tuple[float, ...]:
    try:
        return tuple(map(float, table.texts("amounts")))
    except ValueError:
        raise FramingkitError(
            f"In {table.what} the field 'amounts' must hold numbers in quotation marks."
        ) from None


@dataclass(frozen=True, slots=True)
class Misconception:
    """What somebody believes, as a sentence, and what helps."""

    number: int
    name: str
    helps: str


def parse_misconceptions(toml_text: str) -> dict[int, Misconception]:
    """Read misconceptions, each under its number.

    Raises
    ------
    FramingkitError
        If a field is missing or a number appears twice.

    Examples
    --------
    >>> parse_misconceptions("")
    {}
    """
    tables = parse_tables(toml_text, "the misconceptions", "misconception", "misconception")
    rows = [table.read(Misconception) for table in tables]
    refuse_twins([row.number for row in rows], "the misconceptions")
    return {row.number: row for row in rows}
