"""Fills the columns of a class learner by learner, and works out who has read what.

A hand-in does not say what was read. So a learner counts as a reader of a section if there is a
tag of theirs in it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from framingkit.class_spans import ClassSpans, ReadRanges
from framingkit.classes import LearnerTags
from framingkit.documents import Document
from framingkit.errors import FramingkitError


def _column() -> "array[int]":
    return array("i")


@dataclass(slots=True)
class TagColumns:
    """The tags of a growing number of learners on one text; ``labels`` gives each its number."""

    labels: Mapping[str, int]
    coders: int = 0
    coder: "array[int]" = field(default_factory=_column)
    label: "array[int]" = field(default_factory=_column)
    start: "array[int]" = field(default_factory=_column)
    end: "array[int]" = field(default_factory=_column)

    def add(self, tags: LearnerTags | None) -> None:
        """Add one more learner, who may have no tags.

        Raises
        ------
        FramingkitError
            If a tag has no code of the codebook or no numbers.

        Examples
        --------
        >>> columns = TagColumns({"ceremony_symbol": 0})
        >>> columns.add(LearnerTags(0, [13], [23], ["ceremony_symbol"], [], [], []))
        >>> columns.coders, columns.start.tolist()
        (1, [13])
        """
        try:
            if tags is not None:
                self.label.extend([self.labels[one] for one in tags.label])
                self.start.extend(tags.start)
                self.end.extend(tags.end)
                self.coder.extend([self.coders] * len(tags.start))
        except (KeyError, TypeError, OverflowError) as error:
            raise FramingkitError(
                f"A tag in the class file does not fit the text ({type(error).__name__}: "
                f"{error!s:.60}). Collect the class again."
            ) from None
        self.coders += 1

    def spans(self, length: int, read: ReadRanges | None = None) -> ClassSpans:
        """Return the columns as a class; `length` is that of the text.

        Raises
        ------
        FramingkitError
            If a tag lies outside the text.
        """
        coder, label, start, end = (
            np.frombuffer(one, dtype=f"i{one.itemsize}")
            for one in (self.coder, self.label, self.start, self.end)
        )
        return ClassSpans(coder, label, start, end, length, self.coders, len(self.labels), read)


@dataclass(frozen=True, slots=True, eq=False)
class SectionReaders:
    """Who has read which section.

    ``learners`` counts the readers of each section with text, by its id. ``ranges`` and
    ``incomplete`` are about the sections that enough learners have read: what each has read of
    them, and how many have read some of them and not others.
    """

    learners: dict[str, int]
    ranges: ReadRanges
    incomplete: int


def section_readers(document: Document, spans: Sequence[ClassSpans], fewest: int) -> SectionReaders:
    """Find out who has read which section of a text.

    Parameters
    ----------
    document
        The text.
    spans
        The tags of one class, or its tags at several times: then a learner has read what they
        tagged at any of them.
    fewest
        A section that fewer learners have read is left out of the ranges.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> columns = TagColumns({"ceremony_symbol": 0})
    >>> columns.add(LearnerTags(0, [2699], [2708], ["ceremony_symbol"], [], [], []))
    >>> found = section_readers(load_article(), [columns.spans(2964)], fewest=1)
    >>> found.learners["ending"], found.learners["agenda"], found.ranges.start.tolist()
    (1, 0, [2685])
    """
    sections = [one for one in document.sections if one.kind == "text"]
    has_read = np.zeros((len(sections), spans[0].coders), dtype=bool)
    for one in spans:
        for row, section in zip(has_read, sections, strict=True):
            row[one.coder[(one.start < section.end) & (section.start < one.end)]] = True
    counts = has_read.sum(axis=1).tolist()
    kept = [place for place, count in enumerate(counts) if count >= fewest]
    number, coder = np.nonzero(has_read[kept])
    starts, ends = (
        np.array([getattr(sections[place], edge) for place in kept], dtype=np.int64)
        for edge in ("start", "end")
    )
    each = has_read[kept].sum(axis=0)
    return SectionReaders(
        {section.id: count for section, count in zip(sections, counts, strict=True)},
        ReadRanges(coder, starts[number], ends[number]),
        int(((each > 0) & (each < len(kept))).sum()),
    )
