"""A process that saves is killed without warning; what it said to be saved must be there.

``FRAMINGKIT_KILLS=200`` makes more kills than a normal run. A kill leaves the operating system
alive, so it proves the order of writing and telling, not that fsync reached a real disk.
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import deque

import pytest
from work_samples import TEXT

from framingkit.base import disk
from framingkit.work.log import WorkLog
from framingkit.work.sheet import check_sheet

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("FRAMINGKIT_KILLS", "24"))
AHEAD = 2  # processes that are ready while another one saves
NAME = "amber-heron-417"

_SAVER = """
import os, sys
from pathlib import Path
from framingkit.course import Span
from framingkit.work import Operation, TextVersion, WorkLog, limits

limits.MOST_TAGS = 10**6  # the kills are to end it, not a hand-in that is full
path, how, text = Path(sys.argv[1]), sys.argv[2], TextVersion(*sys.argv[4:8])
{mutant}
sys.stdin.readline()
log = WorkLog(path)
log.open_text(text)
client = "tab-" + sys.argv[3]
for seq in range(1, 100_000):
    id = client + "." + str(seq)
    span = Span(seq, seq + 10, "ceremony_symbol", "red carpet", "n" * (seq % 97), None, id)
    log.record([Operation("tag", client, log.state.seq + 1, id, text.key, span)])
    if how == "sheet":
        log.write_sheet("0.1.0")
    os.write(1, (id + "\\n").encode())
"""
_REWRITING = """
import time
from framingkit.base import disk
def append(path, lines, begins=None):
    content = (path.read_bytes() if path.exists() else b"") + lines
    with path.open("wb") as file:
        for byte in range(0, len(content), 64):
            file.write(content[byte : byte + 64])
            file.flush()
disk.append = append
"""
_TELLING_FIRST = """
from framingkit.work import WorkLog as Log
waiting, real = [], Log.record
def record(log, operations):
    waiting.extend(operations)
    if len(waiting) < 500:
        return [one for one in operations if log.state.apply(one)]
    log.state.by.clear()
    log.state.latest.clear()
    real(log, waiting)
    waiting.clear()
Log.record = record
"""


def start(folder, how, mutant):
    """Start a process that saves, in a folder in which others were killed before."""
    text = [getattr(TEXT, name) for name in TEXT.__slots__]
    code = _SAVER.replace("{mutant}", mutant)
    name = f"{how}{random.getrandbits(40):x}"
    command = [sys.executable, "-c", code, str(folder / f"{NAME}.jsonl"), how, name, *text]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def kill(process, chance):
    """Let a process go, kill it some moments after its first word; return all it said."""
    process.stdin.write(b"go\n")
    process.stdin.flush()
    said = process.stdout.readline()
    time.sleep(chance.random() ** 2 * 0.05)  # not a wait for something: the moment is the test
    process.kill()
    said += process.communicate()[0]
    assert process.returncode == -signal.SIGKILL
    return said.decode().split()


def damage(folder, acknowledged, how):
    """List what is wrong with the files that the killed processes left."""
    log = WorkLog(folder / f"{NAME}.jsonl")
    there = {tag.target for tag in log.state.tags(TEXT.key)}
    wrong = [f"lost {one}" for one in acknowledged if one not in there]
    wrong += [n for n in log.notices if "is incomplete" not in n and "could not be read" not in n]
    if not log.has_header:
        wrong.append("the header is gone")
    if how == "sheet":
        name = f"{NAME}.answers.json"
        sheet = check_sheet(disk.parse_json(disk.read_text(folder / name), name), name)
        tagged = {span["id"] for span in sheet["documents"][0]["spans"]}
        wrong += [f"not in the sheet: {one}" for one in acknowledged if one not in tagged]
    return wrong


def torn_lines(path):
    """Count the lines that are not JSON: no more than one for each kill may be."""
    count = 0
    for line in path.read_bytes().splitlines():
        try:
            json.loads(line)
        except ValueError:
            count += 1
    return count


def kill_many(folder, how, kills, mutant=""):
    """Kill one process after the other; return what they said to be saved and what is wrong."""
    chance, acknowledged, wrong = random.Random(kills), [], []
    waiting = deque(start(folder, how, mutant) for _ in range(min(AHEAD, kills)))
    try:
        for number in range(kills):
            if number + AHEAD < kills:
                waiting.append(start(folder, how, mutant))
            acknowledged += kill(waiting.popleft(), chance)
            wrong += damage(folder, acknowledged, how)
    finally:
        for process in waiting:
            process.kill()
            process.communicate()
    return acknowledged, wrong


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("how", ["log", "sheet"])
def test_what_was_said_to_be_saved_is_there_after_kill_9(tmp_path, how):
    kills = KILLS // 2

    acknowledged, wrong = kill_many(tmp_path, how, kills)

    print(f"{kills} kills, {len(acknowledged)} acknowledged, {len(wrong)} wrong")
    assert wrong == []
    assert len(acknowledged) >= kills
    assert torn_lines(tmp_path / f"{NAME}.jsonl") <= kills
    left = list(tmp_path.glob(".framingkit-*"))
    assert len(left) <= kills


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a POSIX signal")
@pytest.mark.parametrize("mutant", [_REWRITING, _TELLING_FIRST], ids=["rewriting", "telling first"])
def test_the_kills_find_a_log_that_is_rewritten_or_confirmed_too_early(tmp_path, mutant):
    _, wrong = kill_many(tmp_path, "log", 12, mutant)
    assert wrong != []
