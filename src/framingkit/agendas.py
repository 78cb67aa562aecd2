"""What is put to the people who settle contested passages; ``settling`` makes it."""

from dataclasses import dataclass

from framingkit.annotations import AnnotationSet
from framingkit.codebooks import Codebook
from framingkit.contested import Stretch
from framingkit.decisions import Decision
from framingkit.documents import Document, Sentence

FEW = 4
"""Up to so many people every reading counts, and names stand in place of numbers."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One contested stretch, with the sentences around it.

    ``readers`` of a class are those who tagged something in this section. Of the readers,
    ``elsewise`` have only rarer readings here, and ``silent`` have no tag here.
    """

    number: int
    stretch: Stretch
    sentences: tuple[Sentence, ...]
    readers: tuple[str, ...]
    elsewise: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def key(self) -> str:
        """The place of the stretch, as a name."""
        return f"{self.stretch.start}-{self.stretch.end}"

    @property
    def range(self) -> tuple[int, int]:
        """Where the words to show begin and end."""
        places: tuple[Stretch | Sentence, ...] = (self.stretch, *self.sentences)
        return min(one.start for one in places), max(one.end for one in places)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to settle.

    ``sets`` hold the readings that count, each had by ``least`` people or more. ``agreed`` are
    decided by numbers alone. ``passages`` are put to the people; ``others`` are contested too.
    """

    document: Document
    codebook: Codebook
    sets: tuple[AnnotationSet, ...]
    least: int
    passages: tuple[Passage, ...]
    others: tuple[Passage, ...]
    agreed: tuple[Decision, ...]

    @property
    def named(self) -> bool:
        """Whether so few people read the text that each is named."""
        return len(self.sets) <= FEW
