"""An archive of hand-ins, read in memory: nothing is ever unpacked to disk.

Nothing that an archive says about itself is believed: its list of contents, each file, all files
together and the ratio of large to packed are limited, and the names in it are only labels.
"""

import contextlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins.kinds import kind_of_start
from framingkit.hand_ins.listing import FLAGS, SIZE_LIMIT, Listing, too_large

MOST_MEMBERS = 20_000
"""Files that an archive may hold; a larger class is collected from a folder."""

LIST_LIMIT = 4 * 1024 * 1024
TOTAL_LIMIT = 256 * 1024 * 1024
HIGHEST_RATIO = 200
_SMALL = 64 * 1024  # below this, no ratio does harm
_BEGINNING = 512  # bytes that tell what a file is
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

# Everything that the standard library raises for archives that are damaged, on purpose or not.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, IndexError, OSError,
)  # fmt: skip


class _Guarded(io.BufferedReader):
    """A file from which no more is read at once than a list of contents may have.

    The library reads the whole list before anybody can look at its length.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LIST_LIMIT:
            raise zipfile.BadZipFile("its list of contents is too long")
        return super().read(LIST_LIMIT if size is None or size < 0 else size) or b""


@contextlib.contextmanager
def writing_zip(file: BinaryIO) -> Iterator[Callable[[str, bytes], None]]:
    """Write a zip archive; the same files give the same bytes.

    Parameters
    ----------
    file
        Where to write.

    Yields
    ------
    Callable
        What puts a file with a name into the archive.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

        def add(name: str, content: bytes) -> None:
            info = zipfile.ZipInfo(name)  # without a clock
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)

        yield add


def holds_only(path: Path, ends: str) -> bool:
    """Tell whether a file is a zip archive of files whose names end in the same way."""
    try:
        with zipfile.ZipFile(path) as archive:
            return all(name.endswith(ends) for name in archive.namelist())
    except _DAMAGE:
        return False


@dataclass(slots=True)
class Archive:
    """An archive of hand-ins, used like a `Folder`.

    ``inside`` is what comes before its names if it lies among other hand-ins. ``so_far`` counts
    what was unpacked, in a list because an archive and those in it count together.
    """

    zip: zipfile.ZipFile
    file: _Guarded
    inside: str
    so_far: list[int]
    listing: Listing = field(default_factory=Listing)
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def read(self, name: str) -> bytes:
        """Read one member in memory; a FramingkitError says why not.

        Of what is clearly something else, for example a picture, only the beginning is read.
        """
        member = self.members[name]
        reason = self._reason(name, member)
        if reason:
            raise FramingkitError(reason)
        try:
            with self.zip.open(member) as file:
                content = file.read(min(member.file_size, _BEGINNING))
                if not kind_of_start(content):
                    content += file.read(member.file_size - len(content))
        except _DAMAGE as error:
            raise FramingkitError(
                f"“{shown(name)}” cannot be unpacked from the archive ({_why(error)}). Ask for it "
                "again."
            ) from None
        self.so_far[0] += len(content)
        return content

    def archive(self, name: str, content: bytes) -> "Archive":
        """Open a member as an archive."""
        return open_archive(Path(name), content, f"{name}/", self.so_far)

    def close(self) -> None:
        """Close the file of the archive."""
        self.file.close()

    def _reason(self, name: str, member: zipfile.ZipInfo) -> str:
        """Say why a member is not unpacked; an empty text if it may be."""
        size, packed, label = member.file_size, member.compress_size, shown(name)
        if size > SIZE_LIMIT:
            return too_large(name, size)
        if size > _SMALL and size > HIGHEST_RATIO * max(packed, 1):
            return (
                f"“{label}” is packed {size // max(packed, 1):,} times smaller than it is, as no "
                f"hand-in is (at most {HIGHEST_RATIO}). It was not unpacked."
            )
        if self.so_far[0] + size > TOTAL_LIMIT:
            return (
                f"“{label}” was not read: the archive holds more than {TOTAL_LIMIT:,} bytes. "
                "Unpack it and collect the folder."
            )
        if member.flag_bits & _ENCRYPTED:
            return f"“{label}” is locked with a password. Ask for it without one."
        if member.compress_type not in _METHODS:
            return (
                f"“{label}” is packed in a way that is not read (method "
                f"{member.compress_type}). Pack it as an ordinary zip."
            )
        return ""


def open_archive(
    path: Path, content: bytes = b"", inside: str = "", so_far: list[int] | None = None
) -> Archive:
    """Look through a zip archive.

    Parameters
    ----------
    path, content
        Where it lies, or its bytes if it is in memory.
    inside
        What comes before the names in it.
    so_far
        What counts the bytes that were unpacked, if it shares its limit with another archive.

    Raises
    ------
    FramingkitError
        If it is no zip archive, or holds more files than a class can have.
    """
    label = shown(inside[:-1] or path.name)
    with contextlib.ExitStack() as unless_read:
        try:
            file = unless_read.enter_context(_guarded(path, content))
            archive = Archive(zipfile.ZipFile(file), file, inside, so_far or [0])
        except _DAMAGE as error:
            raise FramingkitError(
                f"“{label}” cannot be read as a zip archive ({_why(error)}). Give a "
                "folder of hand-ins or a zip of them."
            ) from None
        _look_through(archive, label)
        unless_read.pop_all()
    return archive


def _guarded(path: Path, content: bytes) -> _Guarded:
    """Open an archive; a pipe that took the place of a file is not waited for."""
    if content:
        return _Guarded(io.BytesIO(content))
    handle = os.open(path, os.O_RDONLY | FLAGS & ~getattr(os, "O_NOFOLLOW", 0))
    return _Guarded(io.FileIO(handle, "rb"))


def _why(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(error)
    return shown(reason or "it is cut short", 120)


def _look_through(archive: Archive, label: str) -> None:
    # Not is_dir(), which fails for a member without a name.
    members = [info for info in archive.zip.infolist() if not info.filename.endswith("/")]
    if len(members) > MOST_MEMBERS:
        raise FramingkitError(
            f"“{label}” holds {len(members):,} files, but at most {MOST_MEMBERS:,} are "
            "read from an archive. Unpack it and collect the folder."
        )
    for member in members:
        _put(archive, member)
    archive.listing.sort()


def _put(archive: Archive, member: zipfile.ZipInfo) -> None:
    name = member.filename.replace("\\", "/")
    if leads_out(name):
        archive.listing.refuse(
            archive.inside + name,
            "has a name that leads out of the archive. Ask for it under a plain name",
        )
        return
    name = archive.inside + name
    if name in archive.members:  # a zip may hold two files of one name: both are read
        name = f"second {len(archive.members)}/{name}"
    # Only the upper half of this field is the kind of a file, and only on some systems.
    kind = stat.S_IFMT(member.external_attr >> 16)
    if archive.listing.put(name, kind or stat.S_IFREG):
        archive.members[name] = member


def leads_out(name: str) -> bool:
    """Tell whether a name in an archive points outside of it.

    Examples
    --------
    >>> leads_out("../amber.answers.json"), leads_out("class/amber.answers.json")
    (True, False)
    """
    return ".." in name.split("/") or bool(re.match(r"/|[A-Za-z]:", name))
