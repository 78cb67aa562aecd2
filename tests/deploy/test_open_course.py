"""What a login copies: the course once, later only what is new, and never over anything."""

import importlib.util
import os
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent.parent / "deploy" / "jupyterhub" / "open_course.py"
LESSON, WORKBOOK, GLOSSARY = (
    Path("notebooks/03-commentary.ipynb"), Path("exercises/03.ipynb"), Path("docs/glossary.md"),
)  # fmt: skip


@pytest.fixture(scope="module")
def course():
    spec = importlib.util.spec_from_file_location("open_course", SOURCE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def kit(tmp_path):
    """A kit with a lesson, a workbook, its solution and a page."""
    folder = tmp_path / "kit"
    for name in (LESSON, WORKBOOK, GLOSSARY, Path("exercises/solutions/03.ipynb")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"first {name.name}", encoding="utf-8")
    return folder


def content(folder):
    """Give every file with what is in it, but for the record of copies."""
    found = {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*") if p.is_file()
    }
    return {name: one for name, one in found.items() if not Path(name).name.startswith(".")}


def test_the_first_login_copies_the_course_without_solutions(course, kit, tmp_path):
    home = tmp_path / "home"
    course.bring(kit, home, "0.1.0")
    assert set(content(home)) == {one.as_posix() for one in (LESSON, WORKBOOK, GLOSSARY)}
    if os.name != "nt":
        assert home.stat().st_mode & 0o777 == 0o700, "other learners do not look in"


def test_an_instructor_gets_the_solutions_too(course, kit, tmp_path):
    course.bring(kit, tmp_path / "home", "0.1.0", with_solutions=True)
    assert (tmp_path / "home/exercises/solutions/03.ipynb").is_file()


def test_a_later_login_touches_nothing(course, kit, tmp_path):
    home = tmp_path / "home"
    course.bring(kit, home, "0.1.0")
    (home / WORKBOOK).write_text("my answers", encoding="utf-8")
    before = content(home)
    assert course.bring(kit, home, "0.1.0") == []
    assert content(home) == before


def test_after_an_update_everything_is_as_it_was_and_what_is_new_lies_beside_it(
    course, kit, tmp_path
):
    home = tmp_path / "home"
    course.bring(kit, home, "0.1.0")
    (home / WORKBOOK).write_text("my answers", encoding="utf-8")
    before = content(home)
    (kit / LESSON).write_text("second lesson", encoding="utf-8")
    (kit / WORKBOOK).write_text("second workbook", encoding="utf-8")
    (kit / "notebooks/06-more.ipynb").write_text("a new lesson", encoding="utf-8")

    for _ in range(2):
        course.bring(kit, home, "0.2.0")

    after = content(home)
    assert {name: after[name] for name in before} == before
    assert {name: after[name].decode() for name in set(after) - set(before)} == {
        "notebooks/03-commentary (new in 0.2.0).ipynb": "second lesson",
        "exercises/03 (new in 0.2.0).ipynb": "second workbook",
        "notebooks/06-more.ipynb": "a new lesson",
    }


def test_whoever_deletes_or_renames_a_file_gets_the_present_one(course, kit, tmp_path):
    home = tmp_path / "home"
    course.bring(kit, home, "0.1.0")
    (home / LESSON).rename(home / "notebooks" / "mine.ipynb")
    (kit / LESSON).write_text("second lesson", encoding="utf-8")
    assert course.bring(kit, home, "0.2.0") == [LESSON]
    assert (home / LESSON).read_text(encoding="utf-8") == "second lesson"


def test_a_course_that_came_in_another_way_is_left_alone(course, kit, tmp_path):
    home = tmp_path / "home"
    (home / LESSON).parent.mkdir(parents=True)
    (home / LESSON).write_text("pulled from somewhere", encoding="utf-8")
    course.bring(kit, home, "0.1.0")
    (home / course.RECORD).write_text("{damaged", encoding="utf-8")
    course.bring(kit, home, "0.1.0")
    assert (home / LESSON).read_text(encoding="utf-8") == "pulled from somewhere"
    assert len(list((home / "notebooks").iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such links for everybody")
def test_nothing_is_written_through_a_link(course, kit, tmp_path):
    home, outside = tmp_path / "home", tmp_path / "outside.ipynb"
    (home / LESSON).parent.mkdir(parents=True)
    (home / LESSON).symlink_to(outside)  # leads nowhere yet
    course.bring(kit, home, "0.1.0")
    assert not outside.exists()
