"""UIMA CAS XMI: INCEpTION, WebAnno and whatever reads it by dkpro-cassis or UIMA itself.

A zip with ``TypeSystem.xml`` and a file for each text and coder, ``<text>/<coder>.xmi``. Offsets
count UTF-16 units, because UIMA is Java. Our tags are of the type ``webanno.custom.FramingTag``,
which INCEpTION takes as a layer of one's own.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from framingkit.course import AnnotationSet, Document, Span
from framingkit.exchange import package
from framingkit.formats.ids import file_names
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.strangers import number, percent
from framingkit.formats.units import Units
from framingkit.formats.xml import Xml, read_xml, xml, xml_bytes

_TAG = "webanno.custom.FramingTag"
_META = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData"
_SPACES = {
    "xmlns:xmi": "http://www.omg.org/XMI", "xmlns:cas": "http:///uima/cas.ecore",
    "xmlns:tcas": "http:///uima/tcas.ecore", "xmlns:custom": "http:///webanno/custom.ecore",
    "xmlns:meta": "http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore",
    "xmi:version": "2.0",
}  # fmt: skip
_OURS = "urn:framingkit:text"
_ID = "{http://www.omg.org/XMI}id"
_LABELS = ("label", "value", "identifier", "Label", "Value")
"""Features that may hold the code of a tag, the likeliest first."""

_TRUTHS = ("true", "false")
_NOT_TAGS = (
    "uima/", "core/api/metadata", "core/api/segmentation", "core/api/lexmorph", "core/api/syntax",
    "/clarin/webanno/api",
)  # fmt: skip
"""Parts of namespaces whose types are about the text, not about its reading."""


def write(annotations: Annotations) -> bytes:
    """Write a zip with a file for each text and coder.

    Examples
    --------
    >>> write(Annotations((), ()))[:2]
    b'PK'
    """
    texts = file_names(text.id for text in annotations.texts)
    coders = file_names(annotations.coders)
    files = {"TypeSystem.xml": _types()}
    for tagged in annotations.sets:
        name = f"{texts[tagged.document_id]}/{coders[tagged.coder]}.xmi"
        files[name] = _cas(annotations.document(tagged.document_id), tagged)
    return package(files, "Annotations of framingkit")


def _types() -> bytes:
    """Describe the types that the files use."""
    tag = {"label": "String", "note": "String", "confidence": "Integer", "coder": "String",
           "tagId": "String"}  # fmt: skip
    meta = dict.fromkeys(("documentTitle", "documentId", "documentUri"), "String")
    described = [
        _type(_TAG, "uima.tcas.Annotation", tag),
        _type(_META, "uima.tcas.DocumentAnnotation", meta),
    ]
    return xml_bytes(
        xml(
            "typeSystemDescription",
            {"xmlns": "http://uima.apache.org/resourceSpecifier"},
            xml("types", {}, *described),
        )
    )


def _type(name: str, parent: str, features: dict[str, str]) -> Xml:
    described = [
        xml(
            "featureDescription",
            {},
            xml("name", {}, feature),
            xml("description"),
            xml("rangeTypeName", {}, f"uima.cas.{kind}"),
        )
        for feature, kind in features.items()
    ]
    return xml(
        "typeDescription",
        {},
        xml("name", {}, name),
        xml("description"),
        xml("supertypeName", {}, parent),
        xml("features", {}, *described),
    )


def _cas(text: Document, tagged: AnnotationSet) -> bytes:
    units = Units(text.text)
    meta = {
        "xmi:id": 2, "sofa": 1, "begin": "0", "end": units.to_utf16(len(text.text)),
        "language": "x-unspecified", "documentTitle": text.title, "documentId": text.id,
        "documentUri": _OURS,
    }  # fmt: skip
    tags = [_tag(id, span, tagged.coder, units) for id, span in enumerate(tagged.spans, start=3)]
    sofa = {
        "xmi:id": 1, "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text/plain",
        "sofaString": text.text,
    }  # fmt: skip
    members = " ".join(map(str, range(2, 3 + len(tags))))
    return xml_bytes(
        xml(
            "xmi:XMI",
            dict(_SPACES),
            xml("cas:NULL", {"xmi:id": "0"}),
            xml("meta:DocumentMetaData", meta),
            *tags,
            xml("cas:Sofa", sofa),
            xml("cas:View", {"sofa": 1, "members": members}),
        )
    )


def _tag(id: int, span: Span, coder: str, units: Units) -> Xml:
    return xml(
        "custom:FramingTag",
        {
            "xmi:id": id, "sofa": 1, "begin": units.to_utf16(span.start),
            "end": units.to_utf16(span.end), "label": span.label, "note": span.note,
            "confidence": span.confidence, "coder": coder, "tagId": span.id,
        },
    )  # fmt: skip


def read(content: bytes, name: str, coder: str) -> FileContent:
    """Read the tags of a CAS: annotations that are about the text itself are passed over."""
    root = read_xml(content, name)
    found = FileContent(utf16=True)
    sofas = {one.get(_ID, ""): one.get("sofaString", "") for one in _named(root, "Sofa")}
    meta = next(_named(root, "DocumentMetaData"), None)
    about = dict(meta.items()) if meta is not None else {}
    title = about.get("documentTitle", "")
    # others write into it what they like: INCEpTION the name of a coder
    id = about.get("documentId", "") if about.get("documentUri") == _OURS else title
    id = id or _stem(name)
    keys = {sofa: id if place == 0 else f"{id}-{place + 1}" for place, sofa in enumerate(sofas)}
    for sofa, text in sofas.items():
        found.texts[keys[sofa]] = FoundText(title, text)
        found.coders.append((keys[sofa], _coder_of(root) or coder))
    for element in root:
        sofa, start, end = element.get("sofa", ""), element.get("begin"), element.get("end")
        if sofa in keys and start is not None and end is not None and _is_tag(element):
            found.marks.append(_mark(element, keys[sofa], coder))
    return found


def _named(root: Element, name: str) -> Iterator[Element]:
    return (one for one in root if one.tag.rpartition("}")[2] == name)


def _stem(name: str) -> str:
    *folders, file = name.split("/")
    return folders[-1] if folders else file.partition(".")[0]


def _coder_of(root: Element) -> str:
    names = {one.get("coder", "") for one in _named(root, "FramingTag")}
    return names.pop() if len(names) == 1 else ""


def _is_tag(element: Element) -> bool:
    space = element.tag.partition("}")[0]
    return not any(part in space for part in _NOT_TAGS)


def _mark(element: Element, key: str, coder: str) -> Mark:
    values = {name: value for name, value in element.items() if not name.startswith("{")}
    label = next(filter(None, map(values.get, _LABELS)), "") or _other(values)
    return Mark(
        key, values.get("coder", "") or coder, label or element.tag.rpartition("}")[2],
        number(values.get("begin")), number(values.get("end")), None, "", "",
        values.get("note", ""), percent(values.get("confidence")), values.get("tagId", ""),
    )  # fmt: skip


def _other(values: dict[str, str]) -> str:
    """Choose the first feature that is a word, in a layer that calls its features as it likes."""
    known = {"sofa", "begin", "end", "note", "coder", "tagId", "confidence"}
    said = [value for name, value in values.items() if name not in known]
    return next((value for value in said if not value.isdigit() and value not in _TRUTHS), "")
