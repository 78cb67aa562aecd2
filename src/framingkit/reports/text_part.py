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
    shared_words,
    two_places,
)
from framingkit.base import Html, counted, element
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.reports.changes import KINDS, AgreementChange, TextChanges
from framingkit.reports.pieces import bar, section, table
from framingkit.reports.report import BeforeAfter
from framingkit.reports.text import ONE_IN, TextReport, frequent

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
    return "everything" if learners >= SMALLEST_GROUP else "nothing: fewer than 5 learners"


def _map(report: TextReport, found: HeatMap) -> list[Html]:
    parts = [map_key_html(max(found.readers.values())), *_left_out()]
    words = frequent(found.tagged)
    for one in report.document.sections:
        learners = report.readers.get(one.id)
        parts.append(element("h4", one.title))
        if learners is not None:
            shown = "" if learners >= SMALLEST_GROUP else " Nothing is counted here: fewer than 5."
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
        two_places(alpha.value),
        "n/a" if alpha.value is None else interval_words(row.interval),
        alpha_words(alpha, row.interval),
    ]


def _agreement(report: TextReport) -> list[Html]:
    rows = [
        [row.code.name if row.code else ALL, f"{row.learners:,}", f"{row.tags:,}", *_numbers(row)]
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
        words = report.document.quote(one.start, one.end)
        parts.append(element("h4", f"Place {place}: {words}", dir="auto"))
        parts.append(contest_html(one, report.document, report.codes))
    return parts


def _codes(report: TextReport, found: HeatMap) -> list[Html]:
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


_MOST_PAIRS = 10
_WORDS = {
    "kept": "Kept: same words, same code", "added": "Added: new tags",
    "dropped": "Dropped: tags that are gone", "moved": "Other words: same code, other boundary",
    "relabelled": "Other code: same words, another code",
}  # fmt: skip


def changes_part(found: BeforeAfter) -> Html:
    """Write the part on the changes."""
    texts = [_text(one) for one in found.texts]
    nothing = element("p", "No text was tagged both times by the same learner.")
    return section(
        "Before and after", element("p", _who_handed_in(found)), *(texts or [nothing]), id="changes"
    )


def _who_handed_in(found: BeforeAfter) -> str:
    said = [
        "Each learner is compared with themselves, by the code name.",
        f"{counted(found.both, 'learner')} handed in both times.",
        f"{found.only_before:,} handed in only before, and {found.only_after:,} only after.",
    ]
    if found.only_before or found.only_after:
        said.append("These are missing here, so the change of the whole class is not known.")
    if found.shared:
        said.append(
            f"{counted(found.shared, 'hand-in')} could not be compared, because several learners "
            "use one code name."
        )
    return " ".join(said)


def _text(found: TextChanges) -> Html:
    both = (
        f"{counted(found.learners, 'learner')} tagged this text both times. "
        f"{found.once:,} tagged it only one time and are left out."
    )
    parts = [element("p", both)]
    if found.changed is None:
        parts.append(element("p", "These are fewer than 5, so the codes are taken together."))
    else:
        parts.append(element("p", f"{found.changed:,} of them changed at least one tag."))
    parts.append(_counts(found))
    if found.relabelled:
        parts.append(_relabelled(found))
    parts.append(_agreement_change(found))
    return section(found.document.title, *parts, level=3)


def _counts(found: TextChanges) -> Html:
    rows = [[ALL, *(f"{found.counts[kind]:,}" for kind in KINDS)]]
    rows += [
        [code.name, *(f"{counts[kind]:,}" for kind in KINDS)] for code, counts in found.by_code
    ]
    header = ("Code", *(_WORDS[kind] for kind in KINDS))
    return table("What became of the tags", header, rows)


def _relabelled(found: TextChanges) -> Html:
    rows = [[one.name, other.name, f"{count:,}"] for one, other, count in found.relabelled]
    return table(
        "Codes that became others, most frequent first", ("Before", "After", "Tags"),
        rows[:_MOST_PAIRS],
    )  # fmt: skip


def _agreement_change(found: TextChanges) -> Html:
    said = (
        "Agreement of the same learners, on the same sections. More agreement says that they came "
        "closer to each other. It does not say that they read better."
    )
    header = ("Code", "Shared before", "Shared after", "Alpha before", "Alpha after", "Change",
              "95 % interval of the change", "In words")  # fmt: skip
    rows = [_row(one) for one in (found.overall, *found.agreement)]
    return element("div", element("p", said), table("Agreement", header, rows))


def _row(one: AgreementChange) -> list[str]:
    code, change = one.before.code, one.change
    sign = "+" if change.value is not None and round(change.value, 2) > 0 else ""
    return [
        code.name if code else ALL,
        shared_words(one.before.positive),
        shared_words(one.after.positive),
        two_places(one.before.alpha.value),
        two_places(one.after.alpha.value),
        sign + two_places(change.value),
        "n/a" if change.value is None else interval_words(one.interval),
        change_words(change, one.interval),
    ]
