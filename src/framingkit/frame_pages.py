"""The frames of several sections as one table: the learner's beside the reference reading."""

from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.annotations import SectionFrames
from framingkit.codebooks import Codebook
from framingkit.frame_feedback import entman_rows, frame_remarks, none_if_blank
from framingkit.frame_readings import QUESTIONS, FrameReading
from framingkit.markup import Html, element, passage_html, table_html


@dataclass(frozen=True, slots=True)
class FrameRow:
    """One section: its title, the learner's frames and, if there is one, the reference's."""

    title: str
    mine: FrameReading
    reference: SectionFrames | None


def frame_table_html(rows: Sequence[FrameRow], codebook: Codebook) -> Html:
    """Show sections as rows and frames as columns, and the reference reading folded below."""
    header = ("Section", *(f"{frame.name} ({frame.chip})" for frame in codebook.frames))
    mine = [(row.title, *(_mine(row.mine, frame.id) for frame in codebook.frames)) for row in rows]
    parts: list[str] = [
        element("p", "“Primary” is the main frame; “there” means two or three questions with yes."),
        table_html("Your frames", header, mine),
    ]
    known = [row.reference for row in rows if row.reference is not None]
    if known:
        titles = {row.reference.section: row.title for row in rows if row.reference}
        theirs = [
            (titles[one.section], *(_theirs(one, frame.id) for frame in codebook.frames))
            for one in known
        ]
        table = table_html("Frames in the reference reading", header, theirs)
        shown = element("summary", "Show the reference reading")
        parts.append(element("details", shown, table))
    return passage_html(*parts)


def _mine(reading: FrameReading, frame: str) -> str:
    number = len(reading.indicators.get(frame, ()))
    if reading.primary == frame:
        return f"Primary ({number} of 3)"
    if frame in reading.present:
        return f"there ({number} of 3)"
    return f"{number} of 3" if number else "–"


def _theirs(reference: SectionFrames, frame: str) -> str:
    if reference.primary == frame:
        return "Primary" if reference.status == "clear" else "Primary (debatable)"
    return "there" if frame in reference.secondary else "–"


def frames_html(title: str, reading: FrameReading, codebook: Codebook) -> Html:
    """Show one section's frames for wherever no kernel runs."""
    parts = [element("p", element("strong", f"The frames of “{title}”"))]
    parts += [element("p", sentence) for sentence in reading.sentences(codebook)]
    for frame in codebook.frames:
        yes = reading.indicators.get(frame.id, ())
        lines = [
            element("li", f"{question} {'Yes.' if number in yes else 'Not ticked.'}")
            for number, question in enumerate(frame.indicators, start=1)
        ]
        parts += [element("p", frame.name), element("ul", *lines)]
    cells = [(text, none_if_blank(reading.cells.get(name, ""))) for name, text in QUESTIONS.items()]
    parts.append(table_html("What the frame does", ("Question", "Your answer"), cells))
    return passage_html(*parts)


def comparison_parts(
    reading: FrameReading, reference: SectionFrames, codebook: Codebook
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Give what a comparison says: sentences, and the four answers side by side.

    Nothing of the reference is shown before the learner has chosen or written something.
    """
    said = frame_remarks(reading, reference, codebook)
    tried = reading.primary or any(text.strip() for text in reading.cells.values())
    return said, entman_rows(reading, reference) if tried else []
