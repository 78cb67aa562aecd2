"""From an exchange of tags to a reference reading and back: reasons travel as notes."""

from collections.abc import Iterable

from framingkit.course import AnnotationSet, Document, Reference, ReferenceSpan, Span
from framingkit.errors import FramingkitError

_DEBATABLE, _OTHER = "Debatable. ", "\nAnother reading: "
NO_REASON = "No reason was given."


def note_of(entry: ReferenceSpan) -> str:
    r"""Write the reason of an entry as a note.

    Examples
    --------
    >>> note_of(ReferenceSpan(Span(0, 2, "hedge"), "lead", "debatable", "It may.", "It must."))
    'Debatable. It may.\nAnother reading: It must.'
    """
    if entry.status != "debatable":
        return entry.rationale
    return f"{_DEBATABLE}{entry.rationale}{_OTHER}{entry.alternative}"


def reading_of(tagged: AnnotationSet, document: Document) -> tuple[Reference, int]:
    r"""Make a reference reading of a coder's tags.

    A tag is clear unless its note says that it is debatable, and why.

    Returns
    -------
    tuple of Reference and int
        The reading, and how many of its entries have no reason yet.

    Raises
    ------
    FramingkitError
        If a tag lies in no section of the text.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> carpet = Span(13, 23, "ceremony_symbol", "red carpet", "Debatable. A\nAnother reading: B")
    >>> reading, _ = reading_of(AnnotationSet("alaska-summit", "mara", (carpet,)), load_article())
    >>> reading.spans[0].status, reading.spans[0].alternative
    ('debatable', 'B')
    """
    names = _names(tagged.spans)
    entries = [_entry(span, name, document) for span, name in zip(tagged.spans, names, strict=True)]
    without = sum(entry.rationale == NO_REASON for entry in entries)
    reading = Reference(document.id, tagged.coder, tuple(entries), (), ())
    return reading, without


def _entry(span: Span, name: str, document: Document) -> ReferenceSpan:
    within = [one.id for one in document.sections if one.start <= span.start < one.end]
    if not within:
        raise FramingkitError(
            f"The tag at {span.start} is in no section of {document.id!r}, and each entry of a "
            "reading belongs to one. Remove the tag, or write a .json file."
        )
    words = document.text[span.start : span.end]
    kept = Span(span.start, span.end, span.label, words, id=name)
    reason, is_debatable, other = span.note.removeprefix(_DEBATABLE).partition(_OTHER)
    if span.note.startswith(_DEBATABLE) and is_debatable and reason and other:
        return ReferenceSpan(kept, within[0], "debatable", reason, other)
    return ReferenceSpan(kept, within[0], "clear", span.note or NO_REASON)


def _names(spans: Iterable[Span]) -> list[str]:
    """Give each entry a name of its own: the tag's, or a number."""
    names: list[str] = []
    for number, span in enumerate(spans, start=1):
        name = span.id
        names.append(name if name and name not in names else f"tag-{number}")
    return names
