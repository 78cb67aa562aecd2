"""The parts of an article as it is set on a page: chips of codes, numbers of sentences, marks.

Without any style everything is still said in words: a chip is two letters, a number has brackets.
"""

from collections.abc import Iterable, Sequence

from framingkit.base.html import Html, element
from framingkit.base.tokens import code_key, code_look

_NEAR = 80
"""Characters: two sentences that begin nearer to each other may begin in one line."""

LANES = 3
"""Lines that find room below each other; a fourth is drawn over the first."""


def chip_html(chip: str, tag: str = "span") -> Html:
    """Show the two letters of a code, filled with its colour.

    Examples
    --------
    >>> print(chip_html("CS"))
    <span class="framingkit-chip" style="--c:var(--fk-cs);--l:var(--fk-cs-line)">CS</span>
    """
    return element(tag, chip, class_="framingkit-chip", style=code_look(chip))


def code_html(chip: str, name: str) -> Html:
    """Name a code with its chip, and draw its line, which says nothing that the chip does not say.

    Examples
    --------
    >>> "CS</span> Ceremony symbol <span" in code_html("CS", "Ceremony symbol")
    True
    """
    line = element("span", class_="framingkit-line", style=code_look(chip))
    return element("span", chip_html(chip), f" {name} ", line)


def article_html(*paragraphs: str) -> Html:
    """Put paragraphs on the sheet of an article."""
    return element("div", *paragraphs, class_="framingkit-article")


def paragraph_html(rank: str, *pieces: str) -> Html:
    """Set a line of a text that finds its own direction, as a headline, a heading or a paragraph.

    Examples
    --------
    >>> paragraph_html("heading", "Open end")
    '<p dir="auto" class="framingkit-heading">Open end</p>'
    """
    named = {"class_": f"framingkit-{rank}"} if rank else {}
    return element("p", *pieces, dir="auto", **named)


def number_html(number: int, inline: bool = False) -> Html:
    """Show the number of a sentence in the margin, or in the line if there is no room for it.

    The spaces do not break: what is in the margin is level with the first word of the sentence.
    """
    where = {"class_": "framingkit-inline"} if inline else {}
    return element("small", "\u00a0", element("span", f"[{number}]\u00a0"), dir="ltr", **where)


def crowded(starts: Iterable[int]) -> set[int]:
    """Find the sentences of a paragraph whose number has no room of its own in the margin.

    Examples
    --------
    >>> sorted(crowded([0, 40, 100, 190]))
    [40]
    """
    found, last = set(), -_NEAR
    for start in starts:
        if start - last < _NEAR:
            found.add(start)
        else:
            last = start
    return found


def lanes(ranges: Sequence[tuple[int, int]]) -> list[int]:
    """Give each stretch the first lane that no stretch before it takes there.

    Examples
    --------
    >>> lanes([(0, 9), (2, 4), (3, 5), (12, 15)])
    [0, 1, 2, 0]
    """
    given: list[int] = []
    for number, (start, end) in enumerate(ranges):
        taken = {
            given[other]
            for other, (low, high) in enumerate(ranges[:number])
            if low < end and start < high
        }
        given.append(next(lane for lane in range(number + 1) if lane not in taken))
    return given


def mark_look(chips: Iterable[tuple[int, str]]) -> str:
    """Give the lines below some words, for a ``style`` attribute, from lanes and chips.

    Examples
    --------
    >>> mark_look([(0, "CS"), (1, "WM")])
    '--l0:var(--fk-cs-line);--l1:var(--fk-wm-line)'
    """
    return ";".join(f"--l{lane % LANES}:var(--fk-{code_key(chip)}-line)" for lane, chip in chips)
