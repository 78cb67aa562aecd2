"""Where hand-ins come from: a folder or a zip archive, as a learning platform exports them.

Only plain files are opened. Links, pipes and devices are refused by looking at them, never by
opening them, so that nothing can lead out of the folder or keep the program waiting.

An archive is read in memory, and nothing is ever unpacked to disk. Nothing that it says about
itself is believed: its list of contents, each file, all files together and the ratio of large to
packed are limited, and the names in it are only labels. An archive among the hand-ins is read in
the same way; one more inside it is refused.
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

from framingkit.base import shown
from framingkit.course import kit_folder
from framingkit.errors import FramingkitError
from framingkit.hand_ins.kinds import (
    is_meant,
    is_rubbish,
    is_zip,
    kind_of_name,
    kind_of_start,
    refused,
)
from framingkit.work import HAND_IN_BYTES

DEEPEST = 20
"""Folders within folders that are looked into."""

SIZE_LIMIT = HAND_IN_BYTES
_ZIP = ".zip"
_NOT_HERE = 0x1000 | 0x400000  # how Windows marks a file that opening would fetch from the cloud
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
        handle = os.open(path, os.O_RDONLY | _FLAGS)
        with os.fdopen(handle, "rb", buffering=0) as file:
            status = os.fstat(handle)
            size = status.st_size
            plain = stat.S_ISREG(status.st_mode)
            here = not getattr(status, "st_file_attributes", 0) & _NOT_HERE
            content = file.read(SIZE_LIMIT + 1) if plain and here and size <= SIZE_LIMIT else b""
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


def too_large(name: str, size: int) -> str:
    """Say that a file is larger than any hand-in, or what it is if its name says so."""
    if kind := kind_of_name(name):
        return refused(name, kind)
    return (
        f"“{shown(name)}” has {size:,} bytes, but a hand-in has at most {SIZE_LIMIT:,}. Ask for "
        "the file that “Download my answers” gives."
    )


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
    handle = os.open(path, os.O_RDONLY | _FLAGS & ~getattr(os, "O_NOFOLLOW", 0))
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
