"""The parts of a printed worksheet: passages, questions, tables and lines to write on.

Everything comes from the kit's data, so that paper and screen show the same words and codes.
"""

import re
from collections.abc import Iterable, Sequence

from framingkit.base import PAGE_TOKENS, PASSAGE_STYLE
from framingkit.base.article import article_html, code_html, crowded, number_html, paragraph_html
from framingkit.base.html import Html, element, table_html
from framingkit.course.codebooks import Code
from framingkit.course.data import (
    load_annotations,
    load_article,
    load_claims,
    load_codebook,
    load_distances,
    load_facts,
    load_publishers,
)
from framingkit.course.documents import Document
from framingkit.course.items import Item
from framingkit.course.record import publisher_of
from framingkit.course.sentences import split_lines
from framingkit.feedback.answers import options_shown
from framingkit.feedback.counts import count_labels
from framingkit.feedback.frames import frames_shown

WORDS_IN_A_LINE = 9


def paragraph(text: str, **attributes: str) -> Html:
    return element("p", text, **attributes)


def lines(number: int) -> Html:
    """Return empty lines to write on."""
    rows = [element("div", class_="line") for _ in range(number)]
    return element("div", *rows, class_="lines")


def box(round_one: bool = False) -> Html:
    return element("span", class_="box round" if round_one else "box")


def blank_table(caption: str, header: Sequence[str], rows: int) -> Html:
    """Return a table of which only the numbers in the first column are filled in."""
    numbered = [[str(row), *[""] * (len(header) - 1)] for row in range(1, rows + 1)]
    return element("div", table_html(caption, header, numbered), class_="write")


def passage(section: str = "", document: str = "alaska-summit", wide: bool = False) -> list[Html]:
    """Return a passage with its sentence numbers; `wide` leaves room between the lines."""
    article = load_article(document)
    found = []
    for part in article.sections:
        if section not in ("", part.id):
            continue
        if part.kind == "missing-picture":
            found.append(paragraph("The picture of the page is missing here.", class_="quiet"))
            continue
        found += numbered_lines(article, part.id)
    return [element("div", article_html(*found), class_="passage wide" if wide else "passage")]


def numbered_lines(article: Document, section: str) -> list[Html]:
    """Return the sentences of a section with their numbers, line by line as in the text."""
    part = article.section(section)
    found = []
    for start, end in split_lines(article.text, part.start, part.end):
        inside = [one for one in article.sentences(section) if start <= one.start < end]
        no_room = crowded(one.start for one in inside)
        pieces: list[str] = []
        for one in inside:
            words = article.text[one.start : one.end].strip()
            pieces += [number_html(one.number, one.start in no_room), f"{words} "]
        found.append(paragraph_html(article.rank(start, end), *pieces))
    return found


def tagging(codes: Sequence[Code], passages: Iterable[Html], rows: int = 8) -> list[Html]:
    """Return a passage to mark, the codes to choose from, and a table for the reasons."""
    header = ("No.", "Sentence", "Words", "Code", "Reason: which rule do they pass?")
    return [
        paragraph(
            "Underline the smallest group of words that carries the device, and write the two "
            "letters of its code above it. Leave plain words alone."
        ),
        element("p", "Codes: ", *(named(one) for one in codes), class_="codes"),
        *passages,
        blank_table("Your tags", header, rows),
        paragraph("To compare, ask your teacher for the reference reading, or another reader."),
    ]


def question(item: Item, number: int) -> Html:
    """Return a question as it looks on paper."""
    first, *rest = re.split(r"\n\s*\n", item.prompt)
    told = [element("p", element("strong", f"{number}."), " ", first), *map(paragraph, rest)]
    hint = {
        "several": "Tick every answer that fits.",
        "order": "Write 1 beside the first, 2 beside the second, and so on.",
    }.get(item.kind, "")
    if hint and hint not in item.prompt:
        told.append(paragraph(hint, class_="quiet"))
    if item.options:
        entries = [
            element("li", box(item.kind == "choice"), f" {one.id}) {one.text}")
            for one in options_shown(item)
        ]
        told.append(element("ul", *entries, class_="options"))
    if item.confidence or item.kind == "confidence":
        told.append(paragraph("How sure are you, from 0 (a guess) to 100 (certain)? ________"))
    if item.kind == "written":
        told.append(lines(max(4, 2 * item.min_words // WORDS_IN_A_LINE)))
    return element("section", *told, class_="question")


def named(code: Code) -> Html:
    """Name a code as everywhere; a frame has no line, for no words carry it."""
    if code.kind == "frame":
        return element("span", f"{code.chip} {code.name}")
    return code_html(code.chip, code.name)


def code_table(codes: Sequence[Code], caption: str = "The codes for this task") -> Html:
    rows = [
        (
            named(one),
            one.decision_rule,
            element("em", one.example),
            element("span", element("em", one.near_miss), f" – {one.near_miss_why}"),
        )
        for one in codes
    ]
    return table_html(caption, ("Code", "Rule that decides", "Example", "Near miss"), rows)


FOUR_FUNCTIONS = "Four functions: one sentence each, or “none”, which is a finding too."


def frame_grid(only: Sequence[str] = ()) -> list[Html]:
    """Return frames with three questions each; of all eight, the four functions as well."""
    rows = [
        (one.name, *[element("span", box(), f" {ask}") for ask in one.indicators])
        for one in frames_shown(load_codebook(), only)
    ]
    header = ("Frame", "Question 1", "Question 2", "Question 3")
    table = table_html("Tick each question that you would answer yes", header, rows)
    asked = ("What is the problem?", "What causes it?", "What is judged good or bad?")
    four = [element("li", ask, lines(2)) for ask in (*asked, "What should be done?")]
    return [
        table,
        paragraph(
            "A frame with two or three ticks is present. The primary frame is the present frame "
            "that most sentences of the section support. Primary frame: ______________"
        ),
        *([] if only else [paragraph(FOUR_FUNCTIONS), element("ol", *four)]),
    ]


def source_notes(ids: Sequence[str], verdicts: bool = False) -> list[Html]:
    """Return the notes on claims or, for the last page, the verdicts on them."""
    ledger, publishers = load_claims(), load_publishers()
    claims = [ledger.claim(id) for id in ids]
    if verdicts:
        rows = [(one.id, one.verdict, one.note or "–") for one in claims]
        return [table_html(f"Verdicts on {ledger.checked}", ("Claim", "Verdict", "Note"), rows)]
    found = []
    for one in claims:
        who = [(publisher_of(note.url, publishers), note) for note in one.evidence]
        rows = [(by.name, by.kind, note.told) for by, note in who]
        seen = f"seen on {ledger.seen} if no other day is given"
        caption = f"{one.id}: {one.claim} Notes in our own words, {seen}"
        header = ("Who publishes it", "What kind of publisher", "What the page says")
        found.append(table_html(caption, header, rows))
    return found


def rate_table() -> Html:
    article = load_article()
    counted = count_labels(load_annotations(), article, by="section").rows
    rows = [
        (article.section(one.name).title, str(one.count), str(one.words), str(one.rate))
        for one in counted
    ]
    header = ("Section", "Tags", "Words", "Tags per 100 words")
    return table_html("Devices that the reference reading found", header, rows)


def distance_table(ids: Sequence[str]) -> Html:
    known = {one.id: one for one in load_distances()}
    rows = [(known[id].name, f"{known[id].rounded:,} km", "") for id in ids]
    return table_html("How far is it to Russia?", ("From, to", "Distance", "True of what?"), rows)


def fact_list(section: str, document: str = "alaska-summit") -> Html:
    facts = [one for one in load_facts(document) if one.section == section]
    entries = [element("li", box(), f" {one.plain}") for one in facts]
    return element("ul", *entries, class_="options")


def page(title: str, parts: Iterable[Html], made_for: str) -> bytes:
    """Return one whole file: no script, nothing loaded, made for paper."""
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} – framingkit"),
        element("style", Html(PAGE_TOKENS + PASSAGE_STYLE + STYLE)),
    )
    ending = element("footer", made_for)
    main = element("main", element("h1", title), *parts)
    body = element("html", head, element("body", main, ending), lang="en", class_="fk-page")
    return f"<!doctype html>\n{body}\n".replace("><", ">\n<").encode()


STYLE = """
@page { margin: 14mm 15mm 15mm; }
body { font: 11pt/1.45 var(--fk-sans); color: var(--fk-ink); background: var(--fk-ground);
  max-width: 180mm; margin: 8mm auto; padding: 0 4mm; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 19pt; border-bottom: 2pt solid var(--fk-accent); padding-bottom: 2mm; }
h2 { font-size: 14pt; border-top: 1pt solid var(--fk-accent); padding-top: 2mm; }
table { border-collapse: collapse; width: 100%; margin: 3mm 0; font-size: 10pt; }
caption { text-align: start; font-weight: bold; padding-bottom: 1mm; }
th, td { border: 0.75pt solid var(--fk-edge); padding: 1.2mm 2mm; text-align: start;
  vertical-align: top; overflow-wrap: break-word; }
thead th { background: var(--fk-desk); }
.write td, .write tbody th { height: 8.5mm; }
.write th:first-child { width: 9mm; } .write th:nth-child(2) { width: 18mm; }
tr, .write, .passage p, .question, .line, li { break-inside: avoid; }
caption, thead { break-after: avoid; }
.framingkit-article { --base: 12.5pt; max-width: none; }
.passage.wide .framingkit-article { --line: calc(var(--size) * 2.7); }
.codes > span { display: inline-block; margin-inline-end: 5mm; white-space: nowrap; }
.line { border-bottom: 0.75pt solid var(--fk-edge); height: 8.5mm; }
.options { list-style: none; padding-inline-start: 2mm; }
.box { display: inline-block; width: 3.6mm; height: 3.6mm; border: 0.9pt solid var(--fk-ink);
  vertical-align: -0.5mm; }
.round { border-radius: 50%; }
.own-page { break-before: page; }
blockquote { margin: 2mm 0; padding-inline-start: 4mm;
  border-inline-start: 2pt solid var(--fk-accent-line); font-family: var(--fk-serif); }
footer { margin-top: 8mm; border-top: 0.75pt solid var(--fk-rule); font-size: 9pt; }
a { color: var(--fk-accent); }
@media screen and (max-width: 620px) {
  th, td { padding: 0.8mm; min-width: 2.4rem; overflow-wrap: anywhere; }
}
@media print { body { max-width: none; margin: 0; padding: 0; } nav { display: none; } }
"""
