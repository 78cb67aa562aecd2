"""Writes a lesson into the folder of a course: data, notebooks, and what is for the teacher alone.

All files that more than one lesson shares hold a block for each lesson, between two remarks. To
make a lesson again replaces its own blocks; what a teacher wrote outside them stays.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any

from framingkit.authoring.cues import questions
from framingkit.authoring.draft import slug
from framingkit.authoring.lesson import Cell, Plan, exercise_rows, lesson_cells, workbook_cells
from framingkit.authoring.questions import lesson_items, workbook_items
from framingkit.authoring.running import KERNEL, formats, written
from framingkit.authoring.texts import document_toml
from framingkit.base import read_text, toml_table, write_atomic
from framingkit.course import COURSE_FILE, Codebook, forget, kit_folder, parse_codebook, read_course
from framingkit.errors import FramingkitError

FOR_TEACHERS = "for-teachers"
"""The folder of a course that learners do not get."""

_DOCS = ("glossary.md", "every-act-as-code.md")


@dataclass(frozen=True, slots=True)
class CourseFolder:
    """The folder of a teacher's course, and where its files lie."""

    path: Path

    @property
    def is_there(self) -> bool:
        """Whether it is a course already."""
        return (self.path / COURSE_FILE).is_file()

    def must_be_there(self) -> None:
        """Refuse a folder that is not a course yet, and say how to make one."""
        if not self.is_there:
            raise FramingkitError(
                f"“{self.path}” is not a course of your own: it has no {COURSE_FILE}. Make one "
                "with: framingkit new-lesson SOURCE -o FOLDER"
            )

    def data(self, name: str) -> Path:
        """Return a file of its data."""
        return self.path / "data" / name

    def notebooks(self, lesson: str) -> list[Path]:
        """Return the lesson and its workbook, as far as they are there."""
        paths = (self.path / folder / f"{lesson}.ipynb" for folder in ("notebooks", "exercises"))
        return [path for path in paths if path.is_file()]

    def lesson_of(self, article: str) -> str:
        """Return the id of the lesson on an article; an empty text if there is none."""
        pattern = f"[0-9][0-9]-{article}.ipynb"
        return next((path.stem for path in self.path.glob(f"notebooks/{pattern}")), "")

    def comparisons(self, article: str) -> list[Path]:
        """Return the lessons that compare an article with others."""
        paths = sorted(self.path.glob("notebooks/[0-9][0-9]-compare-*.ipynb"))
        return [path for path in paths if f'\\"{article}\\"' in read_text(path)]

    def next_number(self) -> str:
        """Return the number of the next lesson.

        Raises
        ------
        FramingkitError
            If a hundred are taken.
        """
        taken = [int(path.name[:2]) for path in self.path.glob("notebooks/[0-9][0-9]-*.ipynb")]
        if max(taken, default=0) > 98:
            raise FramingkitError("This course has a hundred lessons. Begin another course.")
        return f"{max(taken, default=0) + 1:02}"

    def for_teachers(self, name: str) -> Path:
        """Return a file that learners do not get."""
        return self.path / FOR_TEACHERS / name


def folder_named(place: Path, name: str) -> Path:
    """Return the folder of a new course; its name has to be one that every system takes.

    Raises
    ------
    FramingkitError
        If there is no name, or something of that name that is no course.

    Examples
    --------
    >>> folder_named(Path("courses"), "My Ferry!").name
    'my-ferry'
    """
    if not name.strip():
        raise FramingkitError("Give your course a name, such as my-course: it becomes a folder.")
    folder = place / slug(name)
    if folder.exists() and not CourseFolder(folder).is_there:
        only = {path.name for path in folder.iterdir()} if folder.is_dir() else {name}
        if only - {FOR_TEACHERS}:
            raise FramingkitError(
                f"There is something called “{folder.name}” already, and it is no course. Choose "
                "another name."
            )
    return folder


def begin_course(folder: CourseFolder, title: str, article: str, codebook: str) -> None:
    """Make a folder a course, unless it is one."""
    if not folder.is_there:
        id = f"{slug(folder.path.resolve().name, 30)}-{secrets.token_hex(2)}"
        about = "# A course of your own. What learners hand in carries its id: leave it as it is.\n"
        table = {"id": id, "title": title, "article": article, "codebook": codebook}
        write_atomic(folder.path / COURSE_FILE, (about + toml_table(table)).encode())
    forget()


def codebook_for(folder: CourseFolder, source: Path | None) -> tuple[str, bytes]:
    """Return the id and the bytes of the codebook to work with, checked.

    Parameters
    ----------
    folder
        The course. One that is there keeps its codebook.
    source
        A codebook of one's own; without it, that of the course, or else the kit's.

    Raises
    ------
    FramingkitError
        If it cannot be used, or the course has another one.
    """
    kit = kit_folder() / "data" / "codebooks" / "diplomatic-framing.toml"
    mine = read_course(folder.path).codebook if folder.is_there else ""
    copy = folder.data(f"codebooks/{mine}.toml") if mine else kit
    path = source or (copy if copy.is_file() else kit)
    try:
        text = read_text(path)
        codebook = parse_codebook(text)
    except FramingkitError as error:
        raise FramingkitError(f"The codebook “{path.name}” cannot be used. {error}") from None
    if mine and codebook.id != mine:
        raise FramingkitError(
            f"This course works with the codebook “{mine}”, and “{path.name}” is “{codebook.id}”. "
            "Begin another course for it: give another folder with -o."
        )
    return codebook.id, text.encode()


def new_codebook(path: Path, title: str) -> None:
    """Write a codebook to fill in, unless something lies there.

    Raises
    ------
    FramingkitError
        If something does.
    """
    if path.exists():
        raise FramingkitError(f"“{path.name}” is there already. Choose another name with -o.")
    text = read_text(Path(__file__).with_name("templates") / "codebook.toml")
    plain = title.replace("\\", "").replace('"', "'")
    write_atomic(path, Template(text).substitute(id=slug(title), title=plain).encode())


def write_lesson(folder: CourseFolder, plan: Plan, codebook: tuple[str, bytes]) -> list[Path]:
    """Write everything of a lesson; return the two notebooks, which have not been run yet."""
    article = plan.article
    place = folder.data(f"articles/{article.id}")
    write_atomic(place / "article.txt", article.text.encode())
    write_atomic(place / "document.toml", document_toml(article).encode())
    copy = folder.data(f"codebooks/{codebook[0]}.toml")
    if not copy.is_file() or copy.read_bytes() != codebook[1]:
        write_atomic(copy, codebook[1])
    _write_tables(folder, plan)
    for name in _DOCS:
        if not (folder.path / "docs" / name).exists():
            page = (kit_folder() / "docs" / name).read_bytes()
            write_atomic(folder.path / "docs" / name, page)
    asked = questions(article, plan.codebook)
    write_atomic(folder.for_teachers(f"{article.id}.questions.txt"), asked.encode())
    begin_course(folder, article.title, article.id, codebook[0])
    set_aside(folder, plan.lesson)
    lesson = folder.path / "notebooks" / f"{plan.lesson}.ipynb"
    workbook = folder.path / "exercises" / f"{plan.lesson}.ipynb"
    write_notebook(lesson, lesson_cells(plan))
    write_notebook(workbook, workbook_cells(plan))
    return [lesson, workbook]


def set_aside(folder: CourseFolder, lesson: str) -> None:
    """Keep notebooks that are made again, with whatever a teacher changed in them."""
    for path in folder.notebooks(lesson):
        name = f"{path.parent.name}-{path.name}"
        copies = (folder.for_teachers(f"earlier/{number}-{name}") for number in range(1, 1000))
        write_atomic(next(copy for copy in copies if not copy.exists()), path.read_bytes())


def _write_tables(folder: CourseFolder, plan: Plan) -> None:
    """Write questions, exercises, tasks and materials."""
    lesson, id = plan.lesson, plan.article.id
    write_block(folder.data(f"items/{lesson}.toml"), lesson, lesson_items(plan))
    write_block(folder.data(f"items/exercises-{lesson}.toml"), lesson, workbook_items(plan))
    tasks = [{"document": id, "section": section.id} for section in plan.to_tag]
    write_block(folder.data("span-tasks.toml"), lesson, tables("task", tasks))
    rows = [_exercise(row, plan) for row in exercise_rows(plan)]
    write_block(folder.data("exercises.toml"), lesson, tables("exercise", rows))
    about_text = [f"{id}-{name}" for name in ("voices", "show-and-hide", "ending-kind",
                  "another-ending", "argue", "exit-own-words")]  # fmt: skip
    about_text += [f"ex-{id}-plain-sentence", f"ex-{id}-two-headlines"]
    sections = [section.id for section in plan.article.sections]
    material = {"document": id, "sections": sections, "items": about_text}
    write_block(folder.data("materials.toml"), lesson, tables("material", [material]))


def tables(name: str, rows: list[dict[str, Any]]) -> str:
    """Write rows as the tables of ``[[name]]``."""
    return "\n".join(toml_table(row, f"[[{name}]]") for row in rows)


def _exercise(row: Mapping[str, Any], plan: Plan) -> dict[str, Any]:
    names = ("number", "title", "minutes", "level", "marking", "items")
    plain = {name: row[name] for name in names if row[name] != []}
    plain["lesson"] = f"exercises-{plan.lesson}"
    if row.get("section"):
        plain |= {"document": plan.article.id, "section": row["section"]}
    return plain


def write_block(path: Path, name: str, text: str) -> None:
    r"""Write the block of a lesson into a file that may hold others.

    A block ends with a remark. What comes after it, a teacher has written, and it stays.
    """
    begin, end = f"# >>> {name}: made by the kit", f"# <<< {name}"
    block = f"{begin}\n{text.rstrip()}\n{end}\n"
    old = read_text(path) if path.is_file() else ""
    pattern = re.compile(rf"^{re.escape(begin)}\n.*?^{re.escape(end)}\n", re.MULTILINE | re.DOTALL)
    if pattern.search(old):
        new = pattern.sub(lambda _: block, old, count=1)
    else:
        new = f"{old.rstrip()}\n\n{block}".lstrip("\n")
    if new != old:
        write_atomic(path, new.encode())


def write_notebook(path: Path, cells: list[Cell]) -> None:
    """Write a notebook that has not been run."""
    nbformat = formats()
    notebook = nbformat.v4.new_notebook(
        metadata={"kernelspec": KERNEL, "language_info": {"name": "python"}}
    )
    for cell in cells:
        make = nbformat.v4.new_code_cell if cell.is_code else nbformat.v4.new_markdown_cell
        metadata = {**cell.metadata, "tags": [cell.tag]}
        notebook.cells.append(make(cell.source.strip("\n"), id=cell.id, metadata=metadata))
    nbformat.validate(notebook)
    write_atomic(path, written(notebook))


def codebook_of(content: bytes) -> Codebook:
    """Read the codebook that is copied into a course."""
    return parse_codebook(content.decode())
