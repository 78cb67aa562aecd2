"""Finds a learner's work folder, and opens the log of whoever was chosen last in it.

``chosen.json`` says which log that is, and file times never do. A learner who is named, by a
code name or an id, is opened whoever was chosen.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.learner import (
    CHOSEN_FILE,
    Chosen,
    is_here,
    is_learner,
    new_code_name,
    new_learner,
    place_of,
    read_chosen,
)
from framingkit.work.lines import LogFile, free_path, log_files
from framingkit.work.log import WorkLog
from framingkit.work.mending import look_at_place, merge_copies, salvaged
from framingkit.work.sheet import check_code_name, check_new_name, is_code_name

_open: list[WorkLog] = []
"""The logs of this process: all cells of a notebook share the one of their learner."""


def work_folder(start: Path | None = None) -> Path:
    """Return the folder for the learner's work: ``FRAMINGKIT_WORK``, or ``work`` by ``notebooks``.

    Examples
    --------
    >>> work_folder().is_absolute()
    True
    """
    chosen = os.environ.get("FRAMINGKIT_WORK")
    if chosen:
        return Path(chosen).absolute()
    start = start or Path.cwd()
    folders = (folder for folder in (start, *start.parents) if (folder / "notebooks").is_dir())
    return next(folders, start) / "work"


@dataclass(frozen=True, slots=True)
class LearnerHere:
    """A learner whose work lies in this folder."""

    coder: str
    learner: str
    path: Path
    first: str = ""
    """The code name under which the work was begun."""


def learners_here(folder: Path | None = None) -> list[LearnerHere]:
    """List the learners whose work lies in the work folder, by code name; copies count once.

    Examples
    --------
    >>> all(is_learner(one.learner) for one in learners_here())
    True
    """
    found: dict[str, LearnerHere] = {}
    for file in log_files(folder or work_folder()):
        if file.learner not in found:
            lines = file.lines(brief=True)
            learner, name = _known_here(file) or lines.current, lines.name_in_use(file.path.stem)
            found[file.learner] = LearnerHere(name, learner, file.path, file.coder)
    return sorted(found.values(), key=lambda one: (one.coder, one.learner))


def open_log(coder: str | None = None) -> WorkLog:
    """Open the learner's log; a new one is made with the first act.

    Parameters
    ----------
    coder
        The code name, which is written down as the choice for this folder; by default
        ``FRAMINGKIT_CODER``, else whoever was chosen last, else a new name.

    Returns
    -------
    WorkLog
        The same object for the same learner, so that all cells of a notebook share it.
    """
    folder = work_folder()
    disk.sweep(folder)
    wanted = coder or os.environ.get("FRAMINGKIT_CODER")
    log = _named(wanted) if wanted else _chosen_log(folder)
    log.refresh()
    if coder or log.follows:
        _choose(log)
    elif _can_be_written(folder):
        log.is_written_down = True  # the variable tells the next start who it is
    else:
        _say_unkept(log, f"“{folder.name}” cannot be written.")
    return log


def open_log_at(path: Path) -> WorkLog:
    """Open the log in a file that belongs to no learner; the same object for the same file."""
    log = next((log for log in _open if log.path == path), None)
    if log is None:
        log = _load(path)
        _open.append(log)
    log.refresh()
    return log


def find_log(coder: str | None = None, folder: Path | None = None) -> WorkLog | None:
    """Find the learner's log only to read it; None if nothing is saved under the name."""
    wanted, here = coder or os.environ.get("FRAMINGKIT_CODER"), learners_here(folder)
    if wanted:
        found = _by_name(check_code_name(wanted), here)
    else:
        chosen = read_chosen(folder or work_folder())
        found = _by_id(chosen.learner, here) if chosen else _latest(here)
    return WorkLog(found.path, found.coder, found.learner) if found else None


def log_of(learner: str) -> WorkLog | None:
    """Find the log of a learner by id; None if there is no work of this learner here."""
    for log in _open:
        if log.learner == learner and log.path.parent == work_folder():
            return log
    found = _by_id(learner)
    return _shared(_load(found.path, found.coder, found.learner), False) if found else None


def start_somebody_else(log: WorkLog | None = None) -> WorkLog:
    """Start as a new learner with a new code name; the other work stays as it is.

    Parameters
    ----------
    log
        The log that becomes the new learner's; by default that of whoever was chosen last.

    Returns
    -------
    WorkLog
        The same log, now of the new learner. Whoever listens to it has been told.
    """
    return _switch(log, _begin(work_folder()))


def go_on_as(who: str, log: WorkLog | None = None, coder: str = "") -> WorkLog:
    """Go on as a learner who worked in this folder before.

    Parameters
    ----------
    who, coder
        A code name or an id; beside an id that no log has, the code name for a new log.
    log
        The log that becomes this learner's; by default that of whoever was chosen last.

    Raises
    ------
    FramingkitError
        If nobody or more than one learner of this name worked here.
    """
    found = _by_id(who) if is_learner(who) else _by_name(check_code_name(who))
    if found is None and coder and is_learner(who):
        path = _unused(work_folder() / f"{check_code_name(coder)}.jsonl")
        return _switch(log, WorkLog(path, coder, who))
    if found is None:
        names = ", ".join(one.coder for one in learners_here()) or "nobody yet"
        raise FramingkitError(f"There is no work of “{who}” in this folder; there is: {names}.")
    return _switch(log, _load(found.path, found.coder, found.learner))


def take_back(log: WorkLog, learner: str) -> None:
    """Give a log without acts the id of somebody of the same name, whose acts kept it elsewhere."""
    other, chosen = WorkLog(log.path, log.coder, learner), read_chosen(log.path.parent)
    other.follows = log.follows
    if chosen is not None and chosen.learner == log.learner:
        _choose(other)
    log.become(other)


def follow_choice(log: WorkLog) -> bool:
    """Let a log become that of whoever was chosen last; True if it did.

    A log whose learner was named stays. If the choice could not be written before, it is now: what
    lies there then is from before it. A choice that was made elsewhere only came with a copy.
    """
    if not log.follows:
        return False
    folder = log.path.parent
    chosen = read_chosen(folder)
    is_mine = chosen is None or chosen.learner == log.learner
    is_late = not log.is_written_down and chosen == log.chosen_before
    if is_mine or is_late or not log.is_kept:
        if not log.is_written_down:
            _choose(log)
        return False
    if chosen is None or not is_here(chosen.place, place_of(folder, folder)):
        return False
    log.refresh()
    log.become(_following(_go_on(folder, chosen)))
    if log.learner != chosen.learner:
        _choose(log)
    return True


def _switch(log: WorkLog | None, other: WorkLog) -> WorkLog:
    """Let a log become another one, and write the choice down."""
    folder = work_folder()
    log = log or next((one for one in _open if _is_chosen(one, folder)), None)
    if log is not None:
        log.refresh()  # what its file lacks is in the memory that it now forgets
    _choose(_following(other))  # first: whoever hears of the change says whether it was kept
    if log is None:
        return _shared(other, True)
    log.become(other)
    return log


def _following(log: WorkLog) -> WorkLog:
    log.follows = True
    return log


def _is_chosen(log: WorkLog, folder: Path) -> bool:
    return log.follows and log.path.parent == folder


def _chosen_log(folder: Path) -> WorkLog:
    """Give the log of whoever was chosen last, in the object that all share."""
    for log in _open:
        if _is_chosen(log, folder):
            follow_choice(log)
            return log
    chosen, path = read_chosen(folder), folder / CHOSEN_FILE
    if chosen is not None:
        return _shared(_go_on(folder, chosen), True)
    notices = []
    if path.is_symlink() or path.exists():
        notices.append(f"{CHOSEN_FILE} was damaged. It is kept as {disk.set_aside(path).name}.")
    here = learners_here()
    found = _latest(here)
    log = _load(found.path, found.coder, found.learner) if found else _begin(folder)
    if found and len(here) > 1:
        notices.append(
            f"It is not known who worked here last. You go on as {found.coder}, whose work is the "
            f"latest. If you are somebody else, choose it: {', '.join(one.coder for one in here)}."
        )
    log.notices += notices
    return _shared(log, True)


def _live(path: Path, follows: bool) -> WorkLog | None:
    """Find the object that this process has for the same file and way of choosing."""
    return next((log for log in _open if (log.path, log.follows) == (path, follows)), None)


def _shared(log: WorkLog, follows: bool) -> WorkLog:
    """Give the object that this process shares: an older one for the same file, or this one."""
    other = _live(log.path, follows)
    if other is None:
        log.follows = follows
        _open.append(log)
    return other or log


def _choose(log: WorkLog) -> None:
    """Write down that this learner was chosen last; without a disk for it, say so."""
    folder = log.path.parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
        here = place_of(folder, folder)
        Chosen(log.coder, log.learner, log.path.name, here, log.owner).write(folder)
        log.is_written_down = True
        return
    except OSError as error:
        reason = str(disk.explain(error, folder / CHOSEN_FILE))
    except FramingkitError as error:
        reason = str(error)
    log.chosen_before = read_chosen(folder)
    _say_unkept(log, reason)


def _can_be_written(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return os.access(there, os.W_OK)


def _say_unkept(log: WorkLog, reason: str) -> None:
    named = reason.replace(f"“{CHOSEN_FILE}”", "Your work folder")  # nobody knows that file
    sentence = f"{named} Until then your work is kept in this browser only."
    if not log.is_kept and sentence not in log.notices:
        log.notices.append(sentence)
        log.unkept = sentence


def _named(name: str) -> WorkLog:
    """Open the log of a learner who is named, or begin one."""
    cleaned = check_code_name(name)
    found = _by_name(cleaned)
    path = found.path if found else _unused(work_folder() / f"{cleaned}.jsonl")
    log = _live(path, False)
    if log is not None:
        return log
    if found is None and LogFile.at(path).kind == "new":
        check_new_name(cleaned)
    return _shared(_load(path, cleaned, found.learner if found else ""), False)


def _go_on(folder: Path, chosen: Chosen) -> WorkLog:
    """Open the log of whoever was chosen; where only the choice was copied, begin a new one."""
    same = (chosen.log, chosen.coder)
    begun = (one for one in learners_here() if (one.path.name, one.first) == same)
    found = _by_id(chosen.learner) or next(begun, None)  # two kernels began it in one instant
    if found is not None:
        return _load(found.path, found.coder, found.learner)
    if not is_here(chosen.place, place_of(folder, folder)):
        return _begin(folder)
    return _load(_unused(folder / chosen.log), chosen.coder, chosen.learner)


def _unused(path: Path) -> Path:
    """Leave a log alone that another learner began, whatever its file is called."""
    return free_path(path) if LogFile.at(path).kind == "log" else path


def _known_here(file: LogFile) -> str:
    """Return who was chosen for this log in this very place; nothing if that is not written."""
    path = file.path
    chosen = read_chosen(path.parent)
    if chosen is None or chosen.log != path.name:
        return ""
    if file.learner and chosen.owner not in ("", file.learner):
        return ""
    return chosen.learner if is_here(chosen.place, place_of(path.parent, path.parent)) else ""


def _begin(folder: Path) -> WorkLog:
    """Begin the log of a new learner, under a name that nobody here has."""
    taken, name = {one.coder for one in learners_here()}, new_code_name()
    while name in taken or LogFile.at(folder / f"{name}.jsonl").kind != "new":
        name = new_code_name()
    return WorkLog(folder / f"{name}.jsonl", name, new_learner())


def _by_id(learner: str, here: list[LearnerHere] | None = None) -> LearnerHere | None:
    here = learners_here() if here is None else here
    return next((one for one in here if one.learner == learner), None)


def _by_name(name: str, here: list[LearnerHere] | None = None) -> LearnerHere | None:
    """Find who uses a code name, or else who began under it."""
    here = learners_here() if here is None else here
    using = [one for one in here if one.coder == name]
    if len(using) > 1:
        ids = ", ".join(one.learner for one in using)
        raise FramingkitError(
            f"{len(using)} learners in this folder use the name “{name}”. Choose one by the id: "
            f"{ids}."
        )
    begun = (one for one in here if one.first == name)
    return using[0] if using else next(begun, None)


def _latest(here: list[LearnerHere]) -> LearnerHere | None:
    """Find whose last act is the latest, as the acts themselves say."""

    def last(one: LearnerHere) -> tuple[str, int]:
        state = LogFile.at(one.path).lines().state
        return max((act.at for act in state.latest.values()), default=""), state.seq

    return max(here, key=last, default=None)


def _load(path: Path, coder: str = "", learner: str = "") -> WorkLog:
    """Open one log file, whatever happened to it, and merge the copies that lie beside it."""
    file = LogFile.at(path)
    if file.kind == "damaged":
        return salvaged(path, coder, _known_here(file) or learner)
    if file.kind in ("newer", "other"):
        beside = free_path(path)
        log = WorkLog(beside, coder or file.coder or path.stem, learner or file.learner)
        reason = "is no work log. Rename it, then open the lesson again"
        if file.kind == "newer":
            reason = "was written by a newer framingkit. Update framingkit to continue with it"
        log.notices.append(
            f"{path.name} was not changed, because it {reason}. Until then your work goes to "
            f"{beside.name}."
        )
        return log
    known = _known_here(file)
    log = WorkLog(path, coder, known or learner)
    if log.has_header and is_code_name(log.coder):
        merge_copies(log)
        if not known:
            look_at_place(log)
    return log
