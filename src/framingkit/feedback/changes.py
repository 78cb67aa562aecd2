"""What has become of a learner's tags since an earlier moment."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from framingkit.course import Codebook, Document, Span


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
    on other words that share a character with the old ones has moved its boundary.

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
    relabelled = _pairs(old, new, lambda a, b: (a.start, a.end) == (b.start, b.end))
    moved = _pairs(old, new, lambda a, b: a.label == b.label and a.overlaps(b))
    return Changes(kept, relabelled, moved, tuple(old), tuple(new))


def _pairs(
    old: list[Span], new: list[Span], fits: Callable[[Span, Span], bool]
) -> tuple[tuple[Span, Span], ...]:
    """Take fitting pairs out of both lists, the closest first."""
    choices = [(a, b) for a in old for b in new if fits(a, b)]
    choices.sort(key=lambda pair: (_distance(*pair), pair[0].key, pair[1].key))
    pairs = []
    for a, b in choices:
        if a in old and b in new:
            old.remove(a)
            new.remove(b)
            pairs.append((a, b))
    return tuple(sorted(pairs, key=lambda pair: (pair[0].key, pair[1].key)))


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
