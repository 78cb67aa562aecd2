"""The class map on a real page: hidden until the own reading is kept, then by keyboard alone."""

import json

import pytest
from playwright.sync_api import expect

from framingkit.course.data import load_article, load_codebook
from framingkit.course.documents import Document, Section
from framingkit.course.readings import AnnotationSet
from framingkit.course.spans import Span
from framingkit.reports.beside_page import BesideClass
from framingkit.widgets.class_map import ClassMap
from framingkit.work.first_reading import FirstReading
from framingkit.work.log import WorkLog
from framingkit.work.tagging import Tagging

ARTICLE, CODEBOOK = load_article(), load_codebook()
PRESS = "Save my tags as my first reading and show the class"


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def tagging(log):
    return Tagging(log, ARTICLE, CODEBOOK)


def tag(words, label, document=ARTICLE, section="ending"):
    start = document.text.index(words, document.section(section).start)
    return Span(start, start + len(words), label)


def class_of_ten():
    """Ten learners: all tag the chessboard, seven of them a game, four the carpet."""
    for n in range(10):
        spans = [tag("chessboard", "game_metaphor" if n < 7 else "war_metaphor")]
        spans += [tag("red carpet", "ceremony_symbol")] if n < 4 else []
        spans += [tag("No one is sure", "hedge")] if n == 9 else []
        yield AnnotationSet(ARTICLE.id, f"secret-name-{n}", tuple(spans))


def class_map(log, readers=class_of_ten, document=ARTICLE, section="ending"):
    reading = FirstReading(log, document, CODEBOOK, section)
    return ClassMap(BesideClass(reading, lambda: list(readers()), "A class."), patience=300)


@pytest.fixture
def show(page, log, open_widget):
    """Open the map; what Python puts into a trait reaches the page, as in a notebook."""

    def opened(theme="light", **more):
        widget = class_map(log, **more)
        handle = open_widget(page, widget, theme)
        widget.observe(lambda change: handle.tell({"traits": {"shown": change.new}}), "shown")
        return handle

    return opened


@pytest.fixture
def kept(tagging, log):
    tagging.add("political chessboard", "game_metaphor", "ending")
    FirstReading(log, ARTICLE, CODEBOOK, "ending").keep()


def marks(handle):
    return handle.root.locator(".fk-map mark")


def line(handle):
    return handle.root.locator(".fk-line")


def test_nothing_of_the_class_is_there_before_the_own_reading_is_kept(show, page, tagging):
    asked = []
    handle = show(readers=lambda: asked.append(1) or class_of_ten())
    press = handle.root.get_by_role("button", name=PRESS)

    press.click()

    expect(handle.root.get_by_role("alert")).to_contain_text("You have no tags in this section yet")
    assert asked == []
    assert handle.widget.shown == {}
    assert "of 10 learners" not in page.content() + handle.widget.beside.html()
    assert handle.axe() == []
    tagging.add("red carpet", "ceremony_symbol", "ending")
    press.click()
    expect(handle.root).to_contain_text("Your first reading is saved: 1 tag.")
    page.keyboard.press("Tab")
    expect(handle.root.get_by_role("combobox", name="Show the tags with")).to_be_focused()
    assert handle.widget.beside.reading.kept() == (Span(2750, 2760, "ceremony_symbol"),)


@pytest.mark.usefixtures("kept")
def test_the_whole_map_is_read_by_keyboard_alone(show, page):
    handle = show()
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    for key in ("Tab", "Tab"):
        page.keyboard.press(key)
    expect(line(handle)).to_have_text(
        "“red carpet” [21]: 4 of 10 learners tagged it. Ceremony symbol 4. You: no tag."
    )
    for key in ("ArrowRight", "b", "ArrowRight"):
        page.keyboard.press(key)

    expect(marks(handle).last).to_be_focused()
    expect(line(handle)).to_have_text(
        "“chessboard” [22]: 10 of 10 learners tagged it. Game metaphor 7, War metaphor 3. "
        "You: Game metaphor."
    )
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("G")
    expect(marks(handle)).to_have_text(["chessboard"])
    expect(handle.root.locator(".fk-both li")).to_have_count(1)
    expect(handle.root.locator(".fk-both li")).to_have_text(
        "7 of 10 learners tagged “chessboard” [22] as Game metaphor. Yours: “political chessboard”."
    )
    for key in ("Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(handle.root.locator("details[open]")).to_contain_text("Is it Ceremony symbol")
    assert page.evaluate("window.keys") == ["Tab"]  # the one that led into the widget


@pytest.mark.usefixtures("kept")
def test_the_page_gets_counts_and_no_learner(show, log, tagging):
    handle = show()
    state = json.dumps(handle.widget.shown)
    many = class_map(log, lambda: [one for _ in range(300) for one in class_of_ten_again(_)])

    assert "secret-name" not in state
    assert len(json.dumps(many.shown)) < 1.2 * len(state)
    expect(handle.root).to_contain_text("10 learners tagged this section.")
    tagging.add("red carpet", "ceremony_symbol", "ending")
    expect(handle.root).to_contain_text("Since then: 1 new.")
    expect(handle.root.locator(".fk-both")).to_contain_text(
        "4 of 10 learners tagged “red carpet” [21] as Ceremony symbol. Yours: the same."
    )


def class_of_ten_again(number):
    for one in class_of_ten():
        yield AnnotationSet(one.document_id, f"{one.coder}-{number}", one.spans)


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker(show, theme):
    handle = show(theme)
    marks(handle).first.hover()
    handle.root.locator("summary").first.click()

    assert handle.axe() == []
    can = handle.root.locator("button, select, summary, [tabindex]")
    assert can.count() > 3
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0


@pytest.mark.usefixtures("kept")
def test_without_colours_the_shares_still_differ(show, page):
    handle = show(readers=lambda: quarters())
    page.emulate_media(forced_colors="active")

    found = marks(handle).evaluate_all(
        "all => all.map((one) => [one.dataset.count, getComputedStyle(one).borderBottomStyle])"
    )

    assert found == [["2", "dotted"], ["3", "dashed"], ["6", "solid"], ["9", "double"]]


def quarters():
    """Twelve learners, of whom 1 to 9 tag the same words; a single one is not shown."""
    words = {"ice": 1, "hot": 9, "Handshake": 2, "chessboard": 6, "historic": 3}
    for n in range(12):
        spans = [tag(one, "nature_metaphor") for one, many in words.items() if n < many]
        yield AnnotationSet(ARTICLE.id, f"reader-{n}", tuple(spans))


def test_hostile_text_stays_text(page, open_widget, log):
    evil = '<img src=x onerror="window.__pwned = 1">'
    document = Document("evil", evil, f"{evil} 🙂 {evil}", "0" * 64, (Section("s", evil, 0, 83),))
    Tagging(log, document, CODEBOOK).add(evil, "loaded_word", "s", 2)
    FirstReading(log, document, CODEBOOK, "s").keep()
    spans = (Span(0, 40, "hedge"), Span(43, 83, "loaded_word"))
    readers = [AnnotationSet("evil", f"{evil}{n}", spans) for n in range(6)]

    handle = open_widget(page, class_map(log, lambda: readers, document, "s"))

    expect(handle.root.locator(".fk-map")).to_have_text(document.text)
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img").count() == 0
    assert "<img" not in handle.widget.beside.html()


def test_without_a_connection_it_says_that_nothing_was_kept(show, tagging):
    tagging.add("red carpet", "ceremony_symbol", "ending")
    handle = show()
    handle.drop_to_python = True

    handle.root.get_by_role("button", name=PRESS).click()

    expect(handle.root.get_by_role("alert")).to_contain_text("not connected, so nothing was saved")
    handle.drop_to_python = False
    handle.root.get_by_role("button", name=PRESS).click()
    expect(line(handle)).to_be_visible()
