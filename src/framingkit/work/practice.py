"""A learner's answers to practice sentences, as they are kept in the log.

Each answer has an item of its own: the first one to a sentence is not overwritten when the sentence
comes again. So answers go into the sheet and to the teacher as all others do.
"""

import contextlib
import functools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from framingkit.course import PracticeSentence, load_codebook, load_practice
from framingkit.errors import FramingkitError
from framingkit.feedback import PracticeAnswer, PracticeCount, practice_tag, practised
from framingkit.work.operations import State


def practice_answers(state: State) -> list[PracticeAnswer]:
    """List all answers that can be read, the first one first.

    The order is that of acts, so it is the same on every computer; no clock is asked.

    Examples
    --------
    >>> practice_answers(State())
    []
    """
    acts = [one for item, one in state.responses().items() if practised(item)]
    acts.sort(key=lambda one: one.rank)
    return list(_read((one.target, one.response or {}) for one in acts))


def first_answers(responses: Mapping[str, Mapping[str, Any]]) -> PracticeCount:
    """Count the first answers to practice sentences among what somebody handed in.

    Whoever meets a sentence again knows it; so only the first time counts for a class.

    Examples
    --------
    >>> first_answers({"practice.visa-forms.1": {"nothing": True}})
    PracticeCount(devices=1, hits=0, others=0, alarms=0)
    """
    firsts = [one for one in responses.items() if one[0].endswith(".1")]
    return PracticeCount.of(list(_read(firsts))) if firsts else PracticeCount()


def _read(answers: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[PracticeAnswer]:
    """Read answers; those to a sentence that is no longer there, or has changed, are left out."""
    known, codebook = sentences_by_id(), load_codebook()
    for item, response in answers:
        found = practised(item)
        sentence = known.get(found[0]) if found else None
        if sentence:
            with contextlib.suppress(FramingkitError):
                yield PracticeAnswer(sentence, practice_tag(sentence, response, codebook))


@functools.cache
def sentences_by_id() -> dict[str, PracticeSentence]:
    """Return all practice sentences by their ids."""
    return {sentence.id: sentence for sentence in load_practice()}
