"""A text is corrected: few tags come to a wrong place, and few are left without one."""

import random
from collections import Counter

from helpers.edits import Edited, judged
from helpers.for_each import for_each

from framingkit.course import (
    Change,
    Span,
    context_of,
    load_article,
    load_reference,
    placed_by_quote,
)

# edits: the most tags at a wrong place, and without one needlessly, of a hundred
LIMITS = {1: (0.5, 5), 5: (0.5, 5.5), 20: (1.5, 6.5), 60: (2, 9)}


@for_each(LIMITS.items())
def test_after_random_edits_few_tags_are_wrong_and_few_are_orphans(limit):
    edits, (most_wrong, most_orphans) = limit
    article, counts = load_article(), Counter()
    spans = [entry.span for entry in load_reference().spans]
    for seed in range(8):
        edited = Edited(article.text, random.Random(f"{edits} {seed}"))
        for _ in range(edits):
            edited.edit()
        change, places = Change(article.text, edited.text), edited.places()
        for span in spans:
            known = change.placed(span)
            by_words = placed_by_quote(span, *context_of(span, article.text), edited.text)
            counts.update([judged(span, known, places), judged(span, by_words, places)])

    assert 100 * counts["wrong"] <= most_wrong * counts.total()
    assert 100 * counts["orphan"] <= most_orphans * counts.total()
    assert counts["right"] > 0.7 * counts.total()


# words, before, after, text, where
PLACES = {
    "like words are told apart": ("hot", "It is ", " day", "hot: It is hot day", 11),
    "two places alike": ("hot", "is ", "", "It is hot. It is hot", None),
    "a moved sentence": ("Hot", "", " it was, and dry", "Oh! Hot it was, and dry", 4),
    "another sentence": ("hot", "It is ", " today", "A hot potato salad was sold", None),
    "not inside a word": ("ice", "on the ", " of it", "on the price of it", None),
    "no context, one place": ("hot", "", "", "a hot day", 2),
}


@for_each(PLACES)
def test_words_go_where_their_context_is_and_nowhere_by_chance(case):
    words, before, after, text, start = case

    found = placed_by_quote(Span(0, len(words), "x", words), before, after, text)

    assert (found and found.start) == start
