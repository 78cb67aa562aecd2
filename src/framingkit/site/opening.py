"""Brings the kept work back when a page opens, and keeps it from then on."""

import os
import sys
from pathlib import Path

from framingkit.base import disk, lasting
from framingkit.site.mirror import BLOCKED, NEWER, Mirror, Storage
from framingkit.work import CHOSEN_FILE, open_log

STORAGE = "framingkit"
"""The storage of the kit's own course."""

CHANGING, INSECURE = "changing", "insecure"


async def open_storage(name: str = STORAGE) -> None:
    """Bring the work back that this browser keeps; nothing else may run before.

    It never fails: where a browser keeps nothing, learners read it, and can download their work.

    Parameters
    ----------
    name
        The name of the database; two courses on one origin need two. The site knows its own.

    Examples
    --------
    In a cell of the site, before its lesson is opened; elsewhere, the disk keeps everything::

        await framingkit.site.open_storage()
    """
    if sys.platform != "emscripten" or lasting.keepers:
        return
    from framingkit.site.browser import BrowserStorage

    folder = Path(os.environ.setdefault("FRAMINGKIT_WORK", work_in_memory(name)))
    mirror = Mirror(folder, name)
    await start(mirror, BrowserStorage(name, mirror.take))


def work_in_memory(name: str) -> str:
    """Name the folder for work in a browser's memory, beside all folders of notebooks.

    Each course has one of its own: what a page could not save waits under the name of its folder.

    Examples
    --------
    >>> work_in_memory("framingkit"), work_in_memory("framingkit-trade")
    ('/framingkit/work', '/framingkit-trade/work')
    """
    return f"/{name}/work"


async def start(mirror: Mirror, storage: Storage) -> None:
    """Restore what a storage holds, and let a mirror keep the rest; without one, say so."""
    lasting.keepers[:] = [mirror]
    try:
        mirror.restore(await storage.load())
        await _claim(mirror, storage)
        facts = await storage.facts()
    except Exception as error:  # browsers refuse in many ways
        mirror.brief = True
        mirror.troubles.append(NEWER if str(error) == "VersionError" else BLOCKED)
        return
    mirror.begin(storage)
    if not facts["persisted"]:
        mirror.troubles.append(CHANGING if facts["secure"] else INSECURE)


async def _claim(mirror: Mirror, storage: Storage) -> None:
    """Let all tabs of a new browser begin as the same learner: the one of whoever is first."""
    path = mirror.folder / CHOSEN_FILE
    if path.exists():
        return
    open_log()
    mine = disk.read_text(path)
    mirror.take({"files": [[CHOSEN_FILE, await storage.claim(CHOSEN_FILE, mine)]]})
