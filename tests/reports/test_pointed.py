"""Comments that quote words of an answer: which words are meant, and how the learner sees it."""

import csv
import io
import re

from class_samples import answer, put, sheet
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st

from framingkit import course
from framingkit.hand_ins.collect import collect
from framingkit.reports.grades import grade
from framingkit.reports.marks import merge_marks
from framingkit.reports.pointed import one_line, pieces, point
from framingkit.reports.sheet_facts import Written
from framingkit.reports.sheet_written import written_part
from framingkit.reports.student_sheets import write_sheets

ITEM = next(one for one in course.load_items("03-commentary") if one.id == "exit-red-carpet")
SAYS = (
    "It’s a strategic move, the “red carpet” of Alaska; a  move that isn't new. Señal: 红地毯很热"
)


def marked(comment, text=SAYS):
    """Give the marked words of each note."""
    found = point(comment, text)
    return [[found.answer[start:end] for start, end in note.places] for note in found.notes]


QUOTED = {
    '"a strategic move": who says so?': [["a strategic move"]],
    "“A STRATEGIC MOVE”: who says so?": [["a strategic move"]],
    "„strategic move“ – wer sagt das?": [["strategic move"]],
    "« strategic move » : qui le dit ?": [["strategic move"]],
    "»strategic move«: hvem?": [["strategic move"]],
    "”strategic move”: vem?": [["strategic move"]],
    "「红地毯」：谁说的？": [["红地毯"]],
    "'strategic move': who?": [["strategic move"]],
    "‘It's a strategic move’: who?": [["It’s a strategic move"]],
    '"isn’t new": no?': [["isn't new"]],
    '"‘red carpet’": a symbol': [["“red carpet”"]],
    '"Alaska; a move": and?; "new": no': [["Alaska; a move"], ["new"]],
    '"strategic" and "new": two words\nWell read.\n"new,": hm': [["strategic", "new"], ["new"]],
    '"move": one; "move": two; "move": three': [["move"], ["move"], ["move"]],
    '"Sen\u0303al": yes': [["Señal"]],
    '="new": yes': [["new"]],
    "Don't say isn't; 'tis new": [],
    'no words; "never written": so it is; "': [],
    '"": x; "…": y': [],
    "": [],
}  # fmt: skip


@for_each([*QUOTED.items()])
def test_the_words_that_a_comment_quotes_are_found(case):
    comment, words = case
    assert marked(comment) == words


def test_the_same_words_quoted_twice_are_two_places_while_there_are_two():
    places = [note.places for note in point('"move": a; "move": b; "move": c', SAYS).notes]
    assert places[0] == places[2] != places[1]


def test_what_is_not_in_the_answer_is_told_and_said_all_the_same():
    found = point("“strategic carpet”: where?; Well read", SAYS)
    assert (found.unfound, found.notes) == (("strategic carpet",), [])
    assert found.general == "“strategic carpet”: where?; Well read".replace("?;", "?")


words = st.text(st.sampled_from("ab c\"'“”„;\n"), max_size=30)


@given(words, words)
def test_no_word_of_an_answer_or_of_a_comment_is_lost(comment, text):
    found = point(comment, text)
    ranges = [(n, place) for n, note in enumerate(found.notes) for place in note.places]
    assert "".join(part for part, _, _ in pieces(found.answer, ranges)) == one_line(text)
    assert sorted(n for _, _, ends in pieces(found.answer, ranges) for n in ends) == sorted(
        n for n, _ in ranges
    )
    kept = "".join(one.text for one in found.remarks)
    assert [s for s in kept if s in "abc"] == [s for s in comment if s in "abc"]


def test_a_long_answer_is_cut_to_its_start_and_to_what_the_notes_are_about():
    text = " ".join(f"word{n}" for n in range(400))
    plain, html = written_part(Written(ITEM, text, None, '"word200 word201": a; "word399": b'))
    shown = plain[1]
    assert shown.startswith("word0 word1")
    assert "word200 word201" in shown
    assert "word300" not in shown
    assert len(shown) < 450
    assert re.findall("<mark>(.*?)</mark>", html) == ["word200 word201", "word399"]


@for_each([
    (0, "0 of 3: {0} For 1: {1}"), (3, "3 of 3: {3}"),
    (1.5, "1.5 of 3: between two levels. 1: {1} For 2: {2}"),
])  # fmt: skip
def test_a_mark_stands_beside_what_the_rubric_says_of_it_and_of_the_next_level(case):
    mark, words = case
    plain, _ = written_part(Written(ITEM, "The carpet.", mark, ""))
    assert words.format(*ITEM.rubric) in plain


def test_quotations_survive_a_spreadsheet_and_reach_the_sheet(tmp_path):
    told = [answer(ITEM.id, text="=2 is\na strategic move")]
    for name in ("ana", "ben"):
        put(tmp_path / "in", f"{name}.answers.json", sheet(name, responses=told))
    collect(tmp_path / "in", tmp_path / "class.gz")
    grades, written = tmp_path / "grades.csv", tmp_path / "written.csv"
    grade(tmp_path / "class.gz", grades, written)
    rows = list(csv.DictReader(io.StringIO(written.read_text("utf-8-sig"), newline="")))
    for row in rows:
        ours = {"ana": '"=2": a number?; "is a strategic": who?', "ben": "=“tactic”: <b>?"}
        row["mark"], row["comment"] = "2", ours[row["code_name"]]
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]), delimiter=";")
    table.writeheader()
    table.writerows(rows)
    written.write_bytes(text.getvalue().encode("utf-16"))
    grade(tmp_path / "class.gz", grades, written)  # as the kit writes it, with apostrophes
    assert b"\"'=\xe2\x80\x9ctactic" in written.read_bytes()

    row = next(n for n, one in enumerate(rows, start=2) if one["code_name"] == "ben")
    said = merge_marks(grades, written, tmp_path / "final.csv")
    assert any(f"not in the answer beside them (1): “tactic” (row {row})." in one for one in said)
    said = write_sheets(tmp_path / "class.gz", tmp_path / "sheets", "03", grades, written)
    assert any("not in the answer beside them (1): “tactic” (ben)." in one for one in said)
    ana, ben = ((tmp_path / "sheets" / f"{n}.html").read_text("utf-8") for n in ("ana", "ben"))
    assert re.findall("<mark>(.*?)</mark>", ana) == ["=2", "is a strategic"]
    assert "Note 2. &quot;is a strategic&quot;: who?" in ana
    assert "=“tactic”: &lt;b&gt;?" in ben
    assert "<mark>" not in ben
