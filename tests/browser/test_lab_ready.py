"""In a real JupyterLab: a lesson of the kit opens ready, and nothing else runs by itself."""
# ruff: noqa: F401, F811

import json

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser.lab import OPEN, ROOT, TAG, browsing, desk, lab, open_notebook, running_lab, wait_for
from make_extension import entries
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

    def opened(
        change=None, name=LESSON, source=ROOT / "notebooks" / LESSON, folder="notebooks", page=None
    ):
        path = lab.folder / folder / name
        path.parent.mkdir(exist_ok=True)
        notebook = nbformat.read(source, as_version=4)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.execution_count, cell.outputs = None, []
        if change:
            change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")  # nbformat would mend ids
        return open_notebook(name=name, folder=folder, page=page)

    return opened


def tools(notebook):
    """Wait until the first tool answers."""
    expect(notebook.page.locator(".framingkit-learner .fk-who").first).to_contain_text("You are")
    expect(notebook.badge).to_have_text("Saved")


def ran(notebook):
    return notebook.page.evaluate(RAN)


def code(notebook):
    return notebook.page.locator(".jp-CodeCell > .jp-Cell-inputWrapper")


LENGTH = """async () => {
  const { content } = jupyterapp.shell.currentWidget;
  let whole = 0;
  for (let round = 0; round < 2; round++)
    for (let at = 0; at < content.outerNode.scrollHeight; at += 500) {
      content.outerNode.scrollTop = at;
      await new Promise((go) => setTimeout(go, 120));
    }
  return content.outerNode.scrollHeight;
}"""


def test_the_longest_lesson_has_at_most_fourteen_screens_unanswered(lesson):
    name = "06-compare-coverage.ipynb"
    notebook = lesson(name=name, source=ROOT / "notebooks" / name)
    notebook.page.set_viewport_size({"width": 1366, "height": 768})
    expect(notebook.page.locator(".framingkit-learner .fk-who").first).to_contain_text("You are")
    wait_for(lambda: ran(notebook)[-1], "all cells ran")
    notebook.page.wait_for_timeout(1500)

    length = notebook.page.evaluate(LENGTH)

    assert 5000 < length <= 14 * 768  # bench/length.py measures all


SIZE = "(one) => getComputedStyle(one).fontSize"
SIGNS = ["◇", "■", "‖", "◌", "◪", "▤"]
SHAPE = """(node) => { const { background, border, borderLeft, paddingLeft } = getComputedStyle(
  node.querySelector(".jp-RenderedMarkdown"));
  return [background, border, borderLeft, paddingLeft].join(); }"""


def test_each_kind_of_callout_has_a_shape_of_its_own_and_prose_has_16_pixels(lesson):
    notebook = lesson()
    tools(notebook)
    notebook.page.set_viewport_size({"width": 1366, "height": 9000})
    cells = notebook.page.locator(".jp-MarkdownCell.fk-kit")
    shapes = {}

    for sign in SIGNS:
        one = notebook.page.locator(f'.fk-kit[data-sign="{sign}"]').first
        expect(one.locator(".jp-RenderedMarkdown > p").first).to_contain_text(sign)
        shapes[sign] = one.evaluate(SHAPE)

    plain = notebook.page.locator('.fk-kit[data-sign="#"]').first.evaluate(SHAPE)
    assert len({plain, *shapes.values()}) == len(SIGNS) + 1
    assert cells.locator("p, li").first.evaluate(SIZE) == "16px"
    found = Axe().run(notebook.page, context=".jp-MarkdownCell").response["violations"]
    ours = [one["id"] for one in found if one["id"] == "color-contrast"]
    assert ours == []


def settled(notebook):
    """Give everything time to happen that should not happen."""
    notebook.page.wait_for_timeout(1500)
    return notebook


def test_a_lesson_opens_ready_at_its_top_with_its_code_folded(lesson, browsing):
    notebook = lesson(page=browsing.new_page())  # by its address, where JupyterLab starts with it

    tools(notebook)

    assert None not in ran(notebook)
    assert code(notebook).locator("visible=true").count() == 0
    assert notebook.page.evaluate(TOP) == 0
    notebook.tag(3)
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(1)


def test_a_lesson_opens_again_where_the_learner_was_and_shows_its_code_as_before(lesson):
    notebook = lesson()
    tools(notebook)
    wait_for(lambda: None not in ran(notebook), "all cells ran")
    show = strip(notebook).get_by_role("button", name="Show code", exact=True)
    show.click()
    expect(show).to_have_attribute("aria-pressed", "true")
    expect(show).to_be_focused()
    assert code(notebook).locator("visible=true").count() > 0
    notebook.page.wait_for_timeout(1500)
    notebook.show(TAG)
    notebook.page.wait_for_timeout(600)  # cells that come into sight push others away
    box = notebook.tagger.bounding_box()

    notebook.reload()

    tools(notebook)
    wait_for(lambda: abs(notebook.tagger.bounding_box()["y"] - box["y"]) < 60, "the same place")
    expect(show).to_have_attribute("aria-pressed", "true")
    show.click()
    assert code(notebook).locator("visible=true").count() == 0


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


def strip(notebook):
    return notebook.page.locator(".fk-strip")


def test_the_strip_says_where_the_learner_is_and_leads_to_every_part(lesson):
    notebook = lesson()
    tools(notebook)
    now = strip(notebook).locator("[aria-current=step]")
    expect(now).to_have_accessible_name("1 Set-up, about 2 min, now")
    expect(strip(notebook)).to_contain_text("03 The commentary")
    expect(strip(notebook)).to_contain_text("amber-heron-417")
    expect(strip(notebook).locator(".fk-saved")).to_have_text("✓ Saved")

    notebook.tag(3)

    expect(
        strip(notebook).get_by_role("button", name="2 Warm-up, about 1 min, now")
    ).to_be_visible()
    expect(
        strip(notebook).get_by_role("button", name="1 Set-up, about 2 min, done")
    ).to_be_visible()
    strip(notebook).get_by_role("button", name="Hand in").click()
    expect(notebook.page.locator(".framingkit-hand-in")).to_be_in_viewport()
    strip(notebook).get_by_role("button", name="The commentary").click()
    menu = strip(notebook).get_by_role("navigation", name="Parts and lessons")
    expect(menu.get_by_role("link", name="05 Capstone")).to_be_visible()
    menu.get_by_role("link", name="Activity A").click()
    expect(notebook.tagger).to_be_in_viewport()
    expect(menu).to_be_hidden()


_CUT = """(strip) => {
  const row = [...strip.querySelectorAll(".fk-row > :is(button, span), li > button")]
    .map((one) => one.getBoundingClientRect()).filter(({ width }) => width);
  const over = row.flatMap((one, n) => row.slice(n + 1).filter((other) =>
    one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 &&
    other.top < one.bottom - 1));
  // what is below its segment cannot be seen
  const cut = [...strip.querySelectorAll("li:not(.is-now) span")].filter((one) => {
    const [box, whole] = [one, one.parentElement].map((it) => it.getBoundingClientRect());
    const isSeen = box.width && box.top < whole.bottom - 1;
    return isSeen && (box.right > whole.right || box.left < whole.left);
  });
  return [...over.map((one) => `over another: ${one.x}`), ...cut.map((one) => one.textContent),
    ...(strip.scrollWidth > strip.clientWidth ? ["sideways"] : [])];
}"""
_ALL_DONE = """([id, done]) => dispatchEvent(new CustomEvent("framingkit-progress",
  { detail: { lesson: id, coder: "amber-heron-417", done } }))"""


def test_no_part_of_the_strip_is_cut_or_over_another_at_any_width(lesson):
    name = "05-capstone.ipynb"
    notebook = lesson(name=name, source=ROOT / "notebooks" / name)
    tools(notebook)
    acts = [act for part in entries()["05-capstone"]["parts"] for act in part["acts"]]
    wrong = []

    for done in ([], acts[:-1], acts):
        notebook.page.evaluate(_ALL_DONE, ["05-capstone", done])
        for width in (1366, 1024, 683, 390):
            notebook.page.set_viewport_size({"width": width, "height": 768})
            notebook.page.wait_for_timeout(200)
            wrong += [(width, len(done), one) for one in strip(notebook).evaluate(_CUT)]

    assert wrong == []
    notebook.page.emulate_media(media="print")
    expect(strip(notebook)).to_be_hidden()


def test_after_a_restart_one_button_brings_everything_back(lesson):
    notebook = lesson()
    tools(notebook)
    notebook.restart()
    notebook.tag(3)
    expect(notebook.badge).to_contain_text("kept in this browser")
    way = "To continue, press “Bring everything back” above the lesson."
    expect(notebook.badge).to_contain_text(way)
    expect(notebook.badge).not_to_contain_text("Run All Cells")
    again = strip(notebook).get_by_role("button", name="Bring everything back")

    again.click()

    wait_for(notebook.lab.tags, "the tag is on the disk")
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(1)
    expect(notebook.badge).to_have_text("Saved")
    expect(again).to_be_hidden()


def test_a_cell_that_needs_set_up_gets_it_first(lesson):
    notebook = lesson(changed)
    settled(notebook)

    notebook.page.evaluate(
        "() => { const { content } = jupyterapp.shell.currentWidget;"
        " content.activeCellIndex = content.widgets.findIndex(c => c.model.id === 'ask-heading');"
        " return jupyterapp.commands.execute('notebook:run-cell'); }"
    )

    expect(notebook.page.locator(".framingkit-question")).to_be_visible()
    assert [one is not None for one in ran(notebook)[:3]] == [True, True, False]


def press(notebook, *keys):
    """Press keys on each of the first cells, in command mode."""
    for number in range(6):
        notebook.page.evaluate(
            "(n) => { const { content } = jupyterapp.shell.currentWidget; content.mode = 'command';"
            " content.activeCellIndex = n; content.activeCell.node.focus(); }",
            number,
        )
        for key in keys:
            notebook.page.keyboard.press(key)


def test_no_key_takes_a_cell_of_the_kit_away_or_changes_it(lesson):
    notebook = lesson()
    tools(notebook)
    before = notebook.cells()
    assert len(before) == 40

    for keys in ("d d", "x", "Enter q w"):
        press(notebook, *keys.split())
        assert notebook.cells() == before, keys


def test_a_cell_that_the_learner_added_can_be_typed_in_and_deleted(lesson):
    notebook = lesson()
    tools(notebook)
    count = len(notebook.cells())
    for command in ("notebook:insert-cell-below", "notebook:enter-edit-mode"):
        notebook.command(command)
    notebook.page.keyboard.type("1 + 1")
    assert notebook.cells()[1] == ["code", "1 + 1"]
    expect(
        notebook.page.locator(".jp-CodeCell .jp-InputArea-editor", has_text="1 + 1")
    ).to_be_visible()

    notebook.command("notebook:enter-command-mode")
    notebook.command("notebook:delete-cell")

    assert len(notebook.cells()) == count


def test_a_copy_and_a_second_tab_get_a_sentence(lesson, open_notebook):
    notebook = lesson(name="mine.ipynb")
    expect(strip(notebook)).to_contain_text("This is a copy of the lesson")
    tools(notebook)
    expect(strip(notebook)).not_to_contain_text("second tab")

    second = open_notebook(name="mine.ipynb")

    for one in (notebook, second):
        expect(strip(one)).to_contain_text("open in a second tab")


def test_the_strip_can_be_used_by_all_and_no_key_in_it_reaches_the_notebook(lesson):
    notebook = lesson()
    tools(notebook)
    before = notebook.cells()
    found = Axe().run(notebook.page, context=".fk-strip").response["violations"]
    assert [one["id"] for one in found] == []

    for name in ("The commentary", "Hand in", "Show code", "4 "):
        place = strip(notebook).get_by_role("button", name=name).first
        for key in ("d", "d", "x", "b", "y", "Delete"):
            place.focus()
            notebook.page.keyboard.press(key)

    assert notebook.cells() == before


def page_of(lab, browsing, kernel="python3", language="python"):
    """Open the lesson without waiting for its kernel."""
    notebook = nbformat.read(ROOT / "notebooks" / LESSON, as_version=4)
    notebook.metadata.kernelspec = {"name": kernel, "display_name": kernel}
    notebook.metadata.language_info = {"name": language}
    nbformat.write(notebook, lab.folder / "notebooks" / "kernel.ipynb")
    page = browsing.new_page()
    page.clock.install()
    page.goto(f"{lab.url}doc/tree/notebooks/kernel.ipynb?token={lab.token}")
    return page


@pytest.mark.slow
def test_a_slow_kernel_gets_a_sentence_and_the_lesson_goes_on_by_itself(lab, browsing):
    held = []
    browsing.route(
        "**/api/sessions*",
        lambda route: held.append(route) if route.request.method == "POST" else route.continue_(),
    )
    page = page_of(lab, browsing)
    wait_for(lambda: page.wait_for_timeout(20) or held, "a kernel is asked for")
    said = page.locator(".fk-strip .fk-said")
    page.clock.fast_forward(15_000)
    assert "Python takes long" not in said.text_content()
    page.clock.fast_forward(6_000)
    expect(said).to_contain_text("Python takes long to start")

    for route in held:
        route.continue_()

    expect(page.locator(".framingkit-learner .fk-who").first).to_contain_text("You", timeout=20_000)
    expect(said).not_to_contain_text("Python takes long")


@pytest.mark.slow
def test_a_missing_kernel_gets_a_sentence(lab, browsing):
    page = page_of(lab, browsing, "of-nobody", "no-language")
    page.locator(".jp-Dialog").get_by_role("button", name="No Kernel").click(timeout=40_000)

    page.clock.fast_forward(21_000)

    expect(page.locator(".fk-strip .fk-said")).to_contain_text("No Python runs here")


def test_a_file_beside_the_lesson_does_not_pass_for_the_kit(lab, lesson):
    for name in ("framingkit", "ipywidgets", "traitlets"):
        path = lab.folder / "strange" / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"open({str(lab.folder / 'hurt')!r}, 'w')\n", encoding="utf-8")

    notebook = lesson(folder="strange")

    tools(notebook)
    assert not (lab.folder / "hurt").exists()


@pytest.mark.parametrize("change", [stranger, changed, more, turned])
def test_what_is_not_a_shipped_lesson_cell_by_cell_never_runs_by_itself(lesson, change):
    notebook = settled(lesson(change))

    assert set(ran(notebook)) == {None}
    assert code(notebook).locator("visible=true").count() > 0
    if change is stranger:
        expect(strip(notebook)).to_have_count(0)
        expect(notebook.page.locator(".jp-MarkdownCell.fk-kit")).to_have_count(0)
        words = notebook.page.locator(".jp-MarkdownCell p").first
        assert words.evaluate(SIZE) == "14px", "its words keep their look"
    else:
        expect(strip(notebook)).to_contain_text("Cells of this lesson were changed")
