"""TEI: the text in a body, and what each coder tagged as annotations beside it.

Each tag is an ``<annotation>`` whose target is a ``string-range`` of the text, in characters. What
others mark inside the text, with ``<seg ana="…">``, is read too.
"""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from framingkit.course import AnnotationSet, Document
from framingkit.formats.ids import guid
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.notes import split_confidence, with_confidence
from framingkit.formats.xml import Xml, read_xml, xml, xml_bytes

_NAMESPACE = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_RANGE = re.compile(r"#string-range\(\s*#?([^,\s]+)\s*,\s*(\d{1,12})\s*,\s*(\d{1,12})\s*\)")
_INLINE = {"seg", "rs", "span", "mentioned", "distinct"}


def write(annotations: Annotations) -> bytes:
    """Write a corpus with a TEI element for each text.

    Examples
    --------
    >>> b"teiCorpus" in write(Annotations((), ()))
    True
    """
    texts = [_text(text, annotations) for text in annotations.texts]
    header = _header("Annotations of framingkit", "")
    return xml_bytes(xml("teiCorpus", {"xmlns": _NAMESPACE}, header, *texts))


def _header(title: str, id: str, *coders: Xml) -> Xml:
    titles = xml("titleStmt", {}, xml("title", {}, title), *coders)
    published = xml("publicationStmt", {}, xml("p", {}, "Written by framingkit."))
    source = xml("sourceDesc", {}, xml("p", {"n": id}, "A text that was tagged."))
    return xml("teiHeader", {}, xml("fileDesc", {}, titles, published, source))


def _text(text: Document, annotations: Annotations) -> Xml:
    key = _name("text", text.id)
    coders = [_coder(text, tagged.coder) for tagged in annotations.sets_on(text.id)]
    beside = _beside(text, key, annotations)
    words = xml("ab", {"xml:id": key, "xml:space": "preserve"}, text.text)
    return xml(
        "TEI",
        {},
        _header(text.title or text.id, text.id, *coders),
        *([xml("standOff", {}, *beside)] if beside else []),
        xml("text", {}, xml("body", {}, words)),
    )


def _coder(text: Document, coder: str) -> Xml:
    named = {"xml:id": _name("coder", text.id, coder)}
    return xml("respStmt", named, xml("resp", {}, "tagged by"), xml("name", {}, coder))


def _beside(text: Document, key: str, annotations: Annotations) -> list[Xml]:
    """Write the codes that are used, and the tags."""
    sets = annotations.sets_on(text.id)
    codes = {code.id: code.name for code in annotations.codebook.codes}
    used = sorted({span.label for tagged in sets for span in tagged.spans})
    categories = [
        xml("interp", {"xml:id": _name("code", text.id, label), "n": label}, codes[label])
        for label in used
    ]
    tags = [tag for tagged in sets for tag in _tags(text, key, tagged)]
    groups = (("interpGrp", categories), ("listAnnotation", tags))
    return [xml(name, {}, *inside) for name, inside in groups if inside]


def _name(*parts: str) -> str:
    """Make an id of XML, which begins with a letter."""
    return f"{parts[0]}-{guid(*parts)}"


def _tags(text: Document, key: str, tagged: AnnotationSet) -> list[Xml]:
    made = []
    for place, span in enumerate(tagged.spans):
        note = with_confidence(span.note, span.confidence)
        named = {
            "xml:id": _name("tag", text.id, tagged.coder, str(place)), "n": span.id,
            "motivation": "tagging", "ana": f"#{_name('code', text.id, span.label)}",
            "resp": f"#{_name('coder', text.id, tagged.coder)}",
            "target": f"#string-range({key},{span.start},{span.end - span.start})",
        }  # fmt: skip
        made.append(xml("annotation", named, *([xml("note", {}, note)] if note else [])))
    return made


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read each text of a corpus, or the one that is there."""
    root = read_xml(content, name)
    found = FileContent()
    inside = [one for one in root.iter() if _local(one) == "TEI"]
    for place, tei in enumerate(inside):
        _add(found, tei, name, coder, place)
    return found


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _find(root: Element, tag: str) -> list[Element]:
    return [one for one in root.iter() if _local(one) == tag]


def _add(found: FileContent, tei: Element, name: str, coder: str, place: int) -> None:
    source = [one for one in _find(tei, "p") if one.get("n")]
    title = next((_words(one) for one in _find(tei, "title")), "")
    stem = name.rpartition("/")[2].rpartition(".")[0] or name
    id = source[0].get("n", "") if source else stem + (f"-{place + 1}" if place else "")
    codes = {
        f"#{one.get(_ID)}": one.get("n", "") or _words(one)
        for tag in ("interp", "category")
        for one in _find(tei, tag)
    }
    coders = {
        f"#{one.get(_ID)}": next(map(_words, _find(one, "name")), "")
        for one in _find(tei, "respStmt")
    }
    body = next(iter(_find(tei, "body")), tei)
    text, starts = _Reader(codes, id, coder).read(body, found)
    found.texts[id] = FoundText(title, text)
    found.coders += [(id, by) for by in coders.values() if by]
    for tag in (*_find(tei, "annotation"), *_find(tei, "span")):
        mark = _mark(tag, starts)
        if mark:
            mark.document, mark.coder = id, coders.get(tag.get("resp", ""), "") or coder
            labels = [codes.get(ana, ana.removeprefix("#")) for ana in tag.get("ana", "").split()]
            found.marks += [replace(mark, label=label) for label in labels or ["annotation"]]
        elif _local(tag) == "annotation":
            found.left_out.append("An annotation is not on a range of the text.")


def _mark(tag: Element, starts: dict[str, int]) -> Mark | None:
    """Find the characters that a tag is on, counted from the element that it names."""
    target = _RANGE.fullmatch(tag.get("target", "").strip())
    if not target:
        return None
    start = starts.get(target[1], 0) + int(target[2])
    note, sure = split_confidence(next(map(_words, _find(tag, "note")), ""))
    end = start + int(target[3])
    return Mark("", "", "", start, end, note=note, confidence=sure, id=tag.get("n", ""))


def _words(element: Element) -> str:
    return "".join(element.itertext())


class _Reader:
    """Reads the text of a body, with where each element begins and what is marked inside."""

    def __init__(self, codes: dict[str, str], id: str, coder: str) -> None:
        self.codes, self.id, self.coder = codes, id, coder
        self.parts, self.length, self.starts = list[str](), 0, dict[str, int]()

    def read(self, body: Element, found: FileContent) -> tuple[str, dict[str, int]]:
        self._walk(body, found)
        return "".join(self.parts), self.starts

    def _walk(self, element: Element, found: FileContent) -> None:
        start = self.length
        self.starts[element.get(_ID, "")] = start
        self._take(element.text)
        for child in element:
            self._walk(child, found)
            self._take(child.tail)
        if _local(element) in _INLINE and element.get("ana") and self.length > start:
            for ana in element.get("ana", "").split():
                label = self.codes.get(ana, ana.removeprefix("#"))
                found.marks.append(Mark(self.id, self.coder, label, start, self.length))

    def _take(self, words: str | None) -> None:
        self.parts.append(words or "")
        self.length += len(words or "")
