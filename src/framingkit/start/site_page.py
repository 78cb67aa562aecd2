"""Makes the start page of a site: the same page, with a script that reads the browser's storage.

Nobody answers for a site but its files: what is done is known only in the browser.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import Html, element, read_text, scripted
from framingkit.course import LessonPart, Outline, load_article, load_items, this_course
from framingkit.site import STORAGE
from framingkit.start.page import PRACTICE, door, foot, hero, lesson_list, link, whole_page
from framingkit.work import CLASS_NAME_ITEM, CODE_NAME_ITEM, State, lesson_progress

SCRIPT = read_text(Path(__file__).with_name("site.js"))
_HEAD = (
    '<meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "style-src 'unsafe-inline'; img-src data:\">"
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    '<link rel="icon" href="data:,">'
)
_OLD_ADDRESS = re.compile(r'href="lab/tree/([^"#]+)(#[^"]*)?"')
WORDS = {
    "class": "Class {name}", "parts": "{done} of {all} parts", "done": "✓ Done",
    "again": "Look again", "on": "Go on", "new": "Not begun", "start": "Start",
    "at": "at lesson {number}", "with": "with lesson {number}", "lesson": "lesson {number}",
    "finished": "All lessons are done: take a workbook",
    "goOn": "Go on: lesson {number}, {part}", "goOnWith": "Go on: lesson {number}, {name}",
    "begin": "Begin: lesson {number}, {name}", "handIn": "Hand in",
    "count": "{done} done, {begun} begun, {left} to come",
    "kept": "{coder}: {tags} and {answers} are saved in this browser, and nowhere else.",
    "since": "Last saved on {at}.", "codeName": CODE_NAME_ITEM,
    "className": CLASS_NAME_ITEM,
    "strange": "The name of the class in your link cannot be shown here. Go on without it, or ask "
    "your teacher for the link again.",
    "blocked": "This browser does not let the page read what it keeps, as in some private windows "
    "or with strict settings. You can work, but what you do is gone when you close the tab: "
    "download your answers first.",
}  # fmt: skip
NOTHING_YET = (
    "Nothing is saved yet. Your answers will be saved in this browser, and nowhere else: use the "
    "same browser on the same computer, and download your answers when you have finished."
)
_MORE = "More to do on other texts, after each of lessons 00 to 05."
FOOT = "Nothing leaves this browser until you hand it in. No account, no tracking."


@dataclass(frozen=True, slots=True)
class SiteMap:
    """Where things lie on a site, as addresses that are relative to its first page.

    ``lesson`` is the address of a notebook with a place for its path; ``pages`` are addresses by
    what they are for: glossary, codes, sheets, quick, class. ``storage`` names the database in
    which a browser keeps the work on this course. ``has_practice`` says whether there is a notebook
    with practice sentences.
    """

    lesson: str
    pages: Mapping[str, str]
    workbooks: Sequence[str] = ()
    has_practice: bool = False
    storage: str = STORAGE


def site_page(outlines: Sequence[Outline], site: SiteMap) -> bytes:
    """Make the page.

    Parameters
    ----------
    outlines
        The lessons, in teaching order.
    site
        Where things lie.

    Examples
    --------
    >>> from framingkit.course import load_outlines
    >>> page = site_page(load_outlines(), SiteMap("v-1/notebooks/?path={path}", {})).decode()
    >>> 'href="v-1/notebooks/?path=notebooks/00-start-here.ipynb"' in page
    True
    """
    items = {item.id: item for outline in outlines for item in load_items(outline.id)}
    lessons = [lesson_progress(State(), outline, items) for outline in outlines]
    main = element(
        "main",
        hero(lessons, lessons[0], NOTHING_YET, False),
        lesson_list(lessons, lessons[0]),
        _doors(site),
    )
    told = [_told(outline, site) for outline in outlines]
    course = {"lessons": told, "words": WORDS, "storage": site.storage}
    head, script = scripted(_HEAD, SCRIPT)
    plain = json.dumps(course, ensure_ascii=False).replace("<", "\\u003c")
    data = Html(f'<script type="application/json" id="course">{plain}</script>')
    page = whole_page(head, _top(site), main, foot(FOOT), data, script)
    return _OLD_ADDRESS.sub(
        lambda old: f'href="{_address(site, old[1], old[2])}"', page.decode()
    ).encode()


def _address(site: SiteMap, path: str, place: str | None = "") -> str:
    return site.lesson.replace("{path}", path) + (place or "")


def _told(outline: Outline, site: SiteMap) -> dict[str, object]:
    """Give the script what it has to know of a lesson."""
    last = next((part.heading for part in reversed(outline.parts)), "")
    return {
        "number": outline.number, "name": outline.name,
        "href": _address(site, f"notebooks/{outline.id}.ipynb"),
        "ticket": f"#{last.replace(' ', '-')}", "parts": [_part(part) for part in outline.parts],
    }  # fmt: skip


def _part(part: LessonPart) -> dict[str, object]:
    places = []
    for id, name in part.tagged:
        section = next(one for one in load_article(id).sections if one.id == name)
        places.append([id, section.start, section.end])
    return {
        "name": part.name, "minutes": part.minutes, "optional": part.is_optional,
        "items": list(part.items), "tagged": places,
    }  # fmt: skip


def _top(site: SiteMap) -> Html:
    names = {"glossary": "Glossary", "codes": "Codes"}
    links = [link(words, site.pages[name]) for name, words in names.items() if name in site.pages]
    nav = element("nav", *links, link("For teachers", "#teach"), **{"aria-label": "Site"})
    brand = element("p", "framingkit", class_="brand")
    return element("header", brand, element("p", class_="class", id="class"), nav)


def _doors(site: SiteMap) -> Html:
    pages = site.pages
    books = [link(path[10:12], _address(site, path), aloud=" workbook") for path in site.workbooks]
    doors = [
        door("Only 20 minutes?", "Three headlines, one short text to tag, one question, on paper.",
             _buttons(pages, ("Take the quick path", "quick"))),
        door("Practice", "Ten short sentences a round: is there a device, and which one?",
             [link("Practise", _address(site, PRACTICE), "button")] if site.has_practice else []),
        door("Workbooks", _MORE if this_course().is_kit else "One for each lesson.",
             [element("p", *books, class_="ways")] if books else []),
        door("On paper", "Worksheets for a room without computers.",
             _buttons(pages, ("Print the worksheets", "sheets"))),
    ]  # fmt: skip
    if not this_course().is_kit:
        doors = doors[
            1 if site.has_practice else 2 : 3
        ]  # the others are about the kit's own article
    title = element("h2", "More ways in", class_="aloud")
    return element("section", title, *doors, _teachers(site), class_="doors", id="doors")


def _buttons(pages: Mapping[str, str], *ways: tuple[str, str]) -> list[Html]:
    return [link(words, pages[name], "button") for words, name in ways if name in pages]


def _teachers(site: SiteMap) -> Html:
    words = (
        "Give your class a link to one lesson. Routes, likely answers, marked samples and the "
        "class report come with the kit, which you install on your own computer."
    )
    ways = (
        [link("Make a link for your class", site.pages["class"])] if "class" in site.pages else []
    )
    title = element("h3", "For teachers")
    how = element("p", *ways, class_="ways")
    return element("div", title, element("p", words), how, class_="door teach", id="teach")
