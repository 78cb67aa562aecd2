"""Questions that a teacher writes for a lesson: checked, added to its bank, and asked in it."""

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from framingkit.authoring.course_files import CourseFolder
from framingkit.authoring.questions import item_toml
from framingkit.authoring.running import execute, read_notebook, written
from framingkit.base import parse_tables, read_text, write_atomic
from framingkit.course import Item, Option, forget, parse_items
from framingkit.errors import FramingkitError

_OWN = re.compile(r"-own-\d+")  # the end of the id of each question that a teacher wrote

_WORDS = (
    "**Questions of your teacher.** The next box has questions about this text alone. Answer them "
    "one at a time."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form holds: a question, its answers with a reason for each, or the levels of marks.

    ``answers`` are rows of text, reason, and whether it is right.
    """

    prompt: str
    answers: tuple[tuple[str, str, bool], ...] = ()
    levels: tuple[str, ...] = ()
    worked: str = ""
    minutes: int = 2

    @property
    def kind(self) -> str:
        """The kind that the answers make it."""
        if not self.answers:
            return "written"
        return "choice" if sum(right for *_, right in self.answers) == 1 else "several"


def own_questions(course: CourseFolder, lesson: str) -> tuple[str, ...]:
    """Return the ids of the questions that a teacher wrote for a lesson."""
    path = course.data(f"items/{lesson}.toml")
    if not path.is_file():
        return ()
    tables = parse_tables(read_text(path), f"“{path.name}”", "item", "question")
    ids = (str(one.fields.get("id")) for one in tables)
    return tuple(id for id in ids if _OWN.search(id) and _OWN.split(id)[-1] == "")


def add_question(folder: Path, article: str, asked: Asked) -> list[str]:
    """Add a question to the lesson on an article, and ask it there.

    Raises
    ------
    FramingkitError
        If it could not be asked or answered fairly: an answer without a reason, none that is
        right, no levels for a written one. Nothing is written then.
    """
    course = CourseFolder(folder)
    lesson = course.lesson_of(article)
    if not lesson:
        raise FramingkitError(f"There is no lesson on “{article}” in this course. Make it first.")
    path = course.data(f"items/{lesson}.toml")
    bank = read_text(path)
    number = len(own_questions(course, lesson)) + 1
    item = _item(f"{article}-own-{number}", lesson, asked)
    text = f"{bank.rstrip()}\n\n{item_toml(item)}"
    parse_items(text)  # says what is wrong
    write_atomic(path, text.encode())
    forget()
    notebook = folder / "notebooks" / f"{lesson}.ipynb"
    ask_own(notebook, own_questions(course, lesson))
    execute(notebook)
    return [f"The question is in lesson {lesson}, in its optional part. It is question {number}."]


def _item(id: str, lesson: str, asked: Asked) -> Item:
    blank = [text for text, reason, _ in asked.answers if not reason.strip()]
    if blank:
        raise FramingkitError(
            f"The answer “{blank[0][:60]}” has no reason yet. Write why it is, or is not, the "
            "better answer: learners read it when they have answered."
        )
    options = tuple(
        Option(letter, text.strip(), right, reason.strip())
        for letter, (text, reason, right) in zip("abcdefgh", asked.answers, strict=False)
    )
    if asked.kind == "written" and not any(asked.levels):
        made = Item(id, lesson, "written", asked.prompt.strip(), asked.minutes, "analyse")
        return replace(made, scored=False, worked=asked.worked)
    return Item(
        id, lesson, asked.kind, asked.prompt.strip(), asked.minutes, "analyse", options,
        rubric=asked.levels, worked=asked.worked,
    )  # fmt: skip


def ask_own(notebook: Path, ids: tuple[str, ...]) -> None:
    """Ask questions in a lesson; whatever else a teacher changed in it stays."""
    content = read_notebook(notebook)
    names = "".join(f'    "{id}",\n' for id in ids)
    source = f"lesson.ask(\n{names})"
    known = [cell for cell in content.cells if cell.get("id") == "ask-own"]
    if known:
        known[0].source = source
    else:
        before = _place(content)
        content.cells[before:before] = [_cell("own-questions", _WORDS), _cell("ask-own", source)]
    write_atomic(notebook, written(content))


def _cell(id: str, source: str) -> Any:
    from framingkit.authoring.running import formats

    make = formats().v4.new_markdown_cell if id == "own-questions" else formats().v4.new_code_cell
    return make(source, id=id, metadata={"tags": ["extension"]})


def _place(content: Any) -> int:
    """Find the end of the optional part, or else the exit ticket, or else the end."""
    for heading in (r"## A worked reading", r"## Exit ticket"):
        for number, cell in enumerate(content.cells):
            if cell.cell_type == "markdown" and re.search(heading, cell.source):
                return number
    return len(content.cells)
