"""What one reader says about the frames of a section, beside the reference reading.

A frame is present when the answer to at least two of its three questions is yes. Four more
questions ask what a frame does (Entman): problem, cause, judgement, remedy. Another primary frame
is another reading, never a mistake; what is asked for is the evidence.
"""

import contextlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from framingkit.base import Html, element, passage_html, table_html
from framingkit.course import Code, Codebook, Document, Reference, SectionFrames
from framingkit.errors import FramingkitError

QUESTIONS = {
    "problem": "What is the problem?",
    "cause": "Who or what causes it?",
    "judgement": "Is anyone judged?",
    "remedy": "What should be done?",
}
"""Entman's four functions of a frame, as questions to a section."""

_FIELDS = {
    "problem": "problem_definition",
    "cause": "causal_interpretation",
    "judgement": "moral_evaluation",
    "remedy": "treatment_recommendation",
}
"""Where the reference reading has its answer to each of the questions."""

SCOPES = {"episodic": "one event", "thematic": "the wider background", "mixed": "both"}

FRAME_NEEDS = 2

LONGEST_CELL = 2_000


@dataclass(frozen=True, slots=True)
class FrameReading:
    """What one reader found in one section; `indicators` are question numbers, from 1."""

    indicators: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    primary: str = ""
    cells: Mapping[str, str] = field(default_factory=dict)
    scope: str = ""

    @property
    def present(self) -> tuple[str, ...]:
        """The frames with at least two questions to which the answer is yes."""
        return tuple(id for id, yes in self.indicators.items() if len(yes) >= FRAME_NEEDS)

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is filled in."""
        ticked = any(self.indicators.values())
        written = any(text.strip() for text in self.cells.values())
        return not (ticked or written or self.primary or self.scope)

    def sentences(self, codebook: Codebook) -> list[str]:
        """Say which frames are present and which one is the primary frame."""
        if self.is_blank:
            return ["Nothing is filled in yet."]
        names = [codebook.code(id).name for id in self.present]
        present = ", ".join(names) or "none yet: a frame needs two questions with the answer yes"
        primary = codebook.code(self.primary).name if self.primary else "not chosen yet"
        return [f"Frames that are present: {present}.", f"Primary frame: {primary}."]


def read_frames(response: Mapping[str, Any], codebook: Codebook) -> FrameReading:
    """Read a frame reading from the form in which it is stored.

    Raises
    ------
    FramingkitError
        If a frame, a question, a cell or the scope is unknown.

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
            choices = ", ".join(frames)
            raise FramingkitError(f"There is no frame {id!r:.60}. Choose one of: {choices}.")
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


def _numbers(value: Any, name: str, most: int) -> tuple[int, ...]:
    if not isinstance(value, list) or not all(type(n) is int and 1 <= n <= most for n in value):
        raise FramingkitError(f"The questions of {name} have the numbers 1 to {most}.")
    return tuple(sorted(set(value)))


def _cell(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_CELL:
        raise FramingkitError(f"An answer here is a text of at most {LONGEST_CELL:,} characters.")
    return value


def frames_response(reading: FrameReading) -> dict[str, Any]:
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


_NONE = ("", "-", "none", "nothing", "no", "nobody", "no one", "nothing is said")


def reference_frames(reference: Reference | None, section_id: str) -> SectionFrames | None:
    """Find the reference's frames of a section; a reading may leave a section out."""
    known = reference.section_frames if reference else ()
    return next((frames for frames in known if frames.section == section_id), None)


def frame_remarks(reading: FrameReading, reference: SectionFrames, codebook: Codebook) -> list[str]:
    """Compare a learner's frames with the reference reading; nothing is called wrong.

    Examples
    --------
    >>> from framingkit.course import load_codebook, load_reference
    >>> mine = FrameReading({"strategic_game": (1, 2)}, "strategic_game")
    >>> theirs = reference_frames(load_reference(), "commentary")
    >>> frame_remarks(mine, theirs, load_codebook())[0]
    'Your primary frame, Strategy and game, is the primary frame of the reference reading too.'
    """
    if reading.is_blank:
        return [
            "Nothing is filled in yet. Begin with the questions: read the section once more, and "
            "tick each question to which you would answer yes."
        ]
    remarks = ["Choose the primary frame: the present frame that most sentences support."]
    if reading.primary:
        remarks = [
            _on_primary(reading, reference, codebook),
            *_on_evidence(reading, codebook),
            f"The reason in the reference reading: {reference.rationale}",
        ]
        others = ", ".join(codebook.code(id).name for id in reference.secondary)
        remarks += [f"Secondary frames in the reference reading: {others}."] if others else []
    if reading.scope == reference.scope:
        remarks.append(f"You and the reference reading both call the section {reading.scope}.")
    elif reading.scope:
        theirs = reference.scope
        remarks.append(
            f"You call the section {reading.scope}; the reference reading calls it {theirs}."
        )
    return remarks


def _on_primary(reading: FrameReading, reference: SectionFrames, codebook: Codebook) -> str:
    mine = codebook.code(reading.primary).name
    if reading.primary == reference.primary:
        return f"Your primary frame, {mine}, is the primary frame of the reference reading too."
    theirs = codebook.code(reference.primary).name
    if reference.status == "debatable" and reference.alternative.startswith(mine):
        return (
            f"Your primary frame, {mine}, counts as well. The reference reading has {theirs} and "
            f"calls its choice debatable. The other reading: {reference.alternative}"
        )
    if reading.primary in reference.secondary:
        return (
            f"Your primary frame, {mine}, is a secondary frame in the reference reading; "
            f"its primary frame is {theirs}."
        )
    return (
        f"Your primary frame is {mine}; the reference reading has {theirs}. That is another "
        "reading of the same words: which words of the section support yours?"
    )


def _on_evidence(reading: FrameReading, codebook: Codebook) -> list[str]:
    if reading.primary in reading.present:
        return []
    ticked = len(reading.indicators.get(reading.primary, ()))
    name = codebook.code(reading.primary).name
    return [
        f"You ticked {ticked} of the three questions for {name}. A frame is present when the "
        "answer to at least two is yes: look for the words that answer them."
    ]


def entman_rows(reading: FrameReading, reference: SectionFrames) -> list[tuple[str, str, str]]:
    """Put the four answers beside those of the reference; a blank one counts as "none"."""
    return [
        (
            question,
            none_if_blank(reading.cells.get(name, "")),
            none_if_blank(getattr(reference, _FIELDS[name])),
        )
        for name, question in QUESTIONS.items()
    ]


def none_if_blank(text: str) -> str:
    """Write "none" for an answer that says nothing.

    Examples
    --------
    >>> none_if_blank(" Nothing. "), none_if_blank("A strained relationship.")
    ('none', 'A strained relationship.')
    """
    return "none" if text.strip().rstrip(".").lower() in _NONE else text.strip()


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
    parts = [
        element("p", "“Present” means that the answer to two or three of its questions is yes."),
        table_html("Your frames", header, mine),
    ]
    theirs = [
        (row.title, *(_theirs(row.reference, frame.id) for frame in codebook.frames))
        for row in rows
        if row.reference
    ]
    if theirs:
        table = table_html("Frames in the reference reading", header, theirs)
        parts.append(element("details", element("summary", "Show the reference reading"), table))
    return passage_html(*parts)


def _mine(reading: FrameReading, frame: str) -> str:
    number = len(reading.indicators.get(frame, ()))
    if reading.primary == frame:
        return f"Primary ({number} of 3)"
    if frame in reading.present:
        return f"present ({number} of 3)"
    return f"{number} of 3" if number else "–"


def _theirs(reference: SectionFrames, frame: str) -> str:
    if reference.primary == frame:
        return "Primary" if reference.status == "clear" else "Primary (debatable)"
    return "present" if frame in reference.secondary else "–"


def frames_shown(codebook: Codebook, only: Collection[str]) -> tuple[Code, ...]:
    """Return the frames that a grid shows: those of `only`, or all if it is empty.

    Raises
    ------
    FramingkitError
        If the codebook has no such frame.

    Examples
    --------
    >>> from framingkit.course import load_codebook
    >>> [frame.chip for frame in frames_shown(load_codebook(), ["cooperation"])]
    ['CO']
    """
    known = {frame.id: frame for frame in codebook.frames}
    for id in only:
        if id not in known:
            choices = ", ".join(known)
            raise FramingkitError(f"There is no frame {id!r:.60}. Choose from: {choices}.")
    return tuple(frame for id, frame in known.items() if id in only or not only)


def frames_html(
    title: str, reading: FrameReading, codebook: Codebook, only: Collection[str] = ()
) -> Html:
    """Show one section's frames where no kernel runs."""
    parts = [element("p", element("strong", f"The frames of “{title}”"))]
    parts += [element("p", sentence) for sentence in reading.sentences(codebook)]
    for frame in frames_shown(codebook, only):
        yes = reading.indicators.get(frame.id, ())
        lines = [
            element("li", f"{question} {'Yes.' if number in yes else 'Not ticked.'}")
            for number, question in enumerate(frame.indicators, start=1)
        ]
        parts += [element("p", frame.name), element("ul", *lines)]
    cells = [(text, none_if_blank(reading.cells.get(name, ""))) for name, text in QUESTIONS.items()]
    if not only:
        parts.append(table_html("What the frame does", ("Question", "Your answer"), cells))
    return passage_html(*parts)


def comparison_parts(
    reading: FrameReading, reference: SectionFrames, codebook: Codebook, only: Collection[str] = ()
) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Return what a comparison shows: sentences, and the four answers side by side.

    If only some frames were asked about, the four answers are left out.

    Nothing of the reference is shown before the learner has chosen or written something.
    """
    remarks = frame_remarks(reading, reference, codebook)
    tried = reading.primary or any(text.strip() for text in reading.cells.values())
    return remarks, entman_rows(reading, reference) if tried and not only else []
