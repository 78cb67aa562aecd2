"""Make the slides for a projector in docs/instructor-guide from a lesson.

Usage, from the top folder of the kit::

    python tools/make_slides.py

One page, which needs no network. A question is always a slide before its answer, and nothing of
the exit ticket is shown. ``slides.toml`` names the paragraphs of the lesson that are
shown, by the words with which they begin.
"""

import base64
import hashlib
import re
import sys
import tomllib
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

import mistune
import nbformat

from framingkit.base import PAGE_TOKENS, Html, code_look, element
from framingkit.course import (
    Code,
    Item,
    LessonPart,
    Option,
    Outline,
    Span,
    load_article,
    load_codebook,
    load_items,
    load_outlines,
    load_reference,
)

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent
LESSON = "03-commentary"
PAGE = ROOT / "docs" / "instructor-guide" / "slides-03.html"
WORDS = 75
"""How many words of the article a slide can hold."""
LETTERS, ROWS = 330, 6
"""Up to how many letters, and rows of a list, are set larger."""
_markdown = mistune.create_markdown()
_SCRIPT = (HERE / "slides.js").read_text(encoding="utf-8")
_STYLE = (HERE / "slides.css").read_text(encoding="utf-8")
Slide = list[Html]


def make() -> bytes:
    """Make the page of all slides."""
    (outline,) = [one for one in load_outlines() if one.id == LESSON]
    groups = [("", [first_slide(outline), plan_slide(outline)])]
    groups += [(where, list(slides)) for where, slides in part_slides(outline)]
    numbered = [(where, slide) for where, slides in groups for slide in slides]
    sections = [
        section(number, where, slide) for number, (where, slide) in enumerate(numbered, start=1)
    ]
    return page(outline, sections)


def page(outline: Outline, sections: list[Html]) -> bytes:
    digest = base64.b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
    policy = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'"
    )
    title = f"Slides for lesson {outline.number}: {outline.name}"
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html(f'<meta http-equiv="Content-Security-Policy" content="{policy}">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} – framingkit"),
        element("style", Html(PAGE_TOKENS + _STYLE)),
    )
    buttons = [element("button", "Back"), element("output"), element("button", "Next")]
    theme = element("button", "Dark or light", class_="theme")
    bar = element("nav", *buttons, theme, **{"aria-label": "Slides"})
    top = element("h1", title, class_="aloud")
    body = element("body", element("main", top, *sections), bar, element("script", Html(_SCRIPT)))
    whole = element("html", head, body, lang="en", class_="fk-page")
    return f"<!doctype html>\n{whole}\n".encode()


def section(number: int, where: str, slide: Slide) -> Html:
    inside = "".join(slide)
    is_short = len(re.sub(r"<[^>]+>", "", inside)) <= LETTERS and inside.count("<li>") <= ROWS
    place = element("p", where, class_="where")
    look = "slide big" if is_short else "slide"
    return element("section", *slide, place, id=f"s{number}", class_=look)


def heading(words: str) -> Html:
    return element("h2", words, tabindex="-1")


def first_slide(outline: Outline) -> Slide:
    rules = (
        "We talk about words on a page. We say what they do, not what the writer wanted. "
        "You may pass."
    )
    return [
        heading(f"{outline.name}: {outline.question[0].lower()}{outline.question[1:]}"),
        element("p", f"Lesson {outline.number}, {outline.minutes} minutes", class_="lead"),
        element("p", rules),
    ]


def core(outline: Outline) -> list[tuple[int, LessonPart]]:
    """List the parts that are not optional, each with the minute in which it begins."""
    parts = [part for part in outline.parts if not part.is_optional]
    starts = accumulate((part.minutes for part in parts), initial=0)
    return list(zip(starts, parts, strict=False))


def plan_slide(outline: Outline) -> Slide:
    rows = [
        element("li", element("b", f"{start}–{start + part.minutes}"), element("span", part.name))
        for start, part in core(outline)
    ]
    return [heading("Today, minute by minute"), element("ol", *rows, class_="plan")]


def part_slides(outline: Outline) -> Iterator[tuple[str, Iterator[Slide]]]:
    """Give the slides of each part, with what is written below them."""
    plan = {one["name"]: one for one in _toml()}
    cells = cells_by_part()
    starts = {part.name: (start, part) for start, part in core(outline)}
    for name in plan:
        start, part = starts.get(name, (0, None))
        minutes = f"{start}–{start + part.minutes} min" if part else ""
        title = part.title if part else name
        where = f"{name}, {minutes}" if minutes else name
        yield where, slides_of(title, cells[name], plan[name])


def _toml() -> list[dict[str, Any]]:
    text = (HERE / "slides.toml").read_text(encoding="utf-8")
    parts: list[dict[str, Any]] = tomllib.loads(text)["part"]
    return parts


def cells_by_part() -> dict[str, list[Any]]:
    notebook: Any = nbformat.read(ROOT / "notebooks" / f"{LESSON}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    found: dict[str, list[Any]] = {}
    name = ""
    for cell in notebook.cells:
        named = re.search(r"^## (.+?)(?: \(about [^)]*\))?$", cell.source, re.MULTILINE)
        if named and cell.cell_type == "markdown":
            name = named[1].partition(":")[0]
        found.setdefault(name, []).append(cell)
    return found


def slides_of(title: str, cells: list[Any], plan: dict[str, Any]) -> Iterator[Slide]:
    """Make the slides of a part: its own words first, then what its boxes show and ask."""
    blocks = [
        block
        for cell in cells
        if cell.cell_type == "markdown"
        for block in re.split(r"\n\s*\n", cell.source)
    ]
    for starts in plan["slides"]:
        yield from text_slides(title, [block_of(blocks, start) for start in starts])
    for cell in cells:
        if cell.cell_type == "code" and not plan.get("quiet"):
            for act, said in re.findall(r"lesson\.(\w+)\(([^)]*)\)", cell.source):
                yield from act_slides(title, act, re.findall(r'"([\w-]+)"', said), said)


def block_of(blocks: list[str], start: str) -> str:
    found = [block for block in blocks if block.startswith(start)]
    if len(found) != 1:
        number = len(found)
        raise SystemExit(f"{number} blocks of the lesson begin with “{start}”: change slides.toml.")
    return found[0]


def text_slides(title: str, blocks: list[str]) -> Iterator[Slide]:
    asked = [re.sub(r"(\*\*[^*]+\?\*\*)[^\n]*", r"\1", block) for block in blocks]
    if asked != blocks:
        yield [heading(title), *map(as_html, asked)]
    yield [heading(title), *map(as_html, blocks)]


def as_html(block: str) -> Html:
    """Turn a block of the lesson into HTML; links are left out, for there is nothing to press."""
    return Html(_markdown(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", block)).strip())


def act_slides(title: str, act: str, ids: list[str], said: str) -> Iterator[Slide]:
    """Make the slides of one call of the lesson."""
    if act == "ask":
        items = {item.id: item for item in load_items(LESSON)}
        for id in ids:
            yield from question_slides(items[id])
    elif act == "code":
        yield from (code_slide(load_codebook().code(id)) for id in ids)
    elif act in ("read", "tag"):
        words = "Tag these sentences" if act == "tag" else "Read"
        yield from (slide for id in ids for slide in passage_slides(words, id))
    elif act == "frames" and ids[0] == "commentary":
        yield from (frame_slide(load_codebook().code(id)) for id in ids[1:])
    elif act == "reference":
        yield from reference_slides(ids[0])


def question_slides(item: Item) -> Iterator[Slide]:
    """Ask a question; its answer comes on the next slide, if it has one."""
    kind = {"written": "Write", "several": "Choose all that fit"}.get(item.kind, "Choose one")
    options = [element("li", option.text) for option in item.options]
    choice = [element("ol", *options, class_="letters")] if options else []
    yield [heading(kind), element("p", item.prompt), *choice]
    letters = zip("ABCDEFGH", item.options, strict=False)
    right = [(letter, option) for letter, option in letters if option.correct]
    if right:
        title = f"Answer{'s' * (len(right) > 1)}: {', '.join(letter for letter, _ in right)}"
        yield [heading(title), *(line for _, option in right for line in _reason(option))]


def _reason(option: Option) -> Slide:
    words = element("p", option.text, class_="right")
    return [words, element("p", option.feedback, class_="why")]


def code_slide(code: Code) -> Slide:
    chip = element("span", code.chip, class_="chip", style=code_look(code.chip))
    example = element("p", element("mark", code.example, style=code_look(code.chip)), class_="text")
    title = element("h2", chip, code.name, tabindex="-1")
    return [title, element("p", getattr(code, "short", "") or code.decision_rule), example]


def frame_slide(frame: Code) -> Slide:
    questions = element("ol", *(element("li", one) for one in frame.indicators))
    return [heading(f"Frame: {frame.name}"), questions]


def passage_slides(words: str, section: str) -> Iterator[Slide]:
    """Show a section of the article, with its sentence numbers, in pieces that can be read."""
    article = load_article()
    group: list[Html] = []
    length = 0
    for sentence in article.sentences(section):
        text = article.text[sentence.start : sentence.end]
        if group and length + len(text.split()) > WORDS:
            yield _passage(words, section, group)
            group, length = [], 0
        group.append(element("p", element("small", str(sentence.number)), text))
        length += len(text.split())
    yield _passage(words, section, group)


def _passage(words: str, section: str, group: list[Html]) -> Slide:
    title = load_article().section(section).title
    return [heading(f"{words}: {title.lower()}"), element("div", *group, class_="text")]


def reference_slides(section: str) -> Iterator[Slide]:
    """Show the tags of the reference reading, sentence by sentence."""
    article, codebook = load_article(), load_codebook()
    spans = [entry.span for entry in load_reference().spans if entry.section == section]
    for sentence in article.sentences(section):
        inside = [one for one in spans if sentence.start <= one.start < sentence.end]
        title = f"The reference reading, sentence {sentence.number}"
        for first in range(0, len(inside), ROWS):
            some = inside[first : first + ROWS]
            rows = [_tag(codebook.code(span.label), span) for span in some]
            yield [heading(title), element("ul", *rows)]


def _tag(code: Code, span: Span) -> Html:
    chip = element("span", code.chip, class_="chip", style=code_look(code.chip))
    words = element("mark", span.quote, style=code_look(code.chip))
    return element("li", chip, words, f" {code.name}")


if __name__ == "__main__":
    PAGE.write_bytes(make())
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {PAGE.stat().st_size:,} bytes\n")
