"""The widget with which a learner names frames. Its browser half is frame_grid.js."""

from collections.abc import Sequence
from typing import Any

import traitlets

from framingkit.base import counted
from framingkit.course import Codebook, Document, Reference
from framingkit.feedback import (  # fmt: skip
    FRAME_NEEDS,
    LONGEST_CELL,
    QUESTIONS,
    SCOPES,
    FrameReading,
    comparison_parts,
    frames_html,
    frames_item,
    frames_shown,
    latest_frames,
    read_frames,
    reference_frames,
)
from framingkit.widgets.javascript import join, style
from framingkit.widgets.saving import AnswerWidget
from framingkit.widgets.words import tool_name, words_for
from framingkit.work import WorkLog


class FrameGrid(AnswerWidget):
    """Answer three questions for each frame, choose the primary one, and say what it does.

    Parameters
    ----------
    document, section_id
        The text and the section of it to read.
    codebook
        The frames and their questions.
    work_log
        Where every answer is kept.
    reference
        A reading to compare with; without one the button is not shown.
    only
        The ids of the frames to show, for a first look; then the four questions on what a frame
        does and the scope are left out as well. What was answered about other frames stays.

    Raises
    ------
    FramingkitError
        If `only` names a frame that the codebook does not have.

    Examples
    --------
    >>> import tempfile, pathlib
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> FrameGrid(course.load_article(), "ending", course.load_codebook(), work_log=log)
    FrameGrid(alaska-summit, ending: 0 frames, primary not chosen)
    """

    _esm = join("frame_grid")
    _css = style("base", "form", "frame_grid")

    words = traitlets.Dict(words_for("saving", "form", "frames")).tag(sync=True)
    title = traitlets.Unicode(help="The section's title.").tag(sync=True)
    frames: traitlets.List[dict[str, Any]] = traitlets.List(
        help="The frames with their questions."
    ).tag(sync=True)
    names = traitlets.Dict(help="The names of all frames, by id.").tag(sync=True)
    questions = traitlets.Dict(help="What a frame does, as questions.").tag(sync=True)
    scopes = traitlets.Dict(help="How wide the section looks.").tag(sync=True)
    needed = traitlets.Int(FRAME_NEEDS, help="Questions that make a frame.").tag(sync=True)
    longest = traitlets.Int(LONGEST_CELL).tag(sync=True)
    comparable = traitlets.Bool(help="Whether there is a reading to compare with.").tag(sync=True)

    def __init__(
        self,
        document: Document,
        section_id: str,
        codebook: Codebook,
        *,
        work_log: WorkLog,
        reference: Reference | None = None,
        only: Sequence[str] = (),
        **traits: Any,
    ) -> None:
        self.document, self.codebook, self._only = document, codebook, frozenset(only)
        self.section = document.section(section_id)
        self._reference = reference_frames(reference, section_id)
        super().__init__(
            work_log,
            frames_item(document, section_id),
            tool=tool_name("frames", self.section.title),
            title=self.section.title,
            frames=[
                {"id": frame.id, "name": frame.name, "definition": frame.definition}
                | {"questions": list(frame.indicators)}
                for frame in frames_shown(codebook, only)
            ],
            names={frame.id: frame.name for frame in codebook.frames},
            questions={} if only else QUESTIONS,
            scopes={} if only else SCOPES,
            comparable=self._reference is not None,
            **traits,
        )

    def __repr__(self) -> str:
        """Return a line that depends on the answer alone."""
        reading = self.reading
        count = counted(len(reading.present), "frame")
        primary = f"primary {reading.primary}" if reading.primary else "primary not chosen"
        return f"FrameGrid({self.document.id}, {self.section.id}: {count}, {primary})"

    def _static_html(self) -> str:
        return frames_html(self.section.title, self.reading, self.codebook, self._only)

    @property
    def reading(self) -> FrameReading:
        """The learner's frames as they are saved."""
        return latest_frames(self.response, self.codebook)

    def _check(self, response: dict[str, Any]) -> None:
        read_frames(response, self.codebook)

    def _asked(self, content: dict[str, Any]) -> None:
        if content.get("kind") == "compare" and self._reference is not None:
            said, rows = comparison_parts(self.reading, self._reference, self.codebook, self._only)
            self.send(
                {"kind": "comparison", "sentences": said, "rows": [list(one) for one in rows]}
            )
