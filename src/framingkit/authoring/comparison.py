"""A lesson that compares two to four texts of a course, on the template of the kit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from framingkit.authoring.course_files import (
    CourseFolder,
    set_aside,
    tables,
    write_block,
    write_notebook,
)
from framingkit.authoring.draft import slug
from framingkit.authoring.lesson import Cell, batched, in_markdown
from framingkit.authoring.level import level_of
from framingkit.authoring.making import Made, default_article
from framingkit.authoring.running import execute
from framingkit.base import counted, parse_toml, quoted, read_text, write_atomic
from framingkit.course import Document, Section, forget, load_article, load_codebook, working_on
from framingkit.errors import FramingkitError

_TEMPLATES = Path(__file__).with_name("templates")
_FEWEST, _MOST = 2, 4
_MINUTES = {"set-up": 2, "warm-up": 1, "rules": 3, "rates": 4, "shared": 7, "voices": 6,
            "add": 6, "talk": 8, "worked": 1, "exit": 7}  # fmt: skip
_ABOUT_THE_TEXTS = ("shared", "voices", "sentence-to-add", "all-leave-out", "exit-sentence")
_TAGGED_IN_A_MINUTE = 20
_MOST_TO_TAG = 150
_TOOLS_IN_A_CELL = 3
_SHOWN_CODES = 3


@dataclass(frozen=True)
class Comparison:
    """Which texts a lesson compares."""

    number: str
    id: str
    texts: tuple[Document, ...]
    codes: tuple[str, ...]

    @property
    def lesson(self) -> str:
        """The id of the lesson."""
        return f"{self.number}-{self.id}"

    @property
    def minutes(self) -> dict[str, int]:
        """How long each part takes."""
        levels = (level_of(text.text, len(text.sentences())) for text in self.texts)
        words = sum(len(text.text_of(part_to_tag(text).id).split()) for text in self.texts)
        return _MINUTES | {
            "passage": sum(level.minutes for level in levels),
            "tagging": min(25, max(4, -(-words // _TAGGED_IN_A_MINUTE))),
        }


def part_to_tag(text: Document) -> Section:
    """Choose the part of a text that is tagged: the first that is no headline, and not long."""
    parts = [section for section in text.sections if section.kind == "text"]
    rest = [section for section in parts if section.id != "headline"] or parts
    short = [one for one in rest if len(text.text_of(one.id).split()) <= _MOST_TO_TAG]
    return (short or rest)[0]


def make_comparison(ids: Sequence[str], folder: Path, again: bool = False) -> Made:
    """Make the lesson that compares some texts, and run it.

    Parameters
    ----------
    ids
        Two to four texts of the course, or of the kit.
    folder
        The course.
    again
        Whether such a lesson that is there is replaced.

    Raises
    ------
    FramingkitError
        If there are not two to four different texts, or such a lesson is there already.
    """
    default_article(folder)
    if not _FEWEST <= len(set(ids)) == len(ids) <= _MOST:
        raise FramingkitError(
            f"A comparison needs {_FEWEST} to {_MOST} different texts, but got "
            f"{', '.join(map(repr, ids)) or 'none'}. Name each text once, by its id."
        )
    course = CourseFolder(folder)
    with working_on(folder):
        texts = tuple(map(load_article, ids))
        codes = tuple(code.id for code in load_codebook().core[:_SHOWN_CODES])
    id = f"compare-{slug(ids[0], 20)}"
    lesson = course.lesson_of(id)
    if lesson and not again:
        raise FramingkitError(
            f"The lesson {lesson} is there already. To make it again, add --again. What you "
            "changed in its notebook is kept in for-teachers/earlier."
        )
    return _write(course, Comparison(lesson[:2] or course.next_number(), id, texts, codes))


def _write(course: CourseFolder, plan: Comparison) -> Made:
    """Write the questions, the notebook and what is for the teacher, and run the notebook."""
    lesson, values = plan.lesson, _values(plan)
    items = Template(read_text(_TEMPLATES / "comparison-items.toml")).substitute(values)
    write_block(course.data(f"items/{lesson}.toml"), lesson, items)
    tasks = [{"document": one.id, "section": part_to_tag(one).id} for one in plan.texts]
    write_block(course.data("span-tasks.toml"), lesson, tables("task", tasks))
    asked = [f"{plan.id}-{name}" for name in _ABOUT_THE_TEXTS]
    about = [{"document": one.id, "sections": [part.id for part in one.sections], "items": asked}
             for one in plan.texts]  # fmt: skip
    write_block(course.data("materials.toml"), lesson, tables("material", about))
    event = course.for_teachers(f"{plan.id}.event.toml")
    if not event.exists():
        started = Template(read_text(_TEMPLATES / "event.toml")).substitute(values)
        write_atomic(event, started.encode())
    set_aside(course, lesson)
    notebook = course.path / "notebooks" / f"{lesson}.ipynb"
    write_notebook(notebook, list(comparison_cells(plan)))
    forget()
    execute(notebook)
    return Made(lesson, (notebook,), _said(plan, notebook.relative_to(course.path)))


def _said(plan: Comparison, notebook: Path) -> tuple[str, ...]:
    parts = ", ".join(f"{part_to_tag(one).title} of {one.id}" for one in plan.texts)
    return (
        f"Made lesson {plan.lesson}: {notebook}. About {sum(plan.minutes.values())} minutes.",
        f"Learners tag: {parts}.",
        f"To show who tells which claim, fill in for-teachers/{plan.id}.event.toml, save it as "
        f"data/events/{plan.id}.toml, and run: framingkit run-again",
    )


def _values(plan: Comparison) -> dict[str, str]:
    """Give every word that a template may ask for."""
    minutes = plan.minutes
    reading = minutes["passage"] + minutes["set-up"] + minutes["rules"]
    total = sum(minutes.values())
    ids = ", ".join(f'"{text.id}"' for text in plan.texts)
    named = [quoted(in_markdown(text.title)) for text in plan.texts]
    return {
        "codes": ", ".join(f'"{code}"' for code in plan.codes),
        "id": plan.id, "lesson": plan.lesson, "texts": ids, "first": plan.texts[0].id,
        "many": ("two", "three", "four")[len(plan.texts) - _FEWEST],
        "named": f"{', '.join(named[:-1])} and {named[-1]}",
        "sources": "\n".join(f"- {_about(text)}" for text in plan.texts),
        "minutes": str(total), "read": str(reading),
        "do": str(total - reading - minutes["talk"]), "optional": "12",
        "passage": counted(minutes["passage"], "minute"),
        "tagging": counted(minutes["tagging"], "minute"),
    }  # fmt: skip


def _about(text: Document) -> str:
    words = counted(len(text.text.split()), "word")
    told = [in_markdown(one) for one in (text.source, text.date) if one]
    return ", ".join([quoted(in_markdown(text.title)), words, *told])


def comparison_cells(plan: Comparison) -> Iterator[Cell]:
    """Make the cells of the lesson."""
    values = _values(plan)
    file = parse_toml(read_text(_TEMPLATES / "comparison.toml"), "comparison.toml")
    for cell in file.fields["cell"]:
        yield from _filled(cell, values, plan)


def _filled(cell: Mapping[str, Any], values: dict[str, str], plan: Comparison) -> Iterator[Cell]:
    """Fill a cell in; one that is for each text becomes cells of a few tools."""
    metadata = {"jp-MarkdownHeadingCollapsed": True} if cell.get("folded") else {}
    is_code = "code" in cell
    source = Template((cell["code"] if is_code else cell["words"]).strip("\n"))
    if cell.get("for_each") != "texts":
        yield Cell(cell["id"], cell["tag"], source.substitute(values), is_code, metadata)
        return
    lines = [
        source.substitute(values, text=one.id, section=part_to_tag(one).id) for one in plan.texts
    ]
    for number, group in enumerate(batched(lines, _TOOLS_IN_A_CELL), start=1):
        more = f"-{number}" * (number > 1)
        if number > 1:
            yield Cell(f"{cell['id']}-words{more}", cell["tag"], cell["more"].strip("\n"))
        yield Cell(f"{cell['id']}{more}", cell["tag"], "\n".join(group), True)
