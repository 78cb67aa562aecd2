"""The lessons as a site: they open ready in a browser alone, and the start page knows the work."""
# ruff: noqa: F401, F811

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.lab import wait_for
from browser.site import READY, ROOT, SECONDS, asked, browsing, site
from playwright.sync_api import expect

from framingkit.course import load_article, load_codebook, load_items, load_outlines
from framingkit.start.page import FIRST, Here, start_page
from framingkit.work import Tagging, WorkLog

LINES = """(want) => new Promise((good) => {
  const asked = indexedDB.open("framingkit");
  asked.onsuccess = () => {
    const got = asked.result.transaction("lines").objectStore("lines").getAll();
    got.onsuccess = () => good(got.result.filter(({ line }) => line.includes(want)).length);
  };
})"""
# as src/framingkit/site/__init__.py writes it down
FILL = """([file, lines, chosen]) => new Promise((good, bad) => {
  const asked = indexedDB.open("framingkit", 1);
  asked.onerror = () => bad(asked.error);
  asked.onupgradeneeded = () => {
    asked.result.createObjectStore("lines", { keyPath: ["file", "id"] });
    asked.result.createObjectStore("files");
  };
  asked.onsuccess = () => {
    const both = asked.result.transaction(["lines", "files"], "readwrite");
    lines.forEach((line, at) => both.objectStore("lines").put({ file, id: `#${at}`, line, at }));
    both.objectStore("files").put(chosen, "chosen.json");
    both.oncomplete = () => (asked.result.close(), good());
  };
})"""


def faults(page):
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def leads_to_a_page_of_words_and_another_lesson(site, page):
    for name, place in (("every act as code", re.compile(r"/pages/every-act-as-code\.html")),
                        ("lesson 00", site.lesson("notebooks/00-start-here"))):  # fmt: skip
        with page.context.expect_page() as opened:
            page.get_by_role("link", name=name).first.click()
        opened.value.wait_for_url(place, wait_until="commit")
        opened.value.close()


def test_the_link_of_a_class_opens_a_lesson_ready_and_what_is_done_there_is_kept(site, browsing):
    page = browsing.new_page()
    page.goto(f"{site.address}#lesson=03&class=10b%20%26%20c", wait_until="commit")
    page.wait_for_url(re.compile("03-commentary"))
    page.wait_for_function(READY, timeout=SECONDS)
    line = page.locator(".framingkit-learner .fk-who").first
    expect(line).to_contain_text(", in class 10b & c.")
    assert page.evaluate(LINES, "class-name") == 0, "whoever did nothing is nobody yet"

    tagger = page.locator(".framingkit-span-tagger").first
    expect(tagger.locator(".fk-badge")).to_have_text("Saved", timeout=SECONDS)
    tagger.scroll_into_view_if_needed()
    tagger.evaluate("(root) => learner.tag(root, 12, '1')")
    expect(tagger.locator(".fk-list li")).to_have_count(1)
    expect(tagger.locator(".fk-badge")).to_have_text("Saved")
    assert page.evaluate(LINES, '"kind": "tag"') == 1
    wait_for(lambda: page.evaluate(LINES, "class-name") == 1, "the class is kept with the work")
    answers = {one["item"]: one["response"] for one in file_of(page)["responses"]}
    assert answers["class-name"] == {"text": "10b & c"}
    wait_for(lambda: page.evaluate("!localStorage['framingkit-class']"), "the link is forgotten")
    leads_to_a_page_of_words_and_another_lesson(site, page)

    page.get_by_role("link", name="← All lessons").click()
    expect(page.locator(".kept")).to_contain_text("1 tag and 0 answers are saved in this browser")
    expect(page.locator('[data-lesson="03"]')).to_contain_text("Go on with lesson 03")
    expect(page.locator("#class")).to_have_text("Class 10b & c")


def test_the_first_lesson_opens_ready_on_a_phone(site, browsing):
    page = browsing.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    site.open(browsing, "notebooks/00-start-here", page)
    question = page.locator(".framingkit-question").first
    expect(question.locator("button").first).to_be_attached(timeout=SECONDS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    expect(page.get_by_role("link", name="← All lessons")).to_be_visible()


def test_the_start_page_has_no_fault_on_any_screen(site, browsing):
    page = browsing.new_page()
    page.goto(site.address)
    for width in (1366, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert faults(page) == []
    page.goto(f"{site.address}class.html")
    assert faults(page) == []


def test_every_link_of_the_start_page_leads_somewhere(site, browsing):
    page = browsing.new_page()
    page.goto(site.address)
    links = page.locator("a").evaluate_all("all => [...new Set(all.map((one) => one.href))]")
    assert len(links) > 14
    for link in links:
        address = link.split("#")[0]
        assert page.request.get(address).status == 200, link
        assert "path=" not in address or (
            page.request.get(
                f"{site.address}{site.built['version']}/files/{address.partition('path=')[2]}"
            ).status
            == 200
        )


def learner_log(folder, whole):
    """Work through the lessons that are named; of the one after them, half of a part."""
    log = WorkLog(folder / "amber-heron-417.jsonl")
    outlines = load_outlines()
    items = {item.id: item for one in outlines for item in load_items(one.id)}
    for outline in outlines[:whole]:
        for part in outline.parts:
            for id in part.items:
                if not part.is_optional:
                    log.act("answer", id, response=response_to(items[id]))
            for id, section in part.tagged:
                text = load_article(id)
                word = re.findall(r"\w+", text.text_of(section))[0]
                Tagging(log, text, load_codebook()).add(word, "game_metaphor", section)
    half_done = next(part for part in outlines[whole].parts if len(part.items) > 1)
    first = half_done.items[0]
    log.act("answer", first, response=response_to(items[first]))
    return log


def response_to(item):
    first = [option.id for option in item.options][:1]
    return {
        "choice": {"choice": "".join(first)}, "several": {"choices": first},
        "order": {"order": [option.id for option in item.options]},
        "written": {"text": "words " * 60}, "confidence": {"confidence": 50},
    }[item.kind]  # fmt: skip


def test_the_script_counts_what_is_done_as_the_kit_does(site, browsing, tmp_path):
    log = learner_log(tmp_path, 2)
    page = browsing.new_page()
    page.goto(site.address)
    lines = log.path.read_text(encoding="utf-8").splitlines()
    chosen = json.dumps({"log": log.path.name, "coder": "amber-heron-417"})
    page.evaluate(FILL, [log.path.name, lines, chosen])
    page.reload()

    page.wait_for_function("() => document.querySelector('.kept').textContent.includes('amber')")
    by_the_kit = start_page(log, Here(frozenset({FIRST}))).decode()
    cards = re.findall(r'<li class="card (\w+)" data-lesson="(\d\d)">', by_the_kit)
    told = [one.get_attribute("class").split()[1] for one in page.locator(".card").all()]
    assert told == [state for state, _ in cards]
    (line,) = re.findall(r"\d done, \d begun, \d to come", by_the_kit)
    assert page.locator(".line p").text_content() == line
    parts = re.findall(r"\d+ of \d+ parts", by_the_kit)
    assert re.findall(r"\d+ of \d+ parts", page.locator(".cards").inner_text()) == parts
    words = re.search(r'class="button main big">([^<]+)<', by_the_kit)[1]
    assert page.locator(".go a").first.text_content() == words
    assert faults(page) == []


def test_blocked_storage_is_said_and_the_page_leads_on(site, browsing):
    page = browsing.new_page()
    page.add_init_script(
        "indexedDB.open = () => { throw new DOMException('no', 'SecurityError'); }"
    )
    page.goto(site.address)
    expect(page.locator(".kept.trouble")).to_contain_text("download your answers first")
    expect(page.locator(".go a").first).to_have_text("Begin: lesson 00, Start here")


def test_the_link_of_a_class_opens_the_lesson_and_its_name_stays(site, browsing):
    page = browsing.new_page()
    page.goto(f"{site.address}class.html")
    page.select_option("#lesson", "02")
    page.fill("#name", "10b & c")
    link = page.locator("#link").text_content()
    assert link.startswith(f"{site.address}#lesson=02&class=10b%20%26%20")
    other = browsing.new_page()
    other.goto(link, wait_until="commit")
    other.wait_for_url(re.compile("02-agenda"))
    other.goto(site.address)
    expect(other.locator("#class")).to_have_text("Class 10b & c")


def test_an_old_address_leads_to_the_same_lesson_of_today(site, browsing):
    page = browsing.new_page()
    page.goto(site.lesson("notebooks/04-open-ending", version="v-000000000000"))
    page.wait_for_url(site.lesson("notebooks/04-open-ending"))


def test_what_was_built_is_whole_small_and_told_by_its_address(site):
    config = json.loads(
        (site.folder / site.built["version"] / "jupyter-lite.json").read_text(encoding="utf-8")
    )["jupyter-config-data"]
    kernel = config["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["disablePyPIFallback"] is True
    assert kernel["pyodideUrl"] == "./static/pyodide/pyodide.mjs"
    size = sum(path.stat().st_size for path in site.folder.rglob("*") if path.is_file())
    assert size <= 45_000_000
    outside = {path.name for path in site.folder.iterdir()}
    assert outside == {
        "404.html", "class.html", "index.html", "site.json", site.built["version"]
    }  # fmt: skip
    answers = [path for path in site.folder.rglob("*") if "solution" in path.as_posix()]
    assert answers == []


def test_links_of_a_lesson_lead_to_pages_that_have_the_place(site, browsing):
    pages = site.folder / site.built["version"] / "pages"
    missing = []
    for path in [*(ROOT / "notebooks").glob("0*.ipynb"), *(ROOT / "exercises").glob("0*.ipynb")]:
        for name, place in re.findall(
            r"\]\(\.\./docs/([\w-]+)\.md(?:#([^)]*))?\)", path.read_text("utf-8")
        ):
            text = (pages / f"{name}.html").read_text("utf-8")
            if place and f'id="{place}"' not in text:
                missing.append(f"{path.name}: {name}#{place}")
    assert missing == []


MOVE = """([from, to]) => new Promise((good, bad) => {
  const asked = indexedDB.open("framingkit lessons");
  asked.onerror = () => bad(asked.error);
  asked.onsuccess = () => {
    const kept = asked.result.transaction("files", "readwrite").objectStore("files");
    const got = kept.get(from);
    got.onsuccess = () => {
      if (!got.result) return good(false);
      kept.put({ ...got.result, path: to }, to);
      kept.delete(from).onsuccess = () => good(true);
    };
  };
})"""


def test_an_answer_in_a_workbook_is_there_in_a_new_version(site, browsing):
    page = browsing.new_page()
    page.goto(site.lesson("exercises/03-commentary"))  # writing does not wait for Python
    answer = page.locator(".jp-CodeCell").filter(has_text="answer = ...").first
    answer.scroll_into_view_if_needed()
    answer.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("answer = 'a seat at the table'")
    page.keyboard.press("Control+s")
    here = f"{site.built['lessons']}/exercises/03-commentary.ipynb"
    old = "lessons-00000000/exercises/03-commentary.ipynb"
    wait_for(lambda: page.evaluate(MOVE, [here, old]), "the workbook is saved")

    page.evaluate("localStorage['framingkit-versions'] = '[\"lessons-00000000\"]'")
    page.close(run_before_unload=False)
    page = site.open(browsing, "exercises/03-commentary")
    brought = page.locator(".jp-CodeCell").filter(has_text="answer = 'a seat at the table'")
    expect(brought).to_have_count(1)


def file_of(page):
    with page.expect_download() as found:
        page.locator(".fk-file").click()
    return json.loads(found.value.path().read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["x" * 41, "%3Cb%3E10b", "10%E2%80%AEb", "10%00b"])
def test_a_strange_class_in_a_link_is_said_and_not_kept(site, browsing, name):
    page = browsing.new_page()
    page.goto(f"{site.address}#class={name}")
    expect(page.locator("#class")).to_contain_text("cannot be shown here. Go on without it")
    assert page.evaluate("localStorage['framingkit-class'] ?? ''") == ""
