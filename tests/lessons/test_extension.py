"""The extension that opens lessons ready: what it may run, and how small it is."""

import gzip
import re

import pytest
from for_each import for_each
from make_extension import PRACTICE, TARGET, entries, files

from framingkit.base import WIDGET_TOKENS
from framingkit.course import load_items

LIMIT = 4096
COLOURS = {"a": "accent", "soft": "accent-soft", "line": "accent-line", "on": "on-accent",
           "edge": "edge", "desk": "desk", "rule": "rule"}  # fmt: skip


@pytest.mark.parametrize("name", ["remoteEntry.js", "lessons.json"])
def test_what_is_shipped_is_what_the_tool_writes(name):
    assert (TARGET / name).read_text(encoding="utf-8") == files()[name], (
        "A notebook, a sentence or the script has changed: run tools/make_extension.py."
    )


def test_every_lesson_and_workbook_and_practice_is_known_and_no_answer_is_run():
    known = entries()
    assert len(known) == 14
    assert not [id for entry in known.values() for id in entry["cells"] if "answer-" in id]


@for_each(sorted(set(entries()) - {PRACTICE}))
def test_a_lesson_has_parts_and_every_question_in_them_is_one_of_its_own(lesson):
    asked = [act for part in entries()[lesson]["parts"] for act in part["acts"] if "/" not in act]
    assert asked
    assert set(asked) <= {item.id for item in load_items(lesson)}


def test_the_practice_notebook_opens_ready_too_and_leads_to_the_hand_in():
    practice = entries()[PRACTICE]
    assert (practice["title"].split(":")[0], practice["end"]) == ("Practice", "hand-in-button")
    assert [part["name"] for part in practice["parts"]] == ["Eight codes", "Optional"]


def test_the_strip_has_the_colours_of_the_kit():
    css = (TARGET / "strip.css").read_text(encoding="utf-8")
    for name, token in COLOURS.items():
        ours = re.findall(rf" --{name}: (#\w+);", css)
        theirs = re.findall(rf"--fk-{token}: ?(#\w+);", WIDGET_TOKENS)
        assert ours == theirs[:2]


def test_the_extension_is_small():
    script = (TARGET / "remoteEntry.js").read_bytes()
    assert len(gzip.compress(script, mtime=0)) <= LIMIT
