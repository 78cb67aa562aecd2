"""What a tagger tells its browsers about saving, message by message."""

import errno
import json
import os

import pytest
from for_each import for_each
from work_samples import WORDS

from framingkit import course
from framingkit.base import lasting
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.learner import Learner
from framingkit.widgets.own_text import OwnText
from framingkit.widgets.plain_words import PlainWords
from framingkit.widgets.question import Question
from framingkit.widgets.saving import plain
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work import folder, open_log
from framingkit.work.log import WorkLog

ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()
PLACE = ARTICLE.text.index(WORDS, ARTICLE.section("ending").start)


class Desk:
    """A tagger and all that it sends."""

    def __init__(self, log):
        self.log, self.sent = log, []
        self.widget = SpanTagger(
            ARTICLE, "ending", CODEBOOK, codes=["ceremony_symbol"], work_log=log
        )
        self.widget.send = self.sent.append

    def hear(self, **content):
        """Take in a message; return what is said to it."""
        start = len(self.sent)
        self.widget._receive(self.widget, content, [])
        return self.sent[start:]

    def act(self, *operations):
        return self.hear(kind="operations", operations=list(operations))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "amber-heron-417.jsonl"


@pytest.fixture
def desk(path):
    return Desk(WorkLog(path))


def tag(seq, client="tab-a", target="x", kind="tag", **parts):
    span = {"start": PLACE, "end": PLACE + len(WORDS), "label": "ceremony_symbol", "quote": WORDS}
    id = f"{client}-{seq}"
    one = {"id": id, "client": client, "seq": seq, "kind": kind, "target": target}
    return one | {"span": span | parts}


def full(_handle, _data):
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_the_very_first_tag_on_a_full_disk_is_unsaved_not_refused(desk, path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        [said] = desk.act(tag(1))
    assert said["kind"] == "unsaved"
    assert "the disk is full" in said["reason"]

    [said] = desk.act(tag(1))

    assert (said["kind"], said["ids"]) == ("saved", ["tab-a-1"])
    assert WorkLog(path).state.seen == {"tab-a-1"}


def test_an_operation_sent_twice_is_confirmed_twice_and_written_once(desk, path):
    first = desk.act(tag(1))
    before = path.read_bytes()
    assert [one["ids"] for one in first + desk.act(tag(1))] == [["tab-a-1"]] * 2
    assert path.read_bytes() == before


def test_of_a_message_all_that_fits_is_saved_and_the_rest_is_refused_by_name(desk, path):
    wrong = [tag(2, label="carpet"), tag(3, quote="red"), tag(4, start=-1), tag(5) | {"kind": "x"}]
    said = desk.act(tag(1), *wrong, "text", None, 7)
    assert [(one["kind"], one["ids"]) for one in said] == [
        ("saved", ["tab-a-1"]),
        ("refused", [f"tab-a-{n}" for n in (2, 3, 4, 5)]),
    ]
    assert WorkLog(path).state.seen == {"tab-a-1"}


def test_a_browser_whose_act_was_overtaken_is_told_what_holds(desk):
    desk.hear(kind="hello", client="tab-a", version=0)
    desk.act(tag(9, "tab-b", kind="tag"), tag(10, "tab-b") | {"kind": "remove"})
    said = desk.act(tag(2, kind="change", note="late"))
    assert said[-1]["operations"] == [{"target": "x", "seq": 10, "client": "tab-b", "span": None}]


def test_a_browser_that_knows_all_is_welcome_and_another_gets_the_whole_state(desk):
    assert desk.hear(kind="hello", client="tab-a", version=0)[0]["kind"] == "welcome"
    desk.act(tag(1))
    for version in (0, -1, None, 2):
        [said] = desk.hear(kind="hello", client="tab-b", version=version)
        assert (said["kind"], [one["id"] for one in said["tags"]]) == ("state", ["x"])


def test_news_are_numbered_so_that_a_browser_sees_what_it_missed(desk, path):
    desk.hear(kind="hello", client="tab-a", version=0)
    desk.act(tag(1))
    desk.act(tag(1))
    other = Desk(WorkLog(path))
    other.act(tag(5, "tab-b", "y"))
    desk.log.refresh()

    numbers = [(one["kind"], one["before"], one["news"]) for one in desk.sent]

    assert numbers == [("welcome", 0, 0), ("saved", 0, 1), ("saved", 1, 1), ("operations", 1, 2)]


def test_a_file_deleted_under_the_widget_is_whole_again_before_the_next_tag_is_confirmed(
    desk, path
):
    desk.act(tag(1), tag(2, target="y", note="other"))
    path.unlink()
    [said] = desk.act(tag(3, target="z", note="third"))
    assert said["ids"] == ["tab-a-3"]
    assert WorkLog(path).state.seen == {"tab-a-1", "tab-a-2", "tab-a-3"}


ODD_MESSAGES = [
    None, [], "hello", 5, {}, {"kind": None}, {"kind": "zap"}, {"kind": ["x"]}, {"kind": "hello"},
    {"kind": "hello", "client": {"a": 1}, "version": "x", "learner": 5}, {"kind": "bye"},
    {"kind": "bye", "client": None}, {"kind": "operations"}, {"kind": "operations",
    "operations": None},
    {"kind": "operations", "operations": 5}, {"kind": "operations", "operations": True},
    {"kind": "operations", "operations": {"a": 1}}, {"kind": "operations", "operations": "text"},
    {"kind": "operations", "operations": [None, 5, "x", [], {}, {"learner": 5},
    {"learner": "../x"}]},
    {"kind": "compare", "section": 5}, {"kind": "sheet", "lacking": 5}, {"kind": "sheet",
    "lacking": [None, {}]},
    {"kind": "use", "used": []}, {"kind": "go"}, {"kind": "go", "learner": 5, "coder": []},
    {"kind": "go", "learner": "zz", "coder": "../../x"}, {"kind": "write"},
]  # fmt: skip
QUESTION = next(item for item in course.load_items("03-commentary") if item.kind == "choice")
TOOLS = {
    "tagger": lambda log: Desk(log).widget,
    "question": lambda log: Question(QUESTION, log),
    "hand-in": HandIn,
    "learner": Learner,
    "own text": OwnText,
    "frames": lambda log: FrameGrid(ARTICLE, "ending", CODEBOOK, work_log=log),
    "plain words": lambda log: PlainWords(ARTICLE, "ending", CODEBOOK, facts=(), work_log=log),
}


@for_each(TOOLS)
def test_whatever_a_browser_sends_is_answered_or_left_and_nothing_is_written(
    make, tmp_path_factory
):
    log = WorkLog(tmp_path_factory.mktemp("odd") / "amber-heron-417.jsonl")
    widget = make(log)
    widget.send = lambda content, buffers=None: None
    for message in ODD_MESSAGES:
        widget._receive(widget, message, [])
    assert (log.state.seen, log.coder) == (set(), "amber-heron-417")


def test_a_null_of_javascript_is_none():
    null = type("JsNull", (), {})()
    assert plain({"span": {"confidence": null, "note": ["a", null]}}) == {
        "span": {"confidence": None, "note": ["a", None]}
    }


def test_a_tag_with_a_null_of_javascript_is_saved(desk):
    null = type("JsNull", (), {})()
    content = {"kind": "operations", "operations": [tag(1, confidence=null)]}
    desk.widget._handle_msg(
        {"content": {"data": {"method": "custom", "content": content}}, "buffers": []}
    )

    assert [one["kind"] for one in desk.sent] == ["saved"]


@for_each(TOOLS)
def test_nothing_that_a_notebook_can_save_holds_a_code_name(make, tmp_path_factory):
    log = WorkLog(tmp_path_factory.mktemp("names") / "amber-heron-417.jsonl")
    log.act("answer", "code-name", response={"text": "jade-wren-100"})
    widget = make(log)
    saved = json.dumps([widget.get_state(), widget._repr_mimebundle_()[0]], default=str)
    assert [one for one in (log.path.stem, log.coder) if one in saved] == []


def test_an_id_that_only_a_browser_kept_is_taken_back_and_written_down(monkeypatch, tmp_path):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.setattr(folder, "_open", [])
    open_log("ana-one")
    folder._open.clear()
    log, sent = open_log(), []
    widget = Learner(log)
    widget.send = sent.append
    go = {"kind": "go", "learner": "b" * 16, "coder": "ana-one", "alone": True}
    widget._receive(widget, go, [])
    assert (log.learner, log.follows) == ("b" * 16, True)
    assert "Work of ana-one in this browser was not saved yet" in sent[-1]["said"][0]
    folder._open.clear()
    assert open_log().learner == "b" * 16


def test_acts_of_another_learner_go_to_that_learners_log_or_stay_in_the_browser(desk, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(desk.log.path.parent))
    other = WorkLog(desk.log.path.with_name("jade-wren-100.jsonl"))
    other.act("answer", "q", response={"text": "x"})
    theirs, nobodys = tag(1) | {"learner": other.learner}, tag(2) | {"learner": "b" * 16}

    said = desk.act(theirs, nobodys, tag(3))

    assert [(one["kind"], one["ids"]) for one in said] == [
        ("saved", ["tab-a-1"]),
        ("saved", ["tab-a-3"]),
    ]
    assert desk.log.state.seen == {"tab-a-3"}
    assert "tab-a-1" in WorkLog(other.path).state.seen


class LateKeeper:
    """A browser's storage that has not answered yet."""

    def __init__(self, brief=False):
        self.troubles, self.brief, self.waiting, self.name = [], brief, [], "framingkit"

    def written(self, path):
        pass

    def when_kept(self, then):
        self.waiting.append(then)

    def answer(self, trouble=""):
        self.waiting.pop(0)(trouble)


@pytest.fixture
def keeper(monkeypatch):
    late = LateKeeper()
    monkeypatch.setattr("framingkit.base.lasting.keepers", [late])
    return late


def test_a_tag_is_saved_when_the_browser_has_kept_it_and_not_before(desk, keeper):
    assert desk.act(tag(1)) == []

    keeper.answer()

    assert (desk.sent[-1]["kind"], desk.sent[-1]["ids"]) == ("saved", ["tab-a-1"])


def test_a_tag_that_the_browser_has_no_space_for_is_unsaved_but_in_the_file(desk, keeper):
    desk.hear(kind="hello", client="tab-a", version=0)
    desk.hear(kind="hello", client="tab-b", version=0)
    assert desk.act(tag(1)) == []

    keeper.answer("full")

    told = desk.sent[-1]
    assert (told["kind"], told["ids"], told["held"]) == ("unsaved", [], ["tab-a-1"])
    assert "no space left" in told["reason"]
    assert [one["target"] for one in told["operations"]] == ["x"], "the other tab shows it"
    assert desk.log.sheet("0")["documents"][0]["spans"]


def test_where_nothing_lasts_the_badge_says_so(path, keeper):
    keeper.brief = True

    assert Desk(WorkLog(path)).widget.words["saved"].startswith("Kept in this tab only")


def test_the_line_about_the_learner_says_how_work_is_kept(path, keeper):
    keeper.troubles = ["changing"]
    learner = Learner(WorkLog(path))
    sent = []
    learner.send = sent.append
    learner._receive(learner, {"kind": "hello", "client": "tab-a"}, [])
    assert "Your work is kept in this browser" in sent[-1]["who"]["calm"][0]

    keeper.troubles.append("cleared")
    lasting.tell()

    assert "was cleared while this lesson was open" in sent[-1]["who"]["sentences"][0]
    assert sent[-1]["who"]["urgent"] == sent[-1]["who"]["sentences"]
