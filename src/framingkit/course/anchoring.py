"""Find tagged words again in a text that was changed: by the words, and by what is around them.

A quote alone is not enough where the same words come several times, and an offset alone is not
enough after any change. So each place with the same words is compared by the letters around it:
the best one has to be like enough, and clearly better than the next. Otherwise the tag is an
orphan, which a person can place; it never comes to a place by chance.
"""

import difflib
import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from framingkit.base import places_of
from framingkit.course.spans import Span

CONTEXT = 32
"""Characters before and after a tag that say where it belongs."""

_LIKE_ENOUGH, _MARGIN = 0.75, 0.1
_ONE_SIDE, _HALF = 0.8, 0.5  # a sentence that was moved keeps what is around it on one side only
_MOST_PLACES, _CLOSELY = 200, 5  # of like words: how many are looked at


def context_of(span: Span, text: str) -> tuple[str, str]:
    """Give the characters before and after a span that help to find it again.

    Examples
    --------
    >>> context_of(Span(2, 5, "loaded_word"), "A hot day.")
    ('A ', ' day.')
    """
    return text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]


def placed_by_quote(span: Span, before: str, after: str, text: str) -> Span | None:
    """Place a span of which only the words and what was around them are known.

    Parameters
    ----------
    span
        Its quote are the words; its offsets do not count.
    before, after
        Some characters before and after the words, as they were.
    text
        The text to find it in.

    Returns
    -------
    Span or None
        None if there is no such place, or no certain one.

    Examples
    --------
    >>> placed_by_quote(Span(0, 3, "loaded_word", "hot"), "A ", " day", "Hot! A hot day.").start
    7
    """
    start, end = len(before), len(before) + len(span.quote)
    known = Change(before + span.quote + after, text, is_part=True)
    return known.placed(replace(span, start=start, end=end))


@dataclass(frozen=True)
class Change:
    """How one text became another; with `is_part`, only a part of the first one is known.

    Examples
    --------
    >>> change = Change("A hot day. A hot nite.", "Yes: a hot day. A hot night.")
    >>> change.placed(Span(2, 5, "loaded_word", "hot")).start
    7
    """

    before: str
    after: str
    is_part: bool = False

    def quoted(self, span: Span) -> Span:
        """Give a span the words that the text had there before."""
        return replace(span, quote=self.before[span.start : span.end])

    def placed(self, span: Span) -> Span | None:
        """Place a span on the same words in the same context; None if that is not certain."""
        likely, is_untouched = self._likely(span)
        places = sorted(places_of(span.quote, self.after), key=lambda place: abs(place[0] - likely))
        places = [place for place in places[:_MOST_PLACES] if self._fits(span, *place)]
        if is_untouched and places and places[0][0] == likely:
            places = places[:1] if self._is_like(span, *places[0]) else places
        # where nothing near has changed, there is no need to measure
        same = [one for one in places if all(a == b for a, b in self._around(span, *one))]
        looked_at = same or self._best(span, places)
        ranked = sorted((self._likeness(span, *one), one) for one in looked_at)
        if not ranked or not self._is_like(span, *ranked[-1][1]):
            return None
        if len(ranked) > 1 and ranked[-1][0] - ranked[-2][0] < _MARGIN:
            return None
        start, end = ranked[-1][1]
        return replace(span, start=start, end=end, quote=self.after[start:end])

    def suggestions(self, span: Span, most: int = 3) -> list[Span]:
        """Suggest places that a person may choose from, the likeliest first.

        The words that came in place of the old ones, and like words in a like context.

        Examples
        --------
        >>> change = Change("It may rane today. It is hot.", "It may rain today. It is hot.")
        >>> [place.quote for place in change.suggestions(Span(7, 11, "hedge", "rane"))]
        ['rain']
        """
        places = places_of(span.quote, self.after)[:_MOST_PLACES]
        ranked = sorted(places, key=lambda place: -self._likeness(span, *place))
        instead = self._instead(span)
        chosen = dict.fromkeys([*([instead] if instead else []), *ranked])
        return [
            replace(span, start=start, end=end, quote=self.after[start:end])
            for start, end in list(chosen)[:most]
        ]

    def _instead(self, span: Span) -> tuple[int, int] | None:
        """Find the words in place of changed ones: those between their old neighbours."""
        before, after = context_of(span, self.before)
        starts = [
            found.end()
            for length in (CONTEXT, CONTEXT // 2, CONTEXT // 4)
            if before[-length:].strip()
            for found in re.finditer(re.escape(before[-length:]), self.after)
        ]
        for start in starts:
            for length in (CONTEXT, CONTEXT // 2, CONTEXT // 4):
                end = self.after.find(after[:length], start, start + 3 * len(span.quote) + CONTEXT)
                if after[:length].strip() and end > start and self.after[start:end].strip():
                    return start, end
        return None

    def _best(self, span: Span, places: list[tuple[int, int]]) -> set[tuple[int, int]]:
        """Choose the places to look at closely: the nearest, and those with the same neighbours."""

        def same(place: tuple[int, int]) -> int:
            pairs = self._around(span, *place)
            return sum(_same_start(old, new) for old, new in pairs)

        return {*places[:_CLOSELY], *sorted(places, key=same, reverse=True)[:_CLOSELY]}

    def _likely(self, span: Span) -> tuple[int, bool]:
        """Tell where a span should be, and whether all that changed is before or after it."""
        if self.is_part:
            return 0, False
        same_start, same_end = self._same
        if span.end <= same_start:
            return span.start, True
        longer = len(self.after) - len(self.before)
        return span.start + longer, span.start >= len(self.before) - same_end

    @cached_property
    def _same(self) -> tuple[int, int]:
        """How many characters are the same at the start and at the end."""
        start = _same_start(self.before, self.after)
        return start, _same_start(self.before[start:][::-1], self.after[start:][::-1])

    def _fits(self, span: Span, start: int, end: int) -> bool:
        """Tell whether words begin and end words here as they did there."""
        old = self.before[max(span.start - 1, 0) : span.start], self.before[span.end : span.end + 1]
        new = self.after[max(start - 1, 0) : start], self.after[end : end + 1]
        return [one.isalnum() for one in old] == [one.isalnum() for one in new]

    def _around(self, span: Span, start: int, end: int) -> list[tuple[str, str]]:
        """Give the letters before (from the span outwards) and after: there and here."""
        old, new = self.before, self.after
        before = old[max(0, span.start - CONTEXT) : span.start][::-1]
        after = old[span.end : span.end + CONTEXT]
        return [
            (before, new[max(0, start - len(before)) : start][::-1]),
            (after, new[end : end + len(after)]),
        ]

    def _is_like(self, span: Span, start: int, end: int) -> bool:
        """Tell whether a place is like enough to be the one, if no other is."""
        likeness = self._likeness(span, start, end)
        sides = [_ratio(old, new) for old, new in self._around(span, start, end) if old]
        return likeness >= _LIKE_ENOUGH or (likeness >= _HALF and max(sides) >= _ONE_SIDE)

    def _likeness(self, span: Span, start: int, end: int) -> float:
        """Compare the letters around a span with those around other words, from 0 to 1."""
        pairs = self._around(span, start, end)
        length = sum(len(old) for old, _ in pairs)
        return sum(len(old) * _ratio(old, new) for old, new in pairs) / length if length else 1.0


@lru_cache(maxsize=4096)
def _ratio(old: str, new: str) -> float:
    if old == new:
        return 1.0
    old, new = (unicodedata.normalize("NFKC", text) for text in (old, new))
    return difflib.SequenceMatcher(None, old, new, autojunk=False).ratio()


def _same_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))
