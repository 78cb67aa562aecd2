"""Marks are somebody's work: they follow the person, and no command loses or misplaces one."""

import csv
import io
import stat
import sys

import pytest
from class_samples import put, sheet
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from framingkit import cli, course
from framingkit.errors import FramingkitError
from framingkit.hand_ins import read_class
from framingkit.hand_ins.file import ClassFile, compact_json, write_class
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.reports.grades import grade, read_key
from framingkit.reports.marks import merge_marks
from framingkit.reports.people import Roster
from framingkit.reports.scores import SCORES
from framingkit.reports.written import CHANGED, GONE
from framingkit.work import learner_from

ITEM, OTHER = "gut-reactions", "exit-framing-and-falsehood"
ANA, BEN, EVA = "kfdxbcghjlmnpqrs", "bbbbcghjlmnpqrst", "zzzzcghjlmnpqrst"


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)


class Desk:
    """A teacher's folder: a class file, and the tables beside it."""

    def __init__(self, folder):
        self.folder = folder
        self.grades, self.written, self.final = (
            folder / name for name in ("grades.csv", "to_read.csv", "final.csv")
        )

    def collect(self, *learners):
        """Write a class of learners: a code name, an id or none, and answers by question."""
        lines = []
        for coder, person, answers in sorted(learners):
            texts = {item: {"text": text} for item, text in answers.items()}
            content = {"operations": 1, "tags": [], "responses": texts}
            lines.append((coder, compact_json(({"person": person} if person else {}) | content)))
        size, path = len(lines), self.folder / "class.jsonl.gz"
        write_class(ClassFile(path, (), tuple(sorted([ITEM, OTHER])), size, size), lines)

    def grade(self, **more):
        return grade(self.folder / "class.jsonl.gz", self.grades, self.written, **more)

    def merge(self, second=None):
        return merge_marks(self.grades, self.written, self.final, second)

    def rows(self, path=None):
        text = (path or self.written).read_text("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text, newline="")))

    def edit(self, change, path=None, **dialect):
        """Change the rows of a table as a person does in a spreadsheet."""
        path = path or self.written
        rows = self.rows(path)
        rows = [row for row in rows if change(row) is not False]
        text = io.StringIO(newline="")
        table = csv.DictWriter(text, list(rows[0]), **dialect)
        table.writeheader()
        table.writerows(rows)
        path.write_bytes(text.getvalue().encode("utf-8-sig"))

    def mark(self, marks, comment=""):
        """Mark answers by the name in their text, whatever became of the code names."""

        def change(row):
            mark = next((mark for words, mark in marks.items() if words in row["answer"]), "")
            row["mark"], row["comment"] = mark, comment if mark else ""

        self.edit(change)

    def marks(self):
        """Add up the marks of each code name in the final table, without what protects the name."""
        found = {}
        for row in self.rows(self.final):
            found.setdefault(row["code_name"].lstrip("'"), []).append(row["written_marks"])
        return {
            name: f"{sum(map(float, filter(None, marks))):g}" if any(marks) else ""
            for name, marks in found.items()
        }


def says(said, words):
    assert any(words in sentence for sentence in said), said


def test_grading_again_keeps_every_mark_and_comment_of_the_sample_class(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    run("collect", sample_hand_ins(), "-o", "class.jsonl.gz")
    graded = "grade", "class.jsonl.gz", "-o", "grades.csv", "--to-read", "to_read.csv"
    run(*graded)
    desk = Desk(tmp_path)
    desk.edit(lambda row: row.update(mark="2", comment='good; "quote"\n- so it is'))

    said = run(*graded)
    again = run(*graded)
    merged = run("merge", "grades.csv", "to_read.csv", "-o", "final.csv")

    assert "had marks or comments in 81 rows; those in 81 rows were carried over" in said
    assert "The earlier “to_read.csv” was replaced. It is kept as “to_read.csv.bak”." in said
    assert "replaced" not in again, "the same table again needs no other backup"
    assert "to_read.csv: 81 answers have a mark, 0 have none yet." in merged
    assert {row["comment"] for row in desk.rows()} == {'good; "quote"\n\'- so it is'}
    assert sum(float(mark or 0) for mark in desk.marks().values()) == 81 * 2


def run(*words):
    done = CliRunner().invoke(cli.app, list(map(str, words)), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_late_hand_in_is_added_and_a_second_sun_gets_nobodys_mark(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva"}))
    desk.grade()
    desk.mark({"Ana": "3", "Eva": "1"}, "fine")
    desk.collect(
        ("sun.kfdx", ANA, {ITEM: "of Ana"}), ("sun.bbbb", BEN, {ITEM: "of Ben"}),
        ("moon", EVA, {ITEM: "of Eva"}),
    )  # fmt: skip

    # The old tables, before they are made again: the id leads to the right row of either.
    desk.merge()
    assert desk.marks() == {"sun": "3", "moon": "1"}
    said = desk.grade()
    desk.merge()

    says(said, "those in 2 rows were carried over")
    assert desk.marks() == {"sun.kfdx": "3", "sun.bbbb": "", "moon": "1"}


def test_marks_of_an_old_table_are_given_to_the_new_labels_of_their_people(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    desk.grade()
    desk.mark({"Ana": "3"})
    marked = desk.written.read_bytes()
    desk.collect(("sun.kfdx", ANA, {ITEM: "of Ana"}), ("sun.bbbb", BEN, {ITEM: "of Ben"}))
    desk.written.unlink()
    desk.grade()
    desk.written.write_bytes(marked)

    desk.merge()

    assert desk.marks() == {"sun.kfdx": "3", "sun.bbbb": ""}


def test_an_answer_that_changed_keeps_its_mark_and_is_named(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva"}))
    desk.grade()
    desk.mark({"Ana": "3", "Eva": "1"})
    desk.collect(("sun", ANA, {ITEM: "of Ana, longer"}), ("moon", EVA, {ITEM: " of\r\nEva "}))

    said = desk.grade()
    later = desk.grade()

    says(said, f"Answers that changed after the mark (1): sun ({ITEM}).")
    assert {row["code_name"]: (row["mark"], row["note"]) for row in desk.rows()} == {
        "sun": ("3", CHANGED), "moon": ("1", ""),
    }  # fmt: skip
    assert not [sentence for sentence in later if "changed after" in sentence]
    says(desk.merge(), f"may be outdated, as its column “note” says (1): sun ({ITEM}).")
    assert desk.marks() == {"sun": "3", "moon": "1"}


def test_marks_that_are_nobodys_now_stay_at_the_end_and_come_back_with_their_person(desk):
    both = ("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva", OTHER: "more"})
    desk.collect(*both)
    desk.grade()
    desk.mark({"Eva": "1", "more": "2"}, "kept")
    desk.collect(both[0])

    said = desk.grade()

    says(said, "whose learners or answers are not in this class (2): moon")
    last = desk.rows()[-2:]
    assert [(row["code_name"], row["mark"], row["comment"]) for row in last] == [
        ("moon", "1", "kept"), ("moon", "2", "kept"),
    ]  # fmt: skip
    assert {row["note"] for row in last} == {GONE}
    says(
        desk.merge(), "without a row in grades.csv that is certainly theirs (1): moon. These marks"
    )
    desk.collect(*both)
    assert "not in this class" not in " ".join(desk.grade())
    assert {row["note"] for row in desk.rows()} == {""}


def test_columns_that_a_teacher_added_are_carried_too(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    desk.grade()
    desk.edit(lambda row: row.update(talk="on Monday"))

    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva"}))
    desk.grade()

    assert {row["code_name"]: row["talk"] for row in desk.rows()} == {
        "sun": "on Monday",
        "moon": "",
    }


EATEN = {"007": "7", "1e5": "1.00E+05", "may-5": "05-May", "0012": "12"}
PEOPLE = [*EATEN, "7", "amber"]


def eaten(desk, ids=True):
    """Make the case of a spreadsheet that changed code names; 7 wrote nothing."""
    for number, name in enumerate(PEOPLE):
        person = learner_from(f"person {number}") if ids else ""
        answers = {} if name == "7" else {ITEM: f"from {name}."}
        yield name, person, answers


def eat(row):
    name = row["code_name"].lstrip("'")
    row["code_name"] = EATEN.get(name, name)


EVERYBODY = {"007": "3", "1e5": "3", "may-5": "3", "0012": "3", "7": "", "amber": "3"}


@for_each([True, False])
def test_code_names_that_a_spreadsheet_changes_change_nobodys_mark(ids, tmp_path):
    desk = Desk(tmp_path / str(ids))
    desk.collect(*eaten(desk, ids))
    desk.grade()
    desk.edit(lambda row: row.update(mark="3"))
    desk.edit(eat)
    desk.edit(eat, desk.grades)

    desk.merge()
    changed = desk.marks()
    desk.grade()
    desk.merge()

    assert changed == {EATEN.get(name, name): mark for name, mark in EVERYBODY.items()} | {"7": "3"}
    assert desk.marks() == EVERYBODY


def test_without_the_ids_strangers_are_listed_and_seven_gets_nothing(desk):
    desk.collect(*eaten(desk))
    desk.grade()
    desk.edit(lambda row: row.update(mark="3"))
    desk.edit(eat)
    desk.edit(lambda row: row.pop("person") and None)

    said = desk.merge()

    says(said, "to_read.csv: 5 answers have a mark")
    says(said, "that is certainly theirs (4): ")
    for name in EATEN.values():
        says(said, name)
    assert desk.marks() == dict.fromkeys(PEOPLE, "") | {"amber": "3"}
    said = desk.grade()
    says(said, "those in 1 row were carried over")
    says(said, "are not in this class (4): ")


def test_an_id_that_was_changed_is_worth_as_little_as_none(desk):
    desk.collect(*eaten(desk))
    desk.grade()
    desk.edit(lambda row: row.update(mark="3", person="#NAME?"))
    desk.merge()
    assert desk.marks() == EVERYBODY | {"7": ""}, "all names are there, and none was changed"
    desk.edit(lambda row: row.update(person=learner_from("somebody else")))
    desk.merge()
    assert desk.marks() == dict.fromkeys(PEOPLE, ""), "another id is another person"


def test_code_names_are_protected_in_every_table_and_read_back(desk):
    desk.collect(*eaten(desk))
    desk.grade()
    desk.merge()
    for path in (desk.grades, desk.written, desk.final):
        names = {row["code_name"] for row in desk.rows(path)} - {"7"}
        assert names == {"'007", "'1e5", "'may-5", "'0012", "amber"}


names = st.sampled_from(["007", "07", "7", "7e0", "1e5", "100000", "may-5", "5-may", "sun", "moon"])


@given(
    st.dictionaries(names, st.booleans(), min_size=1),
    st.dictionaries(names, names),
    st.sets(st.integers(0, 9)),
)
def test_nobody_gets_the_row_of_another(people, eaten_as, without_id):
    """Whatever a spreadsheet makes of code names, and whoever has lost the id."""
    roster = Roster()
    for name in people:
        roster.add(learner_from(f"real {name}"), name)
    rows = []
    for number, name in enumerate(people):
        image = {"007": "7", "07": "7", "7e0": "7", "1e5": "100000"}.get(name, name)
        shown = image if name in eaten_as else name
        lost = number in without_id
        rows.append(
            (
                name,
                {"code_name": shown} | ({} if lost else {"person": learner_from(f"real {name}")}),
            )
        )
    named = {row["code_name"] for _, row in rows}
    for name, row in rows:
        owner = roster.owner(row, named)
        assert owner in ("", learner_from(f"real {name}"))
        assert owner or "person" not in row


@for_each({
    "capital headers": lambda t: t.replace("mark,", "MARK ,").replace("code_name", " Code_Name"),
    "blank rows": lambda t: t.replace("\r\n", "\r\n\r\n,,,,,,,,,\r\n", 1),
    "a mark as 2,0": lambda t: t.replace(',2,', ',"2,0",'),
    "a mark as 2.0": lambda t: t.replace(",2,", ",2.0,"),
    "a mark in spaces": lambda t: t.replace(",2,", ",\u00a02 ,"),
    "a wide mark": lambda t: t.replace(",2,", ",２,"),
})  # fmt: skip
def test_a_marked_table_is_read_as_people_save_it(change, tmp_path):
    desk = Desk(tmp_path / f"{id(change)}")
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.mark({"Ana": "2"})
    text = desk.written.read_text("utf-8-sig").replace("\n", "\r\n")
    assert change(text) != text
    desk.written.write_bytes(change(text).encode())
    desk.merge()
    assert desk.marks() == {"sun": "2"}


@for_each(["4", "-1", "good", "1.5", "2,5", "=2", "2 3", "²", "1e0", "\x1b[2J", "9" * 5000])
def test_a_mark_that_is_none_is_named_with_row_learner_value_and_what_is_allowed(bad, tmp_path):
    desk = Desk(tmp_path / str(abs(hash(bad))))
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.mark({"Ana": bad})
    with pytest.raises(FramingkitError) as refusal:
        desk.merge()
    words = str(refusal.value)
    assert words.startswith(
        "“to_read.csv”, row 2, answer 1 (sun): a mark is 0, 1, 2 or 3, but this is"
    )
    assert words.isprintable()
    assert len(words) < 200
    assert not desk.final.exists()


def test_one_answer_twice_is_refused_with_both_rows(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.mark({"Ana": "1"})
    text = desk.written.read_bytes()
    desk.written.write_bytes(text + text.split(b"\r\n", 1)[1])
    before = files(desk.folder)
    for command in (desk.merge, desk.grade):
        with pytest.raises(FramingkitError, match=r"two rows for sun, 2 and 3, with one question"):
            command()
    assert files(desk.folder) == before


def files(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@for_each({
    "a letter": b"Dear parents,\r\n", "another table": b"code_name,points\r\nsun,3\r\n",
    "a hand-in": b'{"format": "framingkit answer sheet"}', "a workbook": b"PK\x03\x04",
    "the table of scores": None, "the final table": None,
})  # fmt: skip
def test_a_file_of_another_kind_is_never_written_over(content, tmp_path):
    desk = Desk(tmp_path / str(hash(content) if content else id(content)))
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.merge()
    other = desk.folder / "other"
    other.write_bytes(content or desk.grades.read_bytes())
    before = files(desk.folder)
    attempts = [["grade", "class.jsonl.gz", "-o", "new.csv", "--to-read", "other"]]
    if content:
        attempts += [
            ["grade", "class.jsonl.gz", "-o", "other"], ["report", "class.jsonl.gz", "-o", "other"],
            ["report", "class.jsonl.gz", "-o", "new.html", "--json", "other"],
            ["merge", "grades.csv", "to_read.csv", "-o", "other"],
            ["share", "class.jsonl.gz", "-o", "other"],
            ["collect", str(sample_hand_ins()), "-o", "other"],
            ["collect", str(sample_hand_ins()), "-o", "new.gz", "--key", "other"],
        ]  # fmt: skip
    for words in attempts:
        refused(desk.folder, words, "other")
    assert files(desk.folder) == before


def refused(folder, words, named):
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(cli.app, words)
    assert isinstance(done.exception, FramingkitError), (words, done.output)
    assert f"“{named}" in str(done.exception)
    assert "\n" not in str(done.exception)


def test_no_command_writes_over_what_it_reads(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.mark({"Ana": "2"})
    put(desk.folder, "key.csv", b"code_name,name\nsun,Ana\n")
    put(desk.folder, "before.gz", (desk.folder / "class.jsonl.gz").read_bytes())
    (desk.folder / "class.link").symlink_to("class.jsonl.gz")
    before = files(desk.folder)
    graded = ["grade", "class.jsonl.gz", "-o"]
    for words, named in [
        (["collect", "class.jsonl.gz", "-o", "class.jsonl.gz"], "class.jsonl.gz"),
        (["collect", ".", "-o", "c.gz", "--key", "c.gz"], "c.gz"),
        (["share", "class.jsonl.gz", "-o", "./class.jsonl.gz"], "class.jsonl.gz"),
        (["share", "class.jsonl.gz", "-o", "class.link"], "class.link"),
        (["report", "class.jsonl.gz", "-o", "class.jsonl.gz"], "class.jsonl.gz"),
        (["report", "class.jsonl.gz", "-o", "r", "--json", "class.jsonl.gz"], "class.jsonl.gz"),
        (["report", "class.jsonl.gz", "--before", "before.gz", "-o", "before.gz"], "before.gz"),
        (["report", "class.jsonl.gz", "-o", "r", "--json", "r"], "r"),
        ([*graded, "class.jsonl.gz"], "class.jsonl.gz"),
        ([*graded, "new.csv", "--to-read", "class.jsonl.gz"], "class.jsonl.gz"),
        ([*graded, "new.csv", "--feedback", "class.jsonl.gz"], "class.jsonl.gz"),
        ([*graded, "new.csv", "--to-read", "new.csv"], "new.csv"),
        ([*graded, "key.csv", "--names", "key.csv"], "key.csv” is read here"),
        ([*graded, "new.csv", "--to-read", "key.csv", "--names", "key.csv"], "key.csv"),
        (["merge", "grades.csv", "to_read.csv", "-o", "grades.csv"], "grades.csv"),
        (["merge", "grades.csv", "to_read.csv", "-o", "to_read.csv"], "to_read.csv"),
        (["merge", "grades.csv", "to_read.csv", "-o", "key.csv", "--second", "key.csv"], "key.csv"),
    ]:  # fmt: skip
        refused(desk.folder, words, named)
    assert files(desk.folder) == before


def test_columns_of_ones_own_are_kept_in_the_scores_and_not_written_over_in_a_wide_table(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    wide = desk.folder / "tasks.csv"
    desk.grade(tasks=wide)
    desk.edit(lambda row: row.update(remark="was ill"), desk.grades)
    desk.grade()
    desk.edit(lambda row: row.update(remark="was ill"), wide)
    with pytest.raises(FramingkitError, match="not a table as “framingkit grade” writes it"):
        desk.grade(tasks=wide)
    desk.mark({"Ana": "2"})
    desk.merge()
    desk.merge()
    assert desk.rows(desk.final)[0]["remark"] == "was ill"


def test_merging_a_merged_table_again_has_no_column_twice(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.mark({"Ana": "2"})
    desk.merge()
    merge_marks(desk.final, desk.written, desk.folder / "again.csv")
    assert (desk.folder / "again.csv").read_bytes() == desk.final.read_bytes()


def test_two_markers_work_with_ids_too(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}), ("007", BEN, {ITEM: "Ben"}), ("7", EVA, {}))
    desk.grade()
    desk.mark({"Ana": "3", "Ben": "0"})
    second = desk.folder / "second.csv"
    second.write_bytes(desk.written.read_bytes().replace(b",0,", b",1,"))
    desk.edit(eat, second, delimiter=";")
    says(desk.merge(second), "The two markers: 1 of 2 with the same mark (50 %)")
    assert desk.marks() == {"sun": "3", "007": "0.5", "7": ""}


def test_a_key_gives_names_by_id_and_else_only_where_nobody_can_be_meant(desk):
    desk.collect(("sun.kfdx", ANA, {}), ("sun.bbbb", BEN, {}), ("007", EVA, {}), ("7", "", {}))
    key = f"code_name,handed_in_as,person\nsun,Ana,{ANA}\nsun,Ana again,{ANA}\n7.00E+00,Eva,{EVA}\n"
    put(desk.folder, "key.csv", key.encode())
    said = desk.grade(key=read_key(desk.folder / "key.csv"))
    rows = {row["code_name"].lstrip("'"): row["handed_in_as"] for row in desk.rows(desk.grades)}
    assert rows == {"sun.kfdx": "Ana, Ana again", "sun.bbbb": "", "007": "Eva", "7": ""}
    says(said, "no name for 2 of them: 7, sun.bbbb. Their cell is empty.")

    put(desk.folder, "key.csv", b"code_name,name\n7,Eva\n")
    desk.grade(key=read_key(desk.folder / "key.csv"))
    assert {row["name"] for row in desk.rows(desk.grades)} == {""}, "7 may have been 007"
    put(desk.folder, "key.csv", b"code_name,name\n7,Max\n007,Eva\n")
    desk.grade(key=read_key(desk.folder / "key.csv"))
    assert {row["name"] for row in desk.rows(desk.grades)} == {"", "Max", "Eva"}


def pages(folder):
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_pages_of_an_earlier_run_are_moved_and_other_files_are_left_alone(desk):
    folder, aside = desk.folder / "feedback", desk.folder / "feedback.bak"
    desk.collect(("sun", ANA, {ITEM: "Ana"}), ("moon", EVA, {ITEM: "Eva"}))
    desk.grade(feedback=folder)
    put(folder, "notes.html", b"<title>Feedback for me</title>")
    put(folder, "notes.txt", b"mine")
    before = (folder / "sun.html").read_bytes(), (folder / "moon.html").read_bytes()
    assert "moved" not in " ".join(desk.grade(feedback=folder))

    desk.collect(("sun", ANA, {ITEM: "Ana, longer"}), ("notes", BEN, {ITEM: "Ben"}))
    said = desk.grade(feedback=folder)

    says(said, "whose learners are not in this class (1): moon.html. They were moved")
    says(said, "has files that are no pages of feedback: notes.html. They were left alone")
    says(said, "Pages that are other than before (1): sun.html. The earlier ones were moved to “fe")
    assert pages(folder) == ["notes.html", "notes.txt", "sun.html"]
    assert pages(aside) == ["moon.html", "sun.html"]
    assert ((aside / "sun.html").read_bytes(), (aside / "moon.html").read_bytes()) == before
    assert (folder / "notes.html").read_bytes() == b"<title>Feedback for me</title>"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_reads_what_holds_work_or_names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number in range(6):
        put(tmp_path / "in", f"{number}.answers.json", sheet(f"p-{number}"))
    for _ in range(2):  # also where an earlier version could be read by others
        run("collect", "in", "-o", "class.jsonl.gz", "--key", "key.csv")
        run("grade", "class.jsonl.gz", "-o", "g.csv", "--to-read", "w.csv", "--feedback", "pages")
        run("merge", "g.csv", "w.csv", "-o", "f.csv")
        run("report", "class.jsonl.gz", "-o", "r.html", "--json", "r.json")
        made = [path for path in tmp_path.rglob("*") if path.is_file() and "in" not in path.parts]
        open_to_others = {path.name for path in made if path.stat().st_mode & 0o077}
        assert open_to_others == set()
        for path in made:
            path.chmod(stat.S_IMODE(path.stat().st_mode) | 0o044)
    assert len(read_class(tmp_path / "class.jsonl.gz")) == 6


def test_what_is_saved_while_a_class_is_graded_is_not_written_over(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    desk.grade()
    scores = desk.grades.read_bytes()

    def save_meanwhile(learners):
        """Mark the answers as a program does that writes a new file in the place of the old one."""
        yield from learners
        put(desk.folder, "new", desk.written.read_bytes()).replace(desk.written)
        desk.mark({"Ana": "2"})

    with pytest.raises(FramingkitError, match="“to_read.csv” was saved by another program mean"):
        desk.grade(watch=save_meanwhile)
    assert [row["mark"] for row in desk.rows()] == ["2"]
    assert desk.grades.read_bytes() == scores
    desk.grade()
    assert [row["mark"] for row in desk.rows()] == ["2"]


@for_each({
    "its marks are in no table": (True, True), "it is nobody's table": (b"Dear parents,", True),
    "its marks are in the table": (False, False),
})  # fmt: skip
def test_a_backup_with_work_that_is_nowhere_else_is_kept_apart(case, tmp_path):
    emptied, apart = case
    desk = Desk(tmp_path / str(id(case)))
    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva"}))
    desk.grade()
    desk.mark({"Ana": "3", "Eva": "1"}, "first")
    marked = emptied if isinstance(emptied, bytes) else desk.written.read_bytes()
    put(desk.folder, "to_read.csv.bak", marked)
    desk.mark({} if emptied else {"Ana": "2", "Eva": "1"}, "other")

    for _ in range(3):
        said = desk.grade()
        desk.edit(lambda row: row.update(note="again"))

    kept = desk.folder / "to_read.csv.bak-1"
    assert kept.exists() == apart
    assert not apart or kept.read_bytes() == marked
    assert not (desk.folder / "to_read.csv.bak-2").exists()
    assert not [sentence for sentence in said if "bak-1" in sentence], "only said once"


def test_a_row_with_the_id_of_one_and_the_code_name_of_another_marks_nobody(desk):
    desk.collect(
        ("sun", ANA, {ITEM: "of Ana", OTHER: "more"}), ("moon", EVA, {ITEM: "of Eva"}),
        ("star", BEN, {}),
    )  # fmt: skip
    desk.grade()
    desk.mark({"Ana": "3", "Eva": "1", "more": "2"})
    swapped = {"of Ana": EVA, "of Eva": ANA, "more": BEN}
    desk.edit(lambda row: row.update(person=swapped[row["answer"]]))

    said = desk.merge()

    says(said, "without a row in grades.csv that is certainly theirs (2): ")
    assert desk.marks() == {"sun": "", "moon": "", "star": ""}
    says(desk.grade(), "are not in this class (3): ")
    assert sum(bool(row["mark"]) for row in desk.rows()) == 3
    put(desk.folder, "key.csv", f"code_name,name,person\nsun,Ana,{EVA}\n".encode())
    desk.grade(key=read_key(desk.folder / "key.csv"))
    assert {row["name"] for row in desk.rows(desk.grades)} == {""}


def test_people_who_changed_names_keep_the_marks_of_their_answers(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "of Eva"}))
    desk.grade()
    desk.mark({"Ana": "3", "Eva": "1"})
    desk.collect(("moon", ANA, {ITEM: "of Ana"}), ("sun", EVA, {ITEM: "of Eva"}))

    says(desk.grade(), "those in 2 rows were carried over")

    desk.merge()
    assert desk.marks() == {"moon": "3", "sun": "1"}
    assert len(desk.rows()) == 2


def test_what_a_teacher_wrote_into_an_empty_cell_of_the_kit_becomes_a_comment(desk):
    desk.collect(*((name, learner_from(name), {ITEM: name}) for name in ("sun", "moon", "star")))
    desk.grade()
    prompt = desk.rows()[0]["question"]
    remarks = ["", "Talk to her", "So\nso"]
    rest = iter(remarks)
    desk.edit(lambda row: row.update({"rubric" if row["question"] else "question": next(rest)}))

    for _ in range(3):
        desk.grade()

    assert [row["comment"] for row in desk.rows()] == remarks
    assert [row["question"] for row in desk.rows()] == [prompt, "", ""]


def test_the_marks_of_a_row_that_was_cut_in_two_are_kept_at_the_end(desk):
    """So does a program that writes line ends without quotation marks."""
    desk.collect(("sun", ANA, {ITEM: "of Ana"}), ("moon", EVA, {ITEM: "first,\nsecond"}))
    desk.grade()
    desk.mark({"Ana": "1", "second": "3"}, "well done")
    whole = desk.written.read_bytes()
    cut = whole.replace(b'"first,\nsecond"', b'"first,"\r\nsecond')
    assert cut != whole
    desk.written.write_bytes(cut)
    for _ in range(3):
        desk.grade()
    last = desk.rows()[-1]
    assert (last["item"], last["answer"], last["words"]) == ("second", "3", "well done")


@for_each(["person", "code_name", "item_points"])
def test_a_key_cannot_give_the_scores_two_columns_of_one_name(column, tmp_path):
    desk = Desk(tmp_path / column)
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    put(desk.folder, "key.csv", f"code_name,name,item_points,person\nsun,Ana,x,{ANA}\n".encode())
    with pytest.raises(FramingkitError, match=f"column “{column}” of “key.csv” has no names"):
        desk.grade(key=read_key(desk.folder / "key.csv", column))
    assert not desk.grades.exists()


def test_pages_are_not_written_into_a_file(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    put(desk.folder, "pages", b"mine")
    with pytest.raises(FramingkitError, match="“pages” is a file. Give the name of a folder"):
        desk.grade(feedback=desk.folder / "pages")
    with pytest.raises(FramingkitError, match="a part of its path is a file, not a folder"):
        grade(desk.folder / "class.jsonl.gz", desk.folder / "pages" / "grades.csv")


def test_a_number_of_the_teacher_is_not_rounded_in_the_final_table(desk):
    desk.collect(("sun", ANA, {ITEM: "of Ana"}))
    desk.grade()
    desk.edit(lambda row: row.update(weight="0.1234567", less="-0.25"), desk.grades)
    desk.merge()
    assert [(row["weight"], row["less"]) for row in desk.rows(desk.final)] == [
        ("0.1234567", "-0.25")
    ]


def test_names_that_a_teacher_wrote_into_the_key_file_are_kept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    collected = "collect", "in", "-o", "class.jsonl.gz", "--key", "key.csv"
    desk = Desk(tmp_path)
    put(tmp_path / "in", "0.json", sheet("sun"))
    run(*collected)
    desk.edit(lambda row: row.update(handed_in_as="Ana"), tmp_path / "key.csv")
    named = (tmp_path / "key.csv").read_bytes()
    for number in range(1, 4):
        put(tmp_path / "in", f"{number}.json", sheet(f"moon-{number}"))
        run(*collected)
    kept = {path.name for path in tmp_path.glob("key.csv*") if path.read_bytes() == named}
    assert kept == {"key.csv.bak-1"}
    assert not (tmp_path / "key.csv.bak-2").exists()


def test_marks_and_comments_in_the_scores_survive_a_second_grade(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}), ("moon", BEN, {ITEM: "Ben", OTHER: "B"}))
    desk.grade()
    assert list(desk.rows(desk.grades)[0]) == list(SCORES)
    lessons = [(row["code_name"], row["lesson"]) for row in desk.rows(desk.grades)]
    assert lessons == [("moon", "00-start-here"), ("sun", "00-start-here")]
    desk.edit(
        lambda row: row.update(mark="B+", comment="Go on;\nso", person=row["person"].upper()),
        desk.grades, delimiter=";",
    )  # fmt: skip
    marked = desk.grades.read_bytes()

    desk.collect(("sun.kfdx", ANA, {ITEM: "Ana"}), ("007", EVA, {ITEM: "Eva"}))
    said = desk.grade()
    desk.grade()

    says(said, "had marks or comments in 2 rows; those in 1 row were carried over")
    says(said, "not in this class (1): moon (00-start-here)")
    rows = {row["person"]: row for row in desk.rows(desk.grades)}
    assert (rows[ANA]["mark"], rows[ANA]["comment"], rows[ANA]["note"]) == ("B+", "Go on;\nso", "")
    assert (rows[EVA]["mark"], rows[EVA]["comment"]) == ("", "")
    assert rows[BEN.upper()]["comment"] == "Go on;\nso"
    assert "Nobody in this class" in rows[BEN.upper()]["note"]
    assert (desk.folder / "grades.csv.bak").read_bytes() == marked


def test_a_mark_by_hand_stays_when_the_points_change_and_says_so(desk):
    def collect(choice):
        right = {"plain-sentence": {"choice": choice}}
        content = {"person": ANA, "operations": 1, "tags": [], "responses": right}
        path = desk.folder / "class.jsonl.gz"
        found = ClassFile(path, (), ("plain-sentence",), 1, 1)
        write_class(found, [("sun", compact_json(content))])

    items = {item.id: item for item in course.load_items("00-start-here")}
    right = next(option.id for option in items["plain-sentence"].options if option.correct)
    collect("none")
    desk.grade()
    desk.edit(lambda row: row.update(mark="1,5"), desk.grades)
    says(desk.grade(), "carried over")
    assert desk.rows(desk.grades)[0]["note"] == ""
    collect(right)
    says(desk.grade(), "Points that changed after the mark (1): sun (00-start-here)")
    (row,) = desk.rows(desk.grades)
    assert (row["points"], row["of"], row["mark"]) == ("1", "1", "1,5")
    assert "changed" in row["note"]


def test_a_backup_with_marks_that_are_nowhere_else_is_kept_apart(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    desk.grade()
    desk.edit(lambda row: row.update(comment="precious"), desk.grades)
    marked = desk.grades.read_bytes()
    desk.collect(("sun", ANA, {ITEM: "Ana"}), ("moon", BEN, {ITEM: "Ben"}))
    desk.grade()
    desk.edit(lambda row: row.update(comment=""), desk.grades)
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    says(desk.grade(), "has work that is nowhere else")
    assert (desk.folder / "grades.csv.bak-1").read_bytes() == marked


def test_an_older_wide_table_is_merged_and_may_be_replaced(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}))
    wide = desk.folder / "old.csv"
    desk.grade(tasks=wide)
    desk.mark({"Ana": "2"}, "good")
    merge_marks(wide, desk.written, desk.final)
    assert desk.rows(desk.final)[0][f"{ITEM}: mark"] == "2"
    desk.grades.write_bytes(wide.read_bytes())
    desk.grade()
    desk.merge()
    (row,) = desk.rows(desk.final)
    assert (row["written_marks"], row["written_of"], row["remarks"]) == ("2", "3", f"{ITEM}: good")


def test_marks_of_a_lesson_without_a_row_are_named(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana", OTHER: "A"}))
    desk.grade()
    desk.mark({"A": "2"})
    desk.edit(lambda row: row.update(lesson="04-open-ending"), desk.grades)
    says(desk.merge(), "no row for these learners and lessons (1): sun (00-start-here)")


def test_who_only_tagged_has_a_row_to_mark(desk):
    desk.collect(("sun", ANA, {ITEM: "Ana"}), ("moon", BEN, {}))
    desk.grade()
    rows = [[row[name] for name in ("code_name", "lesson", "points")]
            for row in desk.rows(desk.grades)]  # fmt: skip
    assert rows == [["moon", "00-start-here", ""], ["sun", "00-start-here", ""]]
