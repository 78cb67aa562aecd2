"""How often words stand in a text: also the words that are missing.

Only whole words count, and capital letters make no difference. What belongs to a missing
picture is not counted, because no reader can see it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from framingkit.documents import Document
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often one word or phrase stands in the text, and how often in missing pictures."""

    words: str
    count: int
    unseen: int = 0


def count_words(document: Document, words: Sequence[str]) -> tuple[WordCount, ...]:
    """Count words or phrases, in the order they are asked for.

    Raises
    ------
    FramingkitError
        If nothing is asked for, or one of the words is empty.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> [(one.words, one.count) for one in count_words(load_article(), ["war", "Arctic"])]
    [('war', 0), ('Arctic', 4)]
    """
    asked = [" ".join(one.split()) if isinstance(one, str) else "" for one in words]
    if not asked or not all(asked):
        raise FramingkitError(
            'Name at least one word to count, each in quotation marks, such as "war", "peace".'
        )
    return tuple(
        WordCount(one, _times(document, one, "text"), _times(document, one, "missing-picture"))
        for one in dict.fromkeys(asked)
    )


def _times(document: Document, words: str, kind: str) -> int:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)".replace(r"\ ", r"\s+"), re.IGNORECASE)
    return sum(
        len(whole.findall(document.text_of(section.id)))
        for section in document.sections
        if section.kind == kind
    )
