"""Which practice sentence comes next: mixed, and spaced by what a learner missed.

The rule, in the order in which it is applied:

1. Whoever misses a sentence meets its code again after 3 and after 8 other sentences, as another
   sentence of this code: a device or a near miss, so that the return gives nothing away. Missing a
   code once more begins its count again. A return never follows a return, so that new codes come
   even to those who miss everything.
2. One sentence in five is plain. Which of the five depends on their number alone.
3. Of the rest comes what was answered least often, and not the code of the sentence before.

Nothing is drawn by chance, and no clock is read: the same answers give the same next sentence, on
every computer. Without answers, everybody begins with the same one, so a class can talk about it.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from framingkit.course import PracticeSentence

GAPS = (3, 8)
"""How many others come before a code comes again that was missed."""

_PLAIN_IN = 5

_ORDER = 86
"""One of many orders: one in which each round of ten has from 3 to 6 devices, with the codes of
each lesson. Where sentences are added, a test says whether another number is needed."""


@dataclass(frozen=True, slots=True)
class Try:
    """One answer: to which sentence, and which code it missed; none if it matched."""

    sentence: str
    missed: str = ""


def next_sentence(
    sentences: Sequence[PracticeSentence], tries: Sequence[Try], offered: Collection[str]
) -> PracticeSentence:
    """Choose the sentence that comes after some answers.

    Parameters
    ----------
    sentences
        All practice sentences; at least one is plain or has a code on offer.
    tries
        All answers so far, the first one first; also those that were given with other codes.
    offered
        The ids of the codes on offer.

    Examples
    --------
    >>> from framingkit.course import load_practice
    >>> first = next_sentence(load_practice(), [], ["hedge", "booster"])
    >>> missed = Try(first.id, first.code)
    >>> others = [Try(one.id) for one in load_practice() if not one.code][:3]
    >>> next_sentence(load_practice(), [missed, *others], ["hedge", "booster"]).code == first.code
    True
    """
    known = {one.id: one for one in sentences}
    tries = [one for one in tries if one.sentence in known]
    times = Counter(one.sentence for one in tries)
    latest = {one.sentence: number for number, one in enumerate(tries)}
    pool = [one for one in in_order(sentences) if not one.code or one.code in offered]
    for code in due_codes(tries, known):
        again = [one for one in pool if one.code == code]
        if again:  # else the code is not on offer now, and waits
            return min(again, key=lambda one: (times[one.id], latest.get(one.id, 0)))
    last = known[tries[-1].sentence].code if tries else ""
    plain = [one for one in pool if not one.code]
    coded = [one for one in pool if one.code]
    rest = (plain if is_plain_turn(len(tries)) else coded) or coded or plain
    return min(rest, key=lambda one: (times[one.id], bool(last) and one.code == last))


def due_codes(tries: Sequence[Try], known: Mapping[str, PracticeSentence]) -> list[str]:
    """List the codes whose time has come again, the one that waits longest first.

    Examples
    --------
    >>> storm = PracticeSentence("storm", "device", "A storm.", "None.", "nature_metaphor")
    >>> plain = PracticeSentence("bread", "plain", "Bread costs two crowns.", "A price.")
    >>> tries = [Try("storm", "nature_metaphor"), *3 * [Try("bread")]]
    >>> due_codes(tries[:3], {"storm": storm, "bread": plain})
    []
    >>> due_codes(tries, {"storm": storm, "bread": plain})
    ['nature_metaphor']
    """
    waiting: list[tuple[int, str]] = []
    is_return = False
    for number, one in enumerate(tries):
        code = known[one.sentence].code
        due = [wait for wait in waiting if wait[0] <= number and wait[1] == code]
        is_return = bool(due) and not is_return
        if is_return:
            waiting.remove(min(due))
        if one.missed:
            waiting = [wait for wait in waiting if wait[1] != one.missed]
            waiting += [(number + 1 + gap, one.missed) for gap in GAPS]
    return [] if is_return else [code for due, code in sorted(waiting) if due <= len(tries)]


def in_order(sentences: Sequence[PracticeSentence]) -> list[PracticeSentence]:
    """Put sentences into an order in which no kind and no code can be told from the place."""
    return sorted(sentences, key=lambda one: _digest(f"{one.id} {_ORDER}"))


def is_plain_turn(number: int) -> bool:
    """Tell whether the sentence after this many others is plain: one in each five, at any place."""
    group, place = divmod(number, _PLAIN_IN)
    return _digest(f"plain {group}")[0] % _PLAIN_IN == place


def ahead(
    sentences: Sequence[PracticeSentence],
    tries: Sequence[Try],
    offered: Collection[str],
    number: int,
) -> list[PracticeSentence]:
    """List the sentences that come next if none of them is missed."""
    coming: list[PracticeSentence] = []
    for _ in range(number):
        so_far = [*tries, *(Try(one.id) for one in coming)]
        coming.append(next_sentence(sentences, so_far, offered))
    return coming


def _digest(words: str) -> bytes:
    return hashlib.sha256(words.encode()).digest()
