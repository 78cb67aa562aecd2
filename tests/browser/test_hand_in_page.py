"""The download on a real page: a file that opens again, again and again."""

import json

import pytest
from playwright.sync_api import expect

from framingkit.course.data import load_items
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.question import Question
from framingkit.work.log import WorkLog
from framingkit.work.sheet import check_sheet


@pytest.fixture
def log(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    return log


@pytest.fixture
def handle(page, log, open_widget):
    return open_widget(page, HandIn(log, patience=400))


def download(handle):
    with handle.page.expect_download() as found:
        handle.root.get_by_role("button", name="Download my answers").click()
    return found.value


def said(handle):
    return handle.root.locator(".fk-reply")


def test_the_file_opens_again_and_the_page_says_what_is_in_it(handle):
    file = download(handle)

    assert file.suggested_filename == "amber-heron-417.answers.json"
    sheet = json.loads(file.path().read_text(encoding="utf-8"))
    assert check_sheet(sheet, "it")["responses"][0]["item"] == "what-chess-hides"
    expect(said(handle)).to_contain_text("It holds 0 tags and 1 answer.")
    expect(said(handle)).to_contain_text("Hand in this one file.")


def test_it_works_again_after_more_answers(handle, log):
    download(handle)
    log.act("answer", "swap-the-picture", response={"text": "A bridge."})

    file = download(handle)

    assert len(json.loads(file.path().read_text(encoding="utf-8"))["responses"]) == 2


def test_a_code_name_is_saved_first_and_names_the_file(handle, log):
    handle.root.get_by_role("textbox").fill("Jade Wren 100")

    file = download(handle)

    assert file.suggested_filename == "jade-wren-100.answers.json"
    expect(handle.root.get_by_role("textbox")).to_have_value("jade-wren-100")
    assert handle.widget.response == {"text": "jade-wren-100"}


def test_a_code_name_that_cannot_be_used_gets_a_sentence_and_no_file(handle):
    files = []
    handle.page.on("download", lambda file: files.append(file))
    field = handle.root.get_by_role("textbox")

    field.fill("Zoë!")
    handle.root.get_by_role("button", name="Download my answers").click()

    expect(handle.root.get_by_role("alert")).to_contain_text("for example amber-heron-417")
    expect(field).to_have_value("Zoë!")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(said(handle)).to_be_empty()
    assert files == []
    field.fill("jade-wren-100")
    assert download(handle).suggested_filename == "jade-wren-100.answers.json"
    expect(handle.root.get_by_role("alert")).to_have_count(0)


def test_without_a_connection_it_says_so_and_works_later(handle):
    handle.drop_to_python = True

    handle.root.get_by_role("button", name="Download my answers").click()

    expect(said(handle)).to_contain_text("Nothing is lost. Choose Run, then Run All Cells")
    handle.drop_to_python = False
    assert download(handle).suggested_filename == "amber-heron-417.answers.json"


def test_only_the_tab_that_asked_gets_the_file(context, log, open_widget):
    widget = HandIn(log)
    first, second = open_widget(context, widget), open_widget(context, widget)
    files = []
    second.page.on("download", lambda file: files.append(file))

    download(first)

    second.page.wait_for_timeout(100)
    assert files == []


def test_by_keyboard_alone(handle, page):
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    with page.expect_download():
        page.keyboard.press("Enter")

    expect(said(handle)).to_contain_text("Hand in this one file.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker(page, log, open_widget, theme):
    handle = open_widget(page, HandIn(log), theme)
    download(handle)

    assert handle.axe() == []
    can = handle.root.locator("button, input, a, [tabindex]")
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0


def test_it_leaves_the_look_of_other_widgets_on_the_page_alone(page, log, open_widget):
    item = next(one for one in load_items("03-commentary") if one.kind == "choice")
    question = open_widget(page, Question(item, log))
    expect(question.root.locator(".fk-badge")).to_be_hidden()
    look = "all => all.map((e) => JSON.stringify({ ...getComputedStyle(e) }))"
    before = question.root.locator("xpath=descendant-or-self::*").evaluate_all(look)

    open_widget(page, HandIn(log))

    assert question.root.locator("xpath=descendant-or-self::*").evaluate_all(look) == before
