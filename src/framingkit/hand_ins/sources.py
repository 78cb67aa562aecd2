"""Where hand-ins come from: a folder or a zip archive, as a learning platform exports them.

Only plain files are opened. Links, pipes and devices are refused by looking at them, never by
opening them, so that nothing can lead out of the folder or keep the program waiting.
A zip archive among the hand-ins is read as well; one more inside it is refused.
"""

import contextlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from framingkit.base import shown
from framingkit.course import kit_folder
from framingkit.errors import FramingkitError
from framingkit.hand_ins.archive import Archive, open_archive
from framingkit.hand_ins.kinds import is_rubbish, is_zip, refused
from framingkit.hand_ins.listing import FLAGS, SIZE_LIMIT, Listing, too_large

DEEPEST = 20
"""Folders within folders that are looked into."""

_ZIP = ".zip"
_NOT_HERE = 0x1000 | 0x400000  # how Windows marks a file that opening would fetch from the cloud


def sample_hand_ins(after: bool = False) -> Path:
    """Return the folder of the sample class: hand-ins of constructed learners.

    Parameters
    ----------
    after
        The later hand-ins, of the half of the class that discussed its readings.

    Examples
    --------
    >>> sample_hand_ins().name
    'sample-class'
    """
    return kit_folder() / "data" / ("sample-class-after" if after else "sample-class")


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of hand-ins."""

    path: Path
    listing: Listing

    def read(self, name: str) -> bytes:
        """Read one file; a FramingkitError says why not."""
        return read_plain(self.path / name, name)

    def archive(self, name: str, content: bytes) -> "Archive":
        """Open one file as an archive."""
        return open_archive(self.path / name, content, f"{name}/")

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
                listing.refuse(name, f"is more than {DEEPEST} folders deep. Move it up")
            elif is_rubbish(f"{name}/"):
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


def read_plain(path: Path, name: str) -> bytes:
    """Read a plain file as large as a hand-in may be; links and pipes are refused unopened.

    The kind is looked at again after opening, because the file may have been replaced.

    Raises
    ------
    FramingkitError
        If it is no plain file, is too large, or may not be read.
    """
    label = shown(name)
    try:
        handle = os.open(path, os.O_RDONLY | FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            size = status.st_size
            plain = stat.S_ISREG(status.st_mode)
            here = not getattr(status, "st_file_attributes", 0) & _NOT_HERE
            content = _whole(file, size) if plain and here and size <= SIZE_LIMIT else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise FramingkitError(f"“{label}” could not be read: {reason}.") from None
    if not plain:
        raise FramingkitError(f"“{label}” is not a plain file and was not read.")
    if not here:
        raise FramingkitError(refused(name, "stand-in"))
    if size > SIZE_LIMIT or len(content) > SIZE_LIMIT:
        raise FramingkitError(too_large(name, size))
    return content


def _whole(file: BinaryIO, size: int) -> bytes:
    """Read a file that seems to have this size; room for the most that it may have costs time."""
    content = file.read(size + 1)
    return content if len(content) <= size else content + file.read(SIZE_LIMIT - size)


def contents(opened: "Folder | Archive", name: str) -> Iterator[tuple[str, bytes]]:
    """Give the name and the bytes of a file; if it is a zip archive, those of all files in it.

    Sentences about what is left out are put into the listing of what was opened.

    Raises
    ------
    FramingkitError
        If the file cannot be read.
    """
    on_disk = isinstance(opened, Folder) and name.lower().endswith(_ZIP)
    content = b"" if on_disk else opened.read(name)
    if not on_disk and not is_zip(content):
        yield name, content
        return
    with contextlib.closing(opened.archive(name, content)) as archive:
        for inner in archive.listing.names:
            try:
                content = archive.read(inner)
            except FramingkitError as error:
                archive.listing.refusals.append(str(error))
                continue
            if is_zip(content):
                archive.listing.refuse(inner, "is an archive inside an archive. Unpack it")
            else:
                yield inner, content
        opened.listing.others += archive.listing.others
        opened.listing.refusals += archive.listing.refusals
