"""A class: what all its learners tagged and answered, in one file that is read line by line.

The file ``class.jsonl.gz`` is gzipped UTF-8, the same bytes for the same class. Its first line is
the header: format, schema, the versions of the texts that were tagged, and counts. One line for
each learner follows, sorted by code name. Nothing in it names a person. A copy for learners holds
places and codes of tags, and nothing else.
"""

import gzip
import heapq
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import counted, replacing, shown
from framingkit.course import AnnotationSet, Document, Span
from framingkit.errors import FramingkitError
from framingkit.work import TextVersion, is_code_name

CLASS_FORMAT, CLASS_VERSION = "framingkit class", 1

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
    if header.get("format") != CLASS_FORMAT:
        raise FramingkitError(
            f"“{path.name}” is not a class file. Make one with “framingkit collect FOLDER”."
        )
    if header.get("schema") != CLASS_VERSION:
        raise FramingkitError(
            f"“{path.name}” has class version {header.get('schema')!r:.20}; this kit reads version "
            f"{CLASS_VERSION}. Update framingkit, or collect the class again."
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


_LEVEL = 4  # of compression: higher ones take much more time for few bytes
_BLOCK = 1 << 18


def write_class(found: Class, learners: Iterable[tuple[str, str]]) -> None:
    """Write a class file to the path of `found`.

    Parameters
    ----------
    found
        What the header says.
    learners
        For each learner the code name, and tags and responses as JSON text.

    Raises
    ------
    FramingkitError
        If the disk is full or may not be written; an old file is untouched.
    """
    header = {
        "format": CLASS_FORMAT, "schema": CLASS_VERSION,
        "learners": found.learners, "hand_ins": found.hand_ins,
        "texts": [asdict(text) for text in found.texts], "items": list(found.items),
    }  # fmt: skip
    # Without a clock and a name, gzip writes the same bytes each time.
    with (
        replacing(found.path) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.BufferedWriter(packed, _BLOCK) as lines,
    ):
        lines.write(_packed_line(header))
        for coder, content in learners:
            lines.write(f'{{"coder":"{coder}",{content[1:]}\n'.encode())


def _packed_line(data: dict[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def by_code_name(*classes: Class) -> Iterator[tuple[tuple[Learner, ...], ...]]:
    """Give, for each code name, the learners of each class who use it.

    Several learners of one class may share a name; then nobody can say who is who.

    Raises
    ------
    FramingkitError
        If a class file is damaged or its learners are not in order.
    """
    rows = heapq.merge(*(_named(one, place) for place, one in enumerate(classes)),
                       key=itemgetter(0))  # fmt: skip
    for _, group in groupby(rows, key=itemgetter(0)):
        found: list[list[Learner]] = [[] for _ in classes]
        for _, place, learner in group:
            found[place].append(learner)
        yield tuple(map(tuple, found))


def _named(learners: Class, place: int) -> Iterable[tuple[str, int, Learner]]:
    before = ""
    for learner in learners:
        name = learner.coder.partition(".")[0]
        if name < before:
            raise FramingkitError(
                f"“{learners.path.name}” is damaged: {name!r} comes after {before!r}, but code "
                "names have to be in order. Collect the class again."
            )
        before = name
        yield name, place, learner


SMALLEST_GROUP = 5
"""No group with fewer learners is broken down."""

"""With fewer learners no counts are shown: they would show who tagged what."""


def share_class(source: Path, target: Path) -> list[str]:
    """Write a copy of a class file without answers, notes and code names; say what is in it.

    The learners are numbered in an order that follows from their tags, so that no place in the
    file tells who somebody is. Tags on texts that the kit does not have are left out.

    Parameters
    ----------
    source
        What ``framingkit collect`` has written.
    target
        The file to write.

    Raises
    ------
    FramingkitError
        If the class cannot be read, fewer than five learners tagged a text of the kit, or the
        file cannot be written.
    """
    found = read_class(source)
    kept = {place: text for place, text in enumerate(found.texts) if text.known}
    number = {old: new for new, old in enumerate(kept)}
    lines = sorted(line for learner in found if (line := _shared_line(learner.tags, number)))
    if len(lines) < SMALLEST_GROUP:
        raise FramingkitError(
            f"{counted(len(lines), 'learner')} of “{source.name}” tagged a text of the kit. With "
            f"fewer than {SMALLEST_GROUP} one could tell who tagged what, so nothing is written."
        )
    shared = replace(
        found, path=target, texts=tuple(kept.values()), items=(), learners=len(lines),
        hand_ins=len(lines),
    )  # fmt: skip
    width = len(str(len(lines)))
    write_class(shared, ((f"learner-{n:0{width}}", line) for n, line in enumerate(lines, 1)))
    return [
        f"“{target.name}” holds the tags of {counted(len(lines), 'learner')}, without code names, "
        "answers and notes. Learners put it into their folder “work”, under the name "
        "class.jsonl.gz."
    ]


def _shared_line(tags: tuple[LearnerTags, ...], number: dict[int, int]) -> str:
    """Write one learner's tags as the class file has them; empty if there are none."""
    rows: list[dict[str, Any]] = [
        {"text": number[one.text], "start": one.start, "end": one.end, "label": one.label}
        for one in tags
        if one.text in number and one.start
    ]
    if not rows:
        return ""
    content = {"operations": 0, "tags": rows, "responses": {}}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def class_sets(found: Class, document: Document) -> list[AnnotationSet]:
    """Read what a class tagged on this version of a text."""
    codebook = course.load_codebook()
    version = TextVersion.of(document, codebook)
    places = {place for place, text in enumerate(found.texts) if text.version == version}
    if not places:
        raise FramingkitError(
            f"Nobody in “{found.path.name}” tagged this version of {document.id!r}. "
            "Choose a text that the class tagged."
        )
    return [
        tags.annotation_set(document.id, learner.coder)
        for learner in found
        for tags in learner.tags
        if tags.text in places and tags.start
    ]
