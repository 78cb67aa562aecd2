"""What the buttons of the class desk do, from a folder of hand-ins to a filled grade sheet."""

import base64
import csv
import json
import shutil
import sys
from pathlib import Path

import pytest
from class_samples import put
from for_each import for_each

from framingkit.course import list_lessons, load_items
from framingkit.errors import FramingkitError
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.notebook.class_desk import Desk
from framingkit.reports import Given, MarkingTable, UnsavedError
from framingkit.widgets.class_desk import ClassDesk


@pytest.fixture
def place(tmp_path, monkeypatch) -> Path:
    """A course with hand-ins as Moodle gives them, a grade sheet, and what somebody else keeps."""
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    folder = tmp_path / "notebooks"
    names = [path.name for path in sorted(sample_hand_ins().glob("*.json"))[:6]]
    for number, name in enumerate(names, start=1):
        mine = f"Participant {number}_{number}_assignsubmission_file_{name}"
        (folder / "hand-ins").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(sample_hand_ins() / name, folder / "hand-ins" / mine)
    put(folder / "hand-ins", "[bold]broken[bold] of me.answers.json", b"{")
    (folder / "private").mkdir()
    rows = "".join(f"Participant {n},,\r\n" for n in range(1, 8))
    (folder / "Grades.csv").write_bytes(f"Identifier,Grade,Feedback comments\r\n{rows}".encode())
    (folder / "list.txt").write_text("1\n2\n99\n")
    return folder


@pytest.fixture
def desk(place) -> Desk:
    return Desk(place)


def key_of(entries: list, name: str) -> str:
    return next(entry[0] for entry in entries if entry[1] == name)


def choose(desk: Desk, **more: str) -> dict:
    offers = desk.state()["place"]["offers"]
    desk.collect({"offer": key_of(offers, "hand-ins"), **more})
    return desk.state()["class"]


def test_hand_ins_nearby_are_counted_and_everything_else_is_a_folder(desk):
    place = desk.state()["place"]

    assert [entry[1:] for entry in place["offers"]] == [["hand-ins", False, 7]]
    assert place["folders"] == ["hand-ins", "private"]
    assert [name for _, name in place["tables"]] == ["Grades.csv", "list.txt"]


def test_one_goes_up_and_down_only_to_what_is_listed(desk, place):
    desk.look({"to": ".."})
    assert desk.state()["place"]["name"] == place.parent.name
    desk.look({"to": "notebooks"})
    assert desk.state()["place"]["name"] == "notebooks"
    for way in ("../..", "/", "no such folder", None, ["x"]):
        desk.look({"to": way})
        assert desk.state()["place"]["name"] == "notebooks"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own there")
def test_a_link_beside_the_notebook_is_followed_and_one_among_hand_ins_is_not(desk, place):
    (place.parent / "server" / "secret").mkdir(parents=True)
    shutil.copytree(sample_hand_ins(), place.parent / "server" / "class")
    (place / "handed-in").symlink_to(place.parent / "server")
    (place / "hand-ins" / "out").symlink_to(place.parent / "server")
    assert ["handed-in", False, 30] in [one[1:] for one in desk.state()["place"]["offers"]]
    desk.look({"to": "hand-ins"})
    assert desk.state()["place"]["folders"] == []
    assert [one[3] for one in desk.state()["place"]["offers"]] == [7]


def test_a_class_says_who_is_missing_and_what_was_refused(desk):
    tables = desk.state()["place"]["tables"]
    about = choose(desk, expected=key_of(tables, "list.txt"))

    assert (about["learners"], about["missing"], about["many_refused"]) == (6, ["99"], 1)
    ((file, why),) = about["refused"]
    assert (file, why[:10]) == ("[bold]broken[bold] of me.answers.json", "It is dama")


def test_a_report_is_made_for_a_lesson_and_fetched(desk):
    choose(desk)
    desk.report({"lesson": "03", "names": True})
    told = desk.file({"what": "report"})

    assert told["name"] == "report.html"
    assert b"<title>Class report, lesson 03" in base64.b64decode(told["data"])
    desk.report({"lesson": "all", "names": False, "before": "sample"})
    told = desk.file({"what": "report"})
    assert told["name"] == "report-without-names.html"
    assert desk.open_class().about.names[0].encode() not in base64.b64decode(told["data"])


def marking(desk: Desk) -> tuple[str, list]:
    choose(desk)
    desk.score({})
    item = desk.state()["marking"]["questions"][0][0]
    return item, desk.answers({"item": item})["answers"]


def mark(desk: Desk, item: str, person: str, mark: str, comment: str = "", seen: str = ""):
    given = {"mark": mark, "comment": comment, "seen": {"mark": seen}}
    return desk.mark(f"hand-ins/{item}/{person}", given)


def written(desk: Desk) -> Path:
    return desk.open_class().folder / "written.csv"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_answers_have_no_names_and_a_mark_is_in_the_table_at_once(desk):
    item, answers = marking(desk)
    before = written(desk).read_bytes()
    names = {row["code_name"] for row in rows_of(written(desk))}
    assert not names & {str(cell) for answer in answers for cell in answer}

    mark(desk, item, answers[0][0], "2", "Well read, “amber”; go on.")

    table = MarkingTable(written(desk))
    assert table.answers(item)[0].given == Given("2", "Well read, “amber”; go on.")
    assert desk.state()["marking"]["questions"][0][4] == 1
    assert len(written(desk).read_bytes()) - len(before) == len(
        "2Well read, “amber”; go on.".encode()
    )
    assert written(desk).with_name("written.csv.bak").read_bytes() == before


def test_a_spreadsheet_that_saves_an_older_copy_loses_nothing(desk):
    item, answers = marking(desk)
    older = written(desk).read_bytes()
    mark(desk, item, answers[0][0], "2", "Good.")
    written(desk).write_bytes(older)  # as a spreadsheet program does that was open meanwhile

    told = desk.answers({"item": item})

    assert told["answers"][0][2:4] == ["2", "Good."]
    assert "They are filled again." in told["said"][0]
    assert desk.answers({"item": item})["said"] == []


def in_spreadsheet(path: Path, **changed: str) -> None:
    """Save a table as a spreadsheet program does, with the first row's cells changed."""
    rows = rows_of(path)
    rows[0] |= changed
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.DictWriter(file, [*rows[0]], delimiter=";")
        table.writeheader()
        table.writerows(rows)


def test_what_a_spreadsheet_says_is_never_overwritten_unseen(desk):
    item, answers = marking(desk)
    person = answers[0][0]
    mark(desk, item, person, "2")
    in_spreadsheet(written(desk), mark="3,0")

    with pytest.raises(FramingkitError, match="something else .* meanwhile: mark “3”"):
        mark(desk, item, person, "1", seen="2")
    assert desk.answers({"item": item})["answers"][0][2] == "3"
    mark(desk, item, person, "1", seen="3")
    assert desk.answers({"item": item})["answers"][0][2] == "1"


def test_a_mark_that_the_disk_does_not_take_can_be_tried_again(desk, monkeypatch):
    item, answers = marking(desk)

    def full(*_):
        raise FramingkitError("No space is left.")

    with monkeypatch.context() as patch:
        patch.setattr("framingkit.reports.marking.write_atomic", full)
        with pytest.raises(UnsavedError, match="No space is left"):
            mark(desk, item, answers[0][0], "2")
    mark(desk, item, answers[0][0], "2")
    assert desk.answers({"item": item})["answers"][0][2] == "2"


@for_each([
    ("4", ""), ("-1", ""), ("2.5", ""), ("B", ""), ("2", "x" * 5001), ("2", "a\0b"),
])  # fmt: skip
def test_a_mark_that_the_rubric_has_not_is_refused(given, desk):
    item, answers = marking(desk)
    before = written(desk).read_bytes()
    with pytest.raises(FramingkitError):
        mark(desk, item, answers[0][0], *given)
    assert written(desk).read_bytes() == before


def test_marks_and_comments_come_back_in_a_copy_of_the_grade_sheet(desk, place):
    item, answers = marking(desk)
    mark(desk, item, answers[0][0], "3", "Go on.")
    lesson = item_lesson(item)
    desk.finish({"lesson": lesson})
    assert base64.b64decode(desk.file({"what": "sheets"})["data"])[:2] == b"PK"
    sheet = key_of(desk.state()["place"]["tables"], "Grades.csv")
    desk.sheet({"sheet": sheet})
    assert desk.state()["sheet"]["columns"] == ["Identifier", "Grade", "Feedback comments"]
    wanted = {"sheet": sheet, "grade": "Grade", "comment": "Feedback comments", "lesson": lesson}
    before = {path: path.read_bytes() for path in place.rglob("*.csv")}

    previewed = desk.preview(wanted)["preview"]

    assert previewed[0].startswith("Filled 6 grades in “Grade” and 1 comment")
    assert previewed[1]["rows"][0][1] == "Participant 7 (row 8)"
    assert {path: path.read_bytes() for path in place.rglob("*.csv")} == before
    assert float(wanted_points(desk, wanted | {"out_of": "100"})) > 10
    desk.fill(wanted)
    filled = (place / "Grades-filled.csv").read_bytes()
    assert b"Go on." in filled
    assert base64.b64decode(desk.file({"what": "filled"})["data"]) == filled
    assert (place / "Grades.csv").read_bytes() == before[place / "Grades.csv"]


def wanted_points(desk: Desk, wanted: dict) -> str:
    """Fill a copy with other points, and give the first of them."""
    desk.fill(wanted)
    return desk._filled.read_text().splitlines()[1].split(",")[1]


def item_lesson(item: str) -> str:
    return next(id[:2] for id in list_lessons() if item in {one.id for one in load_items(id)})


def test_more_answers_than_a_desk_takes_are_left_to_a_spreadsheet(desk, place, monkeypatch):
    monkeypatch.setattr("framingkit.reports.marking.MOST_ANSWERS", 3)
    choose(desk)
    desk.score({})

    assert desk.state()["marking"] is None
    assert desk.state()["scored"]["said"][-1].endswith("are marked in a spreadsheet program.")
    desk.finish({"lesson": "03"})
    assert desk.state()["sheets"]["name"] == "sheets.zip"


def test_files_of_a_browser_go_into_a_folder_of_their_own(desk, place):
    good = (next((place / "hand-ins").glob("*.json"))).read_bytes()
    half = len(good) // 2
    parts = [("../../a.answers.json", good[:half]), ("../../a.answers.json", good[half:])]
    parts += [("Grades.csv", b"ID,Grade\n1,\n")]
    for number, (name, data) in enumerate(parts):
        told = desk.upload({
            "name": name, "data": base64.b64encode(data).decode(), "first": not number,
            "last": number == 2,
        })  # fmt: skip
    assert told["said"] == ["2 files arrived."]
    offers = desk.state()["place"]["offers"]
    assert (place.parent / "work/uploads/sent-hand-ins/a.answers.json").read_bytes() == good
    desk.collect({"offer": offers[-1][0]})
    assert desk.state()["class"]["learners"] == 1
    with pytest.raises(FramingkitError, match="arrived damaged"):
        desk.upload({"name": "b", "data": "é"})


def listen(widget: ClassDesk) -> list[dict]:
    sent: list[dict] = []
    widget.send = lambda content, buffers=None: sent.append(json.loads(json.dumps(content)))
    return sent


def test_whatever_a_browser_sends_gets_an_answer_and_never_an_error(desk):
    widget = ClassDesk(desk)
    sent = listen(widget)
    acts = ("look", "collect", "report", "score", "answers", "finish", "sheet", "preview", "fill")
    for message in (
        *({"kind": act, "wish": "w"} for act in (*acts, "upload", "file")),
        {"kind": "operations", "operations": [None, {"id": "a"}, {"target": "x/y/z"}]},
        {"kind": "operations", "operations": [{"target": f"{way}/x/y"} for way in ("..", ".", "")]},
        {"kind": "operations", "operations": 3}, {"kind": "__init__"}, 5, None,
    ):  # fmt: skip
        widget._receive(widget, message, [])
    assert [one["kind"] for one in sent] == ["done"] * 11 + ["refused"] * 6
    assert sum("problem" in one for one in sent) == 10


def test_the_desk_names_its_menus_and_no_option_of_a_command(desk, place):
    sheet = place / "Grades.csv"
    sheet.write_text(sheet.read_text().replace("Participant 1,,", "Participant 1,9.25,"))
    choose(desk)
    widget = ClassDesk(desk)
    sent = listen(widget)
    key = key_of(desk.state()["place"]["tables"], "Grades.csv")
    for wish in ({}, {"grade": "Grade", "lesson": "all"}, {"grade": "No such column"}):
        widget._receive(widget, {"kind": "preview", "sheet": key, "wish": "w"} | wish, [])
    assert "“Replace grades that are there already”" in json.dumps(sent, ensure_ascii=False)
    assert "“Column for grades”" in sent[0]["problem"]
    assert not [one for one in sent if "--" in json.dumps(one)]


def test_a_desk_stores_nothing_of_a_class_in_a_notebook(desk, place):
    widget = ClassDesk(desk)
    choose(desk)
    kept = json.dumps({k: v for k, v in widget.get_state().items() if not k.startswith("_")})
    assert str(place.parent) not in kept + widget._static_html()
    assert desk.open_class().about.names[0] not in kept + widget._static_html()
    assert repr(widget) == "ClassDesk()"


@for_each(["..", "../work", "/", ""])
def test_no_table_outside_the_work_folder_is_marked(name, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    (tmp_path / "written.csv").write_text("somebody else's")
    (tmp_path / "work").mkdir(exist_ok=True)
    (tmp_path / "work" / "written.csv").write_text("somebody else's")
    with pytest.raises(FramingkitError, match="There is no class"):
        Desk(tmp_path).mark(f"{name}/x/y", {"mark": "1"})
