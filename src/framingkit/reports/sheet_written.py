"""A written answer on a sheet of feedback: its mark with the rubric, and the teacher's comment.

Words that the comment quotes are marked in the answer, with the number of the note that is about
them. Number and line are there in grey and for a screen reader too.
"""

from collections.abc import Iterator

from framingkit.base import Html, beginning, element
from framingkit.reports.pointed import Range, pieces, point
from framingkit.reports.sheet_facts import Written

LONGEST_COMMENT = 700
_ASKED, _ANSWER, _START, _AROUND = 160, 420, 120, 70
_CUT = " […] "


def cut_to_sheet(comment: str) -> str:
    """Give as much of the comment on one answer as a sheet has room for."""
    return beginning(comment.strip(), LONGEST_COMMENT)


def written_part(one: Written) -> tuple[list[str], Html]:
    """Write one answer; give also its paragraphs as plain text, to count lines."""
    asked = beginning(one.item.prompt, _ASKED)
    pointed = point(cut_to_sheet(one.comment), one.text)
    places = [(n, place) for n, note in enumerate(pointed.notes, start=1) for place in note.places]
    answer, ranges = _excerpt(pointed.answer, places)
    mark, level = _level(one)
    said = [*filter(None, [f"{mark}{level}", pointed.general])]
    notes = [f"Note {n}. {note.text}" for n, note in enumerate(pointed.notes, start=1)]
    parts = [
        element("h2", "What you wrote"),
        element("p", asked, class_="fs-asked", dir="auto"),
        element("blockquote", *_answer(answer, ranges), dir="auto"),
        *([element("p", element("b", mark), level, dir="auto")] if mark else []),
        *([element("p", pointed.general, dir="auto")] if pointed.general else []),
    ]
    if notes:
        entries = [element("li", text, dir="auto") for text in notes]
        parts.append(element("ul", *entries, class_="fs-notes"))
    paragraphs = [asked, answer + " note 1" * len(ranges), *said, *notes]
    return paragraphs, element("section", *parts)


def _level(one: Written) -> tuple[str, str]:
    """Give the mark, and what the rubric says of it and of the level above; or nothing."""
    if one.mark is None:
        return "", ""
    low, rubric = int(one.mark), one.item.rubric
    is_between = low != one.mark
    words = f": between two levels. {low}" if is_between else ""
    words += f": {rubric[low]}" if low < len(rubric) else "."
    if one.next_level < len(rubric):
        words += f" For {one.next_level}: {rubric[one.next_level]}"
    return f"{one.mark:g} of 3", words


def _answer(text: str, ranges: list[tuple[int, Range]]) -> Iterator[str]:
    """Give an answer in pieces, with its marked words and the numbers of their notes."""
    for words, is_marked, ends in pieces(text, ranges):
        yield element("mark", words) if is_marked else words
        for number in ends:
            yield element("sup", f" note {number}")


def _excerpt(text: str, ranges: list[tuple[int, Range]]) -> tuple[str, list[tuple[int, Range]]]:
    """Cut a long answer to its start and what is around marked words; move these along."""
    if not ranges:
        return beginning(text, _ANSWER), []
    windows = _windows(text, [place for _, place in ranges])
    short, moved = "", []
    for left, right in windows:
        short += _CUT.lstrip() if left and not short else _CUT * bool(left)
        moved += [
            (number, (start - left + len(short), end - left + len(short)))
            for number, (start, end) in ranges
            if left <= start and end <= right
        ]
        short += text[left:right]
    return short + _CUT.rstrip() * (windows[-1][1] < len(text)), moved


def _windows(text: str, places: list[Range]) -> list[Range]:
    """Choose what of an answer is shown: all of a short one."""
    if len(text) <= _ANSWER:
        return [(0, len(text))]
    wanted = [(0, _START), *((start - _AROUND, end + _AROUND) for start, end in places)]
    found: list[Range] = []
    for start, end in sorted(wanted):
        left = text.rfind(" ", 0, max(start, 0) + 1) + 1 if start > 0 else 0
        right = text.find(" ", end) if text.find(" ", end) > 0 else len(text)
        if found and left <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(right, found[-1][1])
        else:
            found.append((left, right))
    return found
