"""Make the worksheets in docs/worksheets and the fact sheet of the guide from the kit's data.

Usage, from the top folder of the kit::

    python tools/make_worksheets.py

A worksheet follows its lesson: each box of the lesson (``lesson.ask``, ``lesson.tag`` …) has its
counterpart on paper. Paragraphs of the lesson that are needed on paper are named, by the words
that they begin with, in ``worksheets.toml``; nothing else is written for paper alone.
"""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import mistune
import nbformat

sys.path.insert(0, str(Path(__file__).parent))
import worksheet_parts as parts
from worksheet_keys import answers_page, fact_sheet, readings_page

from framingkit.base.html import Html, element
from framingkit.course.data import list_articles, load_article, load_codebook, load_items

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "worksheets"
GUIDE = ROOT / "docs" / "instructor-guide"
LICENCE = (
    "framingkit, printed worksheet. CC BY 4.0; the article about Alaska is not part of that "
    "licence. Made from the kit’s data by a program, so change the data and not this page."
)
CONSTRUCTED = ("trade-summit", "climate-summit")
# the whole article has a sheet of its own, and is not printed twice
WHOLE = {"headline", "lead", "context", "agenda", "commentary", "ending"}
_markdown = mistune.create_markdown(plugins=["table"])


def chosen_codes(names: Any) -> list[Any]:
    codebook = load_codebook()
    return [codebook.code(name) for name in names] if names else list(codebook.core)


class Sheet:
    """Turns the calls of one lesson into parts of its worksheet."""

    def __init__(self, lesson: str) -> None:
        self.items = {one.id: one for one in load_items(lesson)}
        self.number = 0
        self.verdicts: list[str] = []
        self.only: list[str] = []

    def parts(self, who: str, act: str, given: list[Any], named: dict[str, Any]) -> list[Html]:
        """Return what is on paper for one call; a call without a counterpart gives nothing."""
        name = f"{'text' if who == 'text' else 'on'}_{act}"
        maker: Callable[..., list[Html]] | None = getattr(self, name, None)
        return maker(*given, **named) if maker else []

    def on_ask(self, *ids: str) -> list[Html]:
        found = []
        for id in [one for one in ids if one in (self.only or ids)]:
            self.number += 1
            found.append(parts.question(self.items[id], self.number))
        return found

    def on_read(self, *sections: str, document: str = "alaska-summit") -> list[Html]:
        if set(sections) >= WHOLE:
            return [parts.paragraph("The whole text is on the sheet “The article”.")]
        return [one for section in sections for one in parts.passage(section, document)]

    def on_code(self, *ids: str) -> list[Html]:
        return [parts.code_table(chosen_codes(ids))]

    def on_tag(
        self, section: str, codes: Any = None, document: str = "alaska-summit"
    ) -> list[Html]:
        few = ("game_metaphor", "nature_metaphor", "ceremony_symbol", "vague_attribution")
        offered = chosen_codes(codes or (few if document == "tagger-tour" else None))
        shown = parts.passage(section, document, wide=True)
        short = len(load_article(document).sentences(section)) <= 2
        return parts.tagging(offered, shown, rows=5 if short else 8)

    def on_chart(self, name: str) -> list[Html]:
        return [parts.rate_table()]

    def on_count_words(self, *words: str) -> list[Html]:
        table = parts.table_html(
            "Count in the sheet “The article”", ("Word", "My guess", "My count"),
            [(word, "", "") for word in words],
        )  # fmt: skip
        return [element("div", table, class_="write")]

    def on_source_notes(self, *ids: str) -> list[Html]:
        self.verdicts += ids
        return parts.source_notes(ids)

    def on_distance(self, *ids: str) -> list[Html]:
        return [parts.distance_table(ids)]

    def on_hedges(self, section: str) -> list[Html]:
        header = ("No.", "Words that I cut", "The claim gets stronger", "The claim gets smaller")
        return [*parts.passage(section), parts.blank_table("The hedge meter", header, 6)]

    def on_rewrite(self, section: str) -> list[Html]:
        header = ("No.", "Words of the article", "Plain words", "Is the device gone?")
        told = parts.paragraph("These facts must survive. Tick each one that is still there:")
        return [parts.blank_table("Plain words", header, 8), told, parts.fact_list(section)]

    def on_frames(self, section: str, only: Sequence[str] = (), document: str = "") -> list[Html]:
        return parts.frame_grid(only)

    def on_coverage(self, *documents: str, whose: str = "", by: str = "") -> list[Html]:
        if by != "claims":
            return []
        header = ("No.", "What a report tells", *(f"In {name}" for name in "ABC"[: len(documents)]))
        return [parts.blank_table("Who tells what: the number of the sentence", header, 8)]

    def on_frame_table(self) -> list[Html]:
        sections = [one.title for one in load_article().sections if one.kind == "text"]
        table = parts.table_html(
            "Frames of all sections", ("Section", "Primary frame", "Other frames"),
            [(one, "", "") for one in sections],
        )  # fmt: skip
        return [element("div", table, class_="write")]

    def on_confidence_change(self, before: str, after: str) -> list[Html]:
        asked = "How sure was I in lesson 00? ________ How sure am I now? ________"
        return [parts.paragraph(asked)]

    def on_own_text(self) -> list[Html]:
        wanted = "Title, publisher, date, day seen and link of a text of my own:"
        return [parts.paragraph(wanted), parts.lines(3)]

    def text_read_and_tag(self) -> list[Html]:
        return parts.tagging(list(load_codebook().devices), [], rows=14)

    def text_frames(self) -> list[Html]:
        return parts.frame_grid()

    def text_before_after(self, name: str) -> list[Html]:
        kept = "Tags kept: ____  added: ____  removed: ____  with another code: ____"
        return [parts.paragraph(kept)]


def calls(source: str) -> Iterator[tuple[str, str, list[Any], dict[str, Any]]]:
    """Name the calls of a lesson's box: on what, which one, with what."""
    for line in ast.parse(source).body:
        call = line.value if isinstance(line, ast.Expr) else None
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute):
            who = call.func.value.id if isinstance(call.func.value, ast.Name) else ""
            if who not in ("lesson", "text"):
                continue
            named = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
            # a name stands for a list that is written above it; the sheets have lists of their own
            args = [
                one if not isinstance(one, ast.Name) else ast.Constant(None) for one in call.args
            ]
            yield who, call.func.attr, [ast.literal_eval(one) for one in args], named


def chunks(lesson: str) -> list[tuple[str, list[str], list[Any]]]:
    """Cut a lesson at its second-level headings: heading, paragraphs, calls."""
    found: list[tuple[str, list[str], list[Any]]] = []
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and found:
            found[-1][2].extend(calls(cell.source))
        if cell.cell_type == "markdown":
            for block in re.split(r"\n\s*\n", cell.source):
                if block.startswith("## "):
                    found.append((block.removeprefix("## ").strip(), [], []))
                elif found:
                    found[-1][1].append(block)
    return found


def from_markdown(text: str) -> Html:
    """Return text of a lesson as HTML; links lead nowhere on paper, so only their words stay."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", text)
    made = str(_markdown(plain)).replace("<th>", '<th scope="col">')
    return Html(made.strip())


def taken(blocks: list[str], beginnings: list[str]) -> list[Html]:
    """Return the paragraphs that begin so, each of which must be there once."""
    found = []
    for beginning in beginnings:
        fits = [block for block in blocks if block.startswith(beginning)]
        if len(fits) != 1:
            raise ValueError(f"{len(fits)} paragraphs begin with {beginning!r}, and not one.")
        found.append(from_markdown(fits[0]))
    return found


def lesson_page(sheet: dict[str, Any]) -> bytes:
    """Return the worksheet of one lesson, or of some parts of it."""
    lesson, maker = sheet["lesson"], Sheet(sheet["lesson"])
    words = {one["heading"]: one for one in sheet["part"]}
    body = [parts.paragraph(one) for one in ("Code name: ____________________", sheet["say"])]
    headings = [heading for heading, _, _ in chunks(lesson)]
    for wanted in words:
        if sum(one.startswith(wanted) for one in headings) != 1:
            raise ValueError(f"No single heading of {lesson} begins with {wanted!r}.")
    for heading, blocks, made in chunks(lesson):
        part = next((one for name, one in words.items() if heading.startswith(name)), None)
        if part is not None:
            body += [element("h2", heading), *taken(blocks, part.get("take", []))]
            body += [parts.paragraph(text) for text in part.get("say", [])]
            maker.only = part.get("asks", [])
            body += [one for call in made for one in maker.parts(*call)]
    if maker.verdicts:
        body.append(element("h2", "Verdicts: read this page last", class_="own-page"))
        body += parts.source_notes(maker.verdicts, verdicts=True)
    return parts.page(sheet["title"], body, LICENCE)


def text_page(document: str, title: str) -> bytes:
    note = parts.paragraph(load_article(document).note.replace("\n", " ").strip())
    return parts.page(title, [note, *parts.passage("", document, wide=True)], LICENCE)


def code_page() -> bytes:
    codebook = load_codebook()
    extension = [one for one in codebook.devices if one not in codebook.core]
    body = [
        parts.code_table(codebook.core, "The eight core codes"),
        parts.code_table(extension, "Six more codes"),
        element("h2", "Eight frames"),
        *parts.frame_grid()[:1],
    ]
    return parts.page("The codebook on paper", body, LICENCE)


def rubric_page() -> bytes:
    told = (ROOT / "docs" / "capstone-rubric.md").read_text(encoding="utf-8")
    head, _, _ = told.partition("## How to use it")
    rows = [
        (row, "", "")
        for row in ("Evidence", "Attribution", "Metaphor", "Omission and alternatives", "Fairness")
    ]
    table = parts.table_html("My marks", ("Row", "0 to 3", "Words of the memo as a reason"), rows)
    body = [from_markdown(head.split("\n", 1)[1]), element("div", table, class_="write")]
    body += [parts.paragraph("One thing to keep, and one thing to change:"), parts.lines(4)]
    return parts.page("Peer review of a memo", body, LICENCE)


def index_page(titles: dict[str, str]) -> bytes:
    links = [element("a", Html(title), href=name) for name, title in sorted(titles.items())]
    entries = [element("li", link) for link in links]
    told = (
        "Print what you need, on A4 or Letter paper, on one side if pupils write much. The sheets "
        "need no device and no colour. Answers for teachers are in the instructor guide."
    )
    body = [parts.paragraph(told), element("ul", *entries)]
    return parts.page("Worksheets to print", body, LICENCE)


def worksheets() -> dict[str, bytes]:
    """Return all worksheets, by the names of their files."""
    sheets = tomllib.loads((Path(__file__).parent / "worksheets.toml").read_text(encoding="utf-8"))[
        "sheet"
    ]
    made = {f"{one['name']}.html": lesson_page(one) for one in sheets}
    made["article.html"] = text_page("alaska-summit", "The article")
    for document in CONSTRUCTED:
        made[f"text-{document}.html"] = text_page(document, load_article(document).title)
    made["codebook.html"] = code_page()
    made["peer-review.html"] = rubric_page()
    titles = {name: title_of(text) for name, text in made.items()}
    return {**made, "index.html": index_page(titles)}


def for_teachers() -> dict[str, bytes]:
    """Return what holds answers, by the names of its files; it belongs to the guide."""
    lessons = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
    return {
        "answers.html": answers_page(lessons, chunks, from_markdown, LICENCE),
        "reference-readings.html": readings_page(list_articles(), LICENCE),
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
