"""What a learner sees of a class on one section: counts, never single people.

A view is made of the tags of the whole class. What leaves it are words and counts only, as
many for 100,000 learners as for 30.

Two learners rarely draw a boundary in the same place. So a common tag represents all tags of its
label that share a character with it, and commas and quotation marks at its edges do not count.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

from framingkit.agreement import (
    SMALL_CLASS,
    Contest,
    HeatMap,
    PlainClass,
    ShadedWords,
    fewest,
    plain_class,
)
from framingkit.course import AnnotationSet, Code, Document, Span

_INNER = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_MOST_LINES, _MOST_CONTESTS = 12, 4


@dataclass(frozen=True, slots=True)
class CommonTag:
    """Words with a label, and how many learners gave them, or a part of them, this label."""

    span: Span
    coders: int


def inner_words(start: int, end: int, document: Document) -> tuple[int, int]:
    """Leave out everything at the edges of a stretch that is not a word.

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
    >>> [(tag.span.start, tag.coders) for tag in common_tags(sets, load_article())]
    [(13, 3)]
    """
    by_label = defaultdict(set)
    for coder, tagged in enumerate(annotation_sets):
        for span in tagged.spans:
            by_label[span.label].add((*inner_words(span.start, span.end, document), coder))
    common = [tag for label, rows in by_label.items() for tag in _of_label(label, rows, least)]
    return sorted(common, key=lambda tag: (-tag.coders, tag.span.key))


def _of_label(label: str, rows: set[tuple[int, int, int]], least: float) -> list[CommonTag]:
    common = []
    while rows:
        counts = Counter((start, end) for start, end, _ in rows)
        low, high = min(counts, key=lambda where: (-counts[where], where))
        coders = {coder for start, end, coder in rows if start < high and low < end}
        if len(coders) >= least:
            common.append(CommonTag(Span(low, high, label), len(coders)))
        rows = {row for row in rows if row[0] >= high or row[1] <= low}
    return common


@dataclass(frozen=True, slots=True)
class ClassView:
    """The class on one section, beside the learner's own tags `mine`.

    Labels number the codes in `codes`. Words and tags of fewer than `least` learners are not
    shown.
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
        return [words for words in row if words.coders >= self.least]

    def lines(self, label: int | None = None) -> list[str]:
        """Say which tags most learners share; then, what else the learner tagged.

        Without a label, these are the most frequent tags of all.
        """
        labels = self.used if label is None else [label]
        ids = [self.codes[used].id for used in labels]
        common = [tag for tag in self.common if tag.span.label in ids]
        if label is None:
            common = [tag for tag in common if tag.coders >= self.readers / 10][:_MOST_LINES]
        alone = [
            self._alone(span, used)
            for used in labels
            for span in self.own(used)
            if not any(tag.span.label == span.label and tag.span.overlaps(span) for tag in common)
        ]
        return [self._line(tag) for tag in (*common, *alone)]

    def on(self, words: ShadedWords, label: int | None = None) -> str:
        """Say what the class gave to some shaded words, and what the learner did there."""
        start = f"{self._at(words)}: {words.coders:,} of {words.readers:,} learners"
        given = [used for used in self.used if any(_share(words, span) for span in self.own(used))]
        if label is not None:
            answer = "You did too." if label in given else "You did not."
            return f"{start} tagged it {self.codes[label].name}. {answer}"
        counts = [(_most(self.words(used), words), used) for used in self.used]
        counts.sort(key=lambda row: (-row[0], row[1]))
        codes = [f"{self.codes[used].name} {most:,}" for most, used in counts if most]
        mine = ", ".join(self.codes[used].name for used in given) or "no tag"
        return f"{start} tagged it. {', '.join(codes)}. You: {mine}."

    def yours(self, contest: Contest) -> str:
        """Say what the learner tagged on the words of a contested passage."""
        tags = [
            f"{self.codes[label].name} on {self._quote(span)}"
            for label in self.used
            for span in self.own(label)
            if span.start < contest.end and contest.start < span.end
        ]
        return f"You: {', '.join(tags) or 'no tag on these words'}."

    def _at(self, words: ShadedWords | Span) -> str:
        """Quote words with the number of their sentence, because words come again."""
        return f"{self._quote(words)} [{self.document.sentence_at(words.start).number}]"

    def _quote(self, words: ShadedWords | Span) -> str:
        """Quote words without the comma or the quotation marks at their edges."""
        return self.document.quote(*inner_words(words.start, words.end, self.document))

    def _inner(self, span: Span) -> Span:
        return Span(*inner_words(span.start, span.end, self.document), span.label)

    def _line(self, common: CommonTag) -> str:
        span = common.span
        own = [tag for tag in self.mine if tag.label == span.label and tag.overlaps(span)]
        same = any(self._inner(tag) == span for tag in own)
        yours = "the same" if same else ", ".join(map(self._quote, own)) or "none"
        name = next(code.name for code in self.codes if code.id == span.label)
        if not common.coders:
            return f"Only you tagged {self._at(span)} as {name}: none of {self.readers:,} learners."
        learners = f"{common.coders:,} of {self.readers:,} learners"
        return f"{learners} tagged {self._at(span)} as {name}. Yours: {yours}."

    def _alone(self, span: Span, label: int) -> CommonTag:
        """Make a line's tag of one that few learners share."""
        return CommonTag(self._inner(span), _most(self.map.by_label[label], span))


def _most(words: Sequence[ShadedWords], on: ShadedWords | Span) -> int:
    return max((stretch.coders for stretch in words if _share(stretch, on)), default=0)


def _share(words: ShadedWords, other: ShadedWords | Span) -> bool:
    return words.start < other.end and other.start < words.end


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
    least = fewest(len(readers))
    counted = _counted(readers, document, codes)
    return ClassView(
        document,
        section_id,
        tuple(codes),
        counted.map,
        tuple(common_tags(readers, document, least)),
        counted.contests,
        len(readers),
        least,
        tuple(mine),
    )


def _counted(
    readers: Sequence[AnnotationSet], document: Document, codes: Sequence[Code]
) -> PlainClass:
    """Count a class: a large one with numpy, if it is there."""
    is_small = sum(len(tagged.spans) for tagged in readers) <= SMALL_CLASS
    if is_small or find_spec("numpy") is None:
        return plain_class(readers, document, codes, _MOST_CONTESTS)
    from framingkit.agreement import class_contests, class_heat, class_map, class_spans

    spans = class_spans(readers, [code.id for code in codes], document)
    contests = class_contests(spans, document, codes, _MOST_CONTESTS)
    return PlainClass(class_map(class_heat(spans), document), contests)
