"""What was decided about each passage, as it is saved, and the reading that comes out of it.

A decision is saved while it is still being written, so that nothing is lost. It counts once
every reading that is kept has its reason.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from framingkit.course import Reference, ReferenceSpan, Span
from framingkit.errors import FramingkitError
from framingkit.settling.agenda import Agenda, Passage
from framingkit.settling.contested import Decision, Kept, Reading, stretches
from framingkit.settling.reading import adjudicate
from framingkit.work import State

KEEP_ONE, KEEP_SEVERAL, KEEP_NONE, LATER = "one", "several", "none", "later"

OPEN, UNFINISHED, SETTLED = "open", "unfinished", "settled"

LONGEST_REASON = 2000
"""Characters of a reason."""

Response = Mapping[str, Any]
OPEN_AGAIN: Response = {"choice": "", "kept": [], "because": ""}
_FIELDS = {"choice", "kept", "because"}
_KEPT = {"start", "end", "label", "because"}


def passage_item(agenda: Agenda, passage: Passage) -> str:
    """Name a passage in the log; a changed text gets other names."""
    return f"settle.{agenda.document.sha256[:12]}.{passage.key}"


def responses_in(state: State, agenda: Agenda) -> dict[str, Response]:
    """Find the latest answer on each passage, by passage key."""
    latest = state.responses()
    names = {one.key: passage_item(agenda, one) for one in (*agenda.passages, *agenda.others)}
    return {key: latest[name].response or {} for key, name in names.items() if name in latest}


def lost_decisions(state: State, agenda: Agenda) -> int:
    """Count decisions on passages that are not contested any more, or begin or end elsewhere."""
    known = {passage_item(agenda, one) for one in (*agenda.passages, *agenda.others)}
    prefix = f"settle.{agenda.document.sha256[:12]}."
    responses = state.responses().items()
    return sum(
        name.startswith(prefix) and name not in known and bool((one.response or {}).get("choice"))
        for name, one in responses
    )


def kept_response(passage: Passage, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Write down which readings are kept, by letter, and why."""
    kept = [_plain(passage.stretch.reading(letter), why) for letter, why in reasons.items()]
    return {"choice": KEEP_SEVERAL if len(kept) > 1 else KEEP_ONE, "kept": kept, "because": ""}


def _plain(one: Reading, because: str) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "label": one.label, "because": because}


def check_decision(passage: Passage, response: Response) -> None:
    """Refuse what is no decision on this passage.

    Raises
    ------
    FramingkitError
        If a field is unknown or of the wrong kind, or a reading is kept that nobody had.
    """
    kept = response.get("kept", [])
    readings = [(one.start, one.end, one.label) for one in passage.stretch.readings]
    fits = (
        set(response) <= _FIELDS
        and response.get("choice", "") in ("", KEEP_ONE, KEEP_SEVERAL, KEEP_NONE, LATER)
        and isinstance(kept, list)
        and all(isinstance(one, dict) and set(one) == _KEPT for one in kept)
        and all(_is_reason(one["because"]) for one in kept)
        and _is_reason(response.get("because", ""))
    )
    if not fits:
        raise FramingkitError(
            "This is no decision on a passage, or a reason has more than "
            f"{LONGEST_REASON:,} characters."
        )
    tags = [(one["start"], one["end"], one["label"]) for one in kept]
    if any(tag not in readings for tag in tags) or any(tags.count(tag) > 1 for tag in tags):
        raise FramingkitError(
            f"Nobody read passage {passage.number} so, or it is kept twice. Run this cell again "
            "(Shift+Enter) to see the readings that there are."
        )


def _is_reason(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_REASON


def decision_of(passage: Passage, response: Response | None) -> Decision | None:
    """Return the decision; None while there is none, or while a reason is missing.

    A saved answer that does not fit, because the class was collected anew, counts as none.
    """
    if not response:
        return None
    try:
        check_decision(passage, response)
        kept = tuple(Kept(**one) for one in response.get("kept", []))
        wanted = {KEEP_ONE: len(kept) == 1, KEEP_SEVERAL: len(kept) > 1, KEEP_NONE: not kept}
        if not wanted.get(response.get("choice", "")):
            return None
        because = response.get("because", "") if not kept else ""
        return Decision(passage.stretch.start, passage.stretch.end, kept, because)
    except FramingkitError:
        return None


def state_of(passage: Passage, response: Response | None) -> str:
    """Tell how far a passage is: one of "open", "later", "unfinished" and "settled"."""
    choice = (response or {}).get("choice", "")
    if decision_of(passage, response):
        return SETTLED
    return LATER if choice == LATER else UNFINISHED if choice else OPEN


def settled_reading(
    agenda: Agenda,
    responses: Mapping[str, Response],
    coder: str,
    elsewhere: Reference | None = None,
) -> Reference:
    """Make the reading of what is settled so far.

    Parameters
    ----------
    agenda
        What was to settle.
    responses
        The latest answers by passage key.
    coder
        Whose reading it is called.
    elsewhere
        A reading that holds wherever nothing was settled. Without one, nothing is tagged there.
    """
    decided = [
        *agenda.agreed,
        *(
            found
            for one in (*agenda.passages, *agenda.others)
            if (found := decision_of(one, responses.get(one.key)))
        ),
    ]
    places = _places(agenda, decided)
    sets = [
        replace(one, spans=tuple(tag for tag in one.spans if _is_inside(tag, places)))
        for one in agenda.sets
    ]
    made = adjudicate(sets, decided, agenda.document, agenda.codebook, coder)
    return made if elsewhere is None else _filled(made, elsewhere, places)


def _places(agenda: Agenda, decided: Sequence[Decision]) -> set[tuple[int, int]]:
    """Tell where something is settled: by a decision, or because everybody tagged it alike."""
    alike = {(one.start, one.end) for one in stretches(agenda.sets) if not one.contested}
    return alike | {(one.start, one.end) for one in decided}


def _is_inside(tag: Span, places: Collection[tuple[int, int]]) -> bool:
    return any(start <= tag.start and tag.end <= end for start, end in places)


def _filled(
    made: Reference, elsewhere: Reference, places: Collection[tuple[int, int]]
) -> Reference:
    """Put another reading around what is settled."""

    def is_free(start: int, end: int) -> bool:
        return not any(start < high and low < end for low, high in places)

    spans = [one for one in elsewhere.spans if is_free(one.span.start, one.span.end)]
    near_misses = [one for one in elsewhere.near_misses if is_free(one.span.start, one.span.end)]
    return Reference(
        made.document_id,
        made.coder,
        tuple(sorted([*made.spans, *spans], key=_order)),
        tuple(sorted([*made.near_misses, *near_misses], key=lambda one: one.span.key)),
        elsewhere.section_frames,
    )


def _order(one: ReferenceSpan) -> tuple[int, int, str]:
    return one.span.start, -one.span.end, one.span.label
