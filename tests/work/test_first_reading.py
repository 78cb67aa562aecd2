"""Milestones: what is saved under a name comes back, and nothing else does."""

import pytest
from work_samples import TEXT

from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.work.first_reading import MOST, Milestone
from framingkit.work.log import WorkLog

CARPET = Span(13, 23, "ceremony_symbol", "red carpet")


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.mark.parametrize("name", ["before codebook", "", "Avant ★ après", "قبل", "x" * 500])
def test_whatever_its_name_a_milestone_is_found_again_after_a_restart(log, name):
    Milestone(log, TEXT, name).keep([CARPET])

    again = Milestone(WorkLog(log.path), TEXT, name)
    assert again.tags() == (Span(13, 23, "ceremony_symbol"),)
    again.keep([])
    assert again.tags() == ()


def test_two_names_and_two_texts_are_four_milestones(log):
    texts = (TEXT, TEXT.__class__("tagger-tour", "c0ffee", "", ""))
    items = {Milestone(log, text, name).item for name in ("قبل", "بعد") for text in texts}
    assert len(items) == 4


def test_the_largest_milestone_fits_into_an_answer(log):
    spans = [Span(10**6 + n, 10**6 + n + 9, "either_or_question") for n in range(MOST)]
    Milestone(log, TEXT, "before").keep(spans)

    assert Milestone(log, TEXT, "before").tags() == tuple(spans)
    with pytest.raises(FramingkitError, match="500 tags; you have 501"):
        Milestone(log, TEXT, "before").keep([*spans, spans[0]])


@pytest.mark.parametrize(
    "response",
    [{}, {"tags": 3}, {"tags": [3]}, {"tags": [[1, 2]]}, {"tags": [[2, 1, "x"]]},
     {"tags": [[1, 2, 3]]}, {"tags": [[True, 2, "x"]]}, {"tags": [[1, 2, ""]]}, {"tags": None},
     {"tags": {}}],
)  # fmt: skip
def test_what_is_no_milestone_is_none(log, response):
    milestone = Milestone(log, TEXT, "before")
    assert milestone.tags() is None
    log.act("answer", milestone.item, response=response)
    assert milestone.tags() is None
