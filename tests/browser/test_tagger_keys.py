"""Nothing that a learner presses changes the text, and no key reaches the notebook around it."""

import os
import random

import pytest
from playwright.sync_api import expect
from tagger_page import edges, host, open_everything, select, shown_text, tag, until, with_reference

KEYS = int(os.environ.get("FRAMINGKIT_RANDOM_KEYS", "300"))
"""How many keys are pressed at random; 10000 take some minutes."""

_PLAIN = [
    *"abdjxyz1234567890-.,?!  ", "Enter", "Backspace", "Delete", "ArrowLeft", "ArrowRight",
    "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown", "Tab", "Escape", "F2", "Insert",
]  # fmt: skip
_WITH = ["a", "b", "c", "d", "i", "u", "v", "x", "y", "z", "ArrowRight", "Home", "End", "Delete",
         "Backspace", "Enter", "k"]  # fmt: skip
_BEFORE = ["Control+", "Shift+", "Control+Shift+", "Alt+"]
_FOCUSABLE = "a, button, input, select, textarea, summary, [tabindex], [contenteditable]"


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, with_reference(tmp_path))


def test_random_keys_never_change_the_text(handle):
    chance = random.Random(20250815)
    for _ in range(0, KEYS, 25):
        host(handle).focus()
        for _ in range(25):
            key = chance.choice(_PLAIN)
            if chance.random() < 0.3:
                key = chance.choice(_BEFORE) + chance.choice(_WITH)
            handle.page.keyboard.press(key)
        assert shown_text(handle) == handle.widget.text

    until(handle.page, lambda: not len(handle.page.evaluate("Object.keys(localStorage)")))
    document = handle.widget.document.text
    for span in handle.widget.annotations.spans:
        assert document[span.start : span.end] == span.quote


@pytest.mark.parametrize("keys", ["Control+x", "Control+v", "Shift+Insert", "Shift+Delete"])
def test_cutting_and_pasting_leave_the_text_as_it_is(handle, context, keys):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    handle.page.evaluate("navigator.clipboard.writeText('PASTED')")
    select(handle, "red carpet")

    handle.page.keyboard.press(keys)

    assert shown_text(handle) == handle.widget.text


def test_words_can_still_be_copied(handle, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    select(handle, "red carpet")

    handle.page.keyboard.press("Control+c")

    assert handle.page.evaluate("navigator.clipboard.readText()") == "red carpet"


def test_something_dropped_on_the_text_leaves_it_as_it_is(handle):
    (x, y), _ = edges(handle, "formality")
    wire = handle.page.context.new_cdp_session(handle.page)
    item = {"mimeType": "text/plain", "data": "DROPPED"}

    for kind in ("dragEnter", "dragOver", "drop"):
        data = {"items": [item], "dragOperationsMask": 1}
        wire.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})

    assert shown_text(handle) == handle.widget.text


def test_selected_words_cannot_be_dragged_to_another_place(handle):
    select(handle, "red carpet")
    (x, y), _ = edges(handle, "carpet is")
    (x2, y2), _ = edges(handle, "formality")
    mouse = handle.page.mouse

    mouse.move(x + 2, y)
    mouse.down()
    mouse.move(x + 20, y)
    mouse.move(x2, y2)
    mouse.up()

    assert shown_text(handle) == handle.widget.text


@pytest.mark.parametrize("words", ["red carpet", "formality\nAccording"], ids=["one", "two"])
def test_an_input_method_leaves_the_text_as_it_is(handle, words):
    tag(handle, "red carpet is")
    select(handle, words)
    wire = handle.page.context.new_cdp_session(handle.page)

    for typed in ("に", "にほ", "日本"):
        place = {"selectionStart": len(typed), "selectionEnd": len(typed)}
        wire.send("Input.imeSetComposition", {"text": typed} | place)
    wire.send("Input.insertText", {"text": "日本"})

    until(handle.page, lambda: shown_text(handle) == handle.widget.text)
    assert handle.root.locator("mark").all_text_contents() == ["red carpet is"]
    assert len(handle.widget.annotations.spans) == 1


def test_an_input_method_that_is_given_up_leaves_the_text_as_it_is(handle):
    select(handle, "red carpet")
    wire = handle.page.context.new_cdp_session(handle.page)

    wire.send("Input.imeSetComposition", {"text": "xy", "selectionStart": 2, "selectionEnd": 2})
    wire.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})

    until(handle.page, lambda: shown_text(handle) == handle.widget.text)


@pytest.mark.parametrize(
    "command", ["insertText", "delete", "insertHTML", "insertParagraph", "bold"]
)
def test_an_editing_command_leaves_the_text_as_it_is(handle, command):
    select(handle, "red carpet")

    handle.page.evaluate("(command) => document.execCommand(command, false, 'X')", command)

    assert shown_text(handle) == handle.widget.text


def test_no_key_reaches_the_page_from_anything_that_can_have_the_focus(handle):
    open_everything(handle)
    handle.page.evaluate("window.heard = []")
    handle.page.evaluate(
        "document.addEventListener('keydown', (e) => heard.push(e.target.outerHTML))"
    )
    parts = handle.root.locator(_FOCUSABLE)
    asked = 0

    for part in parts.all():
        part.evaluate("(one) => one.focus()")
        if part.evaluate("(one) => one === document.activeElement"):
            asked += 1
            for key in ("b", "Shift+O", "Control+j"):
                handle.page.keyboard.press(key)

    assert asked > 30
    assert handle.page.evaluate("heard") == []


def test_jupyterlab_is_told_at_everything_that_can_have_the_focus(handle):
    open_everything(handle)

    bare = handle.root.locator(_FOCUSABLE).locator(":scope:not([data-lm-suppress-shortcuts])")

    assert bare.evaluate_all("all => all.map((one) => one.outerHTML)") == []


def test_the_tab_key_finds_only_parts_that_keep_their_keys(handle):
    open_everything(handle)
    handle.page.evaluate("document.activeElement.blur()")
    found = []
    for _ in range(60):
        handle.page.keyboard.press("Tab")
        found.append(
            handle.page.evaluate(
                "document.activeElement.dataset.lmSuppressShortcuts || "
                "document.activeElement.outerHTML.slice(0, 200)"
            )
        )
        if found[-1].startswith("<body"):
            break

    assert set(found[:-1]) == {"true"}
    assert len(found) > 12


def test_saving_the_notebook_by_habit_is_answered(handle):
    host(handle).focus()

    handle.page.keyboard.press("Control+s")

    expect(handle.root.locator(".fk-aloud")).to_contain_text("Your tags are saved automatically.")
