"""The report on a class in Chromium: one screen, two pages, nothing private, no fault of axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from report_samples import class_sheets, collected, reported, run

from framingkit.hand_ins import sample_hand_ins

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


@pytest.fixture(scope="module")
def of_sample(tmp_path_factory):
    """Report on the sample class of thirty, with two who are missing."""
    folder = tmp_path_factory.mktemp("sample")
    run("collect", sample_hand_ins(), "-o", folder / "class.jsonl.gz")
    names = [path.name.partition(".")[0] for path in sample_hand_ins().glob("*.json")]
    (folder / "list.csv").write_text("\n".join([*names, "jade-wren-306", "olive-heron-118"]))

    def make(*more):
        expected = ("--expected", folder / "list.csv")
        return reported(folder, folder / "class.jsonl.gz", *expected, *more)[0]

    return make


@pytest.fixture
def show(browser):
    """Show a report as a page of its own; give back the page and the addresses it asked for."""
    contexts = []

    def serve(report, width=1366, height=768, **more):
        asked = []
        contexts.append(browser.new_context(viewport={"width": width, "height": height}, **more))

        def answer(route):
            asked.append(route.request.url)
            route.fulfill(content_type="text/html; charset=utf-8", body=report)

        contexts[-1].route("**/*", answer)
        page = contexts[-1].new_page()
        page.goto(ADDRESS)
        return page, asked

    yield serve
    for context in contexts:
        context.close()


@pytest.fixture
def opened(show, report):
    return show(report, 1280, 720)


def unfold(page):
    """Open all that is folded, and the box of the teacher: a checker skips what is hidden."""
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.click("[data-do=private]")


def faults(page, **more):
    found = Axe().run(page, **more).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


def test_the_report_asks_for_nothing_and_a_checker_finds_no_fault(opened):
    page, asked = opened
    unfold(page)
    assert faults(page) == []
    page.emulate_media(color_scheme="dark")
    front = ".framingkit-top, .framingkit-first, .framingkit-second, .framingkit-private, #text-1"
    for part in front.split(", "):
        assert faults(page, context=part, options={"runOnly": ["color-contrast"]}) == []
    page.click("[data-do=project]")
    assert faults(page) == []
    assert asked == [ADDRESS]


BOTTOM = """() => Math.max(...[...document.querySelectorAll(
  ".framingkit-first :is(article, p, li)")].map(one => one.getBoundingClientRect().bottom))"""
LESSONS = ("00", "01", "02", "03", "04", "05", "all")


@pytest.mark.slow
@pytest.mark.parametrize("lesson", LESSONS)
def test_the_first_screen_is_whole_and_prints_on_two_pages(show, of_sample, lesson):
    report = of_sample("--lesson", lesson)
    assert len(report.encode()) <= 400_000
    page, _ = show(report)
    assert page.evaluate(BOTTOM) <= 768
    page.click("[data-do=project]")
    assert page.evaluate(BOTTOM) <= 768
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert page.evaluate(BOTTOM) <= 1080
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 22
    page.keyboard.press("Escape")
    assert pages_of(page) <= (3 if lesson == "all" else 2)


def pages_of(page):
    return len(re.findall(rb"/Type\s*/Page[^s]", page.pdf(prefer_css_page_size=True)))


def test_the_appendix_is_folded_and_printed_only_when_asked_for(show, of_sample):
    page, _ = show(of_sample())
    assert not page.locator("#text-1").is_visible()
    short = pages_of(page)
    page.emulate_media(media="print")
    assert not page.get_by_text("Appendix", exact=True).is_visible()
    page.emulate_media(media="null")
    page.get_by_label("Print the appendix too").check()
    assert pages_of(page) > short + 5
    page.get_by_label("Print the appendix too").uncheck()
    assert pages_of(page) == short
    page.locator("summary", has_text="US rolls out").press("Enter")
    assert page.locator("#text-1").is_visible()


def test_nothing_private_is_on_the_projector_or_on_paper(show, of_sample):
    page, _ = show(of_sample())
    box, missing = page.locator(".framingkit-private"), "jade-wren-306"
    assert missing not in page.inner_text("body")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert missing in page.inner_text("body")
    assert box.evaluate("e => e === document.activeElement")
    page.emulate_media(media="print")
    assert not box.is_visible()
    page.emulate_media(media="screen")
    page.click("[data-do=project]")
    assert missing not in page.inner_text("body")
    assert not page.locator("[data-do=private]").is_visible()
    page.keyboard.press("Escape")
    assert missing not in page.inner_text("body")  # it has to be opened again


def test_the_report_fits_a_phone_a_projector_and_paper(opened):
    page, _ = opened
    unfold(page)
    for width in (360, 390, 683, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    # The text area of A4 and of Letter: nothing may be cut off, for paper cannot be scrolled.
    page.get_by_label("Print the appendix too").check()
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
