"""The report on a class as one web page, for a projector and for paper, and written to a file.

The first screen and two printed pages hold what a lesson needs; all the rest is a folded appendix.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from framingkit import course
from framingkit.agreement import alpha_words, change_words
from framingkit.base import (
    Html,
    counted,
    disk,
    element,
    keeping,
    refuse_inputs,
    refuse_strange,
    shown,
    web_page,
    write_atomic,
)
from framingkit.course import Misconception
from framingkit.hand_ins import SMALLEST_GROUP, read_class
from framingkit.reports.data import REPORT_FORMAT, report_to_data
from framingkit.reports.front_part import discuss_part, heading, tables_part, teach_part
from framingkit.reports.markers import TwoMarkers, compare_tables
from framingkit.reports.pieces import SCRIPT, STYLE, percent, section, table
from framingkit.reports.private_part import private_part
from framingkit.reports.question_part import counted_part, pre_post_part, questions_part
from framingkit.reports.questions import ItemResult, hardest
from framingkit.reports.report import BeforeAfter, OtherText, Report, Watch, make_report
from framingkit.reports.roll import read_expected
from framingkit.reports.second_part import change_part, map_part
from framingkit.reports.sharper_part import sharper_part
from framingkit.reports.text import TextReport
from framingkit.reports.text_part import changes_part, text_part

_TITLE = "Class report"
_MOST_TEXTS, _MOST_PASSAGES = 3, 3


def glance_part(report: Report) -> Html:
    """Write a line for each thing to know about the course; a small class has no more than one."""
    handed_in = f"{counted(report.learners, 'learner')} handed in."
    lines = [handed_in, *_texts(report.texts), *_changes(report.comparison), *_items(report.items)]
    return section("At a glance", _list(lines), id="top")


def _list(sentences: Iterable[str]) -> Html:
    return element("ul", *(element("li", sentence) for sentence in sentences))


def _texts(texts: Sequence[TextReport]) -> Iterator[str]:
    shown = [text for text in texts if text.map is not None]
    for text in sorted(shown, key=lambda text: -text.tags)[:_MOST_TEXTS]:
        about = f"“{text.document.title}”:"
        yield f"{about} {_agreement(text)}"
        contests = text.contests[:_MOST_PASSAGES]
        quotes = [text.document.quote(contest.start, contest.end) for contest in contests]
        if quotes:
            yield f"{about} the class is split most on {', '.join(quotes)}."


def _agreement(text: TextReport) -> str:
    whole = text.overall
    if whole.positive.value is None:
        return f"no agreement can be counted ({whole.positive.reason})."
    shared = round(100 * whole.positive.value)
    words = (
        f"of 100 characters that one learner tagged, another has {shared} with the same code. "
        f"{alpha_words(whole.alpha, whole.interval)}"
    )
    codes = [
        (row.positive.value, row.code.name)
        for row in text.by_code
        if row.code and row.positive.value is not None
    ]
    if len(codes) < 2:
        return words
    codes.sort(key=lambda code: code[0])
    return f"{words} Most alike: {codes[-1][1]}. Least alike: {codes[0][1]}."


def _changes(comparison: BeforeAfter | None) -> Iterator[str]:
    for text in comparison.texts[:_MOST_TEXTS] if comparison else ():
        learners = counted(text.learners, "learner")
        words = change_words(text.overall.change, text.overall.interval)
        yield f"“{text.document.title}”, {learners} before and after: {words}"


def _items(results: Sequence[ItemResult]) -> Iterator[str]:
    for result in hardest(results, SMALLEST_GROUP)[:1]:
        share = percent(result.marks[0], sum(result.marks))
        yield f"The question with the fewest right answers ({share}): {result.item.prompt}"


_MOST_OTHERS = 20
_ONE_REPORT = (
    "For the teacher: show learners one report of a class, made after the last hand-in. Two that "
    "differ by one learner can be subtracted from each other: what is left is what this learner "
    "answered and tagged."
)
_LIMITS = (
    "Agreement is no measure of truth. Many can share a reading that the words do not support.",
    "The number of tags says nothing about the quality of an article or of a learner.",
    "A learner who read a section and tagged nothing in it is not counted as a reader, so "
    "agreement may look a little higher than it is.",
    "Where a lesson did not offer a code, its absence counts as “not tagged”.",
    "Intervals are about other learners of the same kind, and not about other texts.",
    "No part of this page is a grade.",
)

_HOW_MADE = (
    "On the first screen, “Teach again” has the three beliefs with the largest share of answers "
    "that are not right, from questions with at least 5 answers; questions with one belief behind "
    "their most chosen wrong option are put together. “Talk about it” has places where at least a "
    "fifth of the readers are on each of two sides, and that the reference reading calls "
    "debatable. There each reader counts once, by the code in question if they gave it."
)


def report_page(
    report: Report,
    misconceptions: Mapping[int, Misconception],
    names: bool = True,
    markers: TwoMarkers | None = None,
) -> bytes:
    """Write the page.

    Parameters
    ----------
    report, misconceptions
        What it says.
    names
        Whether it holds the box for the teacher alone, and code names.
    markers
        The marks of two people, if there are any; they are in that box.
    """
    front = report.front
    if not names:
        report = replace(report, names=())
    screen = element("div", teach_part(front), discuss_part(front), class_="framingkit-first")
    parts = [screen, change_part(report), map_part(front)]
    if names:
        parts.append(private_part(report, markers))
    parts.append(_appendix(report, misconceptions))
    about = front.scope.title.partition(":")[0]
    return web_page(
        f"{_TITLE}, {about[0].lower()}{about[1:]}", *parts, style=STYLE, script=SCRIPT,
        heading=heading(report, names),
    )  # fmt: skip


def _appendix(report: Report, misconceptions: Mapping[int, Misconception]) -> Html:
    """Fold everything else; it is printed only when asked for."""
    wish = element(
        "p",
        element("label", element("input", type="checkbox", id="with-appendix"),
                " Print the appendix too"),
        class_="framingkit-wish", hidden="",
    )  # fmt: skip
    folded = [
        element("details", element("summary", title), part)
        for title, part in _parts(report, misconceptions)
    ]
    return element(
        "section", element("h2", "Appendix"), wish, *folded, class_="framingkit-appendix"
    )


def _parts(
    report: Report, misconceptions: Mapping[int, Misconception]
) -> Iterator[tuple[str, Html]]:
    yield "The first screen as tables", tables_part(report.front)
    yield "At a glance", glance_part(report)
    yield "Who handed in", _who(report)
    for number, text in enumerate(report.texts, start=1):
        yield text.document.title, text_part(text, f"text-{number}")
    if report.comparison:
        yield "Before and after", changes_part(report.comparison)
    yield "Sharper, or only more suspicious?", sharper_part(report.sharp, report.ticked)
    yield "Questions", questions_part(report.items, misconceptions)
    yield "Test before and test after", pre_post_part(report.items, report.tests)
    yield "Written answers", counted_part(report.items)
    yield "How these numbers are made, and what they do not say", _limits()


def _who(report: Report) -> Html:
    handed_in = counted(report.hand_ins, "hand-in")
    sentences = [f"{counted(report.learners, 'learner')}, from {handed_in}."]
    if report.learners < SMALLEST_GROUP:
        sentences.append(
            "With fewer than 5 learners, one could tell who did what. So this page shows the class "
            "only as a whole: no map, no single codes, no single questions. For more, each learner "
            "can look at their own page of feedback (“framingkit grade --feedback”)."
        )
    if not report.texts:
        sentences.append("No text of this kit was tagged.")
    if report.names:
        sentences.append(f"Code names: {', '.join(report.names)}.")
    elif report.learners:
        sentences.append("Code names are not listed here.")
    if report.classes:
        sentences.append(_class_words(report))
    if report.own_texts:
        own = counted(report.own_texts, "text") + " of their own"
        sentences.append(f"Learners also tagged {own}. They are not compared here.")
    if report.learners:
        sentences.append(_ONE_REPORT)
    parts = [element("p", sentence) for sentence in sentences]
    return section("Who handed in", *parts, *_others(report.other_texts), id="who")


def _class_words(report: Report) -> str:
    """Say which classes the hand-ins name."""
    words = [f"{shown(name)} ({counted(count, 'learner')})" for name, count in report.classes]
    left = report.learners - sum(count for _, count in report.classes)
    words += [f"{counted(left, 'learner')} without one"] * (left > 0)
    return f"Classes: {', '.join(words)}."


def _others(texts: tuple[OtherText, ...]) -> list[Html]:
    if not texts:
        return []
    rows = [
        [shown(text.id, 80), shown(text.codebook, 80), f"{text.learners:,}"]
        for text in texts[:_MOST_OTHERS]
    ]
    caption = "Other texts, or other versions of them, which this kit does not have and cannot show"
    more = len(texts) - _MOST_OTHERS
    rest = [element("p", f"{more:,} more are not listed.")] if more > 0 else []
    return [table(caption, ("Text", "Codebook", "Learners"), rows), *rest]


def _limits() -> Html:
    return section(
        "What these numbers do not say", _list(_LIMITS), element("p", _HOW_MADE), id="limits"
    )


def write_report(
    path: str | Path,
    page: str | Path,
    before: str | Path | None = None,
    data: str | Path | None = None,
    watch: Watch = lambda groups, _: groups,
    lesson: str = "",
    expected: str | Path | None = None,
    names: bool = True,
    marked: Sequence[str | Path] = (),
    processes: int = 1,
) -> str:
    """Write the report on a class; return a sentence about it.

    Parameters
    ----------
    path
        The class file.
    page
        The page to write.
    before
        The class file of an earlier hand-in of the same class, if any.
    data
        The JSON file to write, if any.
    watch, lesson, processes
        As for `report.make_report`.
    expected
        A list of those who should hand in, with one code name or id in each line.
    names
        Whether the page holds the box for the teacher alone, and code names.
    marked
        The table of written answers as two people marked it; that box says how far they agree.

    Raises
    ------
    FramingkitError
        If a class file, a table or the list cannot be read or is damaged, there is no such lesson,
        or something cannot be written.
    """
    page, numbers = Path(page), Path(data) if data else None
    inputs = [Path(one) if one else None for one in (path, before, expected, *marked)]
    refuse_inputs([page, numbers], inputs)
    refuse_strange(page, _holds(f"<title>{_TITLE}"), "a class report")
    if numbers:
        refuse_strange(numbers, _holds(f'"format": "{REPORT_FORMAT}"'), "a report for programs")
    report = make_report(
        read_class(path), read_class(before) if before else None, watch, lesson,
        read_expected(expected) if expected else (), processes,
    )  # fmt: skip
    two = compare_tables(read_class(path), *marked) if names and marked else None
    with keeping(page, numbers) as kept:
        write_atomic(page, report_page(report, course.load_misconceptions(), names, two))
        if numbers:
            text = json.dumps(report_to_data(report), ensure_ascii=False, indent=1)
            write_atomic(numbers, f"{text}\n".encode())
    wrote = f"Wrote the report on {counted(report.learners, 'learner')} to “{page.name}”."
    wrote += f" It begins with: {report.front.scope.title}."
    return " ".join([wrote, *kept])


def _holds(words: str) -> Callable[[Path], bool]:
    """Make a test that tells whether a file begins with something that has some words in it."""
    return lambda path: words.encode() in disk.beginning(path, 2000)
