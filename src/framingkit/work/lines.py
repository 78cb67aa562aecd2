"""What the lines of a work log say, whoever wrote them and in whatever order they came.

The header names the learner. Lines follow for each text that was opened, for each act, for a
learner who goes on somewhere else with a copy, and for acts of which only the number is left
because later ones took their place. A line of another learner than the header's says so itself.
"""

import codecs
import re
import secrets
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from framingkit.base import disk
from framingkit.course import is_course_id, this_course
from framingkit.errors import FramingkitError
from framingkit.work import limits
from framingkit.work.learner import Place, is_learner, learner_from, place_of, read_place
from framingkit.work.operations import Operation, State, operation_from_json, operation_to_json
from framingkit.work.sheet import (
    CODE_NAME_ITEM,
    TextVersion,
    answer_sheet,
    is_code_name,
    name_in_use,
)

LOG_FORMAT, LOG_VERSION = "framingkit work log", 1

UNREADABLE = (FramingkitError, LookupError, TypeError, ValueError, AttributeError)
"""What reading a line raises if it is not as this kit writes lines."""

_LONGEST_HEADER = 4096
_MARK = codecs.BOM_UTF8  # some editors put it before the first line
_TELLS_WHO = re.compile(rf'"{CODE_NAME_ITEM}"|"kind": "learner"'.encode())


class NewerLogError(FramingkitError):
    """The log was written by a newer framingkit and must not be touched by this one."""


@dataclass(slots=True)
class LogLines:
    """What the lines of one log's file add up to.

    ``owner`` is the learner of the header, to whom all lines belong that name nobody, and
    ``current`` the one who goes on with it; ``places`` holds everybody's place.
    """

    name: str
    state: State = field(default_factory=State)
    texts: dict[str, TextVersion] = field(default_factory=dict)
    coder: str = ""
    owner: str = ""
    current: str = ""
    places: dict[str, Place] = field(default_factory=dict)
    has_header: bool = False
    recalled: int = 0
    course: str = ""

    def take(self, line: bytes, doubtful: Collection[str] = ()) -> Operation | None:
        """Read one line; return its operation if it is new and not `doubtful`.

        Raises
        ------
        NewerLogError
            If it is the header of a newer kit.
        FramingkitError, LookupError, TypeError, ValueError, AttributeError
            If it cannot be read: see `UNREADABLE`.
        """
        data = disk.parse_json(line.removeprefix(_MARK).decode(), self.name)
        kind = data.get("kind") if isinstance(data, dict) else None
        if isinstance(data, dict) and data.get("format") == LOG_FORMAT:
            self._take_header(data)
        elif kind == "text":
            text = TextVersion.read(data)
            self.texts[text.key] = text
        elif kind == "learner":
            self._take_learner(data)
        elif kind == "acts":
            self._take_acts(data.get("acts"))
        else:
            return self._take_act(data, doubtful)
        return None

    def _take_header(self, header: dict[str, Any]) -> None:
        if header.get("schema") != LOG_VERSION:
            raise NewerLogError(
                f"{self.name} was written by a newer framingkit (log version "
                f"{header.get('schema')}; this kit reads version {LOG_VERSION}). It was not "
                "changed. Update framingkit to continue with it."
            )
        if self.has_header:
            return  # two kernels began the file in one instant: the first line counts
        self.has_header, coder = True, str(header.get("coder", ""))
        self.coder = coder if is_code_name(coder) else self.coder
        self.owner = self.current = learner_of(header)
        course = header.get("course", "")
        self.course = course if isinstance(course, str) and is_course_id(course) else ""
        self.places[self.owner] = read_place(header.get("place"))

    def _take_learner(self, data: dict[str, Any]) -> None:
        if not is_learner(data.get("learner")):
            raise FramingkitError("A learner needs an id.")
        self.current = str(data["learner"])
        self.places.pop(self.current, None)  # whoever comes last is last here too
        self.places[self.current] = read_place(data.get("place"))

    def _take_act(self, data: Any, doubtful: Collection[str]) -> Operation | None:
        operation = operation_from_json(data)
        if operation.id in doubtful:
            return None
        named = data.get("learner")
        learner = str(named) if is_learner(named) else self.owner
        return operation if self.state.apply(operation, learner) else None

    def _take_acts(self, acts: Any) -> None:
        for learner, clients in (acts if isinstance(acts, dict) else {}).items():
            for client, ranges in clients.items() if is_learner(learner) else ():
                for first, last in ranges:
                    self.recalled += last - first + 1
                    most = limits.HIGHEST_SEQ
                    if not 1 <= first <= last <= most or self.recalled > 3 * limits.MOST_ACTS:
                        raise FramingkitError("An author has fewer acts than this.")
                    for seq in range(first, last + 1):
                        self.state.by.setdefault(f"{client}-{seq}", learner)

    def read(self, content: bytes) -> "LogLines":
        """Take in all whole lines of a file; those that cannot be read are left out."""
        for line in content[: content.rfind(b"\n") + 1].split(b"\n"):
            if line:
                try:
                    self.take(line)
                except NewerLogError:
                    raise
                except UNREADABLE:
                    continue
        return self

    def absorb(self, other: "LogLines", doubtful: Collection[str] = ()) -> list[Operation]:
        """Take in what another reading knows, but nothing doubtful; return what is new here."""
        self.texts.update(other.texts)
        self.places = self.places | other.places
        theirs = {id: by for id, by in other.state.by.items() if id not in doubtful}
        latest = other.state.latest.values()
        fresh = [one for one in latest if one.id in theirs and one.id not in self.state.by]
        for operation in fresh:
            self.state.apply(operation, theirs[operation.id])
        self.state.by.update({id: by for id, by in theirs.items() if id not in self.state.by})
        return fresh

    def is_anothers(self, there: "LogLines") -> bool:
        """Tell whether another learner began what lies there; two computers can begin one name."""
        is_known = there.owner in {self.owner, *self.places} or there.coder == self.coder
        return there.has_header and not is_known

    def name_in_use(self, first: str) -> str:
        """Return the code name in use; `first` is that of a log without a header."""
        return name_in_use(self.state, self.coder or first)

    def sheet(
        self, made_with: str, coder: str = "", learner: str = "", here: bool = False
    ) -> dict[str, Any]:
        """Build the answer sheet that these lines add up to.

        Without a code name and a learner, it is the sheet of those who wrote the lines. It names
        the course where they were begun, or the one at hand if it is handed in from ``here``.

        Raises
        ------
        FramingkitError
            If they hold more tags than can be handed in.
        """
        name = coder or self.coder or Path(self.name).stem
        name_of_course = this_course().id if here else self.course
        return answer_sheet(
            name, self.state, self.texts, made_with, learner or self.current, name_of_course
        )


def new_header(path: Path, coder: str, owner: str) -> dict[str, Any]:
    """Write the first line of a log; the file is made for it, because a place names the file."""
    if not disk.size(path):
        disk.append(path, b"")
    return {
        "format": LOG_FORMAT,
        "schema": LOG_VERSION,
        "file": secrets.token_hex(4),  # no two files begin alike
        "coder": coder,
        "learner": owner,
        "place": place_of(path.parent, path),
    } | ({} if (course := this_course()).is_kit else {"course": course.id})


def act_line(operation: Operation, learner: str, owner: str) -> dict[str, Any]:
    """Write one act; whose it is, only where the header does not say it."""
    data = operation_to_json(operation)
    return data if learner == owner else data | {"learner": learner}


def missing_lines(whole: LogLines, there: LogLines) -> list[dict[str, Any]]:
    """Write everything of one reading that another one lacks, for the file of that one."""
    owner = there.owner or whole.owner
    texts = [text for key, text in whole.texts.items() if key not in there.texts]
    lines = [{"kind": "text"} | asdict(text) for text in texts]
    for learner in [one for one in whole.places if one not in {owner, *there.places}]:
        lines += [{"kind": "learner", "learner": learner, "place": whole.places[learner]}]
    by, known = whole.state.by, there.state.by
    standing = {one.id: one for one in whole.state.latest.values() if one.id not in known}
    lines += [act_line(one, by[id] or owner, owner) for id, one in standing.items()]
    past = {id: by[id] or owner for id in by if id not in known and id not in standing}
    return [*lines, {"kind": "acts", "acts": State(past).acts()}] if past else lines


def learner_of(header: dict[str, Any]) -> str:
    """Return whose log it is; an older kit gave no id, so it is made from what it gave."""
    id = header.get("learner")
    return (
        str(id) if is_learner(id) else learner_from(f"{header.get('coder')}/{header.get('file')}")
    )


@dataclass(frozen=True, slots=True)
class LogFile:
    """A file that may be a work log, as its first line tells: a log only if `kind` is ``log``.

    Other kinds are ``new`` (no file, or an empty one), ``newer`` (a log of a newer kit),
    ``other`` (a folder, link, pipe or class file) and ``damaged``.
    """

    path: Path
    kind: str
    learner: str = ""
    coder: str = ""

    @classmethod
    def at(cls, path: Path) -> "LogFile":
        """Look at the first line of a file, if it is a plain one.

        Examples
        --------
        >>> LogFile.at(Path("/")).kind, LogFile.at(Path("no-such-log.jsonl")).kind
        ('other', 'new')
        """
        if not disk.is_plain(path):
            return cls(path, "other" if path.is_symlink() or path.exists() else "new")
        try:
            first = disk.beginning(path, _LONGEST_HEADER).split(b"\n")[0]
            if not first and not disk.size(path):
                return cls(path, "new")
            header = disk.parse_json(first.removeprefix(_MARK).decode(), path.name)
        except (FramingkitError, UnicodeDecodeError):
            return cls(path, "damaged")
        if not isinstance(header, dict) or header.get("format") != LOG_FORMAT:
            told = isinstance(header, dict) and "format" in header
            return cls(path, "other" if told else "damaged")
        kind = "log" if header.get("schema") == LOG_VERSION else "newer"
        return cls(path, kind, learner_of(header), str(header.get("coder", "")))

    def lines(self, brief: bool = False) -> LogLines:
        """Read the file, also a last line without its end; in brief only who the learner is."""
        lines = disk.look(self.path)[0].split(b"\n")
        if brief:
            lines = [*lines[:1], *filter(_TELLS_WHO.search, lines[1:])]
        return LogLines(self.path.name).read(b"\n".join([*lines, b""]))


def log_files(folder: Path) -> list[LogFile]:
    """List the work logs of a folder, the plainest names first: copies come after their originals.

    What synchronising programs make of a conflict has more in its name, and the same first line.
    Logs that belong to no learner, such as what a class settled, have no code name in it.
    """
    try:
        names = [path for path in folder.iterdir() if ".jsonl" in path.name]
    except OSError:
        return []
    paths = sorted(names, key=lambda path: (len(path.name), path.name))
    files = map(LogFile.at, paths)
    return [file for file in files if file.kind == "log" and is_code_name(file.coder)]


def whose_name(name: str, folder: Path, owner: str) -> str:
    """Return the code name of another learner who uses a name in a folder, or began under it.

    Whoever began under a name is opened by it, so that nobody else can be; nothing if it is free.
    """
    others = [file for file in log_files(folder) if file.learner != owner]
    named = ((file.coder, file.lines(brief=True).name_in_use(file.path.stem)) for file in others)
    return next((used for first, used in named if name in (first, used)), "")


def free_path(path: Path) -> Path:
    """Find a name beside a file that is left alone, for a log that is not there yet.

    Raises
    ------
    FramingkitError
        If a hundred names are taken.
    """
    for number in range(2, 100):
        other = path.with_name(f"{path.stem}-{number}.jsonl")
        if LogFile.at(other).kind == "new":
            return other
    raise FramingkitError(f"“{path.name}” cannot be used, and 98 names beside it are taken.")
