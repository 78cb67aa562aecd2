"""W3C Web Annotation as JSON-LD: an annotation collection, with quotes, contexts and positions.

Positions count code points, as the model demands; files of tools that count UTF-16 units are read
too, because the quote tells which it is. What the model has no word for, such as the text itself,
has names that begin with ``framingkit:`` which other readers pass over. No context is
ever loaded.
"""

import json
from itertools import chain
from typing import Any

from framingkit.course import AnnotationSet, Document, Span, context_of
from framingkit.formats.ids import urn
from framingkit.formats.model import Annotations, FileContent, Mark
from framingkit.formats.ours import codes_from_json, codes_to_json, text_from_json, text_to_json
from framingkit.formats.strangers import number, objects, parsed, percent, words

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OURS = "framingkit:"
_TYPES = {"Annotation", "AnnotationPage", "AnnotationCollection"}


def is_w3c(data: Any) -> bool:
    """Tell whether JSON is an annotation, a page, a collection, or a list of annotations."""
    entries = objects(data)
    if not entries:
        return False
    first = entries[0]
    return CONTEXT in json.dumps(first.get("@context")) or bool(_TYPES & {*_types(first)})


def _types(entry: dict[str, Any]) -> list[str]:
    value = entry.get("type", entry.get("@type"))
    values = value if isinstance(value, list) else [value]
    return [one.removeprefix("oa:").removeprefix("as:") for one in values if isinstance(one, str)]


def write(annotations: Annotations) -> bytes:
    """Write a collection with one page.

    Examples
    --------
    >>> b"AnnotationCollection" in write(Annotations((), ()))
    True
    """
    texts = {text.id: text for text in annotations.texts}
    items = [
        _annotation(number, span, tagged, texts[tagged.document_id])
        for tagged in annotations.sets
        for number, span in enumerate(tagged.spans)
    ]
    names = [(one.document_id, one.coder) for one in annotations.sets]
    id = urn("collection", *chain.from_iterable(names), str(len(items)))
    collection = {
        "id": id,
        "type": "AnnotationCollection",
        "label": "Annotations of framingkit",
        "total": len(items),
    }
    page = {"id": f"{id}:page", "type": "AnnotationPage", "partOf": collection, "startIndex": 0}
    data = {
        "@context": [CONTEXT, {"framingkit": "urn:framingkit:"}],
        **collection,
        "first": page | {"items": items},
        **_beside(annotations),
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _beside(annotations: Annotations) -> dict[str, Any]:
    """Give what the model has no word for: texts, codes, and coders also without tags."""
    return {
        f"{_OURS}texts": [
            {f"{_OURS}iri": _source(text)} | _ours(text_to_json(text)) for text in annotations.texts
        ],
        f"{_OURS}codes": [_ours(code) for code in codes_to_json(annotations)],
        f"{_OURS}coders": [
            _ours({"document": one.document_id, "coder": one.coder}) for one in annotations.sets
        ],
    }


def _ours(data: dict[str, Any]) -> dict[str, Any]:
    """Put our names into the plain data of a text or a code."""
    return {
        f"{_OURS}{name}": [_ours(one) for one in value] if isinstance(value, list) else value
        for name, value in data.items()
    }


def _plain(data: dict[str, Any]) -> dict[str, Any]:
    return {
        name.removeprefix(_OURS): [_plain(one) for one in objects(value)]
        if isinstance(value, list)
        else value
        for name, value in data.items()
    }


def _source(text: Document) -> str:
    return urn("text", text.id, text.sha256)


def _annotation(number: int, span: Span, tagged: AnnotationSet, text: Document) -> dict[str, Any]:
    before, after = context_of(span, text.text)
    quote = {"type": "TextQuoteSelector", "exact": text.text[span.start : span.end]}
    around = {"prefix": before, "suffix": after}
    body = [{"type": "TextualBody", "purpose": "tagging", "value": span.label}]
    if span.note:
        body.append({"type": "TextualBody", "purpose": "commenting", "value": span.note})
    made = {
        "id": urn("annotation", text.id, text.sha256, tagged.coder, str(number)),
        "type": "Annotation",
        "motivation": "tagging",
        "creator": {"id": urn("coder", tagged.coder), "type": "Person", "nickname": tagged.coder},
        "body": body,
        "target": {
            "type": "SpecificResource",
            "source": _source(text),
            "selector": [
                quote | {name: words for name, words in around.items() if words},
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            ],
        },
    }
    ours = {"id": span.id or None, "confidence": span.confidence}
    return made | {f"{_OURS}{name}": value for name, value in ours.items() if value is not None}


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read annotations of any tool that follows the model."""
    data = parsed(content, name)
    found, ids = FileContent(), dict[str, str]()
    for top in objects(data):
        for entry in objects(top.get(f"{_OURS}texts")):
            plain = _plain(entry)
            id, text = text_from_json(plain)
            found.texts[id] = text
            ids[words(plain.get("iri"))] = id
        found.codes |= codes_from_json([_plain(code) for code in objects(top.get(f"{_OURS}codes"))])
        for entry in objects(top.get(f"{_OURS}coders")):
            plain = _plain(entry)
            found.coders.append((words(plain.get("document")), words(plain.get("coder"))))
    for annotation in _annotations(data):
        _add(found, annotation, ids, coder)
    return found


def _annotations(data: Any) -> list[dict[str, Any]]:
    """Find the annotations: alone, in a list, in a page, or in the first page of a collection."""
    found: list[dict[str, Any]] = []
    for entry in objects(data):
        if "Annotation" in _types(entry) or ("target" in entry and "items" not in entry):
            found.append(entry)
        for name in ("@graph", "items", "first"):
            found += _annotations(entry.get(name)) if name in entry else []
    return found


def _add(found: FileContent, entry: dict[str, Any], ids: dict[str, str], coder: str) -> None:
    labels, notes = _bodies(entry)
    by = _creator(entry.get("creator")) or coder
    if not labels:
        motivation = entry.get("motivation")
        labels = [words(motivation) or "annotation"]
        found.left_out.append("An annotation has no tag: its label is its motivation.")
    targets = entry.get("target")
    for target in targets if isinstance(targets, list) else [targets]:
        place = _place(target)
        if place is None:
            found.left_out.append("An annotation is on a whole text, not on words of it.")
            continue
        place.document = ids.get(place.document, place.document)
        for label in labels:
            found.marks.append(
                Mark(
                    place.document, by, label, place.start, place.end, place.quote,
                    place.before, place.after, "\n".join(notes),
                    percent(entry.get(f"{_OURS}confidence")), words(entry.get(f"{_OURS}id")),
                )
            )  # fmt: skip


def _creator(value: Any) -> str:
    if isinstance(value, str):
        return value
    for one in objects(value):
        for name in ("nickname", "name", "id", "@id"):
            if words(one.get(name)):
                return words(one.get(name))
    return ""


def _bodies(entry: dict[str, Any]) -> tuple[list[str], list[str]]:
    """Tell tags from notes among the bodies."""
    labels, notes = list[str](), list[str]()
    value = entry.get("body", entry.get("bodyValue"))
    for body in value if isinstance(value, list) else [value]:
        if isinstance(body, str):
            notes.append(body)
        elif isinstance(body, dict):
            is_tag = {"tagging", "classifying"} & {*_purposes(body, entry)}
            said = words(body.get("value", body.get("rdf:value", body.get("source"))))
            (labels if is_tag else notes).append(said)
    return [label for label in labels if label], [note for note in notes if note]


def _purposes(body: dict[str, Any], entry: dict[str, Any]) -> list[str]:
    value = body.get("purpose", entry.get("motivation") if "body" in entry else None)
    values = value if isinstance(value, list) else [value]
    return [one.removeprefix("oa:") for one in values if isinstance(one, str)]


def _place(target: Any) -> Mark | None:
    """Find out which words of which text a target means."""
    if not isinstance(target, dict):
        return None
    source = target.get("source")
    if isinstance(source, dict):
        source = source.get("id", source.get("@id"))
    place = Mark(words(source), "", "")
    for selector in objects(target.get("selector")):
        if "TextPositionSelector" in _types(selector):
            place.start, place.end = number(selector.get("start")), number(selector.get("end"))
        for inner in (selector, *objects(selector.get("refinedBy"))):
            # a position inside another selection counts from there, so only its quote helps
            if "TextQuoteSelector" in _types(inner) and isinstance(inner.get("exact"), str):
                place.quote = inner["exact"]
                place.before, place.after = words(inner.get("prefix")), words(inner.get("suffix"))
    return None if place.quote is None and place.start is None else place
