"""A real JupyterLab with the kit's own settings, and notebooks opened in it in Chromium."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, ViewportSize

from framingkit import course
from framingkit.work.log import WorkLog
from framingkit.work.sheet import TextVersion

ROOT = Path(__file__).parent.parent.parent
SIZE: ViewportSize = {"width": 1200, "height": 900}
CODER = "amber-heron-417"
KEY = TextVersion.of(course.load_article(), course.load_codebook()).key
OPEN = 'import framingkit as fk\n\nlesson = fk.open_lesson("03-commentary")'
TAG = 'lesson.tag("commentary")'
HAND_IN = "lesson.hand_in()"
# what a command gives back must not be sent to Python: it may be a whole window
_OPEN = "(path) => void jupyterapp.commands.execute('docmanager:open', { path })"
_CLEAR = """() => {
  for (const one of [...jupyterapp.shell.widgets("main")]) one.dispose();
  localStorage.clear();
  sessionStorage.clear();
}"""
_KERNEL = "jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"


def wait_for(reached: Callable[[], Any], what: str, seconds: float = 20) -> Any:
    """Look again and again until something is so; return what was found."""
    end = time.monotonic() + seconds
    while not (found := reached()):
        assert time.monotonic() < end, f"waited in vain: {what}"
        time.sleep(0.02)
    return found


class Lab:
    """One JupyterLab server for all tests, and the folder that it shows."""

    def __init__(self, folder: Path, work: str = "work", coder: str = CODER) -> None:
        self.folder, self.work = folder, folder / work
        self.profile: tuple[BrowserContext, list[str]] | None = None
        shutil.copytree(ROOT / "notebooks", folder / "notebooks")
        own = {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
        own |= {f"JUPYTERLAB_{n}_DIR": str(folder / n) for n in ("SETTINGS", "WORKSPACES")}
        environment = os.environ | own | {
            "JUPYTER_CONFIG_PATH": str(ROOT / "jupyter"), "JUPYTER_NO_CONFIG": "",
            "JUPYTER_PATH": str(ROOT / "jupyter"),
            "FRAMINGKIT_WORK": str(self.work), "FRAMINGKIT_CODER": coder,
            "IPYTHONDIR": str(folder / "ipython"), "PYTHONPATH": str(ROOT / "src"),
        }  # fmt: skip
        command = [
            sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
            "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={folder}",
            "--LabApp.expose_app_in_browser=True",
        ]  # fmt: skip
        with (folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        place = wait_for(lambda: self._place(folder / "RUNTIME"), "JupyterLab starts", 60)
        self.url, self.token = place["url"], place["token"]

    def _place(self, folder: Path) -> Any:
        """Tell where the server listens, when it does."""
        assert self.process.poll() is None, "JupyterLab ended"
        for path in folder.glob("jpserver-*.json"):
            try:
                place = json.loads(path.read_text())
                urllib.request.urlopen(place["url"] + "api", timeout=5).close()
                return place
            except (ValueError, OSError):
                return None
        return None

    def ask(self, method: str, path: str) -> Any:
        headers = {"Authorization": f"token {self.token}"}
        request = urllib.request.Request(self.url + path, method=method, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def forget(self) -> None:
        """End all kernels and empty the work folder."""
        for session in self.ask("GET", "api/sessions"):
            self.ask("DELETE", f"api/sessions/{session['id']}")
        self.unblock()
        shutil.rmtree(self.work, ignore_errors=True)

    def block(self) -> None:
        """Let the work folder be one that nobody can make."""
        shutil.rmtree(self.work.parent, ignore_errors=True)
        self.work.parent.write_bytes(b"")

    def unblock(self) -> None:
        if self.work.parent.is_file():
            self.work.parent.unlink()

    def stop(self) -> None:
        self.forget()
        os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def log(self) -> WorkLog:
        """Read the learner's log as a new kernel would."""
        return WorkLog(self.work / f"{CODER}.jsonl")

    def tags(self) -> list[Any]:
        return self.log().state.tags(KEY)


_RUNNING: list[Lab] = []


class Notebook:
    """One notebook open in one browser tab."""

    def __init__(self, page: Page, lab: Lab, path: str) -> None:
        self.page, self.lab, self.path = page, lab, path
        if page.url.startswith(lab.url):
            page.evaluate(_OPEN, path)
        else:
            page.goto(f"{lab.url}doc/tree/{path}?token={lab.token}")
        self.ready()

    def ready(self) -> None:
        """Wait until the kernel is there and idle."""
        self.page.wait_for_function(
            f"() => window.{_KERNEL}?.status === 'idle' && "
            f"window.{_KERNEL}.connectionStatus === 'connected'",
            timeout=40_000,
        )

    def command(self, name: str) -> None:
        self.page.evaluate("(name) => jupyterapp.commands.execute(name)", name)

    def run_all(self) -> "Notebook":
        self.command("notebook:run-all-cells")
        wrong = self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.model.toJSON().cells"
            ".flatMap((cell) => cell.outputs || []).filter((one) => one.output_type === 'error')"
        )
        assert wrong == []
        return self

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def restart(self) -> None:
        self.page.evaluate(f"() => window.{_KERNEL}.restart()")
        self.ready()

    def kill(self) -> None:
        """End the kernel's process without warning, and wait until another one is there."""
        kernel = self.page.evaluate(f"() => window.{_KERNEL}.id")
        processes = subprocess.run(
            ["ps", "-A", "-ww", "-o", "pid=,args="], capture_output=True, text=True, check=True
        )
        lines = [line for line in processes.stdout.splitlines() if kernel in line]
        for line in lines:
            os.kill(int(line.split()[0]), signal.SIGKILL)
        assert lines, "the kernel has no process"
        self.page.locator(".jp-Dialog button").first.click()  # "The kernel appears to have died"
        self.ready()

    def cells(self) -> Any:
        """List kind and source of each cell."""
        return self.page.evaluate(
            "() => jupyterapp.shell.currentWidget.content.widgets"
            ".map((cell) => [cell.model.type, cell.model.sharedModel.source])"
        )

    def show(self, words: str) -> None:
        """Scroll to the cell that calls something."""
        number = next(n for n, (_, source) in enumerate(self.cells()) if words in source)
        self.page.evaluate(
            "(n) => jupyterapp.shell.currentWidget.content.scrollToItem(n, 'start')", number
        )

    @property
    def tagger(self) -> Locator:
        return self.page.locator(".framingkit-span-tagger").first

    @property
    def badge(self) -> Locator:
        return self.tagger.locator(".fk-badge")

    def box(self, number: int) -> list[float]:
        """Tell where a word of the text is on the screen: left, right, height of its middle."""
        self.tagger.locator(".fk-text").scroll_into_view_if_needed()
        found: list[float] = self.tagger.evaluate(
            "(root, n) => { const words = learner.words(root); const [p, start, end] = words[n];"
            " const range = document.createRange();"
            " range.setStart(...learner.nodeAt(p, start + 1));"
            " range.setEnd(...learner.nodeAt(p, end - 1));"
            " const box = range.getBoundingClientRect();"
            " return [box.left - 4, box.right + 4, box.top + box.height / 2]; }",
            number,
        )
        return found

    def tag(self, number: int, key: str = "1") -> None:
        """Select a word and press a key, as fast as a program can."""
        self.tagger.evaluate("(root, [n, key]) => learner.tag(root, n, key)", [number, key])

    def words(self) -> str:
        """Read the text as it stands in the tagger."""
        return str(self.tagger.locator(".fk-text").evaluate("(host) => host.textContent"))

    def shown(self) -> int:
        """Count the tags in the list."""
        return int(self.tagger.locator(".fk-list li").count())


@pytest.fixture(scope="session")
def running_lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Lab:
    """Start JupyterLab once, however many test files take this fixture over."""
    if not _RUNNING:
        _RUNNING.append(Lab(tmp_path_factory.mktemp("lab")))
        request.session.addfinalizer(_RUNNING[0].stop)
    return _RUNNING[0]


@pytest.fixture
def lab(running_lab: Lab) -> Lab:
    running_lab.forget()
    return running_lab


def _profile(browser: Browser) -> tuple[BrowserContext, list[str]]:
    """Make a browser profile, and the list in which every address that it asks for is noted."""
    context = browser.new_context(viewport=SIZE)
    context.set_default_timeout(20_000)
    context.add_init_script(path=Path(__file__).parent / "learner.js")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("page", lambda page: page.on("websocket", lambda one: asked.append(one.url)))
    return context, asked


def _only_here(asked: list[str]) -> None:
    """A request to any other computer fails the test."""
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    asked.clear()
    assert hosts <= {"127.0.0.1", "localhost"}


@pytest.fixture
def browsing(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh browser profile, for tests of what JupyterLab does when it starts."""
    context, asked = _profile(browser)
    yield context
    context.close()
    _only_here(asked)


@pytest.fixture
def desk(browser: Browser, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page in which JupyterLab runs, with nothing open and an empty storage.

    Starting JupyterLab takes a browser twice as long as opening a lesson in it, so the tests of one
    server take turns on the same page, as a learner goes from lesson to lesson.
    """
    if lab.profile is None:
        lab.profile = _profile(browser)
    context, asked = lab.profile
    page = context.pages[0] if context.pages else context.new_page()
    if page.url.startswith(lab.url):
        page.evaluate(_CLEAR)  # once more: what lay in the page may have kept something since
    failed = request.session.testsfailed
    yield page
    for other in context.pages[1:]:
        other.close()
    _leave(page, is_whole=request.session.testsfailed == failed)
    _only_here(asked)


def _leave(page: Page, is_whole: bool) -> None:
    """Leave a page as JupyterLab starts it; close it if that fails, or if its test did."""
    try:
        assert is_whole
        page.emulate_media(media="null")
        page.set_viewport_size(SIZE)
        page.evaluate(_CLEAR)
    except (AssertionError, Error):
        page.close()


@pytest.fixture
def open_notebook(lab: Lab, desk: Page, request: pytest.FixtureRequest) -> Callable[..., Notebook]:
    """Open a notebook by its file name, or make one of code cells, named after the test.

    The first is opened on the desk, every other in a tab of its own, where JupyterLab starts too.
    """
    free = [desk]

    def opened(
        *cells: str, name: str = "", folder: str = "notebooks", page: Page | None = None
    ) -> Notebook:
        path = f"{folder}/{name or request.node.name + '.ipynb'}"
        if cells:
            assert not (lab.folder / path).exists(), "a new notebook needs a new name"
            notebook = nbformat.v4.new_notebook(
                cells=[nbformat.v4.new_code_cell(cell, id=f"c{n}") for n, cell in enumerate(cells)],
                metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
            )
            nbformat.write(notebook, lab.folder / path)
        page = page or (free.pop() if free else desk.context.new_page())
        return Notebook(page, lab, path)

    return opened
