"""Reads the paragraphs of a lesson, so that paper says what the screen says."""

import re
from collections.abc import Sequence
from pathlib import Path

import mistune
import nbformat

from framingkit.base.html import Html

ROOT = Path(__file__).parents[1]
LESSONS = tuple(path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb")))
_markdown = mistune.create_markdown(plugins=["table"])


def paragraphs(lesson: str) -> list[tuple[str, str]]:
    """Return the blocks of words in a lesson, each with the second-level heading above it."""
    found, heading = [], ""
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    for cell in notebook.cells:
        for block in re.split(r"\n\s*\n", cell.source) if cell.cell_type == "markdown" else ():
            if block.startswith("## "):
                heading = block.removeprefix("## ").strip()
            elif heading:
                found.append((heading, block))
    return found


def worked_reading(lesson: str) -> list[Html]:
    """Return the worked reading at the end of a lesson, with its dissent."""
    return [
        from_markdown(block)
        for heading, block in paragraphs(lesson)
        if heading.startswith("Worked reading") and block.startswith("**")
    ]


def taken(blocks: Sequence[str], beginnings: Sequence[str]) -> list[Html]:
    """Return the paragraphs that begin so, each of which must be there once."""
    found = []
    for beginning in beginnings:
        fits = [block for block in blocks if block.startswith(beginning)]
        if len(fits) != 1:
            raise ValueError(f"{len(fits)} paragraphs begin with {beginning!r}, and not one.")
        found.append(from_markdown(fits[0]))
    return found


def from_markdown(text: str) -> Html:
    """Return text of a lesson as HTML; links lead nowhere on paper, so only their words stay."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    made = str(_markdown(plain)).replace("<th>", '<th scope="col">')
    return Html(made.strip())
