"""A class in a notebook, as static HTML: who, the map, agreement, contested places, changes."""

from framingkit.agreement_words import (
    alpha_words,
    change_words,
    interval_words,
    number,
    shared_words,
)
from framingkit.class_contest_html import contest_html, words_of
from framingkit.class_map_html import MAP_STYLE, class_map_html, map_key_html
from framingkit.errors import FramingkitError
from framingkit.markup import Html, element, passage_html, table_html
from framingkit.pages import Page, sentences_page
from framingkit.report import Comparison, Report
from framingkit.text_report import FEWEST, TextReport
from framingkit.visible import counted

_ALL = "All codes together"
_HEADER = ("Code", "Learners", "Shared, of 100", "Alpha", "Its interval", "In words")
_TOO_FEW = f"Fewer than {FEWEST} learners: counts would show who tagged what."


def who_page(about: Report, text: TextReport) -> Page:
    """Say who handed in, and how many learners tagged each section of a text."""
    titles = {one.id: one.title for one in text.document.sections}
    rows = [(titles[id], f"{count:,}") for id, count in text.readers.items()]
    words = f"{counted(about.learners, 'learner')} handed in"
    names = f"Code names: {', '.join(about.names)}." if about.names else "The names are not listed."
    table = table_html("Who tagged something in each section", ("Section", "Learners"), rows)
    return Page(passage_html(element("p", f"{words}. {names}"), table), words)


def map_page(text: TextReport, section: str, code: str) -> Page:
    """Show how many learners tagged each word of a section; without a code, with any."""
    title = text.document.section(section).title
    if text.map is None:
        return sentences_page(f"The class on “{title}”", [_TOO_FEW])
    places = {one.id: place for place, one in enumerate(text.codes)}
    if code and code not in places:
        raise FramingkitError(
            f"This class has no code {code!r} to show. Choose one of: {', '.join(places)}."
        )
    shaded = text.map.by_label[places[code]] if code else text.map.tagged
    name = text.codes[places[code]].name if code else "all codes"
    words = f"The class on “{title}”: {name}"
    return _page(
        words,
        map_key_html(text.map.readers.get(section, 0)),
        class_map_html(text.document, shaded, section),
    )


def agreement_page(text: TextReport) -> Page:
    """Show how far a class agrees, for all codes and for each."""
    rows = [
        (
            row.code.name if row.code else _ALL,
            f"{row.learners:,}",
            shared_words(row.positive),
            number(row.alpha.value),
            "n/a" if row.alpha.value is None else interval_words(row.interval),
            alpha_words(row.alpha, row.interval),
        )
        for row in (text.overall, *text.by_code)
    ]
    shared = shared_words(text.overall.positive)
    words = f"Agreement: {shared} tagged characters are shared"
    return Page(passage_html(table_html("Agreement on each code", _HEADER, rows)), words)


def contests_page(text: TextReport, most: int) -> Page:
    """Show the most contested places of a text."""
    found = text.contests[:most]
    words = f"Where the class is split: {counted(len(found), 'place')}"
    items = [
        element(
            "li",
            element("p", element("strong", words_of(one.start, one.end, text.document))),
            contest_html(one, text.document, text.codes),
        )
        for one in found
    ]
    return _page(words, element("p", element("strong", words)), element("ol", *items))


def change_page(found: Comparison | None) -> Page:
    """Say what became of the tags between two hand-ins."""
    title = "Before and after"
    if found is None:
        return sentences_page(title, ["There is one hand-in of each learner: nothing to compare."])
    said = [f"{counted(found.both, 'learner')} handed in both times; only they are compared."]
    for one in found.texts:
        then, now = one.overall.before.alpha, one.overall.after.alpha
        counts = ", ".join(f"{kind}: {count:,}" for kind, count in one.counts.items())
        said += [
            f"Tags on “{one.document.title}”. {counts.capitalize()}.",
            f"Alpha was {number(then.value)} and is {number(now.value)}. "
            f"{change_words(one.overall.change, one.overall.interval)}",
        ]
    return sentences_page(title, said)


def _page(words: str, *parts: Html) -> Page:
    return Page(passage_html(element("style", Html(MAP_STYLE)), *parts), words)
