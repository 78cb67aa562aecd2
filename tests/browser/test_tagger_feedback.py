"""Feedback stands in the margin beside its sentence, and goes with the tag that caused it."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    CODES,
    compare,
    host,
    rows,
    show_side,
    tag,
    tagger_of,
    tags,
    until,
    with_reference,
)

_TOPS = """(list) => [...list.children].filter((one) => one.offsetHeight)
  .map((one) => [one.querySelector("small").textContent, one.getBoundingClientRect().top,
    one.getBoundingClientRect().bottom])"""
_LINES = """(host) => Object.fromEntries([...host.querySelectorAll(".fk-number")]
  .map((one) => [one.dataset.number, one.getBoundingClientRect().top]))"""


@pytest.fixture
def handle(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 1366, "height": 768})
    handle = open_widget(page, with_reference(tmp_path))
    page.add_style_tag(content="[data-wire] { max-width: 1250px !important; }")
    tag(handle, "red carpet", "1")
    tag(handle, "trying to isolate Russia", "3")
    tag(handle, "diplomatic victory", "3")
    return handle


def notes(handle, group):
    return handle.root.locator(f".fk-notes .fk-is-{group} details")


def press(handle, name):
    handle.root.get_by_role("button", name=name).click()


def test_each_group_says_in_words_what_it_is(handle):
    compare(handle)

    words = {"match": "Matches", "think": "Think again", "missed": "You may have missed"}
    for group, title in words.items():
        expect(handle.root.locator(f".fk-notes .fk-is-{group} .fk-state").first).to_have_text(title)
    expect(notes(handle, "think")).to_contain_text("trying to isolate Russia")
    expect(notes(handle, "think")).to_contain_text("Its rule:")
    assert "reference reading has none" in notes(handle, "think").inner_text()


def test_a_note_stands_beside_its_sentence_and_none_covers_another(handle):
    compare(handle)
    again = handle.root.locator(".fk-again:visible")
    while again.count():
        again.first.click()

    found = handle.root.locator(".fk-notes").evaluate(_TOPS)
    lines = host(handle).evaluate(_LINES)
    bottom = -10_000.0
    for number, top, end in found:
        assert top >= bottom, number
        # level with its sentence, or pushed down by the note before it
        assert top == pytest.approx(lines[number], abs=16) or top - bottom <= 12, number
        bottom = end
    assert [one[0] for one in found] == ["15", "16", "17", "18", "19"]
    first = [one for one in found if one[0] == "15"]
    assert first[0][1] == pytest.approx(lines["15"], abs=16)


def test_what_was_missed_first_says_look_again_and_opens_one_by_one(handle):
    compare(handle)
    again = handle.root.locator(".fk-again:visible")
    count = again.count()
    assert count > 2
    expect(handle.root.get_by_text("According to many experts").last).to_be_hidden()

    again.first.click()

    expect(again).to_have_count(count - 1)
    expect(notes(handle, "missed").first.locator(".fk-quote")).to_be_visible()
    assert handle.page.evaluate("getSelection().toString()") != ""


def test_the_filter_counts_and_shows_one_group(handle):
    compare(handle)
    for group, name in (("match", "Matches 2"), ("think", "Think again 1"), ("missed", "Missed?")):
        press(handle, name)
        for other in ("match", "think", "missed"):
            visible = notes(handle, other).locator("visible=true").count()
            assert bool(visible) == (other == group), (group, other)
    press(handle, "All ")

    expect(notes(handle, "think")).to_be_visible()


@pytest.mark.parametrize("way", ["the list", "Undo", "another code"])
def test_a_note_goes_when_its_tag_goes_or_changes(handle, way):
    compare(handle)
    expect(notes(handle, "match")).to_have_count(2)
    show_side(handle, "Your tags")

    if way == "the list":
        handle.root.get_by_role("button", name="Remove War metaphor: “diplomatic").click()
    elif way == "Undo":
        press(handle, "Undo")
    else:
        rows(handle).last.locator(".fk-jump").click()
        rows(handle).last.get_by_label("Code").select_option("hedge")

    expect(notes(handle, "match")).to_have_count(1)
    expect(handle.root.get_by_role("button", name="Matches 1")).to_be_visible()
    expect(notes(handle, "think")).to_have_count(1)


def test_a_tag_can_be_removed_where_it_is_to_be_thought_about_and_brought_back(handle):
    box, before = compare(handle), tags(handle)

    box.get_by_role("button", name="Remove").click()

    until(handle.page, lambda: len(tags(handle)) == len(before) - 1)
    expect(notes(handle, "think")).to_have_count(0)
    expect(box).to_be_focused()
    press(handle, "Undo")
    until(handle.page, lambda: tags(handle) == before)


def test_notes_on_a_long_text_come_fifty_sentences_at_a_time(page, open_widget, tmp_path):
    text = " ".join(f"Sentence {n} is on the chessboard." for n in range(70))
    handle = open_widget(page, tagger_of(tmp_path, text))
    until(page, lambda: handle.received)
    places = [(text.index(f"Sentence {n} "), n + 1) for n in range(70)]
    remarks = [
        {"group": "missed", "open": False, "start": at, "end": at + 8, "label": CODES[1],
         "number": number, "reason": "A game word near politics."}
        for at, number in places
    ]  # fmt: skip

    handle.widget.send({"kind": "comparison", "summary": "70 to see.", "remarks": remarks})

    shown = handle.root.locator(".fk-notes > li")
    expect(handle.root.get_by_role("button", name="All 70")).to_be_visible()
    expect(shown).to_have_count(50)
    more = handle.root.get_by_role("button", name="Show the notes on more sentences")
    more.press("Enter")
    expect(shown).to_have_count(70)
    expect(more).to_be_hidden()
    expect(shown.nth(50).locator("summary")).to_be_focused()


def chips(handle):
    marks = handle.root.locator("mark[data-chips]")
    return marks.evaluate_all("all => all.map((one) => one.dataset.chips)")


def test_a_mark_in_the_text_says_how_its_tag_compares_until_that_tag_changes(handle):
    assert chips(handle) == ["CS", "WM", "WM"]
    box = compare(handle)
    assert chips(handle) == ["CS✓", "WM?", "WM✓"]

    press(handle, "Keep, with a reason")
    handle.page.keyboard.type("It is a siege.")
    handle.page.keyboard.press("Escape")
    tag(handle, "solemn reception", "1")
    expect(rows(handle)).to_have_count(4)
    assert chips(handle) == ["CS✓", "WM?", "CS", "WM✓"]

    show_side(handle, "Feedback")
    box.get_by_role("button", name="Remove").click()
    press(handle, "Undo")
    until(handle.page, lambda: chips(handle) == ["CS✓", "WM", "CS", "WM✓"])


def test_a_note_stays_while_a_reason_is_written_on_its_tag(handle):
    compare(handle)
    press(handle, "Keep, with a reason")

    handle.page.keyboard.type("It is a siege.")
    handle.page.keyboard.press("Escape")

    expect(rows(handle).nth(1)).to_contain_text("It is a siege.")
    expect(notes(handle, "think")).to_have_count(1)


def test_a_note_on_what_was_missed_goes_when_it_is_found(handle):
    compare(handle)
    count = notes(handle, "missed").count()

    tag(handle, "solemn reception", "1")

    expect(notes(handle, "missed")).to_have_count(count - 1)


def test_a_tag_moves_no_word_and_no_note(handle):
    compare(handle)
    before = handle.root.locator(".fk-notes").evaluate(_TOPS)
    words = "(host) => [...host.querySelectorAll('p')].map((p) => p.getBoundingClientRect().top)"
    lines = host(handle).evaluate(words)

    tag(handle, "message", "7")
    tag(handle, "opportunity", "2")

    assert handle.root.locator(".fk-notes").evaluate(_TOPS) == before
    assert host(handle).evaluate(words) == lines


def test_a_tag_to_think_about_again_is_kept_with_a_reason(handle):
    compare(handle)

    press(handle, "Keep, with a reason")

    expect(rows(handle).nth(1).get_by_label("Why?")).to_be_focused()


def test_a_second_comparison_takes_the_place_of_the_first(handle):
    compare(handle)
    tag(handle, "solemn reception", "1")

    compare(handle)

    expect(handle.root.get_by_role("button", name="Matches 3")).to_be_visible()
    expect(handle.root.locator(".fk-result")).to_contain_text("3 of your 4 tags match")
    expect(handle.root.get_by_role("region")).to_have_count(1)


def test_a_note_selects_its_words_and_keeps_the_focus(handle):
    summary = compare(handle).locator("summary").first

    summary.click()

    assert handle.page.evaluate("getSelection().toString()") == "red carpet"
    expect(summary).to_be_focused()


def test_without_tags_a_comparison_gives_nothing_away(page, open_widget, tmp_path):
    handle = open_widget(page, with_reference(tmp_path))

    compare(handle)

    expect(handle.root.locator(".fk-notes details")).to_have_count(0)
    expect(handle.root.locator(".fk-result")).to_contain_text("You have no tag here yet")


@pytest.mark.parametrize("width", [1000, 390])
def test_on_a_narrow_page_the_notes_are_a_list_below_the_text(page, open_widget, tmp_path, width):
    page.set_viewport_size({"width": width, "height": 844})
    handle = open_widget(page, with_reference(tmp_path))
    page.add_style_tag(content="[data-wire] { max-width: 880px !important; }")
    tag(handle, "red carpet", "1")

    compare(handle)

    text, notes_box = host(handle).bounding_box(), handle.root.locator(".fk-notes").bounding_box()
    assert notes_box["y"] >= text["y"] + text["height"]
    found = handle.root.locator(".fk-notes").evaluate(_TOPS)
    assert len(found) > 3
    assert all(one[2] <= two[1] + 1 for one, two in zip(found, found[1:], strict=False))
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_who_comes_to_work_next_finds_no_feedback(handle):
    compare(handle)

    handle.widget.send({"kind": "learner", "learner": "x", "tags": []})

    expect(handle.root.locator(".fk-notes details")).to_have_count(0)
    expect(handle.root.locator(".fk-result")).to_be_hidden()


def test_on_paper_the_notes_follow_the_tags_and_none_covers_another(handle):
    compare(handle)

    handle.page.emulate_media(media="print")

    found = handle.root.locator(".fk-notes").evaluate(_TOPS)
    assert len(found) == 5
    assert all(one[2] <= two[1] + 1 for one, two in zip(found, found[1:], strict=False))
    last = rows(handle).last.bounding_box()
    assert found[0][1] >= last["y"] + last["height"]
