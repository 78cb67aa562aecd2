"""Work that is the same under two names: told as a fact, with numbers, and never judged.

Two people often tag the same words, and a learner may quote the article in an answer. So what is
told is only what hardly happens by itself: nearly all of many tags, or several texts of one's own,
letter for letter. Nobody is compared with everybody: whoever shares a long answer, or a third of
the tags on a text, comes into one bucket, and only neighbours in a bucket are compared.
"""

import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from framingkit.base import WaitingRows, counted
from framingkit.work import is_own

_LONGEST_COMMON = 40  # characters: up to here, two people may well write the same
_PARTS = 3  # of the tags on a text: one of them stays the same if up to two tags differ
_FEWEST, _NEARLY_ALL = 10, 0.9  # tags, and the share of them that is the same
_FEWEST_TEXTS, _FEW = 3, 5  # texts that are enough by themselves; tags, together with one text
_ALL_PAIRS = 6  # people in one bucket who are each compared with each other
_COMPARED, _NAMED, _SENTENCES = 2_000, 5, 20
WHOLE, PART = 0, 1
Content = dict[str, Any]


def prints(content: Content, line: str) -> Iterator[tuple[int, int]]:
    """Give the buckets of a learner's work: all of it, each long text, and parts of the tags.

    Parameters
    ----------
    content, line
        Tags and responses, as data and as one line of text.
    """
    written = own_words(content)
    rows = [_rows(columns) for columns in content["tags"]]
    if sum(map(len, rows)) >= _FEWEST or len(written) >= _FEWEST_TEXTS:
        digest = hashlib.blake2b(line.encode(), digest_size=8).digest()
        yield WHOLE, int.from_bytes(digest, signed=True)
    for words in written:
        yield PART, zlib.crc32(words.encode())
    for columns, tags in zip(content["tags"], rows, strict=True):
        parts: list[list[Any]] = [[columns["text"]] for _ in range(_PARTS)]
        for tag in tags if len(tags) >= _FEWEST else ():
            parts[tag[0] % _PARTS] += tag
        for part in parts:
            if len(part) > 1:
                yield PART, zlib.crc32(repr(part).encode())


def own_words(content: Content) -> set[str]:
    """Return the longer texts that a learner wrote, as answers and in notes."""
    answers = [
        text
        for item, response in content["responses"].items()
        if type(text := response.get("text")) is str and len(text) > _LONGEST_COMMON
        if not is_own(item)
    ]
    notes = [
        note
        for columns in content["tags"]
        for note in columns.get("note", ())
        if len(note) > _LONGEST_COMMON
    ]
    trimmed = (" ".join(words.split()) for words in (*answers, *notes))
    return {words for words in trimmed if len(words) > _LONGEST_COMMON}


def _rows(columns: dict[str, Any]) -> list[tuple[int, int, str]]:
    return list(zip(columns["start"], columns["end"], columns["label"], strict=True))


def _all_rows(content: Content) -> set[tuple[int, int, int, str]]:
    return {(columns["text"], *row) for columns in content["tags"] for row in _rows(columns)}


def alike_sentences(
    table: WaitingRows,
    owner: Callable[[int], int],
    name: Callable[[int], str],
    content: Callable[[int], Content],
) -> list[str]:
    """Tell whose work is the same, in a bounded number of sentences.

    Parameters
    ----------
    table
        The buckets, with columns ``kind``, ``print`` and ``row``.
    owner
        Gives the number of the learner whose hand-in waits in a row; 0 if it was left out.
    name, content
        Give the name and the work of a learner.
    """
    looked = Looked(name, content)
    rows = table.rows("kind", "print", "row")
    for (kind, _), group in groupby(rows, key=lambda row: row[:2]):
        people = sorted({owner(row) for *_, row in group} - {0})
        if len(people) > 1:
            looked.bucket(kind, people)
    return looked.all_sentences()


@dataclass(slots=True)
class Looked:
    """What was found so far: sentences, pairs to compare, and who is somebody's double."""

    name: Callable[[int], str]
    content: Callable[[int], Content]
    sentences: list[str] = field(default_factory=list)
    pairs: dict[tuple[int, int], None] = field(default_factory=dict)
    doubles: set[int] = field(default_factory=set)

    def bucket(self, kind: int, people: list[int]) -> None:
        """Look at the learners of one bucket."""
        if kind == WHOLE:
            self._doubles(people)
            return
        people = [person for person in people if person not in self.doubles]
        few = len(people) <= _ALL_PAIRS
        pairs = ((a, b) for n, b in enumerate(people) for a in people[:n]) if few else pairwise(
            people)  # fmt: skip
        for pair in pairs:
            if len(self.pairs) < _COMPARED:
                self.pairs[pair] = None

    def _doubles(self, people: list[int]) -> None:
        self.doubles.update(people[1:])
        self.sentences.append(
            f"{_listed(map(self.name, people))} hold the same work: all "
            f"{_amount(self.content(people[0]))} are the same, letter for letter."
        )

    def all_sentences(self) -> list[str]:
        """Compare the pairs, and give all sentences."""
        for one, other in sorted(self.pairs):
            if len(self.sentences) <= _SENTENCES and (same := self._same(one, other)):
                self.sentences.append(f"{self.name(one)} and {self.name(other)} {same}")
        more = ["There are more such cases."] * (len(self.sentences) > _SENTENCES)
        return self.sentences[:_SENTENCES] + more

    def _same(self, one: int, other: int) -> str:
        """Say what two learners have in common; empty if it may be chance."""
        first, second = self.content(one), self.content(other)
        words = len(own_words(first) & own_words(second))
        tags, others = _all_rows(first), _all_rows(second)
        most, same = max(len(tags), len(others)), len(tags & others)
        fewest = _FEW if words else _FEWEST
        if words < _FEWEST_TEXTS and (same < fewest or same < _NEARLY_ALL * most):
            return ""
        parts = [f"{same} of {counted(most, 'tag')}"] * (same > 0)
        parts += [_texts(words)] * (words > 0)
        return f"hold {' and '.join(parts)} that are the same, letter for letter."


def _listed(names: Iterable[str]) -> str:
    first = list(names)
    more = len(first) - _NAMED
    if more > 0:
        return f"{', '.join(first[:_NAMED])} and {more:,} more"
    return f"{', '.join(first[:-1])} and {first[-1]}"


def _amount(content: Content) -> str:
    tags, words = len(_all_rows(content)), len(own_words(content))
    parts = [counted(tags, "tag")] * (tags > 0)
    parts += [_texts(words)] * (words > 0)
    return " and ".join(parts)


def _texts(count: int) -> str:
    return f"{count} written answers or notes" if count > 1 else "1 written answer or note"
