import pytest

from framingkit.course import data as course
from framingkit.course import place
from framingkit.errors import FramingkitError


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """A package without `_kit`, in a checkout that is still empty."""
    package = tmp_path / "src" / "framingkit"
    package.mkdir(parents=True)
    monkeypatch.setattr(place, "_PACKAGE", package)
    place.forget()
    yield tmp_path
    monkeypatch.undo()
    place.forget()


def test_an_installed_kit_is_found_inside_the_package_first(kit):
    (kit / "data").mkdir()
    installed = kit / "src" / "framingkit" / "_kit"
    (installed / "data").mkdir(parents=True)

    assert place.kit_folder() == installed


def test_a_checkout_is_found_beside_the_code(kit):
    (kit / "data").mkdir()

    assert place.kit_folder() == kit


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
@pytest.mark.parametrize("name", ["nothing", ""])
def test_an_unknown_id_names_the_choices(load, name):
    with pytest.raises(FramingkitError, match="Choose one of: '"):
        load(name)


@pytest.mark.parametrize("load", [course.kit_article, course.load_claims, course.load_items])
@pytest.mark.parametrize("name", ["../alaska-summit", "/tmp", "document.toml"])
def test_an_id_that_somebody_else_wrote_never_makes_a_path(load, name):
    with pytest.raises(FramingkitError, match="Choose one of: '"):
        load(name)


KIT = place.kit_folder() / "data"
OWN = {
    course.load_article: KIT / "articles" / "bridge-opening",
    course.load_codebook: KIT / "codebooks" / "diplomatic-framing.toml",
    course.load_reference: KIT / "annotations" / "bridge-opening.reference.toml",
    course.load_annotations: KIT / "annotations" / "bridge-opening.reference.toml",
}


@pytest.mark.parametrize("load", OWN, ids=lambda load: load.__name__)
def test_what_the_kit_has_can_be_loaded_by_its_path_too(load, tmp_path, monkeypatch):
    kit = load() if load is course.load_codebook else load("bridge-opening")
    assert load(OWN[load]) == load(str(OWN[load])) == kit


def test_an_article_can_be_loaded_by_the_path_of_its_description(monkeypatch):
    folder = OWN[course.load_article]
    assert course.load_article(folder / "document.toml") == course.load_article(folder)
    monkeypatch.chdir(folder)
    assert course.load_article("document.toml") == course.load_article(folder)


def test_a_file_of_ones_own_is_read_again_each_time(tmp_path):
    path = tmp_path / "mine.toml"
    text = OWN[course.load_codebook].read_text("utf-8")
    path.write_text(text, "utf-8")
    before = course.load_codebook(path).version
    path.write_text(text.replace(f'version = "{before}"', 'version = "mine"'), "utf-8")
    assert course.load_codebook(path).version == "mine" != before


@pytest.mark.parametrize(
    ("load", "what"),
    [
        (course.load_article, "article"),
        (course.load_codebook, "codebook"),
        (course.load_reference, "reference reading"),
    ],
)
def test_a_path_that_does_not_work_is_named_with_the_reason(load, what, tmp_path):
    path = tmp_path / "mine.toml"
    with pytest.raises(FramingkitError, match=f"^The {what} “mine.toml” could not be loaded.*miss"):
        load(path)
    path.write_text("id = ", "utf-8")
    (tmp_path / "article.txt").touch()
    with pytest.raises(
        FramingkitError, match=f"^The {what} “mine.toml” could not .* not valid TOM"
    ):
        load(str(path))


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
