"""Work that can be counted: what a tag costs does not grow with the text or with its tags."""

import json

import pytest
from playwright.sync_api import expect
from tagger_page import CODES, make_tagger, rows, select, send_tags, tag, tagger_of, until

_WATCH = """
(root) => {
  window.repainted = new Set();
  new MutationObserver((records) => {
    for (const { target } of records) {
      const owner = (target.nodeType === 1 ? target : target.parentElement).closest(".fk-text p");
      if (owner) window.repainted.add(owner);
      else if (target.closest?.(".fk-text")) window.repainted.add(target);
    }
  }).observe(root, { childList: true, subtree: true, characterData: true });
}"""
# the made-up notebook waits with plain promises; everything else that waits is the tagger's own
_TIMERS = """
() => {
  window.timers = [];
  const names = ["setTimeout", "setInterval", "requestAnimationFrame"];
  for (const name of names) {
    const plain = window[name];
    window[name] = (act, ...more) => {
      if (!String(act).includes("[native code]")) window.timers.push(name + String(act));
      return plain(act, ...more);
    };
  }
}"""
_REPAINTED = "[...window.repainted].map((one) => one.textContent)"


def watch(handle):
    handle.root.evaluate(_WATCH)


def messages(handle, kind="operations"):
    return [one for one in handle.received if one["kind"] == kind]


@pytest.fixture
def handle(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.received.clear()
    return handle


def test_a_tag_repaints_only_the_paragraph_it_touches(handle):
    watch(handle)

    tag(handle, "red carpet")

    expect(rows(handle)).to_have_count(1)
    assert handle.page.evaluate(_REPAINTED) == [handle.widget.text.splitlines()[0]]


def test_a_tag_over_two_paragraphs_repaints_both(handle):
    watch(handle)

    tag(handle, "formality\nAccording to")

    expect(rows(handle)).to_have_count(1)
    assert sorted(handle.page.evaluate(_REPAINTED)) == sorted(handle.widget.text.splitlines()[:2])


def test_removing_and_undoing_repaint_one_paragraph(handle):
    tag(handle, "red carpet")
    expect(rows(handle)).to_have_count(1)
    watch(handle)

    handle.page.keyboard.press("Delete")
    until(handle.page, lambda: not handle.widget.annotations.spans)
    handle.page.keyboard.press("Control+z")
    until(handle.page, lambda: handle.widget.annotations.spans)

    assert handle.page.evaluate(_REPAINTED) == [handle.widget.text.splitlines()[0]]


def test_a_tag_in_a_long_text_with_many_tags_repaints_one_paragraph(page, open_widget, tmp_path):
    text = "\n".join(f"Line {n} of a long text, {'word ' * 40}end." for n in range(400))
    tagger = tagger_of(tmp_path, text)
    first = tagger.start
    places = [(first + 90 * n, first + 90 * n + 20, CODES[n % 8]) for n in range(900)]
    send_tags(tagger, places)
    handle = open_widget(page, tagger_of(tmp_path, text))
    expect(handle.root.get_by_text("Your tags: 900")).to_be_visible()
    watch(handle)

    select(handle, "Line 2 of a")
    page.keyboard.press("8")
    until(page, lambda: len(handle.widget.annotations.spans) == 901)

    assert handle.page.evaluate(_REPAINTED) == [text.splitlines()[2]]


def test_only_the_row_of_the_new_tag_is_made(handle):
    for words, key in (("red carpet", "1"), ("formality", "7"), ("goodwill", "3")):
        tag(handle, words, key)
    expect(rows(handle)).to_have_count(3)
    rows(handle).evaluate_all("all => all.forEach((one) => { one.known = true; })")

    tag(handle, "diplomatic gesture", "2")

    expect(rows(handle)).to_have_count(4)
    known = rows(handle).evaluate_all("all => all.filter((one) => one.known).length")
    assert known == 3


@pytest.mark.parametrize("before", [0, 100], ids=["no tag", "a hundred tags"])
def test_a_tag_is_one_small_message(page, open_widget, tmp_path, before):
    tagger = make_tagger(tmp_path)
    first = tagger.start
    send_tags(tagger, [(first + n, first + n + 20, CODES[n % 8]) for n in range(before)])
    handle = open_widget(page, make_tagger(tmp_path))
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.received.clear()

    select(handle, "that Russia is still a global power")
    page.keyboard.press("1")

    until(page, lambda: len(handle.widget.annotations.spans) == before + 1)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    [message] = handle.received
    assert len(json.dumps(message, ensure_ascii=False).encode()) < 700


def test_an_answer_to_a_tag_is_one_small_message(handle):
    heard = []
    handle.tell, tell = lambda message: (heard.append(message), tell(message)), handle.tell

    tag(handle, "red carpet")

    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    assert [one["content"]["kind"] for one in heard] == ["saved"]
    assert len(json.dumps(heard)) < 300


def test_many_places_at_once_are_sent_in_few_messages(page, open_widget, tmp_path):
    handle = open_widget(page, tagger_of(tmp_path, "word and " * 250))
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.received.clear()
    handle.root.get_by_text("Tag by typing the words").click()
    handle.root.get_by_label("Words in the text").fill("word")

    handle.root.get_by_role("button", name="Tag all 250 places").click()

    until(page, lambda: len(handle.widget.annotations.spans) == 250)
    assert len(messages(handle)) <= 250


def test_a_page_that_is_saved_is_silent(handle):
    tag(handle, "red carpet")
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    handle.page.wait_for_timeout(600)  # the copy for "save widget state" is made once
    handle.received.clear()
    handle.page.evaluate(_TIMERS)

    handle.page.wait_for_timeout(2 * handle.widget.patience)

    assert handle.received == []
    assert handle.page.evaluate("window.timers") == []


def test_moving_and_selecting_send_nothing(handle):
    select(handle, "red carpet")
    for key in ("ArrowRight", "ArrowDown", "Shift+ArrowRight", "Enter", "Escape", "F2"):
        handle.page.keyboard.press(key)
    handle.page.wait_for_timeout(300)

    assert handle.received == []
