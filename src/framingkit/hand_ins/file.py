"""A class: what all its learners tagged and answered, in one file that is read line by line.

The file ``class.jsonl.gz`` is gzipped UTF-8, the same bytes for the same class. Its first line is
the header: format, schema, the versions of the texts that were tagged, and counts. One line for
each learner follows, sorted by code name. Of a person's own names it holds at most the id that the
school's platform put into the name of the file, so that marks can go back.
"""

import gzip
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import replacing, shown
from framingkit.course import AnnotationSet, Document, Span
from framingkit.errors import FramingkitError
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


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class on disk; iterating reads one learner after the other.

    ``items`` are the kit's questions that somebody answered, sorted, with “class-name” if somebody
    named a class. In a ``shared`` copy each
    learner is only what one person tagged in one section.
    """

    path: Path
    texts: tuple[ClassText, ...]
    items: tuple[str, ...]
    learners: int
    hand_ins: int
    shared: bool = False

    def __len__(self) -> int:
        return self.learners

    def __iter__(self) -> Iterator[Learner]:
        lines, limits = read_lines(self.path), limits_of(self.texts)
        next(lines)
        before, count = "", 0
        same: set[str] = set()
        for count, line in enumerate(lines, start=1):
            try:
                learner = learner_of(parse_line(line, keys_of), limits)
            except ValueError as error:
                raise damaged(self.path, count + 1, str(error)) from None
            name = learner.code_name
            if name != before:
                same.clear()
            if name < before or learner.coder in same or count > self.learners:
                raise damaged(self.path, count + 1, self._misplaced(learner, before, same))
            before = name
            same.add(learner.coder)
            yield learner
        if count < self.learners:
            reason = f"it names {self.learners:,} learners, and there are only {count:,}"
            raise damaged(self.path, 1, reason)

    def _misplaced(self, learner: Learner, before: str, same: set[str]) -> str:
        """Say why a learner cannot come here."""
        if learner.coder in same:
            return f"{learner.coder!r} comes twice"
        if learner.code_name < before:
            return f"{learner.coder!r} comes after {before!r}, but code names go from a to z"
        return f"the first line names {self.learners:,} learners, and there are more"

    def tags_on(self, version: TextVersion) -> Iterator[tuple[str, LearnerTags]]:
        """Give the code name of each learner who tagged a version of a text, with the tags."""
        numbers = {number for number, text in enumerate(self.texts) if text.version == version}
        for learner in self:
            for tags in learner.tags:
                if tags.text in numbers and tags.start:
                    yield learner.coder, tags


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
        if _is_ours(header):
            return _header(header, path)
    except ValueError as error:
        raise damaged(path, 1, str(error)) from None
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
    return ClassFile(path, texts, items, learners, hand_ins, shared)


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
