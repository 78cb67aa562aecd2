"""Where the class comes from that a learner may look at: a class file, or the sample class.

The sample class is a folder of 30 hand-ins that were constructed for this kit.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from framingkit import course
from framingkit.annotations import AnnotationSet
from framingkit.answers import TextVersion
from framingkit.classes import read_class
from framingkit.documents import Document
from framingkit.files import read_bytes
from framingkit.hand_ins import read_hand_in
from framingkit.known_texts import KnownTexts
from framingkit.spans import Span

CLASS_FILE = "class.jsonl.gz"
"""A class file of this name in the work folder goes before the sample class."""

Row = tuple[int, int, str]


def sample_folder() -> Path:
    """Return the folder with the hand-ins of the sample class."""
    return course.kit_folder() / "data" / "sample-class"


def tags_of_class(path: Path, text: TextVersion) -> Iterator[tuple[str, list[Row]]]:
    """Give each learner of a class file who tagged a text, with the tags on it.

    Parameters
    ----------
    path
        A class file, or a folder of hand-ins.
    text
        Tags on other versions of the text, or with another codebook, are left out.

    Raises
    ------
    FramingkitError
        If the file or a hand-in cannot be read.
    """
    if path.is_dir():
        for sheet in sorted(path.glob("*.answers.json")):
            hand_in = read_hand_in(read_bytes(sheet), sheet.name, KnownTexts())
            if columns := hand_in.tags.get(text):
                rows = zip(columns["start"], columns["end"], columns["label"], strict=True)
                yield hand_in.coder, list(rows)
        return
    found = read_class(path)
    places = {place for place, one in enumerate(found.texts) if one.version == text}
    for learner in found:
        for tags in learner.tags:
            if tags.text in places:
                yield learner.coder, list(zip(tags.start, tags.end, tags.label, strict=True))


def readers_of(
    path: Path, document: Document, text: TextVersion, section_id: str, labels: Sequence[str]
) -> list[AnnotationSet]:
    """Return what each learner tagged in one section; who tagged nothing there is left out.

    A tag that goes beyond the section is cut to it.

    Examples
    --------
    >>> article, codebook = course.load_article(), course.load_codebook()
    >>> text = TextVersion(article.id, article.sha256, codebook.id, codebook.sha256)
    >>> devices = [code.id for code in codebook.devices]
    >>> 25 <= len(readers_of(sample_folder(), article, text, "commentary", devices)) <= 30
    True
    """
    section, known = document.section(section_id), frozenset(labels)
    found = []
    for coder, rows in tags_of_class(path, text):
        spans = tuple(
            Span(max(start, section.start), min(end, section.end), label)
            for start, end, label in rows
            if start < section.end and section.start < end and label in known
        )
        if spans:
            found.append(AnnotationSet(document.id, coder, spans))
    return found
