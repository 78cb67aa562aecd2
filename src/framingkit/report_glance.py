"""The first screen of a report: the few things to know about a class before a lesson begins."""

from collections.abc import Iterator, Sequence

from framingkit.agreement_words import alpha_words, change_words
from framingkit.class_contest_html import words_of
from framingkit.item_statistics import ItemResult, hardest
from framingkit.markup import Html, element
from framingkit.report import Comparison, Report
from framingkit.report_html import percent, section
from framingkit.text_report import FEWEST, CodeAgreement, TextReport
from framingkit.visible import counted

_MOST_TEXTS, _MOST_PLACES = 3, 3


def glance_part(report: Report) -> Html:
    """Write the part with one line for each thing to know; a small class has no more than one."""
    handed_in = f"{counted(report.learners, 'learner')} handed in."
    lines = [handed_in, *_texts(report.texts), *_changes(report.comparison), *_items(report.items)]
    return section("At a glance", element("ul", *(element("li", one) for one in lines)), id="top")


def _texts(texts: Sequence[TextReport]) -> Iterator[str]:
    most_tagged = sorted(texts, key=lambda one: -one.tags)
    for one in [one for one in most_tagged if one.map is not None][:_MOST_TEXTS]:
        about = f"“{one.document.title}”:"
        yield f"{about} {_agreement(one)}"
        places = [words_of(c.start, c.end, one.document) for c in one.contests[:_MOST_PLACES]]
        if places:
            yield f"{about} the class is split most on {', '.join(places)}."


def _agreement(found: TextReport) -> str:
    whole = found.overall
    if whole.positive.value is None:
        return f"no agreement can be counted ({whole.positive.reason})."
    shared = round(100 * whole.positive.value)
    said = (
        f"of 100 characters that one learner tagged, another has {shared} with the same code. "
        f"{alpha_words(whole.alpha, whole.interval)}"
    )
    codes = sorted(found.by_code, key=_shared)
    codes = [one for one in codes if one.positive.value is not None and one.code]
    if len(codes) < 2:
        return said
    least, most = (one.code.name for one in (codes[0], codes[-1]) if one.code)
    return f"{said} Most alike: {most}. Least alike: {least}."


def _shared(one: CodeAgreement) -> float:
    return 0.0 if one.positive.value is None else float(one.positive.value)


def _changes(found: Comparison | None) -> Iterator[str]:
    for one in found.texts[:_MOST_TEXTS] if found else ():
        words = change_words(one.overall.change, one.overall.interval)
        yield (
            f"“{one.document.title}”, {counted(one.learners, 'learner')} before and after: {words}"
        )


def _items(results: Sequence[ItemResult]) -> Iterator[str]:
    for one in hardest(results, FEWEST)[:1]:
        share = percent(one.marks[0], sum(one.marks))
        yield f"The question with the fewest right answers ({share}): {one.item.prompt}"
