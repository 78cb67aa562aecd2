"""Sheets of feedback: what the teacher gave reaches each learner, and nobody else."""

import csv
import io
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from class_samples import ARTICLE, CODEBOOK, answer, document, put, sheet, span
from for_each import for_each
from typer.testing import CliRunner

from framingkit import cli, course
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.reports.grades import grade
from framingkit.reports.sheet_facts import Facts, Written
from framingkit.reports.sheet_page import sheet_page
from framingkit.reports.student_sheets import write_sheets

WRITTEN = "exit-red-carpet"
RUBRIC = next(one for one in course.load_items("03-commentary") if one.id == WRITTEN).rubric
HANDED_IN = {
    "ana": "Ana_4411_assignsubmission_file_/a.answers.json",
    "ben": "doeben_LATE_982_99007_sun.answers.json",
    "007": "doe_55_99008_sun.answers.json",
    "eli": "Abgaben/Doe_Eli_eli_10277/a.answers.json",
    "zoe": "class 7/zoe.answers.json",
}


class Desk:
    """A folder with a class of four, and its tables."""

    def __init__(self, folder):
        self.folder = folder

    def collect(self, **more):
        (closed, *_) = [item for item in course.load_items("03-commentary") if item.is_closed]
        told = [
            answer(closed.id, choice=closed.options[0].id),
            answer("plain-sentence", choice="a"),
        ]
        for coder, name in HANDED_IN.items():
            texts = [answer(WRITTEN, text=more.get("text", f"by {coder}"))]
            tags = [span("According to many experts", "vague_attribution", 1, note="who?")]
            elsewhere = [span("red carpet", "ceremony_symbol")]  # in the headline
            tagged = document(*(elsewhere if coder == "zoe" else tags))
            one = sheet(coder, responses=told + texts, documents=[tagged])
            put(self.folder / "in", name, one)
        collect(self.folder / "in", self.folder / "class.gz")
        grade(*(self.folder / name for name in ("class.gz", "grades.csv", "written.csv")))
        return self

    def edit(self, name, change):
        path = self.folder / name
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
        for row in rows:
            row |= change(row)
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
        path.write_bytes(text.getvalue().encode("utf-8-sig"))

    def write(self, **more):
        return write_sheets(
            self.folder / "class.gz", self.folder / "sheets", "03", self.folder / "grades.csv",
            self.folder / "written.csv", **more,
        )  # fmt: skip

    def words(self, coder, joint=" "):
        """Give the text of a sheet without its markup."""
        found = []
        parser = HTMLParser()
        parser.handle_data = found.append
        parser.feed((self.folder / "sheets" / f"{coder}.html").read_text("utf-8"))
        return " ".join(joint.join(found).split())


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path).collect()


def test_marks_and_comments_reach_the_learner_and_nobody_else(desk):
    only = {"comment": "Quote the words."}
    desk.edit("grades.csv", lambda row: only if row["code_name"] == "ana" else {})
    by_hand = {"mark": "B+"}
    desk.edit("grades.csv", lambda row: by_hand if row["code_name"] == "ben" else {})
    read = {"mark": "2", "comment": "Say what it hides."}
    desk.edit("written.csv", lambda row: read if row["code_name"] == "zoe" else {})
    said = desk.write()
    assert said[0].startswith("Wrote 5 sheets about “")
    texts = {coder: desk.words(coder) for coder in HANDED_IN}
    for words, coder in {"From your teacher Quote the words.": "ana", "Your mark B+": "ben",
                         f"2 of 3 : {RUBRIC[2]} For 3: {RUBRIC[3]} Say what it hides.": "zoe",
                         }.items():  # fmt: skip
        assert [one for one, text in texts.items() if words in text] == [coder]
    assert all(f"by {coder}" in text for coder, text in texts.items())
    assert "Strengths" in texts["ana"]
    assert "Next steps" in texts["ana"]


def test_tags_are_shown_beside_the_reference_and_nothing_is_told_to_whom_tagged_nothing(tmp_path):
    desk = Desk(tmp_path).collect()
    write_sheets(desk.folder / "class.gz", desk.folder / "sheets", "03")
    own = desk.words("ana")
    assert "✓ Matches VA “According to many experts”" in own
    assert "+ Still to find" in own
    code = CODEBOOK.code("vague_attribution").name
    assert f"You find this: {code}. 1 tag, such as “According to many experts” in sentence" in own
    assert "beside the reference reading" in own
    assert "beside the reference reading" not in desk.words("zoe")
    assert "Still to find" not in desk.words("zoe")
    assert ARTICLE.text[2700:2760] not in desk.words("zoe")


def test_the_zip_has_names_that_moodle_canvas_and_ilias_take_back(desk):
    said = desk.write(packed=desk.folder / "feedback.zip")
    assert any("not in it (1): zoe." in sentence for sentence in said)
    with zipfile.ZipFile(desk.folder / "feedback.zip") as archive:
        names = archive.namelist()
        pages = {name: archive.read(name) for name in names}
    found = {}
    for name in names:
        moodle, canvas = name.split("_", 4), re.findall(r"(?<=_)\d+(?=_)", name.split("/")[-1])
        if name.startswith("multi_feedback"):  # as ilExAssignment reads it
            found["ILIAS", name.split("/")[1].split("_")[-1]] = pages[name]
        elif moodle[2:4] == ["assignsubmission", "file"]:
            found["Moodle", moodle[1]] = pages[name]
        else:
            found["Canvas", *canvas[:2]] = pages[name]
            assert [word for word in name.split("_") if word.isdigit()][:2] == canvas[:2]
    expected = {("Moodle", "4411"): "ana", ("Canvas", "982", "99007"): "ben",
                ("Canvas", "55", "99008"): "007", ("ILIAS", "10277"): "eli"}  # fmt: skip
    assert found == {
        key: (desk.folder / "sheets" / f"{coder}.html").read_bytes()
        for key, coder in expected.items()
    }
    first = (desk.folder / "feedback.zip").read_bytes()
    assert "replaced" not in "".join(desk.write(packed=desk.folder / "feedback.zip"))
    assert (desk.folder / "feedback.zip").read_bytes() == first


def test_what_was_there_is_kept(desk):
    put(desk.folder, "feedback.zip", b"Dear parents,\r\n")
    with pytest.raises(FramingkitError, match="is not a zip of sheets. Nothing was written"):
        desk.write(packed=desk.folder / "feedback.zip")
    assert not (desk.folder / "sheets").exists()
    desk.write()
    before = (desk.folder / "sheets" / "ana.html").read_bytes()
    desk.edit("grades.csv", lambda row: {"comment": "New"} if row["code_name"] == "ana" else {})
    said = desk.write()
    assert any("other than before (1): ana.html" in sentence for sentence in said)
    assert (desk.folder / "sheets.bak" / "ana.html").read_bytes() == before


def test_a_comment_that_is_too_long_is_cut_and_the_teacher_reads_whose(desk):
    long = {"comment": "So it is. " * 400}
    desk.edit("grades.csv", lambda row: long if row["code_name"] == "ben" else {})
    said = desk.write()
    assert any(
        s == "Comments that are too long for a sheet, and were cut or left out (1): ben."
        for s in said
    )
    assert desk.words("ben").count("So it is.") < 400
    assert "…" in desk.words("ben")


def test_comments_on_many_answers_are_all_there_or_the_teacher_is_told():
    items = [item for lesson in ("03-commentary", "05-capstone")
             for item in course.load_items(lesson) if item.kind == "written"]  # fmt: skip
    for many, is_cut in ((3, False), (len(items), True)):
        written = tuple(
            Written(one, "Nobody moves. " * 20, 1, f"“Nobody”: comment {number}? " + "Well. " * 40)
            for number, one in enumerate(items[:many])
        )
        sheet = sheet_page("sun", "Lesson 03", Facts((), (), (), written, {}, CODEBOOK))
        shown = sum(f"comment {number}?" in sheet.page.decode() for number in range(many))
        assert (shown < many) == sheet.is_cut == is_cut
        assert shown >= 3


@for_each(["<script>alert(1)</script>", "</blockquote><img src=x onerror=alert(1)>", "$x$ & \\y"])
def test_what_somebody_wrote_is_shown_only_as_text(payload, tmp_path):
    desk = Desk(tmp_path / str(len(payload))).collect(text=payload)
    desk.edit("grades.csv", lambda _: {"comment": payload, "mark": payload})
    desk.edit("written.csv", lambda _: {"comment": payload})
    desk.write()
    page = (desk.folder / "sheets" / "ana.html").read_text("utf-8")
    assert desk.words("ana", "").count(payload) >= 3
    assert "<script" not in page
    assert "<img" not in page


def test_a_sheet_shows_the_mean_of_two_markers_and_the_day(desk):
    desk.edit("written.csv", lambda _: {"mark": "1"})
    other = desk.folder / "second.csv"
    other.write_bytes((desk.folder / "written.csv").read_bytes().replace(b",1,", b",2,"))
    desk.write(second=other, day="15 September 2026")
    assert f"1.5 of 3 : between two levels. 1: {RUBRIC[1]} For 2: {RUBRIC[2]}" in desk.words("ana")
    assert "Marked on 15 September 2026" in desk.words("ana")


def test_a_sheet_is_about_one_lesson(desk):
    for lesson, words in {
        "07": "a question of the lesson “07”",
        "all": "A sheet is about one",
    }.items():
        with pytest.raises(FramingkitError, match=words):
            write_sheets(desk.folder / "class.gz", desk.folder / "sheets", lesson)


def test_the_command_writes_sheets_and_a_zip(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    words = "feedback class.gz -o sheets --lesson 03 --marks grades.csv --written written.csv"
    done = CliRunner().invoke(cli.app, [*words.split(), "--zip", "f.zip"], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (desk.folder / "sheets").iterdir()) == [
        "007.html", "ana.html", "ben.html", "eli.html", "zoe.html"
    ]  # fmt: skip
    assert (desk.folder / "f.zip").exists()
    told = [*words.split(), "--date", "2026-03-01"]
    assert CliRunner().invoke(cli.app, told, catch_exceptions=False).exit_code == 0
    assert "Marked on 1 March 2026" in desk.words("ana")


def test_tags_are_compared_with_what_a_class_settled(desk, monkeypatch):
    monkeypatch.chdir(desk.folder)
    reading = course.load_reference()
    kept = [one for one in reading.spans if one.span.label != "vague_attribution"]
    course.write_reference(desk.folder / "settled.toml", replace(reading, spans=tuple(kept)))
    words = "feedback class.gz -o sheets --lesson 03 --reference settled.toml"
    done = CliRunner().invoke(cli.app, words.split(), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    assert "✓ Matches" not in desk.words("ana")
    assert "? Think again VA “According to many experts”" in desk.words("ana")
