"""Find words in a text however they were typed; the twin for browsers is widgets/word_search.js.

Both sides are turned into a key, which a text and a keyboard are likely to share, and the key knows
from which letters of the text it was made. So what is found are the exact words of the text.
The vectors in ``tests/helpers/search_vectors.py`` hold both twins to the same answers.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

# Unicode's "default ignorable" characters, and the empty pattern of Braille
_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
)
# points that Hebrew and Arabic can be written with or without, and the Arabic letter stretcher
_LEFT_OUT = re.compile(f"[{_UNSEEN}\u0640\u064b-\u0670\u0591-\u05c7]")
_QUOTES = "\"'`´‚„ʼ׳״"
_SEEN = re.compile(rf"[^\s{_UNSEEN}]")


def is_unseen(text: str) -> bool:
    r"""Tell whether nothing of a text can be seen.

    Examples
    --------
    >>> is_unseen("\u200b \u00ad"), is_unseen("a")
    (True, False)
    """
    return not _SEEN.search(text)


def places_of(words: str, text: str) -> list[tuple[int, int]]:
    """Find words, whatever the quotation marks, dashes, spaces, capitals and hidden characters.

    Accents count unless the words are nowhere with them.

    Returns
    -------
    list
        One (start, end) for each place.

    Examples
    --------
    >>> places_of('"ne pas"', "He said “Ne\u00a0pas”."), places_of("detente", "A new détente")
    ([(8, 16)], [(6, 13)])
    """
    return list(_found(words, text, loose=False)) or list(_found(words, text, loose=True))


def _found(words: str, text: str, loose: bool) -> Iterator[tuple[int, int]]:
    wanted = _key(words, loose)[0].strip()
    key, places = _key(text, loose)
    at = key.find(wanted) if wanted else -1
    while at >= 0:
        end = at + len(wanted)
        # half a letter is none
        if end == len(key) or places[end] != places[end - 1]:
            yield places[at][0], places[end - 1][1]
        at = key.find(wanted, end)


@lru_cache(maxsize=16)
def _key(text: str, loose: bool) -> tuple[str, list[tuple[int, int]]]:
    """Make the key of a text; of each sign of it, tell from which letter it comes."""
    parts, places = [""], list[tuple[int, int]]()
    for start, end in _letters(text):
        part = _folded(text[start:end], loose)
        if part == parts[-1] and part in ("'", "-", " "):
            places[-1] = (places[-1][0], end)
        elif part:
            parts.append(part)
            places += [(start, end)] * len(part)
    return "".join(parts), places


def _letters(text: str) -> Iterator[tuple[int, int]]:
    """Find each letter with the marks on it."""
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or not unicodedata.category(text[end]).startswith("M"):
            yield start, end
            start = end


def _folded(letter: str, loose: bool) -> str:
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter[0])
    if kind in ("Pi", "Pf") or letter[0] in _QUOTES:
        return "'"
    if kind == "Pd" or letter[0] == "−":
        return "-"
    # upper first: ß becomes SS, and the Turkish ı becomes I
    letter = _LEFT_OUT.sub("", unicodedata.normalize("NFKD", letter).upper().lower())
    return "".join(one for one in letter if not (loose and unicodedata.category(one)[0] == "M"))
