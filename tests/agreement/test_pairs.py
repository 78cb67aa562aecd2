"""Two people's tags side by side: what is said, and that it is the same for both."""

import subprocess
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.agreement.pairs import compare_pair
from framingkit.course.data import load_article, load_codebook
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError

ARTICLE, CODEBOOK = load_article(), load_codebook()
LABELS = [code.id for code in CODEBOOK.core]


def tag(quote: str, label: str = "ceremony_symbol") -> Span:
    start = ARTICLE.text.index(quote)
    return Span(start, start + len(quote), label, quote)


def tags(coder: str, *spans: Span) -> AnnotationSet:
    return AnnotationSet("alaska-summit", coder, spans)


def compare(mine: list[Span], theirs: list[Span], names: tuple[str, str] | None = None):
    return compare_pair(tags("mara", *mine), tags("ben", *theirs), ARTICLE, CODEBOOK, names)


def only_remark(*args, **options):
    (remark,) = compare(*args, **options).remarks
    return remark


def test_the_same_words_and_label_are_said_to_be_common():
    remark = only_remark([tag("red carpet")], [tag("red carpet")])

    assert remark.kind == "same"
    assert remark.sentence == "[1] “red carpet”: you both tag it Ceremony symbol."


def test_the_same_words_with_another_label():
    remark = only_remark([tag("red carpet")], [tag("red carpet", "booster")])

    assert remark.kind == "other-label"
    assert remark.sentence == ("[1] “red carpet”: you tag it Ceremony symbol, they tag it Booster.")


def test_a_boundary_differs_by_words_that_are_named():
    remark = only_remark([tag("rolls out red carpet")], [tag("red carpet")])

    assert remark.kind == "boundary"
    assert remark.sentence == (
        "[1] “red carpet”: you both tag it Ceremony symbol. "
        "The boundary differs by 2 words: your tag also takes in “rolls out”."
    )


def test_a_boundary_may_differ_on_both_sides():
    remark = only_remark([tag("rolls out red")], [tag("red carpet")])

    assert remark.sentence.endswith(
        "The boundary differs by 3 words: your tag also takes in “rolls out” and their tag also "
        "takes in “carpet”."
    )


def test_spaces_and_parts_of_a_word_are_no_other_boundary():
    assert only_remark([tag("red carpet ")], [tag("red carpet")]).kind == "same"
    assert only_remark([tag("red carpe")], [tag("red carpet")]).kind == "same"


def test_another_label_on_other_words_names_these_too():
    remark = only_remark([tag("red carpet")], [tag("out red carpet", "booster")])

    assert remark.kind == "other-label"
    assert remark.sentence.endswith("by 1 word: their tag also takes in “out”.")


def test_a_tag_without_counterpart_is_only_yours_or_only_theirs():
    mine, theirs = compare([tag("red carpet")], [tag("hot", "nature_metaphor")]).remarks

    assert (mine.kind, theirs.kind) == ("only-first", "only-second")
    assert mine.sentence == "[1] “red carpet”: only you tag it Ceremony symbol."
    assert theirs.sentence.endswith("“hot”: only they tag it Nature metaphor.")


def test_tags_that_hardly_overlap_are_about_different_words():
    found = compare([tag("US rolls out red carpet")], [tag("carpet", "booster")])

    assert [one.kind for one in found.remarks] == ["only-first", "only-second"]


def test_the_same_tag_is_paired_before_one_that_only_overlaps():
    """Without that, both would get a partner on other words, and the same words go unseen."""
    found = compare([tag("red carpet"), tag("carpet for")], [tag("out red"), tag("red carpet")])

    assert found.counts["same"] == 1
    assert found.counts["boundary"] == 0


def test_with_code_names_both_are_spoken_of_alike():
    found = compare([tag("rolls out red carpet")], [tag("red carpet"), tag("hot", "booster")],
                    ("amber-heron", "blue-fox"))  # fmt: skip

    assert found.summary[0] == "amber-heron has 1 tag, blue-fox has 2."
    assert found.remarks[0].sentence == (
        "[1] “red carpet”: both tag it Ceremony symbol. The boundary differs by 2 words: "
        "amber-heron’s tag also takes in “rolls out”."
    )
    assert "only blue-fox tags it Booster." in found.remarks[1].sentence


def test_the_summary_counts_tags_pairs_and_common_characters():
    found = compare([tag("red carpet"), tag("hot", "booster")], [tag("red carpet")])

    assert found.sentences[:3] == (
        "You have 2 tags, they have 1.",
        "Same words and label: 1. Same label, other boundary: 0. Same words, other label: 0. "
        "Only you: 1. Only they: 0.",
        "Of the characters with a tag, 87 % have the same label from the other person as well.",
    )
    assert found.f1.exact == Fraction(20, 23)
    assert found.sentences[3:] == tuple(one.sentence for one in found.remarks)


def test_without_any_tags_there_is_no_share_but_a_sentence():
    found = compare([], [])

    assert found.sentences == ("You have 0 tags, they have 0.",)
    assert (found.f1.value, found.f1.reason) == (None, "Neither of the two has tagged anything.")


def test_tags_on_another_text_are_refused():
    other = AnnotationSet("tagger-tour", "ben", ())

    with pytest.raises(FramingkitError, match="'ben' were made on 'tagger-tour'"):
        compare_pair(tags("mara"), other, ARTICLE, CODEBOOK)


spans = st.builds(
    lambda start, size, label: Span(start, start + size, label),
    st.integers(0, 40), st.integers(1, 20), st.sampled_from(LABELS[:2]),
)  # fmt: skip


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_the_two_can_change_places(mine, theirs):
    one = compare(mine, theirs, ("mara", "ben"))
    two = compare(theirs, mine, ("ben", "mara"))

    assert one.f1 == two.f1
    assert sorted(map(str, ((r.first, r.second) for r in one.remarks))) == sorted(
        map(str, ((r.second, r.first) for r in two.remarks))
    )
    assert [one.counts[kind] for kind in ("same", "boundary", "other-label")] == [
        two.counts[kind] for kind in ("same", "boundary", "other-label")
    ]


@given(st.lists(spans, max_size=6), st.lists(spans, max_size=6))
def test_every_tag_is_mentioned_once_and_in_reading_order(mine, theirs):
    found = compare(mine, theirs)

    places = [min(s.start for s in (r.first, r.second) if s) for r in found.remarks]
    assert places == sorted(places)
    assert sorted(map(str, mine)) == sorted(str(r.first) for r in found.remarks if r.first)
    assert sorted(map(str, theirs)) == sorted(str(r.second) for r in found.remarks if r.second)


def test_comparing_and_settling_two_readings_needs_no_numpy():
    """So that it also runs where only the small part of the kit is loaded, in a browser."""
    code = "import framingkit.agreement.pairs, framingkit.settling, framingkit.course"

    found = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint('numpy' in sys.modules)"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert found.stdout.strip() == "False"
