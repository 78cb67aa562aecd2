"""What the practice widget tells a browser: first a sentence alone, then a reply."""

import json

import pytest

from framingkit import course
from framingkit.feedback import NOTHING_HERE
from framingkit.widgets import Practice
from framingkit.work import WorkLog, practice_answers

SENTENCES, CODEBOOK = course.load_practice(), course.load_codebook()
CORE = [code.id for code in CODEBOOK.core]


@pytest.fixture
def widget(tmp_path):
    made = Practice(CODEBOOK, CORE, WorkLog(tmp_path / "amber-heron-417.jsonl"))
    made.said = []
    made.send = lambda content, buffers=None: made.said.append(content)
    return made


def sent(widget, response, target=None, seq=1):
    target = target or widget.current["target"]
    one = {"id": f"tab-1-{seq}", "client": "tab-1", "seq": seq, "kind": "answer",
           "target": target, "response": response}  # fmt: skip
    widget._receive(widget, {"kind": "operations", "operations": [one]}, [])
    return {message["kind"]: message for message in widget.said}


def test_the_browser_gets_a_sentence_without_what_is_in_it_and_the_reply_with_the_answer(widget):
    state = json.dumps({name: widget.get_state()[name] for name in ("current", "answers")})
    sentence = next(one for one in SENTENCES if one.text == widget.current["text"])
    assert sentence.feedback not in state
    assert not {"kind", "code", "words", "feedback", "cue"} & set(widget.current)

    said = sent(widget, NOTHING_HERE)

    (told,) = said["operations"]["operations"]
    assert sentence.feedback in told["reply"]["sentences"]
    assert said["operations"]["current"]["text"] != sentence.text
    assert said["saved"]["ids"] == ["tab-1-1"]


@pytest.mark.parametrize(
    ("response", "target"),
    [
        ({"nothing": "yes"}, None),
        ({"start": 0, "end": 4, "label": "hedge", "quote": "zzzz"}, None),
        (NOTHING_HERE, "practice.no-such-sentence.1"),
        (NOTHING_HERE, "what-chess-hides"),
    ],
)
def test_what_is_no_answer_is_refused_and_not_kept(widget, response, target):
    said = sent(widget, response, target)

    assert "refused" in said
    assert practice_answers(widget._log.state) == []
