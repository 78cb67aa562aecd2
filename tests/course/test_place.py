"""Which course is at hand: that of the folder where one works, and below it the kit."""

from pathlib import Path

import pytest

from framingkit.course import (
    find_reference,
    forget,
    list_articles,
    list_lessons,
    load_article,
    load_codebook,
    load_exercises,
    load_items,
    load_outlines,
    this_course,
    working_on,
)
from framingkit.course.place import choose_course, data_files
from framingkit.errors import FramingkitError

ABOUT = 'id = "ferry-7f3a"\ntitle = "Ferries"\narticle = "fog"\n'
TEXT = "Fog\nIt is foggy."
ITEM = """\
[[item]]
id = "fog-guess"
lesson = "01-fog"
kind = "confidence"
prompt = "How sure?"
minutes = 1
level = "evaluate"
scored = false
"""


@pytest.fixture
def course(tmp_path):
    """A course with one article, one lesson and nothing else."""
    import hashlib

    place = tmp_path / "data" / "articles" / "fog"
    place.mkdir(parents=True)
    (tmp_path / "data" / "items").mkdir()
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "course.toml").write_text(ABOUT, encoding="utf-8")
    (place / "article.txt").write_text(TEXT, encoding="utf-8")
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    sections = '[[sections]]\nid = "all"\ntitle = "All"\nstart = 0\nend = 16\n'
    head = f'id = "fog"\ntitle = "Fog"\nsha256 = "{digest}"\n'
    (place / "document.toml").write_text(head + sections, encoding="utf-8")
    (tmp_path / "data" / "items" / "01-fog.toml").write_text(ITEM, encoding="utf-8")
    forget()
    yield tmp_path
    forget()


def test_without_a_course_file_it_is_the_kit(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert this_course().is_kit
    assert this_course().article == "alaska-summit"


def test_a_course_is_found_from_any_folder_in_it(course, monkeypatch):
    monkeypatch.chdir(course / "notebooks")

    assert this_course().id == "ferry-7f3a"
    assert load_article().text == TEXT
    assert list_lessons() == ("01-fog",)
    assert [item.id for item in load_items("01-fog")] == ["fog-guess"]


def test_what_a_course_lacks_is_the_kits(course, monkeypatch):
    monkeypatch.chdir(course)

    assert load_codebook().id == "diplomatic-framing"
    assert load_article("tagger-tour").id == "tagger-tour"
    assert {"fog", "alaska-summit"} <= set(list_articles())
    assert find_reference("fog") is None
    assert load_exercises() == ()
    assert load_outlines() == (), "there is no notebook of a lesson, and the kit's are not meant"


def test_a_course_with_a_lesson_of_the_kit_has_its_questions_too(course, monkeypatch):
    (course / "notebooks" / "03-commentary.ipynb").write_text("{}", encoding="utf-8")
    monkeypatch.chdir(course)
    forget()

    assert {"01-fog", "03-commentary", "exercises-03-commentary"} <= set(list_lessons())


def test_what_is_kept_of_one_course_is_never_given_in_another(course, tmp_path, monkeypatch):
    before, lessons = load_article(), list_lessons()
    with working_on(course):
        assert load_article().id == "fog"
        assert list_lessons() == ("01-fog",)
    assert list_lessons() == lessons
    monkeypatch.setenv("FRAMINGKIT_COURSE", str(course))
    assert load_article().id == "fog"
    monkeypatch.delenv("FRAMINGKIT_COURSE")

    assert load_article() is before


def test_a_file_of_the_course_lies_over_that_of_the_kit(course):
    (course / "data" / "sources.toml").write_text("", encoding="utf-8")
    with working_on(course):
        first, second = data_files("sources.toml")

    assert first.parent.parent == course
    assert second != first


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id = 3", "must be a text"),
        (ABOUT.replace("ferry-7f3a", "../ferry"), "small letters, digits and hyphens"),
        (ABOUT + 'colour = "blue"\n', "unknown field 'colour'"),
        ("id = ", "not valid TOML"),
    ],
)
def test_a_damaged_course_file_is_named_with_its_field(course, text, words):
    (course / "course.toml").write_text(text, encoding="utf-8")
    forget()
    with working_on(course), pytest.raises(FramingkitError, match=words) as caught:
        this_course()
    assert "course.toml" in str(caught.value)


def test_a_folder_that_is_gone_is_the_kit(course, tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()

    assert this_course().is_kit


def test_a_course_that_is_not_there_cannot_be_chosen(tmp_path):
    with pytest.raises(FramingkitError, match=r"no course\.toml"):
        choose_course(Path(tmp_path))
