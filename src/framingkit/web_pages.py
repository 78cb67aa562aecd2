"""Whole web pages in one file: no script, nothing loaded, readable on paper."""

from framingkit.markup import Html, element

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_HEAD = (
    '<meta charset="utf-8">'
    f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
)
_STYLE = """
:root { color-scheme: light dark; }
body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 46em;
  margin: 2em auto; padding: 0 1em; }
h1, h2, h3 { line-height: 1.25; break-after: avoid; }
li, tr { break-inside: avoid; }
"""


def web_page(title: str, *children: str, style: str = "") -> bytes:
    """Make a page of finished elements; plain texts among them become text, never markup.

    Parameters
    ----------
    title, children
        What the page is called, and what stands on it.
    style
        More style, after that of all pages; never a text that somebody handed in.

    Examples
    --------
    >>> b"<h1>Feedback for mara</h1>" in web_page("Feedback for mara", element("p", "Well read."))
    True
    """
    styles = element("style", Html(_STYLE + style))
    head = element("head", Html(_HEAD), element("title", title), styles)
    body = element("body", element("main", element("h1", title), *children))
    page = element("html", head, body, lang="en")
    return f"<!doctype html>\n{page}\n".encode()
