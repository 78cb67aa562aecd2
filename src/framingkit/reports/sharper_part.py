"""The part of a report on whether a class is sharper, or only more suspicious."""

from collections.abc import Callable, Iterator

from framingkit.agreement import two_places
from framingkit.base import Html, counted, element
from framingkit.reports.pieces import section, table
from framingkit.reports.sharper import (
    FEWEST_PLAIN,
    MOST_LEARNERS,
    PLAIN_WORDS,
    Mean,
    Sharpness,
    SharpTally,
    verdict,
)

_TITLE = "Sharper, or only more suspicious?"
_WHY = (
    "Who tags everything finds everything. So two counts go together: the clear entries of the "
    "reference reading that a learner found, and the plain places that they tagged. Plain places "
    f"are near misses, and stretches of {PLAIN_WORDS} words or more in which the reference reading "
    "has nothing. After a game against false news people believed true news less as well "
    "(Graham and others 2023): they were more suspicious, and did not tell the two apart better."
)
_HOW = (
    "d′ says how well learners tell the two apart: 0 is chance, and more is better. The criterion "
    "c is above 0 for those who tag with care, and below 0 for those who tag quickly: lower is not "
    "worse. Both are means over learners, with the log-linear correction, and 95 % intervals over "
    "learners."
)
_LIMITS = (
    "This measure is unvalidated: nobody has checked how well it measures. The reference reading "
    "is one careful reading, and the places are few. Talk about it, and give no marks for it."
)
_ITEMS = (
    f"From questions: n/a, because the two tests have fewer than {FEWEST_PLAIN} questions on plain "
    "words."
)
_ROWS: tuple[tuple[str, Callable[[Sharpness], Mean | None], bool], ...] = (
    ("Clear entries found", lambda one: one.hits, True),
    ("Plain places tagged", lambda one: one.alarms, True),
    ("d′: how well told apart", lambda one: one.d_prime, False),
    ("Criterion c: with how much care", lambda one: one.criterion, False),
)


def sharper_part(tally: SharpTally) -> Html:
    """Write the part: the class now, and the same learners before and after if there is a before.

    Examples
    --------
    >>> "n/a: 0 learners are too few" in sharper_part(SharpTally({}))
    True
    """
    parts = [element("p", _WHY), *_now(tally.snapshot)]
    if tally.pairs:
        parts += _change(*tally.change)
    if len(tally.now) >= MOST_LEARNERS:
        parts.append(element("p", f"Only the first {MOST_LEARNERS:,} learners are counted."))
    parts += [element("p", words) for words in (_ITEMS, _HOW, _LIMITS)]
    return section(_TITLE, *parts, id="sharper")


def _now(now: Sharpness) -> Iterator[Html]:
    if now.hits is None:
        yield element("p", f"n/a: {now.reason}")
        return
    rows = [[name, _words(of(now), share)] for name, of, share in _ROWS]
    caption = f"{counted(now.learners, 'learner')}, on average"
    yield table(caption, ("What", "Mean and 95 % interval"), rows)


def _change(then: Sharpness, now: Sharpness, change: Sharpness) -> Iterator[Html]:
    yield element("p", element("b", "Before and after: "), verdict(change))
    if change.hits is not None:
        rows = [
            [name, *(_words(of(one), share) for one in (then, now, change))]
            for name, of, share in _ROWS
        ]
        caption = f"The same {counted(change.learners, 'learner')}, on average"
        yield table(caption, ("What", "Before", "After", "Change"), rows)


def _hundredths(value: float) -> str:
    return f"{round(100 * value)}".replace("-", "−")


def _words(mean: Mean | None, share: bool) -> str:
    if mean is None:
        return "n/a"
    write = _hundredths if share else two_places
    value = f"{write(mean.value)} of 100" if share else write(mean.value)
    if mean.low is None or mean.high is None:
        return f"{value} (no interval: fewer than 8 learners)"
    return f"{value} ({write(mean.low)} to {write(mean.high)})"
