"""The Python half of the download: one file, under a safe name, whatever the disk says."""

import json
import os

import pytest
from work_samples import TEXT, tag

from framingkit.base import beginning
from framingkit.course import load_items
from framingkit.errors import FramingkitError
from framingkit.feedback import RESPONSE_KEYS
from framingkit.notebook.lesson import Lesson
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.learner import Learner
from framingkit.work import limits
from framingkit.work.log import WorkLog
from framingkit.work.sheet import check_sheet


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "work" / "amber-heron-417.jsonl")


def listen(widget):
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    return sent


def name_it(widget, seq, name):
    one = {"id": f"tab-1-{seq}", "client": "tab-1", "seq": seq, "kind": "answer"}
    one |= {"target": "code-name", "response": {"text": name}}
    widget._receive(widget, {"kind": "operations", "operations": [one]}, [])


def ask(widget, sent):
    widget._receive(widget, {"kind": "sheet", "wish": "w1"}, [])
    return sent[-1]


def test_the_file_that_is_offered_also_lies_in_the_work_folder(log):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    widget = HandIn(log)

    told = ask(widget, listen(widget))

    assert (told["kind"], told["wish"]) == ("sheet", "w1")
    assert told["name"] == "amber-heron-417.answers.json"
    assert (log.path.parent / told["name"]).read_text(encoding="utf-8") == told["text"]
    check_sheet(json.loads(told["text"]), told["name"])


def test_it_says_what_the_file_holds_and_where_it_lies(log):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    widget = HandIn(log)

    sentences = ask(widget, listen(widget))["sentences"]

    assert "It holds 0 tags and 1 answer." in sentences
    assert any(line.endswith(": work/amber-heron-417.answers.json") for line in sentences)
    assert str(log.path.parent.parent) not in " ".join(sentences)
    assert sentences[-1] == "Hand in this one file."


def test_more_tags_than_can_be_handed_in_are_said_instead_of_a_file(log, monkeypatch):
    log.open_text(TEXT)
    log.record([tag(1), tag(2)])
    monkeypatch.setattr(limits, "MOST_TAGS", 1)
    widget = HandIn(log)
    told = ask(widget, listen(widget))
    assert (told["kind"], told["wish"], "text" in told) == ("sheet", "w1", False)
    assert told["sentences"] == [
        "You have 2 tags, but at most 1 can be handed in. Remove 1 of them, then hand in."
    ]


def test_what_came_in_a_copy_while_the_lesson_was_open_is_handed_in(log):
    log.open_text(TEXT)
    log.record([tag(1)])
    widget = HandIn(log)
    copy = log.path.with_name("amber-heron-417 (1).jsonl")
    copy.write_bytes(log.path.read_bytes())
    WorkLog(copy).record([tag(2)])
    assert "It holds 2 tags and 0 answers." in ask(widget, listen(widget))["sentences"]


def test_a_learner_without_any_answer_gets_a_file_too(log):
    widget = HandIn(log)

    told = ask(widget, listen(widget))

    assert "It holds 0 tags and 0 answers." in told["sentences"]
    assert (
        told["sentences"][0]
        == f"The file {told['name']}, which your browser was asked to save, is empty."
    )
    assert told["sentences"][-1].startswith("So there is nothing to hand in yet.")
    assert told["state"] == "open"
    assert "Hand in this" not in " ".join(told["sentences"])
    assert (log.path.parent / told["name"]).exists()


def test_what_is_not_answered_is_listed_by_part_and_counted_in_the_last_words(log):
    commentary = {item.id: item for item in load_items("03-commentary")}
    first, *rest = commentary.values()
    parts = [("Activity A", [first]), ("Exit ticket", rest[:2])]
    widget = HandIn(log, parts)
    sent = listen(widget)
    widget._receive(widget, {"kind": "hello", "client": "tab-1", "version": -1}, [])
    assert [(title, len(prompts)) for title, prompts in sent[-1]["parts"]] == [
        ("Activity A", 1), ("Exit ticket", 2),
    ]  # fmt: skip

    log.act("answer", rest[0].id, response=right(rest[0]))

    assert sent[-1]["parts"][1] == ["Exit ticket", [beginning(rest[1].prompt, 100)]]
    told = ask(widget, sent)
    assert told["sentences"][-1].startswith("Not answered in this lesson: 2 questions;")
    assert told["state"] == "open"
    for item in (first, rest[1]):
        log.act("answer", item.id, response=right(item))
    assert sent[-1]["parts"] == []
    told = ask(widget, sent)
    assert (told["sentences"][-1], told["state"]) == ("Hand in this one file.", "kept")


def right(item):
    """Give any answer that counts as one."""
    key = RESPONSE_KEYS[item.kind]
    ids = [option.id for option in item.options]
    return {key: {"text": "Some words.", "choice": (ids or [""])[0]}.get(key, ids)}


def test_a_lesson_hands_in_with_its_parts(log):
    lesson = Lesson("03-commentary", log, {item.id: item for item in load_items("03-commentary")})

    widget = lesson.hand_in()[0] if isinstance(lesson.hand_in(), tuple) else lesson.hand_in()

    assert widget.asked == len(lesson.items)
    assert "Exit ticket" in [title for title, _ in widget._open()]
    assert widget.parts == []  # a notebook that is saved holds nothing of a learner


def test_another_code_name_is_kept_cleaned_and_names_the_file(log):
    widget = HandIn(log)
    sent = listen(widget)

    name_it(widget, 1, " Jade Wren 100 ")

    assert sent[-1]["operations"][0]["response"] == {"text": "jade-wren-100"}
    assert ask(widget, sent)["name"] == "jade-wren-100.answers.json"
    assert HandIn(log).response == {"text": "jade-wren-100"}


@pytest.mark.parametrize("name", ["", "../../etc", "con", "Zoë", "a" * 65])
def test_a_name_that_is_no_safe_file_name_is_refused_with_a_sentence(log, name):
    widget = HandIn(log)
    sent = listen(widget)

    name_it(widget, 1, name)

    refused = next(one for one in sent if one["kind"] == "refused")
    assert "amber-heron-417" in refused["reason"]
    assert ask(widget, sent)["name"] == "amber-heron-417.answers.json"


def test_the_download_is_offered_although_the_disk_refuses_the_file(log):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    (log.path.parent / "amber-heron-417.answers.json").mkdir()
    widget = HandIn(log)

    told = ask(widget, listen(widget))

    assert len(json.loads(told["text"])["responses"]) == 1
    assert any("could not be written" in line for line in told["sentences"])


def test_it_works_again_and_again(log):
    widget = HandIn(log)
    sent = listen(widget)

    first = ask(widget, sent)
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    second = ask(widget, sent)

    assert first["text"] != second["text"]
    assert ask(widget, sent)["text"] == second["text"]


def test_its_line_and_its_page_are_the_same_for_everybody(log):
    widget = HandIn(log)

    page = widget._repr_mimebundle_()[0]["text/html"]

    assert repr(widget) == "HandIn()"
    assert "Download my answers" in page
    assert "amber" not in page


@pytest.fixture
def handed_in(tmp_path, monkeypatch):
    """A folder for hand-ins, as a server has one."""
    folder = tmp_path / "handed-in"
    folder.mkdir()
    monkeypatch.setenv("FRAMINGKIT_HAND_IN_FOLDER", str(folder))
    return folder


def test_where_a_server_has_a_folder_the_button_hands_in_and_says_when(log, handed_in):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    widget = HandIn(log)
    assert widget.words["download"] == "Hand in my answers"

    told = ask(widget, listen(widget))

    (path,) = handed_in.iterdir()
    assert path.read_text(encoding="utf-8") == told["text"]
    first = told["sentences"][0]
    assert first.startswith("Handed in at ")
    assert first.endswith(f"as {path.name}.")
    assert told["sentences"][-1].startswith("Your teacher finds it there.")
    assert told["state"] == "kept"


def test_whoever_hands_in_again_has_handed_in_both_times(log, handed_in):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    widget = HandIn(log)
    sent = listen(widget)
    texts = []
    for choice in "bca":  # within one second: the same name would be taken
        log.act("answer", "what-chess-hides", response={"choices": [choice]})
        texts.append(ask(widget, sent)["text"])

    kept = [path.read_text(encoding="utf-8") for path in handed_in.iterdir()]
    assert sorted(kept) == sorted(texts)
    assert len(set(texts)) == 3


def test_a_file_that_is_handed_in_can_be_read_by_the_group_whatever_the_umask(log, handed_in):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    before = os.umask(0o077)
    try:
        widget = HandIn(log)
        ask(widget, listen(widget))
    finally:
        os.umask(before)
    (path,) = handed_in.iterdir()
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o640


def test_without_the_folder_of_the_server_it_says_that_nothing_was_handed_in(log, handed_in):
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    handed_in.rmdir()
    widget = HandIn(log)

    told = ask(widget, listen(widget))

    assert told["sentences"][0].startswith("It was not handed in: the hand-in folder")
    assert told["state"] == "open"
    assert told["text"], "the file for the browser is made all the same"
    assert not handed_in.exists(), "a folder that the server did not make is nobody's"


def test_nothing_to_hand_in_is_not_handed_in(log, handed_in):
    widget = HandIn(log)
    told = ask(widget, listen(widget))
    assert list(handed_in.iterdir()) == []
    assert told["sentences"][-1].startswith("So there is nothing to hand in yet.")


def class_act(seq, name):
    one = {"id": f"tab-1-{seq}", "client": "tab-1", "seq": seq, "kind": "answer"}
    return one | {"target": "class-name", "response": {"text": name}}


def classes_in(told):
    answers = {one["item"]: one["response"] for one in json.loads(told["text"])["responses"]}
    return answers.get("class-name", {}).get("text")


def test_the_class_of_a_link_is_in_the_file_and_a_learner_can_take_it_out(log):
    strip, box = Learner(log, "03-commentary", {}), HandIn(log)
    heard, sent = listen(strip), listen(box)
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    strip._receive(strip, {"kind": "hello", "client": "tab-1", "version": -1}, [])
    box._receive(box, {"kind": "hello", "client": "tab-1", "version": -1}, [])

    strip._receive(strip, {"kind": "class", "name": " 10b  & c"}, [])

    assert [one["who"]["class"] for one in heard if "who" in one] == ["", "10b & c"]
    assert heard[-1]["kind"] == "class"
    (news,) = [one["operations"] for one in sent if "operations" in one]
    assert news[0]["response"] == {"text": "10b & c"}
    told = ask(box, sent)
    assert classes_in(told) == "10b & c"
    assert check_sheet(json.loads(told["text"]), "it")
    line = "It holds 0 tags and 1 answer. It says that you are in class 10b & c."
    assert line in told["sentences"]

    seq = log.state.seq + 1
    box._receive(box, {"kind": "operations", "operations": [class_act(seq, "")]}, [])
    assert classes_in(ask(box, sent)) == ""
    assert "It holds 0 tags and 1 answer." in sent[-1]["sentences"]
    assert WorkLog(log.path).state.answer("class-name") == {"text": ""}


def test_a_class_alone_is_nothing_to_hand_in(log):
    log.act("answer", "class-name", response={"text": "10b"})
    box = HandIn(log)
    assert ask(box, listen(box))["sentences"][-1].startswith("So there is nothing to hand in yet.")


@pytest.mark.parametrize("name", ["x" * 41, "10\u202eb", "<b>10b</b>", None, {"a": 1}])
def test_a_strange_class_name_is_refused_with_a_sentence(log, name):
    strip, box = Learner(log, "03-commentary", {}), HandIn(log)
    heard, sent = listen(strip), listen(box)

    strip._receive(strip, {"kind": "class", "name": name}, [])
    box._receive(box, {"kind": "operations", "operations": [class_act(1, name)]}, [])

    assert heard[-1]["said"][0].startswith("A class name has up to 40 letters")
    assert "A class name has up to 40 letters" in str(sent)
    assert log.state.answer("class-name") is None


def test_a_class_that_the_disk_does_not_take_stays_with_the_browser(log, monkeypatch):
    strip = Learner(log, "03-commentary", {})
    heard = listen(strip)

    def full(*_, **__):
        raise FramingkitError("The disk is full.")

    monkeypatch.setattr(log, "record", full)
    strip._receive(strip, {"kind": "class", "name": "10b"}, [])
    assert [one for one in heard if one["kind"] == "class"] == []
