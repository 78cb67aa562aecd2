"""Counts of tags and of words, hedges in their sentences, and the charts made of them.

A longer text has more of everything, so a count of tags always comes with the number of words it
was found in. Of words, only whole ones count, and capital letters make no difference. What belongs
to a missing picture is not counted, because no reader can see it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framingkit.base import Figure, Html, described_bars, element, table_html
from framingkit.course import AnnotationSet, Codebook, Document, Span, reading_order
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
    [('headline', 4), ('lead', 18), ('context', 19)]
    """
    if annotations.document_id != document.id:
        raise FramingkitError(
            f"These tags were made on {annotations.document_id!r}, but the article is "
            f"{document.id!r}. Load the article they were made on."
        )
    if by not in ("section", "label"):
        raise FramingkitError(f"Tags are counted by 'section' or by 'label', but got {by!r}.")
    sections = [section for section in document.sections if section.kind == "text"]
    words = {section.id: len(document.text_of(section.id).split()) for section in sections}
    tagged = {
        section.id: annotations.within(section.start, section.end).spans for section in sections
    }
    labels = Counter(span.label for spans in tagged.values() for span in spans)
    total = LabelCount("all", labels.total(), sum(words.values()))
    if by == "section":
        rows = [LabelCount(id, len(tagged[id]), words[id]) for id in tagged]
    else:
        ordered = sorted(labels, key=lambda label: (-labels[label], label))
        rows = [LabelCount(label, labels[label], total.words) for label in ordered]
    return LabelCounts(by, tuple(rows), total)


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
        f"{plainest.rate} devices per 100 words. One coder counted; another may count differently."
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
    counts = count_labels(mine, document, by="label").rows
    codes = [codebook.code(row.name) for row in counts]
    rows = [(code.name, row.count) for code, row in zip(codes, counts, strict=True)]
    caption = "A code that you use often is a habit of the text, or of your reading of it."
    if not rows:
        caption = "You have not tagged anything here yet. Tag some words, then run this cell again."
    chips = [code.chip for code in codes]
    return described_bars(f"Your tags in {where}, by code", rows, caption, chips=chips)


def word_counts(document: Document, words: Sequence[str]) -> Figure:
    """Draw how often words or phrases are in a text, in the order they are asked for.

    Raises
    ------
    FramingkitError
        If nothing is asked for, or one of the words is empty.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> word_counts(load_article(), ["peace", "Arctic"]).rows
    (('“peace”', 0), ('“Arctic”', 4))
    """
    asked = [" ".join(word.split()) if isinstance(word, str) else "" for word in words]
    if not asked or not all(asked):
        raise FramingkitError(
            'Name at least one word to count, each in quotation marks, such as "war", "peace".'
        )
    rows, unseen = [], []
    for word in dict.fromkeys(asked):
        rows.append((f"“{word}”", _times(document, word, "text")))
        lost = _times(document, word, "missing-picture")
        unseen += [f"{lost} more “{word}”"] if lost else []
    caption = "Whole words are counted, with large or small letters."
    if unseen:
        caption += f" The caption of the lost picture is not counted; it has {', '.join(unseen)}."
    return described_bars("Words in the article", rows, caption, unit="times")


def _times(document: Document, words: str, kind: str) -> int:
    whole = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)".replace(r"\ ", r"\s+"), re.IGNORECASE)
    sections = [section for section in document.sections if section.kind == kind]
    return sum(len(whole.findall(document.text_of(section.id))) for section in sections)


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


def hedge_rows(
    document: Document, spans: Iterable[Span], section_id: str, codebook: Codebook
) -> list[tuple[str, Html, Html]]:
    """Show hedges and boosters of a section in their sentences: as written, and with them cut.

    The cut is put in words and not only drawn.

    Examples
    --------
    >>> from framingkit.course import load_annotations, load_article, load_codebook
    >>> spans = load_annotations().spans
    >>> hedge_rows(load_article(), spans, "ending", load_codebook())[3][0]
    '[22] Booster: always'
    """
    rows, text = [], document.text
    for span in reading_order(spans):
        for sentence in document.sentences(section_id):
            if span.label in STRENGTH and sentence.start <= span.start < sentence.end:
                end = min(span.end, sentence.end)
                before, words = text[sentence.start : span.start], text[span.start : end]
                after, cut = text[end : sentence.end], element("sup", "cut ")
                row = (
                    f"[{sentence.number}] {codebook.code(span.label).name}: {words}",
                    element("span", before, element("mark", words), after),
                    element("span", before, element("del", cut, words), after),
                )
                rows.append(row)
    return rows


def hedge_table(title: str, rows: Iterable[tuple[str, Html, Html]]) -> Html:
    """Make the table of `hedge_rows`."""
    return table_html(title, ("Words", "As written", "With these words cut"), rows)
