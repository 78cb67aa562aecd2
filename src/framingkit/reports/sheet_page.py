"""A sheet of feedback as a page: at most two pages of A4, in print and on a screen.

Paper cannot be scrolled, so what goes on the sheet is counted in lines before it is written. What
has no room is left out part by part, never cut in the middle of a sentence without a sign.
"""

import itertools
import math
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from framingkit.base import (
    Html,
    article_html,
    beginning,
    chip_html,
    code_html,
    code_look,
    element,
    lanes,
    mark_look,
    number_html,
    paragraph_html,
    read_text,
    web_page,
)
from framingkit.course import Codebook, Document, split_lines
from framingkit.feedback import Remark
from framingkit.reports.feedback_pages import TITLE
from framingkit.reports.pointed import point
from framingkit.reports.scores import COMMENT, MARK
from framingkit.reports.sheet_facts import Facts, Point, Tagged, Written, short_reason
from framingkit.reports.sheet_written import cut_to_sheet, written_part

_STYLE = read_text(Path(__file__).with_name("student_sheet.css"))
_FIRST, _SECOND = 42.5, 44.5  # lines of a page of A4; a title is above those of the first
_AROUND, _SMALLEST = 6, 5  # lines of a title and a list of codes, and of a paragraph
_COMMENT_LINES = 24
_SIGNS = {"match": "✓", "think": "?", "missed": "+"}
_WORDS = {"match": "Matches", "think": "Think again", "missed": "Still to find"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WIDE, _HALF, _LEFT, _RIGHT = 90, 41, 44, 41  # signs in a line of each kind


class Block(NamedTuple):
    """A part of the page, how many lines it needs, and whether a teacher's words are in it."""

    cost: float
    part: Html
    is_said: bool = False


def lines_of(text: str, width: int) -> int:
    r"""Estimate how many lines a text needs; signs of East Asia are twice as wide.

    Examples
    --------
    >>> lines_of("one two", 40), lines_of("one\ntwo", 40), lines_of("字" * 30, 40)
    (1, 2, 2)
    """
    return sum(math.ceil(max(_width(line), 1) / width) for line in text.split("\n"))


def _width(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in line)


def cut_comment(text: str) -> str:
    """Give as much of a comment as a page has room for.

    Examples
    --------
    >>> cut_comment("Well read.")
    'Well read.'
    """
    text = text.strip()
    while lines_of(text, _WIDE - 8) > _COMMENT_LINES:
        text = text[: len(text) * 9 // 10].rstrip() + "…"
    return text


def day_words(day: date) -> str:
    """Write a day in words, whatever the language of the computer is.

    Examples
    --------
    >>> day_words(date(2026, 9, 15))
    '15 September 2026'
    """
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


class Sheet(NamedTuple):
    """A sheet, and what a teacher should know of it.

    ``is_cut`` says whether something that the teacher wrote had no room, and ``unfound`` are words
    that comments quote and no answer has.
    """

    page: bytes
    is_cut: bool
    unfound: list[str]


def sheet_page(coder: str, lesson: str, facts: Facts, day: str = "") -> Sheet:
    """Write the sheet of one learner.

    Parameters
    ----------
    coder, lesson
        The code name, and the title of the lesson; nothing else names a person.
    facts
        What there is to say.
    day
        The day of marking, in words.
    """
    first, rest, used = _filled(_blocks(facts), _FIRST)
    if not rest and used + 3.5 <= _FIRST:
        first.append(_own_words())
    second, rest, used = _filled(rest, _SECOND, skipping=True)
    room = _SECOND - used - _AROUND
    second += _beside(facts, room) if facts.tagged and room > _SMALLEST else []
    about = [lesson, *filter(None, [day and f"Marked on {day}"])]
    pages = [element("section", element("p", *_spread(about), class_="fs-lesson"), *first)]
    if second:
        head = element("p", *_spread([f"{TITLE}{coder}", lesson]), class_="fs-lesson fs-again")
        pages.append(element("section", head, *second, class_="fs-second"))
    page = web_page(TITLE + coder, *pages, style=_STYLE)
    is_cut = any(block.is_said for block in rest) or _is_cut(facts)
    unfound = [words for one in facts.written for words in point(one.comment, one.text).unfound]
    return Sheet(page, is_cut, unfound)


def _is_cut(facts: Facts) -> bool:
    whole = facts.row.get(COMMENT, "").strip()
    said = [one.comment for one in facts.written]
    return cut_comment(whole) != whole or any(cut_to_sheet(one) != one.strip() for one in said)


def _spread(texts: Sequence[str]) -> list[Html]:
    return [element("span", text, " ", dir="auto") for text in texts]


def _filled(
    blocks: Sequence[Block], room: float, skipping: bool = False
) -> tuple[list[Html], list[Block], float]:
    """Put parts on a page as long as there is room; give the rest, and the lines that are used.

    What does not fit ends the page, or, when skipping, leaves its room to what comes after it.
    """
    used = 0.0
    here: list[Html] = []
    left: list[Block] = []
    for block in blocks:
        if used + block.cost > room or (left and not skipping):
            left.append(block)
        else:
            used += block.cost
            here.append(block.part)
    return here, left, used


def _blocks(facts: Facts) -> list[Block]:
    blocks = [Block(7.2, _numbers(facts))]
    if comment := cut_comment(facts.row.get(COMMENT, "")):
        lines = [element("p", line, dir="auto") for line in comment.split("\n")]
        part = element("section", element("h2", "From your teacher"), *lines, class_="fs-comment")
        blocks.append(Block(lines_of(comment, _WIDE - 8) * 1.25 + 2.5, part))
    strengths, steps = facts.strengths(), facts.steps()
    pair = element("div", _points("Strengths", strengths, "fs-good"),
                   _points("Next steps", steps, "fs-next"), class_="fs-pair")  # fmt: skip
    blocks.append(Block(max(map(_cost, (strengths, steps))) + 2.5, pair))
    blocks += [_written(one) for one in _most_telling(facts.written)]
    if facts.to_try:
        prompts = [beginning(item.prompt, 160) for item in facts.to_try[:4]]
        entries = [element("li", prompt, dir="auto") for prompt in prompts]
        part = element("section", element("h2", "Questions to try again"), element("ol", *entries))
        blocks.append(Block(sum(lines_of(one, _WIDE) + 0.2 for one in prompts) + 2.5, part))
    return blocks


def _cost(points: list[Point]) -> float:
    return sum(lines_of(f"{title} {text}", _HALF) + 0.35 for title, text in points)


def _points(title: str, points: list[Point], look: str) -> Html:
    entries = [element("li", element("b", what), " ", text, dir="auto") for what, text in points]
    return element("section", element("h2", title), element("ol", *entries), class_=look)


def _numbers(facts: Facts) -> Html:
    """Show up to three numbers with what they count."""
    boxes = []
    if facts.row.get(MARK, "").strip():
        boxes.append(
            _number("Your mark", facts.row[MARK].strip()[:20], "", "Given by your teacher.")
        )
    if facts.closed:
        named = ("right", "partly", "wrong", "")
        right, partly, wrong, blank = (facts.marks.count(mark) for mark in named)
        words = f"{right} right, {partly} partly, {wrong} not yet, {blank} without an answer."
        most = f"of {len(facts.closed)} points"
        share = facts.points / len(facts.closed)
        boxes.append(_number("Questions", f"{facts.points:g}", most, words, share))
    tagged, matched, clear, found = facts.sums()
    if tagged:
        words = f"{matched} of your {tagged} tags match the reference reading."
        share = found / clear if clear else 0
        boxes.append(_number("Tags", str(found), f"of {clear} clear entries", words, share))
    marked = [one.mark for one in facts.written if one.mark is not None]
    if marked:
        words = f"Levels of {len(marked)} written answers." if len(marked) > 1 else "One answer."
        most, share = f"of {3 * len(marked)}", sum(marked) / (3 * len(marked))
        boxes.append(_number("Written answers", f"{sum(marked):g}", most, words, share))
    nothing = [element("p", "Nothing of this lesson was handed in.")]
    return element("div", *(boxes or nothing), class_="fs-numbers")


def _number(what: str, number: str, most: str, words: str, share: float | None = None) -> Html:
    shown = element("p", number, element("small", f" {most}"), class_="fs-number")
    bars = [] if share is None else [_bar(share)]
    return element("section", element("h2", what), shown, *bars, element("p", words))


def _bar(share: float) -> Html:
    """Draw a share as a bar; the number above it says the same."""
    frame = element("rect", x="0.75", y="0.75", width="218.5", height="8.5", rx="3", class_="off")
    filled = element("rect", width=f"{220 * min(max(share, 0), 1):.1f}", height="10", rx="3")
    return element("svg", frame, filled, viewBox="0 0 220 10", class_="fs-bar",
                   preserveAspectRatio="none", **{"aria-hidden": "true"})  # fmt: skip


def _most_telling(written: Iterable[Written]) -> list[Written]:
    """Choose the written answers to show: all with a comment, and others up to two."""
    order = sorted(written, key=lambda one: (not one.comment, one.mark is None))
    return order[: max(2, sum(bool(one.comment) for one in order))]


def _written(one: Written) -> Block:
    paragraphs, part = written_part(one)
    lines = sum(lines_of(words, _WIDE - 4) for words in paragraphs)
    return Block(lines + 2.2 + 0.2 * len(paragraphs), part, bool(one.comment))


def _own_words() -> Html:
    line = element("p", "\u00a0", class_="fs-line")
    return element("section", element("h2", "My next step, in my own words"), line)


def _beside(facts: Facts, room: float) -> list[Html]:
    """Show tags beside the reference, paragraph by paragraph, as far as there is room."""
    rows = [row for one in facts.tagged for row in _rows(one, facts.codebook)]
    chosen, used = set[int](), 0.0
    order = sorted(range(len(rows)), key=lambda n: (not rows[n][1], n))
    for number in order:  # where the learner tagged something comes first
        cost = rows[number][0]
        if used + cost <= room:
            chosen.add(number)
            used += cost
    left = len(rows) - len(chosen)
    hint = "That is one careful reading. ✓ matches it, + is still to find, ? think again."
    more = "paragraph is" if left == 1 else "paragraphs are"
    rest = f" {left} more {more} in the lesson: choose “Compare” there." if left else ""
    codes = dict.fromkeys(code for number in sorted(chosen) for code in rows[number][3])
    legend = [element("li", code_html(facts.codebook.code(one).chip, facts.codebook.code(one).name))
              for one in codes]  # fmt: skip
    return [
        element("h2", "Your tags beside the reference reading", class_="fs-title"),
        element("p", hint + rest, class_="fs-hint"),
        *(rows[number][2] for number in sorted(chosen)),
        element("ul", *legend, class_="fs-codes"),
    ]


def _rows(one: Tagged, codebook: Codebook) -> Iterable[tuple[float, bool, Html, list[str]]]:
    """Give each paragraph with remarks: its lines, whether it has a tag, itself, and its codes."""
    document, section = one.text.document, one.task.section
    for start, end in split_lines(document.text, section.start, section.end):
        inside = [
            remark
            for remark in one.comparison.remarks
            if start <= remark.start < end and remark.kind != "missed-debatable"
        ]
        if not inside:
            continue
        article = article_html(
            paragraph_html(
                document.rank(start, end), *_pieces(document, start, end, inside, codebook)
            )
        )
        notes = [_note(remark, document, codebook) for remark in inside]
        text = len(document.text[start:end]) + 5 * len(inside)
        cost = max(math.ceil(text / _LEFT) * 1.5, sum(lines for lines, _ in notes)) + 0.8
        row = element("div", article, element("ul", *(note for _, note in notes)), class_="fs-row")
        tagged = any(remark.group != "missed" for remark in inside)
        yield cost, tagged, row, [remark.label for remark in inside]


def _note(remark: Remark, document: Document, codebook: Codebook) -> tuple[float, Html]:
    """Say one remark in few words: of a plain match only that it matches."""
    quote = document.quote(remark.start, remark.end, 60)
    plain = remark.kind in ("match", "match-debatable")
    reason = "" if plain else f": {short_reason(remark)}"
    state = f"{_SIGNS[remark.group]} {_WORDS[remark.group]}"
    chip = chip_html(codebook.code(remark.label).chip)
    note = element("li", element("b", state), " ", chip, f" {quote}{reason}", dir="auto",
                   class_=f"fs-{remark.group}")  # fmt: skip
    return lines_of(f"{state} XX  {quote}{reason}", _RIGHT) * 0.83 + 0.2, note


def _pieces(
    document: Document, start: int, end: int, remarks: list[Remark], codebook: Codebook
) -> list[str]:
    """Cut a paragraph where remarks and sentences begin and end."""
    rows = lanes([(remark.start, remark.end) for remark in remarks])
    numbers = {one.start: one.number for one in document.sentences() if start <= one.start < end}
    edges = (edge for remark in remarks for edge in (remark.start, remark.end))
    cuts = sorted({start, end, *numbers, *(edge for edge in edges if start <= edge <= end)})
    pieces: list[str] = []
    for left, right in itertools.pairwise(cuts):
        if left in numbers:
            pieces.append(number_html(numbers[left], inline=left != start))
        over = [(lane, remark) for lane, remark in zip(rows, remarks, strict=True)
                if remark.start <= left and right <= remark.end]  # fmt: skip
        words = document.text[left:right]
        chips = [_chip(remark, codebook) for _, remark in over if remark.start == left]
        look = mark_look((lane, codebook.code(one.label).chip) for lane, one in over)
        pieces.append(element("mark", *chips, words, style=look) if over else words)
    return pieces


def _chip(remark: Remark, codebook: Codebook) -> Html:
    chip = codebook.code(remark.label).chip
    hollow = " fs-hollow" if remark.group == "missed" else ""
    shown = element("span", f"{chip} {_SIGNS[remark.group]}", style=code_look(chip),
                    class_=f"framingkit-chip{hollow}")  # fmt: skip
    return element("sup", shown, "\u00a0", dir="ltr")
