"""Which course is at hand: the kit's own, or a teacher's, which lies over it like a new page.

A teacher's course is a folder with a file ``course.toml``. It is found from the folder where one
works, so a notebook in it, and a command that is started in it, need no further words. What it does
not have, the kit gives: codes, short texts, the record.
"""

import functools
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import ParamSpec, TypeVar

from framingkit.base import parse_toml, read_text, shown
from framingkit.errors import FramingkitError

COURSE_FILE = "course.toml"
"""What makes a folder a course."""

COURSE_VARIABLE = "FRAMINGKIT_COURSE"
"""Names the folder of a course from outside."""

Given = ParamSpec("Given")
Kept = TypeVar("Kept")

_PACKAGE = Path(__file__).parent.parent
_ON_A_SITE = _PACKAGE / "_course"  # where a site keeps the data of a course that is not the kit's
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_KIT_ARTICLE, KIT_CODEBOOK = "alaska-summit", "diplomatic-framing"


@dataclass(frozen=True, slots=True)
class Course:
    """A course; ``article`` and ``codebook`` are those that are meant where none is named.

    ``id`` is the name that hand-ins carry. The kit's own course has none.
    """

    id: str
    title: str
    article: str
    codebook: str = KIT_CODEBOOK
    folder: Path = Path()

    @property
    def is_kit(self) -> bool:
        """Whether it is the kit's own."""
        return not self.id


def is_course_id(id: str) -> bool:
    """Tell whether this can be the id of a course.

    Examples
    --------
    >>> is_course_id("ferry-treaty-7f3a"), is_course_id("../ferry")
    (True, False)
    """
    return _ID.fullmatch(id) is not None


def kit_folder() -> Path:
    """Return the folder that holds data/, notebooks/ and exercises/.

    Raises
    ------
    FramingkitError
        If there is no such folder, because the kit was copied only in part.
    """
    for folder in (_PACKAGE / "_kit", _PACKAGE.parent.parent):
        if (folder / "data").is_dir():
            return folder
    raise FramingkitError(
        "The kit's data folder is missing, so there is nothing to read. Install the kit again."
    )


_chosen: ContextVar[Path | None] = ContextVar("course", default=None)


@contextmanager
def working_on(folder: Path) -> Iterator[None]:
    """Work on the course in a folder, wherever one is; a folder that is none means the kit."""
    token = _chosen.set(folder.absolute())
    try:
        yield
    finally:
        _chosen.reset(token)


def choose_course(folder: Path) -> None:
    """Work on the course in a folder from now on, also in processes that this one starts.

    Raises
    ------
    FramingkitError
        If there is none.
    """
    if not (folder / COURSE_FILE).is_file():
        raise FramingkitError(
            f"“{shown(str(folder))}” is not a course of your own: it has no {COURSE_FILE}."
        )
    os.environ[COURSE_VARIABLE] = str(folder.absolute())


def this_course() -> Course:
    """Return the course at hand: the one chosen, or that of the folder where one works.

    Raises
    ------
    FramingkitError
        If its ``course.toml`` is damaged. The sentence names the field.

    Examples
    --------
    >>> with working_on(kit_folder()):
    ...     this_course().article
    'alaska-summit'
    """
    chosen = _chosen.get() or os.environ.get(COURSE_VARIABLE)
    if chosen:
        return _course_in(Path(chosen).absolute())
    try:
        return _course_around(os.getcwd())  # noqa: PTH109 (asked for often: no object for it)
    except OSError:  # somebody removed the folder
        return _course_in(_ON_A_SITE)


@functools.lru_cache(maxsize=64)
def _course_around(here: str) -> Course:
    around = (Path(here), *Path(here).parents)
    found = (folder for folder in around if (folder / COURSE_FILE).is_file())
    return _course_in(next(found, _ON_A_SITE))


@functools.lru_cache(maxsize=64)
def _course_in(folder: Path) -> Course:
    if (folder / COURSE_FILE).is_file():
        return read_course(folder)
    return Course("", "framingkit", _KIT_ARTICLE, folder=kit_folder())


def read_course(folder: Path) -> Course:
    """Read what a course says of itself.

    Raises
    ------
    FramingkitError
        If the file cannot be read, or a field is missing or unknown.
    """
    what = f"“{shown(COURSE_FILE)}” in “{shown(folder.name)}”"
    table = parse_toml(read_text(folder / COURSE_FILE), what)
    course = table.read(Course, names={"folder": ()}, folder=folder)
    for field in ("id", "article", "codebook"):
        if not is_course_id(getattr(course, field)):
            raise FramingkitError(
                f"In {what} the field {field!r} is {shown(getattr(course, field), 70)!r}. Write "
                "small letters, digits and hyphens, such as 'ferry-treaty'."
            )
    return course


def forget() -> None:
    """Read everything of courses again: somebody has written into one."""
    _course_around.cache_clear()
    _course_in.cache_clear()
    for clear in _to_clear:
        clear()


_to_clear: list[Callable[[], None]] = []


def kept(function: Callable[Given, Kept]) -> Callable[Given, Kept]:
    """Keep what a function gives, apart for each course; it is called with plain texts."""
    store: dict[object, Kept] = {}

    @functools.wraps(function)
    def keeping(*values: Given.args, **named: Given.kwargs) -> Kept:
        key = (this_course().folder, values, *sorted(named.items()))
        if key not in store:
            store[key] = function(*values, **named)
        return store[key]

    _to_clear.append(store.clear)
    return keeping


def folders() -> tuple[Path, ...]:
    """Return where data are looked for: first in the course, then in the kit."""
    course = this_course()
    return (course.folder,) if course.is_kit else (course.folder, kit_folder())


def data_files(name: str) -> list[Path]:
    """Return the files of this name in data/, the course's own first.

    Examples
    --------
    >>> [path.name for path in data_files("sources.toml")]
    ['sources.toml']
    """
    paths = (folder / "data" / name for folder in folders())
    return [path for path in paths if path.is_file()]


def data_file(name: str) -> Path:
    """Return one file of data/: the course's own where it has one, else the kit's.

    Raises
    ------
    FramingkitError
        If neither has it.
    """
    found = data_files(name)
    if not found:
        raise FramingkitError(f"The file “{shown(name)}” is missing. Install the kit again.")
    return found[0]


def data_ids(pattern: str, ending: str) -> dict[str, Path]:
    """Find files of data/ by a pattern, each under its name without the ending."""
    files = (path for folder in reversed(folders()) for path in (folder / "data").glob(pattern))
    return {path.name.removesuffix(ending): path for path in files}


def own_lessons() -> bool:
    """Tell whether the lessons at hand are a teacher's alone, and none of the kit's is in them."""
    course = this_course()
    if course.is_kit:
        return False
    names = {path.name for path in (kit_folder() / "notebooks").glob("[0-9]*.ipynb")}
    return not any((course.folder / "notebooks" / name).is_file() for name in names)
