"""Gives a course to learners: one zip file with all that they need, and nothing for teachers."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from framingkit.authoring.check import check_course
from framingkit.authoring.course_files import CourseFolder
from framingkit.base import counted, refuse_inputs, refuse_strange, write_atomic
from framingkit.course import COURSE_FILE
from framingkit.errors import FramingkitError

_ROOMS = ("notebooks", "exercises", "data", "docs")
_LEFT_OUT = {"work", "solutions", "__pycache__"}
_TIME = (2020, 2, 2, 0, 0, 0)
MOST_BYTES = 200_000_000


def learners_files(folder: Path) -> Iterator[Path]:
    """Name the files of a course that learners get, relative to its folder."""
    yield Path(COURSE_FILE)
    for room in _ROOMS:
        for path in sorted((folder / room).rglob("*")):
            name = path.relative_to(folder)
            hidden = any(part in _LEFT_OUT or part.startswith(".") for part in name.parts)
            hidden |= path.name.startswith("instructor-") or ".bak" in path.name
            if path.is_file() and not path.is_symlink() and not hidden:
                yield name


def pack_course(folder: Path, target: Path) -> list[str]:
    """Pack a course for learners; the same course gives the same bytes.

    Raises
    ------
    FramingkitError
        If the folder is no course, or another file lies in the target's place.
    """
    if not CourseFolder(folder).is_there:
        check_course(folder)  # says what a course is
    refuse_inputs([target], [folder / COURSE_FILE])
    refuse_strange(target, _is_course, "a course as “framingkit pack” writes it")
    names, packed = [*learners_files(folder)], io.BytesIO()
    if sum((folder / name).stat().st_size for name in names) > MOST_BYTES:
        raise FramingkitError("This course has more than 200 MB. Take large files out of it.")
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            entry = zipfile.ZipInfo(f"{folder.resolve().name}/{name.as_posix()}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, (folder / name).read_bytes())
    write_atomic(target, packed.getvalue())
    return [
        f"Packed {counted(len(names), 'file')} into “{target.name}”. Learners unpack it into the "
        "folder of the kit, or anywhere, and open it with: framingkit open FOLDER"
    ]


def _is_course(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.endswith(f"/{COURSE_FILE}") for name in archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return False
