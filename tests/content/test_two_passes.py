"""The page on two passes of one coder says what the record of both gives."""

import krippendorff
import numpy as np
import pytest
import two_passes

from framingkit.course.data import list_articles, load_article

ROWS = two_passes.rows()


def test_the_page_is_made_from_the_record():
    assert two_passes.PAGE.read_text(encoding="utf-8") == two_passes.page()


def test_both_passes_tag_words_of_the_texts_and_lie_in_their_sections():
    for row in ROWS:
        section = load_article(row.text).section(row.section)
        assert section.kind == "text"
        if row.end:
            assert section.start <= row.start < row.end <= section.end
    assert {row.text for row in ROWS} <= set(list_articles())
    assert {row.which for row in ROWS} == {"1", "2"}


@pytest.mark.parametrize("seed", range(5))
def test_alpha_is_that_of_the_well_known_library(seed):
    random = np.random.default_rng(seed)
    first, second = random.random((2, 200)) < 0.3
    second = np.where(random.random(200) < 0.7, first, second)
    known = krippendorff.alpha(np.array([first, second], dtype=int), level_of_measurement="nominal")

    assert two_passes.alpha(first, second) == pytest.approx(known)


def test_the_rules_decide_clear_cases_alike():
    *codes, together = two_passes.agreements()

    assert together.clear >= 0.80
    assert len([code.name for code in codes if code.clear < 0.80]) <= 2
