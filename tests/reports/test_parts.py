"""A report on a large class: made in parts, by several processes, in memory that hardly grows."""

import os
import tracemalloc
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from helpers.large_classes import changed, large_class
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from framingkit import course
from framingkit.errors import FramingkitError
from framingkit.hand_ins import AnswerBook, ClassFile, Learner, LearnerTags
from framingkit.hand_ins.learners import ClassText
from framingkit.reports import parts, report
from framingkit.reports.data import report_to_data
from framingkit.reports.roll import Expected
from framingkit.work import TextVersion

ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()
TEXT = ClassText(TextVersion.of(ARTICLE, CODEBOOK), known=True, learners=9)
ITEMS = [item for lesson in course.list_lessons() for item in course.load_items(lesson)]
TESTED = [item for item in ITEMS if item.lesson in ("pre-test", "post-test")]


@st.composite
def learners(draw):
    """Make one learner: some tags, some answers, perhaps both tests, perhaps a class."""
    starts = draw(st.lists(st.integers(0, len(ARTICLE.text) - 40), max_size=5, unique=True))
    codes = [draw(st.sampled_from(CODEBOOK.codes)).id for _ in starts]
    tags = LearnerTags(0, starts, [n + draw(st.integers(1, 39)) for n in starts], codes, [], [], [])
    asked = draw(st.lists(st.sampled_from(ITEMS), max_size=8)) + TESTED * draw(st.booleans())
    responses = {item.id: draw(answers(item)) for item in asked}
    if draw(st.booleans()):
        responses["class-name"] = {"text": draw(st.sampled_from(["10b", "9a"]))}
    return tags, responses


def answers(item):
    ids = [option.id for option in item.options]
    return {
        "choice": lambda: st.sampled_from(ids).map(lambda id: {"choice": id, "confidence": 50}),
        "several": lambda: st.lists(st.sampled_from(ids), unique=True).map(
            lambda some: {"choices": some}
        ),
        "order": lambda: st.permutations(ids).map(lambda all: {"order": all}),
        "confidence": lambda: st.just({"confidence": 70}),
        "written": lambda: st.sampled_from(["A carpet.", " "]).map(lambda text: {"text": text}),
    }[item.kind]()


def maker(learners, size=None):
    class_file = ClassFile(Path("class.jsonl.gz"), (TEXT,), (), size or learners, learners)
    return report.Maker(class_file, None, Expected(("learner-0", "nobody")))


@settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(
    st.lists(learners(), min_size=1, max_size=14),
    st.data(),
    st.sampled_from([0, report.MOST_NAMES + 1]),
)
def test_parts_in_any_order_add_up_to_the_whole(found, data, size):
    people = [Learner(f"learner-{n}", 1, (tags,), answers)
              for n, (tags, answers) in enumerate(found)]  # fmt: skip
    whole = maker(len(people), size)
    for person in people:
        whole.add((person,))
    split = [data.draw(st.integers(0, 2)) for _ in people]
    pieces = [maker(len(people), size) for _ in range(3)]
    for piece, person in zip(split, people, strict=True):
        pieces[piece].add((person,))
    total = maker(len(people), size)
    for piece in data.draw(st.permutations(pieces)):
        total.add_counts(piece.counts)

    assert report_to_data(total.report()) == report_to_data(whole.report())


def test_many_learners_at_once_give_the_same_counts_as_one_by_one(tmp_path, monkeypatch):
    class_file = large_class(tmp_path / "class.jsonl.gz", 230)
    together = report.Maker(class_file, None)
    monkeypatch.setattr(report, "MOST_NAMES", 1000)
    one_by_one = report.Maker(class_file, None)
    for learner in class_file:
        together.add((learner,))
        one_by_one.add((learner,))

    assert together.many
    assert not one_by_one.many
    apart = {"names", "kept"}
    assert {name: counts for name, counts in together.counts.items() if name not in apart} == {
        name: counts for name, counts in one_by_one.counts.items() if name not in apart
    }


def test_several_processes_give_the_same_report(tmp_path, monkeypatch):
    class_file = large_class(tmp_path / "class.jsonl.gz", 230)
    alone = report_to_data(report.make_report(class_file))
    monkeypatch.setattr(report, "FEWEST_FOR_PROCESSES", 1)
    monkeypatch.setattr(parts, "PART", 100)
    seen = []

    def watch(found, total):
        seen.append(total)
        return found

    assert report_to_data(report.make_report(class_file, watch=watch, processes=2)) == alone
    assert seen == [3]


def test_where_there_are_no_processes_one_counts_everything(tmp_path, monkeypatch):
    class_file = large_class(tmp_path / "class.jsonl.gz", 230)
    alone = report_to_data(report.make_report(class_file))
    monkeypatch.setattr(report, "FEWEST_FOR_PROCESSES", 1)
    monkeypatch.setattr(parts, "PART", 100)
    monkeypatch.setattr(parts, "_pool", lambda *_: None)
    assert report_to_data(report.make_report(class_file, processes=2)) == alone


def die(*_):
    os._exit(9)


def test_a_process_that_dies_gives_a_sentence(tmp_path):
    class_file = large_class(tmp_path / "class.jsonl.gz", 3)
    with pytest.raises(FramingkitError, match="a process ended too soon"):
        list(parts.counts_of_parts(class_file, die, 1))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"operations": -1}, "line 3: operations is -1"),
        ({"coder": "aaa"}, "line 3: 'aaa' comes after 'learner-000000'"),
        ({"coder": "learner-000000"}, "line 3: 'learner-000000' comes twice"),
        ({"coder": 7}, "line 3: a learner cannot be called 7"),
    ],
)
def test_a_damaged_line_is_named_also_in_a_part(tmp_path, monkeypatch, change, reason):
    class_file = large_class(tmp_path / "class.jsonl.gz", 5)
    changed(class_file.path, 2, change)
    monkeypatch.setattr(parts, "_pool", lambda *_: None)
    with pytest.raises(FramingkitError, match=reason):
        list(parts.counts_of_parts(class_file, partial(report.Maker, class_file, None), 2))


def test_memory_hardly_grows_with_the_class(tmp_path):
    """A learner of the sample has about 30 tags, each of which needs 10 bytes in columns."""
    class_file = large_class(tmp_path / "class.jsonl.gz", 3 * 700)
    maker, book = report.Maker(class_file, None), AnswerBook()
    people = class_file.learners_in((line for _, block in class_file.blocks(70) for line in block),
                                    2, book)  # fmt: skip
    held = []
    tracemalloc.start()
    try:
        for _ in range(3):
            for learner in islice(people, 700):
                maker.add((learner,))
            maker.counts  # noqa: B018 - counts those who wait
            held.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert held[2] - held[1] < 700 * 1000
