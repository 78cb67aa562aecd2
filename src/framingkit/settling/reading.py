"""One reading out of several: what all tagged alike, and what was decided about the rest.

The result is a reference reading, to be used like the one that comes with the kit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from framingkit.course import NearMiss, Reference, ReferenceSpan, Span
from framingkit.errors import FramingkitError
from framingkit.settling.agenda import Agenda
from framingkit.settling.contested import Decision, Kept, Stretch
from framingkit.settling.decisions import Response, decision_of

OURS = "a"
"""The ids of entries that were settled begin so; those of the kit's own readings do not."""


def settled_reading(
    agenda: Agenda,
    responses: Mapping[str, Response],
    coder: str,
    elsewhere: Reference | None = None,
) -> Reference:
    """Make the reading of what is settled so far.

    What everybody tagged alike, and a variant that alone was kept, become clear entries. Several
    variants kept become debatable entries that name each other. Where none was kept, each of
    them becomes a near miss.

    Parameters
    ----------
    agenda
        What was to be settled.
    responses
        The latest answers by passage key.
    coder
        What to call whoever the reading is by.
    elsewhere
        A reading that holds wherever nothing was settled. Without one, nothing is tagged there.

    Raises
    ------
    FramingkitError
        If a tag lies in no section of the text, or its code is not in the codebook.

    Examples
    --------
    >>> from framingkit import course
    >>> from framingkit.course import AnnotationSet
    >>> from framingkit.settling.agenda import make_agenda
    >>> from framingkit.settling.decisions import kept_response
    >>> sets = [
    ...     AnnotationSet("alaska-summit", "mara", (Span(13, 23, "ceremony_symbol"),)),
    ...     AnnotationSet("alaska-summit", "ben", (Span(13, 23, "loaded_word"),)),
    ... ]
    >>> agenda = make_agenda(sets, course.load_article(), course.load_codebook())
    >>> reasons = {"A": "It is a ritual object.", "B": "It praises."}
    >>> both = {"13-23": kept_response(agenda.passages[0], reasons)}
    >>> entries = settled_reading(agenda, both, "two").spans
    >>> [(entry.span.label, entry.status) for entry in entries]
    [('ceremony_symbol', 'debatable'), ('loaded_word', 'debatable')]
    """
    decided = {decision.stretch.key: decision for decision in agenda.agreed}
    for passage in agenda.contested:
        if decision := decision_of(passage, responses.get(passage.key)):
            decided[passage.key] = decision
    settled = [part for part in agenda.stretches if part.key in decided or not part.contested]
    entries, near_misses = [], []
    for stretch in settled:
        decision = decided.get(stretch.key) or _alike(stretch)
        entries += [_entry(agenda, decision, kept) for kept in decision.kept]
        near_misses += [] if decision.kept else _near_misses(agenda, decision)
    made = Reference(agenda.document.id, coder, _numbered(entries), tuple(near_misses), ())
    return made if elsewhere is None else _filled(made, elsewhere, settled)


def _alike(stretch: Stretch) -> Decision:
    """Decide what everybody tagged in the same way."""
    because = f"All {len(stretch.coders)} readers tagged it this way."
    return Decision(stretch, tuple(Kept(variant.span, because) for variant in stretch.variants))


def _entry(agenda: Agenda, decision: Decision, kept: Kept) -> ReferenceSpan:
    """Write one entry; what everybody chose is clear, though others came with it."""
    everybody = decision.stretch.coders
    common = any(
        variant.span == kept.span and variant.coders == everybody
        for variant in decision.stretch.variants
    )
    others = [] if common else [other for other in decision.kept if other != kept]
    alternative = " ".join(
        f"Also kept: {agenda.codebook.code(other.span.label).name} on "
        f"{agenda.document.quote(other.span.start, other.span.end)}, because: {other.because}"
        for other in others
    )
    return ReferenceSpan(
        _with_quote(agenda, kept.span),
        _section(agenda, kept.span),
        "debatable" if others else "clear",
        kept.because,
        alternative,
        (),
    )


def _near_misses(agenda: Agenda, decision: Decision) -> list[NearMiss]:
    return [
        NearMiss(
            _with_quote(agenda, variant.span), decision.because, _section(agenda, variant.span)
        )
        for variant in decision.stretch.variants
    ]


def _with_quote(agenda: Agenda, span: Span) -> Span:
    label = agenda.codebook.code(span.label).id
    return replace(span, label=label, quote=agenda.document.text[span.start : span.end])


def _section(agenda: Agenda, span: Span) -> str:
    for section in agenda.document.sections:
        if section.start < span.end and span.start < section.end:
            return section.id
    raise FramingkitError(
        f"A tag from {span.start} to {span.end} lies in no section of {agenda.document.id!r}. "
        "Leave it out, or use the text it was made on."
    )


def _order(entry: ReferenceSpan) -> tuple[int, int, str]:
    return entry.span.start, -entry.span.end, entry.span.label


def _numbered(entries: Sequence[ReferenceSpan]) -> tuple[ReferenceSpan, ...]:
    """Put the entries in reading order and give each an id."""
    return tuple(
        replace(entry, span=replace(entry.span, id=f"{OURS}{number:02}"))
        for number, entry in enumerate(sorted(entries, key=_order), start=1)
    )


def _filled(made: Reference, elsewhere: Reference, settled: Sequence[Stretch]) -> Reference:
    """Put another reading around what is settled."""

    def is_free(span: Span) -> bool:
        return not any(span.start < part.end and part.start < span.end for part in settled)

    spans = [entry for entry in elsewhere.spans if is_free(entry.span)]
    near_misses = [miss for miss in elsewhere.near_misses if is_free(miss.span)]
    return Reference(
        made.document_id,
        made.coder,
        tuple(sorted([*made.spans, *spans], key=_order)),
        tuple(sorted([*made.near_misses, *near_misses], key=lambda miss: miss.span.key)),
        elsewhere.section_frames,
    )
