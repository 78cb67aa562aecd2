"""The Python half of the question widget: an answer is on disk before it counts as saved."""

import errno
import json

import pytest

from framingkit.base import disk
from framingkit.course.data import load_items
from framingkit.course.items import Item, Option
from framingkit.notebook.lesson import Lesson
from framingkit.widgets.question import Question
from framingkit.work.log import WorkLog

ITEMS = {item.id: item for item in load_items("03-commentary")}
CHESS = ITEMS["what-chess-hides"]


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


def listen(widget):
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    return sent


def answer(seq, response, target="what-chess-hides", client="tab-1", **more):
    one = {"id": f"{client}-{seq}", "client": client, "seq": seq, "kind": "answer"}
    one |= {"target": target, "response": response} | more
    return {"kind": "operations", "operations": [one]}


def hear(widget, message):
    widget._receive(widget, message, [])


def test_an_answer_is_on_disk_and_then_confirmed_and_replied_to(log):
    widget = Question(CHESS, log)
    sent = listen(widget)

    hear(widget, answer(1, {"choices": ["a"]}))

    assert json.loads(log.path.read_text().splitlines()[-1])["response"] == {"choices": ["a"]}
    assert sent[0] == {"kind": "saved", "ids": ["tab-1-1"]}
    [told] = sent[1]["operations"]
    why = {"id": "a", "state": "right", "word": "Yes", "sentence": CHESS.option("a").feedback}
    assert told["reply"]["reasons"] == [why]
    assert (told["reply"]["state"], told["reply"]["title"]) == ("partly", "Partly right")
    assert told["reply"]["sentences"] == ["2 more fit, so look again."]


def test_nothing_is_confirmed_that_the_disk_did_not_take(log, monkeypatch):
    widget = Question(CHESS, log)
    sent = listen(widget)

    def refuse(path, lines):
        raise disk.explain(OSError(errno.ENOSPC, "full"), path)

    monkeypatch.setattr(disk, "append", refuse)

    hear(widget, answer(1, {"choices": ["a"]}))

    assert sent[0]["kind"] == "unsaved"
    assert "the disk is full" in sent[0]["reason"]
    assert widget.response is None


@pytest.mark.parametrize(
    "message",
    [
        answer(1, {"choices": ["z"]}),
        answer(1, {"choice": "a"}),
        answer(1, {"choices": ["a"]}, target="swap-the-picture"),
        answer(1, {"choices": ["a"], "confidence": 101}),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_a_sentence(log, message):
    widget = Question(CHESS, log)
    sent = listen(widget)

    hear(widget, message)

    refused = next(one for one in sent if one["kind"] == "refused")
    assert refused["ids"] == ["tab-1-1"]
    assert len(refused["reason"]) > 20
    assert widget.response is None


def test_answering_again_replaces_the_answer_and_keeps_the_first_in_the_log(log):
    widget = Question(CHESS, log)
    listen(widget)

    hear(widget, answer(1, {"choices": ["c"]}))
    hear(widget, answer(2, {"choices": ["a", "b", "d"]}))

    assert widget.response == {"choices": ["a", "b", "d"]}
    assert '"choices": ["c"]' in log.path.read_text()


def test_a_late_copy_of_an_older_answer_changes_nothing(log):
    widget = Question(CHESS, log)
    listen(widget)

    hear(widget, answer(2, {"choices": ["a"]}))
    hear(widget, answer(1, {"choices": ["c"]}, client="tab-2"))

    assert widget.response == {"choices": ["a"]}


def test_what_the_browser_gets_first_holds_neither_key_nor_reasons(log):
    for item in ITEMS.values():
        traits = json.dumps(Question(item, log).get_state(["item", "answers"]), ensure_ascii=False)

        assert "correct" not in traits.replace(item.prompt, "")
        assert not any(option.feedback in traits for option in item.options if option.feedback)
        assert not item.worked or item.worked not in traits


def test_the_latest_answer_and_its_reply_are_there_when_shown_again(log):
    log.act("answer", "what-chess-hides", response={"choices": ["c"]})

    [told] = Question(CHESS, log).answers

    assert told["response"] == {"choices": ["c"]}
    [reason] = told["reply"]["reasons"]
    assert (reason["word"], reason["sentence"]) == ("Does not fit", CHESS.option("c").feedback)
    assert told["reply"]["title"] == "Not yet"
    assert told["reply"]["others"] == []


def test_only_a_right_answer_brings_the_reasons_of_the_other_options(log):
    log.act("answer", "what-chess-hides", response={"choices": ["a", "b", "d"]})

    [told] = Question(CHESS, log).answers

    assert [one["id"] for one in told["reply"]["others"]] == ["c", "e"]
    assert {one["word"] for one in told["reply"]["others"]} == {"Does not fit"}


def test_an_answer_to_an_earlier_form_of_the_question_asks_for_a_new_one(log):
    log.act("answer", "what-chess-hides", response={"choices": ["gone"]})

    widget = Question(CHESS, log)

    assert repr(widget) == "Question(what-chess-hides: not answered yet)"
    assert "has changed since you answered" in widget.answers[0]["reply"]["sentences"][0]
    assert "Not answered yet." in widget._repr_mimebundle_()[0]["text/html"]


def test_a_second_kernel_hears_of_an_answer(log):
    widget = Question(CHESS, WorkLog(log.path))
    sent = listen(widget)
    hear(widget, {"kind": "hello", "client": "tab-9", "version": 0})
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    log.act("answer", "swap-the-picture", response={"text": "Not this one."})

    widget._log.refresh()

    told = [one for message in sent for one in message.get("operations", ())]
    assert [one["response"] for one in told] == [{"choices": ["b"]}]


def test_a_page_that_knows_less_gets_the_whole_state(log):
    widget = Question(CHESS, log)
    sent = listen(widget)
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})

    hear(widget, {"kind": "hello", "client": "tab-9", "version": 0})

    assert sent[0]["kind"] == "state"
    assert sent[0]["answers"][0]["response"] == {"choices": ["b"]}


def test_its_line_and_its_page_tell_nothing_but_the_answer(log, tmp_path):
    widget = Question(CHESS, log)
    assert repr(widget) == "Question(what-chess-hides: not answered yet)"
    other = WorkLog(tmp_path / "jade-wren-100.jsonl")
    log.act("answer", "what-chess-hides", response={"choices": ["b"]})
    other.act("answer", "what-chess-hides", response={"choices": ["b"]})

    pages = [Question(CHESS, one)._repr_mimebundle_()[0] for one in (log, other)]

    assert repr(widget) == "Question(what-chess-hides: answered)"
    assert pages[0]["text/html"] == pages[1]["text/html"]
    assert "amber" not in pages[0]["text/html"]


def test_things_to_order_reach_the_browser_by_their_letters_and_not_in_their_order(log):
    options = tuple(Option(id, f"Step {id}") for id in "cab")
    item = Item("steps", "l", "order", "In which order?", 1, "apply", options)

    shown = [option["id"] for option in Question(item, log).item["options"]]

    assert shown == ["a", "b", "c"]


def test_a_lesson_says_of_each_question_which_of_how_many_it_is(log):
    lesson = Lesson("03-commentary", log, ITEMS)
    asked = lesson.ask("what-chess-hides", "swap-the-picture")

    assert [widget.spot[1:] for widget in asked] == [[0, 2], [1, 2]]
    assert len({widget.spot[0] for widget in asked}) == 1
    assert lesson.ask("what-chess-hides")[0].spot[1:] == [0, 1]
