"""What a section tells its readers, in plain words: the facts that a rewriting must keep.

A fact here is what the text says, not what is true; the claim ledger is the place for that.
"""

from dataclasses import dataclass

from framingkit.toml_tables import Table, parse_toml, refuse_twins


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the text says, where it says it, and the same in plain words."""

    id: str
    section: str
    start: int
    end: int
    quote: str
    plain: str


def parse_facts(toml_text: str) -> tuple[Fact, ...]:
    """Read the facts of one document, in reading order.

    Raises
    ------
    FramingkitError
        If a fact lacks a field, or an id is used twice.

    Examples
    --------
    >>> parse_facts('document = "alaska-summit"')
    ()
    """
    table = parse_toml(toml_text, "the list of facts")
    table.only(("document", "facts"))
    table.text("document")
    facts = tuple(_fact(one) for one in table.tables("facts", "fact"))
    refuse_twins([fact.id for fact in facts], "the list of facts")
    return tuple(sorted(facts, key=lambda fact: (fact.start, fact.end)))


def _fact(table: Table) -> Fact:
    table.only(("id", "section", "start", "end", "quote", "plain"))
    return Fact(
        table.text("id"),
        table.text("section"),
        table.number("start"),
        table.number("end"),
        table.text("quote"),
        table.text("plain"),
    )
