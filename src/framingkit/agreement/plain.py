"""The map of a class and what it is split over, counted in plain Python.

In a browser there is no numpy, and a class of thirty does not need it: here each character of the
text has its own count. The same as in :mod:`framingkit.agreement.heat` and
:mod:`framingkit.agreement.splits`, which count a class of 100,000.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from framingkit.agreement.contests import (
    MINORITY,
    ClassVariant,
    Contest,
    ContestedPassage,
    chosen_contests,
)
from framingkit.agreement.maps import HeatMap, map_of
from framingkit.agreement.sets import check_people, check_text, check_within
from framingkit.course import AnnotationSet, Code, Document, Span

SMALL_CLASS = 10_000
"""A class of up to this many tags is counted in plain Python, even where numpy is installed."""


class _Tag(NamedTuple):
    """A tag by the numbers of its label and its learner."""

    label: int
    coder: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PlainClass:
    """The map of a class, and the passages on which it is split most."""

    map: HeatMap
    contests: tuple[Contest, ...]


def plain_class(
    readers: Sequence[AnnotationSet], document: Document, codes: Sequence[Code], most: int
) -> PlainClass:
    """Count a class in which everybody has read the whole text.

    Parameters
    ----------
    readers
        The tags of each learner.
    document, codes
        The text, and the codes to count.
    most
        Find at most this many contested passages.

    Raises
    ------
    FramingkitError
        If a set is on another text, two are by one learner, or a tag lies outside the text.

    Examples
    --------
    Both of two learners tag "red carpet" (13:23), one of them with "rolls out" before it.

    >>> from framingkit.course import load_article, load_codebook
    >>> tags = [(Span(start, 23, "ceremony_symbol"),) for start in (3, 13)]
    >>> two = [AnnotationSet("alaska-summit", f"reader-{n}", tag) for n, tag in enumerate(tags)]
    >>> counted = plain_class(two, load_article(), [load_codebook().code("ceremony_symbol")], 4)
    >>> [(words.start, words.end, words.coders) for words in counted.map.tagged]
    [(3, 12, 1), (13, 23, 2)]
    """
    tags = _tags(readers, document, codes)
    length, labels = len(document.text), range(len(codes))
    anybody = _counts((tag._replace(label=0) for tag in tags), length)
    by_label = [_counts((tag for tag in tags if tag.label == label), length) for label in labels]
    shaded = map_of(document, [len(readers)] * length, anybody, by_label)
    return PlainClass(shaded, _contests(tags, len(readers), document, codes, most))


def _tags(
    readers: Sequence[AnnotationSet], document: Document, codes: Sequence[Code]
) -> list[_Tag]:
    check_text(readers, document)
    check_people(readers)
    number = {code.id: label for label, code in enumerate(codes)}
    tags = [
        _Tag(number[span.label], coder, span.start, span.end)
        for coder, tagged in enumerate(readers)
        for span in tagged.spans
        if span.label in number
    ]
    check_within([(tag.start, tag.end) for tag in tags], len(document.text))
    return tags


def _counts(tags: Iterable[_Tag], length: int) -> list[int]:
    """Count for each character the learners with a tag on it; two tags of one count once."""
    change = [0] * (length + 1)
    coder, furthest = -1, 0
    for tag in sorted(tags):
        if tag.coder != coder:
            coder, furthest = tag.coder, 0
        if tag.end > furthest:
            change[max(tag.start, furthest)] += 1
            change[tag.end] -= 1
            furthest = tag.end
    return list(accumulate(change))[:-1]


def _contests(
    tags: Sequence[_Tag], readers: int, document: Document, codes: Sequence[Code], most: int
) -> tuple[Contest, ...]:
    merged = [
        tag
        for label in range(len(codes))
        for tag in _merged([tag for tag in tags if tag.label == label])
    ]
    starts = {sentence.start for sentence in document.sentences()}
    passages = [
        passage
        for label in range(len(codes))
        for passage in _passages(
            label,
            _counts((tag for tag in merged if tag.label == label), len(document.text)),
            readers,
            starts,
        )
    ]
    return chosen_contests(
        sorted(passages, key=lambda passage: (-passage.disagreements, passage.start)),
        lambda start, end: _variants_of(merged, start, end, codes),
        document,
        codes,
        most,
    )


def _merged(tags: Sequence[_Tag]) -> Iterator[_Tag]:
    """Put the words that most learners chose in place of all tags of their code that touch them."""
    counts = Counter((tag.start, tag.end) for tag in tags)
    chosen: list[tuple[int, int]] = []
    for low, high in sorted(counts, key=lambda words: (-counts[words], words)):
        if not any(start < high and low < end for start, end in chosen):
            chosen.append((low, high))
    for tag in tags:
        for low, high in chosen:
            if low < tag.end and tag.start < high:
                yield tag._replace(start=low, end=high)


def _passages(
    label: int, counts: Sequence[int], readers: int, starts: Iterable[int]
) -> Iterator[ContestedPassage]:
    """Find the stretches of split characters; none runs over the start of a sentence."""
    edges = set(starts)
    start, pairs, before = 0, 0, False
    for place, tagged in enumerate([*counts, 0]):
        is_split = readers > 1 and min(tagged, readers - tagged) >= MINORITY * readers
        is_split = is_split and place < len(counts)
        if before and (not is_split or place in edges):
            yield ContestedPassage(label, start, place, readers, pairs)
        if is_split and (not before or place in edges):
            start, pairs = place, 0
        pairs += tagged * (readers - tagged)
        before = is_split


def _variants_of(
    tags: Sequence[_Tag], start: int, end: int, codes: Sequence[Code]
) -> tuple[list[ClassVariant], int]:
    """Give the tags that share a character with a stretch, most frequent first, and their coders.

    The same tag twice by one coder counts once.
    """
    found = {tag for tag in tags if tag.start < end and start < tag.end}
    counts = Counter((tag.start, tag.end, tag.label) for tag in found)
    ordered = sorted(counts, key=lambda tag: (-counts[tag], tag[0], -tag[1], tag[2]))
    variants = [
        ClassVariant(Span(low, high, codes[label].id), counts[low, high, label])
        for low, high, label in ordered
    ]
    return variants, len({tag.coder for tag in found})
