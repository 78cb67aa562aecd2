"""The labels on offer, each with a definition and a rule for deciding.

A *device* is a wording that a coder tags on a few words; a *frame* is the reading that
the devices of a whole section support. A code without a decision rule is refused,
because nobody could say why it was or was not given.
"""

import hashlib
import re
from dataclasses import dataclass

from framingkit.base import TomlTable, parse_toml, refuse_twins
from framingkit.errors import FramingkitError

_FIELDS = (
    "id", "name", "chip", "tier", "definition", "decision_rule", "example",
    "near_miss", "near_miss_why", "sources", "indicators",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the codebook; ``kind`` is "device" or "frame"."""

    id: str
    name: str
    chip: str
    kind: str
    tier: str
    definition: str
    decision_rule: str
    example: str
    near_miss: str
    near_miss_why: str
    sources: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """All codes, with a version and the fingerprint of the file they came from."""

    id: str
    title: str
    version: str
    sha256: str
    devices: tuple[Code, ...]
    frames: tuple[Code, ...]

    @property
    def codes(self) -> tuple[Code, ...]:
        """Devices first, then frames."""
        return self.devices + self.frames

    @property
    def core(self) -> tuple[Code, ...]:
        """The devices for a first lesson."""
        return tuple(code for code in self.devices if code.tier == "core")

    def code(self, code_id: str) -> Code:
        """Return a code by its id; an unknown id raises FramingkitError with the choices."""
        for code in self.codes:
            if code.id == code_id:
                return code
        raise FramingkitError(
            f"The codebook {self.id!r} has no code {code_id!r}. "
            f"Choose one of: {', '.join(repr(code.id) for code in self.codes)}."
        )


def parse_codebook(toml_text: str) -> Codebook:
    """Read a codebook.

    Raises
    ------
    FramingkitError
        If a code lacks a decision rule or another field, or two codes share an id or a chip.

    Examples
    --------
    >>> parse_codebook('id = "framing"')
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: In the codebook the field 'title' is missing. Add it.
    """
    table = parse_toml(toml_text, "the codebook")
    table.only(("id", "title", "version", "devices", "frames"))
    codebook = Codebook(
        id=table.text("id"),
        title=table.text("title"),
        version=table.text("version"),
        sha256=hashlib.sha256(toml_text.encode("utf-8")).hexdigest(),
        devices=tuple(_device(one) for one in table.tables("devices", "device")),
        frames=tuple(_frame(one) for one in table.tables("frames", "frame")),
    )
    if not codebook.devices:
        raise FramingkitError(
            f"The codebook {codebook.id!r} has no devices. Add at least one, as [[devices]]."
        )
    refuse_twins([code.id for code in codebook.codes], "the codebook")
    refuse_twins([code.chip for code in codebook.codes], "the chips of the codebook")
    return codebook


def _device(table: TomlTable) -> Code:
    table.only(_FIELDS)
    tier = table.one_of("tier", ("core", "extension"))
    return _code(table, "device", tier, example=table.text("example"))


def _frame(table: TomlTable) -> Code:
    table.only(_FIELDS)
    if not table.texts("indicators"):
        raise FramingkitError(f"In {table.what} there are no indicators. Add questions to ask.")
    return _code(table, "frame", "", example=table.text("example", ""))


def _code(table: TomlTable, kind: str, tier: str, example: str) -> Code:
    chip = table.text("chip")
    if not re.fullmatch("[A-Z]{2}", chip):
        raise FramingkitError(
            f"In {table.what} the chip is {chip!r}. A chip is two capital letters, such as 'GM'."
        )
    return Code(
        id=table.text("id"),
        name=table.text("name"),
        chip=chip,
        kind=kind,
        tier=tier,
        definition=table.text("definition"),
        decision_rule=table.text("decision_rule"),
        example=example,
        near_miss=table.text("near_miss", ""),
        near_miss_why=table.text("near_miss_why", ""),
        sources=table.texts("sources"),
        indicators=table.texts("indicators"),
    )
