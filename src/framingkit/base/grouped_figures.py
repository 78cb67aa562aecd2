"""Charts of several bars in each row: the same things counted in two to four texts.

As every chart of the kit, one is a picture, words for people who cannot see it, a caption and the
table of its numbers. Bars of different texts have different patterns, which grey keeps apart.
"""

import base64
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from framingkit.base.article import chip_html
from framingkit.base.figures import drawn
from framingkit.base.html import Html, element, passage_html, table_html
from framingkit.base.tokens import token
from framingkit.base.words import counted
from framingkit.errors import FramingkitError

_MOST_BARS = 80  # a longer picture could not be read; the table still can
_TEXT_BAR = 12
_BAR = 0.3  # how thick a bar is, beside that of a chart with one bar in each row
_LOOKS = (("heat-4", ""), ("heat-2", "////"), ("heat-1", "...."), ("heat-3", "xxxx"))


@dataclass(frozen=True, slots=True)
class Group:
    """One row of a chart: a number for each series, or None where there is nothing to count.

    ``told`` are the same numbers as the table tells them, with what they were counted in.
    """

    name: str
    numbers: tuple[float | None, ...]
    told: tuple[str, ...]
    chip: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class GroupedFigure:
    """A described chart of several bars in each row; Jupyter shows it as HTML."""

    title: str
    series: tuple[str, ...]
    groups: tuple[Group, ...]
    caption: str
    unit: str

    @property
    def alt(self) -> str:
        """What the picture shows, in words made from its numbers."""
        rows = counted(len(self.groups), "row")
        parts = [_told(name, place, self.groups) for place, name in enumerate(self.series)]
        many = f"{counted(len(self.series), 'bar')} in each"
        chart = f"{self.title}. Bar chart with {rows} and {many}, counting {self.unit}."
        return " ".join([chart, *parts, self.caption])

    def __repr__(self) -> str:
        """Return words that are the same on every run."""
        return f"Figure: {self.alt}"

    def _repr_html_(self) -> str:
        return grouped_html(self)


def grouped_bars(
    title: str, series: Sequence[str], groups: Sequence[Group], caption: str, unit: str
) -> GroupedFigure:
    """Describe a chart of several bars in each row; nothing is drawn before it is shown.

    Raises
    ------
    FramingkitError
        If a row has not one number for each series, or there are more than four series.

    Examples
    --------
    >>> row = Group("Hedge", (1.0, 0.4), ("1.0 (2 in 200 words)", "0.4 (1 in 250 words)"))
    >>> grouped_bars("Devices", ["A", "B"], [row], "A has more.", "tags per 100 words")
    Figure: Devices. Bar chart with 1 row and 2 bars in each, counting tags per 100 words.
    A: most in Hedge (1). B: most in Hedge (0.4). A has more.
    """
    if not 1 <= len(series) <= len(_LOOKS):
        raise FramingkitError(
            f"A chart compares one to {len(_LOOKS)} texts, but got {len(series)}. Choose fewer."
        )
    for group in groups:
        if not len(group.numbers) == len(group.told) == len(series):
            raise FramingkitError(
                f"The row {group.name!r} needs {counted(len(series), 'number')}, one for each "
                f"text, but has {len(group.numbers)}."
            )
    return GroupedFigure(title, tuple(series), tuple(groups), caption, unit)


def _told(name: str, place: int, groups: Sequence[Group]) -> str:
    numbers = [(group.numbers[place] or 0, group.name) for group in groups]
    most = max((number for number, _ in numbers), default=0)
    if not most:
        return f"{name}: none."
    names = [what for number, what in numbers if number == most]
    where = ", ".join(names) if len(names) <= 3 else counted(len(names), "row")
    return f"{name}: most in {where} ({most:g})."


def grouped_html(figure: GroupedFigure) -> Html:
    """Show a chart with its words, its caption and its numbers as static HTML."""
    caption = element("figcaption", figure.caption)
    picture = grouped_png(figure)
    longest = max((n or 0 for group in figure.groups for n in group.numbers), default=0) or 1
    rows = []
    for group in figure.groups:
        name = (
            element("span", chip_html(group.chip), f" {group.name}") if group.chip else group.name
        )
        cells = list(group.told)
        if picture is None:
            bars = ["█" * round(_TEXT_BAR * (number or 0) / longest) for number in group.numbers]
            cells = [f"{told} {bar}".strip() for told, bar in zip(cells, bars, strict=True)]
        rows.append([name, *cells])
    table = table_html(f"{figure.title}: {figure.unit}", ["What", *figure.series], rows)
    if picture is None:
        return passage_html(element("figure", caption, table))
    source = "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
    return passage_html(
        element("figure", element("img", alt=figure.alt, src=source), caption, table)
    )


def grouped_png(figure: GroupedFigure) -> bytes | None:
    """Draw the bars as a PNG; None without matplotlib or if there is nothing to draw."""
    bars = len(figure.groups) * len(figure.series)
    if not 0 < bars <= _MOST_BARS:
        return None
    high = 2 + round(bars * _BAR)
    return drawn(figure.title, figure.unit, high, lambda axes: _bars(axes, figure))


def _bars(axes: Any, figure: GroupedFigure) -> None:
    """Put the bars of a row close together, in the order of the texts."""
    many, thick = len(figure.series), 0.86 / len(figure.series)
    for place, (name, (colour, hatch)) in enumerate(zip(figure.series, _LOOKS, strict=False)):
        at = [row - 0.43 + thick * (place + 0.5) for row in range(len(figure.groups))]
        numbers = [group.numbers[place] for group in figure.groups]
        look = {"color": token(colour), "edgecolor": "black", "hatch": hatch, "linewidth": 0.8}
        bars = axes.barh(at, [number or 0 for number in numbers], thick, label=name, **look)
        told = ["–" if number is None else f"{number:g}" for number in numbers]
        axes.bar_label(bars, told, padding=3, fontsize=7)
    names = [f"{one.chip}  {one.name}".strip() for one in figure.groups]
    axes.set_yticks(range(len(names)), [textwrap.fill(name, 30) for name in names])
    most = max(number or 0 for group in figure.groups for number in group.numbers)
    axes.set_xlim(0, most * 1.14 or 1)
    axes.figure.legend(loc="outside lower center", ncols=many, fontsize=8)
