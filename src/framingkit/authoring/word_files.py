"""The text of a .docx file: a zip archive with XML in it, read with the standard library.

A hundred lines do what the kit needs of python-docx, which would bring lxml along. What was deleted
with changes tracked is left out, what was inserted is taken. Headings are found by their style, in
any language of the word processor.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from framingkit.authoring.blocks import Block, Found, looks_like_heading, tidy
from framingkit.errors import FramingkitError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MOST = 40_000_000  # bytes of one part when it is unpacked
_HEADING, _TITLE = re.compile(r"heading ?[1-9]", re.IGNORECASE), re.compile("title", re.IGNORECASE)
_LEFT_OUT = {f"{_W}{name}" for name in ("del", "moveFrom", "txbxContent", "instrText")}


def read_word_file(content: bytes) -> Found:
    """Read a .docx file.

    Raises
    ------
    FramingkitError
        If it is damaged, protected, or too large when it is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = _part(archive, "word/document.xml")
            names = archive.namelist()
            styles = _part(archive, "word/styles.xml") if "word/styles.xml" in names else None
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError):
        raise FramingkitError(
            "This is no .docx file that can be read: it is damaged, or protected by a password. "
            "Open it in your word processor, and save it again as .docx or .txt."
        ) from None
    names_of = _style_names(styles)
    title, blocks = "", list[Block]()
    for paragraph, in_table in _paragraphs(document):
        text = tidy("".join(_words(paragraph)))
        style = names_of.get(_style(paragraph), _style(paragraph))
        if not text:
            continue
        if not title and not blocks and (_TITLE.fullmatch(style) or _is_title(style, text)):
            title = text
        elif _TITLE.fullmatch(style) or _HEADING.fullmatch(style):
            blocks.append(Block(text, True))
        else:
            is_bold = _is_bold(paragraph) and looks_like_heading(text)
            blocks.append(Block(text, is_bold, "it is in a table" if in_table else ""))
    return Found(title, tuple(blocks))


def _is_title(style: str, text: str) -> bool:
    return bool(_HEADING.fullmatch(style)) or looks_like_heading(text)


def _part(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    if archive.getinfo(name).file_size > _MOST:
        raise FramingkitError(
            "This .docx file is too large when it is unpacked. Copy the article alone into a new "
            "one."
        )
    text = archive.read(name)
    # A word processor writes no document type; entities in one could fill the memory.
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise FramingkitError("This .docx file was not made by a word processor. Save it as .txt.")
    try:
        return ElementTree.fromstring(text.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()))
    except ElementTree.ParseError:
        raise zipfile.BadZipFile from None


def _style_names(styles: ElementTree.Element | None) -> dict[str, str]:
    """Give the English name of each style: its id is in the language of the word processor."""
    found = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return found


def _paragraphs(document: ElementTree.Element) -> Iterator[tuple[ElementTree.Element, bool]]:
    waiting = [(document, False)]
    while waiting:
        element, in_table = waiting.pop()
        in_table |= element.tag == f"{_W}tbl"
        if element.tag == f"{_W}p":
            yield element, in_table
        elif element.tag not in _LEFT_OUT:
            waiting += [(child, in_table) for child in reversed(element)]


def _words(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph:
        if element.tag == f"{_W}t":
            yield element.text or ""
        elif element.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            yield " "
        elif element.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif element.tag not in _LEFT_OUT:
            yield from _words(element)


def _style(paragraph: ElementTree.Element) -> str:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if style is None else style.get(f"{_W}val", "")


def _is_bold(paragraph: ElementTree.Element) -> bool:
    runs = [run for run in paragraph.iter(f"{_W}r") if any(one.text for one in run.iter(f"{_W}t"))]
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return bool(runs) and all(one is not None and one.get(f"{_W}val") != "0" for one in marks)
