"""Counts of tags and of words, hedges in their sentences, and the charts made of them.

A longer text has more of everything, so a count of tags always comes with the number of words it
was found in. Of words, only whole ones count, and capital letters make no difference. What belongs
to a missing picture is not counted, because no reader can see it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framingkit.base import Figure, Html, described_bars, element, table_html
from framingkit.course import AnnotationSet, Codebook, Document, Section, Span, reading_order
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


@dataclass(frozen=True, slots=True)
class WordCount:
    """How often one word or phrase stands in the text, and how often in missing pictures."""

    words: str
    count: int
    unseen: int = 0


def count_words(document: Document, words: Sequence[str]) -> tuple[WordCount, ...]:
    """Count words or phrases, in the order they are asked for.

    Raises
    ------
    FramingkitError
        If nothing is asked for, or one of the words is empty.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> [(one.words, one.count) for one in count_words(load_article(), ["war", "Arctic"])]
    [('war', 0), ('Arctic', 4)]
    """
    asked = [" ".join(one.split()) if isinstance(one, str) else "" for one in words]
    if not asked or not all(asked):
        raise FramingkitError(
            'Name at least one word to count, each in quotation marks, such as "war", "peace".'
        )
    return tuple(
        WordCount(one, _times(document, one, "text"), _times(document, one, "missing-picture"))
        for one in dict.fromkeys(asked)
    )


def _times(document: Document, words: str, kind: str) -> int:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)".replace(r"\ ", r"\s+"), re.IGNORECASE)
    return sum(
        len(whole.findall(document.text_of(section.id)))
        for section in document.sections
        if section.kind == kind
    )


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


STRENGTH = ("hedge", "booster")
"""The labels of words that make a claim weaker or stronger."""


@dataclass(frozen=True, slots=True)
class Strength:
    """One hedge or booster in its sentence: what stands before it, itself, what follows."""

    label: str
    number: int
    before: str
    words: str
    after: str


def strengths(document: Document, spans: Iterable[Span], section_id: str) -> list[Strength]:
    """Find the hedges and boosters of a section among tags, each with its sentence.

    Examples
    --------
    >>> from framingkit.course import load_annotations, load_article
    >>> [one.words for one in strengths(load_article(), load_annotations().spans, "ending")]
    ['No one is sure', 'No one', 'has shown the world', 'always']
    """
    found = []
    for span in reading_order(spans):
        for one in document.sentences(section_id):
            if span.label in STRENGTH and one.start <= span.start < one.end:
                text, end = document.text, min(span.end, one.end)
                parts = text[one.start : span.start], text[span.start : end], text[end : one.end]
                found.append(Strength(span.label, one.number, *parts))
    return found


def hedge_table(title: str, found: Iterable[Strength], codebook: Codebook) -> Html:
    """Show each sentence as written and with the words cut; the cut is said and not only drawn."""
    rows = [
        (
            f"[{one.number}] {codebook.code(one.label).name}: {one.words}",
            element("span", one.before, element("mark", one.words), one.after),
            element(
                "span", one.before, element("del", element("sup", "cut "), one.words), one.after
            ),
        )
        for one in found
    ]
    return table_html(title, ("Words", "As written", "With these words cut"), rows)
