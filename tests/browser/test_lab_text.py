"""Text is text in a real JupyterLab: no formula is read into it, and it keeps its direction."""
# ruff: noqa: F401, F811

from browser.lab import OPEN, desk, lab, open_notebook, running_lab
from playwright.sync_api import expect

PRICES = (
    "Fees rise from $5 million to $10 million, a bargain. It is $$free$$ \\\\(x\\\\) of "
    "\\\\[y\\\\] \\\\begin{equation}z\\\\end{equation} \\\\$3."
)
ACTS = (
    f'lesson.use_text("{PRICES}", title="From $1 to $2")',
    'lesson.read("text", document="own-text")',
    'lesson.add_tag("a bargain", "loaded_word", document="own-text", note="$cheap$")',
    'lesson.tags(document="own-text")',
    'lesson.tag("text", document="own-text")',
    'lesson.frames("text", document="own-text")',
    'lesson.plain_text("text", document="own-text")',
    'lesson.rewrite("text", document="own-text")',
    "lesson.own_text()",
    'lesson.before_after("$a$ and $b$", document="own-text")',
)
ARABIC = (
    'lesson.use_text("قال الوزير: «نعم» (2025).\\nNo one knows.", document="own-text-2")',
    'lesson.read("text", document="own-text-2")',
)
CONTROL = 'from IPython.display import HTML\n\nHTML("<p>from $5 to $6</p>")'


def pieces(notebook, part):
    """Show each cell, and count in it what matches."""
    found = []
    for _, source in notebook.cells():
        notebook.show(source)
        cell = notebook.page.locator(".jp-CodeCell").filter(has_text=source.splitlines()[0]).first
        expect(cell.locator(".jp-OutputArea-output").first).to_be_attached()
        notebook.page.wait_for_timeout(150)
        found.append(cell.locator(part).count())
    return found


def test_dollar_signs_and_backslashes_are_no_mathematics_and_arabic_runs_from_the_right(
    open_notebook,
):
    notebook = open_notebook(OPEN, *ACTS, *ARABIC, CONTROL).run_all()
    notebook.show(CONTROL)
    expect(notebook.page.locator("mjx-container")).to_have_count(1)

    assert pieces(notebook, "mjx-container") == [0] * (1 + len(ACTS + ARABIC)) + [1]
    notebook.show(ARABIC[1])
    lines = notebook.page.locator(".jp-CodeCell").filter(has_text=ARABIC[1]).locator("p[dir=auto]")
    looks = "all => all.map(getComputedStyle).map((one) => [one.direction, one.textAlign])"
    assert lines.evaluate_all(looks) == [["rtl", "start"], ["ltr", "start"]]
