"""Offsets in UTF-16 units, as JavaScript and Java count them: the one place that converts them.

They differ from Python's only after characters beyond U+FFFF, such as emoji, which count twice.
"""

from bisect import bisect_left


class Units:
    """Converts the offsets of one text.

    Examples
    --------
    >>> units = Units("A 🐟 swims")
    >>> units.to_utf16(4), units.from_utf16(5), units.from_utf16(3)
    (5, 4, None)
    """

    def __init__(self, text: str) -> None:
        self._wide = [place for place, sign in enumerate(text) if sign > "\uffff"]
        self._starts = [place + number for number, place in enumerate(self._wide)]

    def to_utf16(self, offset: int) -> int:
        """Convert an offset as Python counts."""
        return offset + bisect_left(self._wide, offset)

    def from_utf16(self, offset: int) -> int | None:
        """Convert an offset in UTF-16 units; None for the middle of a character."""
        before = bisect_left(self._starts, offset)
        if before and self._starts[before - 1] == offset - 1:
            return None
        return offset - before
