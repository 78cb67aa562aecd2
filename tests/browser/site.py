"""The site as `python run.py site` builds it, given to a browser by the kit's own server."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from framingkit.hosting import SiteFiles
from framingkit.hosting.server import open_server

ROOT = Path(__file__).parent.parent.parent
# Set-up of a lesson is done when the strip knows who works here.
READY = "() => document.querySelector('.fk-strip .fk-who')?.textContent"
SECONDS = 90_000


class Site:
    """A site, and where a browser finds it."""

    def __init__(self, folder: Path, address: str) -> None:
        self.folder, self.address = folder, address
        self.built = json.loads((folder / "site.json").read_text(encoding="utf-8"))

    def lesson(self, name: str, version: str = "") -> str:
        """Give the address of a notebook such as ``notebooks/03-commentary``."""
        place = f"{self.address}{version or self.built['version']}/notebooks/index.html"
        return f"{place}?path={self.built['lessons']}/{name}.ipynb"

    def open(self, browsing: BrowserContext, name: str, page: Page | None = None) -> Page:
        """Open a lesson, without any click, and wait until its set-up is done."""
        page = page or browsing.new_page()
        page.goto(self.lesson(name))
        page.wait_for_function(READY, timeout=SECONDS)
        return page


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """Build the site, unless what is in build/site fits the sources, and serve it."""
    python = getattr(sys, "_base_executable", None) or sys.executable
    done = subprocess.run(
        [python, str(ROOT / "run.py"), "site"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    folder = ROOT / "build" / "site"
    with open_server(SiteFiles(folder), "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()


@pytest.fixture
def asked() -> list[str]:
    """Every address that the browser asked for, but for what a page makes itself."""
    return []


@pytest.fixture
def browsing(browser: Browser, site: Site, asked: list[str]) -> Iterator[BrowserContext]:
    """A fresh browser profile; a request to any other computer fails the test."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    context.set_default_timeout(30_000)
    context.add_init_script(path=Path(__file__).parent / "learner.js")
    context.on("request", lambda request: asked.append(request.url))
    yield context
    context.close()
    inside = (site.address, "data:", f"blob:{site.address}")
    assert [url for url in asked if not url.startswith(inside)] == []
