"""The second page of a report: the text as a map, agreement on each code, before and after."""

from collections.abc import Iterator, Sequence

from framingkit.agreement import (
    CodeAgreement,
    HeatMap,
    change_words,
    class_map_html,
    interval_words,
    map_key_html,
    marked_words,
    shared_words,
    two_places,
)
from framingkit.base import Html, counted, element
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.drawings import agreement_dots, slopes
from framingkit.reports.front import Front
from framingkit.reports.pieces import table
from framingkit.reports.questions import PrePost
from framingkit.reports.report import BeforeAfter, Report
from framingkit.reports.sharper import SharpTally, verdict
from framingkit.reports.text import TextReport
from framingkit.reports.ticked import TickTally

_HOW = (
    "A dot is alpha: 1 if all tags are alike, 0 if they agree as by chance. The line shows how far "
    "it may vary in other classes of this kind. Research asks for 0.8 (dashed); a class need not "
    "reach it. Talk first about the codes at the bottom."
)


def map_part(front: Front) -> Html:
    """Write the map and the agreement; nothing if no section has enough readers."""
    text = front.text
    if text is None or text.map is None:
        return Html("")
    counts = f"{counted(text.learners, 'learner')}, {counted(text.tags, 'tag')}"
    title = element("h2", "Where the class put its tags ", element("small", counts))
    left = element("section", title, *_map(text, text.map))
    right = element("section", element("h2", "How far tags agree"), *_agreement(text.by_code))
    return element("div", left, right, class_="framingkit-second")


def _map(text: TextReport, shaded: HeatMap) -> Iterator[Html]:
    yield map_key_html(max(shaded.readers.values()))
    words = marked_words(shaded.tagged, text.document)
    for section in text.document.sections:
        if text.readers.get(section.id, 0) >= SMALLEST_GROUP:
            yield class_map_html(text.document, words, section.id)
    yield element(
        "p", "Words that one learner tagged, or fewer than 1 in 10, are not marked.",
        class_="framingkit-note",
    )  # fmt: skip


def by_alpha(rows: Sequence[CodeAgreement]) -> list[CodeAgreement]:
    """Sort the codes that have an alpha, the highest first."""
    known = [(row.alpha.value, row) for row in rows if row.alpha.value is not None]
    return [row for _, row in sorted(known, key=lambda pair: -pair[0])]


def _agreement(by_code: Sequence[CodeAgreement]) -> Iterator[Html]:
    rows = by_alpha(by_code)
    if not rows:
        yield element("p", "No code has enough tags for a number.")
        return
    said = ", ".join(f"{row.code.name} {two_places(row.alpha.value)}" for row in rows if row.code)
    yield agreement_dots(rows, f"Alpha of each code, the highest first: {said}.")
    yield element("p", _HOW, class_="framingkit-note")
    cells = [
        [row.code.name if row.code else "", f"{row.learners:,}", f"{row.tags:,}",
         shared_words(row.positive), two_places(row.alpha.value), interval_words(row.interval)]
        for row in rows
    ]  # fmt: skip
    header = ("Code", "Learners", "Tags", "Shared", "Alpha", "95 % interval")
    behind = table("Agreement in this lesson", header, cells)
    yield element(
        "details", element("summary", "These numbers as a table"), behind,
        class_="framingkit-behind",
    )  # fmt: skip


def change_part(report: Report) -> Html:
    """Write what has changed, in the tests and in the tags; nothing if there is no "before"."""
    picture, says = _tests(report.tests)
    says += [*_tags(report.comparison), *_sharper(report.sharp, report.ticked)]
    if not says:
        return Html("")
    parts = element("div", picture, element("div", *says), class_="framingkit-beside")
    return element("section", element("h2", "Before and after"), parts, class_="framingkit-change")


def _tests(tests: PrePost) -> tuple[Html, list[Html]]:
    """Draw the change between the two tests, and say it; nothing under five learners."""
    means = tests.means
    if means is None or tests.both < SMALLEST_GROUP:
        return Html(""), []
    most, same = len(tests.before), tests.both - tests.up - tests.down
    words = (
        f"{counted(tests.both, 'learner')} took both tests. {tests.up:,} have more points after, "
        f"{tests.down:,} have fewer, {same:,} as many."
    )
    points = f"Of {most} points, the mean was {means[0]:.1f} before and is {means[1]:.1f} after."
    limits = "The tests are unvalidated. Talk about the change, and give no marks for it."
    picture = slopes(tests.pairs, most, f"{words} {points}")
    return picture, [element("p", element("b", words), f" {points} Dashed lines go down. {limits}")]


def _sharper(tally: SharpTally, ticked: TickTally) -> Iterator[Html]:
    """Say it from tags and from questions, each for itself: they may well differ."""
    changes = [(tally.change[2], "tags")] if tally.pairs else []
    if ticked.tests:
        changes.append((ticked.test_change[2], "sentences ticked in both tests"))
    for change, source in changes:
        if change.hits:
            learners = counted(change.learners, "learner")
            limits = f" From {source}, of {learners}; unvalidated, explained in the appendix."
            yield element("p", element("b", verdict(change)), limits)


def _tags(comparison: BeforeAfter | None) -> Iterator[Html]:
    for text in comparison.texts[:2] if comparison else ():
        then, now = text.overall.before.alpha.value, text.overall.after.alpha.value
        both = counted(text.learners, "learner")
        change = change_words(text.overall.change, text.overall.interval)
        counts = ", ".join(f"{count:,} {kind}" for kind, count in text.counts.items())
        yield element(
            "p",
            element("b", f"Tags of {both} on “{text.document.title}”: "),
            f"alpha was {two_places(then)} and is {two_places(now)}. {change}",
            f" Tags: {counts}." if counts else "",
        )
