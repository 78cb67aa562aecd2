"""Whose is it: hand-ins of one learner id or one code name, sorted by the people behind them."""

import gzip
import itertools
import sys
import time

import pytest
from class_samples import ARTICLE, answer, document, put, sheet, span, to_bytes
from for_each import for_each

from framingkit.hand_ins import KnownTexts, acts, collect, read_hand_in
from framingkit.hand_ins.learners import learner_of
from framingkit.hand_ins.people import labels
from framingkit.hand_ins.submitters import (
    PLATFORM_ID,
    before_code_name,
    platform_id_of,
    platform_name_of,
    submitter_of,
)
from framingkit.work import learner_from

ANA, BEN, CY = "b" * 16, "c" * 16, "d" * 16
ITEM, OTHER_ITEM = "plain-sentence", "swap-the-picture"
MOODLE = "{}_{}_assignsubmission_file_/sun.answers.json".format


def tags(client, *numbers, **more):
    """Make a tag for each number, the act of this number of a client."""
    made = []
    for number in numbers:
        where = {"start": number, "end": number + 5, "quote": ARTICLE.text[number : number + 5]}
        act = {"act": f"{client}-{number}", "at": f"2026-03-02T09:00:{number:02}Z"}
        made.append({"id": f"{client}.{number}", "label": "loaded_word"} | where | act | more)
    return made


def said(client, number, words, item=ITEM, at=""):
    at = at or f"2026-03-02T09:00:{number:02}Z"
    return answer(item, at=at, text=words) | {"act": f"{client}-{number}"}


def made(learner, held, spans=(), responses=(), coder="sun"):
    """Make a sheet that names its acts: for each learner id and client, the ranges."""
    known = {id: {client: [list(pair) for pair in pairs] for client, pairs in clients.items()}
             for id, clients in held.items()}  # fmt: skip
    count = sum(last - first + 1 for clients in held.values()
                for pairs in clients.values() for first, last in pairs)  # fmt: skip
    documents = [document(*spans)] if spans else []
    return sheet(coder, count, documents, list(responses), learner=learner, acts=known)


@pytest.fixture
def found(tmp_path):
    """Collect sheets by file name: the learners by name, and everything that was said."""
    turn = itertools.count()

    def run(sheets):
        inbox = tmp_path / str(next(turn))
        for name, content in sheets.items():
            put(inbox, name, content)
        done = collect(inbox, tmp_path / "class.gz", key=tmp_path / "key.csv")
        assert all(sentence.isprintable() for sentence in done.sentences)
        return {learner.coder: learner for learner in done.class_file}, "\n".join(done.sentences)

    return run


def count(learner):
    return sum(len(columns.start) for columns in learner.tags)


def text(learner, item=ITEM):
    return learner.responses[item]["text"]


def test_ten_tags_here_and_eighteen_there_are_twenty_eight(found):
    school = made(ANA, {ANA: {"tab-s": [(1, 10)]}}, tags("tab-s", *range(1, 11)))
    home = made(BEN, {BEN: {"tab-h": [(11, 28)]}}, tags("tab-h", *range(11, 29)))
    class_, words = found({"school.answers.json": school, "home.answers.json": home})
    assert list(class_) == ["sun"]
    assert (count(class_["sun"]), class_["sun"].operations) == (28, 28)
    assert "sun handed in 2 times, and no hand-in holds everything" in words
    assert "“home.answers.json” (18 acts), “school.answers.json” (10 acts)" in words


def test_what_was_removed_or_changed_elsewhere_stays_so(found):
    both = {ANA: {"tab-a": [(1, 5)]}}
    old = made(ANA, both | {BEN: {"tab-x": [(6, 6)]}}, tags("tab-a", 1, 2, 3) + tags("tab-x", 6),
               [said("tab-a", 4, "First.")])  # fmt: skip
    changed = tags("tab-a", 2, label="hedge", act="tab-b-7")
    new = made(ANA, both | {CY: {"tab-b": [(7, 9)]}}, [*tags("tab-a", 1), *changed],
               [said("tab-b", 9, "Second.")])  # fmt: skip
    class_, _ = found({"a.answers.json": old, "b.answers.json": new})
    learner = class_["sun"]
    assert sorted(zip(learner.tags[0].start, learner.tags[0].label, strict=True)) == [
        (1, "loaded_word"), (2, "hedge"), (6, "loaded_word"),
    ]  # fmt: skip
    assert text(learner) == "Second."


def test_of_two_answers_of_one_learner_the_later_counts_and_both_files_are_told(found):
    early = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, (), [said("tab-a", 1, "Early.")])
    late = made(ANA, {ANA: {"tab-b": [(1, 1)]}}, (), [said("tab-b", 1, "Late.", at="2026-04")])
    class_, words = found({"z/late.answers.json": late, "a/early.answers.json": early})
    assert text(class_["sun"]) == "Late."
    assert "answered differently in" in words
    assert "plain-sentence (the one in “z/late.answers.json” counts)" in words
    assert "“a/early.answers.json”" in words


def test_three_that_contradict_each_other_are_a_shared_folder(found):
    base = {"tab-0": [(1, 3)]}
    sheets = {
        f"{who}.answers.json": made(
            ANA, {ANA: base | {f"tab-{who}": [(4, 4)]}}, tags("tab-0", 1, 2),
            [said(f"tab-{who}", 4, f"I am {who}.")],
        )
        for who in "xyz"
    }  # fmt: skip
    class_, words = found(sheets)
    assert len(class_) == 3
    assert {text(learner) for learner in class_.values()} == {f"I am {who}." for who in "xyz"}
    assert "3 different people use the code name sun" in words
    assert "have one learner id" in words
    assert len({learner.person for learner in class_.values()} - {ANA}) == 3


def test_a_folder_that_was_handed_out_belongs_to_whoever_began_it(found):
    base = {ANA: {"tab-0": [(1, 3)]}}
    sheets = {"teacher.answers.json": made(ANA, base, tags("tab-0", 1, 2, 3))}
    for number, id in enumerate((BEN, CY, "f" * 16)):
        own = [said(f"tab-{number}", 4, f"Pupil {number}")]
        held = base | {id: {f"tab-{number}": [(4, 4)]}}
        sheets[f"{number}.answers.json"] = made(id, held, tags("tab-0", 1, 2, 3), own)
    class_, words = found(sheets)
    assert sorted(learner.person for learner in class_.values()) == sorted([ANA, BEN, CY, "f" * 16])
    assert sorted(map(count, class_.values())) == [0, 0, 0, 3]
    assert words.count("There they count") == 3

    del sheets["teacher.answers.json"]
    class_, words = found(sheets)
    assert list(map(count, class_.values())) == [3, 3, 3]
    assert "made before a work folder was copied are in the hand-ins of" in words


def test_what_a_friend_copied_and_renamed_counts_for_whoever_made_it(found):
    mine = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2, 3))
    copy = made(BEN, {ANA: {"tab-a": [(1, 2)]}, BEN: {"tab-b": [(3, 9)]}},
                tags("tab-a", 1, 2) + tags("tab-b", 9), coder="moon")  # fmt: skip
    class_, words = found({"a.answers.json": mine, "b.answers.json": copy})
    assert (count(class_["sun"]), count(class_["moon"])) == (3, 1)
    assert "moon holds 2 tags and answers of the learner who handed in “a.answers.json”" in words


def test_who_took_the_folder_home_keeps_what_was_made_at_school(found):
    school = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2, 3))
    home = made(BEN, {ANA: {"tab-a": [(1, 3)]}, BEN: {"tab-b": [(4, 6)]}},
                tags("tab-a", 1, 3) + tags("tab-b", 4, 5, 6))  # fmt: skip
    third = made(CY, {ANA: {"tab-a": [(1, 3)]}, CY: {"tab-c": [(7, 7)]}},
                 tags("tab-a", 1, 2, 3) + tags("tab-c", 7))  # fmt: skip
    class_, words = found({"a.answers.json": school, "b.answers.json": home})
    assert (class_["sun"].tags[0].start, class_["sun"].operations) == ([1, 3, 4, 5, 6], 6)
    assert "There they count" not in words
    names = (f"{n}_7_assignsubmission_file_/sun.answers.json" for n in "ABC")
    class_, words = found(dict(zip(names, (school, home, third), strict=True)))
    assert class_["sun"].tags[0].start == [1, 3, 4, 5, 6, 7]


def test_what_the_owner_did_not_hand_in_counts_where_it_is(found):
    early = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2))
    copy = made(BEN, {ANA: {"tab-a": [(1, 4)]}, BEN: {"tab-b": [(5, 6)]}},
                tags("tab-a", 1, 2, 3, 4) + tags("tab-b", 5, 6), coder="moon")  # fmt: skip
    class_, words = found({"a.answers.json": early, "b.answers.json": copy})
    assert class_["sun"].tags[0].start == [1, 2]
    assert (class_["moon"].tags[0].start, class_["moon"].operations) == ([4, 5, 6], 3)
    assert "moon holds 3 tags and answers of the learner who handed in “a.answers.json”" in words
    assert "before a work folder was copied are in the hand-ins of moon (1)" in words


def test_three_of_one_folder_are_three_even_if_their_files_are_called_alike(found):
    sheets = {
        f"{who}/lesson_sun.answers.json": made(
            ANA, {ANA: {f"tab-{who}": [(1, 1)]}}, [], [said(f"tab-{who}", 1, f"I am {who}.")]
        )
        for who in "xyz"
    }
    class_, _ = found(sheets)
    assert len({learner.person for learner in class_.values()}) == 3
    again, _ = found(dict(zip(sheets, reversed(sheets.values()), strict=True)))
    assert again == class_


def test_ranges_that_add_up_to_more_than_any_number_do_not_damage_the_class(found):
    far = {f"tab-{k}": [(1, 2**40)] for k in range(3)}
    sheets = {f"{n}.answers.json": made(ANA, {ANA: far | {n: [(1, 2)]}}, tags(n, 1)) for n in "ab"}
    for one in sheets.values():
        one["operations"] = 5
    assert set(found(sheets | {"good.answers.json": sheet("good")})[0]) == {"sun", "good"}


def test_a_thousand_learner_ids_in_one_hand_in_are_one_sentence(found):
    held = {ANA: {"tab-a": [(1, 1)]}} | {
        learner_from(str(n)): {f"c{n}": [(1, 9)]} for n in range(999)
    }
    shown = [tag for n in range(900) for tag in tags(f"c{n}", 1, 2, 3, 4, 5)]
    started = time.process_time()
    _, words = found({"a.answers.json": made(ANA, held, shown, coder="eve")})
    assert time.process_time() - started < 5
    assert len(words.splitlines()) == 2
    assert "are in the hand-ins of eve (4500)" in words


def test_hand_ins_with_many_ranges_are_compared_quickly(found):
    sheets = {
        f"{n}.answers.json": made(f"{'bcd'[n]}" * 16, {f"{'bcd'[n]}" * 16: {
            "tab": [(2 + 8 * k + 2 * n,) * 2 for k in range(20_000)]}})
        for n in range(3)
    }  # fmt: skip
    started = time.process_time()
    found(sheets)
    assert time.process_time() - started < 10


@for_each([MOODLE, "Submitted files/{} {}/Reading/Version 1/sun.answers.json".format,
           "{}_{}_99001_sun.answers.json".format, "12345-{1} - {0} - May 2/sun.answers.json".format,
           "Reading_{}{}_attempt_2026-03-02-10-00-00_sun.answers.json".format])  # fmt: skip
def test_two_submitters_are_two_people_even_if_their_files_are_the_same(name, found):
    same = made(ANA, {ANA: {"tab-a": [(1, 12)]}}, tags("tab-a", *range(1, 13)))
    class_, words = found({name("ana", 55): same, name("ben", 56): same})
    assert len(class_) == 2
    assert all(label.startswith("sun.") for label in class_)
    assert "hold the same work: all 12 tags are the same, letter for letter." in words
    assert "have one learner id" in words
    again, _ = found({name("ana", 55): same, name("ben", 56): same})
    assert again == class_


def test_one_submitter_is_one_person_whatever_the_sheets_say(found):
    first = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, (), [said("tab-a", 1, "Early.")])
    second = made(BEN, {BEN: {"tab-b": [(2, 2)]}}, (), [said("tab-b", 2, "Late.")])
    name = "doejane{}_4411_{}_sun{}.answers.json".format
    class_, words = found({name("", 99001, ""): first, name("_LATE", 99007, "-1"): second})
    assert text(class_["sun"]) == "Late."
    assert "2 times" in words


def test_words_before_the_code_name_tell_people_apart_unless_one_holds_all_of_the_other(found):
    fuller = made(ANA, {ANA: {"tab-a": [(1, 2)]}}, tags("tab-a", 1, 2))
    less = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, tags("tab-a", 1))
    other = made(BEN, {BEN: {"tab-b": [(3, 3)]}}, tags("tab-b", 3))
    class_, words = found({"20_ana_sun.answers.json": fuller, "30_ben_sun.answers.json": other})
    assert len(class_) == 2
    assert "different people use the code name sun" in words
    class_, words = found({"20_ana_sun.answers.json": fuller, "a new one_sun.answers.json": less})
    assert list(class_) == ["sun"]
    assert (
        "counts: “20_ana_sun.answers.json”. All acts in “a new one_sun.answers.json” are" in words
    )


def test_without_acts_the_same_question_answered_twice_is_two_people(found):
    one = sheet("sun", 5, responses=[answer(ITEM, at="2026-03-02T09:00:01Z", choice="a")])
    carpet = document(span("red carpet", "ceremony_symbol", owner="tab-b"))
    same = sheet("sun", 5, [carpet], [answer(ITEM, at="2026-03-02T09:00:09Z", choice="a")])
    assert len(found({"a.answers.json": one, "b.answers.json": same})[0]) == 2
    fits = sheet("sun", 4, [document(span("chessboard", "game_metaphor", owner="tab-b"))])
    assert list(found({"a.answers.json": one, "b.answers.json": fits})[0]) == ["sun"]


def test_a_copied_folder_without_acts_does_not_pass_for_a_changed_mind(found):
    base = span("red carpet", "ceremony_symbol", owner="tab-0")
    sheets = {
        f"{n}.answers.json": sheet("sun", 3 + n, [
            document(base, *(span("chessboard", "game_metaphor", k, f"tab-{n}") for k in range(n)))
        ], [answer(ITEM, at=f"2026-03-02T09:00:0{n}Z", text=f"Pupil {n}")])
        for n in range(3)
    }  # fmt: skip
    class_, _ = found(sheets)
    assert sorted(map(text, class_.values())) == ["Pupil 0", "Pupil 1", "Pupil 2"]


def test_names_do_not_move_when_somebody_hands_in_late(found):
    def twin(who):
        answers = [answer(ITEM, at=f"2026-03-02T09:00:0{who}Z", text=f"Pupil {who}")]
        return sheet("sun", 5, [document(span("red carpet", "hedge", owner=f"t{who}"))], answers)

    before, _ = found({"20_ana_sun.answers.json": twin(2), "30_ben_sun.answers.json": twin(3)})
    after, _ = found({"10_cy_sun.answers.json": twin(1), "21_ana_sun.answers.json": twin(2),
                      "05_ben_sun.answers.json": twin(3)})  # fmt: skip
    assert len(after) == 3
    assert {label: after[label] for label in before} == before


@pytest.mark.slow
@for_each([25, 300])
def test_many_people_may_have_one_name(number, found):
    coder = f"jade-plover-{number}"
    sheets = {
        f"Pupil {n}_{coder}.answers.json": sheet(
            coder, n, [], [answer(ITEM, at=f"{n}", text=f"{n}")]
        )
        for n in range(number)
    }
    class_, words = found(sheets)
    assert len(class_) == len({learner.person for learner in class_.values()}) == number
    assert f"{number} different people" in words


def test_more_namesakes_than_a_class_can_have_are_refused_by_name(found, monkeypatch):
    monkeypatch.setattr("framingkit.hand_ins.whose.MOST_NAMESAKES", 2)
    sheets = {f"{n}.answers.json": sheet("sun", n, [], [answer(ITEM, at=f"{n}", text=f"{n}")])
              for n in range(4)}  # fmt: skip
    class_, words = found(sheets | {"moon.answers.json": sheet("moon")})
    assert len(class_) == 3
    assert "“0.answers.json” was left out" in words
    assert "“1.answers.json” was left out" in words


def test_long_hand_ins_under_one_name_shut_no_short_one_out(found, monkeypatch):
    monkeypatch.setattr("framingkit.hand_ins.whose.MOST_SHOWN", 30)
    many = tags("tab", *range(1, 15))
    sheets = {f"{n}.answers.json": made(id, {id: {"tab": [(1, 14)]}}, many)
              for n, id in enumerate(letter * 16 for letter in "bcdf")}  # fmt: skip
    short = made("g" * 16, {"g" * 16: {"tab-g": [(1, 1)]}}, [], [said("tab-g", 1, "Mine.")])
    class_, words = found(sheets | {"z.answers.json": short})
    assert "Mine." in {text(one) for one in class_.values() if ITEM in one.responses}
    assert words.count("was left out") == 2
    assert "or 30 tags and answers, have the code name sun" in words


def test_files_that_name_many_texts_shut_nobody_out(found, monkeypatch):
    monkeypatch.setattr(sys.modules["framingkit.hand_ins.collect"], "MOST_TEXTS", 60)
    one = span("red carpet", "ceremony_symbol")
    sheets = {
        f"Aaron-{k}.answers.json": sheet(f"v{k}", documents=[
            document(one | {"id": f"t{k}.{i}"}, codebook_sha256=f"{k * 200 + i:064x}")
            for i in range(40)
        ])
        for k in range(3)
    } | {f"pupil-{n}.answers.json": sheet(f"pupil-{n}") for n in range(9)}  # fmt: skip
    class_, words = found(sheets)
    assert [count(class_[f"pupil-{n}"]) for n in range(9)] == [1] * 9
    assert "“Aaron-2.answers.json”: its tags on 30 of 40 texts were left out" in words
    assert len(words.splitlines()) < 40


def test_more_tags_than_one_learner_may_have_are_not_put_together(found, monkeypatch):
    monkeypatch.setattr("framingkit.hand_ins.whose.MOST_SPANS", 3)
    one = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2, 3))
    other = made(ANA, {ANA: {"tab-b": [(4, 5)]}}, tags("tab-b", 4, 5))
    class_, words = found({"a.answers.json": one, "b.answers.json": other})
    assert count(class_["sun"]) == 3
    assert "Only those in “a.answers.json” count" in words


def test_a_learner_who_changed_the_code_name_is_one_learner(found):
    before = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, tags("tab-a", 1), coder="sun")
    after = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2), coder="amber-heron-417")
    class_, words = found({"a.answers.json": before, "b.answers.json": after})
    assert {label: count(one) for label, one in class_.items()} == {"amber-heron-417": 2}
    assert "handed in under several code names: amber-heron-417, sun" in words


def test_the_key_names_every_file_of_every_person(found, tmp_path):
    one = made(ANA, {ANA: {"tab-a": [(1, 2)]}}, tags("tab-a", 1, 2))
    less = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, tags("tab-a", 1))
    found({"a/sun.answers.json": one, "b/sun.answers.json": less})
    rows = (tmp_path / "key.csv").read_text("utf-8-sig").splitlines()[1:]
    assert rows == [f'"sun","{folder}/sun.answers.json","{ANA}",""' for folder in "ab"]


# Names as they are in public code and issues that read what the platforms give.
NAMES = {
    "Mara Muster_55_assignsubmission_file_/sun.answers.json": "Mara Muster",
    "Student Work/Submitted files/López García, Ana/Tema 3/sun.answers.json": "López García, Ana",
    "9 English - Student Work/Working files/Ana B/Tema 3/sun.answers.json": "Ana B",
    "res/提出済みのファイル/山田 花子/課題/バージョン1 /sun.answers.json": "山田 花子",
    "Ana B/Tema 3/Versión 2/sun.answers.json": "Ana B",
    "Tema 3/Ana López García - Tema 3.json": "Ana López García",
    "12345-678 - Ana B - Mar 2, 2026 10:11 AM/sun.answers.json": "Ana B",
    "Abgaben/Muster_Mara Eva_mmuster_10277/sun.answers.json": "Mara Eva Muster",
    "doejane_4411_99007_sun.answers.json": "", "Tema 3/sun.answers.json": "",
    "Lesson 3_m_muster_attempt_2026-03-02-10-11-12_sun.json": "",
    "Class 7b - sun.answers.json": "", "Lesson - sun.answers.json": "",
}  # fmt: skip


@for_each([*NAMES.items()])
def test_how_a_platform_calls_somebody_is_read_from_the_names_it_gives(case):
    name, expected = case
    assert platform_name_of(name) == expected


def test_names_of_a_platform_are_in_the_key_alone(found, tmp_path):
    sheets = {}
    for number, (name, expected) in enumerate(NAMES.items()):
        if expected:
            sheets[name] = sheet(f"pupil-{number}")
    class_, _ = found(sheets)
    assert len(class_) == len(sheets)  # nobody is put together with somebody of a like name
    key = (tmp_path / "key.csv").read_text("utf-8-sig")
    content = gzip.decompress((tmp_path / "class.gz").read_bytes()).decode()
    for expected in filter(None, NAMES.values()):
        assert f'"{expected}"' in key
        assert expected not in content


@for_each({
    "Pupil 0_10000_assignsubmission_file/x.json": ("Moodle", "10000"),
    "roe_55_12345_sun.answers.json": ("Canvas", "55"),
    "anon_a1B2c_12345_sun.answers.json": ("Canvas, anonymous", "a1B2c"),
    "Aufgabe/Ana B/Lesen/Version 2/sun.answers.json": ("Teams versions", "Ana B"),
    "Student Work/Submitted files/Ana B/Lesen/sun.answers.json": ("Teams", "Ana B"),
    "Tarea/Ana B/Leer/Versión 2/sun.answers.json": ("Teams versions", "Ana B"),
    "res/提出済みのファイル/山田 花子/課題/バージョン1 /sun.json": ("Teams", "山田 花子"),
    "Tema 3/Ana López García - Tema 3.json": ("", ""),
    "12345-678 - Ana B - 2. Mai/sun.answers.json": ("Brightspace", "12345-678 - Ana B"),
    "class_7_12_sun.answers.json": ("", ""),
}.items())  # fmt: skip
def test_platforms_are_known_by_the_names_they_give(case):
    name, expected = case
    assert submitter_of(name) == expected
    assert submitter_of("x" * 60_000 + "/" + name) == expected


@for_each({
    "10_ana_sun.answers.json": "10 ana", "Ana_LATE_sun (2).json": "ana", "v2 Ana-sun.txt": "ana",
    "2026-03-02_Zoë sun.json": "zoë", "sun-1.answers.json": "", "sunny.answers.json": "",
    "Copy of sun.answers.json": "", "sun.sun.answers.json": "sun",
}.items())  # fmt: skip
def test_what_stands_before_a_code_name_is_compared_without_what_platforms_add(case):
    name, expected = case
    assert before_code_name(name, "sun") == expected


def test_labels_get_longer_only_for_those_who_begin_alike():
    ids = ["bcdfg", "bcdfh", "ttttt"]
    assert labels(["sun"] * 3, ids) == ["sun.bcdfg", "sun.bcdfh", "sun.tttt"]


def test_a_sheet_that_shows_an_act_that_it_does_not_name_holds_it_all_the_same():
    content = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, tags("tab-a", 1, 2))
    hand_in = read_hand_in(to_bytes(content), "x.answers.json", KnownTexts())
    assert acts.acts_of(hand_in).held == {"tab-a": [(1, 2)]}


def test_longer_texts_than_a_line_can_hold_are_not_put_together(found, monkeypatch):
    monkeypatch.setattr(
        "framingkit.hand_ins.whose.is_too_long", lambda line: line.count("loaded_word") > 4
    )
    one = made(ANA, {ANA: {"tab-a": [(1, 3)]}}, tags("tab-a", 1, 2, 3))
    other = made(ANA, {ANA: {"tab-b": [(4, 5)]}}, tags("tab-b", 4, 5))

    class_, words = found({"a.answers.json": one, "b.answers.json": other})

    assert count(class_["sun"]) == 3
    assert "longer texts than can be read in all hand-ins together" in words


@for_each({
    "Pupil 0_10000_assignsubmission_file_/x.json": "Moodle 10000",
    "Teilnehmer-in 12_12_assignsubmission_file_x.json": "Moodle 12",
    "z.zip/doejane_4411_99007_sun.answers.json": "Canvas 4411 99007",
    "müller_lüdenscheidt2_LATE_4411_99007_sun_1_.answers-1.json": "Canvas 4411 99007",
    "गीताशर्मा_31_99007_sun.json": "Canvas 31 99007",
    "anon_12345_99007_sun.answers.json": "", "LATE_anon_12345_99007_sun.answers.json": "",
    "Lesson 3_m_muster_attempt_2026-03-02-10-11-12_sun.json": "Blackboard Lesson 3_m_muster",
    "12345-678 - Ana B - Mar 2, 2026 10:11 AM/sun.answers.json": "Brightspace 12345",
    "Abgaben/Muster_Mara Eva_mmuster_10277/sun.answers.json": "ILIAS 10277",
    "Team_1/Ö_B_ob_7/sun.json": "", "Class_A_group_12/sun.json": "",
    "Submitted files/Ana B/Lesson 3/Version 2/sun.json": "",
    "drive-download-20260302T101112Z-001/Kopie von sun.answers.json": "",
    "Muster_Mara_12345/sun.json": "", "class_7_12_sun.answers.json": "",
}.items())  # fmt: skip
def test_the_platforms_own_id_is_read_from_the_names_it_gives(case):
    name, expected = case
    assert platform_id_of(name) == expected
    assert not expected or PLATFORM_ID.fullmatch(expected)


def test_the_ids_of_all_hand_ins_that_count_are_kept_with_the_learner(found, tmp_path):
    one = made(ANA, {ANA: {"tab-a": [(1, 2)]}}, tags("tab-a", 1, 2))
    less = made(ANA, {ANA: {"tab-a": [(1, 1)]}}, tags("tab-a", 1))
    other = made(BEN, {BEN: {"tab-b": [(1, 1)]}}, tags("tab-b", 1), coder="moon")
    class_, _ = found({
        "A_7_assignsubmission_file_/sun.answers.json": one,
        "A_7_assignsubmission_file_/sun (1).answers.json": less,
        "doejane_4411_99007_sun.answers.json": less, "class 7/moon.answers.json": other,
    })  # fmt: skip
    assert class_["sun"].ids == ("Moodle 7", "Canvas 4411 99007")
    assert class_["moon"].ids == ()


@for_each([["Moodle 7\n"], ["Elsewhere 7"], "Moodle 7", [7], ["Moodle 7"] * 101])
def test_an_id_that_no_platform_gives_is_refused(ids):
    data = {"coder": "sun", "operations": 1, "tags": [], "responses": {}, "ids": ids}
    with pytest.raises(ValueError, match="platform|list of the right kind"):
        learner_of(data, [])
