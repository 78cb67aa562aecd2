"""Contested passages in words: as sentences and as static HTML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from framingkit.base import (
    Html,
    article_html,
    chip_html,
    counted,
    element,
    number_html,
    paragraph_html,
    passage_html,
)
from framingkit.course import Reference, Span
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.settling.agenda import Agenda, Passage
from framingkit.settling.contested import Variant
from framingkit.settling.decisions import (
    LATER,
    SETTLED,
    UNFINISHED,
    Response,
    decision_of,
    state_of,
)
from framingkit.settling.reading import OURS

_LONGEST = 70
_STATES = {LATER: "Left for later.", UNFINISHED: "Not settled yet: a reason is missing."}


def words_of(agenda: Agenda, start: int, end: int) -> str:
    """Quote words of the text on one line; a long quote is cut."""
    return agenda.document.quote(start, end, _LONGEST)


def who_read(agenda: Agenda, passage: Passage, variant: Variant) -> str:
    """Say who read it like this: by name for two markers, by number for a class."""
    if agenda.named:
        return ", ".join(variant.coders)
    return f"{len(variant.coders)} of {counted(len(passage.readers), 'reader')}"


def others_read(agenda: Agenda, passage: Passage) -> str:
    """Say what the other readers of this section did; empty if there are none."""
    if agenda.named:
        if not passage.silent:
            return ""
        return f"No tag here: {', '.join(passage.silent)}."
    rarer, none = len(passage.other_readers), len(passage.silent)
    parts = [f"{counted(rarer, 'reader')} tagged it in a less common way"] * bool(rarer)
    parts += [f"{counted(none, 'reader')} did not tag it"] * bool(none)
    return f"{' and '.join(parts)}." if parts else ""


def progress_words(agenda: Agenda, responses: Mapping[str, Response]) -> str:
    """Say how many passages are settled.

    Examples
    --------
    >>> from framingkit import course
    >>> from framingkit.course import AnnotationSet
    >>> from framingkit.settling.agenda import make_agenda
    >>> from framingkit.course import Span
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", ()),
    ... ]
    >>> progress_words(make_agenda(sets, course.load_article(), course.load_codebook()), {})
    '0 of 1 settled'
    """
    states = [state_of(passage, responses.get(passage.key)) for passage in agenda.passages]
    return f"{states.count(SETTLED)} of {len(states)} settled"


def notes_on(agenda: Agenda) -> list[str]:
    """Say what is not put to the people, and why."""
    notes = []
    if not agenda.passages:
        notes.append("There is nothing to settle: no passage here is contested.")
    if agenda.closed:
        titles = ", ".join(f"“{section.title}”" for section in agenda.closed)
        notes.append(f"Left out, because fewer than {SMALLEST_GROUP} people tagged it: {titles}.")
    if agenda.least > 1:
        notes.append(f"Readings given by fewer than {agenda.least} people are left out.")
    if agenda.agreed:
        number = counted(len(agenda.agreed), "passage")
        verb = "is" if len(agenda.agreed) == 1 else "are"
        notes.append(f"Nearly everybody read {number} alike, which {verb} taken as settled.")
    if agenda.others:
        notes.append(f"Not shown here: {counted(len(agenda.others), 'more contested passage')}.")
    return notes


def settling_html(agenda: Agenda, responses: Mapping[str, Response]) -> Html:
    """Show all passages with their readings, and what was decided, with the reasons."""
    title = f"Contested passages: {progress_words(agenda, responses)}"
    items = [_item(agenda, passage, responses.get(passage.key)) for passage in agenda.passages]
    return passage_html(
        element("p", element("strong", title)),
        *(element("p", note) for note in notes_on(agenda)),
        *([element("ol", *items)] if items else []),
    )


def _item(agenda: Agenda, passage: Passage, response: Response | None) -> Html:
    readings = [
        element(
            "li",
            f"{variant.letter}: ",
            chip_html(agenda.codebook.code(variant.span.label).chip),
            f" {_tag_words(agenda, variant.span)} ({who_read(agenda, passage, variant)})",
        )
        for variant in passage.stretch.variants
    ]
    others = others_read(agenda, passage)
    decided = decision_words(agenda, passage, response)
    return element(
        "li",
        article_html(paragraph_html("", *_marked(agenda, passage))),
        element("ul", *readings),
        *([element("p", others)] if others else []),
        *(element("p", element("strong", line), dir="auto") for line in decided),
    )


def _tag_words(agenda: Agenda, span: Span) -> str:
    """Name a tag, for example “Ceremony symbol on “red carpet””."""
    return f"{agenda.codebook.code(span.label).name} on {words_of(agenda, span.start, span.end)}"


def _marked(agenda: Agenda, passage: Passage) -> Iterator[str]:
    text, (start, end) = agenda.document.text, passage.range
    for sentence in passage.sentences[:1]:
        yield number_html(sentence.number)
    yield text[start : passage.stretch.start]
    yield element("mark", text[passage.stretch.start : passage.stretch.end])
    yield text[passage.stretch.end : end]


def decision_words(agenda: Agenda, passage: Passage, response: Response | None) -> list[str]:
    """Say what was decided about a passage, and why."""
    decision = decision_of(passage, response)
    if decision is None:
        return [_STATES.get(state_of(passage, response), "Open.")]
    if not decision.kept:
        return [f"Settled: no tag here, because: {decision.because}"]
    letters = {variant.span: variant.letter for variant in passage.stretch.variants}
    return [
        f"Settled: {letters[kept.span]} stays, {_tag_words(agenda, kept.span)}, because: "
        f"{kept.because}"
        for kept in decision.kept
    ]


def save_words(
    agenda: Agenda, responses: Mapping[str, Response], saved: Reference, path: Path
) -> list[str]:
    """Say what a saved reading holds, where it is, and what is missing in it."""
    ours = sum(entry.span.id.startswith(OURS) for entry in saved.spans)
    theirs = len(saved.spans) - ours
    around = f", and {counted(theirs, 'tag')} of the reference reading elsewhere" if theirs else ""
    states = [state_of(passage, responses.get(passage.key)) for passage in agenda.contested]
    missing = len(states) - states.count(SETTLED)
    there = "the reference reading is used" if theirs else "nothing is tagged"
    return [
        f"The reading is saved as “{path.name}”. It holds {counted(ours, 'tag')} that "
        f"{'was' if ours == 1 else 'were'} settled{around}.",
        *([f"Not settled: {counted(missing, 'passage')}. There, {there}."] * bool(missing)),
        "To grade with it: framingkit grade CLASS -o grades.csv --per-task tasks.csv --reference "
        f"{path.name}",
    ]
