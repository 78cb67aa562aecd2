"""Hits and false alarms from practice sentences in the class report: counted by hand."""

import random
from collections import Counter
from statistics import mean

import pytest
from class_samples import answer, sheet
from report_samples import collected, reported

from framingkit import course
from framingkit.reports.sharper import Seen
from framingkit.reports.ticked import TickTally

SENTENCES = course.load_practice()


def tag(words, text, code):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "label": code, "quote": words}


def practised(number, sentences):
    """Draw first answers, and count them here: hits, devices, false alarms, others."""
    chance, counts, responses = random.Random(number), Counter(), []
    for one in chance.sample(SENTENCES, sentences):
        is_device, tags = one.kind == "device", chance.random() < 0.5
        words = one.words or one.text.split()[0]
        code = chance.choice([one.code or "hedge", "booster"])
        given = tag(words, one.text, code) if tags else {"nothing": True}
        responses.append(answer(f"practice.{one.id}.1", **given))
        # whoever meets a sentence again knows it
        responses.append(answer(f"practice.{one.id}.2", nothing=True))
        counts["devices" if is_device else "others"] += 1
        counts["hits"] += is_device and tags and code == one.code
        counts["alarms"] += not is_device and tags
    seen = Seen(counts["hits"], counts["devices"], counts["alarms"], counts["others"])
    return sheet(f"amber-{number:02}", responses=responses), seen


def test_the_report_counts_first_answers_to_practice_sentences_beside_tags(tmp_path):
    class_ = [practised(number, 40) for number in range(9)]
    few = [practised(99, 6)[0]]

    found = collected(tmp_path, "class", [sheet for sheet, _ in class_] + few)
    page, data = reported(tmp_path, found)

    told = data["sharper"]["practice"]
    assert told["learners"] == 9
    for name, place in (("hits", 0), ("false_alarms", 1), ("d_prime", 2), ("criterion", 3)):
        by_hand = mean(seen.measures[place] for _, seen in class_)
        assert told[name]["value"] == pytest.approx(by_hand, abs=1e-6)
    assert "From practice sentences, 9 learners" in page
    assert "Only the first answer to a sentence counts." in page


def test_few_learners_and_few_sentences_get_a_reason_and_no_practice_no_word(tmp_path):
    found = collected(tmp_path, "few", [practised(number, 40)[0] for number in range(4)])
    page, data = reported(tmp_path, found)
    assert "From practice sentences, n/a: 4 learners are too few: it needs 5." in page
    assert data["sharper"]["practice"]["hits"] is None

    page, data = reported(tmp_path, collected(tmp_path, "none", [sheet("amber-1")]))
    assert "practice" not in data["sharper"]
    assert "From practice" not in page


def test_counts_of_two_parts_of_a_class_are_added():
    one, other = TickTally([]), TickTally([])
    response = {"practice.visa-forms.1": {"nothing": True}}
    one.add_practice(response)
    other.add_practice(response)
    other.add_practice({"practice.bread.1": {"nothing": True}})

    one.add_counts(other.counts)
    assert one.practice == {Seen(0, 1, 0, 0): 2, Seen(0, 0, 0, 1): 1}
