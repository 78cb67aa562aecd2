"""Hypothesis: annotations as its service gives them, with quotes and UTF-16 positions, no text."""

import json
from typing import Any

from framingkit.course import Document, Span, context_of
from framingkit.formats.ids import guid
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.notes import split_confidence, with_confidence
from framingkit.formats.strangers import number, objects, parsed, words
from framingkit.formats.units import Units

_URI = "urn:framingkit:text:"


def write(annotations: Annotations) -> bytes:
    """Write what a search of the service gives: ``rows`` and ``total``.

    Examples
    --------
    >>> json.loads(write(Annotations((), ())))
    {'total': 0, 'rows': []}
    """
    rows = []
    for tagged in annotations.sets:
        text = annotations.document(tagged.document_id)
        units = Units(text.text)
        rows += [_row(span, tagged.coder, text, units) for span in tagged.spans]
    data = {"total": len(rows), "rows": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _row(span: Span, coder: str, text: Document, units: Units) -> dict[str, Any]:
    before, after = context_of(span, text.text)
    uri = _URI + text.id
    position = {"start": units.to_utf16(span.start), "end": units.to_utf16(span.end)}
    quote = {"exact": text.text[span.start : span.end], "prefix": before, "suffix": after}
    selectors = [{"type": "TextPositionSelector"} | position, {"type": "TextQuoteSelector"} | quote]
    return {
        "id": span.id or guid("row", text.id, coder, *map(str, span.key)),
        "user": coder if coder.startswith("acct:") else f"acct:{coder}",
        "uri": uri,
        "text": with_confidence(span.note, span.confidence),
        "tags": [span.label],
        "document": {"title": [text.title]},
        "target": [{"source": uri, "selector": selectors}],
    }


def is_hypothesis(data: Any) -> bool:
    """Tell whether JSON is what the service gives, or a list of its rows."""
    rows = objects(data.get("rows")) if isinstance(data, dict) else objects(data)
    if isinstance(data, dict) and data.get("rows") == [] and "total" in data:
        return True
    return bool(rows) and all("uri" in row and "target" in row for row in rows)


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read the rows; replies and notes on a page are counted."""
    data = parsed(content, name)
    found = FileContent(utf16=True)
    for row in objects(data.get("rows") if isinstance(data, dict) else data):
        uri = words(row.get("uri")).removeprefix(_URI)
        user = words(row.get("user")).removeprefix("acct:").partition("@")[0] or coder
        about = row.get("document")
        title = about.get("title") if isinstance(about, dict) else ""
        title = title[0] if isinstance(title, list) and title else title
        for target in objects(row.get("target")):
            place = _place(target)
            if place is None:
                found.left_out.append("A row is a reply, or is on a whole page.")
                continue
            found.texts.setdefault(uri, FoundText(words(title)))
            _add(found, row, place, (uri, user))
    return found


def _place(target: dict[str, Any]) -> Mark | None:
    place = Mark("", "", "")
    for selector in objects(target.get("selector")):
        if selector.get("type") == "TextPositionSelector":
            place.start, place.end = number(selector.get("start")), number(selector.get("end"))
        elif selector.get("type") == "TextQuoteSelector":
            place.quote = words(selector.get("exact")) or None
            place.before, place.after = words(selector.get("prefix")), words(selector.get("suffix"))
    return None if place.quote is None and place.start is None else place


def _add(found: FileContent, row: dict[str, Any], place: Mark, whose: tuple[str, str]) -> None:
    note, sure = split_confidence(words(row.get("text")))
    tags = row.get("tags")
    for tag in (tags if isinstance(tags, list) else []) or ["annotation"]:
        found.marks.append(
            Mark(
                *whose, words(tag), place.start, place.end, place.quote, place.before, place.after,
                note, sure, words(row.get("id")),
            )
        )  # fmt: skip
