"""Work that is the same under two names is told, with numbers; what may be chance is not."""

import random

import pytest
from class_samples import ARTICLE, answer, document, put, sheet
from for_each import for_each

from framingkit.hand_ins import collect, sample_hand_ins

LABELS = ["hedge", "loaded_word", "ceremony_symbol", "game_metaphor"]
ESSAYS = {
    f"item-{n}": f"Essay {n}: the chessboard makes rivals of partners, I think." for n in range(3)
}


def work(owner, count, seed=1, notes="", essays=(), changed=0):
    """Make a learner's hand-in: the same tags for the same seed, but for some that are changed."""
    chance = random.Random(seed)
    spans = []
    for number in range(count):
        start = chance.randrange(len(ARTICLE.text) - 20)
        end = start + chance.randint(4, 12) + (number < changed)
        spans.append({
            "id": f"{owner}.{number}", "start": start, "end": end, "label": chance.choice(LABELS),
            "quote": ARTICLE.text[start:end],
        } | ({"note": f"{notes} {number}"} if notes else {}))  # fmt: skip
    answers = [answer(item, at=owner, text=f" {ESSAYS[item]}\n") for item in essays]
    return sheet(owner, count, [document(*spans)], answers)


@pytest.fixture
def alike(tmp_path):
    def run(*sheets):
        for content in sheets:
            put(tmp_path / "inbox", f"{content['coder']}.answers.json", content)
        said = collect(tmp_path / "inbox", tmp_path / "class.gz").sentences
        return [one for one in said if "letter for letter" in one or "such cases" in one]

    return run


def test_nearly_all_tags_and_written_answers_that_are_the_same_are_told(alike):
    said = alike(work("ana", 15, essays=ESSAYS), work("ben", 15, essays=ESSAYS, changed=1),
                 work("cy", 15, seed=2))  # fmt: skip
    assert said == [
        "ana and ben hold 14 of 15 tags and 3 written answers or notes that are the same, letter "
        "for letter."
    ]


def test_the_same_work_of_many_is_one_sentence(alike):
    said = alike(*(work(f"p{number:02}", 15) for number in range(30)))
    assert said == [
        "p00, p01, p02, p03, p04 and 25 more hold the same work: all 15 tags are the same, letter "
        "for letter."
    ]


@for_each({
    "few tags": (work("ana", 9), work("ben", 9)),
    "one answer, perhaps a quotation": (work("ana", 3, 1, "", ["item-1"]),
                                        work("ben", 3, 2, "", ["item-1"])),
    "tags of which many are others": (work("ana", 20), work("ben", 20, changed=3)),
    "short answers": (sheet("ana", 1, [], [answer(f"i{n}", text="A game.") for n in range(9)]),
                      sheet("ben", 1, [], [answer(f"i{n}", text="A game.") for n in range(9)])),
    "a text that all were given": (
        sheet("ana", 1, [], [answer(f"own-text-{n}", text="The summit. " * 9) for n in "12"]),
        sheet("ben", 1, [], [answer(f"own-text-{n}", text="The summit. " * 9) for n in "12"])),
}.items())  # fmt: skip
def test_what_may_be_chance_is_not_told(case, tmp_path):
    name, sheets = case
    for content in sheets:
        put(tmp_path / name, f"{content['coder']}.answers.json", content)
    said = collect(tmp_path / name, tmp_path / "class.gz").sentences
    assert not [one for one in said if "letter for letter" in one]


@for_each([False, True])
def test_nothing_is_said_about_learners_who_worked_by_themselves(after, tmp_path):
    said = collect(sample_hand_ins(after), tmp_path / "class.gz").sentences
    assert not [one for one in said if "letter for letter" in one]


def test_the_sentences_are_bounded(alike):
    pairs = [work(f"{who}{seed:02}", 15, seed, changed=who == "b")
             for seed in range(25) for who in "ab"]  # fmt: skip
    said = alike(*pairs)
    assert len(said) == 21
    assert said[-1] == "There are more such cases."
