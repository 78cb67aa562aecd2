"""The grid of frames on a real page: by mouse, by keyboard, offline, in two windows."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from framingkit.course.data import load_article, load_codebook, load_reference
from framingkit.feedback.frames import frames_response, read_frames, reference_frames
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.work.log import WorkLog

ARTICLE, CODEBOOK, REFERENCE = load_article(), load_codebook(), load_reference()
GAME = CODEBOOK.code("strategic_game")
COMPARE = "Compare with the reference reading"


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


def commentary(log, reference=REFERENCE):
    return FrameGrid(
        ARTICLE, "commentary", CODEBOOK, work_log=log, reference=reference, patience=400
    )


@pytest.fixture
def show(page, log, open_widget):
    """Open the grid on the commentary; it soon notices when nobody answers."""
    return lambda theme="light": open_widget(page, commentary(log), theme)


def frame(handle, name=GAME.name):
    return handle.root.get_by_role("group", name=name)


def primary(handle):
    return handle.root.get_by_role("combobox", name="The primary frame")


def said(handle):
    return handle.root.locator(".fk-reply")


def badge(handle):
    return handle.root.locator(".fk-badge:visible")


def test_two_ticked_questions_make_a_frame_and_are_kept(show):
    handle = show()

    frame(handle).get_by_role("checkbox").nth(0).check()
    expect(frame(handle).locator(".fk-state")).to_have_text("1 of 3 ticked")
    frame(handle).get_by_role("checkbox").nth(2).check()
    expect(frame(handle).locator(".fk-state")).to_have_text("2 of 3 ticked: this frame is present")

    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    assert handle.widget.reading.present == ("strategic_game",)
    assert repr(handle.widget).endswith("1 frame, primary not chosen)")


def test_comparing_gives_reasons_and_puts_the_four_answers_side_by_side(show):
    handle = show()
    frame(handle).get_by_role("checkbox").nth(0).check()
    frame(handle).get_by_role("checkbox").nth(1).check()
    primary(handle).select_option(GAME.name)
    handle.root.get_by_role("textbox", name="What is the problem?").fill("The gesture.")

    handle.root.get_by_role("button", name=COMPARE).click()

    expect(said(handle)).to_contain_text("is the primary frame of the reference reading too")
    expect(said(handle)).to_contain_text("Testing, an opportunity, exploiting")
    row = said(handle).get_by_role("row", name="What is the problem?")
    expect(row).to_contain_text("The gesture.")
    expect(row).to_contain_text("What is the gesture for?")
    expect(said(handle).get_by_role("row", name="What should be done?")).to_contain_text("nonenone")


def test_all_of_it_by_keyboard_alone(show, page):
    handle = show()

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    primary(handle).focus()
    page.keyboard.press("S")
    for key in ("Tab", "W", "h", "y"):
        page.keyboard.press(key)
    handle.root.get_by_role("button", name=COMPARE).focus()
    page.keyboard.press("Enter")

    expect(said(handle)).to_contain_text("is the primary frame of the reference reading too")
    assert handle.widget.response["indicators"] == {"strategic_game": [1, 2]}
    assert handle.widget.response["problem"] == "Why"


def test_nothing_filled_in_gets_a_sentence_and_gives_nothing_away(show):
    handle = show()

    handle.root.get_by_role("button", name=COMPARE).click()

    expect(said(handle)).to_contain_text("Nothing is filled in yet.")
    expect(said(handle).locator("table")).to_have_count(0)
    assert handle.widget.response is None


def test_everything_is_back_after_a_reload(show):
    handle = show()
    frame(handle).get_by_role("checkbox").nth(1).check()
    primary(handle).select_option(GAME.name)
    handle.root.get_by_role("combobox", name="What does the section look at?").select_option(
        "mixed"
    )
    handle.root.get_by_role("textbox", name="Is anyone judged?").fill("none")
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    handle.reload()

    expect(frame(handle).get_by_role("checkbox").nth(1)).to_be_checked()
    expect(frame(handle).locator(".fk-state")).to_have_text("1 of 3 ticked")
    expect(primary(handle)).to_have_value("strategic_game")
    expect(
        handle.root.get_by_role("combobox", name="What does the section look at?")
    ).to_have_value("mixed")
    expect(handle.root.get_by_role("textbox", name="Is anyone judged?")).to_have_value("none")


def test_a_comparison_without_a_connection_comes_when_it_is_back(show):
    handle = show()
    handle.drop_to_python = True
    primary(handle).select_option("Ceremony and symbol")
    expect(badge(handle)).to_contain_text("Not connected. Not saved yet", timeout=6000)

    handle.root.get_by_role("button", name=COMPARE).click()
    expect(said(handle)).to_contain_text("will appear when this notebook is connected again")
    handle.drop_to_python = False

    expect(said(handle)).to_contain_text("is a secondary frame in the reference reading")
    expect(badge(handle)).to_have_text("Saved")


def test_two_tabs_agree(context, open_widget, log):
    widget = commentary(log)
    first, second = open_widget(context, widget), open_widget(context, widget)

    frame(first).get_by_role("checkbox").first.check()

    expect(frame(second).get_by_role("checkbox").first).to_be_checked()
    expect(frame(second).locator(".fk-state")).to_have_text("1 of 3 ticked")


def test_without_a_reference_reading_there_is_nothing_to_compare_with(page, open_widget, log):
    handle = open_widget(page, commentary(log, None))

    expect(handle.root.get_by_role("button", name=COMPARE)).to_have_count(0)


def test_hostile_text_stays_text(page, open_widget, log):
    evil = '<img src=x onerror="window.__pwned = 1">'
    own = replace(
        reference_frames(REFERENCE, "commentary"), rationale=evil, problem_definition=evil
    )
    reference = replace(REFERENCE, section_frames=(own,))
    handle = open_widget(page, commentary(log, reference))
    primary(handle).select_option(GAME.name)
    handle.root.get_by_role("textbox", name="What is the problem?").fill(evil)

    handle.root.get_by_role("button", name=COMPARE).click()

    expect(said(handle)).to_contain_text("<img src=x")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img").count() == 0


def test_no_key_reaches_the_notebook(show, page):
    handle = show()
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    for role in ("textbox", "checkbox", "combobox"):
        handle.root.get_by_role(role).first.focus()
        for key in ("b", "Control+Enter", "Shift+Enter"):
            page.keyboard.press(key)

    assert page.evaluate("window.keys") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker(show, theme):
    handle = show(theme)
    frame(handle).get_by_role("checkbox").nth(0).check()
    frame(handle).get_by_role("checkbox").nth(1).check()
    primary(handle).select_option(GAME.name)
    handle.root.get_by_role("button", name=COMPARE).click()
    expect(said(handle)).not_to_be_empty()

    assert handle.axe() == []


def test_every_element_that_takes_the_focus_keeps_its_keys(show):
    can = show().root.locator("button, input, textarea, summary, select, a, [tabindex]")

    assert can.count() == 8 * 3 + 2 + 4 + 1
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0


def test_a_grid_of_few_frames_shows_only_these_and_keeps_what_it_does_not_show(
    page, log, open_widget
):
    answer = {"indicators": {"ceremony": [1, 2], "strategic_game": [3]}, "primary": "ceremony",
              "cause": "The carpet.", "scope": "thematic"}  # fmt: skip
    whole = commentary(log)
    log.act("answer", whole.target, response=frames_response(read_frames(answer, CODEBOOK)))
    few = FrameGrid(
        ARTICLE, "commentary", CODEBOOK, work_log=log, reference=REFERENCE, patience=400,
        only=["strategic_game", "cooperation"],
    )  # fmt: skip
    handle = open_widget(page, few, "light")

    expect(handle.root.get_by_role("group")).to_have_count(2)
    expect(handle.root.get_by_role("textbox")).to_have_count(0)
    expect(primary(handle)).to_have_value("ceremony")
    frame(handle).get_by_role("checkbox").nth(0).check()
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    kept = handle.widget.reading
    assert kept.indicators == {"strategic_game": (1, 3), "ceremony": (1, 2)}
    assert (kept.primary, kept.cells["cause"], kept.scope) == (
        "ceremony",
        "The carpet.",
        "thematic",
    )
    handle.root.get_by_role("button", name=COMPARE).click()
    expect(said(handle)).to_contain_text("primary frame")
    expect(said(handle).locator("table")).to_have_count(0)
