"""Lets one process at a time add lines to a file, on systems that know locks.

Some network folders know none, and neither does the system in a browser, where each page has a disk
of its own in memory. Adding lines works there too: only two kernels that write in the same instant
could then mix their bytes.
"""

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from framingkit.errors import FramingkitError

PATIENCE = 3.0  # seconds to wait for another program that holds a file
_BUSY = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}
_FAR = 1 << 30  # a byte that no log reaches, because Windows locks bytes against reading


@contextlib.contextmanager
def locked(handle: int, path: Path) -> Iterator[None]:
    """Hold a file for as long as the block runs; the lock dies with its process, so none is stale.

    Raises
    ------
    FramingkitError
        If another program holds it for too long.

    Examples
    --------
    >>> with open(__file__) as file, locked(file.fileno(), Path(__file__)):
    ...     len(file.read(3))
    3
    """
    end, wait = time.monotonic() + PATIENCE, 0.001
    while not _lock(handle):
        if time.monotonic() > end:
            raise FramingkitError(
                f"“{path.name}” is held by another program. Close other windows of this course, "
                "or wait until your files are synchronised, then try again."
            )
        time.sleep(wait)
        wait = min(2 * wait, 0.05)
    try:
        yield
    finally:
        _unlock(handle)


def _lock(handle: int) -> bool:
    """Take the lock, or go without one where there are none; False if another one has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            # in a browser the module is there without its locks
            if hasattr(fcntl, "flock"):
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return True
    except OSError as error:
        return error.errno not in _BUSY
    return True


def _unlock(handle: int) -> None:
    """Give the lock back on Windows; elsewhere closing the file does."""
    if sys.platform == "win32":
        import msvcrt

        with contextlib.suppress(OSError):
            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)
