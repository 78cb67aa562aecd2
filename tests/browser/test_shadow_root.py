"""The tools in a shadow root, where marimo and others show them: the page cannot see inside."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    drag,
    edges,
    host,
    open_search,
    palette,
    rows,
    tags,
    until_tags,
    with_reference,
)

from framingkit.course import load_items
from framingkit.widgets.question import Question
from framingkit.work.log import WorkLog


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, with_reference(tmp_path), shadow=True)


def test_the_tagger_really_is_where_the_page_does_not_see_it(handle):
    assert handle.page.evaluate("document.querySelector('.framingkit')") is None
    assert handle.root.evaluate("(root) => root.getRootNode() instanceof ShadowRoot")


def test_words_are_tagged_by_mouse_and_key(handle):
    drag(handle, "ccording to man")
    expect(palette(handle)).to_be_visible()
    handle.page.keyboard.press("1")
    until_tags(handle, ("According to many", "ceremony_symbol"))


def test_a_tag_has_the_colour_and_the_line_of_its_code(handle):
    drag(handle, "red carpet")
    handle.page.keyboard.press("1")
    mark = host(handle).locator("mark").first
    line, ink = mark.evaluate(
        "(one) => [getComputedStyle(one).backgroundImage,"
        " getComputedStyle(one).getPropertyValue('--fk-ink')]"
    )
    assert "url(" in line
    assert ink.startswith("#")


def test_words_are_tagged_by_mouse_and_a_press_on_the_code(handle):
    drag(handle, "red carpet")
    palette(handle).get_by_role("button").nth(1).click()
    until_tags(handle, ("red carpet", "game_metaphor"))
    expect(host(handle)).to_be_focused()


def test_words_are_tagged_by_keys_alone(handle):
    (x, y), _ = edges(handle, "red carpet")
    handle.page.mouse.click(x, y)
    for _ in range(3):
        handle.page.keyboard.press("Shift+ArrowRight")
    handle.page.keyboard.press("Enter")
    expect(palette(handle).get_by_role("button").first).to_be_focused()
    handle.page.keyboard.press("ArrowRight")
    handle.page.keyboard.press("Enter")
    until_tags(handle, ("red", "game_metaphor"))
    expect(host(handle)).to_be_focused()


def test_a_tag_is_removed_and_brought_back_and_its_list_keeps_the_focus(handle):
    drag(handle, "red carpet")
    handle.page.keyboard.press("1")
    rows(handle).first.locator(".fk-jump").click()
    expect(rows(handle).first.locator(".fk-jump")).to_be_focused()
    handle.page.keyboard.press("Delete")
    until_tags(handle)
    handle.page.keyboard.press("Control+z")
    until_tags(handle, ("red carpet", "ceremony_symbol"))


def test_the_search_for_words_keeps_its_focus(handle):
    open_search(handle)
    field = handle.root.get_by_label("Words in the text")
    field.fill("carpet")
    field.press("Enter")
    expect(field).to_be_focused()
    handle.root.get_by_role("button", name="Tag this place").click()
    assert [words for words, _ in tags(handle)] in ([], ["carpet"])


def test_a_question_is_answered(page, open_widget, tmp_path):
    item = next(one for one in load_items("03-commentary") if one.options)
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    handle = open_widget(page, Question(item, log), shadow=True)
    handle.root.locator("input").first.check()
    handle.root.get_by_role("button").first.click()
    page.wait_for_timeout(300)
    assert item.id in {act.target for act in log.state.latest.values()}
