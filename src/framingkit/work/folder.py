"""Finds a learner's work folder and opens the right log in it, whatever happened to it before."""

import os
import secrets
from functools import cache
from pathlib import Path

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.log import NewerLogError, WorkLog
from framingkit.work.sheet import check_code_name, is_code_name

_TONES = ("amber", "azure", "coral", "ivory", "jade", "olive", "pearl", "russet", "sable", "umber")
_BIRDS = ("heron", "finch", "robin", "swift", "crane", "plover", "osprey", "wren", "lark", "puffin")


def work_folder() -> Path:
    """Return the folder for the learner's work: ``FRAMINGKIT_WORK``, or ``work`` by ``notebooks``.

    Examples
    --------
    >>> work_folder().is_absolute()
    True
    """
    chosen = os.environ.get("FRAMINGKIT_WORK")
    if chosen:
        return Path(chosen).absolute()
    start = Path.cwd()
    folders = (folder for folder in (start, *start.parents) if (folder / "notebooks").is_dir())
    return next(folders, start) / "work"


def new_code_name() -> str:
    """Make up a code name that says nothing about the learner."""
    number = secrets.randbelow(900) + 100
    return f"{secrets.choice(_TONES)}-{secrets.choice(_BIRDS)}-{number}"


def open_log(coder: str | None = None) -> WorkLog:
    """Open the learner's log, or start one.

    Parameters
    ----------
    coder
        The code name; by default ``FRAMINGKIT_CODER``, else the log that was used last in
        the work folder, else a new name.

    Returns
    -------
    WorkLog
        The same object for the same file, so that all cells of a notebook share it.
    """
    path = _log_path(coder)
    return open_log_at(path or work_folder() / f"{new_code_name()}.jsonl")


def open_log_at(path: Path) -> WorkLog:
    """Open the log in a file, or start one there; the same object for the same file."""
    log = _opened(path)
    log.refresh()
    try:
        log.record([])  # the file holds the name: the next notebook must find the same learner
    except FramingkitError as error:
        log.notices.append(f"{error} Until then your work is kept in this browser only.")
    return log


def find_log(coder: str | None = None) -> WorkLog | None:
    """Find the learner's log only to read it; None if nothing is saved under the name."""
    path = _log_path(coder)
    return WorkLog(path) if path and disk.size(path) else None


def _log_path(coder: str | None) -> Path | None:
    """Find the log that is asked for, or the newest one.

    Copies that a synced folder made have names that are no code names.
    """
    folder = work_folder()
    wanted = coder or os.environ.get("FRAMINGKIT_CODER")
    if wanted:
        return folder / f"{check_code_name(wanted)}.jsonl"
    logs = [path for path in folder.glob("*.jsonl") if is_code_name(path.stem)]
    return max(logs, key=lambda path: (path.stat().st_mtime, path.name), default=None)


@cache
def _opened(path: Path) -> WorkLog:
    """Open one log file; set a damaged one aside, and leave a newer one alone."""
    disk.sweep(path.parent)
    try:
        log = WorkLog(path)
    except NewerLogError as error:
        return _beside(path, str(error))
    if log.has_header or not disk.size(path):
        return log
    return _salvaged(path, log)


def _beside(path: Path, reason: str) -> WorkLog:
    """Continue in another file, because this one belongs to a newer framingkit."""
    for number in range(2, 100):
        other = path.with_name(f"{path.stem}-{number}.jsonl")
        try:
            log = WorkLog(other)
        except NewerLogError:
            continue
        log.notices.append(f"{reason} Until then your work goes to {other.name}.")
        return log
    raise FramingkitError(reason)


def _salvaged(path: Path, damaged: WorkLog) -> WorkLog:
    """Keep a file without its header under another name, and continue with what was in it."""
    aside = disk.set_aside(path)
    log = WorkLog(path)
    for text in damaged.texts.values():
        log.open_text(text)
    try:
        recovered = log.record(damaged.state.latest.values())
    except FramingkitError:
        disk.move(aside, path)  # on a full disk nothing is better than where it was
        raise
    log.notices.append(
        f"Your work file was damaged. It is kept as {aside.name}, and {len(recovered)} tags and "
        "answers were recovered from it. If something is missing, show that file to your teacher."
    )
    return log
