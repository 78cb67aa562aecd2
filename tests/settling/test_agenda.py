"""Settling contested passages: what is put to people, what counts, and what comes out."""

import csv
import json

import pytest
from class_samples import ARTICLE, CODEBOOK, document, put, sheet, span
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import framingkit as fk
from framingkit import cli
from framingkit.course.data import load_reference, read_reference, write_reference
from framingkit.course.readings import AnnotationSet, parse_reference, reference_to_toml
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.tags import compare_with_reference
from framingkit.hand_ins.collect import collect
from framingkit.notebook.settling import open_settling
from framingkit.reports.grades import grade
from framingkit.settling.agenda import make_agenda
from framingkit.settling.decisions import (
    OPEN_AGAIN,
    check_decision,
    decision_of,
    kept_response,
    state_of,
)
from framingkit.settling.pages import notes_on
from framingkit.settling.reading import settled_reading
from framingkit.work import folder

LABELS = [code.id for code in CODEBOOK.devices]


def tag(words: str, label: str = "ceremony_symbol") -> Span:
    start = ARTICLE.text.index(words)
    return Span(start, start + len(words), label, words)


def reader(coder: str, *spans: Span) -> AnnotationSet:
    return AnnotationSet("alaska-summit", coder, spans)


def people(*groups: tuple[int, list[Span]]) -> list[AnnotationSet]:
    """Make a class of groups: so many people with these tags each."""
    tags = [spans for count, spans in groups for _ in range(count)]
    return [reader(f"r{number:02}", *spans) for number, spans in enumerate(tags)]


def agenda_of(sets, **more):
    return make_agenda(sets, ARTICLE, CODEBOOK, **more)


CARPET, PRAISE = tag("red carpet"), tag("red carpet", "loaded_word")
MOVE, WIDER = tag("strategic move", "game_metaphor"), tag("or strategic move", "game_metaphor")
TWO = [reader("mara", CARPET, MOVE), reader("ben", PRAISE, WIDER)]


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    return open_settling(TWO)


def test_two_markers_settle_everything_even_a_tag_that_one_has_alone():
    sets = [TWO[0], reader("ben"), reader("ada", CARPET), reader("tom", tag("Alaska"))]

    agenda = agenda_of(sets)

    assert [(one.key, one.silent) for one in agenda.passages] == [
        ("13-23", ("ben", "tom")), ("55-61", ("mara", "ben", "ada")),
        ("85-99", ("ben", "ada", "tom")),
    ]  # fmt: skip
    assert (agenda.least, agenda.agreed, agenda.others) == (1, (), ())


def test_in_a_class_rare_readings_are_left_out_and_counted_as_such():
    rare = tag("out red carpet")
    sets = people((12, [CARPET]), (6, [PRAISE]), (2, [rare]), (5, [MOVE]), (5, [tag("Alaska")]))

    first, second = agenda_of(sets[:25]).passages

    assert [(one.span.label, len(one.coders)) for one in first.stretch.variants] == [
        ("ceremony_symbol", 12), ("loaded_word", 6),
    ]  # fmt: skip
    assert (len(first.readers), len(first.other_readers), len(first.silent)) == (25, 2, 5)
    assert second.key == "85-99"


def test_what_four_of_five_readers_of_a_section_have_alone_is_taken_as_settled():
    late = tag("Handshake")
    sets = people((8, [CARPET]), (2, [MOVE]), (10, [late]))

    agenda = agenda_of(sets)

    assert [one.kept[0].because for one in agenda.agreed] == [
        "8 of 10 readers tagged it this way.", "10 of 10 readers tagged it this way.",
    ]  # fmt: skip
    assert [one.key for one in agenda.passages] == ["85-99"]  # 2 of 10: below


def test_a_section_that_four_of_a_class_tagged_is_left_out_and_said_so():
    sets = people((8, [CARPET]), (4, [PRAISE, tag("chessboard")]))

    agenda = agenda_of(sets)

    assert [one.key for one in agenda.passages] == ["13-23"]
    assert agenda.others == agenda.agreed == ()
    assert [section.id for section in agenda.closed] == ["lead"]
    title = ARTICLE.section("lead").title
    assert f"Left out, because fewer than 5 people tagged it: “{title}”." in notes_on(agenda)
    assert not agenda_of(sets[7:11]).closed  # markers settle every section


def test_a_tag_on_white_space_is_nothing_to_settle():
    blank = ARTICLE.text.index("\n")

    assert agenda_of([reader("mara", Span(blank, blank + 1, "hedge")), reader("ben")]).sets == (
        reader("mara"), reader("ben"),
    )  # fmt: skip


def test_the_most_contested_passages_come_in_the_order_of_the_text():
    sets = people((5, [CARPET, MOVE]), (3, [PRAISE, tag("Alaska")]), (2, [tag("Alaska")]))

    agenda = agenda_of(sets, most=2)

    assert [(one.number, one.key) for one in agenda.passages] == [(1, "13-23"), (2, "55-61")]
    assert [one.key for one in agenda.others] == ["85-99"]
    assert agenda_of(sets, section="ending").passages == ()


def test_nobody_has_to_talk_about_more_than_six_readings_at_once():
    start = CARPET.start
    crowd = [
        (2, [Span(start - size, start + 10, label)])
        for size in range(3)
        for label in LABELS[:3]
    ]  # fmt: skip

    (passage,) = agenda_of(people(*crowd)).passages

    assert len(passage.stretch.variants) == 6


def test_only_what_is_settled_is_in_the_reading_and_the_rest_is_not_guessed():
    agenda = agenda_of(TWO)
    first = agenda.passages[0]
    both = kept_response(first, {"A": "A ritual object.", "B": "It praises."})

    reading = settled_reading(agenda, {first.key: both}, "two")

    assert [(one.span.label, one.status) for one in reading.spans] == [
        ("ceremony_symbol", "debatable"), ("loaded_word", "debatable"),
    ]  # fmt: skip
    assert parse_reference(reference_to_toml(reading)) == reading
    for mine in (CARPET, PRAISE):
        told = compare_with_reference(
            reader("ada", mine), reading, ARTICLE, CODEBOOK, LABELS, "headline"
        )
        assert (told.tagged, told.matched) == (1, 1)


def test_elsewhere_the_reference_reading_may_stand():
    agenda, kit = agenda_of(TWO), load_reference()
    first = agenda.passages[0]
    none = {"choice": "none", "kept": [], "because": "A real carpet was there."}

    reading = settled_reading(agenda, {first.key: none}, "two", kit)

    gone = [one for one in kit.spans if one.span.start < 23 and one.span.end > 13]
    assert gone
    assert [one for one in kit.spans if one not in reading.spans] == gone
    assert reading.section_frames == kit.section_frames
    assert {one.why for one in reading.near_misses if one.span.start == 13} == {none["because"]}
    assert parse_reference(reference_to_toml(reading)) == reading


@pytest.mark.parametrize(
    ("response", "state"),
    [
        (None, "open"),
        ({"choice": "", "kept": [], "because": ""}, "open"),
        ({"choice": "later"}, "later"),
        ({"choice": "none", "because": "  "}, "unfinished"),
        ({"choice": "none", "because": "Plain."}, "settled"),
        (kept_response(agenda_of(TWO).passages[0], {"A": ""}), "unfinished"),
        (kept_response(agenda_of(TWO).passages[0], {"B": "Praise."}), "settled"),
        ({"choice": "several", "kept": [], "because": ""}, "unfinished"),
        (kept_response(agenda_of(TWO).passages[1], {"A": "So."}), "unfinished"),  # not here
    ],
)
def test_a_passage_is_settled_once_each_reason_is_there(response, state):
    assert state_of(agenda_of(TWO).passages[0], response) == state


def test_a_decision_that_an_older_kit_saved_is_still_read():
    saved = json.loads(
        '{"choice": "several", "because": "", "kept": ['
        '{"start": 13, "end": 23, "label": "ceremony_symbol", "because": "A ritual object."}, '
        '{"start": 13, "end": 23, "label": "loaded_word", "because": "It praises."}]}'
    )
    passage = agenda_of(TWO).passages[0]

    decision = decision_of(passage, saved)

    assert [(one.span.key, one.because) for one in decision.kept] == [
        ((13, 23, "ceremony_symbol"), "A ritual object."), ((13, 23, "loaded_word"), "It praises."),
    ]  # fmt: skip
    assert kept_response(passage, {"A": "A ritual object.", "B": "It praises."}) == saved
    assert decision_of(passage, OPEN_AGAIN) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"choice": "both"}, {"more": 1}, {"kept": "A"}, {"kept": [1]}, {"because": 1},
        {"kept": [{"start": 13, "end": 23, "label": "ceremony_symbol"}]}, {"because": "x" * 2001},
        {"kept": [{"start": 13, "end": 23, "label": "hedge", "because": "So."}]},
        {"kept": 2 * [{"start": 13, "end": 23, "label": "loaded_word", "because": "So."}]},
    ],
)  # fmt: skip
def test_what_is_no_decision_is_refused(wrong):
    with pytest.raises(FramingkitError):
        check_decision(agenda_of(TWO).passages[0], wrong)


reasons = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.builds(
    lambda start, size, label: Span(start, start + size, label),
    st.integers(0, 110), st.integers(1, 20), st.sampled_from(LABELS[:3]),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(spans, max_size=4), min_size=2, max_size=8), st.data())
def test_any_decisions_on_any_tags_give_a_reading_that_can_be_read_back(tags, data):
    """Whatever was settled and left open, and with or without the reading of the kit around it."""
    sets = [reader(f"r{number}", *one) for number, one in enumerate(tags)]
    agenda = agenda_of(sets, most=data.draw(st.none() | st.integers(1, 3)))
    responses = {}
    for one in agenda.passages:
        letters = data.draw(
            st.sets(st.sampled_from([each.letter for each in one.stretch.variants]))
        )
        kept = {letter: data.draw(reasons) for letter in sorted(letters)}
        responses[one.key] = kept_response(one, kept)

    reading = settled_reading(
        agenda, responses, "class", data.draw(st.none() | st.just(load_reference()))
    )

    assert parse_reference(reference_to_toml(reading)) == reading


def test_every_act_has_a_function_and_is_on_disk_at_once(work, tmp_path):
    assert repr(work.keep(1, A="A ritual object.", B="It praises.")) == "Passage 1. 1 of 2 settled."
    assert "B stays, Loaded word on “red carpet”, because: It praises." in work.passages().html
    work.no_tag(2, "Plain words.")
    assert repr(work) == "Settling(alaska-summit: 2 of 2 settled)"
    lines = (tmp_path / "mara-ben.alaska-summit.settled.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["response"]["because"] == "Plain words."

    assert repr(work.undo()) == "Passage 2. 1 of 2 settled."
    work.later(2)
    assert repr(open_settling(TWO)) == "Settling(alaska-summit: 1 of 2 settled)"
    said = work.save()

    assert "saved as “mara-ben.alaska-summit.settled.toml”. It holds 2 tags" in said.html
    assert "Not settled: 1 passage. There, nothing is tagged." in said.html
    assert read_reference(work.path) == work.reading
    assert work.reading.coder == "settled by mara, ben"
    work.undo()
    work.undo()
    assert repr(work.undo()) == "There is nothing to undo."
    assert work.reading.spans == ()


def test_what_was_decided_counts_whatever_is_shown_now(work):
    work.keep(2, A="The wider words.")

    later = open_settling(TWO, most=1)

    assert repr(later) == "Settling(alaska-summit: 0 of 1 settled)"
    assert [one.span.label for one in later.reading.spans] == ["game_metaphor"]


def test_a_decision_that_fits_no_passage_any_more_is_told(work):
    work.keep(1, A="A ritual object.")
    changed = [reader("mara", tag("rolls out red carpet"), MOVE), TWO[1]]

    again = open_settling(changed)

    assert repr(again) == "Settling(alaska-summit: 0 of 2 settled)"
    assert again.show().notices == ["1 decision no longer counts: the tags there have changed."]


def test_the_decisions_are_never_taken_for_the_work_of_a_learner(work):
    work.later(1)

    assert folder.find_log() is None


@pytest.mark.parametrize(
    ("act", "problem"),
    [
        (lambda work: work.keep(1, A=" "), "gives no reason"),
        (lambda work: work.keep(1), "Say which reading stays"),
        (lambda work: work.keep(1, C="So."), "no reading 'C'. Choose one of: A, B"),
        (lambda work: work.no_tag(2, ""), "gives no reason"),
        (lambda work: work.later(3), "numbered from 1 to 2"),
    ],
)
def test_an_act_that_cannot_be_done_says_why_and_changes_nothing(work, act, problem):
    with pytest.raises(FramingkitError, match=problem):
        act(work)

    assert work.responses == {}


def test_the_widget_takes_decisions_on_its_passages_only(work):
    widget = work.show()
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    good = kept_response(work.agenda.passages[0], {"A": "A ritual object."})
    one = {"client": "tab-a", "kind": "answer", "response": good}
    targets = [widget.passages[0]["target"], "what-chess-hides", widget.passages[1]["target"]]

    acts = [one | {"id": f"tab-a-{n}", "seq": n, "target": t} for n, t in enumerate(targets, 1)]
    widget._receive(widget, {"kind": "operations", "operations": acts}, [])

    assert sent[0]["ids"] == ["tab-a-1"]
    assert sent[1]["ids"] == ["tab-a-2", "tab-a-3"]
    assert repr(widget) == "Adjudicator(alaska-summit: 1 of 2 settled)"
    assert "A stays" in widget._repr_mimebundle_()[0]["text/html"]


@pytest.fixture
def class_file(tmp_path, monkeypatch):
    """Collect ten learners: six tag the carpet as ceremony, three as praise, one nothing there."""
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    labels = ["ceremony_symbol"] * 6 + ["loaded_word"] * 3
    for number, label in enumerate(labels):
        tags = document(span("red carpet", label, owner=f"t{number}"))
        put(tmp_path / "in", f"{number}.answers.json", sheet(f"heron-{number}", documents=[tags]))
    tags = document(span("strategic move", "game_metaphor", owner="t9"))
    put(tmp_path / "in", "9.answers.json", sheet("heron-9", documents=[tags]))
    return collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path


def test_what_a_class_settled_is_beside_its_file_and_grades_it(class_file, tmp_path):
    work = fk.open_settling(class_file)
    assert "6 of 10 readers" in work.passages().html

    def over_tags(*more):
        out, tasks = tmp_path / "grades.csv", tmp_path / "tasks.csv"
        asked = ["grade", str(class_file), "-o", str(out), "--per-task", str(tasks), *more]
        done = CliRunner().invoke(cli.app, asked)
        assert done.exit_code == 0, done.output
        rows = csv.DictReader(tasks.read_text("utf-8-sig").splitlines())
        return next(
            one["alaska-summit: over_tags"] for one in rows if one["code_name"] == "heron-1"
        )

    work.no_tag(1, "A real carpet was there.")
    work.save()
    settled = tmp_path / "class.alaska-summit.settled.toml"

    assert over_tags() == "0"
    assert over_tags("--reference", str(settled)) == "1"
    assert read_reference(settled).coder == "settled by a class"


def test_four_of_a_class_are_not_named_but_four_markers_are(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    for number in range(4):
        tags = document(span("red carpet", LABELS[number], owner=f"t{number}"))
        put(tmp_path / "in", f"{number}.answers.json", sheet(f"heron-{number}", documents=[tags]))
    path = collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path
    assert "heron-0" in open_settling(path).passages().html

    put(tmp_path / "in", "5.answers.json", sheet("heron-5", documents=[]))
    path = collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path
    with pytest.raises(FramingkitError, match="Only 4 learners of “class.jsonl.gz”"):
        open_settling(path)


def test_a_reading_that_does_not_fit_is_refused(class_file, tmp_path):
    tour = open_settling([reader("a", CARPET), reader("b")])
    path = tmp_path / "r.toml"
    for change, problem in (
        (("alaska-summit", "tagger-tour"), "could not be loaded|Nobody in this class"),
        (('"red carpet"', '"red Carpet"'), "r.toml” could not be loaded.*was made on the words"),
        (('label = "cer', 'label = "x'), "has no code"),
    ):
        tour.keep(1, A="So.")
        write_reference(path, tour.reading)
        path.write_text(path.read_text("utf-8").replace(*change), encoding="utf-8")
        with pytest.raises(FramingkitError, match=problem):
            grade(class_file, tmp_path / "grades.csv", reading=path)


def test_a_learner_can_compare_with_the_reading_of_the_class(class_file):
    work = open_settling(class_file)
    work.no_tag(1, "A real carpet was there.")
    work.save()
    lesson = fk.open_lesson("03-commentary", "amber")
    lesson.add_tag("red carpet", "ceremony_symbol", section="headline")

    assert repr(lesson.compare("headline")) != repr(
        lesson.compare("headline", reading_file=work.path)
    )
