"""Things to read in a lesson, as static HTML: passages, codes, readings, lists."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framingkit.annotations import Reference
from framingkit.codebooks import Code, Codebook
from framingkit.documents import Document
from framingkit.feedback import Comparison, comparison_html
from framingkit.markup import element, list_html, passage_html, table_html
from framingkit.passages import mark_html
from framingkit.spans import Span, quoted


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read, as static HTML; `words` says in a line what it is."""

    html: str
    words: str

    def __repr__(self) -> str:
        """Return the same line on every run."""
        return self.words

    def _repr_html_(self) -> str:
        return self.html


def sentences_page(title: str, sentences: Iterable[str]) -> Page:
    """Show sentences as a list under a title."""
    return Page(list_html(title, sentences), title)


def passage_page(document: Document, sections: Sequence[str], codebook: Codebook) -> Page:
    """Show sections of a text with numbered sentences and without tags."""
    titles = [document.section(section).title for section in sections]
    html = "".join(mark_html(document, [], codebook, section) for section in sections)
    return Page(html, f"The text: {', '.join(titles)}")


def tags_page(document: Document, spans: Sequence[Span], codebook: Codebook) -> Page:
    """Show all tags of a learner on a text, in the text and as a table."""
    words = "Your tags: 1" if len(spans) == 1 else f"Your tags: {len(spans)}"
    parts = {
        section.id
        for section in document.sections
        for span in spans
        if section.start <= span.start < section.end
    }
    html = [
        mark_html(document, spans, codebook, section.id)
        for section in document.sections
        if section.id in parts
    ]
    return Page(
        "".join(html) or list_html(words, ["You have not tagged anything here yet."]), words
    )


def reference_page(
    document: Document, reading: Reference, codebook: Codebook, section: str
) -> Page:
    """Show the reference reading of a section, with its reasons."""
    entries = reading.within(section)
    spans = [entry.span for entry in entries]
    rows = [
        (
            quoted(entry.span.quote),
            codebook.code(entry.span.label).name,
            entry.status,
            entry.rationale,
            entry.alternative,
        )
        for entry in entries
    ]
    words = f"The reference reading: {len(rows)} entries"
    table = table_html(words, ("Words", "Code", "Status", "Reason", "Another reading"), rows)
    marked = mark_html(document, spans, codebook, section, plain=True)
    # folded, because all cells run at once when a learner begins
    folded = element("details", element("summary", f"Show it: {len(rows)} entries"), marked, table)
    return Page(passage_html(folded), words)


def codes_page(codes: Sequence[Code]) -> Page:
    """Show what codes mean and how to decide."""
    rows = [
        (
            f"{code.name} ({code.chip})",
            code.definition,
            code.decision_rule,
            code.example,
            f"{code.near_miss} – {code.near_miss_why}",
        )
        for code in codes
    ]
    header = ("Code", "What it is", "How to decide", "Example", "Looks like it, but is not")
    words = f"Codes: {', '.join(code.name for code in codes)}"
    return Page(passage_html(table_html(words, header, rows)), words)


def comparison_page(comparison: Comparison) -> Page:
    """Show a comparison of a learner's tags with the reference reading."""
    return Page(comparison_html(comparison), " ".join(comparison.summary))
