"""Scores of closed questions and of tags: what is right, and what matches the reference reading."""

import json
import re
from dataclasses import replace

import pytest
from class_samples import ARTICLE, CODEBOOK
from hypothesis import given, settings
from hypothesis import strategies as st

from framingkit import course
from framingkit.course.data import codes_on_offer
from framingkit.course.items import Item, Option
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.feedback.answers import score_item
from framingkit.feedback.matching import score_spans, span_tasks
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


tags = st.builds(
    lambda start, length, label: Span(start, min(start + length, len(ARTICLE.text)), label),
    st.integers(0, len(ARTICLE.text) - 1),
    st.integers(1, 60),
    st.sampled_from(LABELS),
)
entries = st.sampled_from([entry.span for entry in REFERENCE.spans])
accepted = st.sampled_from(
    [replace(one.span, label=label) for one in REFERENCE.spans for label in one.accepts]
)


@given(
    st.lists(tags | entries | accepted, max_size=25), st.sets(st.sampled_from(LABELS), min_size=1)
)
@settings(max_examples=200)
def test_scores_of_tags_are_the_counts_of_the_feedback(spans, codes):
    mine = AnnotationSet(ARTICLE.id, "amber", tuple(spans))
    tasks = span_tasks(ARTICLE, REFERENCE, {section.id: codes for section in ARTICLE.sections})
    score = score_spans(tasks, mine.spans)

    found = [
        compare_with_reference(mine, REFERENCE, ARTICLE, CODEBOOK, codes, section.id)
        for section in ARTICLE.sections
    ]
    tagged = [one for one in found if one.tagged]
    assert score.sections == len(tagged)
    assert score.tagged == sum(one.tagged for one in tagged)
    assert score.matched == sum(one.matched for one in tagged)
    assert score.clear == sum(one.clear for one in tagged)
    assert score.clear_found == sum(one.clear_found for one in tagged)
    assert score.over_tags == score.tagged - score.matched


def test_the_reference_reading_itself_gets_full_marks():
    codes = {section.id: LABELS for section in ARTICLE.sections}
    spans = [entry.span for entry in REFERENCE.spans]
    score = score_spans(span_tasks(ARTICLE, REFERENCE, codes), spans)
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
