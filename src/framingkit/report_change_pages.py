"""The part of a report on what changed between two hand-ins, for example after a discussion."""

from framingkit.agreement_words import change_words, interval_words, number, shared_words
from framingkit.class_changes import KINDS, AgreementChange, TextChanges
from framingkit.markup import Html, element
from framingkit.report import Comparison
from framingkit.report_html import section, table
from framingkit.report_text_pages import ALL
from framingkit.visible import counted

_MOST_PAIRS = 10
_WORDS = {
    "kept": "Kept: same words, same code", "added": "Added: new tags",
    "dropped": "Dropped: tags that are gone", "moved": "Other words: same code, other boundary",
    "relabelled": "Other code: same words, another code",
}  # fmt: skip


def changes_part(found: Comparison) -> Html:
    """Write the part on the changes."""
    texts = [_text(one) for one in found.texts]
    nothing = element("p", "No text was tagged both times by the same learner.")
    return section(
        "Before and after", element("p", _who(found)), *(texts or [nothing]), id="changes"
    )


def _who(found: Comparison) -> str:
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
    parts.append(_agreement(found))
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


def _agreement(found: TextChanges) -> Html:
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
        number(one.before.alpha.value),
        number(one.after.alpha.value),
        sign + number(change.value),
        "n/a" if change.value is None else interval_words(one.interval),
        change_words(change, one.interval),
    ]
