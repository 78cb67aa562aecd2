"""Pieces that all parts of a report are built of: sections, tables, bars, counts."""

from collections.abc import Iterable, Sequence

from framingkit.agreement import MAP_STYLE
from framingkit.base import Html, element, table_html

STYLE = (
    MAP_STYLE
    + """
html { background: Canvas; color: CanvasText; }
body { max-width: 64rem; font-size: clamp(1rem, 0.7rem + 0.9vw, 1.5rem); }
h1 { font-size: 2em; } h2 { font-size: 1.7em; margin-top: 0; } h3 { font-size: 1.3em; }
section { border-top: 3px solid currentColor; margin-top: 3em; padding-top: 1em; }
section section { border-top-width: 1px; margin-top: 2em; }
p, li { max-width: 48em; }
.framingkit-scroll { overflow-x: auto; margin: 1em 0; }
table { border-collapse: collapse; width: 100%; }
caption { font-weight: bold; text-align: start; padding-bottom: 0.4em; }
th, td { text-align: start; vertical-align: top; border-bottom: 1px solid rgb(127 127 127 / 60%);
  padding: 0.35em 0.8em 0.35em 0; overflow-wrap: break-word; min-width: 3.5em; }
th[scope="row"] { font-weight: normal; min-width: 8em; }
tr > :last-child:not(:nth-child(2)) { min-width: 12em; }
thead th { border-bottom: 2px solid currentColor; }
.framingkit-bar { display: block; border-top: 0.5em solid currentColor;
  margin-top: 0.3em; opacity: 0.75; }
a { color: inherit; }
@media print {
  @page { margin: 16mm; }
  body { font-size: 11pt; max-width: none; margin: 0; padding: 0; }
  main > section { margin-top: 0; border-top: 0; }
  main > section + section { break-before: page; }
  .framingkit-together { break-inside: avoid; }
  nav { display: none; }
  h4, caption { break-after: avoid; }
  .framingkit-scroll { overflow: visible; }
  table { font-size: 9.5pt; }
  th, td, tr > :last-child:not(:nth-child(2)) { min-width: 0; padding-right: 0.6em; }
}
"""
)


def section(title: str, *children: str, id: str = "", level: int = 2) -> Html:
    """Make a part of the page with its heading."""
    named = {"id": id} if id else {}
    return element("section", element(f"h{level}", title), *children, **named)


def table(caption: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Html:
    """Make a table that can be scrolled sideways on a small screen, also with the keyboard."""
    return element(
        "div", table_html(caption, header, rows),
        class_="framingkit-scroll", role="group", tabindex="0", **{"aria-label": caption},
    )  # fmt: skip


def bar(share: float) -> Html:
    """Draw a share from 0.0 to 1.0 as a bar, to go below its number."""
    return element("span", class_="framingkit-bar", style=f"width: {100 * share:.1f}%")


def percent(part: int, whole: int) -> str:
    """Write a share.

    Examples
    --------
    >>> percent(41, 100), percent(0, 0)
    ('41 %', 'n/a')
    """
    return f"{round(100 * part / whole)} %" if whole else "n/a"


def share_cell(part: int, whole: int) -> Html:
    """Write a share with its bar."""
    return element("span", percent(part, whole), bar(part / whole if whole else 0.0))
