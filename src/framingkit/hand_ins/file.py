"""A class: what all its learners tagged and answered, in one file that is read line by line.

The file ``class.jsonl.gz`` is gzipped UTF-8, the same bytes for the same class. Its first line is
the header: format, schema, the versions of the texts that were tagged, and counts. One line for
each learner follows, sorted by code name. Of a person's own names it holds at most the id that the
school's platform put into the name of the file, so that marks can go back.
"""

import gzip
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, islice, zip_longest
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import replacing, shown
from framingkit.course import AnnotationSet, Document, Span
from framingkit.errors import FramingkitError
from framingkit.hand_ins.answers import AnswerBook
from framingkit.hand_ins.learners import (
    NAME,
    ClassText,
    Learner,
    LearnerTags,
    entries,
    keys_of,
    learner_of,
    limits_of,
    text_of,
    told,
    whole,
)
from framingkit.hand_ins.lines import damaged, parse_line, read_lines
from framingkit.hand_ins.other_courses import refuse_another
from framingkit.work import TextVersion

CLASS_FILE = "class.jsonl.gz"
"""What a class file is called unless somebody gives it another name."""

CLASS_FORMAT, CLASS_VERSION = "framingkit class", 1

SMALLEST_GROUP = 5
"""With fewer learners no counts are shown: they would show who tagged what."""

MOST_LEARNERS = 10_000_000
"""No class is larger; a file that says so was made to do harm."""

_LEVEL = 4  # of compression: higher ones take much more time for few bytes
_BLOCK = 1 << 18
_CODER = re.compile(rb'\{"coder":"([\w.@-]+)",')


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class on disk; iterating reads one learner after the other.

    ``items`` are the kit's questions that somebody answered, sorted, with “class-name” if somebody
    named a class. In a ``shared`` copy each learner is only what one person tagged in one section.
    ``course`` is the id of a teacher's own course.
    """

    path: Path
    texts: tuple[ClassText, ...]
    items: tuple[str, ...]
    learners: int
    hand_ins: int
    shared: bool = False
    course: str = ""

    def __len__(self) -> int:
        return self.learners

    def __iter__(self) -> Iterator[Learner]:
        book, order = AnswerBook(), _Order(self)
        lines = read_lines(self.path)
        next(lines)
        for learner in self.learners_in(lines, 2, book):
            order.check(learner.coder)
            yield learner
        order.finish()

    def blocks(self, size: int) -> Iterator[tuple[int, list[bytes]]]:
        """Give the lines of learners, some at a time, each time with the number of the first.

        What order they are in is checked here, and what is in them by `learners_in`.

        Raises
        ------
        FramingkitError
            If the class file is damaged.
        """
        order = _Order(self)
        lines = read_lines(self.path)
        next(lines)
        while block := list(islice(lines, size)):
            first = order.count + 2
            for number, line in enumerate(block, start=first):
                order.check(self._coder(line, number))
            yield first, block
        order.finish()

    def _coder(self, line: bytes, number: int) -> str:
        """Name the learner of a line without taking it apart, if the kit wrote it."""
        if found := _CODER.match(line):
            return found[1].decode()
        [learner] = self.learners_in([line], number, AnswerBook())
        return learner.coder

    def learners_in(
        self, lines: Iterable[bytes], first: int, book: AnswerBook
    ) -> Iterator[Learner]:
        """Take lines apart, of which the first has this number in the file.

        Raises
        ------
        FramingkitError
            If one is damaged; the sentence names it.
        """
        limits = limits_of(self.texts)
        for number, line in enumerate(lines, start=first):
            try:
                yield learner_of(book.data_of(line) or parse_line(line, keys_of), limits)
            except ValueError as error:
                raise damaged(self.path, number, str(error)) from None

    def tags_on(self, version: TextVersion) -> Iterator[tuple[str, LearnerTags]]:
        """Give the code name of each learner who tagged a version of a text, with the tags."""
        numbers = {number for number, text in enumerate(self.texts) if text.version == version}
        for learner in self:
            for tags in learner.tags:
                if tags.text in numbers and tags.start:
                    yield learner.coder, tags


class _Order:
    """Sees to it that the learners of a file come by code name, each once, and none is missing."""

    def __init__(self, class_file: ClassFile) -> None:
        self.path, self.learners, self.count = class_file.path, class_file.learners, 0
        self._before, self._same = "", set[str]()

    def check(self, coder: str) -> None:
        """Refuse a learner who cannot come here."""
        self.count += 1
        name = coder.partition(".")[0]
        if name != self._before:
            self._same.clear()
        if name < self._before or coder in self._same or self.count > self.learners:
            raise damaged(self.path, self.count + 1, self._misplaced(coder, name))
        self._before = name
        self._same.add(coder)

    def _misplaced(self, coder: str, name: str) -> str:
        """Say why a learner cannot come here."""
        if coder in self._same:
            return f"{coder!r} comes twice"
        if name < self._before:
            return f"{coder!r} comes after {self._before!r}, but code names go from a to z"
        return f"the first line names {self.learners:,} learners, and there are more"

    def finish(self) -> None:
        """Refuse a file that ends too soon."""
        if self.count < self.learners:
            reason = f"it names {self.learners:,} learners, and there are only {self.count:,}"
            raise damaged(self.path, 1, reason)


def read_class(path: str | Path) -> ClassFile:
    """Open a class file that was collected before; learners are read while iterating.

    Parameters
    ----------
    path
        What ``framingkit collect`` wrote.

    Raises
    ------
    FramingkitError
        If it is not a class file, is damaged, or was made by a newer framingkit. While
        iterating, the sentence names the line.
    """
    path = Path(path)
    line = next(read_lines(path), b"")
    try:
        header = parse_line(line)
        made = _header(header, path) if _is_ours(header) else None
    except ValueError as error:
        raise damaged(path, 1, str(error)) from None
    if made is not None:
        refuse_another(made.course, path.name)
        return made
    if header.get("format") != CLASS_FORMAT:
        raise FramingkitError(
            f"“{shown(path.name)}” is not a class file. Make one with “framingkit collect FOLDER”."
        )
    raise FramingkitError(
        f"“{shown(path.name)}” has class version {told(header.get('schema'))}; this kit reads "
        f"version {CLASS_VERSION}. Update framingkit, or collect the class again."
    )


def _is_ours(header: dict[str, Any]) -> bool:
    version = header.get("schema")
    return header.get("format") == CLASS_FORMAT and version == CLASS_VERSION and version is not True


def _header(header: dict[str, Any], path: Path) -> ClassFile:
    learners = whole(header, "learners", MOST_LEARNERS)
    texts = tuple(text_of(text, learners) for text in entries(header, "texts", dict))
    items = tuple(entries(header, "items", str))
    if len({text.version for text in texts}) < len(texts):
        raise ValueError("a text version comes twice")
    if not all(map(NAME.fullmatch, items)):
        raise ValueError("a question has no proper name")
    hand_ins, shared = whole(header, "hand_ins", MOST_LEARNERS), header.get("shared", False)
    if type(shared) is not bool:
        raise ValueError("it does not say whether it is a shared copy")
    name = header.get("course", "")
    if not isinstance(name, str) or (name and not course.is_course_id(name)):
        raise ValueError("it does not name a course as it should")
    return ClassFile(path, texts, items, learners, hand_ins, shared, name)


def write_class(
    class_file: ClassFile, learners: Iterable[tuple[str, str]], mode: int = 0o600
) -> None:
    """Write a class file to its path.

    Parameters
    ----------
    class_file
        The contents of the header.
    learners
        For each learner the code name, and tags and responses as JSON text.
    mode
        Who may read the file, as far as the system allows it: by default only its owner.

    Raises
    ------
    FramingkitError
        If the disk is full or may not be written; an old file is untouched.
    """
    header = {
        "format": CLASS_FORMAT, "schema": CLASS_VERSION,
        "learners": class_file.learners, "hand_ins": class_file.hand_ins,
        "texts": [asdict(text) for text in class_file.texts], "items": list(class_file.items),
    } | ({"shared": True} if class_file.shared else {})  # fmt: skip
    header |= {"course": class_file.course} if class_file.course else {}
    # Without a clock and a name, gzip writes the same bytes each time.
    with (
        replacing(class_file.path, mode) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.BufferedWriter(packed, _BLOCK) as lines,
    ):
        lines.write(f"{compact_json(header)}\n".encode())
        for coder, content in learners:
            lines.write(f'{{"coder":"{coder}",{content[1:]}\n'.encode())


def compact_json(data: dict[str, Any]) -> str:
    """Write plain data as one line of JSON without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def class_sets(class_file: ClassFile, document: Document) -> list[AnnotationSet]:
    """Read what a class tagged on this version of a text.

    Raises
    ------
    FramingkitError
        If nobody tagged it.
    """
    version = TextVersion.of(document, course.load_codebook())
    if version not in [text.version for text in class_file.texts]:
        raise FramingkitError(
            f"Nobody in “{class_file.path.name}” tagged this version of {document.id!r}. "
            "Choose a text that the class tagged."
        )
    tags_on = class_file.tags_on(version)
    if class_file.shared:
        return _put_together(document, [tags.spans for _, tags in tags_on])
    return [tags.annotation_set(document.id, coder) for coder, tags in tags_on]


def _put_together(document: Document, rows: list[tuple[Span, ...]]) -> list[AnnotationSet]:
    """Make as many sets as there were learners, each of one row of each section, whosoever."""
    sections: list[list[tuple[Span, ...]]] = [[] for _ in document.sections]
    for row in rows:
        for section, part in zip(document.sections, sections, strict=True):
            spans = tuple(span for span in row if section.start <= span.start < section.end)
            part += [spans] if spans else []
    readers = enumerate(zip_longest(*sections, fillvalue=()), start=1)
    return [
        AnnotationSet(document.id, f"reader-{number}", tuple(chain.from_iterable(parts)))
        for number, parts in readers
    ]
