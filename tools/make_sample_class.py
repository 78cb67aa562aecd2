"""Make the sample class: hand-ins of 30 constructed learners who read the article about Alaska.

Usage, from the top folder of the kit::

    python tools/make_sample_class.py

No learner wrote any of it. Each constructed learner has a few habits (see sample_readers.py and
sample_answers.py); what they tag and answer is drawn by chance from the reference reading, its
near misses and the questions, and the same seed gives the same bytes. ``data/sample-class`` is
what they hand in after the lessons; ``data/sample-class-after`` is what the half
of them hand in later who have discussed the most contested passages.
"""

import string
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sample_answers import PROGRESS, WORDS, answers, sure
from sample_practice import practised
from sample_readers import (
    ARTICLE,
    OFFERED,
    REFERENCE,
    Reader,
    Seen,
    chance,
    place_of,
    read,
    readers,
)  # fmt: skip

from framingkit import __version__, course
from framingkit.work.learner import learner_from
from framingkit.work.operations import Operation, State
from framingkit.work.sheet import TextVersion, answer_sheet, sheet_to_bytes

DATA = Path(__file__).parents[1] / "data"
BEFORE, AFTER = DATA / "sample-class", DATA / "sample-class-after"
DISCUSSED = 12
_FIRST_DAY = datetime(2026, 9, 7, 9, 5)
_CODEBOOK = course.load_codebook()
TEXT = TextVersion(ARTICLE.id, ARTICLE.sha256, _CODEBOOK.id, _CODEBOOK.sha256)


class Work:
    """What one learner does, act by act, as the widgets would keep it."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.state, self.learner = State(), learner_from(f"sample class/{reader.name}")
        self.client = "tab-" + _letters(self.chance("client"))
        self.seen: dict[str, Seen] = {}

    def chance(self, *names: object) -> Random:
        """Give each decision of this learner a chance of its own."""
        return chance(self.reader.name, *names)

    def _act(self, kind: str, target: str, **more: Any) -> None:
        act = Operation(kind, self.client, self.state.seq + 1, target, **more)
        self.state.apply(act, self.learner)

    def put(self, seen: Seen, id: str = "") -> None:
        """Make a tag, or change the one with this id."""
        target = id or f"{self.client}.{_letters(self.chance('id', *place_of(seen.span)))}"
        span = replace(seen.span, id=target)
        self._act("change" if id else "tag", target, document=TEXT.key, span=span)
        self.seen[target] = replace(seen, span=span)

    def remove(self, id: str) -> None:
        """Take a tag back."""
        self._act("remove", id, document=TEXT.key)
        del self.seen[id]

    def study(self) -> None:
        """Read the article and do the lessons."""
        for seen in read(self.reader):
            random = self.chance("tag", *place_of(seen.span))
            middle = 72 if seen.entry < 0 or _is_clear(seen) else 55
            if self.reader.says_how_sure:
                value = sure(self.reader.ability, middle, random)
                seen = replace(seen, span=replace(seen.span, confidence=value))
            self.put(seen)
            self.note(WORDS["notes"].get(seen.span.label, []), random)
        for day, lesson in enumerate(PROGRESS):
            if lesson not in self.reader.absent:
                self._answer(answers(self.reader, lesson), _FIRST_DAY + timedelta(days=2 * day))
        self._answer(practised(self.reader), _FIRST_DAY + timedelta(days=1, hours=9))

    def note(self, sentences: list[str], random: Random) -> None:
        """Perhaps say why the latest tag was made."""
        if sentences and random.random() < self.reader.notes:
            id, seen = list(self.seen.items())[-1]
            self.put(replace(seen, span=replace(seen.span, note=random.choice(sentences))), id)

    def _answer(self, given: Iterable[tuple[str, dict[str, Any]]], clock: datetime) -> None:
        for item, response in given:
            clock += timedelta(seconds=self.chance("clock", item).randint(20, 150))
            self._act("answer", item, response=response, at=f"{clock.isoformat()}Z")

    def discuss(self, shares: dict[int, float]) -> None:
        """Think again about what the class discussed: some learn, some stay, some go along."""
        for id, seen in list(self.seen.items()):
            random = self.chance("again", *place_of(seen.span))
            if seen.entry < 0 and random.random() < 0.35:
                self.remove(id)
            elif seen.entry in shares:
                self._think_again(id, seen, shares[seen.entry], random)
        tagged = {seen.entry for seen in self.seen.values()}
        for place, share in shares.items():
            entry = REFERENCE.spans[place]
            random = self.chance("new", *place_of(entry.span))
            offered = entry.span.label in OFFERED.get(entry.section, ())
            gain = 0.65 if entry.status == "clear" else 0.55 * share
            if offered and place not in tagged and random.random() < gain:
                self.put(Seen(entry.span, place))
                self.note(WORDS["after"]["reasons"], random)

    def _think_again(self, id: str, seen: Seen, share: float, random: Random) -> None:
        entry = REFERENCE.spans[seen.entry]
        if entry.status == "debatable" and random.random() < 0.5 * (1 - share):
            self.remove(id)
        elif random.random() < 0.6:
            better = replace(entry.span, note=seen.span.note, confidence=seen.span.confidence)
            if seen.span.label in entry.accepts:
                better = replace(better, label=seen.span.label)
            if place_of(better) != place_of(seen.span) and better.label in OFFERED[entry.section]:
                self.put(replace(seen, span=better), id)

    def sheet(self) -> bytes:
        """Give the hand-in as the button “Download my answers” would."""
        texts = {TEXT.key: TEXT}
        name, learner = self.reader.name, self.learner
        return sheet_to_bytes(answer_sheet(name, self.state, texts, __version__, learner))


def _is_clear(seen: Seen) -> bool:
    return REFERENCE.spans[seen.entry].status == "clear"


def _letters(random: Random) -> str:
    return "".join(random.choices(string.digits + string.ascii_lowercase, k=8))


def _shares(class_: list[Work]) -> dict[int, float]:
    """Find the entries on which the class is most divided, with the share that tagged them."""
    counts = Counter(
        entry for work in class_ for entry in {one.entry for one in work.seen.values()}
    )
    shares = {place: count / len(class_) for place, count in counts.items() if place >= 0}
    divided = sorted(shares, key=lambda place: (abs(shares[place] - 0.5), place))
    return {place: shares[place] for place in sorted(divided[:DISCUSSED])}


def sample_class() -> dict[Path, bytes]:
    """Return the hand-ins by their places."""
    class_ = [Work(reader) for reader in readers()]
    made = {}
    for work in class_:
        work.study()
        made[BEFORE / f"{work.reader.name}.answers.json"] = work.sheet()
    shares = _shares(class_)
    for work in class_:
        if work.reader.discusses:
            work.discuss(shares)
            made[AFTER / f"{work.reader.name}.answers.json"] = work.sheet()
    return made


def main() -> None:
    """Write the hand-ins, and take away those of an earlier seed."""
    made = sample_class()
    for folder in (BEFORE, AFTER):
        folder.mkdir(exist_ok=True)
        for old in set(folder.glob("*.answers.json")) - made.keys():
            old.unlink()
    for path, content in made.items():
        path.write_bytes(content)
    print(f"{len(made)} hand-ins, {sum(map(len, made.values())):,} bytes")


if __name__ == "__main__":
    main()
