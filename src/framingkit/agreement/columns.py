"""The spans of a whole class as columns of numbers, ready to be counted.

A class of 100,000 has millions of spans, too many for one object each. So coders and labels
are numbers from 0 on, and every column is one array. Offsets are those of ``course.Span``.

A hand-in does not say what was read. So a learner counts as a reader of a section if they tagged
something in it.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.agreement.sets import check_people, check_text, outside
from framingkit.course import AnnotationSet, Document
from framingkit.errors import FramingkitError
from framingkit.hand_ins import LearnerTags

Column: TypeAlias = npt.NDArray[np.signedinteger[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class ReadRanges:
    """Which characters each coder has read; three columns of one length, in any order.

    A coder may have several ranges, also overlapping ones. One without any has read nothing.
    """

    coder: Column
    start: Column
    end: Column


@dataclass(frozen=True, slots=True, eq=False)
class ClassSpans:
    """All spans of all coders on one document.

    Parameters
    ----------
    coder, label, start, end
        Four columns of one length, one row for a span, in any order.
    length
        Characters in the document.
    coders, labels
        How many there are; the numbers in the columns are below.
    read
        What each coder has read, or None if everybody has read everything. Tags on text that
        their coder has not read are left out of every count.

    Raises
    ------
    FramingkitError
        If a tag lies outside the text.

    Examples
    --------
    Mara and Ben both tag "red carpet", at 13:23, with the one label there is.

    >>> two = np.array([0, 1])
    >>> both = ClassSpans(two, two * 0, two * 0 + 13, two * 0 + 23, length=100, coders=2, labels=1)
    >>> len(both.coder)
    2
    """

    coder: Column
    label: Column
    start: Column
    end: Column
    length: int
    coders: int
    labels: int
    read: ReadRanges | None = None

    def __post_init__(self) -> None:
        """Refuse tags outside the text; a class file may hold any numbers."""
        start, end, length = self.start, self.end, self.length
        wrong = np.flatnonzero((start < 0) | (end > length) | (start >= end))
        if len(wrong):
            first = wrong[0]
            raise outside(int(first), int(start[first]), int(end[first]), length)


def class_spans(
    annotation_sets: Sequence[AnnotationSet], labels: Sequence[str], document: Document
) -> ClassSpans:
    """Put the annotation sets of a class into columns.

    Parameters
    ----------
    annotation_sets
        One set for each coder. Coder 0 is the first of them.
    labels
        The ids of the labels to compare. Label 0 is the first; other spans are left out.
    document
        The text that all sets are on.

    Raises
    ------
    FramingkitError
        If a set is on another text, two are by one coder, or a span lies outside the text.

    Examples
    --------
    >>> from framingkit.course import Span, load_article
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> class_spans([mara], ["ceremony_symbol"], load_article()).start.tolist()
    [13]
    """
    check_text(annotation_sets, document)
    check_people(annotation_sets)
    length = len(document.text)
    number = {label: index for index, label in enumerate(labels)}
    rows = [
        (coder, number[span.label], span.start, span.end)
        for coder, tagged in enumerate(annotation_sets)
        for span in tagged.spans
        if span.label in number
    ]
    coder, label, start, end = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    return ClassSpans(coder, label, start, end, length, len(annotation_sets), len(labels))


SHORT = 1 << 15
"""A text with fewer characters is short."""


def _column() -> "array[int]":
    return array("i")


def _short_column() -> "array[int]":
    return array("h")


@dataclass(slots=True)
class TagColumns:
    """The tags of more and more learners on one text.

    ``labels`` gives the number of each label. If the text is known to be `is_short`, offsets need
    half as many bytes.
    """

    labels: Mapping[str, int]
    is_short: bool = False
    coders: int = 0
    coder: "array[int]" = field(default_factory=_column)
    label: "array[int]" = field(default_factory=_short_column)
    start: "array[int]" = field(default_factory=_column)
    end: "array[int]" = field(default_factory=_column)

    def __post_init__(self) -> None:
        """Make room for short offsets."""
        if self.is_short:
            self.start, self.end = _short_column(), _short_column()

    def add(self, tags: LearnerTags) -> None:
        """Add the tags of one more learner.

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
            self.label.extend(map(self.labels.__getitem__, tags.label))
            self.start.extend(tags.start)
            self.end.extend(tags.end)
            self.coder.extend([self.coders] * len(tags.start))
        except (KeyError, TypeError, OverflowError) as error:
            raise FramingkitError(
                f"A tag in the class file does not fit the text ({type(error).__name__}: "
                f"{error!s:.60}). Collect the class again."
            ) from None
        self.coders += 1

    @property
    def counts(self) -> "tuple[int, array[int], array[int], array[int], array[int]]":
        """The columns, to be added to those of another part of the class."""
        return self.coders, self.coder, self.label, self.start, self.end

    def add_counts(
        self, counts: "tuple[int, array[int], array[int], array[int], array[int]]"
    ) -> None:
        """Add the tags of other learners; their numbers follow.

        Examples
        --------
        >>> mara, ben = TagColumns({"booster": 0}), TagColumns({"booster": 0})
        >>> mara.add(LearnerTags(0, [13], [23], ["booster"], [], [], []))
        >>> ben.add(LearnerTags(0, [17], [23], ["booster"], [], [], []))
        >>> mara.add_counts(ben.counts)
        >>> mara.coders, mara.coder.tolist(), mara.start.tolist()
        (2, [0, 1], [13, 17])
        """
        coders, coder, label, start, end = counts
        numbers = np.frombuffer(coder, dtype="i") + np.intc(self.coders)
        self.coder.frombytes(numbers.tobytes())
        self.label.extend(label)
        self.start.extend(start)
        self.end.extend(end)
        self.coders += coders

    def spans(self, length: int) -> ClassSpans:
        """Return the columns as a class; `length` is that of the text.

        Raises
        ------
        FramingkitError
            If a tag lies outside the text.
        """
        coder, label, start, end = (
            np.frombuffer(column, dtype=f"i{column.itemsize}")
            for column in (self.coder, self.label, self.start, self.end)
        )
        return ClassSpans(coder, label, start, end, length, self.coders, len(self.labels))


@dataclass(frozen=True, slots=True, eq=False)
class SectionReaders:
    """Who has read which section.

    ``learners`` counts the readers of each section with text, by its id. ``ranges`` and
    ``incomplete`` are about the sections that enough learners have read: what each has read of
    them, and how many have read some of them and not others. If no section has enough readers,
    the group is ``small``: then ``ranges`` are about all sections, and ``incomplete`` is 0.
    """

    learners: dict[str, int]
    ranges: ReadRanges
    incomplete: int
    small: bool


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
        A section that fewer learners have read is left out of the ranges, unless all are.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> columns = TagColumns({"ceremony_symbol": 0})
    >>> columns.add(LearnerTags(0, [2699], [2708], ["ceremony_symbol"], [], [], []))
    >>> readers = section_readers(load_article(), [columns.spans(2964)], fewest=1)
    >>> readers.learners["ending"], readers.learners["agenda"], readers.ranges.start.tolist()
    (1, 0, [2685])
    """
    sections = [section for section in document.sections if section.kind == "text"]
    has_read = np.zeros((len(sections), spans[0].coders), dtype=bool)
    for tags in spans:
        for row, section in zip(has_read, sections, strict=True):
            row[tags.coder[(tags.start < section.end) & (section.start < tags.end)]] = True
    counts = has_read.sum(axis=1)
    enough = counts >= fewest
    small = not enough.any()
    kept = has_read & (enough[:, None] | small)
    number, coder = np.nonzero(kept)
    edges = np.array([(section.start, section.end) for section in sections], dtype=np.int64)
    start, end = edges.reshape(-1, 2)[number].T
    each = kept.sum(axis=0)
    incomplete = 0 if small else int(((each > 0) & (each < enough.sum())).sum())
    learners = dict(zip((section.id for section in sections), counts.tolist(), strict=True))
    return SectionReaders(learners, ReadRanges(coder, start, end), incomplete, small)
