"""A learner's tags at one moment, kept under a name, and what has changed since.

A milestone is an answer in the work log: the places and labels of the tags, without their
words, because the text never changes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.course import Codebook, Document, Span
from framingkit.errors import FramingkitError

MOST = 500
"""Tags that one milestone can hold."""


def milestone_item(name: str, document_key: str) -> str:
    """Make the item's id: readable, and another one for every name and text.

    Examples
    --------
    >>> milestone_item("before codebook", "alaska-summit@614ee04e9591")
    'milestone.before-codebook.a63f8c26'
    """
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "named"
    digest = hashlib.sha256(f"{name}/{document_key}".encode("utf-8", "replace")).hexdigest()
    return f"milestone.{words}.{digest[:8]}"


def milestone_response(name: str, document_key: str, spans: Sequence[Span]) -> dict[str, Any]:
    """Write tags in the form in which a milestone is stored.

    Raises
    ------
    FramingkitError
        If there are too many.
    """
    if len(spans) > MOST:
        raise FramingkitError(f"A milestone can hold {MOST:,} tags; you have {len(spans):,}.")
    tags = [[span.start, span.end, span.label] for span in spans]
    return {"milestone": name[:200], "document": document_key, "tags": tags}


def read_milestone(response: Mapping[str, Any] | None) -> tuple[Span, ...] | None:
    """Read the tags of a milestone; None if there is none, or it cannot be read."""
    tags = (response or {}).get("tags")
    if not isinstance(tags, list) or not all(map(_is_tag, tags)):
        return None
    return tuple(Span(*tag) for tag in tags)


def held_sentence(name: str, held: int, now: int) -> str:
    """Say that a milestone stays as it is, because notebooks are run again and again."""
    return (
        f"“{name}” is kept already and stays as it was. Tags in it: {held}; tags now: {now}. "
        f"To keep those of now instead, write lesson.milestone({name!r}, again=True)."
    )


def _is_tag(data: Any) -> bool:
    return (
        isinstance(data, list)
        and [type(one) for one in data] == [int, int, str]
        and 0 <= data[0] < data[1]
        and data[2] != ""
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the tags; pairs are (before, after)."""

    kept: tuple[Span, ...]
    relabelled: tuple[tuple[Span, Span], ...]
    moved: tuple[tuple[Span, Span], ...]
    removed: tuple[Span, ...]
    added: tuple[Span, ...]


def compare_tags(before: Iterable[Span], after: Iterable[Span]) -> Changes:
    """Find out which tags are the same, changed, gone or new.

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
    """Say what became of the tags, with their words."""

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
    sentences += [
        f"Another code: {words(a)} was {name(a)} and is {name(b)} now."
        for a, b in changes.relabelled
    ]
    sentences += [
        f"Other words: {name(a)} was on {words(a)} and is on {words(b)} now."
        for a, b in changes.moved
    ]
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
