"""The start page in a real JupyterLab: it opens first, and its links lead somewhere."""
# ruff: noqa: F401, F811

import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.lab import ROOT, browsing, lab, open_notebook, running_lab
from playwright.sync_api import expect

pytestmark = pytest.mark.slow


@pytest.fixture
def start(lab, browsing):
    """Open the address that JupyterLab itself opens, in a folder with the docs."""
    shutil.copytree(ROOT / "docs", lab.folder / "docs", dirs_exist_ok=True)
    page = browsing.new_page()
    page.goto(f"{lab.url}?token={lab.token}")
    return page


def test_the_page_opens_first_and_leads_into_the_same_jupyterlab(start, lab):
    assert start.url.startswith(f"{lab.url}framingkit")
    start.get_by_role("link", name="Begin: lesson 00").click()
    start.wait_for_selector(".jp-Notebook")

    assert start.url.startswith(f"{lab.url}lab/tree/notebooks/00-start-here.ipynb")


def test_what_is_done_is_there_when_one_comes_back(start, lab):
    lab.log().act("answer", "headline-prediction", response={"choice": "a", "confidence": 50})
    start.reload()

    expect(start.get_by_role("link", name="Go on: lesson 00")).to_be_visible()
    expect(start.get_by_text("amber-heron-417: 0 tags and 1 answer ")).to_be_visible()


def test_a_page_of_words_opens_rendered_and_its_links_land(start):
    start.get_by_role("link", name="Glossary").click()
    viewer = start.locator(".jp-MarkdownViewer")
    expect(viewer.get_by_role("heading", name="Glossary")).to_be_visible(timeout=20_000)
    viewer.get_by_role("link", name="missing agent").first.click()

    expect(viewer.get_by_role("heading", name="missing agent")).to_be_in_viewport()
    viewer.locator("a:has-text('Newell and others 2018')").locator("visible=true").first.click()
    expect(viewer.get_by_role("heading", name="Newell 2018").first).to_be_in_viewport()


def test_a_link_of_a_lesson_lands_on_its_word_and_a_laptop_has_no_side_bars(start, lab):
    start.set_viewport_size({"width": 1366, "height": 768})
    start.goto(f"{lab.url}lab/tree/notebooks/03-commentary.ipynb?reset")
    link = start.locator(".jp-MarkdownCell a[href*='glossary.md']:visible").first
    link.scroll_into_view_if_needed()
    aim = link.evaluate("(link) => link.dataset.commandlinkerArgs || link.href").split("#")[1]
    word = re.match(r"[\w-]+", aim)[0]
    link.click()

    heading = start.locator(f".jp-MarkdownViewer [data-jupyter-id='{word}']")
    expect(heading).to_be_in_viewport(timeout=20_000)
    expect(start.locator("#jp-left-stack")).to_be_hidden()


def test_links_land_on_headings_with_capitals_and_numbers(start, lab):
    start.goto(f"{lab.url}lab/tree/docs/instructor-guide.md")
    # pages that earlier tests opened lie behind this one
    link = start.locator(".jp-MarkdownViewer a[href*='#9-grading']").locator("visible=true")
    link.first.click()

    found = start.locator(".jp-MarkdownViewer").get_by_role("heading", name="9. Grading")
    expect(found.first).to_be_in_viewport(timeout=20_000)


def test_side_bars_start_open_on_a_wide_window(start, lab):
    start.set_viewport_size({"width": 1440, "height": 800})
    start.goto(f"{lab.url}lab/tree/notebooks/03-commentary.ipynb?reset")
    start.wait_for_selector(".jp-Notebook")
    start.wait_for_timeout(1500)

    assert start.locator("#jp-left-stack").is_visible()


def test_pages_lead_on_to_pages(start, lab):
    start.get_by_role("link", name="Print the worksheets").click()
    start.locator("a[href='01-context.html']").first.click()

    expect(start).to_have_title(
        "The context: what can be checked, and who is missing? – framingkit"
    )
    start.goto(f"{lab.url}framingkit/docs/glossary.md")
    expect(start.locator(".jp-MarkdownViewer")).to_be_visible(timeout=20_000)


def test_nobody_sees_the_page_who_may_not_see_the_files(lab, browser):
    stranger = browser.new_context().new_page()
    stranger.goto(f"{lab.url}framingkit")

    assert "/login" in stranger.url
    stranger.context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 683, 390, 320])
def test_the_page_is_free_of_faults_for_those_who_cannot_see_it(start, width, theme):
    start.emulate_media(color_scheme=theme)
    start.set_viewport_size({"width": width, "height": 768})
    found = Axe().run(start).response["violations"]

    assert [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]] == []
    assert start.evaluate("document.documentElement.scrollWidth") <= width
