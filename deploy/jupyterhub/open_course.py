"""What JupyterHub starts for each person: the course, copied at the first login, then JupyterLab.

It runs as that person, never as root, so it can do nothing that the person could not. What lies in
the folder already is never written to: a newer version of a file comes beside it, under a name of
its own. These variables, set by the Hub, say where things are; a missing one is left out.

FRAMINGKIT_COURSE_FOLDER   the person's folder; by default "framingkit" in the home folder
FRAMINGKIT_SHARED_FOLDER   what instructors give to everybody, to be read only
FRAMINGKIT_HAND_IN_FOLDER  where this person's hand-ins go; for instructors, those of everybody
FRAMINGKIT_INSTRUCTOR      "1" copies solutions, the guide and the class notebook too
"""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

import framingkit
from framingkit.commands import course_files
from framingkit.course import kit_folder

RECORD = ".framingkit-course.json"
SHARED, HANDED_IN = "shared", "handed-in"


def digest(path: Path) -> str:
    """Tell one version of a file from another."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_record(folder: Path) -> dict[str, str]:
    """Read which version of each file came last; damaged or missing, nothing is known."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(one) for name, one in found.items()} if isinstance(found, dict) else {}


def beside(path: Path, version: str) -> Path:
    """Name the newer version of a file, in the same folder."""
    return path.with_name(f"{path.stem} (new in {version}){path.suffix}")


def place_for(target: Path, known: str | None, new: str, version: str) -> Path | None:
    """Say where a file of the kit goes; None if nothing is to be copied."""
    if not os.path.lexists(target):
        return target
    is_updated = known is not None and known != new
    if not is_updated or (target.is_file() and digest(target) == new):
        return None
    other = beside(target, version)
    return None if os.path.lexists(other) else other


def bring(kit: Path, folder: Path, version: str, with_solutions: bool = False) -> list[Path]:
    """Copy what is new, and nothing over what is there; name what was copied."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    record, copied = read_record(folder), []
    for name in course_files(kit, with_solutions):
        new = digest(kit / name)
        place = place_for(folder / name, record.get(name.as_posix()), new, version)
        if place is not None:
            put(kit / name, place)
            copied.append(place.relative_to(folder))
        record[name.as_posix()] = new
    unfinished = folder / f"{RECORD}.unfinished"
    unfinished.write_text(json.dumps(record, indent=0), encoding="utf-8")
    unfinished.replace(folder / RECORD)
    return copied


def put(source: Path, target: Path) -> None:
    """Copy a file so that a break leaves no half of it, and nothing is ever replaced."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    if not os.path.lexists(target):
        unfinished.replace(target)


def link(folder: Path, name: str, target: str | None) -> None:
    """Show a folder of the server beside the lessons, if there is one and the name is free."""
    place = folder / name
    if target and Path(target).is_dir() and not os.path.lexists(place):
        place.symlink_to(target)


def settings(is_instructor: bool) -> dict[str, str]:
    """Give the variables that make JupyterLab open on the start page, and hide answers."""
    kit = kit_folder() / "jupyter"
    folders = [kit] if is_instructor else [kit, kit / "students"]
    paths = [*map(str, folders), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    return {
        "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths)),
        "JUPYTER_PATH": os.pathsep.join(filter(None, [str(kit), os.environ.get("JUPYTER_PATH")])),
        "JUPYTER_PREFER_ENV_PATH": "1",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    }


def main() -> None:
    """Bring the course, then become JupyterLab; without room for the course, open all the same."""
    folder = Path.home() / os.environ.get("FRAMINGKIT_COURSE_FOLDER", "framingkit")
    is_instructor = os.environ.get("FRAMINGKIT_INSTRUCTOR") == "1"
    try:
        bring(kit_folder(), folder, framingkit.__version__, is_instructor)
        link(folder, SHARED, os.environ.get("FRAMINGKIT_SHARED_FOLDER"))
        link(folder, HANDED_IN, os.environ.get("FRAMINGKIT_HAND_IN_FOLDER"))
    except OSError as error:
        print(f"The course could not be copied into {folder}: {error}", file=sys.stderr)
    os.environ.update(settings(is_instructor))
    os.environ.setdefault("FRAMINGKIT_WORK", str(folder / "work"))
    root = folder if folder.is_dir() else Path.home()
    os.chdir(root)
    command = [sys.executable, "-m", "jupyterhub.singleuser", f"--ServerApp.root_dir={root}"]
    os.execv(sys.executable, [*command, *sys.argv[1:]])


if __name__ == "__main__":
    main()
