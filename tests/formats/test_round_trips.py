"""Texts and tags go into a format and come back: nothing is different but what is documented."""

import pytest
from helpers.tagged_texts import AFTER, content, tagged_texts
from hypothesis import given, settings

from framingkit.formats import FORMATS, read_annotations

WITHOUT_TEXT = {"csv", "hypothesis"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("formats")


@pytest.mark.parametrize("format", AFTER)
@settings(max_examples=60)
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
