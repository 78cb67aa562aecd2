"""Shows hedges and boosters in their sentences: as written, and with the words cut."""

from collections.abc import Iterable
from dataclasses import dataclass

from framingkit.codebooks import Codebook
from framingkit.documents import Document
from framingkit.markup import Html, element, table_html
from framingkit.spans import Span, reading_order

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
