"""How a learner's plain words are stored: read with care, because anybody may have written them."""

from collections.abc import Iterable, Mapping
from typing import Any

from framingkit.documents import Document, Section
from framingkit.errors import FramingkitError
from framingkit.facts import Fact
from framingkit.rewriting import Version, Wording
from framingkit.spans import Span, check_quote, reading_order

LONGEST = 2_000
"""Characters that the plain words for one phrase may have."""


def read_version(
    response: Mapping[str, Any],
    document: Document,
    section_id: str,
    spans: Iterable[Span],
    facts: Iterable[Fact],
) -> Version:
    """Read a version from the form in which it is stored.

    Raises
    ------
    FramingkitError
        If it is not of that form, or was made on other words than the text has.

    Examples
    --------
    >>> from framingkit.course import load_article
    >>> saved = {"wordings": [{"start": 2699, "end": 2708, "quote": "Handshake", "plain": "Deal"}]}
    >>> read_version(saved, load_article(), "ending", (), ()).plain_text[:25]
    'Open ending – Deal or new'
    """
    section = document.section(section_id)
    wordings, kept = response.get("wordings", []), response.get("facts", [])
    if not isinstance(wordings, list) or not isinstance(kept, list):
        raise FramingkitError("Plain words come as a list of wordings and a list of facts.")
    inside = [span for span in reading_order(spans) if section.start <= span.start < section.end]
    here = tuple(fact for fact in facts if fact.section == section_id)
    read = tuple(_wording(one, document, section) for one in wordings)
    return Version(document, section_id, tuple(inside), read, tuple(str(one) for one in kept), here)


def _wording(data: Any, document: Document, section: Section) -> Wording:
    if not isinstance(data, dict) or not isinstance(data.get("plain"), str):
        raise FramingkitError("Each wording needs start, end, quote and plain words.")
    if len(data["plain"]) > LONGEST:
        raise FramingkitError(f"Plain words for one phrase have at most {LONGEST:,} characters.")
    start, end = data.get("start"), data.get("end")
    span = Span(start, end, "wording", data.get("quote", ""))  # type: ignore[arg-type]
    check_quote(span, document.text)
    if not (section.start <= span.start and span.end <= section.end):
        raise FramingkitError("These plain words are for another section.")
    return Wording(span.start, span.end, data["plain"], data.get("carries") is True)


def to_response(version: Version) -> dict[str, Any]:
    """Write a version in the form in which it is stored."""
    text = version.document.text
    wordings = [
        {"start": one.start, "end": one.end, "quote": text[one.start : one.end]}
        | {"plain": one.plain, "carries": one.carries}
        for one in sorted(version.wordings, key=lambda one: (one.start, one.end))
        if not one.is_blank
    ]
    return {"wordings": wordings, "facts": sorted(version.kept)}


def latest_version(
    response: Mapping[str, Any] | None,
    document: Document,
    section_id: str,
    spans: Iterable[Span],
    facts: Iterable[Fact],
) -> Version:
    """Read a stored version; what cannot be read counts as not written."""
    try:
        return read_version(response or {}, document, section_id, spans, facts)
    except FramingkitError:
        return read_version({}, document, section_id, spans, facts)


def rewrite_item(document_key: str, section_id: str) -> str:
    """Make the item's id; a changed text gets another one."""
    return f"rewrite.{document_key}.{section_id}"
