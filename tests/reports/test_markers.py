"""Two people mark the same answers: how far they agree is told without names of learners."""

import csv
import io

import pytest
from class_samples import answer, put, sheet
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from framingkit import cli
from framingkit.hand_ins.collect import collect
from framingkit.reports.grades import grade
from framingkit.reports.marked import MarkedTable
from framingkit.reports.markers import compare_markers
from framingkit.reports.marks import merge_marks
from framingkit.reports.page import write_report

ITEM, OTHER = "gut-reactions", "exit-framing-and-falsehood"
NAMES = ["ana", "ben", "cem", "dora", "eli", "fay"]


def table(marks, first_row=2):
    rows = {key: first_row + n for n, key in enumerate(sorted(marks))}
    return MarkedTable("it.csv", marks, 0, [], [], {}, rows, [])


marks = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from(NAMES)), st.integers(0, 3), max_size=12
)


@given(marks, marks)
def test_what_is_told_is_what_one_counts_by_hand(one, other):
    found = compare_markers(table(one), table(other, 40))
    both = [key for key in one if key in other]
    for item, told in {"": found.overall, **{each.item: each for each in found.by_item}}.items():
        pairs = [(one[key], other[key]) for key in both if item in ("", key[0])]
        assert told.both == len(pairs)
        assert told.same == sum(a == b for a, b in pairs)
        assert told.near == sum(abs(a - b) < 2 for a, b in pairs)
        assert (told.alpha.value is None) == (len(pairs) < 5 or len({*sum(pairs, ())}) == 1)
    assert {each.item for each in found.by_item} == {item for item, _ in both}
    far = {(k[0], one[k], other[k]) for k in both if abs(one[k] - other[k]) > 1}
    assert {(each.item, *each.marks) for each in found.far} == far


def rows_of(path):
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def mark(path, target, marks, comment=""):
    """Write a copy of a table of written answers, with marks by the answer."""
    rows = [row | {"mark": marks.get(row["answer"], "2")} for row in rows_of(path)]
    rows[1]["comment"] = comment
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]))
    table.writeheader()
    table.writerows(rows)
    target.write_bytes(text.getvalue().encode("utf-8-sig"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Six learners, whose answers to one of two questions the second marker sees differently."""
    monkeypatch.chdir(tmp_path)
    for name in NAMES:
        told = [answer(ITEM, text=f"by {name}"), answer(OTHER, text=f"of {name}")]
        put(tmp_path / "in", f"{name}.answers.json", sheet(name, responses=told))
    collect(tmp_path / "in", tmp_path / "class.gz")
    written = tmp_path / "written.csv"
    grade(tmp_path / "class.gz", tmp_path / "grades.csv", written)
    marks = dict(zip((f"by {name}" for name in NAMES), "001233", strict=True))
    mark(written, tmp_path / "second.csv", marks | {"by ana": "3"}, "To you: hm")
    mark(written, written, marks)
    return tmp_path


def test_agreement_is_told_for_each_question_with_the_answers_to_read_together(folder):
    said = "\n".join(merge_marks("grades.csv", "written.csv", "final.csv", "second.csv"))
    rows = [row["answer"] for row in rows_of(folder / "written.csv")]
    for words in (
        "The two markers: 11 of 12 with the same mark (92 %), 11 at most one level apart, alpha 0.",
        f"{OTHER}: 6 of 6 with the same mark (100 %), 6 at most one level apart, alpha n/a",
        "Comments of second.csv that written.csv has not (1): row 3. Learners read only those of",
        "Where both gave a mark, the mean of the two counts.",
        f"Two or more levels apart (1): {ITEM} row {rows.index('by ana') + 2} (0 and 3).",
    ):
        assert words in said
    assert not any(name in said for name in NAMES)
    (ana,) = [one for one in rows_of(folder / "final.csv") if one["code_name"] == "ana"]
    assert ana["written_marks"] == "3.5"


def test_a_page_says_the_same_and_so_does_the_report_to_the_teacher_alone(folder):
    words = "merge grades.csv written.csv -o final.csv --second second.csv --agreement a.html"
    done = CliRunner().invoke(cli.app, words.split(), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    tables = "written.csv", "second.csv"
    write_report("class.gz", "report.html", marked=tables)
    write_report("class.gz", "open.html", marked=tables, names=False)
    pages = {name: (folder / name).read_text("utf-8") for name in
             ("a.html", "report.html", "open.html")}  # fmt: skip
    assert "11 (92 %)" in pages["a.html"]
    assert not any(name in pages["a.html"].partition("<main>")[2] for name in NAMES)
    assert pages["report.html"].index("framingkit-private") < pages["report.html"].index(
        "11 (92 %)"
    )
    assert "11 (92 %)" not in pages["open.html"]
    (folder / "a.html").write_text("Dear colleague")
    done = CliRunner().invoke(cli.app, words.split())
    assert done.exit_code == 1
    assert (folder / "a.html").read_text() == "Dear colleague"


def test_half_of_two_markers_is_a_usage_error():
    for words in ("merge g.csv w.csv -o f.csv --agreement a.html", "report c.gz --written w.csv"):
        done = CliRunner().invoke(cli.app, words.split())
        assert done.exit_code == 2
        assert "--second" in done.output
