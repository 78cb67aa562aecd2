"""Every lesson and workbook of the site, from top to bottom, in Chromium and in Firefox.

    python bench/site_lessons.py                 all of them, in both
    python bench/site_lessons.py firefox 00 03   only some, in one of them

Run ``python run.py site`` first. Each opens without a click; then the page is scrolled through, one
word is tagged in each tagger, and one option is chosen in each question that has options. A line of
the table is good if every code cell ran and none shows an error, every tool answers and says that
nothing waits to be saved, all these acts are in the browser's storage, nothing is wrong in the
browser's own log, and no other computer was asked for anything.
"""

import json
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from framingkit.hosting import SiteFiles
from framingkit.hosting.server import open_server

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "helpers"))

from firefox import Firefox, find_firefox  # noqa: E402

SITE = ROOT / "build" / "site"
LEARNER = (ROOT / "tests" / "browser" / "learner.js").read_text(encoding="utf-8")
SIZE = (1366, 768)
BROWSERS = ("chromium", "firefox")
FOLDERS = ("notebooks", "exercises")
HEAD = ("cells", "ran", "tools", "alive", "acts", "kept", "errors", "in the log", "asked", "others")

# a notebook comes with the numbers of an earlier run; once the strip knows who works here, they are
# those of this one
RAN = """() => {
  if (!document.querySelector(".fk-strip .fk-who")?.textContent) return false;
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  return prompts.length && prompts.every((one) => /\\d/.test(one.textContent));
}"""
SCROLL = """async () => {
  const scroller = document.querySelector(".jp-WindowedPanel-outer");
  for (let at = 0; at < scroller.scrollHeight; at += scroller.clientHeight / 2) {
    scroller.scrollTop = at;
    await new Promise((go) => setTimeout(go, 100));
  }
}"""
ACT = """() => {
  let acts = 0;
  // a workbook may show again what its lesson showed, and the same act would be none
  for (const root of document.querySelectorAll(".framingkit-span-tagger")) {
    if (!learner.words(root).length) continue;
    learner.tag(root, 5 + 7 * root.querySelectorAll(".fk-list li").length, "1");
    acts++;
  }
  for (const root of document.querySelectorAll(".framingkit-question")) {
    const option = root.querySelector("input:is([type=radio], [type=checkbox]):not(:checked)");
    if (!option) continue;
    option.click();
    root.querySelector(".fk-main-button").click();
    acts++;
  }
  return acts;
}"""
KEPT = """() => new Promise((good) => {
  const asked = indexedDB.open("framingkit");
  asked.onsuccess = () => {
    const got = asked.result.transaction("lines").objectStore("lines").getAll();
    const isAct = ({ line }) => /"kind": "(tag|answer)"/.test(line);
    got.onsuccess = () => (asked.result.close(), good(got.result.filter(isAct).length));
  };
})"""
SAVED = """() => [...document.querySelectorAll(".framingkit .fk-badge")]
  .every((one) => one.dataset.state === "saved")"""
# a widget that is broken has words of its own, and no tool of the kit in it
STATE = """() => {
  const count = (what) => document.querySelectorAll(what).length;
  const cells = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  const outputs = [...document.querySelectorAll('[data-mime-type*="widget-view"]')];
  const isAlive = (one) => {
    const tool = one.querySelector(".framingkit");
    const badge = tool?.querySelector(".fk-badge");
    return tool?.textContent && (!badge || badge.dataset.state === "saved");
  };
  const tools = count(".framingkit");
  return {
    cells: cells.length,
    ran: cells.filter((one) => /\\d/.test(one.textContent)).length,
    tools,
    alive: tools - outputs.filter((one) => !isAlive(one)).length,
    errors: count('[data-mime-type$="jupyter.error"], [data-mime-type$="jupyter.stderr"]'),
  };
}"""


class Chromium:
    """A Chromium with the face of tests/helpers/firefox.py, as far as this script needs it."""

    def __init__(self, page: Any, version: str) -> None:
        self.page, self.version = page, version
        self.asked: list[str] = []
        self.errors: list[str] = []
        page.set_default_timeout(180_000)
        page.context.on("request", lambda request: self.asked.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        page.on("console", lambda line: self.errors.extend([line.text] * (line.type == "error")))

    def go(self, address: str) -> None:
        self.page.goto(address)

    def evaluate(self, function: str) -> Any:
        return self.page.evaluate(function)

    def until(self, function: str, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.page.evaluate(function):
            assert time.monotonic() < end, f"waited in vain for {function}"
            time.sleep(0.1)


@contextmanager
def running(name: str) -> Iterator[Any]:
    """Start one of the two browsers, with an empty profile."""
    if name == "firefox":
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            firefox = Firefox(find_firefox(), Path(folder))
            firefox.resize(*SIZE)
            yield firefox
            firefox.stop()
        return
    with sync_playwright() as driver:
        program = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
        browser = driver.chromium.launch(executable_path=program)
        size = dict(zip(("width", "height"), SIZE, strict=True))
        yield Chromium(browser.new_page(viewport=size), browser.version)
        browser.close()


def go_through(browser: Any, address: str, inside: str) -> dict[str, int]:
    """Open one notebook, scroll and work through it, and count."""
    browser.asked.clear()
    browser.errors.clear()
    browser.go(address)
    browser.until(RAN, seconds=180)
    browser.evaluate(SCROLL)
    browser.until(SAVED, seconds=60)
    before = browser.evaluate(KEPT)
    browser.evaluate(f"() => {{ {LEARNER} }}")
    acts = browser.evaluate(ACT)
    browser.until(f"async () => {before} + {acts} <= await ({KEPT})()", seconds=60)
    browser.until(SAVED, seconds=60)
    urls = [url for url in browser.asked if not url.startswith(("data:", "blob:"))]
    others = sum(not url.startswith(inside) for url in urls)
    kept = browser.evaluate(KEPT) - before
    counts = {"acts": acts, "kept": kept, "in the log": len(browser.errors)}
    return browser.evaluate(STATE) | counts | {"asked": len(urls), "others": others}


def is_good(line: dict[str, int]) -> bool:
    wrong = line["errors"] + line["in the log"] + line["others"]
    pairs = [("cells", "ran"), ("tools", "alive"), ("acts", "kept")]
    return wrong == 0 and all(line[one] == line[other] for one, other in pairs)


def main(words: list[str]) -> int:
    """Print the table; the result is how many lines of it are bad."""
    built = json.loads((SITE / "site.json").read_text(encoding="utf-8"))
    contents = SITE / built["version"] / "files" / built["lessons"]
    books = [path.relative_to(contents).as_posix() for name in FOLDERS
             for path in sorted((contents / name).glob("*.ipynb"))]  # fmt: skip
    numbers = [word for word in words if word not in BROWSERS]
    bad = 0
    with open_server(SiteFiles(SITE), "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        inside = f"http://127.0.0.1:{server.server_port}/"
        place = f"{inside}{built['version']}/notebooks/index.html?path={built['lessons']}/"
        for name in [one for one in BROWSERS if one in words] or BROWSERS:
            with running(name) as browser:
                print(f"\n{name} {browser.version}\n{'':32}" + " ".join(HEAD), flush=True)
                for book in books:
                    if numbers and Path(book).name[:2] not in numbers:
                        continue
                    line = go_through(browser, place + book, inside)
                    columns = " ".join(f"{line[one]:{len(one)}}" for one in HEAD)
                    print(f"{book:32}{columns}", flush=True)
                    for error in browser.errors:
                        print(f"    {error[:300]}")
                    bad += not is_good(line)
        server.shutdown()
    print(f"\n{bad} of them are not as they should be." if bad else "\nAll are good.")
    return bad


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 1))
