"""Marks in several texts that belong together: the same code, or the same claim.

A counterpart of a tag is a tag with the same code in another text; a counterpart of words that tell
a claim is the words that tell it elsewhere. The texts are laid out part by part, so that a row has
the same part of each.
"""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base import beginning, code_look
from framingkit.course import Codebook, Document, Event, Section, Telling, split_lines
from framingkit.feedback.coverage_rows import LEFT_OUT, NO_PART, Report, Row, sections_of

_LONGEST = 60
_MOST = 3


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of one text with the key that their counterparts share; ``report`` is its number."""

    report: int
    start: int
    end: int
    key: str
    chip: str


@dataclass(frozen=True, slots=True)
class View:
    """One way to mark the texts; ``names`` says what each key means."""

    name: str
    names: dict[str, str]
    marks: tuple[Mark, ...]
    said: Callable[[Mark], str]
    coloured: bool


WAYS = ("", "codes", "claims")
"""What to mark: everything, or the tags alone, or the claims alone."""


def views_of(
    reports: Sequence[Report], codebook: Codebook, event: Event | None, by: str = ""
) -> list[View]:
    """Return the ways to mark some texts: by their tags, and by the claims of their event."""
    views = [_tags(reports, codebook)] if by != "claims" else []
    return [*views, _claims(reports, event)] if event and by != "codes" else views


def _tags(reports: Sequence[Report], codebook: Codebook) -> View:
    marks = tuple(
        Mark(place, span.start, span.end, span.label, codebook.code(span.label).chip)
        for place, report in enumerate(reports)
        for span in report.spans
    )
    used = {mark.key for mark in marks}
    names = {code.id: code.name for code in codebook.devices if code.id in used}
    told = _told_of_each(marks, reports)

    def said(mark: Mark) -> str:
        here = reports[mark.report]
        others = [
            told.get((place, mark.key), f"{report.name}: no tag with this code.")
            for place, report in enumerate(reports)
            if place != mark.report
        ]
        return " ".join([f"{_quote(mark, reports)} in {here.name}: {names[mark.key]}.", *others])

    return View("Tags", names, marks, said, coloured=True)


def _told_of_each(marks: Sequence[Mark], reports: Sequence[Report]) -> dict[tuple[int, str], str]:
    """Say for each text and code which words have it: the first ones, and how many more."""
    same: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for mark in marks:
        same[mark.report, mark.key].append(mark)
    told = {}
    for (place, key), found in same.items():
        quotes = [_quote(one, reports) for one in found[:_MOST]]
        rest = [f"{len(found) - _MOST} more"] if len(found) > _MOST else []
        told[place, key] = f"{reports[place].name}: {'; '.join([*quotes, *rest])}."
    return told


def _quote(mark: Mark, reports: Sequence[Report]) -> str:
    document = reports[mark.report].document
    number = document.sentence_at(mark.start).number
    return f"{document.quote(mark.start, mark.end, longest=_LONGEST)} [{number}]"


def _claims(reports: Sequence[Report], event: Event) -> View:
    marks, names, numbers = [], {}, itertools.count(1)
    for claim in event.claims:
        found = [
            (place, told)
            for place, report in enumerate(reports)
            for told in claim.tellings(report.document.id)
        ]
        if found:
            number = str(next(numbers))
            names[claim.id] = f"{number}. {claim.claim}"
            marks += [Mark(at, told.start, told.end, claim.id, number) for at, told in found]
    claims = {claim.id: claim for claim in event.claims}

    def said(mark: Mark) -> str:
        told = [f"The claim: {claims[mark.key].claim}"]
        for place, report in enumerate(reports):
            ways = claims[mark.key].tellings(report.document.id)
            how = [_way(one, place, reports) for one in ways]
            told.append(f"{report.name} {' and '.join(how) or LEFT_OUT}.")
        return " ".join(told)

    return View("Claims", names, tuple(marks), said, coloured=False)


def _way(telling: Telling, place: int, reports: Sequence[Report]) -> str:
    words = Mark(place, telling.start, telling.end, "", "")
    return f"{telling.way}: {_quote(words, reports)}"


def word_rows(reports: Sequence[Report], codebook: Codebook) -> tuple[Row, ...]:
    """Put the tagged words of each code side by side."""
    view = _tags(reports, codebook)
    rows = []
    for key, name in view.names.items():
        cells = []
        for place in range(len(reports)):
            same = [one for one in view.marks if (one.report, one.key) == (place, key)]
            cells.append("; ".join(_quote(one, reports) for one in same) or "–")
        rows.append(Row(name, tuple(cells), codebook.code(key).chip))
    return tuple(rows)


def side_by_side(
    reports: Sequence[Report], codebook: Codebook, event: Event | None, by: str = ""
) -> dict[str, Any]:
    """Lay some texts out part by part, as plain data for a tool."""
    return {
        "names": [report.name for report in reports],
        "views": [_view_data(view, reports) for view in views_of(reports, codebook, event, by)],
    }


def _view_data(view: View, reports: Sequence[Report]) -> dict[str, Any]:
    return {
        "name": view.name,
        "keys": [[key, beginning(name, 80)] for key, name in view.names.items()],
        "marks": [
            {
                "key": mark.key,
                "report": mark.report,
                "chip": mark.chip,
                "name": view.names[mark.key],
                "look": code_look(mark.chip) if view.coloured else "",
                "said": view.said(mark),
            }
            for mark in view.marks
        ],
        "rows": [_row(section, view, reports) for section in sections_of(reports)],
    }


def _row(section: Section, view: View, reports: Sequence[Report]) -> dict[str, Any]:
    cells = [_cell(section.id, place, view, reports) for place in range(len(reports))]
    return {"title": section.title, "cells": cells}


def _cell(id: str, place: int, view: View, reports: Sequence[Report]) -> dict[str, Any]:
    report = reports[place]
    section = report.section(id)
    if section is None:
        return {"about": f"{report.name}: {NO_PART}", "paragraphs": []}
    parts = [one.id for one in report.document.sections if one.kind == "text"]
    inside = [
        (number, mark)
        for number, mark in enumerate(view.marks)
        if mark.report == place and mark.start < section.end and section.start < mark.end
    ]
    numbers = {one.start: one.number for one in report.document.sentences(id)}
    return {
        "about": f"{report.name}: part {parts.index(id) + 1} of {len(parts)}",
        "paragraphs": [
            [report.document.rank(*line), _pieces(report.document.text, line, marks, numbers)]
            for line, marks in _by_line(report.document, section, inside)
        ],
    }


_Numbered = list[tuple[int, Mark]]


def _by_line(
    document: Document, section: Section, marks: _Numbered
) -> Iterator[tuple[tuple[int, int], _Numbered]]:
    """Give each line of a section with the marks that touch it, also one that began before."""
    waiting = sorted(marks, key=lambda one: one[1].start)
    open_: _Numbered = []
    at = 0
    for start, end in split_lines(document.text, section.start, section.end):
        while at < len(waiting) and waiting[at][1].start < end:
            open_.append(waiting[at])
            at += 1
        open_ = [one for one in open_ if one[1].end > start]
        yield (start, end), sorted(open_, key=lambda one: one[0])


def _pieces(
    text: str, line: tuple[int, int], marks: _Numbered, numbers: Mapping[int, int]
) -> list[list[Any]]:
    """Cut a line wherever a mark or a sentence begins or ends.

    A piece is its words, the number of the sentence that begins with it (or 0), and the numbers of
    its marks: first those that begin here, then those that go on.
    """
    start, end = line
    cuts = {start, end, *(cut for _, one in marks for cut in (one.start, one.end))}
    cuts.update(place for place in range(start, end) if place in numbers)
    pieces: list[list[Any]] = []
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        over = [(n, one) for n, one in marks if one.start <= left and right <= one.end]
        begun = [n for n, one in over if max(one.start, start) == left]
        going = [n for n, _ in over if n not in begun]
        pieces.append([text[left:right], numbers.get(left, 0), begun, going])
    return pieces
