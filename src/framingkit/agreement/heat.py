"""How many coders gave each label to each character of a text: the picture of a class.

Between two neighbouring starts or ends of tags nothing changes. So the picture is kept as
stretches with their counts, however long the text is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.contests import MINORITY, ContestedPassage
from framingkit.agreement.maps import HeatMap, map_of
from framingkit.agreement.tracks import IntArray, Tracks, parts_of, read_tracks, tracks
from framingkit.course import Document


@dataclass(frozen=True, slots=True, eq=False)
class ClassCounts:
    """Counts of coders by label and stretch of text.

    Parameters
    ----------
    cuts
        Where the stretches begin, then the length of the text; shape (stretches + 1,). Whatever
        was marked or read begins and ends at one of them.
    counts
        Coders who gave each label to each stretch; shape (labels, stretches).
    readers
        Coders who have read each stretch; shape (stretches,).
    coders
        All coders.
    """

    cuts: IntArray
    counts: IntArray
    readers: IntArray
    coders: int

    @property
    def widths(self) -> IntArray:
        """Characters in each stretch; shape (stretches,)."""
        return np.diff(self.cuts)

    @property
    def length(self) -> int:
        """Characters in the text."""
        return int(self.cuts[-1])


@dataclass(frozen=True, slots=True, eq=False)
class ClassHeat(ClassCounts):
    """The counts of a class, and ``marked`` and ``read``: what each coder marked and read."""

    marked: Tracks
    read: Tracks


def class_heat(spans: ClassSpans) -> ClassHeat:
    """Count the coders on every character, by label.

    Two counts of offsets and one running sum for each label: after the sort in ``tracks`` the
    time grows with the number of spans, and with labels times the length of the text.

    Examples
    --------
    Three of three tag "carpet" (17:23) and two of them also "red" before it (13:17).

    >>> start = np.array([13, 13, 17])
    >>> heat = class_heat(ClassSpans(np.arange(3), start * 0, start, start * 0 + 23, 30, 3, 1))
    >>> heat.cuts.tolist(), heat.counts.tolist()
    ([0, 13, 17, 23, 30], [[0, 2, 3, 0]])
    """
    marked, read = tracks(spans), read_tracks(spans)
    edges = _Edges(spans.labels, spans.length)
    edges.add(marked)
    counts = edges.counts(read, spans.coders)
    return ClassHeat(counts.cuts, counts.counts, counts.readers, spans.coders, marked, read)


def class_counts(spans: ClassSpans) -> ClassCounts:
    """Count the coders on every character; what each of them marked is forgotten at once.

    Examples
    --------
    >>> zeros = np.zeros(2, dtype=int)
    >>> class_counts(ClassSpans(zeros, zeros, zeros, zeros + 9, 30, 1, 1)).counts.tolist()
    [[1, 0]]
    """
    edges = _Edges(spans.labels, spans.length)
    for part in parts_of(spans):
        edges.add(tracks(part))
    return edges.counts(read_tracks(spans), spans.coders)


class _Edges:
    """Where coders begin and end to mark a text, with each label. Parts of a class add up."""

    def __init__(self, labels: int, length: int) -> None:
        self.change = np.zeros((labels, length + 1), dtype=np.int64)
        self.is_cut = np.zeros(length + 1, dtype=bool)
        self.is_cut[[0, length]] = True

    def add(self, marked: Tracks) -> None:
        """Add what some coders marked."""
        for label, row in enumerate(self.change):
            row += self._changes(marked, label)

    def _changes(self, stretches: Tracks, label: int) -> IntArray:
        """Find by how many coders more each character is marked than the one before."""
        _, start, end = stretches.of(label)
        begun, ended = (np.bincount(edge, minlength=len(self.is_cut)) for edge in (start, end))
        self.is_cut |= (begun | ended) > 0
        return begun - ended

    def counts(self, read: Tracks, coders: int) -> ClassCounts:
        """Sum everything up, given what each coder has read."""
        readers = self._changes(read, 0)
        cuts = np.flatnonzero(self.is_cut)
        counts = np.cumsum(self.change[:, cuts], axis=1)[:, :-1]
        return ClassCounts(cuts, counts, np.cumsum(readers[cuts])[:-1], coders)


def class_map(heat: ClassHeat, document: Document) -> HeatMap:
    """Count for every word of a text who tagged it.

    Examples
    --------
    Both of two learners tag "red carpet" (13:23), one of them with "rolls out" before it.

    >>> from framingkit.course import load_article
    >>> coder, start, end = np.array([0, 1]), np.array([3, 13]), np.array([23, 23])
    >>> both = ClassSpans(coder, coder * 0, start, end, length=2964, coders=2, labels=1)
    >>> shaded = class_map(class_heat(both), load_article()).tagged
    >>> [(words.start, words.end, words.coders) for words in shaded]
    [(3, 12, 1), (13, 23, 2)]
    """
    edges = _Edges(1, heat.length)
    for part in parts_of(_with_one_label(heat)):
        edges.add(tracks(part))
    merged = edges.counts(heat.read, heat.coders)
    return map_of(
        document,
        _spelt_out(heat, heat.readers.tolist()),
        _spelt_out(merged, merged.counts[0].tolist()),
        [_spelt_out(heat, counts.tolist()) for counts in heat.counts],
    )


def _with_one_label(heat: ClassHeat) -> ClassSpans:
    """Take what was marked with any label: who gave two codes to a word then counts once."""
    marked = heat.marked
    full = marked.start < marked.end
    coder = marked.coder[full]
    none = np.zeros(len(coder), dtype=np.int8)
    return ClassSpans(
        coder, none, marked.start[full], marked.end[full], heat.length, heat.coders, 1
    )


def _spelt_out(heat: ClassCounts, values: list[int]) -> list[int]:
    """Repeat a value of each stretch for each of its characters."""
    widths = heat.widths.tolist()
    return [value for value, width in zip(values, widths, strict=True) for _ in range(width)]


def contested_passages(
    heat: ClassCounts, edges: Sequence[int] = ()
) -> tuple[ContestedPassage, ...]:
    """Find where a class is split, the passage with most disagreement first.

    On every character of a passage the smaller side is at least a quarter of the readers.

    Parameters
    ----------
    heat
        The counts of the class.
    edges
        Offsets that no passage runs over, for example where sentences begin.

    Examples
    --------
    >>> start = np.array([13, 13, 17])
    >>> heat = class_heat(ClassSpans(np.arange(3), start * 0, start, start * 0 + 23, 30, 3, 1))
    >>> contested_passages(heat)
    (ContestedPassage(label=0, start=13, end=17, readers=3, disagreements=8),)
    """
    inner = np.array([edge for edge in edges if 0 < edge < heat.length], dtype=np.int64)
    cuts = np.union1d(heat.cuts, inner)
    stretch, widths = np.searchsorted(heat.cuts, cuts[:-1], side="right") - 1, np.diff(cuts)
    readers, closed = heat.readers[stretch], np.isin(cuts[:-1], inner)
    passages = []
    for label, row in enumerate(heat.counts):
        tagged = row[stretch]
        smaller = np.minimum(tagged, readers - tagged)
        split = (smaller >= MINORITY * readers) & (readers > 1)
        begins = split & (np.append(True, ~split[:-1]) | closed)
        differing = tagged * (readers - tagged) * widths
        for first in np.flatnonzero(begins):
            last = first + 1
            while last < len(split) and split[last] and not begins[last]:
                last += 1
            where = slice(first, last)
            people, pairs = int(readers[where].max()), int(differing[where].sum())
            passages.append(
                ContestedPassage(label, int(cuts[first]), int(cuts[last]), people, pairs)
            )
    return tuple(sorted(passages, key=lambda passage: (-passage.disagreements, passage.start)))
