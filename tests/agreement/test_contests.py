"""Where a class is split: over whether and over which code, not over where a tag ends."""

import pytest

from framingkit.agreement.columns import class_spans
from framingkit.agreement.splits import class_contests
from framingkit.course.data import load_article, load_codebook
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span

ARTICLE, CODEBOOK = load_article(), load_codebook()
GAME, NATURE, QUOTES = "game_metaphor", "nature_metaphor", "scare_quotes"
CODES = [CODEBOOK.code(code) for code in (GAME, NATURE, QUOTES)]


def on(words, code):
    start = ARTICLE.text.index(words)
    return Span(start, start + len(words), code)


def contests(*readers):
    """Give each learner's tags, as pairs of words and a code; an empty list is nothing tagged."""
    sets = [
        AnnotationSet(ARTICLE.id, f"reader-{n}", tuple(on(*tag) for tag in tags))
        for n, tags in enumerate(readers)
    ]
    return class_contests(class_spans(sets, [code.id for code in CODES], ARTICLE), ARTICLE, CODES)


def said(contest):
    return [
        (ARTICLE.text[one.span.start : one.span.end], one.span.label, one.coders)
        for one in contest.variants
    ]


WIND, LONG = "diplomatic wind", "a “diplomatic wind”"


@pytest.mark.parametrize("long", [LONG, "“diplomatic wind”", "could be a “diplomatic wind"])
def test_more_or_fewer_words_with_one_code_are_no_split(long):
    assert contests([(WIND, NATURE)], [(WIND, NATURE)], [(long, NATURE)], [(long, NATURE)]) == ()


def test_another_code_is_a_split_and_counts_all_who_gave_it():
    [contest] = contests(
        [(WIND, NATURE)], [(WIND, NATURE)], [(LONG, NATURE)], [(LONG, QUOTES)], [(WIND, QUOTES)]
    )

    assert contest.kind == "other-label"
    assert (WIND, NATURE, 3) in said(contest)
    assert sorted(row[1:] for row in said(contest)) == [(NATURE, 3), (QUOTES, 2)]
    assert contest.silent == 0


def test_a_tag_or_none_is_a_split():
    [contest] = contests([(WIND, NATURE)], [(LONG, NATURE)], [], [])

    assert contest.kind == "tag-or-not"
    assert [row[2] for row in said(contest)] == [2]
    assert contest.silent == 2


def test_a_long_tag_stands_for_each_reading_that_it_takes_in():
    whole = "could be a “diplomatic wind” of the US"
    two = [("could be", NATURE), (WIND, NATURE)]

    assert contests(two, two, two, [(whole, NATURE)]) == ()


def test_the_order_of_the_learners_changes_nothing():
    readers = [[(WIND, NATURE)], [(LONG, NATURE)], [(WIND, QUOTES)], [(LONG, GAME)], []]

    assert contests(*readers) == contests(*reversed(readers))
