"""How long it takes until a lesson is ready, in a real JupyterLab with the kit's extension.

    python bench/opening.py           # every lesson, three times
    python bench/opening.py 02 --times 5

JupyterLab's server is running, and a new browser window goes to the lesson's address: nothing is
pressed. Two times for each lesson: until its first tool says that it is saved, which it says when
Python has answered, and until all its cells have run.
"""

import argparse
import time

from figures import browser, load, table
from length import RAN, ROOT, SIZE, server
from playwright.sync_api import Browser

ANSWERS = "() => document.querySelector('.jp-Notebook .fk-badge[data-state=saved]')"


def waited(chromium: Browser, address: str) -> tuple[float, float]:
    """Open a lesson in a new window; give the seconds until a tool answers, and until all ran."""
    context = chromium.new_context(viewport=SIZE)
    page = context.new_page()
    start = time.monotonic()
    page.goto(address)
    page.wait_for_function(ANSWERS, timeout=90_000)
    first = time.monotonic() - start
    page.wait_for_function(RAN, timeout=90_000)
    whole = time.monotonic() - start
    context.close()
    return first, whole


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("lessons", nargs="*", help="01 02, for example; all without")
    options.add_argument("--times", type=int, default=3)
    asked = options.parse_args()
    names = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    chosen = [name for name in names if not asked.lessons or name[:2] in asked.lessons]
    lines = []
    with server() as address, browser() as chromium:
        for name in chosen:
            goal = f"{address}lab/tree/notebooks/{name}"
            times = [waited(chromium, goal) for _ in range(asked.times)]
            ends = [(min(column), max(column)) for column in zip(*times, strict=True)]
            parts = [f"{least:.1f} to {most:.1f}" for least, most in ends]
            lines.append([name, *parts])
    print(table(["lesson", "first tool answers (s)", "all cells have run (s)"], lines))
    print(load())


if __name__ == "__main__":
    main()
