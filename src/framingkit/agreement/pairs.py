"""Two people's tags on one text, side by side, in sentences.

Nobody is measured against the other: whoever comes first, the same tags are paired and the
sentences say the same.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from framingkit.agreement.coefficients import Coefficient
from framingkit.agreement.sets import check_text
from framingkit.base import counted, quoted
from framingkit.course import AnnotationSet, Codebook, Document, ReferenceSpan, Span
from framingkit.feedback import SAME_WORDS, closeness, pair

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

    @property
    def place(self) -> tuple[int, int, str]:
        """Where its first tag is, whoever made it; of two that start together, the longer one."""
        spans = (span for span in (self.first, self.second) if span)
        return min((span.start, -span.end, span.label) for span in spans)


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
    >>> print(compare_pair(mine, theirs, article, codebook).remarks[0].sentence)
    [22] “hot”: you both tag it Nature metaphor. The boundary differs by 1 word: their tag also
    takes in “always”.
    """
    check_text((first, second), document)
    teller = _Teller(document, codebook, names)
    pairs, mine, theirs = pair_tags(first.spans, second.spans)
    remarks = [
        *(teller.together(*spans) for spans in pairs),
        *(teller.alone(span, by_second=False) for span in mine),
        *(teller.alone(span, by_second=True) for span in theirs),
    ]
    remarks.sort(key=lambda remark: remark.place)
    f1 = _f1(first.spans, second.spans)
    counts = {kind: sum(remark.kind == kind for remark in remarks) for kind in KINDS}
    summary = teller.summary(len(first.spans), len(second.spans), counts, f1)
    return PairAgreement(summary, tuple(remarks), counts, f1)


def pair_tags(
    first: tuple[Span, ...], second: tuple[Span, ...]
) -> tuple[list[tuple[Span, Span]], list[Span], list[Span]]:
    """Pair the tags of two people; also give what is left of each.

    Tags with the same words and label go together first, then overlapping ones with the same
    label, then tags with different labels on about the same words.
    """
    if [span.key for span in first] > [span.key for span in second]:
        turned, theirs, mine = pair_tags(second, first)
        return [(own, other) for other, own in turned], mine, theirs
    pairs: list[tuple[Span, Span]] = []
    left, right = list(first), list(second)
    for fits in _FITS:
        entries = [ReferenceSpan(span, "", "clear", "", "", ()) for span in right]
        paired = pair(left, entries, fits)
        pairs += [(left[mine], right[theirs]) for mine, theirs in paired.items()]
        left = [span for index, span in enumerate(left) if index not in paired]
        right = [span for index, span in enumerate(right) if index not in paired.values()]
    return pairs, left, right


_FITS: tuple[Callable[[Span, ReferenceSpan], bool], ...] = (
    lambda tag, entry: tag.key == entry.span.key,
    lambda tag, entry: tag.label == entry.span.label,
    lambda tag, entry: closeness(tag, entry.span) >= SAME_WORDS,
)


def _f1(first: tuple[Span, ...], second: tuple[Span, ...]) -> Coefficient:
    marks, others = (
        {(span.label, offset) for span in spans for offset in range(span.start, span.end)}
        for spans in (first, second)
    )
    if not marks and not others:
        return Coefficient(None, "Neither of the two has tagged anything.")
    return Coefficient(Fraction(2 * len(marks & others), len(marks) + len(others)))


@dataclass(frozen=True, slots=True)
class _Person:
    """How to speak of one of the two."""

    subject: str
    tag: str
    have: str
    possessive: str


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells what two people tagged; without names, they are "you" and "they"."""

    document: Document
    codebook: Codebook
    names: tuple[str, str] | None

    @property
    def _people(self) -> tuple[_Person, _Person]:
        if self.names is None:
            return _Person("you", "tag", "have", "your"), _Person("they", "tag", "have", "their")
        first, second = (_Person(name, "tags", "has", f"{name}’s") for name in self.names)
        return first, second

    def together(self, first: Span, second: Span) -> PairRemark:
        """Say what two tags that go together have in common, and what not."""
        shared = Span(max(first.start, second.start), min(first.end, second.end), first.label)
        blank = not self.document.text[shared.start : shared.end].strip()
        boundary, (mine, theirs) = self._boundary(first, second), self._people
        if first.label == second.label:
            kind = "boundary" if boundary else "same"
            both = "you both" if self.names is None else "both"
            words = f"{both} tag it {self._name(first)}."
        else:
            kind = "other-label"
            words = (
                f"{mine.subject} {mine.tag} it {self._name(first)}, "
                f"{theirs.subject} {theirs.tag} it {self._name(second)}."
            )
        sentence = self._sentence(first if blank else shared, words + boundary)
        return PairRemark(kind, first, second, sentence)

    def alone(self, span: Span, by_second: bool) -> PairRemark:
        """Say who made a tag that has no counterpart."""
        person = self._people[by_second]
        words = f"only {person.subject} {person.tag} it {self._name(span)}."
        first, second = (None, span) if by_second else (span, None)
        return PairRemark(KINDS[3 + by_second], first, second, self._sentence(span, words))

    def _sentence(self, shown: Span, words: str) -> str:
        number = self.document.sentence_at(shown.start).number
        return f"[{number}] {self.document.quote(shown.start, shown.end, _LONGEST)}: {words}"

    def _boundary(self, first: Span, second: Span) -> str:
        """Name the words that only one of two tags takes in; spaces and commas do not count."""
        extra = (self._only_in(first, second), self._only_in(second, first))
        if not any(extra):
            return ""
        parts = [
            f"{person.possessive} tag also takes in {quoted(_join(words))}"
            for person, words in zip(self._people, extra, strict=True)
            if words
        ]
        count = counted(sum(map(len, extra)), "word")
        return f" The boundary differs by {count}: {' and '.join(parts)}."

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
        tags = f"{mine.subject} {mine.have} {counted(first, 'tag')}, "
        tags += f"{theirs.subject} {theirs.have} {second}."
        tags = tags[0].upper() + tags[1:] if self.names is None else tags
        if f1.value is None:
            return (tags,)
        names = (
            "Same words and label", "Same label, other boundary", "Same words, other label",
            f"Only {mine.subject}", f"Only {theirs.subject}",
        )  # fmt: skip
        kinds = [f"{name}: {counts[kind]}." for name, kind in zip(names, KINDS, strict=True)]
        return (
            tags,
            " ".join(kinds),
            f"Of the characters with a tag, {round(100 * f1.value)} % have the same label from "
            "the other person as well.",
        )


def _join(words: list[str]) -> str:
    return " ".join(words if len(words) <= 12 else [*words[:6], "…", *words[-5:]])
