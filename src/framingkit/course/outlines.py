"""What a lesson consists of, read from its notebook: aim, parts, minutes, questions, tagging.

A heading of the second level begins a part. One without minutes is a part if something is asked
in it, so that no question is lost.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from framingkit.base import parse_json, read_text
from framingkit.course.data import list_lessons
from framingkit.course.place import folders, kept, this_course
from framingkit.errors import FramingkitError

_PART = re.compile(r"^## +(.+?)(?: \(about (\d+) minutes?(?:, [^)]*)?\))?[ \t]*$", re.MULTILINE)
_TIME = re.compile(r"\*\*Time:\*\* about (\d+) minutes.*?about (\d+) more", re.DOTALL)
_TITLE = re.compile(r"^# (.+?): (.+)$", re.MULTILINE)
_ACT = re.compile(r"\blesson\.(ask|tag)\(([^)]*)\)")
_AIM = re.compile(r"(?:You|Take|In this lesson) [^.]*\.")
_WORKBOOK = "exercises-"


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of a lesson; `items` are the ids of its questions, `tagged` names what is tagged.

    What is tagged is a pair: the id of the text, and the id of the section. `cell` is the id of the
    cell with its heading.
    """

    title: str
    minutes: int
    items: tuple[str, ...] = ()
    tagged: tuple[tuple[str, str], ...] = ()
    cell: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether the part may be left out."""
        return self.title.startswith("Optional")

    @property
    def name(self) -> str:
        """The title without what the part is about.

        Examples
        --------
        >>> LessonPart("Activity A: tag metaphors and symbols", 8).name
        'Activity A'
        """
        return self.title.partition(":")[0]

    @property
    def heading(self) -> str:
        """The heading in the notebook."""
        return f"{self.title} (about {self.minutes} minute{'s' * (self.minutes != 1)})"


@dataclass(frozen=True, slots=True)
class Outline:
    """A lesson at a glance: the two halves of its title, what learners do, minutes and parts."""

    id: str
    name: str
    question: str
    aim: str
    minutes: int
    optional_minutes: int
    parts: tuple[LessonPart, ...]

    @property
    def number(self) -> str:
        """The number with which its file begins."""
        return self.id[:2]


@kept
def load_outlines() -> tuple[Outline, ...]:
    """Read all lessons, in teaching order.

    Examples
    --------
    >>> [outline.name for outline in load_outlines()][:2]
    ['Start here', 'The context']
    >>> load_outlines()[3].parts[1].items
    ('heading-prediction',)
    """
    folder = this_course().folder / "notebooks"
    lessons = [id for id in list_lessons() if (folder / f"{id}.ipynb").is_file()]
    return tuple(map(_outline, lessons))


def _outline(id: str) -> Outline:
    top = "".join(_cells(id)[0]["source"])
    title, time = _TITLE.search(top), _TIME.search(top)
    if title is None or time is None:
        raise FramingkitError(f"The lesson {id!r} does not begin with its title and its minutes.")
    question = title[2][0].upper() + title[2][1:]
    aim = _AIM.search(top.split("\n\n")[1])
    minutes, more = int(time[1]), int(time[2])
    return Outline(id, title[1], question, aim[0] if aim else "", minutes, more, lesson_parts(id))


@kept
def lesson_parts(lesson: str) -> tuple[LessonPart, ...]:
    """List the parts of a lesson or workbook, in their order.

    A notebook that is missing or damaged has none: whoever asks for them can do without.

    Parameters
    ----------
    lesson
        Its id, for example ``"03-commentary"``.

    Examples
    --------
    >>> [part.title for part in lesson_parts("00-start-here")][-1:]
    ['Exit ticket']
    >>> lesson_parts("no-such-lesson")
    ()
    """
    try:
        return parts_of(_cells(lesson))
    except (FramingkitError, OSError, KeyError, TypeError):
        return ()


def _file(lesson: str) -> Path:
    folder = "exercises" if lesson.startswith(_WORKBOOK) else "notebooks"
    paths = [one / folder / f"{lesson.removeprefix(_WORKBOOK)}.ipynb" for one in folders()]
    return next((path for path in paths if path.is_file()), paths[-1])


def _cells(lesson: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = parse_json(read_text(_file(lesson)), f"{lesson}.ipynb")["cells"]
    return cells


def parts_of(cells: Iterable[Mapping[str, Any]]) -> tuple[LessonPart, ...]:
    """List the parts that the cells of a notebook make.

    Examples
    --------
    >>> heading = {"cell_type": "markdown", "source": "## Warm-up (about 1 minute)", "id": "warm"}
    >>> [part] = parts_of([heading, {"cell_type": "code", "source": 'lesson.ask("guess")'}])
    >>> part.heading, part.items, part.cell
    ('Warm-up (about 1 minute)', ('guess',), 'warm')
    """
    parts = [LessonPart("", 0)]
    for cell in cells:
        kind, source = cell["cell_type"], "".join(cell["source"])
        if kind == "markdown":
            headings = _PART.findall(source)
            parts += [
                LessonPart(name, int(time or 0), cell=cell.get("id", "")) for name, time in headings
            ]
        elif kind == "code":
            parts[-1] = _with_acts(parts[-1], source)
    return tuple(part for part in parts if part.minutes or part.items or part.tagged)


def _with_acts(part: LessonPart, source: str) -> LessonPart:
    """Add what a cell asks or lets learners tag."""
    items, tagged = part.items, part.tagged
    for act, said in _ACT.findall(source):
        ids = re.findall(r'"([\w-]+)"', said)
        if act == "ask":
            items += tuple(ids)
        elif ids:
            document = re.search(r'document="([\w-]+)"', said)
            tagged += ((document[1] if document else this_course().article, ids[0]),)
    return replace(part, items=items, tagged=tagged)
