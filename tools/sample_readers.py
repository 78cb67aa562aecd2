"""How a constructed learner reads the article: what they see, what they call it, where it ends.

A reader is a handful of numbers; chance does the rest. Entries of the reference reading that are
debatable are harder to agree on than clear ones, and that is all that is known about the result.
"""

import re
from dataclasses import dataclass, replace
from random import Random

from framingkit import course
from framingkit.course.data import codes_on_offer
from framingkit.course.spans import Span

ARTICLE = course.load_article()
REFERENCE = course.load_reference(ARTICLE.id)
SECTIONS = [section for section in ARTICLE.sections if section.kind == "text"]
_CORE = {code.id for code in course.load_codebook().core}
_OFFERED = codes_on_offer()
OFFERED = {section.id: set(_OFFERED.get((ARTICLE.id, section.id)) or _CORE) for section in SECTIONS}
_WORDS = [word.span() for word in re.finditer(r"[\w’“”]+(?:-\w+)*", ARTICLE.text)]

NEAR_CODES = {
    "game_metaphor": "war_metaphor",
    "war_metaphor": "game_metaphor",
    "nature_metaphor": "loaded_word",
    "hedge": "vague_attribution",
    "vague_attribution": "hedge",
    "either_or_question": "hedge",
    "booster": "loaded_word",
    "missing_agent": "place_actor",
    "motive_claim": "booster",
}
"""Codes that are easily taken for each other."""

BELIEFS = {"scare_quotes": 7, "vague_attribution": 8, "either_or_question": 9, "missing_agent": 11}
"""Misconceptions that make a near miss look like the device."""


LEARNERS = 30
_ILL = {11: {"headline", "lead", "context"}, 23: {"headline", "commentary"}}
_LATE_LESSONS = {"04-open-ending", "post-test"}
_TONES = ("amber", "azure", "coral", "ivory", "jade", "olive", "pearl", "russet", "sable", "umber")
_BIRDS = ("heron", "finch", "robin", "swift", "crane", "plover", "osprey", "wren", "lark", "puffin")


@dataclass(frozen=True, slots=True)
class Reader:
    """One constructed learner."""

    name: str
    ability: float
    gain: float
    thorough: float
    exact: float
    eager: float
    confuses: frozenset[str]
    beliefs: dict[int, float]
    notes: float
    says_how_sure: bool
    sections: frozenset[str]
    absent: frozenset[str]
    discusses: bool

    def believes(self, misconception: int | None, progress: float) -> bool:
        """Tell whether a misconception is still held when so much of the course is done."""
        return self.beliefs.get(misconception or 0, 0.0) > progress


@dataclass(frozen=True, slots=True)
class Seen:
    """A tag and what it came from: the place of a reference entry, or -1."""

    span: Span
    entry: int = -1


def readers() -> list[Reader]:
    """Draw the learners: among them two who read only some sections and four who tag too much."""
    random = Random("sample class")
    pairs = random.sample([f"{tone}-{bird}" for tone in _TONES for bird in _BIRDS], LEARNERS)
    names = [f"{pair}-{random.randint(100, 999)}" for pair in pairs]
    return [_reader(name, number, random) for number, name in enumerate(names)]


def _reader(name: str, number: int, random: Random) -> Reader:
    ability = random.gauss(0, 0.9)
    beliefs = random.sample(range(1, 16), random.choice([2, 3, 4, 5]))
    return Reader(
        name=name,
        ability=ability,
        gain=max(0.0, random.gauss(0.7, 0.4)),
        thorough=min(1.0, max(0.35, 0.72 + 0.12 * ability + random.gauss(0, 0.12))),
        exact=random.uniform(0.6, 0.97),
        eager=random.uniform(0.8, 1.1) if number % 8 == 5 else random.uniform(0, 0.35),
        confuses=frozenset(random.sample(sorted(NEAR_CODES), random.choice([0, 0, 1, 1, 2, 3]))),
        beliefs={one: random.uniform(0.1, 1.7) for one in beliefs},
        notes=random.choice([0, 0, 0.1, 0.2, 0.4]),
        says_how_sure=random.random() < 0.7,
        sections=frozenset(_ILL.get(number) or OFFERED),
        absent=frozenset(_LATE_LESSONS if number in _ILL else ()),
        discusses=number % 2 == 0,
    )


def place_of(span: Span) -> tuple[int, int, str]:
    """Name a tag by its place and label."""
    return span.start, span.end, span.label


def ease(place: int) -> float:
    """Tell how easily an entry is seen: always the same for the same entry."""
    random = chance("ease", *place_of(REFERENCE.spans[place].span))
    if REFERENCE.spans[place].status == "clear":
        return random.uniform(0.7, 1.2)
    return random.uniform(0.2, 0.75)


def chance(*names: object) -> Random:
    """Give each decision a chance of its own, so that a small change of the data changes little."""
    return Random("/".join(map(str, names)))


def read(reader: Reader) -> list[Seen]:
    """Let a reader tag the article; what two entries would tag alike is tagged once."""
    found: dict[tuple[int, int, str], Seen] = {}
    for seen in [*_entries(reader), *_near_misses(reader), *_more(reader)]:
        found.setdefault((seen.span.start, seen.span.end, seen.span.label), seen)
    return list(found.values())


def _entries(reader: Reader) -> list[Seen]:
    seen = []
    for place, entry in enumerate(REFERENCE.spans):
        if entry.section not in reader.sections:
            continue
        random = chance(reader.name, "entry", *place_of(entry.span))
        offered = [
            one for one in (entry.span.label, *entry.accepts) if one in OFFERED[entry.section]
        ]
        if offered and random.random() < reader.thorough * ease(place):
            label = random.choice(offered)
            other = NEAR_CODES.get(label, label)
            if label in reader.confuses and other in OFFERED[entry.section]:
                label = other if random.random() < 0.6 else label
            span = ends(replace(entry.span, label=label, id=""), reader.exact, random)
            seen.append(Seen(span, place))
    return seen


def _near_misses(reader: Reader) -> list[Seen]:
    seen = []
    for miss in REFERENCE.near_misses:
        span = miss.span
        if miss.section in reader.sections and span.label in OFFERED[miss.section]:
            random = chance(reader.name, "near miss", *span.key)
            believed = reader.believes(BELIEFS.get(span.label), 0.5)
            if random.random() < 0.5 * reader.eager + 0.4 * believed:
                seen.append(Seen(ends(span, reader.exact, random)))
    return seen


def _more(reader: Reader) -> list[Seen]:
    """Tag words that nobody expected: many if the reader is eager."""
    seen = []
    for section in SECTIONS:
        if section.id in reader.sections:
            words = [(a, b) for a, b in _WORDS if section.start <= a and b <= section.end]
            for start, end in words:
                random = chance(reader.name, "word", start)
                if end - start > 5 and random.random() < 0.11 * reader.eager**2:
                    label = random.choice(sorted(OFFERED[section.id]))
                    seen.append(Seen(Span(start, end, label, ARTICLE.text[start:end])))
    return seen


def ends(span: Span, exact: float, random: Random) -> Span:
    """Let the span end a word later or earlier, as hands and readers do."""
    if random.random() < exact:
        return span
    section = next(one for one in SECTIONS if one.start <= span.start < one.end)
    before = [a for a, b in _WORDS if section.start <= a and b <= span.start]
    after = [b for a, b in _WORDS if a >= span.end and b <= section.end]
    inside = [(a, b) for a, b in _WORDS if span.start <= a and b <= span.end]
    start, end = span.start, span.end
    habit = random.random()
    if habit < 0.45 and before:
        start = before[-1]
    elif habit < 0.75 and after:
        end = after[0]
    elif len(inside) > 1:
        start = inside[1][0]
    if "\n" in ARTICLE.text[start:end].strip():
        return span  # nobody drags a tag over two paragraphs by accident
    return replace(span, start=start, end=end, quote=ARTICLE.text[start:end])
