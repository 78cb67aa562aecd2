"""No right answer can be seen from its form, and no side is named more often than the other.

Guessing by a cue is compared with guessing blindly: at most two standard deviations more.
"""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from for_each import for_each
from item_forms import CUES, chance, choices, cue, faults, guessed, key, left_out, matrix

from framingkit.course.data import list_lessons, load_items
from framingkit.course.items import Item

ROOT = Path(__file__).parents[2]
ITEMS = [item for lesson in list_lessons() for item in load_items(lesson)]
CLOSED = [item for item in ITEMS if item.scored and item.kind in ("choice", "several")]
CHOICES = choices()
SEVERAL = [item for item in CLOSED if item.kind == "several"]
NAMES = [*CUES, "first place", "second place", "last place"]
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))


def most_by_chance(items: list[Item]) -> float:
    expected, deviation = chance(items)
    return expected + 2 * deviation


@for_each(CLOSED)
def test_the_options_of_a_question_share_one_form(item):
    assert faults(item) == []


@pytest.mark.parametrize("name", NAMES)
def test_no_cue_alone_finds_the_right_answer_better_than_chance(name):
    place = NAMES.index(name)
    taken = guessed(CHOICES, lambda item: matrix(item)[:, place])
    avoided = guessed(CHOICES, lambda item: -matrix(item)[:, place])

    assert max(taken, avoided) <= most_by_chance(CHOICES)


def test_all_cues_together_find_the_right_answer_no_better_than_chance():
    # The rule is fitted to the other lessons, so that it cannot learn the answers by heart.
    assert left_out(CHOICES) <= most_by_chance(CHOICES)


def test_colons_reasons_and_absolute_words_followed_by_hand_do_no_better_than_chance():
    colon, because, absolute = (NAMES.index(name) for name in ("colon", "because", "absolute"))

    def by_hand(item: Item) -> object:
        table = matrix(item)
        return 4 * table[:, colon] - 2 * table[:, because] - table[:, absolute]

    assert guessed(CHOICES, by_hand) <= most_by_chance(CHOICES)


def test_a_bank_in_which_a_colon_marks_every_second_answer_is_caught():
    def marked(item: Item) -> Item:
        right = key(item)
        options = [replace(option, text=option.text.replace(":", ",")) for option in item.options]
        options[right] = replace(options[right], text=f"So: {options[right].text}")
        return replace(item, options=tuple(options))

    bank = [marked(item) if number % 2 else item for number, item in enumerate(CHOICES)]

    assert left_out(bank) > most_by_chance(bank)
    place = NAMES.index("colon")
    assert guessed(bank, lambda item: matrix(item)[:, place]) > most_by_chance(bank)
    assert any(faults(item) for item in bank)


def test_no_is_right_in_about_half_of_the_yes_or_no_questions():
    asked = [
        item
        for item in CHOICES
        if all(cue("yes", option) or cue("no", option) for option in item.options)
    ]
    no = sum(bool(cue("no", item.options[key(item)])) for item in asked)

    assert len(asked) >= 10
    assert 0.4 <= no / len(asked) <= 0.6


def test_how_many_answers_fit_cannot_be_known_beforehand():
    right = Counter(sum(option.correct for option in item.options) for item in SEVERAL)
    left = Counter(sum(not option.correct for option in item.options) for item in SEVERAL)

    assert {1, 2, 3} <= set(right)
    assert 0 in left, "in one of them every answer fits"
    assert max(right.values()) <= len(SEVERAL) * 0.6


@pytest.mark.parametrize("place", [0, -1])
def test_neither_the_first_nor_the_last_answer_to_tick_is_mostly_right(place):
    right = sum(item.options[place].correct for item in SEVERAL)

    assert 0.3 <= right / len(SEVERAL) <= 0.7


# -- objectives -----------------------------------------------------------------------------------


def objectives(lesson: str) -> int:
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    (cell,) = [cell for cell in notebook.cells if "objectives" in cell.metadata.tags]
    return len(re.findall(r"^\d+\. ", cell.source, re.MULTILINE))


def asked_at_the_end(lesson: str) -> set[str]:
    """Return the ids asked in the exit ticket; of the capstone, in its core parts as well."""
    notebook = nbformat.read(ROOT / "notebooks" / f"{lesson}.ipynb", as_version=4)
    blocks = {"exit-ticket"} if lesson != "05-capstone" else {"exit-ticket", "activity-b"}
    source = "\n".join(cell.source for cell in notebook.cells if blocks & set(cell.metadata.tags))
    return set(re.findall(r'"([\w-]+)"', source))


@for_each([path.stem for path in LESSONS])
def test_every_objective_is_measured_by_a_question_at_the_end(lesson):
    asked = asked_at_the_end(lesson)
    measured = {
        number for item in load_items(lesson) if item.id in asked for number in item.objectives
    }

    assert measured == {str(number) for number in range(1, objectives(lesson) + 1)}


# -- neutrality -----------------------------------------------------------------------------------

SIDES = {
    "US": r"\b(?:US|U\.S\.|United States|Americans?|Washington|White House|Trump|Obama)\b",
    "Russia": r"\b(?:Russia(?:ns?)?|Moscow|Kremlin|Putin|Medvedev)\b",
}


def sides(item: Item) -> frozenset[str]:
    asked = " ".join([item.prompt, *(option.text for option in item.options)])
    return frozenset(side for side, pattern in SIDES.items() if re.search(pattern, asked))


def test_questions_that_name_one_side_only_name_both_sides_equally_often():
    alone = Counter(next(iter(named)) for named in map(sides, ITEMS) if len(named) == 1)

    assert abs(alone["US"] - alone["Russia"]) <= 2, alone
