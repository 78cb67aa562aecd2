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

_NO_RULE = re.compile(r"^(short|cues) = .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Code:
    """One entry of the codebook; ``kind`` is "device" or "frame".

    ``short`` says the decision rule in one sentence, for places where the whole would be too long.
    ``cues`` are words that often go with a device: a teacher is asked about them, and no rule names
    them. Neither adds anything, so the fingerprint of a codebook leaves them out: the tags made by
    the same rules are still found.
    """

    id: str
    name: str
    chip: str
    kind: str
    tier: str
    definition: str
    decision_rule: str
    example: str
    near_miss: str = ""
    near_miss_why: str = ""
    sources: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    short: str = ""
    cues: tuple[str, ...] = ()


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
        """The devices for a first lesson; all of them where none is marked so."""
        return tuple(code for code in self.devices if code.tier == "core") or self.devices

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
    codebook = table.read(
        Codebook,
        names={"sha256": ()},
        sha256=hashlib.sha256(_NO_RULE.sub("", toml_text).encode("utf-8")).hexdigest(),
        devices=lambda book: tuple(map(_device, book.tables("devices", "device"))),
        frames=lambda book: tuple(map(_frame, book.tables("frames", "frame"))),
    )
    if not codebook.devices:
        raise FramingkitError(
            f"The codebook {codebook.id!r} has no devices. Add at least one, as [[devices]]."
        )
    refuse_twins([code.id for code in codebook.codes], "the codebook")
    refuse_twins([code.chip for code in codebook.codes], "the chips of the codebook")
    return codebook


def _device(table: TomlTable) -> Code:
    tiers = ("core", "extension")
    return _checked(table, table.read(Code, {"tier": tiers}, {"kind": ()}, kind="device"))


def _frame(table: TomlTable) -> Code:
    names: dict[str, tuple[str, ...]] = {"kind": (), "tier": ()}
    code = table.read(
        Code, names=names, kind="frame", tier="", example=lambda frame: frame.text("example", "")
    )
    if not code.indicators:
        raise FramingkitError(f"In {table.what} there are no indicators. Add questions to ask.")
    return _checked(table, code)


def _checked(table: TomlTable, code: Code) -> Code:
    if not re.fullmatch("[A-Z]{2}", code.chip):
        raise FramingkitError(
            f"In {table.what} the chip is {code.chip!r}. "
            "A chip is two capital letters, such as 'GM'."
        )
    return code
