import pytest

from framingkit.course.data import load_article
from framingkit.errors import FramingkitError
from framingkit.feedback.counts import word_counts

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
