"""What a cell of a lesson calls: open a lesson, read, tag, ask, compare, chart, hand in."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from framingkit import course
from framingkit.base import PASSAGE_STYLE, WIDGET_TOKENS, Page, lasting, sentences_page
from framingkit.course import Codebook, Item
from framingkit.errors import FramingkitError
from framingkit.feedback import codes_page, reply_when_due
from framingkit.notebook import (
    beside_class,
    bringing,
    chosen_text,
    comparing,
    framing,
    learner,
    looking_back,
    own_text,
    practising,
    rewriting,
    tagging,
    workbook,
)
from framingkit.notebook.text import shows
from framingkit.work import WorkLog, keep_answer, open_log

if TYPE_CHECKING:
    from framingkit.base import Figure
    from framingkit.widgets import HandIn, Question


PRACTICE = "practice"
"""The notebook with nothing but practice sentences: it has no questions of its own."""


def open_lesson(lesson: str, coder: str | None = None) -> "Lesson":
    """Open a lesson and find everything again that was done in it before.

    Parameters
    ----------
    lesson
        The lesson's id, for example ``"03-commentary"``; ``"practice"`` asks no questions.
    coder
        A code name; by default the one that was used last.

    Raises
    ------
    FramingkitError
        If there is no such lesson, or the work folder cannot be used; in a browser, if the kept
        work was not brought back before.
    """
    bank = () if lesson == PRACTICE else course.load_items(lesson)
    items = {item.id: item for item in bank}
    lasting.check_opened()
    log = open_log(coder)
    _begin(log, lesson, items)
    return Lesson(lesson, log, items)


def _begin(log: WorkLog, lesson: str, items: dict[str, Item]) -> None:
    """Show what the lesson begins with: the style of all its pages, and who is at work."""
    from framingkit.widgets import Learner, show, show_style, speak_plainly

    speak_plainly()
    show_style(f"{WIDGET_TOKENS}\n{PASSAGE_STYLE}")
    show(Learner(log, lesson, items))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson at work: its questions and the learner's log."""

    id: str
    log: WorkLog
    items: dict[str, Item]

    def __repr__(self) -> str:
        """Return the same line for every learner."""
        return f"Lesson({self.id})"

    # Each act is a function in the module of its matter; here it becomes a method that shows.
    read = shows(tagging.read)
    tag = shows(tagging.tag)
    tags = shows(tagging.tags)
    compare = shows(tagging.compare)
    reference = shows(tagging.reference)
    chart = shows(tagging.chart)
    add_tag = shows(tagging.add_tag)
    change_tag = shows(tagging.change_tag)
    remove_tag = shows(tagging.remove_tag)
    undo = shows(tagging.undo)
    orphans = shows(tagging.orphans)
    place_tag = shows(tagging.place_tag)
    drop_tag = shows(tagging.drop_tag)
    bring_tags = shows(bringing.bring_tags)
    rewrite = shows(rewriting.rewrite)
    add_plain_words = shows(rewriting.add_plain_words)
    keep_facts = shows(rewriting.keep_facts)
    plain_text = shows(rewriting.plain_text)
    frames = shows(framing.frames)
    answer_frames = shows(framing.answer_frames)
    frame_table = shows(framing.frame_table)
    use_text = shows(own_text.use_text)
    own_text = shows(own_text.own_text)
    practice = shows(practising.practice)
    answer_practice = shows(practising.answer_practice)
    class_map = shows(beside_class.class_map)
    class_page = shows(beside_class.class_page)
    coverage = shows(comparing.coverage)
    coverage_page = shows(comparing.coverage_page)
    coverage_chart = shows(comparing.coverage_chart)
    first_reading = shows(beside_class.first_reading)
    chosen_text = chosen_text.chosen_text
    milestone = shows(looking_back.milestone)
    before_after = shows(looking_back.before_after)
    confidence_change = shows(looking_back.confidence_change)
    hedges = shows(looking_back.hedges)
    progress = shows(looking_back.progress)
    check = shows(workbook.check)
    who = shows(learner.who)
    start_as_somebody_else = shows(learner.start_as_somebody_else)
    go_on_as = shows(learner.go_on_as)
    continue_from = shows(learner.continue_from)

    @property
    def codebook(self) -> Codebook:
        """The codes of this course."""
        return course.load_codebook()

    @shows
    def code(self, *codes: str) -> Page:
        """Show what codes mean and how to decide."""
        return codes_page([self.codebook.code(code) for code in codes])

    @shows
    def ask(self, *items: str) -> "tuple[Question, ...]":
        """Show questions, one at a time."""
        from framingkit.widgets import Question

        asked, name = [self._item(item) for item in items], " ".join(items)
        spots = [[name, place, len(asked)] for place in range(len(asked))]
        return tuple(
            Question(item, self.log, spot=spot) for item, spot in zip(asked, spots, strict=True)
        )

    @shows
    def source_notes(self, *claims: str) -> Page:
        """Show what other pages say about claims, with the verdict folded."""
        from framingkit.feedback import source_notes_page

        ledger, publishers = course.load_claims(), course.load_publishers()
        return source_notes_page(ledger, course.load_article(), publishers, claims)

    @shows
    def distance(self, *distances: str) -> Page:
        """Show how far apart places are; without a name, all distances of the article."""
        from framingkit.feedback import distances_page

        return distances_page(course.load_distances(), distances)

    @shows
    def count_words(self, *words: str) -> "Figure":
        """Draw how often words appear in the article."""
        from framingkit.feedback import word_counts

        return word_counts(course.load_article(), words)

    @shows
    def hand_in(self) -> "HandIn":
        """Show the button “Download my answers”."""
        from framingkit.widgets import HandIn

        parts = course.lesson_parts(self.id)
        mine = [(p.title, [self.items[id] for id in p.items if id in self.items]) for p in parts]
        return HandIn(self.log, mine or [("", list(self.items.values()))])

    @shows
    def answer(self, item: str, value: Any, confidence: int | None = None) -> Page:
        """Answer a question by its letter, a list of letters, a number or a text."""
        asked = self._item(item)
        response = keep_answer(self.log, asked, value, confidence)
        reply = reply_when_due(asked, response, self.log.state.answer)
        levels = reply.levels if asked.scored else ()
        return sentences_page("Your answer is kept.", [*reply.sentences, *levels])

    def _item(self, item: str) -> Item:
        if item not in self.items:
            raise FramingkitError(
                f"Lesson {self.id} has no question {item!r}; it has {', '.join(self.items)}."
            )
        return self.items[item]
