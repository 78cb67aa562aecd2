"""A teaching kit on how news frames diplomacy.

Names are loaded when they are first used, so that ``import framingkit`` stays quick.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framingkit.adjudications import open_adjudication as open_adjudication
    from framingkit.annotations import AnnotationSet as AnnotationSet
    from framingkit.classes import read_class as read_class
    from framingkit.classroom import open_class as open_class
    from framingkit.classroom import sample_hand_ins as sample_hand_ins
    from framingkit.course import load_annotations as load_annotations
    from framingkit.course import load_article as load_article
    from framingkit.course import load_claims as load_claims
    from framingkit.course import load_codebook as load_codebook
    from framingkit.course import load_items as load_items
    from framingkit.course import load_reference as load_reference
    from framingkit.distances import distance_km as distance_km
    from framingkit.errors import FramingkitError as FramingkitError
    from framingkit.feedback import compare_with_reference as compare_with_reference
    from framingkit.lessons import open_lesson as open_lesson
    from framingkit.research import class_agreement as class_agreement
    from framingkit.research import class_annotations as class_annotations
    from framingkit.research import pair_agreement as pair_agreement
    from framingkit.spans import Span as Span
    from framingkit.summaries import count_labels as count_labels

__version__ = "0.1.0"

_HOMES = {
    "AnnotationSet": "annotations",
    "FramingkitError": "errors",
    "Span": "spans",
    "class_agreement": "research",
    "class_annotations": "research",
    "compare_with_reference": "feedback",
    "count_labels": "summaries",
    "distance_km": "distances",
    "load_annotations": "course",
    "load_article": "course",
    "load_claims": "course",
    "load_codebook": "course",
    "load_items": "course",
    "load_reference": "course",
    "open_adjudication": "adjudications",
    "open_class": "classroom",
    "open_lesson": "lessons",
    "pair_agreement": "research",
    "read_class": "classes",
    "sample_hand_ins": "classroom",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Show the public names, also before they are loaded."""
    return sorted(__all__)
