"""Turn text into HTML; the only module that escapes.

Everything shown to a learner as HTML is built with :func:`element`. The style is one small
block on the tokens of the kit, so that dark themes and print work. Nothing depends on it, because
JupyterLab takes the style away in a notebook that is not trusted yet. A whole web page is one
file that loads nothing; it has no script but one that the kit gives it, known by its hash.
"""

import html
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from framingkit.base import disk
from framingkit.base.tokens import PAGE_TOKENS

PASSAGE_STYLE = disk.read_text(Path(__file__).with_name("passage.css"))


class Html(str):
    """Finished markup, made by :func:`element`; every other text is escaped on its way in."""

    __slots__ = ()


def element(tag: str, *children: str, **attributes: str) -> Html:
    """Make one HTML element; plain texts among the children become text, never markup.

    Examples
    --------
    >>> element("p", "Handshake < fight?", element("br"), title='"new round"')
    '<p title="&quot;new round&quot;">Handshake &lt; fight?<br></p>'
    """
    named = "".join(f' {name.rstrip("_")}="{_escape(text)}"' for name, text in attributes.items())
    inside = "".join(_escape(child) if tag == "title" else _unread(child) for child in children)
    return Html(f"<{tag}{named}>{inside}" + ("" if tag in ("br", "img", "input") else f"</{tag}>"))


def _escape(text: str) -> str:
    if isinstance(text, Html):
        return text
    # Half of a surrogate pair cannot be written to a file, and a notebook is a file.
    return html.escape(re.sub("[\ud800-\udfff]", "\ufffd", text))


def _unread(text: str) -> str:
    r"""Escape a text so that no notebook reads mathematics into it, as in “from $5 to $10”.

    JupyterLab sets what is between two dollar signs, or after a backslash, as a formula. Both
    signs have to be in one element for that, so each gets one of its own. Unlike a class, this is
    understood by every typesetter, and needs nothing around the text.

    Examples
    --------
    >>> element("p", "$5")
    '<p><span>$</span>5</p>'
    """
    return (
        text if isinstance(text, Html) else re.sub(r"[$\\]", r"<span>\g<0></span>", _escape(text))
    )


def passage_html(*children: str) -> Html:
    """Put finished elements into one block; `PASSAGE_STYLE`, once on a page, is its style."""
    return element("div", *children, class_="framingkit-passage")


def list_html(title: str, sentences: Iterable[str]) -> Html:
    """Make a titled list of sentences.

    Examples
    --------
    >>> "<li>3 more fit.</li>" in list_html("What you found", ["3 more fit."])
    True
    """
    entries = [element("li", sentence) for sentence in sentences]
    return passage_html(element("p", element("strong", title)), element("ul", *entries))


def table_html(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Make a table whose first column names its rows."""
    top = element("tr", *(element("th", name, scope="col") for name in header))
    body = (
        element("tr", element("th", first, scope="row"), *(element("td", cell) for cell in rest))
        for first, *rest in rows
    )
    return element(
        "table", element("caption", caption), element("thead", top), element("tbody", *body)
    )


_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_HEAD = (
    '<meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)

_PAGE_STYLE = disk.read_text(Path(__file__).with_name("web_page.css"))


def scripted(head: str, script: str) -> tuple[str, Html]:
    """Let one script of the kit into a page whose policy lets in none.

    Parameters
    ----------
    head
        The head of the page, with its policy.
    script
        A script of the kit; never a text that somebody handed in.

    Returns
    -------
    str and Html
        The head, and the element to put at the end of the page.

    Examples
    --------
    >>> scripted("default-src 'none'", "let a;")[1]
    '<script>let a;</script>'
    """
    mark = b64encode(sha256(script.encode()).digest()).decode()
    policy = f"default-src 'none'; script-src 'sha256-{mark}'"
    return head.replace("default-src 'none'", policy), Html(f"<script>{script}</script>")


def web_page(
    title: str, *children: str, style: str = "", script: str = "", heading: Html | None = None
) -> bytes:
    """Make a page of finished elements; plain texts among them become text, never markup.

    Parameters
    ----------
    title, children
        The title of the page and its content.
    style
        More style, after that of all pages; never a text that somebody handed in.
    script
        A script of the kit's own, at the end of the page.
    heading
        What begins the page, with its first heading, in place of the title.

    Examples
    --------
    >>> b"<h1>Feedback for mara</h1>" in web_page("Feedback for mara", element("p", "Well read."))
    True
    """
    styles = element("style", Html(PAGE_TOKENS + PASSAGE_STYLE + _PAGE_STYLE + style))
    meta, last = scripted(_HEAD, script) if script else (_HEAD, Html(""))
    head = element("head", Html(meta), element("title", title), styles)
    body = element("body", element("main", heading or element("h1", title), *children), last)
    page = element("html", head, body, lang="en", class_="fk-page")
    return f"<!doctype html>\n{page}\n".encode()


@dataclass(frozen=True, slots=True)
class Page:
    """Something to read, as static HTML; `words` says in a line what it is."""

    html: str
    words: str

    def __repr__(self) -> str:
        """Return the same line on every run."""
        return self.words

    def _repr_html_(self) -> str:
        return self.html


def sentences_page(title: str, sentences: Iterable[str]) -> Page:
    """Show sentences as a list under a title."""
    return Page(list_html(title, sentences), title)
