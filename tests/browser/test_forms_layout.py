"""The look of the forms, as facts: one filled button, nothing cut or small, focus in sight."""

import functools
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from framingkit.course import load_article, load_codebook, load_facts, load_items, load_reference
from framingkit.course.items import Item
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.notebook import settling
from framingkit.notebook.comparing import compare_coverage
from framingkit.reports.beside_page import BesideClass
from framingkit.widgets.class_map import ClassMap
from framingkit.widgets.coverage_map import CoverageMap
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.own_text import OwnText
from framingkit.widgets.plain_words import PlainWords
from framingkit.widgets.question import Question
from framingkit.work.first_reading import FirstReading
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

ARTICLE, CODEBOOK = load_article(), load_codebook()
ITEMS = {item.id: item for item in load_items("03-commentary")}
SURE = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")


def question(id, response):
    def build(log):
        item = ITEMS.get(id, SURE)
        log.act("answer", item.id, response=response)
        return Question(item, log)

    return build


def plain_words(log):
    tagging = Tagging(log, ARTICLE, CODEBOOK)
    for words, code in (("red carpet", "ceremony_symbol"), ("always", "booster")):
        tagging.add(words, code, "ending")
    return PlainWords(ARTICLE, "ending", CODEBOOK, facts=load_facts(), work_log=log)


def readers(count):
    """Ten learners of whom some tag the carpet, and all the chessboard with one code or another."""
    start, board = ARTICLE.section("ending").start, ARTICLE.text.index("chessboard", 2685)
    carpet = ARTICLE.text.index("red carpet", start)
    for n in range(count):
        code = "game_metaphor" if n % 3 else "war_metaphor"
        spans = (Span(board, board + 10, code), Span(carpet, carpet + 10, "ceremony_symbol"))
        yield AnnotationSet(ARTICLE.id, f"reader-{n}", spans[: 1 + n % 2])


def shown_map(log):
    Tagging(log, ARTICLE, CODEBOOK).add("red carpet", "ceremony_symbol", "ending")
    reading = FirstReading(log, ARTICLE, CODEBOOK, "ending")
    reading.keep()
    return ClassMap(BesideClass(reading, lambda: list(readers(10)), "A class."))


def grid(log):
    return FrameGrid(ARTICLE, "commentary", CODEBOOK, work_log=log, reference=load_reference())


def adjudicator(log):
    return settling.open_settling(list(readers(3))).show()


TOOLS = {
    "one answer": question("exit-real-chess", {"choice": "a", "confidence": 80}),
    "several": question("what-chess-hides", {"choices": ["a", "c"]}),
    "written": question("swap-the-picture", {"text": "word " * 40}),
    "how sure": question("sure", {"confidence": 30}),
    "first of a set": lambda log: Question(ITEMS["what-chess-hides"], log, spot=["set", 0, 5]),
    "frames": grid,
    "plain words": plain_words,
    "own text": OwnText,
    "settling": adjudicator,
    "class map": shown_map,
    "side by side": lambda log: CoverageMap(compare_coverage(["cable-talks-a", "cable-talks-b"])),
    "hand-in": lambda log: HandIn(log, [("Exit ticket", list(ITEMS.values())[:4])]),
}
WITHOUT_AN_ACT = {
    "plain words",
    "class map",
    "side by side",
}  # they save alone, or their act is done

_SEEN = "((one) => one.checkVisibility({ visibilityProperty: true }))"
# a box to tick is as large as its label
_SMALL = f"""(all, least) => all.filter({_SEEN}).map((one) => [one.closest("label") &&
  /checkbox|radio/.test(one.type) ? one.closest("label") : one, one])
  .filter(([box]) => box.getBoundingClientRect().height < least - 0.1)
  .map(([, one]) => one.outerHTML.slice(0, 120))"""
_ACTS = "button, select, textarea, input, summary"
_CUT = f"""(root) => [root, ...root.querySelectorAll("*")].filter({_SEEN})
  .filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1
    && getComputedStyle(one).overflowX !== "auto"
    && !one.matches("select, .fk-aloud") && one.closest("svg") === null)
  .map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def build(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    return lambda name: TOOLS[name](WorkLog(tmp_path / "amber-heron-417.jsonl"))


@pytest.mark.parametrize("tool", TOOLS)
def test_nothing_is_cut_or_small_and_one_button_is_filled(page, build, open_widget, tool):
    handle = open_widget(page, build(tool))

    for width in (1366, 683, 390, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert handle.root.evaluate(_CUT) == [], width
        assert handle.root.locator(_ACTS).evaluate_all(_SMALL, 32) == [], width
    filled = handle.root.locator(".fk-main-button:visible")
    expect(filled).to_have_count(0 if tool in WITHOUT_AN_ACT else 1)


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_read_has_16_pixels_and_nothing_less_than_12(page, build, open_widget, tool):
    handle = open_widget(page, build(tool))

    sizes = handle.root.locator("p, span, label, legend, button, li, strong").evaluate_all(
        f"(all) => all.filter({_SEEN}).map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    read = handle.root.locator(".fk-prompt, .fk-option > span, textarea, .fk-title").evaluate_all(
        f"(all) => all.filter({_SEEN}).map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )

    assert min(sizes) >= 12
    assert min(read, default=16) >= 16


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize("colours", ["none", "active"])
def test_the_focus_is_in_sight(page, build, open_widget, tool, colours):
    handle = open_widget(page, build(tool))
    page.emulate_media(forced_colors=colours)
    page.keyboard.press("Tab")
    seen = 0
    while handle.root.evaluate("(root) => root.contains(document.activeElement)") and seen < 40:
        seen += 1
        outlines = page.evaluate(
            """() => [document.activeElement, document.activeElement.closest(".fk-scale")]
              .filter((one) => one).map((one) => getComputedStyle(one))
              .filter((one) => one.outlineStyle !== "none")
              .map((one) => parseFloat(one.outlineWidth))"""
        )
        assert max(outlines, default=0) >= 2, page.evaluate("document.activeElement.outerHTML")
        page.keyboard.press("Tab")
    assert seen >= 1


@pytest.mark.parametrize("tool", TOOLS)
def test_paper_is_light_and_has_no_button(page, build, open_widget, tool):
    handle = open_widget(page, build(tool), "dark")
    page.emulate_media(media="print")

    assert handle.root.evaluate("(one) => getComputedStyle(one).backgroundColor") == (
        "rgb(255, 255, 255)"
    )
    assert handle.root.locator("button:visible").count() == 0


@pytest.mark.parametrize("tool", ["one answer", "several"])
def test_without_colours_the_chosen_answer_has_an_edge_of_its_own(page, build, open_widget, tool):
    handle = open_widget(page, build(tool))
    page.emulate_media(forced_colors="active")

    edges = handle.root.locator(".fk-answer").evaluate_all(
        "(all) => all.map((one) => [one.querySelector('input').checked,"
        " getComputedStyle(one).outlineStyle])"
    )
    assert {("solid" if checked else "none") == edge for checked, edge in edges} == {True}
    expect(handle.root.locator(".fk-tell:visible").first).to_contain_text(
        "Not yet" if "one" in tool else "Yes"
    )


class TestWithAFinger:
    """Everything that can be pressed has 44 pixels."""

    @pytest.fixture
    def browser(self, browser):
        return SimpleNamespace(new_context=functools.partial(browser.new_context, has_touch=True))

    @pytest.mark.parametrize("tool", TOOLS)
    def test_targets_are_large(self, context, build, open_widget, tool):
        page = context.new_page()
        page.set_viewport_size({"width": 390, "height": 844})
        handle = open_widget(page, build(tool))

        assert page.evaluate("matchMedia('(pointer: coarse)').matches")
        assert handle.root.locator(_ACTS).evaluate_all(_SMALL, 44) == []
