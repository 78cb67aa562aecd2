"""The site in Firefox: lessons open ready there too, and a tag is kept by that browser."""

from collections.abc import Iterator
from pathlib import Path

import firefox as helper
import pytest
from browser.site import READY, Site, site
from firefox import Firefox, find_firefox

pytestmark = pytest.mark.slow
__all__ = ["site"]

LEARNER = (Path(__file__).parent / "learner.js").read_text(encoding="utf-8")
FIRST = "() => document.querySelector('.fk-badge')?.textContent === 'Saved'"
# says which words are tagged, when nothing waits to be saved
TAGGED = """() => {
  const root = document.querySelector(".framingkit-span-tagger");
  if (root?.querySelector(".fk-badge").textContent !== "Saved") return "";
  const rows = [...root.querySelectorAll(".fk-list li")];
  return rows.map((row) => row.textContent).join("; ") || "none";
}"""
# a word, and where its left and right end are on the screen, once nothing there moves any more
WORD = """async (number) => {
  const root = document.querySelector(".framingkit-span-tagger");
  const [paragraph, start, end] = learner.words(root)[number];
  const range = document.createRange();
  range.setStart(...learner.nodeAt(paragraph, start));
  range.setEnd(...learner.nodeAt(paragraph, end));
  paragraph.scrollIntoView({ block: "center" });
  const { top } = range.getBoundingClientRect();
  await new Promise((go) => setTimeout(go, 400));
  const now = range.getBoundingClientRect();
  const middle = top + now.height / 2;
  return now.top === top && [range.toString(), [now.left + 1, middle], [now.right - 1, middle]];
}"""

PLACES = """() => [...document.querySelectorAll(".jp-Notebook-cell")]
  .filter((cell) => cell.offsetHeight)
  .map((cell) => Math.round(cell.getBoundingClientRect().top))"""
ALL_THERE = """() => {
  const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")];
  const widgets = [...document.querySelectorAll('[data-mime-type*="widget-view"]')];
  return prompts.every((one) => /\\d/.test(one.textContent))
    && widgets.every((one) => one.querySelector(".framingkit")?.textContent);
}"""
# the same places, once the page has moved and come to rest
PLACES_AFTER = f"""async (before) => {{
  const places = {PLACES};
  const first = places();
  await new Promise((go) => setTimeout(go, 300));
  return first[0] !== before[0] && `${{first}}` === `${{places()}}` && first;
}}"""


@pytest.fixture(scope="module")
def running(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start Firefox once, with an empty profile, for all tests of this file."""
    firefox = Firefox(find_firefox(), tmp_path_factory.mktemp("firefox"))
    firefox.resize(1366, 768)
    yield firefox
    firefox.stop()


@pytest.fixture
def firefox(running: Firefox, site: Site) -> Iterator[Firefox]:
    """Give the running one; a request to another computer or an error fails the test."""
    running.asked.clear()
    running.errors.clear()
    yield running
    assert any("pyodide" in url for url in running.asked)
    assert [url for url in running.asked if not url.startswith(site.address)] == []
    assert running.errors == []


def test_a_missing_firefox_is_said_in_words(monkeypatch):
    monkeypatch.setattr(helper, "_PROGRAMS", ("no-such-browser",))
    for wanted, outcome in (("required", pytest.fail), ("", pytest.skip)):
        monkeypatch.setenv("FRAMINGKIT_FIREFOX", wanted)
        with pytest.raises(outcome.Exception, match="Firefox is not installed"):
            find_firefox()


def open_ready(site: Site, firefox: Firefox, name: str) -> str:
    """Open a lesson without any click, and wait for its first tool; tell what is tagged."""
    firefox.go(site.lesson(f"notebooks/{name}"))
    firefox.until(READY)
    firefox.until(FIRST)
    return str(firefox.until(TAGGED))


def test_a_lesson_opens_ready_and_keeps_a_tag(site, firefox):
    """One lesson; bench/site_lessons.py goes through all."""
    name = "03-commentary"
    assert open_ready(site, firefox, name) == "none"
    firefox.evaluate(f"() => {{ {LEARNER} }}")
    word, start, end = firefox.until(WORD, 5)
    firefox.drag(start, end)
    firefox.press("1")
    row = firefox.until(f"() => (({TAGGED})() || 'none').replace(/^none$/, '')")
    assert word in row
    assert open_ready(site, firefox, name) == row
    nothing_jumps(firefox)


def nothing_jumps(firefox: Firefox) -> None:
    """Turn the wheel again and again: all cells move together, and none takes another height."""
    firefox.until(ALL_THERE)
    before = firefox.until(PLACES_AFTER, [0])
    for _ in range(6):
        firefox.wheel((600, 400), 200)
        after = firefox.until(PLACES_AFTER, before)
        moved = [was - now for was, now in zip(before, after, strict=True)]
        assert max(moved) - min(moved) <= 1, moved
        before = after
