"""The start page: what it says of a learner's work, and what it leads to."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from framingkit.base import counted
from framingkit.course import load_article, load_codebook, load_items, load_outlines
from framingkit.errors import FramingkitError
from framingkit.start import server
from framingkit.start.page import FIRST, GUIDE, PLACES, Here, no_course_page, start_page
from framingkit.start.server import is_page, page_for
from framingkit.work import Tagging, WorkLog, latest_lesson, lesson_progress

ROOT = Path(__file__).parent.parent.parent
HERE = Here(frozenset({FIRST}))
FIRST_LESSON = load_outlines()[0]


def test_on_a_server_the_page_does_not_speak_of_this_computer():
    alone, served = (start_page(None, replace(HERE, is_served=is_so)) for is_so in (False, True))
    assert (b"this computer" in alone, b"this computer" in served) == (True, False)
    assert b"kept on this server" in served
    for words in (b"no account", b"nowhere else"):
        assert (words in alone, words in served) == (True, False), words


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


def answer(log, *ids):
    items = {item.id: item for one in load_outlines() for item in load_items(one.id)}
    for id in ids:
        item = items[id]
        first = [option.id for option in item.options][:1]
        response = {
            "choice": {"choice": "".join(first)}, "several": {"choices": first},
            "order": {"order": [option.id for option in item.options]},
            "written": {"text": "words " * 60}, "confidence": {"confidence": 50},
        }[item.kind]  # fmt: skip
        log.act("answer", id, response=response)


def do(log, outline):
    """Answer and tag all that a lesson asks for, but nothing optional."""
    for part in outline.parts:
        if not part.is_optional:
            answer(log, *part.items)
            for id, section in part.tagged:
                text = load_article(id)
                word = re.findall(r"\w+", text.text_of(section))[0]
                Tagging(log, text, load_codebook()).add(word, "game_metaphor", section)


def shown(log, here=HERE) -> str:
    return start_page(log, here).decode()


def way_on(page: str) -> tuple[str, str]:
    """Give the words and the address of the main way."""
    ((href, words),) = re.findall(r'<a href="([^"]+)" class="button main big">([^<]+)<', page)
    return words, href


def test_whoever_comes_first_begins_with_the_first_lesson():
    page = shown(None)

    assert way_on(page) == ("Begin: lesson 00, Start here", f"lab/tree/{FIRST}")
    assert "Nothing is saved yet." in page
    assert "Hand in" not in page
    assert page.count("Not begun") == len(load_outlines()) == 7


def test_the_way_on_leads_to_the_part_where_the_learner_was(log):
    first = next(part for part in FIRST_LESSON.parts if part.items)
    do(log, replace(FIRST_LESSON, parts=(first,)))
    later = FIRST_LESSON.parts[FIRST_LESSON.parts.index(first) + 1]
    page = shown(log)

    assert way_on(page)[0] == f"Go on: lesson 00, {later.name}"
    assert "0 done, 1 begun, 6 to come" in page
    assert f"{counted(len(first.items), 'answer')} are saved" in page


def test_a_lesson_is_done_without_its_optional_part_and_the_next_one_follows(log):
    do(log, FIRST_LESSON)
    page = shown(log)

    assert "1 done, 0 begun, 6 to come" in page
    assert way_on(page)[0] == "Go on: lesson 01, The context"


def test_the_latest_answer_decides_not_the_order_of_the_lessons(log):
    answer(log, "heading-prediction", "headline-prediction", "ice-and-icy")

    assert latest_lesson(log.state, load_outlines()).id == "03-commentary"
    assert way_on(shown(log))[0].startswith("Go on: lesson 03,")


def test_a_part_with_a_passage_to_tag_is_not_done_by_its_questions_alone(log):
    commentary = load_outlines()[3]
    items = {item.id: item for item in load_items(commentary.id)}
    (part,) = [one for one in commentary.parts if one.name == "Activity A"]
    answer(log, *part.items)
    number = commentary.parts.index(part)

    assert not lesson_progress(log.state, commentary, items).done[number]
    Tagging(log, load_article(), load_codebook()).add("carpet", "ceremony_symbol", "commentary")
    assert lesson_progress(log.state, commentary, items).done[number]


def test_when_all_is_done_the_workbooks_are_next(log):
    for outline in load_outlines():
        do(log, outline)

    assert way_on(shown(log)) == ("All lessons are done: take a workbook", "#doors")


def test_it_says_when_something_was_last_saved(log):
    answer(log, "headline-prediction")

    assert f"Last saved today at {datetime.now(UTC).astimezone():%H:}" in shown(log)


def test_hand_in_leads_to_the_box_of_the_lesson_at_hand(log):
    answer(log, "headline-prediction")
    (href,) = re.findall(r'<a href="([^"]+)" class="button big">Hand in', shown(log))

    assert href == f"lab/tree/{FIRST}#Exit-ticket-(about-7-minutes)"


def test_minutes_and_questions_are_those_of_the_lessons():
    page = shown(None)
    for outline in load_outlines():
        assert f"<b>{outline.name}</b>, {outline.minutes} minutes" in page
        assert f"<h3>{outline.question}</h3>" in page
        assert outline.aim
        core = sum(part.minutes for part in outline.parts if not part.is_optional)
        assert core == outline.minutes


def test_every_question_that_a_lesson_asks_is_in_its_outline():
    for outline in load_outlines():
        asked = {id for part in outline.parts for id in part.items}
        assert asked == {item.id for item in load_items(outline.id)} & asked
        assert len(asked) > 10


def test_what_is_not_listed_is_not_linked():
    everything = shown(None, Here(frozenset(PLACES), True))
    students = shown(None, Here(frozenset({FIRST}), True))

    assert "Class notebook" in everything
    assert "Solutions" in everything
    assert "instructor" not in students
    assert 'href="lab/tree/notebooks/practice.ipynb"' in everything
    assert "practice.ipynb" not in students
    assert "python run.py --teacher" in students
    assert "--with-solutions" in shown(None)


def test_a_damaged_log_is_told_and_does_not_keep_the_page_away(tmp_path, monkeypatch):
    def refuse(folder):
        raise FramingkitError("It was written by a newer framingkit.")

    monkeypatch.setattr(server, "find_log", refuse)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / FIRST).touch()
    page = server.page_for(tmp_path, lambda name: True).decode()

    assert "It was written by a newer framingkit." in page
    assert way_on(page)[0].startswith("Begin")


def test_the_work_beside_the_notebooks_is_found_wherever_the_server_was_started(
    tmp_path, monkeypatch
):
    monkeypatch.delenv("FRAMINGKIT_WORK", raising=False)
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / FIRST).touch()
    log = WorkLog(tmp_path / "work" / "amber-heron-417.jsonl")
    (tmp_path / "work").mkdir()
    answer(log, "headline-prediction")

    assert b"amber-heron-417: 0 tags and 1 answer " in page_for(tmp_path, lambda name: True)


def test_a_folder_without_lessons_gets_a_sentence(tmp_path):
    assert page_for(tmp_path, lambda name: True) == no_course_page()
    assert b"The lessons are not in the folder" in no_course_page()


def test_only_pages_of_the_docs_that_are_listed_are_given():
    listed = lambda name: not name.startswith("instructor-")  # noqa: E731

    assert is_page(ROOT, "docs/worksheets/index.html", listed)
    assert not is_page(ROOT, "docs/instructor-guide/answers.html", listed)
    assert is_page(ROOT, "docs/instructor-guide/answers.html", lambda name: True)
    for path in (
        "README.md",
        "docs/glossary.md",
        "docs/../run.py",
        "docs/../x.html",
        "/etc/x.html",
    ):
        assert not is_page(ROOT, path, lambda name: True)


def test_the_page_has_no_script_and_loads_nothing():
    page = shown(None, Here(frozenset(PLACES), True))

    assert "<script" not in page
    assert "http" not in re.sub(r"http://www\.w3\.org/2000/svg|http-equiv", "", page)
    assert "default-src 'none'" in page
    assert GUIDE in page
