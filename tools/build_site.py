"""Build the lessons as a site: ``python run.py site [--course DIR] [-o DIR]``.

--course DIR   a folder with the kit's layout (notebooks, exercises); the kit itself if left out
-o DIR         where the site goes; build/site if left out
"""

import argparse
import shutil
import sys
import time
from pathlib import Path

from website import application, packages, pages
from website.files import CACHE, ROOT, BuildError, call, folder_digest, fresh

SKIPPED = shutil.ignore_patterns("instructor-*", "solutions", ".*", "work", "__pycache__")


def build(course: Path, target: Path) -> Path:
    """Build the site; look for what is in the way before anything is removed."""
    if not sorted((course / "notebooks").glob("[0-9][0-9]-*.ipynb")):
        raise BuildError(f"There are no lessons in “{course}”: a course has a folder “notebooks”.")
    if target.exists() and any(target.iterdir()) and not (target / "site.json").exists():
        raise BuildError(f"“{target}” holds something else than a site. Choose another folder.")
    contents = fresh(CACHE / "contents")
    for name in ("notebooks", "exercises"):
        if (course / name).is_dir():
            shutil.copytree(course / name, contents / name, ignore=SKIPPED)
    names = packages.prepare(CACHE / "pyodide", _kit())
    lessons = f"lessons-{folder_digest(contents)[:8]}"
    app = CACHE / "app"
    application.build(app, CACHE / "pyodide", names, contents, lessons)
    pages.write_inside(app, course)
    version = f"v-{folder_digest(app)[:12]}"
    _put_together(target, app, version, lessons)
    books = sorted(f"exercises/{path.name}" for path in contents.glob("exercises/*.ipynb"))
    pages.write_outside(target, version, lessons, books)
    return target


def _kit() -> Path:
    """Build the wheel of the kit."""
    folder = fresh(CACHE / "kit")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    call("Building the kit", command)
    return next(folder.glob("*.whl"))


def _put_together(target: Path, app: Path, version: str, lessons: str) -> None:
    fresh(target)
    shutil.copytree(app, target / version)
    (target / "site.json").write_text(f'{{"version": "{version}", "lessons": "{lessons}"}}\n')


def main(words: list[str]) -> int:
    """Build, and say in a sentence what went wrong."""
    parser = argparse.ArgumentParser(prog="run.py site", description=__doc__.split(":")[0])
    parser.add_argument("--course", type=Path, default=ROOT, help="a folder of the kit's layout")
    parser.add_argument("-o", dest="target", type=Path, default=ROOT / "build" / "site")
    chosen = parser.parse_args(words)
    start = time.monotonic()
    try:
        target = build(chosen.course.resolve(), chosen.target.resolve())
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    files = [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"Built {target}: {len(files)} files, {size:.1f} MB, {time.monotonic() - start:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
