"""Build the lessons as a site: ``python run.py site [--course DIR] [--name NAME] [-o DIR]``.

--course DIR   a folder with the kit's layout (notebooks, exercises); the kit itself if left out
--name NAME    what browsers call the work on this course; the name of its folder if left out
-o DIR         where the site goes; build/site if left out
"""

import argparse
import json
import re
import shutil
import sys
import time
from pathlib import Path

from website import application, packages, pages
from website.files import CACHE, ROOT, BuildError, alone, call, digest, folder_digest, fresh

from framingkit.course import COURSE_FILE, load_outlines, working_on

MARK, KIT = "site.json", "framingkit"
SKIPPED = shutil.ignore_patterns("instructor-*", "solutions", ".*", "work", "__pycache__")


SOURCES = (
    "src", "data", "docs/worksheets", "jupyter/extension", "jupyter/labconfig",
    "jupyter/labextensions", "notebooks", "exercises", "tools/website",
)  # fmt: skip
FILES = (
    "docs/glossary.md", "docs/sources.md", "docs/every-act-as-code.md", "docs/capstone-rubric.md",
    "package-lock.json", "pyproject.toml",
    "requirements-pyodide.lock", "requirements-site.lock", "tools/build_site.py",
)  # fmt: skip


def fingerprint(course: Path, storage: str) -> str:
    """Say what a site depends on: the same sources need not be built twice."""
    folders = [ROOT / name for name in SOURCES]
    folders += [course / name for name in ("notebooks", "exercises", "data", "docs")]
    parts: list[bytes | Path] = [storage.encode(), *(ROOT / name for name in FILES)]
    ignored = {"__pycache__", "work", ".ipynb_checkpoints"}
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not ignored & set(path.parts[len(ROOT.parts) :]):
                parts += [path.relative_to(folder).as_posix().encode(), path]
    return digest(*parts)


def build(course: Path, target: Path, storage: str) -> Path:
    """Build the site; look for what is in the way before anything is removed."""
    with working_on(course):
        return _build(course, target, storage)


def _build(course: Path, target: Path, storage: str) -> Path:
    _check(course, target, storage)
    sources = fingerprint(course, storage)
    if _mark(target).get("sources") == sources:
        return target
    contents = fresh(CACHE / "contents")
    for name in ("notebooks", "exercises"):
        if (course / name).is_dir():
            shutil.copytree(course / name, contents / name, ignore=SKIPPED)
    names = packages.prepare(CACHE / "pyodide", _kit(), contents, course)
    lessons = f"lessons-{folder_digest(contents)[:8]}"
    app = CACHE / "app"
    application.build(app, CACHE / "pyodide", names, contents, lessons, storage)
    pages.write_inside(app, course, lessons)
    version = f"v-{folder_digest(app)[:12]}"
    _put_together(target, app, version, storage)
    books = sorted(f"exercises/{path.name}" for path in contents.glob("exercises/*.ipynb"))
    pages.write_outside(target, contents, version, lessons, books, storage)
    # last of all: a site that was cut off has no mark
    mark = {"version": version, "lessons": lessons, "sources": sources, "storage": storage}
    (target / MARK).write_text(json.dumps(mark), encoding="utf-8")
    return target


def storage_name(course: Path, name: str = "") -> str:
    """Name what browsers keep of a course: two courses at one address must never share it.

    The kit's own course keeps the name that it always had. A folder whose name has other signs than
    small letters, digits and hyphens gets a few that stand for the whole name.
    """
    if course == ROOT and not name:
        return KIT
    if re.fullmatch(rf"{KIT}(-[a-z0-9]+)*", name):
        return name  # as a site that was built before calls it
    name = name or course.name
    plain = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40]
    known = "" if plain == name else digest(name.encode())[:6]
    return "-".join(part for part in (KIT, plain, known) if part)


def _check(course: Path, target: Path, storage: str) -> None:
    """Look for what is in the way."""
    known = {path.name for path in (ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb")}
    if (course / COURSE_FILE).is_file():
        known = {f"{outline.id}.ipynb" for outline in load_outlines()}
    if not known & {path.name for path in (course / "notebooks").glob("*.ipynb")}:
        raise BuildError(
            f"There are no lessons in “{course}”. A course has a folder “notebooks” with files "
            "such as 01-context.ipynb; make one with: framingkit start FOLDER, or with: "
            "framingkit new-lesson SOURCE -o FOLDER."
        )
    if target.exists() and any(target.iterdir()) and not (target / MARK).exists():
        raise BuildError(f"“{target}” holds something else than a site. Choose another folder.")
    mark = _mark(target)
    # a site from before courses had names of their own
    before = mark.get("storage", KIT if "sources" in mark else storage)
    if before != storage:
        raise BuildError(
            f"“{target}” holds a site whose learners’ work is called “{before}” in their browsers; "
            f"this one would call it “{storage}”, and they would not find it. Choose another "
            f"folder with -o for another course. For the same course, add --name {before}."
        )


def _mark(target: Path) -> dict[str, str]:
    """Read what was noted when the site in a folder was built; nothing if there is none."""
    try:
        return dict(json.loads((target / MARK).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _kit() -> Path:
    """Build the wheel of the kit."""
    folder = fresh(CACHE / "kit")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    call("Building the kit", command)
    return next(folder.glob("*.whl"))


def _put_together(target: Path, app: Path, version: str, storage: str) -> None:
    """Replace what was there; the mark comes first, so that it stays ours if we are cut off."""
    fresh(target)
    (target / MARK).write_text(json.dumps({"storage": storage}), encoding="utf-8")
    shutil.copytree(app, target / version)


def main(words: list[str]) -> int:
    """Build, and say in a sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="run.py site", description=__doc__.split(":")[0])
    parser.add_argument("--course", type=Path, default=ROOT, help="a folder of the kit's layout")
    parser.add_argument("--name", default="", help="what browsers call the work on this course")
    parser.add_argument("-o", dest="target", type=Path, default=ROOT / "build" / "site")
    chosen = parser.parse_args(words)
    start = time.monotonic()
    try:
        with alone():
            course = chosen.course.resolve()
            storage = storage_name(course, chosen.name)
            target = build(course, chosen.target.resolve(), storage)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    files = [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"Built {target}: {len(files)} files, {size:.1f} MB, {time.monotonic() - start:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
