"""Say who is at work, and let somebody else begin or go on, by plain functions."""

from pathlib import Path

from framingkit.base import Page, read_bytes, sentences_page
from framingkit.errors import FramingkitError
from framingkit.notebook.text import AtWork, in_sentences
from framingkit.work import HAND_IN_BYTES, start_somebody_else
from framingkit.work import go_on_as as work_of


@in_sentences(FramingkitError)
def who(lesson: AtWork) -> Page:
    """Say who is at work, and who else has worked in this folder."""
    from framingkit.widgets import about_work, others_here

    log = lesson.log
    log.refresh()
    names = [one.coder for one in others_here(log)]
    ways = ["Not you? Run lesson.start_as_somebody_else()."]
    if names:
        ways.append(f"Others here: {', '.join(names)}. Run lesson.go_on_as({names[0]!r}) to go on.")
    return sentences_page(f"You are {log.coder}.", [*about_work(log), *ways])


@in_sentences(FramingkitError)
def start_as_somebody_else(lesson: AtWork) -> Page:
    """Start with empty work and a new code name, in all tools of this notebook."""
    from framingkit.widgets import change_learner

    first, *rest = change_learner(lesson.log, lambda: start_somebody_else(lesson.log))
    return sentences_page(first, rest)


@in_sentences(FramingkitError)
def go_on_as(lesson: AtWork, coder: str) -> Page:
    """Go on with the work of a code name that was used in this folder."""
    from framingkit.widgets import change_learner

    first, *rest = change_learner(lesson.log, lambda: work_of(coder, lesson.log))
    return sentences_page(first, rest)


@in_sentences(FramingkitError)
def continue_from(lesson: AtWork, file: str, begin: bool = False) -> Page:
    """Go on from a file that “Download my answers” gave; with `begin`, as whoever made it."""
    from framingkit.hand_ins import continue_from as taken_in

    path = Path(file).expanduser()
    first, *rest = taken_in(lesson.log, read_bytes(path, HAND_IN_BYTES), path.name, begin)
    return sentences_page(first, rest)
