"""Tagging with a finger: no mouse, no keys, and nothing too small to be hit."""

import functools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect
from tagger_page import host, make_tagger, palette, rows, select, tag, until_tags

_SIZES = """all => all.map((one) => [one.getBoundingClientRect(), one.outerHTML])
  .filter(([box]) => box.height < 43.9 || box.width < 43.9).map(([box, html]) => html)"""


@pytest.fixture
def browser(browser):
    """Give every context of this file a touch screen."""
    return SimpleNamespace(new_context=functools.partial(browser.new_context, has_touch=True))


@pytest.fixture
def page(context):
    return context.new_page()


@pytest.fixture
def handle(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 420, "height": 900})
    return open_widget(page, make_tagger(tmp_path))


def test_the_page_knows_that_there_is_a_finger(handle):
    assert handle.page.evaluate("matchMedia('(pointer: coarse)').matches")


def test_the_codes_open_when_the_selection_rests_and_a_tap_tags(handle):
    select(handle, "red carpet")
    code = palette(handle).get_by_role("button", name="Game metaphor")
    expect(code).to_be_visible()

    code.tap()

    until_tags(handle, ("red carpet", "game_metaphor"))
    expect(palette(handle)).to_be_hidden()


def test_the_handles_of_a_selection_move_the_list(handle):
    select(handle, "red carpet")
    expect(palette(handle)).to_be_visible()
    first = palette(handle).bounding_box()

    select(handle, "diplomatic victory")

    expect(palette(handle)).to_be_visible()
    handle.page.wait_for_function(
        "([box, y]) => box.getBoundingClientRect().y !== y",
        arg=[palette(handle).element_handle(), first["y"]],
    )


def test_no_keyboard_rolls_over_a_text_that_cannot_be_written_in(handle):
    assert host(handle).get_attribute("inputmode") == "none"


def test_a_tag_opens_and_goes_by_taps(handle):
    tag(handle, "red carpet")
    row = rows(handle).first

    row.get_by_role("button", name="Ceremony symbol").first.tap()
    expect(row.get_by_label("Why?")).to_be_visible()
    row.get_by_role("button", name="Remove").tap()

    until_tags(handle)


def test_a_finger_can_hit_every_target(handle):
    tag(handle, "red carpet")
    rows(handle).first.get_by_role("button").first.tap()
    handle.root.get_by_text("Tag by typing the words").tap()
    handle.root.get_by_label("Words in the text").fill("carpet")
    expect(rows(handle).first.get_by_label("Why?")).to_be_visible()
    select(handle, "diplomatic victory")
    expect(palette(handle)).to_be_visible()

    targets = "button:visible, input:visible, select:visible, textarea:visible, summary:visible"

    assert handle.root.locator(targets).evaluate_all(_SIZES) == []
