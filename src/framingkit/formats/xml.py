"""XML of annotated texts: written so that every offset stays true, and read as strangers' files.

Line ends in texts and attributes are written as numbers, because a reader would change them. What
no XML can hold becomes U+FFFD, one for one. In what is read there may be no DTD, so there are no
entities that could grow; depth and number of elements are limited.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins import decoded

MOST_ELEMENTS = 1_000_000
DEEPEST = 200

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_IN_TEXT = str.maketrans(_SIGNS)
_IN_ATTRIBUTE = str.maketrans({**_SIGNS, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"})
_BEFORE_ROOT = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)


class Xml(str):
    """Finished XML."""

    __slots__ = ()


def xml(tag: str, attributes: Mapping[str, object] | None = None, *inside: str) -> Xml:
    """Write an element; attributes that are None or empty are left out.

    Examples
    --------
    >>> xml("note", {"resp": "#mara"}, "Tea & cake", xml("lb"))
    '<note resp="#mara">Tea &amp; cake<lb/></note>'
    """
    named = "".join(
        f' {name}="{_plain(str(value)).translate(_IN_ATTRIBUTE)}"'
        for name, value in (attributes or {}).items()
        if value not in (None, "")
    )
    body = "".join(
        part if isinstance(part, Xml) else _plain(part).translate(_IN_TEXT) for part in inside
    )
    return Xml(f"<{tag}{named}>{body}</{tag}>" if body else f"<{tag}{named}/>")


def _plain(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def xml_bytes(root: Xml) -> bytes:
    """Write a file with one root element."""
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode()


class _Guarded(ElementTree.TreeBuilder):
    """Builds a tree, and stops where it gets too deep or too large."""

    def __init__(self) -> None:
        super().__init__()
        self._depth, self._count = 0, 0

    def start(self, tag: str, attrs: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        self._count += 1
        if self._depth > DEEPEST or self._count > MOST_ELEMENTS:
            raise FramingkitError(
                f"it has more than {DEEPEST} elements inside each other, or more than "
                f"{MOST_ELEMENTS:,} in all"
            )
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def read_xml(content: bytes, name: str) -> ElementTree.Element:
    """Read the root element of a file that anybody may have written.

    Raises
    ------
    FramingkitError
        If it is not XML, has a DTD, or goes beyond a limit.

    Examples
    --------
    >>> read_xml(b'<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', "tags.xmi")
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: “tags.xmi” could not be read: it has a DTD, which is not
    allowed here. Export it again from the program that made it.
    """
    text = decoded(content, shown(name))
    parser = ElementTree.XMLParser(target=_Guarded(), encoding="utf-8")
    try:
        if text.startswith("<!DOCTYPE", _start_of_root(text)):
            raise FramingkitError("it has a DTD, which is not allowed here")
        parser.feed(text.encode("utf-8", "replace"))
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        reason = f"it is not well-formed XML ({shown(str(error), 80)})"
    except FramingkitError as error:
        reason = str(error)
    else:
        return root
    raise FramingkitError(
        f"“{shown(name)}” could not be read: {reason}. Export it again from the program that made "
        "it."
    )


def _start_of_root(text: str) -> int:
    """Pass over what may come before the root: a DTD can be nowhere else."""
    place = 0
    while found := _BEFORE_ROOT.match(text, place):
        place = found.end()
    return place


def root_tag(text: str) -> str:
    """Name the root element of a text that may be XML, without reading the text.

    Examples
    --------
    >>> root_tag('<?xml version="1.0"?><!-- a note --><xmi:XMI a="b"/>')
    'xmi:XMI'
    """
    found = re.compile(r"<([^\s/>!?]+)").match(text, _start_of_root(text))
    return found[1] if found else ""
