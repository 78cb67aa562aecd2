"""QDPX, the exchange format of REFI-QDA: NVivo, ATLAS.ti, MAXQDA, QualCoder.

A zip with ``project.qde`` and each text as a file of UTF-8. Positions count code points. A code of
the project has the name of ours, its definition and its rule; a coder is a user; a tag is a
selection with one coding, and its note the description of the selection.
"""

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from framingkit.course import Span
from framingkit.exchange import package
from framingkit.formats.codes import name_of
from framingkit.formats.ids import guid
from framingkit.formats.model import Annotations, FileContent, FoundText, Mark
from framingkit.formats.notes import split_confidence, with_confidence
from framingkit.formats.strangers import number, plain_text
from framingkit.formats.xml import Xml, read_xml, xml, xml_bytes

_NAMESPACE = "urn:QDA-XML:project:1.0"
_COLOURS = ("#B3E5FC", "#FFE0B2", "#C8E6C9", "#E1BEE7", "#FFF9C4", "#F8BBD0", "#CFD8DC", "#D7CCC8")


def write(annotations: Annotations) -> bytes:
    """Write a project.

    Examples
    --------
    >>> write(Annotations((), ()))[:2]
    b'PK'
    """
    users = [xml("User", {"guid": guid("coder", one), "name": one}) for one in annotations.coders]
    sources = [_source(text.id, annotations) for text in annotations.texts]
    codes = list(_codes(annotations))
    book = [xml("Codes", {}, *codes)] if codes else []
    parts = {"Users": users, "CodeBook": book, "Sources": sources}
    project = xml(
        "Project",
        {"name": "framingkit", "origin": "framingkit", "xmlns": _NAMESPACE},
        *(xml(tag, {}, *inside) for tag, inside in parts.items() if inside),
    )
    files = {"project.qde": xml_bytes(project)}
    files |= {
        f"sources/{guid('text', text.id)}.txt": text.text.encode() for text in annotations.texts
    }
    return package(files, "Annotations of framingkit")


def _codes(annotations: Annotations) -> Iterator[Xml]:
    names = name_of(annotations.codebook.codes)
    for place, code in enumerate(annotations.codebook.codes):
        about = "\n".join(filter(None, [code.definition, code.decision_rule]))
        yield xml(
            "Code",
            {
                "guid": guid("code", code.id), "name": names[code.id], "isCodable": "true",
                "color": _COLOURS[place % len(_COLOURS)],
            },
            *([xml("Description", {}, about)] if about else []),
        )  # fmt: skip


def _source(id: str, annotations: Annotations) -> Xml:
    text = annotations.document(id)
    selections = [
        _selection(guid("selection", id, tagged.coder, str(place)), tagged.coder, span)
        for tagged in annotations.sets_on(id)
        for place, span in enumerate(tagged.spans)
    ]
    file = f"internal://{guid('text', id)}.txt"
    named = {"guid": guid("text", id), "name": id, "plainTextPath": file}
    title = [xml("Description", {}, text.title)] if text.title else []
    return xml("TextSource", named, *title, *selections)


def _selection(id: str, coder: str, span: Span) -> Xml:
    user, note = guid("coder", coder), with_confidence(span.note, span.confidence)
    code = xml("CodeRef", {"targetGUID": guid("code", span.label)})
    return xml(
        "PlainTextSelection",
        {
            "guid": id, "name": span.id, "startPosition": span.start, "endPosition": span.end,
            "creatingUser": user,
        },
        *([xml("Description", {}, note)] if note else []),
        xml("Coding", {"guid": guid("coding", id), "creatingUser": user}, code),
    )  # fmt: skip


Member = Callable[[str], bytes]
"""Reads another file of the same archive; a KeyError if there is none of that name."""


def read(content: bytes, name: str, coder: str, files: Member) -> FileContent:
    """Read the texts of a project and what was coded in them; other sources are counted.

    Parameters
    ----------
    content, name
        The file ``project.qde``.
    coder
        Who coded what no user coded.
    files
        Reads the other files of the project.
    """
    root = read_xml(content, name)
    users = {_id(one, "guid"): one.get("name", "") for one in _all(root, "User")}
    codes = {}
    found = FileContent()
    for code in _all(root, "Code"):
        label = code.get("name", "") or _id(code, "guid")
        codes[_id(code, "guid")] = label
        found.codes[label] = (label, _said(code))
    atlas = "atlas" in root.get("origin", "").casefold()
    for tag in ("TextSource", "Representation"):
        for source in _all(root, tag):
            key = source.get("name", "") or _id(source, "guid")
            text = _text(source, files)
            if text is None:
                found.left_out.append(f"The text {key!r} is not in the project.")
                continue
            # ATLAS.ti counts one where the file has two line ends
            text = text.replace("\r\n", "\n") if atlas else text
            found.texts[key] = FoundText(_said(source), text)
            _add(found, source, key, (users, codes), coder)
    for other in ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection"):
        for _ in _all(root, other):
            found.left_out.append("A selection is not in a text but in a picture or a recording.")
    return found


def _all(root: Element, tag: str) -> Iterator[Element]:
    return root.iter(f"{{{root.tag.partition('}')[0].lstrip('{')}}}{tag}")


def _children(parent: Element, tag: str) -> list[Element]:
    return [one for one in parent if one.tag.rpartition("}")[2] == tag]


def _id(element: Element, name: str) -> str:
    return element.get(name, "").strip("{}").lower()


def _said(element: Element) -> str:
    return next((one.text or "" for one in _children(element, "Description")), "")


def _text(source: Element, files: Member) -> str | None:
    for content in _children(source, "PlainTextContent"):
        return content.text or ""
    path = source.get("plainTextPath", "")
    if not path.startswith("internal:"):
        return None
    file = path.removeprefix("internal:").lstrip("/")
    try:
        return plain_text(files(f"sources/{file}"), file)
    except KeyError:
        return None


def _add(
    found: FileContent,
    source: Element,
    key: str,
    names: tuple[dict[str, str], dict[str, str]],
    coder: str,
) -> None:
    users, codes = names
    for selection in _children(source, "PlainTextSelection"):
        codings = _children(selection, "Coding")
        if not codings:
            found.left_out.append("A selection has a note and no code.")
        note, sure = split_confidence(_said(selection))
        for coding in codings:
            user = _id(coding, "creatingUser") or _id(selection, "creatingUser")
            code = next(iter(_children(coding, "CodeRef")), coding)
            start, end = selection.get("startPosition"), selection.get("endPosition")
            found.marks.append(
                Mark(
                    key, users.get(user, "") or coder, codes.get(_id(code, "targetGUID"), ""),
                    number(start), number(end), None, "", "", note, sure, selection.get("name", ""),
                )
            )  # fmt: skip
    for _ in _children(source, "Coding"):
        found.left_out.append("A code is on a whole text, not on words of it.")
