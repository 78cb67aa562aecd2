"""The parts of a printed sheet: passages, questions, tables and lines to write on.

Everything comes from the kit's data, so that paper and screen show the same words and codes.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from framingkit.base import PAGE_TOKENS, PASSAGE_STYLE
from framingkit.base.article import article_html, code_html, crowded, number_html, paragraph_html
from framingkit.base.html import Html, element, table_html
from framingkit.course.codebooks import Code
from framingkit.course.data import load_article, load_claims, load_codebook, load_publishers
from framingkit.course.documents import Document
from framingkit.course.items import Item, Option
from framingkit.course.record import publisher_of
from framingkit.course.sentences import split_lines
from framingkit.feedback.answers import options_shown
from framingkit.feedback.frames import frames_shown

WORDS_IN_A_LINE = 7
"""So many words of a pupil's hand fit in a line, with room for what comes to mind later."""

STYLE = (Path(__file__).with_name("worksheets.css")).read_text(encoding="utf-8")
LICENCE = (
    "framingkit, printed sheet. CC BY 4.0; the article about Alaska is not part of that licence."
)
NUMBERED = '@page { @bottom-right { content: "% · " counter(page); font: 9.5pt sans-serif; } }'
"""The second page says which sheet it is part of, where the browser can print it."""
MADE = Html("<!-- made by tools/make_worksheets.py: change the data, and not this page -->")


def paragraph(text: str, **attributes: str) -> Html:
    return element("p", *voiced(text), **attributes)


def voiced(text: str) -> list[str]:
    """Set the words of a text in another type than those of the kit, as the tools do."""
    if isinstance(text, Html):
        return [text]
    parts = re.split(r"(“[^“”]+”)", text)
    return [
        element("span", part, class_="quote") if place % 2 else part
        for place, part in enumerate(parts)
        if part
    ]


def lines(number: int) -> Html:
    """Return empty lines to write on."""
    rows = [element("div", class_="line") for _ in range(number)]
    return element("div", *rows, class_="lines")


def blank_table(caption: str, header: Sequence[str], rows: int) -> Html:
    """Return a table to fill in."""
    empty = [[""] * len(header)] * rows
    return element("div", table_html(caption, header, empty), class_="write")


def passage(sections: Sequence[str] = (), document: str = "alaska-summit", look: str = "") -> Html:
    """Return a text, or some of its sections, with its sentence numbers.

    The look "wide" leaves room between the lines, to write codes there.
    """
    article = load_article(document)
    found = []
    for part in article.sections:
        if sections and part.id not in sections:
            continue
        if part.kind == "missing-picture":
            found.append(element("p", "The picture of the page is missing here.", class_="quiet"))
            continue
        found += numbered_lines(article, part.id)
    return element("div", article_html(*found), class_=f"passage {look}".strip())


def numbered_lines(article: Document, section: str) -> list[Html]:
    """Return the sentences of a section with their numbers, line by line as in the text."""
    part = article.section(section)
    found = []
    for start, end in split_lines(article.text, part.start, part.end):
        inside = [one for one in article.sentences(section) if start <= one.start < end]
        no_room = crowded(one.start for one in inside)
        pieces: list[str] = []
        for one in inside:
            first, _, rest = article.text[one.start : one.end].strip().partition(" ")
            number = number_html(one.number, one.start in no_room)
            # a number is on the line of its first word
            pieces += [element("span", number, first, class_="begins"), f" {rest} "]
        found.append(paragraph_html(article.rank(start, end), *pieces))
    return found


def lettered(item: Item) -> list[tuple[str, Option]]:
    """Return the options as printed, with their letters."""
    return [(option.id, option) for option in options_shown(item)]


def answer_letters(item: Item) -> str:
    """Return the letters of the right answer, as they are printed on the sheets."""
    if item.kind == "order":
        return " – ".join(option.id for option in item.options)
    return " ".join(letter for letter, option in lettered(item) if option.correct)


HINTS = {
    "several": "Tick every answer that fits.",
    "order": "Write 1 beside the first, then 2, 3 …",
}


def question(item: Item, number: int, prompt: str = "", rows: int = 0) -> Html:
    """Return a question as it looks on paper; `prompt` is what it says there instead."""
    first, *rest = re.split(r"\n\s*\n", prompt or item.prompt)
    told = [task_line(number, first), *(paragraph(one) for one in rest)]
    hint = HINTS.get(item.kind, "")
    if hint and hint.split()[0] not in (prompt or item.prompt):
        told.append(element("p", hint, class_="quiet"))
    if item.options:
        kind = "round" if item.kind == "choice" else "square"
        entries = [
            element("li", element("span", letter, class_=f"letter {kind}"), " ", *voiced(one.text))
            for letter, one in lettered(item)
        ]
        told.append(element("ul", *entries, class_="options"))
    if item.confidence:
        told.append(sureness())
    if item.kind == "written":
        told.append(lines(rows or max(3, -(-item.min_words // WORDS_IN_A_LINE))))
    return element("section", *told, class_="question")


def task_line(number: int, text: str) -> Html:
    """Begin a task with its number, which the answers for teachers name too."""
    return element("p", element("b", str(number), class_="number"), " ", *voiced(text))


def sureness() -> Html:
    steps = [element("span", f" {step} ", class_="step") for step in (0, 25, 50, 75, 100)]
    told = "How sure are you? Circle: "
    return element("p", told, *steps, class_="sure")


def named(code: Code) -> Html:
    """Name a code as everywhere; a frame has no line, for no words carry it."""
    if code.kind == "frame":
        return element("span", f"{code.chip} {code.name}")
    return code_html(code.chip, code.name)


def rules(codes: Sequence[Code]) -> Html:
    """Return codes with their rule in one sentence, and no example from a text."""
    entries = [element("li", named(one), element("span", f" {one.short}")) for one in codes]
    return element("ul", *entries, class_="rules")


def code_cards(codes: Sequence[Code]) -> Html:
    """Return codes with all that the codebook says for a decision."""
    entries = [
        element(
            "li",
            element("p", named(one)),
            element("p", *voiced(one.decision_rule)),
            element("p", "Example: ", quote(one.example), " · Near miss: ", quote(one.near_miss),
                    " – ", *voiced(one.near_miss_why)),
        )
        for one in codes
    ]  # fmt: skip
    return element("ul", *entries, class_="cards")


def quote(words: str) -> Html:
    return element("span", words, class_="quote")


def frame_table(
    only: Sequence[str] = (), caption: str = "Three questions each", tick: bool = False
) -> Html:
    """Return frames with the three questions that find them, each with a box to tick or without."""
    boxed = [box(), " "] if tick else []
    rows = [
        (one.name, *[element("span", *boxed, *voiced(ask)) for ask in one.indicators])
        for one in frames_shown(load_codebook(), only)
    ]
    return table_html(caption, ("Frame", "Question 1", "Question 2", "Question 3"), rows)


def frame_cards(frames: Iterable[Code]) -> Html:
    """Return frames with their three questions, in a few lines each."""
    entries = [
        element("li", element("b", f"{one.name}. "),
                *(f"({place}) {ask} " for place, ask in enumerate(one.indicators, 1)))
        for one in frames
    ]  # fmt: skip
    return element("ul", *entries, class_="cards")


def box() -> Html:
    return element("span", class_="box")


def source_notes(id: str) -> Html:
    """Return the notes on a claim, without the verdict on it."""
    ledger, publishers = load_claims(), load_publishers()
    claim = ledger.claim(id)
    rows = []
    for note in claim.evidence:
        by = publisher_of(note.url, publishers)
        rows.append((by.name, by.kind, note.told))
    seen = f"seen on {ledger.seen} if no other day is given"
    caption = f"Claim {claim.id}: {claim.claim} Notes in our own words, {seen}"
    return table_html(
        caption, ("Who publishes it", "Kind of publisher", "What the page says"), rows
    )


def page(
    title: str,
    body: Iterable[Html],
    kicker: str = "framingkit",
    by: Sequence[str] = (),
    look: str = "sheet",
) -> bytes:
    """Return one whole file: no script, nothing loaded, made for paper."""
    head = element(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", f"{title} – framingkit"),
        element("style", Html(PAGE_TOKENS + PASSAGE_STYLE + STYLE + NUMBERED.replace("%", kicker))),
    )
    blanks = [element("p", *(element("span", one) for one in by), class_="by")] if by else []
    told = element("div", element("p", kicker, class_="kicker"), *blanks)
    top = element("header", told, element("h1", title))
    main = element("main", top, *body)
    shown = element("body", main, element("footer", LICENCE), class_=look)
    whole = element("html", head, shown, lang="en", class_="fk-page")
    return f"<!doctype html>\n{MADE}\n{whole}\n".replace("><", ">\n<").encode()
