"""Take the pictures of the README from the real thing: a JupyterLab, a lesson, a learner’s work.

Those of the notebook for instructors show the sample class at the class desk.

Usage, from the top folder of the kit, with the Python of the checks::

    python tools/take_pictures.py                 all pictures, into docs/images
    python tools/take_pictures.py start tagging   only these
    python tools/take_pictures.py --into FOLDER   somewhere else, to look at them first

Chromium, Chrome or Edge is found as the checks find it (``FRAMINGKIT_CHROMIUM``). Nothing of your
own is used or changed: work, settings and notebooks lie in a folder that is thrown away.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "helpers")]

from browser.lab import Lab  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, sync_playwright  # noqa: E402

from framingkit.course import Item, load_article, load_codebook, load_items, load_outlines  # noqa: E402
from framingkit.work import Tagging  # noqa: E402

LAPTOP, PHONE = (1366, 768), (390, 844)
DARK, LIGHT = "JupyterLab Dark", "JupyterLab Light"
TAGS = (
    ("red carpet", "ceremony_symbol"), ("According to many experts", "vague_attribution"),
    ("could", "hedge"), ("“diplomatic wind”", "scare_quotes"), ("wind", "nature_metaphor"),
    ("victory", "game_metaphor"), ("power", "war_metaphor"),
)  # fmt: skip
"""What the learner in the pictures has tagged in the commentary; the last one is arguable."""
NOTEBOOK, DESK = "notebooks/03-commentary.ipynb", "notebooks/instructor-class.ipynb"
KERNEL = "jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
WAIT = 90_000


def prepare(lab: Lab) -> None:
    """Give the learner two lessons that are done, and one that is begun."""
    shutil.copytree(ROOT / "docs", lab.folder / "docs")
    log = lab.log()
    for outline in load_outlines()[:2]:
        items = {item.id: item for item in load_items(outline.id)}
        for part in outline.parts:
            for id in part.items if not part.is_optional else ():
                log.act("answer", id, response=answer_to(items[id]))
            for text, section in part.tagged if not part.is_optional else ():
                document = load_article(text)
                word = document.text_of(section).split()[0]
                Tagging(log, document, load_codebook()).add(word, "game_metaphor", section)
    items = {item.id: item for item in load_items("03-commentary")}
    for id in ("heading-prediction", "strategic-stocks", "ice-and-icy", "quotation-marks"):
        log.act("answer", id, response=answer_to(items[id]))
    tagging = Tagging(log, load_article(), load_codebook())
    for words, code in TAGS:
        tagging.add(words, code, "commentary")


def answer_to(item: Item) -> dict[str, object]:
    """Answer a question: rightly if it has a right answer."""
    right = [option.id for option in item.options if option.correct]
    some = right or [option.id for option in item.options][:1]
    given: dict[str, dict[str, object]] = {
        "choice": {"choice": "".join(some[:1])}, "several": {"choices": some},
        "order": {"order": [option.id for option in item.options]},
        "written": {"text": "The carpet is a sign that the host chose, and could have left out."},
        "confidence": {"confidence": 75},
    }  # fmt: skip
    return given[item.kind] | ({"confidence": 75} if item.confidence else {})


def open_page(browser: Browser, size: tuple[int, int], dark: bool = False) -> Page:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if size == PHONE else 1,
        has_touch=size == PHONE,
        color_scheme="dark" if dark else "light",
    )
    page = context.new_page()
    page.set_default_timeout(WAIT)
    return page


def open_notebook(page: Page, lab: Lab, dark: bool, notebook: str) -> None:
    """Open a notebook in one of the themes."""
    page.goto(f"{lab.url}lab/tree/{notebook}?token={lab.token}&reset")
    page.wait_for_selector(".jp-Notebook .jp-Cell")
    page.evaluate(
        "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })",
        DARK if dark else LIGHT,
    )
    light = str(not dark).lower()
    page.wait_for_function(f"document.body.dataset.jpThemeLight === '{light}'")
    page.evaluate("() => jupyterapp.shell.collapseLeft()")


def open_lesson(page: Page, lab: Lab, dark: bool) -> None:
    """Open the lesson, run by the kit’s extension or, if that has not done so, by its command."""
    open_notebook(page, lab, dark, NOTEBOOK)
    try:
        page.wait_for_selector(".framingkit-question", state="attached", timeout=20_000)
    except Exception:
        page.evaluate("() => jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(".framingkit-question", state="attached")


def show_cell(page: Page, words: str) -> None:
    """Scroll to the first cell that holds some words, also in a part that is folded."""
    page.evaluate("() => jupyterapp.commands.execute('notebook:expand-all-headings')")
    page.evaluate(
        """async (words) => {
          const notebook = jupyterapp.shell.currentWidget.content;
          const number = notebook.widgets.findIndex(
            (cell) => cell.model.sharedModel.source.includes(words));
          await notebook.scrollToItem(number, "start");
        }""",
        words,
    )
    page.wait_for_timeout(1500)


def compared(page: Page, lab: Lab, dark: bool = False) -> Locator:
    """Open the tagger of lesson 03 with its tags, and compare them with the reference reading."""
    open_lesson(page, lab, dark)
    show_cell(page, 'lesson.tag("commentary")')
    tagger = page.locator(".framingkit-span-tagger").first
    tagger.scroll_into_view_if_needed()
    tagger.get_by_role("button", name="Compare").first.click()
    page.wait_for_timeout(1500)
    tagger.evaluate("(root) => root.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(500)
    return tagger


def start(browser: Browser, lab: Lab, path: Path) -> None:
    page = open_page(browser, LAPTOP)
    page.goto(f"{lab.url}?token={lab.token}")
    page.get_by_role("heading", name="How the news frames diplomacy").wait_for()
    page.screenshot(path=path)


def tagging(browser: Browser, lab: Lab, path: Path) -> None:
    page = open_page(browser, LAPTOP)
    compared(page, lab)
    page.screenshot(path=path)


def tagging_dark(browser: Browser, lab: Lab, path: Path) -> None:
    page = open_page(browser, LAPTOP, dark=True)
    compared(page, lab, dark=True)
    page.screenshot(path=path)


def tagging_phone(browser: Browser, lab: Lab, path: Path) -> None:
    page = open_page(browser, PHONE)
    compared(page, lab)
    page.screenshot(path=path)


def class_map(browser: Browser, lab: Lab, path: Path) -> None:
    page = open_page(browser, LAPTOP)
    open_lesson(page, lab, dark=False)
    show_cell(page, 'lesson.class_map("commentary")')
    widget = page.locator(".framingkit-class-map").first
    widget.scroll_into_view_if_needed()
    keep = widget.get_by_role("button", name="Save my tags as my first reading")
    if keep.count():
        keep.first.click()
    widget.locator("mark").first.wait_for()
    widget.evaluate("(root) => root.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(800)
    page.screenshot(path=path)


def at_desk(browser: Browser, lab: Lab) -> Locator:
    """Open the class desk, and choose the sample class."""
    page = open_page(browser, LAPTOP)
    open_notebook(page, lab, False, DESK)
    page.wait_for_function(f"{KERNEL}?.status === 'idle'")
    # what the command gives back comes after the last cell: nothing here waits for that
    page.evaluate("() => void jupyterapp.commands.execute('notebook:run-all-cells')")
    desk = page.locator(".framingkit-class-desk").first
    desk.get_by_role("button", name="The sample class", exact=True).click()
    desk.get_by_text("Step 2 of 5").wait_for()
    return desk


def take(desk: Locator, path: Path) -> None:
    page = desk.page
    page.set_viewport_size({"width": 1000, "height": 1600})
    desk.evaluate("(root) => root.scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(1500)
    desk.screenshot(path=path)


def desk_report(browser: Browser, lab: Lab, path: Path) -> None:
    desk = at_desk(browser, lab)
    desk.get_by_role("button", name="Next: Report").click()
    desk.get_by_role("button", name="Make the report").click()
    desk.get_by_role("link", name="Open the report").wait_for()
    take(desk, path)


def desk_marks(browser: Browser, lab: Lab, path: Path) -> None:
    desk = at_desk(browser, lab)
    desk.get_by_role("navigation").get_by_role("button", name="Marks").click()
    desk.get_by_role("button", name="Score the class").click()
    desk.get_by_role("button", name="Mark 2").click()
    desk.locator(".fk-marking").get_by_text("Saved", exact=True).wait_for()
    take(desk, path)


PICTURES: dict[str, Callable[[Browser, Lab, Path], None]] = {
    "start": start, "tagging": tagging, "tagging-dark": tagging_dark,
    "tagging-phone": tagging_phone, "class-map": class_map,
    "class-desk-report": desk_report, "class-desk-marks": desk_marks,
}  # fmt: skip


def main(names: list[str], into: Path) -> None:
    """Take pictures one after the other; each begins with the same learner’s work."""
    into.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("FRAMINGKIT_CHROMIUM", "/usr/bin/chromium")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        lab = Lab(Path(folder))
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            prepare(lab)
            for name in names:
                PICTURES[name](browser, lab, into / f"{name}.png")
                sys.stdout.write(f"{name}.png\n")
                for context in browser.contexts:
                    context.close()
        finally:
            browser.close()
            lab.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"all by default, or of: {', '.join(PICTURES)}")
    parser.add_argument("--into", type=Path, default=ROOT / "docs" / "images")
    words = parser.parse_args()
    if unknown := set(words.names) - set(PICTURES):
        parser.error(f"There is no picture {', '.join(sorted(unknown))}.")
    main(words.names or list(PICTURES), words.into)
