"""What is made for teachers beside the answers: the reference readings and the fact sheet."""

import bisect
from collections.abc import Iterable

import worksheet_parts as parts

from framingkit.base.html import Html, element, table_html
from framingkit.course.data import (
    load_article,
    load_claims,
    load_codebook,
    load_publishers,
    load_reference,
)
from framingkit.course.record import Evidence, publisher_of


def readings_page(documents: Iterable[str]) -> bytes:
    """Return the sheet with every tag of every reference reading."""
    body = [
        parts.paragraph(
            "For teachers. A reference reading is one careful reading and not the truth. A "
            "debatable tag never counts against anybody; its other reading is beside it."
        )
    ]
    for document in sorted(documents, key=lambda one: (one != "alaska-summit", one)):
        body += [element("h2", load_article(document).title), reading_table(document)]
    return parts.page("Reference readings", body, "For teachers", look="readings")


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
