"""The parts of a lesson, and which questions each of them asks: read from its shipped notebook.

A heading of the second level begins a part. A notebook that is missing or damaged has no parts:
whoever asks for them can do without.
"""

import json
import re
from dataclasses import dataclass
from functools import cache

from framingkit.base import read_text
from framingkit.course.data import kit_folder
from framingkit.errors import FramingkitError

_HEADING = re.compile(r"^## +(.+?)(?: \(about [^()]*\))? *$", re.MULTILINE)
_ASKED = re.compile(r"\.ask\(([^()]*)\)")
_WORKBOOK = "exercises-"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a lesson: its heading without the minutes, and the ids of its questions."""

    title: str
    items: tuple[str, ...]


@cache
def lesson_parts(lesson: str) -> tuple[Part, ...]:
    """List the parts of a lesson or workbook that ask questions, in their order.

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
    folder = "exercises" if lesson.startswith(_WORKBOOK) else "notebooks"
    path = kit_folder() / folder / f"{lesson.removeprefix(_WORKBOOK)}.ipynb"
    try:
        cells = json.loads(read_text(path))["cells"]
        sources = [(cell["cell_type"], "".join(cell["source"])) for cell in cells]
    except (FramingkitError, OSError, ValueError, KeyError, TypeError):
        return ()
    return tuple(part for part in _parts(sources) if part.items)


def _parts(sources: list[tuple[str, str]]) -> list[Part]:
    parts = [Part("", ())]
    for kind, source in sources:
        if kind == "markdown":
            parts += [Part(title, ()) for title in _HEADING.findall(source)]
        elif kind == "code":
            asked = tuple(re.findall(r'"([^"]+)"', " ".join(_ASKED.findall(source))))
            parts[-1] = Part(parts[-1].title, parts[-1].items + asked)
    return parts
