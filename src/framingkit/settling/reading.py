"""One reading out of several: what all tagged alike, and what was decided about the rest.

The result is a reference reading, to be used like the one that comes with the kit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from framingkit.course import (
    AnnotationSet,
    Codebook,
    Document,
    NearMiss,
    Reference,
    ReferenceSpan,
    Span,
)
from framingkit.errors import FramingkitError
from framingkit.settling.contested import Decision, Kept, Reading, Stretch, stretches

OURS = "a"
"""The ids of entries that were settled begin so; those of the kit's own readings do not."""


def adjudicate(
    annotation_sets: Sequence[AnnotationSet],
    decisions: Sequence[Decision],
    document: Document,
    codebook: Codebook,
    coder: str = "adjudicated",
) -> Reference:
    """Make a reference reading of what several people tagged and what was decided.

    What everybody tagged alike, and a reading that alone was kept, become clear entries. Several
    readings kept become debatable entries that name each other. Where none was kept, each of
    them becomes a near miss.

    Parameters
    ----------
    annotation_sets
        The sets that were compared.
    decisions
        One for each contested stretch.
    document, codebook
        The text and the codes.
    coder
        Whose reading the result is called.

    Raises
    ------
    FramingkitError
        If the sets are on another text, a contested stretch has no decision, or a decision fits
        no stretch.

    Examples
    --------
    >>> from framingkit import course
    >>> from framingkit.settling import decide
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),)),
    ... ]
    >>> both = decide(stretches(sets)[0], {"A": "It is a ritual object.", "B": "It praises."})
    >>> settled = adjudicate(sets, [both], course.load_article(), course.load_codebook())
    >>> [(one.span.label, one.status) for one in settled.spans]
    [('ceremony_symbol', 'debatable'), ('loaded_word', 'debatable')]
    """
    if annotation_sets and annotation_sets[0].document_id != document.id:
        raise FramingkitError(
            f"The tags were made on {annotation_sets[0].document_id!r}, but the article is "
            f"{document.id!r}. Load the article they were made on."
        )
    found = stretches(annotation_sets)
    decided = _by_stretch(found, decisions, document)
    maker = _Maker(document, codebook)
    entries = [entry for one in found for entry in maker.entries(one, decided.get(one))]
    near_misses = [miss for one in found for miss in maker.near_misses(one, decided.get(one))]
    return Reference(document.id, coder, _numbered(entries), tuple(near_misses), ())


def _by_stretch(
    found: Sequence[Stretch], decisions: Sequence[Decision], document: Document
) -> dict[Stretch, Decision]:
    """Find the stretch of each decision; every contested stretch needs exactly one."""
    open_ones = {(one.start, one.end): one for one in found if one.contested}
    decided = {}
    for decision in decisions:
        stretch = open_ones.pop((decision.start, decision.end), None)
        if stretch is None or not all(_reading(stretch, kept) for kept in decision.kept):
            raise FramingkitError(
                f"The decision on {decision.start}:{decision.end} fits no contested stretch, keeps "
                "a reading that nobody had, or is the second one there. Decide each stretch once, "
                "on the sets that are given here."
            )
        decided[stretch] = decision
    if open_ones:
        start, end = min(open_ones)
        raise FramingkitError(
            f"Stretches without a decision: {len(open_ones)}. The first is "
            f"{document.quote(start, end)} at {start}:{end}. Decide each of them."
        )
    return decided


def _reading(stretch: Stretch, kept: Kept) -> Reading | None:
    """Find the reading that is kept."""
    wanted = (kept.start, kept.end, kept.label)
    same = (one for one in stretch.readings if (one.start, one.end, one.label) == wanted)
    return next(same, None)


@dataclass(frozen=True, slots=True)
class _Maker:
    """Writes entries in the words of one document and one codebook."""

    document: Document
    codebook: Codebook

    def entries(self, stretch: Stretch, decision: Decision | None) -> list[ReferenceSpan]:
        """Give the entries of one stretch; without a decision everybody tagged it alike."""
        because = f"All {len(stretch.coders)} readers tagged it so."
        if decision is None:
            return [self._entry(Kept(one.start, one.end, one.label, because), ())
                    for one in stretch.readings]  # fmt: skip
        common = {one for one in decision.kept if self._is_common(stretch, one)}
        return [
            self._entry(one, () if one in common else tuple(k for k in decision.kept if k != one))
            for one in decision.kept
        ]

    def _is_common(self, stretch: Stretch, kept: Kept) -> bool:
        """Tell whether a reading was everybody's, though others came with it."""
        reading = _reading(stretch, kept)
        return reading is not None and len(reading.coders) == len(stretch.coders)

    def _entry(self, kept: Kept, others: tuple[Kept, ...]) -> ReferenceSpan:
        alternative = " ".join(
            f"Also kept: {self.codebook.code(one.label).name} on "
            f"{self.document.quote(one.start, one.end)}, because: {one.because}"
            for one in others
        )
        quote = self.document.text[kept.start : kept.end]
        return ReferenceSpan(
            Span(kept.start, kept.end, self.codebook.code(kept.label).id, quote),
            self._section(kept.start),
            "debatable" if others else "clear",
            kept.because,
            alternative,
            (),
        )

    def near_misses(self, stretch: Stretch, decision: Decision | None) -> list[NearMiss]:
        """Give one near miss for each reading of a stretch where none was kept."""
        if decision is None or decision.kept:
            return []
        return [
            NearMiss(
                Span(
                    one.start,
                    one.end,
                    self.codebook.code(one.label).id,
                    self.document.text[one.start : one.end],
                ),
                decision.because,
                self._section(one.start),
            )
            for one in stretch.readings
        ]

    def _section(self, start: int) -> str:
        for section in self.document.sections:
            if section.start <= start < section.end:
                return section.id
        raise FramingkitError(
            f"A tag begins at {start}, which lies in no section of {self.document.id!r}. "
            "Leave it out, or use the text it was made on."
        )


def _numbered(entries: Sequence[ReferenceSpan]) -> tuple[ReferenceSpan, ...]:
    """Put the entries in reading order and give each an id."""
    ordered = sorted(entries, key=lambda one: (one.span.start, -one.span.end, one.span.label))
    return tuple(
        replace(entry, span=replace(entry.span, id=f"{OURS}{number:02}"))
        for number, entry in enumerate(ordered, start=1)
    )
