"""A text of one's own on a real page: pasted, typed, without a connection, in two windows."""

import pytest
from playwright.sync_api import expect

from framingkit.course import load_codebook
from framingkit.widgets.own_text import OwnText
from framingkit.work.log import WorkLog
from framingkit.work.own_text import LONGEST_TEXT
from framingkit.work.tagging import Tagging

WORDS = "A summit opens.\n\nNobody “knows” 🙂 how it ends."


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def show(page, log, open_widget):
    """Open the widget; it soon notices when nobody answers."""
    return lambda theme="light": open_widget(page, OwnText(log, patience=400), theme)


def field(handle, name="The text"):
    return handle.root.get_by_role("textbox", name=name)


def use(handle):
    handle.root.get_by_role("button", name="Use this text").click()


def said(handle):
    return handle.root.locator(".fk-reply")


def badge(handle):
    return handle.root.locator(".fk-badge:visible")


def test_a_text_becomes_a_document_and_lies_in_the_work_folder(show, log):
    handle = show()
    field(handle).fill(WORDS)
    field(handle, "Title").fill("A summit")
    field(handle, "Where it is from").fill("The school paper")
    field(handle, "Date").fill("2026")

    use(handle)

    expect(said(handle)).to_contain_text("“A summit” has 9 words in 2 sentences.")
    expect(badge(handle)).to_have_text("Saved")
    document = handle.widget.document
    assert document.text == WORDS
    assert (log.path.parent / "texts" / "own-text" / "article.txt").read_text("utf-8") == WORDS
    assert "Source: The school paper" in document.note
    assert repr(handle.widget) == "OwnText(own-text: 9 words)"


def test_all_of_it_by_keyboard_alone(show, page):
    handle = show()

    for part in ("T", "S", "D", "It is hot."):
        page.keyboard.press("Tab")
        page.keyboard.type(part)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(said(handle)).to_contain_text("“T” has 3 words")
    assert handle.widget.document.text == "It is hot."


def test_what_is_typed_is_kept_but_not_used_before_the_button_is_pressed(show):
    handle = show()

    field(handle).press_sequentially("It is")

    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    assert handle.widget.response["text"] == "It is"
    assert handle.widget.document is None


def test_a_text_in_use_stays_in_use_while_a_new_one_is_typed(show):
    handle = show()
    field(handle).fill("First.")
    use(handle)
    expect(said(handle)).not_to_be_empty()

    field(handle).fill("Second.")
    field(handle).blur()
    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    assert handle.widget.document.text == "First."
    handle.reload()
    expect(field(handle)).to_have_value("Second.")
    use(handle)

    expect(said(handle)).not_to_be_empty()
    assert handle.widget.document.text == "Second."


def test_a_mended_text_keeps_its_tags_and_lists_the_others(show, log):
    handle = show()
    field(handle).fill("The solemn reception was historic.\x85Nobody knows it.")
    use(handle)
    expect(said(handle)).to_contain_text("has 8 words in 2 sentences.")
    tagging = Tagging(log, handle.widget.document, load_codebook())
    tagging.add("solemn", "loaded_word", note="It costs $5 or $6.")
    tagging.add("knows", "booster")

    field(handle).fill("The warm reception was historic.\nNobody knows it.")
    use(handle)

    expect(said(handle)).to_contain_text("1 tag went along from the text before.")
    expect(said(handle)).to_contain_text("“solemn”: Loaded word. Your note: It costs $5 or $6.")
    mended = Tagging(log, handle.widget.document, load_codebook())
    assert [span.quote for span in mended.spans()] == ["knows"]


def test_no_text_gets_a_sentence(show):
    handle = show()

    use(handle)

    expect(said(handle)).to_contain_text("There is no text yet.")
    assert handle.widget.response is None


def test_a_text_that_is_too_long_is_said_and_never_cut(show):
    handle = show()

    field(handle).fill("word " * (LONGEST_TEXT // 5 + 1))

    expect(handle.root.locator(".fk-count")).to_contain_text("at most 20,000 can be used")
    use(handle)
    assert len(field(handle).input_value()) == LONGEST_TEXT + 5
    assert handle.widget.response is None
    field(handle).fill("word " * (LONGEST_TEXT // 5))
    expect(handle.root.locator(".fk-count")).to_have_text("4000 words")
    use(handle)
    expect(said(handle)).to_contain_text("has 4,000 words")


def test_everything_is_back_after_a_reload(show):
    handle = show()
    field(handle).fill(WORDS)
    field(handle, "Title").fill("A summit")
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    handle.reload()

    expect(field(handle)).to_have_value(WORDS)
    expect(field(handle, "Title")).to_have_value("A summit")


def test_a_text_without_a_connection_is_used_when_it_is_back(show):
    handle = show()
    handle.drop_to_python = True
    field(handle).fill(WORDS)
    expect(badge(handle)).to_contain_text("Not connected. Not saved yet", timeout=6000)

    use(handle)
    expect(said(handle)).to_contain_text("when this notebook is connected again")
    handle.drop_to_python = False

    expect(said(handle)).to_contain_text("has 9 words")
    assert handle.widget.document.text == WORDS


def test_two_tabs_agree(context, open_widget, log):
    widget = OwnText(log)
    first, second = open_widget(context, widget), open_widget(context, widget)

    field(first).fill(WORDS)
    use(first)

    expect(field(second)).to_have_value(WORDS)
    expect(said(first)).to_contain_text("has 9 words")
    expect(said(second)).to_be_empty()


def test_hostile_text_stays_text(show, page):
    evil = '<img src=x onerror="window.__pwned = 1"><script>window.__pwned = 1</script>'
    handle = show()
    field(handle).fill(evil)
    field(handle, "Title").fill(evil)

    use(handle)

    expect(said(handle)).to_contain_text("<script>")
    assert handle.widget.document.text == evil
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img, main script").count() == 0


def test_no_key_reaches_the_notebook(show, page):
    handle = show()
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    field(handle).focus()
    for key in ("b", "Control+Enter", "Shift+Enter", "Escape"):
        page.keyboard.press(key)

    assert page.evaluate("window.keys") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker(show, theme):
    handle = show(theme)
    field(handle).fill(WORDS)
    use(handle)
    expect(said(handle)).not_to_be_empty()

    assert handle.axe() == []


def test_every_element_that_takes_the_focus_keeps_its_keys(show):
    can = show().root.locator("button, input, textarea, summary, select, a, [tabindex]")

    assert can.count() == 5
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0


def test_typing_on_while_a_text_is_put_to_use_loses_nothing(show):
    handle = show()
    field(handle).fill("First.")
    handle.drop_to_browser = True
    use(handle)
    field(handle).fill("First. Then more.")
    handle.page.wait_for_timeout(100)
    handle.drop_to_browser = False

    expect(badge(handle)).to_have_text("Saved", timeout=6000)
    expect(handle.root.locator(".fk-other")).to_be_empty()
    expect(field(handle)).to_have_value("First. Then more.")
    expect(said(handle)).to_contain_text("has 3 words")  # asked for again, as it then was
    assert handle.widget.response["text"] == "First. Then more."
    assert handle.widget.document.text == "First. Then more."
