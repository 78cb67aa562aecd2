"""Write a reference reading as TOML, so that ``annotations.parse_reference`` reads it back."""

import json

from framingkit.annotations import NearMiss, Reference, ReferenceSpan, SectionFrames

_Value = str | int | tuple[str, ...]


def reference_to_toml(reference: Reference) -> str:
    """Write a reference reading, the same text for the same reading.

    Examples
    --------
    >>> print(reference_to_toml(Reference("alaska-summit", "two markers", (), (), ())), end="")
    document = "alaska-summit"
    coder = "two markers"
    """
    tables = [
        _table("", {"document": reference.document_id, "coder": reference.coder}),
        *(_table("[[spans]]", _span(one)) for one in reference.spans),
        *(_table("[[near_misses]]", _near_miss(one)) for one in reference.near_misses),
        *(_table("[[section_frames]]", _frames(one)) for one in reference.section_frames),
    ]
    return "\n".join(tables)


def _span(one: ReferenceSpan) -> dict[str, _Value]:
    return {
        "id": one.span.id,
        "section": one.section,
        "start": one.span.start,
        "end": one.span.end,
        "quote": one.span.quote,
        "label": one.span.label,
        "status": one.status,
        "rationale": one.rationale,
        "alternative": one.alternative,
        "accepts": one.accepts,
    }


def _near_miss(one: NearMiss) -> dict[str, _Value]:
    return {
        "section": one.section,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "not_label": one.not_label,
        "why": one.why,
    }


def _frames(one: SectionFrames) -> dict[str, _Value]:
    names = SectionFrames.__dataclass_fields__
    return {name: getattr(one, name) for name in names}


def _table(head: str, fields: dict[str, _Value]) -> str:
    """Write one table; what is empty is left out, as it is the same when it is read."""
    lines = [f"{name} = {_value(value)}" for name, value in fields.items() if value not in ("", ())]
    return "\n".join([*([head] if head else []), *lines, ""])


def _value(value: _Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_value(one) for one in value)}]"
    # JSON writes numbers and texts as TOML does, but for one control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
