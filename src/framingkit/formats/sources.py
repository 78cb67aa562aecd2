"""The files that are read together: one alone, those of a folder, or those of an archive."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import disk, read_bytes, shown
from framingkit.errors import FramingkitError
from framingkit.formats.strangers import MOST_BYTES
from framingkit.hand_ins import is_rubbish, open_archive

MOST_FILES = 20_000
"""Files of a folder that are looked at."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files by their names; ``folder`` is where they lie, None for those of an archive."""

    names: tuple[str, ...]
    read: Callable[[str], bytes]
    folder: Path | None = None
    alone: bool = False

    def has(self, name: str) -> bool:
        """Tell whether there is a file of this name."""
        return name in self.names or (self.folder is not None and (self.folder / name).is_file())


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
    problem = FramingkitError(
        f"“{shown(path.name)}” cannot be unpacked: it is damaged, locked with a password, or "
        "larger inside than what is read here. Export it again."
    )
    try:
        archive = open_archive(path)
    except FramingkitError:
        raise problem from None

    def read(name: str) -> bytes:
        try:
            return archive.read(name)
        except FramingkitError:
            raise problem from None

    try:
        yield Files(tuple(archive.listing.names), read)
    finally:
        archive.close()
