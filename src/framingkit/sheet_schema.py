"""The published form of an answer sheet, as JSON Schema (draft 7).

``data/schemas/answer-sheet.json`` is this same schema for programs in other languages.
"""

from functools import cache
from typing import Any

FORMAT = "framingkit answer sheet"
SCHEMA_VERSION = 1

_NAME = {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._@-]{0,119}$"}
_HASH = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_OFFSET = {"type": "integer", "minimum": 0}
_SPAN = {
    "type": "object",
    "required": ["id", "start", "end", "label", "quote"],
    "additionalProperties": False,
    "properties": {
        "id": _NAME,
        "start": _OFFSET,
        "end": _OFFSET,
        "label": {"type": "string", "minLength": 1, "maxLength": 120},
        "quote": {"type": "string", "maxLength": 20000},
        "note": {"type": "string", "maxLength": 4000},
        "confidence": {"type": "integer", "minimum": 0, "maximum": 100},
    },
}
_DOCUMENT = {
    "type": "object",
    "required": ["id", "sha256", "codebook", "codebook_sha256", "spans"],
    "additionalProperties": False,
    "properties": {
        "id": _NAME,
        "sha256": _HASH,
        "codebook": _NAME,
        "codebook_sha256": _HASH,
        "spans": {"type": "array", "maxItems": 5000, "items": _SPAN},
    },
}
_RESPONSE = {
    "type": "object",
    "required": ["item", "response"],
    "additionalProperties": False,
    "properties": {
        "item": _NAME,
        "response": {"type": "object"},
        "at": {"type": "string", "maxLength": 40},
    },
}
ANSWER_SHEET: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "title": "framingkit answer sheet",
    "description": "What one learner tagged and answered. Offsets count Unicode code points.",
    "type": "object",
    "required": ["format", "schema", "coder", "documents", "responses"],
    "additionalProperties": False,
    "properties": {
        "format": {"const": FORMAT},
        "schema": {"const": SCHEMA_VERSION},
        "coder": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,63}$"},
        "made_with": {"type": "string", "maxLength": 40},
        "operations": _OFFSET,
        "documents": {"type": "array", "maxItems": 200, "items": _DOCUMENT},
        "responses": {"type": "array", "maxItems": 2000, "items": _RESPONSE},
    },
}


@cache
def _validator() -> Any:
    """Compile the schema once, and only when a sheet is checked: it costs some 30 ms."""
    import fastjsonschema

    return fastjsonschema.compile(ANSWER_SHEET)


def problem(sheet: Any) -> str:
    """Say where and how a sheet does not follow the schema; empty if it does.

    Examples
    --------
    >>> problem({"format": "framingkit answer sheet"}).startswith("data must contain")
    True
    """
    import fastjsonschema

    try:
        _validator()(sheet)
    except fastjsonschema.JsonSchemaValueException as error:
        return str(error.message)[:300]
    return ""
