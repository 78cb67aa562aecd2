"""The site keeps what it says it keeps: over reloads, crashes, two tabs, and a cleared storage."""
# ruff: noqa: F401, F811

import json

import pytest
from browser.site import SECONDS, asked, browsing, site
from playwright.sync_api import Error, expect

pytestmark = pytest.mark.slow
expect.set_options(timeout=20_000)  # a busy computer
LESSON = "notebooks/03-commentary"
TAG = """(root, [number, digit]) => new Promise((good) => {
  const badge = root.querySelector(".fk-badge");
  const start = performance.now();
  learner.tag(root, number, digit);
  const look = setInterval(() => {
    if (badge.dataset.state === "saved") good(performance.now() - start) || clearInterval(look);
  }, 2);
})"""
KEPT = """() => new Promise((good) => {
  const asked = indexedDB.open("framingkit");
  asked.onsuccess = () => {
    const got = asked.result.transaction("lines").objectStore("lines").getAllKeys();
    got.onsuccess = () => (asked.result.close(), good(got.result.map(([, id]) => id)));
  };
})"""


NEWER = """() => new Promise((good) => {
  indexedDB.open("framingkit", 2).onsuccess = () => good();
})"""
FULL = """if (self.WorkerGlobalScope) {
  let isFull = false;
  new BroadcastChannel("full").onmessage = ({ data }) => (isFull = data);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (...values) {
    if (isFull) throw new DOMException("", "QuotaExceededError");
    return put.apply(this, values);
  };
}"""
FORBIDDEN = """if (self.WorkerGlobalScope) Object.defineProperty(self, "indexedDB", {
  get() { throw new DOMException("", "SecurityError"); }
});"""


def in_worker(browsing, script):
    """Let a script run in the worker before Python starts there."""

    def changed(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=f"{script}\n{answer.text()}")

    browsing.route("**/pyodide/pyodide.mjs", changed)


def tagger(page):
    """Give the first tagger of a lesson, when it is there and has nothing to save."""
    first = page.locator(".framingkit-span-tagger").first
    expect(first.locator(".fk-badge")).to_have_text("Saved", timeout=SECONDS)
    return first


def open_tagger(site, browsing, page=None):
    return tagger(site.open(browsing, LESSON, page))


def rows(root):
    return root.locator(".fk-list li")


def strip(page):
    return page.locator(".fk-strip .fk-said")


def acts(page):
    return [id for id in page.evaluate(KEPT) if id.startswith("tab-")]


def spans_in_download(page):
    with page.expect_download() as found:
        page.locator(".fk-file").click()
    sheet = json.loads(found.value.path().read_text(encoding="utf-8"))
    return sum(len(one["spans"]) for one in sheet["documents"])


def test_tags_outlive_a_second_tab_a_crash_another_browser_and_a_newer_site(
    site, browsing, browser, tmp_path
):
    one = open_tagger(site, browsing)
    times = [one.evaluate(TAG, [3 * number, "1"]) for number in range(6)]
    assert len(acts(one.page)) == 6
    assert sorted(times)[3] < 1000, times

    two = open_tagger(site, browsing)
    expect(rows(two)).to_have_count(6)
    two.evaluate(TAG, [40, "2"])
    expect(rows(one)).to_have_count(7)
    one.evaluate(TAG, [44, "2"])
    expect(rows(two)).to_have_count(8)

    with pytest.raises(Error):
        one.page.goto("chrome://crash", timeout=5_000)
    two.page.close()
    again = open_tagger(site, browsing)
    expect(rows(again)).to_have_count(8)
    goes_on_in_another_browser(site, again.page, browser, tmp_path)
    an_old_page_asks_for_a_reload(again)


def goes_on_in_another_browser(site, page, browser, folder):
    """Download the answers of a page, and take them back in where nothing is."""
    with page.expect_download() as found:
        page.locator(".fk-file").click()
    file = folder / found.value.suggested_filename
    found.value.save_as(file)

    other = browser.new_context()
    page = site.open(other, LESSON)
    page.locator(".framingkit-learner input[type=file]").set_input_files(file)
    expect(page.locator(".fk-strip .fk-who")).to_have_text(file.name.removesuffix(".answers.json"))
    expect(rows(page.locator(".framingkit-span-tagger").first)).to_have_count(8)
    other.close()


def an_old_page_asks_for_a_reload(root):
    """Let a page of a newer site change the storage."""
    root.page.evaluate(NEWER)
    expect(strip(root.page)).to_contain_text("was updated while this page was open. Reload")
    root.evaluate("(root) => learner.tag(root, 9, '2')")
    expect(root.locator(".fk-badge")).to_contain_text("kept in this browser")


def test_a_browser_without_space_or_cleared_in_mid_lesson_says_so_and_loses_nothing(site, browsing):
    in_worker(browsing, FULL)
    root = open_tagger(site, browsing)
    page = root.page
    root.evaluate(TAG, [3, "1"])
    page.evaluate("new BroadcastChannel('full').postMessage(true)")
    root.evaluate("(root) => learner.tag(root, 9, '1')")
    expect(root.locator(".fk-badge")).to_contain_text("no space left")
    expect(strip(page)).to_contain_text("no space left")
    assert spans_in_download(page) == 2

    page.evaluate("new BroadcastChannel('full').postMessage(false)")
    expect(root.locator(".fk-badge")).to_have_text("Saved", timeout=SECONDS)
    assert len(acts(page)) == 2

    page.evaluate("indexedDB.deleteDatabase('framingkit')")
    expect(strip(page)).to_contain_text("was cleared while this lesson was open")
    root.evaluate(TAG, [15, "1"])
    assert len(acts(page)) == 3
    root = open_tagger(site, browsing, page)
    expect(rows(root)).to_have_count(3)


def test_a_browser_that_keeps_nothing_says_so_and_gives_the_file(site, browsing):
    in_worker(browsing, FORBIDDEN)
    page = site.open(browsing, LESSON)
    root = page.locator(".framingkit-span-tagger").first
    expect(root.locator(".fk-badge")).to_contain_text("Kept in this tab only", timeout=SECONDS)
    expect(strip(page)).to_contain_text("This browser keeps nothing for this page")
    root.evaluate(TAG, [3, "1"])
    assert spans_in_download(page) == 1
