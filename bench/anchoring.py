"""Tags on a text that was changed at random: how many come to a wrong place, or to none at all.

Three ways are compared: offsets alone, the first place with the same words, and the kit's own.
"""

import random
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "helpers"))

from edits import Edited, judged

from framingkit.course import (
    Change,
    Span,
    context_of,
    load_article,
    load_reference,
    placed_by_quote,
)

EDITS, TRIALS = (1, 5, 20, 60), 60
REPEATED = ("red carpet", "chessboard", "wind", "Trump", "Putin", "Alaska", "Russia", "summit")


def tags(article):
    """All entries of the reference reading, and every place of eight phrases that are repeated."""
    found = [entry.span for entry in load_reference(article.id).spans]
    for words in REPEATED:
        start = article.text.find(words)
        while start >= 0:
            found.append(Span(start, start + len(words), "x", words))
            start = article.text.find(words, start + 1)
    return found


def by_offset(span, before, after):
    return span if span.end <= len(after) else None


def by_first_quote(span, before, after):
    start = after.find(span.quote)
    return replace(span, start=start, end=start + len(span.quote)) if start >= 0 else None


def by_selectors(span, before, after):
    """Place a tag as one of another program: by its words and 32 characters on both sides."""
    return placed_by_quote(span, *context_of(span, before), after)


def main():
    article = load_article()
    spans = tags(article)
    print(f"{len(spans)} tags on {len(article.text):,} characters, {TRIALS} trials\n")
    ways = {"offset alone": by_offset, "first place with the words": by_first_quote}
    ways |= {"the kit, both texts known": None, "the kit, words and context": by_selectors}
    print("| edits | way | wrong place | right or rightly none | needless orphan | ms for a tag |")
    print("|---|---|---|---|---|---|")
    for edits in EDITS:
        for name, way in ways.items():
            counts, spent = Counter(), 0.0
            for seed in range(TRIALS):
                edited = Edited(article.text, random.Random(1000 * edits + seed))
                for _ in range(edits):
                    edited.edit()
                after, places = edited.text, edited.places()
                begun = time.process_time()
                change = Change(article.text, after)
                found = [
                    change.placed(span) if way is None else way(span, article.text, after)
                    for span in spans
                ]
                spent += time.process_time() - begun
                counts.update(judged(*pair, places) for pair in zip(spans, found, strict=True))
            total = counts.total()
            rates = (counts["wrong"], counts["right"] + counts["gone"], counts["orphan"])
            shares = " | ".join(f"{100 * one / total:.2f} %" for one in rates)
            print(f"| {edits} | {name} | {shares} | {1000 * spent / total:.2f} |")


if __name__ == "__main__":
    main()
