"""How long each lesson is, unanswered, in a real JupyterLab with the kit's extension.

    python bench/length.py            # six numbers
    python bench/length.py 03 --cells # what is tall in one lesson

The window has 1366 by 768 pixels, and the side bars are as they open. Two numbers: how many
windows of 768 pixels a lesson is high, and how many times what can be seen of the notebook below
the bars of JupyterLab and the strip.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
PORT = 8977
SIZE = {"width": 1366, "height": 768}
LOADED = "() => window.jupyterapp?.shell?.currentWidget?.content?.widgets?.length > 5"
RAN = (
    "() => jupyterapp.shell.currentWidget.content.widgets"
    ".every((cell) => cell.model.type !== 'code' || cell.model.executionCount)"
)
SCROLLER = "jupyterapp.shell.currentWidget.content.outerNode"
# the cells that are out of sight are taken off the page, so each is looked at in its place
CELLS = """async () => {
  const { content } = jupyterapp.shell.currentWidget;
  const pause = (time) => new Promise((go) => setTimeout(go, time));
  const found = new Map();
  for (let round = 0; round < 2; round++)
    for (let at = 0; at < content.outerNode.scrollHeight; at += 500) {
      content.outerNode.scrollTop = at;
      await pause(120);
      for (const cell of content.widgets)
        if (cell.node.isConnected) found.set(cell.model.id, cell.node.offsetHeight);
    }
  return [...found];
}"""


@contextmanager
def server() -> Iterator[str]:
    """Give the address of a JupyterLab with a course made for this once."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder) / "course"
        kit = [sys.executable, "-c", "from framingkit.cli import main; main()"]
        subprocess.run([*kit, "start", str(course)], check=True, stdout=subprocess.DEVNULL)
        for path in (course / "notebooks").glob("*.ipynb"):
            _forget(path)
        options = ["--no-browser", "--allow-root", "--IdentityProvider.token="]
        own = {"JUPYTER_CONFIG_DIR": folder, "JUPYTERLAB_WORKSPACES_DIR": f"{folder}/w"}
        process = subprocess.Popen(
            [*kit, "open", str(course), "--port", str(PORT), *options,
             "--LabApp.expose_app_in_browser=True"],
            env=os.environ | own, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            yield _answering(f"http://127.0.0.1:{PORT}/")
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(20)


def _forget(path: Path) -> None:
    """Leave stored outputs out, so that it can be seen which cells have run."""
    notebook = json.loads(path.read_bytes())
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _answering(address: str) -> str:
    for _ in range(120):
        try:
            urllib.request.urlopen(address + "api", timeout=5).close()
            return address
        except OSError:
            time.sleep(0.5)
    raise SystemExit("JupyterLab did not answer.")


def opened(browser: Browser, address: str, name: str) -> Page:
    """Open a lesson and wait until all its tools are there."""
    page = browser.new_context(viewport=SIZE).new_page()
    page.goto(f"{address}lab/tree/notebooks/{name}?reset")
    page.wait_for_function(LOADED, timeout=60_000)
    page.wait_for_function(RAN, timeout=60_000)
    page.wait_for_timeout(1500)
    return page


def measured(page: Page) -> tuple[int, int, list[tuple[str, int]]]:
    """Measure what is seen of the notebook, how high all of it is, and how high each cell is."""
    cells = page.evaluate(CELLS)
    seen, whole = page.evaluate(f"() => [{SCROLLER}.clientHeight, {SCROLLER}.scrollHeight]")
    return seen, whole, cells


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("lessons", nargs="*", help="01 02, for example; all without")
    options.add_argument("--cells", action="store_true", help="also say how high each cell is")
    asked = options.parse_args()
    names = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    with server() as address, sync_playwright() as tool:
        program = os.environ.get("FRAMINGKIT_CHROMIUM")
        browser = tool.chromium.launch(executable_path=program)
        for name in names:
            if asked.lessons and name[:2] not in asked.lessons:
                continue
            page = opened(browser, address, name)
            seen, whole, cells = measured(page)
            windows, below = whole / SIZE["height"], whole / seen
            print(f"{name}: {windows:.1f} windows, {below:.1f} times what is seen", flush=True)
            for id, height in cells if asked.cells else []:
                print(f"  {height:5} px  {id}")
            page.context.close()


if __name__ == "__main__":
    main()
