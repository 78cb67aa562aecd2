"""A class: what all its learners tagged and answered, in one file that is read line by line.

The file ``class.jsonl.gz`` is gzipped UTF-8. Its first line is the header: format, schema,
the versions of the texts that were tagged, and counts. One line for each learner follows,
sorted by code name. Nothing in it names a person.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framingkit.annotations import AnnotationSet
from framingkit.answers import TextVersion, is_code_name
from framingkit.errors import FramingkitError
from framingkit.spans import Span
from framingkit.visible import shown

FORMAT, SCHEMA = "framingkit class", 1
_LONGEST_LINE = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ClassText:
    """One version of a text that was tagged with one version of a codebook.

    ``known`` is True if this kit has both; then every tag was checked against the text, and
    quotes are left out, because the text has them.
    """

    version: TextVersion
    known: bool
    learners: int


@dataclass(frozen=True, slots=True)
class LearnerTags:
    """One learner's tags on one text, as columns: one entry of each for a tag.

    ``text`` is the place of the text in the class's ``texts``. ``quote``, ``note`` and
    ``confidence`` are empty if no tag has one.
    """

    text: int
    start: list[int]
    end: list[int]
    label: list[str]
    quote: list[str]
    note: list[str]
    confidence: list[int | None]

    def annotation_set(self, document_id: str, coder: str) -> AnnotationSet:
        """Return the tags as spans."""
        empty = len(self.start)
        rows = zip(
            self.start, self.end, self.label, self.quote or [""] * empty,
            self.note or [""] * empty, self.confidence or [None] * empty, strict=True,
        )  # fmt: skip
        return AnnotationSet(document_id, coder, tuple(Span(*row) for row in rows))


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner: the code name, the acts behind the answers, tags by text, responses by item."""

    coder: str
    operations: int
    tags: tuple[LearnerTags, ...]
    responses: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Class:
    """A class file; iterating reads one learner after the other from disk.

    ``items`` are the kit's questions that somebody answered, sorted.
    """

    path: Path
    texts: tuple[ClassText, ...]
    items: tuple[str, ...]
    learners: int
    hand_ins: int

    def __len__(self) -> int:
        return self.learners

    def __iter__(self) -> Iterator[Learner]:
        lines = _lines(self.path)
        next(lines)
        count = 0
        for count, line in enumerate(lines, start=1):
            yield _learner(line, self.path, count + 1)
        if count != self.learners:
            raise _damaged(self.path, count + 1, f"it names {self.learners} learners")


def read_class(path: Path) -> Class:
    """Open a class file; learners are read from disk while iterating.

    Raises
    ------
    FramingkitError
        If it is not a class file, is damaged, or was made by a newer framingkit. While
        iterating, the sentence names the line.
    """
    header = _parse(next(_lines(path), b""), path, 1)
    if header.get("format") != FORMAT:
        raise FramingkitError(
            f"“{path.name}” is not a class file. Make one with “framingkit collect FOLDER”."
        )
    if header.get("schema") != SCHEMA:
        raise FramingkitError(
            f"“{path.name}” has class version {header.get('schema')!r:.20}; this kit reads version "
            f"{SCHEMA}. Update framingkit, or collect the class again."
        )
    try:
        texts = tuple(
            ClassText(TextVersion(**one["version"]), bool(one["known"]), int(one["learners"]))
            for one in header["texts"]
        )
        items = tuple(str(item) for item in header["items"])
        return Class(path, texts, items, int(header["learners"]), int(header["hand_ins"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, 1, f"{type(error).__name__}: {error}") from None


def is_class_name(name: str) -> bool:
    """Tell whether a learner of a class file can have this name, and a file too.

    Examples
    --------
    >>> is_class_name("amber-heron-417"), is_class_name("amber-heron-417.2")
    (True, True)
    """
    first, _, number = name.partition(".")
    return is_code_name(first) and (first == name or bool(re.fullmatch("[1-9][0-9]?", number)))


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path, "rb") as file:
            while line := file.readline(_LONGEST_LINE):
                yield line
    except FileNotFoundError:
        raise FramingkitError(
            f"There is no class file “{path.name}”. Make one with “framingkit collect FOLDER”."
        ) from None
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise FramingkitError(
            f"“{path.name}” cannot be read as a class file ({reason}). Collect the class again."
        ) from None


def _parse(line: bytes, path: Path, number: int) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise _damaged(path, number, "it is not a line of JSON")
    return data


def _learner(line: bytes, path: Path, number: int) -> Learner:
    data = _parse(line, path, number)
    try:
        coder, responses = data["coder"], data["responses"]
        if not is_class_name(coder):
            raise ValueError(f"a learner cannot be called {shown(str(coder), 80)!r}")
        if not all(isinstance(one, dict) for one in responses.values()):
            raise ValueError("a response is not an object")
        tags = tuple(_tags(one) for one in data["tags"])
        return Learner(coder, int(data["operations"]), tags, responses)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, number, f"{type(error).__name__}: {error}") from None


def _tags(data: dict[str, Any]) -> LearnerTags:
    columns = [data["start"], data["end"], data["label"]]
    size = len(columns[0])
    columns += [data.get(name) or [] for name in ("quote", "note", "confidence")]
    if any(len(one) != size for one in columns[:3]) or any(
        len(one) not in (0, size) for one in columns[3:]
    ):
        raise ValueError("the columns of the tags have different lengths")
    return LearnerTags(int(data["text"]), *columns)


def _damaged(path: Path, number: int, reason: str) -> FramingkitError:
    return FramingkitError(
        f"“{path.name}” is damaged at line {number}: {reason}. Collect the class again."
    )
