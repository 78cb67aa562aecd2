"""The pages of feedback: one for each learner, in a folder that holds nothing outdated.

A page of feedback says what the notebooks say, and nothing more: no rank, no total.
"""

from collections.abc import Iterator
from pathlib import Path

from framingkit.base import Html, backup_of, disk, element, quoted, web_page, write_atomic
from framingkit.course import AnnotationSet, Item
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_with_reference, reply_when_due
from framingkit.hand_ins import Learner
from framingkit.reports.people import listed
from framingkit.reports.plan import GradedText, GradePlan

TITLE = "Feedback for "
_INTRODUCTION = (
    "This page goes through your answers and your tags. The reference reading is one careful "
    "reading; another one can be as good if the words support it."
)


class FeedbackPages:
    """Writes pages into a folder; earlier ones that change or are nobody's go to a folder beside.

    Files that the kit has not made are left alone.

    Parameters
    ----------
    folder
        Where to write.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._backup = backup_of(folder.absolute())
        if folder.exists() and not folder.is_dir():
            raise FramingkitError(
                f"“{folder.name}” is a file. Give the name of a folder for the pages of feedback."
            )
        self._earlier = {path.name: _is_page(path) for path in folder.glob("*.html")}
        self._strange: list[str] = []
        self._replaced: list[str] = []

    def put(self, coder: str, content: bytes) -> None:
        """Write the page of one learner."""
        path = self._folder / f"{coder}.html"
        ours = self._earlier.pop(path.name, None)
        if ours is False:
            self._strange.append(path.name)
            return
        if ours and disk.look(path)[0] != content:
            self._set_aside(path)
            self._replaced.append(path.name)
        write_atomic(path, content)

    def finish(self) -> Iterator[str]:
        """Set aside the pages of an earlier run that are nobody's; say what was left."""
        outdated = sorted(name for name, ours in self._earlier.items() if ours)
        for name in outdated:
            self._set_aside(self._folder / name)
        if outdated:
            yield (
                f"Pages of an earlier run, whose learners are not in this class ({len(outdated):,})"
                f": {listed(outdated)}. They were moved to “{self._backup.name}”."
            )
        if self._replaced:
            yield (
                f"Pages that are other than before ({len(self._replaced):,}): "
                f"{listed(self._replaced)}. The earlier ones were moved to “{self._backup.name}”."
            )
        if self._strange:
            yield (
                f"“{self._folder.name}” has files that are no pages of feedback: "
                f"{listed(self._strange)}. They were left alone, so these pages are missing."
            )

    def _set_aside(self, path: Path) -> None:
        try:
            self._backup.mkdir(parents=True, exist_ok=True)
            path.replace(self._backup / path.name)
        except OSError as error:
            raise disk.explain(error, self._backup) from None


def _is_page(path: Path) -> bool:
    """Tell whether the kit has made a file: by its title and its policy for browsers."""
    if not path.is_file():
        return False
    begin = disk.beginning(path, 2000)
    return f"<title>{TITLE}".encode() in begin and b'"Content-Security-Policy"' in begin


def feedback_page(learner: Learner, plan: GradePlan) -> bytes:
    """Write the page of one learner.

    Parameters
    ----------
    learner
        The learner; nothing but the code name names a person.
    plan
        What is graded in the class.
    """
    answers = list(_answers(learner, plan))
    tags = list(_tags(learner, plan))
    nothing = [element("p", "There is nothing to say here: no answer and no tag was handed in.")]
    return web_page(
        TITLE + learner.coder,
        element("p", _INTRODUCTION),
        *([element("h2", "Your answers"), *answers] if answers else []),
        *([element("h2", "Your tags"), *tags] if tags else []),
        *([] if answers or tags else nothing),
    )


def _answers(learner: Learner, plan: GradePlan) -> Iterator[Html]:
    for item in (*plan.closed, *plan.written):
        response = learner.responses.get(item.id)
        if response is not None:
            yield element("h3", item.prompt)
            yield from _answer(item, response, learner)


def _answer(item: Item, response: dict[str, object], learner: Learner) -> Iterator[Html]:
    """Show an answer in the words that the learner saw, and what the kit says to it."""
    try:
        reply = reply_when_due(item, response, learner.responses.get)
    except FramingkitError:
        yield _list(["This answer could not be read. Ask your teacher to look at it with you."])
        return
    if reply.answer:
        yield element("p", f"Your answer: {', '.join(map(quoted, reply.answer))}")
    yield _list([*reply.sentences, *reply.levels])


def _tags(learner: Learner, plan: GradePlan) -> Iterator[Html]:
    sets = plan.tag_sets(learner)
    for number, text in plan.texts.items():
        mine = sets.get(number)
        if mine and mine.spans:
            yield element("h3", text.document.title)
            yield from _sections(mine, text, plan)


def _sections(mine: AnnotationSet, text: GradedText, plan: GradePlan) -> Iterator[Html]:
    for task in text.tasks:
        comparison = compare_with_reference(
            mine, text.reference, text.document, plan.codebook, task.offered, task.section.id
        )
        if comparison.tagged:
            yield element("h4", task.section.title)
            yield element("p", " ".join(comparison.summary))
            yield _list([remark.sentence for remark in comparison.remarks])


def _list(sentences: list[str]) -> Html:
    return element("ul", *(element("li", sentence) for sentence in sentences))
