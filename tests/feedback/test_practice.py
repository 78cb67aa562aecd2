"""Replies to practice sentences: what counts as found, what as a false alarm, and the words."""

import pytest
from for_each import for_each

from framingkit import course
from framingkit.course import DEVICE, NEAR_MISS, PLAIN, PracticeSentence, Span
from framingkit.errors import FramingkitError
from framingkit.feedback import (
    NOTHING_HERE,
    PracticeAnswer,
    PracticeCount,
    practice_html,
    practice_reply,
    practice_tag,
    practised,
)

CODEBOOK, SENTENCES = course.load_codebook(), course.load_practice()
STORM = PracticeSentence(
    "storm", DEVICE, "A storm of letters came in May.", "No wind gauge shows it.",
    "nature_metaphor", "storm", "storm", "Some readers no longer see it.",
)  # fmt: skip
GALE = PracticeSentence(
    "gale", NEAR_MISS, "A storm closed the port in May.", "A wind gauge shows it.",
    "nature_metaphor", "storm", "storm",
)  # fmt: skip
BREAD = PracticeSentence("bread", PLAIN, "Bread costs two crowns in May.", "A price.")


def tagged(sentence, words, code):
    start = sentence.text.index(words)
    return PracticeAnswer(sentence, Span(start, start + len(words), code, words))


def said(answer):
    reply = practice_reply(answer, CODEBOOK)
    return reply.state, " ".join(reply.sentences)


CASES = {
    "found": (
        tagged(STORM, "storm", "nature_metaphor"), "right", "“storm” is tagged Nature metaphor. No"
    ),
    "found with more words": (
        tagged(STORM, "storm of letters", "nature_metaphor"), "right",
        "Nature metaphor; the reference reading has it on “storm”.",
    ),
    "another code": (tagged(STORM, "storm", "hedge"), "partly", "The rule of Hedge:"),
    "other words": (
        tagged(STORM, "May", "hedge"), "wrong", "The reference reading has nothing on “May”."
    ),
    "missed": (PracticeAnswer(STORM, None), "wrong", "in the reference reading. No wind gauge"),
    "left alone": (PracticeAnswer(GALE, None), "right", "but does not meet its rule. A wind"),
    "taken for it": (tagged(GALE, "storm", "nature_metaphor"), "wrong", "“storm” looks like"),
    "elsewhere": (tagged(GALE, "May", "hedge"), "wrong", "has nothing on “May”. “storm” looks"),
    "plain": (PracticeAnswer(BREAD, None), "right", "has nothing here either. A price."),
    "suspected": (tagged(BREAD, "crowns", "loaded_word"), "wrong", "nothing on “crowns”. A price."),
}  # fmt: skip


@for_each(CASES)
def test_a_reply_says_what_the_reference_reading_has_and_why(case):
    answer, state, words = case

    assert said(answer)[0] == state
    assert words in said(answer)[1]
    assert ("Another view: Some" in said(answer)[1]) == (answer.sentence is STORM)


def test_a_hit_needs_the_words_and_the_code_and_an_alarm_any_tag():
    hits = [name for name, (answer, *_) in CASES.items() if answer.is_hit]
    alarms = [name for name, (answer, *_) in CASES.items() if answer.is_alarm]

    assert hits == ["found", "found with more words"]
    assert alarms == ["taken for it", "elsewhere", "suspected"]
    count = PracticeCount.of([answer for answer, *_ in CASES.values()])
    assert count == PracticeCount(devices=5, hits=2, others=5, alarms=3)


def test_what_is_missed_comes_again_under_its_own_code_and_plain_words_under_that_of_the_tag():
    missed = {name: answer.as_try.missed for name, (answer, *_) in CASES.items()}

    assert {name for name, code in missed.items() if not code} == {
        "found", "found with more words", "left alone", "plain",
    }  # fmt: skip
    assert missed.pop("suspected") == "loaded_word"
    assert {code for code in missed.values() if code} == {"nature_metaphor"}


WRONG = (
    {}, {"nothing": False}, {"nothing": True, "label": "hedge"}, {"text": "storm"},
    {"start": 2, "end": 7, "label": "nature_metaphor"},
    {"start": 2, "end": 7, "label": "nature_metaphor", "quote": "gale!"},
    {"start": 2, "end": 7, "label": "strategic_game", "quote": "storm"},
    {"start": "2", "end": 7, "label": "hedge", "quote": "storm"},
    {"start": 2, "end": 7, "label": "hedge", "quote": ["storm"]},
    {"start": 1, "end": 2, "label": "hedge", "quote": " "},
)  # fmt: skip


@for_each(WRONG)
def test_a_response_of_another_shape_gets_a_sentence(response):
    with pytest.raises(FramingkitError):
        practice_tag(STORM, response, CODEBOOK)


def test_a_response_of_the_right_shape_is_read():
    response = {"start": 2, "end": 7, "label": "hedge", "quote": "storm"}

    assert practice_tag(STORM, response, CODEBOOK) == Span(2, 7, "hedge", "storm")
    assert practice_tag(STORM, NOTHING_HERE, CODEBOOK) is None


def test_only_practice_items_are_practice_items():
    names = ("practice.a-b.1", "practice.a-b.0", "practice.a.b.1", "practice.A.1", "practice.a", "")

    assert [practised(name) for name in names] == [("a-b", 1), None, None, None, None, None]


def test_the_advice_fits_the_count():
    both = {
        PracticeCount(4, 4, 6, 0): "sharp reading",
        PracticeCount(4, 3, 6, 3): "plain words are plain",
        PracticeCount(4, 1, 6, 1): "Read once more",
        PracticeCount(4, 3, 6, 1): "comes again soon",
    }

    assert all(words in count.sentences[1] for count, words in both.items())
    assert PracticeCount(4, 4, 0, 0).sentences == []


@for_each(SENTENCES)
def test_the_reading_itself_matches_and_marks_its_words(sentence):
    reading = PracticeAnswer(sentence, sentence.span if sentence.is_device else None)

    assert practice_reply(reading, CODEBOOK).state == "right"
    assert sentence.feedback in practice_reply(reading, CODEBOOK).sentences


def test_a_page_without_a_kernel_has_ten_sentences_with_their_replies_folded():
    html = practice_html(SENTENCES, [], ["hedge", "booster"], CODEBOOK)

    assert html.count("<details>") == 10 == html.count("<summary>")
    assert "<mark" in html
    assert "Devices found" not in html
    known = [PracticeAnswer(one, None) for one in SENTENCES[:12]]
    assert "Devices found" in practice_html(SENTENCES, known, ["hedge"], CODEBOOK)
