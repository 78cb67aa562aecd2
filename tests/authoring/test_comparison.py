"""A lesson that compares texts of a teacher's own course, made from a template."""

import inspect
import json
import shutil

import nbformat
import pytest
from lessons import test_lesson_template as template

import framingkit as fk
from framingkit.authoring import check_course, make_comparison
from framingkit.authoring.course_files import CourseFolder, begin_course
from framingkit.course import forget, kit_folder, load_items, load_outlines, working_on
from framingkit.errors import FramingkitError

TEXTS = ["cable-talks-a", "own-report", "cable-talks-c"]
LESSON = "01-compare-cable-talks-a"
OWN = "Two ports, one cable\nThe talks took six hours on Skell. Nothing was signed.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A course with a text of its own, and the lesson that compares it with two of the kit's."""
    import hashlib

    folder = tmp_path_factory.mktemp("compare") / "course"
    place = folder / "data" / "articles" / "own-report"
    place.mkdir(parents=True)
    (place / "article.txt").write_bytes(OWN.encode())
    about = [f'id = "own-report"\ntitle = "A report <b>of our own</b>"\nsource = "The Tern"\n'
             f'sha256 = "{hashlib.sha256(OWN.encode()).hexdigest()}"\n']  # fmt: skip
    for id, start, end in (("headline", 0, 20), ("story", 21, len(OWN) - 1)):
        about.append(f'[[sections]]\nid = "{id}"\ntitle = "{id}"\nstart = {start}\nend = {end}\n')
    (place / "document.toml").write_text("".join(about), encoding="utf-8")
    begin_course(CourseFolder(folder), "Our course", "own-report", "diplomatic-framing")
    said = make_comparison(TEXTS, folder).sentences
    yield folder, said
    forget()


def test_the_lesson_is_on_the_template_of_the_kit_and_passes_the_check(made):
    folder, said = made
    lesson = nbformat.read(folder / "notebooks" / f"{LESSON}.ipynb", as_version=4)
    checks = [
        inspect.getclosurevars(test).nonlocals.get("test")
        for name, test in vars(template).items()
        if name.startswith("test_") and "kit_lead" not in name
    ]
    checks = [one for one in checks if one and [*inspect.signature(one).parameters] == ["lesson"]]

    assert len(checks) >= 18
    for check in checks:
        check(lesson)
    rows = check_course(folder, run=False)
    wrong = [row.says for row in rows if row.state == "wrong" and row.what != "about it"]
    assert [one for one in wrong if "docs/" not in one] == []
    assert "Learners tag: Lead of cable-talks-a, story of own-report, Lead of" in said[1]


def test_its_questions_parts_and_minutes_are_whole(made):
    with working_on(made[0]):
        (outline,) = load_outlines()
        items = load_items(LESSON)
        assert outline.minutes == sum(p.minutes for p in outline.parts if not p.is_optional)
        assert {id for part in outline.parts for id in part.items} == {item.id for item in items}
        assert {o for item in items for o in item.objectives} == set("1234")
        for item in items:
            assert all(option.feedback for option in item.options) or not item.scored
            assert not item.rubric or len(item.worked.split()) >= item.min_words


def test_a_text_without_a_reading_is_compared_by_the_learners_tags(made, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    with working_on(made[0]):
        lesson = fk.open_lesson(LESSON, coder="amber-heron-417")
        lesson.add_tag("Nothing", "booster", document="own-report")
        page = lesson.coverage_page(*TEXTS).html
    assert "(13 words, 1 tag: your tags)" in page.replace("14 words", "13 words")
    assert "A report &lt;b&gt;of our own&lt;/b&gt;" in page
    assert "Who speaks" not in page


def test_what_the_teacher_writes_down_of_the_event_is_shown(made, tmp_path):
    folder = shutil.copytree(made[0], tmp_path / "course")
    event = folder / "for-teachers" / "compare-cable-talks-a.event.toml"
    written = "".join(
        line.removeprefix("#")
        for line in event.read_text(encoding="utf-8").splitlines(keepends=True)
        if not line.startswith("# ")
    )
    text = (kit_folder() / "data/articles/cable-talks-a/article.txt").read_text(encoding="utf-8")
    start = text.index("six hours")
    section = 'section = "talks"'
    for old in ('section = "the id of its part, from document.toml"',
                'section = "the id of its part"'):  # fmt: skip
        written = written.replace(old, section)
    written = written.replace("start = 0\nend = 9", f"start = {start}\nend = {start + 9}")
    target = folder / "data" / "events" / "ours.toml"
    target.parent.mkdir()
    target.write_text(written.replace("the words", "six hours"), encoding="utf-8")
    forget()
    with working_on(folder):
        coverage = fk.compare_coverage(TEXTS[::2])
    forget()
    assert coverage.claims[0].cells == ("states it [7]", "leaves it out")
    assert coverage.voices[0].cells == ("who speaks", "nobody")


def test_it_is_not_made_twice_nor_of_one_text_nor_without_a_course(made, tmp_path):
    for texts, folder, said in (
        (TEXTS, made[0], "is there already"), (TEXTS[:1], made[0], "needs 2 to 4 different texts"),
        (["cable-talks-b", "nothing"], made[0], "There is no article"),
        (TEXTS, tmp_path, "is not a course of your own"),
    ):  # fmt: skip
        with pytest.raises(FramingkitError, match=said):
            make_comparison(texts, folder)
    stored = json.loads((made[0] / "notebooks" / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    assert all(cell["outputs"] for cell in stored["cells"] if "lesson.coverage" in str(cell)
               and cell["cell_type"] == "code")  # fmt: skip
