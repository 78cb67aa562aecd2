"""How a constructed learner practises: rounds of short sentences, in the order of the kit.

How clearly somebody sees a device comes from ability, and how easily they tag, from being eager: as
when they tick sentences in workbooks. Now and then the words are found and another code is given.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))
from sample_readers import Reader, chance

from framingkit import course
from framingkit.course import PracticeSentence, Span
from framingkit.feedback import NOTHING_HERE, PracticeAnswer, next_sentence, practice_item

_CORE = [code.id for code in course.load_codebook().core]
_ROUNDS = (0, 0, 3)
_SEEMS = {"device": 0.5, "near miss": -0.5, "plain": -0.9}
_ANOTHER_CODE = 0.08


def practised(reader: Reader) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the answers of some rounds; what is missed comes again, as it would in a lesson."""
    sentences, tries = course.load_practice(), []
    for number in range(10 * chance(reader.name, "practice").choice(_ROUNDS)):
        sentence = next_sentence(sentences, tries, _CORE)
        time = 1 + sum(one.sentence == sentence.id for one in tries)
        tag = _tag(reader, sentence, number)
        tries.append(PracticeAnswer(sentence, tag).as_try)
        yield practice_item(sentence.id, time), _response(tag)


def _tag(reader: Reader, sentence: PracticeSentence, number: int) -> Span | None:
    random = chance(reader.name, "sentence", sentence.id, number)
    apart = max(0.2, 1.2 + 0.6 * (reader.ability + reader.gain))
    seems = _SEEMS[sentence.kind] * apart + 0.8 * reader.eager
    if random.random() > NormalDist().cdf(seems):
        return None
    words = sentence.words or random.choice(sentence.text.strip(".?”“").split())
    start = sentence.text.index(words)
    code = sentence.code or random.choice(_CORE)
    if random.random() < _ANOTHER_CODE:
        code = random.choice([one for one in _CORE if one != code])
    return Span(start, start + len(words), code, words)


def _response(tag: Span | None) -> dict[str, Any]:
    names = ("start", "end", "label", "quote")
    return {name: getattr(tag, name) for name in names} if tag else dict(NOTHING_HERE)
