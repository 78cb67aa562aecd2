"""Which practice sentence comes next: the written rule, tried with many learners."""

import random
from collections import Counter

from for_each import for_each

from framingkit import course
from framingkit.feedback.spacing import Try, due_codes, is_plain_turn, next_sentence

SENTENCES = course.load_practice()
KNOWN = {one.id: one for one in SENTENCES}
CODES = [code.id for code in course.load_codebook().devices]
CORE = [code.id for code in course.load_codebook().core]
SEEDS = range(40)


def walk(offered, misses, number, tries=()):
    """Let a learner answer; `misses` says of each sentence and its number whether it is missed."""
    tries = list(tries)
    for at in range(len(tries), len(tries) + number):
        one = next_sentence(SENTENCES, tries, offered)
        tries.append(Try(one.id, (one.code or offered[0]) if misses(one, at) else ""))
    return tries


def codes_in(tries):
    return [KNOWN[one.sentence].code for one in tries]


def learner(seed):
    chance = random.Random(seed)
    offered = chance.sample(CODES, chance.randint(1, len(CODES)))
    share = chance.choice([0, 0.2, 0.5, 0.9, 1])
    return offered, lambda _one, _at: chance.random() < share


@for_each(SEEDS)
def test_the_same_answers_give_the_same_next_sentence_in_any_order_of_the_files(seed):
    offered, misses = learner(seed)
    tries = walk(offered, misses, 30)
    mixed = list(SENTENCES)
    random.Random(seed).shuffle(mixed)

    assert next_sentence(mixed, tries, offered) == next_sentence(SENTENCES, tries, offered)


@for_each(SEEDS)
def test_only_codes_on_offer_come_and_no_sentence_again_before_three_others(seed):
    offered, misses = learner(seed)
    tries = walk(offered, misses, 60)

    assert set(codes_in(tries)) <= {*offered, ""}
    for at, one in enumerate(tries):
        assert one.sentence not in [before.sentence for before in tries[max(0, at - 3) : at]]


@for_each(SEEDS)
def test_one_missed_sentence_brings_its_code_again_after_3_and_after_8_others(seed):
    at = seed
    tries = walk(CODES, lambda _one, now: now == at, at + 1)
    missed = tries[at].missed

    after = codes_in(walk(CODES, lambda _one, _now: False, 9, tries))[at + 1 :]

    assert (after[3], after[8]) == (missed, missed)
    again = {tries[at].sentence}
    assert not again & {one.sentence for one in walk(CODES, lambda *_: False, 9, tries)[at + 1 :]}


@for_each(SEEDS)
def test_what_is_not_missed_comes_once_before_anything_comes_twice(seed):
    offered = random.Random(seed).sample(CODES, 5)
    tries = walk(offered, lambda *_: False, 40)
    coded = [one.sentence for one in tries if KNOWN[one.sentence].code]
    pool = [one for one in SENTENCES if one.code in offered]

    first = coded[: len(pool)]
    assert len(set(first)) == len(first)


def test_whoever_misses_everything_still_meets_every_code():
    tries = walk(CORE, lambda *_: True, 60)

    assert set(codes_in(tries)) >= set(CORE)
    assert max(Counter(codes_in(tries)).values()) <= 60 / 3


def test_whoever_misses_a_code_again_waits_as_long_again():
    (storm, *_), plain = [one.id for one in SENTENCES if one.code == "nature_metaphor"], "bread"
    tries = [Try(storm, "nature_metaphor"), *3 * [Try(plain)]] * 2
    waiting = [due_codes([*tries, Try(storm), *more * [Try(plain)]], KNOWN) for more in range(6)]

    assert due_codes(tries, KNOWN) == ["nature_metaphor"]
    assert waiting == [[], [], [], [], ["nature_metaphor"], ["nature_metaphor"]]


def test_what_comes_again_when_all_are_known_is_what_was_seen_longest_ago():
    all_once = [Try(one.id) for one in SENTENCES if one.code == "booster"]
    for number in range(len(all_once)):
        seen = [*all_once[number:], *all_once[:number]]
        tries = [*seen[:-1], Try(seen[-1].sentence, "booster")]
        tries += [Try(one.id) for one in SENTENCES if not one.code][:3]
        assert next_sentence(SENTENCES, tries, ["booster"]).id == seen[0].sentence


def test_about_one_sentence_in_five_is_plain():
    turns = [is_plain_turn(number) for number in range(100)]

    assert {sum(turns[at : at + 5]) for at in range(0, 100, 5)} == {1}
    assert {turns[at : at + 5].index(True) for at in range(0, 100, 5)} == set(range(5))


def test_answers_given_with_other_codes_count_as_others_and_unknown_ones_not_at_all():
    first = next_sentence(SENTENCES, [], CORE)
    elsewhere = [Try(one.id) for one in SENTENCES if one.code == "booster"][:3]
    gone = [Try("a-sentence-of-another-kit", "hedge")] * 5

    coming = next_sentence(SENTENCES, [Try(first.id, first.code), *elsewhere, *gone], CORE)

    assert coming.code == first.code
    assert coming != first


def test_a_plain_sentence_that_was_tagged_brings_the_code_of_the_tag():
    plain = next(one for one in SENTENCES if not one.code)
    others = [Try(one.id) for one in SENTENCES if not one.code and one != plain][:3]

    assert next_sentence(SENTENCES, [Try(plain.id, "hedge"), *others], CORE).code == "hedge"


def test_all_codes_but_those_on_offer_wait_until_they_are():
    first = next(one for one in SENTENCES if one.code == "booster")
    tries = [Try(first.id, "booster"), *(Try(one.id) for one in SENTENCES[-4:])]

    assert next_sentence(SENTENCES, tries, CORE).code != "booster"
    assert next_sentence(SENTENCES, tries, CODES).code == "booster"
