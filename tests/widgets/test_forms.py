"""The Python half of the forms: on disk before it counts as saved, refused with a sentence."""

import errno
import json

import pytest

from framingkit.base import disk
from framingkit.course.data import load_article, load_codebook, load_facts, load_reference
from framingkit.feedback.frames import reference_frames
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.widgets.own_text import OwnText
from framingkit.widgets.plain_words import PlainWords
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

ARTICLE, CODEBOOK, REFERENCE = load_article(), load_codebook(), load_reference()
ALWAYS = {"start": 2952, "end": 2958, "quote": "always", "plain": "often", "carries": False}


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def words(log):
    return PlainWords(ARTICLE, "ending", CODEBOOK, facts=load_facts(), work_log=log)


@pytest.fixture
def grid(log):
    return FrameGrid(ARTICLE, "ending", CODEBOOK, work_log=log, reference=REFERENCE)


@pytest.fixture
def own(log):
    return OwnText(log)


def listen(widget):
    sent = []
    widget.send = lambda content, buffers=None: sent.append(content)
    return sent


def hear(widget, message):
    widget._receive(widget, message, [])


def answer(widget, response, seq=1, client="tab-1"):
    one = {"id": f"{client}-{seq}", "client": client, "seq": seq, "kind": "answer"}
    one |= {"target": widget.target, "response": response}
    return {"kind": "operations", "operations": [one]}


def html(widget):
    bundle = widget._repr_mimebundle_()
    return (bundle[0] if isinstance(bundle, tuple) else bundle)["text/html"]


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("words", {"wordings": [ALWAYS], "facts": []}, {"wordings": [ALWAYS | {"quote": "never"}]}),
        ("grid", {"primary": "ceremony"}, {"primary": "weather"}),
        ("own", {"text": "It is hot."}, {"text": "x" * 20_001}),
    ],
)
def test_an_answer_is_on_disk_before_it_is_confirmed_and_a_bad_one_is_refused(
    request, log, name, good, bad
):
    widget = request.getfixturevalue(name)
    sent = listen(widget)

    hear(widget, answer(widget, good))
    assert json.loads(log.path.read_text("utf-8").splitlines()[-1])["response"] == good
    assert sent[0] == {"kind": "saved", "ids": ["tab-1-1"]}
    hear(widget, answer(widget, bad, 2))
    [refused] = [one for one in sent if one["kind"] == "refused"]
    assert refused["ids"] == ["tab-1-2"]
    assert widget.response == good


@pytest.mark.parametrize("name", ["words", "grid", "own"])
def test_nothing_is_confirmed_that_the_disk_did_not_take(request, monkeypatch, name):
    widget = request.getfixturevalue(name)
    sent = listen(widget)

    def refuse(path, lines):
        raise disk.explain(OSError(errno.ENOSPC, "full"), path)

    monkeypatch.setattr(disk, "append", refuse)
    hear(widget, answer(widget, {}))

    assert sent[0]["kind"] == "unsaved"
    assert widget.response is None


@pytest.mark.parametrize("name", ["words", "grid", "own"])
def test_what_was_saved_by_another_kit_and_cannot_be_read_is_left_out(request, log, name):
    widget = request.getfixturevalue(name)
    strange = {"wordings": 3, "indicators": [], "primary": 9, "text": ["x"], "used": 4}

    log.act("answer", widget.target, response=strange)

    assert repr(widget)
    assert html(widget)


def test_a_new_tag_is_told_as_a_phrase(words, log):
    sent = listen(words)

    Tagging(log, ARTICLE, CODEBOOK).add("always", "booster", "ending")

    [news] = [one for one in sent if one["kind"] == "phrases"]
    assert news["phrases"] == [
        {"start": 2952, "end": 2958, "quote": "always", "names": ["Booster"]}
    ]
    assert news["reply"]["counts"] == [["Booster", 1, 1]]


def test_a_tag_on_another_text_is_no_news(words, log):
    sent = listen(words)

    Tagging(log, load_article("trade-summit"), CODEBOOK).add("the", "hedge", occurrence=1)

    assert sent == []


def test_the_reference_stays_in_python_until_it_is_asked_for(grid):
    state = json.dumps({key: str(value) for key, value in grid.get_state().items()})

    assert reference_frames(REFERENCE, "ending").rationale not in state
    assert reference_frames(REFERENCE, "ending").problem_definition not in state


def test_a_comparison_is_about_what_is_saved(grid, log):
    log.act("answer", grid.target, response={"primary": "open_question"})
    sent = listen(grid)

    hear(grid, {"kind": "compare"})

    assert "is the primary frame of the reference reading too" in sent[0]["sentences"][0]
    assert sent[0]["rows"][0][2] == reference_frames(REFERENCE, "ending").problem_definition


def test_a_text_is_put_to_use_in_the_log_and_in_the_folder(own, log):
    hear(own, answer(own, {"text": "It is hot.", "title": "Hot"}))
    sent = listen(own)

    hear(own, {"kind": "use"})

    assert WorkLog(log.path).state.latest["", "own-text"].response["used"] == own.document.sha256
    assert (log.path.parent / "texts/own-text/article.txt").read_bytes() == b"It is hot."
    assert sent[-1]["kind"] == "used"
    count = len(log.state.seen)
    hear(own, {"kind": "use"})
    assert len(log.state.seen) == count


def test_a_copy_that_cannot_be_written_is_said_and_the_text_can_be_used(own, monkeypatch):
    hear(own, answer(own, {"text": "It is hot."}))
    sent = listen(own)

    def refuse(path, content):
        raise disk.explain(OSError(errno.EACCES, "no"), path)

    monkeypatch.setattr(disk, "write_atomic", refuse)
    hear(own, {"kind": "use"})

    assert "could not be written" in sent[-1]["sentences"][0]
    assert own.document.text == "It is hot."


def test_the_static_twins_show_the_answers(words, grid, own, log):
    log.act("answer", words.target, response={"wordings": [ALWAYS], "facts": []})
    log.act("answer", grid.target, response={"indicators": {"ceremony": [2]}})

    assert "<del>always</del> <ins>often</ins>" in html(words)
    assert "Is protocol or rank mentioned? Yes." in html(grid)
    assert "No text is in use yet." in html(own)
