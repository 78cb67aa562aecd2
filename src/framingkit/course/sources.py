"""The works that the kit names, and what it says about research.

Whatever the kit says about research is written once, as a finding with its works. A work tells what
was read of it, so that a reader knows how far to trust a finding.
"""

from collections.abc import Collection
from dataclasses import dataclass

from framingkit.base import TomlTable, parse_tables
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Work:
    """A paper, a book or a page, and what was read of it."""

    id: str
    name: str
    authors: str
    year: str
    title: str
    where: str
    read: str
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that works say, and the figures that may be printed.

    The names in ``says`` are Markdown links to the ids of works. ``never`` are wordings that go
    further than the works do.
    """

    id: str
    topic: str
    says: str
    works: tuple[str, ...]
    numbers: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


def parse_works(toml_text: str) -> dict[str, Work]:
    """Read works, each under its id.

    Raises
    ------
    FramingkitError
        If a field is missing or an id is used twice.

    Examples
    --------
    >>> parse_works("")
    {}
    """
    tables = parse_tables(toml_text, "the list of works", "works", "work")
    return {work.id: work for work in (table.read(Work) for table in tables)}


def parse_findings(toml_text: str, works: Collection[str]) -> tuple[Finding, ...]:
    r"""Read what the kit says about research.

    Raises
    ------
    FramingkitError
        If a finding rests on no work, or on one that is not in the list of works.

    Examples
    --------
    >>> toml_text = '[[findings]]\nid = "f"\ntopic = "T"\nsays = "It is so."\nworks = ["a-1993"]'
    >>> parse_findings(toml_text, ["a-1993"])[0].says
    'It is so.'
    >>> parse_findings(toml_text, [])
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: The finding 'f' names the work 'a-1993', which is not
    in the list of works. Add it there, or correct the id.
    """
    tables = parse_tables(toml_text, "the findings", "findings", "finding")
    return tuple(_finding(table, works) for table in tables)


def _finding(table: TomlTable, works: Collection[str]) -> Finding:
    finding = table.read(Finding)
    if not finding.works:
        raise FramingkitError(f"The finding {finding.id!r} names no work. Add at least one.")
    for work in finding.works:
        if work not in works:
            raise FramingkitError(
                f"The finding {finding.id!r} names the work {work!r}, which is not in the list of "
                "works. Add it there, or correct the id."
            )
    return finding
