"""Who a learner is: a random id, the place where the work lies, and who was chosen last there.

A code name is a label that may change; the id is made once. ``chosen.json`` in the work folder
says who was chosen last in it, so no file time decides whose log is opened. Both name the place
where they were written: where neither the folder nor the file is known, they are a copy.
"""

import hashlib
import json
import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.sheet import is_code_name

CHOSEN_FORMAT, CHOSEN_FILE = "framingkit learner", "chosen.json"

_LETTERS = "bcdfghjkmnpqrstvwxz"  # no vowel makes a word, and no spreadsheet changes it
_LENGTH = 16
_LONGEST_NAME = 256  # bytes: where one must be shorter, no longer one lies
_TONES = ("amber", "azure", "coral", "ivory", "jade", "olive", "pearl", "russet", "sable", "umber")
_BIRDS = ("heron", "finch", "robin", "swift", "crane", "plover", "osprey", "wren", "lark", "puffin")

Place = dict[str, str]
"""Digests of where something lies: its ``folder``, and the ``file`` itself."""


def new_learner() -> str:
    """Make the id of a new learner; nobody else in the world has it."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


@cache
def learner_of_new(path: Path) -> str:
    """Make the id for a log that has no file yet: all who open it in this process get the same."""
    return new_learner()


def learner_from(text: str) -> str:
    """Make the id of a learner whose work has none yet: always the same for the same text."""
    number = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest())
    return "".join(_LETTERS[number // len(_LETTERS) ** n % len(_LETTERS)] for n in range(_LENGTH))


def is_learner(id: Any) -> bool:
    """Tell whether something can be the id of a learner.

    Examples
    --------
    >>> is_learner(new_learner()), is_learner(learner_from("x")), is_learner("amber-heron-417")
    (True, True, False)
    """
    return isinstance(id, str) and len(id) == _LENGTH and set(id) <= set(_LETTERS)


def new_code_name() -> str:
    """Make up a code name that says nothing about the learner."""
    number = secrets.randbelow(900) + 100
    return f"{secrets.choice(_TONES)}-{secrets.choice(_BIRDS)}-{number}"


def place_of(folder: Path, file: Path) -> Place:
    """Tell where a work folder and a file lie, in digests too short to find a path by guessing."""
    name = os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename
    machine = os.environ.get("JUPYTERHUB_USER") or name.partition(".")[0].lower()
    where = os.path.normcase(folder.resolve())
    place = {"folder": _digest(machine, where)}
    try:
        status = file.stat()
    except OSError:
        return place
    return place | {"file": _digest(machine, str(status.st_dev), str(status.st_ino))}


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:8]


def is_here(place: Mapping[str, str], here: Mapping[str, str]) -> bool:
    """Tell whether two places are one: the folder may have moved, or the file been replaced.

    Examples
    --------
    >>> is_here({"folder": "a", "file": "1"}, {"folder": "b", "file": "1"}), is_here({}, {})
    (True, True)
    """
    return not place or any(here.get(name) == digest for name, digest in place.items())


def read_place(data: Any) -> Place:
    """Read a place from plain data; what is none is unknown."""
    found = data if isinstance(data, dict) else {}
    return {name: str(found[name])[:64] for name in ("folder", "file") if found.get(name)}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Who was chosen last in a folder: code name, id, and the name of the log's file.

    ``owner`` is who began the log: if another learner's lies there now, it is not this choice.
    """

    coder: str
    learner: str
    log: str
    place: Place
    owner: str = ""

    def write(self, folder: Path) -> None:
        """Write it down, unless it is written already.

        Raises
        ------
        FramingkitError
            If the disk does not take it.
        """
        if read_chosen(folder) != self:
            data = {"format": CHOSEN_FORMAT} | asdict(self)
            disk.write_atomic(folder / CHOSEN_FILE, (json.dumps(data, indent=1) + "\n").encode())


def read_chosen(folder: Path) -> Chosen | None:
    """Read who was chosen last; None if that was never written, or cannot be read."""
    path = folder / CHOSEN_FILE
    if not disk.is_plain(path):
        return None
    try:
        data = disk.parse_json(disk.read_text(path, 64 * 1024), path.name)
    except FramingkitError:
        return None
    if not isinstance(data, dict) or data.get("format") != CHOSEN_FORMAT:
        return None
    coder, learner, log = (data.get(name) for name in ("coder", "learner", "log"))
    if not (isinstance(coder, str) and is_code_name(coder) and is_learner(learner)):
        return None
    if not (isinstance(log, str) and _can_name_a_log(log)):
        return None
    owner = str(data.get("owner", ""))
    return Chosen(coder, str(learner), log, read_place(data.get("place")), owner)


def _can_name_a_log(name: str) -> bool:
    """Tell whether a file of a work folder can have this name; asking the disk could fail."""
    is_name = ".jsonl" in name and name.isprintable() and Path(name).name == name
    return is_name and len(name.encode()) < _LONGEST_NAME
