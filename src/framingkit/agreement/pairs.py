"""Two people's tags on one text, side by side, in sentences.

Nobody is measured against the other: whoever comes first, the same tags are paired and the
same things are said.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from framingkit.agreement.coefficients import Coefficient
from framingkit.base import quoted
from framingkit.course import AnnotationSet, Codebook, Document, ReferenceSpan, Span, reading_order
from framingkit.errors import FramingkitError
from framingkit.feedback import closeness, pair

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
        number = self.document.sentence_at(shown.start).number
        return f"[{number}] {self.document.quote(shown.start, shown.end, _LONGEST)}: {said}"

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
        extra = [(mine, self._only_in(first, second)), (theirs, self._only_in(second, first))]
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


# Tags that share less than this are about other words, not other labels for the same words.
_SAME_WORDS = 1 / 3


@dataclass(frozen=True, slots=True)
class PairAgreement:
    """How far two people agree.

    ``counts`` has the number of remarks of each kind. ``f1`` is the share of characters with a tag
    that carry the same label from the other person as well: twice the shared characters, by those
    of both. Characters count once per label.
    """

    summary: tuple[str, ...]
    remarks: tuple[PairRemark, ...]
    counts: Mapping[str, int]
    f1: Coefficient

    @property
    def sentences(self) -> tuple[str, ...]:
        """The summary, then every remark in reading order."""
        return (*self.summary, *(remark.sentence for remark in self.remarks))


def compare_pair(
    first: AnnotationSet,
    second: AnnotationSet,
    document: Document,
    codebook: Codebook,
    names: tuple[str, str] | None = None,
) -> PairAgreement:
    """Compare the tags of two people on the same text.

    Parameters
    ----------
    first, second
        The tags of both. Without `names`, the first person is called "you" and the second "they".
    document, codebook
        The text and the codes of both.
    names
        What to call the two, for example their code names.

    Raises
    ------
    FramingkitError
        If a set belongs to another text, or a label is not in the codebook.

    Examples
    --------
    >>> from framingkit import course
    >>> article, codebook = course.load_article(), course.load_codebook()
    >>> mine = AnnotationSet("alaska-summit", "mara", (Span(2959, 2962, "nature_metaphor"),))
    >>> theirs = AnnotationSet("alaska-summit", "ben", (Span(2952, 2962, "nature_metaphor"),))
    >>> found = compare_pair(mine, theirs, article, codebook)
    >>> print(found.remarks[0].sentence)
    [22] “hot”: you both tag it Nature metaphor. The boundary differs by 1 word: their tag also
    takes in “always”.
    """
    for one in (first, second):
        if one.document_id != document.id:
            raise FramingkitError(
                f"The tags of {one.coder!r} were made on {one.document_id!r}, but the article is "
                f"{document.id!r}. Compare two people who read the same text."
            )
    teller = Teller(document, codebook, names)
    pairs, mine, theirs = pair_tags(first.spans, second.spans)
    found = [
        *(teller.together(*one) for one in pairs),
        *(teller.alone(span, by_second=False) for span in mine),
        *(teller.alone(span, by_second=True) for span in theirs),
    ]
    remarks = tuple(sorted(found, key=_place))
    f1 = _f1(first.spans, second.spans)
    counts = {kind: sum(one.kind == kind for one in remarks) for kind in KINDS}
    summary = teller.summary(len(first.spans), len(second.spans), counts, f1)
    return PairAgreement(summary, remarks, counts, f1)


def pair_tags(
    first: tuple[Span, ...], second: tuple[Span, ...]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Pair the tags of two people; also give what is left of each.

    Tags with the same words and label go together first, then overlapping ones with the same
    label, then tags with different labels on about the same words.
    """
    if _plain(first) > _plain(second):
        pairs, theirs, mine = pair_tags(second, first)
        return [(one, other) for other, one in pairs], mine, theirs
    found: list[tuple[Span, Span]] = []
    left, right = list(first), list(second)
    for fits in (_identical, _same_label, _about_the_same_words):
        entries = [ReferenceSpan(span, "", "clear", "", "", ()) for span in right]
        paired = pair(left, entries, fits)
        found += [(left[mine], right[theirs]) for mine, theirs in paired.items()]
        left = [span for place, span in enumerate(left) if place not in paired]
        right = [span for place, span in enumerate(right) if place not in paired.values()]
    return found, left, right


def _plain(spans: tuple[Span, ...]) -> list[tuple[int, int, str]]:
    return [(span.start, span.end, span.label) for span in spans]


def _identical(tag: Span, entry: ReferenceSpan) -> bool:
    return _plain((tag,)) == _plain((entry.span,))


def _same_label(tag: Span, entry: ReferenceSpan) -> bool:
    return tag.label == entry.span.label


def _about_the_same_words(tag: Span, entry: ReferenceSpan) -> bool:
    return closeness(tag, entry.span) >= _SAME_WORDS


def _place(remark: PairRemark) -> tuple[int, int, str]:
    """Order remarks by the first of their tags, whoever made it."""
    first, *_ = reading_order(span for span in (remark.first, remark.second) if span)
    return first.start, -first.end, first.label


def _f1(first: tuple[Span, ...], second: tuple[Span, ...]) -> Coefficient:
    marks, others = (
        {(span.label, place) for span in spans for place in range(span.start, span.end)}
        for spans in (first, second)
    )
    if not marks and not others:
        return Coefficient(None, "Neither of the two has tagged anything.")
    return Coefficient(Fraction(2 * len(marks & others), len(marks) + len(others)))
