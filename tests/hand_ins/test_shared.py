"""The copy for learners: nothing in it can be joined to a person, or to an earlier copy."""

import gzip
import json
import stat
import sys

import pytest
from class_samples import ARTICLE, answer, document, put, sheet, span
from typer.testing import CliRunner

from framingkit import cli, course
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import read_class
from framingkit.hand_ins.shared import share_class
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.notebook.settling import open_settling
from framingkit.reports.grades import grade
from framingkit.reports.page import write_report

LABELS = [code.id for code in course.load_codebook().devices]
PLACES = ["red carpet", "chessboard"]  # in the headline, and in the lead


def class_of(folder, learners, lead=99, named="heron", handed_in="{}.answers.json"):
    """Collect a class: everybody tagged the headline, the first few the lead too."""
    for number in range(learners):
        label = LABELS[number % len(LABELS)]
        owner = f"{named}{number}"
        tags = [span("red carpet", label, 1, owner, note="mine")]
        tags += [span("chessboard", label, 2, owner)] if number < lead else []
        told = [answer("what-chess-hides", f"at {owner}", text="secret")]
        one = sheet(f"{named}-{number:02}", documents=[document(*tags)], responses=told)
        put(folder / "in", handed_in.format(owner), one)
    return collect(folder / "in", folder / "class.jsonl.gz").class_file.path


def sections_of(learner):
    return {
        section.id
        for tags in learner.tags
        for start in tags.start
        for section in ARTICLE.sections
        if section.start <= start < section.end
    }


def test_no_row_of_the_copy_has_tags_of_two_sections(tmp_path):
    whole = class_of(tmp_path, 8, handed_in="{}_77_assignsubmission_file_x.answers.json")
    assert {learner.ids for learner in read_class(whole)} == {("Moodle 77",)}
    share_class(whole, tmp_path / "shared.gz")
    rows = list(read_class(tmp_path / "shared.gz"))

    assert [sections_of(row) for row in rows] == [{"headline"}] * 8 + [{"lead"}] * 8
    assert [row.coder for row in rows] == [f"part-{number:02}" for number in range(1, 17)]
    words = gzip.decompress((tmp_path / "shared.gz").read_bytes()).decode()
    assert not [
        secret for secret in ("heron", "mine", "secret", "person", "Moodle") if secret in words
    ]


def test_the_order_of_the_rows_says_nothing_about_the_learners(tmp_path):
    """Who is who in one section can change as it likes: the copy stays the same, byte for byte."""
    share_class(class_of(tmp_path / "a", 8), tmp_path / "a.gz")
    source = class_of(tmp_path / "b", 8)
    header, *lines = gzip.decompress(source.read_bytes()).decode().splitlines()
    rows = [json.loads(line) for line in lines]
    start = ARTICLE.text.index("chessboard")
    labels = [row["tags"][0]["label"] for row in rows]
    for row, label in zip(
        rows, labels[1:] + labels[:1], strict=True
    ):  # in the lead, everybody is another
        tags = row["tags"][0]
        tags["label"] = [label[1] if at >= start else own
                         for at, own in zip(tags["start"], tags["label"], strict=True)]  # fmt: skip
    source.write_bytes(gzip.compress("\n".join([header, *map(json.dumps, rows)]).encode()))

    share_class(source, tmp_path / "b.gz")

    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_a_section_of_four_is_left_out_and_said_so(tmp_path):
    said = share_class(class_of(tmp_path, 6, lead=4), tmp_path / "shared.gz")

    rows = list(read_class(tmp_path / "shared.gz"))

    assert [sections_of(row) for row in rows] == [{"headline"}] * 6
    title = ARTICLE.section("lead").title
    assert f"fewer than 5 learners tagged it: “{title}” of alaska-summit." in said
    assert "the tags of 6 learners" in said


def test_a_class_that_never_read_the_same_section_is_not_shared(tmp_path):
    for number in range(6):
        words = PLACES[number % 2]
        tags = document(span(words, LABELS[0], owner=f"t{number}"))
        put(tmp_path / "in", f"{number}.answers.json", sheet(f"heron-{number}", documents=[tags]))
    source = collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path

    with pytest.raises(FramingkitError, match="No section was tagged by 5 learners"):
        share_class(source, tmp_path / "shared.gz")

    assert not (tmp_path / "shared.gz").exists()


@pytest.mark.parametrize("same_target", [True, False])
def test_a_second_copy_that_differs_by_few_is_made_only_when_told_to(tmp_path, same_target):
    share_class(class_of(tmp_path, 8), tmp_path / "first.gz")
    before = (tmp_path / "first.gz").read_bytes()
    target = tmp_path / ("first.gz" if same_target else "second.gz")
    source = class_of(tmp_path, 9)

    with pytest.raises(FramingkitError, match=r"fewer than 5 learners in 2 sections.*--again"):
        share_class(source, target)

    assert (tmp_path / "first.gz").read_bytes() == before
    assert target.exists() == same_target
    done = CliRunner().invoke(cli.app, ["share", str(source), "-o", str(target), "--again"])
    assert done.exit_code == 0
    assert len(read_class(target)) == 18


def test_a_copy_in_another_place_is_known_by_the_copy_itself(tmp_path):
    share_class(class_of(tmp_path / "a", 8), tmp_path / "shared.gz")

    with pytest.raises(FramingkitError, match="--again"):
        share_class(class_of(tmp_path / "b", 9), tmp_path / "shared.gz")


@pytest.mark.parametrize("moved", ["class/week-2.jsonl.gz", "elsewhere/class.jsonl.gz"])
def test_an_earlier_copy_is_known_whatever_the_class_is_called_now(tmp_path, moved):
    share_class(class_of(tmp_path / "class", 8), tmp_path / "class" / "first.gz")
    (tmp_path / "elsewhere").mkdir()
    source = class_of(tmp_path / "class", 9).replace(tmp_path / moved)

    with pytest.raises(FramingkitError, match="--again"):
        share_class(source, tmp_path / "class" / "second.gz")


def test_one_learner_who_came_is_not_hidden_by_five_who_left(tmp_path):
    share_class(class_of(tmp_path, 12), tmp_path / "first.gz")
    for number in range(5):
        (tmp_path / "in" / f"heron{number}.answers.json").unlink()
    new = sheet("new", documents=[document(span("red carpet", LABELS[-1], 1, "new"))])
    put(tmp_path / "in", "new.answers.json", new)
    source = collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path

    with pytest.raises(FramingkitError, match=r"fewer than 5 learners in 1 section.*--again"):
        share_class(source, tmp_path / "second.gz")


def test_the_same_class_and_five_more_may_be_shared_again(tmp_path):
    share_class(class_of(tmp_path, 8), tmp_path / "first.gz")
    share_class(class_of(tmp_path, 8), tmp_path / "first.gz")
    share_class(class_of(tmp_path, 13), tmp_path / "second.gz")

    record = json.loads((tmp_path / "class.shared.json").read_text("utf-8"))

    assert len(record["copies"]) == 2
    assert len(read_class(tmp_path / "second.gz")) == 26


def test_a_learner_who_changed_one_tag_makes_a_copy_too_much_alike(tmp_path):
    share_class(class_of(tmp_path, 8), tmp_path / "first.gz")
    put(tmp_path / "in", "heron0.answers.json", sheet("heron-00", documents=[
        document(span("red carpet", LABELS[-1], 1, "heron0"))]))  # fmt: skip
    source = collect(tmp_path / "in", tmp_path / "class.jsonl.gz").class_file.path

    with pytest.raises(FramingkitError, match="--again"):
        share_class(source, tmp_path / "second.gz")


@pytest.mark.parametrize("words", ["{", "[]", '{"copies": 5}', '{"copies": [{"a": [5]}]}'])
def test_a_damaged_record_is_named_and_nothing_is_shared(tmp_path, words):
    source = class_of(tmp_path, 8)
    (tmp_path / "class.shared.json").write_text(words, encoding="utf-8")

    with pytest.raises(FramingkitError, match=r"“class.shared.json”.* damaged"):
        share_class(source, tmp_path / "shared.gz")

    assert not (tmp_path / "shared.gz").exists()


def test_a_class_settles_the_same_passages_from_the_copy(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    source, copy = tmp_path / "class.jsonl.gz", tmp_path / "copy.gz"
    collect(sample_hand_ins(), source)
    share_class(source, copy)

    both = [open_settling(path).agenda for path in (source, copy)]

    assert both[0].passages
    told = [[(one.key, len(one.readers), len(one.other_readers),
              [(v.span.key, len(v.coders)) for v in one.stretch.variants])
             for one in agenda.contested] for agenda in both]  # fmt: skip
    assert told[0] == told[1]


def test_grades_reports_and_copies_are_not_made_of_a_copy(tmp_path):
    copy = tmp_path / "copy.gz"
    share_class(class_of(tmp_path, 8), copy)

    for make in (
        lambda: grade(copy, tmp_path / "g.csv"),
        lambda: write_report(copy, tmp_path / "r.html"),
        lambda: write_report(tmp_path / "class.jsonl.gz", tmp_path / "r.html", copy),
        lambda: share_class(copy, tmp_path / "c.gz"),
    ):
        with pytest.raises(FramingkitError, match="is the copy of a class"):
            make()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_class_is_for_its_owner_only_also_where_an_older_one_was_open_to_all(tmp_path):
    old = tmp_path / "class.jsonl.gz"
    old.write_bytes(b"")
    old.chmod(0o644)

    share_class(class_of(tmp_path, 8), tmp_path / "shared.gz")

    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.*")}
    assert modes["class.jsonl.gz"] == modes["class.shared.json"] == 0o600
    assert modes["shared.gz"] & 0o040  # learners have to read it
