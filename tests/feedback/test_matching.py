"""Scores of closed questions and of tags: what is right, and what matches the reference reading."""

import json
import re
from dataclasses import replace

import pytest
from class_samples import ARTICLE, CODEBOOK

from framingkit import course
from framingkit.course.data import codes_on_offer
from framingkit.course.items import Item, Option
from framingkit.course.readings import AnnotationSet
from framingkit.feedback.answers import score_item
from framingkit.feedback.matching import SpanTask, score_spans
from framingkit.feedback.tags import compare_with_reference

REFERENCE = course.load_reference()
LABELS = [code.id for code in CODEBOOK.devices]


def options(*right):
    return tuple(Option(one, one, one in right, "Because.") for one in "abcd")


def item(kind, *right, **more):
    return Item("game", "03-commentary", kind, "Which?", 1, "apply", options(*right), **more)


@pytest.mark.parametrize(
    ("asked", "response", "mark"),
    [
        (item("choice", "a"), {"choice": "a"}, "right"),
        (item("choice", "a"), {"choice": "b", "confidence": 90}, "wrong"),
        (item("several", "a", "b"), {"choices": ["b", "a"]}, "right"),
        (item("several", "a", "b"), {"choices": ["a"]}, "partly"),
        (item("several", "a", "b"), {"choices": ["a", "b", "c"]}, "partly"),
        (item("several", "a", "b"), {"choices": ["a", "c"]}, "wrong"),
        (item("several", "a", "b"), {"choices": list("abcd")}, "wrong"),
        (item("order"), {"order": list("abcd")}, "right"),
        (item("order"), {"order": list("bacd")}, "partly"),
        (item("order"), {"order": list("dcba")}, "wrong"),
        (item("order"), {"order": list("abc")}, "wrong"),
    ],
)
def test_a_closed_answer_is_right_partly_right_or_wrong(asked, response, mark):
    assert score_item(asked, response) == mark


@pytest.mark.parametrize(
    "response",
    [None, {}, {"choice": ""}, {"choice": "z"}, {"choice": ["a"]}, {"score": 3}, {"choice": {}}],
)
def test_a_blank_or_unreadable_answer_is_not_scored(response):
    assert score_item(item("choice", "a"), response) == ""


def test_a_question_without_a_right_answer_is_not_scored():
    assert score_item(item("choice", scored=False), {"choice": "a"}) == ""


def tasks(codes):
    sections = [section for section in ARTICLE.sections if section.kind == "text"]
    return [SpanTask.of(section, REFERENCE, codes) for section in sections]


def test_a_score_is_the_sum_of_what_the_feedback_counts_in_the_tagged_sections():
    spans = [one.span for one in REFERENCE.within("lead")[::2]]
    spans += [replace(one.span, label="hedge") for one in REFERENCE.within("ending")]
    mine = AnnotationSet(ARTICLE.id, "amber", tuple(spans))
    score = score_spans(tasks(LABELS), mine.spans)
    lead, ending = (
        compare_with_reference(mine, REFERENCE, ARTICLE, CODEBOOK, LABELS, section)
        for section in ("lead", "ending")
    )
    assert score.sections == 2
    assert score.tagged == lead.tagged + ending.tagged
    assert score.matched == lead.matched + ending.matched > 0
    assert score.clear == lead.clear + ending.clear
    assert score.clear_found == lead.clear_found + ending.clear_found > 0
    assert score.over_tags == score.tagged - score.matched > 0


def test_the_reference_reading_itself_gets_full_marks():
    score = score_spans(tasks(LABELS), [entry.span for entry in REFERENCE.spans])
    assert (score.precision, score.recall, score.over_tags) == (1.0, 1.0, 0)


def test_the_tasks_of_the_lessons_are_graded_with_the_codes_they_offer():
    core = {code.id for code in CODEBOOK.core}
    offered = {place: set(codes) for place, codes in codes_on_offer().items()}
    folder = course.kit_folder() / "notebooks"
    calls = 0
    for path in sorted(folder.glob("*.ipynb")):
        source = "\n".join(
            "".join(one["source"]) for one in json.loads(path.read_text("utf-8"))["cells"]
            if one["cell_type"] == "code"
        )  # fmt: skip
        for call in re.findall(r"lesson\.tag\((.*)\)", source):
            section = re.match('"([^"]+)"', call)[1]
            text = (re.search(r'document="([^"]+)"', call) or ["", ARTICLE.id])[1]
            above = re.search(r"^codes = \[.*\]", source, re.M) if ", codes," in call else None
            listed = (re.search(r"\[.*\]", call) or above or [""])[0]
            codes = set(re.findall(r'"([a-z_]+)"', listed))
            calls += 1
            assert offered[text, section] >= (codes or core), path.name
    assert calls >= 3
