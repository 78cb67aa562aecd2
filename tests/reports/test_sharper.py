"""Hits, false alarms, d' and the criterion: published examples, and a count by another way."""

import math
import random
import re
from statistics import mean, stdev

import pytest
from class_samples import ARTICLE, CODEBOOK, document, sheet, span
from report_samples import collected, reported, run

from framingkit import course
from framingkit.hand_ins import sample_hand_ins
from framingkit.reports.sharper import Mean, Seen, Sharpness, discrimination, verdict

REFERENCE = course.load_reference()
OFFERED = course.codes_on_offer()


def test_the_formulas_give_what_was_published():
    # Stanislaw and Todorov 1999: 50 of 50 hits and 17 of 25 false alarms, with the rates .99, .68
    assert discrimination(0.99, 0.68) == pytest.approx((1.86, -1.40), abs=0.005)
    # Macmillan and Creelman 2005, faces seen before: .8 and .4, and two more of their rates
    assert discrimination(0.8, 0.4) == pytest.approx((1.095, -0.294), abs=0.0005)
    assert discrimination(0.32, 0.04)[0] == pytest.approx(1.283, abs=0.0005)
    assert discrimination(0.99, 0.01)[0] == pytest.approx(4.65, abs=0.005)


def z_of(share):
    """Find the normal deviate of a share by halving, from the error function alone."""
    low, high = -9.0, 9.0
    for _ in range(80):
        middle = (low + high) / 2
        if (1 + math.erf(middle / math.sqrt(2))) / 2 < share:
            low = middle
        else:
            high = middle
    return low


def test_the_correction_is_the_log_linear_one_also_where_everything_or_nothing_was_tagged():
    for hits, clear, alarms, plain in ((0, 7, 0, 10), (7, 7, 10, 10), (7, 7, 0, 12), (3, 8, 5, 14)):
        found, marked = z_of((hits + 0.5) / (clear + 1)), z_of((alarms + 0.5) / (plain + 1))
        _, _, d_prime, criterion = Seen(hits, clear, alarms, plain).measures
        assert d_prime == pytest.approx(found - marked, abs=1e-9)
        assert criterion == pytest.approx(-(found + marked) / 2, abs=1e-9)


def meets(tag, entry):
    """Tell whether a tag is paired with an entry, where nothing else could be: same words."""
    return (tag["start"], tag["end"]) == (entry.start, entry.end)


def seen_by_hand(tags):
    """Count character by character; the tags lie on whole entries, near misses or plain words."""
    hits = clear = alarms = plain = 0
    for section in ARTICLE.sections:
        here = [t for t in tags if section.start <= t["start"] < section.end]
        if section.kind != "text" or not here:
            continue
        codes = OFFERED.get((ARTICLE.id, section.id)) or [code.id for code in CODEBOOK.core]
        entries = REFERENCE.within(section.id)
        misses = [one.span for one in REFERENCE.near_misses if one.section == section.id]
        for entry in entries:
            if entry.status == "clear" and entry.span.label in codes:
                clear += 1
                hits += any(t["label"] == entry.span.label and meets(t, entry.span) for t in here)
        for miss in misses:
            if miss.label in codes:
                plain += 1
                alarms += any(t["label"] == miss.label and meets(t, miss) for t in here)
        taken = [one.span for one in entries] + misses
        free = {
            at for at in range(section.start, section.end)
            if not any(one.start <= at < one.end for one in taken)
        }  # fmt: skip
        for sentence in ARTICLE.sentences(section.id):
            run = []
            for word in [*re.finditer(r"\w\S*", ARTICLE.text), None]:
                inside = word and sentence.start <= word.start() < sentence.end
                if inside and set(range(*word.span())) <= free:
                    run.append(word)
                elif word is None or inside or word.start() >= sentence.end:
                    if len(run) >= 5:
                        plain += 1
                        alarms += any(
                            t["start"] < run[-1].end() and run[0].start() < t["end"]
                            and set(range(t["start"], t["end"])) <= free and t["label"] in codes
                            for t in here
                        )  # fmt: skip
                    run = []
    return hits, clear, alarms, plain


def drawn(number):
    """Draw tags: whole clear entries, near misses, plain words, wrong codes over an edge."""
    chance = random.Random(number)
    tags = {}
    for entry in REFERENCE.spans:
        if entry.status == "clear" and entry.section != "caption" and chance.random() < 0.7:
            tags[entry.span.start, entry.span.end] = entry.span.label
        elif entry.section == "commentary":
            start, end = entry.span.start, entry.span.end + 12
            near = [one for one in REFERENCE.spans if one.span.start < end and start < one.span.end]
            given = {code for one in near for code in (one.span.label, *one.accepts)}
            tags[start, end] = min(set(OFFERED[ARTICLE.id, "commentary"]) - given)
    for miss in REFERENCE.near_misses:
        apart = not any(miss.span.overlaps(entry.span) for entry in REFERENCE.spans)
        if apart and miss.section != "caption" and chance.random() < 0.3:
            tags[miss.span.start, miss.span.end] = miss.span.label
    taken = [*tags, *((e.span.start, e.span.end) for e in REFERENCE.spans),
             *((m.span.start, m.span.end) for m in REFERENCE.near_misses)]  # fmt: skip
    words = [
        (s.start + word.start(), s.start + word.end())
        for s in ARTICLE.sentences()
        for word in re.finditer(r"\w\S*", ARTICLE.text[s.start : s.end])
    ]
    for word in words:
        if chance.random() < 0.02 and not any(a < word[1] and word[0] < b for a, b in taken):
            tags[word] = "hedge"
    return [
        {"id": f"tab{number}.{n}", "start": a, "end": b, "label": label, "quote": ARTICLE.text[a:b]}
        for n, ((a, b), label) in enumerate(tags.items())
    ]


def test_a_class_is_counted_as_by_hand(tmp_path):
    classes = [drawn(number) for number in range(12)]
    sheets = [sheet(f"amber-{n:02}", documents=[document(*tags)]) for n, tags in enumerate(classes)]

    _, data = reported(tmp_path, collected(tmp_path, "class", sheets))

    found = data["sharper"]["now"]
    rows = [Seen(*counts).measures for counts in map(seen_by_hand, classes) if counts[3] >= 10]
    assert found["learners"] == len(rows) == 12
    for name, column in zip(
        ("hits", "false_alarms", "d_prime", "criterion"), zip(*rows, strict=True), strict=True
    ):
        assert found[name]["value"] == pytest.approx(mean(column), abs=1e-6)
        reach = 2.200985 * stdev(column) / math.sqrt(12)
        assert found[name]["high"] - found[name]["low"] == pytest.approx(2 * reach, abs=1e-4)
    assert 0.05 < found["false_alarms"]["value"] < 0.6


def test_before_and_after_are_the_same_learners(tmp_path):
    for name, after in (("before", False), ("after", True)):
        run("collect", sample_hand_ins(after=after), "-o", tmp_path / f"{name}.gz")

    page, data = reported(tmp_path, tmp_path / "after.gz", "--before", tmp_path / "before.gz")

    found = data["sharper"]
    assert found["change"]["learners"] == found["before"]["learners"] == 15
    for name in ("hits", "false_alarms", "d_prime", "criterion"):
        then, now = (found[time][name]["value"] for time in ("before", "after"))
        assert found["change"][name]["value"] == pytest.approx(now - then, abs=2e-6)
    front = page.partition('class="framingkit-appendix"')[0]
    assert "Sharper: the class finds more than before, and marks plain words less often." in front


@pytest.mark.parametrize("learners", [1, 4])
def test_under_five_learners_there_is_a_reason_and_no_number(tmp_path, learners):
    sheets = [sheet(f"amber-{n}", documents=[document(*drawn(n))]) for n in range(learners)]
    page, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    found = data["sharper"]["now"]
    assert (found["d_prime"], found["criterion"]) == (None, None)
    assert "too few: it needs 5" in found["reason"]
    assert f"n/a: {found['reason']}" in page


def test_under_ten_plain_places_there_is_a_reason_and_no_number(tmp_path):
    one = document(span("red carpet", "ceremony_symbol"))
    sheets = [sheet(f"amber-{n}", documents=[one]) for n in range(9)]
    _, data = reported(tmp_path, collected(tmp_path, "class", sheets))
    assert "10 plain places or more" in data["sharper"]["now"]["reason"]


def test_a_verdict_needs_an_interval_on_one_side():
    up, down, same = Mean(1, 0.5, 1.5), Mean(-1, -1.5, -0.5), Mean(0.1, -0.4, 0.6)
    cases = {
        (up, same, up, same): "Sharper: the class finds more than before, and marks plain words no",
        (same, up, down, down): "Only more suspicious: the class finds about as much as before",
        (same, same, same, same): "No clear change",
        (down, same, down, up): "Less sharp: the class finds less than before",
        (Mean(1), Mean(1), Mean(1), Mean(1)): "With fewer than 8 learners",
    }
    for means, words in cases.items():
        assert verdict(Sharpness(9, *means)).startswith(words)
    assert verdict(Sharpness(3, reason="Too few.")) == "n/a: Too few."
