"""How the tagger looks: readable in any theme and font, on paper, narrow, in forced colours."""

import re

import pytest
from playwright.sync_api import expect
from tagger_page import (
    CODES,
    host,
    make_tagger,
    open_everything,
    rows,
    select,
    send_tags,
    shown_text,
    tag,
    tagger_of,
    until,
    with_reference,
)

_CUT = """
(root) => [...root.querySelectorAll("button, input, select, textarea, p, li, summary, label")]
  .filter((one) => one.checkVisibility() && !one.matches(".fk-aloud"))
  .filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < -1 || box.right > innerWidth + 1;
  })
  .map((one) => one.outerHTML)"""


@pytest.fixture
def page(page_of_fonts):
    """Run every test of this file with each set of fonts."""
    return page_of_fonts


def test_the_text_is_in_the_font_of_the_set(page, open_widget, tmp_path, request):
    handle = open_widget(page, make_tagger(tmp_path))
    tools = page.context.new_cdp_session(page)
    for tool in ("DOM.enable", "CSS.enable"):
        tools.send(tool)
    whole = tools.send("DOM.getDocument")["root"]["nodeId"]
    wanted = {"nodeId": whole, "selector": f"[data-wire='{handle.wire}'] .fk-text p"}

    text = {"nodeId": tools.send("DOM.querySelector", wanted)["nodeId"]}
    [font, *_] = tools.send("CSS.getPlatformFontsForNode", text)["fonts"]

    assert font["familyName"] == f"{request.node.callspec.params['browser_of_fonts']} Serif"


def test_in_forced_colours_marks_keep_a_line_and_codes_can_be_told_apart(
    page, open_widget, tmp_path
):
    page.emulate_media(forced_colors="active")
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")

    mark = handle.root.locator("mark")

    assert mark.evaluate("(one) => getComputedStyle(one).textDecorationLine") == "underline"
    assert mark.get_attribute("data-chips") == "CS"
    buttons = handle.root.get_by_role("toolbar", name="Codes", exact=True).get_by_role("button")
    assert len({one.text_content() for one in buttons.all()}) == len(CODES)
    edge = "(one) => getComputedStyle(one, '::before').borderTopWidth"
    assert mark.evaluate(edge) != "0px"


def test_on_paper_the_whole_text_is_there_and_nothing_to_press(page, open_widget, tmp_path):
    text = "\n".join(f"Paragraph {n} of a long text. " * 9 for n in range(60))
    handle = open_widget(page, tagger_of(tmp_path, text))
    select(handle, "Paragraph 3 of")
    page.keyboard.press("1")

    page.emulate_media(media="print")

    assert handle.root.locator("button.fk-code:visible").count() == 0
    for name in ("Undo", "Redo", "Compare", "Remove"):
        assert handle.root.get_by_role("button", name=name).locator("visible=true").count() == 0
    box = handle.root.locator(".fk-scroll")
    assert box.evaluate("(one) => getComputedStyle(one).overflow") == "visible"
    assert box.bounding_box()["height"] > 60 * 40
    assert len(re.findall(r"Paragraph \d+ of", shown_text(handle))) == 540
    skipped = "all => all.filter((one) => getComputedStyle(one).contentVisibility !== 'visible')"
    assert len(handle.root.locator("section").evaluate_all(skipped)) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_on_paper_the_list_of_tags_stays_readable(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")
    expect(rows(handle)).to_have_count(1)

    page.emulate_media(media="print")

    expect(rows(handle).get_by_text("red carpet")).to_be_visible()
    kept = "(one) => getComputedStyle(one).printColorAdjust"
    assert handle.root.locator("mark").evaluate(kept) == "exact"


@pytest.mark.parametrize("width", [420, 500, 320])
def test_a_narrow_page_never_scrolls_sideways(page, open_widget, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 900})
    handle = open_widget(page, with_reference(tmp_path))
    open_everything(handle)

    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert handle.root.evaluate(_CUT) == []
    side = handle.root.locator(".fk-side").bounding_box()
    assert side["y"] > host(handle).bounding_box()["y"]


def test_long_words_and_names_break_instead_of_being_cut(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 420, "height": 900})
    long = "Donaudampfschifffahrts" * 12
    handle = open_widget(page, tagger_of(tmp_path, f"a {long} b"))

    tag(handle, long)

    expect(rows(handle)).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert handle.root.locator(".fk-scroll").evaluate("(o) => o.scrollWidth - o.clientWidth") <= 0
    assert handle.root.locator(".fk-side").evaluate("(o) => o.scrollWidth - o.clientWidth") <= 0


def test_the_fourth_lane_is_still_inside_the_line(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    start = handle.widget.document.text.index("red carpet", handle.widget.start)
    until(page, lambda: handle.received)

    send_tags(handle.widget, [(start, start + 10, label) for label in CODES[:6]])

    mark = handle.root.locator("mark")
    expect(mark).to_have_count(1)
    drawn = mark.evaluate("(one) => getComputedStyle(one).backgroundImage").split(", ")
    assert "none" not in drawn
    line = mark.evaluate("(one) => parseFloat(getComputedStyle(one).lineHeight)")
    assert mark.evaluate("(one) => one.getClientRects()[0].height") <= line + 1


def test_a_short_text_has_no_scroll_bar(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path, "headline"))
    short = "(box) => box.scrollHeight <= box.clientHeight"

    assert handle.root.locator(".fk-scroll").evaluate(short)
    for words in ("red carpet", "Signal", "strategic move"):
        tag(handle, words)
    handle.root.locator(".fk-jump").last.click()

    assert handle.root.locator(".fk-scroll").evaluate(short)


def test_the_fields_of_a_tag_open_where_they_can_be_seen(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path, "headline"))
    for words in ("red carpet", "Signal", "strategic move"):
        tag(handle, words)

    handle.root.locator(".fk-jump").last.click()

    below = """(one) => one.getBoundingClientRect().bottom
      - innerHeight"""
    expect(handle.root.locator(".fk-edit")).to_be_visible()
    assert handle.root.locator(".fk-edit button").evaluate(below) <= 1
