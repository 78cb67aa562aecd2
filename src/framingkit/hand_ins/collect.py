"""From many hand-ins to one class: a folder or a zip archive in, one class file out.

Collection never stops: an unreadable file is reported and skipped. Hand-ins wait on disk until it
is known which of them count, so memory stays small for any number of learners.

The kit gives every tag a random id, and every answer its time. So two hand-ins of one learner
share some of these, or one holds nothing that the other does not. Otherwise two people use the
same code name, and their work is kept apart.
"""

import itertools
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import WaitingRows, counted, header_line, replacing, shown, table_line
from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import ClassFile, compact_json, write_class
from framingkit.hand_ins.hand_in import KnownTexts, read_hand_in
from framingkit.hand_ins.learners import ClassText
from framingkit.hand_ins.sources import Archive, Folder, open_archive, open_folder
from framingkit.work import SHEET_FORMAT, TextVersion

MOST_PEOPLE = 20
"""People with one code name that are kept apart; more are not a class but an attack."""

MOST_TEXTS = 500
"""Text versions in one class; more are not a class but an attack."""

_NAMED = 5  # other files that are named one by one
_REASONS = 20  # sentences in the error if nothing could be read
_BEST_FIRST = "operations DESC, place DESC"

Watch = Callable[[list[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Collected:
    """A class file that was just written, and what to know about it.

    ``sentences`` say what was refused, left out, merged or kept apart.
    """

    class_file: ClassFile
    sentences: tuple[str, ...]


def collect(
    source: str | Path, target: str | Path, watch: Watch = iter, key: str | Path | None = None
) -> Collected:
    """Collect a class and write its file.

    Parameters
    ----------
    source
        A folder of hand-ins, or a zip archive of them.
    target
        The class file to write.
    watch
        Passes the names on while they are read, for example to a progress bar.
    key
        A table to write, if any: under which file name each learner handed in. Platforms put
        people's names there, so it stays with the instructor; nothing else has such names.

    Raises
    ------
    FramingkitError
        If the source cannot be opened, holds no hand-in that can be read, or the class
        file cannot be written.
    """
    source = Path(source)
    opened = open_folder(source) if source.is_dir() else open_archive(source)
    columns = ("coder", "operations", "file", "texts", "traces", "content")
    with closing(opened), WaitingRows(*columns) as table, WaitingRows("name", "row") as chosen:
        waiting = WaitingHandIns(known_texts(), known_items(), table)
        waiting.read(opened, watch)
        if not waiting.count:
            more = len(waiting.sentences) - _REASONS
            waiting.sentences[_REASONS:] = [f"And {more:,} more such sentences."] * (more > 0)
            end = f"No hand-in could be read in “{shown(str(source))}”."
            raise FramingkitError(
                "\n".join([*waiting.sentences, f"{end} Hand-ins end in .answers.json."])
            )
        class_file = waiting.settle(chosen, Path(target))
        write_class(class_file, _cells(chosen, table, "content"))
        if key is not None:
            with replacing(Path(key), 0o600) as file:
                file.write(header_line(("code_name", "handed_in_as")))
                file.writelines(map(table_line, _cells(chosen, table, "file")))
    unknown = [_unknown_words(text) for text in class_file.texts if not text.known]
    summary = (
        f"Collected {counted(class_file.learners, 'learner')} from "
        f"{counted(class_file.hand_ins, 'hand-in')}; {counted(waiting.refused, 'file')} refused."
    )
    return Collected(class_file, (*waiting.sentences, *unknown, summary))


def known_texts() -> KnownTexts:
    """Return all articles and codebooks of the kit, to check tags against."""
    articles = [course.load_article(id) for id in course.list_articles()]
    codebook = course.load_codebook()
    return KnownTexts(
        {(article.id, article.sha256): article.text for article in articles},
        {(codebook.id, codebook.sha256): frozenset(code.id for code in codebook.codes)},
    )


def known_items() -> frozenset[str]:
    """Return the ids of all questions of the kit."""
    lessons = course.list_lessons()
    return frozenset(item.id for lesson in lessons for item in course.load_items(lesson))


def _cells(chosen: WaitingRows, table: WaitingRows, column: str) -> Iterator[tuple[str, str]]:
    """Give each learner's name with a cell of the hand-in that counts."""
    for name, row in chosen.rows("name", "row", order="place"):
        for (value,) in table.rows(column, where="place = ?", values=(row,)):
            yield name, value


def _unknown_words(text: ClassText) -> str:
    """Say who worked on a text, or with a codebook, that this kit does not have."""
    version, people = text.version, counted(text.learners, "learner")
    return (
        f"{people} tagged “{shown(version.id)}” with “{shown(version.codebook)}” in a version that "
        "this kit does not have. Their tags are kept apart, and are not graded."
    )


@dataclass(slots=True)
class WaitingHandIns:
    """What was read so far, with a sentence about everything that went wrong."""

    known: KnownTexts
    items: frozenset[str]
    table: WaitingRows
    sentences: list[str] = field(default_factory=list)
    count: int = 0
    refused: int = 0
    texts: dict[TextVersion, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def read(self, opened: Folder | Archive, watch: Watch) -> None:
        """Read every file; those that are not meant as hand-ins are only named, in one line."""
        listing = opened.listing
        for sentence in listing.refusals:
            self._refuse(sentence)
        for name in watch(listing.names):
            try:
                content = opened.read(name)
                # Other programs write .json as well: without this mark it is no hand-in.
                if "answers" not in name.lower() and SHEET_FORMAT.encode() not in content:
                    listing.others.append(name)
                else:
                    self._take(content, name)
            except FramingkitError as error:
                self._refuse(str(error))
        others = sorted(listing.others)
        if others:
            named = [f"“{shown(name)}”" for name in others[:_NAMED]]
            named += [f"and {len(others) - _NAMED:,} more"] * (len(others) > _NAMED)
            self.sentences.append(
                f"Files that are not hand-ins ({len(others):,}): {', '.join(named)}."
            )

    def settle(self, chosen: WaitingRows, target: Path) -> ClassFile:
        """Decide which hand-ins count, and give the header of the class file."""
        learners, learners_of = 0, [0] * len(self.texts)
        for name, row, texts in self._learners():
            chosen.add((name, row))
            learners += 1
            for text in filter(None, texts.split(",")):
                learners_of[int(text)] += 1
        counts = zip(self.texts, learners_of, strict=True)
        texts_of = (ClassText(text, self.known.knows(text), count) for text, count in counts)
        items = tuple(sorted(self.answered))
        return ClassFile(target, tuple(texts_of), items, learners, self.count)

    def _refuse(self, sentence: str) -> None:
        self.refused += 1
        self.sentences.append(shown(sentence, 1000))

    def _take(self, content: bytes, name: str) -> None:
        """Check one hand-in and let it wait; a FramingkitError says why it is refused."""
        hand_in = read_hand_in(content, name, self.known)
        tags = [{"text": self._number(text)} | columns for text, columns in hand_in.tags.items()]
        self.sentences += [shown(sentence, 1000) for sentence in hand_in.left_out]
        self.count += 1
        self.answered |= self.items & hand_in.responses.keys()
        content_line = compact_json(
            {"operations": hand_in.operations, "tags": tags, "responses": hand_in.responses}
        )
        texts = ",".join(str(columns["text"]) for columns in tags)
        traces = "\n".join(hand_in.traces)
        self.table.add(
            (hand_in.coder, hand_in.operations, shown(name), texts, traces, content_line)
        )

    def _number(self, version: TextVersion) -> int:
        """Give each text version a number, in the order in which they are met."""
        if version not in self.texts and len(self.texts) == MOST_TEXTS:
            raise FramingkitError(
                f"“{shown(version.id)}” would be text version {MOST_TEXTS + 1} of this class. "
                "Collect the class in parts."
            )
        return self.texts.setdefault(version, len(self.texts))

    def _learners(self) -> Iterator[tuple[str, int, str]]:
        """Give each learner's name, the row of the hand-in that counts, and the texts in it."""
        rows = self.table.rows("coder", "place", "texts", order=f"coder, {_BEST_FIRST}")
        for coder, group in itertools.groupby(rows, key=lambda row: str(row[0])):
            (_, row, texts), *more = group
            if more:
                yield from self._told_apart(coder)
            else:
                yield coder, row, texts

    def _told_apart(self, coder: str) -> Iterator[tuple[str, int, str]]:
        rows = self.table.rows("place", "file", "texts", "traces", "content", order=_BEST_FIRST,
                               where="coder = ?", values=(coder,))  # fmt: skip
        people, too_many = persons(rows)
        for file in too_many:
            self._refuse(f"“{file}” was left out: too many different people use {coder!r}.")
        if len(people) > 1:
            files = ", ".join(f"“{person.file}”" for person in people)
            self.sentences.append(
                f"{len(people)} different people use the code name {coder}: {files}. In the class "
                f"they are {coder}, {coder}.2 and so on, in this order."
            )
        for number, person in enumerate(people, start=1):
            name = coder if number == 1 else f"{coder}.{number}"
            if person.hand_ins > 1:
                self.sentences.append(
                    f"{name} handed in {person.hand_ins} times. The hand-in with the most acts "
                    f"counts: “{person.file}”."
                )
            yield name, person.row, person.texts


@dataclass(slots=True)
class Person:
    """One learner: the row and the file of the hand-in that counts, and the traces of all."""

    row: int
    file: str
    texts: str
    content: dict[str, Any]
    traces: set[str]
    first_file: str
    hand_ins: int = 1


def persons(rows: Iterable[tuple[int, str, str, str, str]]) -> tuple[list[Person], list[str]]:
    """Sort the hand-ins under one code name by learner.

    Parameters
    ----------
    rows
        For each hand-in the row in which it waits, its file, the texts that it tags, a line for
        each trace, and its content as JSON. Those with most acts come first, because for each
        learner the first one counts.

    Returns
    -------
    tuple of list of Person and list of str
        The learners, and the files that were refused because too many people use the name.
    """
    people: list[Person] = []
    refused = []
    for row, file, texts, trace_lines, content_line in rows:
        traces, content = set(trace_lines.split("\n")) - {""}, json.loads(content_line)
        same = (
            person
            for person in people
            if not person.traces.isdisjoint(traces) or covers(person.content, content)
        )
        if person := next(same, None):
            person.traces |= traces
            person.first_file = min(person.first_file, file)
            person.hand_ins += 1
        elif len(people) < MOST_PEOPLE:
            people.append(Person(row, file, texts, content, traces, file))
        else:
            refused.append(file)
    return sorted(people, key=lambda person: person.first_file), refused


def covers(fuller: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether one hand-in holds every tag and every answer of another.

    Examples
    --------
    >>> answered = {"tags": [], "responses": {"airport-verdict": {"choice": "b"}}}
    >>> covers(answered, {"tags": [], "responses": {}})
    True
    """
    rows = set(_rows(fuller))
    return rows.issuperset(_rows(other)) and all(
        fuller["responses"].get(item) == response for item, response in other["responses"].items()
    )


def _rows(content: dict[str, Any]) -> Iterator[tuple[int, int, int, str]]:
    for columns in content["tags"]:
        rows = zip(columns["start"], columns["end"], columns["label"], strict=True)
        yield from ((columns["text"], *row) for row in rows)
