"""brat: a text and beside it its tags, line by line (``.txt`` and ``.ann``).

A zip with a folder for each coder. Offsets count code points. A label may hold letters, digits,
``-`` and ``_`` only; a tag over several lines has a piece for each; a note is on one line.
"""

import re
from collections.abc import Iterator

from framingkit.base import shown
from framingkit.course import Document, Span
from framingkit.exchange import package
from framingkit.formats.ids import file_names
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.notes import split_confidence, with_confidence
from framingkit.formats.strangers import number, plain_text

_LINE = re.compile(r"[TREAMN#*]\d*\t")
_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_BREAKS = re.compile(r"[\s\x00-\x1f\x85\u2028\u2029]+")


def write(annotations: Annotations) -> bytes:
    """Write a folder for each coder, and the list of labels that brat asks for.

    Examples
    --------
    >>> write(Annotations((), ()))[:2]
    b'PK'
    """
    texts = file_names(text.id for text in annotations.texts)
    coders = file_names(annotations.coders)
    labels = label_names(annotations.labels)
    entities = "\n".join(labels.values())
    files = {
        "annotation.conf": f"[entities]\n{entities}\n\n[relations]\n\n[events]\n\n"
        "[attributes]\n".encode()
    }
    for tagged in annotations.sets:
        text = annotations.document(tagged.document_id)
        name = f"{coders[tagged.coder]}/{texts[text.id]}"
        files[f"{name}.txt"] = text.text.encode()
        lines = [
            line for n, span in enumerate(tagged.spans, 1) for line in _lines(n, span, text, labels)
        ]
        files[f"{name}.ann"] = "".join(f"{line}\n" for line in lines).encode()
    return package(files, "Annotations of framingkit")


def label_names(labels: tuple[str, ...]) -> dict[str, str]:
    """Give each label a name that brat takes; no two get the same.

    Examples
    --------
    >>> label_names(("game_metaphor", "who speaks?"))
    {'game_metaphor': 'game_metaphor', 'who speaks?': 'who_speaks_'}
    """
    return file_names(labels, "A-Za-z0-9_-")


def _lines(number: int, span: Span, text: Document, labels: dict[str, str]) -> Iterator[str]:
    pieces = list(_pieces(span, text.text))
    if not pieces:
        return  # a tag on nothing but the end of a line
    places = ";".join(f"{start} {end}" for start, end in pieces)
    words = " ".join(text.text[start:end] for start, end in pieces)
    yield f"T{number}\t{labels[span.label]} {places}\t{words}"
    note = _BREAKS.sub(" ", with_confidence(span.note, span.confidence)).strip()
    if note:
        yield f"#{number}\tAnnotatorNotes T{number}\t{note}"


def _pieces(span: Span, text: str) -> Iterator[tuple[int, int]]:
    """Cut a tag at the ends of lines."""
    start = span.start
    for found in _BREAK.finditer(text, span.start, span.end):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < span.end:
        yield start, span.end


def is_ann(text: str) -> bool:
    """Tell whether a text is a list of tags as brat writes it."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and all(map(_LINE.match, lines))


def read(content: bytes, name: str, coder: str, text: bytes) -> FileContent:
    """Read the tags of one text.

    Parameters
    ----------
    content, name
        The file with the tags.
    coder
        Whose tags they are.
    text
        The file with the words.
    """
    id = name.rpartition("/")[2].rpartition(".")[0]
    found = FileContent({id: FoundText("", plain_text(text, name))}, coders=[(id, coder)])
    marks: dict[str, Mark] = {}
    for line in plain_text(content, name).split("\n"):
        key, _, rest = line.rstrip("\r").partition("\t")
        if key.startswith("T"):
            marks |= _tag(found, key, rest, id, coder)
        elif key.startswith("#"):
            about, _, note = rest.partition("\t")
            mark = marks.get(about.rpartition(" ")[2])
            if mark:
                mark.note, mark.confidence = split_confidence(note)
        elif key:
            found.left_out.append("A line of a brat file is a relation, an event or an attribute.")
    found.marks = list(marks.values())
    return found


def _tag(found: FileContent, key: str, rest: str, id: str, coder: str) -> dict[str, Mark]:
    """Read the line of one tag; its pieces are put together if only line ends are between them."""
    where, _, quote = rest.partition("\t")
    label, _, places = where.partition(" ")
    numbers = [number(one) for piece in places.split(";") for one in piece.split(" ")]
    if len(numbers) % 2 or None in numbers or not label:
        found.left_out.append(f"A tag of “{shown(id, 40)}” cannot be read: {shown(rest, 60)!r}.")
        return {}
    places_of_key = [one for one in numbers if one is not None]
    mark = Mark(id, coder, label, min(places_of_key), max(places_of_key), None, id=key)
    words = (found.texts[id].text or "")[mark.start : mark.end]
    if quote.split() != words.split():
        if len(numbers) > 2 and all(part in words for part in quote.split()):
            found.left_out.append("A tag in several pieces was read as one, with what is between.")
        else:
            mark.quote = quote
    return {key: mark}
