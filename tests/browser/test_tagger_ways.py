"""Ways to a tag: by mouse, by keyboard, and by typing the words."""

import pytest
from playwright.sync_api import expect
from search_vectors import VECTORS
from tagger_page import (  # fmt: skip
    drag,
    edges,
    host,
    make_tagger,
    palette,
    said,
    select,
    send_tags,
    tag,
    tagger_of,
    tags,
    until_tags,
)

from framingkit.widgets.javascript import join

CARPET = ("red carpet", "ceremony_symbol")


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, make_tagger(tmp_path))


def press(handle, *keys):
    for key in keys:
        handle.page.keyboard.press(key)


def find(handle, words):
    handle.root.get_by_text("Tag by typing the words").click()
    handle.root.get_by_label("Words in the text").fill(words)


def test_by_mouse_the_codes_open_beside_the_words_and_a_click_tags_them(handle):
    drag(handle, "red carpet")
    expect(palette(handle)).to_be_visible()

    palette(handle).get_by_role("button", name="Game metaphor").click()

    until_tags(handle, ("red carpet", "game_metaphor"))
    expect(palette(handle)).to_be_hidden()
    assert handle.root.locator("mark").all_text_contents() == ["red carpet"]


def test_by_mouse_a_selection_made_backwards_and_too_wide_tags_the_same_words(handle):
    (_, _), (x, y) = edges(handle, "red carpet ")
    (x1, y1), _ = edges(handle, " red carpet")
    handle.page.mouse.move(x, y)
    handle.page.mouse.down()
    handle.page.mouse.move(x1, y1)
    handle.page.mouse.up()

    press(handle, "1")

    until_tags(handle, CARPET)


def test_the_list_opens_only_when_the_mouse_button_is_up(handle):
    (x, y), (x2, y2) = edges(handle, "red carpet")
    handle.page.mouse.move(x, y)
    handle.page.mouse.down()
    handle.page.mouse.move(x2, y2)
    handle.page.wait_for_timeout(300)

    expect(palette(handle)).to_be_hidden()
    handle.page.mouse.up()
    expect(palette(handle)).to_be_visible()


def test_a_click_in_the_text_closes_the_list(handle):
    drag(handle, "red carpet")
    expect(palette(handle)).to_be_visible()

    handle.page.mouse.click(*edges(handle, "commentary")[0])

    expect(palette(handle)).to_be_hidden()


def test_the_row_of_codes_above_the_text_tags_too(handle):
    select(handle, "red carpet")

    handle.root.get_by_role("toolbar", name="Codes", exact=True).get_by_text("Hedge").click()

    until_tags(handle, ("red carpet", "hedge"))


def test_by_keyboard_alone(handle):
    while not host(handle).evaluate("(host) => host === document.activeElement"):
        press(handle, "Tab")
    before = handle.widget.text.index("red carpet")
    press(handle, "Control+Home", *["ArrowRight"] * before)
    press(handle, *["Control+Shift+ArrowRight"] * 2, "1")

    until_tags(handle, CARPET)
    expect(said(handle)).to_contain_text("Tagged “red carpet” as Ceremony symbol.")
    expect(host(handle)).to_be_focused()


def test_by_keyboard_through_the_list_of_codes(handle):
    select(handle, "red carpet")

    press(handle, "Enter")
    expect(palette(handle).get_by_role("button").first).to_be_focused()
    press(handle, "ArrowRight", "ArrowDown", "ArrowUp", "Enter")

    until_tags(handle, ("red carpet", "game_metaphor"))
    expect(host(handle)).to_be_focused()


def test_escape_goes_back_from_the_list_of_codes_to_the_same_words(handle):
    select(handle, "red carpet")

    press(handle, "Enter", "Escape")

    # a busy browser tells of the selection late
    handle.page.evaluate("document.dispatchEvent(new Event('selectionchange'))")
    handle.page.wait_for_timeout(300)  # a selection that has come to rest opens the list
    expect(palette(handle)).to_be_hidden()
    expect(host(handle)).to_be_focused()
    assert handle.page.evaluate("String(getSelection())") == "red carpet"


def test_a_key_without_words_says_what_to_do(handle):
    host(handle).focus()

    press(handle, "1")

    expect(said(handle)).to_contain_text("Select some words in the text first.")
    assert tags(handle) == []


def test_after_a_tag_the_next_words_can_be_selected_at_once(handle):
    tag(handle, "red carpet")

    press(handle, "ArrowRight", "Control+Shift+ArrowRight", "7")

    until_tags(handle, CARPET, ("is", "hedge"))


def test_the_same_words_get_the_same_code_only_once(handle):
    tag(handle, "red carpet")

    select(handle, "red carpet")
    press(handle, "1")

    expect(said(handle)).to_contain_text("Already tagged as Ceremony symbol.")
    assert tags(handle) == [CARPET]


def test_by_typing_the_words_one_place(handle):
    find(handle, "RED carpet")
    expect(handle.root.get_by_text("Place 1 of 2.")).to_be_visible()

    handle.root.get_by_role("button", name="Next").click()
    expect(handle.root.get_by_text("Place 2 of 2.")).to_be_visible()
    handle.root.get_by_role("button", name="Tag this place").click()

    until_tags(handle, CARPET)
    [span] = handle.widget.annotations.spans
    assert span.start == handle.widget.document.text.rindex("red carpet", 0, 2300)


def test_by_typing_the_words_all_places_with_another_code(handle):
    find(handle, "diplomatic")
    handle.root.locator("details").get_by_label("Code").select_option("hedge")

    handle.root.get_by_role("button", name="Tag all 3 places").click()

    until_tags(handle, *[("diplomatic", "hedge")] * 3)


def test_by_typing_the_words_and_keys_alone(handle):
    handle.root.locator(".fk-search > summary").first.focus()
    press(handle, "Enter", "Tab")
    handle.page.keyboard.type("red carpet")
    press(handle, "Enter")
    expect(handle.root.get_by_text("Place 2 of 2.")).to_be_visible()
    press(handle, "Shift+Enter")
    expect(handle.root.get_by_label("Words in the text")).to_be_focused()
    press(handle, *["Tab"] * 4, "Enter")

    until_tags(handle, CARPET)


def test_words_that_are_not_there_are_said_to_be_missing(handle):
    find(handle, "chess")

    expect(handle.root.get_by_text("These words are not in this text.")).to_be_visible()
    expect(handle.root.get_by_role("button", name="Tag all places")).to_be_disabled()


def test_signs_in_the_words_mean_themselves(handle):
    find(handle, ".")

    full_stops = handle.widget.text.count(".")
    expect(handle.root.get_by_text(f"Place 1 of {full_stops}.")).to_be_visible()


def test_the_browser_finds_the_same_words_as_python(page, open_widget, tmp_path):
    open_widget(page, make_tagger(tmp_path))
    code = join("word_search") + "\nreturn (typed, text) => placesOf(typed.trim(), text)"
    find = page.evaluate_handle("(code) => new Function(code)()", code)

    for name, (text, typed, found) in VECTORS.items():
        places = find.evaluate("(find, [typed, text]) => find(typed, text)", [typed, text])
        units = text.encode("utf-16-le")
        words = [units[2 * one["start"] : 2 * one["end"]].decode("utf-16-le") for one in places]
        assert words == found, name


def test_words_typed_otherwise_are_tagged_as_they_stand_in_the_text(page, open_widget, tmp_path):
    handle = open_widget(page, tagger_of(tmp_path, "🙂 He said “Ne\u00a0pas” – no\u00admore."))
    find(handle, '"ne pas" - nomore')
    expect(handle.root.get_by_text("Place 1 of 1.")).to_be_visible()

    handle.root.get_by_role("button", name="Tag this place").click()

    until_tags(handle, ("“Ne\u00a0pas” – no\u00admore", "ceremony_symbol"))


def test_what_cannot_be_seen_is_not_tagged(page, open_widget, tmp_path):
    handle = open_widget(page, tagger_of(tmp_path, "A \u200b\u200b carpet \u00ad here \ufeff."))
    for words in ("\u200b\u200b", "\u00ad", " \ufeff"):
        handle.root.locator(".fk-aloud").evaluate("(line) => (line.textContent = '')")
        select(handle, words)

        press(handle, "1")

        expect(said(handle)).to_contain_text("Select some words in the text first.")
    send_tags(handle.widget, [(2, 4, "hedge")])
    expect(handle.root.get_by_role("alert")).to_contain_text("nothing to see")
    assert tags(handle) == []
