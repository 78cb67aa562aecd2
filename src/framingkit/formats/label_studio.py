"""Label Studio: JSON with a task for each text and a result for each tag, in UTF-16 units."""

import json
from typing import Any

from framingkit.course import Document, Span
from framingkit.formats.ids import guid
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.strangers import number, objects, parsed, percent, words
from framingkit.formats.units import Units


def write(annotations: Annotations) -> bytes:
    r"""Write the tasks; each coder has an annotation of each text.

    Examples
    --------
    >>> write(Annotations((), ()))
    b'[]\n'
    """
    tasks = [_task(place, text, annotations) for place, text in enumerate(annotations.texts, 1)]
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def _task(place: int, text: Document, annotations: Annotations) -> dict[str, Any]:
    units = Units(text.text)
    made = [
        {
            "completed_by": {"email": tagged.coder},
            "result": [_result(span, tagged.coder, text, units) for span in tagged.spans],
        }
        for tagged in annotations.sets_on(text.id)
    ]
    data = {"text": text.text, "document": text.id, "title": text.title}
    return {"id": place, "data": data, "annotations": made}


def _result(span: Span, coder: str, text: Document, units: Units) -> dict[str, Any]:
    meta: dict[str, Any] = {"text": [span.note]} if span.note else {}
    meta |= {} if span.confidence is None else {"confidence": span.confidence}
    place = {"start": units.to_utf16(span.start), "end": units.to_utf16(span.end)}
    return {
        "id": span.id or guid("result", text.id, coder, *map(str, span.key))[:10],
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": place | {"text": text.text[span.start : span.end], "labels": [span.label]},
    } | ({"meta": meta} if meta else {})


def is_label_studio(data: Any) -> bool:
    """Tell whether JSON is a list of tasks with annotations."""
    entries = objects(data)
    return bool(entries) and all(isinstance(one.get("data"), dict) for one in entries)


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read the tasks, as they are exported as JSON."""
    found = FileContent(utf16=True)
    for task in objects(parsed(content, name)):
        data = task["data"]
        texts = [value for key, value in data.items() if key not in ("document", "title")]
        text = words(data.get("text")) or max(map(words, texts), key=len, default="")
        id = words(data.get("document")) or f"text-{guid(text)[:8]}"
        found.texts[id] = FoundText(words(data.get("title")), text)
        for annotation in objects(task.get("annotations", task.get("completions", []))):
            by = _coder(annotation.get("completed_by")) or coder
            found.coders.append((id, by))
            for result in objects(annotation.get("result")):
                _add(found, result, id, by)
    return found


def _coder(value: Any) -> str:
    if isinstance(value, dict):
        return words(value.get("email")) or words(value.get("id"))
    return words(value)


def _add(found: FileContent, result: dict[str, Any], id: str, coder: str) -> None:
    value, meta = result.get("value"), result.get("meta")
    if not isinstance(value, dict) or number(value.get("start")) is None:
        found.left_out.append("A result is not on words of a text.")
        return
    meta = meta if isinstance(meta, dict) else {}
    notes = meta.get("text", [])
    note = "\n".join(map(words, notes if isinstance(notes, list) else [notes]))
    quote = value.get("text")
    labels = value.get("labels") or value.get("hypertextlabels") or ["annotation"]
    for label in labels if isinstance(labels, list) else [labels]:
        found.marks.append(
            Mark(
                id, coder, words(label), number(value.get("start")), number(value.get("end")),
                quote if isinstance(quote, str) else None, "", "", note,
                percent(meta.get("confidence")), words(result.get("id")),
            )
        )  # fmt: skip
