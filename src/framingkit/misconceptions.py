"""Beliefs about framing that come back in every class, and what helps against each.

A question names the misconception that it finds by its number.
"""

from dataclasses import dataclass

from framingkit.toml_tables import parse_toml, refuse_twins


@dataclass(frozen=True, slots=True)
class Misconception:
    """What is believed, as a sentence, and what helps."""

    number: int
    name: str
    helps: str


def parse_misconceptions(toml_text: str) -> dict[int, Misconception]:
    """Read misconceptions, each under its number.

    Raises
    ------
    FramingkitError
        If a field is missing or a number comes twice.

    Examples
    --------
    >>> parse_misconceptions("")
    {}
    """
    table = parse_toml(toml_text, "the misconceptions")
    table.only(("misconception",))
    rows = table.tables("misconception", "misconception")
    for row in rows:
        row.only(("number", "name", "helps"))
    found = [Misconception(row.number("number"), row.text("name"), row.text("helps"))
             for row in rows]  # fmt: skip
    refuse_twins([str(one.number) for one in found], "the misconceptions")
    return {one.number: one for one in found}
