"""What has become of a learner's tags since an earlier moment."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from framingkit.course import Codebook, Document, Span

Pair = tuple[Span, Span]
Paired = tuple[tuple[Pair, ...], list[Span], list[Span]]

_CROWD = 2_500
"""Pairs that are all looked at; with many tags the square of their number would take minutes."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed; pairs are (before, after)."""

    kept: tuple[Span, ...]
    relabelled: tuple[tuple[Span, Span], ...]
    moved: tuple[tuple[Span, Span], ...]
    removed: tuple[Span, ...]
    added: tuple[Span, ...]


def compare_tags(before: Iterable[Span], after: Iterable[Span]) -> Changes:
    """Find the tags that are the same, changed, gone or new.

    A tag that has another label on the same words is relabelled; one with the same label
    on other words that share a character with the old ones has moved its boundary. The closest
    are paired first.

    Examples
    --------
    >>> praise, symbol = Span(13, 23, "loaded_word"), Span(13, 23, "ceremony_symbol")
    >>> compare_tags([praise], [symbol]).relabelled == ((praise, symbol),)
    True
    """
    then, now = ({span.key: span for span in spans} for spans in (before, after))
    kept = tuple(now[key] for key in sorted(then.keys() & now.keys()))
    old = [then[key] for key in sorted(then.keys() - now.keys())]
    new = [now[key] for key in sorted(now.keys() - then.keys())]
    relabelled, old, new = _without(_on_the_same_words(old, new), old, new)
    moved, old, new = _without(_overlapping(old, new), old, new)
    return Changes(kept, relabelled, moved, tuple(old), tuple(new))


def _without(pairs: Iterable[Pair], old: list[Span], new: list[Span]) -> Paired:
    """Take pairs out of both lists."""
    found = sorted(pairs, key=lambda pair: (pair[0].key, pair[1].key))
    keys = [{span.key for span in spans} for spans in zip(*found, strict=True)] or [set(), set()]
    return (
        tuple(found),
        [span for span in old if span.key not in keys[0]],
        [span for span in new if span.key not in keys[1]],
    )


def _on_the_same_words(old: list[Span], new: list[Span]) -> Iterator[Pair]:
    waiting: dict[tuple[int, int], list[Span]] = {}
    for span in reversed(new):
        waiting.setdefault((span.start, span.end), []).append(span)
    for span in old:
        if others := waiting.get((span.start, span.end)):
            yield span, others.pop()


def _overlapping(old: list[Span], new: list[Span]) -> Iterator[Pair]:
    """Pair tags of one label that share a character, the closest first.

    Only in a crowd of hundreds, which no reader makes by hand, they are paired as they come.
    """
    for before, after in _crowds(old, new):
        small = len(before) * len(after) <= _CROWD
        yield from _closest(before, after) if small else _as_they_come(before, after)


def _crowds(old: list[Span], new: list[Span]) -> Iterator[tuple[list[Span], list[Span]]]:
    """Part tags into groups of one label that hang together."""
    rows = [(span.label, span.start, side, span) for side in (0, 1) for span in (old, new)[side]]
    crowd: tuple[list[Span], list[Span]] = ([], [])
    label, reached = "", 0
    for name, start, side, span in sorted(rows, key=lambda row: (*row[:3], row[3].end)):
        if name != label or start >= reached:
            yield crowd
            crowd, label, reached = ([], []), name, 0
        crowd[side].append(span)
        reached = max(reached, span.end)
    yield crowd


def _closest(old: list[Span], new: list[Span]) -> Iterator[Pair]:
    choices = [(a, b) for a in old for b in new if a.overlaps(b)]
    choices.sort(key=lambda pair: (_distance(*pair), pair[0].key, pair[1].key))
    taken: tuple[set[Span], set[Span]] = (set(), set())
    for a, b in choices:
        if a not in taken[0] and b not in taken[1]:
            taken[0].add(a)
            taken[1].add(b)
            yield a, b


def _as_they_come(old: list[Span], new: list[Span]) -> Iterator[Pair]:
    first = second = 0
    while first < len(old) and second < len(new):
        a, b = old[first], new[second]
        if a.overlaps(b):
            yield a, b
        first += a.overlaps(b) or a.end <= b.end
        second += a.overlaps(b) or b.end < a.end


def _distance(a: Span, b: Span) -> int:
    return abs(a.start - b.start) + abs(a.end - b.end)


def change_sentences(changes: Changes, document: Document, codebook: Codebook) -> list[str]:
    """Say what has changed, with the words of the tags."""

    def words(span: Span) -> str:
        return document.quote(span.start, span.end)

    def name(span: Span) -> str:
        return codebook.code(span.label).name

    sentences = [
        f"Kept: {len(changes.kept)}. Added: {len(changes.added)}. Removed: {len(changes.removed)}. "
        f"Another code: {len(changes.relabelled)}. Other words: {len(changes.moved)}."
    ]
    sentences += [f"Added: {words(span)} ({name(span)})." for span in changes.added]
    sentences += [f"Removed: {words(span)} ({name(span)})." for span in changes.removed]
    for old, new in changes.relabelled:
        sentences.append(f"Another code: {words(old)} was {name(old)} and is {name(new)} now.")
    for old, new in changes.moved:
        change = f"was on {words(old)} and is on {words(new)} now."
        sentences.append(f"Other words: {name(old)} {change}")
    return sentences


def code_counts(
    before: Iterable[Span], after: Iterable[Span], codebook: Codebook
) -> list[tuple[str, int, int]]:
    """Count the tags of each code before and after, in the order of the codebook."""
    then, now = Counter(span.label for span in before), Counter(span.label for span in after)
    return [
        (code.name, then[code.id], now[code.id])
        for code in codebook.codes
        if then[code.id] or now[code.id]
    ]
