"""Puts right what happened to a log while nobody looked: damage, copies, another place."""

from pathlib import Path

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.learner import is_here, place_of
from framingkit.work.lines import LogLines, log_files
from framingkit.work.log import WorkLog


def merge_copies(log: WorkLog) -> None:
    """Add what the copies hold that synchronising programs made of this log; they stay there."""
    for file in log_files(log.path.parent):
        if file.path != log.path and file.learner == log.owner:
            try:
                log.merge(file.lines())
            except FramingkitError as error:
                log.notices.append(f"{error} What {file.path.name} holds will be added later.")


def look_at_place(log: WorkLog) -> None:
    """Go on as a new learner where neither the folder nor the file is one that the log knows."""
    here = place_of(log.path.parent, log.path)
    if not any(is_here(place, here) for place in log.places):
        log.go_on_here()
        log.notices.append(
            f"The work of {log.coder} in this folder was begun in another folder or on another "
            "computer. You go on with it under the same code name. If it is not yours, choose "
            "“Start as somebody else”."
        )


def salvaged(path: Path, coder: str, learner: str) -> WorkLog:
    """Keep a file without its header under another name, and continue with what was in it."""
    damaged = WorkLog(path)
    aside = disk.set_aside(path)
    log = WorkLog(path, coder, learner or (damaged.learner if damaged.has_header else ""))
    try:
        log.merge(LogLines(path.name).read(disk.look(aside)[0] + b"\n"))
    except FramingkitError:
        disk.move(aside, path)  # on a full disk nothing is better than where it was
        raise
    log.notices.append(
        f"Your work file was damaged. It is kept as {aside.name}, and {len(damaged.state.latest)} "
        "tags and answers were recovered from it. If something is missing, show that file to your "
        "teacher."
    )
    return log
