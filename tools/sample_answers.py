"""How a constructed learner answers: closed questions by chance, written ones sentence by sentence.

A question is as hard for all, a learner as able in all, and somebody who believes a misconception
mostly takes the option that expresses it. Beliefs fade from the pre-test to the post-test. Of
sentences with and without a device an able learner tells more apart, and an eager one ticks more.
"""

import math
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from random import Random
from statistics import NormalDist
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sample_readers import Reader, chance

from framingkit import course
from framingkit.course.items import Item
from framingkit.feedback.answers import RESPONSE_KEYS

WORDS = tomllib.loads(Path(__file__).with_name("sample_class.toml").read_text(encoding="utf-8"))
PROGRESS = {
    "pre-test": 0.0, "00-start-here": 0.1, "01-context": 0.3, "02-agenda": 0.45,
    "03-commentary": 0.6, "04-open-ending": 0.8, "post-test": 1.0,
    "exercises-00-start-here": 0.15, "exercises-03-commentary": 0.65,
}  # fmt: skip
"""How much of the course is done when a lesson's questions come; workbooks are done at home."""

_WHOLE = ("pre-test", "00-start-here", "03-commentary", "post-test")
_PREDICTIONS = ("headline-prediction", "heading-prediction", "headline-question-now")


def asked(lesson: str) -> Iterator[Item]:
    """Give the questions that this class was set; of some lessons only the most telling ones."""
    for item in course.load_items(lesson):
        telling = item.misconceptions or item.id.startswith("exit-")
        closed = item.scored and item.kind in ("choice", "several", "order")
        chosen = item.id in WORDS["written"] or item.id in _PREDICTIONS
        if lesson.startswith("exercises-"):
            telling, chosen = item.has_signals, False
        if chosen or (closed and (telling or lesson in _WHOLE)):
            yield item


def answers(reader: Reader, lesson: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Answer a lesson, with now and then a question left out; a test is left out as a whole."""
    skips = 0.06 / reader.thorough
    is_test = lesson.endswith("-test")
    if is_test and chance(reader.name, lesson).random() < skips:
        return
    for item in asked(lesson):
        random = chance(reader.name, "item", item.id)
        if random.random() < skips and not is_test:
            continue
        value = _value(item, reader, PROGRESS[lesson], random)
        response: dict[str, Any] = {RESPONSE_KEYS[item.kind]: value}
        if item.confidence:
            response["confidence"] = sure(reader.ability, 60, random)
        yield item.id, response


def sure(ability: float, middle: int, random: Random) -> int:
    """Say how sure one is, in steps of five."""
    return min(100, max(0, 5 * round((middle + 6 * ability + random.gauss(0, 14)) / 5)))


def _value(item: Item, reader: Reader, progress: float, random: Random) -> Any:
    if item.kind == "written":
        return _text(item.id, reader.ability + reader.gain * progress, random)
    if not item.scored:
        return random.choice([option.id for option in item.options])
    if item.has_signals:
        return _ticked(item, reader, progress, random)
    believed = [o.id for o in item.options if reader.believes(o.misconception, progress)]
    likely = _likely(item, reader.ability + reader.gain * progress) * (0.3 if believed else 1)
    if item.kind == "choice":
        return _choice(item, likely, believed, random)
    if item.kind == "several":
        return _several(item, likely, random)
    return _order(item, likely, random)


def _likely(item: Item, ability: float) -> float:
    """Work out how likely the right answer is; twins of the two tests are equally hard."""
    twin = item.id.removeprefix("pre-").removeprefix("post-")
    hard = chance("hard", twin).uniform(-1.8, 0.7)
    return 0.15 + 0.85 / (1 + math.exp(-1.3 * (ability - hard)))


def _choice(item: Item, likely: float, believed: list[str], random: Random) -> str:
    if random.random() < likely:
        return next(option.id for option in item.options if option.correct)
    tempting = [option.id for option in item.options if option.misconception]
    if tempting and random.random() < (0.9 if believed else 0.45):
        return random.choice(believed or tempting)
    return random.choice([option.id for option in item.options if not option.correct])


def _several(item: Item, likely: float, random: Random) -> list[str]:
    each = likely ** (1 / 2)
    chosen = [one.id for one in item.options if one.correct == (random.random() < each)]
    return chosen or [random.choice(item.options).id]


def _ticked(item: Item, reader: Reader, progress: float, random: Random) -> list[str]:
    """Tick the sentences that seem to have a device; a near miss does so more than a plain one.

    How clearly somebody sees it comes from ability, and how easily they tick, from being eager.
    """
    apart = max(0.2, 1.2 + 0.6 * (reader.ability + reader.gain * progress))
    seems = {"device": apart / 2, "near_miss": 0.3 - apart / 2, "plain": -0.4 - apart / 2}
    likely = {name: NormalDist().cdf(at + 0.8 * reader.eager - 0.3) for name, at in seems.items()}
    ticked = [one.id for one in item.options if random.random() < likely[one.signal]]
    return ticked or [random.choice(item.options).id]


def _order(item: Item, likely: float, random: Random) -> list[str]:
    order = [option.id for option in item.options]
    if random.random() > likely:
        place = random.randrange(len(order) - 1)
        order[place : place + 2] = reversed(order[place : place + 2])
    return order


def _text(item: str, ability: float, random: Random) -> str:
    parts = WORDS["written"][item]
    reach = round(1.4 + 0.8 * ability + random.gauss(0, 0.6))
    if reach < 1:
        return str(random.choice(parts["weak"]))
    names = ("first", "second", "third")[:reach]
    return " ".join(random.choice(parts[name]) for name in names)
