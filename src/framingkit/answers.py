"""The answer sheet: everything one learner tagged and answered, as one plain JSON object.

The work log keeps every act; the sheet is what they add up to, and what is handed in. It
carries no scores and no names, only the learner's code name.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framingkit.errors import FramingkitError
from framingkit.operations import State, span_to_json
from framingkit.sheet_schema import FORMAT, SCHEMA_VERSION, problem

CODE_NAME_ITEM = "code-name"
"""The item whose answer is the name under which a learner hands in."""

_RESERVED = {"con", "prn", "aux", "nul"} | {f"{p}{n}" for p in ("com", "lpt") for n in range(10)}


@dataclass(frozen=True, slots=True)
class TextVersion:
    """Which text was tagged, with which codebook: names and sha256 hashes of both."""

    id: str
    sha256: str
    codebook: str
    codebook_sha256: str

    @property
    def key(self) -> str:
        """The name that operations use: a changed text gets another one.

        Examples
        --------
        >>> TextVersion("alaska-summit", "614ee04e9591ed90", "diplomatic-framing", "").key
        'alaska-summit@614ee04e9591'
        """
        return f"{self.id}@{self.sha256[:12]}"


def is_code_name(name: str) -> bool:
    """Tell whether a name can be a file name everywhere, as it is."""
    return bool(re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name)) and name not in _RESERVED


def check_code_name(name: str) -> str:
    """Return a code name that is safe as a file name everywhere, or say what is wrong.

    Raises
    ------
    FramingkitError
        If it is not 1 to 64 small letters, digits, hyphens and underscores.

    Examples
    --------
    >>> check_code_name(" Amber-Heron-417 ")
    'amber-heron-417'
    """
    cleaned = name.strip().lower().replace(" ", "-")
    if not is_code_name(cleaned):
        raise FramingkitError(
            "A code name has 1 to 64 letters from a to z, digits, hyphens and underscores, "
            f"for example amber-heron-417. This one cannot be used: {name!r:.80}."
        )
    return cleaned


def answer_sheet(
    coder: str, state: State, texts: Mapping[str, TextVersion], made_with: str
) -> dict[str, Any]:
    """Build the answer sheet from what the operations add up to.

    Parameters
    ----------
    coder
        The learner's code name; the answer to the item ``code-name`` goes before it.
    state
        All operations so far.
    texts
        The versions of the texts that were tagged, by key.
    made_with
        Version of framingkit.

    Returns
    -------
    dict
        Plain data, in the same order for the same answers.
    """
    responses = state.responses()
    chosen = responses.pop(CODE_NAME_ITEM, None)
    if chosen is not None and chosen.response:
        coder = check_code_name(str(chosen.response.get("text", coder)))
    return {
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "coder": coder,
        "made_with": made_with,
        "operations": len(state.seen),
        "documents": [_document(state, texts[key]) for key in sorted(texts)],
        "responses": [
            {"item": item, "response": answer.response, "at": answer.at}
            for item, answer in responses.items()
        ],
    }


def _document(state: State, text: TextVersion) -> dict[str, Any]:
    spans = [
        {"id": tag.target} | span_to_json(tag.span)
        for tag in state.tags(text.key)
        if tag.span is not None
    ]
    return {
        "id": text.id,
        "sha256": text.sha256,
        "codebook": text.codebook,
        "codebook_sha256": text.codebook_sha256,
        "spans": spans,
    }


def sheet_to_bytes(sheet: dict[str, Any]) -> bytes:
    """Write a sheet as a UTF-8 JSON file, the same bytes for the same answers."""
    return (json.dumps(sheet, ensure_ascii=False, indent=1) + "\n").encode()


def check_sheet(sheet: Any, name: str) -> dict[str, Any]:
    """Check a sheet that anybody may have written against the published schema.

    Raises
    ------
    FramingkitError
        If it is another kind of file, comes from a newer framingkit, or does not follow
        the schema; the sentence names the file and the place.
    """
    if not isinstance(sheet, dict) or sheet.get("format") != FORMAT:
        raise FramingkitError(
            f"“{name}” is not an answer sheet. Hand in the file that ends in .answers.json, "
            "which the button “Download my answers” gives you."
        )
    schema = sheet.get("schema")
    if type(schema) is int and schema > SCHEMA_VERSION:
        raise FramingkitError(
            f"“{name}” was made with a newer framingkit (sheet version {schema}; this kit "
            f"reads up to {SCHEMA_VERSION}). Update framingkit, then try again."
        )
    found = problem(sheet)
    if found:
        raise FramingkitError(f"“{name}” is damaged: {found}.")
    return sheet
