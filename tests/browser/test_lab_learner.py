"""In a real JupyterLab: who is at work, in all notebooks, and where nothing can be written."""
# ruff: noqa: F401, F811

import pytest
from browser.lab import HAND_IN, KEY, OPEN, TAG, Lab, desk, open_notebook, wait_for
from playwright.sync_api import expect

from framingkit.work.log import WorkLog


@pytest.fixture(scope="module")
def lab_of_all(tmp_path_factory):
    """A JupyterLab for which nobody chose a code name; its work folder lies on a shelf."""
    lab = Lab(tmp_path_factory.mktemp("lab"), work="shelf/work", coder="")
    yield lab
    lab.stop()


@pytest.fixture
def lab(lab_of_all):
    lab_of_all.forget()
    return lab_of_all


def who(notebook):
    return notebook.page.locator(".framingkit-learner .fk-who").first


def name(notebook):
    expect(who(notebook)).to_contain_text("You are")
    return who(notebook).text_content().removeprefix("You are ").rstrip(".")


def logs(lab):
    """Read all logs in the work folder: code name and number of tags."""
    found = [WorkLog(path) for path in sorted(lab.work.glob("*.jsonl"))]
    return {log.coder: len(log.state.tags(KEY)) for log in found}


def test_all_open_notebooks_follow_whoever_begins(lab, open_notebook):
    first = open_notebook(OPEN, TAG).run_all()
    second = open_notebook(OPEN, TAG, name="another.ipynb").run_all()
    before = name(first)
    expect(who(second)).to_have_text(f"You are {before}.")
    first.tag(0)
    expect(second.tagger.locator(".fk-list li")).to_have_count(1)

    first.page.get_by_role("button", name="Start as somebody else").click()

    expect(who(first)).not_to_have_text(f"You are {before}.")
    after = name(first)
    expect(who(second)).to_have_text(f"You are {after}.", timeout=3000)
    for notebook in (first, second):
        expect(notebook.tagger.locator(".fk-list li")).to_have_count(0)
    second.tag(3)
    expect(second.badge).to_have_text("Saved")
    assert logs(lab) == {before: 1, after: 1}
    second.restart()
    second.run_all()
    assert name(second) == after


def test_a_notebook_that_is_saved_with_its_widgets_holds_no_code_name(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG, HAND_IN).run_all()
    coder = name(notebook)
    notebook.tag(0)
    notebook.show(HAND_IN)
    field = notebook.page.locator(".framingkit-hand-in input").first
    expect(field).to_have_value(coder)
    field.fill("jade-wren-100")
    hand_in = notebook.page.locator(".framingkit-hand-in")
    hand_in.get_by_role("button", name="Download my answers").click()
    expect(who(notebook)).to_have_text("You are jade-wren-100.")
    notebook.page.wait_for_timeout(600)  # the tagger copies its tags a little later
    notebook.command("docmanager:save")

    path = lab.folder / notebook.path
    wait_for(lambda: "widget-state+json" in path.read_text("utf-8"), "the widgets are saved")

    saved = path.read_text("utf-8")
    assert "red carpet" in saved
    assert [one for one in (coder, "jade-wren-100") if one in saved] == []


def test_where_nothing_can_be_written_nothing_is_called_saved_and_all_is_there_later(
    lab, open_notebook
):
    lab.block()
    notebook = open_notebook(OPEN, TAG, HAND_IN).run_all()
    coder = name(notebook)
    badges = notebook.page.locator(".fk-badge")

    def is_honest():
        expect(notebook.badge).to_contain_text("kept in this browser")
        expect(who(notebook)).to_have_text(f"You are {coder}.")
        expect(notebook.tagger.locator(".fk-list li")).to_have_count(1)
        assert "Saved" not in badges.all_text_contents()

    expect(notebook.badge).to_contain_text("Until then your work is kept in this browser only")
    notebook.tag(0)
    is_honest()
    notebook.run_all()
    is_honest()
    notebook.restart()
    notebook.reload()
    notebook.run_all()
    is_honest()
    notebook.show(HAND_IN)
    hand_in = notebook.page.locator(".framingkit-hand-in")
    hand_in.get_by_role("button", name="Download my answers").click()
    said = notebook.page.locator(".framingkit-hand-in .fk-reply")
    expect(said).to_contain_text("Reading: Commentary, 1 change")
    lab.unblock()

    expect(said).to_contain_text("It holds 1 tag", timeout=20_000)
    notebook.show(TAG)
    expect(notebook.badge).to_have_text("Saved")
    assert logs(lab) == {coder: 1}
