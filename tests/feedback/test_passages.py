import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framingkit.base.html import PASSAGE_STYLE, list_html, table_html
from framingkit.course.codebooks import parse_codebook
from framingkit.course.data import load_article, load_codebook, load_reference
from framingkit.course.documents import MISSING_PICTURE, Document, Section
from framingkit.course.sentences import split_lines
from framingkit.course.spans import Span
from framingkit.errors import FramingkitError
from framingkit.feedback.passages import mark_html, tags_page

ALLOWED = {
    "div", "style", "p", "mark", "sup", "small", "em", "strong", "ul", "li", "table", "caption",
    "thead", "tbody", "tr", "th", "td", "span",
}  # fmt: skip
ALLOWED_ATTRIBUTES = {"class", "dir", "title", "scope", "style"}
# a style names looks of the kit, and nothing that anybody wrote
LOOK = re.compile(
    r"--[cl][012]?:var\(--fk-[a-z]{2}(?:-line)?\)(?:;--[cl][012]?:var\(--fk-[a-z]{2}-line\))*"
)
CODEBOOK = load_codebook()
EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;\"'"


class Reader(HTMLParser):
    """Reads a passage back: the words of its paragraphs, and everything that was used."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.styles: set[str] = set()
        self.paragraphs: list[str] = []
        self.chips: list[str] = []
        self.deepest_mark = 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.styles |= {text for name, text in attrs if name == "style"}
        self.deepest_mark = max(self.deepest_mark, self.open.count("mark"))
        if tag == "p":
            self.paragraphs.append("")
        if tag == "sup":
            self.chips.append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "sup" in self.open:
            self.chips[-1] += data
        elif "p" in self.open and "small" not in self.open:
            self.paragraphs[-1] += data


def read(page: str) -> Reader:
    reader = Reader(page)
    assert reader.open == []
    assert reader.tags <= ALLOWED
    assert reader.attributes <= ALLOWED_ATTRIBUTES
    assert all(LOOK.fullmatch(style) for style in reader.styles), reader.styles
    return reader


def document_of(text: str) -> Document:
    return Document("d", "D", text, "", (Section("all", "All", 0, len(text)),))


@st.composite
def tagged_texts(draw):
    visible = st.sampled_from("<>&\"'aB. \n;/=م🏔") | st.characters(exclude_categories=["Cs"])
    text = draw(st.text(visible, min_size=1))
    span = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)).map(
        lambda p: (p[0], min(p[0] + p[1], len(text)))
    )
    labels = st.sampled_from([code.id for code in CODEBOOK.devices])
    spans = draw(st.lists(st.builds(lambda o, label: Span(*o, label), span, labels), max_size=8))
    return text, spans


@given(tagged_texts())
def test_whatever_the_text_and_tags_the_words_come_back_and_nothing_else(tagged):
    text, spans = tagged

    reader = read(mark_html(document_of(text), spans, CODEBOOK, "all", plain=True))

    assert reader.paragraphs == [text[a:b] for a, b in split_lines(text, 0, len(text))]
    assert reader.deepest_mark <= 1


def test_markup_in_text_notes_labels_and_chips_stays_text():
    codebook = parse_codebook(
        'id = "c"\ntitle = "C"\nversion = "1"\n[[devices]]\nid = "evil"\nchip = "EV"\n'
        f'name = """{EVIL[:-1]}"""\ntier = "core"\ndefinition = "d"\n'
        'decision_rule = "r"\nexample = "e"\n'
    )
    note = Span(0, 8, "evil", note=EVIL)

    page = mark_html(document_of(EVIL), [note], codebook, "all")

    assert "script" not in read(page).tags
    assert "<script" not in page
    assert "<img" not in page


def test_half_a_surrogate_pair_becomes_a_sign_that_a_file_can_hold():
    page = mark_html(document_of("ice"), [Span(0, 3, "hedge", note="\ud83c")], CODEBOOK, "all")

    assert "\ufffd" in page.encode("utf-8").decode("utf-8")


def test_overlapping_tags_each_begin_with_their_chip_and_are_explained_below():
    article = load_article()
    spans = [Span(2699, 2722, "either_or_question"), Span(2712, 2721, "war_metaphor")]

    page = mark_html(article, spans, CODEBOOK, "ending")

    assert read(page).chips == ["EO\u00a0", "WM\u00a0"]
    rows = re.sub(r"<(?!/?t[hrd]\b)[^>]+>", "", page)
    assert '<th scope="row">EO Either-or question </th><td>Handshake or new fight?</td>' in rows
    assert '<th scope="row">WM War metaphor </th><td>new fight</td><td>[20]</td>' in rows


def test_a_tag_that_runs_over_a_line_end_shows_its_chip_again():
    page = mark_html(
        document_of("Trade.\nArms."), [Span(2, 9, "hedge")], CODEBOOK, "all", plain=True
    )

    assert read(page).chips == ["HE\u00a0", "HE\u00a0"]


def test_every_entry_of_the_reference_reading_has_its_chip_but_those_of_the_missing_picture():
    spans = load_reference().annotation_set.spans

    html = tags_page(load_article(), spans, CODEBOOK).html

    assert len(read(html).chips) == 89
    assert html.count('<th scope="row">') == 89
    assert "<style>" not in html
    assert "![]()" not in html


def test_the_missing_picture_is_said_and_never_shown_as_text():
    page = mark_html(load_article(), [], CODEBOOK, "caption")

    assert read(page).paragraphs == [MISSING_PICTURE]


def test_sentences_carry_their_numbers_of_the_whole_document():
    page = mark_html(load_article(), [], CODEBOOK, "ending")

    assert [f"[{number}]\u00a0" in page for number in (19, 20, 21, 22, 23)] == [
        False,
        True,
        True,
        True,
        False,
    ]


def test_without_tags_there_is_no_table_and_plain_has_neither_style_nor_table():
    article = load_article()
    spans = [Span(2699, 2708, "ceremony_symbol")]

    assert "table" not in read(mark_html(article, [], CODEBOOK, "ending")).tags
    assert read(mark_html(article, spans, CODEBOOK, "ending", plain=True)).tags == {
        "div", "p", "small", "mark", "sup", "span",
    }  # fmt: skip


def test_every_paragraph_finds_its_own_direction_and_chips_do_not_decide_it():
    page = mark_html(document_of("مصافحة"), [Span(0, 3, "hedge")], CODEBOOK, "all", plain=True)

    assert page.count('dir="auto"') == page.count("<p ")
    assert '<sup dir="ltr">' in page
    assert '<small dir="ltr">' in page


def test_a_note_is_shown_in_the_table():
    page = mark_html(load_article(), [Span(2699, 2708, "hedge", note="who?")], CODEBOOK, "ending")

    assert '<th scope="col">Note</th>' in page
    assert "<td>who?</td>" in page


def test_an_unknown_section_or_label_is_refused():
    with pytest.raises(FramingkitError, match="'agendum'"):
        mark_html(load_article(), [], CODEBOOK, "agendum")
    with pytest.raises(FramingkitError, match="'irony'"):
        mark_html(load_article(), [Span(2699, 2708, "irony")], CODEBOOK, "ending")


def test_the_same_input_gives_the_same_bytes():
    spans = load_reference().annotation_set.spans

    pages = {mark_html(load_article(), order, CODEBOOK, "lead") for order in (spans, spans[::-1])}

    assert len(pages) == 1


def test_lists_and_tables_escape_as_well():
    page = list_html(EVIL, [EVIL]) + table_html(EVIL, [EVIL, "n"], [[EVIL, EVIL]])

    assert read(page).tags.isdisjoint({"script", "img"})


def test_the_style_reaches_nothing_outside_the_passage():
    style = PASSAGE_STYLE

    bare = re.sub(r"/\*.*?\*/|@media [^{]+\{", "", style, flags=re.DOTALL)
    selectors = [part.rpartition("{")[0] for part in bare.split("}") if "{" in part]
    ours = (
        "li > ",
        ".framingkit-passage",
        ".framingkit-article",
        ".framingkit-chip",
        ".framingkit-line",
    )
    parts = [one for found in selectors for one in re.split(r",(?![^(]*\))", found)]
    assert [one for one in parts if not one.strip().removeprefix(":is(").startswith(ours)] == []
    assert "url(" not in style
    assert "@import" not in style
