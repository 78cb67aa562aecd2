"""The first pages of a report: every number again by another way, and what nobody else may see."""

import json
import re
from collections import Counter
from html import unescape

import pytest
from class_samples import ARTICLE, CODEBOOK, document, put, sheet, span
from report_samples import class_sheets, collected, reported, run

from framingkit import course
from framingkit.errors import FramingkitError
from framingkit.hand_ins import sample_hand_ins
from framingkit.reports.drawings import sides_bar

DEBATABLE = [one for one in course.load_reference().spans if one.status == "debatable"]
SHEETS = [
    json.loads(path.read_text(encoding="utf-8"))
    for path in sorted(sample_hand_ins().glob("*.json"))
]
NAMES = [one["coder"] for one in SHEETS]
LESSONS = ["00-start-here", "01-context", "02-agenda", "03-commentary", "04-open-ending"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """Collect the sample class of thirty once."""
    folder = tmp_path_factory.mktemp("sample")
    run("collect", sample_hand_ins(), "-o", folder / "class.jsonl.gz")
    return folder / "class.jsonl.gz"


def split_page(page):
    """Cut a page into what everybody may see, what the teacher alone sees, and the appendix."""
    front, _, rest = page.partition('<section class="framingkit-private"')
    private, _, appendix = rest.partition('<section class="framingkit-appendix"')
    return front, private, appendix


def chosen(item):
    found = [row["response"] for one in SHEETS for row in one["responses"] if row["item"] == item]
    return [set(one.get("choices") or [one.get("choice")]) for one in found]


def test_what_is_taught_again_are_the_largest_shares_that_are_not_right(sample, tmp_path):
    items = {one.id: one for lesson in course.list_lessons() for one in course.load_items(lesson)}
    for lesson in LESSONS:
        _, data = reported(tmp_path, sample, "--lesson", lesson)
        rows = data["front"]["teach"]
        assert rows
        shares = {}
        for item in [one for one in items.values() if one.lesson == lesson and one.scored]:
            right = {option.id for option in item.options if option.correct}
            given = chosen(item.id)
            if item.kind == "choice" and given:
                shares[item.id] = (sum(one != right for one in given), len(given))
        for row in rows:
            item = items[row["item"]]
            counts = Counter(id for one in chosen(item.id) for id in one)
            wrong = [option for option in item.options if not option.correct]
            assert row["chose"] == counts[row["option"]] == max(counts[one.id] for one in wrong)
            assert row["misconception"] == item.option(row["option"]).misconception
            assert row["not_right"] * 5 >= row["answered"] >= 5
            if item.kind == "choice":
                assert (row["not_right"], row["answered"]) == shares[item.id]
        listed = [row["not_right"] / row["answered"] for row in rows]
        assert listed == sorted(listed, reverse=True)
        beliefs = [row["misconception"] for row in rows if row["misconception"]]
        assert len(set(beliefs)) == len(beliefs)
        assert max(a / b for a, b in shares.values()) <= listed[0]


def sides_of(entry):
    """Count who gave what to the words of an entry; each reader of its section once."""
    section = ARTICLE.section(entry.section)
    about = [entry.span.label, *entry.accepts]
    given = []
    for one in SHEETS:
        spans = [tag for text in one["documents"] if text["id"] == ARTICLE.id
                 for tag in text["spans"]]  # fmt: skip
        if any(tag["start"] < section.end and section.start < tag["end"] for tag in spans):
            here = [
                tag for tag in spans
                if tag["start"] < entry.span.end and entry.span.start < tag["end"]
            ]  # fmt: skip
            given.append({tag["label"] for tag in here})
    often = Counter(label for labels in given for label in labels)
    order = [code.id for code in CODEBOOK.codes]
    sides = Counter(
        min(labels, key=lambda one: (one not in about, -often[one], order.index(one)))
        if labels
        else None
        for labels in given
    )
    return sides, len(given), about


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_place_to_talk_about_is_a_real_split_and_called_debatable(sample, tmp_path, lesson):
    _, data = reported(tmp_path, sample, "--lesson", lesson)
    outline = next(one for one in course.load_outlines() if one.id == lesson)
    sections = {pair for part in outline.parts for pair in part.tagged}
    real = {}
    for entry in DEBATABLE:
        if (ARTICLE.id, entry.section) in sections:
            sides, readers, about = sides_of(entry)
            large = [side for side, count in sides.items() if count * 5 >= readers]
            if readers >= 5 and len(large) > 1 and set(large) & set(about):
                real[entry.span.start, entry.span.end] = sides, readers
    rows = data["front"]["discuss"]
    assert bool(rows) == bool(real)
    for row in rows:
        sides, readers = real[row["start"], row["end"]]
        assert row["readers"] == readers == sum(one["learners"] for one in row["sides"])
        assert {one["code"]: one["learners"] for one in row["sides"]} == sides
    evenness = [sorted(one["learners"] for one in row["sides"])[-2] / row["readers"]
                for row in rows]  # fmt: skip
    assert evenness == sorted(evenness, reverse=True)
    if real:
        assert evenness[0] == max(sorted(s.values())[-2] / n for s, n in real.values())


def test_without_a_real_split_it_says_so(tmp_path):
    words = [entry.span.quote for entry in DEBATABLE if entry.section == "commentary"]
    one_side = [span(words[0], "hedge", owner=f"tab-{n}") for n in range(10)]
    sheets = [
        sheet(f"amber-{n}", documents=[document(tag)])
        for n, tag in enumerate(one_side)
    ]  # fmt: skip

    page, data = reported(tmp_path, collected(tmp_path, "class", sheets), "--lesson", "3")

    assert data["front"]["discuss"] == []
    assert "No real split: at no place" in page


def test_the_lesson_is_the_one_that_most_have_begun_or_the_one_asked_for(sample, tmp_path):
    lessons = {one.id: {i for part in one.parts for i in part.items}
               for one in course.load_outlines()}  # fmt: skip
    begun = Counter(id for one in SHEETS for id, items in lessons.items()
                    if items & {row["item"] for row in one["responses"]})  # fmt: skip
    page, data = reported(tmp_path, sample)
    assert data["front"]["lesson"] == max(begun, key=lambda id: (begun[id], id))
    assert "<h1>Lesson 03: The commentary</h1>" in page
    page, data = reported(tmp_path, sample, "--lesson", "all")
    assert (data["front"]["lesson"], data["front"]["begun"]) == ("all", 30)
    assert "<h1>The whole course</h1>" in page
    with pytest.raises(FramingkitError, match="00, 01, 02, 03, 04, 05, 06; or “all”"):
        reported(tmp_path, sample, "--lesson", "chess")


def test_who_is_expected_is_counted_for_all_and_named_for_the_teacher_alone(sample, tmp_path):
    expected = tmp_path / "list.csv"
    names = [*NAMES[2:], NAMES[2].upper(), "jade-wren-306", "=1"]
    expected.write_text("\ufeffcode_name;group\n" + ";a\n".join(names), encoding="utf-8")

    page, data = reported(tmp_path, sample, "--expected", expected)

    assert (data["front"]["expected"], data["front"]["missing"]) == (30, 2)
    front, private, appendix = split_page(page)
    assert "<b>28 of 30</b> handed in, 2 missing" in front
    assert "jade-wren-306" not in front + appendix
    assert "<b>Missing: </b>jade-wren-306, =1." in private
    assert f"2 hand-ins not on your list: {NAMES[0]}, {NAMES[1]}." in private


def test_the_ids_of_a_platform_are_found_as_well(tmp_path):
    for number, one in enumerate(class_sheets(3)):
        name = f"Mara Muster {number}_5{number}_assignsubmission_file_/a.answers.json"
        put(tmp_path / "in", name, one)
    run("collect", tmp_path / "in", "-o", tmp_path / "class.jsonl.gz")
    path = put(tmp_path, "list.csv", b"51\nMoodle 52\n53\n")

    _, data = reported(tmp_path, tmp_path / "class.jsonl.gz", "--expected", path)

    assert (data["front"]["expected"], data["front"]["missing"]) == (3, 1)


def test_a_list_that_cannot_be_right_is_a_sentence(sample, tmp_path):
    cases = {"code_name\n\n": "names nobody", "mara\nben\n": "None of the 2 names",
             "PK\x03\x04": "workbook of a spreadsheet"}  # fmt: skip
    for text, sentence in cases.items():
        path = put(tmp_path, "list.csv", text.encode())
        with pytest.raises(FramingkitError, match=sentence):
            reported(tmp_path, sample, "--expected", path)
    with pytest.raises(FramingkitError, match="none.csv"):
        reported(tmp_path, sample, "--expected", tmp_path / "none.csv")
    assert not (tmp_path / "report.html").exists()


def test_names_are_in_the_box_for_the_teacher_and_nowhere_before_it(sample, tmp_path):
    front, private, _ = split_page(reported(tmp_path, sample)[0])
    assert private.startswith(' hidden=""')
    assert not [name for name in NAMES if name in front]
    assert not [name for name in NAMES if name not in private]
    assert "Did little" in private
    sent = reported(tmp_path, sample, "--without-names")[0]
    assert not [name for name in NAMES if name in sent]
    assert "framingkit-private" not in re.sub(
        r"<(style|script)>.*?</\1>", "", sent, flags=re.DOTALL
    )


def test_a_row_of_the_teacher_has_the_numbers_of_the_marks(sample, tmp_path):
    private = split_page(reported(tmp_path, sample)[0])[1]
    rows = dict(re.findall(r'<th scope="row">([\w-]+)</th>(.*?)</tr>', private))
    run("grade", sample, "-o", tmp_path / "narrow.csv", "--per-task", tmp_path / "grades.csv")
    text = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    header, *lines = [re.findall(r'"([^"]*)"', line) for line in text]
    items = {one.id for one in course.load_items("03-commentary")}
    for line in lines:
        row = dict(zip(header, line, strict=True))
        points = [row[name] for name in header if name in items and row[name]]
        cells = re.findall(r"<td>(.*?)</td>", rows[row["code_name"]])
        assert cells[1] == f"{points.count('1.0')} of {len(points)}"


@pytest.mark.parametrize("learners", [0, 1, 2, 4])
def test_a_small_class_has_a_front_without_counts_of_anybody(tmp_path, learners):
    if learners:
        path = collected(tmp_path, "class", class_sheets(learners))
    else:
        path = collected(tmp_path, "class", [sheet("a", documents=[], responses=[])])
    page, data = reported(tmp_path, path, "--lesson", "3")
    assert (data["front"]["teach"], data["front"]["discuss"]) == ([], [])
    front = split_page(page)[0]
    assert 'class="framingkit-sides' not in front
    assert 'framingkit-agreement"' not in front
    if learners:
        assert "Fewer than 5 learners" in unescape(front)
    marked = re.findall(r"<mark>(.*?)</mark>", front)
    quotes = {one.span.quote for one in DEBATABLE if one.section == "ending"}
    assert len(marked) == (3 if learners else 0)
    assert {unescape(words) for words in marked} <= quotes


def test_a_label_is_left_out_where_its_side_is_too_narrow():
    code = CODEBOOK.codes[0]
    narrow = sides_bar([(code, 13), (None, 2)], "13 and 2")
    wide = sides_bar([(code, 8), (None, 7)], "8 and 7")
    assert ("no tag" in narrow, "no tag" in wide) == (False, True)


def test_a_class_beyond_two_hundred_is_drawn_as_bars_and_names_nobody(tmp_path):
    sheets = [dict(one, coder=f"amber-{n:03}") for n, one in enumerate(class_sheets(70) * 3)]
    page, data = reported(tmp_path, collected(tmp_path, "class", sheets), "--lesson", "3")
    assert len(page) < 400_000
    assert "amber-0" not in page
    assert "more than 200 learners" in page
    assert data["front"]["begun"] == 210
    assert split_page(page)[0].count("<circle") < 40


def test_hostile_names_of_a_list_stay_text(sample, tmp_path):
    evil = "<img src=x onerror=alert(1)>"
    path = put(tmp_path, "list.csv", f"{NAMES[0]}\n{evil}\n\x1b[2J\u202e\n".encode())
    page = reported(tmp_path, sample, "--expected", path)[0]
    assert "<img" not in page
    assert "&lt;img src=x" in page
    assert "\u202e" not in page
    assert "\x1b" not in page
