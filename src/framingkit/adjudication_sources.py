"""Where contested passages come from, and where decisions on them are kept."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from framingkit import course
from framingkit.agendas import FEW
from framingkit.annotations import AnnotationSet, Reference
from framingkit.answers import TextVersion, is_code_name
from framingkit.classes import Class
from framingkit.documents import Document
from framingkit.errors import FramingkitError
from framingkit.work_folder import work_folder


def class_sets(found: Class, document: Document) -> list[AnnotationSet]:
    """Read what a class tagged on this version of a text."""
    codebook = course.load_codebook()
    version = TextVersion(document.id, document.sha256, codebook.id, codebook.sha256)
    places = {place for place, text in enumerate(found.texts) if text.version == version}
    if not places:
        raise FramingkitError(
            f"Nobody in “{found.path.name}” tagged this version of {document.id!r}. "
            "Choose a text that the class tagged."
        )
    return [
        tags.annotation_set(document.id, learner.coder)
        for learner in found
        for tags in learner.tags
        if tags.text in places and tags.start
    ]


def kit_reading(document: Document) -> Reference | None:
    """Find the kit's reference reading of a text; None if the text is not the kit's."""
    known = document.id in course.list_articles() and course.load_article(document.id) == document
    return course.load_reference(document.id) if known else None


def log_path(class_file: Path | None, sets: Sequence[AnnotationSet], document: Document) -> Path:
    """Keep decisions beside the class file; those of two markers, in the work folder."""
    if class_file is not None:
        name = class_file.name.removesuffix(".gz").removesuffix(".jsonl")
        return class_file.absolute().with_name(f"{name}.{document.id}.settled.jsonl")
    names = "-".join(_file_name(one.coder) for one in sets[:FEW])
    return work_folder() / f"{names}.{document.id}.settled.jsonl"


def _file_name(coder: str) -> str:
    return coder if is_code_name(coder) else hashlib.sha256(coder.encode()).hexdigest()[:8]
