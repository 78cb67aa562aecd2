"""From many hand-ins to one class: a folder or a zip archive in, one class file out.

Collection never stops: an unreadable file is reported and skipped. Hand-ins wait on disk until it
is known whose they are, so memory stays small for any number of learners. Most learners hand in
once, under a name of their own; where a code name or a learner id appears again, `whose` looks
closer.
"""

import json
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framingkit import course
from framingkit.base import Tabled, WaitingRows, counted, header_line, replacing, shown, table_line
from framingkit.errors import FramingkitError
from framingkit.hand_ins.alike import Content, alike_sentences, prints
from framingkit.hand_ins.archive import Archive, open_archive
from framingkit.hand_ins.file import ClassFile, compact_json, write_class
from framingkit.hand_ins.hand_in import CheckedHandIn, KnownTexts, read_text
from framingkit.hand_ins.kinds import hand_in_text
from framingkit.hand_ins.learners import MOST_IDS, ClassText
from framingkit.hand_ins.lines import is_too_long
from framingkit.hand_ins.other_courses import OtherCourses
from framingkit.hand_ins.sources import Folder, contents, open_folder
from framingkit.hand_ins.submitters import platform_id_of, platform_name_of
from framingkit.hand_ins.whose import Owner, Whose
from framingkit.work import (
    CLASS_NAME_ITEM,
    HAND_IN_BYTES,
    TextVersion,
    class_name_in,
    is_own,
    learner_from,
)

MOST_TEXTS = 8_000
"""Text versions in one class. The last half is kept for those who do not bring many."""

_FEW_TEXTS = 20  # versions of one learner that the kit does not have, before they are many
MOST_CLASSES = 1_000
"""Classes that are counted one by one; more are nobody's school."""

REFUSED = "Refused"
"""The heading above what could not be collected."""

_NAMED = 5  # other files that are named one by one
_LISTED_CLASSES = 20
_REASONS = 20  # sentences in the error if nothing could be read, or about texts
_COLUMNS = ("coder", "learner", "operations", "file", "texts", "foreign_ids", "person", "content",
            "sheet")  # fmt: skip
_KEY = ("code_name", "handed_in_as", "person", "platform_name")

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
        A table to write, if any: under which file names each learner handed in. Platforms put
        people's names there, so it stays with the instructor; nothing else has such names.

    Raises
    ------
    FramingkitError
        If the source cannot be opened, holds no hand-in that can be read, or the class
        file cannot be written.
    """
    source = Path(source)
    opened = open_folder(source) if source.is_dir() else open_archive(source)
    with closing(opened), Waiting() as waiting:
        waiting.read(opened, watch)
        if not waiting.count:
            raise waiting.nothing_read(source)
        class_file = waiting.settle(Path(target))
        write_class(class_file, waiting.lines())
        if key is not None:
            waiting.write_key(Path(key))
        about = (*waiting.about_texts(class_file), *waiting.about_classes())
        sentences = (*waiting.sentences, *waiting.alike(), *about, *waiting.others.sentences())
    return Collected(class_file, (*sentences, _summary(class_file, waiting.refused)))


def _summary(class_file: ClassFile, refused: int) -> Tabled:
    learners, hand_ins = class_file.learners, class_file.hand_ins
    counts = {"Learners": learners, "Hand-ins": hand_ins, "Files refused": refused}
    return Tabled(
        f"Collected {counted(learners, 'learner')} from {counted(hand_ins, 'hand-in')}; "
        f"{counted(refused, 'file')} refused.",
        "Collected", ("", ""), [(name, f"{count:,}") for name, count in counts.items()],
    )  # fmt: skip


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


class Waiting:
    """What was read so far and waits on disk, with a sentence about everything that went wrong."""

    def __init__(self) -> None:
        self.known, self.items = known_texts(), known_items()
        self.sentences: list[str] = []
        self.count = self.refused = 0
        self._texts: dict[TextVersion, int] = {}
        self._answered: set[str] = set()
        self._classes: Counter[str] = Counter()
        self._foreign: set[str] = set()
        self.others = OtherCourses(course.this_course())
        self._table = WaitingRows(*_COLUMNS)
        self._chosen = WaitingRows("coder", "label", "person", "row", "content", "files")
        self._prints = WaitingRows("kind", "print", "row")
        self._owners = array("l")

    def __enter__(self) -> "Waiting":
        return self

    def __exit__(self, *_: object) -> None:
        for table in (self._table, self._chosen, self._prints):
            table.__exit__()

    def read(self, opened: Folder | Archive, watch: Watch) -> None:
        """Read every file; those that are not meant as hand-ins are only named, in one line."""
        listing = opened.listing
        for name in watch(listing.names):
            self._refuse_all(listing.refusals)
            try:
                for inner, content in contents(opened, name):
                    self._try(content, inner, listing.others)
            except FramingkitError as error:
                self._refuse(str(error))
        self._refuse_all(listing.refusals)
        others = sorted(listing.others)
        if others:
            named = [f"“{shown(name)}”" for name in others[:_NAMED]]
            named += [f"and {len(others) - _NAMED:,} more"] * (len(others) > _NAMED)
            self.sentences.append(
                f"Files that are not hand-ins ({len(others):,}): {', '.join(named)}."
            )

    def _try(self, content: bytes, name: str, others: list[str]) -> None:
        try:
            text = hand_in_text(content, name, HAND_IN_BYTES)
            if text is None:
                others.append(name)
            else:
                self._take(text, name)
        except FramingkitError as error:
            self._refuse(str(error))
        except Exception as error:
            self._refuse(
                f"“{shown(name)}” cannot be read ({type(error).__name__}). Ask for it again."
            )

    def _refuse_all(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self._refuse(sentence)
        sentences.clear()

    def _refuse(self, sentence: str) -> None:
        self.refused += 1
        self.sentences.append(_refusal(shown(sentence, 1000)))

    def nothing_read(self, source: Path) -> FramingkitError:
        """Say that there is no class, and the first reasons."""
        more = len(self.sentences) - _REASONS
        self.sentences[_REASONS:] = [f"And {more:,} more such sentences."] * (more > 0)
        if self.others:
            return FramingkitError("\n".join(self.others.sentences()))
        end = f"No hand-in could be read in “{shown(str(source))}”. Hand-ins end in .answers.json."
        return FramingkitError("\n".join([*self.sentences, end]))

    def _take(self, text: str, name: str) -> None:
        """Check one hand-in and let it wait; a FramingkitError says why it is refused."""
        hand_in = read_text(text, name, self.known)
        if not self.others.is_of_this(hand_in.course):
            return
        content = self._content(hand_in, name)
        self.sentences += [shown(sentence, 1000) for sentence in hand_in.left_out]
        self._answered |= self.items & content["responses"].keys()
        foreign = hand_in.acts.keys() - {hand_in.learner}
        self._foreign |= foreign
        line = compact_json(content)
        if is_too_long(line):
            raise FramingkitError(
                f"“{shown(name)}” is damaged: its texts are longer than anybody’s work can be."
            )
        person = hand_in.learner or learner_from(hand_in.coder)
        file = name.encode("utf-8", "backslashreplace").decode()
        texts = ",".join(str(columns["text"]) for columns in content["tags"])
        self.count += 1
        self._prints.add_all([(*one, self.count) for one in _prints(content, line)])
        self._note_class(class_name_in(content["responses"]))
        self._table.add(
            (hand_in.coder, hand_in.learner, hand_in.operations, file, texts, ",".join(foreign),
             person, f'{{"operations":{hand_in.operations},{line[1:]}', text)
        )  # fmt: skip

    def _note_class(self, name: str) -> None:
        if name:
            self._answered.add(CLASS_NAME_ITEM)
        if not name or name in self._classes or len(self._classes) < MOST_CLASSES:
            self._classes[name] += 1

    def _content(self, hand_in: CheckedHandIn, name: str) -> Content:
        tags, many = [], 0
        for number, (version, columns) in enumerate(hand_in.tags.items()):
            place = self.number(version, number)
            if place is None:
                many += 1
            else:
                tags.append({"text": place} | columns)
        if many:
            self.sentences.append(
                f"“{shown(name)}”: its tags on {many} of {len(hand_in.tags)} texts were left out, "
                "because the class has too many versions of texts. Collect it in parts."
            )
        return {"tags": tags, "responses": hand_in.responses}

    def number(self, version: TextVersion, so_far: int = 0) -> int | None:
        """Give each text version a number, in the order in which they are met; None if too many.

        One file names up to 200 of them. So those who bring many cannot take the place of others.
        """
        known = self._texts.get(version)
        if known is not None or self.known.knows(version):
            return self._texts.setdefault(version, len(self._texts))
        room = MOST_TEXTS if so_far < _FEW_TEXTS else MOST_TEXTS // 2
        return (
            self._texts.setdefault(version, len(self._texts)) if len(self._texts) < room else None
        )

    def settle(self, target: Path) -> ClassFile:
        """Decide whose the hand-ins are, and give the header of the class file."""
        learners_of = [0] * len(self._texts)
        self._owners = array("l", [0]) * (self.count + 1)
        whose = Whose(self._table, self.known, self.number, self._foreign)
        learners = 0
        for one in whose.learners():
            learners += 1
            self._choose(one, learners)
            for text in filter(None, one.texts.split(",")):
                learners_of[int(text)] += 1
        self._refuse_all(whose.refusals)
        self.sentences += [shown(sentence, 1000) for sentence in whose.sentences]
        counts = zip(self._texts, learners_of, strict=True)
        texts = tuple(ClassText(text, self.known.knows(text), count) for text, count in counts)
        items, name = tuple(sorted(self._answered)), self.others.course.id
        return ClassFile(target, texts, items, learners, self.count, course=name)

    def _choose(self, one: Owner, number: int) -> None:
        for row in one.rows:
            self._owners[row] = number
        files = "\n".join(one.files)
        self._chosen.add((one.coder, one.label, one.person, one.row, one.content, files))

    def lines(self) -> Iterator[tuple[str, str]]:
        """Give each learner's name with a line of the class file."""
        columns = ("label", "person", "row", "content", "files")
        for label, person, row, content, files in self._chosen.rows(*columns, order="coder, label"):
            ids = dict.fromkeys(filter(None, map(platform_id_of, files.split("\n"))))
            kept = f'"ids":{json.dumps([*ids][:MOST_IDS])},' if ids else ""
            yield label, f'{{"person":"{person}",{kept}{(content or self._cell(row))[1:]}'

    def _cell(self, row: int) -> str:
        return str(next(self._table.rows("content", where="place = ?", values=(row,)))[0])

    def write_key(self, key: Path) -> None:
        """Write who is who: each learner's name in the class, and how platforms name them."""
        with replacing(key, 0o600) as file:
            file.write(header_line(_KEY))
            columns = ("label", "person", "files")
            for label, person, files in self._chosen.rows(*columns, order="coder, label"):
                for name in files.split("\n"):
                    called = shown(platform_name_of(name), 200)
                    file.write(table_line((label, shown(name, 1000), person, called)))

    def alike(self) -> list[str]:
        """Say whose work is the same under two names."""
        return alike_sentences(
            self._prints,
            self._owners.__getitem__,
            lambda number: str(self._of(number)[0]),
            lambda number: json.loads(self._of(number)[2] or self._cell(self._of(number)[1])),
        )

    def _of(self, number: int) -> Any:
        columns = ("label", "row", "content")
        return next(self._chosen.rows(*columns, where="place = ?", values=(number,)))

    def about_texts(self, class_file: ClassFile) -> list[str]:
        """Say who worked on a text, or with a codebook, that this kit does not have."""
        others = [text for text in class_file.texts if text.learners and not text.known]
        own = [text for text in others if is_own(text.version.id)]
        rest = [text for text in others if not is_own(text.version.id)]
        more = [f"And {len(rest) - _REASONS:,} more such texts."] * (len(rest) > _REASONS)
        brought = [
            f"Tags on {counted(len(own), 'text')} that learners brought themselves are kept apart, "
            "and are not graded."
        ]
        return [*map(_unknown_words, rest[:_REASONS]), *more, *(brought if own else [])]

    def about_classes(self) -> list[str]:
        """Say which classes the hand-ins name, if any does."""
        named = sorted((name, count) for name, count in self._classes.items() if name)
        words = [f"{name} ({counted(count, 'hand-in')})" for name, count in named]
        more = len(words) - _LISTED_CLASSES
        words[_LISTED_CLASSES:] = [f"{more:,} more"] * (more > 0)
        without = self._classes[""]
        none = f"; {counted(without, 'hand-in')} without one" * (without > 0)
        return [f"Classes that the hand-ins name: {', '.join(words)}{none}."] if words else []


def _refusal(sentence: str) -> Tabled:
    """Note what was refused, and why; most of these sentences begin with the name of a file."""
    file, _, why = sentence.partition("” ")
    row = (file[1:], f"It {why}") if sentence.startswith("“") and why else ("", sentence)
    return Tabled(sentence, REFUSED, ("File", "Why"), [row])


def _prints(content: Content, line: str) -> Iterable[tuple[int, int]]:
    """Give the buckets of somebody's work; of which class it is does not make it other work."""
    responses = content["responses"]
    if CLASS_NAME_ITEM in responses:
        rest = {item: one for item, one in responses.items() if item != CLASS_NAME_ITEM}
        content = content | {"responses": rest}
        line = compact_json(content)
    return prints(content, line)


def _unknown_words(text: ClassText) -> str:
    """Say who worked on a text, or with a codebook, that this kit does not have."""
    version, people = text.version, counted(text.learners, "learner")
    return (
        f"{people} tagged “{shown(version.id)}” with “{shown(version.codebook)}” in a version that "
        "this kit does not have. Their tags are kept apart, and are not graded."
    )
