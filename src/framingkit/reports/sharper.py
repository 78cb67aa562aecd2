"""Sharper, or only more suspicious? How well a class tells devices from plain words.

Who tags everything finds everything. So two counts go together: the clear entries of the reference
reading that a learner found (hits), and the plain places that they tagged (false alarms). Plain
places are the near misses of the reference reading, and stretches of `PLAIN_WORDS` words or more,
within one sentence, in which it has nothing.

From both come d' (how well readers tell the two apart; 0 is chance) and the criterion c (above 0
for readers who tag with care, below 0 for readers who tag quickly), with the log-linear correction:
a half is added to each count, and one to what it is out of. After Hautus 1995, "Corrections for
extreme proportions", and Stanislaw and Todorov 1999, "Calculation of signal detection theory
measures". The measure is unvalidated.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from statistics import NormalDist

from framingkit import course
from framingkit.agreement import t_quantile
from framingkit.base import counted
from framingkit.course import Document, Span, codes_on_offer
from framingkit.feedback import SpanTask
from framingkit.hand_ins import SMALLEST_GROUP, LearnerTags

FEWEST_PLAIN = 10
"""A learner counts from this many plain places on."""

PLAIN_WORDS = 5
"""This many words without anything in the reference reading are a plain place."""

FEWEST_FOR_INTERVAL = 8
"""With fewer learners there is no interval."""

MOST_LEARNERS = 1_000
"""More learners would not make the means any surer, and would take long."""


_NEEDS = f"tags in sections that have {FEWEST_PLAIN} plain places or more"
_WORD = re.compile(r"\w\S*")


@dataclass(frozen=True, slots=True)
class Seen:
    """What one learner did: hits among clear entries, false alarms among plain places."""

    hits: int = 0
    clear: int = 0
    alarms: int = 0
    plain: int = 0

    def __add__(self, other: "Seen") -> "Seen":
        """Add what the learner did in another section."""
        return Seen(
            self.hits + other.hits,
            self.clear + other.clear,
            self.alarms + other.alarms,
            self.plain + other.plain,
        )

    @property
    def is_enough(self) -> bool:
        """Whether there is enough to tell finding from suspecting."""
        return self.clear > 0 and self.plain >= FEWEST_PLAIN

    @property
    def measures(self) -> tuple[float, float, float, float]:
        """The share of hits, the share of false alarms, d' and c.

        Examples
        --------
        >>> [round(number, 3) for number in Seen(19, 24, 9, 24).measures]
        [0.792, 0.375, 1.078, -0.233]
        """
        found, marked = (self.hits + 0.5) / (self.clear + 1), (self.alarms + 0.5) / (self.plain + 1)
        return (self.hits / self.clear, self.alarms / self.plain, *discrimination(found, marked))


def discrimination(hits: float, alarms: float) -> tuple[float, float]:
    """Compute d' and c from two shares between 0 and 1.

    Examples
    --------
    >>> [round(number, 3) for number in discrimination(0.8, 0.4)]
    [1.095, -0.294]
    """
    found, marked = map(NormalDist().inv_cdf, (hits, alarms))
    return found - marked, -(found + marked) / 2


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over learners, and between which values it may be for others of the same kind."""

    value: float
    low: float | None = None
    high: float | None = None

    @property
    def direction(self) -> int:
        """1 or -1 if the whole interval is on one side of 0, else 0."""
        if self.low is None or self.high is None:
            return 0
        return (self.low > 0) - (self.high < 0)


def mean_of(values: Sequence[float], times: Sequence[int] = ()) -> Mean:
    """Compute a mean with its 95 % interval by Student's t.

    Parameters
    ----------
    values
        A value for each learner.
    times
        How many learners have each of the values; without it, one each.

    Examples
    --------
    >>> mean_of([1.0, 3.0])
    Mean(value=2.0, low=None, high=None)
    >>> mean_of([1.0, 3.0], [3, 1])
    Mean(value=1.5, low=None, high=None)
    """
    times = times or [1] * len(values)
    learners, pairs = sum(times), [*zip(values, times, strict=True)]
    middle = fsum(value * count for value, count in pairs) / learners
    if learners < FEWEST_FOR_INTERVAL:
        return Mean(middle)
    squares = fsum(count * (value - middle) ** 2 for value, count in pairs)
    reach = t_quantile(0.975, learners - 1) * (squares / (learners - 1) / learners) ** 0.5
    return Mean(middle, middle - reach, middle + reach)


@dataclass(frozen=True, slots=True)
class Sharpness:
    """Means of one class at one time, or of what has changed; without them, the reason."""

    learners: int
    hits: Mean | None = None
    alarms: Mean | None = None
    d_prime: Mean | None = None
    criterion: Mean | None = None
    reason: str = ""


def sharpness(
    rows: Sequence[Sequence[float]], left_out: int, needs: str, times: Sequence[int] = ()
) -> Sharpness:
    """Put the measures of learners together.

    Parameters
    ----------
    rows, times
        The measures of each learner, or of as many as `times` says.
    left_out
        How many learners had too little, and do not count.
    needs
        What each learner must have, to be told where there are too few.

    Examples
    --------
    >>> sharpness([], 3, "tags").reason
    '0 learners are too few: it needs 5, each with tags.'
    """
    learners = sum(times) or len(rows)
    if learners < SMALLEST_GROUP:
        few = f"{counted(learners, 'learner')} {'is' if learners == 1 else 'are'} too few"
        each = f", each with {needs}" if left_out else ""
        return Sharpness(learners, reason=f"{few}: it needs {SMALLEST_GROUP}{each}.")
    columns = zip(*rows, strict=True)
    hits, alarms, d_prime, criterion = (mean_of(column, times) for column in columns)
    return Sharpness(learners, hits, alarms, d_prime, criterion)


@dataclass(slots=True)
class SharpTally:
    """Counts hits and false alarms, learner by learner; ``pairs`` are the same people twice."""

    texts: Mapping[int, Document]
    now: list[Seen] = field(default_factory=list)
    pairs: list[tuple[Seen, Seen]] = field(default_factory=list)
    _places: dict[int, tuple["_Places", ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Find the plain places of each section."""
        self._places = {number: _places_of(text) for number, text in self.texts.items()}

    def add(self, tags: Iterable[LearnerTags]) -> None:
        """Count what one learner did.

        Examples
        --------
        >>> tally = SharpTally({})
        >>> tally.add([])
        >>> tally.snapshot.reason
        '0 learners are too few: it needs 5.'
        """
        if len(self.now) < MOST_LEARNERS:
            spans = {each.text: each.spans for each in tags if each.start}
            seen = self._seen(spans, spans)
            if seen.clear or seen.plain:
                self.now.append(seen)

    def add_pair(
        self, then: Mapping[int, Sequence[Span]], now: Mapping[int, Sequence[Span]]
    ) -> None:
        """Count what one learner did at two times, in the sections tagged at either."""
        if len(self.pairs) < MOST_LEARNERS and then and now:
            either = {n: (*then.get(n, ()), *now.get(n, ())) for n in {*then, *now}}
            self.pairs.append((self._seen(then, either), self._seen(now, either)))

    @property
    def counts(self) -> tuple[list[Seen], list[tuple[Seen, Seen]]]:
        """What was counted, to be added to the counts of another part of the class."""
        return self.now, self.pairs

    def add_counts(self, counts: tuple[list[Seen], list[tuple[Seen, Seen]]]) -> None:
        """Add the counts of another part of the class."""
        self.now += counts[0]
        self.pairs += counts[1]

    def _seen(self, tags: Mapping[int, Sequence[Span]], read: Mapping[int, Sequence[Span]]) -> Seen:
        found = (
            places.seen(tags.get(number, ()))
            for number, sections in self._places.items()
            for places in sections
            if places.is_read(read.get(number, ()))
        )
        return sum(found, Seen())

    @property
    def snapshot(self) -> Sharpness:
        """The class now."""
        rows = [seen.measures for seen in self.now if seen.is_enough]
        return sharpness(rows, len(self.now) - len(rows), _NEEDS)

    @property
    def change(self) -> tuple[Sharpness, Sharpness, Sharpness]:
        """The same learners before, after, and the difference."""
        both = [(then.measures, now.measures) for then, now in self.pairs
                if then.is_enough and now.is_enough]  # fmt: skip
        out = len(self.pairs) - len(both)
        differences = [[new - old for old, new in zip(*pair, strict=True)] for pair in both]
        then, now = ([pair[time] for pair in both] for time in (0, 1))
        before, after, change = (sharpness(rows, out, _NEEDS) for rows in (then, now, differences))
        return before, after, change


@dataclass(frozen=True, slots=True)
class _Places:
    """The clear entries and the plain places of one section."""

    task: SpanTask
    near: tuple[Span, ...]
    stretches: tuple[tuple[int, int], ...]
    entries: tuple[Span, ...]

    def is_read(self, spans: Iterable[Span]) -> bool:
        section = self.task.section
        return any(section.start <= span.start < section.end for span in spans)

    def seen(self, spans: Iterable[Span]) -> Seen:
        tags = self.task.tags(spans)
        own, accepted = self.task.pairs(tags)
        _, _, clear, found = self.task.counts(tags, own, accepted)
        rest = [tag for n, tag in enumerate(tags) if n not in own and n not in accepted]
        alarms = sum(
            any(tag.label == miss.label and tag.overlaps(miss) for tag in rest)
            for miss in self.near
        )
        # Another code on words of an entry is no tag on plain words.
        astray = [tag for tag in rest if not any(map(tag.overlaps, self.entries))]
        alarms += sum(
            any(tag.start < end and start < tag.end for tag in astray)
            for start, end in self.stretches
        )
        return Seen(found, clear, alarms, len(self.near) + len(self.stretches))


def _places_of(document: Document) -> tuple[_Places, ...]:
    reference, offered = course.find_reference(document.id), codes_on_offer()
    if reference is None:
        return ()  # without a reading nobody can say what is there to be found
    core = [code.id for code in course.load_codebook().core]
    found = []
    for section in document.sections:
        if section.kind == "text":
            codes = offered.get((document.id, section.id)) or core
            task = SpanTask.of(section, reference, codes)
            misses = [miss.span for miss in reference.near_misses if miss.section == section.id]
            entries = tuple(entry.span for entry in reference.within(section.id))
            near = tuple(miss for miss in misses if miss.label in task.offered)
            stretches = tuple(_stretches(document, section.id, [*misses, *entries]))
            found.append(_Places(task, near, stretches, entries))
    return tuple(found)


def _stretches(
    document: Document, section: str, taken: Sequence[Span]
) -> Iterator[tuple[int, int]]:
    """Find the stretches of a section on which nothing lies."""
    for sentence in document.sentences(section):
        run: list[re.Match[str]] = []
        for word in [*_WORD.finditer(document.text, sentence.start, sentence.end), None]:
            if word and not any(s.start < word.end() and word.start() < s.end for s in taken):
                run.append(word)
                continue
            if len(run) >= PLAIN_WORDS:
                yield run[0].start(), run[-1].end()
            run = []


def verdict(change: Sharpness) -> str:
    """Say in a sentence whether a class is sharper, or only more suspicious.

    Examples
    --------
    >>> up, same = Mean(0.2, 0.1, 0.3), Mean(0.0, -0.1, 0.1)
    >>> verdict(Sharpness(20, up, same, up, same))
    'Sharper: the class finds more than before, and marks plain words no more often.'
    >>> verdict(Sharpness(20, up, up, same, Mean(-0.2, -0.3, -0.1)))
    'Only more suspicious: the class finds more than before, and marks plain words more often.'
    """
    if not (change.hits and change.alarms and change.d_prime and change.criterion):
        return f"n/a: {change.reason}"
    if change.d_prime.low is None:
        return (
            f"With fewer than {FEWEST_FOR_INTERVAL} learners a change cannot be told from chance."
        )
    found = {1: "more than", 0: "about as much as", -1: "less than"}[change.hits.direction]
    marked = {1: "more often", 0: "no more often", -1: "less often"}[change.alarms.direction]
    first = {1: "Sharper", 0: "No clear change", -1: "Less sharp"}[change.d_prime.direction]
    if change.d_prime.direction < 1 and change.criterion.direction < 0:
        first = "Only more suspicious"
    return f"{first}: the class finds {found} before, and marks plain words {marked}."
