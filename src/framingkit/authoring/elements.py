"""A saved web page as a tree: as much of HTML as is needed to find the article in it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
}  # fmt: skip
UNREAD = {
    "script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object",
    "select", "textarea", "button", "audio", "video", "dialog",
}  # fmt: skip
"""Elements whose words nobody reads as part of a text."""

BLOCKS = {
    "p", "div", "section", "article", "main", "body", "header", "footer", "nav", "aside",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tfoot", "tr", "td", "th",
    "blockquote", "figure", "figcaption", "form", "fieldset", "pre", "address", "details",
    "summary", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "center", "html", "hgroup",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_CLOSED_BY = {"p": BLOCKS, "li": {"li"}, "dt": {"dt", "dd"}, "dd": {"dt", "dd"}, "tr": {"tr"},
              "td": {"td", "th", "tr"}, "th": {"td", "th", "tr"}, "option": {"option"}}  # fmt: skip
_BARRIERS = {"table", "ul", "ol", "dl", "body", "html", "article", "section", "div", "td"}
_DEEPEST = 400
MOST_ELEMENTS = 200_000


@dataclass(eq=False, slots=True)
class Node:
    """An element, with texts and elements in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    parent: "Node | None" = None
    children: list["Node | str"] = field(default_factory=list)

    def elements(self) -> Iterator["Node"]:
        """Give this element and all below it, in the order of the page."""
        waiting: list[Node] = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += [child for child in reversed(node.children) if isinstance(child, Node)]

    def text(self) -> str:
        """Return all words in it; a line break counts as a space."""
        parts: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
            elif one.tag == "br":
                parts.append(" ")
            elif one.tag not in UNREAD:
                edge = [" "] if one.tag in BLOCKS else []
                waiting += [*edge, *reversed(one.children), *edge]
        return "".join(parts)

    def get(self, name: str) -> str:
        """Return an attribute; an empty text if it is not there."""
        return self.attributes.get(name, "")

    def above(self) -> Iterator["Node"]:
        """Give this element and all that hold it."""
        node: Node | None = self
        while node:
            yield node
            node = node.parent


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.here = Node("html")
        self.depth = self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count += 1
        if self.count > MOST_ELEMENTS:
            return
        self._close_open(tag)
        node = Node(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.children.append(node)
        if tag not in VOID and self.depth < _DEEPEST:
            self.here, self.depth = node, self.depth + 1

    def _close_open(self, tag: str) -> None:
        """Close what this element ends without saying so: a paragraph ends the one before."""
        for node in self.here.above():
            if tag in _CLOSED_BY.get(node.tag, ()):
                self._leave(node)
                return
            if node.tag in _BARRIERS or node.parent is None:
                return

    def handle_endtag(self, tag: str) -> None:
        for node in self.here.above():
            if node.tag == tag and node.parent is not None:
                self._leave(node)
                return

    def _leave(self, node: Node) -> None:
        self.depth -= sum(1 for _ in self.here.above()) - sum(1 for _ in node.above()) + 1
        self.here = node.parent or self.root

    def handle_data(self, data: str) -> None:
        self.here.children.append(data)


def tree_of(page: str) -> Node:
    """Read a page; what is not closed, or closed too often, does no harm.

    Examples
    --------
    >>> tree_of("<p>One<p>Two <b>three</b>").text().split()
    ['One', 'Two', 'three']
    """
    builder = _Builder()
    builder.feed(page)
    builder.close()
    return builder.root
