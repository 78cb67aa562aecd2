"""What one reader says about the frames of a section.

A frame is there when at least two of its three questions are answered with yes. Four more
questions ask what a frame does (Entman): problem, cause, judgement, remedy.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.errors import FramingkitError

QUESTIONS = {
    "problem": "What is the problem?",
    "cause": "Who or what causes it?",
    "judgement": "Is anyone judged?",
    "remedy": "What should be done?",
}
"""Entman's four functions of a frame, as questions to a section."""

SCOPES = {
    "episodic": "one event",
    "thematic": "the wider background",
    "mixed": "both",
}
NEEDED = 2
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class FrameReading:
    """What one reader found in one section; `indicators` are question numbers from 1 on."""

    indicators: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    primary: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""

    @property
    def present(self) -> tuple[str, ...]:
        """The frames of which at least two questions are answered with yes."""
        return tuple(id for id, yes in self.indicators.items() if len(yes) >= NEEDED)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is filled in."""
        ticked = any(self.indicators.values())
        written = any(text.strip() for text in self.cells.values())
        return not (ticked or written or self.primary or self.scope)

    def sentences(self, codebook: Codebook) -> list[str]:
        """Say in words which frames are there and which one is the primary frame."""
        if self.is_blank:
            return ["Nothing is filled in yet."]
        names = [codebook.code(id).name for id in self.present]
        there = ", ".join(names) or "none yet: a frame needs two questions answered with yes"
        primary = codebook.code(self.primary).name if self.primary else "not chosen yet"
        return [f"Frames that are there: {there}.", f"Primary frame: {primary}."]


def read_frames(response: Mapping[str, Any], codebook: Codebook) -> FrameReading:
    """Read a frame reading from the form in which it is stored.

    Raises
    ------
    FramingkitError
        If a frame, a question, a cell or the scope is none of those there are.

    Examples
    --------
    >>> from framingkit.course import load_codebook
    >>> read_frames({"primary": "ceremony", "indicators": {"ceremony": [1, 2]}}, load_codebook())
    ... # doctest: +ELLIPSIS
    FrameReading(indicators={'ceremony': (1, 2)}, primary='ceremony', ...)
    """
    frames = {frame.id: frame for frame in codebook.frames}
    ticked = response.get("indicators", {})
    if not isinstance(ticked, dict):
        raise FramingkitError("Indicators come as the numbers of the questions, by frame.")
    for id in [*ticked, *filter(None, [response.get("primary")])]:
        if not isinstance(id, str) or id not in frames:
            raise FramingkitError(f"There is no frame {id!r:.60}. Choose one of: {_ids(frames)}.")
    indicators = {
        id: _numbers(ticked[id], frames[id].name, len(frames[id].indicators))
        for id in frames
        if ticked.get(id)
    }
    scope = response.get("scope") or ""
    if scope and scope not in tuple(SCOPES):
        raise FramingkitError(f"The scope is one of: {', '.join(SCOPES)}, not {scope!r:.60}.")
    cells = {name: _cell(response.get(name) or "") for name in QUESTIONS}
    return FrameReading(indicators, response.get("primary") or "", cells, scope)


def _ids(frames: Mapping[str, Any]) -> str:
    return ", ".join(frames)


def _numbers(value: Any, name: str, most: int) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(n) is int and 1 <= n <= most for n in value):
        raise FramingkitError(f"The questions of {name} have the numbers 1 to {most}.")
    return tuple(sorted(set(value)))


def _cell(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise FramingkitError(f"An answer here is a text of at most {LONGEST:,} characters.")
    return value


def to_response(reading: FrameReading) -> dict[str, Any]:
    """Write a frame reading in the form in which it is stored."""
    indicators = {id: list(yes) for id, yes in reading.indicators.items() if yes}
    cells = {name: reading.cells.get(name, "") for name in QUESTIONS}
    return {"indicators": indicators, "primary": reading.primary, "scope": reading.scope} | cells


def latest_frames(response: Mapping[str, Any] | None, codebook: Codebook) -> FrameReading:
    """Read a stored frame reading; what cannot be read counts as not filled in."""
    with contextlib.suppress(FramingkitError):
        return read_frames(response or {}, codebook)
    return FrameReading()


def frames_item(document: Document, section_id: str) -> str:
    """Make the item's id; a changed text gets another one.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> frames_item(load_article(), "ending")
    'frames.alaska-summit@614ee04e9591.ending'
    """
    return f"frames.{document.id}@{document.sha256[:12]}.{section_id}"
