"""Several views, several widgets, and no Python at all."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    ARTICLE,
    CODEBOOK,
    CODES,
    host,
    make_tagger,
    palette,
    rows,
    select,
    shown_text,
    tag,
    tags,
    until,
    until_tags,
)

from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog

CARPET = ("red carpet", "ceremony_symbol")


def test_two_views_of_one_model_agree(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path), views=2)

    tag(handle, "red carpet")

    for view in (0, 1):
        expect(handle.view(view).locator(".fk-text mark")).to_have_text("red carpet")
        expect(handle.view(view).locator(".fk-jump")).to_have_count(1)
    handle.view(1).get_by_role("button", name="Undo").click()
    until_tags(handle)
    for view in (0, 1):
        expect(handle.view(view).locator(".fk-text mark")).to_have_count(0)
        expect(handle.view(view).locator(".fk-jump")).to_have_count(0)
        assert shown_text(handle, view) == handle.widget.text


def test_a_view_made_later_shows_what_was_tagged_before(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")

    view = handle.add_view()

    expect(view.locator(".fk-text mark")).to_have_text("red carpet")
    expect(view.locator(".fk-jump")).to_have_count(1)


@pytest.mark.parametrize("others", [0, 1])
def test_the_first_view_can_be_closed_and_the_model_still_hears_python(
    page, open_widget, tmp_path, others
):
    handle = open_widget(page, make_tagger(tmp_path), views=1 + others)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")

    page.evaluate("(wire) => framingkitTest.mounted[wire].ends[1]()", handle.wire)
    if not others:
        handle.add_view()
    tag(handle, "red carpet")

    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")


def test_the_palette_of_a_view_opens_only_for_its_own_words(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path), views=2)

    select(handle, "red carpet", view=1)

    expect(handle.view(1).locator(".fk-palette")).to_be_visible()
    expect(handle.view(0).locator(".fk-palette")).to_be_hidden()
    page.keyboard.press("1")
    until_tags(handle, CARPET)


def test_two_taggers_on_one_page_stay_apart(page, open_widget, tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    first, second = (
        SpanTagger(ARTICLE, section, CODEBOOK, codes=codes, work_log=log, patience=400)
        for section, codes in (("commentary", CODES), ("ending", CODES[::-1]))
    )
    one, two = open_widget(page, first), open_widget(page, second)

    select(one, "red carpet")
    expect(palette(one)).to_be_visible()
    select(two, "Handshake")
    expect(palette(two)).to_be_visible()
    expect(palette(one)).to_be_hidden()
    page.keyboard.press("1")
    tag(one, "goodwill", "1")

    until_tags(two, ("Handshake", CODES[-1]))
    until_tags(one, ("goodwill", CODES[0]))
    two.root.get_by_role("button", name="Undo").click()
    until_tags(two)
    assert tags(one) == [("goodwill", CODES[0])]
    assert one.root.locator("mark").count() == 1


def test_two_pages_of_one_tagger_hear_of_each_other(context, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)
    one, two = open_widget(context, tagger), open_widget(context, tagger)
    expect(two.root.locator(".fk-badge")).to_have_text("Saved")

    tag(one, "red carpet")

    expect(rows(two)).to_have_count(1)
    tag(two, "formality", "7")
    expect(rows(one)).to_have_count(2)
    for handle in (one, two):
        assert handle.root.locator("mark").all_text_contents() == ["red carpet", "formality"]


def test_without_python_the_text_and_the_saved_tags_are_shown(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")
    until(page, lambda: len(handle.page.evaluate(_SAVED, handle.wire)) == 1)
    saved = handle.page.evaluate(_SAVED, handle.wire)
    handle.widget.tags = saved

    handle.drop_to_python = handle.drop_to_browser = True
    handle.reload()

    badge = handle.root.locator(".fk-badge")
    expect(badge).to_contain_text("Not connected")
    expect(handle.root.locator("mark")).to_have_text("red carpet")
    expect(rows(handle)).to_have_count(1)
    assert shown_text(handle) == handle.widget.text


_SAVED = "(wire) => framingkitTest.mounted[wire].model.get('tags')"


def test_a_tag_made_without_python_says_so_and_is_there_later(page, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)
    handle = open_widget(page, tagger)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.drop_to_python = True

    select(handle, "red carpet")
    page.keyboard.press("1")

    expect(handle.root.locator("mark")).to_have_text("red carpet")
    badge = handle.root.locator(".fk-badge")
    expect(badge).to_contain_text("Not saved yet, but kept in this browser.")
    handle.drop_to_python = False
    handle.reload()
    until_tags(handle, CARPET)
    expect(badge).to_have_text("Saved")


def test_what_python_refuses_goes_from_the_screen_with_a_reason(page, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)
    handle = open_widget(page, tagger)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    tagger.codebook = type(CODEBOOK)("other", "Other", "1", "0", CODEBOOK.devices[-1:], ())

    select(handle, "red carpet")
    page.keyboard.press("1")

    reason = "has no code 'ceremony_symbol'"
    expect(handle.root.get_by_role("alert")).to_contain_text(reason)
    expect(handle.root.locator("mark")).to_have_count(0)
    expect(handle.root.locator(".fk-badge")).to_contain_text(reason)
    assert tags(handle) == []
    expect(host(handle)).to_be_visible()
