"""A question as a page: complete, inert, the same on every run, and silent about the key."""

import pytest
from for_each import for_each

from framingkit.course.data import list_lessons, load_items
from framingkit.course.items import Item, Option
from framingkit.errors import FramingkitError
from framingkit.feedback.answers import item_html, options_shown, reply_to

ALL = [item for lesson in list_lessons() for item in load_items(lesson)]
BY_ID = {item.id: item for item in ALL}
CHESS = BY_ID["what-chess-hides"]
WRITTEN = BY_ID["swap-the-picture"]
STEPS = Item(
    "steps", "03-commentary", "order", "In which order?", 1, "understand",
    tuple(Option(id, f"Step {id}") for id in "abcd"),
)  # fmt: skip


@for_each(ALL)
def test_an_unanswered_page_has_the_prompt_and_no_reason(item):
    page = item_html(item)

    assert "Not answered yet." in page
    assert "<strong>" in page
    assert not any(option.feedback in page for option in item.options if option.feedback)
    assert item.worked == "" or item.worked not in page


def test_a_reason_that_says_yes_by_itself_does_not_say_it_twice():
    options = (Option("a", "One", True, "Yes, and no."), Option("b", "Two", False, "Why not."))
    item = Item("x", "l", "choice", "Which?", 1, "apply", options)

    assert reply_to(item, {"choice": "a"}).sentences == ["Yes, and no."]
    assert reply_to(item, {"choice": "a"}).others == (("Two", "Why not."),)
    assert reply_to(item, {"choice": "b"}).others == ()


@pytest.mark.parametrize(
    ("chosen", "state"),
    [(["a", "b", "d"], "Right."), (["a", "b"], "Partly right."), (["c"], "Not yet.")],
)
def test_a_page_says_in_words_how_an_answer_stands(chosen, state):
    assert f"<strong>{state}</strong>" in item_html(CHESS, {"choices": chosen})
    assert "Kept." in item_html(WRITTEN, {"text": "A bridge."})


def test_an_answered_page_has_the_answer_and_its_reasons_and_no_others():
    page = item_html(CHESS, {"choices": ["c"]})

    assert CHESS.option("c").feedback in page
    assert "Your answer: </strong>Two rivals" in page
    assert CHESS.option("e").feedback not in page


def test_markup_in_a_question_and_in_an_answer_stays_text():
    item = Item(
        "x", "l", "written", "<script>1</script>", 1, "apply", scored=False, rubric=(), worked=""
    )

    page = item_html(item, {"text": "<img src=x onerror=alert(1)>"})

    assert "<script>1" not in page
    assert "<img" not in page


def test_every_reason_stands_with_its_option():
    remarks = reply_to(CHESS, {"choices": ["c", "a"]}).remarks

    told = f"Does not fit: {CHESS.option('c').feedback}"
    assert remarks[0] == (CHESS.option("c").text, told)
    assert remarks[1] == (CHESS.option("a").text, f"Yes: {CHESS.option('a').feedback}")
    assert [about for about, _ in remarks[2:]] == [""]


@for_each(ALL)
def test_a_blank_answer_gets_one_sentence_and_counts_as_none(item):
    assert len(reply_to(item, {}).remarks) == 1
    assert reply_to(item, {}).answer == reply_to(item, None).answer == ()


def test_the_worked_answer_comes_only_after_a_text_of_the_asked_length():
    short = reply_to(WRITTEN, {"text": "too short"})
    long = reply_to(WRITTEN, {"text": "word " * WRITTEN.min_words})

    assert [title for title, _ in short.parts] == ["Check your answer yourself"]
    assert [title for title, _ in long.parts][1:] == ["One possible answer", "Another view"]
    assert not any("Level" in sentence for sentence in long.sentences)


def test_neither_the_letters_nor_the_places_of_things_to_order_tell_the_order():
    ordered = [item for item in ALL if item.kind == "order"]
    assert len(ordered) > 2
    for item in ordered:
        shown = [option.id for option in options_shown(item)]
        assert shown == list("abcdefgh"[: len(shown)])
        assert shown != [option.id for option in item.options] != shown[::-1], item.id


def test_options_to_choose_from_stay_in_their_order():
    assert options_shown(CHESS) == CHESS.options


@pytest.mark.parametrize(
    ("item", "response", "words"),
    [
        (STEPS, {"order": ["b", "a"]}, "Step b; Step a"),
        (BY_ID["headline-prediction"], {"choice": "d", "confidence": 0}, "(sure: 0 of 100)"),
        (WRITTEN, {"text": "A bridge."}, "A bridge."),
    ],
)
def test_an_answer_is_put_into_words(item, response, words):
    assert words in item_html(item, response)


def test_a_response_of_the_wrong_shape_is_refused():
    with pytest.raises(FramingkitError, match="no option 'z'"):
        item_html(CHESS, {"choices": ["z"]})
