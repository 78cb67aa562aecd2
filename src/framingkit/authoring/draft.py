"""A text on its way to a lesson: title, parts, and what the teacher says about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from framingkit.authoring.blocks import Block, Found

ABOUT = ("title", "source", "date", "language", "rights")
"""What is asked of the teacher about a text."""

TAGGED_WORDS = 350
"""Words of the parts that learners tag in the lesson: some twenty minutes of work."""

_FEW = 4  # paragraphs; fewer are not divided
_FEW_WORDS = 150  # to tag; with fewer, a second part is tagged as well
_STRUCTURE = ("Opening", "Context", "Agenda", "Commentary", "Ending")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the text. Its name is its first line as well if ``is_heading``."""

    name: str
    paragraphs: tuple[str, ...]
    is_heading: bool = False
    tagged: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines that it adds to the article."""
        return (self.name, *self.paragraphs) if self.is_heading else self.paragraphs

    @property
    def words(self) -> int:
        """How many words it has."""
        return sum(len(line.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the preview shows: what is known about the text, its parts, and what was left out."""

    about: dict[str, str]
    parts: tuple[Part, ...]
    doubtful: tuple[str, ...] = ()
    proposed: bool = False
    says: dict[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> list[str]:
        """What has not been said about the text yet."""
        return [name for name in ABOUT if not self.about.get(name, "").strip()]


def drafted(found: Found, about: dict[str, str]) -> tuple[Draft, list[tuple[int, Block]]]:
    """Divide what was found into parts: by its headings, or by a proposal if it has none.

    Returns
    -------
    tuple of Draft and list
        The draft, and the doubtful blocks, each with the number of paragraphs before it.
    """
    title = about.get("title") or found.title
    doubtful, blocks, before = [], [], 0
    for block in found.blocks:
        if block.doubt:
            doubtful.append((before, block))
        else:
            blocks.append(block)
            before += not block.is_heading
    has_headings = any(block.is_heading for block in blocks)
    paragraphs = [block.text for block in blocks]
    body = _by_headings(blocks) if has_headings else _by_structure(paragraphs)
    parts = [Part("Headline", (title,))] if title else []
    draft = Draft(
        {"title": title, **{name: about.get(name, "") for name in ABOUT[1:]}},
        _with_stars([*parts, *body]),
        tuple(block.text for _, block in doubtful),
        not has_headings and len(body) > 1,
        found.says,
    )
    return draft, doubtful


def _by_headings(blocks: Sequence[Block]) -> list[Part]:
    starts = [number for number, block in enumerate(blocks) if block.is_heading]
    first = blocks[: starts[0]]
    parts = [Part("Opening", tuple(block.text for block in first))] if first else []
    for start, end in pairwise([*starts, len(blocks)]):
        texts = tuple(block.text for block in blocks[start + 1 : end])
        parts.append(Part(blocks[start].text, texts, True))
    return parts


def _by_structure(paragraphs: Sequence[str]) -> list[Part]:
    """Propose parts along the structure of an article: opening, the middle in three, ending."""
    if len(paragraphs) < _FEW:
        return [Part("Opening", tuple(paragraphs))]
    lead, middle, ending = paragraphs[:1], list(paragraphs[1:-1]), paragraphs[-1:]
    while len(middle) > 3 and len(" ".join(lead).split()) < 30:
        lead = [*lead, middle.pop(0)]
    shares = min(3, len(middle))
    total, cuts, so_far = sum(len(one.split()) for one in middle), [0], 0
    for number, words in enumerate(middle, start=1):
        so_far += len(words.split())
        left = shares - len(cuts)
        if left and (so_far * shares >= total * len(cuts) or len(middle) - number == left):
            cuts.append(number)
    middles = [middle[start:end] for start, end in pairwise([*cuts, len(middle)])]
    names = ("Opening", *_STRUCTURE[1 : len(middles) + 1], "Ending")
    return [
        Part(name, tuple(texts))
        for name, texts in zip(names, [lead, *middles, ending], strict=True)
    ]


def _with_stars(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Choose what learners tag: the opening, then as much of the longest parts as fits."""
    body = [part for part in parts[1:] if part.paragraphs]
    chosen = body[:1]
    for part in sorted(body[1:-1] or body[1:], key=lambda part: -part.words):
        if len(chosen) < 3 and sum(one.words for one in [*chosen, part]) <= TAGGED_WORDS:
            chosen.append(part)
    if len(chosen) == 1 and len(body) > 1 and chosen[0].words < _FEW_WORDS:
        chosen.append(min(body[1:], key=lambda part: part.words))
    return tuple(replace(part, tagged=any(part is one for one in chosen)) for part in parts)


def slug(words: str, longest: int = 30) -> str:
    """Make an id from words: small letters, digits and hyphens.

    Examples
    --------
    >>> slug("Two ports, one timetable: a thaw?"), slug("Überfahrt"), slug("渡船")
    ('two-ports-one-timetable-a-thaw', 'uberfahrt', 'text')
    """
    import unicodedata

    bare = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    parts = re.findall(r"[a-z0-9]+", bare)
    kept = ""
    for part in parts:
        if kept and len(kept) + len(part) + 1 > longest:
            break
        kept = f"{kept}-{part}" if kept else part[:longest]
    return kept or "text"
