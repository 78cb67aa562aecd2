"""The report on a class as one web page: for a projector and for paper, with nothing to load."""

from collections.abc import Mapping

from framingkit.markup import Html, element
from framingkit.misconceptions import Misconception
from framingkit.report import OtherText, Report
from framingkit.report_change_pages import changes_part
from framingkit.report_glance import glance_part
from framingkit.report_html import STYLE, section, table
from framingkit.report_item_pages import counted_part, pre_post_part, questions_part
from framingkit.report_text_pages import text_part
from framingkit.text_report import FEWEST
from framingkit.visible import counted, shown
from framingkit.web_pages import web_page

_MOST_OTHERS = 20
_LIMITS = (
    "Agreement is no measure of truth. Many can share a reading that the words do not support.",
    "The number of tags says nothing about the quality of an article or of a learner.",
    "A learner who read a section and tagged nothing in it is not seen: so agreement may look a "
    "little higher than it is.",
    "Where a lesson did not offer a code, its absence counts as “not tagged”.",
    "Intervals are about other learners of the same kind, and not about other texts.",
    "No part of this page is a grade.",
)


def report_page(report: Report, misconceptions: Mapping[int, Misconception]) -> bytes:
    """Write the page."""
    texts = [(f"text-{place}", one) for place, one in enumerate(report.texts, start=1)]
    parts = [
        ("top", "At a glance", glance_part(report)),
        ("who", "Who handed in", _who(report)),
        *((id, one.document.title, text_part(one, id)) for id, one in texts),
    ]
    if report.comparison:
        parts.append(("changes", "Before and after", changes_part(report.comparison)))
    parts += [
        ("questions", "Questions", questions_part(report.items, misconceptions)),
        ("tests", "Test before and test after", pre_post_part(report.items, report.tests)),
        ("written", "Written answers", counted_part(report.items)),
        ("limits", "What these numbers do not say", _limits()),
    ]
    links = [element("li", element("a", title, href=f"#{id}")) for id, title, _ in parts]
    contents = element("nav", element("ol", *links), **{"aria-label": "Contents"})
    return web_page("Class report", contents, *(part for *_, part in parts), style=STYLE)


def _who(report: Report) -> Html:
    handed_in = counted(report.hand_ins, "hand-in")
    parts = [element("p", f"{counted(report.learners, 'learner')}, from {handed_in}.")]
    if report.learners < FEWEST:
        parts.append(
            element(
                "p",
                "With fewer than 5 learners, one could tell who did what. So this page shows the "
                "class only as a whole: no map, no single codes, no single questions. For more, "
                "each learner can look at their own page of feedback (“framingkit grade "
                "--feedback”).",
            )
        )
    if not report.texts:
        parts.append(element("p", "No text of this kit was tagged."))
    if report.names:
        parts.append(element("p", f"Code names: {', '.join(report.names)}."))
    elif report.learners:
        parts.append(element("p", "Code names are not listed in a class of this size."))
    if report.own_texts:
        own = counted(report.own_texts, "text") + " of their own"
        parts.append(element("p", f"Learners also tagged {own}. They are not compared here."))
    return section("Who handed in", *parts, *_others(report.other_texts), id="who")


def _others(texts: tuple[OtherText, ...]) -> list[Html]:
    if not texts:
        return []
    rows = [
        [shown(one.id, 80), shown(one.codebook, 80), f"{one.learners:,}"]
        for one in texts[:_MOST_OTHERS]
    ]
    caption = "Other texts, or other versions of them, which this kit does not have and cannot show"
    more = len(texts) - _MOST_OTHERS
    rest = [element("p", f"{more:,} more are not listed.")] if more > 0 else []
    return [table(caption, ("Text", "Codebook", "Learners"), rows), *rest]


def _limits() -> Html:
    sentences = [element("li", one) for one in _LIMITS]
    return section("What these numbers do not say", element("ul", *sentences), id="limits")
