"""What Python gets is what the learner saw, in any script and with any sign."""

import pytest
from playwright.sync_api import expect
from tagger_page import EDGES, SELECT, host, select, send_tags, shown_text, tagger_of, units, until

FAMILY = "\N{MAN}\u200d\N{WOMAN}\u200d\N{GIRL}\u200d\N{BOY}"
FLAG = "\N{REGIONAL INDICATOR SYMBOL LETTER R}\N{REGIONAL INDICATOR SYMBOL LETTER U}"
ACCENT = "re\N{COMBINING ACUTE ACCENT}ception"
ARABIC, HEBREW = "السجادة الحمراء", "שטיח אדום"
SAMPLES = {
    "plain words after an emoji": ("\N{FIRE} a red carpet", "red carpet"),
    "an emoji": ("so warm \N{FIRE} today", "\N{FIRE}"),
    "words around an emoji": ("so warm \N{FIRE} today", "warm \N{FIRE} today"),
    "a family of joined emoji": (f"the {FAMILY} came", FAMILY),
    "two families side by side": (f"the {FAMILY}{FAMILY} came", FAMILY + FAMILY),
    "a flag": (f"US {FLAG} rolls out", f"US {FLAG}"),
    "two flags side by side": (f"of {FLAG}{FLAG} here", FLAG + FLAG),
    "a skin tone": ("a wave \N{WAVING HAND SIGN}\U0001f3fd!", "\N{WAVING HAND SIGN}\U0001f3fd"),
    "a combining accent": (f"a {ACCENT} there", ACCENT),
    "Arabic": (f"قال {ARABIC} اليوم", ARABIC),
    "Arabic in Latin": (f"they say {ARABIC} today", f"say {ARABIC} today"),
    "Hebrew mixed with Latin": (f"the {HEBREW} of Alaska", f"{HEBREW} of"),
    "Hebrew, part of a mixed line": (f"x {HEBREW} y {HEBREW} z", f"{HEBREW} z"),
    "a tab": ("open\tending here", "open\tending"),
    "Chinese beyond the first plane": ("看𠀀𠀁𠀂字 here", "𠀁𠀂字"),
    "letters beside a pair": ("a\N{FIRE}b\N{FIRE}c", "b"),
    "between two pairs": ("\N{FIRE}\N{FIRE}word\N{FIRE}", "word"),
    "mathematical letters": ("𝒜 𝒷𝒸 treaty", "𝒷𝒸 treaty"),
    "curly quotes": ("a “diplomatic wind” blows", "“diplomatic wind”"),
    "a soft hyphen and a wide space": (
        "co\u00adoperation\u3000talks",
        "co\u00adoperation\u3000talks",
    ),
    "after an empty line": ("one \N{FIRE}\n\ntwo \N{FIRE} three", "two \N{FIRE} three"),
}

BEFORE = "\N{FIRE} before\n"
PAGE = "\n".join(text for text, _ in SAMPLES.values())
WORDS = [words for _, words in SAMPLES.values()]


def places():
    """Say where the words begin on the page of all samples, as Python counts."""
    line = 0
    for text, words in SAMPLES.values():
        yield line + text.index(words), words
        line += len(text) + 1


PLACES = list(places())


@pytest.fixture
def show(page, open_widget, tmp_path):
    """Show a text that comes after other characters, some of them of two units."""
    return lambda text: open_widget(page, tagger_of(tmp_path, text, BEFORE))


def test_python_has_the_words_that_were_selected(show):
    handle = show(PAGE)

    for start, words in PLACES:
        first = len(PAGE[:start].encode("utf-16-le")) // 2
        last = first + len(words.encode("utf-16-le")) // 2
        host(handle).evaluate(SELECT, [first, last])
        handle.page.keyboard.press("1")

    until(handle.page, lambda: len(handle.widget.annotations.spans) == len(PLACES))
    document = handle.widget.document.text
    spans = handle.widget.annotations.spans
    assert [document[span.start : span.end] for span in spans] == WORDS
    assert [span.quote for span in spans] == WORDS
    assert "".join(handle.root.locator("mark").all_text_contents()) == "".join(WORDS)
    assert shown_text(handle) == PAGE


def test_tags_that_python_has_are_shown_on_their_words(page, open_widget, tmp_path):
    tagger = tagger_of(tmp_path, PAGE, BEFORE)
    first = len(BEFORE)
    send_tags(tagger, [(first + start, first + start + len(w), "hedge") for start, w in PLACES])

    handle = open_widget(page, tagger_of(tmp_path, PAGE, BEFORE))

    expect(handle.root.locator(".fk-jump")).to_have_count(len(PLACES))
    assert "".join(handle.root.locator("mark").all_text_contents()) == "".join(WORDS)
    quotes = handle.root.locator(".fk-jump [dir]").all_text_contents()
    for quote, words in zip(quotes, WORDS, strict=True):
        assert " ".join(words.split()) in quote


@pytest.mark.parametrize("part", [(0, 2), (3, 5), (1, 4), (6, 11)], ids=str)
def test_a_part_of_a_joined_emoji_becomes_the_whole(show, part):
    handle = show(f"the {FAMILY} came")
    start = len("the ")

    host(handle).evaluate(
        "(host, [a, b]) => { const node = host.querySelector('p').lastChild; host.focus();"
        " getSelection().setBaseAndExtent(node, a, node, b); }",
        [start + part[0], start + part[1]],
    )
    handle.page.keyboard.press("1")

    until(handle.page, lambda: handle.widget.annotations.spans)
    assert handle.widget.annotations.spans[0].quote == FAMILY


def test_half_a_pair_becomes_the_whole_and_never_breaks_the_message(show):
    handle = show("a\N{FIRE}b")

    host(handle).evaluate(
        "(host) => { const node = host.querySelector('p').lastChild; host.focus();"
        " getSelection().setBaseAndExtent(node, 2, node, 4); }"
    )
    handle.page.keyboard.press("1")

    until(handle.page, lambda: handle.widget.annotations.spans)
    assert handle.widget.annotations.spans[0].quote == "\N{FIRE}b"


def test_white_space_at_the_edges_is_left_out(show):
    handle = show("one \N{FIRE} two\n three")

    select(handle, " \N{FIRE} two\n ")
    handle.page.keyboard.press("1")

    until(handle.page, lambda: handle.widget.annotations.spans)
    assert handle.widget.annotations.spans[0].quote == "\N{FIRE} two"


def test_words_of_a_right_to_left_line_are_dragged_over_from_the_right(show):
    handle = show(f"قال {ARABIC} اليوم")
    box = host(handle).evaluate(EDGES, units(handle.widget.text, ARABIC))
    (left, y), (right, _) = box
    mouse = handle.page.mouse

    mouse.move(right + 3, y)
    mouse.down()
    mouse.move((left + right) / 2, y)
    mouse.move(left - 3, y)
    mouse.up()
    handle.page.keyboard.press("1")

    until(handle.page, lambda: handle.widget.annotations.spans)
    assert handle.widget.annotations.spans[0].quote == ARABIC
    direction = host(handle).locator("p").first.evaluate("(p) => getComputedStyle(p).direction")
    assert direction == "rtl"


def test_the_words_typed_are_found_in_any_script(show):
    handle = show(f"\N{FIRE} {ARABIC} and \N{FIRE} {ARABIC}")
    handle.root.get_by_text("Tag by typing the words").click()

    handle.root.get_by_label("Words in the text").fill(f"\N{FIRE} {ARABIC}")
    handle.root.get_by_role("button", name="Tag all 2 places").click()

    until(handle.page, lambda: len(handle.widget.annotations.spans) == 2)
    assert {span.quote for span in handle.widget.annotations.spans} == {f"\N{FIRE} {ARABIC}"}
