"""Marks in several texts that belong together: the same code, or the same claim.

A counterpart of a tag is a tag with the same code in another text; a counterpart of words that tell
a claim is the words that tell it elsewhere. The texts are laid out part by part, so that a row has
the same part of each.
"""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base import beginning, code_look
from framingkit.course import Codebook, Event, Section, Telling, split_lines
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

    def said(mark: Mark) -> str:
        here = reports[mark.report]
        words = f"{_quote(mark, reports)} in {here.name}: {names[mark.key]}."
        return " ".join([words, *_elsewhere(mark, marks, reports)])

    return View("Tags", names, marks, said, coloured=True)


def _elsewhere(mark: Mark, marks: Sequence[Mark], reports: Sequence[Report]) -> list[str]:
    """Say what the other texts have for a mark."""
    told = []
    for place, report in enumerate(reports):
        if place != mark.report:
            same = [one for one in marks if (one.report, one.key) == (place, mark.key)]
            quotes = [_quote(one, reports) for one in same[:_MOST]]
            rest = [f"{len(same) - _MOST} more"] if len(same) > _MOST else []
            told.append(f"{report.name}: {'; '.join([*quotes, *rest]) or 'no tag with this code'}.")
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
    lines = split_lines(report.document.text, section.start, section.end)
    return {
        "about": f"{report.name}: part {parts.index(id) + 1} of {len(parts)}",
        "paragraphs": [
            [report.document.rank(*line), _pieces(line, place, view, report)] for line in lines
        ],
    }


def _pieces(line: tuple[int, int], place: int, view: View, report: Report) -> list[list[Any]]:
    """Cut a line wherever a mark or a sentence begins or ends.

    A piece is its words, the number of the sentence that begins with it (or 0), and the numbers of
    its marks: first those that begin here, then those that go on.
    """
    start, end = line
    document = report.document
    inside = [
        (number, mark)
        for number, mark in enumerate(view.marks)
        if mark.report == place and mark.start < end and start < mark.end
    ]
    numbers = {one.start: one.number for one in document.sentences() if start <= one.start < end}
    cuts = {start, end, *numbers, *(cut for _, one in inside for cut in (one.start, one.end))}
    pieces: list[list[Any]] = []
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        over = [(n, one) for n, one in inside if one.start <= left and right <= one.end]
        begun = [n for n, one in over if max(one.start, start) == left]
        going = [n for n, _ in over if n not in begun]
        pieces.append([document.text[left:right], numbers.get(left, 0), begun, going])
    return pieces
