"""What a question is asked about, where it leaves the lesson that shows it.

In a lesson, a text is above the question. In a file for another platform it has to be part of it.
"""

from dataclasses import dataclass

from framingkit.base import parse_tables
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Material:
    """Sections of a text, questions of frames, or words of a lesson, for some questions.

    ``shown`` names what only the lesson can show, such as a chart.
    """

    items: tuple[str, ...]
    document: str = ""
    sections: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    title: str = ""
    words: tuple[str, ...] = ()
    shown: str = ""


def parse_materials(toml_text: str) -> tuple[Material, ...]:
    r"""Read the list of materials.

    Raises
    ------
    FramingkitError
        If an entry has nothing to show, or two kinds of it.

    Examples
    --------
    >>> parse_materials('[[material]]\nitems = ["a"]\nshown = "the chart"')[0].shown
    'the chart'
    """
    tables = parse_tables(toml_text, "the materials", "material", "material")
    materials = tuple(table.read(Material) for table in tables)
    for number, one in enumerate(materials, start=1):
        kinds = [one.document and one.sections, one.frames, one.title and one.words, one.shown]
        if len(list(filter(None, kinds))) != 1 or not one.items:
            raise FramingkitError(
                f"Material {number} must have 'items' and one thing to show: a 'document' with "
                "'sections', 'frames', a 'title' with 'words', or 'shown'."
            )
    return materials
