"""What lies in a folder from which a class could be collected: found by names, and counted.

No file of a learner is opened. Only as much is looked at as a person could choose from.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import shown
from framingkit.errors import FramingkitError
from framingkit.hand_ins.archive import open_archive

MOST_LOOKED_AT = 2_000
"""Names that are looked at in one folder; a class may be larger."""

_DEEPEST = 4
_ZIPS = 50
_TABLES = (".csv", ".txt")
_IGNORED = {"node_modules", "__pycache__", "__MACOSX"}


@dataclass(frozen=True, slots=True)
class Offer:
    """A folder or a zip archive with hand-ins; ``count`` is None if there are too many to count."""

    path: Path
    is_zip: bool
    count: int | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """What lies in a folder: more folders, hand-ins to collect, and tables to choose from."""

    folders: tuple[Path, ...]
    offers: tuple[Offer, ...]
    tables: tuple[Path, ...]


def look_around(folder: Path, but: Path | None = None, links: bool = False) -> Nearby:
    """Look for hand-ins in a folder.

    Parameters
    ----------
    folder
        Where to look. If hand-ins lie in it directly, it is an offer itself.
    but
        A folder to leave out, such as one's own work.
    links
        Whether links that lie in it are followed: only where nobody but the teacher makes any.

    Raises
    ------
    FramingkitError
        If the folder cannot be opened.

    Examples
    --------
    >>> from framingkit.hand_ins import sample_hand_ins
    >>> [(offer.path.name, offer.count) for offer in look_around(sample_hand_ins()).offers]
    [('sample-class', 30)]
    """
    try:
        entries = sorted(_entries(folder), key=lambda entry: entry.name.casefold())
    except OSError as error:
        raise FramingkitError(
            f"The folder “{shown(folder.name)}” cannot be opened: {error.strerror}."
        ) from None
    folders = [Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=links)]
    folders = [path for path in folders if path.name not in _IGNORED and path != but]
    files = [Path(entry.path) for entry in entries if entry.is_file(follow_symlinks=links)]
    here = sum(_is_hand_in(path.name) for path in files)
    offers = [Offer(folder, False, here if here < MOST_LOOKED_AT else None)] if here else []
    offers += _of_folders(folders)
    offers += _of_zips([path for path in files if path.suffix.lower() == ".zip"])
    tables = tuple(path for path in files if path.suffix.lower() in _TABLES)
    return Nearby(tuple(folders), tuple(offers), tables)


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry, _ in zip(entries, range(MOST_LOOKED_AT), strict=False):
            if not entry.name.startswith("."):
                yield entry


def _of_folders(folders: list[Path]) -> Iterator[Offer]:
    for path in folders:
        names = _names_below(path)
        count = sum(map(_is_hand_in, names))
        if count:
            yield Offer(path, False, count if len(names) < MOST_LOOKED_AT else None)


def _names_below(folder: Path) -> list[str]:
    """Name the files in a folder and in those inside it."""
    names: list[str] = []
    waiting = [(folder, 1)]
    while waiting and len(names) < MOST_LOOKED_AT:
        path, depth = waiting.pop()
        try:
            entries = list(_entries(path))
        except OSError:
            continue  # what cannot be opened is named when it is collected
        names += [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
        inner = [entry for entry in entries if entry.is_dir(follow_symlinks=False)]
        waiting += [(Path(entry.path), depth + 1) for entry in inner if depth < _DEEPEST]
    return names[:MOST_LOOKED_AT]


def _of_zips(paths: list[Path]) -> Iterator[Offer]:
    for path in paths[:_ZIPS]:
        try:
            archive = open_archive(path)
        except FramingkitError:
            continue  # it is no class; whoever means it may still try it with collect
        count = sum(map(_is_hand_in, archive.listing.names))
        archive.close()
        if count:
            yield Offer(path, True, count)


def _is_hand_in(name: str) -> bool:
    """Tell whether a file is named as one that a learner hands in; platforms add to its name."""
    name = name.lower()
    return name.endswith(".json") and ".answers" in name
