"""A learner's frames of a section beside the reference reading, in sentences with reasons.

The reference is one reading. Another primary frame is another reading, never a mistake; what
is asked for is the evidence: at least two of a frame's three questions answered with yes.
"""

from framingkit.annotations import Reference, SectionFrames
from framingkit.codebooks import Codebook
from framingkit.frame_readings import QUESTIONS, FrameReading

_NONE = ("", "-", "none", "nothing", "no", "nobody", "no one", "nothing is said")


def reference_frames(reference: Reference | None, section_id: str) -> SectionFrames | None:
    """Find the reference's frames of a section; a reading may leave a section out."""
    found = reference.section_frames if reference else ()
    return next((one for one in found if one.section == section_id), None)


def frame_remarks(reading: FrameReading, reference: SectionFrames, codebook: Codebook) -> list[str]:
    """Compare a learner's frames with the reference reading; nothing is called wrong.

    Examples
    --------
    >>> from framingkit.course import load_codebook, load_reference
    >>> mine = FrameReading({"strategic_game": (1, 2)}, "strategic_game")
    >>> frame_remarks(mine, load_reference().frames_of("commentary"), load_codebook())[0]
    'Your primary frame, Strategy and game, is the primary frame of the reference reading too.'
    """
    if reading.is_blank:
        return [
            "Nothing is filled in yet. Begin with the questions: read the section once more, and "
            "tick each question that you would answer with yes."
        ]
    return [
        _on_primary(reading, reference, codebook),
        *_on_evidence(reading, codebook),
        *_on_reference(reading, reference, codebook),
        *_on_scope(reading, reference),
    ]


def _on_primary(reading: FrameReading, reference: SectionFrames, codebook: Codebook) -> str:
    if not reading.primary:
        return "Choose the primary frame, the one that most of the section supports."
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
            f"Your primary frame, {mine}, is in the reference reading as a second frame; "
            f"its primary frame is {theirs}."
        )
    return (
        f"Your primary frame is {mine}; the reference reading has {theirs}. That is another "
        "reading of the same words: which words of the section support yours?"
    )


def _on_evidence(reading: FrameReading, codebook: Codebook) -> list[str]:
    if not reading.primary or reading.primary in reading.present:
        return []
    ticked = len(reading.indicators.get(reading.primary, ()))
    name = codebook.code(reading.primary).name
    return [
        f"You ticked {ticked} of the three questions for {name}. A frame is there when at least "
        "two are answered with yes: look for the words that answer them."
    ]


def _on_reference(reading: FrameReading, reference: SectionFrames, codebook: Codebook) -> list[str]:
    if not reading.primary:
        return []
    said = [f"Why the reference reads it so: {reference.rationale}"]
    others = [codebook.code(id).name for id in reference.secondary]
    if others:
        said.append(f"Other frames that the reference sees here: {', '.join(others)}.")
    return said


def _on_scope(reading: FrameReading, reference: SectionFrames) -> list[str]:
    if not reading.scope:
        return []
    if reading.scope == reference.scope:
        return [f"You and the reference both call the section {reading.scope}."]
    return [f"You call the section {reading.scope}; the reference calls it {reference.scope}."]


def entman_rows(reading: FrameReading, reference: SectionFrames) -> list[tuple[str, str, str]]:
    """Put the four answers beside those of the reference; a blank one counts as "none"."""
    theirs = {
        "problem": reference.problem_definition,
        "cause": reference.causal_interpretation,
        "judgement": reference.moral_evaluation,
        "remedy": reference.treatment_recommendation,
    }
    return [
        (question, none_if_blank(reading.cells.get(name, "")), none_if_blank(theirs[name]))
        for name, question in QUESTIONS.items()
    ]


def none_if_blank(text: str) -> str:
    """Write "none" where nothing is said.

    Examples
    --------
    >>> none_if_blank(" Nothing. "), none_if_blank("A strained relationship.")
    ('none', 'A strained relationship.')
    """
    return "none" if text.strip().rstrip(".").lower() in _NONE else text.strip()
