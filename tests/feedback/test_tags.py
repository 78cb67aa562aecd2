import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.data import load_article, load_codebook, load_reference
from framingkit.course.documents import MISSING_PICTURE, Document, Section
from framingkit.course.readings import AnnotationSet, Reference, ReferenceSpan
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.tags import compare_with_reference, comparison_page

ARTICLE, CODEBOOK, REFERENCE = load_article(), load_codebook(), load_reference()
CORE = [code.id for code in CODEBOOK.core]
DEVICES = [code.id for code in CODEBOOK.devices]


def tag(quote: str, label: str, nth: int = 0) -> Span:
    start = -1
    for _ in range(nth + 1):
        start = ARTICLE.text.index(quote, start + 1)
    return Span(start, start + len(quote), label, quote)


def compare(section: str, *tags: Span, codes: list[str] = DEVICES):
    mine = AnnotationSet("alaska-summit", "mara", tags)
    return compare_with_reference(mine, REFERENCE, ARTICLE, CODEBOOK, codes, section)


def only(section: str, one: Span, codes: list[str] = DEVICES):
    """Return the remark on a learner's one tag."""
    (remark,) = [
        remark
        for remark in compare(section, one, codes=codes).remarks
        if not remark.kind.startswith("missed")
    ]
    return remark


def test_the_same_words_and_label_match_with_the_reason():
    remark = only("ending", tag("hot", "nature_metaphor"))

    assert remark.kind == "match"
    assert remark.sentence == (
        "[22] “hot” matches the reference reading: Nature metaphor. Temperature for intensity: a "
        "chessboard is not hot. The ice in the same sentence keeps the temperature in view."
    )


def test_one_word_more_or_less_is_still_the_same_stretch():
    assert only("ending", tag("always hot", "nature_metaphor")).kind == "match"
    assert only("headline", tag("carpet", "ceremony_symbol")).kind == "match"


def test_a_debatable_entry_matches_and_gives_its_other_reading():
    remark = only("lead", tag("cold", "nature_metaphor"))

    assert remark.kind == "match-debatable"
    assert "another reading: A literal weather report" in remark.sentence


def test_a_much_longer_tag_matches_and_is_told_which_words_are_more():
    remark = only("lead", tag("Observers say that choosing Alaska", "vague_attribution"))

    assert remark.kind == "boundary"
    assert "Your tag also takes in: “that choosing Alaska”." in remark.sentence


def test_a_quotation_among_the_words_that_are_too_many_gets_single_marks():
    remark = only("lead", tag("but also a geopolitical “chessboard” where", "game_metaphor"))

    assert "takes in: “but also a geopolitical … where”." in remark.sentence
    assert "“but also a geopolitical ‘chessboard’ where” matches" in remark.sentence


def test_beside_the_words_a_remark_says_only_what_is_left_to_say():
    match = only("ending", tag("hot", "nature_metaphor"))
    extra = only("agenda", tag("Maritime trade", "booster"))
    other = only("lead", tag("“chessboard”", "war_metaphor"), ["war_metaphor", "game_metaphor"])
    (missed,) = compare("ending", tag("hot", "hedge"), codes=["war_metaphor", "hedge"]).remarks[:1]

    assert [one.group for one in (match, extra, other, missed)] == [
        "match", "think", "think", "missed",
    ]  # fmt: skip
    assert match.reason.startswith("Temperature for intensity")
    assert extra.reason == (
        "The reference reading has none of these labels here. Why did you choose Booster? "
        f"Its rule: {CODEBOOK.code('booster').short}"
    )
    assert other.reason.startswith("The reference reading has Game metaphor: Its ")
    assert other.reason.endswith(CODEBOOK.code("war_metaphor").short)
    assert "you did not tag it" in missed.sentence
    assert "reference" not in missed.reason


def test_words_left_out_on_both_sides_are_named_as_two_stretches():
    remark = only("headline", tag("détente", "either_or_question"))

    assert "Your tag leaves out: “Signal of … or strategic move?”." in remark.sentence


def test_a_much_shorter_tag_matches_and_is_told_which_words_are_less():
    remark = only("headline", tag("Signal", "either_or_question"))

    assert remark.kind == "boundary"
    assert "Your tag leaves out: “of détente or strategic move?”." in remark.sentence
    assert remark.sentence.endswith("Does the device need these words?")


def test_an_accepted_other_label_counts_as_a_match():
    found = compare("context", tag("military race", "war_metaphor"), codes=CORE)

    assert found.matched == found.tagged == 1
    assert [one.kind for one in found.remarks if one.label == "war_metaphor"] == [
        "other-label-accepted"
    ]
    assert not [one for one in found.remarks if one.start == tag("military race", "x").start][1:]


def test_an_entry_can_be_met_by_its_own_and_by_an_accepted_label_at_once():
    found = compare(
        "context", tag("military race", "war_metaphor"), tag("military race", "game_metaphor")
    )

    assert found.matched == 2


def test_another_label_is_asked_for_its_reason_by_its_own_rule():
    remark = only(
        "lead", tag("“chessboard”", "war_metaphor"), codes=["war_metaphor", "game_metaphor"]
    )

    assert remark.kind == "other-label"
    assert (
        "“chessboard” is tagged War metaphor by you; the reference reading has Game metaphor: Its "
        in remark.sentence
    )
    assert CODEBOOK.code("war_metaphor").decision_rule in remark.sentence


def test_another_label_on_other_words_names_the_words_of_the_reference():
    remark = only(
        "commentary", tag("can be exploited", "war_metaphor"), ["war_metaphor", "loaded_word"]
    )

    assert (
        "the reference reading has Loaded word on “exploited”: A negative verb" in remark.sentence
    )


def test_a_listed_near_miss_says_why_not():
    whole = tag("melting ice", "nature_metaphor")
    part = Span(whole.end - 3, whole.end, "nature_metaphor")
    for one in (whole, part):
        remark = only("context", one)
        assert remark.kind == "near-miss"
        assert "a satellite can measure it" in remark.sentence


def test_a_near_miss_is_only_one_for_the_label_it_is_listed_with():
    assert only("context", tag("melting ice", "loaded_word")).kind == "extra"


def test_a_tag_on_plain_words_is_asked_for_its_reason_by_its_rule():
    remark = only("agenda", tag("Maritime trade", "booster"))

    assert remark.kind == "extra"
    assert CODEBOOK.code("booster").decision_rule in remark.sentence


def test_two_tags_on_one_entry_count_once():
    found = compare("headline", tag("red", "ceremony_symbol"), tag("carpet", "ceremony_symbol"))

    assert found.matched == 1
    assert "another of your tags already matches" in " ".join(found.sentences)


def test_one_long_tag_finds_one_entry_not_two():
    text = ARTICLE.text_of("ending")
    found = compare("ending", tag(text, "ceremony_symbol"))

    assert (found.matched, found.clear_found) == (1, 1)


def test_a_tag_over_two_entries_goes_with_the_closer_one():
    carpet, handshake = "red carpet", "handshake"
    start = tag(carpet, "x", 5).end - 2

    remark = only("ending", Span(start, tag(handshake, "x").end, "ceremony_symbol"))

    assert "A gesture stands for agreement." in remark.sentence


def test_a_long_tag_gives_way_where_a_neighbour_has_only_one_entry():
    entries = tuple(
        ReferenceSpan(Span(a, b, "hedge", id=str(a)), "s", "clear", "Why.", "", ())
        for a, b in ((0, 4), (6, 10))
    )
    document = Document("d", "D", "abcdefghij", "", (Section("s", "S", 0, 10),))
    reference = Reference("d", "reference", entries, (), ())
    mine = AnnotationSet("d", "mara", (Span(0, 7, "hedge"), Span(3, 4, "hedge")))

    found = compare_with_reference(mine, reference, document, CODEBOOK, ["hedge"], "s")

    assert found.matched == found.clear_found == 2


def test_clear_entries_that_were_not_tagged_are_named_with_their_reason():
    found = compare(
        "ending", tag("hot", "nature_metaphor"), codes=["nature_metaphor", "war_metaphor"]
    )

    (missed,) = [one for one in found.remarks if one.kind == "missed"]
    assert missed.sentence.startswith(
        "[20] “fight” is tagged War metaphor in the reference reading; you did not tag it."
    )


def test_a_debatable_entry_that_was_not_tagged_is_mentioned_and_never_counted():
    found = compare("ending", tag("hot", "nature_metaphor"), codes=["nature_metaphor"])

    assert [one.kind for one in found.remarks] == ["missed-debatable", "match"]
    assert "You may well leave it" in found.remarks[0].sentence
    assert (found.clear, found.clear_found) == (1, 1)
    assert found.summary == (
        "Your one tag matches the reference reading.",
        "You found its one clear entry.",
    )


def test_only_the_labels_on_offer_are_compared():
    found = compare(
        "ending", tag("hot", "nature_metaphor"), tag("always", "booster"), codes=["hedge"]
    )

    assert found.tagged == 0
    assert all("Booster" not in sentence for sentence in found.sentences)


def test_nothing_is_given_away_before_the_first_tag():
    found = compare("commentary")

    assert found.remarks == ()
    assert len(found.sentences) == 1
    assert "one tag is enough to begin" in found.sentences[0]
    assert found.clear == 14


def test_no_tag_where_the_reference_has_none_is_no_fault():
    (sentence,) = compare("agenda", codes=["ceremony_symbol"]).sentences

    assert sentence.endswith("the reference reading has none either.")


def test_over_tagging_is_named_with_numbers():
    words = ["Maritime trade", "Reducing", "the risk", "shipping channels"]
    source = tag("A source", "vague_attribution")
    found = compare("agenda", source, *(tag(w, "booster") for w in words))

    assert found.summary == (
        "1 of your 5 tags matches the reference reading.",
        "You found 1 of its 2 clear entries.",
        "4 of your 5 have no counterpart. Tagging everything finds everything but tells nothing: "
        "keep the tags whose rule you can defend.",
    )


def test_the_missing_picture_is_not_compared():
    found = compare("caption", tag("US", "place_actor", 1))

    assert found.sentences == (MISSING_PICTURE,)
    assert (found.tagged, found.clear) == (0, 0)


def test_the_reference_reading_itself_matches_in_every_entry():
    for section in ARTICLE.sections:
        if section.kind == "text":
            tags = [entry.span for entry in REFERENCE.within(section.id)]
            found = compare(section.id, *tags)
            assert found.matched == found.tagged == len(tags)
            assert found.clear_found == found.clear
            assert {one.kind for one in found.remarks} <= {"match", "match-debatable"}


def test_over_the_whole_article_46_clear_entries_count_without_the_missing_picture():
    sections = [section.id for section in ARTICLE.sections]

    # 48 clear entries, of which two lie in the missing picture.
    assert sum(compare(section).clear for section in sections) == 46


@pytest.mark.parametrize(
    ("codes", "section", "problem"),
    [(["irony"], "ending", "'irony'"), (["hedge"], "agendum", "'agendum'")],
)
def test_an_unknown_code_or_section_names_the_choices(codes, section, problem):
    with pytest.raises(FramingkitError, match=f"{problem}.*Choose one of"):
        compare(section, codes=codes)


def test_tags_of_another_document_are_refused():
    mine = AnnotationSet("other", "mara", ())

    with pytest.raises(FramingkitError, match="'mara'.*'other'"):
        compare_with_reference(mine, REFERENCE, ARTICLE, CODEBOOK, CORE, "ending")


def test_the_page_of_a_comparison_shows_every_sentence_as_text():
    found = compare("lead", tag("cold", "nature_metaphor"))

    page = comparison_page(found).html

    assert page.count("<li>") == len(found.remarks)
    assert "“dramatic”" in page


section = ARTICLE.section("ending")
anywhere = st.builds(
    lambda start, length, label: Span(start, min(start + length, section.end), label),
    st.integers(section.start, section.end - 1),
    st.integers(1, 90),
    st.sampled_from(DEVICES),
)


@given(tags=st.lists(anywhere, max_size=25), codes=st.sets(st.sampled_from(DEVICES)))
def test_whatever_is_tagged_every_tag_gets_one_remark_and_the_counts_add_up(tags, codes):
    found = compare("ending", *tags, codes=sorted(codes))

    own = [one for one in found.remarks if not one.kind.startswith("missed")]
    offered = [one for one in tags if one.label in codes]
    entries = [one for one in REFERENCE.within("ending") if one.span.label in codes]
    assert len(own) == found.tagged == len(offered)
    assert found.matched <= found.tagged
    assert found.clear_found <= found.clear == sum(one.status == "clear" for one in entries)
    assert [one.start for one in found.remarks] == sorted(one.start for one in found.remarks)


@given(tags=st.lists(anywhere, max_size=25))
def test_no_sentence_calls_anything_right_or_wrong(tags):
    said = " ".join(compare("ending", *tags).sentences).lower()

    assert not any(word in said.split() for word in ("wrong", "correct", "incorrect", "error"))
