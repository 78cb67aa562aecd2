"""Labelled stretches of a document's text.

Offsets count Python characters (Unicode code points) from the start of the whole
document. ``end`` is the first character *after* the span, so ``text[start:end]`` is
the quote.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from framingkit.base import is_unseen
from framingkit.errors import FramingkitError


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that one coder gave a label.

    Parameters
    ----------
    start, end
        Offsets into the whole document, half-open.
    label
        The id of a code in the codebook.
    quote
        The words between the offsets; empty if they were not stored.
    note
        What the coder wrote about it.
    confidence
        How sure the coder is, from 0 to 100, or None if not asked.
    id
        The name of this span within its set; may be empty.

    Raises
    ------
    FramingkitError
        If the offsets hold no text, the label is empty or the confidence is not 0 to 100.

    Examples
    --------
    >>> Span(13, 23, "ceremony_symbol", "red carpet").overlaps(Span(17, 30, "loaded_word"))
    True
    """

    start: int
    end: int
    label: str
    quote: str = ""
    note: str = ""
    confidence: int | None = None
    id: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that could not be shown or counted."""
        if not (_is_number(self.start) and _is_number(self.end) and 0 <= self.start < self.end):
            raise FramingkitError(
                "A span needs whole numbers with 0 <= start < end, "
                f"but got start {self.start!r} and end {self.end!r}. Select at least one character."
            )
        for name in ("label", "quote", "note", "id"):
            if not isinstance(getattr(self, name), str):
                raise FramingkitError(
                    f"The {name} of a span must be a text, but got {getattr(self, name)!r}."
                )
        if not self.label:
            raise FramingkitError("A span needs a label, but it was empty. Choose a code.")
        if self.confidence is not None and not (
            _is_number(self.confidence) and 0 <= self.confidence <= 100
        ):
            raise FramingkitError(
                "How sure you are is a whole number from 0 to 100, "
                f"but got {self.confidence!r}. Give such a number or leave it out."
            )

    @property
    def key(self) -> tuple[int, int, str]:
        """What makes two tags the same: their words and their label."""
        return self.start, self.end, self.label

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


def reading_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans from the top of the text down; of two that start together, the longer first.

    Examples
    --------
    >>> [span.label for span in reading_order([Span(5, 9, "hedge"), Span(0, 4, "booster")])]
    ['booster', 'hedge']
    """
    return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.label, span.id)))


def check_quote(span: Span, text: str) -> None:
    """Refuse a span whose quote is not what the text has there.

    Raises
    ------
    FramingkitError
        If ``text[span.start:span.end]`` is not ``span.quote``.

    Examples
    --------
    >>> check_quote(Span(0, 2, "place_actor", "US"), "US rolls out red carpet")
    """
    words = text[span.start : span.end]
    if words != span.quote:
        raise FramingkitError(
            f"The span {span.start}:{span.end} was made on the words {_short(span.quote)}, "
            f"but the text has {_short(words)} there. Use the text it was made on."
        )


def check_seen(span: Span) -> None:
    r"""Refuse a span on characters that cannot be seen, such as a soft hyphen.

    Raises
    ------
    FramingkitError
        If nothing of its quote can be seen.

    Examples
    --------
    >>> check_seen(Span(0, 2, "place_actor", "\u00ad\u200b"))
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: There is nothing to see in what was tagged. Tag some words.
    """
    if is_unseen(span.quote):
        raise FramingkitError("There is nothing to see in what was tagged. Tag some words.")


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _short(words: str, limit: int = 60) -> str:
    return repr(words if len(words) <= limit else words[: limit - 1] + "…")
