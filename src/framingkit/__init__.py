"""A teaching kit on how news frames diplomacy.

Names are loaded when they are first used, so that ``import framingkit`` stays quick.
"""

import importlib

TYPE_CHECKING = False  # to load it from typing would cost more than all the rest
if TYPE_CHECKING:
    from framingkit.course import AnnotationSet as AnnotationSet
    from framingkit.course import Document as Document
    from framingkit.course import Span as Span
    from framingkit.course import distance_km as distance_km
    from framingkit.course import load_annotations as load_annotations
    from framingkit.course import load_article as load_article
    from framingkit.course import load_claims as load_claims
    from framingkit.course import load_codebook as load_codebook
    from framingkit.course import load_items as load_items
    from framingkit.course import load_reference as load_reference
    from framingkit.errors import FramingkitError as FramingkitError
    from framingkit.feedback import count_labels as count_labels
    from framingkit.formats import annotations_of as annotations_of
    from framingkit.formats import read_annotations as read_annotations
    from framingkit.formats import write_annotations as write_annotations
    from framingkit.hand_ins import read_class as read_class
    from framingkit.hand_ins import sample_hand_ins as sample_hand_ins
    from framingkit.notebook.class_desk import class_desk as class_desk
    from framingkit.notebook.classroom import collect_class as collect_class
    from framingkit.notebook.comparing import compare_coverage as compare_coverage
    from framingkit.notebook.course_desk import make_course as make_course
    from framingkit.notebook.lesson import open_lesson as open_lesson
    from framingkit.notebook.research import class_agreement as class_agreement
    from framingkit.notebook.research import class_annotations as class_annotations
    from framingkit.notebook.research import class_map as class_map
    from framingkit.notebook.research import compare_with_reference as compare_with_reference
    from framingkit.notebook.research import disagreements as disagreements
    from framingkit.notebook.research import pair_agreement as pair_agreement
    from framingkit.notebook.settling import open_settling as open_settling
    from framingkit.reports import merge_marks as merge_marks
    from framingkit.work import read_sheet as read_sheet

__version__ = "0.1.0"

_HOMES = {
    "AnnotationSet": "course",
    "Document": "course",
    "FramingkitError": "errors",
    "Span": "course",
    "annotations_of": "formats",
    "class_agreement": "notebook.research",
    "class_annotations": "notebook.research",
    "class_map": "notebook.research",
    "class_desk": "notebook.class_desk",
    "collect_class": "notebook.classroom",
    "compare_coverage": "notebook.comparing",
    "compare_with_reference": "notebook.research",
    "count_labels": "feedback",
    "disagreements": "notebook.research",
    "distance_km": "course",
    "load_annotations": "course",
    "load_article": "course",
    "load_claims": "course",
    "load_codebook": "course",
    "load_items": "course",
    "load_reference": "course",
    "make_course": "notebook.course_desk",
    "merge_marks": "reports",
    "open_lesson": "notebook.lesson",
    "open_settling": "notebook.settling",
    "pair_agreement": "notebook.research",
    "read_annotations": "formats",
    "read_class": "hand_ins",
    "read_sheet": "work",
    "sample_hand_ins": "hand_ins",
    "write_annotations": "formats",
}

__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> object:
    """Load a public name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """Show the public names, also before they are loaded."""
    return sorted(__all__)
