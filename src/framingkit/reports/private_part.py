"""What a teacher alone sees: who has done what, who may need help and why, and who is missing."""

from collections.abc import Iterator, Sequence

from framingkit.base import Html, counted, element, shown
from framingkit.reports.markers import TITLE, TwoMarkers
from framingkit.reports.pieces import table
from framingkit.reports.report import MOST_NAMES, Report
from framingkit.reports.roll import Person

_MOST_MISSING = 200
_HINTS = (
    "Hints from counts, and no marks: a learner who tags little may have talked a lot. The "
    "projector and the printer never show this box. The file holds it: do not send the file to "
    "learners. One that you can send is written with "
)
_WITHOUT = element("code", "--without-names")


def private_part(report: Report, markers: TwoMarkers | None = None) -> Html:
    """Write the box with names; it stays hidden until a button opens it."""
    parts = [
        element("h2", "For you only"),
        element("p", _HINTS, _WITHOUT, "."),
        *_hints(report.people),
    ]
    parts += _missing(report)
    if report.people:
        parts.append(_everybody(report.people))
    elif report.learners:
        many = f"This class has more than {MOST_NAMES} learners, so they are not listed by name."
        parts.append(element("p", f"{many} “framingkit grade” has a row for each."))
    if markers:
        parts += [element("h3", TITLE), *markers.parts()]
    return element("section", *parts, class_="framingkit-private", hidden="", tabindex="-1")


def _hints(people: Sequence[Person]) -> Iterator[Html]:
    groups: dict[str, list[Html]] = {}
    for person in people:
        for reason, numbers in person.hints.items():
            entry = element("li", element("b", person.name), " ", numbers)
            groups.setdefault(reason, []).append(entry)
    if groups:
        boxes = [
            element("div", element("h3", reason), element("ul", *entries))
            for reason, entries in groups.items()
        ]
        yield element("div", *boxes, class_="framingkit-hints")
    elif people:
        yield element("p", "Nobody stands out.")


def _missing(report: Report) -> Iterator[Html]:
    expected = report.expected
    if expected is None:
        return
    names = [shown(name, 80) for name in expected.missing[:_MOST_MISSING]]
    more = len(expected.missing) - len(names)
    said = ", ".join(names) + (f" and {more:,} more" if more else "")
    yield element("p", element("b", "Missing: "), said or "nobody", ".")
    if expected.extra:
        others = [person.name for person in report.people if not person.is_expected]
        listed = f": {', '.join(others)}" if others else ""
        yield element("p", f"{counted(expected.extra, 'hand-in')} not on your list{listed}.")


def _everybody(people: Sequence[Person]) -> Html:
    rows = [
        [
            person.name, f"{person.answered} of {person.asked}",
            f"{person.right} of {person.closed}", f"{person.tags:,}",
            f"{person.clear_found} of {person.clear}" if person.clear else "–", f"{person.over}",
            ", ".join(person.hints) or "–",
        ]
        for person in people
    ]  # fmt: skip
    header = ("Learner", "Questions answered", "Right", "Tags", "Clear entries found",
              "Tags without a match", "May need help")  # fmt: skip
    return table("Who has done what in this lesson", header, rows)
