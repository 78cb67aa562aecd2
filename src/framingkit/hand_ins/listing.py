"""The names in a folder or an archive: which are read, which are left alone, which are refused."""

import os
import stat
from dataclasses import dataclass, field

from framingkit.base import shown
from framingkit.hand_ins.kinds import is_meant, is_rubbish, kind_of_name, refused
from framingkit.work import HAND_IN_BYTES

SIZE_LIMIT = HAND_IN_BYTES
FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""How strangers' files are opened: no link is followed, and no pipe is waited for."""


@dataclass(slots=True)
class Listing:
    """Names to read, names to leave alone, and refusals as sentences."""

    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def put(self, name: str, mode: int) -> bool:
        """Put one name into its list; tell whether it is to be read."""
        if kind_of_name(name) == "stand-in":
            self.refusals.append(refused(name, "stand-in"))
        elif is_rubbish(name):
            self.others.append(name)
        elif stat.S_ISREG(mode):
            self.names.append(name)
            return True
        elif not is_meant(name):
            self.others.append(name)
        elif stat.S_ISLNK(mode):
            self.refuse(name, "is a link, and links are not followed. Put the file itself there")
        else:
            self.refuse(name, "is a pipe or a device, not a plain file. Remove it")
        return False

    def refuse(self, name: str, reason: str) -> None:
        """Note why a name is not read."""
        self.refusals.append(f"“{shown(name)}” {reason}.")

    def sort(self) -> None:
        """Put everything in the same order on every computer."""
        for names in (self.names, self.others, self.refusals):
            names.sort()


def too_large(name: str, size: int) -> str:
    """Say that a file is larger than any hand-in, or what it is if its name says so."""
    if kind := kind_of_name(name):
        return refused(name, kind)
    return (
        f"“{shown(name)}” has {size:,} bytes, but a hand-in has at most {SIZE_LIMIT:,}. Ask for "
        "the file that “Download my answers” gives."
    )
