"""Names that files need for their parts: the same for the same part, and no clock is asked."""

import re
import uuid
from collections.abc import Iterable

_RESERVED = {"con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}
_OURS = uuid.uuid5(uuid.NAMESPACE_OID, "framingkit")


def guid(*parts: str) -> str:
    """Make an id of what tells a part from all others.

    Examples
    --------
    >>> guid("coder", "mara") == guid("coder", "mara"), guid("a", "b") == guid("ab")
    (True, False)
    """
    return str(uuid.uuid5(_OURS, "\0".join(parts)))


def urn(*parts: str) -> str:
    """Make an IRI in the same way."""
    return f"urn:uuid:{guid(*parts)}"


def file_names(names: Iterable[str], signs: str = "A-Za-z0-9._-") -> dict[str, str]:
    """Give each name one of these signs that can be a file's name; no two get the same.

    Examples
    --------
    >>> file_names(["mara", "a/b", "a b"])
    {'mara': 'mara', 'a/b': 'a_b', 'a b': 'a_b-2'}
    """
    made: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        plain = re.sub(f"[^{signs}]", "_", name)[:80].strip(".") or "text"
        plain += "_" * (plain.partition(".")[0].casefold() in _RESERVED)
        best, number = plain, 2
        while best.casefold() in taken:
            best, number = f"{plain}-{number}", number + 1
        taken.add(best.casefold())
        made[name] = best
    return made
