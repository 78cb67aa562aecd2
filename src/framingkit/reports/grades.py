"""Grades a class: a table of scores, a table of written answers to read, pages of feedback.

Answers are only read; nothing that a learner handed in is ever run. Names of people come in only
through a key file, and only into the table of scores. A page of feedback says what the notebooks
say, and nothing more: no rank, no total.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import (
    Html,
    WaitingRows,
    counted,
    element,
    header_line,
    quoted,
    read_table,
    read_text,
    replacing,
    table_line,
    web_page,
    write_atomic,
)
from framingkit.course import AnnotationSet, Item, read_reference
from framingkit.errors import FramingkitError
from framingkit.feedback import compare_with_reference, reply_to
from framingkit.hand_ins import ClassFile, Learner, read_class
from framingkit.reports.plan import CODE_NAME, GradedText, GradePlan, grade_plan
from framingkit.work import check_code_name

_INTRODUCTION = (
    "This page goes through your answers and your tags. The reference reading is one careful "
    "reading; another one can be as good if the words support it."
)


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
        f"Feedback for {learner.coder}",
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
            yield from _answer(item, response)


def _answer(item: Item, response: dict[str, object]) -> Iterator[Html]:
    """Show an answer in the words that the learner saw, and what the kit says to it."""
    try:
        reply = reply_to(item, response)
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


TO_READ = ("item", CODE_NAME, "answer", "words", "mark", "comment", "question", "rubric")
MARKS = range(4)
TABLE_LIMIT = 1 << 30
"""Bytes that a table from an instructor may have."""


@dataclass(frozen=True, slots=True)
class Key:
    """Who is who: for each code name, what the learning platform calls this learner."""

    column: str
    names: dict[str, str]


def read_key(path: str | Path, column: str = "") -> Key:
    """Read a key file: a table with the column ``code_name`` and at least one other.

    Parameters
    ----------
    path
        The key file.
    column
        The column to use; the first other one if it is left out.

    Raises
    ------
    FramingkitError
        If a column is missing, or a code name appears twice.
    """
    path = Path(path)
    what = f"“{path.name}”"
    wanted = [CODE_NAME, *([column] if column else [])]
    names: dict[str, str] = {}
    for row in read_table(read_text(path, TABLE_LIMIT), what, wanted):
        others = [name for name in row if name != CODE_NAME]
        if not others:
            raise FramingkitError(f"{what} needs a column with names beside “{CODE_NAME}”.")
        column = column or others[0]
        coder, dot, number = row[CODE_NAME].partition(".")
        coder = check_code_name(coder) + dot + number
        if coder in names:
            raise FramingkitError(f"{what} has two rows for the code name {coder!r}. Keep one.")
        names[coder] = row[column]
    return Key(column or "name", names)


def grade(
    path: str | Path,
    grades: str | Path,
    to_read: str | Path | None = None,
    feedback: str | Path | None = None,
    key: Key | None = None,
    watch: Callable[[ClassFile], Iterable[Learner]] = iter,
    reading: str | Path | None = None,
) -> list[str]:
    """Grade a class file; return sentences about what was done.

    Parameters
    ----------
    path
        The class file.
    grades
        The table of scores to write.
    to_read
        The table of written answers to write, if any: sorted by question, so that one question
        is read for the whole class, with the learners in another order for each question.
    feedback
        The folder for one page for each learner, if any.
    key
        Who is who; only the table of scores then has names.
    watch
        Passes the learners on while they are graded, for example to a progress bar.
    reading
        A file with a reading to compare tags with, in place of the kit's own of that text.

    Raises
    ------
    FramingkitError
        If the class file is damaged, or something cannot be written.
    """
    class_file = read_class(path)
    plan = grade_plan(class_file, read_reference(Path(reading)) if reading else None)
    with ExitStack() as stack:
        waiting = stack.enter_context(WaitingRows("question", "mixed", "coder", "answer"))
        rows = stack.enter_context(replacing(Path(grades)))
        rows.write(header_line([*([key.column] if key else []), *plan.columns]))
        nameless = 0
        for learner in watch(class_file):
            name = key.names.get(learner.coder, "") if key else ""
            nameless += bool(key) and not name
            rows.write(table_line([*([name] if key else []), *plan.row(learner)]))
            if to_read is not None:
                _wait(learner, plan, waiting)
            if feedback is not None:
                page = Path(feedback) / f"{learner.coder}.html"
                write_atomic(page, feedback_page(learner, plan))
        answers = _write_answers(waiting, plan, Path(to_read)) if to_read is not None else 0
    return list(_sentences(class_file, plan, answers, nameless))


def _wait(learner: Learner, plan: GradePlan, waiting: WaitingRows) -> None:
    """Keep a learner's written answers until they can be sorted by question."""
    for number, item in enumerate(plan.written):
        text = learner.responses.get(item.id, {}).get("text")
        if isinstance(text, str) and text.strip():
            # Whoever is read first is judged differently: so it is never the same learner.
            mixed = hashlib.sha256(f"{item.id}/{learner.coder}".encode()).hexdigest()
            waiting.add((number, mixed, learner.coder, text))


def _write_answers(waiting: WaitingRows, plan: GradePlan, path: Path) -> int:
    count, before = 0, -1
    with replacing(path) as file:
        file.write(header_line(TO_READ))
        for number, _, coder, text in waiting.rows("question", "mixed", "coder", "answer"):
            item = plan.written[number]
            about = _about(item) if number != before else ("", "")
            file.write(table_line([item.id, coder, text, len(text.split()), None, "", *about]))
            count, before = count + 1, number
    return count


def _about(item: Item) -> tuple[str, str]:
    """Give the question and its rubric, for the first row of each question."""
    return item.prompt, "\n".join(f"{mark}: {line}" for mark, line in enumerate(item.rubric))


def _sentences(
    class_file: ClassFile, plan: GradePlan, answers: int, nameless: int
) -> Iterator[str]:
    yield (
        f"Graded {counted(len(class_file), 'learner')}: "
        f"{counted(len(plan.closed), 'closed question')}, "
        f"{counted(len(plan.texts), 'text')}, {counted(answers, 'written answer')} to read."
    )
    if nameless:
        yield f"The key file has no name for {nameless:,} of them; their cell is empty."
