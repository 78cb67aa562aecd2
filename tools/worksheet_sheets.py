"""Turns a sheet of ``worksheets.toml`` into a page: numbered tasks, and what is read before them.

The tasks are chosen by the ids of questions, so a new question in the bank changes no sheet.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import worksheet_parts as parts
from worksheet_lessons import paragraphs, taken

from framingkit.base.html import Html, element
from framingkit.course.codebooks import Code
from framingkit.course.data import load_article, load_codebook, load_items
from framingkit.course.items import Item

TAGGING = (
    "Underline the smallest group of words that carries the device, and write the two letters of "
    "its code above it. Leave plain words alone."
)
FRAMES = (
    "Tick each question whose answer is yes. A frame with two or three ticks is present. The "
    "primary frame is the present frame that most sentences support, without the heading."
)


@dataclass(frozen=True)
class Task:
    """A numbered task: a question of the bank, a passage to tag, or the frames of a section."""

    number: int
    item: Item | None = None
    tag: Mapping[str, Any] = field(default_factory=dict)
    frames: Mapping[str, Any] = field(default_factory=dict)


def codes_of(tag: Mapping[str, Any]) -> list[Code]:
    """Return the codes of a passage to tag: those that are named, or the eight of the core."""
    codebook = load_codebook()
    return [codebook.code(name) for name in tag["codes"]] if "codes" in tag else list(codebook.core)


def tasks(sheet: Mapping[str, Any]) -> Iterator[Task]:
    """Number the tasks of a sheet, in the order in which it has them."""
    items = {one.id: one for one in load_items(sheet["lesson"])}
    number = 0
    for part in sheet["part"]:
        for key, given in part.items():
            for one in given if key == "ask" else [given] if key in ("tag", "frames") else []:
                number += 1
                yield Task(number, items[one]) if key == "ask" else Task(number, **{key: one})


class Sheet:
    """Makes the page of one sheet; each key of a part has a method of its name."""

    def __init__(self, sheet: Mapping[str, Any]) -> None:
        self.sheet = sheet
        self.blocks = [block for _, block in paragraphs(sheet["lesson"])]
        self.waiting = list(tasks(sheet))

    def page(self) -> bytes:
        body = [element("p", self.sheet["say"], class_="say")]
        for part in self.sheet["part"]:
            for key, given in part.items():
                maker: Callable[[Any], list[Html]] = getattr(self, f"of_{key}")
                body += maker(given)
        return parts.page(self.sheet["title"], body, self.sheet["kicker"], ("Code name", "Date"))

    def of_heading(self, words: str) -> list[Html]:
        return [element("h2", words)]

    def of_new_page(self, wanted: bool) -> list[Html]:
        return [element("div", class_="new-page")] if wanted else []

    def of_take(self, beginnings: list[str]) -> list[Html]:
        return [element("div", *taken(self.blocks, beginnings), class_="taken")]

    def of_say(self, words: str) -> list[Html]:
        return [parts.paragraph(words)]

    def of_passage(self, sections: list[str]) -> list[Html]:
        return [parts.passage(sections)]

    def of_notes(self, claims: list[str]) -> list[Html]:
        return [parts.source_notes(one) for one in claims]

    def of_rules(self, names: list[str]) -> list[Html]:
        return [parts.rules(codes_of({"codes": names}))]

    def of_ask(self, ids: list[str]) -> list[Html]:
        """Return questions; those to be ticked are side by side."""
        found: list[Html] = []
        closed: list[Html] = []
        for _ in ids:
            task = self.waiting.pop(0)
            if task.item is None:
                raise ValueError(f"Task {task.number} is not a question.")
            made = parts.question(
                task.item, task.number, self.sheet.get("prompts", {}).get(task.item.id, ""),
                self.sheet.get("lines", {}).get(task.item.id, 0),
            )  # fmt: skip
            if task.item.options:
                closed.append(made)
                continue
            found += [*columns(closed), made]
            closed = []
        return [*found, *columns(closed)]

    def of_tag(self, tag: dict[str, Any]) -> list[Html]:
        number = self.waiting.pop(0).number
        told = [parts.task_line(number, f"{tag['say']} {TAGGING}"), parts.rules(codes_of(tag))]
        if "section" in tag:
            told.append(
                parts.passage([tag["section"]], tag.get("document", "alaska-summit"), "wide")
            )
        if "rows" in tag:
            header = ("Sentence", tag["words"], "Code", tag["reason"])
            told.append(parts.blank_table("Your tags", header, tag["rows"]))
        return [element("section", *told, class_="task")]

    def of_frames(self, asked: dict[str, Any]) -> list[Html]:
        number = self.waiting.pop(0).number
        title = load_article().section(asked["section"]).title
        told = parts.task_line(number, f"{asked['say']} {FRAMES}")
        table = parts.frame_table(asked["only"], f"Frames of “{title}”", tick=True)
        kept = parts.paragraph(
            "Primary frame: ____________________  Sentences that support it: ____________"
        )
        return [element("section", told, table, kept, class_="task")]


def columns(closed: list[Html]) -> list[Html]:
    """Put questions side by side; a single one has its options side by side."""
    if not closed:
        return []
    return [element("div", *closed, class_="closed" if len(closed) > 1 else "closed single")]
