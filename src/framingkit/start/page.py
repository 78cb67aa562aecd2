"""Makes the start page: go on, hand in, the lessons with what is done, and the other ways in.

Addresses are written without the server's own, so that they hold wherever the server lies.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from framingkit.base import PAGE_TOKENS, Html, code_look, counted, element, read_text
from framingkit.course import (
    Code,
    Outline,
    list_lessons,
    load_article,
    load_codebook,
    load_items,
    load_outlines,
    this_course,
)
from framingkit.work import (
    CLASS_NAME_ITEM,
    CODE_NAME_ITEM,
    LessonProgress,
    State,
    WorkLog,
    latest_lesson,
    lesson_progress,
)

FIRST = "notebooks/00-start-here.ipynb"
GUIDE = "docs/instructor-guide.md"
SLIDES = "docs/instructor-guide/slides-03.html"
GLOSSARY, ALONE, SHEETS = "docs/glossary.md", "docs/start-alone.md", "docs/worksheets/index.html"
CODES = "docs/worksheets/codebook.html"
WORKBOOKS, PRACTICE = "exercises/README.md", "notebooks/practice.ipynb"
CLASS, SOLUTIONS = "notebooks/instructor-class.ipynb", "exercises/solutions/00-start-here.ipynb"
PLACES = (
    FIRST, GUIDE, SLIDES, GLOSSARY, ALONE, SHEETS, CODES, WORKBOOKS, PRACTICE, CLASS, SOLUTIONS,
)  # fmt: skip
"""The files that the page leads to, if they are shown."""

SHOWN_BY = {
    "00": "game_metaphor", "01": "missing_agent", "02": "vague_attribution",
    "03": "ceremony_symbol", "04": "either_or_question", "06": "loaded_word",
}  # fmt: skip
"""The code whose example each card shows. Every rule shows it too: it gives nothing away."""

TITLE = "How the news frames diplomacy"
_LONGEST_SHOWN = 120  # characters; a part that has no heading begins with a whole paragraph
_STYLE = read_text(Path(__file__).with_name("start.css"))
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_HEAD = (
    '<meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)


_ON_A_SERVER = "Your work is kept on this server. Other learners do not see it."


@dataclass(frozen=True, slots=True)
class Here:
    """What lies in the folder: the files that are shown, and whether the guide is there at all.

    ``trouble`` is a sentence about the learner's work, if that could not be read. ``is_served``
    says that the folder is on a server with accounts, not on the learner's computer.
    """

    shown: frozenset[str]
    has_guide: bool = False
    trouble: str = ""
    is_served: bool = False


def start_page(log: WorkLog | None, here: Here) -> bytes:
    """Make the page.

    Parameters
    ----------
    log
        The work of whoever worked here last; None if there is none.
    here
        What lies in the folder.

    Examples
    --------
    >>> page = start_page(None, Here(frozenset({FIRST}))).decode()
    >>> 'href="lab/tree/notebooks/00-start-here.ipynb"' in page
    True
    """
    state = log.state if log else State()
    items = {item.id: item for id in list_lessons() for item in load_items(id)}
    lessons = [lesson_progress(state, outline, items) for outline in load_outlines()]
    current = _current(lessons, latest_lesson(state, [one.outline for one in lessons]))
    main = element(
        "main",
        hero(
            lessons, current, here.trouble or _kept(log, here), bool(here.trouble), here.is_served
        ),
        lesson_list(lessons, current),
        _doors(here, current),
    )
    ending = foot(_ON_A_SERVER) if here.is_served else foot()
    return whole_page(_HEAD, _top(here), main, ending)


def no_course_page(trouble: str = "") -> bytes:
    """Make the page for a folder in which there is no course, or one that cannot be read."""
    words = trouble or (
        "The lessons are not in the folder that JupyterLab shows. Close it, and start it in the "
        "folder of the course."
    )
    way = element("p", element("a", "Open JupyterLab all the same", href="lab"))
    return whole_page(_HEAD, element("main", element("h1", TITLE), element("p", words), way))


def whole_page(head: str, *children: str) -> bytes:
    """Make a page with the style of the start page."""
    styles = element("style", Html(PAGE_TOKENS + _STYLE))
    head = element("head", Html(head), element("title", f"{TITLE} – framingkit"), styles)
    page = element("html", head, element("body", *children), lang="en", class_="fk-page")
    return f"<!doctype html>\n{page}\n".encode()


def link(words: str, href: str, class_: str = "", aloud: str = "") -> Html:
    """Make a link; only screen readers say `aloud`."""
    more = [element("span", aloud, class_="aloud")] if aloud else []
    return element("a", words, *more, href=href, **({"class_": class_} if class_ else {}))


def _file(path: str) -> str:
    """Give the address under which a file is opened: pages by the browser, all else by Lab."""
    if path == SLIDES:
        return f"files/{path}"  # their keys need a script: the server shuts them in
    return f"framingkit/{path}" if path.endswith(".html") else f"lab/tree/{path}"


def _notebook(outline: Outline) -> str:
    return _file(f"notebooks/{outline.id}.ipynb")


def _current(lessons: list[LessonProgress], latest: Outline | None) -> LessonProgress | None:
    """Find the lesson to go on with: the latest, or after it the first that is not done."""
    left = [one for one in lessons if not one.is_done]
    here = [one for one in left if one.outline == latest]
    after = [one for one in left if latest and one.outline.id > latest.id]
    return next(iter([*here, *after, *left]), None)


def _top(here: Here) -> Html:
    links = [("Glossary", GLOSSARY), ("Codes", CODES)]
    shown = [link(words, _file(path)) for words, path in links if path in here.shown]
    nav = element("nav", *shown, link("For teachers", "#teach"), **{"aria-label": "Site"})
    return element("header", element("p", "framingkit", class_="brand"), nav)


def hero(
    lessons: list[LessonProgress],
    current: LessonProgress | None,
    kept: str,
    is_trouble: bool,
    is_served: bool = False,
) -> Html:
    """Say what the kit is and where its learner is, beside words of the article."""
    begun = any(one.is_begun for one in lessons)
    number = "Seven lessons, most of them" if len(lessons) == 7 else counted(len(lessons), "lesson")
    words = (
        f"{number} on one article. You read it line by line, mark how it speaks, and put your "
        f"reading beside others. You need no programming{'' if is_served else ' and no account'}."
    )
    ways = [_go(current, begun)]
    if begun:
        ways.append(link("Hand in", _ticket(current or lessons[-1]), "button big"))
    last = element("p", kept, class_="kept" + " trouble" * is_trouble)
    course = this_course()
    say = (
        element("h1", TITLE if course.is_kit else course.title),
        element("p", words),
        element("p", *ways, class_="go"),
        last,
    )
    return element("section", element("div", *say, class_="say"), _sheet(), class_="hero")


def _go(current: LessonProgress | None, begun: bool) -> Html:
    if current is None:
        return link("All lessons are done: take a workbook", "#doors", "button main big")
    number, now = current.outline.number, current.now
    if not current.is_begun or now is None:
        name = f"lesson {number}, {current.outline.name}"
        words = f"{'Go on' if begun else 'Begin'}: {name}"
    else:
        words = f"Go on: lesson {number}, {now.name}"
    return link(words, _notebook(current.outline), "button main big")


def _ticket(lesson: LessonProgress) -> str:
    """Give the address of the box from which a lesson is handed in: it is in the exit ticket."""
    heading = next((part.heading for part in reversed(lesson.outline.parts)), "")
    return f"{_notebook(lesson.outline)}#{heading.replace(' ', '-')}"


def _kept(log: WorkLog | None, here: Here) -> str:
    """Say what is saved, whose it is and since when."""
    alone = "in the folder “work” beside the lessons, and nowhere else"
    where = "on this server, in your folder “work”" if here.is_served else alone
    if log is None or not log.state.latest:
        return f"Nothing is saved yet. Your answers will be saved {where}."
    tags, answers = counted(log.state.tagged, "tag"), counted(_answered(log.state), "answer")
    last = max((act.at for act in log.state.latest.values()), default="")
    return f"{log.coder}: {tags} and {answers} are saved {where}.{_since(last)}"


def _answered(state: State) -> int:
    """Count the answers to questions; who somebody is answers none."""
    about = sum(state.answer(item) is not None for item in (CODE_NAME_ITEM, CLASS_NAME_ITEM))
    return state.answered - about


def _since(at: str) -> str:
    try:
        moment = datetime.fromisoformat(at).astimezone()
    except (ValueError, OverflowError, OSError):
        return ""
    today = moment.date() == datetime.now().astimezone().date()
    day = "today" if today else f"on {moment.day} {moment:%B %Y}"
    return f" Last saved {day} at {moment:%H:%M}."


def _sheet() -> Html:
    """Show the heading of the last section with the tags that the rules themselves give."""
    article = load_article()
    ending = article.sections[-1]
    words = article.text[ending.start : ending.end].partition("\n")[0]
    codes = [code for code in load_codebook().devices if code.example in words]
    if len(words) > _LONGEST_SHOWN:
        words, codes = article.title, []
    tagged = f", with {counted(len(codes), 'tag')}" if codes else ""
    caption = f"A heading of the article{tagged}"
    return element(
        "figure",
        element("figcaption", caption),
        element("p", *_marked(words, codes), class_="headline"),
        class_="sheet",
    )


def _marked(words: str, codes: Iterable[Code]) -> list[str]:
    """Mark each code's example in some words; where two lie over each other, both lines show."""
    spans = [(words.index(code.example), code) for code in codes]
    ends = [start + len(code.example) for start, code in spans]
    pieces: list[str] = []
    for left, right in pairwise(sorted({0, len(words), *(start for start, _ in spans), *ends})):
        over = [(start, code) for start, code in spans if start <= left < start + len(code.example)]
        fresh = [code for start, code in over if start == left]
        text = words[left:right]
        pieces.append(_mark(text, [code for _, code in over], fresh) if over else text)
    return pieces


def _mark(text: str, over: list[Code], fresh: list[Code]) -> Html:
    looks = [code_look(code.chip) for code in over]
    lines = ",".join(look.partition("--l:")[2] for look in looks)
    places = ",".join(f"0 calc(100% - {6 * lane}px)" for lane in reversed(range(len(over))))
    flags = [
        element("small", code.chip, title=code.name, style=code_look(code.chip)) for code in fresh
    ]
    style = f"background-image:{lines};background-position:{places}"
    hung = [element("span", *flags, class_="flags")] if flags else []
    return element("mark", *hung, text, style=style)


def lesson_list(lessons: list[LessonProgress], current: LessonProgress | None) -> Html:
    """Show all lessons, each with the way into it."""
    done = sum(one.is_done for one in lessons)
    begun = sum(one.is_begun and not one.is_done for one in lessons)
    words = f"{done} done, {begun} begun, {len(lessons) - done - begun} to come"
    title = element("h2", "The lessons", id="lessons")
    line = element("div", title, element("p", words), class_="line")
    cards = element("ol", *(_card(one, one is current) for one in lessons), class_="cards")
    return element("section", line, cards, **{"aria-labelledby": "lessons"})


def _card(lesson: LessonProgress, is_current: bool) -> Html:
    outline = lesson.outline
    state = "done" if lesson.is_done else "now" if is_current else "new"
    time = f"{outline.minutes} minutes"
    kicker = element("p", element("b", outline.name), f", {time}", class_="kicker")
    number = element("p", outline.number, class_="number", **{"aria-hidden": "true"})
    parts = [number, kicker, element("h3", outline.question), element("p", outline.aim)]
    shown = [one for one in load_codebook().devices if one.id == SHOWN_BY.get(outline.number)]
    is_kit = this_course().is_kit
    own = "Your own text" if is_kit else "A text that your teacher chose"
    example = _marked(shown[0].example, shown) if shown and is_kit else [own]
    return element(
        "li", *parts, element("p", *example, class_="example"), _state(lesson, is_current),
        class_=f"card {state}", **{"data-lesson": outline.number},
    )  # fmt: skip


def _state(lesson: LessonProgress, is_current: bool) -> Html:
    """Say in words how far a lesson is, with the way into it."""
    outline, now, aloud = lesson.outline, lesson.now, f" lesson {lesson.outline.number}"
    if now is None:
        told, word, look = element("b", "✓ Done", class_="ok"), "Look again", ""
        aloud = f" at{aloud}"
    elif lesson.is_begun:
        told, word, look = _bar(lesson), "Go on", "button main" if is_current else "button"
        aloud = f" with{aloud}"
    else:
        told, word, look = element("span", "Not begun"), "Start", "button"
        look += " main" * is_current
    return element("div", told, link(word, _notebook(outline), look, aloud), class_="foot")


def _bar(lesson: LessonProgress) -> Html:
    """Draw the parts of a lesson, each as wide as its minutes; the words say the same."""
    parts = list(zip(lesson.outline.parts, lesson.done, strict=True))
    core = [(part, done) for part, done in parts if not part.is_optional]
    bits = [
        element("i", class_="d" if done else "n" if part is lesson.now else "", style=_wide(part))
        for part, done in core
    ]
    bar = element("span", *(Html(bit) for bit in bits), class_="bar", **{"aria-hidden": "true"})
    return element("span", f"{sum(done for _, done in core)} of {len(core)} parts", bar)


def _wide(part: object) -> str:
    return f"flex:{getattr(part, 'minutes', 1)}"


def _doors(here: Here, current: LessonProgress | None) -> Html:
    doors = [
        door("Only 20 minutes?", "Three headlines, one short text to tag, one question.",
              _links(here, ("Take the quick path", ALONE))),
        door("Practice", "Ten short sentences a round: is there a device, and which one?",
              _links(here, ("Practise", PRACTICE))),
        door("Workbooks", "More to do on other texts, after each of lessons 00 to 05.",
              _links(here, ("See all exercises", WORKBOOKS))),
        door("On paper", "Worksheets for a room without computers.",
              _links(here, ("Print the worksheets", SHEETS))),
    ]  # fmt: skip
    if not this_course().is_kit:
        doors = []  # what they lead to is about the kit's own article
    title = element("h2", "More ways in", class_="aloud")
    return element("section", title, *doors, _teachers(here), class_="doors", id="doors")


def _links(here: Here, *ways: tuple[str, str]) -> list[Html]:
    return [link(name, _file(path), "button") for name, path in ways if path in here.shown]


def door(title: str, words: str, links: Iterable[Html]) -> Html:
    """Show another way in."""
    return element("div", element("h3", title), element("p", words), *links, class_="door")


def _teachers(here: Here) -> Html:
    """Show teachers their room, or how to get into it: learners do not see what answers it has."""
    title = element("h3", "For teachers")
    words = "Routes from one period to a term, likely answers, marked samples and the class report."
    ways = {
        "Open the guide": GUIDE, "Slides for lesson 03": SLIDES, "Class notebook": CLASS,
        "Solutions": SOLUTIONS,
    }  # fmt: skip
    links = [link(name, _file(path)) for name, path in ways.items() if path in here.shown]
    if GUIDE in here.shown:
        how = element("p", *links, class_="ways")
    elif here.has_guide:
        start = element("code", "python run.py --teacher")
        how = element("p", "Close JupyterLab, and start the kit again with ", start, ".")
    else:
        start = element("code", 'framingkit start "my class" --with-solutions')
        how = element("p", "Make a folder of your own with ", start, ".")
    return element("div", title, element("p", words), how, class_="door teach", id="teach")


def foot(
    last: str = "Works without a network. Nothing leaves this computer until you hand it in.",
) -> Html:
    """Say what the article is for, and where work is kept."""
    about = "It touches on a real war: y" if this_course().is_kit else "Y"
    return element(
        "footer",
        element(
            "p",
            "The article is an object of study, not a source of facts. The kit takes no political "
            f"side. {about}ou may skip any question.",
        ),
        element("p", last),
    )
