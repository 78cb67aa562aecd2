"""From a folder or an archive of hand-ins to one class file."""

import gzip
import json
import os
import zipfile

import pytest
from class_samples import ARTICLE, answer, document, put, sheet, span, to_bytes
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from work_samples import json_values

from framingkit import cli
from framingkit.errors import FramingkitError
from framingkit.hand_ins.collect import collect
from framingkit.hand_ins.file import read_class
from framingkit.hand_ins.hand_in import KnownTexts, read_hand_in


@pytest.fixture
def inbox(tmp_path):
    folder = tmp_path / "hand-ins"
    folder.mkdir()
    return folder


@pytest.fixture
def collected(inbox, tmp_path):
    """Collect the inbox: the class, and everything that was said."""

    def run(source=inbox, name="class.jsonl.gz"):
        done = collect(source, tmp_path / name)
        return done.class_file, done.sentences

    return run


def coders(found):
    return [learner.coder for learner in found]


def test_a_learners_tags_and_answers_come_back_from_the_class_file(inbox, collected):
    tags = document(
        span("red carpet", "ceremony_symbol", 1, note="A symbol.", confidence=80),
        span("chessboard", "game_metaphor", 2),
    )
    responses = [answer("plain-sentence", choice="b"), answer("gut-reactions", text="A game.")]
    put(inbox, "amber.answers.json", sheet(documents=[tags], responses=responses))

    found, said = collected()
    (learner,) = read_class(found.path)

    assert learner.responses["gut-reactions"] == {"text": "A game."}
    assert found.items == ("gut-reactions", "plain-sentence")
    assert found.texts[0].known
    (mine,) = learner.tags
    first, second = sorted(mine.spans, key=lambda span: span.label)
    assert ARTICLE.text[first.start : first.end] == "red carpet"
    assert (first.note, first.confidence, second.confidence) == ("A symbol.", 80, None)
    assert mine.quote == []
    assert said == ("Collected 1 learner from 1 hand-in; 0 files refused.",)


def test_an_export_of_a_platform_is_read_as_it_comes(inbox, collected):
    for number in (1, 2):
        folder = f"Muster_Mara_{number}_assignsubmission_file"
        put(inbox, f"{folder}/heron-{number}.answers.json", sheet(f"heron-{number}"))
        put(inbox, f"{folder}/lesson.ipynb", b"{}")
    put(inbox, "third/heron-3.answers (1).json", sheet("heron-3"))
    put(inbox, "fourth/renamed by me.json", sheet("heron-4"))
    put(inbox, "__MACOSX/._heron-1.answers.json", b"\0\1")
    put(inbox, ".DS_Store", b"\0")
    put(inbox, "comments.html", b"<p>")
    put(inbox, "package.json", b"{}")

    found, said = collected()

    assert coders(found) == ["heron-1", "heron-2", "heron-3", "heron-4"]
    assert ["/lesson.ipynb” is a notebook" in one for one in said[:2]] == [True, True]
    assert said[2].startswith("Files that are not hand-ins (4): “.DS_Store”, “__MACOSX/")
    assert said[3].endswith("2 files refused.")


def test_a_zip_gives_the_same_class_as_its_folder_and_is_not_unpacked(inbox, collected, tmp_path):
    put(inbox, "a/amber.answers.json", sheet("amber"))
    put(inbox, "b/mara.answers.json", sheet("mara"))
    with zipfile.ZipFile(tmp_path / "all.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in inbox.rglob("*.json"):
            archive.write(path, path.relative_to(inbox))
    before = sorted(tmp_path.rglob("*"))

    collected()
    collected(tmp_path / "all.zip", "zipped.gz")

    assert (tmp_path / "class.jsonl.gz").read_bytes() == (tmp_path / "zipped.gz").read_bytes()
    made = {tmp_path / "class.jsonl.gz", tmp_path / "zipped.gz"}
    assert sorted({*before, *made}) == sorted(tmp_path.rglob("*"))


def test_the_same_hand_ins_give_the_same_bytes(inbox, collected, tmp_path):
    for number in range(5):
        put(inbox, f"{number}/h.answers.json", sheet(f"heron-{number}"))
    collected()
    first = (tmp_path / "class.jsonl.gz").read_bytes()
    assert first[4:8] == bytes(4), "gzip keeps the time there"
    os.utime(inbox / "3" / "h.answers.json", (0, 0))
    collected()
    assert (tmp_path / "class.jsonl.gz").read_bytes() == first


def test_of_a_learners_hand_ins_the_one_with_most_acts_counts(inbox, collected):
    put(inbox, "z/old.answers.json", sheet(operations=5))
    later = document(span("red carpet", "ceremony_symbol"), span("chessboard", "game_metaphor", 2))
    put(inbox, "a/new.answers.json", sheet(operations=9, documents=[later]))

    found, said = collected()

    (learner,) = found
    assert (learner.operations, len(learner.tags[0].start)) == (9, 2)
    assert "amber-heron-417 handed in 2 times" in said[0]
    assert "“a/new.answers.json”" in said[0]


def test_a_changed_mind_is_still_one_learner(inbox, collected):
    first = document(span("red carpet", "ceremony_symbol", 1))
    changed = document(span("red carpet", "loaded_word", 1))
    put(inbox, "1.answers.json", sheet(operations=1, documents=[first]))
    put(inbox, "2.answers.json", sheet(operations=2, documents=[changed]))
    found, _ = collected()
    (learner,) = found
    assert learner.tags[0].label == ["loaded_word"]


def test_another_version_of_the_text_is_kept_apart_and_told(inbox, collected):
    put(inbox, "a.answers.json", sheet("amber"))
    put(inbox, "b.answers.json", sheet("mara", documents=[
        document(span("red carpet", "ceremony_symbol"), sha256="ab" * 32),
    ]))  # fmt: skip
    found, said = collected()
    assert [(one.known, one.learners) for one in found.texts] == [(True, 1), (False, 1)]
    assert "1 learner tagged “alaska-summit”" in said[0]
    assert [learner.tags[0].text for learner in found] == [0, 1]
    assert [learner.tags[0].quote for learner in found] == [[], ["red carpet"]]


def test_a_hash_that_only_begins_like_the_known_one_is_another_text(inbox, collected):
    near = ARTICLE.sha256[:12] + "0" * 52
    put(inbox, "a.answers.json", sheet(documents=[document(sha256=near)]))
    found, _ = collected()
    assert not found.texts[0].known


def test_a_tag_that_does_not_fit_the_text_is_left_out_and_the_rest_is_kept(inbox, collected):
    good = span("red carpet", "ceremony_symbol")
    moved = span("chessboard", "game_metaphor", 2)
    moved["start"] += 1
    moved["end"] += 1
    put(inbox, "a.answers.json", sheet(documents=[document(moved, good)]))
    found, said = collected()
    (learner,) = found
    assert learner.tags[0].label == ["ceremony_symbol"]
    assert "“a.answers.json”: 1 of 2 tags" in said[0]
    assert "data.documents[0].spans[0]: the words 'chessboard' are not at" in said[0]


def test_the_same_tag_twice_counts_once(inbox, collected):
    twice = [span("red carpet", "ceremony_symbol", n, note="x" * (n - 1)) for n in (1, 2)]
    put(inbox, "a.answers.json", sheet(documents=[document(*twice)]))
    found, _ = collected()
    (learner,) = found
    assert learner.tags[0].note == ["x"]


def test_a_bad_file_does_not_stop_the_others(inbox, collected):
    put(inbox, "a.answers.json", b"{")
    put(inbox, "b.answers.json", sheet())
    found, said = collected()
    assert len(found) == 1
    assert said[0].startswith("“a.answers.json” is damaged: line 1, column 2")
    assert said[-1].endswith("1 file refused.")


def test_nothing_to_read_is_an_error_and_leaves_an_old_class_file_alone(inbox, tmp_path):
    (tmp_path / "class.jsonl.gz").write_bytes(b"old")
    put(inbox, "a.answers.json", b"{")
    with pytest.raises(FramingkitError, match="No hand-in could be read"):
        collect(inbox, tmp_path / "class.jsonl.gz")
    assert (tmp_path / "class.jsonl.gz").read_bytes() == b"old"


def test_if_nothing_can_be_read_the_first_reasons_are_given(inbox, tmp_path):
    for number in range(30):
        put(inbox, f"{number:02}.answers.json", b"{")
    with pytest.raises(FramingkitError, match="No hand-in could be read") as refused:
        collect(inbox, tmp_path / "c.gz")
    lines = str(refused.value).split("\n")
    assert len(lines) == 22
    assert lines[0].startswith("“00.answers.json” is damaged")
    assert lines[20] == "And 10 more such sentences."


def test_a_path_may_be_a_text(inbox, tmp_path):
    put(inbox, "amber.answers.json", sheet("amber"))
    found = collect(str(inbox), str(tmp_path / "c.gz"), key=str(tmp_path / "key.csv")).class_file
    assert found == read_class(str(tmp_path / "c.gz"))
    assert (tmp_path / "key.csv").exists()
    with pytest.raises(FramingkitError, match="There is no class file “missing.gz”"):
        read_class("missing.gz")


def test_no_name_of_a_file_or_folder_comes_into_the_class_file(inbox, collected, tmp_path):
    put(inbox, "Muster_Mara_12345/amber.answers.json", sheet())
    collected()
    text = gzip.decompress((tmp_path / "class.jsonl.gz").read_bytes()).decode()
    assert "Muster" not in text
    assert "12345" not in text


def test_the_key_file_says_who_handed_in_what(inbox, tmp_path):
    put(inbox, "Muster_Mara_12345/heron.answers.json", sheet("amber"))
    put(inbox, "=Evil_1/heron.answers.json", sheet("zoe"))
    done = collect(inbox, tmp_path / "c.gz", key=tmp_path / "key.csv")
    first, second = done.class_file
    _, *rows = (tmp_path / "key.csv").read_text("utf-8-sig").splitlines()
    assert rows == [
        '"amber","Muster_Mara_12345/heron.answers.json","' + first.person + '",""',
        '"zoe","\'=Evil_1/heron.answers.json","' + second.person + '",""',
    ]


@pytest.mark.parametrize(("content", "code"), [(to_bytes(sheet()), 0), (b"{", 1)])
def test_the_command_fails_only_if_nothing_could_be_read(
    inbox, tmp_path, monkeypatch, capsys, content, code
):
    put(inbox, "a.answers.json", content)
    put(inbox, "b.answers.json", b"{")
    command = ["framingkit", "collect", str(inbox), "-o", str(tmp_path / "c.gz")]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == code
    said = capsys.readouterr().err
    assert "“b.answers.json” is damaged" in said
    assert "Reading" not in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "damaged"),
        (b"no gzip", "cannot be read as a class file"),
        (gzip.compress(b"{}", mtime=0), "is not a class file"),
        (gzip.compress(b'{"format":"framingkit class","schema":9}', mtime=0), "class version 9"),
        (gzip.compress(b'{"format":"framingkit class","schema":1}', mtime=0), "damaged at line 1"),
    ],
)
def test_what_is_no_class_file_is_refused(tmp_path, content, words):
    (tmp_path / "c.gz").write_bytes(content)
    with pytest.raises(FramingkitError, match=words):
        read_class(tmp_path / "c.gz")


def test_a_class_file_that_is_not_there_says_how_to_make_one(tmp_path):
    with pytest.raises(FramingkitError, match="framingkit collect"):
        read_class(tmp_path / "c.gz")


@pytest.mark.parametrize(
    "line",
    [
        b"[]\n",
        b'{"coder":"../x","operations":1,"tags":[],"responses":{}}\n',
        b'{"coder":"con","operations":1,"tags":[],"responses":{}}\n',
        b'{"coder":"amber","operations":1,"tags":[1],"responses":{}}\n',
        b'{"coder":"amber","operations":1,"tags":[],"responses":{"game":7}}\n',
        b'{"coder":"amber","operations":1,"tags":[{"text":0,"start":[1],"end":[],"label":[]}],'
        b'"responses":{}}\n',
        b"",
    ],
)
def test_a_damaged_line_of_a_class_file_is_named(inbox, collected, tmp_path, line):
    put(inbox, "a.answers.json", sheet())
    found, _ = collected()
    header = gzip.decompress(found.path.read_bytes()).splitlines(keepends=True)[0]
    found.path.write_bytes(gzip.compress(header + line))
    with pytest.raises(FramingkitError, match="damaged at line [12]"):
        list(read_class(found.path))


def test_a_class_file_cut_short_is_noticed(inbox, collected):
    for number in range(200):
        put(inbox, f"{number}.answers.json", sheet(f"heron-{number}"))
    found, _ = collected()
    whole = found.path.read_bytes()
    found.path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FramingkitError, match="Collect the class again"):
        list(read_class(found.path))


KNOWN = KnownTexts({(ARTICLE.id, ARTICLE.sha256): ARTICLE.text})


def reads_or_refuses(content: bytes) -> None:
    try:
        read_hand_in(content, "x.answers.json", KNOWN)
    except FramingkitError as error:
        assert str(error).startswith("“x.answers.json”")  # noqa: PT017
        assert str(error).endswith((".", "gives you."))  # noqa: PT017


@given(st.binary(max_size=300))
@settings(max_examples=500)
def test_any_bytes_give_a_learner_or_one_sentence(content):
    reads_or_refuses(content)


@given(json_values)
def test_any_json_gives_a_learner_or_one_sentence(value):
    reads_or_refuses(json.dumps(value).encode())


def places(value, at=()):
    """List every place in plain data."""
    yield at
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*at, key))


FULL = sheet(
    documents=[document(span("red carpet", "ceremony_symbol", note="n", confidence=3))],
    responses=[answer("plain-sentence", choice="b")],
)


@pytest.mark.slow
@given(st.sampled_from(list(places(FULL))[1:]), json_values, st.booleans())
@settings(max_examples=500, suppress_health_check=[HealthCheck.too_slow])
def test_a_sheet_with_one_wrong_value_gives_a_learner_or_one_sentence(place, value, take_out):
    data = json.loads(to_bytes(FULL))
    inside = data
    for key in place[:-1]:
        inside = inside[key]
    if take_out:
        del inside[place[-1]]
    else:
        inside[place[-1]] = value
    reads_or_refuses(json.dumps(data).encode())


def test_a_hand_in_longer_than_a_line_of_the_class_can_be_is_refused_by_name(inbox, collected):
    texts = [answer(f"item-{n}", text="🦅" * 39_000) for n in range(95)]
    put(inbox, "long.answers.json", sheet("long", responses=texts))
    put(inbox, "good.answers.json", sheet("good"))

    found, said = collected()

    assert [learner.coder for learner in found] == ["good"]
    assert "“long.answers.json” is damaged: its texts are longer than anybody’s work" in said[0]


def of_class(name):
    return answer("class-name", text=name)


def test_the_classes_that_hand_ins_name_are_told_and_old_ones_without_stay_good(inbox, collected):
    for number, name in enumerate(["10b", "10b", "  10c "]):
        put(inbox, f"{number}.answers.json", sheet(f"heron-{number}", responses=[of_class(name)]))
    put(inbox, "old.answers.json", sheet("wren-1"))

    found, said = collected()

    assert [one.class_name for one in read_class(found.path)] == ["10b", "10b", "10c", ""]
    words = "10b (2 hand-ins), 10c (1 hand-in); 1 hand-in without one"
    assert f"Classes that the hand-ins name: {words}." in said
    assert found.items == ("class-name",)


@pytest.mark.parametrize("name", ["x" * 41, "10\u202eb", "10\nb\x00", "<img src=x>", 7, None, []])
def test_a_class_name_that_no_page_could_show_is_left_out_and_told(inbox, collected, name):
    row = answer("plain-sentence", choice="b")
    put(inbox, "a.answers.json", sheet("heron-1", responses=[of_class(name), row]))

    found, said = collected()

    (learner,) = read_class(found.path)
    assert (learner.class_name, list(learner.responses)) == ("", ["plain-sentence"])
    assert said[0].startswith("“a.answers.json”: its class name was left out. A class name has")


def test_whoever_holds_the_same_work_in_another_class_is_told_as_before(inbox, collected):
    texts = [
        answer(f"gut-{n}", text=f"{n} words that nobody else would write, not ever so")
        for n in range(4)
    ]
    for number, name in enumerate(["10b", "10c"]):
        put(
            inbox,
            f"{number}.answers.json",
            sheet(f"heron-{number}", responses=[*texts, of_class(name)]),
        )

    _, said = collected()

    assert any("heron-0 and heron-1 hold the same work" in one for one in said)


def test_a_crowd_of_class_names_becomes_one_short_sentence(inbox, collected, monkeypatch):
    monkeypatch.setitem(collect.__globals__, "MOST_CLASSES", 25)
    for number in range(30):
        put(
            inbox,
            f"{number}.answers.json",
            sheet(f"heron-{number}", responses=[of_class(f"c{number:02}")]),
        )
    (sentence,) = [one for one in collected()[1] if one.startswith("Classes")]
    assert sentence.count("hand-in)") == 20
    assert sentence.endswith(", 5 more.")
