"""The labels on offer, each with a definition and a rule for deciding.

A *device* is a wording that a coder tags on a few words; a *frame* is the reading that
the devices of a whole section support. A code without a decision rule is refused,
because nobody could say why it was or was not given.
"""

import hashlib
import re
from dataclasses import dataclass, replace

from framingkit.base import CODES, TomlTable, code_key, parse_toml, refuse_twins, shown
from framingkit.errors import FramingkitError

_ID = re.compile("[a-z][a-z0-9_]{0,59}")
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
    """Read a codebook; codes without a chip get one, and with it a colour and a line.

    Raises
    ------
    FramingkitError
        If a code lacks a decision rule or another field, or two codes share an id or a chip. The
        sentence names the line.

    Examples
    --------
    >>> parse_codebook('id = "framing"')
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: In the codebook the field 'title' is missing. Add it.
    """
    try:
        return _parsed(toml_text)
    except FramingkitError as error:
        line = _line_of(toml_text, str(error))
        raise FramingkitError(f"{error} (Line {line}.)" if line else str(error)) from None


def _parsed(toml_text: str) -> Codebook:
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
    refuse_twins([code.chip for code in codebook.codes if code.chip], "the chips of the codebook")
    return with_chips(codebook)


_CODE_NAMED = re.compile(r"\b(device|frame) (?:'([^']*)'|(\d+)) of the codebook")
_FIELD_NAMED = re.compile(r"(?:unknown field|the field) '([^']*)'")


def _line_of(toml_text: str, sentence: str) -> int:
    r"""Find the line that a sentence is about: that of the field, or of the code; 0 if of neither.

    Examples
    --------
    >>> _line_of('id = "x"\n[[devices]]\nid = "fog"\n', "In device 'fog' of the codebook …")
    3
    """
    named = _CODE_NAMED.search(sentence)
    if not named:
        return 0
    kind, id, number = named.groups()
    lines = toml_text.split("\n")
    heads = [n for n, line in enumerate(lines) if line.strip() == f"[[{kind}s]]"]
    tables = [range(start, end) for start, end in zip(heads, [*heads[1:], len(lines)], strict=True)]
    own = re.compile(rf"\s*id\s*=\s*[\"']{re.escape(id or '')}[\"']")
    found = [rows for rows in tables if any(own.match(lines[n]) for n in rows)] if id else tables
    place = int(number) - 1 if number else 0
    if not 0 <= place < len(found):
        return 0
    field = _FIELD_NAMED.search(sentence)
    wanted = re.compile(rf"\s*{re.escape(field[1])}\s*=") if field else own
    rows = found[place]
    hits = [n for pattern in (wanted, own) for n in rows if pattern.match(lines[n])]
    return (hits or [rows.start])[0] + 1


def with_chips(codebook: Codebook) -> Codebook:
    """Give a chip to each code that has none: two letters of its name, and a look of its own.

    A look is a colour with a line. The kit has fourteen that people with any colour vision can tell
    apart; with more devices, some share one.
    """
    chips = {code.chip for code in codebook.codes if code.chip}
    looks = {code_key(code.chip) for code in codebook.devices if code.chip}
    devices, frames = [], []
    for code in codebook.devices:
        chip = code.chip or _chip(code.name, chips, looks if len(looks) < len(CODES) else set())
        chips.add(chip)
        looks.add(code_key(chip))
        devices.append(replace(code, chip=chip))
    for code in codebook.frames:
        chip = code.chip or _chip(code.name, chips, set())
        chips.add(chip)
        frames.append(replace(code, chip=chip))
    return replace(codebook, devices=tuple(devices), frames=tuple(frames))


def _chip(name: str, chips: set[str], looks: set[str]) -> str:
    """Choose two letters: the first ones of two words if they are free, else others of the name."""
    words: list[str] = re.findall("[A-Z]+", name.upper()) or ["X"]
    first, rest = words[0][0], "".join(words)[1:]
    pairs = [first + word[0] for word in words[1:]] + [first + letter for letter in rest]
    pairs += [one + other for one in first + _LETTERS for other in _LETTERS]
    free = [pair for pair in pairs if pair not in chips]
    return next((pair for pair in free if code_key(pair) not in looks), free[0])


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _device(table: TomlTable) -> Code:
    tiers = ("core", "extension")
    names: dict[str, tuple[str, ...]] = {"kind": ()}
    return _checked(table, table.read(Code, {"tier": tiers}, names, kind="device", chip=_own_chip))


def _own_chip(table: TomlTable) -> str:
    return table.text("chip", "")


def _frame(table: TomlTable) -> Code:
    names: dict[str, tuple[str, ...]] = {"kind": (), "tier": ()}
    code = table.read(
        Code, names=names, kind="frame", tier="", chip=_own_chip,
        example=lambda frame: frame.text("example", ""),
    )  # fmt: skip
    if not code.indicators:
        raise FramingkitError(f"In {table.what} there are no indicators. Add questions to ask.")
    return _checked(table, code)


def _checked(table: TomlTable, code: Code) -> Code:
    if not _ID.fullmatch(code.id):
        raise FramingkitError(
            f"In {table.what} the field 'id' is {shown(code.id, 60)!r}. Write small letters, "
            "digits and underscores, such as 'game_metaphor'."
        )
    if code.chip and not re.fullmatch("[A-Z]{2}", code.chip):
        raise FramingkitError(
            f"In {table.what} the field 'chip' is {shown(code.chip, 60)!r}. A chip is two capital "
            "letters, such as 'GM'; without one, the kit chooses it."
        )
    return code
