"""Several tabs and kernels in a real JupyterLab, strange keys, hostile text, a flood of output."""
# ruff: noqa: F401, F811

from browser.lab import OPEN, TAG, desk, lab, open_notebook, running_lab, wait_for
from playwright.sync_api import expect

HOSTILE = """
import hashlib
from framingkit.course import Document, Section
from framingkit.widgets.span_tagger import SpanTagger
bad = '<script>window.hurt = 1</script> <img src=x onerror="window.hurt = 2"> '
bad += '</mark><iframe srcdoc="<script>parent.hurt = 3</script>"></iframe> [a](javascript:hurt=4)'
sections = (Section("all", "<b onclick=hurt=5>Title</b>", 0, len(bad)),)
document = Document("bad", "<i>", bad, hashlib.sha256(bad.encode()).hexdigest(), sections)
SpanTagger(document, "all", lesson.codebook, codes=["game_metaphor"], work_log=lesson.log)
"""


def test_two_tabs_of_one_notebook_and_a_second_kernel_show_each_others_tags(lab, open_notebook):
    first = open_notebook(OPEN, TAG, name="first.ipynb").run_all()
    second = open_notebook(OPEN, TAG, name="second.ipynb").run_all()
    tab = open_notebook(name="first.ipynb").run_all()
    first.run_all()  # both tabs are views of the same kernel now

    for number, notebook in enumerate([first, second, tab]):
        notebook.tag(number)
        for other in (first, second, tab):
            expect(other.tagger.locator(".fk-list li")).to_have_count(number + 1, timeout=6000)

    for notebook in (first, second, tab):
        expect(notebook.badge).to_have_text("Saved")
        assert [tag.span.start for tag in lab.tags()] == sorted(t.span.start for t in lab.tags())
    assert len(lab.tags()) == 3
    assert lab.log().notices == []


def test_no_key_pressed_in_the_tagger_reaches_the_notebook(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG).run_all()
    notebook.tag(2)
    before, words = notebook.cells(), notebook.words()
    keyboard, tagger = notebook.page.keyboard, notebook.tagger
    expect(tagger.locator(".fk-list li")).to_have_count(1)
    tagger.locator("details", has_text="Tag by typing").locator("summary").click()
    places = {
        "text": tagger.locator(".fk-text"),
        "list": tagger.locator(".fk-jump").first,
        "button of a code": tagger.locator(".fk-codes .fk-code").first,
        "undo": tagger.get_by_role("button", name="Undo"),
        "search": tagger.locator("input[type=search]"),
        "its button": tagger.get_by_role("button", name="Next"),
    }
    keys = ["a", "b", "d", "d", "x", "c", "v", "z", "m", "y", "r", "0", "0", "9", "Shift+m",
            "Shift+Enter", "Control+Enter", "Enter", "Delete", "Backspace", "Escape", "Escape",
            "Control+Shift+-"]  # fmt: skip

    for name, place in places.items():
        notebook.tag(2)  # keys may well have removed it
        for key in keys:
            place.evaluate_all("(all) => all[0]?.focus()")
            keyboard.press(key)
        assert notebook.cells() == before, name

    assert notebook.page.locator(".jp-Dialog").count() == 0
    assert notebook.words() == words


def test_a_note_can_hold_any_letter_and_the_notebook_stays_as_it_was(lab, open_notebook):
    notebook = open_notebook(OPEN, TAG).run_all()
    notebook.tag(2)
    before = notebook.cells()
    notebook.tagger.locator(".fk-jump").click()
    note = notebook.tagger.locator(".fk-edit textarea")

    note.press_sequentially("abdxcvmyr 0099")
    note.press("Enter")
    note.press_sequentially("second line")
    note.press("Tab")

    wait_for(lambda: lab.tags()[0].span.note == "abdxcvmyr 0099\nsecond line", "the note is kept")
    expect(notebook.badge).to_have_text("Saved")
    assert notebook.cells() == before


def test_a_text_full_of_program_code_stays_text(lab, open_notebook):
    notebook = open_notebook(OPEN, HOSTILE).run_all()

    notebook.tag(1)

    expect(notebook.badge).to_have_text("Saved")
    assert "<script>window.hurt = 1</script>" in notebook.tagger.locator(".fk-text").inner_text()
    assert notebook.page.evaluate("() => window.hurt") is None
    inside = notebook.tagger.locator("script, img, iframe, a, b[onclick]")
    assert inside.count() == 0


def test_a_flood_of_output_loses_no_tag(lab, open_notebook):
    flood = "for _ in range(300): print('x' * 20_000)"
    notebook = open_notebook(OPEN, TAG, flood)
    notebook.page.evaluate(
        "() => { const { content } = jupyterapp.shell.currentWidget; content.activeCellIndex = 0; }"
    )
    for _ in range(2):
        notebook.command("notebook:run-cell-and-select-next")
    expect(notebook.badge).to_have_text("Saved")

    flooding = notebook.page.evaluate_handle(
        "() => ({ done: jupyterapp.commands.execute('notebook:run-cell') })"
    )
    for number in range(12):
        notebook.tag(number)
    flooding.dispose()

    expect(notebook.badge).to_have_text("Saved", timeout=30_000)
    assert "IOPub data rate exceeded" in (lab.folder / "server.log").read_text()
    assert len(lab.tags()) == 12
    expect(notebook.tagger.locator(".fk-list li")).to_have_count(12)
