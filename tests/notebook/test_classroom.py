"""What an instructor calls in a notebook."""

import re

import pytest
from class_samples import put, sheet

from framingkit.errors import FramingkitError
from framingkit.hand_ins import read_class
from framingkit.hand_ins.sources import sample_hand_ins
from framingkit.notebook import classroom


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    return tmp_path_factory.mktemp("work")


@pytest.fixture(autouse=True)
def _work_folder(work, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(work))


@pytest.fixture
def room():
    return classroom.collect_class(sample_hand_ins())


def words(page) -> str:
    return re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.html, flags=re.DOTALL)


def test_a_class_is_collected_into_a_folder_of_its_own_in_the_work_folder(room, work):
    assert "Collected 30 learners from 30 hand-ins; 0 files refused." in words(room.collected())
    assert room.folder == work / "sample-class"
    assert [path.name for path in work.iterdir()] == ["sample-class"]


def test_a_class_says_who_handed_in_and_who_read_what(room):
    said = words(room.who())

    assert "30 learners handed in" in said
    assert "amber-crane-153" in said
    assert re.search(r"Open ending\s+28", said)


def test_the_map_of_one_code_has_fewer_tags_than_that_of_all(room):
    every, one = room.map("ending"), room.map("ending", "hedge")

    assert every.html.count("<sup") > one.html.count("<sup") > 0
    with pytest.raises(FramingkitError, match="no code 'hedges' to show. Choose one of: .*hedge"):
        room.map("ending", "hedges")


def test_agreement_has_a_row_for_all_codes_and_one_for_each(room):
    page = room.agreement()

    assert page.html.count('scope="row"') == 1 + len(room.text().by_code)
    assert re.search(r"All codes together\s+30\s+\d\d of 100\s+0\.\d\d", words(page))


def test_as_many_contested_places_are_shown_as_are_asked_for(room):
    assert words(room.contested(2)).count("To discuss") == 2


def test_marks_that_were_written_are_merged_and_survive_another_grading(room):
    room.grade()
    written = room.folder / classroom.WRITTEN
    table = written.read_text(encoding="utf-8-sig")
    first = re.sub(r'(\n"[\w-]+","[\w-]+","[^"]*","\d+",)""', r'\1"2"', table, count=1)
    written.write_text(first, encoding="utf-8")

    again = room.grade()

    assert "had marks or comments in 1 row; those in 1 row were carried over" in words(again)
    assert written.read_text(encoding="utf-8-sig") == first
    assert "written.csv: 1 answer has a mark" in words(room.merge())


def test_changes_need_an_earlier_hand_in(room):
    assert "nothing to compare" in words(room.changes())

    later = classroom.collect_class(sample_hand_ins(after=True), sample_hand_ins())

    assert "15 learners handed in both times" in words(later.changes())
    assert "They agree more than before." in words(later.changes())


def test_a_chart_shows_the_shares_of_the_report_from_the_most_alike_on(room):
    figure = room.chart()
    shares = {
        row.code.name: round(100 * row.positive.value)
        for row in room.text().by_code
        if row.positive.value is not None
    }
    assert dict(figure.rows) == shares
    assert [share for _, share in figure.rows] == sorted(shares.values(), reverse=True)
    assert "data:image/png" in figure._repr_html_()


def test_the_report_is_a_page_in_the_folder_of_the_class(room):
    assert "report.html" in words(room.report())
    assert b"<title>Class report, lesson 03" in (room.folder / "report.html").read_bytes()
    room.report(lesson="all", names=False)
    page = (room.folder / "report.html").read_text(encoding="utf-8")
    assert "<h1>The whole course</h1>" in page
    assert room.about.names[0] not in page


def test_what_a_class_settles_is_kept_beside_its_file(room):
    settling = room.settle("ending")

    settling.keep(1, A="It could have been left out.")

    assert "1 of 6 settled" in repr(room.settle("ending"))
    assert settling.path.parent == room.folder


def test_a_folder_that_is_not_there_is_a_sentence():
    with pytest.raises(FramingkitError, match="There is no “hand-ins” here. Put the folder"):
        classroom.collect_class("hand-ins")


def test_a_text_that_nobody_tagged_is_a_sentence(room):
    with pytest.raises(FramingkitError, match="Nobody in this class tagged 'tagger-tour'"):
        room.text("tagger-tour")


def test_hand_ins_of_two_days_in_folders_of_one_name_stay_apart(tmp_path, work):
    for day, count in (("monday", 6), ("tuesday", 7)):
        for number in range(count):
            put(tmp_path / day / "hand-ins", f"{number}.json", sheet(f"p-{number}"))
    days = (tmp_path / day / "hand-ins" for day in ("tuesday", "monday"))

    room = classroom.collect_class(*days)

    assert (repr(room), room.folder) == ("Classroom(7 learners)", work / "hand-ins")
    assert len(read_class(work / "hand-ins" / "class.jsonl.gz")) == 7
    assert len(read_class(work / "hand-ins-before" / "class.jsonl.gz")) == 6
    assert "6 learners handed in both times" in words(room.changes())


def test_files_stay_in_the_work_folder_however_the_hand_ins_are_named(tmp_path, work, monkeypatch):
    (tmp_path / "room" / "inner").mkdir(parents=True)
    for number in range(5):
        put(tmp_path / "room", f"{number}.json", sheet(f"p-{number}"))
    before = {path.parent for path in tmp_path.rglob("*.gz")}
    for place, source in (("room", "."), ("room/inner", "..")):
        monkeypatch.chdir(tmp_path / place)
        assert classroom.collect_class(source).folder == work / "room"
    assert {path.parent for path in tmp_path.rglob("*.gz")} == before
