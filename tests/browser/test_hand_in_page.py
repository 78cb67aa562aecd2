"""The download on a real page: a file that opens again, again and again."""

import json
import re

import pytest
from playwright.sync_api import expect
from tagger_page import make_tagger, select, tag

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


def test_it_lists_by_part_what_is_not_answered_yet(page, log, open_widget):
    items = {item.id: item for item in load_items("03-commentary")}
    chess = items["what-chess-hides"]
    others = [item for item in items.values() if item.kind == "choice"][:2]
    parts = [("Activity B", [chess]), ("Exit ticket", others)]
    handle = open_widget(page, HandIn(log, parts, patience=400))
    box = handle.root.locator(".fk-open")

    expect(box).to_contain_text("1 of 3 questions of this lesson are answered. Not answered yet:")
    expect(box.locator("summary")).to_have_text(["Exit ticket (2 questions)"])
    box.locator("summary").click()
    expect(box.locator("li").first).to_contain_text(others[0].prompt[:80])
    assert handle.axe() == []
    download(handle)
    expect(said(handle)).to_contain_text("Not answered in this lesson: 2 questions")
    expect(said(handle)).not_to_contain_text("Hand in this one file.")
    for item in others:
        log.act("answer", item.id, response={"choice": "a"})
    expect(box).to_have_text("All 3 questions of this lesson are answered.")
    download(handle)
    expect(said(handle)).to_contain_text("Hand in this one file.")


def test_an_empty_file_is_never_called_ready(page, tmp_path, open_widget):
    handle = open_widget(page, HandIn(WorkLog(tmp_path / "jade-wren-100.jsonl"), patience=400))

    download(handle)

    expect(said(handle)).to_contain_text("is empty")
    expect(said(handle)).to_contain_text("So there is nothing to hand in yet.")
    expect(said(handle)).not_to_contain_text("Hand in this one file.")
    expect(said(handle)).not_to_contain_text("Your answers are in")


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
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")


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


def test_it_waits_for_all_tools_of_the_page_and_names_what_a_file_would_lack(
    page, tmp_path, open_widget
):
    tool = open_widget(page, make_tagger(tmp_path, patience=300))
    handle = open_widget(page, HandIn(tool.widget._log, patience=300))
    files = []
    page.on("download", lambda file: files.append(file))
    tag(tool, "red carpet")
    tool.drop_to_python = True
    for words in ("formality", "goodwill"):
        select(tool, words)
        page.keyboard.press("2")
    handle.root.get_by_role("button", name="Download my answers").click()
    expect(said(handle)).to_contain_text("Waiting for what is not saved yet:")
    lacks = f"Reading: {tool.widget.title}, 2 changes"
    expect(said(handle)).to_contain_text(lacks)
    expect(said(handle)).to_contain_text("A file made now lacks it.")
    assert files == []

    with page.expect_download() as found:
        handle.root.get_by_role("button", name="Download without them").click()

    expect(said(handle)).to_contain_text(
        f"It is not complete. It lacks what is not saved yet: {lacks}"
    )
    expect(said(handle)).not_to_contain_text("Hand in this one file")
    assert len(json.loads(found.value.path().read_text("utf-8"))["documents"][0]["spans"]) == 1
    handle.root.get_by_role("button", name="Download my answers").click()
    tool.drop_to_python = False
    expect(said(handle)).to_contain_text("It holds 3 tags", timeout=10_000)
    expect(said(handle)).to_contain_text("Hand in this one file.")


def test_it_waits_for_what_another_page_left_in_this_browser(page, log, open_widget):
    handle = open_widget(page, HandIn(log, patience=300))
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    act = {"id": "tab-x-1", "client": "tab-x", "seq": 1, "tool": "Frames: The ending"}
    name = f"framingkit/{log.learner}/answers/frames/tab-x"
    page.evaluate("([n, t]) => localStorage.setItem(n, t)", [name, json.dumps([act])])
    page.evaluate(
        "localStorage.setItem('framingkit/bbbbbbbbbbbbbbbb/answers/x/tab-y', '[{\"id\": \"o\"}]')"
    )

    handle.root.get_by_role("button", name="Download my answers").click()

    expect(said(handle)).to_contain_text("Frames: The ending, 1 change")
    with page.expect_download():
        page.evaluate("(name) => localStorage.removeItem(name)", name)


def test_it_claims_no_download_and_gives_the_text_where_no_file_appears(page, handle):
    with page.expect_download():
        handle.root.get_by_role("button", name="Download my answers").click()
    expect(said(handle)).to_contain_text("which your browser was asked to save")
    expect(said(handle)).not_to_contain_text("downloaded")
    handle.root.get_by_text("If no file appeared").click()
    area = handle.root.get_by_label("The text of the file")
    expect(area).not_to_have_value("")
    assert json.loads(area.input_value())["coder"] == "amber-heron-417"
    handle.root.get_by_role("button", name="Copy the text").click()
    expect(handle.root.get_by_text("Copied.")).to_be_visible()


def test_a_name_of_another_learner_is_refused_with_a_way_out(page, tmp_path, open_widget):
    other = WorkLog(tmp_path / "jade-wren-100.jsonl")
    other.act("answer", "what-chess-hides", response={"choices": ["b"]})
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    handle = open_widget(page, HandIn(log, patience=300))
    handle.root.get_by_role("textbox").fill("jade-wren-100")
    handle.root.get_by_role("button", name="Download my answers").click()

    expect(handle.root.get_by_role("alert")).to_contain_text("choose “Go on as jade-wren-100”")
    assert log.coder == "amber-heron-417"
    handle.root.get_by_role("textbox").fill("jade-wren-101")
    assert download(handle).suggested_filename == "jade-wren-101.answers.json"
    assert (log.coder, log.learner != other.learner) == ("jade-wren-101", True)


def test_a_name_that_comes_late_is_replaced_by_what_is_typed_then(page, log, open_widget):
    handle = open_widget(page, HandIn(log, patience=300))
    field = handle.root.get_by_role("textbox")
    expect(field).to_have_value("amber-heron-417")
    state = {"kind": "state"} | handle.widget._state() | handle.widget._beside()
    handle.widget.send(state | {"kind": "learner", "answers": []})
    expect(field).to_have_value("")
    field.focus()
    handle.widget.send(state)
    expect(field).to_have_value("amber-heron-417")

    page.keyboard.type("sun-7")

    expect(field).to_have_value("sun-7")


def test_whoever_came_by_a_link_sees_the_class_and_can_hand_in_without_it(handle, log):
    box = handle.root.get_by_label("Your class")
    expect(box).to_be_hidden()
    log.act("answer", "class-name", response={"text": "10b"})
    expect(box).to_have_value("10b")
    assert handle.axe() == []
    file = download(handle)
    assert answers_in(file)["class-name"] == {"text": "10b"}

    box.fill("")
    file = download(handle)

    assert answers_in(file)["class-name"] == {"text": ""}
    expect(said(handle)).not_to_contain_text("you are in class")
    box.fill("<10b>")
    handle.root.get_by_role("button", name="Download my answers").click()
    problems = handle.root.locator(".fk-problem")
    expect(problems).to_have_text(["", re.compile("^A class name has up to 40 letters")])
    expect(box).to_be_focused()
    name = handle.root.get_by_label("Your code name")
    expect(name).not_to_have_attribute("aria-invalid", "true")


def answers_in(file):
    sheet = json.loads(file.path().read_text(encoding="utf-8"))
    return {one["item"]: one["response"] for one in sheet["responses"]}
