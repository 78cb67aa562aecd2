"""What a teacher or two markers call to settle contested passages, by widget or by function."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from framingkit import course
from framingkit.base import Page, counted, sentences_page, shown
from framingkit.course import AnnotationSet, Document, Reference, kit_reading, write_reference
from framingkit.errors import FramingkitError
from framingkit.hand_ins import SMALLEST_GROUP, ClassFile, class_sets, read_class
from framingkit.notebook.text import ARTICLE, sentence_page
from framingkit.settling import (
    FEW,
    KEEP_NONE,
    LATER,
    OPEN_AGAIN,
    Agenda,
    Passage,
    Response,
    check_decision,
    decision_of,
    decision_words,
    kept_response,
    lost_words,
    make_agenda,
    passage_item,
    progress_words,
    responses_in,
    save_words,
    settled_reading,
    settling_html,
)
from framingkit.work import WorkLog, is_code_name, open_log_at, work_folder

if TYPE_CHECKING:
    from framingkit.widgets import Adjudicator


def log_path(class_file: Path | None, sets: Sequence[AnnotationSet], document: Document) -> Path:
    """Keep decisions beside the class file; those of two markers, in the work folder."""
    if class_file is not None:
        name = class_file.name.removesuffix(".gz").removesuffix(".jsonl")
        return class_file.absolute().with_name(f"{name}.{document.id}.settled.jsonl")
    names = "-".join(_file_name(tagged.coder) for tagged in sets[:FEW])
    return work_folder() / f"{names}.{document.id}.settled.jsonl"


def _file_name(coder: str) -> str:
    return coder if is_code_name(coder) else hashlib.sha256(coder.encode()).hexdigest()[:8]


IN_A_LESSON = 12
"""Passages that a class has time for."""

Source = str | Path | ClassFile | Sequence[AnnotationSet]


def open_settling(
    source: Source,
    document: str | Document = ARTICLE,
    section: str | None = None,
    most: int | None = None,
    fill: bool | None = None,
) -> "Settling":
    """Find the contested passages of a text, and every decision that was made on them before.

    Parameters
    ----------
    source
        A class file, or one set of tags for each person.
    document
        The text, or the id of one of the kit's.
    section
        Show only passages of this section.
    most
        Show at most this many passages, most contested first (default: 12 for a class, all for up
        to four people).
    fill
        Whether the kit's reference reading is used wherever nothing was settled (default: only
        for a class, because a class settles only a part of the text).

    Raises
    ------
    FramingkitError
        If fewer than two people tagged the text, or fewer than five of a class of more; or if the
        class file is damaged.
    """
    text = course.load_article(document) if isinstance(document, str) else document
    if isinstance(source, str | Path):
        source = read_class(Path(source))
    file = source.path if isinstance(source, ClassFile) else None
    sets = class_sets(source, text) if isinstance(source, ClassFile) else list(source)
    if isinstance(source, ClassFile) and len(sets) < SMALLEST_GROUP <= source.learners:
        raise FramingkitError(
            f"Only {counted(len(sets), 'learner')} of “{shown(source.path.name)}” tagged this "
            f"text. With fewer than {SMALLEST_GROUP} of a class one could tell who tagged what. "
            "Choose another text; markers collect their own hand-ins alone."
        )
    is_class = len(sets) > FEW
    limit = most if most or not is_class else IN_A_LESSON
    agenda = make_agenda(sets, text, course.load_codebook(), section, limit)
    log = open_log_at(log_path(file, sets, text))
    wanted = is_class if fill is None else fill
    return Settling(agenda, log, kit_reading(text) if wanted else None)


@dataclass(frozen=True, slots=True)
class Settling:
    """Contested passages at work; every decision is on disk before it counts.

    Each method does what one act in the widget does.
    """

    agenda: Agenda
    log: WorkLog
    elsewhere: Reference | None = None
    _done: list[tuple[Passage, Response]] = field(default_factory=list)

    def __repr__(self) -> str:
        """Return a line that depends on the decisions alone."""
        return f"Settling({self.agenda.document.id}: {self._progress})"

    @property
    def responses(self) -> dict[str, Response]:
        """The latest answers by passage key."""
        self.log.refresh()
        return responses_in(self.log.state, self.agenda)

    @property
    def _progress(self) -> str:
        return progress_words(self.agenda, self.responses)

    @property
    def path(self) -> Path:
        """Where the settled reading is saved by default."""
        return self.log.path.with_suffix(".toml")

    @property
    def reading(self) -> Reference:
        """What is settled so far, to be used like any reference reading."""
        people = ", ".join(tagged.coder for tagged in self.agenda.sets)
        coder = f"settled by {people if self.agenda.named else 'a class'}"
        return settled_reading(self.agenda, self.responses, coder, self.elsewhere)

    def show(self) -> "Adjudicator":
        """Show the passages one by one, with all choices."""
        from framingkit.widgets import Adjudicator

        self.log.refresh()
        notices = [*self.log.notices, *lost_words(self.log.state, self.agenda)]
        return Adjudicator(self.agenda, self.log, self._save, notices=notices)

    def passages(self) -> Page:
        """Show all passages with their readings, what was decided, and why."""
        words = f"Contested passages: {self._progress}"
        return Page(settling_html(self.agenda, self.responses), words)

    def keep(self, passage: int, **reasons: str) -> Page:
        """Keep readings of a passage, each by its letter with its reason: ``A="because …"``."""
        if not reasons:
            raise FramingkitError('Say which reading stays and why, for example A="It praises."')
        chosen = self._passage(passage)
        return self._decide(chosen, kept_response(chosen, reasons))

    def no_tag(self, passage: int, because: str) -> Page:
        """Decide that nothing is tagged in a passage, and why."""
        response = {"choice": KEEP_NONE, "kept": [], "because": because}
        return self._decide(self._passage(passage), response)

    def later(self, passage: int) -> Page:
        """Leave a passage for later."""
        response = {"choice": LATER, "kept": [], "because": ""}
        return self._decide(self._passage(passage), response)

    def undo(self) -> Page:
        """Undo the last decision that was made by a function."""
        if not self._done:
            return sentence_page("There is nothing to undo.")
        passage, before = self._done[-1]
        self._put(passage, before)
        self._done.pop()
        return self._page(passage)

    def save(self, path: str | Path | None = None) -> Page:
        """Write the settled reading to a file that `framingkit grade --reference` can use."""
        return sentences_page("The settled reading", self._save(Path(path) if path else None))

    def _save(self, path: Path | None = None) -> list[str]:
        write_reference(path or self.path, self.reading)
        return save_words(self.agenda, self.responses, self.reading, path or self.path)

    def _passage(self, number: int) -> Passage:
        count = len(self.agenda.passages)
        if not 1 <= number <= count:
            raise FramingkitError(
                f"There is no passage {number!r}. The passages are numbered from 1 to {count}."
            )
        return self.agenda.passages[number - 1]

    def _decide(self, passage: Passage, response: Response) -> Page:
        check_decision(passage, response)
        if response["choice"] != LATER and decision_of(passage, response) is None:
            raise FramingkitError(
                f"The decision on passage {passage.number} gives no reason. Write why each reading "
                "stays, or why nothing is tagged."
            )
        before = self.responses.get(passage.key, OPEN_AGAIN)
        self._put(passage, response)
        self._done.append((passage, before))
        return self._page(passage)

    def _put(self, passage: Passage, response: Response) -> None:
        self.log.act("answer", passage_item(self.agenda, passage), response=dict(response))

    def _page(self, passage: Passage) -> Page:
        words = decision_words(self.agenda, passage, self.responses.get(passage.key))
        title = f"Passage {passage.number}. {self._progress}."
        return sentences_page(title, words)
