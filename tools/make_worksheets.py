"""Make the worksheets in docs/worksheets and the fact sheet of the guide from the kit's data.

Usage, from the top folder of the kit::

    python tools/make_worksheets.py

What a worksheet has is chosen in ``worksheets.toml``: questions by their ids, passages to tag, and
paragraphs of the lesson by the words that they begin with. Each sheet has two pages at most.
"""

import re
import sys
import tomllib
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
import worksheet_parts as parts
from worksheet_answers import answers_page
from worksheet_keys import fact_sheet, readings_page
from worksheet_lessons import LESSONS, ROOT, from_markdown
from worksheet_sheets import Sheet

from framingkit.base.html import Html, element
from framingkit.course.data import list_articles, load_article, load_codebook

FOLDER = ROOT / "docs" / "worksheets"
GUIDE = ROOT / "docs" / "instructor-guide"
CONSTRUCTED = ("trade-summit", "climate-summit")
REPORTS = {f"Report {name.upper()}": f"cable-talks-{name}" for name in "abc"}
BY = ("Code name",)
SHEETS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("worksheets.toml").read_text(encoding="utf-8")
)["sheet"]


def text_page(document: str, title: str) -> bytes:
    """Return a whole text, with room between its lines."""
    note = parts.paragraph(load_article(document).note.replace("\n", " ").strip(), class_="quiet")
    return parts.page(
        title, [note, parts.passage((), document, "open")], "A text to read and to tag", BY
    )


def reports_page() -> bytes:
    """Return the three reports that lesson 06 compares, to read one after the other."""
    told = "They were written for the kit. Averne and Tollis do not exist, and nothing happened."
    body = [parts.paragraph(told, class_="quiet")]
    for name, document in REPORTS.items():
        body += [element("h2", name), parts.passage((), document)]
    return parts.page("Three reports of one event", body, "Texts to read and to compare", BY)


def code_page() -> bytes:
    """Return the codebook: all codes with their rules, and the frames with their questions."""
    codebook = load_codebook()
    core = list(codebook.core)
    more = [one for one in codebook.devices if one not in core]
    body = [
        element("h2", "Fourteen codes, of which the first eight are the core"),
        parts.code_cards(core + more),
        element("h2", "Eight frames: present if two of the three answers are yes"),
        parts.frame_cards(codebook.frames),
    ]
    return parts.page("The codebook on paper", body, "To keep beside a text")


def rubric_page() -> bytes:
    """Return the rubric of the capstone, and room for the marks on one memo."""
    told = (ROOT / "docs" / "capstone-rubric.md").read_text(encoding="utf-8")
    head, _, _ = told.partition("## How to use it")
    rows = ("Evidence", "Attribution", "Metaphor", "Omission and alternatives", "Fairness")
    table = parts.table_html(
        "My marks",
        ("Row", "0 to 3", "Words of the memo as a reason"),
        [(row, "", "") for row in rows],
    )
    body = [
        element("div", from_markdown(head.split("\n", 1)[1]), class_="rubric"),
        element("div", table, class_="write marks new-page"),
        parts.paragraph("One thing to keep:"), parts.lines(5),
        parts.paragraph("One thing to change:"), parts.lines(5),
    ]  # fmt: skip
    return parts.page(
        "Peer review of a memo", body, "Worksheet 05, at the end", ("Memo of", "Read by")
    )


def index_page(titles: dict[str, str]) -> bytes:
    """Return the page that leads to all sheets."""
    links = [element("a", Html(title), href=name) for name, title in sorted(titles.items())]
    told = (
        "Each sheet has two pages at most, on A4 and on Letter paper: print it on both sides of "
        "one leaf. The sheets need no device and no colour. Answers for teachers are in the "
        "instructor guide."
    )
    body = [parts.paragraph(told), element("ul", *(element("li", link) for link in links))]
    return parts.page("Worksheets to print", body)


def worksheets() -> dict[str, bytes]:
    """Return all worksheets, by the names of their files."""
    made = {f"{one['name']}.html": Sheet(one).page() for one in SHEETS}
    made["article.html"] = text_page("alaska-summit", "The article")
    for document in CONSTRUCTED:
        made[f"text-{document}.html"] = text_page(document, load_article(document).title)
    made["three-reports.html"] = reports_page()
    made["codebook.html"] = code_page()
    made["peer-review.html"] = rubric_page()
    titles = {name: title_of(text) for name, text in made.items()}
    return {**made, "index.html": index_page(titles)}


def for_teachers() -> dict[str, bytes]:
    """Return what holds answers, by the names of its files; it belongs to the guide."""
    return {
        "answers.html": answers_page(SHEETS, LESSONS),
        "reference-readings.html": readings_page(list_articles()),
        "fact-sheet.md": fact_sheet().encode(),
    }


def title_of(text: bytes) -> str:
    found = re.search(rb"<h1>(.*?)</h1>", text)
    return found[1].decode() if found else ""


def main() -> int:
    """Write all worksheets, and the parts of the guide that are made from the data."""
    made, guide = worksheets(), for_teachers()
    for folder, files in ((FOLDER, made), (GUIDE, guide)):
        for name, content in files.items():
            (folder / name).write_bytes(content)
    print(f"{len(made)} worksheets and {len(guide)} parts of the guide were made.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
