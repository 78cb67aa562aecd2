"""Two teachers read one text: where they differ, an entry is debatable, and says how.

Nobody's reading is better. What only one of them tagged becomes an entry as well, so that a learner
who shares either reading is never counted wrong.
"""

from collections.abc import Sequence
from dataclasses import replace

from framingkit.course import Codebook, Reference, ReferenceSpan

_LEFT = "Another careful reader left these words untagged."


def joined(first: Reference, second: Reference, codebook: Codebook) -> Reference:
    """Put the readings of two people together.

    Parameters
    ----------
    first, second
        What `make_reference` made of the tags of each. Near misses and frames are those of the
        first; where the second has a near miss, it says why these words may be left untagged.
    codebook
        Its codes are named in what is written.

    Examples
    --------
    >>> from framingkit.course import Span, load_codebook
    >>> span = Span(13, 23, "ceremony_symbol", "red carpet")
    >>> entry = ReferenceSpan(span, "headline", "clear", "To be seen.")
    >>> mine = Reference("alaska-summit", "reference", (entry,), (), ())
    >>> joined(mine, mine, load_codebook()).spans[0].status
    'clear'
    >>> alone = joined(mine, Reference("alaska-summit", "b", (), (), ()), load_codebook())
    >>> alone.spans[0].status, alone.spans[0].alternative
    ('debatable', 'Another careful reader left these words untagged.')
    """
    entries = [_compared(entry, second, codebook) for entry in first.spans]
    more = [
        replace(entry, status="debatable", alternative=entry.alternative or _LEFT,
                span=replace(entry.span, id=f"s{number:02}"))
        for number, entry in enumerate(second.spans, start=1)
        if not any(entry.span.overlaps(mine.span) for mine in first.spans)
    ]  # fmt: skip
    return replace(first, spans=tuple(sorted([*entries, *more], key=lambda one: one.span.key)))


def _compared(entry: ReferenceSpan, other: Reference, codebook: Codebook) -> ReferenceSpan:
    """Give an entry as it is after a look at the other reading."""
    over = [one for one in other.spans if one.span.overlaps(entry.span)]
    same = [one for one in over if one.span.label == entry.span.label]
    if same:
        if entry.status == "debatable" or same[0].status == "clear":
            return entry
        return replace(entry, status="debatable", alternative=same[0].alternative)
    if over:
        labels = tuple(dict.fromkeys([*entry.accepts, *(one.span.label for one in over)]))
        named = _named([one.span.label for one in over], codebook)
        said = f"Another careful reader tagged them as {named}: {over[0].rationale}"
        return _debatable(replace(entry, accepts=labels), said)
    misses = [one for one in other.near_misses if one.span.overlaps(entry.span)]
    return _debatable(entry, misses[0].why if misses else _LEFT)


def _debatable(entry: ReferenceSpan, alternative: str) -> ReferenceSpan:
    said = entry.alternative or alternative
    return replace(entry, status="debatable", alternative=said)


def _named(labels: Sequence[str], codebook: Codebook) -> str:
    names = [codebook.code(label).name for label in dict.fromkeys(labels)]
    return " and ".join(name[0].lower() + name[1:] for name in names)
