"""The charts of the lessons: which counts they show, and what to notice."""

from collections.abc import Sequence

from framingkit.annotations import AnnotationSet
from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.figures import Figure, described_bars
from framingkit.spans import Span
from framingkit.summaries import count_labels
from framingkit.word_counts import count_words


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


def word_counts(document: Document, words: Sequence[str]) -> Figure:
    """Draw how often words stand in a text; a word that is missing has a bar of no length.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> word_counts(load_article(), ["peace", "Arctic"]).rows
    (('“peace”', 0), ('“Arctic”', 4))
    """
    counts = count_words(document, words)
    caption = "Whole words are counted, with large or small letters."
    unseen = [f"{one.unseen} more “{one.words}”" for one in counts if one.unseen]
    if unseen:
        caption += f" The caption of the lost picture is not counted; it has {', '.join(unseen)}."
    rows = [(f"“{one.words}”", one.count) for one in counts]
    return described_bars("Words in the article", rows, caption, unit="times")


def sureness_change(then: int, now: int) -> Figure:
    """Draw how sure a learner was and is, from 0 to 100.

    Examples
    --------
    >>> sureness_change(80, 60).caption
    'You are 20 points less sure now. Being less sure can mean that you see more readings.'
    """
    change = now - then
    caption = "You are exactly as sure as you were."
    if change:
        points = f"{abs(change)} point{'' if abs(change) == 1 else 's'}"
        what = "more sure now. Which words of the text gave you the reason?"
        if change < 0:
            what = "less sure now. Being less sure can mean that you see more readings."
        caption = f"You are {points} {what}"
    rows = [("Then", then), ("Now", now)]
    return described_bars(
        "How sure you were, and are", rows, caption, unit="points from 0 to 100", end=100
    )
