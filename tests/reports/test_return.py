"""Marks go back: a platform's own grade sheet is filled, and nothing else in it changes."""

import csv
import io
import re
from dataclasses import dataclass, field, replace

import pytest
from class_samples import answer, put, sheet
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from framingkit import cli, course
from framingkit.base import cell_table, cells
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import ClassFile, compact_json, write_class
from framingkit.reports.grades import grade, read_key
from framingkit.reports.marks import merge_marks
from framingkit.reports.returning import Wanted, return_grades

LESSON = "00-start-here"
COMMENT = 'Well; done, "really"\nGo on'
# The rows of four who handed in and of one who did not, in another order than in the class.
ROWS = ["ben", "zoe", "ana", "nobody", "cy"]
NUMBERS = {"ana": 4411, "ben": 982, "cy": 10277, "zoe": 55, "nobody": 777}


@dataclass
class Layout:
    """A grade sheet as a platform exports it, and how the platform names hand-ins."""

    handed_in: str
    head: list[str]
    person: list[str]
    grade: str
    comment: str = ""
    rows_above: list[list[str]] = field(default_factory=list)
    separator: str = ","
    ends: str = "\n"
    encoding: str = "utf-8"
    quoting: int = csv.QUOTE_MINIMAL
    comma: bool = False
    last_end: bool = True

    def name(self, who):
        return self.handed_in.format(who=who, n=NUMBERS[who])

    def bytes(self, grades, comments=None):
        """Write the sheet as the platform would with these grades."""
        text = io.StringIO(newline="")
        table = csv.writer(text, delimiter=self.separator, lineterminator=self.ends,
                           quoting=self.quoting)  # fmt: skip
        table.writerows([self.head, *self.rows_above])
        for who in ROWS:
            cells = [cell.format(who=who, n=NUMBERS[who]) for cell in self.person]
            said = grades.get(who, "")
            cells[self.head.index(self.grade)] = said.replace(".", ",") if self.comma else said
            if self.comment:
                cells[self.head.index(self.comment)] = (comments or {}).get(who, "")
            table.writerow(cells)
        whole = text.getvalue()
        whole = whole if self.last_end else whole.removesuffix(self.ends)
        return whole.encode(self.encoding)


# Where these layouts were seen is said with each: in the source of a platform, in its language
# packs, or in public code that reads its files. What was found nowhere says so.


def canvas(points="10.00", final="12.50", **more):
    """Name columns as `lib/gradebook_exporter.rb` of Canvas does: in English, in any language.

    Only the numbers, the separator and the mark of the file follow the language.
    """
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Lesson 00 (8123)",
            "Current Score", "Final Score"]  # fmt: skip
    return Layout(
        "{who}doe_LATE_{n}_99007_sun.answers.json", head,
        ["Doe, {who}", "{n}", "77{n}", "{who}@example.org", "7b", "", final, final],
        "Lesson 00 (8123)",
        rows_above=[["    Points Possible", *[""] * 4, points, "(read only)", "(read only)"]],
        **more,
    )  # fmt: skip


def moodle(words, number, yes="Yes", **more):
    """Name columns as the language packs of `mod_assign` and `assignfeedback_comments` do."""
    head = words.split("|")
    return Layout(
        "Doe {who}_{n}_assignsubmission_file_/sun.answers.json", head,
        [number + "{n}", "{who} Doe", "{who}3@example.org", "Submitted - 2 days late", "", "100.00",
         yes, "Monday, 2 March 2026, 10:11", "-", ""],
        head[4], head[9], **more,
    )  # fmt: skip


def blackboard(words, **more):
    """Name columns as English exports do that public code reads; others are constructed."""
    head = [*words.split("|")[:6], "Lesson 00 [Total Pts: 10 Score] |8123", words.split("|")[6]]
    return Layout(
        "Lesson_00_{who}_doe_attempt_2026-03-02-10-11-12_sun.answers.json", head,
        ["Doe", "{who}", "{who}_doe", "S{n}", "2026-03-02 10:11:12", "Yes", "", ""],
        head[6], head[7], **more,
    )  # fmt: skip


def brightspace(words, **more):
    """Name columns as English exports do that public code reads; others are constructed."""
    head = [*words.split("|"), "Lesson 00 Points Grade <Numeric MaxPoints:10>",
            "End-of-Line Indicator"]  # fmt: skip
    return Layout(
        "{n}-8123 - Doe {who} - Mar 2, 2026 1011 AM/sun.answers.json", head,
        ["#{n}", "#{who}", "Doe", "{who}", "", "#"], head[4], ends="\r\n", **more,
    )  # fmt: skip


def ilias(**more):
    """Name columns as `ilExAssignmentStatusFile` of ILIAS does: the same in any language."""
    head = ["update", "usr_id", "login", "lastname", "firstname", "status", "mark", "notice",
            "comment", "plagiarism", "plag_comment"]  # fmt: skip
    return Layout(
        "Abgaben/Doe_{who}_{who}_doe_{n}/sun.answers.json".replace("_{n}", "_1{n:05}"), head,
        ["0", "1{n:05}", "{who}_doe", "Doe", "{who}", "notgraded", "", "", "", "none", ""],
        "mark", "comment", quoting=csv.QUOTE_ALL, **more,
    )  # fmt: skip


WIDE = {"encoding": "utf-16", "separator": "\t", "quoting": csv.QUOTE_ALL, "ends": "\r\n"}
GERMAN = {"separator": ";", "ends": "\r\n", "encoding": "utf-8-sig", "comma": True}
LAYOUTS = {
    "Canvas, English": canvas(),
    "Canvas, German": canvas("10,00", "12,50", separator=";", encoding="utf-8-sig", comma=True),
    "Canvas, Spanish": canvas("10,00", "12,50", comma=True, ends="\r\n", last_end=False),
    "Moodle, English": moodle(
        "Identifier|Full name|Email address|Status|Grade|Maximum grade|Grade can be changed|"
        "Last modified (submission)|Last modified (grade)|Feedback comments", "Participant "),
    "Moodle, German": moodle(
        "ID|Vollständiger Name|E-Mail-Adresse|Status|Bewertung|Bestwertung|Bewertung kann geändert "
        "werden|Zuletzt geändert (Abgabe)|Zuletzt geändert (Bewertung)|Feedback als Kommentar",
        "Teilnehmer/in", "Ja", encoding="utf-8-sig"),
    "Moodle, Spanish": moodle(
        "Identificador|Nombre completo|Dirección de correo|Estado|Calificación|Calificación máxima|"
        "La calificación puede ser cambiada|Última modificación (entrega)|Última modificación "
        "(calificación)|Comentarios de retroalimentación", "Participante ", "Sí", separator=";"),
    "Blackboard, English": blackboard(
        "Last Name|First Name|Username|Student ID|Last Access|Availability|Feedback to Learner",
        encoding="utf-8-sig", quoting=csv.QUOTE_ALL),
    "Blackboard, German": blackboard(
        "Nachname|Vorname|Benutzername|Studenten-ID|Letzter Zugriff|Verfügbarkeit|Feedback",
        encoding="cp1252", **{key: GERMAN[key] for key in ("separator", "ends", "comma")}),
    "Blackboard, Spanish": blackboard(
        "Apellidos|Nombre|Nombre de usuario|ID|Último acceso|Disponibilidad|Comentarios", **WIDE),
    "Brightspace, English": brightspace("OrgDefinedId|Username|Last Name|First Name"),
    "Brightspace, German": brightspace("OrgDefinedId|Benutzername|Nachname|Vorname", **{
        key: GERMAN[key] for key in ("separator", "encoding", "comma")}),
    "Brightspace, Spanish": brightspace("ID organizativo|Usuario|Apellidos|Nombre"),
    "ILIAS, with commas": ilias(),
    "ILIAS, with semicolons": ilias(separator=";", comma=True, encoding="utf-8-sig", ends="\r\n"),
}  # fmt: skip


def choices():
    items = {item.id: item for item in course.load_items(LESSON)}
    options = items["plain-sentence"].options
    return [next(o.id for o in options if o.correct is right) for right in (True, False)]


@dataclass
class Desk:
    """A teacher's folder with a class and its table of scores."""

    folder: object
    layout: Layout

    def collect(self, *people):
        right, wrong = choices()
        for who in people or ("ana", "ben", "cy", "zoe"):
            told = [answer("plain-sentence", choice=right if who in ("ana", "cy") else wrong),
                    answer("gut-reactions", text=f"by {who}")]  # fmt: skip
            put(self.folder / "in", self.layout.name(who), sheet(f"fox-{who}", responses=told))
        collect(self.folder / "in", self.folder / "class.gz")
        self.grade()
        return self

    def grade(self, **marks):
        grade(self.folder / "class.gz", self.folder / "grades.csv", self.folder / "written.csv")

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

    def give(self, content=None):
        (self.folder / "sheet.csv").write_bytes(content or self.layout.bytes({}))
        return self

    def back(self, wanted=None, **more):
        wanted = wanted or Wanted(self.layout.grade, self.layout.comment)
        return return_grades(self.folder / "sheet.csv", self.folder / "class.gz", wanted, **more)

    @property
    def filled(self):
        return (self.folder / "sheet-filled.csv").read_bytes()


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, LAYOUTS["Moodle, English"])


def says(said, words):
    assert any(words in sentence for sentence in said), said


@for_each(LAYOUTS)
def test_every_grade_and_comment_is_on_its_row_and_all_other_bytes_stay(layout, tmp_path):
    desk = Desk(tmp_path / layout.name("ana")[:9] / str(id(layout)), layout).collect().give()
    hand = {"fox-ana": {"comment": COMMENT}, "fox-zoe": {"mark": "8,5", "comment": "Fine"}}
    desk.edit("grades.csv", lambda row: hand.get(row["code_name"], {}))
    said = desk.back(scores=desk.folder / "grades.csv")

    grades = {"ana": "1", "ben": "0", "cy": "1", "zoe": "8.5"}
    expected = layout.bytes(grades, {"ana": COMMENT, "zoe": "Fine"})
    assert desk.filled == expected
    assert (desk.folder / "sheet.csv").read_bytes() == layout.bytes({})
    says(said, "Rows without a hand-in (1)")
    assert desk.back(scores=desk.folder / "grades.csv")[-1].startswith("Written: ")
    assert desk.filled == expected


def test_rows_and_hand_ins_without_a_partner_are_listed_and_points_are_scaled(desk):
    desk.collect()
    sheet_of_others = desk.layout.bytes({}).replace(b"Participant 982", b"Participant 983")
    said = desk.give(sheet_of_others).back(Wanted("Grade", "", most=30))
    says(said, "Filled 3 grades in “Grade” of “sheet.csv”, by the ids in “Identifier”.")
    says(said, "without a hand-in (2): Participant 983 (row 2), Participant 777 (row 5)")
    says(said, "Hand-ins without a row (1): fox-ben. Give these marks by hand.")
    assert (
        b"Participant 4411,ana Doe,ana3@example.org,Submitted - 2 days late,30,100" in desk.filled
    )


def test_marks_of_written_answers_and_words_to_them_go_back_too(desk):
    desk.collect().give()
    desk.edit("written.csv", lambda row: {"mark": "2", "comment": f"Read: {row['answer']}"})
    desk.edit("grades.csv", lambda row: {"comment": "Well done"})
    merge_marks(*(desk.folder / name for name in ("grades.csv", "written.csv", "final.csv")))
    desk.back(scores=desk.folder / "final.csv")
    grades = {who: str(2 + (who in ("ana", "cy"))) for who in ("ana", "ben", "cy", "zoe")}
    comments = {who: f"Well done\ngut-reactions: Read: by {who}" for who in grades}
    assert desk.filled == desk.layout.bytes(grades, comments)


def test_a_grade_that_is_there_is_kept_until_the_teacher_says_otherwise(desk):
    desk.collect().give(desk.layout.bytes({"ana": "7", "cy": "1.00"}, {"zoe": "mine"}))
    desk.edit("grades.csv", lambda row: {"comment": "new"})
    scores = desk.folder / "grades.csv"
    said = desk.back(scores=scores)
    says(said, "filled already (2): row 3 (“mine” and not “new”), row 4 (“7” and not “1”)")
    says(said, "1 cell had the same already")
    assert b",7,100" in desk.filled
    assert b",1.00,100" in desk.filled
    kept = desk.filled

    said = desk.back(Wanted("Grade", "Feedback comments", replace=True), scores=scores)
    assert b",7,100" not in desk.filled
    assert b",1.00,100" in desk.filled
    says(said, "The earlier “sheet-filled.csv” was replaced. It is kept as “sheet-filled.csv.bak”")
    assert (desk.folder / "sheet-filled.csv.bak").read_bytes() == kept


@for_each({
    "another course": (lambda desk: desk.layout.bytes({}).replace(b"Participant ", b"Learner 9"),
                       "Nobody of this class is in “sheet.csv”. the ids of the class are such as"),
    "ids twice": (lambda desk: desk.layout.bytes({}) + b"Participant 55,x,x,x,,100,,,-,\n",
                  "the id “Participant 55” twice, in rows 3 and 7. Nothing was written."),
    "no rows": (lambda desk: desk.layout.bytes({}).partition(b"\n")[0] + b"\n",
                "“sheet.csv” has no row below its header, so nobody is in it."),
    "nothing": (lambda _: b"\r\n", "“sheet.csv” is empty"),
    "a workbook": (lambda _: b"PK\x03\x04abc", "is the workbook of a spreadsheet program"),
    "an open quote": (lambda desk: desk.layout.bytes({}) + b'Participant 4,"x\n',
                      "has a quotation mark in row 7 that is never closed"),
    "a short row": (lambda desk: re.sub(b"(zoe Doe),.*", rb"\1", desk.layout.bytes({})),
                    "has 2 cells in row 3, but 10 columns"),
}.items())  # fmt: skip
def test_a_sheet_that_cannot_be_filled_with_certainty_is_refused(case, tmp_path):
    name, (make, words) = case
    desk = Desk(tmp_path / name, LAYOUTS["Moodle, English"]).collect()
    desk.give(make(desk))
    before = {path.name: path.read_bytes() for path in desk.folder.glob("*.*")}
    with pytest.raises(FramingkitError) as refusal:
        desk.back()
    assert words in str(refusal.value)
    assert {path.name: path.read_bytes() for path in desk.folder.glob("*.*")} == before


@for_each(["1,23E+07", "1.23E+07", "4E+03"])
def test_ids_that_a_spreadsheet_shortened_are_named(changed, tmp_path):
    desk = Desk(tmp_path / changed, LAYOUTS["Canvas, German"]).collect()
    one = desk.layout.bytes({}).replace(b";4411;", f";{changed};".encode())
    every = one
    for number in NUMBERS.values():
        every = every.replace(f";{number};".encode(), f";{changed};".encode())
    for content in (one, every):
        desk.give(content)
        with pytest.raises(
            FramingkitError, match="saved by a spreadsheet that changed ids"
        ) as said:
            desk.back(Wanted("Lesson 00"))
        assert f"“{changed}”" in str(said.value)
        assert not (desk.folder / "sheet-filled.csv").exists()


def test_columns_are_asked_for_and_wrong_names_are_told(desk):
    desk.collect().give()
    for wanted, words in {
        Wanted(): "Say which column of “sheet.csv” is for the grades",
        Wanted("Mark"): "has no column “Mark” for --grade. Its columns are: “Identifier”, “Full",
        Wanted("F"): "has 2 columns “F” for --grade",
        Wanted("Grade", "grade"): "One column is named twice",
        Wanted("Grade", id="Grade"): "One column is named twice",
        Wanted("Grade", id="Status"): "“Status” has “Submitted",
        Wanted(
            "Grade", lesson="07"
        ): "a question of the lesson “07”. The lessons of the class are: 00-start-here.",
    }.items():
        with pytest.raises(FramingkitError) as refusal:
            desk.back(wanted)
        assert words in str(refusal.value)
    assert not (desk.folder / "sheet-filled.csv").exists()


def test_a_class_of_one_and_a_class_of_nobody(desk):
    desk.collect("zoe").give()
    said = desk.back()
    says(said, "Filled 1 grade in “Grade”")
    assert desk.filled == desk.layout.bytes({"zoe": "0"})
    write_class(ClassFile(desk.folder / "class.gz", (), (), 0, 0), [])
    with pytest.raises(FramingkitError, match="Nobody is in “class.gz”"):
        desk.back()


def test_one_learner_of_blackboard_is_found_without_others_to_compare_with(tmp_path):
    desk = Desk(tmp_path, LAYOUTS["Blackboard, English"]).collect("ana").give()
    desk.back()
    assert desk.filled == desk.layout.bytes({"ana": "1"})


def test_a_class_without_ids_uses_a_key(desk):
    desk.layout = replace(desk.layout, handed_in="class 7/{who}.answers.json")
    desk.collect().give()
    with pytest.raises(FramingkitError, match="no ids of a platform. Collect the class again"):
        desk.back()
    people = "\n".join(f"fox-{who},participant {NUMBERS[who]}" for who in ("ana", "cy"))
    put(desk.folder, "key.csv", f"code_name,id\n{people}\n".encode())
    said = desk.back(key=read_key(desk.folder / "key.csv"))
    assert desk.filled == desk.layout.bytes({"ana": "1", "cy": "1"})
    says(said, "names had no id of a platform (2): fox-ben, fox-zoe")
    names = "\n".join(
        f"fox-{who},X_{NUMBERS[who]}_assignsubmission_file_/a" for who in ("ana", "cy")
    )
    put(desk.folder, "key.csv", f"code_name,handed_in_as\n{names}\n".encode())
    desk.back(key=read_key(desk.folder / "key.csv"))
    assert desk.filled == desk.layout.bytes({"ana": "1", "cy": "1"})


def test_two_learners_with_one_id_and_one_learner_with_two_rows_are_left_to_the_teacher(desk):
    ids = {"ana": [4411, 777], "cy": [10277], "moon": [55], "zoe": [55]}
    right, lines = {"plain-sentence": {"choice": choices()[0]}}, []
    for who, numbers in ids.items():
        named = {"ids": [f"Moodle {number}" for number in numbers]}
        content = named | {"operations": 1, "tags": [], "responses": right}
        lines.append((who, compact_json(content)))
    path = desk.folder / "class.gz"
    write_class(ClassFile(path, (), ("plain-sentence",), len(lines), len(lines)), lines)
    said = desk.give().back()
    assert desk.filled == desk.layout.bytes({"cy": "1"})
    says(said, "(2): ana may be in several rows (4, 5), row 3 may be of moon or zoe. They are as")


def test_another_file_is_never_written_over(desk):
    desk.collect().give()
    put(desk.folder, "sheet-filled.csv", b"Dear parents,\r\n")
    with pytest.raises(FramingkitError, match="is not an earlier copy of this sheet"):
        desk.back()
    for target in ("sheet.csv", "class.gz", "grades.csv"):
        with pytest.raises(FramingkitError, match="is read here, so it cannot be written too"):
            desk.back(scores=desk.folder / "grades.csv", target=desk.folder / target)
    assert desk.filled == b"Dear parents,\r\n"


def test_a_comment_that_the_encoding_cannot_hold_is_told(tmp_path):
    desk = Desk(tmp_path, LAYOUTS["Blackboard, German"]).collect().give()
    desk.edit("grades.csv", lambda _: {"comment": "很好"})
    with pytest.raises(FramingkitError, match="written in cp1252, which has no '很'"):
        desk.back(scores=desk.folder / "grades.csv")


@for_each([b"a,b\r1,2\r", b'"a";"b"\n\n"x""y";\n', b"sep=,\r\na,b\r\n1,2", b"a\tb\n1\t\n",
           b"\xff\xfea\0,\0b\0\n\0", b"a,b\r\n\"1\n2\",3\r\n,\r\n"])  # fmt: skip
def test_a_table_is_cut_into_cells_and_put_together_again(content):
    table = cell_table(content, "x.csv")
    assert table.columns == ["a", "b"]
    cells = {(n, m): cell.said for n, row in enumerate(table.rows) for m, cell in enumerate(row)
             if cell.said and not cell.quoted}  # fmt: skip
    assert table.changed({}) == content
    assert table.changed(cells) == content


def test_the_command_fills_a_sheet(desk, monkeypatch):
    desk.collect().give()
    monkeypatch.chdir(desk.folder)
    words = "return sheet.csv --class class.gz --grade Grade --comment Feedback --marks grades.csv"
    done = CliRunner().invoke(cli.app, [*words.split(), "--lesson", "00", "-o", "new.csv"],
                              catch_exceptions=False)  # fmt: skip
    assert done.exit_code == 0, done.output
    assert "Filled 4 grades in “Grade” and 0 comments in “Feedback comments”" in done.output
    expected = desk.layout.bytes({"ana": "1", "ben": "0", "cy": "1", "zoe": "0"})
    assert (desk.folder / "new.csv").read_bytes() == expected


@given(
    st.text(alphabet='",;\t\r\n ab=é\ufeff', max_size=60), st.text(alphabet='"x;,\n', max_size=5)
)
def test_any_text_is_kept_byte_for_byte_and_one_cell_changes_alone(text, new):
    content = text.encode()
    try:
        table = cell_table(content, "x.csv")
    except FramingkitError:
        return
    assert table.changed({}) == content
    row = next(row for row in reversed(table.rows) if any(cell.said for cell in row))
    place = table.rows.index(row), 0
    if place[0] < table.head:
        return
    after = cells._rows(
        table.changed({place: new}).decode().removeprefix("\ufeff"), table.separator
    )
    said = [[cell.said for cell in row] for row in table.rows]
    said[place[0]][0] = new
    found = [[cell.said for cell in row] for row in after]
    # without a word in it, the last line is no row any more
    assert found == said or (not new and found == said[: len(found)])
