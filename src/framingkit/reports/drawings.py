"""The pictures of a report, as small inline SVG; each says in words what it shows.

They take their colours from the tokens, so they follow a dark page and become black on paper.
"""

from collections.abc import Callable, Mapping, Sequence

from framingkit.agreement import CodeAgreement
from framingkit.base import Html, code_look, element
from framingkit.course import Code

_MOST_SIGNS = 64
"""So many people are drawn one by one; more become a bar."""


def _svg(width: float, height: float, words: str, *shapes: str, class_: str) -> Html:
    box = f"0 0 {width:g} {height:g}"
    return element(
        "svg", *shapes, viewBox=box, width=f"{width:g}", height=f"{height:g}", role="img",
        class_=class_, **{"aria-label": words},
    )  # fmt: skip


def _rect(x: float, y: float, width: float, height: float, class_: str, style: str = "") -> Html:
    look = {"style": style} if style else {}
    return element(
        "rect", x=f"{x:g}", y=f"{y:g}", width=f"{round(width, 1):g}", height=f"{height:g}",
        class_=class_, **look,
    )  # fmt: skip


def _text(x: float, y: float, words: str, class_: str) -> Html:
    return element("text", words, x=f"{round(x, 1):g}", y=f"{round(y, 1):g}", class_=class_)


def _line(x1: float, y1: float, x2: float, y2: float, class_: str, style: str = "") -> Html:
    ends = {name: f"{round(place, 1):g}" for name, place in
            (("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2))}  # fmt: skip
    return element("line", class_=class_, **ends, **({"style": style} if style else {}))


def squares(part: int, whole: int, words: str) -> Html:
    """Draw a class as squares, the first of them filled; a large class as a bar.

    Examples
    --------
    >>> squares(30, 32, "30 of 32").count("<rect"), squares(900, 1000, "900").count("<rect")
    (32, 2)
    """
    if whole > _MOST_SIGNS:
        return _bar(part, whole, words)
    across = max(1, -(-whole // 2) if whole > 8 else whole)
    shapes = [
        _rect(1 + 11 * (n % across), 1 + 11 * (n // across), 8.5, 8.5, "on" if n < part else "off")
        for n in range(whole)
    ]
    rows = -(-whole // across)
    return _svg(11 * across, 11 * rows, words, *shapes, class_="framingkit-signs")


def dots(part: int, whole: int, words: str) -> Html:
    """Draw answers as a row of dots, the first of them filled; many answers as a bar."""
    if whole > _MOST_SIGNS:
        return _bar(part, whole, words)
    shapes = [
        element("circle", cx=f"{6 + 12 * n}", cy="6", r="4.2", class_="on" if n < part else "off")
        for n in range(whole)
    ]
    return _svg(12 * whole, 12, words, *shapes, class_="framingkit-signs")


def _bar(part: int, whole: int, words: str) -> Html:
    width = 240 * part / whole
    shapes = (_rect(0.75, 0.75, 238.5, 10.5, "off"), _rect(0, 0, width, 12, "on"))
    return _svg(240, 12, words, *shapes, class_="framingkit-signs")


def sides_bar(sides: Sequence[tuple[Code | None, int]], words: str) -> Html:
    """Draw the sides of a class as one bar; what is not tagged stays empty."""
    whole, x, shapes = sum(count for _, count in sides) or 1, 0.0, []
    for code, count in sides:
        width = 400 * count / whole
        inner = max(width - 2, 1)
        if code is None:
            shapes.append(_rect(x + 0.75, 0.75, max(inner - 1.5, 0.5), 20.5, "off"))
            label = f"no tag {count:,}" if width > 76 else f"{count:,}" if width > 22 else ""
            shapes += [_text(392, 15.5, label, "end")] if label else []
        else:
            shapes.append(_rect(x, 0, inner, 22, "side", code_look(code.chip)))
            label = f"{code.chip} {count:,}" if width > 48 else f"{count:,}" if width > 22 else ""
            shapes += [_text(x + 6, 15.5, label, "in")] if label else []
        x += width
    return _svg(400, 22, words, *shapes, class_="framingkit-sides")


_LEFT, _WIDE, _ROW = 182, 360, 25
_SCALE = ((0.0, "0", "as by chance"), (0.5, "0.5", "half way"), (0.8, "0.8", ""),
          (1.0, "1", "all alike"))  # fmt: skip


def agreement_dots(rows: Sequence[CodeAgreement], words: str) -> Html:
    """Draw alpha of each code as a dot, and how far it may vary as a line through it."""
    lowest = min([0.0, *(_low(row) for row in rows)])

    def place(value: float) -> float:
        return _LEFT + _WIDE * (max(value, lowest) - lowest) / (1 - lowest)

    foot = 6 + _ROW * len(rows)
    shapes = [
        _line(place(at), 2, place(at), foot, "asked" if at == 0.8 else "grid") for at, *_ in _SCALE
    ]
    for number, row in enumerate(rows):
        shapes += _agreement_row(row, 6 + _ROW * number, place)
    for at, sign, says in _SCALE:
        shapes.append(_text(place(at), foot + 14, sign, "axis"))
        shapes.append(_text(place(at), foot + 28, says, "axis"))
    return _svg(_LEFT + _WIDE + 28, foot + 34, words, *shapes, class_="framingkit-agreement")


def _low(row: CodeAgreement) -> float:
    low = row.interval.low if row.interval.low is not None else row.alpha.value
    return max(low or 0.0, -0.5)


def _agreement_row(row: CodeAgreement, top: float, place: Callable[[float], float]) -> list[Html]:
    if row.code is None or row.alpha.value is None:
        return []
    middle = top + _ROW / 2
    shapes = [
        _rect(0, top + 4, 26, 17, "side", code_look(row.code.chip)),
        _text(13, middle + 4.5, row.code.chip, "chip"),
        _text(34, middle + 5, row.code.name, "name"),
    ]
    low, high = row.interval.low, row.interval.high
    if low is not None and high is not None:
        shapes.append(_line(place(low), middle, place(min(high, 1)), middle, "interval"))
    dot = element(
        "circle", cx=f"{place(row.alpha.value):.1f}", cy=f"{middle:g}", r="6", class_="on"
    )
    return [*shapes, dot]


def slopes(pairs: Mapping[tuple[int, int], int], most: int, words: str) -> Html:
    """Draw who had how many half points before and after; more learners make a thicker line."""
    learners = sum(pairs.values()) or 1
    values = [value for pair in pairs for value in pair] or [0]
    low, high = min(values), max(max(values), min(values) + 1)

    def height(half: float) -> float:
        return 124 - 108 * (half - low) / (high - low)

    shapes = [_line(x, 8, x, 130, "grid") for x in (46, 190)]
    for (then, now), count in sorted(pairs.items()):
        width = f"stroke-width: {1.4 + 10 * count / learners:.1f}"
        shapes.append(
            _line(46, height(then), 190, height(now), "down" if now < then else "up", width)
        )
    for x, side, name in ((46, 0, "before"), (190, 1, "after")):
        middle = sum(pair[side] * count for pair, count in pairs.items()) / learners
        of = f" of {most}" if side else ""
        shapes += [
            element("circle", cx=str(x), cy=f"{height(middle):.1f}", r="4.5", class_="on"),
            _text(x + 10 if side else x - 10, height(middle) + 4, f"{middle / 2:.1f}{of}",
                  "axis after" if side else "axis before"),
            _text(x, 146, name, "axis"),
        ]  # fmt: skip
    return _svg(262, 150, words, *shapes, class_="framingkit-slopes")
