"""Whether a course is ready for learners: every part of it looked at, in one table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from framingkit.authoring.course_files import CourseFolder
from framingkit.authoring.running import differences, read_notebook
from framingkit.base import counted
from framingkit.course import (
    Codebook,
    Document,
    NearMiss,
    Reference,
    ReferenceSpan,
    check_quote,
    codes_on_offer,
    forget,
    kit_folder,
    lesson_parts,
    load_article,
    load_codebook,
    load_exercises,
    load_items,
    load_reference,
    working_on,
)
from framingkit.errors import FramingkitError

GOOD, LOOK, WRONG = "ok", "look", "wrong"
_FEWEST_ENTRIES = 5
_EMPTY_LINK_WORDS = {"here", "link", "this", "click here", "read more"}
_PICTURE = re.compile(r"<img\b(?![^>]*\balt=\"[^\"]+\")|!\[\s*\]\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was looked at: “ok”, “look” (it works, and may be better) or “wrong”."""

    state: str
    what: str
    says: str


def check_course(folder: Path, run: bool = True) -> list[Row]:
    """Look at everything in a course.

    Parameters
    ----------
    folder
        The course.
    run
        Whether its notebooks are run again, which takes some seconds for each.

    Raises
    ------
    FramingkitError
        If the folder is no course.
    """
    CourseFolder(folder).must_be_there()
    forget()
    with working_on(folder):
        try:
            codebook = load_codebook()
        except FramingkitError as error:
            return [Row(WRONG, "codebook", str(error))]
        rows = [Row(GOOD, "codebook", _about(codebook))]
        # lessons of the kit that lie in the folder too are checked by the kit
        own = CourseFolder(folder).data("items")
        names = (path.stem for path in folder.glob("notebooks/[0-9][0-9]-*.ipynb"))
        lessons = sorted(name for name in names if (own / f"{name}.toml").is_file())
        if not lessons:
            rows.append(Row(WRONG, "lessons", "There is no lesson in the folder “notebooks”."))
        for lesson in lessons:
            rows += _lesson(folder, lesson, codebook, run)
    return rows


def _about(codebook: Codebook) -> str:
    devices = counted(len(codebook.devices), "device")
    return f"{codebook.title}: {devices}, {counted(len(codebook.frames), 'frame')}."


def _lesson(folder: Path, lesson: str, codebook: Codebook, run: bool) -> Iterator[Row]:
    for id in _articles(lesson):
        yield from _article(folder, id, codebook)
    yield from _questions(lesson)
    for path in CourseFolder(folder).notebooks(lesson):
        name = f"{path.parent.name}/{path.stem[:2]}"
        yield from _accessibility(path, name)
        if run:
            yield from _outputs(path, name)


def _articles(lesson: str) -> list[str]:
    """Name the texts that a lesson lets learners tag, and that are not the kit's."""
    ids = dict.fromkeys(id for part in lesson_parts(lesson) for id, _ in part.tagged)
    kit = kit_folder() / "data" / "articles"
    return [id for id in ids if not (kit / id).exists()]


def _article(folder: Path, id: str, codebook: Codebook) -> Iterator[Row]:
    try:
        article = load_article(id)
    except FramingkitError as error:
        yield Row(WRONG, "article", str(error))
        return
    missing = [
        name for name in ("source", "date", "language", "rights") if not getattr(article, name)
    ]
    words = counted(len(article.text.split()), "word")
    said = f"{article.title}: {words} in {counted(len(article.sections), 'part')}."
    yield Row(GOOD, "article", said)
    if missing:
        yield Row(WRONG, "about it", f"document.toml does not say: {', '.join(missing)}.")
    yield from _reading(folder, article, codebook)


def _reading(folder: Path, article: Document, codebook: Codebook) -> Iterator[Row]:
    path = CourseFolder(folder).data(f"annotations/{article.id}.reference.toml")
    if not path.is_file():
        yield Row(
            LOOK, "reading", "There is no reference reading: learners cannot compare their tags. "
            "Tag the text in the lesson, then: framingkit reading",
        )  # fmt: skip
        return
    try:
        reading = load_reference(path)
    except FramingkitError as error:
        yield Row(WRONG, "reading", str(error))
        return
    faults = [*_anchors(reading, article)]
    count = counted(len(reading.spans), "entry", "entries")
    yield Row(WRONG if faults else GOOD, "anchors", " ".join(faults) or f"{count} on their words.")
    labels = _labels(reading, codebook)
    yield Row(WRONG if labels else GOOD, "labels", " ".join(labels) or "All are in the codebook.")
    yield _near_misses(reading)
    yield from _thin(reading, article)


def _anchors(reading: Reference, article: Document) -> Iterator[str]:
    sections = {section.id for section in article.sections}
    marked: list[ReferenceSpan | NearMiss] = [*reading.spans, *reading.near_misses]
    for one in marked:
        try:
            check_quote(one.span, article.text)
        except FramingkitError as error:
            yield str(error)
        if one.section not in sections:
            yield f"{one.span.quote[:40]!r} names the part {one.section!r}, which is not there."
    if reading.document_id != article.id:
        yield f"It is a reading of {reading.document_id!r}."


def _labels(reading: Reference, codebook: Codebook) -> list[str]:
    known = {code.id for code in codebook.devices}
    frames = {code.id for code in codebook.frames}
    used = {one.span.label for one in reading.spans}
    used |= {one.span.label for one in reading.near_misses}
    used |= {label for entry in reading.spans for label in entry.accepts}
    named = {id for one in reading.section_frames for id in (one.primary, *one.secondary) if id}
    unknown = sorted((used - known) | (named - frames))
    return [f"The codebook has no {', '.join(map(repr, unknown))}."] if unknown else []


def _near_misses(reading: Reference) -> Row:
    if reading.near_misses:
        return Row(GOOD, "near misses", f"{len(reading.near_misses)}.")
    return Row(
        LOOK, "near misses", "There is none. A near miss shows where a rule ends: tag one, with a "
        "note that begins with “near miss:”, and make the reading again.",
    )  # fmt: skip


def _thin(reading: Reference, article: Document) -> Iterator[Row]:
    tagged = {section for id, section in codes_on_offer() if id == article.id}
    bare = [
        one.title for one in article.sections if one.id in tagged and not reading.within(one.id)
    ]
    if bare:
        yield Row(LOOK, "reading", f"Nothing in {', '.join(bare)}: plain on purpose?")
    if len(reading.spans) < _FEWEST_ENTRIES:
        yield Row(LOOK, "reading", "Fewer than five entries: there is little to compare with.")


def _questions(lesson: str) -> Iterator[Row]:
    faults, count = [], 0
    # a lesson that compares texts has no workbook
    for id in (lesson, *[f"exercises-{lesson}"] * bool(lesson_parts(f"exercises-{lesson}"))):
        try:
            bank = {item.id for item in load_items(id)}
        except FramingkitError as error:
            faults.append(str(error))
            continue
        asked = {item for part in lesson_parts(id) for item in part.items}
        count += len(asked)
        faults += [f"{one!r} is asked, and is not in the bank." for one in sorted(asked - bank)]
        faults += [f"{one!r} is in the bank, and is never asked." for one in sorted(bank - asked)]
    try:
        load_exercises()
    except FramingkitError as error:
        faults.append(str(error))
    said = f"{counted(count, 'question')}, each with its reasons."
    yield Row(WRONG if faults else GOOD, "items", " ".join(faults) or said)


def _accessibility(path: Path, name: str) -> Iterator[Row]:
    content = read_notebook(path)
    faults = [*_headings(content), *_links(content, path)]
    texts = [cell.source for cell in content.cells if cell.cell_type == "markdown"]
    pages = [str(one.get("data", {}).get("text/html", "")) for cell in content.cells
             for one in cell.get("outputs", [])]  # fmt: skip
    without = sum(bool(_PICTURE.search(text)) for text in [*texts, *pages])
    faults += [f"{counted(without, 'picture')} without words for those who do not see it."] * (
        without > 0
    )
    said = " ".join(faults) or "Headings, pictures and links can be followed."
    yield Row(WRONG if faults else GOOD, f"access {name}", said)


def _headings(content: Any) -> Iterator[str]:
    found = [
        (len(marks), words)
        for cell in content.cells
        if cell.cell_type == "markdown"
        for marks, words in re.findall(r"^(#+) (.+)$", cell.source, re.MULTILINE)
    ]
    levels = [level for level, _ in found]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield "It needs one title (“# …”), at the top."
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield "A level of headings is skipped."
    words = [words for _, words in found]
    for twin in sorted({one for one in words if words.count(one) > 1}):
        yield f"The heading “{twin}” is there twice."


def _links(content: Any, path: Path) -> Iterator[str]:
    for cell in content.cells:
        if cell.cell_type != "markdown":
            continue
        for words, target in re.findall(r"(?<!\\)\[([^\]]+)\]\(([^)]+)\)", cell.source):
            if words.lower() in _EMPTY_LINK_WORDS:
                yield f"The link “{words}” does not say where it leads."
            file = target.partition("#")[0]
            if file and "://" not in target and not (path.parent / file).exists():
                yield f"The link “{words}” leads to {file}, which is not there."


def _outputs(path: Path, name: str) -> Iterator[Row]:
    faults = differences(path)
    more = f" And {len(faults) - 2} more." if len(faults) > 2 else ""
    said = "; ".join(faults[:2]) + f".{more} Run it again: framingkit run-again" if faults else ""
    yield Row(WRONG if faults else GOOD, f"outputs {name}", said or "What it shows is stored.")


def table_of(rows: list[Row]) -> list[str]:
    """Write the rows as lines of a table, with a last line that sums up."""
    width = max(len(row.what) for row in rows)
    lines = [f"{row.state:<6} {row.what:<{width}}  {row.says}" for row in rows]
    wrong = sum(row.state == WRONG for row in rows)
    look = sum(row.state == LOOK for row in rows)
    if wrong:
        last = f"Not ready: {counted(wrong, 'thing')} to put right."
    else:
        last = "Ready for learners." + f" {counted(look, 'hint')} (look)." * (look > 0)
    return [*lines, last]
