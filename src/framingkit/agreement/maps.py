"""The map of a class: how many learners tagged each word of a text, as numbers and as HTML.

A tag of one learner counts for a word if it lies on any character of it. So a boundary that
cuts a word, or takes in the space after it, changes nothing here.

On the page each number is in the text, before its words. The kind of line below the words and a
shade show the same. Without any style the numbers remain, and they say everything. Words that one
learner tagged, or fewer than one in ten, are left out: in a large class somebody tags every word.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from framingkit.base import Html, article_html, crowded, disk, element, number_html, paragraph_html
from framingkit.course import MISSING_PICTURE, Document, Section, split_lines

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
        """The index in `LEVELS`.

        Examples
        --------
        >>> [ShadedWords(13, 23, coders, 30).level for coders in (0, 7, 8, 15, 30)]
        [0, 1, 2, 3, 4]
        """
        return min(1 + 4 * self.coders // self.readers, 4) if self.coders else 0


_STRONGER = 3
FEWEST, ONE_IN = 2, 10
"""Words are marked if two learners or more tagged them, and one in ten of those who read them."""


def fewest(readers: int) -> int:
    """Give the number of learners from which on words are marked.

    Examples
    --------
    >>> [fewest(readers) for readers in (5, 20, 21, 30, 1000)]
    [2, 2, 3, 3, 100]
    """
    return max(FEWEST, -(-readers // ONE_IN))


def marked_words(words: Sequence[ShadedWords], document: Document) -> list[ShadedWords]:
    """Choose the words that a map marks.

    Words that too few learners tagged are left out. So are loose ends: words that less than a
    quarter tagged, beside words of their sentence that three times as many did. There the class
    drew an edge in different places, and read the same.

    Examples
    --------
    Of 30 learners 3 tagged "out" (9:12), 4 "rolls" (3:8) and 20 "red carpet" (13:23).

    >>> from framingkit.course import load_article
    >>> places = [(3, 8, 4), (9, 12, 3), (13, 23, 20), (29, 36, 2)]
    >>> words = [ShadedWords(*place, readers=30) for place in places]
    >>> [shaded.start for shaded in marked_words(words, load_article())]
    [3, 13]
    """
    found = [shaded for shaded in words if shaded.coders >= fewest(shaded.readers)]
    loose = {
        weak
        for pair in itertools.pairwise(found)
        for weak, strong in (pair, pair[::-1])
        if weak.level == 1 and strong.coders >= _STRONGER * weak.coders and _touch(*pair, document)
    }
    return [shaded for shaded in found if shaded not in loose]


def _touch(one: ShadedWords, other: ShadedWords, document: Document) -> bool:
    """Tell whether nothing but a space of the same sentence is between two stretches."""
    near = not document.text[one.end : other.start].strip()
    return near and document.sentence_at(one.start) == document.sentence_at(other.start)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """The shaded words of a text in reading order; words that nobody tagged are left out.

    ``tagged`` counts any label, ``by_label`` has one entry for each label. ``readers`` has the
    most readers of each section, by its id.
    """

    tagged: tuple[ShadedWords, ...]
    by_label: tuple[tuple[ShadedWords, ...], ...]
    readers: dict[str, int]


def map_of(
    document: Document, readers: list[int], tagged: list[int], by_label: Sequence[list[int]]
) -> HeatMap:
    """Make the map of a text from one number for each of its characters.

    Parameters
    ----------
    document
        The text.
    readers
        How many learners have read each character.
    tagged, by_label
        How many tagged it with any label, and with each label.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> counts = [0] * 13 + [4] * 10 + [0] * 2941  # "red carpet"
    >>> map_of(load_article(), [5] * 2964, counts, [counts]).tagged
    (ShadedWords(start=13, end=23, coders=4, readers=5),)
    """
    words = _words(document)
    return HeatMap(
        _shaded(words, tagged, readers),
        tuple(_shaded(words, counts, readers) for counts in by_label),
        {
            section.id: max(readers[section.start : section.end])
            for section in document.sections
            if section.kind == "text"
        },
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
    shaded: list[ShadedWords] = []
    before = 0
    for number, start, end in words:
        coders, people = max(counts[start:end]), max(readers[start:end])
        last = shaded[-1] if shaded and number == before else None
        if last and (last.coders, last.readers) == (coders, people):
            shaded[-1] = replace(last, end=end)
        else:
            shaded.append(ShadedWords(start, end, coders, people))
        before = number
    return tuple(stretch for stretch in shaded if stretch.coders)


MAP_STYLE: str = disk.read_text(Path(__file__).with_name("class_map.css"))
"""The style of the map, once for each page."""


def class_map_html(
    document: Document,
    words: Sequence[ShadedWords],
    section_id: str | None = None,
    brief: bool = False,
) -> Html:
    """Show a text with the number of learners before the words that they tagged.

    Parameters
    ----------
    document
        The text.
    words
        From a `HeatMap`: its ``tagged``, or one of its ``by_label``.
    section_id
        A section; without it, the whole document.
    brief
        Only the sentences with shaded words.

    Raises
    ------
    FramingkitError
        If the section is unknown.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> page = class_map_html(load_article(), [ShadedWords(2699, 2708, 12, 30)], "ending")
    >>> "12" in page and "framingkit-level-2" in page
    True
    """
    sections = document.sections if section_id is None else [document.section(section_id)]
    numbers = {sentence.start: sentence.number for sentence in document.sentences()}
    paragraphs = [
        paragraph
        for section in sections
        for paragraph in _paragraphs(document, section, words, numbers, brief)
    ]
    return element("div", article_html(*paragraphs), class_="framingkit-map")


def map_key_html(readers: int) -> Html:
    """Explain numbers and lines once, above the first map.

    Examples
    --------
    >>> "three quarters or more" in map_key_html(30)
    True
    """
    entries = [
        element("li", element("mark", "words", class_=f"framingkit-level-{level}"), f" {name}")
        for level, name in enumerate(LEVELS)
        if level
    ]
    how_to_read = (
        "The number before some words says how many learners tagged them. The line below the "
        f"words shows the share of the learners who tagged that part (at most {readers:,}):"
    )
    return element(
        "div", element("p", how_to_read), element("ul", *entries, class_="framingkit-key"),
        class_="framingkit-map",
    )  # fmt: skip


def _paragraphs(
    document: Document,
    section: Section,
    words: Sequence[ShadedWords],
    numbers: dict[int, int],
    brief: bool,
) -> list[Html]:
    if section.kind == "missing-picture":
        return [] if brief else [element("p", element("em", MISSING_PICTURE))]
    lines = split_lines(document.text, section.start, section.end)
    if brief:
        lines = [
            (sentence.start, sentence.end)
            for sentence in document.sentences(section.id)
            if any(shade.start < sentence.end and sentence.start < shade.end for shade in words)
        ]
    return [
        paragraph_html(
            "" if brief else document.rank(*line), *_pieces(document.text, line, words, numbers)
        )
        for line in lines
    ]


def _pieces(
    text: str, line: tuple[int, int], words: Sequence[ShadedWords], numbers: dict[int, int]
) -> Iterator[str]:
    start, end = line
    inside = {one: number for one, number in numbers.items() if start <= one < end}
    no_room = {inside[one] for one in crowded(sorted(inside))}
    for number, piece, shaded in cut_line(text, line, words, numbers):
        if number:
            yield number_html(number, number in no_room)
        yield _mark(piece, shaded) if shaded else piece


def cut_line(
    text: str, line: tuple[int, int], words: Sequence[ShadedWords], numbers: dict[int, int]
) -> Iterator[tuple[int, str, ShadedWords | None]]:
    """Cut a line of a text where shaded words or sentences begin or end.

    Parameters
    ----------
    text, line
        The text, and where the line starts and ends in it.
    words
        The shaded words of the text.
    numbers
        The numbers of sentences by their start.

    Yields
    ------
    tuple
        The number of the sentence that begins here or 0, the piece, and its shade if any.
    """
    start, end = line
    shaded = {shade.start: shade for shade in words if start <= shade.start < end}
    cuts = {start, end, *numbers, *shaded, *(shade.end for shade in shaded.values())}
    for left, right in itertools.pairwise(sorted(cut for cut in cuts if start <= cut <= end)):
        yield numbers.get(left, 0), text[left:right], shaded.get(left)


def _mark(words: str, shaded: ShadedWords) -> Html:
    # A listener hears "12 of 30 learners:" and then the words.
    # There is no space outside the hidden part: a line must not break between number and words.
    spoken = element("span", f" of {shaded.readers:,} learners: ", class_="framingkit-hidden")
    chip = element("sup", f"{shaded.coders:,}", spoken, dir="ltr")
    return element("mark", chip, words, class_=f"framingkit-level-{shaded.level}")
