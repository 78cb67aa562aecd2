import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.course.items import parse_items
from framingkit.errors import FramingkitError
from framingkit.feedback.answers import STATES, check_response, reply_to

HEAD = 'id = "q"\nlesson = "03"\nprompt = "Which?"\nminutes = 2\nlevel = "understand"\n'


def option(name: str, correct: bool = False) -> str:
    return (
        f'[[item.options]]\nid = "{name}"\ntext = "Text {name}"\n'
        f'correct = {str(correct).lower()}\nfeedback = "About {name}."\n'
    )


def one(kind: str, fields: str = "", options: str = ""):
    return parse_items(f'[[item]]\nkind = "{kind}"\n{HEAD}{fields}\n{options}')[0]


DEVICE = option("a", True) + 'signal = "device"\n'
RUBRIC = 'rubric = ["None.", "One.", "Two.", "Three."]\nmin_words = 3\nworked = "W."\n'
CHOICE = one("choice", 'after = "See sentence 4."', option("a") + option("b", True))
PLAIN_CHOICE = one("choice", "", option("a") + option("b", True))
SEVERAL = one("several", "", option("a") + option("b", True) + option("c", True))
ORDER = one("order", "", option("a") + option("b") + option("c"))
SURE = one("confidence")
WRITTEN = one("written", RUBRIC)
GUESS = one("choice", "scored = false", option("a") + option("b"))
ALL = (CHOICE, SEVERAL, ORDER, SURE, WRITTEN, GUESS)


def test_a_question_keeps_what_was_written():
    assert (WRITTEN.rubric[3], WRITTEN.min_words, WRITTEN.worked) == ("Three.", 3, "W.")
    assert SEVERAL.option("c").correct
    assert (CHOICE.scored, GUESS.scored) == (True, False)


@pytest.mark.parametrize(
    ("kind", "fields", "options", "problem"),
    [
        ("riddle", "", "", "'choice', 'several'"),
        ("choice", "", option("a", True), "fewer than two"),
        ("choice", "", option("a") + option("b"), "0 options are correct"),
        ("choice", "", option("a", True) + option("b", True), "2 options are correct"),
        ("several", "", option("a") + option("b"), "no option is correct"),
        ("choice", "", option("a", True) + option("a"), "used twice"),
        ("choice", "", option("a", True) + option("b").replace("About b.", ""), "no feedback"),
        ("choice", "", option("a", True) + option("b") + "misconception = 17", "1 to 16"),
        ("several", "", DEVICE + option("b"), "option 'b' has the signal ''.*each needs one of"),
        ("several", "", DEVICE + option("b") + 'signal = "noise"', "'noise'.*'near_miss', 'plain'"),
        (
            "several",
            "",
            DEVICE + option("b") + 'signal = "device"',
            "'device', but correct = false",
        ),
        ("several", "", option("a", True) + 'signal = "plain"', "fewer than two"),
        ("several", "", DEVICE + option("b", True) + 'signal = "plain"', "but correct = true"),
        ("choice", "", DEVICE + option("b") + 'signal = "plain"', "Only a scored question of the"),
        ("confidence", "", option("a") + option("b"), "Take them out"),
        ("written", 'rubric = ["One."]', "", "1 levels"),
        ("written", RUBRIC + "scored = 1", "", "true or false"),
        ("confidence", "min_words = -1", "", "below 0"),
        ("confidence", 'hint = "x"', "", "unknown field 'hint'"),
    ],
)
def test_a_question_that_is_not_fair_is_refused_by_name(kind, fields, options, problem):
    with pytest.raises(FramingkitError, match=problem) as caught:
        one(kind, fields, options)

    assert "'q'" in str(caught.value)


def test_two_questions_with_one_id_are_refused():
    text = f'[[item]]\nkind = "confidence"\n{HEAD}'

    with pytest.raises(FramingkitError, match="'q' is used twice"):
        parse_items(text + text)


@pytest.mark.parametrize(
    ("item", "response", "problem"),
    [
        (CHOICE, {"choice": "z"}, "no option 'z'.*'a', 'b'"),
        (CHOICE, {"choice": ["a"]}, "must be a text"),
        (CHOICE, {"choices": ["a"]}, "{'choice': ...}"),
        (CHOICE, [], "{'choice': ...}"),
        (SEVERAL, {"choices": "ab"}, "list of option ids"),
        (SEVERAL, {"choices": ["a", "a"]}, "each option once"),
        (ORDER, {"order": [1, 2]}, "list of option ids"),
        (SURE, {"confidence": 101}, "0 to 100"),
        (SURE, {"confidence": True}, "0 to 100"),
        (CHOICE, {"choice": "a", "confidence": "70"}, "0 to 100"),
        (WRITTEN, {"text": 7}, "must be a text"),
    ],
)
def test_a_response_of_the_wrong_shape_is_refused(item, response, problem):
    with pytest.raises(FramingkitError, match=problem):
        check_response(item, response)


def test_a_choice_is_answered_with_its_own_reason():
    assert reply_to(CHOICE, {"choice": "b", "confidence": 80}).sentences == [
        "Yes: About b.",
        "See sentence 4.",
    ]


def test_after_a_choice_that_does_not_fit_the_learner_is_told_to_look_again():
    assert reply_to(CHOICE, {"choice": "a"}).sentences[:2] == [
        "Not yet: About a.",
        "Another answer fits better: look again.",
    ]


@pytest.mark.parametrize(
    ("chosen", "last"),
    [
        (["b"], "Partly right: 1 more fits, so look again."),
        (["a"], "Not yet: 2 more fit, so look again."),
        (["c", "b"], "Yes: you found every answer that fits."),
        (
            ["a", "b", "c"],
            "Partly right: every answer that fits is among yours, but not all of yours fit.",
        ),
    ],
)
def test_several_says_how_many_are_still_to_be_found_and_not_which(chosen, last):
    said = reply_to(SEVERAL, {"choices": chosen}).sentences

    words = {True: "Yes", False: "Does not fit"}
    fits = {option.id: words[option.correct] for option in SEVERAL.options}
    assert said == [*(f"{fits[name]}: About {name}." for name in chosen), last]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (["a", "b", "c"], ["Yes: this is the order."]),
        (["b", "a", "c"], ["Partly right: “Text a” comes before “Text b”."]),
        (["a", "c"], ["Not yet: 1 entry is still to be placed."]),
        (
            ["c", "a"],
            ["Not yet: “Text a” comes before “Text c”.", "1 entry is still to be placed."],
        ),
    ],
)
def test_an_order_names_the_pairs_that_are_the_other_way_round(order, said):
    assert reply_to(ORDER, {"order": order}).sentences == said


def test_a_written_answer_gets_its_word_count_and_the_rubric_to_check_it_by():
    reply = reply_to(WRITTEN, {"text": "A chess word"})

    assert reply.sentences[0] == "You wrote 3 words."
    assert reply.levels == ("Level 0: None.", "Level 1: One.", "Level 2: Two.", "Level 3: Three.")


def test_a_short_written_answer_is_asked_for_more():
    assert "Write at least 3" in reply_to(WRITTEN, {"text": "Chess"}).sentences[1]


@pytest.mark.parametrize(
    ("item", "response"), [(GUESS, {"choice": "a"}), (SURE, {"confidence": 0})]
)
def test_where_nothing_is_right_the_answer_is_only_kept(item, response):
    assert reply_to(item, response).sentences == [
        "Your answer is kept; there is no right answer here."
    ]


@pytest.mark.parametrize(
    ("item", "response"),
    [(item, {}) for item in ALL]
    + [
        (CHOICE, {"choice": ""}),
        (GUESS, {"choice": None}),
        (SEVERAL, {"choices": []}),
        (ORDER, {"order": ()}),
        (WRITTEN, {"text": " \n"}),
        (CHOICE, {"confidence": 40}),
    ],
)
def test_a_blank_answer_gets_one_sentence(item, response):
    said = reply_to(item, response).sentences

    assert len(said) == 1
    assert "yet" in said[0]


some = st.lists(st.sampled_from("abc"), min_size=1, unique=True)


@given(chosen=some)
def test_the_mark_and_the_words_never_disagree(chosen):
    for item, response in (
        (ORDER, {"order": chosen}),
        (SEVERAL, {"choices": chosen}),
        (PLAIN_CHOICE, {"choice": "ab"[len(chosen) % 2]}),
    ):
        reply = reply_to(item, response)
        assert (reply.mark == "right") == reply.sentences[-1].startswith("Yes")
        assert STATES[reply.state] in ("Right", "Partly right", "Not yet")
        assert bool(reply.others) <= (reply.mark == "right")


json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "b", "z", ""]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
keys = st.sampled_from(["choice", "choices", "order", "confidence", "text", "x"])


@given(item=st.sampled_from(ALL), response=st.dictionaries(keys, json_like) | json_like)
def test_any_response_gets_sentences_or_a_sentence_why_not(item, response):
    try:
        said = reply_to(item, response).sentences
    except FramingkitError as error:
        said = [str(error)]

    assert said
    assert all(isinstance(sentence, str) and sentence for sentence in said)
