"""What the article claims about the world, and what other pages say about it.

A verdict is dated: it says what the evidence showed on the day it was seen. An omission
is something the article leaves out, because what is chosen is framing as well.
"""

from dataclasses import dataclass

from framingkit.errors import FramingkitError
from framingkit.toml_tables import Table, parse_toml, refuse_twins


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one page says, in the kit's own words or as a short quotation."""

    url: str
    says: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article that can be checked."""

    id: str
    section: str
    start: int
    end: int
    quote: str
    claim: str
    verdict: str
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Omission:
    """Something that other reports of the event tell and the article does not."""

    id: str
    what: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimLedger:
    """All claims and omissions of one article, with the day the evidence was seen."""

    document_id: str
    seen: str
    caveat: str
    verdicts: tuple[str, ...]
    claims: tuple[Claim, ...]
    omissions: tuple[Omission, ...]

    def claim(self, claim_id: str) -> Claim:
        """Return a claim by its id; an unknown id raises FramingkitError with the choices."""
        for claim in self.claims:
            if claim.id == claim_id:
                return claim
        choices = ", ".join(claim.id for claim in self.claims)
        raise FramingkitError(f"There is no claim {claim_id!r}. Choose one of: {choices}.")


def parse_claims(toml_text: str) -> ClaimLedger:
    r"""Read the claims of an article.

    Raises
    ------
    FramingkitError
        If a field is missing or a verdict is not among the verdicts that the file lists.

    Examples
    --------
    >>> toml_text = 'document = "d"\nseen = "2026-11-23"\ncaveat = "Excerpts."\nverdicts = []'
    >>> parse_claims(toml_text).claims
    ()
    """
    table = parse_toml(toml_text, "the claims")
    table.only(("document", "seen", "caveat", "verdicts", "claims", "omissions"))
    verdicts = table.texts("verdicts")
    ledger = ClaimLedger(
        document_id=table.text("document"),
        seen=table.text("seen"),
        caveat=table.text("caveat").strip(),
        verdicts=verdicts,
        claims=tuple(_claim(one, verdicts) for one in table.tables("claims", "claim")),
        omissions=tuple(_omission(one) for one in table.tables("omissions", "omission")),
    )
    ids = [claim.id for claim in ledger.claims] + [omission.id for omission in ledger.omissions]
    refuse_twins(ids, "the claims")
    return ledger


def _claim(table: Table, verdicts: tuple[str, ...]) -> Claim:
    table.only(("id", "section", "start", "end", "quote", "claim", "verdict", "evidence", "note"))
    return Claim(
        id=table.text("id"),
        section=table.text("section"),
        start=table.number("start"),
        end=table.number("end"),
        quote=table.text("quote"),
        claim=table.text("claim"),
        verdict=table.one_of("verdict", verdicts),
        evidence=_evidence(table),
        note=table.text("note", ""),
    )


def _omission(table: Table) -> Omission:
    table.only(("id", "what", "evidence"))
    return Omission(table.text("id"), table.text("what"), _evidence(table))


def _evidence(table: Table) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(one.text("url"), one.text("says")) for one in table.tables("evidence", "evidence")
    )
