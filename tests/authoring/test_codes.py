"""A codebook of one's own: chips and looks by themselves, faults with their lines, moved codes."""

import json
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_courses import ABOUT, ARTICLE, source_in

from framingkit.authoring import (
    begin,
    check_course,
    make_lesson,
    making,
    move_course,
    move_sheets,
    new_codebook,
    write_reading,
)
from framingkit.authoring.moving import Moving, moved_reading, read_rules
from framingkit.base import CODES, code_key
from framingkit.course import (
    Reference,
    ReferenceSpan,
    Span,
    forget,
    kit_folder,
    load_article,
    load_codebook,
    load_items,
    parse_codebook,
    working_on,
)
from framingkit.errors import FramingkitError

CODE = """\
[[devices]]
id = "{id}"
name = "{name}"
tier = "core"
definition = "It is foggy."
decision_rule = "Is it foggy?"
example = "fog"
"""
HEAD = 'id = "codes"\ntitle = "Codes"\nversion = "1"\n'


def book(*names: str) -> str:
    return HEAD + "".join(CODE.format(id=f"code_{n}", name=name) for n, name in enumerate(names))


NAME = st.text("abcdefghij XYZéß漢", min_size=1, max_size=12).filter(str.strip)
NAMES = st.lists(NAME, min_size=1, max_size=20)


@given(NAMES)
def test_any_names_get_chips_of_their_own_and_the_first_fourteen_looks_of_their_own(names):
    devices = parse_codebook(book(*names)).devices
    chips = [code.chip for code in devices]

    assert len(set(chips)) == len(chips)
    assert len({code_key(chip) for chip in chips}) == min(len(chips), len(CODES))


def test_a_chip_that_somebody_chose_stays_and_no_other_code_gets_its_look():
    text = book("Fog", "Game metaphor").replace('tier = "core"', 'tier = "core"\nchip = "ZZ"', 1)
    first, second = parse_codebook(text).devices

    assert (first.chip, second.chip) == ("ZZ", "GM")
    assert code_key("ZZ") != code_key("GM")


def test_the_chips_of_the_kit_are_as_they_were():
    text = (kit_folder() / "data" / "codebooks" / "diplomatic-framing.toml").read_text("utf-8")
    bare = "\n".join(line for line in text.splitlines() if not line.startswith("chip = "))

    assert [code.chip for code in load_codebook().devices][:3] == ["GM", "WM", "NM"]
    assert len({code_key(code.chip) for code in parse_codebook(bare).devices}) == 14


@pytest.mark.parametrize(
    ("old", "new", "words", "line"),
    [
        ('decision_rule = "Is it foggy?"\n', "", "field 'decision_rule' is missing", 5),
        ('tier = "core"', 'tier = "middle"', "field 'tier' is 'middle'", 7),
        ('example = "fog"', 'exampel = "fog"', "unknown field 'exampel'", 10),
        ('id = "code_0"', 'id = "Code 0"', "field 'id' is 'Code 0'", 5),
        ('id = "code_0"\n', "", "field 'id' is missing", 4),
    ],
)
def test_a_fault_is_named_with_its_field_and_its_line(old, new, words, line):
    with pytest.raises(FramingkitError, match=words) as caught:
        parse_codebook(book("Fog").replace(old, new))

    assert str(caught.value).endswith(f"(Line {line}.)")


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course with a codebook that was begun from the blank one; its notebooks are not run."""
    monkeypatch.setattr(making, "execute", lambda path: None)
    new_codebook(tmp_path / "codes.toml", "Codes of ours")
    draft = begin(source_in(tmp_path), tmp_path / "ferry", ABOUT).draft
    make_lesson(draft, tmp_path / "ferry", tmp_path / "codes.toml")
    yield tmp_path / "ferry"
    forget()


def test_a_lesson_is_made_with_a_codebook_of_ones_own(course):
    with working_on(course):
        assert load_codebook().id == "codes-of-ours"
        assert [code.chip for code in load_codebook().devices] == ["VS", "IW"]
        ids = [item.id for item in load_items(f"01-{ARTICLE}")]
    assert f"{ARTICLE}-quick-test" in ids
    notebook = (course / "notebooks" / f"01-{ARTICLE}.ipynb").read_text("utf-8")
    assert "vague_source" in notebook
    assert "game_metaphor" not in notebook
    assert [row for row in check_course(course, run=False) if row.state == "wrong"] == []


def test_a_course_keeps_its_codebook(course, tmp_path):
    kit = kit_folder() / "data" / "codebooks" / "diplomatic-framing.toml"
    draft = begin(next(course.glob("for-teachers/*.txt")), course, ABOUT).draft
    with pytest.raises(FramingkitError, match="works with the codebook “codes-of-ours”"):
        make_lesson(draft, course, kit, again=True)


RULES = """\
[[rule]]
code = "vague_source"
becomes = "nobody_named"

[[rule]]
code = "image_word"
becomes = ["sport_word", "thing_word"]
[rule.words]
"shook hands" = "thing_word"
"""


def new_book(tmp_path: Path) -> Path:
    text = book("Nobody named", "Sport word", "Thing word")
    for n, id in enumerate(("nobody_named", "sport_word", "thing_word")):
        text = text.replace(f"code_{n}", id)
    (tmp_path / "new.toml").write_text(text.replace('"codes"', '"codes-two"'), encoding="utf-8")
    (tmp_path / "rules.toml").write_text(RULES, encoding="utf-8")
    return tmp_path / "new.toml"


def with_reading(course: Path, *pairs: tuple[str, str]) -> None:
    with working_on(course):
        text = load_article().text
    spans = tuple(
        ReferenceSpan(
            Span(start, start + len(quote), label, quote, id=quote), "opening", "clear", "Why"
        )
        for quote, label in pairs
        for start in [text.index(quote)]
    )
    write_reading(course, Reference(ARTICLE, "reference", spans, (), ()))


def test_codes_are_renamed_and_divided_by_the_rules_and_all_files_before_are_kept(course, tmp_path):
    with_reading(course, ("shook hands", "image_word"), ("an aide noted", "vague_source"))
    said = move_course(course, new_book(tmp_path), tmp_path / "rules.toml")
    with working_on(course):
        moved = json.loads(json.dumps(load_codebook().id))
    text = next(course.glob("data/annotations/*.toml")).read_text("utf-8")

    assert moved == "codes-two"
    assert 'label = "thing_word"' in text
    assert 'label = "nobody_named"' in text
    assert "2 tags moved to other codes." in said
    assert list(course.glob("data/annotations/*.bak"))
    assert list(course.glob("for-teachers/earlier/codes-of-ours.toml"))
    assert list(course.glob("for-teachers/moves/*.toml")), "the rule itself is kept"


def test_a_tag_that_no_rule_decides_stops_everything_and_is_named(course, tmp_path):
    with_reading(course, ("shook hands", "image_word"), ("flag", "image_word"))
    before = {path: path.read_bytes() for path in course.rglob("*.toml")}
    with pytest.raises(FramingkitError, match="1 decision is still open:\n.*“flag”: write below"):
        move_course(course, new_book(tmp_path), tmp_path / "rules.toml")

    assert {path: path.read_bytes() for path in course.rglob("*.toml")} == before


def test_codes_that_are_joined_leave_one_entry_for_the_same_words():
    codebook = parse_codebook(book("Fog"))
    rules = read_rules('[[rule]]\ncode = "a"\nbecomes = "code_0"\n[[rule]]\ncode = "b"\n'
                       'becomes = "code_0"', codebook)  # fmt: skip
    entries = tuple(ReferenceSpan(Span(0, 3, label, "Fog"), "all", "clear", "Why.", accepts=("b",))
                    for label in ("a", "b"))  # fmt: skip
    moving = Moving(rules, codebook)
    made = moved_reading(Reference("fog", "reference", entries, (), ()), moving)

    assert [entry.span.label for entry in made.spans] == ["code_0"]
    assert made.spans[0].accepts == ()
    assert moving.joined == 1


def test_hand_ins_move_into_a_folder_of_their_own_and_a_code_without_a_rule_is_named(tmp_path):
    source = tmp_path / "hand-ins"
    source.mkdir()
    for path in sorted((kit_folder() / "data" / "sample-class").glob("*.json"))[:3]:
        shutil.copy(path, source)
    kit = (kit_folder() / "data" / "codebooks" / "diplomatic-framing.toml").read_text("utf-8")
    (tmp_path / "new.toml").write_text(kit.replace("game_metaphor", "play_word"), encoding="utf-8")
    (tmp_path / "rules.toml").write_text(
        '[[rule]]\ncode = "hedge"\nbecomes = "hedge"\n', encoding="utf-8"
    )
    words = (source, tmp_path / "moved", "diplomatic-framing", tmp_path / "new.toml",
             tmp_path / "rules.toml")  # fmt: skip
    with pytest.raises(FramingkitError, match="no rule for 'game_metaphor'"):
        move_sheets(*words)
    assert not (tmp_path / "moved").exists()
    (tmp_path / "rules.toml").write_text(
        '[[rule]]\ncode = "game_metaphor"\nbecomes = "play_word"\n', encoding="utf-8"
    )
    assert "3 hand-ins" in move_sheets(*words)[0]
    sheet = json.loads(next((tmp_path / "moved").iterdir()).read_bytes())
    labels = {span["label"] for one in sheet["documents"] for span in one["spans"]}
    assert "game_metaphor" not in labels


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no rule"),
        ('[[rule]]\ncode = "a"\nbecomes = "b"', "'b' is no code"),
        ('[[rule]]\ncode = "a"', "field 'becomes' is missing"),
        ('[[rule]]\ncode = "a"\nbecomes = "code_0"\n' * 2, "two rules for 'a'"),
        ('[[rule]]\ncode = "a"\nbecomes = "code_0"\nwhen = "x"', "unknown field 'when'"),
    ],
)
def test_rules_that_cannot_be_used_say_why(text, words):
    with pytest.raises(FramingkitError, match=words):
        read_rules(text, parse_codebook(book("Fog")))


def test_a_blank_codebook_is_never_written_over_another_file(tmp_path):
    new_codebook(tmp_path / "codes.toml", 'My "own" codes')
    with pytest.raises(FramingkitError, match="is there already"):
        new_codebook(tmp_path / "codes.toml", "Other codes")

    assert parse_codebook((tmp_path / "codes.toml").read_text("utf-8")).id == "my-own-codes"
    assert load_article().id == "alaska-summit"
