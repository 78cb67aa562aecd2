"""The text that a learner chose in a question: read it, tag it, look back at it."""

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framingkit.base import Html, Page, element, passage_html
from framingkit.course import load_codebook
from framingkit.notebook.framing import frames
from framingkit.notebook.looking_back import before_after, milestone
from framingkit.notebook.tagging import read, tag
from framingkit.notebook.text import AtWork, NoTextYetError, document_of, in_sentences, shows
from framingkit.work import OWN_TEXT, is_own

if TYPE_CHECKING:
    from framingkit.widgets import FrameGrid, SpanTagger

CHOICES = {"a": "trade-summit", "b": "climate-summit", "c": OWN_TEXT}
"""The text that each answer stands for; without an answer, the first one is shown."""

CLOSELY = ("lead", "commentary", "ending")
"""The sections of a constructed text that are tagged; of an own text, every section is."""

FRAMED = "commentary"


@dataclass(frozen=True, slots=True)
class ChosenText:
    """A text at work in a lesson; `id` names it for the plain functions."""

    lesson: AtWork
    id: str

    def __repr__(self) -> str:
        """Return the same line for every learner of this text."""
        return f"ChosenText({self.id})"

    @property
    def closely(self) -> tuple[str, ...]:
        """The sections to tag."""
        return CLOSELY if not is_own(self.id) else self._sections()

    def _sections(self) -> tuple[str, ...]:
        sections = document_of(self.lesson.log, self.id).sections
        return tuple(section.id for section in sections if section.kind == "text")

    @shows
    @in_sentences(NoTextYetError)
    def read(self, folded: bool = False) -> Page:
        """Show the whole text with numbered sentences; folded, where it was shown before."""
        page = read(self.lesson, *self._sections(), document=self.id)
        if not folded:
            return page
        box = element("details", element("summary", "The text again"), Html(page.html))
        return Page(passage_html(box), page.words)

    @shows
    @in_sentences(NoTextYetError)
    def tag(self, all_codes: bool = False) -> "tuple[SpanTagger | Page, ...]":
        """Show a tagger for each section to tag, with the core codes or with all of them."""
        codes = [code.id for code in load_codebook().devices] if all_codes else None
        return tuple(tag(self.lesson, section, codes, self.id) for section in self.closely)

    @shows
    @in_sentences(NoTextYetError)
    def read_and_tag(self) -> "tuple[SpanTagger | Page, ...]":
        """Show the whole text once: taggers with all codes, and between them what is only read."""
        codes = [code.id for code in load_codebook().devices]
        taggers, closely = [], self.closely
        for is_tagged, some in itertools.groupby(self._sections(), closely.__contains__):
            if is_tagged:
                taggers += [tag(self.lesson, one, codes, self.id) for one in some]
            else:
                taggers.append(read(self.lesson, *some, document=self.id))
        return tuple(taggers)

    @shows
    def milestone(self, name: str) -> Page:
        """Keep the learner's current tags under a name."""
        return milestone(self.lesson, name, document=self.id)

    @shows
    def before_after(self, name: str) -> Page:
        """Show what became of the tags that a milestone holds."""
        return before_after(self.lesson, name, document=self.id)

    @shows
    @in_sentences(NoTextYetError)
    def frames(self) -> "FrameGrid | Page":
        """Show the eight frames as questions to one section of the text."""
        section = self._sections()[0] if is_own(self.id) else FRAMED
        return frames(self.lesson, section, document=self.id)


def chosen_text(lesson: AtWork, item: str) -> ChosenText:
    """Find the text that a learner chose.

    Parameters
    ----------
    lesson
        The lesson that asks.
    item
        The question whose answers a, b and c stand for the trade summit, the climate summit
        and a text of the learner's own.
    """
    lesson.log.refresh()
    letter = (lesson.log.state.answer(item) or {}).get("choice")
    return ChosenText(lesson, CHOICES.get(str(letter), CHOICES["a"]))
