"""A learner's own text: cleaned once, found again after any accident, never somebody else's."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.documents import parse_document
from framingkit.errors import FramingkitError
from framingkit.work.own_text import (
    LONGEST_TEXT,
    check_own_text,
    check_text_id,
    clean,
    find_own_text,
    keep_own_text,
    make_document,
    used_sentences,
)


def used(text, **more):
    return {"text": text, "used": make_document("own-text", text).sha256} | more


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\ufeffRed\r\ncarpet\rhere\n", "Red\ncarpet\nhere"),
        ("a\0b\x07\tc", "a␀b␇\tc"),
        ("a\x7fb\ud800c\x81", "a\ufffdb\ufffdc\ufffd"),
        ("a\vb\fc\x85d\u2028e", "a\nb\nc\nd\u2028e"),
        ("\x93no\x94 \x96 don\x92t \x97 \x80 5", "“no” – don’t — € 5"),
        ("👩‍🚀 e\u0301 שלום", "👩‍🚀 e\u0301 שלום"),
    ],
)
def test_line_ends_are_alike_and_what_cannot_be_seen_is_shown(text, shown):
    assert clean(text) == shown


@given(st.text(max_size=60))
def test_cleaning_again_changes_nothing_and_can_be_written(text):
    once = clean(text)

    assert clean(once) == once
    assert once.encode() is not None


def test_a_text_is_one_section_and_has_its_fingerprint():
    document = make_document("own-text", "It is hot.\n\nIt is cold.", " A  title ", "A paper")

    assert document.text_of("text") == "It is hot.\n\nIt is cold."
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert (document.title, document.note) == ("A title", "Source: A paper")


def test_empty_lines_can_begin_sections():
    document = make_document("own-text", "One.\nStill one.\n \n\nTwo.\n\n", parts=True)

    assert [document.text_of(one.id) for one in document.sections] == ["One.\nStill one.", "Two."]
    assert [one.id for one in document.sections] == ["part-1", "part-2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "There is no text yet."),
        (" \r\n\ufeff ", "There is no text yet."),
        ("x" * (LONGEST_TEXT + 1), "20,001 characters; at most 20,000"),
    ],
)
def test_no_text_and_too_much_text_get_a_sentence(text, said):
    with pytest.raises(FramingkitError, match=said):
        make_document("own-text", text)


@pytest.mark.parametrize("id", ["", "../own-text", "alaska-summit", "own-text-", "own-text-../x"])
def test_an_id_that_could_be_another_folder_is_refused(id):
    with pytest.raises(FramingkitError):
        check_text_id(id)


@pytest.mark.parametrize("response", [{"text": 3}, {"text": "x" * 20_001}, {"title": "x" * 301}])
def test_an_answer_that_is_too_large_or_no_text_is_refused(response):
    with pytest.raises(FramingkitError):
        check_own_text(response)


def test_the_copy_is_an_article_like_the_kits_own(tmp_path):
    document = make_document("own-text", 'A "red"\ncarpet \\ 🙂', 'My "title" 🙂\n', "x", "2026")
    here = keep_own_text(tmp_path, document)

    toml = (here / "document.toml").read_text("utf-8")
    assert parse_document(toml, (here / "article.txt").read_bytes()) == document
    assert here == tmp_path / "texts" / "own-text"


def test_a_text_is_found_in_the_answer_when_the_copy_is_gone(tmp_path):
    assert find_own_text(tmp_path, "own-text", used("It is hot.", title="T")).text == "It is hot."


def test_a_text_is_found_in_the_copy_while_another_one_is_typed(tmp_path):
    keep_own_text(tmp_path, make_document("own-text", "It is hot."))

    found = find_own_text(tmp_path, "own-text", used("It is hot.") | {"text": "It is col"})
    assert found.text == "It is hot."


def test_the_copy_of_another_learner_is_never_taken(tmp_path):
    keep_own_text(tmp_path, make_document("own-text", "Theirs."))

    assert find_own_text(tmp_path, "own-text", used("Mine.") | {"text": "Mine, being ch"}) is None
    assert find_own_text(tmp_path, "own-text", used("Mine.")).text == "Mine."


@pytest.mark.parametrize("response", [None, {}, {"text": "typed"}, {"text": 3, "used": 4}])
def test_nothing_in_use_is_nothing(tmp_path, response):
    keep_own_text(tmp_path, make_document("own-text", "Theirs."))

    assert find_own_text(tmp_path, "own-text", response) is None


def test_a_damaged_copy_is_nothing(tmp_path):
    here = keep_own_text(tmp_path, make_document("own-text", "It is hot."))
    (here / "article.txt").write_text("It is cold.")

    assert find_own_text(tmp_path, "own-text", used("It is hot.") | {"text": ""}) is None


def test_signs_for_what_cannot_be_seen_are_explained():
    said = " ".join(used_sentences(make_document("own-text", "a\0b")))

    assert "are shown as signs" in said
    assert "signs" not in " ".join(used_sentences(make_document("own-text", "ab")))
