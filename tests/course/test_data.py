import pytest

from framingkit.course import data as course
from framingkit.errors import FramingkitError


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A package without `_kit`, in a checkout that is still empty."""
    package = tmp_path / "src" / "framingkit"
    package.mkdir(parents=True)
    monkeypatch.setattr(course, "_PACKAGE", package)
    for load in (
        course.load_article,
        course.load_codebook,
        course.load_reference,
        course.load_items,
        course.load_claims,
    ):
        load.cache_clear()
    yield tmp_path
    for load in (course.load_article, course.load_codebook, course.load_items):
        load.cache_clear()


def test_an_installed_kit_is_found_inside_the_package_first(kit):
    (kit / "data").mkdir()
    installed = kit / "src" / "framingkit" / "_kit"
    (installed / "data").mkdir(parents=True)

    assert course.kit_folder() == installed


def test_a_checkout_is_found_beside_the_code(kit):
    (kit / "data").mkdir()

    assert course.kit_folder() == kit


def test_a_kit_without_data_says_what_to_do(kit):
    with pytest.raises(FramingkitError, match="Install the kit again"):
        course.load_article()


@pytest.mark.parametrize(
    "load",
    [
        course.load_article,
        course.load_codebook,
        course.load_reference,
        course.load_annotations,
        course.load_claims,
        course.load_items,
    ],
)
def test_an_unknown_id_names_the_choices_and_never_makes_a_path(load):
    for name in ("nothing", "../alaska-summit", ""):
        with pytest.raises(FramingkitError, match="Choose one of: '"):
            load(name)


def test_an_empty_folder_says_that_none_is_there_yet(kit):
    (kit / "data").mkdir()

    with pytest.raises(FramingkitError, match="none is there yet"):
        course.load_codebook("mine")


def test_an_article_without_its_text_names_the_file(kit):
    folder = kit / "data" / "articles" / "mine"
    folder.mkdir(parents=True)
    (folder / "document.toml").write_text('id = "mine"', encoding="utf-8")

    with pytest.raises(FramingkitError, match=r"article\.txt"):
        course.load_article("mine")


def test_a_file_is_parsed_once():
    assert course.load_article() is course.load_article()


def test_another_coder_is_refused_with_the_choice():
    with pytest.raises(FramingkitError, match="'mara'.*'reference'"):
        course.load_annotations(coder="mara")


def test_articles_and_lessons_are_listed_in_order():
    assert "alaska-summit" in course.list_articles()
    assert list(course.list_lessons()) == sorted(course.list_lessons())
    assert course.load_items(course.list_lessons()[0])
