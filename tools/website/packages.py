"""Fetches what Python in the browser needs, and packs it small and compiled.

Three sources, all package registries: Pyodide itself (package-lock.json), the wheels of
requirements-pyodide.lock, and the few that come with the kernel of JupyterLite. All of it goes into
one folder, with a lock that names only what is there, so that nothing is ever looked for elsewhere.
"""

import hashlib
import json
import re
import shutil
import sys
import zipfile
from email.parser import HeaderParser
from fnmatch import fnmatch
from pathlib import Path

from framingkit.course import COURSE_FILE
from website.files import (
    CACHE,
    ROOT,
    BuildError,
    call,
    digest,
    folder_digest,
    fresh,
    node,
    pack,
    unpack,
)

LOCK = ROOT / "requirements-pyodide.lock"
PYODIDE = ROOT / "node_modules" / "pyodide"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
EXTENSIONS = Path(sys.prefix, "share", "jupyter", "labextensions")
KERNEL = EXTENSIONS / "@jupyterlite" / "pyodide-kernel-extension" / "static"
OF_KERNEL = ("ipykernel", "piplite", "pyodide_kernel")
# Nobody in a lesson needs these: tests, the pages' own copies of widgets, other languages' colours.
LEFT_OUT = (
    "*/tests/*", "*/test/*", "*.data/*", "*.pyi", "*/nbextension/*", "*/labextension/*",
    "IPython/external/*qt*", "IPython/sphinxext/*", "pygments/styles/[!_d]*",
    "*/ensurepip/*", "pydoc_data/*", "turtle*", "idlelib/*", "unittest/test*",
)  # fmt: skip
KEPT_LEXERS = ("__init__", "_mapping", "python", "special", "shell", "_builtins", "text")
# What the kit needs in the browser of itself: no pages, notebooks or teacher's tools.
OF_KIT_LEFT_OUT = (
    "framingkit/_kit/docs/*", "framingkit/_kit/exercises/solutions/*", "*/instructor-*",
    "framingkit/_kit/exercises/*.md", "framingkit/_kit/jupyter/*", "framingkit/start/*",
    "framingkit/hosting/*", "framingkit/cli.py*", "framingkit/commands/*",
    "framingkit/authoring/*", "*.data/*",
)  # fmt: skip
# IPython completes names with jedi, which is 5 MB of data about libraries; it can do without.
NO_JEDI = 'raise ImportError("jedi is not part of this site")\n'


def prepare(target: Path, kit: Path, contents: Path, course: Path) -> list[str]:
    """Fill a folder with Pyodide, its lock and all packages; give the packages' names.

    The kit gets the notebooks of ``contents``, from which it reads what a lesson asks; and the data
    of ``course``, if that is a teacher's own.
    """
    fetch()
    fresh(target)
    for name in CORE:
        shutil.copyfile(PYODIDE / name, target / name)
    for path in [*sorted(_compiled().iterdir()), _compiled_kit(kit, contents, course)]:
        shutil.copyfile(path, target / path.name)
    found = {entry["name"]: entry for entry in map(_entry, sorted(target.glob("*.whl")))}
    known = json.loads((PYODIDE / "pyodide-lock.json").read_text(encoding="utf-8"))
    lock = {"info": known["info"], "packages": found}
    (target / "pyodide-lock.json").write_text(json.dumps(lock, indent=1), encoding="utf-8")
    script = Path(__file__).with_name("start.mjs")
    node("Starting the Python of the site", "node", script, PYODIDE, target)
    return sorted(found)


def fetch() -> None:
    """Fetch Pyodide and the wheels, unless what the locks name is here."""
    stamp = ROOT / "node_modules" / ".framingkit-stamp"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        node("Fetching Pyodide", "npm", "ci", "--ignore-scripts")
        stamp.write_text(wanted, encoding="ascii")
    wheels, wanted = CACHE / "wheels", digest(LOCK)
    if not (wheels / wanted).exists():
        call("Fetching the packages for the browser", [
            sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes",
            "--only-binary=:all:", "--platform=any", "--implementation=py", "--abi=none",
            "--python-version=3.14", "-d", fresh(wheels), "-r", LOCK,
        ])  # fmt: skip
        (wheels / wanted).touch()


def _sources() -> list[Path]:
    kernel = sorted((KERNEL / "pypi").glob("*.whl"))
    ours = [path for path in kernel if path.name.split("-")[0] in OF_KERNEL]
    if len(ours) != len(OF_KERNEL):
        raise BuildError(f"The kernel in {KERNEL} does not bring {', '.join(OF_KERNEL)}.")
    return [*sorted((CACHE / "wheels").glob("*.whl")), *ours]


def _compiled() -> Path:
    """Give the folder of packages that are not the kit's; they are compiled once for each lock."""
    recipe = [Path(__file__), Path(__file__).with_name("compile.mjs"), ROOT / "package-lock.json"]
    made = CACHE / f"compiled-{digest(*recipe, *_sources())[:16]}"
    if not made.exists():
        for old in CACHE.glob("compiled-*"):
            shutil.rmtree(old)
        folders = fresh(CACHE / "unpacked")
        for wheel in _sources():
            _trim(unpack(wheel, folders / wheel.stem), LEFT_OUT)
        _trim(unpack(PYODIDE / "python_stdlib.zip", folders / "stdlib"), LEFT_OUT)
        _write_no_jedi(folders / "jedi-0-py3-none-any")
        compile_all(folders)
        unfinished = fresh(CACHE / "unfinished")
        for folder in sorted(folders.iterdir()):
            name = "python_stdlib.zip" if folder.name == "stdlib" else f"{folder.name}.whl"
            pack(folder, unfinished / name)
        unfinished.rename(made)
    return made


def _compiled_kit(wheel: Path, contents: Path, course: Path) -> Path:
    """Compile the kit's own wheel, unless the last build had the same."""
    own = fresh(CACHE / "course")
    if (course / COURSE_FILE).is_file():
        _take_course(own, course, contents)
    parts = (folder_digest(contents).encode(), folder_digest(own).encode())
    made = CACHE / f"kit-{digest(Path(__file__), wheel, *parts)[:16]}" / wheel.name
    if not made.exists():
        for old in CACHE.glob("kit-*"):
            shutil.rmtree(old)
        folders = fresh(CACHE / "unpacked-kit")
        _trim(unpack(wheel, folders / wheel.stem), OF_KIT_LEFT_OUT)
        inside = folders / wheel.stem / "framingkit"
        if any(own.iterdir()):
            shutil.copytree(own, inside / "_course")
            for notebook in (inside / "_kit").rglob("*.ipynb"):
                _keep_words(notebook)
        else:
            _take_notebooks(inside / "_kit", contents)
        compile_all(folders)
        made.parent.mkdir()
        pack(folders / wheel.stem, made)
    return made


def _take_course(target: Path, course: Path, contents: Path) -> None:
    """Take what a teacher's own course has; the kit in the browser finds it there."""
    shutil.copyfile(course / COURSE_FILE, target / COURSE_FILE)
    if (course / "data").is_dir():
        shutil.copytree(course / "data", target / "data", ignore=shutil.ignore_patterns("*.bak*"))
    _take_notebooks(target, contents)


def _take_notebooks(kit: Path, contents: Path) -> None:
    for name in ("notebooks", "exercises"):
        shutil.rmtree(kit / name, ignore_errors=True)
        if (contents / name).is_dir():
            shutil.copytree(contents / name, kit / name)
    for notebook in kit.rglob("*.ipynb"):
        _keep_words(notebook)


def _keep_words(notebook: Path) -> None:
    """Keep what the kit reads in its notebooks: which part asks what. The page has its own copy."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    kept = [{name: cell[name] for name in ("cell_type", "source")} for cell in cells]
    notebook.write_text(json.dumps({"cells": kept}, ensure_ascii=False), encoding="utf-8")


def compile_all(folders: Path) -> None:
    """Compile every Python file below some folders, by Pyodide itself."""
    script = Path(__file__).with_name("compile.mjs")
    node("Compiling for the browser", "node", script, PYODIDE, folders)


def _trim(folder: Path, patterns: tuple[str, ...]) -> None:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        is_lexer = path.parent.name == "lexers" and path.stem not in KEPT_LEXERS
        if path.is_file() and (is_lexer or any(fnmatch(name, one) for one in patterns)):
            path.unlink()


def _write_no_jedi(folder: Path) -> None:
    (folder / "jedi").mkdir(parents=True)
    (folder / "jedi" / "__init__.py").write_text(NO_JEDI, encoding="utf-8")
    about = folder / "jedi-0.dist-info"
    about.mkdir()
    texts = {"METADATA": "Metadata-Version: 2.1\nName: jedi\nVersion: 0\n", "RECORD": ""}
    texts["WHEEL"] = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    for name, text in texts.items():
        (about / name).write_text(text, encoding="utf-8")


def _entry(wheel: Path) -> dict[str, object]:
    """Describe a wheel as Pyodide's lock does; a page loads all of them, so none names another."""
    with zipfile.ZipFile(wheel) as file:
        name = next(name for name in file.namelist() if name.endswith(".dist-info/METADATA"))
        about = HeaderParser().parsestr(file.read(name).decode())
    return {
        "name": re.sub(r"[-_.]+", "-", about["Name"]).lower(), "version": about["Version"],
        "file_name": wheel.name, "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "depends": [], "imports": [], "install_dir": "site", "package_type": "package",
        "unvendored_tests": False,
    }  # fmt: skip
