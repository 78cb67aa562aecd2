"""The answers for teachers: numbered as on the sheets, and all other questions folded below."""

import bisect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import worksheet_parts as parts
from worksheet_lessons import worked_reading
from worksheet_sheets import Task, codes_of, tasks

from framingkit.base.article import chip_html
from framingkit.base.html import Html, element, table_html
from framingkit.course.data import load_article, load_codebook, load_items, load_reference
from framingkit.course.items import Item
from framingkit.feedback.frames import frames_shown


def answers_page(sheets: Iterable[Mapping[str, Any]], lessons: Iterable[str]) -> bytes:
    """Return the answers to all sheets, then what is folded: all other questions of the lessons."""
    body = [
        element(
            "p",
            "The numbers are those of the worksheets. “Possible” is one good answer of many, and "
            "“But” begins a fair other view. A debatable tag (?) never counts against anybody. "
            "The last part is not printed while it is folded: all questions of the lessons.",
            class_="quiet",
        )
    ]
    for sheet in sheets:
        told = [task_answer(one, sheet) for one in tasks(sheet)]
        body += [element("h2", f"{sheet['kicker']}: {sheet['title']}")]
        body += [element("div", *told, class_="answers")]
    body += [rest_of(lesson) for lesson in lessons]
    return parts.page("Answers to the worksheets", body, "For teachers", look="sheet key")


def task_answer(task: Task, sheet: Mapping[str, Any]) -> Html:
    """Return what fits one task."""
    number = element("b", str(task.number), class_="number")
    if task.item is None:
        told = tags_told(task.tag) if task.tag else frames_told(task.frames)
    elif task.item.kind == "written":
        told = written_told(task.item)
    else:
        told = closed_told(task.item)
    return element(
        "section", element("p", number, *told[0]), *(element("p", *one) for one in told[1:])
    )


def closed_told(item: Item) -> list[list[str]]:
    """Return the letters that fit, and why."""
    if not item.scored:
        return [["No answer is right or wrong here."]]
    fits = [one.feedback for one in item.options if one.correct]
    why = item.after if item.kind == "order" else " ".join(fits)
    return [[element("b", f"{parts.answer_letters(item)}  "), *parts.voiced(why)]]


def written_told(item: Item) -> list[list[str]]:
    """Return a possible answer, a fair other view and the levels, if it has any."""
    view = item.dissent[:1].upper() + item.dissent[1:]
    return [
        [element("b", "Possible: "), *parts.voiced(item.worked)],
        [element("b", "But: "), *parts.voiced(view)],
        *([[element("b", "Levels: "), *parts.voiced(levels(item))]] if item.rubric else []),
    ]


def levels(item: Item) -> str:
    """Return the rubric of a written question."""
    return " ".join(f"({level}) {line}" for level, line in enumerate(item.rubric))


def tags_told(tag: Mapping[str, Any]) -> list[list[str]]:
    """Return the tags of the reference reading in their order; (?) is debatable."""
    if "section" not in tag:
        return [
            [
                "The tags depend on the text. Those of the two texts of the kit are on the page "
                "with the reference readings."
            ]
        ]
    document = tag.get("document", "alaska-summit")
    offered = {code.id: code for code in codes_of(tag)}
    starts = [one.start for one in load_article(document).sentences()]
    told: list[str] = []
    before = 0
    for one in load_reference(document).spans:
        if one.section != tag["section"] or one.span.label not in offered:
            continue
        number = bisect.bisect_right(starts, one.span.start)
        doubt = "" if one.status == "clear" else " (?)"
        lead = f"[{number}] " if number != before else ""
        words = element("span", one.span.quote.strip("“”"), class_="quote")
        told += [lead, chip_html(offered[one.span.label].chip), " ", words, f"{doubt}; "]
        before = number
    told[-1] = told[-1].replace("; ", ".")
    return [told]


def frames_told(asked: Mapping[str, Any]) -> list[list[str]]:
    """Return the frames of a section by the reference reading."""
    (found,) = [
        one
        for one in load_reference(asked.get("document", "alaska-summit")).section_frames
        if one.section == asked["section"]
    ]
    names = {one.id: one.name for one in frames_shown(load_codebook(), asked["only"])}
    also = ", ".join(names[id] for id in found.secondary if id in names) or "none of the others"
    primary = load_codebook().code(found.primary).name
    told = [
        [element("b", f"{primary}. "), f"Also present: {also}. ", *parts.voiced(found.rationale)]
    ]
    return told + (
        [[element("b", "But: "), *parts.voiced(found.alternative)]] if found.alternative else []
    )


def rest_of(lesson: str) -> Html:
    """Return all questions of a lesson with their answers; folded, and not printed while it is."""
    items = load_items(lesson)
    closed = [
        (one.prompt, parts.answer_letters(one), closed_why(one))
        for one in items
        if one.scored and one.options
    ]
    written = [
        (one.prompt, levels(one), one.worked, one.dissent) for one in items if one.kind == "written"
    ]
    header = ("Question", "Levels", "A possible answer", "Another view")
    return element(
        "details",
        element("summary", f"All questions of lesson {lesson}, and a worked reading"),
        table_html("Questions to tick", ("Question", "Fits", "Because"), closed),
        table_html("Written questions", header, written),
        *worked_reading(lesson),
    )


def closed_why(item: Item) -> str:
    fits: Sequence[str] = [one.feedback for one in item.options if one.correct]
    return item.after if item.kind == "order" else " ".join(fits)
