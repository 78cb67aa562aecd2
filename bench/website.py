"""The site: its size, a first and a second visit, the way to the first tool, and a class at once.

    python bench/website.py visits 5      five cold and five warm visits to lesson 03, in Chromium
    python bench/website.py class 60      60 learners load all files of a first visit, over loopback

Both use build/site (`python run.py site`). The second runs `framingkit serve` and Python's own
`http.server` in turn, with the same client, on the same processors: compare the two, not the
seconds with those of another computer.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from framingkit.hosting import SiteFiles
from framingkit.hosting.server import SiteHandler, open_server

ROOT = Path(__file__).parents[1]
SITE = ROOT / "build" / "site"
PORT = 8931
CONNECTIONS = 6  # as browsers do
KIT = "from framingkit.cli import main; main()"
SERVERS = {
    "framingkit serve": ["-c", KIT, "serve", str(SITE), "--port", str(PORT), "--only-here"],
    "python -m http.server": [
        "-m", "http.server", str(PORT), "--bind", "127.0.0.1", "-d", str(SITE)
    ],
}  # fmt: skip
READY = "() => document.querySelector('.fk-strip .fk-who')?.textContent"


def lesson() -> str:
    built = json.loads((SITE / "site.json").read_text(encoding="utf-8"))
    path = f"{built['lessons']}/notebooks/03-commentary.ipynb"
    return f"http://127.0.0.1:{PORT}/{built['version']}/notebooks/index.html?path={path}"


def start(name: str) -> subprocess.Popen[bytes]:
    """Start a server, and wait until it answers."""
    command = [sys.executable, *SERVERS[name]]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, **quiet)
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/site.json", timeout=5).close()
            return server
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"{name} does not start.")


def load() -> str:
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"


def visit(context: BrowserContext) -> dict[str, Any]:
    """Open the lesson without a click, and wait until its set-up is done."""
    page = context.new_page()
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    begun = time.monotonic()
    page.goto(lesson(), wait_until="commit")
    page.wait_for_function(READY, timeout=120_000, polling=50)
    ready = time.monotonic() - begun
    page.wait_for_timeout(3000)
    page.close()
    real = [url for url in urls if url.startswith("http")]
    other = [url for url in real if not url.startswith(f"http://127.0.0.1:{PORT}/")]
    return {"ready": ready, "urls": real, "other": other}


class CountingHandler(SiteHandler):
    """Counts what goes over the network, heads left out."""

    sent: ClassVar[list[int]] = []

    def _send(self, status: Any, headers: Any, body: Any, with_body: bool) -> None:
        CountingHandler.sent.append(len(body or b""))
        super()._send(status, headers, body, with_body)


def visits(runs: int) -> None:
    """Measure visits; each cold one has a fresh profile, and a warm one comes after it."""
    files = [path for path in SITE.rglob("*") if path.is_file()]
    print(
        f"site: {len(files)} files, {sum(p.stat().st_size for p in files) / 1e6:.1f} MB; {load()}"
    )
    server = open_server(SiteFiles(SITE), "127.0.0.1", PORT)
    server.RequestHandlerClass = CountingHandler
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: dict[str, list[dict[str, Any]]] = {"cold": [], "warm": []}
    with sync_playwright() as playwright:
        path = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path)
        for _ in range(runs):
            context = browser.new_context(viewport={"width": 1366, "height": 768})
            for kind in found:
                CountingHandler.sent.clear()
                one = visit(context)
                found[kind].append({**one, "sent": list(CountingHandler.sent)})
            context.close()
        browser.close()
    server.shutdown()
    for kind, all in found.items():
        times = sorted(one["ready"] for one in all)
        other = sum(len(one["other"]) for one in all)
        print(f"{kind}: ready after {median(times):.1f} s ({times[0]:.1f} to {times[-1]:.1f}), "
              f"{len(all[0]['sent'])} requests, {sum(all[0]['sent']) / 1e6:.2f} MB, "
              f"{other} to other hosts")  # fmt: skip
    print(load())


async def fetch(pool: "asyncio.Queue[str]", counts: dict[str, int]) -> None:
    """Be one connection of a browser: ask for one file after the other."""
    reader = writer = None
    while True:
        try:
            path = pool.get_nowait()
        except asyncio.QueueEmpty:
            break
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", PORT, limit=1 << 22)
            asked = (
                f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAccept-Encoding: gzip\r\n\r\n"
            )
            writer.write(asked.encode())
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(head.partition("content-length:")[2].split("\r\n")[0])
            left = length
            while left:
                piece = await reader.read(min(left, 1 << 20))
                if not piece:
                    raise ConnectionError("cut off")
                left -= len(piece)
            counts["bytes"] += length
            counts["good" if " 200 " in head.split("\r\n")[0] else "failed"] += 1
            if "http/1.0" in head or "connection: close" in head:
                writer.close()
                reader = writer = None
        except (OSError, ValueError, asyncio.IncompleteReadError):
            counts["failed"] += 1
            if writer:
                writer.close()
            reader = writer = None
    if writer:
        writer.close()


async def crowd(learners: int, paths: list[str]) -> dict[str, int]:
    counts = {"good": 0, "failed": 0, "bytes": 0}
    tasks = []
    for _ in range(learners):
        pool: asyncio.Queue[str] = asyncio.Queue()
        for path in paths:
            pool.put_nowait(path)
        tasks += [fetch(pool, counts) for _ in range(CONNECTIONS)]
    await asyncio.gather(*tasks)
    return counts


def first_visit() -> list[str]:
    """List what a browser really asks for; each file once, as its cache does."""
    server = start("framingkit serve")
    with sync_playwright() as playwright:
        path = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=path)
        urls = visit(browser.new_context())["urls"]
        browser.close()
    server.terminate()
    server.wait()
    parts = [urlsplit(url) for url in dict.fromkeys(urls)]
    return list(dict.fromkeys(one.path for one in parts if not one.path.endswith("favicon.ico")))


def classroom(learners: int) -> None:
    """Let a class open the lesson at the same moment, on each server."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    paths = first_visit()
    for name in SERVERS:
        server = start(name)
        time.sleep(4)  # a teacher starts it before the class comes
        begun = time.monotonic()
        counts = asyncio.run(crowd(learners, paths))
        took = time.monotonic() - begun
        server.terminate()
        server.wait()
        print(f"{name}: {learners} learners, {len(paths)} files each: {took:.1f} s, "
              f"{counts['failed']} failed, {counts['bytes'] / 1e6:.0f} MB; {load()}")  # fmt: skip


WAYS: dict[str, Callable[[int], None]] = {"visits": visits, "class": classroom}

if __name__ == "__main__":
    WAYS[sys.argv[1]](int(sys.argv[2]))
