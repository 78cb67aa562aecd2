"""Makes the place where lessons open: JupyterLite, with the kit's extension and its notebooks."""

import json
import shutil
import sys
from pathlib import Path

import make_extension

from website.files import CACHE, ROOT, BuildError, call, fresh

APP = "notebooks"
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
# Parts of JupyterLite that a lesson does not need. The first one would let Python write files into
# the browser through a service worker, which plain addresses and private windows do not have: the
# kit keeps work in a way that is the same everywhere.
OFF = (
    "@jupyterlite/application-extension:service-worker-manager",
    "@jupyterlite/application-extension:share-file",
    "@jupyterlab/apputils-extension:announcements",
    # the way back is to the start page; a list of files is not part of the site
    "@jupyterlite/notebook-application-extension:logo",
    "@jupyter-notebook/application-extension:logo",
    "@jupyter-notebook/notebook-extension:kernel-logo",
    "@jupyter-notebook/notebook-extension:open-tree-tab",
)
EXTENSION = ROOT / "jupyter" / "labextensions" / "framingkit-lesson"
OF_SITE = Path(__file__).with_name("extension")
# Before a lesson's first cell: bring back what the browser keeps. JupyterLite runs nothing after an
# error, so that a lesson would wait for ever; without storage, opening the lesson says what to do.
OPEN_STORAGE = """\
try:
    from framingkit.site import open_storage
    await open_storage("{storage}")
except Exception:
    pass"""


def build(
    target: Path, pyodide: Path, packages: list[str], contents: Path, name: str, storage: str
) -> None:
    """Build the application into a folder.

    ``contents`` is the folder of the notebooks, and ``name`` the name that it gets in their paths.
    ``storage`` names what the browser keeps of this course.
    """
    lite = fresh(CACHE / "lite")
    shutil.copytree(pyodide, lite / "static" / "pyodide")
    shutil.copytree(contents, lite / "contents" / name)
    shutil.copytree(EXTENSION, lite / "extensions-of-kit" / EXTENSION.name)
    _tell_extension(lite / "extensions-of-kit" / EXTENSION.name / "static", contents, storage)
    _write(lite / "overrides.json", _settings())
    _write(lite / "jupyter-lite.json", _config(packages, storage))
    extensions = [str(lite / "extensions-of-kit" / EXTENSION.name), str(OF_SITE)]
    options = {"federated_extensions": extensions, "contents": ["contents"], "apps": [APP]}
    _write(lite / "jupyter_lite_config.json", {"LiteBuildConfig": options})
    call("Building the application", [
        sys.executable, "-W", "ignore", "-m", "jupyterlite_core", "build", "--no-sourcemaps",
        "--no-libarchive", "--lite-dir", lite, "--output-dir", fresh(target),
    ], lite)  # fmt: skip
    _trim(target)
    _fetch_early(target)
    check(target)


def _tell_extension(folder: Path, contents: Path, storage: str) -> None:
    """Say which code may run by itself: that of the notebooks which this site ships."""
    lessons = json.loads(make_extension.files(contents)["lessons.json"])
    _write(folder / "lessons.json", {"before": OPEN_STORAGE.format(storage=storage), **lessons})


def _settings() -> dict[str, object]:
    path = ROOT / "jupyter" / "labconfig" / "default_setting_overrides.json"
    settings = json.loads(path.read_text(encoding="utf-8"))
    del settings["@jupyterlab/docmanager-extension:plugin"]  # about files that are not here
    # the name of the file, which says less than the strip does
    settings["@jupyter-notebook/application-extension:top"] = {"visible": "no"}
    return settings


def _config(packages: list[str], storage: str) -> dict[str, object]:
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    data = {
        "appName": "framingkit", "disabledExtensions": list(OFF),
        # one name for all versions, so that a lesson's page keeps what was typed into it
        "contentsStorageName": f"{storage} lessons", "settingsStorageName": f"{storage} settings",
        "workspacesStorageName": f"{storage} workspaces", "litePluginSettings": {KERNEL: kernel},
    }  # fmt: skip
    return {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}


def _write(path: Path, data: object) -> None:
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")


def _trim(target: Path) -> None:
    """Take away what no page asks for."""
    for pattern in ("**/*.map", "extensions/**/pypi/*.whl", "service-worker.js", "doc"):
        for path in sorted(target.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def _fetch_early(target: Path) -> None:
    """Let a page ask for Python while it is still building itself, and not only afterwards."""
    page = target / APP / "index.html"
    python = sorted(
        (target / "static" / "pyodide").glob("*"), key=lambda path: -path.stat().st_size
    )
    links = [f'<link rel="prefetch" href="../static/pyodide/{path.name}">' for path in python]
    text = page.read_text(encoding="utf-8").replace("</head>", "\n".join([*links, "</head>"]), 1)
    text = text.replace("<html>", '<html lang="en">', 1)
    page.write_text(text, encoding="utf-8", newline="\n")


def check(target: Path) -> None:
    """Look at what was really written: settings were once lost on the way."""
    data = json.loads((target / "jupyter-lite.json").read_text(encoding="utf-8"))
    data = data["jupyter-config-data"]
    kernel = data.get("litePluginSettings", {}).get(KERNEL, {})
    engine = target / kernel.get("pyodideUrl", "nowhere").removeprefix("./")
    loaded = kernel.get("loadPyodideOptions", {}).get("packages", [])
    extensions = {one["name"] for one in data.get("federated_extensions", [])}
    wrong = {
        "Pyodide is not part of it": not engine.is_file(),
        "packages would be looked for elsewhere": not kernel.get("disablePyPIFallback"),
        "the kit is not loaded": "framingkit" not in loaded,
        "the lessons would not open ready": "framingkit-lesson" not in extensions,
    }
    if any(wrong.values()):
        said = ", ".join(words for words, is_so in wrong.items() if is_so)
        raise BuildError(f"The site that was built is not whole: {said}.")
