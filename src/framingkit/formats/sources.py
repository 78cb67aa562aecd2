"""The files that are read together: one alone, those of a folder, or those of an archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import disk, read_bytes, shown
from framingkit.errors import FramingkitError
from framingkit.formats.strangers import MOST_BYTES
from framingkit.hand_ins import Archive, is_rubbish, open_archive

MOST_FILES = 20_000
"""Files of a folder that are looked at."""

_DEEPEST = 1  # archives inside an archive


@dataclass(frozen=True, slots=True)
class Files:
    """Files by their names; ``folder`` is where they lie, None for those of an archive."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]
    folder: Path | None = None
    alone: bool = False
    inside: Callable[[str, bytes], "Files"] | None = None

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return name in self.names or (self.folder is not None and (self.folder / name).is_file())

    def beside(self, name: str) -> Callable[[str], bytes]:
        """Give what reads files by their place beside one, in capital or small letters.

        It raises a KeyError if there is no such file.
        """
        folder = name.rpartition("/")[0]
        known = {one.casefold(): one for one in self.names}

        def read(place: str) -> bytes:
            return self.read(known[f"{folder}/{place}".lstrip("/").casefold()])

        return read


@contextmanager
def files_at(path: Path) -> Iterator[Files]:
    """Open what is at a path.

    Raises
    ------
    FramingkitError
        If there is nothing, or more than is read.
    """
    if path.is_dir():
        yield _in_folder(path)
    elif disk.beginning(path, 2) == b"PK":
        yield from _in_archive(path)
    else:
        yield Files((path.name,), _reader(path.parent), path.parent, alone=True)


def _reader(folder: Path) -> Callable[[str], bytes]:
    return lambda name: read_bytes(folder / name, MOST_BYTES)


def _in_folder(folder: Path) -> Files:
    found = (one for one in sorted(folder.rglob("*")) if one.is_file() and not one.is_symlink())
    names = [one.relative_to(folder).as_posix() for one in found]
    names = [name for name in names if not is_rubbish(name)]
    if len(names) > MOST_FILES:
        raise FramingkitError(
            f"“{shown(folder.name)}” holds {len(names):,} files, and at most {MOST_FILES:,} are "
            "looked at. Give a folder with fewer."
        )
    return Files(tuple(names), _reader(folder), folder)


def _in_archive(path: Path) -> Iterator[Files]:
    with _explained(path.name):
        archive = open_archive(path)
    try:
        yield _of_archive(archive, path.name)
    finally:
        archive.close()


def _of_archive(archive: Archive, label: str, deep: int = 0) -> Files:
    """Give the files of an archive, and of those in it: some programs pack each text again."""

    def read(name: str) -> bytes:
        with _explained(label):
            return archive.read(name)

    def inside(name: str, content: bytes) -> Files:
        with _explained(name):
            return _of_archive(archive.archive(name, content), name, deep + 1)

    names = tuple(archive.listing.names)
    return Files(names, read, inside=inside if deep < _DEEPEST else None)


@contextmanager
def _explained(label: str) -> Iterator[None]:
    """Say what an archive of tags may have; the sentences of the archive are about hand-ins."""
    try:
        yield
    except FramingkitError:
        raise FramingkitError(
            f"“{shown(label)}” cannot be unpacked: it is damaged, locked with a password, or "
            "larger inside than what is read here. Export it again."
        ) from None
