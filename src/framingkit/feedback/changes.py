"""A learner's tags at one moment, kept under a name, and what has changed since.

A milestone is an answer in the work log: the places and labels of the tags, without their
words, because the text never changes.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.course import Codebook, Document, Span
from framingkit.errors import FramingkitError

MOST = 500
"""Tags that one milestone can hold."""

Place = tuple[int, int, str]


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


def read_milestone(response: Mapping[str, Any] | None) -> tuple[Place, ...] | None:
    """Read the tags of a milestone; None if there is none, or it cannot be read."""
    tags = (response or {}).get("tags")
    if not isinstance(tags, list) or not all(map(_is_place, tags)):
        return None
    return tuple((start, end, label) for start, end, label in tags)


def held_sentence(name: str, held: int, now: int) -> str:
    """Say that a milestone stays as it is, because notebooks are run again and again."""
    return (
        f"“{name}” is kept already and stays as it was. Tags in it: {held}; tags now: {now}. "
        f"To keep those of now instead, write lesson.milestone({name!r}, again=True)."
    )


def _is_place(data: Any) -> bool:
    return (
        isinstance(data, list)
        and [type(one) for one in data] == [int, int, str]
        and 0 <= data[0] < data[1]
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """What became of the tags; pairs are (before, after)."""

    kept: tuple[Place, ...]
    relabelled: tuple[tuple[Place, Place], ...]
    moved: tuple[tuple[Place, Place], ...]
    removed: tuple[Place, ...]
    added: tuple[Place, ...]


def compare_tags(before: Sequence[Place], after: Sequence[Place]) -> Changes:
    """Find out which tags are the same, changed, gone or new.

    A tag that has another label on the same words is relabelled; one with the same label
    on other words that share a character with the old ones has moved its boundary.

    Examples
    --------
    >>> compare_tags([(13, 23, "loaded_word")], [(13, 23, "ceremony_symbol")]).relabelled
    (((13, 23, 'loaded_word'), (13, 23, 'ceremony_symbol')),)
    """
    kept = tuple(sorted(set(before) & set(after)))
    old, new = sorted(set(before) - set(kept)), sorted(set(after) - set(kept))
    relabelled = _pair(old, new, lambda a, b: a[:2] == b[:2])
    moved = _pair(old, new, lambda a, b: a[2] == b[2] and a[0] < b[1] and b[0] < a[1])
    return Changes(kept, relabelled, moved, tuple(old), tuple(new))


def _pair(old: list[Place], new: list[Place], fits: Any) -> tuple[tuple[Place, Place], ...]:
    """Take fitting pairs out of both lists, the closest first."""
    choices = sorted(
        (abs(a[0] - b[0]) + abs(a[1] - b[1]), a, b) for a in old for b in new if fits(a, b)
    )
    pairs = []
    for _, a, b in choices:
        if a in old and b in new:
            old.remove(a)
            new.remove(b)
            pairs.append((a, b))
    return tuple(sorted(pairs))


def change_sentences(changes: Changes, document: Document, codebook: Codebook) -> list[str]:
    """Say what became of the tags, with their words."""

    def words(place: Place) -> str:
        return document.quote(place[0], place[1])

    def named(place: Place) -> str:
        return f"{words(place)} ({codebook.code(place[2]).name})"

    names = {code.id: code.name for code in codebook.codes}
    said = [
        f"Kept: {len(changes.kept)}. Added: {len(changes.added)}. Removed: {len(changes.removed)}. "
        f"Another code: {len(changes.relabelled)}. Other words: {len(changes.moved)}."
    ]
    said += [f"Added: {named(one)}." for one in changes.added]
    said += [f"Removed: {named(one)}." for one in changes.removed]
    said += [
        f"Another code: {words(a)} was {names[a[2]]} and is {names[b[2]]} now."
        for a, b in changes.relabelled
    ]
    said += [
        f"Other words: {names[a[2]]} was on {words(a)} and is on {words(b)} now."
        for a, b in changes.moved
    ]
    return said


def code_counts(
    before: Sequence[Place], after: Sequence[Place], codebook: Codebook
) -> list[tuple[str, int, int]]:
    """Count the tags of each code before and after, in the order of the codebook."""
    then, now = Counter(one[2] for one in before), Counter(one[2] for one in after)
    return [
        (code.name, then[code.id], now[code.id])
        for code in codebook.codes
        if then[code.id] or now[code.id]
    ]
