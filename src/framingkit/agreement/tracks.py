"""What each coder marked with each label, as stretches that do not overlap.

Two overlapping tags of one coder with one label mark their characters once. So before
anything is counted, a tag is cut down to what the tags before it have not marked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from framingkit.agreement.columns import ClassSpans, Column, ReadRanges

IntArray: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool]

_PART = 1 << 18
"""Tags that are sorted at once. The rest of a large class waits as short numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Tracks:
    """Stretches sorted by label, coder and start; those of label k are ``first[k]:first[k+1]``.

    The columns ``coder``, ``start`` and ``end`` have one row for each stretch. Some stretches are
    empty: those of tags that lie within another one.
    """

    coder: Column
    start: Column
    end: Column
    first: IntArray

    def of(self, label: int) -> tuple[Column, Column, Column]:
        """Return coder, start and end of the stretches with one label."""
        rows = slice(self.first[label], self.first[label + 1])
        return self.coder[rows], self.start[rows], self.end[rows]


def tracks(spans: ClassSpans) -> Tracks:
    """Remove the overlaps from each coder's spans of one label, and what the coder has not read.

    One sort and one running maximum: n log n in time for n spans. A large class is gone through in
    parts of some coders each, because nobody's stretches depend on anybody else's.

    Examples
    --------
    >>> zeros = np.zeros(2, dtype=int)
    >>> marked = tracks(ClassSpans(zeros, zeros, np.array([17, 13]), np.array([30, 23]), 99, 1, 1))
    >>> marked.start.tolist(), marked.end.tolist()
    ([13, 23], [23, 30])
    """
    if len(spans.coder) <= _PART:
        return _tracks_of(spans)
    most = spans.coders, spans.length
    return _put_together([_short(_tracks_of(part), most) for part in parts_of(spans)])


def _tracks_of(part: ClassSpans) -> Tracks:
    columns = (part.label, part.coder, part.start, part.end)
    marked = _join(columns, (part.labels, part.coders, part.length))
    return marked if part.read is None else _clip(marked, read_tracks(part), part.length)


def parts_of(spans: ClassSpans) -> Iterator[ClassSpans]:
    """Cut a class into parts of some coders each, who keep their numbers.

    Examples
    --------
    >>> zeros = np.zeros(2, dtype=int)
    >>> two = ClassSpans(np.arange(2), zeros, zeros, zeros + 9, length=99, coders=2, labels=1)
    >>> [part.coder.tolist() for part in parts_of(two)]
    [[0, 1]]
    """
    step = max(spans.coders * _PART // max(len(spans.coder), 1), 1)
    if step >= spans.coders:
        yield spans
        return
    tags, read = _finder(spans.coder), spans.read
    ranges = _finder(read.coder) if read else None
    for low in range(0, spans.coders, step):
        rows = tags(low, low + step)
        part = replace(
            spans,
            coder=spans.coder[rows],
            label=spans.label[rows],
            start=spans.start[rows],
            end=spans.end[rows],
        )
        if read and ranges:
            few = ranges(low, low + step)
            part = replace(part, read=ReadRanges(read.coder[few], read.start[few], read.end[few]))
        yield part


def _finder(coder: Column) -> Callable[[int, int], Any]:
    """Return what finds the rows of a range of coders: at once if they are sorted."""
    if (coder[1:] >= coder[:-1]).all():
        return lambda low, high: slice(*np.searchsorted(coder, [low, high]))
    return lambda low, high: np.flatnonzero((coder >= low) & (coder < high))


def _put_together(parts: list[Tracks]) -> Tracks:
    """Put the stretches of several parts in order, those of a label side by side."""
    labels = range(len(parts[0].first) - 1)
    sizes = sum(np.diff(part.first) for part in parts)
    first = np.append(0, np.cumsum(sizes))
    coder, start, end = (
        np.concatenate([part.of(label)[column] for label in labels for part in parts])
        for column in range(3)
    )
    return Tracks(coder, start, end, first)


def _short(stretches: Tracks, limits: tuple[int, int]) -> Tracks:
    """Keep numbers in as few bytes as the number of coders and the length allow."""
    coders, length = (np.min_scalar_type(-limit - 1) for limit in limits)  # with a sign
    start, end = (edge.astype(length) for edge in (stretches.start, stretches.end))
    return Tracks(stretches.coder.astype(coders), start, end, stretches.first)


def read_tracks(spans: ClassSpans) -> Tracks:
    """Return what each coder has read, like stretches with one label."""
    read = spans.read
    if read is None:
        everybody = np.arange(spans.coders)
        ends = np.full(spans.coders, spans.length)
        return Tracks(everybody, everybody * 0, ends, np.array([0, spans.coders]))
    columns = (np.zeros_like(read.coder), read.coder, read.start, read.end)
    return _join(columns, (1, spans.coders, spans.length))


def sorted_rows(columns: tuple[Column, ...], limits: tuple[int, ...]) -> tuple[IntArray, ...]:
    """Sort rows of whole numbers by the first column, then the second, and so on.

    No number may be above the limit of its column. The columns are packed into one, because
    one column is sorted many times faster than several.

    Examples
    --------
    >>> first, second = sorted_rows((np.array([1, 0, 1]), np.array([5, 9, 2])), (1, 9))
    >>> first.tolist(), second.tolist()
    ([0, 1, 1], [9, 2, 5])
    """
    bits = [limit.bit_length() for limit in limits]
    key = _packed(columns, bits) if sum(bits) <= 63 else None
    if key is None:
        order = np.lexsort(columns[::-1])
        return tuple(column[order].astype(np.int64) for column in columns)
    below = [sum(bits[index + 1 :]) for index in range(len(bits))]
    return tuple((key >> low) & ((1 << own) - 1) for low, own in zip(below, bits, strict=True))


def first_rows(*columns: Column) -> Flags:
    """Tell for each of some sorted rows whether it differs from the row above.

    Examples
    --------
    >>> first_rows(np.array([0, 0, 1]), np.array([5, 5, 5])).tolist()
    [True, False, True]
    """
    differs = np.ones(len(columns[0]), dtype=bool)
    differs[1:] = False
    for column in columns:
        differs[1:] |= column[1:] != column[:-1]
    return differs


def _packed(columns: tuple[Column, ...], bits: list[int]) -> IntArray:
    """Pack each row into one number, the first column highest, and sort."""
    key = columns[0].astype(np.int64)
    for column, width in zip(columns[1:], bits[1:], strict=True):
        key <<= width
        key |= column
    if not (key[1:] >= key[:-1]).all():
        key.sort()
    return key


def _join(columns: tuple[Column, ...], limits: tuple[int, int, int]) -> Tracks:
    """Let no row (label, coder, start, end) overlap an earlier one of its label and coder.

    An offset is packed below its label and coder. So the furthest end so far, over all rows, is
    beyond a row's start only if it belongs to the same label and coder.
    """
    labels, coders, length = limits
    start, end = _packed_ends(columns, labels, coders, length)
    np.maximum.accumulate(end, out=end)
    np.maximum(start[1:], end[:-1], out=start[1:])
    coder_bits, bits = coders.bit_length(), length.bit_length()
    first = np.searchsorted(end, np.arange(labels + 1) << (coder_bits + bits))
    coder = start >> bits
    coder &= (1 << coder_bits) - 1
    start &= (1 << bits) - 1
    end &= (1 << bits) - 1
    return Tracks(coder, start, end, first)


def _packed_ends(
    columns: tuple[Column, ...], labels: int, coders: int, length: int
) -> tuple[IntArray, IntArray]:
    """Sort the rows; give label, coder and start as one number, then label, coder and end."""
    bits, coder_bits = length.bit_length(), coders.bit_length()
    if labels.bit_length() + coder_bits + 2 * bits > 63:
        label, coder, start, end = sorted_rows(columns, (labels, coders, length, length))
        group = ((label << coder_bits) | coder) << bits
        return group | start, group | end
    key = _packed(columns, [labels.bit_length(), coder_bits, bits, bits])
    packed_start = key >> bits
    key &= (1 << bits) - 1
    key |= packed_start >> bits << bits
    return packed_start, key


def _clip(marked: Tracks, read: Tracks, length: int) -> Tracks:
    """Cut the stretches down to what their coder has read; one may fall into several pieces."""
    size = length + 1
    base = marked.coder * size
    left = np.searchsorted(read.coder * size + read.end, base + marked.start, side="right")
    right = np.searchsorted(read.coder * size + read.start, base + marked.end, side="left")
    pieces = np.maximum(right - left, 0)
    so_far = np.append(0, np.cumsum(pieces))
    row = np.repeat(np.arange(len(pieces)), pieces)
    part = left[row] + np.arange(so_far[-1]) - so_far[row]
    return Tracks(
        marked.coder[row],
        np.maximum(marked.start[row], read.start[part]),
        np.minimum(marked.end[row], read.end[part]),
        so_far[marked.first],
    )
