"""Our own format: everything, as one JSON object that keeps texts, codes and tags side by side.

``{"format": "framingkit annotations", "schema": 1, "texts": […], "codes": […], "sets": […]}``.
Offsets count code points.
"""

import json
from dataclasses import asdict
from typing import Any

from framingkit.course import AnnotationSet, Document, Section, Span
from framingkit.errors import FramingkitError
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.strangers import number, objects, parsed, percent, words

FORMAT, SCHEMA = "framingkit annotations", 1


def write(annotations: Annotations) -> bytes:
    """Write everything.

    Examples
    --------
    >>> b"framingkit annotations" in write(Annotations((), ()))
    True
    """
    data = {
        "format": FORMAT,
        "schema": SCHEMA,
        "texts": [text_to_json(text) for text in annotations.texts],
        "codes": codes_to_json(annotations),
        "sets": [_set_to_json(tagged) for tagged in annotations.sets],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def text_to_json(text: Document) -> dict[str, Any]:
    """Give a text with its sections as plain data."""
    return asdict(text) | {"sections": [asdict(section) for section in text.sections]}


def codes_to_json(annotations: Annotations) -> list[dict[str, str]]:
    """Give what codes are called and mean."""
    return [
        {"id": code.id, "name": code.name, "definition": code.definition}
        for code in annotations.codes
    ]


def _set_to_json(tagged: AnnotationSet) -> dict[str, Any]:
    spans = [_span_to_json(span) for span in tagged.spans]
    return {"document": tagged.document_id, "coder": tagged.coder, "spans": spans}


def _span_to_json(span: Span) -> dict[str, Any]:
    """Leave out what is empty, as everywhere in the kit."""
    return {name: value for name, value in asdict(span).items() if value not in ("", None)}


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read it again; anybody may have written it."""
    data = parsed(content, name)
    if data.get("schema") != SCHEMA:
        raise FramingkitError(
            f"“{name}” has version {data.get('schema')!r:.20} of our format, and this kit reads "
            f"{SCHEMA}. Update framingkit, or export it again."
        )
    found = FileContent(codes=codes_from_json(data.get("codes")))
    for entry in objects(data.get("texts")):
        id, text = text_from_json(entry)
        found.texts[id] = text
    for entry in objects(data.get("sets")):
        document, by = words(entry.get("document")), words(entry.get("coder")) or coder
        found.coders.append((document, by))
        found.marks += [_mark(span, document, by) for span in objects(entry.get("spans"))]
    return found


def text_from_json(entry: dict[str, Any]) -> tuple[str, FoundText]:
    """Read a text, and its id."""
    sections = [
        Section(
            words(one.get("id")),
            words(one.get("title")),
            number(one.get("start")) or 0,
            number(one.get("end")) or 0,
            words(one.get("kind")) or "text",
        )
        for one in objects(entry.get("sections"))
    ]
    text = entry.get("text")
    return words(entry.get("id")), FoundText(
        words(entry.get("title")),
        text if isinstance(text, str) else None,
        words(entry.get("sha256")),
        tuple(sections),
        words(entry.get("note")),
        tuple(words(entry.get(name)) for name in ("source", "date", "language", "rights")),
    )


def codes_from_json(codes: Any) -> dict[str, tuple[str, str]]:
    """Read what codes are called and mean."""
    return {
        words(code.get("id")): (words(code.get("name")), words(code.get("definition")))
        for code in objects(codes)
    }


def _mark(span: dict[str, Any], document: str, coder: str) -> Mark:
    quote = span.get("quote")
    return Mark(
        document,
        coder,
        words(span.get("label")),
        number(span.get("start")),
        number(span.get("end")),
        quote if isinstance(quote, str) else None,
        note=words(span.get("note")),
        confidence=percent(span.get("confidence")),
        id=words(span.get("id")),
    )
