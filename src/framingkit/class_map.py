"""The map of a class: how many learners tagged each word of a text.

A tag of one learner counts for a word if it lies on any character of it. So a boundary that
cuts a word, or takes in the space after it, changes nothing here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from framingkit.class_heat import ClassHeat, class_heat
from framingkit.class_spans import ClassSpans
from framingkit.documents import Document

LEVELS = ("nobody", "under a quarter", "a quarter to a half", "half to three quarters",
          "three quarters or more")  # fmt: skip

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ShadedWords:
    """Neighbouring words of one sentence that the same number of learners tagged.

    Of ``readers`` learners ``coders`` tagged these words, at least in part.
    """

    start: int
    end: int
    coders: int
    readers: int

    @property
    def level(self) -> int:
        """The place in `LEVELS`.

        Examples
        --------
        >>> [ShadedWords(13, 23, coders, 30).level for coders in (0, 7, 8, 15, 30)]
        [0, 1, 2, 3, 4]
        """
        return min(1 + 4 * self.coders // self.readers, 4) if self.coders else 0


@dataclass(frozen=True, slots=True)
class ClassMap:
    """The shaded words of a text in reading order; words that nobody tagged are left out.

    ``tagged`` counts any label, ``by_label`` has one entry for each label. ``readers`` has the
    most readers of each section, by its id.
    """

    tagged: tuple[ShadedWords, ...]
    by_label: tuple[tuple[ShadedWords, ...], ...]
    readers: dict[str, int]


def class_map(spans: ClassSpans, document: Document, heat: ClassHeat | None = None) -> ClassMap:
    """Count for every word of a text who tagged it.

    Parameters
    ----------
    spans
        All tags of the class on the text.
    document
        The text.
    heat
        Their counts, if they are known already.

    Examples
    --------
    Both of two learners tag "red carpet" (13:23), one of them with "rolls out" before it.

    >>> import numpy as np
    >>> from framingkit.course import load_article
    >>> coder, start, end = np.array([0, 1]), np.array([3, 13]), np.array([23, 23])
    >>> both = ClassSpans(coder, coder * 0, start, end, length=2964, coders=2, labels=1)
    >>> [(one.start, one.end, one.coders) for one in class_map(both, load_article()).tagged]
    [(3, 12, 1), (13, 23, 2)]
    """
    heat = heat or class_heat(spans)
    words, readers = _words(document), _spelt_out(heat, heat.readers.tolist())
    merged = class_heat(_with_one_label(heat))
    anybody = _spelt_out(merged, merged.counts[0].tolist())
    return ClassMap(
        _shaded(words, anybody, readers),
        tuple(_shaded(words, _spelt_out(heat, counts.tolist()), readers) for counts in heat.counts),
        {
            section.id: max(readers[section.start : section.end])
            for section in document.sections
            if section.kind == "text"
        },
    )


def _with_one_label(heat: ClassHeat) -> ClassSpans:
    """Take what was marked with any label: who gave two codes to a word then counts once."""
    marked = heat.marked
    full = marked.start < marked.end
    coder = marked.coder[full]
    return ClassSpans(
        coder, coder * 0, marked.start[full], marked.end[full], heat.length, heat.coders, 1
    )


def _words(document: Document) -> list[tuple[int, int, int]]:
    """Give the number of the sentence, the start and the end of every word."""
    return [
        (sentence.number, *word.span())
        for sentence in document.sentences()
        for word in _WORD.finditer(document.text, sentence.start, sentence.end)
    ]


def _shaded(
    words: Sequence[tuple[int, int, int]], counts: Sequence[int], readers: Sequence[int]
) -> tuple[ShadedWords, ...]:
    found: list[ShadedWords] = []
    before = 0
    for number, start, end in words:
        coders, people = max(counts[start:end]), max(readers[start:end])
        last = found[-1] if found and number == before else None
        if last and (last.coders, last.readers) == (coders, people):
            found[-1] = replace(last, end=end)
        else:
            found.append(ShadedWords(start, end, coders, people))
        before = number
    return tuple(one for one in found if one.coders)


def _spelt_out(heat: ClassHeat, values: list[int]) -> list[int]:
    """Repeat a value of each stretch for each of its characters."""
    widths = heat.widths.tolist()
    return [value for value, width in zip(values, widths, strict=True) for _ in range(width)]
