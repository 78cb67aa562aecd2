"""The sentences and labels that the widgets show, from words.toml beside this file."""

from pathlib import Path
from typing import Any

from framingkit.base import beginning, disk, parse_toml

_PARTS = parse_toml(disk.read_text(Path(__file__).with_name("words.toml")), "words.toml").fields


def words_for(*parts: str) -> dict[str, Any]:
    """Put the sentences of some parts together, by their names.

    Examples
    --------
    >>> words_for("saving", "form")["saved"]
    'Saved'
    """
    return {name: sentence for part in parts for name, sentence in _PARTS[part].items()}


def tool_name(part: str, *about: str) -> str:
    """Name a tool for somebody who looks for it, with the start of what it is about.

    Examples
    --------
    >>> tool_name("tagging", "Commentary")
    'Reading: Commentary'
    """
    return str(_PARTS["tools"][part]).format(*map(beginning, about))
