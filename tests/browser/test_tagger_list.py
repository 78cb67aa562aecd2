"""The list of tags: walk, open, remove; the focus is never lost."""

import pytest
from playwright.sync_api import expect
from tagger_page import host, make_tagger, palette, rows, said, select, tag, tags, until_tags

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


def test_f2_goes_to_the_list_and_escape_or_f2_comes_back(handle):
    host(handle).focus()

    for back in ("Escape", "F2"):
        press(handle, "F2")
        expect(jump(handle)).to_be_focused()
        press(handle, back)
        expect(host(handle)).to_be_focused()


def test_the_arrow_keys_walk_the_list_and_stop_at_its_ends(handle):
    press(handle, "F2", "ArrowDown")
    expect(jump(handle, 1)).to_be_focused()
    press(handle, "ArrowDown")
    expect(jump(handle, 1)).to_be_focused()
    press(handle, "Home", "ArrowUp")
    expect(jump(handle)).to_be_focused()
    press(handle, "End")
    expect(jump(handle, 1)).to_be_focused()


def test_the_list_is_one_stop_for_the_tab_key(handle):
    stops = rows(handle).locator("[tabindex='0']")

    expect(stops).to_have_count(1)
    press(handle, "F2", "End")
    expect(stops).to_have_count(1)
    tag(handle, "The", "1")
    expect(rows(handle)).to_have_count(3)
    expect(stops).to_have_count(1)
    jump(handle, 1).click()
    expect(stops).to_have_count(1)


def test_the_focus_goes_to_another_tag_when_somebody_else_removes_this_one(handle):
    press(handle, "F2")
    target = handle.widget._log.state.tags(handle.widget.version_of_text.key)[0].target
    gone = {"kind": "remove", "id": "q-99", "client": "q", "seq": 99, "target": target}

    handle.widget._receive(handle.widget, {"kind": "operations", "operations": [gone]}, [])

    expect(rows(handle)).to_have_count(1)
    expect(jump(handle)).to_be_focused()


def test_opening_a_tag_shows_its_words_without_the_list_of_codes(handle):
    jump(handle).press("Enter")

    assert handle.page.evaluate("getSelection().toString()") == "red carpet"
    expect(jump(handle)).to_be_focused()
    expect(jump(handle)).to_have_attribute("aria-expanded", "true")
    handle.page.wait_for_timeout(300)
    expect(palette(handle)).to_be_hidden()


def test_the_button_removes_and_the_focus_goes_to_the_next_tag(handle):
    rows(handle).first.get_by_role("button", name="Remove Ceremony symbol").click()

    until_tags(handle, BOTH[1])
    expect(jump(handle)).to_be_focused()
    expect(rows(handle)).to_have_count(1)


def test_delete_in_the_list_removes_down_to_the_last_and_goes_back_to_the_text(handle):
    press(handle, "F2", "Delete")
    until_tags(handle, BOTH[1])
    expect(rows(handle)).to_have_count(1)
    expect(jump(handle)).to_be_focused()

    press(handle, "Delete")

    until_tags(handle)
    expect(host(handle)).to_be_focused()


def test_deleting_faster_than_the_list_follows_ends_in_the_text(handle):
    handle.page.evaluate(
        "() => { const plain = setTimeout;"
        " window.setTimeout = (act, time) => plain(act, time === 50 ? 400 : time); }"
    )

    press(handle, "F2", "Delete", "Delete")

    until_tags(handle)
    expect(host(handle)).to_be_focused()


def test_delete_at_the_cursor_removes_the_shortest_tag_there(handle):
    tag(handle, "The red carpet is", "2")
    select(handle, "carpet")
    press(handle, "ArrowLeft", "Delete")

    until_tags(handle, ("The red carpet is", "game_metaphor"), BOTH[1])
    expect(said(handle)).to_contain_text("Removed Ceremony symbol from “red carpet”.")


def test_delete_where_no_tag_is_says_so(handle):
    select(handle, "Kremlin")
    press(handle, "ArrowLeft", "Backspace")

    expect(said(handle)).to_contain_text("There is no tag at the cursor.")
    assert tags(handle) == BOTH


def test_long_words_are_cut_between_two_of_them(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    start = "this visit is an opportunity to mark his international presence in the context"

    tag(handle, f"{start} of the West")

    expect(rows(handle).locator(".fk-quote")).to_have_text(f"{start}…")
