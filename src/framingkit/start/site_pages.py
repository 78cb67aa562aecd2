"""The small pages of a site beside its first one: the link of a class, and “not here any more”."""

from collections.abc import Sequence
from pathlib import Path

from framingkit.base import element, read_text, web_page
from framingkit.course import Outline

_CLASS = read_text(Path(__file__).with_name("class.js"))
# The page of an older version: its lesson is in the address, and so is the way to the first page.
_GONE = """\
(() => {
  const place = location.pathname;
  const base = place.includes("/v-") ? place.slice(0, place.indexOf("/v-") + 1) : "./";
  const lesson = /notebooks%2F(\\d\\d)-|notebooks\\/(\\d\\d)-/.exec(location.search);
  const link = document.getElementById("link");
  link.href = base + (lesson ? `#lesson=${lesson[1] || lesson[2]}` : "");
  if (place.includes("/v-")) location.replace(link.href);
})();
"""
_STYLE = """
label { display: block; margin: 16px 0 4px; font-weight: 600; }
select, input, button { font: inherit; color: var(--fk-ink); background: var(--fk-sheet);
  border: 1px solid var(--fk-edge); border-radius: var(--fk-round); padding: 8px 12px;
  min-height: 44px; max-width: 100%; box-sizing: border-box; }
button { background: var(--fk-accent); color: var(--fk-on-accent); border-color: var(--fk-accent);
  font-weight: 600; }
.address, code { overflow-wrap: anywhere; } code { font-family: var(--fk-mono); }
.address { font-size: var(--fk-size-5); margin-top: 24px; }
"""


def class_page(outlines: Sequence[Outline]) -> bytes:
    """Make the page on which a teacher makes the link for a class.

    Parameters
    ----------
    outlines
        The lessons to choose from.

    Examples
    --------
    >>> from framingkit.course import load_outlines
    >>> b"03 The commentary" in class_page(load_outlines())
    True
    """
    first = element("option", "The first page", value="")
    lessons = [element("option", f"{one.number} {one.name}", value=one.number) for one in outlines]
    return web_page(
        "A link for your class",
        element(
            "p",
            "Choose a lesson, and name your class if you like. Learners who open the link are in "
            "the lesson at once. The name is shown to them, no server gets it, and it is in the "
            "file that they hand in, unless they take it out.",
        ),
        element("label", "Lesson", **{"for": "lesson"}),
        element("select", first, *lessons, id="lesson"),
        element("label", "Class (may stay empty)", **{"for": "name"}),
        element("input", id="name", maxlength="40", autocomplete="off"),
        element("p", element("a", "", id="link", href="./"), class_="address"),
        element("p", element("button", "Copy the link", id="copy", type="button")),
        element("p", "", id="said", role="status", **_SAID),
        element("h2", "A QR code for the wall"),
        element("p", "On a computer with the kit, this makes a page to print or to show:"),
        element("p", element("code", "", id="command")),
        element("p", element("a", "Back to the first page", href="./")),
        style=_STYLE,
        script=_CLASS,
    )


_SAID = {
    "data-good": "Copied. Paste it where your class reads it.",
    "data-strange": "A class name has letters that can be seen, without < and >. So this link "
    "has none.",
    "data-bad": "This browser does not let the page copy. The link is selected: press Ctrl+C.",
}


def gone_page() -> bytes:
    """Make the page that a host shows for an address that is not there.

    An old bookmark names an old version; its lesson is opened in the new one.

    Examples
    --------
    >>> b"is not here any more" in gone_page()
    True
    """
    return web_page(
        "This page is not here any more",
        element("p", "The lessons were renewed. What you did is still kept in your browser."),
        element("p", element("a", "Go to the first page", id="link", href="./")),
        script=_GONE,
    )
