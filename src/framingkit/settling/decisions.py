"""What was decided about each passage, as it is saved.

A decision is saved while it is still being written, so that nothing is lost. It counts once
every variant that is kept has its reason.
"""

from collections.abc import Mapping
from typing import Any

from framingkit.base import counted
from framingkit.errors import FramingkitError
from framingkit.settling.agenda import Agenda, Passage
from framingkit.settling.contested import Decision, Kept
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
    return f"{_prefix(agenda)}{passage.key}"


def _prefix(agenda: Agenda) -> str:
    return f"settle.{agenda.document.sha256[:12]}."


def responses_in(state: State, agenda: Agenda) -> dict[str, Response]:
    """Find the latest answer on each passage, by passage key."""
    latest = state.responses()
    names = {passage.key: passage_item(agenda, passage) for passage in agenda.contested}
    return {key: latest[name].response or {} for key, name in names.items() if name in latest}


def lost_words(state: State, agenda: Agenda) -> list[str]:
    """Say how many decisions do not fit the tags any more, as after a late hand-in; or nothing."""
    known = {passage_item(agenda, passage) for passage in agenda.contested}
    lost = [
        name
        for name, operation in state.responses().items()
        if name.startswith(_prefix(agenda)) and name not in known
        if (operation.response or {}).get("choice")
    ]
    if not lost:
        return []
    verb = "counts" if len(lost) == 1 else "count"
    return [f"{counted(len(lost), 'decision')} no longer {verb}: the tags there have changed."]


def kept_response(passage: Passage, reasons: Mapping[str, str]) -> dict[str, Any]:
    """Write down which variants are kept, by letter, and why."""
    kept = []
    for letter, because in reasons.items():
        span = passage.stretch.variant(letter).span
        kept.append(dict(zip(("start", "end", "label"), span.key, strict=True)))
        kept[-1]["because"] = because
    return {"choice": KEEP_SEVERAL if len(kept) > 1 else KEEP_ONE, "kept": kept, "because": ""}


def check_decision(passage: Passage, response: Response) -> None:
    """Refuse what is not a decision on this passage.

    Raises
    ------
    FramingkitError
        If a field is unknown or of the wrong kind, or a variant is kept that nobody chose.
    """
    kept = response.get("kept", [])
    fits = (
        set(response) <= _FIELDS
        and response.get("choice", "") in ("", KEEP_ONE, KEEP_SEVERAL, KEEP_NONE, LATER)
        and isinstance(kept, list)
        and all(isinstance(entry, dict) and set(entry) == _KEPT for entry in kept)
        and all(_is_reason(entry["because"]) for entry in kept)
        and _is_reason(response.get("because", ""))
    )
    if not fits:
        raise FramingkitError(
            "This is not a decision on a passage, or a reason has more than "
            f"{LONGEST_REASON:,} characters."
        )
    chosen = [variant.span.key for variant in passage.stretch.variants]
    keys = [(entry["start"], entry["end"], entry["label"]) for entry in kept]
    if any(key not in chosen or keys.count(key) > 1 for key in keys):
        raise FramingkitError(
            f"Nobody read passage {passage.number} this way, or a reading is kept twice. Run this "
            "cell again (Shift+Enter) to see the current readings."
        )


def _is_reason(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_REASON


def decision_of(passage: Passage, response: Response | None) -> Decision | None:
    """Return the decision; None while there is none, or while a reason is missing.

    A saved answer that does not fit, because the class was collected again, counts as none.
    """
    if not response:
        return None
    try:
        check_decision(passage, response)
    except FramingkitError:
        return None
    spans = {variant.span.key: variant.span for variant in passage.stretch.variants}
    kept = tuple(
        Kept(spans[entry["start"], entry["end"], entry["label"]], entry["because"])
        for entry in response.get("kept", [])
    )
    wanted = {KEEP_ONE: len(kept) == 1, KEEP_SEVERAL: len(kept) > 1, KEEP_NONE: not kept}
    reasons = [variant.because for variant in kept] or [response.get("because", "")]
    if not wanted.get(response.get("choice", "")) or not all(map(str.strip, reasons)):
        return None
    return Decision(passage.stretch, kept, "" if kept else reasons[0])


def state_of(passage: Passage, response: Response | None) -> str:
    """Tell how far a passage is: one of "open", "later", "unfinished" and "settled"."""
    choice = (response or {}).get("choice", "")
    if decision_of(passage, response):
        return SETTLED
    return LATER if choice == LATER else UNFINISHED if choice else OPEN
