"""Holds back what would spoil a later question: the reasons of the pre-test, until the post-test.

The two tests are parallel. Whoever has read the reasons of the first has been taught by it, so that
the second would measure the reasons and not the course.
"""

from collections.abc import Callable, Mapping
from typing import Any

from framingkit.course import Item, load_items
from framingkit.errors import FramingkitError
from framingkit.feedback.answers import Reply, check_response, reply_to

BEFORE, AFTER = "pre-test", "post-test"
HELD_BACK = (
    "Your answer is kept. The reasons are shown here when you have answered the whole post-test."
)


def reply_when_due(
    item: Item,
    response: Mapping[str, Any] | None,
    answer_to: Callable[[str], Mapping[str, Any] | None],
) -> Reply:
    """Reply to an answer as :func:`reply_to` does, but to the pre-test only after the post-test.

    Parameters
    ----------
    item, response
        The question and the latest answer to it.
    answer_to
        Gives the learner's latest answer to a question by its id, or None.

    Raises
    ------
    FramingkitError
        If the response is not of the right shape.

    Examples
    --------
    >>> item = load_items("pre-test")[0]
    >>> reply_when_due(item, {"choice": "a"}, {}.get).sentences
    ['Your answer is kept. The reasons are shown here when you have answered the whole post-test.']
    """
    reply = reply_to(item, response)
    if item.lesson != BEFORE or not reply.answer or _is_done(answer_to):
        return reply
    return Reply(reply.answer, (("", HELD_BACK),))


def _is_done(answer_to: Callable[[str], Mapping[str, Any] | None]) -> bool:
    """Tell whether every question of the post-test is answered."""
    return all(_is_answered(item, answer_to(item.id)) for item in load_items(AFTER))


def _is_answered(item: Item, response: Mapping[str, Any] | None) -> bool:
    try:
        return bool(check_response(item, response or {}))
    except FramingkitError:
        return False
