"""How sure a coder was, in formats that have a place for a note only: at its end."""

import re

_SURE = re.compile(r"(?:^|\n| )How sure: (\d{1,3}) of 100\.\Z")


def with_confidence(note: str, confidence: int | None) -> str:
    r"""Add how sure a coder was to a note, as its last line.

    Examples
    --------
    >>> with_confidence("A game.", 70)
    'A game.\nHow sure: 70 of 100.'
    """
    if confidence is None:
        return note
    return "\n".join(filter(None, [note, f"How sure: {confidence} of 100."]))


def split_confidence(note: str) -> tuple[str, int | None]:
    r"""Take how sure a coder was out of a note, also where line ends have become spaces.

    Examples
    --------
    >>> split_confidence("A game.\nHow sure: 70 of 100."), split_confidence("A game.")
    (('A game.', 70), ('A game.', None))
    """
    found = _SURE.search(note)
    if not found or int(found[1]) > 100:
        return note, None
    return note[: found.start()], int(found[1])
