"""Tagging with a finger: no mouse, no keys, and nothing too small to be hit."""

import functools
from types import SimpleNamespace

import pytest
from layout import layout_faults
from playwright.sync_api import expect
from tagger_page import (
    CODEBOOK,
    edges,
    host,
    make_tagger,
    palette,
    rows,
    select,
    tag,
    until_tags,
    with_reference,
)

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


def test_the_codes_open_when_the_selection_rests_a_tap_explains_and_the_next_one_tags(handle):
    select(handle, "red carpet")
    code = palette(handle).get_by_role("button", name="Game metaphor")
    expect(code).to_be_visible()

    code.tap()
    expect(palette(handle).locator(".fk-rule")).to_contain_text(
        f"Tap again to tag. Game metaphor. {CODEBOOK.code('game_metaphor').short}"
    )
    until_tags(handle)
    code.tap()

    until_tags(handle, ("red carpet", "game_metaphor"))
    expect(palette(handle)).to_be_hidden()


def test_the_handles_of_a_selection_change_the_words_in_the_list(handle):
    select(handle, "red carpet")
    expect(palette(handle)).to_contain_text("“red carpet”")

    select(handle, "diplomatic victory")

    expect(palette(handle)).to_contain_text("“diplomatic victory”")


def test_the_list_is_docked_at_the_lower_edge_and_the_sentence_moves_above_it(handle):
    handle.page.set_viewport_size({"width": 390, "height": 600})

    select(handle, "that cannot be ignored")

    expect(palette(handle)).to_be_visible()
    box, (_, (_, y)) = palette(handle).bounding_box(), edges(handle, "that cannot be ignored")
    assert box["y"] + box["height"] == pytest.approx(600, abs=1)
    assert box["height"] <= 110
    assert y < box["y"]


@pytest.mark.parametrize("width", [390, 320])
def test_all_fourteen_codes_are_in_sight_and_a_finger_can_hit_each(
    page, open_widget, tmp_path, width
):
    """At least 24 × 24 px without overlap, as WCAG 2.2 wants; the list stays low all the same."""
    page.set_viewport_size({"width": width, "height": 844})
    handle = open_widget(page, make_tagger(tmp_path, codes=[one.id for one in CODEBOOK.devices]))
    select(handle, "solemn reception")
    expect(palette(handle)).to_be_visible()
    palette(handle).get_by_role("button", name="Either-or question").tap()

    boxes = [one.bounding_box() for one in palette(handle).get_by_role("button").all()]
    row = palette(handle).locator(".fk-codes")

    assert palette(handle).bounding_box()["height"] <= 110
    assert len(boxes) == 14
    assert min(one["height"] for one in boxes) >= 30
    assert min(one["width"] for one in boxes) >= 40
    assert len({one["y"] for one in boxes}) == 2
    assert row.evaluate("(one) => one.scrollHeight <= one.clientHeight")
    assert layout_faults(page, ".fk-palette") == []


def test_what_was_missed_opens_and_its_words_are_shown_by_a_tap(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 390, "height": 844})
    handle = open_widget(page, with_reference(tmp_path))
    tag(handle, "red carpet")
    handle.root.get_by_role("button", name="Compare with").tap()
    again = handle.root.locator(".fk-again:visible")
    expect(again.first).to_be_visible()
    count = again.count()

    again.first.tap()

    expect(again).to_have_count(count - 1)
    assert page.evaluate("getSelection().toString()") != ""


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
