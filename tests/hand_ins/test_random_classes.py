"""Classes as they are: shared computers, copied folders, equal names, late and renamed hand-ins.

Everybody works through the real work log, and every tag and answer says who made it. After the
class was collected, each must count for this person, or the instructor must have been told.
``FRAMINGKIT_CLASSES=1000`` tries more classes than the usual few.
"""

import csv
import gzip
import io
import os
import random
import re
import shutil
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from class_samples import ARTICLE, CODEBOOK

from framingkit.course import Span
from framingkit.hand_ins import collect
from framingkit.work import TextVersion, folder, sheet_to_bytes
from framingkit.work.operations import Operation

CLASSES = int(os.environ.get("FRAMINGKIT_CLASSES", "12"))
SIZE = 40
TEXT = TextVersion.of(ARTICLE, CODEBOOK)
ITEMS = [
    "plain-sentence",
    "gut-reactions",
    "swap-the-picture",
    "exit-real-chess",
    "airport-verdict",
]
LABELS = sorted(code.id for code in CODEBOOK.codes)


@dataclass
class Room:
    """A class at work: the computers, who made which mark, and who handed in which file."""

    path: Path
    chance: random.Random
    monkeypatch: pytest.MonkeyPatch
    style: str = ""
    clock: int = 0
    made: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    files: dict[str, str] = field(default_factory=dict)

    def sit_down(self, computer: str, machine: str = "") -> None:
        """Start a kernel at a computer; each has a folder of its own."""
        self.monkeypatch.setattr(folder, "_open", [])
        self.monkeypatch.setenv("FRAMINGKIT_WORK", str(self.path / computer / "work"))
        self.monkeypatch.setenv("JUPYTERHUB_USER", machine or computer)

    def work(self, who: str, log, acts: int) -> None:
        """Tag and answer under a person's own marks."""
        client = f"tab-{self.chance.randrange(36**8):x}"
        log.open_text(TEXT)
        for _ in range(acts):
            self.clock += 1
            mark, seq = f"{who} {self.clock}", log.state.seq + 1
            day, second = divmod(self.clock, 86_400)
            at = (
                f"2026-03-{day + 1:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"
            )
            if self.chance.random() < 0.4:
                item = self.chance.choice(ITEMS)
                act = Operation("answer", client, seq, item, response={"text": mark}, at=at)
                self.made[who][f"answer {item}"] = mark
            else:
                start = self.chance.randrange(len(ARTICLE.text) - 30)
                end = start + self.chance.randint(3, 25)
                words = ARTICLE.text[start:end]
                tag = Span(
                    start, end, self.chance.choice(LABELS), words, mark, None, f"{client}.{seq}"
                )
                act = Operation("tag", client, seq, tag.id, TEXT.key, tag, at=at)
                self.made[who][tag.id] = mark
            log.record([act])

    def hand_in(self, who: str, log, out: Path, late: str) -> None:
        """Put a hand-in where a platform would, under a name that a learner gave it."""
        content = sheet_to_bytes(sheet := log.sheet("0.1.0"))
        name = f"{sheet['coder']}.answers.json"
        kind = self.chance.random()
        if kind < 0.08:
            name += self.chance.choice([".txt", ".download", " (1)"])
        elif kind < 0.12:
            name, content = f"{name}.gz", gzip.compress(content)
        elif kind < 0.15 and log.path.exists():
            name, content = log.path.name, log.path.read_bytes()
        path = self.place(who, name, late)
        if kind > 0.95:
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w") as archive:
                archive.writestr(path.rpartition("/")[2], content)
            content, path = packed.getvalue(), f"{path}.zip"
            self.files[f"{path}/{path.rpartition('/')[2][:-4]}"] = who
        self.files[path] = who
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)

    def place(self, who: str, name: str, late: str) -> str:
        number = int(who.strip("p")) + 100
        return {
            "moodle": f"Ana {who}_{number}_assignsubmission_file_/{late}/{name}",
            "canvas": f"ana{'_LATE' * bool(late)}_{number}_{len(self.files) + 5000}_{name}",
            "teams": f"Submitted files/Ana {who}/Reading/Version {1 + bool(late)}/{name}",
            "prefix": f"{late or 'in time'}/{who}_{name}",
            "none": f"{len(self.files)}/{name}",
        }[self.style].replace("//", "/")


def alone(room, people, hand_in):
    who = people.pop()
    room.sit_down(who)
    log = folder.open_log()
    room.work(who, log, room.chance.randint(0, 9))
    if room.chance.random() < 0.3:
        hand_in(who, log)
        room.sit_down(who)
        log = folder.open_log()
        room.work(who, log, room.chance.randint(0, 5))
    hand_in(who, log)


def shared_computer(room, people, hand_in, switch=True):
    """Several people at one computer, who start as somebody else, or do not."""
    computer = people[-1]
    turns = [people.pop() for _ in range(min(len(people), room.chance.randint(2, 3)))]
    for number, who in enumerate(turns):
        room.sit_down(computer)
        log = folder.start_somebody_else() if switch and number else folder.open_log()
        room.work(who, log, room.chance.randint(1, 8))
        if room.chance.random() < 0.4:
            log.act("answer", "code-name", response={"text": f"name-{who}"})
        hand_in(who, log)


def without_switching(room, people, hand_in):
    shared_computer(room, people, hand_in, switch=False)


def two_computers(room, people, hand_in):
    """One learner with one code name, at school and at home."""
    who = people.pop()
    for place in ("school", "home"):
        room.sit_down(f"{who}-{place}")
        log = folder.open_log(f"name-{who}")
        room.work(who, log, room.chance.randint(1, 8))
        hand_in(who, log)


def taken_home(room, people, hand_in):
    """One learner copies the folder, and goes on in the copy, or in both."""
    who = people.pop()
    room.sit_down(f"{who}-school")
    log = folder.open_log()
    room.work(who, log, room.chance.randint(1, 6))
    shutil.copytree(room.path / f"{who}-school", room.path / f"{who}-home")
    for place in room.chance.sample(["school", "home"], 2):
        room.sit_down(f"{who}-{place}")
        log = folder.open_log()
        room.work(who, log, room.chance.randint(0, 6))
        hand_in(who, log)


def copied_from_a_friend(room, people, hand_in):
    who, friend = people.pop(), people.pop()
    room.sit_down(who)
    log = folder.open_log()
    room.work(who, log, room.chance.randint(1, 8))
    shutil.copytree(room.path / who, room.path / friend)
    if room.chance.random() < 0.7:
        room.work(who, log, room.chance.randint(0, 4))
        hand_in(who, log)
    room.sit_down(friend)
    log = folder.open_log()
    room.work(friend, log, room.chance.randint(0, 6))
    if room.chance.random() < 0.5:
        log.act("answer", "code-name", response={"text": f"name-{friend}"})
    hand_in(friend, log)


def handed_out(room, people, hand_in):
    """A folder with somebody's work in it is given to several people."""
    group = [people.pop() for _ in range(min(len(people), room.chance.randint(2, 7)))]
    room.sit_down(f"base-{group[0]}")
    log = folder.open_log()
    room.work("p0", log, room.chance.randint(0, 3))
    for who in group:
        shutil.copytree(room.path / f"base-{group[0]}", room.path / who)
        # on equal computers with equal names nobody sees that the folder was copied
        room.sit_down(who, "lab" if room.chance.random() < 0.3 else "")
        log = folder.open_log()
        room.work(who, log, room.chance.randint(0, 6))
        hand_in(who, log)


def equal_names(room, people, hand_in):
    name = f"sun-{people[-1]}"
    for who in [people.pop() for _ in range(min(len(people), room.chance.randint(2, 4)))]:
        room.sit_down(who)
        log = folder.open_log(name)
        room.work(who, log, room.chance.randint(1, 8))
        hand_in(who, log)


EVENTS = [alone, shared_computer, without_switching, two_computers, taken_home,
          copied_from_a_friend, handed_out, equal_names]  # fmt: skip
ODDS = [20, 4, 2, 3, 3, 3, 1, 2]


def a_class(seed: int, path: Path, monkeypatch) -> tuple[Room, Path]:
    room = Room(path, random.Random(seed), monkeypatch)
    room.style = room.chance.choice(["moodle", "canvas", "teams", "prefix", "none"])
    people = [f"p{number}" for number in range(1, SIZE + 1)]
    out = path / "hand-ins"

    def hand_in(who, log):
        late = "later" if any(owner == who for owner in room.files.values()) else ""
        room.hand_in(who, log, out, late)

    while people:
        (event,) = room.chance.choices(EVENTS, ODDS)
        (event if len(people) > 1 else alone)(room, people, hand_in)
    return room, out


def marks_of(learner) -> set[str]:
    notes = {note for tags in learner.tags for note in tags.note if note}
    return notes | {response["text"] for response in learner.responses.values()}


def handers(room: Room, key: Path) -> dict[str, set[str]]:
    """Find out who handed in what counts for each learner of the class."""
    found = defaultdict(set)
    with key.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            found[row["code_name"]].add(room.files[row["handed_in_as"]])
    return found


def silent_losses(room: Room, class_file, owners_of, said: str) -> list[str]:
    """List what neither counts for the person who made it nor was told by name."""
    credited = defaultdict(set)
    sure = room.style in ("moodle", "canvas", "teams")
    mixed = [name for name, owners in owners_of.items() if sure and len(owners) > 1]
    wrong = [f"{name} is put together from {owners_of[name]}" for name in mixed]
    for learner in class_file:
        owners = owners_of[learner.coder]
        for mark in marks_of(learner):
            maker = mark.split()[0]
            credited[maker].add(mark)
            if owners != {maker} and not is_told(learner.coder, said):
                wrong.append(f"{mark} counts for {learner.coder} of {owners}, and nobody is told")
    for who, marks in room.made.items():
        rows = [name for name, owners in owners_of.items() if who in owners]
        missing = set(marks.values()) - credited[who]
        if missing and rows and not all(is_told(name, said) for name in rows):
            wrong.append(f"{sorted(missing)} of {who} count nowhere, and {rows} is not told")
    return wrong


def is_told(name: str, said: str) -> bool:
    return re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-]|\.\w)", said) is not None


def collected_twice(room: Room, out: Path) -> list[str]:
    """Collect what came in time, and then everything: who is called alike has to be the same."""
    early = room.path / "early"
    for number, path in enumerate(sorted(path for path in out.rglob("*") if path.is_file())):
        if number == 0 or room.chance.random() < 0.7:
            (early / path.relative_to(out)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, early / path.relative_to(out))
    wrong, owners = [], []
    for source in (early, out):
        done = collect(source, room.path / "class.gz", key=room.path / "key.csv")
        owners.append(handers(room, room.path / "key.csv"))
        said = "\n".join(done.sentences[:-1])
        if source == out:
            wrong += silent_losses(room, done.class_file, owners[-1], said)
        assert done.sentences[-1].endswith("; 0 files refused.")
    first, then = owners
    moved = [name for name in first.keys() & then.keys() if first[name].isdisjoint(then[name])]
    return [*wrong, *(f"{name} was {first[name]} and is {then[name]}" for name in moved)]


def test_every_act_counts_for_whoever_made_it_or_the_instructor_is_told(tmp_path, monkeypatch):
    # Nothing here depends on what survives a power cut, and waiting for disks takes most time.
    monkeypatch.setattr(os, "fsync", lambda _: None)
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    wrong = []
    for seed in range(CLASSES):
        with monkeypatch.context() as patched:
            room, out = a_class(seed, tmp_path / str(seed), patched)
        wrong += [f"class {seed}: {one}" for one in collected_twice(room, out)]
        shutil.rmtree(room.path)
    assert not wrong, "\n".join(wrong[:30])
