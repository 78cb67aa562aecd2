"""A learner's work in a real JupyterLab is there after a reload, a restart, a killed kernel."""
# ruff: noqa: F401, F811

import shutil

from browser.lab import OPEN, ROOT, TAG, desk, lab, open_notebook, running_lab
from playwright.sync_api import expect

LESSON = "03-commentary.ipynb"


def saved(notebook, count):
    """Wait until the tags are on the screen and the badge says saved; count those on disk.

    In this order: a page that has yet to take over what lies in the browser has nothing unsaved.
    """
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(count)
    expect(notebook.badge).to_have_text("Saved")
    assert len(notebook.lab.tags()) == count


def test_a_lesson_is_tagged_by_mouse_is_there_after_a_reload_and_beside_a_class(lab, open_notebook):
    shutil.copy(ROOT / "notebooks" / LESSON, lab.folder / "notebooks" / LESSON)
    notebook = open_notebook(name=LESSON).run_all()
    notebook.show(TAG)
    expect(notebook.badge).to_have_text("Saved")

    left, right, middle = notebook.box(12)
    mouse = notebook.page.mouse
    mouse.move(left + 4, middle)
    mouse.down()
    mouse.move(right - 4, middle, steps=4)
    mouse.up()
    notebook.tagger.locator(".fk-palette .fk-code").first.click()

    saved(notebook, 1)
    before = lab.tags()
    notebook.reload()
    notebook.run_all()
    notebook.show(TAG)
    saved(notebook, 1)
    assert lab.tags() == before
    beside_a_class(notebook)


def beside_a_class(notebook):
    """Keep the first reading, and walk through the class map; no key reaches the notebook."""
    cells = notebook.cells()
    notebook.show("## Optional")
    notebook.page.locator(".jp-showHiddenCellsButton").click()
    notebook.show("lesson.class_map(")
    shown = notebook.page.locator(".framingkit-class-map")
    shown.get_by_role("button", name="show the class").click()
    expect(shown).to_contain_text("Your first reading is saved: 1 tag.")
    for key in ("Tab", "Tab", "ArrowRight", "b", "Enter"):
        notebook.page.keyboard.press(key)
    expect(shown.locator(".fk-map mark").nth(1)).to_be_focused()
    expect(shown.locator(".fk-line")).to_contain_text("of 29 learners tagged it.")
    assert notebook.cells() == cells


def test_a_tag_can_be_made_by_the_keyboard_alone(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG).run_all()
    keyboard = notebook.page.keyboard
    notebook.tagger.locator(".fk-bar button:visible").last.focus()

    keyboard.press("Tab")
    for key in ("Control+ArrowRight", "Control+Shift+ArrowRight", "2"):
        keyboard.press(key)

    saved(notebook, 1)
    assert lab.tags()[0].span.quote.strip() == lab.tags()[0].span.quote != ""
    assert notebook.cells() == [["code", OPEN], ["code", TAG]]


def test_after_a_kernel_restart_a_tag_is_kept_and_merged_when_the_cell_runs_again(
    lab, open_notebook
):
    notebook = open_notebook(OPEN, TAG).run_all()
    for number in range(3):
        notebook.tag(number)
    saved(notebook, 3)
    before = lab.log().path.read_bytes()

    notebook.restart()
    notebook.tag(7)

    expect(notebook.badge).to_contain_text("Not saved yet, but kept in this browser")
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(4)
    assert lab.log().path.read_bytes() == before
    notebook.run_all()
    saved(notebook, 4)
    grown = lab.log().path.read_bytes()
    assert grown.startswith(before)
    assert grown[len(before) :].count(b"\n") == 1


def test_a_killed_kernel_loses_nothing_that_was_saved_and_the_rest_is_offered_back(
    lab, open_notebook
):
    notebook = open_notebook(OPEN, TAG).run_all()
    for number in range(5):
        notebook.tag(number)
    saved(notebook, 5)
    for number in range(5, 12):
        notebook.tag(number)
        if number == 8:
            notebook.kill()
    expect(notebook.badge).to_contain_text("kept in this browser")
    on_disk = len(lab.tags())
    assert 5 <= on_disk < 12

    notebook.run_all()

    saved(notebook, 12)
    assert (
        f"Unsaved changes restored from this browser: {12 - on_disk}." in (notebook.page.content())
        or on_disk > 5
    )


def test_a_tag_made_without_kernel_is_there_after_a_reload_with_a_new_one(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG).run_all()
    saved(notebook, 0)
    notebook.restart()
    notebook.tag(3)
    expect(notebook.badge).to_contain_text("kept in this browser")

    notebook.reload()
    notebook.run_all()

    saved(notebook, 1)


def test_a_saved_notebook_shows_its_marks_when_it_is_opened_without_running(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG).run_all()
    notebook.tag(4)
    saved(notebook, 1)
    notebook.run_all()  # the marks of what is there are in the output of this run
    saved(notebook, 1)
    notebook.command("docmanager:save")
    lab.ask("DELETE", f"api/sessions/{lab.ask('GET', 'api/sessions')[0]['id']}")

    again = open_notebook()

    expect(again.page.locator(".jp-OutputArea mark").first).to_be_visible()
    assert "Error displaying widget" not in again.page.content()
