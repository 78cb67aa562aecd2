"""The form in which a teacher looks at their own tags, and makes a reference reading of them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from framingkit.authoring import draft_reading, reading_path, write_reading
from framingkit.base import counted
from framingkit.course import NearMiss, Reference, ReferenceSpan, load_codebook, working_on
from framingkit.errors import FramingkitError

Part = dict[str, Any]
_STATUSES = [["clear", "clear"], ["debatable", "debatable"], ["near miss", "near miss"],
             ["leave out", "leave out"]]  # fmt: skip
_ABOUT = (
    "Take your tags from the lesson. Then say of each whether a second careful reader should find "
    "it by the rule alone (clear), or has good reasons to read it otherwise (debatable). A near "
    "miss looks like a device and is none."
)


class ReadingForm:
    """The tags that were taken, as a reading that is not saved yet."""

    def __init__(self) -> None:
        self.reading: Reference | None = None
        self.names: dict[str, str] = {}

    def parts(self) -> list[Part]:
        """Give the page: a group of three fields for each tag."""
        take = {"kind": "button", "act": "take", "text": "Take my tags", "main": not self.reading}
        parts: list[Part] = [
            {"kind": "words", "text": _ABOUT}, {"kind": "row", "parts": [take]}
        ]  # fmt: skip
        if self.reading is None:
            return parts
        save = {"kind": "button", "act": "save", "text": "Save the reading", "main": True}
        groups = [self._group(number, row) for number, row in enumerate(self._rows())]
        return [*parts, *groups, {"kind": "row", "parts": [save]}]

    def _rows(self) -> list[ReferenceSpan | NearMiss]:
        return [*self.reading.spans, *self.reading.near_misses] if self.reading else []

    def _group(self, number: int, row: ReferenceSpan | NearMiss) -> Part:
        is_entry = isinstance(row, ReferenceSpan)
        status = row.status if isinstance(row, ReferenceSpan) else "near miss"
        reason = row.rationale if isinstance(row, ReferenceSpan) else row.why
        other = row.alternative if isinstance(row, ReferenceSpan) else ""
        name = self.names.get(row.span.label, row.span.label)
        return {"kind": "group", "text": f"{number + 1}. “{row.span.quote}”: {name}", "parts": [
            {"kind": "menu", "name": f"status-{number}", "text": "How sure", "value": status,
             "options": _STATUSES},
            {"kind": "area", "name": f"reason-{number}", "text": "The reason, by the rule",
             "value": reason, "rows": 2},
            {"kind": "area", "name": f"other-{number}", "text": "The other good reading",
             "value": other if is_entry else "", "rows": 2},
        ]}  # fmt: skip

    def take(self, course: Path, article: str) -> list[str]:
        """Take the tags that were made in the lesson; what was decided before is kept."""
        self.reading, coder = draft_reading(course, article)
        with working_on(course):
            self.names = {code.id: code.name for code in load_codebook().devices}
        count = len(self.reading.spans) + len(self.reading.near_misses)
        return [
            f"Taken from “{coder}”: {counted(count, 'tag')}. Nothing is saved before you press "
            "“Save the reading”."
        ]

    def save(self, course: Path, article: str, values: dict[str, Any]) -> list[str]:
        """Write the reading as the form has it."""
        if self.reading is None:
            raise FramingkitError("Take your tags first.")
        entries, misses = [], []
        for number, row in enumerate(self._rows()):
            status = values.get(f"status-{number}")
            reason = str(values.get(f"reason-{number}") or "").strip()
            other = str(values.get(f"other-{number}") or "").strip()
            if status == "near miss":
                misses.append(NearMiss(replace(row.span, id=""), reason or "It does not meet the "
                                       "rule.", row.section))  # fmt: skip
            elif status in ("clear", "debatable"):
                entries.append(_entry(number, row, str(status), reason, other))
        made = replace(self.reading, spans=tuple(entries), near_misses=tuple(misses))
        said = write_reading(course, made).sentences
        self.reading = made
        return [*said, f"It is in {reading_path(course, article).relative_to(course.parent)}."]


def _entry(
    number: int, row: ReferenceSpan | NearMiss, status: str, reason: str, other: str
) -> ReferenceSpan:
    """Make an entry of what the form says.

    Raises
    ------
    FramingkitError
        If it is debatable and has no other reading, or has no reason.
    """
    if not reason:
        raise FramingkitError(f"“{row.span.quote}” has no reason yet. Say which rule it meets.")
    if status == "debatable" and not other:
        raise FramingkitError(
            f"“{row.span.quote}” is debatable: write what the other good reading is."
        )
    span = replace(row.span, id=row.span.id or f"n{number:02}")
    accepts = row.accepts if isinstance(row, ReferenceSpan) else ()
    alternative = other if status == "debatable" else ""
    return ReferenceSpan(span, row.section, status, reason, alternative, accepts)
