"""The focus never falls to the page, and words that are only shown are not offered for tagging."""

import pytest
from playwright.sync_api import expect
from tagger_page import host, palette, rows, select, tag, until, with_reference

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


def open_search(handle):
    handle.root.get_by_text("Tag by typing the words").click()
    handle.root.get_by_label("Words in the text").fill("red carpet")


def compare(handle):
    handle.root.get_by_role("button", name="Compare with the reference reading").click()
    expect(handle.root.get_by_role("region")).to_be_focused()
    return handle.root.get_by_role("region")


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
    open_search(handle)
    handle.root.get_by_role("button", name="Tag all 2 places").press("Enter")


def go_from_place_to_place(handle):
    open_search(handle)
    handle.root.get_by_role("button", name="Next").press("Enter")
    handle.root.get_by_role("button", name="Previous").press("Enter")


def show_a_remark(handle):
    compare(handle).get_by_role("button", name="Show").first.press("Enter")


def leave_the_text(handle):
    host(handle).focus()
    press(handle, "Escape")


ACTS = [
    delete_all_in_the_list, undo_with_the_button, close_an_open_tag, remove_an_open_tag,
    leave_an_open_tag_with_escape, change_the_code_of_an_open_tag, tag_from_the_list_of_codes,
    tag_from_the_search, go_from_place_to_place, show_a_remark, leave_the_text,
]  # fmt: skip


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_the_focus_stays_in_the_widget(handle, act):
    act(handle)

    assert handle.page.evaluate(_FOCUS) == "inside"
    handle.page.wait_for_timeout(350)  # the list is made anew when the browser has time
    assert handle.page.evaluate(_FOCUS) == "inside"


@pytest.mark.parametrize("act", [close_an_open_tag, go_from_place_to_place, show_a_remark])
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


def test_a_comparison_begins_with_the_learners_own_tags_and_folds_the_rest(handle):
    panel = compare(handle)

    assert [one["kind"] for one in handle.received].count("compare") == 1
    expect(panel.get_by_text("“red carpet”").first).to_be_visible()
    rest = panel.locator("details")
    expect(rest).to_have_count(1)
    assert rest.evaluate("(one) => one.open") is False
    rest.locator("summary").click()
    expect(rest.get_by_role("button", name="Show").first).to_be_visible()


def test_show_selects_the_words_of_a_remark(handle):
    button = compare(handle).get_by_role("button", name="Show").first
    name = button.get_attribute("aria-label")

    button.click()

    shown = until(handle.page, lambda: handle.page.evaluate("getSelection().toString()"))
    assert shown.strip()
    assert shown in name
    expect(host(handle)).to_be_focused()


def test_a_second_comparison_takes_the_place_of_the_first(handle):
    compare(handle)
    tag(handle, "diplomatic wind", "4")

    compare(handle)

    until(handle.page, lambda: "3" in handle.root.get_by_role("region").inner_text())
    expect(handle.root.get_by_role("region")).to_have_count(1)


def test_without_tags_a_comparison_gives_nothing_away(page, open_widget, tmp_path):
    handle = open_widget(page, with_reference(tmp_path))

    panel = compare(handle)

    expect(panel.get_by_role("button", name="Show")).to_have_count(0)
    expect(panel.locator("details:visible")).to_have_count(0)


def test_without_a_reference_there_is_no_button(page, open_widget, tmp_path):
    tagger = with_reference(tmp_path)
    tagger.comparable = False
    handle = open_widget(page, tagger)

    expect(handle.root.get_by_role("button", name="Compare")).to_be_hidden()
