"""Where a command may write: never over what it reads, and never over somebody's other file.

What a file held before is kept beside it under its name and ``.bak``, one file back.
"""

import contextlib
import errno
import glob
import itertools
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from framingkit.base import disk
from framingkit.errors import FramingkitError

_MOST = 1 << 31  # bytes of a file that is replaced
_COMPARED = 1 << 20  # bytes that are compared at a time
_HOUR = 3600.0


def backup_of(path: Path) -> Path:
    """Name the file that keeps what another one held before.

    Examples
    --------
    >>> backup_of(Path("grades.csv")).name
    'grades.csv.bak'
    """
    return path.parent / f"{path.name}.bak"


def refuse_inputs(outputs: Sequence[Path | None], inputs: Sequence[Path | None]) -> None:
    """Refuse to write over a file that is read, or two things to one file.

    Parameters
    ----------
    outputs
        What is written. What they held before is written too, to their backups.
    inputs
        What is read.

    Raises
    ------
    FramingkitError
        If an output, or its backup, is also an input, however its path is written.
    """
    named = [path for path in outputs if path]
    for one, other in itertools.combinations(named, 2):
        if _same(one, other) or _same(backup_of(one), other) or _same(one, backup_of(other)):
            raise FramingkitError(
                f"“{one.name}” and “{other.name}” would be written to one place. Give each thing "
                "that is written a name of its own."
            )
    read = [path for path in inputs if path]
    for path, other in itertools.product(named, read):
        for place in (path, backup_of(path)):
            if _same(place, other):
                raise FramingkitError(
                    f"“{place.name}” is read here, so it cannot be written too. Give another name "
                    f"for what is written, in place of “{path.name}”."
                )


def _same(one: Path, other: Path) -> bool:
    """Tell whether two paths are one file, through links too, and before there is a file."""
    with contextlib.suppress(OSError):
        return one.samefile(other)
    return os.path.realpath(one).casefold() == os.path.realpath(other).casefold()


def refuse_strange(path: Path, is_ours: Callable[[Path], bool], what: str) -> None:
    """Refuse to write over a file that is no earlier version of what is written.

    Parameters
    ----------
    path
        Where to write.
    is_ours
        Tells whether the file there is an earlier version.
    what
        What is written, such as “a class file”.

    Raises
    ------
    FramingkitError
        If there is another file.
    """
    if path.is_dir():
        raise FramingkitError(f"“{path.name}” is a folder. Give the name of a file for {what}.")
    if disk.size(path) and path.is_file() and not is_ours(path):
        raise FramingkitError(
            f"“{path.name}” already exists, and it is not {what}. Nothing was written. Move it, or "
            "give another name."
        )


def state_of(path: Path) -> tuple[int, ...]:
    """Tell which file lies at a path, and when it was last changed; nothing if there is none."""
    with contextlib.suppress(OSError):
        status = path.stat()
        return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
    return ()


def refuse_changed(path: Path, state: tuple[int, ...]) -> None:
    """Refuse to write over what was saved after it was read.

    Raises
    ------
    FramingkitError
        If the file is not in this state any more.
    """
    if state_of(path) != state:
        raise FramingkitError(
            f"“{path.name}” was saved by another program meanwhile, and nothing was written over "
            "it. Close it there, then try again."
        )


@contextlib.contextmanager
def keeping(
    *paths: Path | None, is_needed: Callable[[Path, Path], bool] = lambda *_: False
) -> Iterator[list[str]]:
    """Keep what files hold while they are written again.

    A file that comes out the same has no new backup. Only the owner may read a backup.

    Parameters
    ----------
    paths
        What is written.
    is_needed
        Tells whether a backup, its second argument, holds work that the new file, its first, does
        not. Such a backup is not replaced but renamed.

    Yields
    ------
    list of str
        Sentences about what was replaced; they are there at the end.
    """
    sentences: list[str] = []
    with contextlib.ExitStack() as stack:
        files = [path for path in paths if path and disk.size(path) and path.is_file()]
        held = [(path, _held(path, stack)) for path in files]
        try:
            yield sentences
        finally:  # also if only some of the files were written before something failed
            for path, old in held:
                # If it is gone, another run at the same moment has made it the backup.
                if old.exists() and not _is_equal(path, old):
                    sentences += _back_up(path, old, stack, is_needed)


def _held(path: Path, stack: contextlib.ExitStack) -> Path:
    """Give what a file holds a second name, until it is known whether it is needed."""
    held = f".{path.name}.earlier"
    for left in sorted(path.parent.glob(f"{glob.escape(held)}*")):
        if not _is_equal(path, left):  # a break left it, just after the file was replaced
            list(_back_up(path, left, stack))
        elif time.time() - left.lstat().st_ctime > _HOUR:
            _forget(left)
    old = _free(path.with_name(held))
    stack.callback(_forget, old)
    try:
        if path.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))  # the copy must not follow changes
        os.link(path, old)
        old.chmod(0o600)
    except OSError:
        disk.write_atomic(old, disk.read_bytes(path, _MOST))
    return old


def _forget(old: Path) -> None:
    with contextlib.suppress(OSError):
        old.unlink()


def _is_equal(path: Path, other: Path) -> bool:
    if not path.exists():
        return False
    if disk.size(path) != disk.size(other):
        return False
    with disk.reading(path, _MOST) as one, disk.reading(other, _MOST) as two:
        return all(block == two.read(_COMPARED) for block in iter(lambda: one.read(_COMPARED), b""))


def _free(path: Path) -> Path:
    """Give a path that nothing has yet: this one, or the next with a number."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(1))
    return next(one for one in itertools.chain([path], numbered) if not os.path.lexists(one))


def _back_up(
    path: Path,
    old: Path,
    stack: contextlib.ExitStack,
    is_needed: Callable[[Path, Path], bool] = lambda *_: False,
) -> Iterator[str]:
    """Make a backup of what a file held; if that fails, leave it where it is."""
    backup = backup_of(path)
    try:
        if backup.is_file() and is_needed(path, backup):
            aside = _free(backup)
            backup.rename(aside)
            yield f"“{backup.name}” has work that is nowhere else. It is kept as “{aside.name}”."
        old.replace(backup)
    except OSError as error:
        stack.pop_all()
        raise disk.explain(error, backup) from None
    yield f"The earlier “{path.name}” was replaced. It is kept as “{backup.name}”."
