"""What is said about contested passages, in sentences and as static HTML."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from framingkit.base import Html, counted, element, passage_html
from framingkit.course import Reference
from framingkit.settling.agenda import Agenda, Passage
from framingkit.settling.contested import Decision, Reading
from framingkit.settling.decisions import (  # fmt: skip
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
    """Quote words of the text on one line; long ones are cut."""
    return agenda.document.quote(start, end, _LONGEST)


def who_read(agenda: Agenda, passage: Passage, one: Reading) -> str:
    """Say who had a reading: by name for two markers, by number for a class."""
    if agenda.named:
        return ", ".join(one.coders)
    return f"{len(one.coders)} of {counted(len(passage.readers), 'reader')}"


def others_read(agenda: Agenda, passage: Passage) -> str:
    """Say what the other readers of this section did; empty if there are none."""
    if agenda.named:
        if not passage.silent:
            return ""
        return f"No tag here: {', '.join(passage.silent)}."
    rarer, none = len(passage.elsewise), len(passage.silent)
    parts = [f"{counted(rarer, 'reader')} tagged it in a rarer way"] * bool(rarer)
    parts += [f"{counted(none, 'reader')} did not tag it"] * bool(none)
    return f"{' and '.join(parts)}." if parts else ""


def progress_words(agenda: Agenda, responses: Mapping[str, Response]) -> str:
    """Say how many passages are settled.

    Examples
    --------
    >>> from framingkit import course
    >>> from framingkit.course import AnnotationSet
    >>> from framingkit.settling import make_agenda
    >>> from framingkit.course import Span
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", ()),
    ... ]
    >>> progress_words(make_agenda(sets, course.load_article(), course.load_codebook()), {})
    '0 of 1 settled'
    """
    states = [state_of(one, responses.get(one.key)) for one in agenda.passages]
    return f"{states.count(SETTLED)} of {len(states)} settled"


def notes_on(agenda: Agenda) -> list[str]:
    """Say what is not put to the people, and why."""
    found = []
    if not agenda.passages:
        found.append("There is nothing to settle: no passage here is contested.")
    if agenda.least > 1:
        found.append(f"Readings that fewer than {agenda.least} people had are left out.")
    if agenda.agreed:
        number = counted(len(agenda.agreed), "passage")
        found.append(f"Nearly everybody read {number} alike; they are taken as settled.")
    if agenda.others:
        number = counted(len(agenda.others), "more contested passage")
        found.append(f"Not shown here: {number}.")
    return found


def lost_words(number: int) -> list[str]:
    """Say that decisions do not fit the tags any more, as after a late hand-in; or nothing."""
    if not number:
        return []
    lost = counted(number, "decision")
    return [f"Does not count any more, because the tags there have changed: {lost}."]


def settling_html(agenda: Agenda, responses: Mapping[str, Response]) -> Html:
    """Show all passages with their readings, and what was decided, with the reasons."""
    title = f"Contested passages: {progress_words(agenda, responses)}"
    items = [_item(agenda, one, responses.get(one.key)) for one in agenda.passages]
    return passage_html(
        element("p", element("strong", title)),
        *(element("p", one) for one in notes_on(agenda)),
        *([element("ol", *items)] if items else []),
    )


def _item(agenda: Agenda, passage: Passage, response: Response | None) -> Html:
    readings = [
        element("li", f"{reading_words(agenda, one)} ({who_read(agenda, passage, one)})")
        for one in passage.stretch.readings
    ]
    others = others_read(agenda, passage)
    decided = decision_words(agenda, passage, response)
    return element(
        "li",
        element("p", *_marked(agenda, passage), dir="auto"),
        element("ul", *readings),
        *([element("p", others)] if others else []),
        *(element("p", element("strong", one), dir="auto") for one in decided),
    )


def reading_words(agenda: Agenda, one: Reading) -> str:
    """Name a reading, for example “A: Ceremony symbol on “red carpet””."""
    words = words_of(agenda, one.start, one.end)
    return f"{one.letter}: {agenda.codebook.code(one.label).name} on {words}"


def _marked(agenda: Agenda, passage: Passage) -> Iterator[str]:
    text, (start, end) = agenda.document.text, passage.range
    numbers = [one.number for one in passage.sentences]
    if numbers:
        yield element("small", f"[{numbers[0]}] ", dir="ltr")
    yield text[start : passage.stretch.start]
    yield element("mark", text[passage.stretch.start : passage.stretch.end])
    yield text[passage.stretch.end : end]


def decision_words(agenda: Agenda, passage: Passage, response: Response | None) -> list[str]:
    """Say what was decided about a passage, and why."""
    found = decision_of(passage, response)
    if found is None:
        return [_STATES.get(state_of(passage, response), "Open.")]
    if not found.kept:
        return [f"Settled: no tag here, because: {found.because}"]
    return [f"Settled: {one}" for one in _kept_words(agenda, passage, found)]


def _kept_words(agenda: Agenda, passage: Passage, found: Decision) -> Iterator[str]:
    letters = {(one.start, one.end, one.label): one.letter for one in passage.stretch.readings}
    for one in found.kept:
        letter = letters[one.start, one.end, one.label]
        name = agenda.codebook.code(one.label).name
        words = words_of(agenda, one.start, one.end)
        yield f"{letter} stays, {name} on {words}, because: {one.because}"


def save_words(
    agenda: Agenda, responses: Mapping[str, Response], saved: Reference, path: Path
) -> list[str]:
    """Say what a saved reading holds, where it is, and what is missing in it."""
    ours = sum(one.span.id.startswith(OURS) for one in saved.spans)
    theirs = len(saved.spans) - ours
    around = f", and {counted(theirs, 'tag')} of the reference reading elsewhere" if theirs else ""
    everywhere = (*agenda.passages, *agenda.others)
    missing = sum(state_of(one, responses.get(one.key)) != SETTLED for one in everywhere)
    there = "the reference reading stands" if theirs else "nothing is tagged"
    return [
        f"The reading is saved as “{path.name}”. It holds {counted(ours, 'tag')} that "
        f"{'was' if ours == 1 else 'were'} settled{around}.",
        *([f"Not settled: {counted(missing, 'passage')}. There, {there}."] * bool(missing)),
        f"To grade with it: framingkit grade CLASS -o grades.csv --reference {path.name}",
    ]
