"""What is found in a source before a person has looked at it: a title, and block after block."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_END = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_SPOILT = re.compile("Ã[\x80-\xbf©¨¼¶¤±]|â€[™œ\x9d“”]|Â[\xa0«»°]")

_MOST_COMPARED = 2_000  # a page with more is no article, and will be refused for its length

MOST_IN_HEADING = 100
"""Characters; `Document.rank` sets no longer line as a heading."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a heading; ``doubt`` says why it may not belong to the article."""

    text: str
    is_heading: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a source holds.

    ``says`` are what it says of itself, such as a date: shown to the teacher, and never taken over.
    ``warnings`` are sentences.
    """

    title: str
    blocks: tuple[Block, ...]
    says: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """The words that belong to the article without doubt."""
        return sum(len(block.text.split()) for block in self.blocks if not block.doubt)


def tidy(text: str) -> str:
    r"""Put a text on one line, with single spaces.

    Examples
    --------
    >>> tidy("  The red\xa0\n carpet ")
    'The red carpet'
    """
    return " ".join(text.replace("\u200b", "").replace("\xad", "").split())


def looks_like_heading(text: str) -> bool:
    """Tell whether a line may be a heading: short, and without a stop at its end.

    Examples
    --------
    >>> looks_like_heading("The open ending"), looks_like_heading("It is hot.")
    (True, False)
    """
    return len(text) <= MOST_IN_HEADING - 20 and not _END.search(text) and len(text.split()) <= 12


def is_spoilt(texts: Iterable[str]) -> bool:
    """Tell whether letters were read in a wrong encoding before: “Ã©” for “é”."""
    return sum(len(_SPOILT.findall(text)) for text in texts) >= 2


def without_repeats(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Doubt a paragraph that was there before: a pull quote, or a teaser of the same text.

    Examples
    --------
    >>> line = "Both sides call the fog a sign, and neither of them calls it weather."
    >>> [bool(block.doubt) for block in without_repeats([Block(line), Block(line)])]
    [False, True]
    """
    met: list[str] = []
    kept = []
    blocks = list(blocks)
    if len(blocks) > _MOST_COMPARED:
        return tuple(blocks)
    for block in blocks:
        is_again = not block.is_heading and not block.doubt and _is_in(block.text, met)
        kept.append(Block(block.text, False, "it repeats words of the text") if is_again else block)
        met += [block.text] if not block.doubt else []
    return tuple(kept)


def _is_in(text: str, met: list[str]) -> bool:
    bare = text.strip("“”\"'«» ")
    return len(bare) >= 40 and any(bare in other for other in met)
