"""Hand-ins that were read and wait on disk until it is known which of them count."""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from framingkit.answers import TextVersion
from framingkit.errors import FramingkitError
from framingkit.hand_ins import HandIn, read_hand_in
from framingkit.known_texts import KnownTexts
from framingkit.long_files import Table
from framingkit.same_names import Candidate, persons
from framingkit.visible import shown

Say = Callable[[str], None]

MOST_TEXTS = 500
"""Text versions in one class; more are no class but an attack."""

COLUMNS = ("coder", "operations", "file", "texts", "traces", "content")
_BEST_FIRST = "operations DESC, place DESC"


@dataclass(slots=True)
class WaitingHandIns:
    """What was read so far; ``say`` is called with each sentence for the instructor."""

    known: KnownTexts
    items: frozenset[str]
    say: Say
    table: Table
    count: int = 0
    refused: int = 0
    texts: dict[TextVersion, int] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)

    def refuse(self, sentence: str) -> None:
        """Say why something was not taken, and count it."""
        self.refused += 1
        self.say(shown(sentence, 1000))

    def take(self, content: bytes, name: str) -> None:
        """Check one hand-in and let it wait.

        Raises
        ------
        FramingkitError
            If it is refused.
        """
        found = read_hand_in(content, name, self.known)
        tags = [{"text": self._number(one)} | found.tags[one] for one in found.tags]
        for sentence in found.left_out:
            self.say(shown(sentence, 1000))
        self.count += 1
        self.answered |= self.items & found.responses.keys()
        self._add(found, tags, name)

    def _add(self, found: HandIn, tags: list[dict[str, Any]], name: str) -> None:
        line = {"operations": found.operations, "tags": tags, "responses": found.responses}
        content = json.dumps(line, ensure_ascii=False, separators=(",", ":"))
        texts = ",".join(str(one["text"]) for one in tags)
        traces = "\n".join(found.traces)
        self.table.add((found.coder, found.operations, shown(name), texts, traces, content))

    def _number(self, version: TextVersion) -> int:
        """Give each text version a number, in the order in which they are met."""
        if version not in self.texts and len(self.texts) == MOST_TEXTS:
            raise FramingkitError(
                f"“{shown(version.id)}” would be text version {MOST_TEXTS + 1} of this class. "
                "Collect the class in parts."
            )
        return self.texts.setdefault(version, len(self.texts))

    def settle(self) -> Iterator[tuple[str, int, str]]:
        """Decide what counts: for each learner the name, the place of the row, and the texts."""
        rows = self.table.rows("coder", "place", "texts", order=f"coder, {_BEST_FIRST}")
        for coder, group in itertools.groupby(rows, key=lambda row: str(row[0])):
            (_, place, texts), *more = group
            if more:
                yield from self._tell_apart(coder)
            else:
                yield coder, place, texts

    def _tell_apart(self, coder: str) -> Iterator[tuple[str, int, str]]:
        rows = self.table.rows("place", "file", "texts", "traces", "content", order=_BEST_FIRST,
                               where="coder = ?", values=(coder,))  # fmt: skip
        found, too_many = persons(Candidate(*row) for row in rows)
        for file in too_many:
            self.refuse(f"“{file}” was left out: too many different people use {coder!r}.")
        if len(found) > 1:
            files = ", ".join(f"“{person.chosen.file}”" for person in found)
            self.say(
                f"{len(found)} different people use the code name {coder}: {files}. In the class "
                f"they are {coder}, {coder}.2 and so on, in this order."
            )
        for number, person in enumerate(found, start=1):
            name = coder if number == 1 else f"{coder}.{number}"
            if person.hand_ins > 1:
                self.say(
                    f"{name} handed in {person.hand_ins} times. The hand-in with the most acts "
                    f"counts: “{person.chosen.file}”."
                )
            yield name, person.chosen.place, person.chosen.texts
