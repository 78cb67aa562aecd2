"""Makes one class of many hand-ins: a folder or a zip archive in, one class file out.

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
from framingkit.hand_ins.file import Class, ClassText, write_class
from framingkit.hand_ins.hand_in import CheckedHandIn, KnownTexts, read_hand_in
from framingkit.hand_ins.sources import Archive, Folder, open_archive, open_folder
from framingkit.work import SHEET_FORMAT, TextVersion

MOST_PEOPLE = 20
"""People with one code name that are kept apart; more are no class but an attack."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One hand-in under a code name.

    ``place`` is where it waits, ``texts`` names what it tags, ``traces`` has a line for each id
    and time, ``content`` is its tags and responses as JSON.
    """

    place: int
    file: str
    texts: str
    traces: str
    content: str


@dataclass(slots=True)
class Person:
    """One learner: the hand-in that counts with its content, and the traces of all."""

    chosen: Candidate
    content: dict[str, Any]
    traces: set[str]
    first_file: str
    hand_ins: int = 1


def persons(candidates: Iterable[Candidate]) -> tuple[list[Person], list[str]]:
    """Sort the hand-ins under one code name by learner.

    Parameters
    ----------
    candidates
        Those with most acts first: for each learner, the first one counts.

    Returns
    -------
    tuple of list of Person and list of str
        The learners, and the files that were refused because too many people use the name.
    """
    found: list[Person] = []
    refused = []
    for one in candidates:
        traces = set(one.traces.split("\n")) - {""}
        content = json.loads(one.content)
        person = next((known for known in found if _same(known, content, traces)), None)
        if person is not None:
            person.traces |= traces
            person.first_file = min(person.first_file, one.file)
            person.hand_ins += 1
        elif len(found) < MOST_PEOPLE:
            found.append(Person(one, content, traces, one.file))
        else:
            refused.append(one.file)
    return sorted(found, key=lambda person: person.first_file), refused


def _same(person: Person, content: dict[str, Any], traces: set[str]) -> bool:
    """Tell whether a hand-in with no more acts is this learner's as well."""
    return not person.traces.isdisjoint(traces) or covers(person.content, content)


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
    for one in content["tags"]:
        for start, end, label in zip(one["start"], one["end"], one["label"], strict=True):
            yield one["text"], start, end, label


Say = Callable[[str], None]

MOST_TEXTS = 500
"""Text versions in one class; more are no class but an attack."""

COLUMNS = ("coder", "operations", "file", "texts", "traces", "content")
_BEST_FIRST = "operations DESC, place DESC"


@dataclass(slots=True)
class WaitingHandIns:
    """What was read so far; ``say`` is called with each sentence for the instructor."""

    known: KnownTexts
    items: frozenset[str]
    say: Say
    table: WaitingRows
    count: int = 0
    refused: int = 0
    texts: dict[TextVersion, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def refuse(self, sentence: str) -> None:
        """Say why something was not taken, and count it."""
        self.refused += 1
        self.say(shown(sentence, 1000))

    def take(self, content: bytes, name: str) -> None:
        """Check one hand-in and let it wait.

        Raises
        ------
        FramingkitError
            If it is refused.
        """
        found = read_hand_in(content, name, self.known)
        tags = [{"text": self._number(one)} | found.tags[one] for one in found.tags]
        for sentence in found.left_out:
            self.say(shown(sentence, 1000))
        self.count += 1
        self.answered |= self.items & found.responses.keys()
        self._add(found, tags, name)

    def _add(self, found: CheckedHandIn, tags: list[dict[str, Any]], name: str) -> None:
        line = {"operations": found.operations, "tags": tags, "responses": found.responses}
        content = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        texts = ",".join(str(one["text"]) for one in tags)
        traces = "\n".join(found.traces)
        self.table.add((found.coder, found.operations, shown(name), texts, traces, content))

    def _number(self, version: TextVersion) -> int:
        """Give each text version a number, in the order in which they are met."""
        if version not in self.texts and len(self.texts) == MOST_TEXTS:
            raise FramingkitError(
                f"“{shown(version.id)}” would be text version {MOST_TEXTS + 1} of this class. "
                "Collect the class in parts."
            )
        return self.texts.setdefault(version, len(self.texts))

    def settle(self) -> Iterator[tuple[str, int, str]]:
        """Decide what counts: for each learner the name, the place of the row, and the texts."""
        rows = self.table.rows("coder", "place", "texts", order=f"coder, {_BEST_FIRST}")
        for coder, group in itertools.groupby(rows, key=lambda row: str(row[0])):
            (_, place, texts), *more = group
            if more:
                yield from self._tell_apart(coder)
            else:
                yield coder, place, texts

    def _tell_apart(self, coder: str) -> Iterator[tuple[str, int, str]]:
        rows = self.table.rows("place", "file", "texts", "traces", "content", order=_BEST_FIRST,
                               where="coder = ?", values=(coder,))  # fmt: skip
        found, too_many = persons(Candidate(*row) for row in rows)
        for file in too_many:
            self.refuse(f"“{file}” was left out: too many different people use {coder!r}.")
        if len(found) > 1:
            files = ", ".join(f"“{person.chosen.file}”" for person in found)
            self.say(
                f"{len(found)} different people use the code name {coder}: {files}. In the class "
                f"they are {coder}, {coder}.2 and so on, in this order."
            )
        for number, person in enumerate(found, start=1):
            name = coder if number == 1 else f"{coder}.{number}"
            if person.hand_ins > 1:
                self.say(
                    f"{name} handed in {person.hand_ins} times. The hand-in with the most acts "
                    f"counts: “{person.chosen.file}”."
                )
            yield name, person.chosen.place, person.chosen.texts


Watch = Callable[[list[str]], Iterable[str]]
_NAMED = 5  # other files that are named one by one


def known_texts() -> KnownTexts:
    """Return all articles and codebooks of the kit, to check tags against."""
    articles = [course.load_article(id) for id in course.list_articles()]
    codebooks = [course.load_codebook()]
    return KnownTexts(
        {(article.id, article.sha256): article.text for article in articles},
        {(one.id, one.sha256): frozenset(code.id for code in one.codes) for one in codebooks},
    )


def known_items() -> frozenset[str]:
    """Return the ids of all questions of the kit."""
    lessons = course.list_lessons()
    return frozenset(item.id for lesson in lessons for item in course.load_items(lesson))


def collect(
    source: Path, target: Path, say: Say, watch: Watch = iter, key: Path | None = None
) -> Class:
    """Collect a class and write its file; return what was collected.

    Parameters
    ----------
    source
        A folder of hand-ins, or a zip archive of them.
    target
        The class file to write.
    say
        Called with each sentence about what was refused, left out, merged or kept apart.
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
    opened = open_folder(source) if source.is_dir() else open_archive(source)
    with closing(opened), WaitingRows(*COLUMNS) as table, WaitingRows("name", "row") as chosen:
        waiting = WaitingHandIns(known_texts(), known_items(), say, table)
        _read(opened, waiting, watch)
        if not waiting.count:
            raise FramingkitError(
                f"No hand-in could be read in “{shown(str(source))}”. Hand-ins end in "
                ".answers.json."
            )
        found = _settle(waiting, chosen, target)
        write_class(found, _columns(chosen, table, "content"))
        if key is not None:
            with replacing(key) as file:
                file.write(header_line(("code_name", "handed_in_as")))
                file.writelines(map(table_line, _columns(chosen, table, "file")))
    for text in found.texts:
        _say_apart(text, say)
    say(_summary(found, waiting.refused))
    return found


def _read(opened: Folder | Archive, waiting: WaitingHandIns, watch: Watch) -> None:
    """Read every file; others are left alone and named in one line."""
    listing = opened.listing
    for sentence in listing.refusals:
        waiting.refuse(sentence)
    for name in watch(listing.names):
        try:
            content = opened.read(name)
            # Other programs write .json as well: without this mark it is not meant as a hand-in.
            if "answers" not in name.lower() and SHEET_FORMAT.encode() not in content:
                listing.others.append(name)
            else:
                waiting.take(content, name)
        except FramingkitError as error:
            waiting.refuse(str(error))
    others = sorted(listing.others)
    if others:
        named = [f"“{shown(name)}”" for name in others[:_NAMED]]
        more = [f"and {len(others) - _NAMED:,} more"] if len(others) > _NAMED else []
        waiting.say(f"Files that are no hand-ins ({len(others):,}): {', '.join(named + more)}.")


def _settle(waiting: WaitingHandIns, chosen: WaitingRows, target: Path) -> Class:
    learners, learners_of = 0, [0] * len(waiting.texts)
    for name, place, texts in waiting.settle():
        chosen.add((name, place))
        learners += 1
        for text in filter(None, texts.split(",")):
            learners_of[int(text)] += 1
    texts_of = tuple(
        ClassText(version, waiting.known.knows(version), count)
        for version, count in zip(waiting.texts, learners_of, strict=True)
    )
    return Class(target, texts_of, tuple(sorted(waiting.answered)), learners, waiting.count)


def _columns(chosen: WaitingRows, table: WaitingRows, column: str) -> Iterator[tuple[str, str]]:
    """Give each learner's name with a cell of the hand-in that counts."""
    for name, row in chosen.rows("name", "row", order="place"):
        for (value,) in table.rows(column, where="place = ?", values=(row,)):
            yield name, value


def _say_apart(text: ClassText, say: Say) -> None:
    """Say who worked on a text, or with a codebook, that this kit does not have."""
    if text.known:
        return
    version, people = text.version, counted(text.learners, "learner")
    say(
        f"{people} tagged “{shown(version.id)}” with “{shown(version.codebook)}” in a version that "
        "this kit does not have. Their tags are kept apart, and are not graded."
    )


def _summary(found: Class, refused: int) -> str:
    learners, hand_ins = counted(found.learners, "learner"), counted(found.hand_ins, "hand-in")
    return f"Collected {learners} from {hand_ins}; {counted(refused, 'file')} refused."
