"""A class: what all its learners tagged and answered, in one file that is read line by line.

The file ``class.jsonl.gz`` is gzipped UTF-8, the same bytes for the same class. Its first line is
the header: format, schema, the versions of the texts that were tagged, and counts. One line for
each learner follows, sorted by code name. Nothing in it names a person. A copy for learners holds
where the tags are and their codes, and nothing else.
"""

import gzip
import heapq
import io
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import groupby, repeat
from operator import itemgetter
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import counted, replacing, shown
from framingkit.course import AnnotationSet, Document, Span
from framingkit.errors import FramingkitError
from framingkit.work import TextVersion, is_code_name

CLASS_FILE = "class.jsonl.gz"
"""What a class file is called unless somebody gives it another name."""

CLASS_FORMAT, CLASS_VERSION = "framingkit class", 1

SMALLEST_GROUP = 5
"""With fewer learners no counts are shown: they would show who tagged what."""

_LONGEST_LINE = 8 * 1024 * 1024
_LEVEL = 4  # of compression: higher ones take much more time for few bytes
_BLOCK = 1 << 18


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

    ``text`` is the number of the text in the class's ``texts``, from 0 on. ``quote``, ``note`` and
    ``confidence`` are empty if no tag has one.
    """

    text: int
    start: list[int]
    end: list[int]
    label: list[str]
    quote: list[str]
    note: list[str]
    confidence: list[int | None]

    @property
    def spans(self) -> tuple[Span, ...]:
        """The tags as spans.

        Examples
        --------
        >>> LearnerTags(0, [13], [23], ["ceremony_symbol"], [], [], []).spans[0].key
        (13, 23, 'ceremony_symbol')
        """
        more = (self.quote or repeat(""), self.note or repeat(""), self.confidence or repeat(None))
        return tuple(map(Span, self.start, self.end, self.label, *more))

    def annotation_set(self, document_id: str, coder: str) -> AnnotationSet:
        """Return the tags as one coder's set."""
        return AnnotationSet(document_id, coder, self.spans)


@dataclass(frozen=True, slots=True)
class Learner:
    """One learner: the code name, the acts behind the answers, tags by text, responses by item.

    ``person`` tells people with one code name apart, in this class and in later ones.
    """

    coder: str
    operations: int
    tags: tuple[LearnerTags, ...]
    responses: dict[str, dict[str, Any]]
    person: str = ""


@dataclass(frozen=True, slots=True)
class ClassFile:
    """A class on disk; iterating reads one learner after the other.

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
            ClassText(TextVersion(**text["version"]), bool(text["known"]), int(text["learners"]))
            for text in header["texts"]
        )
        items = tuple(str(item) for item in header["items"])
        return ClassFile(path, texts, items, int(header["learners"]), int(header["hand_ins"]))
    except (KeyError, TypeError, ValueError) as error:
        raise _damaged(path, 1, f"{type(error).__name__}: {error}") from None


def write_class(class_file: ClassFile, learners: Iterable[tuple[str, str]]) -> None:
    """Write a class file to its path.

    Parameters
    ----------
    class_file
        The contents of the header.
    learners
        For each learner the code name, and tags and responses as JSON text.

    Raises
    ------
    FramingkitError
        If the disk is full or may not be written; an old file is untouched.
    """
    header = {
        "format": CLASS_FORMAT, "schema": CLASS_VERSION,
        "learners": class_file.learners, "hand_ins": class_file.hand_ins,
        "texts": [asdict(text) for text in class_file.texts], "items": list(class_file.items),
    }  # fmt: skip
    # Without a clock and a name, gzip writes the same bytes each time.
    with (
        replacing(class_file.path) as file,
        gzip.GzipFile("", "wb", _LEVEL, file, mtime=0) as packed,
        io.BufferedWriter(packed, _BLOCK) as lines,
    ):
        lines.write(f"{compact_json(header)}\n".encode())
        for coder, content in learners:
            lines.write(f'{{"coder":"{coder}",{content[1:]}\n'.encode())


def compact_json(data: dict[str, Any]) -> str:
    """Write plain data as one line of JSON without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


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
        if not _is_learner_name(coder):
            raise ValueError(f"a learner cannot be called {shown(str(coder), 80)!r}")
        if not all(isinstance(response, dict) for response in responses.values()):
            raise ValueError("a response is not an object")
        tags = tuple(map(_tags, data["tags"]))
        return Learner(coder, int(data["operations"]), tags, responses, _person(data))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path, number, f"{type(error).__name__}: {error}") from None


def _is_learner_name(name: str) -> bool:
    """Tell whether this is a code name, perhaps with what tells one of several people apart."""
    first, _, more = name.partition(".")
    letters_or_number = "[a-z]{4,16}|[1-9][0-9]?"
    return is_code_name(first) and (first == name or bool(re.fullmatch(letters_or_number, more)))


def _person(data: dict[str, Any]) -> str:
    person = data.get("person", "")
    if not isinstance(person, str) or not re.fullmatch("[a-z]{0,16}", person):
        raise ValueError("a person is not named by letters")
    return person


def _tags(data: dict[str, Any]) -> LearnerTags:
    columns = [data[name] for name in ("start", "end", "label")]
    optional = [data.get(name) or [] for name in ("quote", "note", "confidence")]
    if len({len(column) for column in (*columns, *filter(None, optional))}) > 1:
        raise ValueError("the columns of the tags have different lengths")
    return LearnerTags(int(data["text"]), *columns, *optional)


def _damaged(path: Path, number: int, reason: str) -> FramingkitError:
    return FramingkitError(
        f"“{path.name}” is damaged at line {number}: {reason}. Collect the class again."
    )


def by_code_name(*classes: ClassFile) -> Iterator[tuple[tuple[Learner, ...], ...]]:
    """Give, for each code name, the learners of each class who use it.

    Several learners of one class may share a name; then nobody can tell who is who.

    Raises
    ------
    FramingkitError
        If a class file is damaged or its learners are not in order.
    """
    named = (_named(class_file, number) for number, class_file in enumerate(classes))
    for _, group in groupby(heapq.merge(*named, key=itemgetter(0)), key=itemgetter(0)):
        learners: list[list[Learner]] = [[] for _ in classes]
        for _, number, learner in group:
            learners[number].append(learner)
        yield tuple(map(tuple, learners))


def _named(class_file: ClassFile, number: int) -> Iterator[tuple[str, int, Learner]]:
    before = ""
    for learner in class_file:
        name = learner.coder.partition(".")[0]
        if name < before:
            raise FramingkitError(
                f"“{class_file.path.name}” is damaged: {name!r} comes after {before!r}, but code "
                "names have to be in order. Collect the class again."
            )
        before = name
        yield name, number, learner


def share_class(source: str | Path, target: str | Path) -> str:
    """Write a copy of a class file without answers, notes and code names; say what is in it.

    The learners are numbered in an order that follows from their tags, so that no position in the
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
    class_file, target = read_class(source), Path(target)
    kept = {number: text for number, text in enumerate(class_file.texts) if text.known}
    renumbered = {old: new for new, old in enumerate(kept)}
    lines = sorted(filter(None, (_shared_line(each.tags, renumbered) for each in class_file)))
    if len(lines) < SMALLEST_GROUP:
        raise FramingkitError(
            f"Only {counted(len(lines), 'learner')} of “{class_file.path.name}” tagged a text of "
            f"the kit. With fewer than {SMALLEST_GROUP} one could tell who tagged what, so nothing "
            "is written."
        )
    shared = replace(
        class_file, path=target, texts=tuple(kept.values()), items=(), learners=len(lines),
        hand_ins=len(lines),
    )  # fmt: skip
    width = len(str(len(lines)))
    write_class(shared, ((f"learner-{n:0{width}}", line) for n, line in enumerate(lines, 1)))
    return (
        f"“{target.name}” holds the tags of {counted(len(lines), 'learner')}, without code names, "
        f"answers and notes. Learners put it into their folder “work”, under the name {CLASS_FILE}."
    )


def _shared_line(tags: tuple[LearnerTags, ...], numbers: dict[int, int]) -> str:
    """Write one learner's tags as the class file has them; empty if there are none."""
    rows = [
        {"text": numbers[on.text], "start": on.start, "end": on.end, "label": on.label}
        for on in tags
        if on.text in numbers and on.start
    ]
    return compact_json({"operations": 0, "tags": rows, "responses": {}}) if rows else ""


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
    return [tags.annotation_set(document.id, coder) for coder, tags in class_file.tags_on(version)]
