"""What the form of an option gives away, and how far somebody gets who guesses by it alone.

A cue is a number for each option of a question, such as whether it has a colon. A guess takes the
option with the highest cue; equal options share the guess. Run this file to see the faults of some
lessons: ``python tests/helpers/item_forms.py 03 exercises-03``.
"""

import math
import re
import sys
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from framingkit.course.data import list_lessons, load_items
from framingkit.course.items import Item, Option

QUOTED = re.compile(r"“[^”]*”|‘[^’]*’")
PATTERNS = {
    "colon": r"[:;]",
    "because": r"\b(?:because|since)\b"
    r"|\b(?<!given )as (?:it|its|the|they|he|she|a|an|no|there|this|that|both|one|each|we)\b",
    "yes": r"^Yes\b",
    "no": r"^No\b",
    "absolute": r"\b(?:always|never|only|all|every|every(?:thing|one|body)|nothing|nobody"
    r"|none|no one|must|cannot|any|entirely)\b",
    "verdict": r"\b(?:false|lying|lies?|invented|trick|propaganda|neutral|wrong)\b",
    "purpose": r"\b(?:wants?|wanted|hides?|hid|feels?|plans?|sides? with|intends?|meant to|tries"
    r"|in order to)\b",
    "quote": r"“",
    "digit": r"\d",
    "comma": r",",
}
ALIKE = ("colon", "because")
CUES: dict[str, Callable[[str], float]] = {
    **{
        name: (lambda text, pattern=pattern: float(bool(re.search(pattern, text, re.I))))
        for name, pattern in PATTERNS.items()
    },
    "length": lambda text: len(text) / 40,
}


def unquoted(text: str, name: str) -> str:
    return text if name in ("quote", "length") else QUOTED.sub("“”", text)


def cue(name: str, option: Option) -> float:
    return CUES[name](unquoted(option.text, name))


def choices(lessons: Sequence[str] | None = None) -> list[Item]:
    """Return the questions with one right answer."""
    return [
        item
        for lesson in (lessons or list_lessons())
        for item in load_items(lesson)
        if item.scored and item.kind == "choice"
    ]


def matrix(item: Item) -> np.ndarray:
    """Return the cues of an item's options: options by cues, with the place as the last three."""
    rows = []
    for number, option in enumerate(item.options):
        places = [number == 0, number == 1, number == len(item.options) - 1]
        rows.append([*(cue(name, option) for name in CUES), *map(float, places)])
    return np.array(rows)


def key(item: Item) -> int:
    return next(number for number, option in enumerate(item.options) if option.correct)


def share(scores: np.ndarray, right: int) -> float:
    """Return how likely a guess at the highest score is right; equal scores share it."""
    best = np.isclose(scores, scores.max())
    return float(best[right]) / float(best.sum())


def chance(items: Sequence[Item]) -> tuple[float, float]:
    """Return how many a blind guess gets right, and the standard deviation."""
    likely = [1 / len(item.options) for item in items]
    return sum(likely), math.sqrt(sum(p * (1 - p) for p in likely))


def guessed(items: Sequence[Item], scorer: Callable[[Item], np.ndarray]) -> float:
    return sum(share(scorer(item), key(item)) for item in items)


def fit(items: Sequence[Item], ridge: float = 1.0, steps: int = 200) -> np.ndarray:
    """Fit the weights of all cues together, so that right options score highest (softmax)."""
    tables, keys = [matrix(item) for item in items], [key(item) for item in items]
    weights = np.zeros(tables[0].shape[1])
    for _ in range(steps):
        slope = -ridge * weights
        for table, right in zip(tables, keys, strict=True):
            likely = np.exp(table @ weights - (table @ weights).max())
            slope += table[right] - (likely / likely.sum()) @ table
        weights += slope / len(items)
    return weights


def left_out(items: Sequence[Item]) -> float:
    """Guess each lesson by a rule that was fitted to all the others."""
    right = 0.0
    for lesson in sorted({item.lesson for item in items}):
        rule = fit([item for item in items if item.lesson != lesson])
        mine = [item for item in items if item.lesson == lesson]
        right += guessed(mine, lambda item, rule=rule: matrix(item) @ rule)
    return right


def faults(item: Item) -> list[str]:
    """Say what in one question's options gives the answer away, or could."""
    found = []
    for name in ALIKE:
        having = sum(cue(name, option) for option in item.options)
        if 0 < having < len(item.options):
            found.append(f"{int(having)} of {len(item.options)} options have a {name}")
    said = [cue("yes", option) + cue("no", option) for option in item.options]
    if 0 < sum(said) < len(said):
        found.append("some options begin with Yes or No, and some do not")
    if all(said) and len({cue("yes", option) for option in item.options}) < 2:
        found.append("all options begin with the same word, Yes or No")
    if item.kind == "choice":
        lengths = [len(option.text) for option in item.options]
        right = lengths.pop(key(item))
        mean = sum(lengths) / len(lengths)
        if not mean / 1.4 - 4 <= right <= mean * 1.4 + 4:
            found.append(f"the key has {right} characters, the others {mean:.0f}")
    return found


def report(lessons: Sequence[str]) -> None:
    for lesson in lessons:
        for item in load_items(lesson):
            if item.scored and item.kind in ("choice", "several"):
                for fault in faults(item):
                    print(f"{lesson} {item.id}: {fault}")
    items = choices(lessons)
    expected, deviation = chance(items)
    print(f"{len(items)} choices; chance {expected:.1f}, sd {deviation:.1f}")
    for place, name in enumerate([*CUES, "first place", "second place", "last place"]):
        with_it = guessed(items, lambda item, place=place: matrix(item)[:, place])
        without = guessed(items, lambda item, place=place: -matrix(item)[:, place])
        print(f"  take {name}: {with_it:.1f}; avoid it: {without:.1f}")
    answers = Counter(
        "Yes" if cue("yes", item.options[key(item)]) else "No"
        for item in items
        if all(cue("yes", option) + cue("no", option) for option in item.options)
    )
    print(f"  yes/no questions: {dict(answers)}")
    several = [i for name in lessons for i in load_items(name) if i.kind == "several" and i.scored]
    for item in several:
        right = [option.correct for option in item.options]
        print(f"  tick every: {sum(right)} of {len(right)} right, first {right[0]}  ({item.id})")


if __name__ == "__main__":
    wanted = sys.argv[1:]
    report([name for name in list_lessons() if not wanted or name.startswith(tuple(wanted))])
