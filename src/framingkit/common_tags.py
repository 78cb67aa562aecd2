"""The tags that many learners of a class share, counted over small differences.

Two learners rarely draw a boundary in the same place. So a tag stands for all tags of its label
that share a character with it, and commas and quotation marks at its edges do not count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.annotations import AnnotationSet
from framingkit.documents import Document
from framingkit.spans import Span

_INNER = re.compile(r"\w(?:.*\w)?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class CommonTag:
    """Words, and how many learners gave them, or a part of them, this label."""

    label: str
    start: int
    end: int
    coders: int


def inner_words(start: int, end: int, document: Document) -> tuple[int, int]:
    """Leave out what is no word at the edges of a stretch.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> inner_words(12, 24, load_article())
    (13, 23)
    """
    inner = _INNER.search(document.text, start, end)
    return inner.span() if inner else (start, end)


def common_tags(
    annotation_sets: Sequence[AnnotationSet], document: Document, least: float = 2
) -> list[CommonTag]:
    """Find the tags that many learners share, the most frequent first.

    Of one label, the words that most learners chose come first; whatever overlaps them is
    counted with them, and so on with the rest.

    Parameters
    ----------
    annotation_sets
        One for each learner, all on `document`.
    least
        Tags of fewer learners are left out.

    Examples
    --------
    Two tag "red carpet" (13:23), one "US rolls out red carpet" (0:23).

    >>> from framingkit.course import load_article
    >>> tags = [Span(start, 23, "loaded_word") for start in (13, 13, 0)]
    >>> sets = [AnnotationSet("alaska-summit", f"a-{n}", (tag,)) for n, tag in enumerate(tags)]
    >>> common_tags(sets, load_article())
    [CommonTag(label='loaded_word', start=13, end=23, coders=3)]
    """
    found: defaultdict[str, Counter[tuple[int, int, int]]] = defaultdict(Counter)
    for coder, one in enumerate(annotation_sets):
        for span in one.spans:
            found[span.label][*inner_words(span.start, span.end, document), coder] = 1
    common = [tag for label, tags in found.items() for tag in _of_label(label, list(tags), least)]
    return sorted(common, key=lambda one: (-one.coders, one.start, one.end, one.label))


def _of_label(label: str, tags: list[tuple[int, int, int]], least: float) -> list[CommonTag]:
    common = []
    while tags:
        places = Counter(tag[:2] for tag in tags)
        start, end = min(places, key=lambda place: (-places[place], place))
        here = {coder for first, last, coder in tags if first < end and start < last}
        if len(here) >= least:
            common.append(CommonTag(label, start, end, len(here)))
        tags = [tag for tag in tags if tag[0] >= end or tag[1] <= start]
    return common


def same_words(tag: CommonTag, span: Span, document: Document) -> bool:
    """Tell whether a tag has the very words and the label of a common one."""
    return (tag.label, (tag.start, tag.end)) == (
        span.label, inner_words(span.start, span.end, document),
    )  # fmt: skip
