"""Several codes on the same words: each stays readable, and the text stays as it is."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    CODES,
    host,
    make_tagger,
    rows,
    select,
    send_tags,
    shown_text,
    tag,
    tagger_of,
    until,
)

_LINES = """(mark) => [...mark.style].filter((name) => name.startsWith("--l")).sort()
  .map((name) => [name, mark.style.getPropertyValue(name)])"""

CS, GM = "var(--fk-cs-line)", "var(--fk-gm-line)"


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, make_tagger(tmp_path))


def marks(handle):
    return handle.root.locator(".fk-text mark")


def lines(handle):
    """For each marked piece, which line it has in which lane."""
    return [one.evaluate(_LINES) for one in marks(handle).all()]


def test_two_codes_on_the_same_words_have_two_lines_and_two_chips(handle):
    tag(handle, "red carpet", "1")
    tag(handle, "red carpet", "2")

    assert marks(handle).all_text_contents() == ["red carpet"]
    assert lines(handle) == [[["--l0", CS], ["--l1", GM]]] or lines(handle) == [
        [["--l0", GM], ["--l1", CS]]
    ]
    chips = marks(handle).first.get_attribute("data-chips").split("·")
    assert sorted(chips) == ["CS", "GM"]


def test_tags_that_overlap_keep_their_lines_from_piece_to_piece(handle):
    tag(handle, "The red carpet", "1")
    tag(handle, "carpet is more", "2")

    assert marks(handle).all_text_contents() == ["The red ", "carpet", " is more"]
    assert lines(handle) == [[["--l0", CS]], [["--l0", CS], ["--l1", GM]], [["--l1", GM]]]


def test_a_tag_draws_only_the_pieces_again_that_it_changes(handle):
    tag(handle, "red carpet", "1")
    handle.page.evaluate("window.kept = document.querySelector('.fk-text mark')")

    tag(handle, "is more", "3")

    assert marks(handle).count() == 2
    assert handle.page.evaluate("window.kept.isConnected")


def test_the_tagger_asks_for_no_new_ranges(handle):
    """A browser adjusts each range with every change of the page, also one that nobody uses."""
    handle.page.evaluate("""() => {
      window.ranges = 0;
      const make = document.createRange;
      document.createRange = () => (window.ranges++, make.call(document));
    }""")

    select(handle, "red carpet")
    expect(handle.page.locator(".fk-palette")).to_be_visible()
    handle.page.keyboard.press("1")
    until(handle.page, lambda: marks(handle).count() == 1)

    # one is the test's own: it selects the words with it
    assert handle.page.evaluate("window.ranges") == 1


_CHIPS = """all => all.map((one) => {
  const { left, width, paddingLeft } = getComputedStyle(one, "::before");
  const { x, top } = one.getClientRects()[0];
  const end = one.closest("p").getBoundingClientRect().right;
  const wide = parseFloat(width) + 2 * parseFloat(paddingLeft);
  return [Math.round(top), x + parseFloat(left), wide, end];
})"""


@pytest.mark.parametrize("words", ["ed carpet", "d carpet", " red carpet is", "r"])
def test_chips_of_tags_that_begin_a_letter_apart_stand_side_by_side(handle, words):
    place = handle.widget.document.text.index("red carpet", handle.widget.start)
    start = handle.widget.document.text.index(words, place - 1)
    until(handle.page, lambda: handle.received)
    spans = [(place, place + 10, CODES[0]), (start, start + len(words), CODES[1])]

    send_tags(handle.widget, [*spans, (start, start + len(words), CODES[2])])
    expect(handle.root.locator("mark[data-chips]")).to_have_count(1 + (start != place))

    chips = sorted(handle.root.locator("mark[data-chips]").evaluate_all(_CHIPS))
    for (line, left, width, end), (other, at, *_) in zip(chips, [*chips[1:], (0, 0)], strict=True):
        assert line != other or left + width <= at + 0.5, chips
        assert left + width <= end, chips


_LAST_OF_A_LINE = """(text) => {
  const range = document.createRange();
  const ends = [...Array(200).keys()].map((n) => {
    range.setStart(text.lastChild, 2 * n);
    range.setEnd(text.lastChild, 2 * n + 1);
    return range.getBoundingClientRect().right;
  });
  return 2 * ends.indexOf(Math.max(...ends));
}"""


def test_the_chip_of_the_last_word_of_a_line_is_not_cut_off(page, open_widget, tmp_path):
    handle = open_widget(page, tagger_of(tmp_path, "a " * 300))
    until(page, lambda: handle.received)
    place = host(handle).locator("p").evaluate(_LAST_OF_A_LINE)

    send_tags(handle.widget, [(place, place + 1, CODES[0])])
    expect(handle.root.locator("mark")).to_have_count(1)

    [(_, left, width, end)] = handle.root.locator("mark").evaluate_all(_CHIPS)
    assert left + width <= end


def test_a_tag_inside_a_tag_has_its_own_lane_and_leaves_the_outer_whole(handle):
    tag(handle, "more than just a formality", "1")
    tag(handle, "just", "2")

    assert marks(handle).all_text_contents() == ["more than ", "just", " a formality"]
    assert [one.get_attribute("data-chips") for one in marks(handle).all()] == ["CS", "GM", None]


def test_the_fifth_chip_on_the_same_words_becomes_a_number(handle):
    for key in "123456":
        tag(handle, "red carpet", key)

    chips = marks(handle).first.get_attribute("data-chips").split("·")
    assert len(chips) == 5
    assert chips[-1] == "+2"


def test_words_under_many_codes_name_all_of_them(handle):
    for key in "123456":
        tag(handle, "red carpet", key)

    described = marks(handle).first.get_attribute("aria-description").split("; ")
    wanted = [handle.widget.codebook.code(code).name for code in CODES[:6]]
    assert sorted(described) == sorted(wanted)
    expect(rows(handle)).to_have_count(6)


def test_chips_and_numbers_never_become_text(handle):
    for key in "123":
        tag(handle, "red carpet", key)
    tag(handle, "carpet is more than", "4")

    assert shown_text(handle) == handle.widget.text
    host(handle).focus()
    handle.page.keyboard.press("Control+a")
    copied = handle.page.evaluate("getSelection().toString()")
    for sign in ("CS", "GM", "[15]"):
        assert sign not in copied


def test_words_are_found_again_after_they_were_cut_into_pieces(handle):
    tag(handle, "The red carpet", "1")
    tag(handle, "carpet is more", "2")

    select(handle, "red carpet is")
    handle.page.keyboard.press("3")

    until(handle.page, lambda: len(handle.widget.annotations.spans) == 3)
    assert sorted(span.quote for span in handle.widget.annotations.spans)[-1] == "red carpet is"
    assert shown_text(handle) == handle.widget.text


def test_a_tag_over_two_paragraphs_is_marked_in_both(handle):
    tag(handle, "formality\nAccording to", "1")

    assert marks(handle).all_text_contents() == ["formality", "According to"]
    assert [one.get_attribute("data-chips") for one in marks(handle).all()] == ["CS", None]
    assert shown_text(handle) == handle.widget.text


def test_a_hundred_tags_upon_another_leave_the_text_as_it_is(page, open_widget, tmp_path):
    text = "abcdefghij " * 30
    tagger = tagger_of(tmp_path, text.strip())
    handle = open_widget(page, tagger)

    send_tags(tagger, [(n, 200 - n, CODES[n % 8]) for n in range(1, 99)])

    expect(rows(handle)).to_have_count(98)
    assert shown_text(handle) == tagger.text
    assert {len(one) for one in lines(handle)} == {1, 2, 3, 4}  # more lines would be no help
    depths = [len(one.get_attribute("aria-description").split("; ")) for one in marks(handle).all()]
    assert max(depths) == 98  # but all are told
