"""Checks a learner's tags against the texts and codebooks that this kit has.

A tag on a text of the kit has to quote the words that stand there. Tags on other texts, or on
other versions, are only checked for what holds everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from framingkit.answers import TextVersion
from framingkit.visible import shown

FARTHEST = 2**40
"""No offset and no count is larger: beyond, numbers no longer fit into an array."""


@dataclass(frozen=True, slots=True)
class KnownTexts:
    """What this kit can check tags against: texts and labels, by id and sha256."""

    texts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def knows(self, version: TextVersion) -> bool:
        """Tell whether the kit has this very text and this very codebook."""
        codebook = (version.codebook, version.codebook_sha256)
        return (version.id, version.sha256) in self.texts and codebook in self.labels


def columns(
    spans: list[dict[str, Any]], version: TextVersion, known: KnownTexts
) -> tuple[dict[str, list[Any]], list[tuple[int, str]]]:
    """Put the good tags of one text into columns, in reading order; the same tag counts once.

    Returns
    -------
    tuple of dict and list
        The columns, and the place and the reason for each tag that was left out.
    """
    text = known.texts.get((version.id, version.sha256))
    labels = known.labels.get((version.codebook, version.codebook_sha256))
    kept: dict[tuple[int, int, str], dict[str, Any]] = {}
    wrong = []
    for place, span in enumerate(spans):
        reason = _wrong(span, text, labels)
        key = (span["start"], -span["end"], span["label"])
        if reason:
            wrong.append((place, reason))
        elif key not in kept or not kept[key].get("note"):
            kept[key] = span
    ordered = [kept[key] for key in sorted(kept)]
    found = {name: [span[name] for span in ordered] for name in ("start", "end", "label")}
    if not known.knows(version):
        found["quote"] = [span["quote"] for span in ordered]
    if any(span.get("note") for span in ordered):
        found["note"] = [span.get("note", "") for span in ordered]
    if any("confidence" in span for span in ordered):
        found["confidence"] = [span.get("confidence") for span in ordered]
    return found, wrong


def _wrong(span: dict[str, Any], text: str | None, labels: frozenset[str] | None) -> str:
    """Say why one tag cannot be counted; an empty text if it can."""
    start, end, quote, sure = span["start"], span["end"], span["quote"], span.get("confidence")
    # JSON Schema calls 3.0 an integer; Python cannot cut a text with it.
    if not (type(start) is int and type(end) is int and (sure is None or type(sure) is int)):
        return "a number is not written as a whole number"
    if not 0 <= start < end <= (FARTHEST if text is None else len(text)):
        return f"{shown(str(start), 20)} to {shown(str(end), 20)} is no place in the text"
    if quote != text[start:end] if text is not None else len(quote) != end - start:
        return f"the words {shown(quote, 40)!r} do not stand at {start} to {end}"
    if labels is not None and span["label"] not in labels:
        return f"the codebook has no code {shown(span['label'], 40)!r}"
    return ""
