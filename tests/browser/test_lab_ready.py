"""In a real JupyterLab: a lesson of the kit opens ready, and nothing else runs by itself."""
# ruff: noqa: F401, F811

import json

import nbformat
import pytest
from browser.lab import OPEN, ROOT, TAG, browsing, lab, open_notebook, running_lab, wait_for
from playwright.sync_api import expect

LESSON = "03-commentary.ipynb"
TITLE = "The commentary"
RAN = (
    "() => jupyterapp.shell.currentWidget.content.widgets"
    ".filter((cell) => cell.model.type === 'code').map((cell) => cell.model.executionCount)"
)
TOP = "() => jupyterapp.shell.currentWidget.content.outerNode.scrollTop"


@pytest.fixture
def lesson(lab, open_notebook):
    """Open a shipped lesson, or what became of it, under a name."""

    def opened(change=None, name=LESSON, source=ROOT / "notebooks" / LESSON, folder="notebooks"):
        path = lab.folder / folder / name
        path.parent.mkdir(exist_ok=True)
        notebook = nbformat.read(source, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = None, []
        if change:
            change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")  # nbformat would mend ids
        return open_notebook(name=name, folder=folder)

    return opened


def tools(notebook):
    """Wait until the first tool answers."""
    expect(notebook.page.locator(".framingkit-learner .fk-who").first).to_contain_text("You are")
    expect(notebook.badge).to_have_text("Saved")


def ran(notebook):
    return notebook.page.evaluate(RAN)


def code(notebook):
    return notebook.page.locator(".jp-CodeCell > .jp-Cell-inputWrapper")


def settled(notebook):
    """Give everything time to happen that should not happen."""
    notebook.page.wait_for_timeout(1500)
    return notebook


def test_a_lesson_opens_ready_at_its_top_with_its_code_folded(lesson):
    notebook = lesson()

    tools(notebook)

    assert None not in ran(notebook)
    assert code(notebook).locator("visible=true").count() == 0
    assert notebook.page.evaluate(TOP) == 0
    notebook.tag(3)
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(1)


def test_a_lesson_opens_again_where_the_learner_was(lesson):
    notebook = lesson()
    tools(notebook)
    notebook.page.wait_for_timeout(2500)  # the page has come to rest
    notebook.show(TAG)
    box = notebook.tagger.bounding_box()
    notebook.page.wait_for_timeout(600)

    notebook.reload()

    tools(notebook)
    wait_for(lambda: abs(notebook.tagger.bounding_box()["y"] - box["y"]) < 60, "the same place")


def test_a_workbook_opens_ready_but_what_the_learner_wrote_waits_and_its_check_too(lesson):
    name = "03-commentary.ipynb"

    def answer(notebook):
        cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        own = next(n for n, cell in enumerate(cells) if cell.source == "answer = ...")
        cells[own].source = "answer = open('ran', 'w')"
        where.append(own)

    where = []
    notebook = lesson(answer, name, ROOT / "exercises" / name, "exercises")
    expect(notebook.page.locator(".framingkit-learner .fk-who").first).to_contain_text("You are")
    wait_for(lambda: ran(notebook)[-1], "the last cell ran")

    assert [n for n, one in enumerate(ran(notebook)) if one is None] == [where[0], where[0] + 1]


def stranger(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.source = "print('hurt')"


def changed(notebook):
    cell = next(one for one in notebook.cells if one.id == "tag-commentary")
    cell.source += "\nprint('hurt')"


def more(notebook):
    cell = nbformat.v4.new_code_cell("print('hurt')", id="tag-commentary")
    notebook.cells.insert(8, cell)


def turned(notebook):
    first, second = (n for n, c in enumerate(notebook.cells) if c.id in ("codes", "ask-exit"))
    cells = notebook.cells
    cells[first], cells[second] = cells[second], cells[first]


@pytest.mark.parametrize("change", [stranger, changed, more, turned])
def test_what_is_not_a_shipped_lesson_cell_by_cell_never_runs_by_itself(lesson, change):
    notebook = settled(lesson(change))

    assert set(ran(notebook)) == {None}
    assert code(notebook).locator("visible=true").count() > 0
