"""A tag that is open: change the code, say why, say how sure, move to other words."""

import pytest
from playwright.sync_api import expect
from tagger_page import make_tagger, rows, said, select, send_tags, tag, until, until_tags

BOTH = [("red carpet", "ceremony_symbol"), ("formality", "hedge")]


@pytest.fixture
def handle(page, open_widget, tmp_path):
    """Open a tagger with two tags."""
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet", "1")
    tag(handle, "formality", "7")
    expect(rows(handle)).to_have_count(2)
    return handle


def press(handle, *keys):
    for key in keys:
        handle.page.keyboard.press(key)


def jump(handle, number=0):
    return rows(handle).nth(number).locator(".fk-jump")


def open_tag(handle, number=0):
    jump(handle, number).click()
    expect(rows(handle).nth(number).get_by_label("Why?")).to_be_visible()
    return rows(handle).nth(number)


def span(handle, number=0):
    return handle.widget.annotations.spans[number]


def test_the_code_can_be_changed(handle):
    row = open_tag(handle)

    row.get_by_label("Code").focus()
    press(handle, "ArrowDown", "ArrowDown")

    until_tags(handle, ("red carpet", "war_metaphor"), BOTH[1])
    expect(row.get_by_label("Code")).to_be_focused()


def test_a_note_is_kept_while_it_is_being_typed(handle):
    note = open_tag(handle).get_by_label("Why?")
    note.press_sequentially("It is a rit")

    until(handle.page, lambda: span(handle).note == "It is a rit", 3)
    expect(note).to_be_focused()
    handle.page.keyboard.type("ual.")

    until(handle.page, lambda: span(handle).note == "It is a ritual.", 3)
    expect(note).to_have_value("It is a ritual.")


def test_a_note_is_kept_at_once_when_its_field_is_left(handle):
    open_tag(handle).get_by_label("Why?").press_sequentially("A ritual.")

    press(handle, "Tab")

    until(handle.page, lambda: span(handle).note == "A ritual.", 0.6)
    expect(rows(handle).first.get_by_label("How sure")).to_be_focused()


def test_a_note_is_not_lost_when_news_arrive_while_it_is_typed(handle):
    note = open_tag(handle).get_by_label("Why?")
    note.press_sequentially("My own ")
    start = span(handle, 1).end + 1

    send_tags(handle.widget, [(start, start + len("According"), "hedge")])
    expect(handle.root.locator(".fk-text mark")).to_have_count(3)
    handle.page.keyboard.type("words.")

    until(handle.page, lambda: span(handle).note == "My own words.", 3)
    expect(note).to_have_value("My own words.")
    expect(note).to_be_focused()
    press(handle, "Escape")
    expect(rows(handle)).to_have_count(3)


def test_how_sure_is_kept_within_its_bounds_and_can_be_taken_away(handle):
    field = open_tag(handle).get_by_label("How sure")

    for typed, kept in (("80", 80), ("999", 100), ("", None)):
        field.fill(typed)
        until(handle.page, lambda kept=kept: span(handle).confidence == kept, 3)


def test_a_tag_moves_to_other_words(handle):
    row = open_tag(handle)
    select(handle, "diplomatic victory")

    row.get_by_role("button", name="Move to the words I select").click()

    until_tags(handle, BOTH[1], ("diplomatic victory", "ceremony_symbol"))
    expect(said(handle)).to_contain_text("Moved to “diplomatic victory”.")


def test_the_note_and_the_sureness_are_shown_in_the_closed_list(handle):
    open_tag(handle).get_by_label("Why?").fill("A ritual.")
    press(handle, "Escape")
    jump(handle).click()

    expect(rows(handle).first).to_contain_text("Note: A ritual.")
