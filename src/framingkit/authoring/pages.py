"""The article in a saved web page: its title, its paragraphs and its headings.

Nothing is thrown away for good. What lies in the article's own part of the page and reads like it
is taken; what may be something else, such as a caption or a box with other news, is kept with a
doubt, for the teacher to decide. Only menus, forms and what no reader sees are left out.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from framingkit.authoring.blocks import Block, Found, looks_like_heading, tidy, without_repeats
from framingkit.authoring.elements import BLOCKS, HEADINGS, UNREAD, Node, tree_of

_AWAY = {"nav", "form", "footer", "menu", "head"}
_HINTS = re.compile(
    r"comment|disqus|related|recommend|promo|newsletter|subscri|signup|sign-up|share|sharing|social|"
    r"cookie|consent|banner|advert|\bads?\b|sponsor|sidebar|widget|breadcrumb|byline|author-?bio|"
    r"teaser|trending|most-?read|popular|read-?more|also-?read|footer|footnote|credit|caption|"
    r"pull-?quote|toc\b|toolbar|tags?-?list|taboola|outbrain|paywall|gate|skip|copyright|print-only|"
    r"infobox|(entry|post|article)-meta|\bdek\b|subtitle|standfirst|navbox|catlinks|reflist|editsection|hatnote|timestamp|dateline|reply",
    re.IGNORECASE,
)
_CHROME = re.compile(
    r"cookie|consent|breadcrumb|\bnav|navbox|catlinks|menu|skip-?link|toolbar|editsection|share-?bar|"
    r"social-?(share|links|icons|bar)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SUFFIX = re.compile(r"\s+[|–—·•»-]\s+[^|–—·•»]{2,40}$")
_PAYWALL = re.compile(
    r"subscribe (now )?to (read|continue|unlock)|continue reading|already a subscriber|"
    r"subscribers? only|(sign|log) in to (read|continue)|to read the (full|whole|rest)|"
    r"(become|register as) a (member|subscriber)|free articles? (left|remaining)|start your trial",
    re.IGNORECASE,
)
_BOX_WORDS = re.compile(
    r"^(read (more|also|next)|see also|more (on|from)|related|advertisement|share this|sign up|"
    r"follow us|photo(graph)?:|image:|credit:|©|copyright|subscribe|recommended|"
    r"by [A-Z]\w+ [A-Z]\w+$|"
    r"\(?(additional )?(reporting|editing|writing) by\b|"
    r"posted (on|by)\b|(last )?(updated|published)\b|\d+ min(ute)?s? read|listen to this)",
    re.IGNORECASE,
)
STUB = 150
"""With fewer words, and words about a subscription, it is the beginning of an article."""


@dataclass(slots=True)
class _Piece:
    node: Node
    text: str
    linked: float
    is_heading: bool
    is_boxed: bool

    @property
    def is_good(self) -> bool:
        """Whether it reads like a paragraph of an article."""
        return (
            not self.is_heading and len(self.text) >= 60 and self.linked < 0.4
            and not self.is_boxed and not _BOX_WORDS.match(self.text)
        )  # fmt: skip


def read_page(page: str) -> Found:
    """Find the article in a page.

    Examples
    --------
    >>> found = read_page(
    ...     "<title>Fog at the pier - The Tern</title><nav>Home</nav><h1>Fog at the pier</h1>"
    ...     "<p>The two delegations waited for the ferry, and the ferry waited for the fog.</p>"
    ... )
    >>> found.title, [block.text[:19] for block in found.blocks]
    ('Fog at the pier', ['The two delegations'])
    """
    tree = tree_of(page)
    says, named = _says(tree), _named(tree)
    asks = _PAYWALL.search(tidy(tree.text()))
    _prune(tree, _large(tree))
    title, shown = _title(tree, *named)
    pieces = _all_pieces(tree, _large(tree))
    home = _home(pieces, shown)
    blocks = [_block(piece, home) for piece in pieces if piece.text.casefold() != shown.casefold()]
    found = Found(title, without_repeats(_headings_that_open(filter(None, blocks))), says)
    if asks and found.words < STUB:
        warning = (
            f"Only {found.words} words were found, and the page speaks of a subscription "
            f"(“{tidy(asks[0])}”): it is perhaps only the beginning. Sign in, open the whole "
            "article, and save the page again; or copy the words into a .txt file."
        )
        return replace(found, warnings=(warning,))
    return found


def _large(tree: Node) -> set[Node]:
    """Give the elements that hold more than half of all words: none of them is a box or a menu.

    Sites put what a page has, and what it has not, into the names of what lies around everything.
    """
    held: Counter[Node] = Counter()
    for node in tree.elements():
        if not any(one.tag in UNREAD | _AWAY for one in node.above()):
            own = sum(len(tidy(child)) for child in node.children if isinstance(child, str))
            if own:
                held.update(dict.fromkeys(node.above(), own))
    return {node for node, length in held.items() if 2 * length > held[tree]}


def _prune(tree: Node, large: set[Node]) -> None:
    """Take out menus, forms and what no reader sees."""
    for node in [*tree.elements()]:
        node.children = [
            child
            for child in node.children
            if isinstance(child, str) or child in large or not _is_away(child)
        ]


def _is_away(node: Node) -> bool:
    if node.tag in ("html", "body"):
        return False
    return bool(
        node.tag in UNREAD | _AWAY
        or "hidden" in node.attributes
        or node.get("aria-hidden") == "true"
        or node.get("role") in ("navigation", "dialog", "search")
        or _HIDDEN.search(node.get("style"))
        or _CHROME.search(f"{node.get('class')} {node.get('id')}")
    )


def _all_pieces(tree: Node, large: set[Node]) -> list[_Piece]:
    """Cut the page into pieces, in its order."""
    holding: set[int] = set()
    for node in tree.elements():
        if node.tag in BLOCKS and node.parent:
            for one in node.parent.above():
                if id(one) in holding:
                    break
                holding.add(id(one))
    return [
        piece
        for node in tree.elements()
        if node.tag in BLOCKS or id(node) in holding
        for piece in _pieces(node, holding, large)
    ]


def _pieces(node: Node, holding: set[int], large: set[Node]) -> Iterator[_Piece]:
    """Cut an element's own words at the blocks in it, and at empty lines."""
    for run in _runs(node, holding):
        text = tidy("".join(one.text() if isinstance(one, Node) else one for one in run))
        if not text:
            continue
        inner = [one for one in run if isinstance(one, Node)]
        links = (link for one in inner for link in one.elements() if link.tag == "a")
        linked = sum(len(tidy(link.text())) for link in links) / len(text)
        if any(one.tag == "a" for one in node.above()):
            linked = 1.0
        is_bold = any(one.tag in ("b", "strong") for one in inner) and all(
            one.tag in ("b", "strong", "br", "a") if isinstance(one, Node) else not one.strip()
            for one in run
        )
        is_heading = node.tag in HEADINGS or (is_bold and looks_like_heading(text))
        yield _Piece(node, text, linked, is_heading, _is_boxed(node, large))


def _runs(node: Node, holding: set[int]) -> Iterator[list[Node | str]]:
    """Give what lies between two blocks, or between two empty lines."""
    run: list[Node | str] = []
    breaks = 0
    for child in node.children:
        is_block = isinstance(child, Node) and (child.tag in BLOCKS or id(child) in holding)
        if isinstance(child, Node) and child.tag == "br":
            breaks += 1
        elif is_block or tidy(child if isinstance(child, str) else child.text()):
            breaks = 0
        if is_block or breaks == 2:
            yield run
            run = []
        if not is_block:
            run.append(child)
    yield run


def _is_boxed(node: Node, large: set[Node]) -> bool:
    """Tell whether a page's own names for an element say that it is something else."""
    return any(
        one.tag in ("aside", "figcaption", "figure", "address")
        or (one.tag not in ("body", "html", "main", "article") and _HINTS.search(_names(one)))
        for one in node.above()
        if one not in large
    )


def _names(node: Node) -> str:
    return f"{node.get('class')} {node.get('id')} {node.get('data-component')}"


def _home(pieces: list[_Piece], title: str) -> Node | None:
    """Find the smallest element that holds most of what reads like the article.

    Where the page says itself which element is the article, by the title in it, that one is taken.
    """
    good = [piece for piece in pieces if piece.is_good]
    total = sum(len(piece.text) for piece in good)
    held: Counter[Node] = Counter()
    for piece in good:
        held.update(dict.fromkeys(piece.node.above(), len(piece.text)))
    titled = next((one for one in pieces if one.text.casefold() == title.casefold()), None)
    if titled and titled.is_heading:
        for node in titled.node.above():
            if node.tag in ("article", "main") and 2 * held[node] >= total:
                return node
    enough = [node for node in held if held[node] >= 0.8 * total]
    return max(enough, key=lambda node: sum(1 for _ in node.above()), default=None)


def _block(piece: _Piece, home: Node | None) -> Block | None:
    inside = home is not None and any(node is home for node in piece.node.above())
    if piece.is_heading:
        known = inside and not piece.is_boxed
        return Block(piece.text, True) if known else None
    if piece.linked > 0.6 and len(piece.text) < 200:
        return Block(piece.text, doubt="it is mostly links") if inside else None
    if not inside:
        return Block(piece.text, doubt="it lies apart from the text") if piece.is_good else None
    return Block(piece.text, doubt=_doubt(piece))


def _doubt(piece: _Piece) -> str:
    if any(node.tag in ("figcaption", "figure") for node in piece.node.above()):
        return "it is the caption of a picture"
    if piece.is_boxed:
        return "the page calls it something else than text"
    if _BOX_WORDS.match(piece.text):
        return "it looks like a note or a link to other pages"
    if any(node.tag in ("table", "td") for node in piece.node.above()) and len(piece.text) < 60:
        return "it is in a table"
    if len(piece.text) < 25 and looks_like_heading(piece.text):
        return "it is very short"
    return ""


def _headings_that_open(blocks: Iterator[Block]) -> Iterator[Block]:
    """Keep a heading only where a paragraph of the article follows."""
    waiting: list[Block] = []
    for block in blocks:
        if block.is_heading:
            waiting = [block]
        else:
            if not block.doubt:
                yield from waiting
                waiting = []
            yield block


def _named(tree: Node) -> tuple[str, str]:
    """Return the titles that the head of a page names: for others, and for its own window."""
    page = next((tidy(one.text()) for one in tree.elements() if one.tag == "title"), "")
    return _meta(tree, "og:title") or _meta(tree, "twitter:title"), page


def _title(tree: Node, named: str, page: str) -> tuple[str, str]:
    """Return the title, and the words under which the page shows it."""
    heads = [tidy(one.text()) for one in tree.elements() if one.tag == "h1"]
    for other in filter(None, (named, page)):
        for words in filter(None, heads):
            if words.casefold() in other.casefold() and 3 * len(words) >= len(other):
                return words, words
        if other == named:
            plain = _SUFFIX.sub("", named)
            return plain, plain
    if len(heads) == 1 and heads[0]:
        return heads[0], heads[0]
    plain = _SUFFIX.sub("", page)
    return plain, plain


def _meta(tree: Node, name: str) -> str:
    for node in tree.elements():
        if node.tag == "meta" and name in (node.get("property"), node.get("name")):
            return tidy(node.get("content"))
    return ""


def _says(tree: Node) -> dict[str, str]:
    """Gather what a page says of itself."""
    named = {
        "source": _meta(tree, "og:site_name"),
        "date": _meta(tree, "article:published_time") or _meta(tree, "date"),
        "author": _meta(tree, "author"),
        "language": next((one.get("lang") for one in tree.elements() if one.get("lang")), ""),
        "rights": _meta(tree, "copyright") or _meta(tree, "dcterms.rights"),
    }
    return {name: value[:200] for name, value in named.items() if value}
