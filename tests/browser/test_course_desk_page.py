"""The desk at which a teacher makes a lesson, on a real page: from a file to a checked course."""

import pytest
from own_courses import ABOUT, ARTICLE, LESSON, source_in
from playwright.sync_api import expect

import framingkit as fk
from framingkit.authoring import check, making, own_questions
from framingkit.course import forget, working_on
from framingkit.notebook import course_desk
from framingkit.notebook.course_desk import Desk
from framingkit.widgets.course_desk import CourseDesk


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where courses lie; notebooks are written there, and not run."""
    for module, name in ((making, "execute"), (own_questions, "execute")):
        monkeypatch.setattr(module, name, lambda path: None)
    monkeypatch.setattr(check, "differences", lambda path: [])
    monkeypatch.setattr(course_desk, "run_again", lambda folder, article: [])
    yield tmp_path
    forget()


@pytest.fixture
def desk(page, place, open_widget):
    return open_widget(page, CourseDesk(Desk(place)))


def press(desk, name):
    desk.root.get_by_role("button", name=name).click()


def field(desk, name):
    return desk.root.get_by_label(name)


def title(desk):
    return desk.root.locator(".fk-title")


def test_from_a_file_to_a_course_that_is_checked(desk, place, monkeypatch):
    field(desk, "Name of a new course").fill("Ferry course")
    field(desk, "The article").set_input_files(source_in(place))
    press(desk, "Show the preview")

    expect(title(desk)).to_have_text("Step 2 of 6: The preview")
    expect(title(desk)).to_be_focused()
    expect(desk.root).to_contain_text("The page says: The Tern.")
    text = field(desk, "The text").input_value()
    field(desk, "The text").fill(text.replace("nine miles", "ten miles"))
    press(desk, "Make the lesson")
    expect(desk.root.get_by_role("alert")).to_contain_text("the kit does not guess it")
    for name, label in (("source", "Who published it"), ("date", "Date"), ("language", "Language"),
                        ("rights", "Licence or ground")):  # fmt: skip
        field(desk, label).fill(ABOUT[name])
    expect(field(desk, "The text")).to_have_value(text.replace("nine miles", "ten miles"))
    press(desk, "Make the lesson")

    expect(title(desk)).to_have_text("Step 3 of 6: The lesson")
    course = place / "ferry-course"
    assert "ten miles" in next(course.glob("data/articles/*/article.txt")).read_text("utf-8")
    expect(desk.root).to_contain_text(f"ferry-course/notebooks/{LESSON}.ipynb")

    monkeypatch.setenv("FRAMINGKIT_WORK", str(course / "work"))
    with working_on(course):
        lesson = fk.open_lesson(LESSON, coder="teacher")
        lesson.add_tag("shook hands", "ceremony_symbol", document=ARTICLE, note="To be seen.")
        lesson.add_tag("Observers say", "vague_attribution", document=ARTICLE)
    press(desk, "On: Your reading")
    press(desk, "Take my tags")
    first = desk.root.get_by_role("group", name="“shook hands”")
    first.get_by_label("How sure").select_option("debatable")
    press(desk, "Save the reading")
    expect(desk.root.get_by_role("alert")).to_contain_text("write what the other good reading is")
    first.get_by_label("The other good reading").fill("They may only have met.")
    first.get_by_label("How sure").select_option("debatable")
    press(desk, "Save the reading")
    expect(desk.root.locator(".fk-reply")).to_contain_text("1 clear, 1 debatable")

    press(desk, "On: Your questions")
    field(desk, "The question").fill("Whom could a reader ask?")
    for letter, answer, reason in (("A", "Inga Marsh", "She is named."), ("B", "The aide", "No.")):
        group = desk.root.get_by_role("group", name=f"Answer {letter}")
        group.get_by_label("Answer", exact=True).fill(answer)
        group.get_by_label("Why it is").fill(reason)
    desk.root.get_by_role("group", name="Answer A").get_by_label("This one is right").check()
    press(desk, "Add the question")
    expect(desk.root.locator(".fk-reply")).to_contain_text("It is question 1.")
    press(desk, "On: The check")
    press(desk, "Check the course")
    expect(desk.root.locator("caption")).to_contain_text("Ready for learners.")
    press(desk, "Pack it for learners")
    expect(desk.root.locator(".fk-reply")).to_contain_text("Packed")
    assert (place / "ferry-course.zip").is_file()


def test_a_course_that_is_there_can_be_gone_on_with_by_keyboard(page, place, open_widget):
    from own_courses import make_course

    make_course(place / "ferry", source_in(place))
    desk = open_widget(page, CourseDesk(Desk(place)))
    field(desk, "Your course").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(title(desk)).to_have_text("Step 3 of 6: The lesson")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_in_the_way_of_people(page, place, open_widget, theme):
    desk = open_widget(page, CourseDesk(Desk(place)), theme)
    field(desk, "Name of a new course").fill("ferry")
    field(desk, "Or paste it here").fill("Fog\n\n" + "It is foggy at the pier. " * 20)
    press(desk, "Show the preview")
    expect(title(desk)).to_have_text("Step 2 of 6: The preview")

    assert desk.axe() == []


def test_what_is_in_the_way_is_a_sentence_and_what_was_typed_stays(desk):
    press(desk, "Show the preview")
    expect(desk.root.get_by_role("alert")).to_contain_text("Give your course a name")
    field(desk, "Name of a new course").fill("ferry")
    field(desk, "Or paste it here").fill("Too short.")
    press(desk, "Show the preview")

    expect(desk.root.get_by_role("alert")).to_contain_text("at least 40")
    expect(field(desk, "Or paste it here")).to_have_value("Too short.")
