"""What a lesson consists of, read from its notebook: aim, parts, minutes, questions, tagging."""

import functools
import re
from dataclasses import dataclass
from typing import Any

from framingkit.base import parse_json, read_text
from framingkit.course.data import kit_folder, list_lessons
from framingkit.errors import FramingkitError

_PART = re.compile(r"^## (.+?) \(about (\d+) minutes?(?:, [^)]*)?\)\s*$", re.MULTILINE)
_TIME = re.compile(r"\*\*Time:\*\* about (\d+) minutes.*?about (\d+) more", re.DOTALL)
_TITLE = re.compile(r"^# (.+?): (.+)$", re.MULTILINE)
_ACT = re.compile(r"\blesson\.(ask|tag)\(([^)]*)\)")
_AIM = re.compile(r"(?:You|Take|In this lesson) [^.]*\.")


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A part of a lesson; `items` are the ids of its questions, `tagged` names what is tagged.

    What is tagged is a pair: the id of the text, and the id of the section.
    """

    title: str
    minutes: int
    items: tuple[str, ...] = ()
    tagged: tuple[tuple[str, str], ...] = ()

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


@functools.cache
def load_outlines() -> tuple[Outline, ...]:
    """Read all lessons, in teaching order.

    Examples
    --------
    >>> [outline.name for outline in load_outlines()][:2]
    ['Start here', 'The context']
    >>> load_outlines()[3].parts[1].items
    ('heading-prediction',)
    """
    folder = kit_folder() / "notebooks"
    ids = [id for id in list_lessons() if (folder / f"{id}.ipynb").is_file()]
    return tuple(_outline(id, read_text(folder / f"{id}.ipynb")) for id in ids)


def _outline(id: str, text: str) -> Outline:
    cells = [(cell["cell_type"], "".join(cell["source"])) for cell in _cells(id, text)]
    top = cells[0][1]
    title, time = _TITLE.search(top), _TIME.search(top)
    if title is None or time is None:
        raise FramingkitError(f"The lesson {id!r} does not begin with its title and its minutes.")
    question = title[2][0].upper() + title[2][1:]
    aim = _AIM.search(top.split("\n\n")[1])
    parts = tuple(_parts(cells))
    return Outline(id, title[1], question, aim[0] if aim else "", int(time[1]), int(time[2]), parts)


def _cells(id: str, text: str) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = parse_json(text, f"{id}.ipynb")["cells"]
    return cells


def _parts(cells: list[tuple[str, str]]) -> list[LessonPart]:
    parts: list[LessonPart] = []
    for kind, source in cells:
        heading = _PART.search(source) if kind == "markdown" else None
        if heading:
            parts.append(LessonPart(heading[1], int(heading[2])))
        elif kind == "markdown" and source.startswith("## "):
            parts.append(LessonPart(source.partition("\n")[0][3:], 0))  # without minutes: no part
        elif kind == "code" and parts:
            parts[-1] = _with_acts(parts[-1], source)
    return [part for part in parts if part.minutes]


def _with_acts(part: LessonPart, source: str) -> LessonPart:
    """Add what a cell asks or lets learners tag."""
    items, tagged = list(part.items), list(part.tagged)
    for act, said in _ACT.findall(source):
        ids = re.findall(r'"([\w-]+)"', said)
        if act == "ask":
            items += ids
        elif ids:
            document = re.search(r'document="([\w-]+)"', said)
            tagged.append((document[1] if document else "alaska-summit", ids[0]))
    return LessonPart(part.title, part.minutes, tuple(items), tuple(tagged))
