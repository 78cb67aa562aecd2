"""What students really send: hand-ins under any name and in any form, and other things instead."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
from class_samples import ARTICLE, CODEBOOK, put, sheet, to_bytes
from for_each import for_each
from hostile.corpus import pack
from hypothesis import given, settings
from hypothesis import strategies as st
from work_samples import histories

from framingkit.course import Span
from framingkit.hand_ins import KnownTexts, collect, read_hand_in
from framingkit.work import (
    MOST_TAGS,
    Operation,
    State,
    TextVersion,
    WorkLog,
    answer_sheet,
    sheet_to_bytes,
)

GOOD = to_bytes(sheet("mara", made_with="0.1.0 “é”"))
TEXT = TextVersion.of(ARTICLE, CODEBOOK)


def packed(name="mara.answers.json", content=GOOD) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(name, content)
    return made.getvalue()


def tarred() -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("mara.answers.json"))
    return made.getvalue()


def said_of(folder, name, content):
    """Collect a file beside a good one: the code names, and what is said about the file."""
    inbox = folder / str(len(list(folder.iterdir())))
    put(inbox, "good.answers.json", sheet("good"))
    put(inbox, name, content)
    done = collect(inbox, folder / "class.gz")
    return [learner.coder for learner in done.class_file], [
        one for one in done.sentences if f"“{name}" in one
    ]


@for_each([
    "k.answers.json.txt", "l.answers.txt", "m.answers.JSON", "n.answers (1).json",
    "o.answers.json ", "p.answers-1.json", "r.answers.json.json", "s.answers.json.html", "t.pdf",
    "u", "v.download", "w.answers.json (1)", "x.doc", "y_answers_json", "z.jpg", "ö.ipynb",
])  # fmt: skip
def test_a_hand_in_is_read_under_any_name(name, tmp_path):
    assert said_of(tmp_path, name, GOOD) == (["good", "mara"], [])


@for_each({
    "UTF-16": GOOD.decode().encode("utf-16"),
    "UTF-16, the other way": b"\xfe\xff" + GOOD.decode().encode("utf-16-be"),
    "UTF-16 and a zero": GOOD.decode().encode("utf-16") + b"\0",
    "two marks": b"\xef\xbb\xbf\xef\xbb\xbf" + GOOD,
    "zeros": GOOD + b"\0" * 512,
    "empty lines": b"\n\n" + GOOD + b"\r\n\n\x1a",
    "no-break spaces": GOOD.replace(b"\n ", b"\n\xc2\xa0"),
    "form feed": b"\f \n" + GOOD,
    "gzip": gzip.compress(GOOD),
    "gzip in gzip": gzip.compress(gzip.compress(GOOD)),
    "gzip in two parts": gzip.compress(GOOD[:200]) + gzip.compress(GOOD[200:]) + b"\0" * 9,
    "zip": packed(),
    "zip in a folder": packed("a/b/hand-in"),
}.items())  # fmt: skip
def test_a_hand_in_is_read_in_many_forms(case, tmp_path):
    form, content = case
    assert said_of(tmp_path, f"{form}.x", content)[0] == ["good", "mara"]


@for_each({
    ".m.answers.json.icloud": (b"bplist00", "is only a sign for"),
    "m.answers.json": (b"bplist00", "is only a sign for"),
    "essay.gdoc": (b'{"url":"x"}', "is only a sign for"),
    "zeros.txt": (b"\0" * 99, "nothing but zeros"),
    "empty": (b"", "is empty"),
    "m.ipynb": (b"{}", "is a notebook"),
    "book.answers.json": (b'{"cells":[],"nbformat": 4}', "is a notebook"),
    "m.rar": (b"Rar!\x1a\x07", "is an archive of a kind"),
    "m.answers": (b"7z\xbc\xaf\x27\x1c", "is an archive of a kind"),
    "m.tar": (tarred(), "is an archive of a kind"),
    "m.tgz": (gzip.compress(tarred()), "is an archive of a kind"),
    "twice.zip": (packed("in.zip", packed()), "is an archive inside an archive"),
    "broken.zip": (packed()[:60], "cannot be read as a zip archive"),
    "photo": (b"\xff\xd8\xff\xe0", "is a picture"),
    "photo.heic": (b"\0\0\0\x18ftypheic", "is a picture"),
    "talk.mov": (b"\0\0\0\x18ftypqt  ", "is a recording"),
    "essay.docx": (packed("[Content_Types].xml", b"x"), "is a document"),
    "m.answers.json.pdf": (b"%PDF-1.7", "is a document"),
    "signin.answers.json": (b"<!DOCTYPE html><p>", "is a web page"),
    "m1.answers.json": (GOOD.decode().encode("cp1252"), "saved it in another encoding"),
    "m2.answers.json": (GOOD.replace(b'"format"', "“format”".encode()), "word processor"),
    "m3.answers.json": (b"\x1f\x8b\x08damaged", "cannot be unpacked"),
    "m4.answers.json": (gzip.compress(GOOD)[:-9], "cannot be unpacked to its end"),
    "m5.answers.json": (gzip.compress(b"") * 99 + gzip.compress(GOOD), "has too many parts"),
    "m6": (gzip.compress(packed()), "is an archive of a kind"),
}.items())  # fmt: skip
def test_what_is_sent_instead_gets_a_sentence_with_its_name(case, tmp_path):
    name, (content, words) = case
    names, said = said_of(tmp_path, name, content)
    assert names == ["good"]
    assert len(said) == 1
    assert words in said[0]


@for_each(["desktop.ini", "Thumbs.db", "~$q.answers.json", "._m.answers.json",
           ".DS_Store", "onlinetext.html", "package.json", "class.jsonl.gz"])  # fmt: skip
def test_what_nobody_sends_on_purpose_is_only_listed(name, tmp_path):
    content = gzip.compress(b'{"format":"framingkit class"}') if name.endswith("gz") else b"{}"
    names, said = said_of(tmp_path, name, content)
    assert names == ["good"]
    assert said == [f"Files that are not hand-ins (1): “{name}”."]


@for_each(["~$q.answers.json", ".answers.json", "a/.q"])
def test_a_hand_in_counts_also_under_a_name_that_systems_use(name, tmp_path):
    folder = tmp_path / f"of {len(name)} letters"
    put(folder, name, sheet("mara-1"))
    assert len(collect(folder, tmp_path / "class.gz").class_file) == 1


def test_a_picture_in_an_archive_takes_no_room_from_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr("framingkit.hand_ins.archive.TOTAL_LIMIT", 20_000)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}/photo", b"\x89PNG" + bytes(19_000))
            archive.writestr(f"{number}/x", to_bytes(sheet(f"mara-{number}")))
    assert len(collect(tmp_path / "all.zip", tmp_path / "class.gz").class_file) == 5


def test_files_of_one_name_are_all_read(tmp_path):
    same = [("answers.json", to_bytes(sheet(f"mara-{number}"))) for number in range(3)]
    put(tmp_path / "inbox", "in.zip", pack(*same))
    put(tmp_path / "inbox", "in/answers.json", sheet("zoe"))
    assert len(collect(tmp_path / "inbox", tmp_path / "class.gz").class_file) == 4


def test_a_work_log_counts_like_the_sheet(tmp_path):
    log = WorkLog(tmp_path / "mara.jsonl")
    log.open_text(TEXT)
    words = "Zoë, Ли, 😀"
    log.act("answer", "plain-sentence", response={"text": words})
    span = Span(13, 23, "ceremony_symbol", ARTICLE.text[13:23], words, None, "tab-a.1")
    log.act("tag", span.id, document=TEXT.key, span=span)
    content = log.path.read_bytes()
    known = KnownTexts()
    from_log = read_hand_in(content, "mara.jsonl", known)
    from_sheet = read_hand_in(sheet_to_bytes(log.sheet("0.1.0")), "mara.answers.json", known)
    assert from_log == from_sheet
    for changed in (
        content.replace(b"\n", b"\r\n"),
        content.replace(b"\n", b"\r"),
        b"\n \n" + content,
        content.replace(b"\n", b"\n" + b"\0" * 99, 1),  # a hole that a crash left
    ):
        assert read_hand_in(changed, "mara.jsonl", known) == from_sheet
    torn = read_hand_in(content + '{"note": "Zoë'.encode()[:-1], "mara.jsonl", known)
    assert torn.responses == from_sheet.responses
    assert torn.left_out == ("“mara.jsonl”: 1 of its lines cannot be read; left out.",)


def test_no_surprise_in_one_file_ends_the_collection(tmp_path, monkeypatch):
    def surprise(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("framingkit.hand_ins.hand_in._problem", surprise)
    put(tmp_path / "inbox", "a.answers.json", GOOD)
    with pytest.raises(Exception, match=r"“a.answers.json” cannot be read \(ZeroDivisionError\)"):
        collect(tmp_path / "inbox", tmp_path / "class.gz")


@given(histories)
@settings(max_examples=200)
def test_whatever_a_learner_does_the_sheet_is_read(operations):
    state = State()
    for operation in operations:
        state.apply(operation, "b" * 16)
    texts = {operation.document: TextVersion(operation.document.partition("@")[0],
             operation.document.partition("@")[2].ljust(64, "0"), "c", "0" * 64)
             for operation in operations if operation.document}  # fmt: skip
    made = answer_sheet("amber", state, texts, "0.1.0", "b" * 16)
    found = read_hand_in(sheet_to_bytes(made), "amber.answers.json", KnownTexts())
    assert found.responses.keys() == state.responses().keys()
    assert found.learner == "b" * 16


SCRIPTS = ["a", "я", "里", "हि", "ع", "😀", "\u202e", '"', "\\", "\n", "\t", "\0", "�", "👩‍👩‍👧"]


@given(st.lists(st.sampled_from(SCRIPTS), min_size=1, max_size=3), st.integers(1, 20_000))
@settings(max_examples=60)
def test_long_texts_in_all_scripts_are_read(signs, length):
    words = ("".join(signs) * length)[:length]
    state = State()
    state.apply(Operation("answer", "tab-a", 1, "own-text", response={"text": words}), "b" * 16)
    span = Span(0, len(words), "hedge", words, words[:4000], 5, "tab-a.2")
    state.apply(Operation("tag", "tab-a", 2, span.id, TEXT.key, span), "b" * 16)
    made = answer_sheet("amber", state, {TEXT.key: TEXT}, "0.1.0", "b" * 16)
    for content in (
        sheet_to_bytes(made),
        json.dumps(made).encode(),
        gzip.compress(sheet_to_bytes(made)),
    ):
        found = read_hand_in(content, "amber.answers.json", KnownTexts())
        assert found.responses["own-text"]["text"] == words
        assert found.spans[TEXT][0]["note"] == words[:4000]


@pytest.mark.slow
def test_a_hand_in_at_its_limits_is_collected_and_read_again(tmp_path):
    state, note = State(), "里" * 390
    for number in range(MOST_TAGS):
        start = number % (len(ARTICLE.text) - 400)
        end = start + 1 + number // 1000
        words = ARTICLE.text[start:end]
        span = Span(start, end, "hedge", words, f"{number}{note}", 50, f"tab-a.{number}")
        act = Operation(
            "tag", "tab-a", number + 1, span.id, TEXT.key, span, at="2026-03-02T09:00:00Z"
        )
        state.apply(act, "b" * 16)
    made = answer_sheet("amber", state, {TEXT.key: TEXT}, "0.1.0", "b" * 16)
    put(tmp_path / "inbox", "amber.answers.json", sheet_to_bytes(made))
    (learner,) = collect(tmp_path / "inbox", tmp_path / "class.gz").class_file
    assert learner.tags[0].note[0].endswith(note)
