"""The files that an instructor gets: grades, written answers to mark, and pages of feedback."""

import csv
import io
from collections import Counter
from html.parser import HTMLParser

import pytest
from class_samples import ARTICLE, CODEBOOK, answer, document, put, sheet, span
from typer.testing import CliRunner

from framingkit import cli, course
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import read_class
from framingkit.hand_ins.shared import share_class
from framingkit.reports.grades import grade, read_key
from framingkit.reports.marks import merge_marks
from framingkit.reports.page import write_report

REFERENCE = course.load_reference()


@pytest.fixture
def graded(tmp_path):
    """Collect sheets, grade them, and give back the rows by code name."""

    def run(*sheets, **more):
        for number, one in enumerate(sheets):
            put(tmp_path / "inbox", f"{number:03}.answers.json", one)
        found = collect(tmp_path / "inbox", tmp_path / "class.gz").class_file
        said = grade(
            found.path, tmp_path / "grades.csv", tmp_path / "written.csv", tmp_path / "pages",
            tasks=tmp_path / "tasks.csv", **more,
        )  # fmt: skip
        return rows_of(tmp_path / "tasks.csv"), said

    return run


def rows_of(path):
    text = path.read_text("utf-8-sig")
    return {row["code_name"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


WRITTEN = "gut-reactions"
ANSWERS = [answer("plain-sentence", choice="b"), answer(WRITTEN, text='=1+1 "so"\nyes')]


def test_a_class_is_graded_by_the_item_bank_and_the_reference(graded):
    (bank,) = [one for one in course.load_items("00-start-here") if one.id == "plain-sentence"]
    right = next(option.id for option in bank.options if option.correct)
    core = [code.id for code in CODEBOOK.core]
    entries = [one for one in REFERENCE.within("commentary") if one.status == "clear"]
    clear = next(one.span for one in entries if one.span.label in core)
    found = {"id": "t.1", "start": clear.start, "end": clear.end, "label": clear.label}
    tagged = document(found | {"quote": ARTICLE.text[clear.start : clear.end]})
    rows, said = graded(
        sheet("amber", responses=[answer("plain-sentence", choice=right)], documents=[tagged]),
        sheet("mara", responses=ANSWERS, documents=[]),
    )
    assert rows["amber"]["plain-sentence"] == "1.0"
    assert rows["amber"]["alaska-summit: precision"] == "1.0"
    assert rows["amber"]["alaska-summit: over_tags"] == "0"
    assert rows["mara"]["alaska-summit: tags"] == ""
    assert said == ["Graded 2 learners: 1 closed question, 1 text, 1 written answer to read."]


def test_written_answers_are_sorted_by_question_and_blind(graded, tmp_path):
    other = "write-two-headlines"
    both = [answer(WRITTEN, text="A"), answer("exit-framing-and-falsehood", text="B")]
    graded(*(sheet(f"heron-{n}", responses=both) for n in range(6)))
    text = (tmp_path / "written.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["item"] for row in rows] == [WRITTEN] * 6 + ["exit-framing-and-falsehood"] * 6
    orders = [[row["code_name"] for row in part] for part in (rows[:6], rows[6:])]
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1])
    assert {row["mark"] for row in rows} == {""}
    assert rows[0]["rubric"].startswith("0: ")
    assert [bool(row["question"]) for row in rows] == ([True] + [False] * 5) * 2
    assert other not in text


def test_grading_twice_gives_the_same_bytes(graded, tmp_path):
    graded(*(sheet(f"heron-{n}", responses=ANSWERS) for n in range(5)))
    names = ["grades.csv", "written.csv", "pages/heron-3.html"]
    first = [(tmp_path / name).read_bytes() for name in names]
    grade(*(tmp_path / name for name in ("class.gz", "grades.csv", "written.csv", "pages")))
    assert [(tmp_path / name).read_bytes() for name in names] == first


def test_names_come_in_only_through_the_key_and_only_into_the_grades(graded, tmp_path):
    put(tmp_path, "key.csv", b"code_name;name;number\nAmber;Mara Muster;007\n")
    sheets = [sheet("amber", responses=ANSWERS), sheet("zoe")]
    _, said = graded(*sheets, key=read_key(tmp_path / "key.csv", "number"))
    assert rows_of(tmp_path / "grades.csv")["amber"]["number"] == "007"
    assert said[1].startswith("The key file has no name for 1 of them")
    for path in [tmp_path / "written.csv", tmp_path / "tasks.csv", *(tmp_path / "pages").iterdir()]:
        assert "007" not in path.read_text("utf-8-sig")
        assert "Muster" not in path.read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"name\nMara\n", "needs one column “code_name”"),
        (b"code_name\namber\n", "needs a column with names"),
        (b"code_name,name\namber,A\namber,B\n", "two rows for the code name 'amber'"),
        (b"code_name,name\n../x,A\n", "cannot be used"),
        (b"code_name,name\namber,A,B\n", "3 cells in line 2"),
    ],
)
def test_a_key_file_that_is_not_clear_is_refused(tmp_path, content, words):
    put(tmp_path, "key.csv", content)
    with pytest.raises(FramingkitError, match=words):
        read_key(tmp_path / "key.csv")


def test_a_handed_in_notebook_is_never_run(graded, tmp_path):
    marker = tmp_path / "marker"
    code = f"open({str(marker)!r}, 'w').close()"
    cells = [{"cell_type": "code", "source": [code], "metadata": {}, "outputs": []}]
    put(tmp_path / "inbox", "lesson.ipynb", {"cells": cells, "nbformat": 4, "metadata": {}})
    put(tmp_path / "inbox", "lesson.py", code.encode())
    pickled = f"cbuiltins\nexec\n(V{code}\ntR.".encode()
    put(tmp_path / "inbox", "evil.answers.json", pickled)
    rows, _ = graded(sheet("amber"))
    assert list(rows) == ["amber"]
    assert not marker.exists()


def test_a_score_in_a_hand_in_refuses_it(tmp_path):
    put(tmp_path / "inbox", "a.answers.json", sheet(score=100))
    put(tmp_path / "inbox", "b.answers.json", sheet("mara"))
    done = collect(tmp_path / "inbox", tmp_path / "class.gz")
    assert [learner.coder for learner in done.class_file] == ["mara"]
    assert "score" in done.sentences[0]


class Page(HTMLParser):
    """Counts elements and gathers text."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.text = Counter(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        self.text.append(data)


PAYLOADS = ['<script>alert(1)</script>"', "</q><img src=x onerror=alert(1)>", "'&lt;b>"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_feedback_page_shows_what_was_written_only_as_text(graded, tmp_path, payload):
    noted = document(span("red carpet", "ceremony_symbol", note=payload))
    graded(sheet(responses=[answer(WRITTEN, text=payload)], documents=[noted]))
    text = (tmp_path / "pages" / "amber-heron-417.html").read_text("utf-8")
    page = Page(text)
    # a quotation mark without a partner is left out of a quotation
    assert payload.rstrip('"') in "".join(page.text)
    allowed = "html head meta title style body main h1 h2 h3 h4 p ul li"
    assert set(page.tags) <= set(allowed.split())
    assert "default-src 'none'; style-src 'unsafe-inline'; img-src data:" in text


def mark(path, marks):
    """Fill in marks as a person does, and save as a German Excel does."""
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    place = rows[0].index("mark")
    for row in rows[1:]:
        row[place] = marks.get((row[0], row[1]), "")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(rows)
    target = path.with_name("marked.csv")
    target.write_text(text.getvalue(), "utf-8-sig")
    return target


def test_marks_are_folded_back_into_the_grades(graded, tmp_path):
    graded(sheet("amber", responses=ANSWERS), sheet("mara", responses=ANSWERS), sheet("zoe"))
    marked = mark(tmp_path / "written.csv", {(WRITTEN, "amber"): "3"})
    said = merge_marks(tmp_path / "grades.csv", marked, tmp_path / "final.csv")
    rows = rows_of(tmp_path / "final.csv")
    assert [rows[name]["written_marks"] for name in ("amber", "mara", "zoe")] == ["3", "", ""]
    assert (rows["amber"]["written_of"], rows["zoe"]["written_of"]) == ("3", "")
    before = rows_of(tmp_path / "grades.csv")
    assert rows["amber"]["points"] == before["amber"]["points"]

    merge_marks(tmp_path / "tasks.csv", marked, tmp_path / "wide.csv")
    rows = rows_of(tmp_path / "wide.csv")
    assert [rows[name][f"{WRITTEN}: mark"] for name in ("amber", "mara", "zoe")] == ["3", "", ""]
    assert (rows["amber"]["written_marks"], rows["zoe"]["written_marks"]) == ("3", "")
    before = rows_of(tmp_path / "tasks.csv")
    assert rows["amber"]["items_right"] == before["amber"]["items_right"]
    assert said == ["marked.csv: 1 answer has a mark, 1 has none yet."]


def test_every_path_may_be_a_text(graded, tmp_path, monkeypatch):
    put(tmp_path, "key.csv", b"code_name,number\namber,007\n")
    sheets = [sheet(f"heron-{number}", responses=ANSWERS) for number in range(5)]
    graded(sheet("amber", responses=ANSWERS), *sheets)
    monkeypatch.chdir(tmp_path)

    grade("class.gz", "again.csv", "again-written.csv", "again", read_key("key.csv"))
    said = merge_marks("again.csv", "again-written.csv", "final.csv", "written.csv")
    write_report("class.gz", "report.html", "class.gz", "report.json")
    share_class("class.gz", "shared.gz")

    assert said[0] == "again-written.csv: 0 answers have a mark, 6 have none yet."
    assert rows_of(tmp_path / "final.csv")["amber"]["number"] == "007"
    assert len(read_class("shared.gz")) == 6
    assert (tmp_path / "again" / "amber.html").exists()
    assert (tmp_path / "report.json").exists()


@pytest.mark.parametrize("bad", ["4", "-1", "good", "1.5", "=2"])
def test_a_mark_that_is_no_mark_is_named(graded, tmp_path, bad):
    graded(sheet("amber", responses=ANSWERS))
    marked = mark(tmp_path / "written.csv", {(WRITTEN, "amber"): bad})
    with pytest.raises(FramingkitError, match=r"row 2, answer 1 \(amber\): a mark is 0, 1, 2 or 3"):
        merge_marks(tmp_path / "grades.csv", marked, tmp_path / "final.csv")


def test_an_id_with_zeros_in_front_survives_the_merge(graded, tmp_path):
    put(tmp_path, "key.csv", b"code_name,number\namber,007\n")
    graded(sheet("amber", responses=ANSWERS), key=read_key(tmp_path / "key.csv"))
    merge_marks(tmp_path / "grades.csv", tmp_path / "written.csv", tmp_path / "final.csv")
    assert rows_of(tmp_path / "final.csv")["amber"]["number"] == "007"


def test_names_of_a_platform_come_from_their_column_of_the_key(graded, tmp_path):
    rows = b"amber,Submitted files/Mara M/x/sun.json,Mara M\nzoe,zoe.json,\n"
    put(tmp_path, "key.csv", b"code_name,handed_in_as,platform_name\n" + rows)
    sheets = [sheet("amber", responses=ANSWERS), sheet("zoe")]
    _, said = graded(*sheets, key=read_key(tmp_path / "key.csv", "platform_name"))
    found = rows_of(tmp_path / "grades.csv")
    assert [found[name]["platform_name"] for name in ("amber", "zoe")] == ["Mara M", ""]
    assert said[1].startswith("The key file has no name for 1 of them")


def test_the_class_of_a_hand_in_is_a_column_where_somebody_names_one(graded, tmp_path):
    named = [*ANSWERS, answer("class-name", text="=10b")]
    graded(sheet("amber", responses=ANSWERS))
    assert "class" not in rows_of(tmp_path / "grades.csv")["amber"]

    graded(sheet("amber", responses=ANSWERS), sheet("mara", responses=named))
    rows = rows_of(tmp_path / "grades.csv")
    assert {name: row["class"] for name, row in rows.items()} == {"amber": "", "mara": "'=10b"}
    merge_marks(*(tmp_path / name for name in ("grades.csv", "written.csv", "final.csv")))
    assert rows_of(tmp_path / "final.csv")["mara"]["class"] == "'=10b"


def test_two_markers_are_compared_and_their_mean_counts(graded, tmp_path):
    graded(sheet("amber", responses=ANSWERS), sheet("mara", responses=ANSWERS))
    both = [(WRITTEN, "amber"), (WRITTEN, "mara")]
    one = mark(tmp_path / "written.csv", dict(zip(both, "30", strict=True))).rename(
        tmp_path / "one.csv"
    )
    two = mark(tmp_path / "written.csv", dict(zip(both, "20", strict=True)))
    said = merge_marks(tmp_path / "grades.csv", one, tmp_path / "final.csv", two)
    assert "The two markers: 1 of 2 with the same mark (50 %)" in said[1]
    assert rows_of(tmp_path / "final.csv")["amber"]["written_marks"] == "2.5"


def test_the_commands_lead_from_a_folder_to_final_grades(tmp_path):
    put(tmp_path / "inbox", "a.answers.json", sheet(responses=ANSWERS))
    grades, written, whole = (str(tmp_path / name) for name in ("g.csv", "w.csv", "c.gz"))
    commands = [
        ["collect", str(tmp_path / "inbox"), "-o", whole],
        ["grade", whole, "-o", grades, "--to-read", written, "--feedback", str(tmp_path / "p")],
        ["merge", grades, written, "-o", str(tmp_path / "final.csv")],
    ]
    for command in commands:
        result = CliRunner().invoke(cli.app, command, catch_exceptions=False)
        assert result.exit_code == 0, result.output
    assert (tmp_path / "p" / "amber-heron-417.html").is_file()
    assert list(rows_of(tmp_path / "final.csv")) == ["amber-heron-417"]


def test_an_id_column_without_a_key_file_is_a_usage_error(tmp_path):
    result = CliRunner().invoke(cli.app, ["grade", "c.gz", "-o", "g.csv", "--id-column", "number"])
    assert result.exit_code == 2
    assert "--names" in result.output
