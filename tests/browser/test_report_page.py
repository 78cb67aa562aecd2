"""The report on a class in Chromium: no request, no fault that axe finds, any width, paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from report_samples import class_sheets, collected, reported

ADDRESS = "http://127.0.0.1/"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """Report on nine learners and what eight of them and another one changed."""
    folder = tmp_path_factory.mktemp("report")
    before, after = class_sheets(9), class_sheets(10)[1:]
    after[0]["documents"][0]["spans"].pop()
    for one in (*before, *after):
        # A few answers of each kind: the checker looks at every cell of every table.
        one["responses"] = [*one["responses"][:3], *one["responses"][-2:]]
    found = [collected(folder, name, one) for name, one in (("b", before), ("a", after))]
    return reported(folder, found[1], "--before", found[0])[0]


@pytest.fixture
def opened(browser, report):
    """Show the report as a page of its own; give back the page and the addresses it asked for."""
    asked = []
    context = browser.new_context(viewport={"width": 1280, "height": 720})

    def serve(route):
        asked.append(route.request.url)
        route.fulfill(content_type="text/html; charset=utf-8", body=report)

    context.route("**/*", serve)
    page = context.new_page()
    page.goto(ADDRESS)
    yield page, asked
    context.close()


def faults(page, **more):
    found = Axe().run(page, **more).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def test_the_report_asks_for_nothing_and_a_checker_finds_no_fault(opened):
    page, asked = opened
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    assert faults(page, context="#text-1", options={"runOnly": ["color-contrast"]}) == []
    assert asked == [ADDRESS]
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 20


def test_the_report_fits_a_phone_a_projector_and_paper(opened):
    page, _ = opened
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The text area of A4 and of Letter: nothing may be cut off, for paper cannot be scrolled.
    page.emulate_media(media="print")
    for width in (673, 695):
        page.set_viewport_size({"width": width, "height": 900})
        wide = "[...document.querySelectorAll('.framingkit-scroll')].map(e => e.scrollWidth)"
        assert max(page.evaluate(wide)) <= width
    assert len(page.pdf(format="A4")) > 10_000


def test_the_shades_differ_without_colour(opened):
    page, _ = opened
    style = "e => getComputedStyle(e).borderBottomStyle"
    lines = [page.locator(f".framingkit-key .framingkit-level-{n}").first.evaluate(style)
             for n in range(1, 5)]  # fmt: skip
    assert lines == ["dotted", "dashed", "solid", "double"]
