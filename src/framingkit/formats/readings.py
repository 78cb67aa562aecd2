"""From an exchange of tags to a reference reading and back: reasons travel as notes.

The signs in a note are those of a teacher's own tags: what follows “Debatable:” is the other
reading, and “near miss:” makes of a tag an example of what the rule leaves out.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from framingkit.course import AnnotationSet, Document, NearMiss, Reference, ReferenceSpan, Span
from framingkit.errors import FramingkitError

_DEBATABLE = re.compile(r"\s*\bdebatable\s*:\s*", re.IGNORECASE)
_NEAR = re.compile(r"\s*near miss\s*:\s*", re.IGNORECASE)
NO_REASON = "No reason was given."


def note_of(entry: ReferenceSpan) -> str:
    r"""Write the reason of an entry as a note.

    Examples
    --------
    >>> note_of(ReferenceSpan(Span(0, 2, "hedge"), "lead", "debatable", "It may.", "It must."))
    'It may. Debatable: It must.'
    """
    if entry.status != "debatable":
        return entry.rationale
    return f"{entry.rationale} Debatable: {entry.alternative}"


def reading_of(tagged: AnnotationSet, document: Document) -> tuple[Reference, int]:
    r"""Make a reference reading of a coder's tags.

    A tag is clear unless its note says that it is debatable, and how else it can be read.

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
    >>> carpet = Span(13, 23, "ceremony_symbol", "red carpet", "A rite. Debatable: A real carpet.")
    >>> reading, _ = reading_of(AnnotationSet("alaska-summit", "mara", (carpet,)), load_article())
    >>> reading.spans[0].status, reading.spans[0].alternative
    ('debatable', 'A real carpet.')
    """
    entries, misses = list[ReferenceSpan](), list[NearMiss]()
    for span, name in zip(tagged.spans, _names(tagged.spans), strict=True):
        section = _section(span, document)
        kept = Span(span.start, span.end, span.label, document.text[span.start : span.end], id=name)
        if near := _NEAR.match(span.note):
            misses.append(NearMiss(replace(kept, id=""), span.note[near.end() :], section))
        else:
            entries.append(_entry(kept, span.note, section))
    without = sum(entry.rationale == NO_REASON for entry in entries)
    return Reference(document.id, tagged.coder, tuple(entries), tuple(misses), ()), without


def _section(span: Span, document: Document) -> str:
    within = [one.id for one in document.sections if one.start <= span.start < one.end]
    if not within:
        raise FramingkitError(
            f"The tag at {span.start} is in no section of {document.id!r}, and each entry of a "
            "reading belongs to one. Remove the tag, or write a .json file."
        )
    return within[0]


def _entry(span: Span, note: str, section: str) -> ReferenceSpan:
    reason, *other = _DEBATABLE.split(note.strip(), maxsplit=1)
    alternative = "".join(other)
    status = "debatable" if alternative else "clear"
    return ReferenceSpan(span, section, status, reason or NO_REASON, alternative)


def _names(spans: Iterable[Span]) -> list[str]:
    """Give each entry a name of its own: the tag's, or a number."""
    names: list[str] = []
    for number, span in enumerate(spans, start=1):
        name = span.id
        names.append(name if name and name not in names else f"tag-{number}")
    return names
