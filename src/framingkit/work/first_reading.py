"""A learner's first reading of a section: the tags from before the class was seen.

It is a milestone in the work log, so it is found again after a restart and is handed in. Once
kept it stays: what others tagged can pull the eye, and cannot be unseen.
"""

from dataclasses import dataclass

from framingkit.base import counted
from framingkit.course import Codebook, Document, Span
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_tags, milestone_item, milestone_response, read_milestone
from framingkit.work.log import WorkLog
from framingkit.work.sheet import TextVersion


class NoTagsYetError(FramingkitError):
    """There is no reading to keep yet."""


@dataclass(frozen=True, slots=True)
class FirstReading:
    """One learner's first reading of one section, kept or still to come.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> from framingkit import course
    >>> log = WorkLog(pathlib.Path(tempfile.mkdtemp()) / "amber-heron-417.jsonl")
    >>> FirstReading(log, course.load_article(), course.load_codebook(), "ending").kept() is None
    True
    """

    log: WorkLog
    document: Document
    codebook: Codebook
    section_id: str

    @property
    def text(self) -> TextVersion:
        """Name the versions of the text and the codebook."""
        return TextVersion.of(self.document, self.codebook)

    @property
    def name(self) -> str:
        """The name of the milestone."""
        return f"first reading of {self.section_id}"

    @property
    def item(self) -> str:
        """The id under which it stands in the work log."""
        return milestone_item(self.name, self.text.key)

    def tags(self) -> list[Span]:
        """List the learner's tags of now in this section."""
        section = self.document.section(self.section_id)
        tags = (tag.span for tag in self.log.state.tags(self.text.key))
        return [one for one in tags if one and one.start < section.end and section.start < one.end]

    def kept(self) -> tuple[Span, ...] | None:
        """Return the tags that were kept; None if the learner has not done so yet."""
        return read_milestone(self.log.state.answer(self.item))

    def keep(self) -> None:
        """Keep the tags of now; a reading that is kept already stays as it is.

        Raises
        ------
        NoTagsYetError
            If there are no tags in this section.
        FramingkitError
            If the disk does not take it.
        """
        self.log.refresh()
        if self.kept() is not None:
            return
        spans = self.tags()
        if not spans:
            raise NoTagsYetError(
                "You have no tags in this section yet, so there is no reading of your own to "
                "compare with a class. Tag some words first, then come back."
            )
        self.log.open_text(self.text)
        response = milestone_response(self.name, self.text.key, spans)
        self.log.act("answer", self.item, response=response)

    def sentences(self) -> list[str]:
        """Say what was kept, and what has changed since."""
        then = self.kept()
        if then is None:
            return []
        held = f"Your first reading is kept: {counted(len(then), 'tag')}."
        found = compare_tags(then, self.tags())
        if not (found.added or found.removed or found.relabelled or found.moved):
            return [f"{held} You can go on tagging; it stays as it is."]
        counts = {
            "new": found.added,
            "removed": found.removed,
            "changed": (*found.relabelled, *found.moved),
        }
        said = ", ".join(f"{len(tags)} {what}" for what, tags in counts.items() if tags)
        return [f"{held} Since then: {said}."]
