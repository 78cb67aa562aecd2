import hashlib

import pytest

from framingkit.course.documents import parse_document
from framingkit.errors import FramingkitError

ARTICLE = "Carpet?\n![]() |\nMr. Putin landed. It was hot."


def describe(sections: str, article: bytes = ARTICLE.encode(), sha256: str = "") -> str:
    sha256 = sha256 or hashlib.sha256(article).hexdigest()
    return f'id = "d"\ntitle = "Carpet"\nsha256 = "{sha256}"\n{sections}'


def section(name: str, start: int, end: int, kind: str = "text") -> str:
    return (
        f'[[sections]]\nid = "{name}"\ntitle = "{name}"\nstart = {start}\nend = {end}\n'
        f'kind = "{kind}"\n'
    )


THREE = section("headline", 0, 7) + section("caption", 8, 15, "missing-picture")
THREE += section("lead", 16, len(ARTICLE))


@pytest.fixture
def document():
    return parse_document(describe(THREE), ARTICLE.encode())


def test_sentences_are_numbered_through_the_document_without_the_missing_picture(document):
    found = [(one.number, one.section) for one in document.sentences()]

    assert found == [(1, "headline"), (2, "lead"), (3, "lead")]


def test_the_sentences_of_one_section_keep_their_numbers(document):
    found = [document.text[one.start : one.end] for one in document.sentences("lead")]

    assert found == ["Mr. Putin landed.", "It was hot."]
    assert [one.number for one in document.sentences("lead")] == [2, 3]
    assert document.sentences("caption") == ()


def test_text_of_gives_the_exact_words(document):
    assert document.text_of("caption") == "![]() |"


@pytest.mark.parametrize("method", ["section", "text_of", "sentences"])
def test_an_unknown_section_names_the_choices(document, method):
    with pytest.raises(FramingkitError, match=r"'agendum'.*'headline', 'caption', 'lead'"):
        getattr(document, method)("agendum")


def test_a_changed_article_is_refused_with_both_fingerprints():
    with pytest.raises(FramingkitError, match=f"has changed.*names {'a' * 64}"):
        parse_document(describe(THREE, sha256="a" * 64), ARTICLE.encode())


def test_line_ends_are_never_translated():
    article = b"One.\r\nTwo."

    document = parse_document(describe(section("s", 0, 10), article), article)

    assert document.text == "One.\r\nTwo."


def test_an_article_that_is_not_utf8_is_refused():
    article = "Détente".encode("latin-1")

    with pytest.raises(FramingkitError, match="not UTF-8"):
        parse_document(describe(section("s", 0, 7), article), article)


@pytest.mark.parametrize(
    ("sections", "problem"),
    [
        ("", "no sections"),
        (section("a", 0, 7) + section("a", 8, 9), "used twice"),
        (section("a", 0, 9) + section("b", 8, 12), "'b'.*between 9"),
        (section("a", 0, 900), "'a'"),
        (section("a", 4, 4), "'a'"),
        (section("a", 0, 4, "picture"), "'missing-picture'"),
        (section("a", 0, 4).replace("title", "name"), "unknown field 'name'"),
        (section("a", 0, 4).replace("start = 0", "start = true"), "whole number"),
    ],
)
def test_sections_that_do_not_fit_the_text_are_refused(sections, problem):
    with pytest.raises(FramingkitError, match=problem):
        parse_document(describe(sections), ARTICLE.encode())
