"""Pieces that all parts of a report are built of: sections, tables, bars, counts."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from framingkit.agreement import MAP_STYLE
from framingkit.base import Html, disk, element, table_html

SCRIPT = disk.read_text(Path(__file__).with_name("report.js"))
STYLE = f"{MAP_STYLE}\n{disk.read_text(Path(__file__).with_name('report.css'))}"


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
