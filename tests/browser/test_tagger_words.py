"""A selection means whole words, and the list of codes never lies over their sentence."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    CODEBOOK,
    drag,
    edges,
    host,
    make_tagger,
    palette,
    said,
    select,
    tag,
    tagger_of,
    tags,
    until_tags,
)

TEXT = (
    "Plain words first.\nAn “old friend” (so to say) – Russia’s response, a geopolitical "
    '“chessboard” where workers’ rights, 50% of them, and "hot" talks of US-Russia end. '
    "Fire or ice? Observers say 東京で会談 today; naïve café-goers, l’été."
)
# what is selected, and what it means
MEANT = {
    "bservers sa": "Observers say",
    "riend": "friend",
    "“old friend”": "“old friend”",
    "old friend”": "old friend",
    "“old": "old",
    "geopolitical “chessboard”": "geopolitical “chessboard”",
    "essboard”": "chessboard",
    "(so to say)": "(so to say)",
    "so to say) –": "so to say",
    " – Russia’s response, ": "Russia’s response",
    "sia’s": "Russia’s",
    "workers’": "workers",
    "50%": "50%",
    '"hot"': '"hot"',
    '"hot': "hot",
    "Russia end.": "Russia end",
    "Fire or ice?": "Fire or ice",
    "aïv": "naïve",
    "goers, l’": "goers, l’été",
}


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, tagger_of(tmp_path, TEXT))


def test_selections_become_whole_words_without_the_signs_at_their_edges(handle):
    for selected, meant in MEANT.items():
        select(handle, selected)
        handle.page.keyboard.press("1")

        until_tags(handle, (meant, "ceremony_symbol"))
        host(handle).press("Control+z")
        until_tags(handle)


def test_nothing_but_signs_means_no_words(handle):
    select(handle, " – ")
    handle.page.keyboard.press("1")

    expect(said(handle)).to_contain_text("Select some words in the text first.")
    assert tags(handle) == []


def test_a_short_drag_inside_a_word_selects_that_word(handle):
    drag(handle, "serv")

    expect(palette(handle)).to_contain_text("“Observers”")
    assert handle.page.evaluate("getSelection().toString()") == "Observers"


def test_a_click_selects_nothing(handle):
    handle.page.mouse.click(*edges(handle, "friend")[0])
    handle.page.wait_for_timeout(300)

    expect(palette(handle)).to_be_hidden()
    assert handle.page.evaluate("getSelection().isCollapsed")


def test_with_alt_the_exact_letters_are_kept(handle):
    (x, y), (x2, y2) = edges(handle, "bserv")
    handle.page.mouse.move(x, y)
    handle.page.mouse.down()
    handle.page.mouse.move(x2, y2)
    handle.page.keyboard.down("Alt")
    handle.page.mouse.up()
    handle.page.keyboard.up("Alt")
    handle.page.keyboard.press("1")
    until_tags(handle, ("bserv", "ceremony_symbol"))

    select(handle, "friend”")
    handle.page.keyboard.press("Alt+Enter")
    handle.page.keyboard.press("Enter")

    until_tags(handle, ("friend”", "ceremony_symbol"), ("bserv", "ceremony_symbol"))


def test_a_selection_by_keys_becomes_whole_words_in_four_presses(handle):
    select(handle, "Plain")
    for key in ("ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight", "1"):
        handle.page.keyboard.press(key)

    until_tags(handle, ("Plain", "ceremony_symbol"))


ALL = [code.id for code in CODEBOOK.devices]
SIZES = [(1366, 768), (1024, 640), (683, 384), (800, 1100), (390, 844)]
TEN = [
    "Political commentary", "red carpet is", "According to many experts", "simply", "could",
    "“diplomatic wind”", "flexible", "opportunity to mark", "solemn reception", "cannot be ignored",
    "Mr. Putin, this visit is an opportunity to mark his international presence in the context",
]  # fmt: skip
_SENTENCE = """(host, number) => {
  const starts = [...host.querySelectorAll(".fk-number")];
  const at = starts.findIndex((one) => +one.dataset.number === number);
  const range = document.createRange();
  range.setStartAfter(starts[at]);
  const next = starts[at + 1];
  const paragraph = starts[at].closest("p");
  if (next && paragraph.contains(next)) range.setEndBefore(next);
  else range.setEnd(paragraph, paragraph.childNodes.length);
  const { top, bottom } = range.getBoundingClientRect();
  return [top, bottom];
}"""


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_the_list_is_low_and_never_over_the_sentence(page, open_widget, tmp_path, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    handle = open_widget(page, make_tagger(tmp_path, codes=ALL))
    for words in TEN:
        page.evaluate("scrollTo(0, 0)")
        host(handle).locator("p").last.scroll_into_view_if_needed()
        page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
        select(handle, words)
        expect(palette(handle)).to_be_visible()
        page.wait_for_timeout(60)
        # the code with the longest rule
        palette(handle).get_by_role("button", name="Either-or question").hover()
        box = palette(handle).bounding_box()
        start = handle.widget.document.text.index(words, handle.widget.start)
        number = handle.widget.document.sentence_at(start).number

        top, bottom = host(handle).evaluate(_SENTENCE, number)

        covered = min(box["y"] + box["height"], bottom) - max(box["y"], top)
        # with 200 % zoom a sentence can be higher than what is left of the window
        words_end = edges(handle, words)[1][1] if size[1] < 400 else bottom
        assert covered <= 0 or words_end < box["y"], (words, covered)
        assert box["height"] <= 110, (words, box)
        page.keyboard.press("Escape")


def test_the_bar_stays_in_sight_while_a_text_is_tagged(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 1000, "height": 500})
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")

    page.mouse.move(400, 300)
    page.mouse.wheel(0, 400)
    page.wait_for_timeout(200)

    assert page.evaluate("scrollY") > 200
    bar = handle.root.locator(".fk-bar").bounding_box()
    assert -1 <= bar["y"] <= 1
    for name in ("Undo", "Redo"):
        expect(handle.root.get_by_role("button", name=name)).to_be_in_viewport()
    expect(handle.root.get_by_text("Saved")).to_be_in_viewport()


def test_a_heading_is_one_and_the_text_is_serif_in_a_readable_measure(page, open_widget, tmp_path):
    page.set_viewport_size({"width": 1366, "height": 768})
    handle = open_widget(page, make_tagger(tmp_path))
    page.add_style_tag(content="[data-wire] { max-width: 1250px !important; }")

    expect(handle.root.get_by_role("heading", name="Political commentary")).to_have_count(1)
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    first, second = (host(handle).locator("p").nth(n).evaluate(size) for n in (0, 1))
    assert first >= 1.2 * second
    line = """(p) => { const range = document.createRange(); range.selectNodeContents(p);
      return p.textContent.length / [...new Set([...range.getClientRects()]
        .map((box) => Math.round(box.top / 20)))].length; }"""
    assert 45 <= host(handle).locator("p").nth(1).evaluate(line) <= 75


def test_each_tag_has_a_pencil_and_the_word_note(handle):
    tag(handle, "Observers say", "8")

    handle.root.get_by_role("button", name="note: Vague attribution “Observers say”").click()

    expect(handle.root.get_by_label("Why?")).to_be_focused()
