"""What is made for teachers: answers with reasons, the reference readings, the fact sheet."""

import bisect
from collections.abc import Callable, Iterable

import worksheet_parts as parts

from framingkit.base.html import Html, element, table_html
from framingkit.course.data import (
    load_article,
    load_claims,
    load_codebook,
    load_items,
    load_publishers,
    load_reference,
)
from framingkit.course.items import Item
from framingkit.course.record import Evidence, publisher_of

Chunks = Callable[[str], list[tuple[str, list[str], list[object]]]]


def answer(item: Item) -> tuple[str, str]:
    """Return what fits a closed question, and why."""
    if item.kind == "order":
        return " – ".join(one.id for one in item.options), item.after
    fits = [one for one in item.options if one.correct]
    return " ".join(one.id for one in fits), " ".join(one.feedback for one in fits)


def levels(item: Item) -> str:
    """Return the rubric of a written question."""
    return " ".join(f"({level}) {line}" for level, line in enumerate(item.rubric))


def answers_page(
    lessons: Iterable[str], chunks: Chunks, from_markdown: Callable[[str], Html], licence: str
) -> bytes:
    """Return the sheet with answers, worked answers and worked readings of all lessons."""
    body = [
        parts.paragraph(
            "For teachers. Questions without a right answer (predictions, choices of a text) are "
            "left out. The written answers are possible answers, and each has a fair other view."
        )
    ]
    for lesson in lessons:
        items = load_items(lesson)
        closed = [(one.prompt, *answer(one)) for one in items if one.scored and one.options]
        written = [
            (one.prompt, levels(one), one.worked, one.dissent)
            for one in items
            if one.kind == "written"
        ]
        header = ("Question", "Levels", "A possible answer", "Another view")
        body += [
            element("h2", f"Lesson {lesson}"),
            table_html("Closed questions", ("Question", "Fits", "Because"), closed),
            table_html("Written questions", header, written),
            element("h3", "Worked reading"),
            *(from_markdown(one) for one in worked_reading(chunks(lesson))),
        ]
    return parts.page("For teachers: answers with reasons", body, licence)


def worked_reading(found: list[tuple[str, list[str], list[object]]]) -> list[str]:
    (blocks,) = [blocks for heading, blocks, _ in found if heading.startswith("Worked reading")]
    return [one for one in blocks if one.startswith("**")]


def readings_page(documents: Iterable[str], licence: str) -> bytes:
    """Return the sheet with every tag of every reference reading."""
    body = [
        parts.paragraph(
            "For teachers. A reference reading is one careful reading and not the truth. A "
            "debatable tag never counts against anybody; its other reading is beside it."
        )
    ]
    for document in sorted(documents, key=lambda one: (one != "alaska-summit", one)):
        body += [element("h2", load_article(document).title), reading_table(document)]
    return parts.page("For teachers: reference readings", body, licence)


def reading_table(document: str) -> Html:
    article, codebook = load_article(document), load_codebook()
    shown = {one.id for one in article.sections if one.kind == "text"}
    starts = [one.start for one in article.sentences()]
    rows = [
        (
            f"[{bisect.bisect_right(starts, one.span.start)}]",
            one.span.quote,
            parts.named(codebook.code(one.span.label)),
            one.status,
            one.rationale,
            one.alternative or "–",
        )
        for one in load_reference(document).spans
        if one.section in shown
    ]
    header = ("Sentence", "Words", "Code", "Status", "Reason", "Other reading")
    return table_html("Reference reading", header, rows)


def fact_sheet() -> str:
    """Return the fact sheet of the instructor guide, as Markdown."""
    ledger, publishers = load_claims(), load_publishers()

    def sources(found: Iterable[Evidence]) -> str:
        told = [
            f"[{publisher_of(one.url, publishers).name}]({one.url}): {one.told}" for one in found
        ]
        return "<br>".join(told) or "none found"

    claims = [
        f"| {one.id} | {one.claim} | **{one.verdict}** | {one.note or '–'} |"
        f" {sources(one.evidence)} |"
        for one in ledger.claims
    ]
    omissions = [f"| {one.id} | {one.what} | {sources(one.evidence)} |" for one in ledger.omissions]
    return FACT_SHEET.format(
        seen=ledger.seen,
        checked=ledger.checked,
        caveat=ledger.caveat,
        claims="\n".join(claims),
        omissions="\n".join(omissions),
    )


FACT_SHEET = """# Fact sheet for the article

Part 5 of the [instructor guide](../instructor-guide.md). Made by a program from
`data/claims/alaska-summit.toml`: change that file and not this page.

The notes were seen on **{seen}**, if they name no other day; the verdicts were last gone over on
**{checked}**. We say what pages say in our own words; short quotations
are in quotation marks. {caveat}

A verdict is about the words of the article on the day they were checked. It says nothing about why
they were written. “War”, “crisis” and “conflict” are used here as the pages use them.

## 24 claims

| No. | What the article claims | Verdict | Note | What other pages say |
|---|---|---|---|---|
{claims}

## Five omissions

Other reports of the event mention these things, and the article does not. Leaving something out is
a choice; the text does not show the reason.

| No. | What is left out | Who reports it |
|---|---|---|
{omissions}
"""
