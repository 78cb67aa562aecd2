"""Which contested passages people have to settle, and in what company.

Two markers settle everything. For a class, sections of few readers and rare readings are left
out, what nearly everybody read alike needs no talk, and of the rest the most contested passages
come first.
"""

import itertools
import math
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from framingkit.agreement import check_text
from framingkit.course import AnnotationSet, Codebook, Document, Section, Sentence, Span
from framingkit.hand_ins import SMALLEST_GROUP
from framingkit.settling.contested import Decision, Kept, Stretch, Variant, stretches

FEW = 4
"""With at most this many readers, every reading counts and readers are named."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One contested stretch, with the sentences around it.

    ``readers`` of a class are those who tagged something in this section. Of the readers,
    ``other_readers`` have only rarer readings here, and ``silent`` have no tag here.
    """

    number: int
    stretch: Stretch
    sentences: tuple[Sentence, ...]
    readers: tuple[str, ...]
    other_readers: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def key(self) -> str:
        """The key of the stretch."""
        return self.stretch.key

    @property
    def range(self) -> tuple[int, int]:
        """Where the words to show begin and end."""
        parts: tuple[Stretch | Sentence, ...] = (self.stretch, *self.sentences)
        return min(part.start for part in parts), max(part.end for part in parts)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be settled.

    ``sets`` hold the readings that count, each given by ``least`` people or more; ``stretches``
    divide the text by them. ``agreed`` are decided by numbers alone. ``passages`` are put to the
    people; ``others`` are contested too. ``closed`` are sections that too few of a class tagged:
    one could tell who read them how.
    """

    document: Document
    codebook: Codebook
    sets: tuple[AnnotationSet, ...]
    least: int
    stretches: tuple[Stretch, ...]
    passages: tuple[Passage, ...]
    others: tuple[Passage, ...]
    agreed: tuple[Decision, ...]
    closed: tuple[Section, ...] = ()

    @property
    def contested(self) -> tuple[Passage, ...]:
        """Every passage that needs a decision by people."""
        return (*self.passages, *self.others)

    @property
    def named(self) -> bool:
        """Whether so few people read the text that each is named."""
        return len(self.sets) <= FEW


_AGREED = 0.8  # the share of the readers that settles a stretch with a single variant
_CROWD = 6  # variants of one passage that a class can talk about


def make_agenda(
    annotation_sets: Sequence[AnnotationSet],
    document: Document,
    codebook: Codebook,
    section: str | None = None,
    most: int | None = None,
) -> Agenda:
    """Choose what is to be settled.

    Parameters
    ----------
    annotation_sets
        One set for each person.
    document, codebook
        The text and the codes.
    section
        Put only passages of this section to the people.
    most
        Put at most this many: those come first on which most pairs of readers differ.

    Raises
    ------
    FramingkitError
        If there are fewer than two people, or a set of tags is on another text.

    Examples
    --------
    >>> from framingkit import course
    >>> from framingkit.course import Span
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),)),
    ... ]
    >>> agenda = make_agenda(sets, course.load_article(), course.load_codebook())
    >>> [(passage.number, passage.key, passage.silent) for passage in agenda.passages]
    [(1, '13-23', ())]
    """
    check_text(annotation_sets, document)
    asked = tuple(_on_words(tagged, document) for tagged in annotation_sets)
    closed = _small_sections(asked, document) if len(asked) > FEW else ()
    asked = tuple(_outside(tagged, closed) for tagged in asked)
    least = 1 if len(asked) <= FEW else max(2, math.ceil(len(asked) / 10))
    sets = asked if len(asked) <= FEW else _thinned(asked, least)
    everything = stretches(sets)
    contested = [_passage(part, document, asked) for part in everything if part.contested]
    agreed = [passage for passage in contested if _is_agreed(passage)]
    rest = [passage for passage in contested if passage not in agreed]
    where = document.section(section) if section else None
    asked_for = [passage for passage in rest if where is None or _begins_in(passage.stretch, where)]
    chosen = sorted(asked_for, key=_differing_pairs, reverse=True)[:most]
    numbers = itertools.count(1)
    return Agenda(
        document,
        codebook,
        sets,
        least,
        everything,
        tuple(replace(passage, number=next(numbers)) for passage in rest if passage in chosen),
        tuple(passage for passage in rest if passage not in chosen),
        tuple(_by_number(passage) for passage in agreed),
        closed,
    )


def _on_words(tagged: AnnotationSet, document: Document) -> AnnotationSet:
    """Leave out tags on nothing but white space, which no reading can quote."""
    text = document.text
    spans = (span for span in tagged.spans if not text[span.start : span.end].isspace())
    return replace(tagged, spans=tuple(spans))


def _small_sections(sets: tuple[AnnotationSet, ...], document: Document) -> tuple[Section, ...]:
    """Find the sections that somebody tagged, but fewer than five."""
    readers = {
        section: sum(any(_begins_in(span, section) for span in tagged.spans) for tagged in sets)
        for section in document.sections
    }
    return tuple(section for section, count in readers.items() if 0 < count < SMALLEST_GROUP)


def _begins_in(part: Span | Stretch, section: Section) -> bool:
    return section.start <= part.start < section.end


def _outside(tagged: AnnotationSet, closed: tuple[Section, ...]) -> AnnotationSet:
    spans = (span for span in tagged.spans if not any(_begins_in(span, one) for one in closed))
    return replace(tagged, spans=tuple(spans))


def _thinned(sets: tuple[AnnotationSet, ...], least: int) -> tuple[AnnotationSet, ...]:
    """Leave out rare variants, and the rarest of a crowd."""
    counts = Counter(key for tagged in sets for key in {span.key for span in tagged.spans})
    kept = _without(sets, {key for key, count in counts.items() if count < least})
    while rare := {extra.span.key for part in stretches(kept) for extra in _surplus(part)}:
        kept = _without(kept, rare)
    return kept


def _without(
    sets: tuple[AnnotationSet, ...], rare: Set[tuple[int, int, str]]
) -> tuple[AnnotationSet, ...]:
    return tuple(
        replace(tagged, spans=tuple(span for span in tagged.spans if span.key not in rare))
        for tagged in sets
    )


def _surplus(stretch: Stretch) -> Sequence[Variant]:
    """Name the rarest variants of a crowd; where all are as rare, the last ones."""
    variants = stretch.variants
    if len(variants) <= _CROWD:
        return ()
    fewest = len(variants[-1].coders)
    rarest = [variant for variant in variants if len(variant.coders) == fewest]
    return rarest if len(rarest) < len(variants) else variants[_CROWD:]


def _passage(stretch: Stretch, document: Document, sets: Sequence[AnnotationSet]) -> Passage:
    start, end = stretch.start, stretch.end
    around = [section for section in document.sections if section.start <= start < section.end]
    low, high = (around[0].start, around[0].end) if around else (0, len(document.text))
    readers = [
        tagged.coder
        for tagged in sets
        # in a class, many tag only some sections; two markers have read the whole text
        if len(sets) <= FEW or any(low <= span.start < high for span in tagged.spans)
    ]
    touched = {
        tagged.coder
        for tagged in sets
        if any(span.start < end and start < span.end for span in tagged.spans)
    }
    spoken = {coder for variant in stretch.variants for coder in variant.coders}
    return Passage(
        0,
        stretch,
        tuple(near for near in document.sentences() if near.start < end and start < near.end),
        tuple(readers),
        tuple(coder for coder in readers if coder in touched - spoken),
        tuple(coder for coder in readers if coder not in touched),
    )


def _is_agreed(passage: Passage) -> bool:
    first, *others = passage.stretch.variants
    return not others and len(first.coders) >= _AGREED * len(passage.readers)


def _by_number(passage: Passage) -> Decision:
    (variant,) = passage.stretch.variants
    because = f"{len(variant.coders)} of {len(passage.readers)} readers tagged it this way."
    return Decision(passage.stretch, (Kept(variant.span, because),))


def _differing_pairs(passage: Passage) -> int:
    counts = [len(variant.coders) for variant in passage.stretch.variants]
    return sum(count * (len(passage.readers) - count) for count in counts)
