"""The focus never falls to the page, and words that are only shown are not offered for tagging."""

import pytest
from playwright.sync_api import expect
from tagger_page import compare, host, open_search, palette, rows, select, tag, with_reference

_FOCUS = "document.activeElement === document.body ? 'the page' : 'inside'"


@pytest.fixture
def handle(page, open_widget, tmp_path):
    handle = open_widget(page, with_reference(tmp_path))
    tag(handle, "red carpet", "1")
    tag(handle, "formality", "7")
    expect(rows(handle)).to_have_count(2)
    return handle


def press(handle, *keys):
    for key in keys:
        handle.page.keyboard.press(key)


def search(handle):
    open_search(handle)
    handle.root.get_by_label("Words in the text").fill("red carpet")


def no_list_opens(handle):
    handle.page.wait_for_timeout(350)  # the list waits for 150 ms until a selection rests
    expect(palette(handle)).to_be_hidden()


def delete_all_in_the_list(handle):
    press(handle, "F2", "Delete", "Delete")


def undo_with_the_button(handle):
    for _ in range(3):
        handle.root.get_by_role("button", name="Undo").press("Enter")


def close_an_open_tag(handle):
    rows(handle).first.locator(".fk-jump").press("Enter")
    rows(handle).first.locator(".fk-jump").press("Enter")


def remove_an_open_tag(handle):
    rows(handle).first.locator(".fk-jump").press("Enter")
    rows(handle).first.get_by_role("button", name="Remove").press("Enter")


def leave_an_open_tag_with_escape(handle):
    rows(handle).first.locator(".fk-jump").press("Enter")
    rows(handle).first.get_by_label("Why?").fill("A ritual.")
    press(handle, "Escape")


def change_the_code_of_an_open_tag(handle):
    rows(handle).first.locator(".fk-jump").press("Enter")
    rows(handle).first.get_by_label("Code").focus()
    press(handle, "ArrowDown")


def tag_from_the_list_of_codes(handle):
    select(handle, "goodwill")
    press(handle, "Enter", "ArrowRight", "Enter")


def tag_from_the_search(handle):
    search(handle)
    handle.root.get_by_role("button", name="Tag all 2 places").press("Enter")


def go_from_place_to_place(handle):
    search(handle)
    handle.root.get_by_role("button", name="Next").press("Enter")
    handle.root.get_by_role("button", name="Previous").press("Enter")


def open_a_note(handle):
    compare(handle).locator("summary").first.press("Enter")


def look_at_what_was_missed(handle):
    compare(handle).locator("summary", has_text="Look again").last.press("Enter")


def keep_a_tag_with_a_reason(handle):
    compare(handle).get_by_role("button", name="Keep, with a reason").first.press("Enter")


def undo_the_tag_of_a_note(handle):
    compare(handle).locator("summary").first.focus()
    handle.root.get_by_role("button", name="Undo").press("Enter")


def leave_the_text(handle):
    host(handle).focus()
    press(handle, "Escape")


ACTS = [
    delete_all_in_the_list, undo_with_the_button, close_an_open_tag, remove_an_open_tag,
    leave_an_open_tag_with_escape, change_the_code_of_an_open_tag, tag_from_the_list_of_codes,
    tag_from_the_search, go_from_place_to_place, open_a_note, look_at_what_was_missed,
    keep_a_tag_with_a_reason, undo_the_tag_of_a_note, leave_the_text,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_focus_stays_in_the_widget(handle, act):
    act(handle)

    assert handle.page.evaluate(_FOCUS) == "inside"
    handle.page.wait_for_timeout(350)  # the list is made anew when the browser has time
    assert handle.page.evaluate(_FOCUS) == "inside"


@pytest.mark.parametrize("act", [close_an_open_tag, go_from_place_to_place, open_a_note])
def test_words_that_are_only_shown_are_not_offered_for_tagging(handle, act):
    act(handle)

    no_list_opens(handle)
    assert handle.page.evaluate("getSelection().toString()") != ""


def test_words_just_tagged_are_not_offered_again(handle):
    tag(handle, "goodwill")

    no_list_opens(handle)


def test_the_list_of_codes_closes_when_the_learner_goes_on_elsewhere(handle):
    select(handle, "goodwill")
    expect(palette(handle)).to_be_visible()

    rows(handle).first.locator(".fk-jump").focus()

    expect(palette(handle)).to_be_hidden()
    no_list_opens(handle)


def test_without_a_reference_there_is_no_button(page, open_widget, tmp_path):
    tagger = with_reference(tmp_path)
    tagger.comparable = False
    handle = open_widget(page, tagger)

    expect(handle.root.get_by_role("button", name="Compare")).to_be_hidden()
    expect(handle.root.get_by_role("button", name="Feedback")).to_be_hidden()
