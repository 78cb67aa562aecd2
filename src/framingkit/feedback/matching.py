"""Which of a learner's tags goes with which entry of the reference reading.

A tag and an entry can be paired if they share at least one character and the label fits.
Every tag and every entry is used once, and as many as possible are paired.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from framingkit.course import Document, Reference, ReferenceSpan, Span


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


@dataclass(frozen=True, slots=True)
class SpanScore:
    """What was counted in the sections that a learner tagged, as in a feedback comparison."""

    sections: int = 0
    tagged: int = 0
    matched: int = 0
    clear: int = 0
    clear_found: int = 0

    @property
    def over_tags(self) -> int:
        """Tags without any counterpart in the reference reading."""
        return self.tagged - self.matched

    @property
    def precision(self) -> float | None:
        """The share of the tags that match; None without a tag."""
        return self.matched / self.tagged if self.tagged else None

    @property
    def recall(self) -> float | None:
        """The share of the clear entries that were found; None if there is none."""
        return self.clear_found / self.clear if self.clear else None


@dataclass(frozen=True, slots=True)
class SpanTask:
    """One section to tag, made ready once for a whole class."""

    section: str
    start: int
    end: int
    offered: frozenset[str]
    entries: tuple[ReferenceSpan, ...]
    clear: frozenset[int]

    def counts(self, tags: Sequence[Span]) -> tuple[int, int, int, int]:
        """Count tags, matched tags, clear entries and clear entries that were found."""
        own = _paired(tags, self.entries)
        rest = [tag for place, tag in enumerate(tags) if place not in own]
        accepted = pair(rest, self.entries, accepted_label) if rest else {}
        met = {*own.values(), *accepted.values()}
        found = len(self.clear & met)
        return len(tags), len(own) + len(accepted), len(self.clear), found


def _paired(tags: Sequence[Span], entries: Sequence[ReferenceSpan]) -> dict[int, int]:
    """Pair tags with entries of the same label: label by label, because no others can meet."""
    theirs = _by_label(entry.span.label for entry in entries)
    found: dict[int, int] = {}
    for label, mine in _by_label(tag.label for tag in tags).items():
        places = theirs.get(label, [])
        pairs = pair([tags[one] for one in mine], [entries[one] for one in places], same_label)
        found |= {mine[one]: places[other] for one, other in pairs.items()}
    return found


def _by_label(labels: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, label in enumerate(labels):
        found[label].append(place)
    return found


def span_tasks(
    document: Document, reference: Reference, codes: Mapping[str, Collection[str]]
) -> tuple[SpanTask, ...]:
    """Make the sections of a text ready to be scored.

    Parameters
    ----------
    document, reference
        The text and the reading to compare with.
    codes
        For each section, the ids of the codes on offer there.
    """
    made = []
    for section in document.sections:
        if section.kind == "text":
            offered = frozenset(codes[section.id])
            entries = tuple(
                entry
                for entry in reference.within(section.id)
                if offered & {entry.span.label, *entry.accepts}
            )
            clear = frozenset(
                place
                for place, entry in enumerate(entries)
                if entry.status == "clear" and entry.span.label in offered
            )
            made.append(SpanTask(section.id, section.start, section.end, offered, entries, clear))
    return tuple(made)


def score_spans(tasks: Sequence[SpanTask], spans: Sequence[Span]) -> SpanScore:
    """Score a learner's tags on one text, in the sections that have any."""
    sections, sums = 0, [0, 0, 0, 0]
    for task in tasks:
        tags = [
            span
            for span in spans
            if task.start <= span.start < task.end and span.label in task.offered
        ]
        if tags:
            sections += 1
            sums = [so_far + more for so_far, more in zip(sums, task.counts(tags), strict=True)]
    return SpanScore(sections, *sums)
