"""The codes: up to all fourteen on offer, and names for those that are not."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    CODEBOOK,
    host,
    make_tagger,
    palette,
    rows,
    select,
    send_tags,
    show_side,
    tag,
    tags,
    until,
    until_tags,
)

ALL = [code.id for code in CODEBOOK.devices]


@pytest.fixture
def handle(page, open_widget, tmp_path):
    """Offer every code there is."""
    return open_widget(page, make_tagger(tmp_path, codes=ALL))


def row_of_codes(handle):
    return handle.root.get_by_role("toolbar", name="Codes", exact=True).get_by_role("button")


@pytest.mark.parametrize(("key", "number"), [("1", 0), ("5", 4), ("9", 8), ("0", 9)])
def test_the_first_ten_codes_have_a_key(handle, key, number):
    tag(handle, "red carpet", key)

    until_tags(handle, ("red carpet", ALL[number]))


def test_a_code_without_a_key_is_reached_through_the_list(handle):
    select(handle, "red carpet")

    for key in ("Enter", "End", "Enter"):
        handle.page.keyboard.press(key)

    until_tags(handle, ("red carpet", ALL[13]))


def test_each_code_shows_its_key_chip_and_name(handle):
    assert len(ALL) == 14
    for number, code in enumerate(CODEBOOK.devices):
        button = row_of_codes(handle).nth(number)
        key = str((number + 1) % 10) if number < 10 else ""
        assert button.text_content() == f"{key}{code.chip}{code.name}"
        assert (button.get_attribute("aria-keyshortcuts") or "") == key


def test_no_two_codes_look_the_same(handle):
    lines = row_of_codes(handle).locator(".fk-line")
    looks = lines.evaluate_all("all => all.map((one) => getComputedStyle(one).backgroundImage)")

    assert len(set(looks)) == 14
    assert "none" not in looks


def test_a_code_looks_the_same_whatever_its_place_among_those_on_offer(page, open_widget, tmp_path):
    style = "(one) => getComputedStyle(one).backgroundColor"
    looks = []
    for codes in (ALL[:3], ALL[2::-1]):
        handle = open_widget(page, make_tagger(tmp_path, codes=codes))
        chip = row_of_codes(handle).filter(has_text="War metaphor").locator(".fk-chip")
        looks.append(chip.evaluate(style))

    assert looks[0] == looks[1] != "rgba(0, 0, 0, 0)"


def test_a_code_of_the_bar_opens_its_card_when_no_words_are_selected(handle):
    code = CODEBOOK.devices[3]

    row_of_codes(handle).nth(3).click()

    card = handle.root.locator(".fk-card").nth(3)
    expect(card.locator("summary")).to_be_focused()
    for words in (code.short, code.definition, code.decision_rule, code.example, code.near_miss):
        expect(card).to_contain_text(words)
    assert card.evaluate("(one) => one.open")
    assert tags(handle) == []


def test_one_line_says_the_rule_of_the_code_that_is_pointed_at_or_has_the_focus(handle):
    rule = palette(handle).locator(".fk-rule")
    select(handle, "red carpet")
    expect(rule).to_contain_text("“red carpet”")

    handle.page.keyboard.press("Enter")
    handle.page.keyboard.press("ArrowRight")
    expect(rule).to_have_text(f"{CODEBOOK.devices[1].name}. {CODEBOOK.devices[1].short}")
    palette(handle).get_by_role("button").nth(4).hover()

    expect(rule).to_have_text(f"{CODEBOOK.devices[4].name}. {CODEBOOK.devices[4].short}")


def test_the_row_of_codes_is_one_stop_for_the_tab_key(handle):
    expect(row_of_codes(handle).and_(handle.root.locator("[tabindex='0']"))).to_have_count(1)


def test_a_tag_with_a_code_that_is_not_on_offer_keeps_its_name(page, open_widget, tmp_path):
    tagger = make_tagger(tmp_path, codes=ALL[:2])
    start = tagger.document.text.index("red carpet", tagger.start)
    handle = open_widget(page, tagger)
    until(page, lambda: handle.received)

    send_tags(tagger, [(start, start + 10, ALL[12])])

    expect(rows(handle)).to_contain_text(CODEBOOK.code(ALL[12]).name)
    mark = handle.root.locator(".fk-text mark")
    expect(mark).to_have_attribute("data-chips", CODEBOOK.code(ALL[12]).chip)
    assert mark.evaluate("(one) => getComputedStyle(one).backgroundImage").count("url") == 1
    assert handle.page.evaluate("document.querySelectorAll('.fk-code').length") == 4


def test_opening_a_tag_with_a_code_that_is_not_on_offer_shows_that_code(
    page, open_widget, tmp_path
):
    tagger = make_tagger(tmp_path, codes=ALL[:2])
    start = tagger.document.text.index("red carpet", tagger.start)
    handle = open_widget(page, tagger)
    until(page, lambda: handle.received)
    send_tags(tagger, [(start, start + 10, ALL[12])])
    show_side(handle, "Your tags")
    rows(handle).first.locator(".fk-jump").click()

    field = rows(handle).first.get_by_label("Code")

    assert field.evaluate("(one) => one.selectedOptions[0].textContent") == (
        CODEBOOK.code(ALL[12]).name
    )
    rows(handle).first.get_by_label("Why?").fill("Kept.")
    host(handle).focus()
    until(page, lambda: tagger.annotations.spans[0].note == "Kept.")
    assert tagger.annotations.spans[0].label == ALL[12]


def test_a_key_that_no_code_has_does_nothing(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path, codes=ALL[:2]))
    select(handle, "red carpet")

    handle.page.keyboard.press("3")
    handle.page.keyboard.press("2")

    until_tags(handle, ("red carpet", ALL[1]))


# key, where it is on the keyboard, more of the event, and the number of the code that it chooses
KEYS = {
    "a digit": ("1", "Digit1", {}, 0),
    "a digit from nowhere": ("2", "", {}, 1),
    "AZERTY": ("&", "Digit1", {}, 0),
    "AZERTY with Shift": ("1", "Digit1", {"shiftKey": True}, 0),
    "Lithuanian": ("ą", "Digit1", {}, 0),
    "Arabic": ("١", "Digit1", {}, 0),
    "Devanagari": ("१", "Digit1", {}, 0),
    "full width": ("０", "Digit0", {}, 9),
    "the block of digits": ("1", "Numpad1", {"location": 3}, 0),
    "Arabic on the block of digits": ("٣", "Numpad3", {"location": 3}, 2),
    "a digit elsewhere": ("7", "Digit1", {"shiftKey": True}, 6),
    "End on the block of digits": ("End", "Numpad1", {"location": 3}, None),
    "a sign with Shift": ("!", "Digit1", {"shiftKey": True}, None),
    "with Alt": ("1", "Digit1", {"altKey": True}, None),
    "with Ctrl": ("1", "Digit1", {"ctrlKey": True}, None),
    "a function key": ("F1", "F1", {}, None),
    "a dead key": ("Dead", "Digit2", {}, None),
    "a letter": ("q", "KeyQ", {}, None),
    "a letter from nowhere": ("é", "", {}, None),
}


def test_the_digits_of_every_keyboard_choose_codes(handle):
    for name, (key, code, more, number) in KEYS.items():
        select(handle, "red carpet")
        event = {"key": key, "code": code, "bubbles": True, "cancelable": True} | more
        host(handle).dispatch_event("keydown", event)

        expected = [] if number is None else [("red carpet", ALL[number])]
        handle.page.wait_for_timeout(60)
        until_tags(handle, *expected)
        for row in rows(handle).all():
            host(handle).press("Control+z")
            expect(row).to_have_count(0)
        assert tags(handle) == [], name
