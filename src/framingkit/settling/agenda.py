"""Which contested passages people have to settle, and in what company.

Two markers settle everything. For a class, rare readings are left out, what nearly everybody
read alike needs no talk, and of the rest the most contested passages come first.
"""

import itertools
import math
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace

from framingkit.course import AnnotationSet, Codebook, Document, Section, Sentence, Span
from framingkit.settling.contested import Decision, Kept, Reading, Stretch, Tag, stretches

FEW = 4
"""Up to so many people every reading counts, and names stand in place of numbers."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One contested stretch, with the sentences around it.

    ``readers`` of a class are those who tagged something in this section. Of the readers,
    ``elsewise`` have only rarer readings here, and ``silent`` have no tag here.
    """

    number: int
    stretch: Stretch
    sentences: tuple[Sentence, ...]
    readers: tuple[str, ...]
    elsewise: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def key(self) -> str:
        """The place of the stretch, as a name."""
        return f"{self.stretch.start}-{self.stretch.end}"

    @property
    def range(self) -> tuple[int, int]:
        """Where the words to show begin and end."""
        places: tuple[Stretch | Sentence, ...] = (self.stretch, *self.sentences)
        return min(one.start for one in places), max(one.end for one in places)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to settle.

    ``sets`` hold the readings that count, each had by ``least`` people or more. ``agreed`` are
    decided by numbers alone. ``passages`` are put to the people; ``others`` are contested too.
    """

    document: Document
    codebook: Codebook
    sets: tuple[AnnotationSet, ...]
    least: int
    passages: tuple[Passage, ...]
    others: tuple[Passage, ...]
    agreed: tuple[Decision, ...]

    @property
    def named(self) -> bool:
        """Whether so few people read the text that each is named."""
        return len(self.sets) <= FEW


_AGREED = 0.8  # the share of the readers that makes a single reading one of all
_CROWD = 6  # readings of one passage that a class can talk about


def make_agenda(
    annotation_sets: Sequence[AnnotationSet],
    document: Document,
    codebook: Codebook,
    section: str | None = None,
    most: int | None = None,
) -> Agenda:
    """Choose what is to settle.

    Parameters
    ----------
    annotation_sets
        One set for each person.
    document, codebook
        The text and the codes.
    section
        Put passages of this section only to the people.
    most
        Put so many at most: those come first on which most pairs of readers differ.

    Examples
    --------
    >>> from framingkit import course
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),)),
    ... ]
    >>> agenda = make_agenda(sets, course.load_article(), course.load_codebook())
    >>> [(one.number, one.key, one.silent) for one in agenda.passages]
    [(1, '13-23', ())]
    """
    asked = list(annotation_sets)
    least = 1 if len(asked) <= FEW else max(2, math.ceil(len(asked) / 10))
    sets = asked if len(asked) <= FEW else _thinned(asked, least)
    sentences = document.sentences()
    found = [_passage(one, document, sentences, asked) for one in stretches(sets) if one.contested]
    agreed = [one for one in found if _is_agreed(one)]
    open_ones = [one for one in found if one not in agreed]
    where = document.section(section) if section else None
    asked_for = [one for one in open_ones if where is None or _lies_in(one, where)]
    chosen = sorted(asked_for, key=_heat)[:most]
    numbers = itertools.count(1)
    return Agenda(
        document,
        codebook,
        tuple(sets),
        least,
        tuple(replace(one, number=next(numbers)) for one in open_ones if one in chosen),
        tuple(one for one in open_ones if one not in chosen),
        tuple(_by_number(one) for one in agreed),
    )


def _lies_in(passage: Passage, section: Section) -> bool:
    return section.start <= passage.stretch.start < section.end


def _thinned(asked: Sequence[AnnotationSet], least: int) -> list[AnnotationSet]:
    """Leave out rare readings, and the rarest of a crowd."""
    counts = Counter(tag for one in asked for tag in set(map(_place, one.spans)))
    sets = _without(asked, {tag for tag, count in counts.items() if count < least})
    while rare := {_place(one) for here in stretches(sets) for one in _surplus(here)}:
        sets = _without(sets, rare)
    return sets


def _without(sets: Sequence[AnnotationSet], rare: Set[Tag]) -> list[AnnotationSet]:
    kept = (tuple(span for span in one.spans if _place(span) not in rare) for one in sets)
    return [replace(one, spans=spans) for one, spans in zip(sets, kept, strict=True)]


def _surplus(stretch: Stretch) -> Sequence[Reading]:
    """Name the rarest readings of a crowd; where all are as rare, the last ones."""
    readings = stretch.readings
    if len(readings) <= _CROWD:
        return ()
    fewest = len(readings[-1].coders)
    rarest = [one for one in readings if len(one.coders) == fewest]
    return rarest if len(rarest) < len(readings) else readings[_CROWD:]


def _place(one: Span | Reading) -> Tag:
    return one.start, one.end, one.label


def _passage(
    stretch: Stretch,
    document: Document,
    sentences: Sequence[Sentence],
    sets: Sequence[AnnotationSet],
) -> Passage:
    start, end = stretch.start, stretch.end
    near = [one for one in document.sections if one.start <= start < one.end]
    low, high = (near[0].start, near[0].end) if near else (0, len(document.text))
    readers = [
        one.coder
        for one in sets
        # in a class, many tag some sections only; two markers have read the whole text
        if len(sets) <= FEW or any(low <= tag.start < high for tag in one.spans)
    ]
    touched = {
        one.coder for one in sets if any(tag.start < end and start < tag.end for tag in one.spans)
    }
    spoken = {coder for one in stretch.readings for coder in one.coders}
    return Passage(
        0,
        stretch,
        tuple(one for one in sentences if one.start < end and start < one.end),
        tuple(readers),
        tuple(coder for coder in readers if coder in touched - spoken),
        tuple(coder for coder in readers if coder not in touched),
    )


def _is_agreed(passage: Passage) -> bool:
    first, *others = passage.stretch.readings
    return not others and len(first.coders) >= _AGREED * len(passage.readers)


def _by_number(passage: Passage) -> Decision:
    (one,) = passage.stretch.readings
    because = f"{len(one.coders)} of {len(passage.readers)} readers tagged it so."
    kept = Kept(one.start, one.end, one.label, because)
    return Decision(passage.stretch.start, passage.stretch.end, (kept,))


def _heat(passage: Passage) -> int:
    """Count the pairs of readers that differ, the most first."""
    counts = [len(one.coders) for one in passage.stretch.readings]
    return -sum(count * (len(passage.readers) - count) for count in counts)
