"""Writes the pages around the lessons: the first one, glossary, worksheets, the link of a class."""

import re
import shutil
from pathlib import Path

import mistune

from framingkit.base import Html, web_page
from framingkit.course import load_outlines
from framingkit.start.site_page import SiteMap, site_page
from framingkit.start.site_pages import class_page, gone_page
from website.files import ROOT, fresh

PAGES = "pages"
# the pages of words to which lessons lead
NAMES = ("glossary", "sources", "every-act-as-code", "capstone-rubric")
_WAYS = {"sheets": "index", "codes": "codebook", "quick": "quick-20-minutes"}
_HEADING = re.compile(r"<h(\d)>(.*?)</h\1>")


def write_inside(app: Path, course: Path, lessons: str) -> None:
    """Write what belongs to one version of the lessons; what a course lacks is the kit's."""
    folder = fresh(app / PAGES)
    for name in NAMES:
        own = course / "docs" / f"{name}.md"
        text = (own if own.is_file() else ROOT / "docs" / own.name).read_text(encoding="utf-8")
        text = re.sub(r"\]\(([\w-]+)\.md", r"](\1.html", text)
        place = rf"](../notebooks/index.html?path={lessons}/\1"
        text = re.sub(r"\]\(\.\./((?:notebooks|exercises)/[\w-]+\.ipynb)", place, text)
        (folder / f"{name}.html").write_bytes(_rendered(text))
    sheets = course / "docs" / "worksheets"
    shutil.copytree(
        sheets if sheets.is_dir() else ROOT / "docs" / sheets.name, folder / sheets.name
    )


def write_outside(
    target: Path, contents: Path, version: str, lessons: str, workbooks: list[str], storage: str
) -> None:
    """Write the pages whose addresses never change."""
    place = f"{version}/{PAGES}"
    pages = {name: f"{place}/worksheets/{file}.html" for name, file in _WAYS.items()}
    pages |= {"glossary": f"{place}/glossary.html", "class": "class.html"}
    lesson = f"{version}/notebooks/index.html?path={lessons}/{{path}}"
    there = {path.stem for path in (contents / "notebooks").glob("*.ipynb")}
    site = SiteMap(lesson, pages, workbooks, "practice" in there, storage)
    outlines = [outline for outline in load_outlines() if outline.id in there]
    (target / "index.html").write_bytes(site_page(outlines, site))
    (target / "class.html").write_bytes(class_page(outlines))
    (target / "404.html").write_bytes(gone_page())


def _rendered(text: str) -> bytes:
    """Turn Markdown of the kit into a page; headings can be linked to as in JupyterLab."""
    title, _, rest = text.partition("\n")
    body = str(mistune.html(rest))
    body = _HEADING.sub(lambda one: f'<h{one[1]} id="{_anchor(one[2])}">{one[2]}</h{one[1]}>', body)
    back = '<p><a href="../../">Back to the first page</a></p>'
    return web_page(title.removeprefix("# "), Html(back + body))


def _anchor(heading: str) -> str:
    """Name a heading as GitHub does: the links of the kit are written so."""
    return re.sub(r"[^\w-]", "", re.sub(r"<[^>]*>", "", heading).lower().replace(" ", "-"))
