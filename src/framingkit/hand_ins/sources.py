"""Where hand-ins come from: a folder or a zip archive, as a learning platform exports them.

Only plain files are opened. Links, pipes and devices are refused by looking at them, never by
opening them, so that nothing can lead out of the folder or keep the program waiting.

An archive is read in memory, and nothing is ever unpacked to disk. Nothing that it says about
itself is believed: its list of contents, each file, all files together and the ratio of large to
packed are limited, and the names in it are only labels.
"""

import contextlib
import io
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from framingkit.base import SIZE_LIMIT, shown
from framingkit.course import kit_folder
from framingkit.errors import FramingkitError

DEEPEST = 20
"""Folders within folders that are looked into."""

HAND_IN = ".json"
_ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz", ".7z", ".rar")
_FLAGS = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))


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


@dataclass(slots=True)
class Listing:
    """Names to read, names to leave alone, and refusals as sentences."""

    names: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    def put(self, name: str, mode: int) -> bool:
        """Put one name into its list; tell whether it is to be read."""
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
                listing.refuse(name, f"is more than {DEEPEST} folders deep. Move it up")
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


def read_plain(path: Path, name: str) -> bytes:
    """Read a plain file as large as a hand-in may be; links and pipes are refused unopened.

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
            content = file.read(SIZE_LIMIT + 1) if plain and size <= SIZE_LIMIT else b""
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        raise FramingkitError(f"“{name}” could not be read: {reason}.") from None
    if not plain:
        raise FramingkitError(f"“{name}” is not a plain file and was not read.")
    if size > SIZE_LIMIT or len(content) > SIZE_LIMIT:
        raise FramingkitError(too_large(name, size))
    return content


def too_large(name: str, size: int) -> str:
    """Say that a file is larger than any hand-in."""
    return (
        f"“{name}” has {size:,} bytes, but a hand-in has at most {SIZE_LIMIT:,}. Ask for the "
        "file that “Download my answers” gives."
    )


MOST_MEMBERS = 20_000
"""Files that an archive may hold; a larger class is collected from a folder."""

LIST_LIMIT = 4 * 1024 * 1024
TOTAL_LIMIT = 256 * 1024 * 1024
HIGHEST_RATIO = 200
_SMALL = 64 * 1024  # below this, no ratio does harm
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1

# Everything that the standard library raises for archives that are damaged, on purpose or not.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, IndexError, OSError,
)  # fmt: skip


class _Guarded(io.FileIO):
    """A file from which no more is read at once than a list of contents may have.

    The library reads the whole list before anybody can look at its length.
    """

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > LIST_LIMIT:
            raise zipfile.BadZipFile("its list of contents is too long")
        return super().read(LIST_LIMIT if size is None or size < 0 else size) or b""


@dataclass(slots=True)
class Archive:
    """An archive of hand-ins, used like a `Folder`."""

    zip: zipfile.ZipFile
    file: _Guarded
    listing: Listing = field(default_factory=Listing)
    members: dict[str, zipfile.ZipInfo] = field(default_factory=dict)
    so_far: int = 0

    def read(self, name: str) -> bytes:
        """Read one member in memory; a FramingkitError says why not."""
        member = self.members[name]
        reason = self._reason(name, member)
        if reason:
            raise FramingkitError(reason)
        self.so_far += member.file_size
        try:
            with self.zip.open(member) as file:
                return file.read(member.file_size)
        except _DAMAGE as error:
            raise FramingkitError(
                f"“{shown(name)}” cannot be unpacked from the archive ({_why(error)}). Ask for it "
                "again."
            ) from None

    def close(self) -> None:
        """Close the file of the archive."""
        self.file.close()

    def _reason(self, name: str, member: zipfile.ZipInfo) -> str:
        """Say why a member is not unpacked; an empty text if it may be."""
        size, packed, label = member.file_size, member.compress_size, shown(name)
        if size > SIZE_LIMIT:
            return too_large(label, size)
        if size > _SMALL and size > HIGHEST_RATIO * max(packed, 1):
            return (
                f"“{label}” is packed {size // max(packed, 1):,} times smaller than it is, as no "
                f"hand-in is (at most {HIGHEST_RATIO}). It was not unpacked."
            )
        if self.so_far + size > TOTAL_LIMIT:
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


def open_archive(path: Path) -> Archive:
    """Look through a zip archive.

    Raises
    ------
    FramingkitError
        If it is no zip archive, or holds more files than a class can have.
    """
    with contextlib.ExitStack() as unless_read:
        try:
            file = unless_read.enter_context(_Guarded(path))
            archive = Archive(zipfile.ZipFile(file), file)
        except _DAMAGE as error:
            raise FramingkitError(
                f"“{shown(path.name)}” cannot be read as a zip archive ({_why(error)}). Give a "
                "folder of hand-ins or a zip of them."
            ) from None
        _look_through(archive, shown(path.name))
        unless_read.pop_all()
    return archive


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
            name, "has a name that leads out of the archive. Ask for it under a plain name"
        )
        return
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
