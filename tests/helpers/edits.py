"""Change a text at random, and know where each of its characters has gone.

The edits are those of a person who corrects a text: characters and words are put in, taken out and
replaced, and sentences change places. Words that are put in are most often words of the text, so
that like words come up near tagged ones.
"""

import re

_LETTERS = "aeiou nrst,."
_WORD, _SENTENCE = re.compile(r"\S+"), re.compile(r"[^.!?]+[.!?]\s*")


class Edited:
    """A text as characters, each with its place in the first version; -1 for new ones."""

    def __init__(self, text, draw):
        self.before, self.draw = text, draw
        self.signs = list(zip(text, range(len(text)), strict=True))
        self.words = _WORD.findall(text)

    @property
    def text(self):
        return "".join(sign for sign, _ in self.signs)

    def edit(self):
        self.draw.choice([self._character, self._word, self._character, self._word, self._move])()

    def _character(self):
        place = self.draw.randrange(len(self.signs))
        new = [(self.draw.choice(_LETTERS), -1)]
        self._replace(place, place + self.draw.choice([0, 1]), self.draw.choice([new, new, []]))

    def _word(self):
        start, end = self.draw.choice([match.span() for match in _WORD.finditer(self.text)])
        word = [(sign, -1) for sign in self.draw.choice([*self.words, "👩‍🚀"])]
        ways = ((start, end, word), (start, start, [*word, (" ", -1)]), (start, end + 1, []))
        self._replace(*self.draw.choice(ways))

    def _move(self):
        """Put a sentence in another place."""
        sentences = [match.span() for match in _SENTENCE.finditer(self.text)]
        if len(sentences) < 3:
            return
        start, end = self.draw.choice(sentences)
        moved = self.signs[start:end]
        goal = self.draw.choice([one for one, _ in sentences if one != start])
        del self.signs[start:end]
        goal -= (end - start) * (goal > start)
        self.signs[goal:goal] = moved

    def _replace(self, start, end, new):
        self.signs[start:end] = new

    def places(self):
        """Give the place of each character of the first version that is still there."""
        return {origin: place for place, (_, origin) in enumerate(self.signs) if origin >= 0}


def judged(span, found, places):
    """Say what became of a tag: “right”, “wrong”, “orphan” (needless) or “gone” (rightly none).

    Words that were changed themselves belong nowhere, so a place that shares most of what is left
    of them is right, and no place is right too.
    """
    there = [places.get(origin) for origin in range(span.start, span.end)]
    whole = None not in there and there == list(range(there[0], there[0] + len(there)))
    if found is None:
        return "orphan" if whole else "gone"
    if whole:
        return "right" if (found.start, found.end) == (there[0], there[-1] + 1) else "wrong"
    left = sum(place is not None and found.start <= place < found.end for place in there)
    return "right" if 2 * left > span.end - span.start else "wrong"
