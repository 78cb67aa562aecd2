"""How much one learner's work may hold: the same numbers where it is made and where it is read.

Limits count the characters of a text, never the signs with which a file spells them. What would
go beyond one is refused while the learner works, with a sentence; so a hand-in that the kit has
written is always within them.
"""

from typing import Any

MOST_TAGS = 5_000
"""Tags that one learner can have at a time, on all texts together."""

MOST_TEXTS = 200
"""Versions of texts that can be tagged."""

MOST_ANSWERS = 2_000
"""Items that can be answered."""

MOST_ACTS = 30_000
"""Acts after which no new tags and answers are taken; changes and removals still are."""

LONGEST_TEXT = 20_000
"""Characters of a text of one's own: more than 3,000 words."""

LONGEST_QUOTE = LONGEST_TEXT
LONGEST_NOTE = 4_000
LONGEST_LABEL = 120
LONGEST_AUTHOR = 40
"""Characters in the name of a browser tab or a kernel."""

LONGEST_RESPONSE = 40_000
"""Characters of one answer, counted as `size_of` does."""

DEEPEST_RESPONSE = 8
"""Lists and objects inside each other in one answer."""

MOST_CHARACTERS = 2_000_000
"""Characters of all quotes, labels, notes and answers together: 400 for each of 5,000 tags."""

HIGHEST_SEQ = 2**40
"""No act has a larger number."""

LONGEST_STEP = 1_000_000
"""How far the number of a new act may lie beyond all that are known."""

_PART = 3  # characters that each list, object, number and text counts on top of its own
_LONGEST_SPELLING = 6  # bytes: a control character becomes \u0001
_AROUND_A_TAG = 800  # its names and numbers, twice an id of up to 140 characters
_AROUND_AN_ANSWER = 700
_AROUND_A_TEXT = 600
_AROUND_AN_ACT = 140  # alone in a range, by an author of its own

HAND_IN_BYTES = (
    MOST_CHARACTERS * _LONGEST_SPELLING
    + MOST_TAGS * _AROUND_A_TAG
    + MOST_ANSWERS * _AROUND_AN_ANSWER
    + MOST_TEXTS * _AROUND_A_TEXT
    + MOST_ACTS * _AROUND_AN_ACT
)
"""Bytes that a hand-in can have: everything at its limit, spelled in the longest way."""

MOST_PARTS = MOST_CHARACTERS // _PART + 20 * (MOST_TAGS + MOST_ANSWERS + MOST_TEXTS) + 4 * MOST_ACTS
"""Values, lists and objects that a hand-in can have: whoever reads one can count before parsing."""


def size_of(value: Any) -> int:
    """Count the characters of an answer: those of its texts and names, and some for each part.

    Examples
    --------
    >>> size_of({"text": "Два"}), size_of([[13, 23, "hedge"]])
    (13, 24)
    """
    if isinstance(value, str):
        return len(value) + _PART
    if isinstance(value, dict):
        return _PART + sum(len(str(key)) + size_of(part) for key, part in value.items())
    if isinstance(value, list | tuple):
        return _PART + sum(map(size_of, value))
    return len(repr(value)) + _PART


def is_deep(value: Any, left: int = DEEPEST_RESPONSE) -> bool:
    """Tell whether lists and objects lie deeper inside each other than an answer may have them.

    Examples
    --------
    >>> is_deep([[["a"]]]), is_deep([[[[[[[[["a"]]]]]]]]])
    (False, True)
    """
    if not isinstance(value, dict | list | tuple):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(is_deep(part, left - 1) for part in inner)
