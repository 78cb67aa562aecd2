"""Two people's tags on one text, side by side, in sentences.

Nobody is measured against the other: whoever comes first, the same tags are paired and the
same things are said.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from framingkit.annotations import AnnotationSet, ReferenceSpan
from framingkit.codebooks import Codebook
from framingkit.coefficients import Coefficient
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.pair_sentences import KINDS, PairRemark, Teller
from framingkit.pairing import closeness, pair
from framingkit.spans import Span, reading_order

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


def pair_agreement(
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
    >>> found = pair_agreement(mine, theirs, article, codebook)
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
