"""The sentences that compare the tags of two people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from framingkit.codebooks import Codebook
from framingkit.coefficients import Coefficient
from framingkit.documents import Document
from framingkit.spans import Span, quoted

KINDS = ("same", "boundary", "other-label", "only-first", "only-second")

_WORD = re.compile(r"\S*\w\S*")
_LONGEST = 70


@dataclass(frozen=True, slots=True)
class PairRemark:
    """One sentence on one tag, or on two that go together; ``kind`` is one of `KINDS`."""

    kind: str
    first: Span | None
    second: Span | None
    sentence: str


@dataclass(frozen=True, slots=True)
class _Person:
    """How to speak of one of the two."""

    subject: str
    tag: str
    have: str
    possessive: str


_YOU = _Person("you", "tag", "have", "your")
_THEY = _Person("they", "tag", "have", "their")


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what two people tagged; without names, they are "you" and "they"."""

    document: Document
    codebook: Codebook
    names: tuple[str, str] | None = None

    @property
    def _people(self) -> tuple[_Person, _Person]:
        if self.names is None:
            return _YOU, _THEY
        first, second = (_Person(name, "tags", "has", f"{name}’s") for name in self.names)
        return first, second

    def together(self, first: Span, second: Span) -> PairRemark:
        """Say what two tags that go together have in common, and what not."""
        shared = Span(max(first.start, second.start), min(first.end, second.end), first.label)
        blank = not self.document.text[shared.start : shared.end].strip()
        kind, said = self._on_both(first, second)
        return PairRemark(kind, first, second, self._sentence(first if blank else shared, said))

    def alone(self, span: Span, by_second: bool) -> PairRemark:
        """Say who made a tag that has no counterpart."""
        person = self._people[by_second]
        said = self._sentence(span, f"only {person.subject} {person.tag} it {self._name(span)}.")
        if by_second:
            return PairRemark("only-second", None, span, said)
        return PairRemark("only-first", span, None, said)

    def _sentence(self, shown: Span, said: str) -> str:
        number = sum(one.start <= shown.start for one in self.document.sentences())
        return f"[{max(number, 1)}] {self._quote(shown)}: {said}"

    def _on_both(self, first: Span, second: Span) -> tuple[str, str]:
        mine, theirs = self._people
        boundary = self._boundary(first, second)
        if first.label != second.label:
            said = (
                f"{mine.subject} {mine.tag} it {self._name(first)}, "
                f"{theirs.subject} {theirs.tag} it {self._name(second)}."
            )
            return "other-label", said + boundary
        both = "you both" if self.names is None else "both"
        kind = "boundary" if boundary else "same"
        return kind, f"{both} tag it {self._name(first)}.{boundary}"

    def _boundary(self, first: Span, second: Span) -> str:
        """Name the words that only one of two tags takes in; spaces and commas do not count."""
        mine, theirs = self._people
        extra = [
            (mine, self._only_in(first, second)),
            (theirs, self._only_in(second, first)),
        ]
        count = sum(len(words) for _, words in extra)
        if not count:
            return ""
        parts = [
            f"{person.possessive} tag also takes in {quoted(_join(words))}"
            for person, words in extra
            if words
        ]
        differs = f"The boundary differs by {count} word{'s' * (count != 1)}"
        return f" {differs}: {' and '.join(parts)}."

    def _only_in(self, span: Span, other: Span) -> list[str]:
        return [
            word.group()
            for word in _WORD.finditer(self.document.text, span.start, span.end)
            if not (word.start() < other.end and other.start < word.end())
        ]

    def _name(self, span: Span) -> str:
        return self.codebook.code(span.label).name

    def _quote(self, span: Span) -> str:
        words = " ".join(self.document.text[span.start : span.end].split())
        if len(words) > _LONGEST:
            words = words[: _LONGEST - 1].rstrip() + "…"
        return quoted(words)

    def summary(
        self, first: int, second: int, counts: Mapping[str, int], f1: Coefficient
    ) -> tuple[str, ...]:
        """Say how many tags both have, how they go together, and the share that is common.

        Parameters
        ----------
        first, second
            Tags of each person.
        counts
            Remarks of each kind.
        f1
            The share of characters with a tag that has a counterpart.
        """
        mine, theirs = self._people
        tags = (
            f"{mine.subject} {mine.have} {first} tag{'s' * (first != 1)}, "
            f"{theirs.subject} {theirs.have} {second}."
        )
        tags = tags[0].upper() + tags[1:] if self.names is None else tags
        if f1.value is None:
            return (tags,)
        names = (
            "Same words and label", "Same label, other boundary", "Same words, other label",
            f"Only {mine.subject}", f"Only {theirs.subject}",
        )  # fmt: skip
        found = [f"{name}: {counts[kind]}." for name, kind in zip(names, KINDS, strict=True)]
        return (
            tags,
            " ".join(found),
            f"Of the characters with a tag, {round(100 * f1.value)} % have the same label from "
            "the other person as well.",
        )


def _join(words: list[str]) -> str:
    return " ".join(words if len(words) <= 12 else [*words[:6], "…", *words[-5:]])
