"""The spans of a whole class as columns of numbers, ready to be counted.

A class of 100,000 has millions of spans, too many for one object each. So coders and labels
are numbers from 0 on, and every column is one array. Offsets are those of ``course.Span``.

A hand-in does not say what was read. So a learner counts as a reader of a section if there is a
tag of theirs in it.
"""

from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

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
        If the columns do not fit together or hold a number that is out of range.

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
        """Refuse columns that would be miscounted silently."""
        if min(self.length, self.coders, self.labels) < 0:
            raise FramingkitError(
                "A class needs 0 or more characters, coders and labels, but got "
                f"{self.length}, {self.coders} and {self.labels}. Count them again."
            )
        _check_columns("span", coder=self.coder, label=self.label, start=self.start, end=self.end)
        _check_limit("span", "coder", self.coder, self.coders)
        _check_limit("span", "label", self.label, self.labels)
        _check_places("span", self.start, self.end, self.length)
        if self.read is not None:
            read = self.read
            _check_columns("range read", coder=read.coder, start=read.start, end=read.end)
            _check_limit("range read", "coder", read.coder, self.coders)
            _check_places("range read", read.start, read.end, self.length)


def _check_columns(what: str, **columns: Column) -> None:
    (name, first), *_ = columns.items()
    for other, column in columns.items():
        if not isinstance(column, np.ndarray) or column.dtype.kind != "i":
            raise FramingkitError(
                f"The column {other!r} must be a numpy array of signed whole numbers, but it is "
                f"{getattr(column, 'dtype', type(column).__name__)}. Use int32 or int64."
            )
        if column.ndim != 1 or column.shape != first.shape:
            raise FramingkitError(
                f"The columns {name!r} and {other!r} need one number for each {what}, but they "
                f"have the shapes {first.shape} and {column.shape}. Give them the same length."
            )


def _check_limit(what: str, name: str, column: Column, limit: int) -> None:
    if len(column) and not (column.min() >= 0 and column.max() < limit):
        place = int(np.flatnonzero((column < 0) | (column >= limit))[0])
        raise FramingkitError(
            f"The {name} of {what} {place} is {column[place]}, but with {limit} in all it must be "
            f"from 0 to {limit - 1}. Count them again, or mend the column."
        )


def _check_places(what: str, start: Column, end: Column, length: int) -> None:
    if len(start) and not (start.min() >= 0 and end.max() <= length and (start < end).all()):
        place = int(np.flatnonzero((start < 0) | (end > length) | (start >= end))[0])
        raise FramingkitError(
            f"The {what} {place} runs from {start[place]} to {end[place]}, but it needs "
            f"0 <= start < end <= {length}, the length of the text. Use the text it was made on."
        )


def class_spans(
    annotation_sets: Sequence[AnnotationSet],
    labels: Sequence[str],
    length: int,
    read: Mapping[str, Sequence[tuple[int, int]]] | None = None,
) -> ClassSpans:
    """Put the annotation sets of a class into columns.

    Parameters
    ----------
    annotation_sets
        One set for each coder, all on the same document. Coder 0 is the first of them.
    labels
        The ids of the labels to compare. Label 0 is the first; other spans are left out.
    length
        Characters in the document.
    read
        For a coder who has not read everything, the ranges that were read.

    Raises
    ------
    FramingkitError
        If the sets are on several documents or two of them have one coder, if a coder of `read`
        is unknown, or a span lies outside the text.

    Examples
    --------
    >>> from framingkit.course import Span
    >>> mara = AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),))
    >>> class_spans([mara], ["ceremony_symbol"], length=2964).start.tolist()
    [13]
    """
    coders = [one.coder for one in annotation_sets]
    _check_sets(annotation_sets, coders, read or {})
    number = {label: place for place, label in enumerate(labels)}
    rows = [
        (coder, number[span.label], span.start, span.end)
        for coder, one in enumerate(annotation_sets)
        for span in one.spans
        if span.label in number
    ]
    coder, label, start, end = np.array(rows, dtype=np.int64).reshape(-1, 4).T
    ranges = None if read is None else _ranges(coders, length, read)
    return ClassSpans(coder, label, start, end, length, len(coders), len(labels), ranges)


def _ranges(
    coders: list[str], length: int, read: Mapping[str, Sequence[tuple[int, int]]]
) -> ReadRanges:
    rows = [
        (place, start, end)
        for place, coder in enumerate(coders)
        for start, end in read.get(coder, [(0, length)])
    ]
    return ReadRanges(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


def _check_sets(
    annotation_sets: Sequence[AnnotationSet], coders: list[str], read: Mapping[str, object]
) -> None:
    documents = sorted({one.document_id for one in annotation_sets})
    if len(documents) > 1:
        raise FramingkitError(
            f"People can be compared on one text only, but these sets are on {documents[0]!r} and "
            f"{documents[1]!r}. Compare the sets of one text."
        )
    twins = [coder for coder, times in Counter(coders).items() if times > 1]
    if twins:
        raise FramingkitError(
            f"There are two sets by {twins[0]!r}, so they would agree with themselves. Keep one."
        )
    unknown = sorted(set(read) - set(coders))
    if unknown:
        raise FramingkitError(
            f"It is said what {unknown[0]!r} has read, but there is no set by this coder. "
            "Leave the coder out, or add the set."
        )


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
