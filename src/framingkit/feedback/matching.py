"""Which of a learner's tags goes with which entry of the reference reading.

A tag and an entry can be paired if they share at least one character and the label fits.
Every tag and every entry is used once, and as many as possible are paired.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from framingkit.course import Reference, ReferenceSpan, Section, Span


def same_label(tag: Span, entry: ReferenceSpan) -> bool:
    """Tell whether the tag has the entry's own label."""
    return tag.label == entry.span.label


def accepted_label(tag: Span, entry: ReferenceSpan) -> bool:
    """Tell whether the tag has another label that the entry accepts as well."""
    return tag.label in entry.accepts


SAME_WORDS = 1 / 3
"""The closeness from which on two spans are about the same words."""


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
    wanted: dict[int, list[tuple[float, int]]] = {}
    for mine, tag in enumerate(tags):
        near = sorted(
            (-closeness(tag, entry.span), theirs)
            for theirs, entry in enumerate(entries)
            if tag.overlaps(entry.span) and fits(tag, entry)
        )
        if near:
            wanted[mine] = near
    taken: dict[int, int] = {}
    for mine in sorted(wanted, key=lambda mine: (wanted[mine][0][0], mine)):
        _place(mine, wanted, taken, set())
    return {mine: theirs for theirs, mine in taken.items()}


def _place(
    mine: int, wanted: dict[int, list[tuple[float, int]]], taken: dict[int, int], tried: set[int]
) -> bool:
    """Give a tag an entry, moving earlier tags to another of theirs if that makes room.

    Otherwise a tag over two entries could take the only entry of its neighbour.
    """
    for _, theirs in wanted[mine]:
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
    """One section to tag: the codes on offer there, and the entries to pair tags with.

    ``clear`` are the indices of the clear entries whose own label is on offer; ``labelled`` are
    the indices of the entries of each label. A task is made once for a whole class.
    """

    section: Section
    offered: frozenset[str]
    entries: tuple[ReferenceSpan, ...]
    clear: frozenset[int]
    labelled: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, section: Section, reference: Reference, codes: Iterable[str]) -> "SpanTask":
        """Prepare a section to be compared with a reading.

        Examples
        --------
        >>> from framingkit.course import load_article, load_reference
        >>> task = SpanTask.of(load_article().section("ending"), load_reference(), ["hedge"])
        >>> [task.entries[index].span.quote for index in sorted(task.clear)]
        ['No one is sure']
        """
        offered = frozenset(codes)
        # An entry whose own label is not on offer can still be met by a label that it accepts.
        entries = tuple(
            entry
            for entry in reference.within(section.id)
            if offered & {entry.span.label, *entry.accepts}
        )
        clear = frozenset(
            index
            for index, entry in enumerate(entries)
            if entry.status == "clear" and entry.span.label in offered
        )
        return cls(section, offered, entries, clear, _by_label(entry.span for entry in entries))

    def tags(self, spans: Iterable[Span]) -> list[Span]:
        """Keep the tags that begin in the section and have a code on offer."""
        start, end, offered = self.section.start, self.section.end, self.offered
        return [span for span in spans if start <= span.start < end and span.label in offered]

    def over(self, tag: Span) -> list[ReferenceSpan]:
        """Return the entries with a code on offer that share words with a tag."""
        near = [entry for entry in self.entries if tag.overlaps(entry.span)]
        return [entry for entry in near if entry.span.label in self.offered]

    def pairs(self, tags: Sequence[Span]) -> tuple[dict[int, int], dict[int, int]]:
        """Pair tags with entries: first by the entry's own label, then by a label it accepts.

        Returns
        -------
        tuple of dict and dict
            For each way, the index of the entry for the index of each paired tag.
        """
        own: dict[int, int] = {}
        # Label by label, because a tag and an entry with different labels never meet.
        for label, mine in _by_label(tags).items():
            theirs = self.labelled.get(label)
            if theirs:
                entries = [self.entries[entry] for entry in theirs]
                pairs = pair([tags[tag] for tag in mine], entries, same_label)
                own |= {mine[tag]: theirs[entry] for tag, entry in pairs.items()}
        rest = [tag for tag in range(len(tags)) if tag not in own]
        pairs = pair([tags[tag] for tag in rest], self.entries, accepted_label)
        return own, {rest[tag]: entry for tag, entry in pairs.items()}

    def counts(
        self, tags: Sequence[Span], own: Mapping[int, int], accepted: Mapping[int, int]
    ) -> tuple[int, int, int, int]:
        """Count tags, matched tags, clear entries and clear entries that were found."""
        clear_found = len(self.clear & {*own.values(), *accepted.values()})
        return len(tags), len(own) + len(accepted), len(self.clear), clear_found


def _by_label(spans: Iterable[Span]) -> dict[str, list[int]]:
    indices: dict[str, list[int]] = defaultdict(list)
    for index, span in enumerate(spans):
        indices[span.label].append(index)
    return dict(indices)


def score_spans(tasks: Sequence[SpanTask], spans: Sequence[Span]) -> SpanScore:
    """Score a learner's tags on one text, in the sections that have any."""
    sections, sums = 0, [0, 0, 0, 0]
    for task in tasks:
        tags = task.tags(spans)
        if tags:
            sections += 1
            counts = task.counts(tags, *task.pairs(tags))
            sums = [total + count for total, count in zip(sums, counts, strict=True)]
    return SpanScore(sections, *sums)
