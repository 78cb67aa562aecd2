"""The part of a report on whether a class is sharper, or only more suspicious."""

from collections.abc import Callable, Iterator

from framingkit.agreement import two_places
from framingkit.base import Html, counted, element
from framingkit.reports.pieces import section, table
from framingkit.reports.sharper import (
    FEWEST_FOR_INTERVAL,
    MOST_LEARNERS,
    PLAIN_WORDS,
    Mean,
    Sharpness,
    SharpTally,
    verdict,
)
from framingkit.reports.ticked import Change, TickTally

_TITLE = "Sharper, or only more suspicious?"
_WHY = (
    "Who marks everything finds everything. So two counts go together: the devices that a learner "
    "found, and the plain words that they marked as well. After a game against false news people "
    "believed true news less as well (Graham and others 2023): they were more suspicious, and did "
    "not tell the two apart better."
)
_SOURCES = (
    "Tags: found are clear entries of the reference reading. Plain places are near misses, and "
    f"stretches of {PLAIN_WORDS} words or more in which the reading has nothing. Questions: found "
    "are sentences with a device that were ticked. The others only look as if they had one, or are "
    "plain. They are not added up: to find words in a text is another task than to tick "
    "sentences on a list, where about one in three has a device."
)
_PRACTICE = (
    "Practice: found are devices that were tagged with their code. The others are sentences "
    "without one, in which anything was tagged. Only the first answer to a sentence counts."
)
_HOW = (
    "d′ says how well learners tell the two apart: 0 is chance, and more is better. The criterion "
    "c is above 0 for those who mark with care, and below 0 for those who mark quickly: lower is "
    "not worse. Both are means over learners, with the log-linear correction, and 95 % intervals "
    "over learners."
)
_LIMITS = (
    "This measure is unvalidated: nobody has checked how well it measures. The reference reading "
    "is one careful reading, the sentences are one writer’s, and there are few of both. In "
    "workbooks and in the post-test learners see reasons at once, and may then change an answer: "
    "what is counted is the last one. Talk about it, and give no marks for it."
)
_ROWS: tuple[tuple[str, Callable[[Sharpness], Mean | None], bool], ...] = (
    ("Devices found", lambda one: one.hits, True),
    ("Plain words marked", lambda one: one.alarms, True),
    ("d′: how well told apart", lambda one: one.d_prime, False),
    ("Criterion c: with how much care", lambda one: one.criterion, False),
)


def sharper_part(tally: SharpTally, ticked: TickTally) -> Html:
    """Write the part: the class now, and the same learners before and after if there is a before.

    Examples
    --------
    >>> "From tags, n/a: 0 learners are too few" in sharper_part(SharpTally({}), TickTally([]))
    True
    """
    parts = [element("p", _WHY), *_now(tally, ticked)]
    if tally.pairs:
        parts += _change("Tags before and after", tally.change)
    if ticked.tests:
        parts += _change("Pre-test and post-test", ticked.test_change)
    if ticked.again:
        parts += _change("Questions answered in both hand-ins", ticked.again_change)
    if len(tally.now) >= MOST_LEARNERS:
        sources = "From tags and practice" if ticked.practice else "From tags"
        parts.append(element("p", f"{sources}, only the first {MOST_LEARNERS:,} are counted."))
    practice = (_PRACTICE,) * bool(ticked.practice)
    parts += [element("p", words) for words in (_SOURCES, *practice, _HOW, _LIMITS)]
    return section(_TITLE, *parts, id="sharper")


def _now(tally: SharpTally, ticked: TickTally) -> Iterator[Html]:
    """Put the sources side by side; what is n/a has its reason below."""
    named = {"From tags": tally.snapshot, "From questions in workbooks": ticked.snapshot}
    if ticked.practice:
        named["From practice sentences"] = ticked.practice_snapshot
    known = {name: one for name, one in named.items() if one.hits}
    if known:
        header = [f"{name}, {counted(one.learners, 'learner')}" for name, one in known.items()]
        rows = [
            [name, *(_words(of(one), share) for one in known.values())] for name, of, share in _ROWS
        ]
        yield table("The class now: means and 95 % intervals", ("What", *header), rows)
    for name, one in named.items():
        if not one.hits:
            yield element("p", f"{name}, n/a: {one.reason}")


def _change(name: str, times: Change) -> Iterator[Html]:
    change = times[2]
    yield element("p", element("b", f"{name}: "), verdict(change))
    if change.hits is not None:
        rows = [
            [name, *(_words(of(one), share) for one in times)]
            for name, of, share in _ROWS
        ]  # fmt: skip
        caption = f"{name}: the same {counted(change.learners, 'learner')}, on average"
        yield table(caption, ("What", "Before", "After", "Change"), rows)


def _hundredths(value: float) -> str:
    return f"{round(100 * value)}".replace("-", "−")


def _words(mean: Mean | None, share: bool) -> str:
    if mean is None:
        return "n/a"
    write = _hundredths if share else two_places
    value = f"{write(mean.value)} of 100" if share else write(mean.value)
    if mean.low is None or mean.high is None:
        return f"{value} (no interval: fewer than {FEWEST_FOR_INTERVAL} learners)"
    return f"{value} ({write(mean.low)} to {write(mean.high)})"
