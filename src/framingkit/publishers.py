"""Who stands behind a page: the first thing a lateral reader asks.

The kinds are short and plain, and they say nothing about whether a page is right.
"""

from dataclasses import dataclass

from framingkit.toml_tables import parse_toml, refuse_twins


@dataclass(frozen=True, slots=True)
class Publisher:
    """The name of a publisher, and what kind of publisher it is."""

    host: str
    name: str
    kind: str


def parse_publishers(toml_text: str) -> dict[str, Publisher]:
    """Read publishers, each under the host of its addresses.

    Raises
    ------
    FramingkitError
        If a field is missing or a host comes twice.

    Examples
    --------
    >>> parse_publishers("")
    {}
    """
    table = parse_toml(toml_text, "the publishers")
    table.only(("publishers",))
    rows = table.tables("publishers", "publisher")
    for row in rows:
        row.only(("host", "name", "kind"))
    found = [Publisher(row.text("host"), row.text("name"), row.text("kind")) for row in rows]
    refuse_twins([one.host for one in found], "the publishers")
    return {one.host: one for one in found}


def publisher_of(url: str, publishers: dict[str, Publisher]) -> Publisher:
    """Return who publishes a page; an unknown publisher is named by the host alone.

    Examples
    --------
    >>> publisher_of("https://example.org/alaska", {}).kind
    'not described yet'
    """
    host = url.partition("://")[2].partition("/")[0]
    return publishers.get(host, Publisher(host, host, "not described yet"))
