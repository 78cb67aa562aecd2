"""The files of a site as a server gives them: known by name, typed, compressed, and for how long.

Only a name that was found in the folder is ever answered, so no address leads out of it.
"""

import gzip
import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock

from framingkit.base import read_bytes
from framingkit.errors import FramingkitError

MARK = "site.json"
"""The file by which a site is known; it names the folder of its current version."""

TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
    "json": "application/json", "ipynb": "application/json", "map": "application/json",
    "webmanifest": "application/manifest+json", "wasm": "application/wasm",
    "whl": "application/zip", "zip": "application/zip", "svg": "image/svg+xml",
    "png": "image/png", "ico": "image/x-icon", "gif": "image/gif", "jpg": "image/jpeg",
    "woff": "font/woff", "woff2": "font/woff2", "ttf": "font/ttf",
    "txt": "text/plain; charset=utf-8", "md": "text/plain; charset=utf-8",
    "toml": "text/plain; charset=utf-8",
}  # fmt: skip
# These are compressed already, or so small that nothing is gained.
_DENSE = {"whl", "zip", "png", "gif", "jpg", "woff", "woff2"}
_SMALL = 600
FOR_EVER = "public, max-age=31536000, immutable"
ASK_FIRST = "no-cache"


@dataclass(frozen=True, slots=True)
class Answer:
    """One file: its bytes, also compressed if that makes it smaller, and its headers."""

    kind: str
    body: bytes
    packed: bytes | None
    tag: str
    kept: str


class SiteFiles:
    """The files of a folder that holds a site.

    Parameters
    ----------
    folder
        What ``python run.py site`` has built.

    Raises
    ------
    FramingkitError
        If there is no site in the folder.

    Examples
    --------
    >>> SiteFiles(Path("nowhere"))
    Traceback (most recent call last):
    framingkit.errors.FramingkitError: There is no folder “nowhere”. Build one: python run.py site.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._answers: dict[str, Answer] = {}
        self._names: frozenset[str] = frozenset()
        self._read_at = -1
        self.look()

    def look(self) -> None:
        """Read the names again if the site was built again; a page asks for this each time."""
        if not self.folder.is_dir():
            raise FramingkitError(
                f"There is no folder “{self.folder}”. Build one: python run.py site."
            )
        mark = self.folder / MARK
        try:
            built_at = mark.stat().st_mtime_ns
            self.version = str(json.loads(read_bytes(mark))["version"])
        except (OSError, ValueError, KeyError, TypeError):
            raise FramingkitError(
                f"There is no site in “{self.folder}”: the file “{MARK}” is missing or damaged. "
                "Build one with: python run.py site."
            ) from None
        if built_at != self._read_at:
            found = (path for path in self.folder.rglob("*") if path.is_file())
            inside = (path for path in found if not path.is_symlink())
            names = frozenset(path.relative_to(self.folder).as_posix() for path in inside)
            self._answers, self._names, self._read_at = {}, names, built_at

    def names(self) -> list[str]:
        """Name all files, those that a first visit needs before the rest."""
        return sorted(self._names, key=lambda name: ("static/" not in name, name))

    def find(self, name: str) -> str | None:
        """Tell which file an address means: a folder means the page in it."""
        if name in self._names:
            return name
        page = f"{name.rstrip('/')}/index.html".lstrip("/")
        return page if page in self._names else None

    def answer(self, name: str) -> Answer:
        """Give a file; it is read and compressed the first time that somebody asks."""
        found = self._answers.get(name)
        if found is None:
            with self._lock:
                found = self._answers.get(name) or self._read(name)
                self._answers[name] = found
        return found

    def _read(self, name: str) -> Answer:
        body = (self.folder / name).read_bytes()
        ending = name.rpartition(".")[2].lower()
        packed = None
        if ending not in _DENSE and len(body) > _SMALL:
            packed = gzip.compress(body, 6, mtime=0)
        smaller = packed if packed and len(packed) < len(body) else None
        kept = FOR_EVER if name.startswith("v-") else ASK_FIRST
        kind = TYPES.get(ending, "application/octet-stream")
        return Answer(kind, body, smaller, f'"{sha256(body).hexdigest()[:20]}"', kept)
