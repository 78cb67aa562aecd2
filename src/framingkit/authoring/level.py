"""How long a text is, and how hard to read: counts, not a judgement about learners."""

import re
from dataclasses import dataclass

from framingkit.base import counted

READ_IN_A_MINUTE = 180
"""Words, as everywhere in the kit."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_LONG = 6  # letters; longer words count as long
_STEPS = ((30, "very easy"), (40, "easy"), (50, "of middle difficulty"), (60, "hard"))
_FEW, _MANY = 250, 1500


@dataclass(frozen=True, slots=True)
class Level:
    """Counts of a text; ``lix`` is words in a sentence plus long words in a hundred."""

    words: int
    sentences: int
    long: int

    @property
    def lix(self) -> int:
        """The readability index LIX, which asks for no syllables, so no language is favoured."""
        if not self.words:
            return 0
        return round(self.words / max(1, self.sentences) + 100 * self.long / self.words)

    @property
    def minutes(self) -> int:
        """Minutes of reading at the speed that the kit counts with."""
        return max(1, -(-self.words // READ_IN_A_MINUTE))

    def sentences_about(self) -> list[str]:
        """Say it to the teacher."""
        step = next((words for most, words in _STEPS if self.lix < most), "very hard")
        said = [
            f"Length: {counted(self.words, 'word')} in {counted(self.sentences, 'sentence')}, "
            f"about {counted(self.minutes, 'minute')} of reading.",
            f"Reading level: LIX {self.lix}, {step} (a count of long sentences and long words; it "
            "does not know your class).",
        ]
        if self.words > _MANY:
            said.append("This is long for one lesson. Let learners tag few parts (the stars).")
        if self.words < _FEW:
            said.append("This is short: there may be little to tag.")
        return said


def level_of(text: str, sentences: int) -> Level:
    """Count a text that has this many sentences.

    Examples
    --------
    >>> level_of("It is hot. Diplomats disagree.", 2)
    Level(words=5, sentences=2, long=2)
    """
    words = _WORD.findall(text)
    return Level(len(words), sentences, sum(len(word) > _LONG for word in words))
