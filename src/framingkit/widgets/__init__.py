"""The widgets: the only room of the kit that knows Jupyter.

A widget is loaded when it is first used, because some of them need a class and its numbers.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framingkit.widgets.adjudication import Adjudicator as Adjudicator
    from framingkit.widgets.class_desk import ClassDesk as ClassDesk
    from framingkit.widgets.class_map import ClassMap as ClassMap
    from framingkit.widgets.course_desk import CourseDesk as CourseDesk
    from framingkit.widgets.coverage_map import CoverageMap as CoverageMap
    from framingkit.widgets.frame_grid import FrameGrid as FrameGrid
    from framingkit.widgets.hand_in import HandIn as HandIn
    from framingkit.widgets.learner import Learner as Learner
    from framingkit.widgets.learner import about_work as about_work
    from framingkit.widgets.learner import change_learner as change_learner
    from framingkit.widgets.learner import others_here as others_here
    from framingkit.widgets.orphans import PlaceAgain as PlaceAgain
    from framingkit.widgets.own_text import OwnText as OwnText
    from framingkit.widgets.plain_errors import speak_plainly as speak_plainly
    from framingkit.widgets.plain_words import PlainWords as PlainWords
    from framingkit.widgets.practice import Practice as Practice
    from framingkit.widgets.question import Question as Question
    from framingkit.widgets.showing import show as show
    from framingkit.widgets.showing import show_style as show_style
    from framingkit.widgets.showing import shown as shown
    from framingkit.widgets.span_tagger import SpanTagger as SpanTagger

_HOMES = {
    "Adjudicator": "adjudication",
    "ClassDesk": "class_desk",
    "ClassMap": "class_map",
    "CourseDesk": "course_desk",
    "CoverageMap": "coverage_map",
    "FrameGrid": "frame_grid",
    "HandIn": "hand_in",
    "Learner": "learner",
    "about_work": "learner",
    "change_learner": "learner",
    "others_here": "learner",
    "OwnText": "own_text",
    "PlaceAgain": "orphans",
    "PlainWords": "plain_words",
    "Practice": "practice",
    "Question": "question",
    "SpanTagger": "span_tagger",
    "show": "showing",
    "show_style": "showing",
    "shown": "showing",
    "speak_plainly": "plain_errors",
}

__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    """Load a widget from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
