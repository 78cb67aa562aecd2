"""doccano: JSON Lines, an object for each text and coder, with offsets in code points."""

import json
from typing import Any

from framingkit.formats.ids import guid
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.strangers import number, objects, parsed, words


def write(annotations: Annotations) -> bytes:
    """Write a line for each text and coder; doccano keeps what it does not know as metadata.

    Examples
    --------
    >>> write(Annotations((), ()))
    b''
    """
    lines = []
    for place, tagged in enumerate(annotations.sets, start=1):
        text = annotations.document(tagged.document_id)
        labels = [[span.start, span.end, span.label] for span in tagged.spans]
        line = {
            "id": place, "text": text.text, "label": labels,
            "document": text.id, "title": text.title, "coder": tagged.coder,
        }  # fmt: skip
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return "".join(lines).encode()


def is_doccano(data: Any) -> bool:
    """Tell whether JSON has texts with their labels beside them."""
    entries = objects(data)
    return bool(entries) and all(
        isinstance(one.get("text"), str) and _labels(one) is not None for one in entries
    )


def _labels(entry: dict[str, Any]) -> list[Any] | None:
    for name in ("label", "labels", "entities"):
        if isinstance(entry.get(name), list):
            return list(entry[name])
    return None


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read the lines; a text without a name gets one that is the same wherever it comes again."""
    found = FileContent()
    for entry in objects(parsed(content, name)):
        text = words(entry.get("text"))
        meta = entry | next(iter(objects(entry.get("meta"))), {})
        id = words(meta.get("document")) or f"text-{guid(text)[:8]}"
        by = words(meta.get("coder")) or words(meta.get("user")) or coder
        found.texts[id] = FoundText(words(meta.get("title")), text)
        found.coders.append((id, by))
        for label in _labels(entry) or []:
            found.marks.append(_mark(label, id, by))
        for extra in ("Comments", "comments", "relations"):
            if entry.get(extra):
                found.left_out.append(f"The {extra.lower()} of a text have no tag they belong to.")
    return found


def _mark(label: Any, id: str, coder: str) -> Mark:
    if isinstance(label, list) and len(label) >= 3:
        return Mark(id, coder, words(label[2]), number(label[0]), number(label[1]))
    entry = label if isinstance(label, dict) else {}
    start, end = (entry.get(f"{name}_offset", entry.get(name)) for name in ("start", "end"))
    return Mark(id, coder, words(entry.get("label")), number(start), number(end))
