"""Tags counted by section and by code, and words counted in the article."""

import pytest

from framingkit.course.data import load_article
from framingkit.course.documents import Document, Section
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.counts import count_labels, word_counts

TEXT = "One two. ![]() Three four five."
DOCUMENT = Document(
    "d",
    "D",
    TEXT,
    "",
    (
        Section("lead", "Lead", 0, 8),
        Section("caption", "Caption", 9, 14, "missing-picture"),
        Section("ending", "Ending", 15, len(TEXT)),
    ),
)
MINE = AnnotationSet(
    "d",
    "mara",
    (
        Span(0, 3, "hedge"),
        Span(4, 7, "booster"),
        Span(10, 12, "place_actor"),
        Span(15, 20, "hedge"),
    ),
)


def test_sections_are_counted_in_reading_order_without_the_missing_picture():
    table = count_labels(MINE, DOCUMENT, by="section")

    assert [(row.name, row.count, row.words, row.rate) for row in table.rows] == [
        ("lead", 2, 2, 100.0),
        ("ending", 1, 3, 33.3),
    ]


def test_labels_are_counted_with_the_most_frequent_first():
    table = count_labels(MINE, DOCUMENT)

    assert [(row.name, row.count, row.words) for row in table.rows] == [
        ("hedge", 2, 5),
        ("booster", 1, 5),
    ]


@pytest.mark.parametrize("by", ["section", "label"])
def test_the_total_is_the_sum_of_the_rows(by):
    table = count_labels(MINE, DOCUMENT, by=by)

    assert table.total.count == sum(row.count for row in table.rows) == 3
    assert table.total.rate == 60.0


def test_a_section_without_tags_is_a_row_of_zero():
    table = count_labels(AnnotationSet("d", "mara", ()), DOCUMENT, by="section")

    assert [row.count for row in table.rows] == [0, 0]
    assert table.total.rate == 0.0


def test_tags_of_another_document_are_refused():
    with pytest.raises(FramingkitError, match="'other'.*'d'"):
        count_labels(AnnotationSet("other", "mara", ()), DOCUMENT)


def test_another_way_to_count_is_refused_with_the_choices():
    with pytest.raises(FramingkitError, match="'section' or by 'label'"):
        count_labels(MINE, DOCUMENT, by="coder")


# -- words ------------------------------------------------------------------------------------

ARTICLE = load_article()


def counted(*words):
    return {word.strip("“”"): number for word, number in word_counts(ARTICLE, words).rows}


def test_the_absent_words_of_the_article_are_absent():
    assert counted("Trump", "war", "peace", "Ukraine", "Arctic") == {
        "Trump": 0, "war": 0, "peace": 0, "Ukraine": 1, "Arctic": 4,
    }  # fmt: skip


def test_only_whole_words_count():
    assert counted("red", "carpet", "Russia", "Russian", "arm") == {
        "red": 5, "carpet": 5, "Russia": 6, "Russian": 4, "arm": 0,
    }  # fmt: skip


def test_large_and_small_letters_and_spaces_make_no_difference():
    assert counted("RED   carpet") == {"RED carpet": 5}


def test_signs_that_mean_something_in_a_search_are_plain_signs_here():
    assert counted("Mr.", "(", "U.*") == {"Mr.": 1, "(": 0, "U.*": 0}


def test_a_word_that_is_asked_for_twice_is_counted_once():
    assert len(word_counts(ARTICLE, ["war", "war"]).rows) == 1


def test_words_in_the_lost_picture_are_told_apart():
    carpets = word_counts(ARTICLE, ["red carpet"])

    assert carpets.rows == (("“red carpet”", 5),)
    assert "lost picture is not counted; it has 1 more “red carpet”." in carpets.caption
    assert "lost picture" not in word_counts(ARTICLE, ["war"]).caption


@pytest.mark.parametrize("words", [[], [""], ["war", "  "], [3]])
def test_nothing_to_count_is_refused_with_an_example(words):
    with pytest.raises(FramingkitError, match='such as "war"'):
        word_counts(ARTICLE, words)
