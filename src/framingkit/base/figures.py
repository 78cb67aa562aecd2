"""Charts that say in words what they show.

A chart is a picture, a text for people who cannot see it, a caption and the table of its
numbers, all in one piece of HTML. Without matplotlib the table draws the bars itself.
"""

import base64
import importlib
import io
import re
import textwrap
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base.article import chip_html
from framingkit.base.html import Html, element, passage_html, table_html
from framingkit.base.tokens import code_key, token
from framingkit.base.words import beginning, counted
from framingkit.errors import FramingkitError

_LONGEST = 60
_MOST_BARS = 60  # a longer picture could not be read; the table still can
_LARGEST = 1e12
_TEXT_BAR = 20
_PALE = token("heat-3")  # light enough for the black hatch to show


@dataclass(frozen=True, slots=True, repr=False)
class Figure:
    """A described bar chart; Jupyter shows it as HTML."""

    title: str
    rows: tuple[tuple[str, float], ...]
    caption: str
    alt: str
    unit: str
    end: float | None = None
    chips: tuple[str, ...] = ()

    def __repr__(self) -> str:
        """Return words that are the same on every run."""
        return f"Figure: {self.alt}"

    def _repr_html_(self) -> str:
        return figure_html(self)


def described_bars(
    title: str,
    rows: Sequence[tuple[str, float]],
    caption: str,
    unit: str = "tags",
    end: float | None = None,
    chips: Sequence[str] = (),
) -> Figure:
    """Describe a bar chart; nothing is drawn before it is shown.

    Parameters
    ----------
    title
        What the chart is about.
    rows
        A (name, number) for each bar, from top to bottom.
    caption
        The point of the chart, in a sentence.
    unit
        What the numbers count.
    end
        Where the axis ends; a little beyond the longest bar if left out.
    chips
        If each bar is about a code: its two letters, which give the bar its colour.

    Raises
    ------
    FramingkitError
        If a number is below 0, too large to draw or no number at all.

    Examples
    --------
    >>> described_bars("Tags by section", [("agenda", 6), ("commentary", 22)], "More comment.")
    Figure: Tags by section. Bar chart with 2 bars, counting tags. Highest: commentary (22).
    Lowest: agenda (6). More comment.
    """
    for name, number in rows:
        is_number = isinstance(number, int | float) and not isinstance(number, bool)
        if not is_number or not 0 <= number <= _LARGEST:
            raise FramingkitError(
                f"The bar {_clean(name)!r} needs a number from 0 to {_LARGEST:,.0f}, "
                f"but got {number!r:.40}."
            )
    cleaned = tuple((_clean(name), number) for name, number in rows)
    title, caption, unit = _clean(title, 200), _clean(caption, 500), _clean(unit)
    alt = _describe(title, cleaned, caption, unit)
    return Figure(title, cleaned, caption, alt, unit, end, tuple(chips))


def figure_html(figure: Figure) -> Html:
    """Show a chart with its text, its caption and its numbers as static HTML."""
    picture = draw_png(figure)
    caption = element("figcaption", figure.caption)
    rows = [[name, _format(number)] for name, number in figure.rows]
    for row, chip in zip(rows, figure.chips, strict=False):
        row[0] = element("span", chip_html(chip), f" {row[0]}")
    if picture is not None:
        source = "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
        image = element("img", alt=figure.alt, src=source)
        table = table_html(figure.title, ["What", figure.unit], rows)
        return passage_html(element("figure", image, caption, table))
    longest = figure.end or max((number for _, number in figure.rows), default=0) or 1
    for row, (_, number) in zip(rows, figure.rows, strict=True):
        row.append("█" * round(_TEXT_BAR * number / longest))
    table = table_html(figure.title, ["What", figure.unit, "bar"], rows)
    return passage_html(element("figure", caption, table))


def draw_png(figure: Figure) -> bytes | None:
    """Draw the bars as a PNG; None without matplotlib or if there is nothing to draw."""
    if not 0 < len(figure.rows) <= _MOST_BARS:
        return None
    return drawn(figure.title, figure.unit, len(figure.rows), lambda axes: _bars(axes, figure))


def drawn(title: str, unit: str, bars: int, draw: Callable[[Any], None]) -> bytes | None:
    """Draw horizontal bars on white paper as a PNG; None without matplotlib.

    Parameters
    ----------
    title, unit
        What is above the picture, and below its axis.
    bars
        How many bars there are; a picture is as high as they need.
    draw
        What puts the bars on the axes.
    """
    try:
        # By name, because only a figure that is shown needs it, and a browser has none.
        matplotlib = importlib.import_module("matplotlib")
    except ImportError:
        return None
    # A reader's own settings would change the picture, and so would a dollar sign read as maths.
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks becomes a box
        matplotlib.rcdefaults()
        matplotlib.rcParams.update({"text.parse_math": False, "hatch.linewidth": 0.6})
        return _draw(title, unit, bars, draw)


def _draw(title: str, unit: str, bars: int, draw: Callable[[Any], None]) -> bytes:
    canvas = importlib.import_module("matplotlib.figure").Figure(
        figsize=(6.4, 1.1 + 0.36 * bars), dpi=100, layout="constrained"
    )
    importlib.import_module("matplotlib.backends.backend_agg").FigureCanvasAgg(canvas)
    axes = canvas.add_subplot()
    draw(axes)
    axes.invert_yaxis()
    # half a tag or a third of a word would mean nothing
    axes.locator_params(axis="x", integer=True)
    axes.set_xlabel(unit)
    canvas.suptitle(_clean(title), x=0.01, horizontalalignment="left")
    axes.spines[["top", "right"]].set_visible(False)
    # White and opaque, so that the black text stays readable on a dark page.
    file = io.BytesIO()
    canvas.savefig(file, format="png", facecolor="white", metadata={"Software": None})
    return file.getvalue()


def _bars(axes: Any, figure: Figure) -> None:
    names = [name for name, _ in figure.rows]
    look: dict[str, object] = {"color": _PALE, "edgecolor": "black", "hatch": "//"}
    if figure.chips:
        names = [f"{chip}  {name}" for chip, name in zip(figure.chips, names, strict=True)]
        look = {"color": [token(code_key(chip)) for chip in figure.chips]}
    numbers = [number for _, number in figure.rows]
    bars = axes.barh(range(len(names)), numbers, height=0.7, **look)
    axes.bar_label(bars, [_format(number) for number in numbers], padding=4)
    axes.set_yticks(range(len(names)), [textwrap.fill(name, 32) for name in names])
    axes.set_xlim(0, figure.end or max(numbers) * 1.12 or 1)


def _describe(title: str, rows: tuple[tuple[str, float], ...], caption: str, unit: str) -> str:
    if not rows:
        return f"{_sentence(title)} There is nothing to show yet."
    highest = max(number for _, number in rows)
    lowest = min(number for _, number in rows)
    extremes = f"Highest: {_names(rows, highest)}. Lowest: {_names(rows, lowest)}."
    if highest == lowest:
        extremes = f"Every bar: {_format(highest)}."
    chart = f"{_sentence(title)} Bar chart with {counted(len(rows), 'bar')}, counting {unit}."
    return f"{chart} {extremes} {_sentence(caption)}".strip()


def _names(rows: tuple[tuple[str, float], ...], number: float) -> str:
    names = [name for name, value in rows if value == number]
    words = ", ".join(names) if len(names) <= 3 else f"{len(names)} bars"
    return f"{words} ({_format(number)})"


def _sentence(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text}."


def _format(number: float) -> str:
    return str(number) if isinstance(number, int) else f"{number:.10g}"


def _clean(text: str, longest: int = _LONGEST) -> str:
    """Make a text one line that any font and any file can take."""
    line = re.sub(r"[\x00-\x1f\x7f-\x9f\s]+", " ", text).strip()
    line = re.sub("[\ud800-\udfff]", "\ufffd", line)
    return beginning(line, longest)
