"""Plain words: what stands in the passage, what still counts, what is said, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.data import load_article, load_codebook, load_facts
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.rewriting import (
    Version,
    Wording,
    latest_version,
    read_version,
    remarks_on,
    version_html,
    version_response,
)

ARTICLE, CODEBOOK = load_article(), load_codebook()
ENDING = ARTICLE.section("ending")
FACTS = tuple(fact for fact in load_facts() if fact.section == "ending")


def place(words):
    start = ARTICLE.text.index(words, ENDING.start)
    return start, start + len(words)


def tag(words, label="ceremony_symbol"):
    start, end = place(words)
    return Span(start, end, label, words)


def wording(words, plain, carries=False):
    return Wording(*place(words), plain, carries)


def version(spans=(), wordings=(), kept=()):
    return Version(ARTICLE, "ending", tuple(spans), tuple(wordings), tuple(kept), FACTS)


def test_plain_words_stand_in_the_passage_and_nothing_else_changes():
    mine = version([tag("red carpet")], [wording("red carpet", " official\n welcome ")])

    assert mine.plain_text == ARTICLE.text_of("ending").replace("red carpet", "official welcome")


def test_a_hyphen_leaves_the_words_out():
    mine = version([tag("always")], [wording("always", "-")])

    assert mine.plain_text.endswith("chessboard is  hot.")
    assert "You left out “always”. Does a reader now miss something?" in remarks_on(mine)


def test_blank_plain_words_change_nothing():
    mine = version([tag("red carpet")], [wording("red carpet", " \n")])

    assert mine.plain_text == ARTICLE.text_of("ending")
    assert len(mine.remaining) == 1


def test_two_tags_on_the_same_words_are_one_phrase():
    mine = version([tag("hot", "nature_metaphor"), tag("hot", "booster")])

    assert [phrase.labels for phrase in mine.phrases] == [("booster", "nature_metaphor")]


def test_a_device_is_gone_with_its_words_unless_the_learner_says_that_it_stays():
    spans = [tag("red carpet"), tag("always", "booster")]
    plain = [wording("red carpet", "welcome"), wording("always", "ever", carries=True)]
    mine = version(spans, plain)

    assert mine.counts(CODEBOOK) == [("Booster", 1, 1), ("Ceremony symbol", 1, 0)]


def test_a_device_within_rewritten_words_is_gone_and_one_around_them_stays():
    outer = tag("whether the red carpet will", "either_or_question")
    inner = tag("red carpet")

    assert version([outer, inner], [wording("red carpet", "x")]).remaining == (outer,)
    assert version([outer, inner], [wording("whether the red carpet will", "x")]).remaining == ()


def test_of_two_wordings_on_the_same_words_the_first_stands_and_the_other_is_said():
    plain = [wording("red carpet", "x"), wording("whether the red carpet", "if it")]
    mine = version([tag("red carpet"), tag("whether the red carpet")], plain)

    assert "sure if it will be" in mine.plain_text
    [said] = [one for one in remarks_on(mine) if "saved but not shown" in one]
    assert "“red carpet”" in said


def test_plain_words_without_a_tag_are_a_phrase_but_no_device():
    mine = version([], [wording("always", "often")])

    assert [phrase.quote for phrase in mine.phrases] == ["always"]
    assert "You tagged 0 devices here; 0 of them stay" in remarks_on(mine)[0]


def test_one_device_stays():
    mine = version([tag("red carpet"), tag("always", "booster")], [wording("always", "often")])

    assert "You tagged 2 devices here; 1 of them stays in your plain words." in remarks_on(mine)[0]


def test_without_a_tag_there_is_one_sentence():
    assert len(remarks_on(version())) == 1
    assert "You have not tagged anything in this section yet." in remarks_on(version())[0]


def test_the_length_is_said_and_a_long_version_is_asked_about():
    short = version([tag("always")], [wording("always", "often")])
    long = version([tag("always")], [wording("always", "word " * 40)])

    assert "The text has 50 words here; your version has 50." in remarks_on(short)
    assert any("can you say it in fewer?" in one for one in remarks_on(long))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ((), "You have not ticked any statement yet."),
        (("ending-1",), "1 of 2 statements is not ticked, for example: The text names two results"),
        (("ending-1", "ending-2"), "You ticked every statement as still there."),
    ],
)
def test_facts_are_said(kept, said):
    mine = version([tag("always")], [wording("always", "often")], kept)

    assert any(one.startswith(said) for one in remarks_on(mine))


def test_a_version_survives_being_stored():
    mine = version([tag("always")], [wording("always", "often", carries=True)], ("ending-1",))

    assert read_version(version_response(mine), ARTICLE, "ending", mine.spans, FACTS) == mine


@pytest.mark.parametrize(
    "response",
    [
        {"wordings": "often"},
        {"wordings": [3]},
        {"wordings": [{"start": 0, "end": 2, "quote": "US"}]},
        {"wordings": [{"start": 0, "end": 2, "quote": "US", "plain": "x" * 2001}]},
        {"wordings": [{"start": 0, "end": 2, "quote": "UK", "plain": "x"}]},
        {"wordings": [{"start": 0, "end": 2, "quote": "US", "plain": "x"}]},  # the headline
        {"wordings": [{"start": -1, "end": 2, "quote": "US", "plain": "x"}]},
        {"wordings": [{"start": 0.5, "end": None, "quote": 3, "plain": "x"}]},
        {"facts": "ending-1"},
    ],
)
def test_what_does_not_fit_is_refused_when_written_and_left_out_when_read(response):
    with pytest.raises(FramingkitError):
        read_version(response, ARTICLE, "ending", (), FACTS)
    assert latest_version(response, ARTICLE, "ending", (), FACTS) == version()


def test_the_page_shows_what_is_replaced_and_by_what_and_stays_text():
    mine = version([tag("always")], [wording("always", "<b>often</b>")])
    html = version_html(mine, CODEBOOK)

    assert "<del>always</del> <ins>&lt;b&gt;often&lt;/b&gt;</ins> hot." in html
    assert "<td>1</td><td>0</td>" in html


_PLACES = st.tuples(st.integers(ENDING.start, ENDING.end), st.integers(1, 40)).map(
    lambda pair: (pair[0], min(pair[0] + pair[1], ENDING.end))
)
_WORDINGS = st.builds(
    lambda where, plain: Wording(*where, plain),
    _PLACES.filter(lambda where: where[0] < where[1]),
    st.sampled_from(["", "plain", "-", "two words"]),
)


@given(st.lists(_WORDINGS, max_size=8))
def test_whatever_is_rewritten_the_pieces_are_the_text(wordings):
    mine = version((), wordings)

    assert "".join(words for words, _ in mine.pieces) == ARTICLE.text_of("ending")
    assert remarks_on(mine)
