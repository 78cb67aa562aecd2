"""Name the frames of a section: by the grid, or by plain functions."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import Page
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    FrameRow,
    frame_table_html,
    frames_item,
    frames_response,
    latest_frames,
    read_frames,
    reference_frames,
)
from framingkit.notebook.text import (  # fmt: skip
    ARTICLE,
    AtWork,
    NoTextYetError,
    document_of,
    in_sentences,
    reading_of,
    sentence_page,
)

if TYPE_CHECKING:
    from framingkit.widgets import FrameGrid


@in_sentences(NoTextYetError)
def frames(
    lesson: AtWork, section: str, document: str = ARTICLE, only: Sequence[str] = ()
) -> "FrameGrid":
    """Show the frames of a section as questions to answer: all eight, or `only` a few of them."""
    from framingkit.widgets import FrameGrid

    text, codebook = document_of(lesson.log, document), course.load_codebook()
    return FrameGrid(
        text, section, codebook, work_log=lesson.log, reference=reading_of(document), only=only
    )


@in_sentences(FramingkitError)
def answer_frames(
    lesson: AtWork,
    section: str,
    primary: str = "",
    indicators: Mapping[str, Sequence[int]] | None = None,
    problem: str = "",
    cause: str = "",
    judgement: str = "",
    remedy: str = "",
    scope: str = "",
    document: str = ARTICLE,
) -> Page:
    """Name the frames of a section; `indicators` gives question numbers (1 to 3) by frame."""
    codebook, text = course.load_codebook(), document_of(lesson.log, document)
    text.section(section)
    given = {id: list(numbers) for id, numbers in (indicators or {}).items()}
    cells = {"problem": problem, "cause": cause, "judgement": judgement, "remedy": remedy}
    data = {"primary": primary, "indicators": given, "scope": scope} | cells
    reading = read_frames(data, codebook)
    lesson.log.refresh()
    lesson.log.act("answer", frames_item(text, section), response=frames_response(reading))
    return sentence_page(f"Your frames are kept. {' '.join(reading.sentences(codebook))}".strip())


@in_sentences(NoTextYetError)
def frame_table(lesson: AtWork, *sections: str, document: str = ARTICLE) -> Page:
    """Show the learner's frames of several sections, with the reference reading folded beside."""
    codebook, text, reference = (
        course.load_codebook(), document_of(lesson.log, document), reading_of(document),
    )  # fmt: skip
    lesson.log.refresh()
    wanted = sections or tuple(part.id for part in text.sections if part.kind == "text")
    rows = []
    for id in wanted:
        mine = latest_frames(lesson.log.state.answer(frames_item(text, id)), codebook)
        rows.append(FrameRow(text.section(id).title, mine, reference_frames(reference, id)))
    return Page(frame_table_html(rows, codebook), f"The frames of {len(rows)} sections")
