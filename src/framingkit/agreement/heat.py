"""How many coders gave each label to each character of a text: the picture of a class.

Between two neighbouring starts or ends of tags nothing changes. So the picture is kept as
stretches with their counts, however long the text is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from framingkit.agreement.columns import ClassSpans
from framingkit.agreement.tracks import IntArray, Tracks, read_tracks, tracks


@dataclass(frozen=True, slots=True, eq=False)
class ClassHeat:
    """Counts of coders by label and stretch of text.

    Parameters
    ----------
    cuts
        Where the stretches begin, then the length of the text; shape (stretches + 1,).
    counts
        Coders who gave each label to each stretch; shape (labels, stretches).
    readers
        Coders who have read each stretch; shape (stretches,).
    coders
        All coders.
    marked, read
        What each coder marked and read.
    """

    cuts: IntArray
    counts: IntArray
    readers: IntArray
    coders: int
    marked: Tracks
    read: Tracks

    @property
    def widths(self) -> IntArray:
        """Characters in each stretch; shape (stretches,)."""
        return np.diff(self.cuts)

    @property
    def length(self) -> int:
        """Characters in the text."""
        return int(self.cuts[-1])


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
    changes = [_changes(marked, label, spans.length) for label in range(spans.labels)]
    changes.append(_changes(read, 0, spans.length))
    is_cut = np.zeros(spans.length + 1, dtype=bool)
    is_cut[[0, spans.length]] = True
    for places, _ in changes:
        is_cut[places] = True
    number = np.cumsum(is_cut) - 1
    counts = np.zeros((spans.labels + 1, number[-1] + 1), dtype=np.int64)
    for row, (places, change) in zip(counts, changes, strict=True):
        row[number[places]] = change
    counts = np.cumsum(counts, axis=1)[:, :-1]
    return ClassHeat(np.flatnonzero(is_cut), counts[:-1], counts[-1], spans.coders, marked, read)


def _changes(stretches: Tracks, label: int, length: int) -> tuple[IntArray, IntArray]:
    """Find where the number of coders changes, and by how many: those who begin, less who end."""
    _, start, end = stretches.of(label)
    begun = np.bincount(start, minlength=length + 1)
    change = begun - np.bincount(end, minlength=length + 1)
    places = np.flatnonzero(change)
    return places, change[places]


_MINORITY = 0.25


@dataclass(frozen=True, slots=True)
class ContestedPassage:
    """A stretch on which a class is split over one label.

    At most ``readers`` coders have read it. ``disagreements`` counts, over all characters, the
    pairs of coders of whom one gave the label and the other did not.
    """

    label: int
    start: int
    end: int
    readers: int
    disagreements: int


def contested_passages(heat: ClassHeat, edges: Sequence[int] = ()) -> tuple[ContestedPassage, ...]:
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
        split = (smaller >= _MINORITY * readers) & (readers > 1)
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
