"""Counts of tags: by section or by label, and per 100 words.

A longer text has more of everything, so a count is always given together with the number
of words it was found in. Tags on a missing picture are not counted.
"""

from dataclasses import dataclass

from framingkit.annotations import AnnotationSet
from framingkit.documents import Document, Section
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class LabelCount:
    """How many tags one section or one label has; ``rate`` is per 100 words."""

    name: str
    count: int
    words: int

    @property
    def rate(self) -> float:
        """Tags per 100 words, to one decimal; 0.0 where there are no words."""
        return round(100 * self.count / self.words, 1) if self.words else 0.0


@dataclass(frozen=True, slots=True)
class LabelCounts:
    """A table of counts; the words are those of each section, or of all of them for a label."""

    by: str
    rows: tuple[LabelCount, ...]
    total: LabelCount


def count_labels(annotations: AnnotationSet, document: Document, by: str = "label") -> LabelCounts:
    """Count one coder's tags.

    Parameters
    ----------
    annotations, document
        The tags, and the text they were made on.
    by
        "section" gives every section in reading order, also those without a tag; "label"
        gives the labels in use, the most frequent first.

    Raises
    ------
    FramingkitError
        If the tags belong to another document, or `by` is neither of the two.

    Examples
    --------
    >>> from framingkit.course import load_annotations, load_article
    >>> table = count_labels(load_annotations(), load_article(), by="section")
    >>> [(row.name, row.count) for row in table.rows][:3]
    [('headline', 4), ('lead', 16), ('context', 14)]
    """
    if annotations.document_id != document.id:
        raise FramingkitError(
            f"These tags were made on {annotations.document_id!r}, but the article is "
            f"{document.id!r}. Load the article they were made on."
        )
    sections = [section for section in document.sections if section.kind == "text"]
    words = {section.id: len(document.text_of(section.id).split()) for section in sections}
    found = [(section.id, span.label) for section in sections
             for span in annotations.within(section.start, section.end).spans]  # fmt: skip
    total = LabelCount("all", len(found), sum(words.values()))
    if by == "section":
        rows = _by_section(sections, [section for section, _ in found], words)
    elif by == "label":
        rows = _by_label([label for _, label in found], total.words)
    else:
        raise FramingkitError(f"Tags are counted by 'section' or by 'label', but got {by!r}.")
    return LabelCounts(by, rows, total)


def _by_section(
    sections: list[Section], found: list[str], words: dict[str, int]
) -> tuple[LabelCount, ...]:
    return tuple(LabelCount(one.id, found.count(one.id), words[one.id]) for one in sections)


def _by_label(found: list[str], words: int) -> tuple[LabelCount, ...]:
    rows = (LabelCount(label, found.count(label), words) for label in set(found))
    return tuple(sorted(rows, key=lambda row: (-row.count, row.name)))
