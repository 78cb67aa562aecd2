"""Finds hand-ins in a folder, as a learning platform exports it: nested, with other files.

Only plain files are opened. Links, pipes and devices are refused by looking at them, never by
opening them, so that nothing can lead out of the folder or keep the program waiting.
"""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from framingkit.errors import FramingkitError
from framingkit.files import SIZE_LIMIT
from framingkit.visible import shown

DEEPEST = 20
"""Folders within folders that are looked into."""

HAND_IN = ".json"
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar")
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


@dataclass(slots=True)
class Listing:
    """What was found: names to read, names left alone, and refusals as sentences."""

    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def put(self, name: str, mode: int) -> bool:
        """Put one name where it belongs; tell whether it is to be read."""
        last = name.rpartition("/")[2].lower()
        if is_rubbish(name):
            self.others.append(name)
        elif last.endswith(_ARCHIVES):
            self.refuse(name, "is an archive inside the hand-ins. Unpack it, or collect it alone")
        elif not last.endswith(HAND_IN):
            self.others.append(name)
        elif stat.S_ISLNK(mode):
            self.refuse(name, "is a link, and links are not followed. Put the file itself there")
        elif not stat.S_ISREG(mode):
            self.refuse(name, "is a pipe or a device, not a plain file. Remove it")
        else:
            self.names.append(name)
            return True
        return False

    def refuse(self, name: str, reason: str) -> None:
        """Note why a name is not read."""
        self.refusals.append(f"“{shown(name)}” {reason}.")

    def sort(self) -> None:
        """Put everything in the same order on every computer."""
        for names in (self.names, self.others, self.refusals):
            names.sort()


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of hand-ins."""

    path: Path
    listing: Listing

    def read(self, name: str) -> bytes:
        """Read one file; a FramingkitError says why not."""
        return read_plain(self.path / name, shown(name))

    def close(self) -> None:
        """Do nothing: a folder does not stay open, as an archive does."""


def open_folder(path: Path) -> Folder:
    """Look through a folder and the folders in it.

    Raises
    ------
    FramingkitError
        If the folder itself cannot be read.
    """
    if not path.is_dir():
        raise FramingkitError(f"“{shown(str(path))}” is not a folder. Name the folder of hand-ins.")
    listing = Listing()
    waiting = [""]
    while waiting:
        for name, mode in _entries(path, waiting.pop(), listing):
            if not stat.S_ISDIR(mode):
                listing.put(name, mode)
            elif name.count("/") >= DEEPEST:
                listing.refuse(name, f"lies more than {DEEPEST} folders deep. Move it up")
            elif is_rubbish(name):
                listing.others.append(f"{name}/")
            else:
                waiting.append(name)
    listing.sort()
    return Folder(path, listing)


def _entries(path: Path, inside: str, listing: Listing) -> Iterator[tuple[str, int]]:
    """List a folder: names, and kinds that are seen without opening or following anything."""
    try:
        with os.scandir(path / inside) as entries:
            for entry in entries:
                yield (f"{inside}/{entry.name}" if inside else entry.name), _mode(entry)
    except OSError as error:
        if not inside:
            raise FramingkitError(
                f"The folder “{shown(str(path))}” cannot be opened: {error.strerror}."
            ) from None
        listing.refuse(inside, f"is a folder that cannot be opened: {error.strerror}")


def _mode(entry: os.DirEntry[str]) -> int:
    if entry.is_symlink():
        return stat.S_IFLNK
    if entry.is_dir(follow_symlinks=False):
        return stat.S_IFDIR
    return stat.S_IFREG if entry.is_file(follow_symlinks=False) else stat.S_IFIFO


def is_rubbish(name: str) -> bool:
    """Tell whether a name is one of those that systems leave behind: never a hand-in."""
    parts = name.split("/")
    return any(part.startswith(".") or part in ("__MACOSX", "__pycache__") for part in parts)


def read_plain(path: Path, name: str, limit: int = SIZE_LIMIT) -> bytes:
    """Read a plain file of at most `limit` bytes; links and pipes are refused unopened.

    The kind is looked at again after opening, because the file may have been replaced.

    Raises
    ------
    FramingkitError
        If it is no plain file, is too large, or may not be read.
    """
    try:
        handle = os.open(path, os.O_RDONLY | _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            size = status.st_size
            plain = stat.S_ISREG(status.st_mode)
            content = file.read(limit + 1) if plain and size <= limit else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise FramingkitError(f"“{name}” could not be read: {reason}.") from None
    if not plain:
        raise FramingkitError(f"“{name}” is not a plain file and was not read.")
    if size > limit or len(content) > limit:
        raise FramingkitError(too_large(name, size, limit))
    return content


def too_large(name: str, size: int, limit: int = SIZE_LIMIT) -> str:
    """Say that a file is larger than any hand-in."""
    return (
        f"“{name}” has {size:,} bytes, but a hand-in has at most {limit:,}. Ask for the file that "
        "“Download my answers” gives."
    )
