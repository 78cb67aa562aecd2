"""From a file to a lesson: the steps that a command and a notebook both go through."""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from framingkit.authoring.course_files import CourseFolder, codebook_for, codebook_of, write_lesson
from framingkit.authoring.draft import ABOUT, Draft, drafted, slug
from framingkit.authoring.lesson import Plan
from framingkit.authoring.own_questions import own_questions
from framingkit.authoring.preview import is_preview, preview, read_preview
from framingkit.authoring.running import execute
from framingkit.authoring.sources import read_source
from framingkit.authoring.texts import article_of, tagged_in
from framingkit.base import counted, read_text, write_atomic
from framingkit.course import kit_folder, read_course
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Previewed:
    """A preview that was written, or one that was there: what it holds, and what to say of it."""

    path: Path
    draft: Draft
    sentences: tuple[str, ...]


def begin(
    source: Path, folder: Path, about: dict[str, str], encoding: str = "", fresh: bool = False
) -> Previewed:
    """Read a source and write its preview; a preview that is there is read, and never replaced.

    Parameters
    ----------
    source
        A .txt, .md, .html or .docx file, or the preview itself.
    folder
        The course, which need not be there yet.
    about
        What is known of the text: title, source, date, language, rights. It goes into the preview.
    encoding
        Of the source, if it is not UTF-8.
    fresh
        Whether the preview of an earlier run is left aside.
    """
    if source.is_file() and source.suffix == ".txt" and is_preview(_start(source)):
        return _read_again(source, about)
    path = CourseFolder(folder).for_teachers(f"{slug(source.stem)}.preview.txt")
    if path.is_file() and not fresh:
        return _read_again(path, about)
    found = read_source(source, encoding)
    draft, doubtful = drafted(found, about)
    write_atomic(path, preview(draft, doubtful, found.warnings).encode())
    return Previewed(path, draft, (*found.warnings, *_said(draft)))


def _start(source: Path) -> str:
    return source.read_bytes()[:4000].decode("utf-8", "replace")


def _read_again(path: Path, about: dict[str, str]) -> Previewed:
    draft = read_preview(read_text(path))
    for name in ABOUT:
        draft.about[name] = about.get(name) or draft.about.get(name, "")
    return Previewed(path, draft, _said(draft))


def _said(draft: Draft) -> tuple[str, ...]:
    """Say what a draft holds."""
    words = sum(part.words for part in draft.parts)
    said = [f"{counted(words, 'word')} in {counted(len(draft.parts), 'part')}."]
    if draft.doubtful:
        said.append(
            f"{counted(len(draft.doubtful), 'line')} may not belong to the article, and "
            f"{'is' if len(draft.doubtful) == 1 else 'are'} left out (“??” in the preview)."
        )
    if draft.proposed:
        said.append("It has no headings, so its parts are a proposal. Look at them in the preview.")
    return tuple(said)


@dataclass(frozen=True, slots=True)
class Made:
    """A lesson that was made: its id, its notebooks, and what to say of it."""

    lesson: str
    notebooks: tuple[Path, ...]
    sentences: tuple[str, ...]


def make_lesson(
    draft: Draft, folder: Path, codebook: Path | None = None, again: bool = False
) -> Made:
    """Make the lesson and the workbook for a draft, and run both.

    Parameters
    ----------
    draft
        The text, corrected, with everything said about it.
    folder
        The course.
    codebook
        A codebook of one's own.
    again
        Whether a lesson on this text that is there is replaced, and its article with it.

    Raises
    ------
    FramingkitError
        If something is missing, or such a lesson is there already.
    """
    course = CourseFolder(folder)
    id = _article_id(draft, course)
    lesson = course.lesson_of(id)
    if lesson and not again:
        raise FramingkitError(
            f"The lesson {lesson} on this text is there already. To make it again from the "
            "corrected preview, say so (--again, or “Make it again” at the desk). Tags go along "
            "where their words still tell where they belong; the others wait above the tagger. So "
            "it is best done before learners begin."
        )
    book = codebook_for(course, codebook)
    plan = Plan(lesson[:2] or course.next_number(), article_of(draft, id), codebook_of(book[1]), ())
    return _make(course, _with_choices(plan, draft, course), book)


def _article_id(draft: Draft, course: CourseFolder) -> str:
    """Name the article; an id of the kit would hide the kit's own text."""
    id = slug(draft.about.get("title") or "text", 24)
    return f"own-{id}" if (kit_folder() / "data" / "articles" / id).exists() else id


def _with_choices(plan: Plan, draft: Draft, course: CourseFolder) -> Plan:
    """Add the parts that are tagged, and the questions that the teacher wrote before."""
    tagged, own = tagged_in(draft, plan.article), own_questions(course, plan.lesson)
    return replace(plan, tagged=tagged, own=own)


def _make(course: CourseFolder, plan: Plan, book: tuple[str, bytes]) -> Made:
    began = time.monotonic()
    notebooks = write_lesson(course, plan, book)
    for path in notebooks:
        execute(path)
    seconds = time.monotonic() - began
    level = plan.level.sentences_about()
    parts = ", ".join(section.title for section in plan.to_tag)
    said = [
        f"Made lesson {plan.lesson} in {seconds:.0f} seconds: "
        + " and ".join(str(path.relative_to(course.path)) for path in notebooks) + ".",
        *level,
        f"Learners tag: {parts}. To choose others, move the stars, and make the lesson again.",
        f"Questions for you alone, from the cue lists: for-teachers/{plan.article.id}.questions.txt"
    ]  # fmt: skip
    return Made(plan.lesson, tuple(notebooks), tuple(said))


def run_again(folder: Path, article: str) -> list[Path]:
    """Run the notebooks of a lesson again, after its reading or its questions have changed."""
    course = CourseFolder(folder)
    notebooks = course.notebooks(course.lesson_of(article)) + course.comparisons(article)
    for path in notebooks:
        execute(path)
    return notebooks


def default_article(folder: Path) -> str:
    """Return the article of a course.

    Raises
    ------
    FramingkitError
        If the folder is no course.
    """
    CourseFolder(folder).must_be_there()
    return read_course(folder).article
