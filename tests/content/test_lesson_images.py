"""The drawing of lesson 03 is inside the notebook, because a course folder has no other files."""

import base64
import re
from pathlib import Path
from xml.etree import ElementTree

import nbformat

ROOT = Path(__file__).parents[2]
DRAWING = ROOT / "docs" / "images" / "whole-and-cropped.svg"


def pictures() -> list[str]:
    notebook = nbformat.read(ROOT / "notebooks" / "03-commentary.ipynb", as_version=4)
    text = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return re.findall(r"<img [^>]*>", text)


def test_the_drawing_is_in_the_notebook_as_it_is_in_its_file():
    (picture,) = pictures()
    (kept,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', picture)

    assert base64.b64decode(kept) == DRAWING.read_bytes()


def test_the_drawing_has_a_description_and_a_ground_of_its_own_for_dark_themes_and_paper():
    (picture,) = pictures()
    (words,) = re.findall(r'alt="([^"]*)"', picture)
    drawing = ElementTree.fromstring(DRAWING.read_text(encoding="utf-8"))
    ground = next(one for one in drawing if one.tag.endswith("path"))

    assert len(words.split()) >= 20
    assert ground.get("fill") == "#fff"
