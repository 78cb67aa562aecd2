"""The class desk in a browser: from hand-ins to a filled sheet with buttons or with keys."""

import csv
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import expect

from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.notebook.class_desk import Desk
from framingkit.widgets.class_desk import ClassDesk


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    folder = tmp_path / "notebooks"
    (folder / "monday").mkdir(parents=True)
    for number, path in enumerate(sorted(sample_hand_ins().glob("*.json"))[:5], start=1):
        mine = f"Participant {number}_{number}_assignsubmission_file_{path.name}"
        shutil.copyfile(path, folder / "monday" / mine)
    (folder / "monday" / "<b>[red]x.answers.json").write_text("{")
    rows = "".join(f"Participant {n},,\n" for n in range(1, 7))
    (folder / "Grades.csv").write_text(f"Identifier,Grade,Comments\n{rows}")
    return folder


@pytest.fixture
def show(place, page, open_widget):
    return lambda theme="light": open_widget(page, ClassDesk(Desk(place)), theme)


def button(handle, name):
    return handle.root.get_by_role("button", name=name)


def step(handle, name):
    return handle.root.get_by_role("navigation").get_by_role("button", name=name)


def title(handle):
    return handle.root.get_by_role("heading")


def table_of(place) -> list[dict[str, str]]:
    with (place.parent / "work/monday/written.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_whole_way_with_buttons(show, place):
    handle = show()
    page, root = handle.page, handle.root
    button(handle, "Take this class: monday").click()
    expect(title(handle)).to_have_text("Step 2 of 5: Class")
    expect(title(handle)).to_be_focused()
    expect(root.get_by_role("row").filter(has_text="<b>[red]x.answers.json")).to_be_visible()
    assert handle.axe() == []

    button(handle, "Next: Report").click()
    root.get_by_label("Lesson:").select_option("03")
    button(handle, "Make the report").click()
    with page.context.expect_page() as opened:
        root.get_by_role("link", name="Open the report").click()
    expect(opened.value.locator("h1").first).to_have_text("Lesson 03: The commentary")
    expect(page.frame_locator("iframe").locator("h1").first).to_have_text(
        "Lesson 03: The commentary"
    )
    assert page.frames[1].evaluate("origin") == "null"
    with page.expect_download() as saved:
        button(handle, "Download report.html").click()
    assert b"Lesson 03" in Path(saved.value.path()).read_bytes()

    step(handle, "Marks").click()
    button(handle, "Score the class").click()
    root.get_by_role("button", name="Mark 2").click()
    expect(root.locator(".fk-marking .fk-badge")).to_have_text("Saved")
    questions = root.get_by_label("Question:")
    questions.select_option(index=1)
    questions.select_option(index=0)
    expect(questions.locator("option").first).to_contain_text("1 of ")
    expect(root.locator(".fk-answer")).to_contain_text(table_of(place)[1]["answer"][:20])
    button(handle, "Previous").click()
    root.get_by_label("Comment").fill("Look at the words.")
    button(handle, "Next without a mark").click()
    expect(root.locator(".fk-marking .fk-badge")).to_have_text("Saved")
    done = [(row["mark"], row["comment"]) for row in table_of(place)]
    assert done[0] == ("2", "Look at the words.")
    assert set(done[1:]) == {("", "")}
    button(handle, "Add the marks").click()
    expect(button(handle, "Download sheets.zip")).to_be_visible()

    button(handle, "Next: Return").click()
    root.get_by_label("Grade sheet").select_option(label="Grades.csv")
    root.get_by_label("Column for grades").select_option("Grade")
    expect(root.get_by_text("Filled 5 grades")).to_be_visible()
    expect(root.get_by_role("cell", name="Participant 6 (row 7)")).to_be_visible()
    assert not (place / "Grades-filled.csv").exists()
    assert handle.axe() == []
    button(handle, "Fill a copy").click()
    expect(button(handle, "Download Grades-filled.csv")).to_be_visible()
    assert (place / "Grades-filled.csv").read_text().count(",,") == 1


def test_marking_with_keys_alone_survives_a_lost_connection_and_a_reload(show, place):
    handle = show()
    page, root = handle.page, handle.root
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")
    button(handle, "Take this class").focus()
    page.keyboard.press("Enter")
    expect(title(handle)).to_have_text("Step 2 of 5: Class")
    step(handle, "Marks").press("Enter")
    button(handle, "Score the class").press("Enter")
    answer = root.locator(".fk-answer")
    expect(answer).not_to_be_empty()
    first = answer.text_content()
    answer.dblclick(position={"x": 20, "y": 20})
    word = page.evaluate("`${getSelection()}`.trim()")
    button(handle, "Quote the words").click()
    expect(root.get_by_label("Comment")).to_have_value(f'"{word}": ')
    assert word in first
    page.keyboard.type("why?")
    answer.focus()
    page.keyboard.press("3")
    expect(root.get_by_role("button", name="Mark 3")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(answer).not_to_have_text(first)
    expect(answer).to_be_focused()
    root.get_by_label("Comment").focus()
    handle.widget._receive(handle.widget, {"kind": "hello", "client": "another tab"}, [])
    page.wait_for_timeout(100)  # the whole state comes, as after a lost connection
    expect(root.get_by_label("Comment")).to_be_focused()
    answer.focus()
    handle.drop_to_python = True
    page.keyboard.press("1")
    expect(
        root.get_by_text("Not connected. Not saved yet, but kept in this browser")
    ).to_have_count(2)
    assert [row["mark"] for row in table_of(place)][:2] == ["3", ""]
    handle.drop_to_python = False
    handle.reload()
    step(handle, "Marks").click()
    expect(root.locator(".fk-marking .fk-badge")).to_have_text("Saved")

    assert [row["mark"] for row in table_of(place)][:3] == ["3", "1", ""]
    assert table_of(place)[0]["comment"] == f'"{word}": why?'
    assert page.evaluate("window.keys || []") == []


def test_each_step_passes_the_checker_in_a_dark_theme_and_fits_a_narrow_page(show, page):
    handle = show("dark")
    page.set_viewport_size({"width": 320, "height": 800})
    step(handle, "Return").click()
    expect(handle.root.get_by_text("Choose hand-ins first")).to_be_visible()
    step(handle, "Hand-ins").click()
    button(handle, "Take this class").click()
    expect(title(handle)).to_have_text("Step 2 of 5: Class")
    for name in ("Hand-ins", "Class", "Report", "Marks", "Return"):
        step(handle, name).click()
        if name == "Marks":
            button(handle, "Score the class").click()
            expect(handle.root.locator(".fk-answer")).not_to_be_empty()
        assert handle.axe() == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_what_went_wrong_is_a_sentence_beside_the_button(show, place):
    handle = show()
    expect(button(handle, "Take this class")).to_be_visible()
    shutil.rmtree(place / "monday")
    button(handle, "Take this class").click()
    alert = handle.root.get_by_role("alert").first
    expect(alert).to_contain_text("There is no “monday” here.")
    assert alert.evaluate("(one) => one.previousElementSibling.textContent.includes('monday')")


def test_files_are_sent_by_the_browser(show, place):
    handle = show()
    good = next((place / "monday").glob("P*.json"))
    handle.root.locator("input[type=file]").set_input_files([str(good), str(place / "Grades.csv")])
    expect(handle.root.get_by_text("2 files arrived.").first).to_be_visible()
    expect(button(handle, "Take this class: sent-hand-ins")).to_be_visible()
    sent = place.parent / "work/uploads/sent-hand-ins" / good.name
    assert sent.read_bytes() == good.read_bytes()
