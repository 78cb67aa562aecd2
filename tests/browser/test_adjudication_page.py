"""Settling contested passages on a real page: by keys, without a connection, in two windows."""

import pytest
from playwright.sync_api import expect

from framingkit.course.data import load_article, read_reference
from framingkit.course.documents import Document, Section
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.notebook import settling

ARTICLE = load_article()
EVIL = '<img src=x onerror="window.__pwned = 1"><script>window.__pwned = 1</script>'
LABEL, BOUNDARY, ALONE = "red carpet", "strategic move", "chessboard"


def span(words: str, label: str) -> Span:
    start = ARTICLE.text.index(words)
    return Span(start, start + len(words), label, words)


MARA = AnnotationSet(
    "alaska-summit", "mara",
    (span(LABEL, "ceremony_symbol"), span(BOUNDARY, "game_metaphor"),
     span(ALONE, "game_metaphor")),
)  # fmt: skip
BEN = AnnotationSet(
    "alaska-summit", "ben",
    (span(LABEL, "loaded_word"), span(f"or {BOUNDARY}", "game_metaphor")),
)  # fmt: skip


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    return settling.open_settling([MARA, BEN])


@pytest.fixture
def show(page, work, open_widget):
    """Open the widget; it soon notices when nobody answers."""

    def opened(theme="light"):
        widget = work.show()
        widget.patience = 400
        return open_widget(page, widget, theme)

    return opened


def option(handle, words):
    return handle.root.get_by_role("radio", name=words)


def reason(handle, words="stays, because"):
    return handle.root.get_by_role("textbox", name=words)


def press(handle, words):
    handle.root.get_by_role("button", name=words, exact=True).click()


def shows(handle, words):
    expect(handle.root.locator(".fk-heading")).to_have_text(words)


def settled(handle, count):
    expect(handle.root.locator(".fk-progress")).to_have_text(f"{count} of 3 settled")


def badge(handle):
    return handle.root.locator(".fk-badge:visible")


def on_disk(work):
    """Say which passages a fresh look at the file finds settled."""
    work.log.refresh()
    return [one.span.quote for one in work.reading.spans]


def test_three_passages_by_keyboard_alone(show, page, work):
    handle = show()

    def type_keys(*keys):
        for key in keys:
            page.keyboard.press(key)

    type_keys("Tab", "Tab")
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")
    type_keys("Space", "Tab")
    page.keyboard.type("It is a ritual object.")
    type_keys("Tab", "Tab", "Enter")
    shows(handle, "Passage 2 of 3: open")
    expect(handle.root.locator(".fk-heading")).to_be_focused()
    expect(handle.root.locator("legend").first).to_have_text(
        "All say Game metaphor. Which words does it take in?"
    )
    type_keys("Tab", "ArrowDown", "Tab")
    page.keyboard.type("The smallest stretch that carries the device.")
    type_keys("Tab", "Tab", "Enter", "Tab", "ArrowDown", "Tab")
    page.keyboard.type("A chessboard is nowhere near.")
    expect(badge(handle)).to_have_text("Saved", timeout=4000)

    settled(handle, 3)
    assert on_disk(work) == ["red carpet", "strategic move"]
    assert [one.span.label for one in work.reading.near_misses] == ["game_metaphor"]
    assert page.evaluate("window.keys") == []
    assert repr(handle.widget) == "Adjudicator(alaska-summit: 3 of 3 settled)"


def test_two_readings_stay_each_with_its_reason_and_a_reload_keeps_them(show, work):
    handle = show()
    expect(handle.root.locator(".fk-choices")).to_contain_text("mara")
    option(handle, "Keep both").check()
    reason(handle, "A stays").fill("A ritual object.")
    expect(handle.root.locator(".fk-need")).to_contain_text("Write why")
    settled(handle, 0)
    reason(handle, "B stays").fill("It praises the welcome.")
    settled(handle, 1)
    expect(handle.root.locator("mark.fk-stays")).to_have_count(1)
    expect(badge(handle)).to_have_text("Saved", timeout=4000)

    handle.reload()

    shows(handle, "Passage 2 of 3: open")  # the first one that is open
    press(handle, "Previous")
    expect(option(handle, "Keep both")).to_be_checked()
    expect(reason(handle, "B stays")).to_have_value("It praises the welcome.")
    assert [one.status for one in work.reading.spans] == ["debatable", "debatable"]
    assert "It praises the welcome." in work.passages().html


def test_undo_takes_back_one_decision_after_the_other(show, work):
    handle = show()
    option(handle, "A Ceremony symbol").check()
    reason(handle).fill("A ritual object.")
    press(handle, "Next")
    option(handle, "No tag here").check()

    press(handle, "Undo")
    shows(handle, "Passage 2 of 3: open")
    expect(option(handle, "No tag here")).not_to_be_checked()
    press(handle, "Undo")

    shows(handle, "Passage 1 of 3: open")
    expect(handle.root.locator(".fk-aloud")).to_contain_text("Undone. Passage 1: open.")
    expect(badge(handle)).to_have_text("Saved")
    settled(handle, 0)
    assert on_disk(work) == []


def test_the_reading_is_saved_and_can_be_used(show, work):
    handle = show()
    option(handle, "A Ceremony symbol").check()
    reason(handle).fill("A ritual object.")

    press(handle, "Save the settled reading")

    said = handle.root.locator(".fk-reply")
    expect(said).to_contain_text("saved as “mara-ben.alaska-summit.settled.toml”")
    expect(said).to_contain_text("Not settled: 2 passages")
    assert read_reference(work.path) == work.reading
    assert work.reading.spans[0].rationale == "A ritual object."


def test_what_is_decided_without_a_kernel_arrives_later(show, work):
    handle = show()
    handle.drop_to_python = True
    option(handle, "A Ceremony symbol").check()
    reason(handle).fill("A ritual object.")
    press(handle, "Next")
    option(handle, "Decide later").check()
    expect(badge(handle)).to_contain_text("kept in this browser", timeout=6000)
    assert on_disk(work) == []

    handle.reload()
    expect(handle.root.locator(".fk-notices")).to_contain_text("were restored")
    handle.drop_to_python = False

    press(handle, "Previous")
    expect(badge(handle)).to_have_text("Saved", timeout=6000)
    assert on_disk(work) == ["red carpet"]
    assert [one["choice"] for one in work.responses.values()] == ["one", "later"]


def test_two_windows_settle_different_passages_and_talk_about_the_same_one(
    context, work, open_widget
):
    widget = work.show()
    first, second = open_widget(context, widget), open_widget(context, widget)
    option(first, "A Ceremony symbol").check()
    reason(first).fill("A ritual object.")
    press(first, "Next")
    option(first, "Decide later").check()
    settled(second, 1)
    expect(option(second, "A Ceremony symbol")).to_be_checked()

    reason(second).fill("Mine.")
    work.keep(1, B="Theirs.")

    expect(second.root.locator(".fk-other")).to_contain_text("Another window")
    second.root.get_by_role("button", name="Use that answer").click()
    expect(reason(second, "B stays")).to_have_value("Theirs.")
    assert len(work.responses) == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_hostile_text_stays_text_and_the_accessibility_checker_is_content(
    page, tmp_path, monkeypatch, open_widget, theme
):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    text = f"It is {EVIL} – 🙂 hot.\nSecond line."
    document = Document("evil", EVIL, text, "ab" * 32, (Section("all", "All", 0, len(text)),))
    sets = [
        AnnotationSet("evil", EVIL, (Span(6, len(text) - 3, "hedge"),)),
        AnnotationSet("evil", "ada", (Span(6, 9, "booster"), Span(7, 12, "hedge"))),
    ]
    work = settling.open_settling(sets, document)
    handle = open_widget(page, work.show(), theme)
    words = "all => all.map((mark) => mark.lastChild.textContent).join('')"
    marked = handle.root.locator(".fk-passage mark").evaluate_all(words)
    assert marked == text[6:-3].replace("\n", "")
    option(handle, "Keep more than one").check()
    for tick in handle.root.get_by_role("checkbox").all()[:2]:
        tick.check()
    for area in handle.root.locator("textarea:visible").all():
        area.fill(EVIL)
    handle.root.locator("summary").click()

    assert handle.axe() == []
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img, main script").count() == 0
    assert handle.root.locator(".fk-passage").inner_text().count("<script>") == 1
    can = handle.root.locator("button, input, textarea, select, summary, [tabindex]")
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0


def test_where_nothing_is_contested_it_says_so(page, tmp_path, monkeypatch, open_widget):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    ada = AnnotationSet("alaska-summit", "ada", MARA.spans)
    work = settling.open_settling([MARA, ada])

    handle = open_widget(page, work.show())

    expect(handle.root).to_contain_text("There is nothing to settle")
    assert handle.root.locator("button").count() == 0
    assert len(work.reading.spans) == 3
