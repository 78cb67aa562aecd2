"""Which of a learner's tags goes with which entry of the reference reading.

A tag and an entry can be paired if they share at least one character and the label fits.
Every tag and every entry is used once, and as many as possible are paired.
"""

from collections.abc import Callable, Sequence

from framingkit.annotations import ReferenceSpan
from framingkit.spans import Span


def same_label(tag: Span, entry: ReferenceSpan) -> bool:
    """Tell whether the tag has the entry's own label."""
    return tag.label == entry.span.label


def accepted_label(tag: Span, entry: ReferenceSpan) -> bool:
    """Tell whether the tag has another label that the entry accepts as well."""
    return tag.label in entry.accepts


def closeness(tag: Span, other: Span) -> float:
    """Measure the shared part of two spans, from 0.0 (none) to 1.0 (the same offsets)."""
    shared = min(tag.end, other.end) - max(tag.start, other.start)
    return max(shared, 0) / (max(tag.end, other.end) - min(tag.start, other.start))


def pair(
    tags: Sequence[Span],
    entries: Sequence[ReferenceSpan],
    fits: Callable[[Span, ReferenceSpan], bool],
) -> dict[int, int]:
    """Pair as many tags with entries as possible, and the closest ones where there is a choice.

    Returns
    -------
    dict
        For the place of each paired tag in `tags`, the place of its entry in `entries`.

    Examples
    --------
    >>> entry = ReferenceSpan(Span(13, 23, "ceremony_symbol"), "headline", "clear", "", "", ())
    >>> pair([Span(0, 4, "hedge"), Span(17, 23, "ceremony_symbol")], [entry], same_label)
    {1: 0}
    """
    wanted = {
        mine: sorted(
            (
                theirs
                for theirs, entry in enumerate(entries)
                if fits(tag, entry) and tag.overlaps(entry.span)
            ),
            key=lambda theirs: (-closeness(tag, entries[theirs].span), theirs),
        )
        for mine, tag in enumerate(tags)
    }
    taken: dict[int, int] = {}
    best_first = sorted(
        (mine for mine in wanted if wanted[mine]),
        key=lambda mine: (-closeness(tags[mine], entries[wanted[mine][0]].span), mine),
    )
    for mine in best_first:
        _place(mine, wanted, taken, set())
    return {mine: theirs for theirs, mine in taken.items()}


def _place(mine: int, wanted: dict[int, list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Give a tag an entry, moving earlier tags to another of theirs if that makes room.

    Without moving, a tag that lies over two entries could take the only one of its neighbour.
    """
    for theirs in wanted[mine]:
        if theirs in tried:
            continue
        tried.add(theirs)
        if theirs not in taken or _place(taken[theirs], wanted, taken, tried):
            taken[theirs] = mine
            return True
    return False
