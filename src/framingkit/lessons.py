"""What a cell of a lesson calls: open a lesson, read, tag, ask, compare, chart, hand in."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from framingkit import course, pages, plain_acts
from framingkit.annotations import AnnotationSet
from framingkit.codebooks import Codebook
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_with_reference
from framingkit.items import Item, feedback_for
from framingkit.markup import passage_html
from framingkit.pages import Page
from framingkit.plain_acts import Tagging
from framingkit.work_folder import open_log
from framingkit.work_log import WorkLog

if TYPE_CHECKING:
    from framingkit.figures import Figure
    from framingkit.widgets.hand_in import HandIn
    from framingkit.widgets.span_tagger import SpanTagger

ARTICLE = "alaska-summit"


def open_lesson(lesson: str, coder: str | None = None) -> "Lesson":
    """Open a lesson and find everything again that was done in it before.

    Parameters
    ----------
    lesson
        The lesson's id, for example ``"03-commentary"``.
    coder
        A code name; by default the one that was used last.

    Raises
    ------
    FramingkitError
        If there is no such lesson, or the work folder cannot be used.
    """
    items = {item.id: item for item in course.load_items(lesson)}
    log = open_log(coder)
    if log.notices:
        from framingkit.widgets.showing import show

        show(pages.sentences_page("About your saved work", log.notices))
        log.notices.clear()
    return Lesson(lesson, log, items)


@cache
def _tagging(log: WorkLog, document: str) -> Tagging:
    """Keep one object per log and text, so that undo works from cell to cell."""
    return Tagging(log, course.load_article(document), course.load_codebook())


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson at work: its questions and the learner's log."""

    id: str
    log: WorkLog
    items: dict[str, Item]

    def __repr__(self) -> str:
        """Return the same line for every learner."""
        return f"Lesson({self.id})"

    @property
    def codebook(self) -> Codebook:
        """The codes of this course."""
        return course.load_codebook()

    def read(self, *sections: str, document: str = ARTICLE) -> Page:
        """Show sections of a text with numbered sentences."""
        return pages.passage_page(course.load_article(document), sections, self.codebook)

    def code(self, *codes: str) -> Page:
        """Show what codes mean and how to decide."""
        return pages.codes_page([self.codebook.code(code) for code in codes])

    def tag(
        self, section: str, codes: list[str] | None = None, document: str = ARTICLE
    ) -> "SpanTagger":
        """Show the tagger on a section; without `codes`, the core codes are on offer."""
        from framingkit.widgets.span_tagger import SpanTagger

        text, reading = course.load_article(document), course.load_reference(document)
        return SpanTagger(text, section, self.codebook, self._offer(codes), self.log, reading)

    def _offer(self, codes: list[str] | None) -> list[str]:
        return codes or [code.id for code in self.codebook.core]

    def ask(self, *items: str) -> None:
        """Show questions, one after the other."""
        from framingkit.widgets.question import Question
        from framingkit.widgets.showing import show

        show(*(Question(self._item(item), self.log) for item in items))

    def compare(
        self, section: str, codes: list[str] | None = None, document: str = ARTICLE
    ) -> Page:
        """Compare the learner's tags with the reference reading."""
        tagging = _tagging(self.log, document)
        mine = AnnotationSet(document, self.log.coder, tuple(tagging.spans()))
        reading = course.load_reference(document)
        found = compare_with_reference(
            mine, reading, tagging.document, self.codebook, self._offer(codes), section
        )
        return pages.comparison_page(found)

    def reference(self, section: str, document: str = ARTICLE) -> Page:
        """Show the reference reading of a section, with its reasons."""
        text, reading = course.load_article(document), course.load_reference(document)
        return pages.reference_page(text, reading, self.codebook, section)

    def chart(self, what: str, section: str | None = None, document: str = ARTICLE) -> "Figure":
        """Draw ``"devices by section"`` of the reference reading, or ``"my tags by code"``."""
        from framingkit import charts

        if what == "devices by section":
            return charts.devices_by_section(
                course.load_annotations(document), course.load_article(document)
            )
        if what == "my tags by code":
            tagging = _tagging(self.log, document)
            return charts.tags_by_code(tagging.spans(), tagging.document, self.codebook, section)
        raise FramingkitError(
            f"A chart is “devices by section” or “my tags by code”, but this was {what!r}."
        )

    def source_notes(self, *claims: str) -> Page:
        """Show what other pages say about claims, with the verdict folded."""
        from framingkit.claim_pages import source_notes_page

        ledger, publishers = course.load_claims(), course.load_publishers()
        return source_notes_page(ledger, course.load_article(), publishers, claims)

    def distance(self, *distances: str) -> Page:
        """Show how far apart places are; without a name, all distances of the article."""
        from framingkit.claim_pages import distances_page

        return distances_page(course.load_distances(), distances)

    def count_words(self, *words: str) -> "Figure":
        """Draw how often words stand in the article."""
        from framingkit import charts

        return charts.word_counts(course.load_article(), words)

    def hand_in(self) -> "HandIn":
        """Show the button “Download my answers”."""
        from framingkit.widgets.hand_in import HandIn

        return HandIn(self.log)

    def tags(self, document: str = ARTICLE) -> Page:
        """Show the learner's tags, in the text and as a table."""
        tagging = _tagging(self.log, document)
        return pages.tags_page(tagging.document, tagging.spans(), self.codebook)

    def add_tag(self, words: str, label: str, document: str = ARTICLE, **details: Any) -> Page:
        """Tag words; `section`, `occurrence`, `note` and `confidence` may be given."""
        return self._said(_tagging(self.log, document).add(words, label, **details))

    def change_tag(self, words: str, document: str = ARTICLE, **parts: Any) -> Page:
        """Change the `label`, `note` or `confidence` of the tag on these words."""
        return self._said(_tagging(self.log, document).change(words, **parts))

    def remove_tag(self, words: str, document: str = ARTICLE) -> Page:
        """Remove the tag on these words."""
        return self._said(_tagging(self.log, document).remove(words))

    def undo(self, document: str = ARTICLE) -> Page:
        """Take back the last tag, change or removal made in this way."""
        return self._said(_tagging(self.log, document).undo())

    def answer(self, item: str, value: Any, confidence: int | None = None) -> Page:
        """Answer a question by its letter, a list of letters, a number or a text."""
        asked = self._item(item)
        response = plain_acts.answer(self.log, asked, value, confidence)
        return pages.sentences_page("Your answer is kept.", feedback_for(asked, response))

    @staticmethod
    def _said(sentence: str) -> Page:
        return Page(passage_html(sentence), sentence)

    def _item(self, item: str) -> Item:
        if item not in self.items:
            raise FramingkitError(
                f"Lesson {self.id} has no question {item!r}; it has {', '.join(self.items)}."
            )
        return self.items[item]
