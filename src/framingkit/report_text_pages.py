"""The part of a report on one text: the map, agreement, contested places, and each code."""

from framingkit.agreement_words import alpha_words, interval_words, number, shared_words
from framingkit.class_contest_html import contest_html, words_of
from framingkit.class_map import ClassMap
from framingkit.class_map_html import class_map_html, map_key_html
from framingkit.markup import Html, element
from framingkit.report_html import bar, section, table
from framingkit.text_report import FEWEST, ONE_IN, CodeAgreement, TextReport, frequent
from framingkit.visible import counted

ALL = "All codes together"
_HEADER = (
    "Code", "Learners who used it", "Tags", "Shared, of 100 tagged characters", "Alpha",
    "95 % interval of alpha", "In words",
)  # fmt: skip
_HOW_TO_READ = (
    "Begin with the column “shared”. Take one learner’s tags of a code: of 100 characters in "
    "them, so many are tagged with the same code by another learner, on average. Rare codes are "
    "hard to share by chance, and frequent ones are easy. Alpha takes that into account: 1 is "
    "perfect agreement, and 0 is what chance would give. For research, Krippendorff (2004) asks "
    "for 0.8, or 0.667 for a first impression. A class need not reach that: a low number shows "
    "where there is something to talk about. The interval shows how alpha may vary among other "
    "learners of this kind."
)


def text_part(report: TextReport, id: str) -> Html:
    """Write the part on one text; `id` names it within the page."""
    title = report.document.title
    if report.map is None:
        return section(
            title,
            element(
                "p",
                f"{counted(report.learners, 'learner')} tagged this text, and fewer than 5 "
                "tagged any section of it. So it is shown only as a whole.",
            ),
            _whole(report),
            id=id,
        )
    return section(
        title,
        _who(report),
        section("The map of the class", *_map(report, report.map), level=3),
        section("How far the class agrees", *_agreement(report), level=3),
        section("Places to talk about", *_contests(report), level=3),
        section("The map of each code", *_codes(report, report.map), level=3),
        id=id,
    )


def _whole(report: TextReport) -> Html:
    rows = [[ALL, f"{report.overall.tags:,}", *_numbers(report.overall)]]
    header = ("Code", "Tags", *_HEADER[3:])
    return table("The class as a whole", header, rows)


def _who(report: TextReport) -> Html:
    titles = {one.id: one.title for one in report.document.sections}
    rows = [
        [titles[name], f"{learners:,}", _too_few(learners)]
        for name, learners in report.readers.items()
    ]
    said = (
        f"{counted(report.learners, 'learner')} made {counted(report.tags, 'tag')} on this text. "
        "A hand-in does not say what was read. So a learner counts as a reader of a section if "
        "they tagged something in it, and is left out of the numbers for the others. "
        f"{counted(report.incomplete, 'learner')} tagged some sections and not all."
    )
    return element(
        "div",
        element("p", said),
        table("Readers of each section", ("Section", "Learners", "What is shown"), rows),
    )


def _too_few(learners: int) -> str:
    return "everything" if learners >= FEWEST else "nothing: fewer than 5 learners"


def _map(report: TextReport, found: ClassMap) -> list[Html]:
    parts = [map_key_html(max(found.readers.values())), *_left_out()]
    words = frequent(found.tagged)
    for one in report.document.sections:
        learners = report.readers.get(one.id)
        parts.append(element("h4", one.title))
        if learners is not None:
            shown = "" if learners >= FEWEST else " Nothing is counted here: fewer than 5."
            parts.append(element("p", f"Read by {counted(learners, 'learner')}.{shown}"))
        parts.append(class_map_html(report.document, words, one.id))
    return parts


def _left_out() -> list[Html]:
    return [
        element(
            "p",
            "All codes count here; a learner who gave two codes to a word counts once. Words that "
            f"fewer than 1 learner in {ONE_IN} tagged have no number.",
        )
    ]


def _numbers(row: CodeAgreement) -> list[str]:
    shared: str = shared_words(row.positive)
    if row.positive.value is not None:
        shared = element("span", shared, bar(row.positive.value))
    alpha = row.alpha
    return [
        shared,
        number(alpha.value),
        "n/a" if alpha.value is None else interval_words(row.interval),
        alpha_words(alpha, row.interval),
    ]


def _agreement(report: TextReport) -> list[Html]:
    rows = [
        [
            row.code.name if row.code else ALL,
            f"{row.learners:,}",
            f"{row.tags:,}",
            *_numbers(row),
        ]
        for row in (report.overall, *report.by_code)
    ]
    exact = report.exact
    said = (
        f"n/a: {exact.reason}"
        if exact.value is None
        else f"{round(100 * exact.value)} of 100. Short tags and loose ends make this number low."
    )
    return [
        element("p", _HOW_TO_READ),
        table("Agreement on each code", _HEADER, rows),
        element("p", f"Tags that another learner has with the very same words and code: {said}"),
    ]


def _contests(report: TextReport) -> list[Html]:
    if not report.contests:
        return [element("p", "There is no place where at least a quarter of the class stands "
                             "against the rest.")]  # fmt: skip
    parts = [
        element(
            "p",
            "The class is split most on these words. A learner can have several tags on them. "
            "Nobody is right because more learners are on that side.",
        )
    ]
    for place, one in enumerate(report.contests, start=1):
        words = words_of(one.start, one.end, report.document)
        parts.append(element("h4", f"Place {place}: {words}", dir="auto"))
        parts.append(contest_html(one, report.document, report.codes))
    return parts


def _codes(report: TextReport, found: ClassMap) -> list[Html]:
    parts = [element("p", "Only sentences in which at least 1 learner in "
                          f"{ONE_IN} used the code.")]  # fmt: skip
    for row, words in zip(report.by_code, found.by_label, strict=True):
        shown = frequent(words)
        if row.code and shown:
            said = f"{counted(row.tags, 'tag')} by {counted(row.learners, 'learner')}."
            parts += [
                element("h4", row.code.name),
                element("p", f"{said} The rule: {row.code.decision_rule}"),
                class_map_html(report.document, shown, brief=True),
            ]
    return parts
