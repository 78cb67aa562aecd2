"""Comments that point at words of an answer: a teacher quotes them, and they are marked there.

A remark ends at a line break, or at a semicolon outside a quotation. Its quoted words are looked
for in the answer, whatever the quotation marks and the case are. Remarks without words of the
answer are about the whole of it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_QUOTED = re.compile(
    r'"([^"\n]+)"'
    "|[“”„]([^“”„\n]+)[“”]"
    "|«([^«»\n]+)»|»([^«»\n]+)«|‹([^‹›\n]+)›|›([^‹›\n]+)‹|「([^「」\n]+)」|『([^『』\n]+)』"
    # A sign that is also an apostrophe is a quotation mark only at the edge of a word.
    r"|(?<!\w)['‘‚‛](\S(?:[^'‘’‚\n]|(?<=\w)['’](?=\w))*)['‘’](?!\w)"
)
_ENDS = re.compile(rf"{_QUOTED.pattern}|(?P<end>[;\n])")
_ANY = "['’‘‚‛`´\"“”„«»‹›]"
_END_OF_SENTENCE = " .,;:!?…。，"

Range = tuple[int, int]
"""Where words begin and end in an answer."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark of a teacher, and the places in the answer that it points at, if any."""

    text: str
    places: tuple[Range, ...]


@dataclass(frozen=True, slots=True)
class Pointed:
    """An answer with what a teacher wrote to it.

    ``unfound`` are the quoted words that are not in the answer.
    """

    answer: str
    remarks: tuple[Remark, ...]
    unfound: tuple[str, ...]

    @property
    def general(self) -> str:
        """What is about the whole answer."""
        texts = [one.text for one in self.remarks if not one.places]
        ended = [text if text[-1] in _END_OF_SENTENCE else f"{text};" for text in texts[:-1]]
        return " ".join([*ended, *texts[-1:]])

    @property
    def notes(self) -> list[Remark]:
        """What points at words; the first is note 1."""
        return [one for one in self.remarks if one.places]


def point(comment: str, answer: str) -> Pointed:
    """Find the words of an answer that a comment quotes.

    Words that are quoted twice are looked for further on the second time.

    Examples
    --------
    >>> found = point('"a strategic move": who says so?; Well read.', "It is a strategic  move.")
    >>> found.notes[0].places, found.general
    (((6, 22),), 'Well read.')
    >>> point("„Schach“: wo?", "a game").unfound
    ('Schach',)
    """
    answer = one_line(answer)
    remarks, unfound = [], []
    last: dict[str, int] = {}
    for text in _remarks(unicodedata.normalize("NFC", comment)):
        places = []
        for words in _quotations(text):
            key = " ".join(words.casefold().split())
            place = find_words(words, answer, last.get(key, 0)) or find_words(words, answer)
            if place:
                last[key] = place[1]
                places.append(place)
            else:
                unfound.append(words.strip())
        remarks.append(Remark(text, tuple(sorted({*places}))))
    return Pointed(answer, tuple(remarks), tuple(dict.fromkeys(unfound)))


def one_line(answer: str) -> str:
    """Write an answer as it is shown: in one line, and each letter with its accent as one sign."""
    return " ".join(unicodedata.normalize("NFC", answer).split())


def _remarks(comment: str) -> Iterator[str]:
    """Cut a comment at line breaks, and at semicolons that are not quoted."""
    start = 0
    ends = [found.span() for found in _ENDS.finditer(comment) if found["end"]]
    for before, after in [*ends, (len(comment), len(comment))]:
        if text := comment[start:before].strip():
            yield text
        start = after


def _quotations(remark: str) -> Iterator[str]:
    for found in _QUOTED.finditer(remark):
        words = next(filter(None, found.groups()))
        if any(map(str.isalnum, words)):
            yield words


def find_words(words: str, text: str, start: int = 0) -> Range | None:
    """Find quoted words in a text: whole words first, then inside others.

    Examples
    --------
    >>> find_words("Move,", "To remove, or to move")
    (17, 21)
    >>> find_words("象棋", "国际象棋很热")
    (2, 4)
    """
    trials = dict.fromkeys([words.strip(), words.strip(_END_OF_SENTENCE)])
    patterns = [r"\s+".join(map(_pattern, trial.split())) for trial in trials if trial]
    for pattern in (*(rf"(?<!\w){one}(?!\w)" for one in patterns), *patterns):
        if found := re.compile(pattern, re.IGNORECASE).search(text, start):
            return found.span()
    return None


def _pattern(word: str) -> str:
    """Make a pattern of a word; one kind of quotation mark is as good as another."""
    return re.sub(_ANY, _ANY, re.escape(word))


def pieces(text: str, ranges: Iterable[tuple[int, Range]]) -> Iterator[tuple[str, bool, list[int]]]:
    """Cut a text at numbered places: its parts, whether each is marked, and what ends behind it.

    Examples
    --------
    >>> [*pieces("red carpet", [(1, (0, 3))])]
    [('red', True, [1]), (' carpet', False, [])]
    """
    ranges = [*ranges]
    cuts = sorted({0, len(text), *(edge for _, place in ranges for edge in place)})
    for left, right in zip(cuts, cuts[1:], strict=False):
        inside = any(start <= left and right <= end for _, (start, end) in ranges)
        yield text[left:right], inside, [number for number, (_, end) in ranges if end == right]
