"""Plain words on a real page: by mouse, by keyboard, without a connection, in two windows."""

import pytest
from playwright.sync_api import expect

from framingkit.course.data import load_article, load_codebook, load_facts
from framingkit.course.documents import Document, Section
from framingkit.feedback.rewriting import version_response
from framingkit.widgets.plain_words import PlainWords
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

ARTICLE, CODEBOOK, FACTS = load_article(), load_codebook(), load_facts()
CARPET = {"start": 2750, "end": 2760, "quote": "red carpet", "plain": "welcome", "carries": False}


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def tagging(log):
    return Tagging(log, ARTICLE, CODEBOOK)


@pytest.fixture
def tagged(tagging):
    tagging.add("red carpet", "ceremony_symbol", "ending")
    tagging.add("always", "booster", "ending")


@pytest.fixture
def show(page, log, open_widget):
    """Open the widget on the open ending; it soon notices when nobody answers."""
    return lambda theme="light": open_widget(page, ending(log), theme)


def ending(log):
    return PlainWords(ARTICLE, "ending", CODEBOOK, facts=FACTS, work_log=log, patience=400)


def field(handle, words):
    return handle.root.get_by_role("textbox", name=f"In plain words {words}")


def passage(handle):
    return handle.root.locator(".fk-passage")


def remarks(handle):
    return handle.root.locator(".fk-remarks")


def badge(handle):
    return handle.root.locator(".fk-badge:visible")


@pytest.mark.usefixtures("tagged")
def test_plain_words_by_mouse_change_the_passage_the_counts_and_the_log(show):
    handle = show()
    expect(remarks(handle)).to_contain_text("No phrase has plain words yet.")

    field(handle, "red carpet").fill("official  welcome")
    field(handle, "red carpet").blur()

    expect(passage(handle).locator("del")).to_have_text("red carpet")
    expect(passage(handle).locator("ins")).to_have_text("official welcome")
    expect(remarks(handle)).to_contain_text("1 of 2 phrases has plain words.")
    expect(remarks(handle).get_by_role("row", name="Ceremony symbol 1 0")).to_be_visible()
    expect(badge(handle)).to_have_text("Saved")
    assert handle.widget.response == {
        "wordings": [CARPET | {"plain": "official  welcome"}],
        "facts": [],
    }


@pytest.mark.usefixtures("tagged")
def test_all_of_it_by_keyboard_alone(show, page):
    handle = show()

    for key in ("Tab", "n", "o", "w", "Tab", "Space", "Tab", "o", "f", "t", "e", "n", "Tab", "Tab"):
        page.keyboard.press(key)
    page.keyboard.press("ArrowUp")  # from "Both" to "In your plain words"
    page.keyboard.press("Tab")
    page.keyboard.press("Space")

    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    expect(passage(handle)).to_contain_text("whether the now will")
    expect(passage(handle)).to_contain_text("is often hot")
    carpet, always = handle.widget.response["wordings"]
    assert (carpet["plain"], carpet["carries"]) == ("now", True)
    assert (always["plain"], always["carries"]) == ("often", False)
    assert handle.widget.response["facts"] == ["ending-1"]


@pytest.mark.usefixtures("tagged")
@pytest.mark.parametrize(
    ("side", "shown"),
    [
        ("As written", "whether the red carpet will"),
        ("In your plain words", "whether the welcome will"),
        ("Both", "whether the red carpet welcome will"),
    ],
)
def test_the_passage_flips(show, side, shown):
    handle = show()
    field(handle, "red carpet").fill("welcome")

    handle.root.get_by_role("radio", name=side).check()

    expect(passage(handle)).to_contain_text(shown)


@pytest.mark.usefixtures("tagged")
def test_the_plain_side_says_what_python_says(show, tagging):
    tagging.add("whether the red carpet will be followed", "either_or_question", "ending")
    handle = show()
    for words, plain in (("red carpet", "x"), ("whether the red", "if it"), ("always", "-")):
        field(handle, words).last.fill(plain)
    handle.root.get_by_role("radio", name="In your plain words").check()

    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    lines = [line for line in handle.widget.mine.plain_text.split("\n") if line.strip()]
    assert passage(handle).locator("p").all_text_contents() == lines
    assert "sure if it by a historic" in lines[1]


@pytest.mark.usefixtures("tagged")
def test_a_device_that_is_still_there_counts(show):
    handle = show()

    field(handle, "red carpet").fill("big welcome")
    handle.root.get_by_role("checkbox", name="still carries the device red carpet").check()

    expect(remarks(handle).get_by_role("row", name="Ceremony symbol 1 1")).to_be_visible()


@pytest.mark.usefixtures("tagged")
def test_facts_are_counted(show):
    handle = show()
    field(handle, "always").fill("-")

    handle.root.get_by_text("The result of the meeting is not known.").check()

    expect(remarks(handle)).to_contain_text("1 of 2 statements is not ticked")
    expect(remarks(handle)).to_contain_text("You left out “always”.")


def test_phrases_follow_the_tags(show, tagging):
    handle = show()
    expect(remarks(handle)).to_contain_text("You have not tagged anything in this section yet.")

    tagging.add("red carpet", "ceremony_symbol", "ending")
    expect(field(handle, "red carpet")).to_be_visible()
    field(handle, "red carpet").press_sequentially("wel")
    tagging.add("Handshake", "ceremony_symbol", "ending")

    expect(field(handle, "Handshake")).to_be_visible()
    expect(field(handle, "red carpet")).to_be_focused()
    expect(field(handle, "red carpet")).to_have_value("wel")
    tagging.remove("Handshake")
    expect(field(handle, "Handshake")).to_have_count(0)


@pytest.mark.usefixtures("tagged")
def test_plain_words_outlive_their_tag(show, tagging):
    handle = show()
    field(handle, "red carpet").fill("welcome")
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    tagging.remove("red carpet")

    expect(handle.root.locator("li", has_text="red carpet")).to_contain_text("Not tagged")
    expect(field(handle, "red carpet")).to_have_value("welcome")


@pytest.mark.usefixtures("tagged")
def test_everything_is_back_after_a_reload(show):
    handle = show()
    field(handle, "red carpet").fill("welcome")
    handle.root.get_by_text("The result of the meeting is not known.").check()
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    handle.reload()

    expect(field(handle, "red carpet")).to_have_value("welcome")
    expect(handle.root.get_by_text("The result of the meeting is not known.")).to_be_checked()
    expect(remarks(handle)).to_contain_text("1 of 2 phrases has plain words.")
    expect(passage(handle).locator("ins")).to_have_text("welcome")


@pytest.mark.usefixtures("tagged")
def test_without_a_connection_it_is_kept_and_comes_back(show, page):
    handle = show()
    handle.drop_to_python = True
    for words in ("wel", "welcome"):
        field(handle, "red carpet").fill(words)
        field(handle, "red carpet").blur()
    expect(badge(handle)).to_contain_text("Not connected. Not saved yet, but kept in this browser.")
    kept = page.evaluate("Object.values(localStorage).flatMap((one) => JSON.parse(one))")
    assert [one["response"]["wordings"][0]["plain"] for one in kept] == ["welcome"]

    handle.reload()
    expect(field(handle, "red carpet")).to_have_value("welcome")
    expect(handle.root.locator(".fk-notices")).to_contain_text("were restored")
    handle.drop_to_python = False
    handle.reload()

    expect(badge(handle)).to_have_text("Saved")
    assert handle.widget.response == {"wordings": [CARPET], "facts": []}


@pytest.mark.usefixtures("tagged")
def test_two_tabs_agree(context, open_widget, log):
    widget = ending(log)
    first, second = open_widget(context, widget), open_widget(context, widget)

    field(first, "always").fill("often")
    field(first, "always").blur()

    expect(field(second, "always")).to_have_value("often")
    expect(passage(second).locator("ins")).to_have_text("often")


@pytest.mark.usefixtures("tagged")
def test_what_a_learner_is_writing_is_not_written_over(show, log):
    handle = show()
    field(handle, "red carpet").press_sequentially("mine")

    log.act("answer", handle.widget.target, response={"wordings": [CARPET], "facts": []})

    note = handle.root.locator(".fk-other")
    expect(note).to_contain_text("Another window has a different answer here.")
    expect(field(handle, "red carpet")).to_have_value("mine")
    note.get_by_role("button", name="Use that answer").click()
    expect(field(handle, "red carpet")).to_have_value("welcome")
    expect(note).to_be_empty()
    expect(badge(handle)).to_have_text("Saved")


def test_hostile_text_stays_text(page, open_widget, log):
    evil = '<img src=x onerror="window.__pwned = 1">'
    document = Document("evil", evil, f"{evil} 🙂 {evil}", "0" * 64, (Section("s", evil, 0, 83),))
    tagging = Tagging(log, document, CODEBOOK)
    tagging.add(evil, "loaded_word", "s", 2)
    handle = open_widget(page, PlainWords(document, "s", CODEBOOK, facts=(), work_log=log))

    field(handle, evil).fill(evil)
    field(handle, evil).blur()

    expect(passage(handle).locator("del")).to_have_text(evil)
    expect(passage(handle).locator("ins")).to_have_text(evil)
    expect(badge(handle)).to_have_text("Saved")
    assert handle.widget.mine.plain_text == document.text
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img").count() == 0


@pytest.mark.usefixtures("tagged")
def test_no_key_reaches_the_notebook(show, page):
    handle = show()
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    field(handle, "always").focus()
    for key in ("b", "Control+Enter", "Shift+Enter", "Escape"):
        page.keyboard.press(key)

    assert page.evaluate("window.keys") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.usefixtures("tagged")
def test_it_passes_the_accessibility_checker(show, log, theme):
    handle = show(theme)
    version = handle.widget._version({"wordings": [CARPET], "facts": ["ending-2"]})
    log.act("answer", handle.widget.target, response=version_response(version))
    expect(passage(handle).locator("ins")).to_have_text("welcome")

    assert handle.axe() == []


@pytest.mark.usefixtures("tagged")
def test_every_element_that_takes_the_focus_keeps_its_keys(show):
    can = show().root.locator("button, input, textarea, summary, select, a, [tabindex]")

    assert can.count() > 8
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0
