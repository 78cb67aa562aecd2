"""Nothing overlaps, nothing is cut and no page scrolls sideways: every tool and page, any look.

Each is shown with two sets of fonts, light and dark, at four sizes, as a learner leaves it: with
tags, answers and replies.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from layout import faults_at_all_sizes, layout_faults
from playwright.sync_api import Page, expect
from report_samples import class_sheets, collected, reported
from tagger_page import make_tagger, tag, with_reference

from framingkit import course
from framingkit.course import AnnotationSet, Span
from framingkit.notebook import settling
from framingkit.reports.beside_page import BesideClass
from framingkit.start.page import PLACES, Here, start_page
from framingkit.widgets.class_map import ClassMap
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.learner import Learner
from framingkit.widgets.own_text import OwnText
from framingkit.widgets.plain_words import PlainWords
from framingkit.widgets.question import Question
from framingkit.work import Tagging, WorkLog, open_log
from framingkit.work.first_reading import FirstReading

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent.parent
ARTICLE, CODEBOOK = course.load_article(), course.load_codebook()
REFERENCE, FACTS = course.load_reference(), course.load_facts()
ITEMS = {item.id: item for lesson in course.list_lessons() for item in course.load_items(lesson)}
KINDS = {
    "choice": "exit-real-chess", "several": "what-chess-hides", "order": "order-the-ladder",
    "written": "swap-the-picture", "guess": "heading-prediction",
}  # fmt: skip
Show = Callable[..., Any]


@pytest.fixture
def page(page_of_fonts: Page) -> Page:
    """Run every test of this file with each set of fonts."""
    return page_of_fonts


@pytest.fixture
def theme(request) -> str:
    """Give light with one set of fonts, dark with the other; colours change no place."""
    return "light" if "DejaVu" in request.node.name else "dark"


@pytest.fixture
def show(theme, page, open_widget) -> Show:
    """Open a tool."""
    page.emulate_media(color_scheme=theme)
    return lambda widget: open_widget(page, widget, theme)


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


def press(handle, name):
    handle.root.get_by_role("button", name=name).first.click()


def test_the_tagger_fresh_and_with_tags_and_feedback(show, page, tmp_path):
    handle = show(with_reference(tmp_path))
    assert faults_at_all_sizes(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    for words in ("red carpet", "diplomatic wind", "victory", "global power"):
        tag(handle, words)
    press(handle, "Compare")
    page.wait_for_timeout(500)

    assert faults_at_all_sizes(page) == []


def test_a_tagger_of_all_codes(show, page, tmp_path):
    codes = [code.id for code in CODEBOOK.devices]
    handle = show(make_tagger(tmp_path, "agenda", codes))
    tag(handle, "New START treaties")

    assert faults_at_all_sizes(page) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_before_and_after_its_answer(show, page, log, kind):
    item = ITEMS[KINDS[kind]]
    handle = show(Question(item, log, patience=400))
    assert faults_at_all_sizes(page) == []
    page.set_viewport_size({"width": 1366, "height": 768})
    if item.kind == "written":
        handle.root.get_by_role("textbox").first.fill("A bridge shows two banks. " * 12)
    elif item.kind in ("choice", "several"):
        handle.root.locator("input[type=radio], input[type=checkbox]").first.check(force=True)
    handle.root.locator("button:visible").last.click()
    page.wait_for_timeout(400)

    assert faults_at_all_sizes(page) == []


def test_the_grid_of_frames(show, page, log):
    grid = FrameGrid(
        ARTICLE, "commentary", CODEBOOK, work_log=log, reference=REFERENCE, patience=400
    )
    handle = show(grid)
    for box in handle.root.get_by_role("checkbox").all()[:2]:
        box.check(force=True)
    press(handle, "Compare with the reference reading")
    page.wait_for_timeout(400)

    assert faults_at_all_sizes(page) == []


def test_plain_words(show, page, log):
    tagging = Tagging(log, ARTICLE, CODEBOOK)
    for words, code in (("red carpet", "ceremony_symbol"), ("always", "booster")):
        tagging.add(words, code, "ending")
    show(PlainWords(ARTICLE, "ending", CODEBOOK, facts=FACTS, work_log=log, patience=400))

    assert faults_at_all_sizes(page) == []


def test_a_text_of_ones_own(show, page, log):
    show(OwnText(log, patience=400))

    assert faults_at_all_sizes(page) == []


def test_the_hand_in(show, page, log):
    parts = [
        (part.title, [ITEMS[id] for id in part.items])
        for part in course.lesson_parts("03-commentary")
    ]
    show(HandIn(log, parts, patience=400))

    assert faults_at_all_sizes(page) == []


def test_who_is_at_work(show, page, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    show(Learner(open_log(), patience=300))

    assert faults_at_all_sizes(page) == []


def span(words: str, label: str, section: str = "ending") -> Span:
    start = ARTICLE.text.index(words, ARTICLE.section(section).start)
    return Span(start, start + len(words), label, words)


def test_the_class_map(show, page, log):
    Tagging(log, ARTICLE, CODEBOOK).add("red carpet", "ceremony_symbol", "ending")
    readers = [
        AnnotationSet(
            ARTICLE.id,
            f"reader-{n}",
            (span("chessboard", "game_metaphor" if n < 6 else "war_metaphor"),
             span("red carpet", "ceremony_symbol")),
        )
        for n in range(9)
    ]  # fmt: skip
    reading = FirstReading(log, ARTICLE, CODEBOOK, "ending")
    widget = ClassMap(BesideClass(reading, lambda: readers, "A class."), patience=300)
    handle = show(widget)
    widget.observe(lambda change: handle.tell({"traits": {"shown": change.new}}), "shown")
    press(handle, "Save my tags as my first reading")
    expect(handle.root.locator("mark").first).to_be_visible()

    assert faults_at_all_sizes(page) == []


def test_settling_a_reading(show, page, tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    one = (span("red carpet", "ceremony_symbol"), span("chessboard", "game_metaphor"))
    other = (span("red carpet", "loaded_word"),)
    readers = [AnnotationSet(ARTICLE.id, name, s) for name, s in (("mara", one), ("ben", other))]
    widget = settling.open_settling(readers).show()
    widget.patience = 400
    show(widget)

    assert faults_at_all_sizes(page) == []


def give(page: Page, content: bytes, theme: str) -> None:
    """Show a page of its own, at the one address there is."""
    page.emulate_media(color_scheme=theme)
    page.route("**/*", lambda route: route.fulfill(
        content_type="text/html; charset=utf-8", body=content
    ))  # fmt: skip
    page.goto("http://127.0.0.1/page")


def test_the_start_page(page, log, theme):
    log.act("answer", "heading-prediction", response={"choice": "a", "confidence": 50})
    give(page, start_page(log, Here(frozenset(PLACES), True)), theme)

    assert faults_at_all_sizes(page) == []


PAGES = (
    "worksheets/index.html", "worksheets/03-commentary.html", "worksheets/codebook.html",
    "instructor-guide/answers.html", "instructor-guide/reference-readings.html",
)  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_docs(page, name, theme):
    give(page, (ROOT / "docs" / name).read_bytes(), theme)

    assert faults_at_all_sizes(page) == []


def test_the_report_on_a_class(page, tmp_path, theme):
    report = reported(tmp_path, collected(tmp_path, "class", class_sheets(9)))[0]
    give(page, report if isinstance(report, bytes) else report.encode(), theme)

    assert faults_at_all_sizes(page) == []


FAULTY = {
    "words over words": "<p>One line</p><p style='margin-top:-30px'>Another line</p>",
    "cut": "<p style='width:50px;height:20px;overflow:hidden'>Too many words for this box</p>",
    "sideways": "<p style='width:3000px'>Wide</p>",
    "control over control": "<button>One</button><button style='margin-left:-30px'>Two</button>",
    "beyond the edge": "<p style='margin-left:-200px'>Words that begin too far left</p>",
}


@pytest.mark.parametrize("fault", FAULTY)
def test_each_kind_of_fault_is_found(page, fault):
    give(page, f"<!doctype html><title>x</title>{FAULTY[fault]}".encode(), "light")

    assert [one for one in layout_faults(page) if one.startswith(fault)]


def test_a_sound_page_has_no_fault(page):
    words = "<h1>A heading</h1><p>Words <a href='#'>and a link</a> in <b>many</b> lines. " * 20
    give(page, f"<!doctype html><title>x</title>{words}".encode(), "light")

    assert faults_at_all_sizes(page) == []
