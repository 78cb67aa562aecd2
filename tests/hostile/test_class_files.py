"""Whatever class file comes from a stranger: one sentence, in bounded time and memory."""

import os
import subprocess
import sys
import time

import pytest
from for_each import for_each
from hostile.class_corpus import bomb_cases, class_cases, good, mutated_classes
from hostile.readers import readers_in

from framingkit.errors import FramingkitError
from framingkit.hand_ins.file import read_class

CASES = {case.name: case for case in class_cases()}


def said_by(reader, path):
    """Return what a reader refuses a file with; empty if it reads it."""
    began = time.process_time()
    try:
        reader(path)
        said = ""
    except FramingkitError as error:
        said = str(error)
        assert said.isprintable()
        assert 20 < len(said) < 600
        assert said.endswith(".")
    spent = time.process_time() - began
    assert spent < 2, f"{spent:.1f} s"
    return said


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    return tmp_path


def test_the_good_class_is_read_by_everybody(work):
    (work / "class.gz").write_bytes(good())

    for name, reader in readers_in(work).items():
        assert said_by(reader, work / "class.gz") == "", name


@for_each(CASES)
def test_a_hostile_class_file_is_refused_with_place_and_reason(case, tmp_path):
    path = tmp_path / "class.gz"
    path.write_bytes(case.content)

    said = said_by(lambda path: list(read_class(path)), path)

    assert case.refusal in said, said
    assert bool(case.refusal) == bool(said), said


@for_each(list(enumerate(case for case in CASES.values() if not case.refusal)))
def test_what_is_read_is_read_by_everybody(numbered, work):
    """Or refused by one of them with a sentence, as a copy for learners is by most.

    Each case is read by three of the seven, in turn: all of it would take a processor 15 seconds.
    """
    number, case = numbered
    path = work / "class.gz"
    path.write_bytes(case.content)
    readers = list(readers_in(work).values())

    for place in range(3):
        said_by(readers[(number + 2 * place) % len(readers)], path)


def test_everybody_refuses_what_is_refused(work):
    names = sorted(name for name, case in CASES.items() if case.refusal)
    path = work / "class.gz"
    for name in names[::10]:
        path.write_bytes(CASES[name].content)
        for reader in readers_in(work).values():
            assert CASES[name].refusal in said_by(reader, path), name


@for_each(range(4))
def test_changed_class_files_are_read_or_refused(seed, work):
    path = work / "class.gz"
    readers = list(readers_in(work).values())
    for number, content in enumerate(mutated_classes(seed, 40)):
        path.write_bytes(content)
        if not said_by(lambda path: list(read_class(path)), path):
            said_by(readers[number % len(readers)], path)


MEASURED = """
import resource, sys, time
from framingkit.cli import main
began, code = time.process_time(), 0
try:
    main()
except SystemExit as stop:
    code = stop.code or 0
size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
if sys.platform == "linux":  # there, the number above is never less than that of pytest itself
    status = open("/proc/self/status", encoding="ascii").read()
    size = int(status.partition("VmHWM:")[2].split()[0])
print("measured", code, time.process_time() - began, size)
"""


def run(*words):
    """Run a command in a process of its own: its code, seconds, megabytes, and what it says."""
    command = [sys.executable, "-c", MEASURED, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert "measured" in done.stdout, done.stderr[-500:]
    code, seconds, size = map(float, done.stdout.split()[-3:])
    return code, seconds, size / (1024 if sys.platform == "linux" else 1024**2), done.stderr


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the memory")
@for_each({case.name: (case, ("report", "grade")[n % 2]) for n, case in enumerate(bomb_cases())})
def test_a_bomb_stays_small_and_is_soon_refused(bomb, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    case, command = bomb
    (tmp_path / "class.gz").write_bytes(case.content)

    code, seconds, megabytes, said = run(command, "class.gz", "-o", f"made.{command}")

    assert "Traceback" not in said
    assert (code, case.refusal in said) == (int(bool(case.refusal)), True), said
    assert (seconds < 2.5, megabytes < 200) == (True, True), (seconds, megabytes)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_a_pipe_a_folder_and_a_missing_file_are_named(tmp_path):
    os.mkfifo(tmp_path / "pipe.gz")
    (tmp_path / "folder.gz").mkdir()
    for name, reason in (
        ("pipe.gz", "plain file"),
        ("folder.gz", "plain file"),
        ("none", "no class"),
    ):
        with pytest.raises(FramingkitError, match=reason):
            read_class(tmp_path / name)
    with pytest.raises(FramingkitError, match="plain file"):
        read_class("/dev/null")
