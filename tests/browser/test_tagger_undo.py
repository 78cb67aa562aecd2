"""Every act can be taken back and done again."""

import pytest
from playwright.sync_api import expect
from tagger_page import host, make_tagger, rows, said, select, tag, tags, until, until_tags

CARPET = ("red carpet", "ceremony_symbol")


@pytest.fixture
def handle(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")
    expect(rows(handle)).to_have_count(1)
    return handle


def state(handle):
    return [(s.quote, s.label, s.note, s.confidence) for s in handle.widget.annotations.spans]


def change_code(handle):
    handle.root.locator(".fk-jump").click()
    handle.root.locator("li").get_by_label("Code").select_option("hedge")


def write_note(handle):
    handle.root.locator(".fk-jump").click()
    handle.root.get_by_label("Why?").fill("A ritual.")
    handle.page.keyboard.press("Tab")


def say_how_sure(handle):
    handle.root.locator(".fk-jump").click()
    handle.root.get_by_label("How sure").fill("75")
    handle.page.keyboard.press("Tab")


def move(handle):
    handle.root.locator(".fk-jump").click()
    select(handle, "diplomatic victory")
    handle.root.get_by_role("button", name="Move to the words I select").click()


def remove(handle):
    handle.root.get_by_role("button", name="Remove").click()


def tag_more(handle):
    select(handle, "formality")
    handle.page.keyboard.press("7")


def tag_all(handle):
    handle.root.get_by_text("Tag by typing the words").click()
    handle.root.get_by_label("Words in the text").fill("diplomatic")
    handle.root.get_by_role("button", name="Tag all 3 places").click()


ACTS = [change_code, write_note, say_how_sure, move, remove, tag_more, tag_all]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_an_act_is_undone_and_done_again_in_one_step(handle, act):
    before = state(handle)
    act(handle)
    until(handle.page, lambda: state(handle) != before)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    after = state(handle)

    host(handle).focus()
    handle.page.keyboard.press("Control+z")
    until(handle.page, lambda: state(handle) == before)
    handle.page.keyboard.press("Control+y")

    until(handle.page, lambda: state(handle) == after)


def test_undo_and_redo_by_their_buttons_say_what_happened(handle):
    handle.root.get_by_role("button", name="Undo").click()
    until_tags(handle)
    expect(said(handle)).to_contain_text("Undone.")

    handle.root.get_by_role("button", name="Redo").click()
    until_tags(handle, CARPET)
    expect(said(handle)).to_contain_text("Redone.")


def test_the_buttons_say_whether_there_is_anything_to_undo_and_keep_the_focus(handle):
    undo, redo = (handle.root.get_by_role("button", name=name) for name in ("Undo", "Redo"))
    expect(redo).to_have_attribute("aria-disabled", "true")

    undo.press("Enter")

    expect(undo).to_have_attribute("aria-disabled", "true")
    expect(undo).to_be_focused()
    expect(redo).to_have_attribute("aria-disabled", "false")
    undo.press("Enter")
    expect(said(handle)).to_contain_text("Nothing to undo.")


def test_many_steps_go_all_the_way_back_and_forth(handle):
    for words, key in (("formality", "7"), ("diplomatic gesture", "2"), ("goodwill", "3")):
        tag(handle, words, key)
    everything = tags(handle)

    for _ in range(5):
        handle.page.keyboard.press("Control+z")
    until_tags(handle)
    for _ in range(5):
        handle.page.keyboard.press("Control+Shift+Z")

    until_tags(handle, *everything)


def test_a_new_act_ends_what_could_be_done_again(handle):
    handle.page.keyboard.press("Control+z")
    until_tags(handle)
    tag(handle, "formality", "7")

    handle.page.keyboard.press("Control+y")

    expect(said(handle)).to_contain_text("Nothing to redo.")
    assert tags(handle) == [("formality", "hedge")]


def test_undo_leaves_no_mark_where_another_tab_had_moved_the_tag(handle):
    target = handle.widget._state()["tags"][0]["id"]
    start = handle.widget.start + handle.widget.text.index("diplomatic victory")
    span = {"start": start, "end": start + 18, "label": "hedge"}
    moved = {"target": target, "seq": 99, "client": "other", "span": span}
    handle.widget.send({"kind": "operations", "operations": [moved]})
    expect(handle.root.locator("mark")).to_have_text("diplomatic victory")

    handle.root.get_by_role("button", name="Undo").click()

    until_tags(handle)
    expect(handle.root.locator("mark")).to_have_count(0)
