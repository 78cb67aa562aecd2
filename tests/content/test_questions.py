"""The questions teach: enough of them, a reason for every answer, and only the thought helps."""

import ast
import re
from collections import Counter
from pathlib import Path

import nbformat
from for_each import for_each

from framingkit.course import AnnotationSet
from framingkit.course.data import (
    list_lessons,
    load_article,
    load_codebook,
    load_items,
    load_reference,
)
from framingkit.course.items import MISCONCEPTIONS, Item
from framingkit.feedback.answers import check_response, reply_to, word_first
from framingkit.feedback.tags import compare_with_reference

ROOT = Path(__file__).parents[2]
NOTEBOOKS = {path.stem: path for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))}
BANK = {lesson: load_items(lesson) for lesson in list_lessons()}
ITEMS = [item for items in BANK.values() for item in items]
TESTS = ("pre-test", "post-test")
OWN = [lesson for lesson in BANK if lesson.startswith(("exercises-", *TESTS))]
CLOSED = [item for item in ITEMS if item.scored and item.kind in ("choice", "several")]
WRITTEN = [item for item in ITEMS if item.kind == "written"]


def right(item: Item) -> tuple[str, ...]:
    return tuple(option.id for option in item.options if option.correct)


def words(text: str) -> int:
    return len(text.split())


# -- all of them --------------------------------------------------------------------------------


def test_the_bank_has_at_least_80_questions():
    assert len(ITEMS) >= 80


def test_the_workbooks_and_the_two_tests_hold_at_least_45_of_them():
    assert sum(len(BANK[lesson]) for lesson in OWN) >= 45


def test_no_two_questions_of_the_course_share_an_id():
    counts = Counter(item.id for item in ITEMS)

    assert [id for id, times in counts.items() if times > 1] == []


@for_each(ITEMS)
def test_a_question_names_the_lesson_whose_file_it_is_in(item):
    assert item in load_items(item.lesson)


@for_each(NOTEBOOKS)
def test_a_lesson_asks_each_of_its_questions_once(path):
    assert sorted(asked_in(path)) == sorted(item.id for item in load_items(path.stem))


def asked_in(path: Path) -> list[str]:
    """Return the ids of the questions that a lesson asks, in order."""
    source = "\n".join(
        cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"
    )
    return [
        str(argument.value)
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "ask"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]


@for_each(list(MISCONCEPTIONS))
def test_every_misconception_is_expressed_by_options_of_two_closed_questions(number):
    assert len([item.id for item in CLOSED if number in item.misconceptions]) >= 2


@for_each(ITEMS)
def test_words_quoted_with_a_sentence_number_stand_in_that_sentence(item):
    article = load_article()
    by_number = {one.number: article.text[one.start : one.end] for one in article.sentences()}
    texts = [item.prompt, item.after, item.worked, item.dissent]
    texts += [text for option in item.options for text in (option.text, option.feedback)]

    for number, quote in quoted_sentences(" ".join(texts)):
        for part in re.split(r"\s*(?:…|\[…\])\s*", quote):
            plain = part.strip(" .,").replace("‘", "“").replace("’", "”")
            assert loosely(plain) in loosely(by_number[number]), f"{number}: {part}"


def quoted_sentences(text: str) -> list[tuple[int, str]]:
    """Find the places written as: Sentence 7 speaks of “…” (only what quotes the real article)."""
    places = re.findall(
        r"[Ss]entence (\d+)(?:: | (?:speaks of|says that)[^“.]{0,40})“([^”]+)”", text
    )
    return [(int(number), quote) for number, quote in places if "Calvora" not in quote]


def loosely(text: str) -> str:
    return re.sub(r"[“”‘’\"']", "", text)


# -- with options -------------------------------------------------------------------------------


@for_each(CLOSED)
def test_a_question_has_answers_that_fit_and_most_have_some_that_do_not(item):
    assert right(item)
    assert item.kind == "several" or len(right(item)) == 1
    assert len({option.text for option in item.options}) == len(item.options)


@for_each(CLOSED)
def test_every_option_has_its_own_feedback_with_a_reason(item):
    feedback = [option.feedback for option in item.options]

    assert len(set(feedback)) == len(feedback)
    assert min(map(words, feedback)) >= 8
    assert not any(re.match(r"(wrong|incorrect|no[.!,])", text, re.I) for text in feedback)


@for_each(CLOSED)
def test_every_key_can_be_reached_and_every_other_option_gets_its_own_reason(item):
    key = {"choice": right(item)[0]} if item.kind == "choice" else {"choices": list(right(item))}
    check_response(item, key)
    reasons = {option.id: option.feedback for option in item.options}

    assert set(replied(item, key)) >= {reasons[id] for id in right(item)}
    for id, reason in reasons.items():
        alone = {"choice": id} if item.kind == "choice" else {"choices": [id]}
        assert replied(item, alone)[0] == reason


def replied(item, response):
    """Give what is said of a response, without the words before it that say how it is."""
    return [word_first(sentence)[1] for sentence in reply_to(item, response).sentences]


@for_each([*NOTEBOOKS, *OWN])
def test_neither_place_nor_length_gives_the_right_answer_away(lesson):
    choices = [item for item in BANK[lesson] if item.scored and item.kind == "choice"]
    places = Counter(right(item)[0] for item in choices)
    longest = [max(item.options, key=lambda option: len(option.text)) for item in choices]
    shortest = [min(item.options, key=lambda option: len(option.text)) for item in choices]

    if lesson in OWN or len(choices) >= 3:
        assert max(places.values()) <= len(choices) / 2
        assert sum(option.correct for option in longest) <= len(choices) / 2
    assert lesson in NOTEBOOKS or sum(one.correct for one in shortest) <= len(choices) * 2 / 3


@for_each({miss.span.quote: miss for miss in load_reference().near_misses})
def test_who_tags_a_near_miss_of_the_article_is_told_its_reason(miss):
    mine = AnnotationSet(load_article().id, "learner", (miss.span,))
    codes = [miss.span.label]
    found = compare_with_reference(
        mine, load_reference(), load_article(), load_codebook(), codes, miss.section
    )

    assert any(miss.why in sentence for sentence in found.sentences)


@for_each(CLOSED)
def test_no_question_asks_about_words_that_the_rule_box_of_its_code_prints(item):
    """The box shows the example and the near miss of a code, each with its reason."""
    asked = loosely(item.prompt).lower()

    for code in load_codebook().devices:
        if re.search(rf"\bis .+ an? {code.name.lower()}", asked):
            assert loosely(code.example).lower() not in asked, code.name
            assert loosely(code.near_miss).lower() not in asked, code.name


def test_questions_whether_it_is_x_have_both_answers():
    first = [
        next(option.text for option in item.options if option.correct)
        for item in ITEMS
        if item.id.startswith("ex-is-it-")
    ]

    assert any(text.startswith("Yes") for text in first)
    assert any(text.startswith("No") for text in first)


# -- answered in writing ------------------------------------------------------------------------


@for_each(WRITTEN)
def test_a_written_question_has_a_worked_answer_and_a_fair_dissent(item):
    assert len(set(item.rubric)) == 4
    assert words(item.worked) >= item.min_words
    assert words(item.dissent) >= 15


def test_no_level_of_a_rubric_is_that_of_another_question():
    """Else it says nothing of its task, and cannot stand alone beside a mark."""
    counts = Counter(line for item in WRITTEN for line in item.rubric)

    assert [line for line, times in counts.items() if times > 1] == []


@for_each(WRITTEN)
def test_a_question_about_gains_names_both_sides(item):
    if re.search(r"\bwho (may )?gains?\b", item.prompt, re.IGNORECASE):
        assert re.search(r"\bboth\b|each side", item.prompt)


# -- the test before and the test after ---------------------------------------------------------


def twin(item: Item) -> Item:
    """Return the question of the post-test that goes with one of the pre-test."""
    (other,) = (one for one in BANK["post-test"] if one.id[5:] == item.id[4:])
    return other


@for_each(TESTS)
def test_a_test_has_twelve_questions_and_says_in_each_that_it_is_unvalidated(which):
    assert len(BANK[which]) == 12
    for number, item in enumerate(BANK[which], start=1):
        shown = f"{which.capitalize()} {number} of 12 (unvalidated). "
        assert item.prompt.startswith(shown)


@for_each(BANK["pre-test"])
def test_a_question_of_the_pre_test_has_a_parallel_one_in_the_post_test(item):
    other = twin(item)

    for part in ("kind", "level", "misconceptions", "minutes", "scored", "confidence"):
        assert getattr(item, part) == getattr(other, part), part
    assert len(item.options) == len(other.options)
    assert len(right(item)) == len(right(other))


@for_each(BANK["pre-test"])
def test_the_parallel_question_has_other_answers(item):
    other = twin(item)

    assert not {one.text for one in item.options} & {one.text for one in other.options}
    assert not {one.feedback for one in item.options} & {one.feedback for one in other.options}


def test_the_parallel_questions_stand_in_the_same_order():
    assert [twin(item).id for item in BANK["pre-test"]] == [one.id for one in BANK["post-test"]]


def test_each_test_has_two_questions_on_frames_with_the_rule_that_they_need():
    frame = load_codebook().code("cooperation")
    asked = " ".join(f"({number}) {one}" for number, one in enumerate(frame.indicators, start=1))
    rule = "the primary frame is the present frame that most sentences support"

    for which in TESTS:
        prompts = {item.id.partition("-")[2]: item.prompt for item in BANK[which]}
        assert asked in prompts["frame-present"]
        assert rule in prompts["primary-frame"]
        for name in re.findall(r"“([A-Z][a-z]+ and [a-z]+)”", prompts["primary-frame"]):
            assert name in {one.name for one in load_codebook().frames}


@for_each([item for which in TESTS for item in BANK[which]])
def test_no_question_of_the_two_tests_comes_back_in_a_lesson_or_workbook(item):
    others = [one for one in ITEMS if one.lesson not in TESTS]
    options = {loosely(option.text).lower() for one in others for option in one.options}
    runs = {run for one in others for run in runs_of_words(one.prompt)}

    assert not options & {loosely(option.text).lower() for option in item.options}
    assert not runs & set(runs_of_words(item.prompt.partition("(unvalidated). ")[2]))


def runs_of_words(text: str, length: int = 8) -> list[str]:
    """Return every run of some words in a text, in small letters."""
    found = re.findall(r"[\w’]+", text.lower())
    return [" ".join(found[place : place + length]) for place in range(len(found) - length + 1)]


def test_the_questions_of_frames_in_workbook_00_are_those_of_the_codebook():
    path = ROOT / "exercises" / "solutions" / "00-start-here.ipynb"
    (cell,) = [one for one in nbformat.read(path, as_version=4).cells if one.id == "exercise-0-5"]
    printed = re.findall(r"^- \*\*(.+?):\*\* (.+)$", cell.source, re.MULTILINE)
    questions = {frame.name: " ".join(frame.indicators) for frame in load_codebook().frames}

    assert len(printed) == 6
    assert all(questions[name] == text for name, text in printed)


@for_each(ITEMS)
def test_no_reason_says_yes_or_no_itself_because_the_tool_says_it(item):
    for option in item.options:
        assert not re.match(r"(Yes|No|Not yet)\b[.,:]", option.feedback), option.id
