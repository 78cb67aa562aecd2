"""XML as bytes that are always the same: every writer of a format builds it with `node`."""

import re
from xml.etree import ElementTree

from framingkit.base import Html

Node = ElementTree.Element
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def node(tag: str, *inside: str | Node, **attributes: str) -> Node:
    """Make an element with texts and elements inside; `_` in an attribute's name is left out.

    Examples
    --------
    >>> ElementTree.tostring(node("answer", "Tea & cake", class_="x"))
    b'<answer class="x">Tea &amp; cake</answer>'
    """
    made = Node(tag, {name.replace("_", ""): _plain(text) for name, text in attributes.items()})
    for part in inside:
        if isinstance(part, Node):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _plain(part)
        else:
            made.text = (made.text or "") + _plain(part)
    return made


def _plain(text: str) -> str:
    """Replace what no XML can hold."""
    return _NOT_XML.sub("\ufffd", text)


def nodes_of(markup: Html) -> list[Node]:
    """Read finished markup of the kit as elements.

    Examples
    --------
    >>> [one.tag for one in nodes_of(Html("<p>Tea</p><p>Cake</p>"))]
    ['p', 'p']
    """
    return list(ElementTree.fromstring(f"<all>{_plain(markup)}</all>"))


def xml_file(root: Node, note: str, indent: bool = True) -> bytes:
    """Write a file of XML, with a note at its top.

    Parameters
    ----------
    root
        The element that holds everything.
    note
        A sentence for people; no element.
    indent
        Whether to begin lines for elements; not where spaces between them would be read.
    """
    if indent:
        ElementTree.indent(root, " ")
    body = ElementTree.tostring(root, encoding="unicode")
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {note} -->\n'
    return f"{head}{body}\n".encode()
