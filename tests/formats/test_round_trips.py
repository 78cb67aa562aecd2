"""Texts and tags go into a format and come back: nothing is different but what is documented."""

from pathlib import Path

import pytest
from helpers.format_checkers import broken_brat_rules, broken_musts
from helpers.tagged_texts import AFTER, content, tagged_texts
from hypothesis import given

from framingkit.formats import FORMATS, read_annotations

WITHOUT_TEXT = {"csv", "hypothesis"}
PAGE = Path(__file__).parents[2] / "docs" / "annotations-out.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("formats")


@pytest.mark.parametrize("format", AFTER)
@given(annotations=tagged_texts())
def test_what_comes_back_is_what_went_in_but_for_the_losses(folder, format, annotations):
    expected = AFTER[format](annotations)
    if not expected.sets and format not in ("framingkit", "w3c"):
        return
    path = folder / f"tags{FORMATS[format].ending}"
    path.write_bytes(FORMATS[format].write(annotations))

    found = read_annotations(path, annotations.texts if format in WITHOUT_TEXT else ())

    texts, tags = content(found)
    wanted_texts, wanted_tags = content(expected)
    assert tags == wanted_tags
    assert found.orphans == ()
    if format not in WITHOUT_TEXT:
        assert texts == wanted_texts


@given(annotations=tagged_texts())
def test_web_annotations_break_no_must_of_the_model_and_brat_files_no_rule(annotations):
    texts = {text.id: text.text for text in annotations.texts}

    assert broken_musts(FORMATS["w3c"].write(annotations), texts) == []
    assert broken_brat_rules(FORMATS["brat"].write(annotations)) == []


def test_the_page_names_every_format_and_everything_that_it_loses():
    words = " ".join(PAGE.read_text(encoding="utf-8").split())

    missing = [
        loss
        for name, format in FORMATS.items()
        for loss in (f"`{name}`", *format.loses)
        if " ".join(loss.split()) not in words
    ]
    assert missing == []
    assert FORMATS["w3c"].loses == FORMATS["framingkit"].loses == ()
