"""Whether the site loses tags that it called saved: over reloads, crashed tabs, and two tabs.

Run ``python run.py site``, then ``python bench/site_storage.py`` with a number of tags (500 if left
out). Each tag is made by a key in the tagger of lesson 03 and counts from the moment when its badge
says “Saved”. After every tenth part the page is reloaded, crashed, or joined by a second tab.
"""

import contextlib
import json
import os
import sys
import threading
from pathlib import Path

from playwright.sync_api import BrowserContext, Error, Page, sync_playwright

from framingkit.hosting import SiteFiles
from framingkit.hosting.server import open_server

ROOT = Path(__file__).parent.parent
SITE = ROOT / "build" / "site"
BADGE = "document.querySelector('.framingkit-span-tagger .fk-badge')"
TAG = """([number, digit]) => new Promise((good) => {
  const root = document.querySelector(".framingkit-span-tagger");
  const badge = root.querySelector(".fk-badge");
  const start = performance.now();
  learner.tag(root, number, digit);
  const said = [];
  const look = setInterval(() => {
    said.push(badge.dataset.state);
    if (badge.dataset.state !== "saved" || !said.includes("saving")) return;
    clearInterval(look);
    good(performance.now() - start);
  }, 1);
  said.push("saving");
})"""
KEPT = """() => new Promise((good) => {
  const asked = indexedDB.open("framingkit");
  asked.onsuccess = () => {
    const got = asked.result.transaction("lines").objectStore("lines").getAll();
    got.onsuccess = () => (asked.result.close(), good(got.result.map(({ line }) => line)));
  };
})"""


def open_lesson(context: BrowserContext, address: str, page: Page | None = None) -> Page:
    """Open lesson 03 and wait until its tagger is there."""
    if page is None:
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
    page.goto(address)
    page.wait_for_function(f"{BADGE}?.dataset.state === 'saved'", timeout=120_000)
    return page


def spans_in(page: Page) -> int:
    """Count the different words and codes in the browser's storage."""
    lines = [json.loads(line) for line in page.evaluate(KEPT)]
    spans = [line["span"] for line in lines if line.get("kind") == "tag"]
    return len({(span["start"], span["label"]) for span in spans})


def measure(context: BrowserContext, address: str, count: int) -> tuple[list[float], int]:
    """Make the tags with what comes in between; return the times and how many were lost."""
    pages, times = [open_lesson(context, address)], list[float]()
    for number in range(count):
        page = pages[number % len(pages)]
        times.append(page.evaluate(TAG, [number // 8, str(number % 8 + 1)]))
        step, rest = divmod(number + 1, count // 10)
        if rest:
            continue
        if step % 3 == 1:
            open_lesson(context, address, pages[0])
        elif step % 3 == 2:
            with contextlib.suppress(Error):
                pages.pop(0).goto("chrome://crash", timeout=5_000)
            pages = pages or [open_lesson(context, address)]
        else:
            pages.append(open_lesson(context, address))
        print(f"{number + 1} tags saved, {spans_in(pages[0])} kept", flush=True)
    return times, len(times) - spans_in(pages[0])


def main(count: int) -> None:
    """Serve the site and print what was measured."""
    built = json.loads((SITE / "site.json").read_text(encoding="utf-8"))
    with open_server(SiteFiles(SITE), "127.0.0.1", 0) as server, sync_playwright() as driver:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        place = f"http://127.0.0.1:{server.server_port}/{built['version']}/notebooks/index.html"
        address = f"{place}?path={built['lessons']}/notebooks/03-commentary.ipynb"
        program = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=program)
        context = browser.new_context()
        context.add_init_script(path=ROOT / "tests" / "browser" / "learner.js")
        times, lost = measure(context, address, count)
        browser.close()
        server.shutdown()
    times.sort()
    middle, most = times[len(times) // 2], times[int(0.95 * len(times))]
    print(f"{count} tags: p50 {middle:.0f} ms, p95 {most:.0f} ms, {lost} of those saved were lost")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 500)
