"""Two to four texts on one event, counted row by row: codes, sections, frames, claims, voices.

Texts differ in length, so a count of tags always comes with the number of words it was found in. A
text that leaves something out is not worse for it: no text tells all.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from framingkit.course import KINDS, Codebook, Document, Event, Section, Span, Telling, Voice
from framingkit.feedback.counts import LabelCount

Frames = tuple[str, ...]
"""The ids of the frames of a section, the primary frame first."""


@dataclass(frozen=True, slots=True)
class Report:
    """One text with somebody's tags and frames; ``whose`` says whose they are."""

    name: str
    document: Document
    spans: tuple[Span, ...]
    frames: Mapping[str, Frames]
    whose: str

    def section(self, id: str) -> Section | None:
        """Return a section of words by its id; None if the text has no such part."""
        known = (one for one in self.document.sections if one.kind == "text")
        return next((one for one in known if one.id == id), None)

    @property
    def words(self) -> int:
        """How many words can be read."""
        return sum(len(self.document.text_of(one.id).split()) for one in sections_of([self]))


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a comparison: what it is about, and a cell for each text."""

    name: str
    cells: tuple[str, ...]
    chip: str = ""


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of counts; None where a text has no such part."""

    name: str
    counts: tuple[LabelCount | None, ...]
    chip: str = ""


def sections_of(reports: Sequence[Report]) -> tuple[Section, ...]:
    """Return the sections that any of the texts has, each once, in the order of the first text.

    A section that only later texts have comes after the one that it follows there.
    """
    found: list[Section] = []
    for report in reports:
        after = 0
        for section in report.document.sections:
            known = next((n for n, one in enumerate(found) if one.id == section.id), None)
            if known is not None:
                after = max(after, known + 1)
            elif section.kind == "text":
                found.insert(after, section)
                after += 1
    return tuple(found)


def code_rows(reports: Sequence[Report], codebook: Codebook) -> tuple[CountRow, ...]:
    """Count the tags of each code that is used in any text, in the order of the codebook."""
    rows = []
    for code in codebook.devices:
        counts = tuple(
            LabelCount(code.id, sum(span.label == code.id for span in one.spans), one.words)
            for one in reports
        )
        if any(one.count for one in counts):
            rows.append(CountRow(code.name, counts, code.chip))
    return tuple(rows)


def section_rows(reports: Sequence[Report]) -> tuple[CountRow, ...]:
    """Count all tags of each section; a tag belongs to the section in which it begins."""
    return tuple(
        CountRow(section.title, tuple(_in_section(one, section.id) for one in reports))
        for section in sections_of(reports)
    )


def _in_section(report: Report, id: str) -> LabelCount | None:
    section = report.section(id)
    if section is None:
        return None
    tags = sum(section.start <= span.start < section.end for span in report.spans)
    return LabelCount(id, tags, len(report.document.text_of(id).split()))


NO_PART = "no such part"
NO_FRAME = "not named"
LEFT_OUT = "leaves it out"


def frame_rows(reports: Sequence[Report], codebook: Codebook) -> tuple[Row, ...]:
    """Name the frames of each section side by side."""
    return tuple(
        Row(section.title, tuple(_frames(one, section.id, codebook) for one in reports))
        for section in sections_of(reports)
    )


def _frames(report: Report, id: str, codebook: Codebook) -> str:
    if report.section(id) is None:
        return NO_PART
    names = [codebook.code(frame).name for frame in report.frames.get(id, ())]
    if not names:
        return NO_FRAME
    return names[0] + (f"; also {', '.join(names[1:])}" if names[1:] else "")


def order_rows(reports: Sequence[Report]) -> tuple[Row, ...]:
    """Say at which place each text has a section: what comes first is a choice as well."""
    return tuple(
        Row(section.title, tuple(_place(one, section.id) for one in reports))
        for section in sections_of(reports)
    )


def _place(report: Report, id: str) -> str:
    parts = [one.id for one in report.document.sections if one.kind == "text"]
    return f"part {parts.index(id) + 1} of {len(parts)}" if id in parts else NO_PART


def claim_rows(reports: Sequence[Report], event: Event | None) -> tuple[Row, ...]:
    """Say for each claim how each text tells it, or that it leaves it out."""
    return tuple(
        Row(claim.claim, tuple(_tells(claim.tellings(one.document.id), one) for one in reports))
        for claim in (event.claims if event else ())
        if any(claim.tellings(one.document.id) for one in reports)
    )


def _tells(tellings: Sequence[Telling], report: Report) -> str:
    """Say how a text tells a claim, with the number of the sentence."""
    if not tellings:
        return LEFT_OUT
    told = []
    for one in tellings:
        number = report.document.sentence_at(one.start).number
        told.append(f"{one.way} [{number}]")
    return "; ".join(told)


def voice_rows(reports: Sequence[Report], event: Event | None) -> tuple[Row, ...]:
    """Name who speaks in each text, by the steps of the source ladder."""
    voices = event.voices if event else ()
    return tuple(
        Row(kind, tuple("; ".join(_names(voices, one, kind)) or "nobody" for one in reports))
        for kind in (KINDS if voices else ())
    )


def voice_counts(reports: Sequence[Report], event: Event | None) -> tuple[CountRow, ...]:
    """Count who speaks in each text, everybody once, by the steps of the source ladder."""
    voices = event.voices if event else ()
    return tuple(
        CountRow(kind, tuple(_speakers(voices, one, kind) for one in reports))
        for kind in (KINDS if voices else ())
    )


def _speakers(voices: Iterable[Voice], report: Report, kind: str) -> LabelCount:
    return LabelCount(kind, len(_names(voices, report, kind)), report.words)


def _names(voices: Iterable[Voice], report: Report, kind: str) -> dict[str, None]:
    """Name those of one kind who speak in a text, in reading order, everybody once."""
    here = [one for one in voices if (one.document, one.kind) == (report.document.id, kind)]
    return dict.fromkeys(one.name for one in sorted(here, key=lambda one: one.start))


_NAME_OR_FIGURE = re.compile(r"(?<=[\s(])(?:[A-Z][\w’-]*\w|\d[\d.,]*\d|\d)(?!\w)")
_NO_NAME = {"Mr", "Mrs", "Ms", "Dr"}


def names_and_figures(document: Document) -> dict[str, None]:
    """Find the names and figures of a text: what has a capital letter within a sentence, or digits.

    Examples
    --------
    >>> from framingkit.course import Section
    >>> text = "The ministers met on Skell. They met for 6 hours."
    >>> list(names_and_figures(Document("d", "T", text, "", (Section("s", "S", 0, 49),))))
    ['Skell', '6']
    """
    found: dict[str, None] = {}
    for sentence in document.sentences():
        words = document.text[sentence.start : sentence.end]
        found.update(dict.fromkeys(_NAME_OR_FIGURE.findall(words)))
    return {name: None for name in found if name not in _NO_NAME}


def left_out_rows(
    reports: Sequence[Report], codebook: Codebook, event: Event | None
) -> tuple[Row, ...]:
    """Say what each text leaves out that another one has: claims, codes, names and figures."""
    claims = [one for one in claim_rows(reports, event) if LEFT_OUT in one.cells]
    codes = code_rows(reports, codebook)
    lacks: list[tuple[str, Callable[[int], list[str]]]] = [
        ("Claims", lambda place: [c.name for c in claims if c.cells[place] == LEFT_OUT]),
        ("Codes", lambda place: [c.name for c in codes if _none(c.counts[place])]),
        ("Names and figures", lambda place: _others(reports, place)),
    ]
    wanted = lacks if claims else lacks[1:]
    places = range(len(reports))
    return tuple(Row(what, tuple(_listed(lack(n)) for n in places)) for what, lack in wanted)


def _none(count: LabelCount | None) -> bool:
    return count is not None and not count.count


def _others(reports: Sequence[Report], place: int) -> list[str]:
    """Find what other texts name and this one does not, wherever in a sentence it could be."""
    names = dict.fromkeys(name for one in reports for name in names_and_figures(one.document))
    here = set(re.findall(r"\w[\w’.,-]*\w|\w", reports[place].document.text))
    return [name for name in names if name not in here]


_MOST = 12


def _listed(things: Sequence[str]) -> str:
    """List a few things in a sentence part, and count the rest."""
    few = [one.rstrip(".") for one in things[:_MOST]]
    rest = [f"and {len(things) - _MOST} more"] if len(things) > _MOST else []
    return "; ".join([*few, *rest]) or "nothing that the others have"
