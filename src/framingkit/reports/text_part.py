"""The parts of a report on one text: map, agreement, contested passages, codes, and changes."""

from framingkit.agreement import (
    CodeAgreement,
    HeatMap,
    alpha_words,
    change_words,
    class_map_html,
    contest_html,
    interval_words,
    map_key_html,
    marked_words,
    shared_words,
    two_places,
)
from framingkit.base import Html, code_html, counted, element
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.changes import KINDS, AgreementChange, TextChanges
from framingkit.reports.pieces import bar, section, table
from framingkit.reports.report import BeforeAfter
from framingkit.reports.text import TextReport

_ALL = "All codes together"
_HEADER = (
    "Code", "Learners who used it", "Tags", "Shared, of 100 tagged characters", "Alpha",
    "95 % interval of alpha", "In words",
)  # fmt: skip
_HOW_TO_READ = (
    "Begin with the column “shared”: of every 100 characters that one learner gave this code, how "
    "many another learner gave it as well, on average. Rare codes are hard to share by chance, and "
    "frequent ones are easy. Alpha takes that into account: 1 is perfect agreement, and 0 is "
    "what chance would give. For research, Krippendorff (2004) asks for 0.8, or 0.667 for a first "
    "impression. A class need not reach that: a low number shows where there is something to talk "
    "about. The interval shows how alpha may vary among other learners of this kind."
)


def text_part(report: TextReport, id: str) -> Html:
    """Write the part on one text; `id` names it within the page."""
    title = report.document.title
    if report.map is None:
        few = (
            f"{counted(report.learners, 'learner')} tagged this text, and fewer than 5 tagged any "
            "section of it. So it is shown only as a whole."
        )
        return section(title, element("p", few), _whole(report), id=id)
    return section(
        title,
        _who(report),
        section("The map of the class", *_map(report, report.map), level=3),
        section("How far the class agrees", *_agreement(report), level=3),
        section("Passages to talk about", *_contests(report), level=3),
        section("The map of each code", *_codes(report, report.map), level=3),
        id=id,
    )


def agreement_rows(report: TextReport) -> list[list[str]]:
    """Write a row for all codes together and one for each.

    Returns
    -------
    list of list of str
        Code, learners, tags, share, alpha, its interval, and alpha in words.
    """
    return [
        [row.code.name if row.code else _ALL, f"{row.learners:,}", f"{row.tags:,}", *_numbers(row)]
        for row in (report.overall, *report.by_code)
    ]


def _numbers(row: CodeAgreement) -> list[str]:
    interval = "n/a" if row.alpha.value is None else interval_words(row.interval)
    words = alpha_words(row.alpha, row.interval)
    return [shared_words(row.positive), two_places(row.alpha.value), interval, words]


def _rows_with_bars(report: TextReport) -> list[list[str]]:
    rows = agreement_rows(report)
    for cells, agreement in zip(rows, (report.overall, *report.by_code), strict=True):
        if agreement.code:
            cells[0] = code_html(agreement.code.chip, agreement.code.name)
        if agreement.positive.value is not None:
            cells[3] = element("span", cells[3], bar(agreement.positive.value))
    return rows


def _whole(report: TextReport) -> Html:
    code, _, *rest = _rows_with_bars(report)[0]
    return table("The class as a whole", (_HEADER[0], *_HEADER[2:]), [[code, *rest]])


def _who(report: TextReport) -> Html:
    titles = {part.id: part.title for part in report.document.sections}
    rows = [
        [titles[id], f"{learners:,}", _what_is_shown(learners)]
        for id, learners in report.readers.items()
    ]
    words = (
        f"{counted(report.learners, 'learner')} made {counted(report.tags, 'tag')} on this text. "
        "A hand-in does not say what was read. So a learner counts as a reader of a section if "
        "they tagged something in it, and is left out of the numbers for the others. "
        f"{counted(report.incomplete, 'learner')} tagged some sections and not all."
    )
    return element(
        "div",
        element("p", words),
        table("Readers of each section", ("Section", "Learners", "What is shown"), rows),
    )


def _what_is_shown(learners: int) -> str:
    return "everything" if learners >= SMALLEST_GROUP else "nothing: fewer than 5 learners"


def _map(report: TextReport, heat_map: HeatMap) -> list[Html]:
    left_out = (
        "All codes count here; a learner who gave two codes to a word counts once. Words that one "
        "learner tagged, or fewer than 1 in 10, are not marked. Nor are the edges of words that "
        "three times as many tagged."
    )
    parts = [map_key_html(max(heat_map.readers.values())), element("p", left_out)]
    words = marked_words(heat_map.tagged, report.document)
    for part in report.document.sections:
        learners = report.readers.get(part.id)
        parts.append(element("h4", part.title))
        if learners is not None:
            shown = "" if learners >= SMALLEST_GROUP else " Nothing is counted here: fewer than 5."
            parts.append(element("p", f"Read by {counted(learners, 'learner')}.{shown}"))
        parts.append(class_map_html(report.document, words, part.id))
    return parts


def _agreement(report: TextReport) -> list[Html]:
    exact = report.exact
    share = (
        f"n/a: {exact.reason}"
        if exact.value is None
        else f"{round(100 * exact.value)} of 100. Short tags and small differences at the edges "
        "lower this number."
    )
    return [
        element("p", _HOW_TO_READ),
        table("Agreement on each code", _HEADER, _rows_with_bars(report)),
        element("p", f"Tags that another learner has with the very same words and code: {share}"),
    ]


def _contests(report: TextReport) -> list[Html]:
    if not report.contests:
        return [element("p", "There is no passage where at least a quarter of the class disagrees "
                             "with the rest.")]  # fmt: skip
    parts = [
        element(
            "p",
            "The class is split most on these words. A learner can have several tags on them. "
            "Nobody is right because more learners are on that side.",
        )
    ]
    for number, contest in enumerate(report.contests, start=1):
        words = report.document.quote(contest.start, contest.end)
        parts.append(element("h4", f"Passage {number}: {words}", dir="auto"))
        parts.append(contest_html(contest, report.document, report.codes))
    return parts


def _codes(report: TextReport, heat_map: HeatMap) -> list[Html]:
    only = "Only sentences in which two learners or more, and at least 1 in 10, used the code."
    parts = [element("p", only)]
    for row, words in zip(report.by_code, heat_map.by_label, strict=True):
        shown = marked_words(words, report.document)
        if row.code and shown:
            counts = f"{counted(row.tags, 'tag')} by {counted(row.learners, 'learner')}."
            parts += [
                element("h4", code_html(row.code.chip, row.code.name)),
                element("p", f"{counts} The rule: {row.code.decision_rule}"),
                class_map_html(report.document, shown, brief=True),
            ]
    return parts


_MOST_PAIRS = 10
_WORDS = {
    "kept": "Kept: same words, same code", "added": "Added: new tags",
    "dropped": "Dropped: tags that are gone", "moved": "Other words: same code, other boundary",
    "relabelled": "Other code: same words, another code",
}  # fmt: skip


def changes_part(comparison: BeforeAfter) -> Html:
    """Write the part on the changes."""
    texts = [_text_changes(text) for text in comparison.texts]
    nothing = element("p", "No text was tagged both times by the same learner.")
    who = element("p", _who_handed_in(comparison))
    return section("Before and after", who, *(texts or [nothing]), id="changes")


def _who_handed_in(comparison: BeforeAfter) -> str:
    sentences = [
        "Each learner is compared with themselves.",
        f"{counted(comparison.both, 'learner')} handed in both times.",
        f"{comparison.only_before:,} handed in only before, and {comparison.only_after:,} only "
        "after.",
    ]
    if comparison.only_before or comparison.only_after:
        sentences.append("These are missing here, so the change of the whole class is not known.")
    if comparison.shared:
        sentences.append(
            f"{counted(comparison.shared, 'hand-in')} could not be compared, because several "
            "learners use one code name and nothing in the files tells them apart."
        )
    return " ".join(sentences)


def _text_changes(changes: TextChanges) -> Html:
    who = (
        f"{counted(changes.learners, 'learner')} tagged this text both times. "
        f"{changes.once:,} tagged it only one time and are left out."
    )
    parts = [element("p", f"{who} {_what_is_counted(changes)}")]
    if changes.counts:
        parts.append(_counts(changes))
    if changes.relabelled:
        parts.append(_relabelled(changes))
    parts.append(_agreement_change(changes))
    return section(changes.document.title, *parts, level=3)


def _what_is_counted(changes: TextChanges) -> str:
    if changes.changed is None:
        return (
            f"Fewer than {SMALLEST_GROUP} of them tagged any one section, so no tags are counted: "
            "that would show who changed what."
        )
    words = f"{changes.changed:,} of them changed at least one tag."
    if changes.closed:
        titles = ", ".join(f"“{section.title}”" for section in changes.closed)
        words += f" Left out, because fewer than {SMALLEST_GROUP} of them tagged it: {titles}."
    return words


def _counts(changes: TextChanges) -> Html:
    named = [(_ALL, changes.counts), *((code.name, counts) for code, counts in changes.by_code)]
    rows = [[name, *(f"{counts[kind]:,}" for kind in KINDS)] for name, counts in named]
    header = ("Code", *(_WORDS[kind] for kind in KINDS))
    return table("What became of the tags", header, rows)


def _relabelled(changes: TextChanges) -> Html:
    rows = [[before.name, after.name, f"{tags:,}"] for before, after, tags in changes.relabelled]
    return table(
        "Codes that became others, most frequent first", ("Before", "After", "Tags"),
        rows[:_MOST_PAIRS],
    )  # fmt: skip


def _agreement_change(changes: TextChanges) -> Html:
    how_to_read = (
        "Agreement of the same learners, on the same sections. More agreement says that they came "
        "closer to each other. It does not say that they read better."
    )
    header = ("Code", "Shared before", "Shared after", "Alpha before", "Alpha after", "Change",
              "95 % interval of the change", "In words")  # fmt: skip
    rows = [_change_row(change) for change in (changes.overall, *changes.agreement)]
    return element("div", element("p", how_to_read), table("Agreement", header, rows))


def _change_row(row: AgreementChange) -> list[str]:
    code, change = row.before.code, row.change
    sign = "+" if change.value is not None and round(change.value, 2) > 0 else ""
    return [
        code.name if code else _ALL,
        shared_words(row.before.positive),
        shared_words(row.after.positive),
        two_places(row.before.alpha.value),
        two_places(row.after.alpha.value),
        sign + two_places(change.value),
        "n/a" if change.value is None else interval_words(row.interval),
        change_words(change, row.interval),
    ]
