import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_samples import OTHER_TEXT, TEXT, answer, histories, json_values, remove, tag

from framingkit.base import disk
from framingkit.errors import FramingkitError
from framingkit.work.log import WorkLog
from framingkit.work.operations import State
from framingkit.work.sheet import (
    CODE_NAME_ITEM,
    SHEET_FORMAT,
    SHEET_VERSION,
    answer_sheet,
    check_code_name,
    check_new_name,
    check_sheet,
    is_code_name,
    read_sheet,
    sheet_to_bytes,
)

TEXTS = {TEXT.key: TEXT, OTHER_TEXT.key: OTHER_TEXT}
PUBLISHED = Path(__file__).parent.parent.parent / "data" / "schemas" / "answer-sheet.json"
SCHEMA = json.loads(PUBLISHED.read_text(encoding="utf-8"))


def sheet_of(history, coder="amber-heron-417", texts=TEXTS):
    state = State()
    for operation in history:
        state.apply(operation)
    return answer_sheet(coder, state, texts, "0.1.0")


def test_the_published_schema_describes_this_version():
    jsonschema.Draft7Validator.check_schema(SCHEMA)
    assert SCHEMA["properties"]["format"] == {"const": SHEET_FORMAT}
    assert SCHEMA["properties"]["schema"] == {"const": SHEET_VERSION}


@given(histories, st.randoms())
def test_the_same_acts_give_the_same_bytes_in_whatever_order_they_came(history, chance):
    shuffled, texts = list(history), list(TEXTS.items())
    chance.shuffle(shuffled)
    chance.shuffle(texts)
    assert sheet_to_bytes(sheet_of(shuffled, texts=dict(texts))) == sheet_to_bytes(
        sheet_of(history)
    )


@given(histories)
def test_a_sheet_follows_the_schema_and_survives_its_file(history):
    sheet = sheet_of(history)
    text = sheet_to_bytes(sheet).decode()

    back = disk.parse_json(text, "mine.answers.json")

    assert check_sheet(back, "mine.answers.json") == sheet
    jsonschema.validate(back, SCHEMA)


def test_a_sheet_holds_what_stands_and_nothing_that_was_removed():
    sheet = sheet_of([tag(1, target="x"), tag(2, target="y"), remove(3, "x"), answer(4)])

    summit = sheet["documents"][0]
    assert summit["id"] == "alaska-summit"
    assert [span["id"] for span in summit["spans"]] == ["y"]
    assert [one["item"] for one in sheet["responses"]] == ["what-chess-hides"]
    assert sheet["operations"] == 4


def test_the_code_name_that_was_answered_goes_before_that_of_the_log():
    chosen = answer(1, "Jade Wren 5", item=CODE_NAME_ITEM)
    sheet = sheet_of([chosen])
    assert (sheet["coder"], sheet["responses"]) == ("jade-wren-5", [])


ANA, BEN = "b" * 16, "c" * 16


def test_a_sheet_says_whose_acts_it_holds_and_which_act_left_each_tag_and_answer():
    state = State()
    for operation, learner in ((tag(1, target="x"), ANA), (tag(2, target="x"), BEN),
                               (remove(3, "y"), BEN), (answer(5), BEN)):  # fmt: skip
        state.apply(operation, learner)
    sheet = answer_sheet("amber-heron-417", state, TEXTS, "0.1.0", BEN)

    assert sheet["learner"] == BEN
    assert sheet["acts"] == {ANA: {"tab-a": [[1, 1]]}, BEN: {"tab-a": [[2, 3], [5, 5]]}}
    assert sheet["documents"][0]["spans"][0]["act"] == "tab-a-2"
    assert sheet["responses"][0]["act"] == "tab-a-5"
    jsonschema.validate(sheet, SCHEMA)


def test_a_sheet_of_an_older_kit_is_read_without_a_learner():
    old = sheet_of([tag(1), answer(2)])
    assert not {"learner", "acts"} & set(old)
    for part in (*old["documents"][0]["spans"], *old["responses"]):
        del part["act"]
    assert check_sheet(old, "old.json") is old


def test_nobodys_hand_in_is_overwritten_by_another_of_the_same_name(tmp_path):
    logs = [WorkLog(tmp_path / f"{name}.jsonl", "amber-heron-417") for name in ("a", "b")]
    for number, log in enumerate(logs, 1):
        log.open_text(TEXT)
        log.record([tag(number)])
    names = [log.write_sheet("0.1.0").name for log in (*logs, *logs)]
    assert names[:2] == names[2:]
    assert names[:2] == [
        "amber-heron-417.answers.json", f"amber-heron-417-{logs[1].learner[:4]}.answers.json"
    ]  # fmt: skip


SPREADSHEET_NAMES = [
    "007", "12", "0012", "1e5", "12e34", "1e-5", "3-4", "1-2-3", "2024-01-02", "12_5", "may-5",
    "5-may", "may5", "sept2", "1-jan-24", "jan-2024", "march-1", "dec-12", "mai-5", "okt-3", "1d5",
    "true", "false", "wahr", "null", "nan", "na", "none", "inf", "MAY-5", " 007 ",
]  # fmt: skip
PLAIN_NAMES = [
    "amber-heron-417", "a", "may", "mayor-5", "x007", "7up", "group-3", "e5", "1e5x", "b-12",
    "march-hare-1", "marsh-5", "3rd_group", "truely", "nano", "june-bug",
]  # fmt: skip


def test_names_that_a_spreadsheet_changes_are_not_given_and_others_are():
    for name in SPREADSHEET_NAMES:
        with pytest.raises(FramingkitError, match="Spreadsheets turn a name like"):
            check_new_name(name)
        check_code_name(name)
    assert [check_new_name(name) for name in PLAIN_NAMES] == PLAIN_NAMES


def test_a_chosen_name_that_cannot_be_used_does_not_stand_in_the_way_of_handing_in():
    for name in ("José", "", "con", "x" * 99, 5, None):
        assert sheet_of([answer(1, name, item=CODE_NAME_ITEM)])["coder"] == "amber-heron-417"


@pytest.mark.parametrize("name", ["a", "amber-heron-417", "x" * 64, "3rd_group", "conman", "com10"])
def test_a_code_name_that_is_a_file_name_everywhere_is_taken(name):
    assert check_code_name(name) == name


@pytest.mark.parametrize(
    "name",
    ["", " ", "-a", "_a", "x" * 65, "a.b", "a/b", "..", "a\\b", "a:b", "josé", "a\nb", "a\x00",
     "con", "PRN", "aux", "Nul", "com1", "LPT9", "com0"],
)  # fmt: skip
def test_a_code_name_that_is_no_file_name_somewhere_is_refused(name):
    with pytest.raises(FramingkitError, match="for example amber-heron-417"):
        check_code_name(name)


@given(st.text(max_size=70))
def test_every_code_name_that_is_taken_follows_the_schema_and_stays_as_it_is(name):
    try:
        cleaned = check_code_name(name)
    except FramingkitError:
        return
    assert is_code_name(cleaned)
    assert check_code_name(cleaned) == cleaned
    jsonschema.validate(cleaned, SCHEMA["properties"]["coder"])


@pytest.mark.parametrize("found", [None, [], "text", {}, {"format": "nbformat"}, {"cells": []}])
def test_another_kind_of_file_is_told_apart(found):
    with pytest.raises(FramingkitError, match="is not an answer sheet. Hand in the file that ends"):
        check_sheet(found, "mine.json")


def test_a_sheet_of_a_newer_kit_says_to_update():
    newer = sheet_of([]) | {"schema": SHEET_VERSION + 1}
    with pytest.raises(FramingkitError, match=r"newer framingkit \(sheet version 2.*Update"):
        check_sheet(newer, "mine.json")


DAMAGE = {
    "a missing part": lambda sheet: sheet.pop("documents"),
    "a part that nobody knows": lambda sheet: sheet.update(score=100),
    "a real name": lambda sheet: sheet.update(coder="Ada Lovelace"),
    "an offset below zero": lambda sheet: sheet["documents"][0]["spans"][0].update(start=-1),
    "half a sha256": lambda sheet: sheet["documents"][0].update(sha256="ab"),
    "a response that is no object": lambda sheet: sheet["responses"][0].update(response="a"),
    "too sure": lambda sheet: sheet["documents"][0]["spans"][0].update(confidence=101),
    "no version": lambda sheet: sheet.update(schema="1"),
    "true for a version": lambda sheet: sheet.update(schema=True),
}


@pytest.mark.parametrize("spoil", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_sheet_is_refused_with_the_place(spoil):
    sheet = sheet_of([tag(1), answer(2)])
    assert check_sheet(sheet, "mine.json") is sheet

    spoil(sheet)

    with pytest.raises(FramingkitError, match="“mine.json” is damaged: data"):
        check_sheet(sheet, "mine.json")


@given(json_values)
def test_any_json_is_a_sheet_or_refused_with_a_sentence(value):
    with pytest.raises(FramingkitError, match="mine.json"):
        check_sheet(value, "mine.json")


def test_a_sheet_is_read_back_with_its_tags_and_responses(tmp_path):
    path = tmp_path / "mine.answers.json"
    path.write_bytes(sheet_to_bytes(sheet_of([tag(1, target="x", note="Hm."), answer(2, "a")])))

    sheet = read_sheet(str(path))

    assert sheet == read_sheet(path)
    assert sheet.coder == "amber-heron-417"
    assert sheet.responses == {"what-chess-hides": answer(2, "a").response}
    mine = sheet.annotations("alaska-summit")
    assert (mine.document_id, mine.coder) == ("alaska-summit", "amber-heron-417")
    assert mine.spans == (tag(1, target="x", note="Hm.").span,)


def test_a_text_that_was_not_tagged_names_those_that_were(tmp_path):
    path = tmp_path / "mine.answers.json"
    sheet = sheet_of([tag(1)])
    path.write_bytes(sheet_to_bytes(sheet))
    with pytest.raises(FramingkitError, match="did not tag 'mine'. .* 'alaska-summit', "):
        read_sheet(path).annotations("mine")

    other = sheet["documents"][0] | {"sha256": "0" * 64}
    path.write_bytes(sheet_to_bytes(sheet | {"documents": [*sheet["documents"], other]}))
    with pytest.raises(FramingkitError, match="tagged 2 versions of 'alaska-summit'"):
        read_sheet(path).annotations("alaska-summit")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"{", "“mine.json” is damaged"),
        (b"{}", "“mine.json” is not an answer sheet"),
        (b"\xff", "“mine.json” is not UTF-8"),
        (
            sheet_to_bytes(sheet_of([tag(1)])).replace(b'"end": ', b'"end": 0'),
            "“mine.json” is damaged",
        ),
        (
            re.sub(rb'"start": \d+', b'"start": 99999', sheet_to_bytes(sheet_of([tag(1)]))),
            "“mine.json” is damaged: A span needs whole numbers",
        ),
    ],
)
def test_a_file_that_is_no_sheet_is_refused_in_a_sentence(tmp_path, content, problem):
    path = tmp_path / "mine.json"
    path.write_bytes(content)
    with pytest.raises(FramingkitError, match=problem):
        read_sheet(path)
    with pytest.raises(FramingkitError, match="“none.json” is missing"):
        read_sheet(tmp_path / "none.json")
