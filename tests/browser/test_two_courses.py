"""Two courses at one address: a browser keeps the work on each by itself."""
# ruff: noqa: F401, F811

import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from browser.site import ROOT, SECONDS, Site, asked, browsing
from playwright.sync_api import expect

pytestmark = pytest.mark.slow
LESSON = "notebooks/03-commentary"


def build(*words):
    python = getattr(sys, "_base_executable", None) or sys.executable
    return subprocess.run(
        [python, str(ROOT / "run.py"), "site", *map(str, words)],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two folders side by side: the kit's course, and another one with a lesson of its own."""
    course = tmp_path_factory.mktemp("courses") / "trade-talks"
    for place in ("notebooks", "exercises"):
        (course / place).mkdir(parents=True)
    for path in (ROOT / "notebooks").glob("0[03]-*.ipynb"):
        shutil.copy(path, course / "notebooks")
    shutil.copy(ROOT / "exercises" / "03-commentary.ipynb", course / "exercises")
    both = tmp_path_factory.mktemp("both")
    # what is in build/site is not built again, as in the other tests of the site
    for words in ([], ["--course", course, "-o", both / "trade"]):
        done = build(*words)
        assert done.returncode == 0, done.stdout + done.stderr
    shutil.copytree(ROOT / "build" / "site", both / "kit")
    return both


@pytest.fixture(scope="module")
def address(folder):
    class Files(SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_):
            pass

    files = partial(Files, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), files) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def site(folder, address):
    return Site(folder / "kit", address)


def tagger(page):
    first = page.locator(".framingkit-span-tagger").first
    expect(first.locator(".fk-badge")).to_have_text("Saved", timeout=SECONDS)
    return first


def tags(page):
    return page.locator(".framingkit-span-tagger").first.locator(".fk-list li")


def test_work_on_one_course_is_not_in_the_other_and_both_are_there_again(folder, address, browsing):
    kit, trade = (Site(folder / name, f"{address}{name}/") for name in ("kit", "trade"))
    assert (kit.built["storage"], trade.built["storage"]) == (
        "framingkit",
        "framingkit-trade-talks",
    )
    one = kit.open(browsing, LESSON)
    for number in (12, 20):
        tagger(one).evaluate("(root, number) => learner.tag(root, number, '1')", number)
    expect(tags(one)).to_have_count(2)
    tagger(one)
    two = trade.open(browsing, LESSON)
    tagger(two)
    expect(tags(two)).to_have_count(0)
    who = [page.locator(".framingkit-learner .fk-who").first.text_content() for page in (one, two)]
    assert who[0] != who[1]
    tagger(two).evaluate("(root) => learner.tag(root, 30, '2')")
    expect(tags(two)).to_have_count(1)
    tagger(two)

    for site, page, count in ((kit, one, 2), (trade, two, 1)):
        page.goto(site.address)
        said = f"{count} tag{'s' * (count > 1)} and 0 answers are saved in this browser"
        expect(page.locator(".kept")).to_contain_text(said)
    names = one.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert {"framingkit", "framingkit-trade-talks"} <= set(names)


def test_an_answer_typed_into_a_workbook_stays_in_its_course(folder, address, browsing):
    kit, trade = (Site(folder / name, f"{address}{name}/") for name in ("kit", "trade"))
    page = browsing.new_page()
    page.goto(kit.lesson("exercises/03-commentary"))
    answer = page.locator(".jp-CodeCell").filter(has_text="answer = ...").first
    answer.scroll_into_view_if_needed()
    answer.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("answer = 'of the kit'")
    page.keyboard.press("Control+s")
    mine = page.locator(".jp-CodeCell").filter(has_text="answer = 'of the kit'")
    expect(mine).to_have_count(1)
    page.wait_for_timeout(1000)
    page.goto(trade.lesson("exercises/03-commentary"))
    expect(page.locator(".jp-CodeCell").filter(has_text="answer = ...").first).to_be_attached()
    page.wait_for_timeout(1000)
    expect(page.locator(".jp-CodeCell").filter(has_text="of the kit")).to_have_count(0)


def test_another_course_never_takes_the_place_of_one_whose_work_would_not_be_found(folder):
    done = build("-o", folder / "trade")
    assert done.returncode == 1
    assert "is called “framingkit-trade-talks” in their browsers" in done.stderr
    assert "add --name framingkit-trade-talks" in done.stderr
