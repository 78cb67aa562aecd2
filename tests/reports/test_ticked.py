"""Hits and false alarms from ticked sentences: counted by hand, at two times, and drawn."""

import math
import random
import re
import tomllib
from collections import Counter
from pathlib import Path
from statistics import mean, stdev

import pytest
from class_samples import answer, sheet
from report_samples import TESTS, collected, reported

from framingkit import course
from framingkit.reports.drawings import slopes
from framingkit.reports.sharper import Seen
from framingkit.reports.ticked import TickTally

NAMES = ("hits", "false_alarms", "d_prime", "criterion")
ITEMS = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]
BANK = [
    row | {"lesson": path.stem}
    for path in sorted((course.kit_folder() / "data/items").glob("*.toml"))
    for row in tomllib.loads(Path(path).read_text(encoding="utf-8"))["item"]
    if any("signal" in option for option in row.get("options", ()))
]
"""The questions with signals, as they stand in the files."""


def of(*lessons):
    return [row for row in BANK if row["lesson"] in lessons]


IN_WORKBOOKS = [row for row in BANK if row not in of("pre-test", "post-test")]


def ticked(rows, number, eager=0.2, sharp=0.5):
    """Draw what somebody ticks: devices more often than other sentences."""
    chance = random.Random(f"{number}/{eager}/{sharp}")
    found = {}
    for row in rows:
        likely = {"device": eager + sharp, "near_miss": eager, "plain": eager / 2}
        ticks = [o["id"] for o in row["options"] if chance.random() < likely[o["signal"]]]
        found[row["id"]] = ticks or [row["options"][0]["id"]]
    return found


def hand_in(number, *answers):
    given = {id: ticks for part in answers for id, ticks in part.items()}
    responses = [answer(id, choices=ticks) for id, ticks in given.items()]
    return sheet(f"amber-{number:02}", responses=responses)


def by_hand(answers):
    """Count option by option."""
    counts = Counter()
    for row in BANK:
        for option in row["options"] if row["id"] in answers else ():
            kind = "device" if option["signal"] == "device" else "other"
            counts[kind] += 1
            counts[f"{kind} ticked"] += option["id"] in answers[row["id"]]
    order = ("device ticked", "device", "other ticked", "other")
    return Seen(*(counts[name] for name in order)).measures


def is_mean_of(found, rows):
    assert found["learners"] == len(rows)
    for name, column in zip(NAMES, zip(*rows, strict=True), strict=True):
        assert found[name]["value"] == pytest.approx(mean(column), abs=1e-6)
        reach = 2.200985 * stdev(column) / math.sqrt(12)
        assert found[name]["high"] - found[name]["low"] == pytest.approx(2 * reach, abs=1e-4)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory):
    """Report on twelve learners who answered everything, the tests before and after."""
    folder = tmp_path_factory.mktemp("ticked")
    answers = [
        (ticked(IN_WORKBOOKS, n), ticked(of("pre-test"), n, 0.5, 0.2),
         ticked(of("post-test"), n, 0.1, 0.9))
        for n in range(12)
    ]  # fmt: skip
    sheets = [hand_in(n, *parts) for n, parts in enumerate(answers)]
    return answers, *reported(folder, collected(folder, "class", sheets))


def test_what_a_class_ticked_is_counted_as_by_hand(twelve):
    answers, _, data = twelve
    is_mean_of(data["sharper"]["questions"]["now"], [by_hand(parts[0]) for parts in answers])


def test_pre_test_and_post_test_are_counted_as_by_hand_and_said_in_words(twelve):
    answers, page, data = twelve
    found = data["sharper"]["questions"]["tests"]
    before, after = ([by_hand(parts[place]) for parts in answers] for place in (1, 2))
    is_mean_of(found["before"], before)
    is_mean_of(found["after"], after)
    pairs = zip(before, after, strict=True)
    is_mean_of(found["change"], [[b - a for a, b in zip(*pair, strict=True)] for pair in pairs])
    front = page.partition('class="framingkit-appendix"')[0]
    assert found["change"]["false_alarms"]["high"] < 0 < found["change"]["hits"]["low"]
    assert "Sharper: the class finds more than before, and marks plain words less often." in front
    assert "From sentences ticked in both tests, of 12 learners; unvalidated" in front


def test_tags_and_questions_stand_side_by_side_and_are_not_added_up(twelve):
    _, page, data = twelve
    assert data["sharper"]["now"]["d_prime"] is None
    assert "From questions in workbooks, 12 learners" in page
    assert "From tags, n/a: 0 learners are too few: it needs 5" in page


def test_who_ticks_everything_is_only_more_suspicious(tmp_path):
    everything = {row["id"]: [o["id"] for o in row["options"]] for row in of("post-test")}
    sheets = [hand_in(n, ticked(of("pre-test"), n), everything) for n in range(9)]

    page, data = reported(tmp_path, collected(tmp_path, "class", sheets))

    found = data["sharper"]["questions"]["tests"]
    assert found["after"]["hits"]["value"] == found["after"]["false_alarms"]["value"] == 1
    assert "Only more suspicious: the class finds more than before, and marks plain words" in page


def test_the_pre_test_may_be_in_the_earlier_hand_in_and_the_post_test_in_the_later_one(tmp_path):
    then = [hand_in(n, ticked(of("pre-test"), n)) for n in range(6)]
    now = [hand_in(n, ticked(of("post-test"), n)) for n in range(6)]
    before, after = collected(tmp_path, "before", then), collected(tmp_path, "after", now)

    _, data = reported(tmp_path, after, "--before", before)

    assert data["sharper"]["questions"]["tests"]["change"]["learners"] == 6


def test_questions_answered_again_are_compared_and_those_of_nobody_are_not(tmp_path):
    first = [ticked(IN_WORKBOOKS, n, 0.4, 0.2) for n in range(6)]
    again = [ticked(of("exercises-02-agenda", "exercises-03-commentary"), n) for n in range(6)]
    before = collected(tmp_path, "before", [hand_in(n, one) for n, one in enumerate(first)])
    after = collected(tmp_path, "after", [hand_in(n, one) for n, one in enumerate(again)])

    _, data = reported(tmp_path, after, "--before", before)
    page, same = reported(tmp_path, after, "--before", after)

    found = data["sharper"]["questions"]["again"]
    then = [by_hand({id: one[id] for id in again[0]}) for one in first]
    assert found["before"]["d_prime"]["value"] == pytest.approx(mean(r[2] for r in then), abs=1e-6)
    assert same["sharper"]["questions"]["again"]["change"]["d_prime"] is None
    assert "n/a: nobody has given another answer since." in page


@pytest.mark.parametrize("learners", [1, 4])
def test_under_five_learners_there_is_a_reason_and_no_number(tmp_path, learners):
    sheets = [hand_in(n, ticked(IN_WORKBOOKS, n)) for n in range(learners)]
    page, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    found = data["sharper"]["questions"]["now"]
    assert (found["learners"], found["hits"], found["criterion"]) == (learners, None, None)
    assert f"n/a: {found['reason']}" in page
    assert "too few: it needs 5" in found["reason"]


def test_under_ten_sentences_without_a_device_there_is_a_reason_and_no_number(tmp_path):
    sheets = [hand_in(n, ticked(of("exercises-02-agenda")[:1], n)) for n in range(9)]
    _, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    assert "10 sentences without a device or more" in data["sharper"]["questions"]["now"]["reason"]


def test_the_counts_of_two_parts_of_a_class_can_be_added():
    whole, parts = TickTally(ITEMS), [TickTally(ITEMS), TickTally(ITEMS)]
    for number in range(20):
        given = {id: {"choices": ticks} for id, ticks in ticked(BANK, number).items()}
        later = {id: {"choices": ticks} for id, ticks in ticked(BANK, number, 0.5).items()}
        for tally in (whole, parts[number % 2]):
            tally.add(later)
            tally.add_pair(given, later)

    added = TickTally(ITEMS)
    for part in parts:
        added.add_counts(part.counts)

    assert (added.now, added.tests) == (whole.now, whole.tests)
    assert (added.again, added.changed) == (whole.again, whole.changed)
    assert whole.now.total() == whole.tests.total() == whole.again.total() == 20
    assert added.snapshot.d_prime.value == pytest.approx(whole.snapshot.d_prime.value)


@pytest.mark.parametrize("ticks", [[], ["z"], ["a", "a"], "ab", [1], None, {"a": 1}])
def test_an_answer_of_another_shape_counts_as_none(ticks):
    tally = TickTally(ITEMS)
    tally.add({IN_WORKBOOKS[0]["id"]: {"choices": ticks}})
    assert not tally.now


def test_the_drawing_has_a_line_for_each_pair_of_points_and_dashed_ones_for_fewer(tmp_path):
    right = {i.id: [o.id for o in i.options if o.correct] for i in TESTS}
    wrong = {i.id: [next(o.id for o in i.options if not o.correct)] for i in TESTS}
    half, sheets = len(TESTS) // 2, []
    for number in range(7):
        good = range(half) if number < 2 else range(half + 1 + (number == 2), 2 * half)
        given = [
            answer(i.id, **({"choice": ids[0]} if i.kind == "choice" else {"choices": ids}))
            for place, i in enumerate(TESTS) for ids in [(right if place in good else wrong)[i.id]]
        ]  # fmt: skip
        sheets.append(sheet(f"amber-{number:02}", responses=given))

    page, data = reported(tmp_path, collected(tmp_path, "class", sheets))

    [drawing] = re.findall(r"<svg[^>]*framingkit-slopes.*?</svg>", page, re.DOTALL)
    lines = re.findall(r'<line[^>]*class="(up|down)"', drawing)
    assert sorted(lines) == ["down", "up", "up"]
    assert (data["tests"]["up"], data["tests"]["down"]) == (5, 2)
    assert "7 learners took both tests. 5 have more points after, 2 have fewer" in drawing
    for time in ("before", "after"):
        assert f">{data['tests'][f'mean_{time}']:.1f}" in drawing


def test_a_line_of_the_drawing_goes_up_where_the_points_do_and_is_thicker_for_more_learners():
    drawn = str(slopes({(2, 8): 3, (6, 4): 1}, 12, "words"))
    line = r'<line class="(up|down)" [^>]*y1="([\d.]+)"[^>]*y2="([\d.]+)"'
    found = [(kind, float(then), float(now)) for kind, then, now in re.findall(line, drawn)]
    widths = [float(one) for one in re.findall(r"stroke-width: ([\d.]+)", drawn)]

    assert [(kind, then > now) for kind, then, now in found] == [("up", True), ("down", False)]
    assert widths[0] > widths[1]
