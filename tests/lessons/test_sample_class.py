"""The sample class: fresh, honest about what it is, and taken whole when it is collected."""

import json

import pytest
from make_sample_class import AFTER, BEFORE, DATA, sample_class

from framingkit import course
from framingkit.feedback.answers import score_item
from framingkit.hand_ins.collect import collect
from framingkit.work.practice import first_answers
from framingkit.work.sheet import check_sheet

MADE = sample_class()
CLASSES = {
    folder.name: [json.loads(content) for path, content in sorted(MADE.items())
                  if path.parent == folder]
    for folder in (BEFORE, AFTER)
}  # fmt: skip
ITEMS = {item.id: item for lesson in course.list_lessons() for item in course.load_items(lesson)}


def test_the_hand_ins_in_the_folders_are_those_that_the_seed_makes_today():
    there = {path: path.read_bytes() for path in DATA.glob("sample-class*/*.json")}

    assert there == MADE, "Run: python tools/make_sample_class.py"
    assert sum(map(len, there.values())) < 950_000


@pytest.mark.parametrize(("folder", "learners"), [(BEFORE, 30), (AFTER, 15)])
def test_every_hand_in_is_collected_with_every_tag_and_answer(folder, learners, tmp_path):
    collected = collect(folder, tmp_path / "class.jsonl.gz")

    found, said = collected.class_file, collected.sentences
    assert said[-1] == f"Collected {learners} learners from {learners} hand-ins; 0 files refused."
    assert not [sentence for sentence in said if "left out" in sentence or "apart" in sentence]
    assert [text.known for text in found.texts] == [True]
    assert {one.coder: len(one.tags[0].start) for one in found} == {
        sheet["coder"]: len(sheet["documents"][0]["spans"]) for sheet in CLASSES[folder.name]
    }


def test_every_hand_in_is_an_answer_sheet_whose_answers_fit_their_questions():
    for sheet in CLASSES["sample-class"]:
        check_sheet(sheet, sheet["coder"])
        for one in sheet["responses"]:
            if one["item"].startswith("practice."):
                continue
            item = ITEMS[one["item"]]
            closed = item.scored and item.kind != "written"
            assert bool(score_item(item, one["response"])) == closed, one


def test_about_a_third_practised_three_rounds_and_every_answer_can_be_read():
    firsts = []
    for sheet in CLASSES["sample-class"]:
        given = {one["item"]: one["response"] for one in sheet["responses"]}
        practice = [item for item in given if item.startswith("practice.")]
        count = first_answers(given)
        assert len(practice) in (0, 30)
        assert count.devices + count.others == sum(item.endswith(".1") for item in practice)
        firsts += [count] * bool(practice)

    assert 8 <= len(firsts) <= 14
    assert sum(one.hits for one in firsts) > sum(one.devices for one in firsts) / 2
    assert sum(one.alarms for one in firsts) < sum(one.others for one in firsts) / 2


def test_later_hand_ins_are_later_states_of_the_same_learners():
    before = {sheet["coder"]: sheet for sheet in CLASSES["sample-class"]}
    after = {sheet["coder"]: sheet for sheet in CLASSES["sample-class-after"]}

    for name, sheet in after.items():
        assert sheet["operations"] > before[name]["operations"]
        assert sheet["responses"] == before[name]["responses"]
        assert sheet["documents"] != before[name]["documents"]


def test_readers_differ_more_where_the_reference_reading_is_debatable():
    def taggers(status: str) -> list[float]:
        entries = [one for one in course.load_reference().spans if one.status == status]
        places = {(one.span.start, one.span.end, one.span.label) for one in entries}
        counts = [
            len(places & {(tag["start"], tag["end"], tag["label"]) for tag in spans}) / len(places)
            for spans in (sheet["documents"][0]["spans"] for sheet in CLASSES["sample-class"])
        ]
        return counts

    clear, debatable = taggers("clear"), taggers("debatable")

    assert sum(clear) > 1.5 * sum(debatable)
    assert min(debatable) < max(debatable)


def test_the_class_says_that_it_was_constructed():
    for place in (DATA / "README.md", BEFORE / "README.md", AFTER / "README.md"):
        assert "constructed" in place.read_text(encoding="utf-8"), place
