"""All prose that the kit shows, cut into sentences that know where they are written.

The record tests compare these sentences with what data/ says. Texts that are an object of study
(the article, the constructed passages) are no prose of the kit, and are not here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import nbformat

from framingkit.course.data import (
    list_lessons,
    load_claims,
    load_codebook,
    load_distances,
    load_findings,
    load_items,
    load_misconceptions,
    load_publishers,
)
from framingkit.course.items import Item

ROOT = Path(__file__).parents[2]
# the days and sizes in these are those of programs, not of the event
OF_MACHINES = {"hosting.md", "jupyterhub.md", "where-it-runs.md"}
PAGES = [
    *sorted(page for page in (ROOT / "docs").glob("*.md") if page.name not in OF_MACHINES),
    *sorted((ROOT / "docs" / "instructor-guide").glob("*.md")),
    ROOT / "README.md",
    ROOT / "data" / "README.md",
    ROOT / "exercises" / "README.md",
]
NOTEBOOKS = [
    *sorted((ROOT / "notebooks").glob("*.ipynb")),
    *sorted((ROOT / "exercises" / "solutions").glob("[0-9]*.ipynb")),
]
MADE = [
    *sorted((ROOT / "docs" / "worksheets").glob("*.html")),
    *sorted((ROOT / "docs" / "instructor-guide").glob("*.html")),
]


@dataclass(frozen=True)
class Sentence:
    """A sentence; ``near`` is the whole cell, question or page part around it.

    ``wrong`` says that it is meant to be wrong: an option that does not fit, a sample of level 0
    or 1. ``sources`` are the works that its question names.
    """

    place: str
    text: str
    near: str
    kind: str
    wrong: bool = False
    sources: tuple[str, ...] = ()

    @property
    def bare(self) -> str:
        """The words without where their links lead."""
        return re.sub(r"\]\([^)]*\)", "]", self.text)

    def __str__(self) -> str:
        return f"{self.place}: {self.text[:150]}"


def sentences(text: str) -> Iterator[str]:
    """Cut Markdown into sentences; a cell of a table and a line of a list are one each."""
    plain = re.sub(r"^```.*?^```|<!--.*?-->", "", text, flags=re.DOTALL | re.MULTILINE)
    plain = re.sub(r"</?[a-z][^>]*>", "\n\n", plain)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|#]|\d+\.) ?)|(?<!\w)\|(?!\w)", plain):
        joined = re.sub(r"\s+", " ", block).strip()
        for one in re.split(r"(?<=[.!?:])(?:[”)*]*)\s+(?=[A-Z“(\[*]|c\d\d\b)", joined):
            if re.search(r"\w", one):
                yield one


def of_text(place: str, text: str, kind: str, **known: object) -> Iterator[Sentence]:
    for one in sentences(text):
        yield Sentence(place, one, text, kind, **known)  # type: ignore[arg-type]


def of_notebooks() -> Iterator[Sentence]:
    """Give the cells of lessons and workbooks, and what their boxes show."""
    for path in NOTEBOOKS:
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
            place = f"{path.parent.name}/{path.name} cell {number}"
            if cell.cell_type == "markdown":
                yield from of_text(place, cell.source, "lesson")
            for output in cell.get("outputs", []):
                shown = output.get("data", {}).get("text/html", "")
                yield from of_text(f"{place}, output", plain_of(shown), "made")


def plain_of(html: str) -> str:
    """Return the words of a page; each element is a block of its own."""
    words = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    words = re.sub(r"</?(?:a|b|i|em|strong|span|small|bdi|mark|cite|q)\b[^>]*>", "", words)
    return unescape(re.sub(r"<[^>]+>", "\n\n", words))


def of_items() -> Iterator[Sentence]:
    """Give every text of every question."""
    for lesson in list_lessons():
        for item in load_items(lesson):
            yield from of_item(item, f"items/{lesson} {item.id}")


def of_item(item: Item, place: str) -> Iterator[Sentence]:
    own = [item.prompt, item.after, item.worked, item.dissent, *item.rubric]
    near = " ".join([*own, *(f"{one.text} {one.feedback}" for one in item.options)])
    for text in own:
        for one in sentences(text):
            yield Sentence(place, one, near, "item", False, item.sources)
    for option in item.options:
        wrong = item.scored and item.is_closed and item.kind != "order" and not option.correct
        for one in sentences(option.text):
            yield Sentence(f"{place} {option.id}", one, near, "option", wrong, item.sources)
        for one in sentences(option.feedback):
            yield Sentence(f"{place} {option.id}", one, near, "item", False, item.sources)


def of_pages() -> Iterator[Sentence]:
    """Give the pages of docs/ and the three READMEs."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8")
        place = path.relative_to(ROOT).as_posix()
        for part in re.split(r"^(?=#{1,3} )", text, flags=re.MULTILINE):
            for line in re.split(r"^(?=\| [01] \|)|(?<=\|)\n", part, flags=re.MULTILINE):
                wrong = "samples" in path.name and bool(re.match(r"\| [01] \|", line))
                yield from (Sentence(place, one, part, "page", wrong) for one in sentences(line))


def of_data() -> Iterator[Sentence]:
    """Give what the data say of the world, and what the codebook says of codes."""
    ledger = load_claims()
    texts = {f"claims {one.id}": [one.claim, one.note] for one in ledger.claims}
    texts |= {"claims, caveat": [ledger.caveat]}
    texts |= {f"omissions {one.id}": [one.what] for one in ledger.omissions}
    texts |= {one.id: [one.definition, one.decision_rule] for one in load_codebook().codes}
    texts |= {f"findings {one.id}": [one.says] for one in load_findings()}
    texts |= {f"distances {one.id}": [one.name] for one in load_distances()}
    texts |= {f"publishers {host}": [one.kind] for host, one in load_publishers().items()}
    texts |= {
        f"belief {one.number}": [one.name, one.helps] for one in load_misconceptions().values()
    }
    for place, found in texts.items():
        for text in found:
            yield from of_text(f"data, {place}", text, "data")


def of_made_pages() -> Iterator[Sentence]:
    """Give the worksheets and the printed sheets for teachers, as they are stored."""
    for path in MADE:
        shown = plain_of(path.read_text(encoding="utf-8"))
        yield from of_text(path.name, shown, "made")


def all_prose() -> list[Sentence]:
    """Return every sentence that the kit shows."""
    return [*of_notebooks(), *of_items(), *of_pages(), *of_data(), *of_made_pages()]
