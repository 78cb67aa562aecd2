"""What a learner sees of a class on one section: counts, never single people.

A view is made of the tags of the whole class. What leaves it are words and counts only, as
many for 100,000 learners as for 30.

Two learners rarely draw a boundary in the same place. So a common tag stands for all tags of its
label that share a character with it, and commas and quotation marks at its edges do not count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.agreement import (
    Contest,
    HeatMap,
    ShadedWords,
    class_contests,
    class_heat,
    class_map,
    class_spans,
)
from framingkit.course import AnnotationSet, Code, Document, Span

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


_MOST_LINES, _MOST_CONTESTS = 12, 4


@dataclass(frozen=True, slots=True)
class ClassView:
    """The class on one section, beside the learner's own tags `mine`.

    Labels are places in `codes`. Words and tags of fewer than `least` learners are not shown.
    """

    document: Document
    section_id: str
    codes: tuple[Code, ...]
    map: HeatMap
    common: tuple[CommonTag, ...]
    contests: tuple[Contest, ...]
    readers: int
    least: int
    mine: tuple[Span, ...]

    @property
    def used(self) -> list[int]:
        """The labels with something to show, of the class or of the learner."""
        return [label for label in range(len(self.codes)) if self.words(label) or self.own(label)]

    def own(self, label: int) -> list[Span]:
        """Return the learner's own tags with a label."""
        return [span for span in self.mine if span.label == self.codes[label].id]

    def words(self, label: int | None) -> list[ShadedWords]:
        """Return the shaded words of one label, or of all together."""
        row = self.map.tagged if label is None else self.map.by_label[label]
        return [one for one in row if one.coders >= self.least]

    def lines(self, label: int | None = None) -> list[str]:
        """Say which tags most learners share; then, what else the learner tagged.

        Without a label, these are the most frequent tags of all.
        """
        labels = self.used if label is None else [label]
        named = {self.codes[place].id: self.codes[place].name for place in labels}
        common = [one for one in self.common if one.label in named]
        if label is None:
            common = [one for one in common if one.coders >= self.readers / 10][:_MOST_LINES]
        said = [self._line(one, named[one.label]) for one in common]
        for place in labels:
            here = [one for one in common if one.label == self.codes[place].id]
            for span in self.own(place):
                if not any(_share(one, span) for one in here):
                    said.append(self._line(self._alone(span, place), self.codes[place].name))
        return said

    def on(self, words: ShadedWords, label: int | None = None) -> str:
        """Say what the class gave to some shaded words, and what the learner did there."""
        start = f"{self._at(words)}: {words.coders:,} of {words.readers:,} learners"
        given = [place for place in self.used if any(_share(words, one) for one in self.own(place))]
        if label is not None:
            answer = "You did too." if label in given else "You did not."
            return f"{start} tagged it {self.codes[label].name}. {answer}"
        counts = [(self._most(place, words), place) for place in self.used]
        counts.sort(key=lambda row: (-row[0], row[1]))
        codes = [f"{self.codes[place].name} {most:,}" for most, place in counts if most]
        mine = ", ".join(self.codes[place].name for place in given) or "no tag"
        return f"{start} tagged it. {', '.join(codes)}. You: {mine}."

    def yours(self, place: Contest) -> str:
        """Say what the learner tagged on the words of a contested place."""
        tags = [
            f"{self.codes[label].name} on {self.quote(span)}"
            for label in self.used
            for span in self.own(label)
            if span.start < place.end and place.start < span.end
        ]
        return f"You: {', '.join(tags) or 'no tag on these words'}."

    def _at(self, place: ShadedWords | CommonTag) -> str:
        """Quote words with the number of their sentence, because words come again."""
        return f"{self.quote(place)} [{self.document.sentence_at(place.start).number}]"

    def quote(self, place: ShadedWords | Span | CommonTag) -> str:
        """Quote words without the comma or the quotation marks at their edges."""
        return self.document.quote(*inner_words(place.start, place.end, self.document))

    def _line(self, one: CommonTag, name: str) -> str:
        own = [span for span in self.mine if span.label == one.label and _share(one, span)]
        same = any(same_words(one, span, self.document) for span in own)
        yours = "the same" if same else ", ".join(map(self.quote, own)) or "none"
        start = f"{one.coders:,} of {self.readers:,} learners tagged {self._at(one)}"
        return f"{start} as {name}. Yours: {yours}."

    def _alone(self, span: Span, label: int) -> CommonTag:
        """Make a line's tag of one that few learners share."""
        start, end = inner_words(span.start, span.end, self.document)
        return CommonTag(span.label, start, end, self._most(label, span, all_words=True))

    def _most(self, label: int, place: ShadedWords | Span, all_words: bool = False) -> int:
        row = self.map.by_label[label] if all_words else self.words(label)
        return max((one.coders for one in row if _share(one, place)), default=0)


def class_view(
    readers: Sequence[AnnotationSet],
    document: Document,
    section_id: str,
    codes: Sequence[Code],
    mine: Sequence[Span] = (),
) -> ClassView:
    """Count what the learners of a class tagged in a section.

    Parameters
    ----------
    readers
        Of each learner who read the section, the tags on it.
    document, section_id
        The text and its section.
    codes
        The codes to count.
    mine
        The tags of whoever looks at the class.

    Examples
    --------
    >>> from framingkit.course import load_article, load_codebook
    >>> carpet = Span(2750, 2760, "ceremony_symbol")
    >>> class_ = [AnnotationSet("alaska-summit", f"reader-{n}", (carpet,)) for n in range(6)]
    >>> code = load_codebook().code("ceremony_symbol")
    >>> class_view(class_, load_article(), "ending", [code], [carpet]).lines()
    ['6 of 6 learners tagged “red carpet” [21] as Ceremony symbol. Yours: the same.']
    """
    least = max(2, len(readers) // 20)
    spans = class_spans(readers, [code.id for code in codes], len(document.text))
    return ClassView(
        document,
        section_id,
        tuple(codes),
        class_map(spans, document),
        tuple(common_tags(readers, document, least)),
        class_contests(spans, class_heat(spans), document, _MOST_CONTESTS),
        len(readers),
        least,
        tuple(mine),
    )


def _share(one: ShadedWords | Span | CommonTag, other: ShadedWords | Span | CommonTag) -> bool:
    return one.start < other.end and other.start < one.end
