"""The charts of the lessons: which counts they show, and what to notice."""

from collections.abc import Sequence

from framingkit.annotations import AnnotationSet
from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.figures import Figure, described_bars
from framingkit.spans import Span
from framingkit.summaries import count_labels


def devices_by_section(annotations: AnnotationSet, document: Document) -> Figure:
    """Draw tags per 100 words for each section, because long sections have more of everything.

    Examples
    --------
    >>> from framingkit.course import load_annotations, load_article
    >>> devices_by_section(load_annotations(), load_article()).rows[0]
    ('Headline (4 in 18 words)', 22.2)
    """
    counts = count_labels(annotations, document, by="section").rows
    rows = [
        (f"{document.section(row.name).title} ({row.count} in {row.words} words)", row.rate)
        for row in counts
    ]
    plainest = min(counts, key=lambda row: row.rate)
    caption = (
        f"The plainest section is “{document.section(plainest.name).title}”, with "
        f"{plainest.rate} devices in 100 words. One coder counted; another may count otherwise."
    )
    return described_bars(
        "Devices in the reference reading, by section", rows, caption, unit="devices per 100 words"
    )


def tags_by_code(
    spans: Sequence[Span], document: Document, codebook: Codebook, section: str | None = None
) -> Figure:
    """Draw how often a learner used each code, in one section or everywhere."""
    mine = AnnotationSet(document.id, "learner", tuple(spans))
    where = "all sections"
    if section is not None:
        part = document.section(section)
        mine, where = mine.within(part.start, part.end), f"“{part.title}”"
    rows = [
        (codebook.code(row.name).name, row.count)
        for row in count_labels(mine, document, by="label").rows
    ]
    caption = "A code that you use often is a habit of the text, or of your reading of it."
    if not rows:
        caption = "You have not tagged anything here yet. Tag some words, then run this cell again."
    return described_bars(f"Your tags in {where}, by code", rows, caption)
