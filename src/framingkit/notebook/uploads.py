"""Files that a browser sends for a class, where the hand-ins are not on the computer of the kernel.

They are gathered in memory part by part, and written under names that nothing has yet.
"""

import base64
import binascii
import itertools
import re
from pathlib import Path
from typing import Any

from framingkit.base import counted, shown, write_atomic
from framingkit.errors import FramingkitError

MOST_BYTES = 200_000_000
MOST_FILES = 2_000
PART_BYTES = 3_000_000
"""Bytes of one message; a notebook's server takes about three times as many."""

HAND_INS = "sent-hand-ins"
"""A name of its own: the files of a class are kept under the name of its folder."""

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_ALONE = (".zip", ".csv", ".txt")


class Uploads:
    """What a browser has sent, and is about to write into a folder.

    Parameters
    ----------
    folder
        Where the files go.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, bytearray] = {}

    def begin(self) -> None:
        """Forget what was not finished."""
        self._files.clear()

    def add(self, name: Any, data: Any) -> None:
        """Add a part of a file.

        Raises
        ------
        FramingkitError
            If it is no part of a file, or there are too many.
        """
        try:
            part = base64.b64decode(data, validate=True)
        except (TypeError, ValueError, binascii.Error):
            raise FramingkitError(
                "A part of a file arrived damaged. Send the files again."
            ) from None
        file = self._files.setdefault(_safe(str(name)), bytearray())
        file += part
        held = sum(map(len, self._files.values()))
        if held > MOST_BYTES or len(self._files) > MOST_FILES or len(part) > PART_BYTES:
            self.begin()
            raise FramingkitError(
                f"At most {MOST_FILES:,} files of together {MOST_BYTES // 1_000_000} MB can be "
                "sent by a browser. Put them into one zip archive, or beside the notebook."
            )

    def write(self) -> list[str]:
        """Write what was sent; return sentences about it.

        Hand-ins go into one folder; archives and tables lie beside it.
        """
        files, self._files = self._files, {}
        hand_ins = [name for name in files if not name.lower().endswith(_ALONE)]
        inside = _free(self.folder / HAND_INS)
        for name, content in files.items():
            inner = name in hand_ins
            write_atomic(inside / name if inner else _free(self.folder / name), bytes(content))
        return [f"{counted(len(files), 'file')} arrived."]


def _safe(name: str) -> str:
    """Give a name that every system takes, and that leads out of no folder."""
    name = _UNSAFE.sub("_", shown(name.replace("\\", "/").rpartition("/")[2], 200)).strip(" .")
    return name or "file"


def _free(path: Path) -> Path:
    """Give a path that nothing has yet: this one, or the next with a number."""
    numbered = (path.with_name(f"{path.stem}-{n}{path.suffix}") for n in itertools.count(2))
    return next(one for one in itertools.chain([path], numbered) if not one.exists())
