"""Plain words in place of tagged phrases: the same passage with less framing.

Whoever rewrites decides what counts. A phrase that got plain words carries no device any more,
unless the learner says that it still does. Where two phrases share words, only one of them can
be replaced: the one that begins first, and of two that begin together the longer.
"""

from collections import Counter
from dataclasses import dataclass

from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.facts import Fact
from framingkit.spans import Span

NOTHING = ("-", "–", "—")
"""What a learner writes to leave the words out."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words to rewrite, and the labels of the tags on exactly these words."""

    start: int
    end: int
    quote: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Plain words for the text from `start` to `end`; `carries` means: the device is still there.

    Examples
    --------
    >>> Wording(2148, 2158, "official welcome").is_blank, Wording(2148, 2158, " - ").shown
    (False, '')
    """

    start: int
    end: int
    plain: str
    carries: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written yet."""
        return not self.plain.strip()

    @property
    def shown(self) -> str:
        """What stands in the passage instead; nothing if the words are left out."""
        words = " ".join(self.plain.split())
        return "" if words in NOTHING else words


@dataclass(frozen=True, slots=True)
class Version:
    """One learner's version of one section."""

    document: Document
    section_id: str
    spans: tuple[Span, ...]
    wordings: tuple[Wording, ...]
    kept: tuple[str, ...]
    facts: tuple[Fact, ...]

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """What can be rewritten: tagged words, and words that have plain words already."""
        labels: dict[tuple[int, int], list[str]] = {}
        for span in self.spans:
            labels.setdefault((span.start, span.end), []).append(span.label)
        for one in self.wordings:
            if not one.is_blank:
                labels.setdefault((one.start, one.end), [])
        places = sorted(labels, key=lambda place: (place[0], -place[1]))
        text = self.document.text
        return tuple(
            Phrase(start, end, text[start:end], tuple(sorted(set(labels[start, end]))))
            for start, end in places
        )

    @property
    def applied(self) -> tuple[Wording, ...]:
        """The wordings that stand in the passage, in reading order, none over another."""
        taken: list[Wording] = []
        for one in sorted(self.wordings, key=lambda one: (one.start, -one.end)):
            if not one.is_blank and not (taken and one.start < taken[-1].end):
                taken.append(one)
        return tuple(taken)

    @property
    def pieces(self) -> tuple[tuple[str, Wording | None], ...]:
        """The section cut where words are replaced, each piece as the text has it."""
        section, text = self.document.section(self.section_id), self.document.text
        found: list[tuple[str, Wording | None]] = []
        here = section.start
        for one in self.applied:
            found += [(text[here : one.start], None), (text[one.start : one.end], one)]
            here = one.end
        return (*((words, one) for words, one in found if words), (text[here : section.end], None))

    @property
    def plain_text(self) -> str:
        """The section in the learner's words."""
        return "".join(words if one is None else one.shown for words, one in self.pieces)

    @property
    def remaining(self) -> tuple[Span, ...]:
        """The tags whose device is still there: new words for a part of it do not remove it."""
        gone = [one for one in self.applied if not one.carries]
        return tuple(
            span
            for span in self.spans
            if not any(one.start <= span.start and span.end <= one.end for one in gone)
        )

    def counts(self, codebook: Codebook) -> list[tuple[str, int, int]]:
        """Count the devices of each code before and after, the most frequent first."""
        before = Counter(span.label for span in self.spans)
        after = Counter(span.label for span in self.remaining)
        ordered = sorted(before, key=lambda label: (-before[label], label))
        return [(codebook.code(label).name, before[label], after[label]) for label in ordered]
