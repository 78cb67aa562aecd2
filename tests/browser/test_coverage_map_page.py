"""Texts side by side on a real page: by keyboard alone, filtered, narrow, and without colours."""

import pytest
from playwright.sync_api import expect

from framingkit.course import Document, Section, Span, load_codebook
from framingkit.feedback import Coverage, Report
from framingkit.notebook.comparing import compare_coverage
from framingkit.widgets.coverage_map import CoverageMap

REPORTS = ["cable-talks-a", "cable-talks-b", "cable-talks-c"]


@pytest.fixture
def show(page, open_widget):
    return lambda theme="light": open_widget(page, CoverageMap(compare_coverage(REPORTS)), theme)


def marks(handle):
    return handle.root.locator("mark")


def test_a_tag_shows_its_counterparts_by_keyboard_alone(show, page):
    handle = show()
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    for key in ("Tab", "Tab", "V", "Tab"):
        page.keyboard.press(key)

    expect(marks(handle)).to_have_text(["observers say", "It is said", "engineers say", "Some say",
                                        "The navies say"])  # fmt: skip
    expect(marks(handle).first).to_be_focused()
    expect(handle.root.get_by_role("status")).to_have_text(
        "“observers say” [6] in Report A: Vague attribution. Report B: “The navies say” [15]. "
        "Report C: “engineers say” [15]."
    )
    expect(handle.root.locator("mark[data-same]")).to_have_count(4)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(marks(handle).nth(2)).to_be_focused()
    assert page.evaluate("window.keys") == ["Tab"]  # the one that led into the widget


def test_the_same_claim_is_shown_wherever_it_is_told(show):
    handle = show()

    handle.root.get_by_label("Mark").select_option("Claims")
    marks(handle).filter(has_text="two patrol boats").click()

    expect(handle.root.get_by_role("status")).to_contain_text(
        "were near the cable that night. Report A leaves it out. Report B states it:"
    )
    expect(handle.root.get_by_role("button", name="Next counterpart")).to_be_hidden()
    marks(handle).filter(has_text="No one knows").click()
    handle.root.get_by_role("button", name="Next counterpart").click()
    expect(handle.root.locator("mark[data-here]")).to_contain_text("unknown")


def test_parts_are_side_by_side_and_below_each_other_where_it_is_narrow(show, page):
    handle = show()
    cells = handle.root.locator("section[aria-label=Talks] [role=group]")
    tops = "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"

    wide = cells.evaluate_all(tops)
    page.set_viewport_size({"width": 360, "height": 700})
    narrow = cells.evaluate_all(tops)

    assert len(set(wide)) == 1
    assert len(set(narrow)) == 3
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(handle.root.get_by_role("group", name="Report C: no such part")).to_have_count(1)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker(show, theme):
    handle = show(theme)
    marks(handle).first.click()

    assert handle.axe() == []


def test_hostile_text_stays_text(page, open_widget):
    evil = '<img src=x onerror="window.__pwned = 1">'
    texts = [Document(id, evil, f"{evil} 🙂 {evil}", "0" * 64, (Section("s", evil, 0, 83),))
             for id in "ab"]  # fmt: skip
    spans = (Span(0, 40, "hedge"), Span(43, 83, "loaded_word"), Span(40, 60, "booster"))
    reports = tuple(Report(evil + one.id, one, spans, {}, "tags") for one in texts)

    handle = open_widget(page, CoverageMap(Coverage(reports, load_codebook())))

    expect(handle.root.get_by_role("group").first).to_contain_text(texts[0].text)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img").count() == 0
