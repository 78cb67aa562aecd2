"""The preview: what a teacher reads and corrects is what the lesson is made of."""

import pytest
from for_each import for_each
from hypothesis import given
from hypothesis import strategies as st
from saved_pages import HEADINGS, PAGES, PARAGRAPHS, TITLE

from framingkit.authoring import Draft, Part, preview, read_preview, with_about
from framingkit.authoring.blocks import Block, Found
from framingkit.authoring.draft import drafted, slug
from framingkit.authoring.pages import read_page
from framingkit.authoring.texts import article_of, document_toml, tagged_in
from framingkit.course import parse_document
from framingkit.errors import FramingkitError

ABOUT = {
    "title": TITLE,
    "source": "The Tern",
    "date": "unknown",
    "language": "en",
    "rights": "mine",
}
SIGNS = st.characters(blacklist_categories=("C", "Z"), min_codepoint=33)
WORDS = st.text(SIGNS, min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join).map(lambda one: f"a {one} z")
PARAGRAPHS_OF = st.lists(LINES, min_size=1, max_size=3).map(tuple)
PART = st.builds(Part, LINES, PARAGRAPHS_OF, st.booleans(), st.booleans())
PARTS = st.lists(PART, min_size=1, max_size=4).map(tuple)


@for_each(PAGES)
def test_a_preview_that_is_left_as_it_is_gives_the_same_draft(make):
    draft, doubtful = drafted(read_page(make()), ABOUT)

    again = read_preview(preview(draft, doubtful))
    assert again.parts == draft.parts
    assert again.about == ABOUT
    assert again.doubtful == draft.doubtful


@given(PARTS)
def test_any_parts_come_back_from_a_preview(parts):
    assert read_preview(preview(Draft(ABOUT, parts), [])).parts == parts


@given(PARTS)
def test_an_article_is_all_its_lines_and_its_sections_cover_them(parts):
    article = article_of(Draft(ABOUT, parts), "fog")

    for part, section in zip(parts, article.sections, strict=True):
        assert article.text_of(section.id) == "\n".join(part.lines)
    assert tagged_in(Draft(ABOUT, parts), article) == tuple(
        one.id for one, part in zip(article.sections, parts, strict=True) if part.tagged
    )
    assert parse_document(document_toml(article), article.text.encode()) == article


def test_a_doubtful_line_is_left_out_until_its_sign_is_taken_away():
    draft, doubtful = drafted(read_page(PAGES["newspaper_with_cards"]()), ABOUT)
    text = preview(draft, doubtful)
    caption = next(block.text for _, block in doubtful if "Photograph" in block.text)
    kept = read_preview(text.replace(f"?? {caption}", caption))

    assert caption not in str(draft.parts)
    assert [caption in part.paragraphs for part in kept.parts].count(True) == 1
    assert "(it is the caption of a picture)" not in str(kept.parts)


def test_parts_may_be_renamed_moved_and_marked():
    draft = Draft(ABOUT, (Part("Headline", (TITLE,)), Part("Opening", PARAGRAPHS[:2])))
    text = preview(draft, []).replace("== Opening", "== The deck *").replace(
        PARAGRAPHS[1], f"## {HEADINGS[0]}\n{PARAGRAPHS[1]}"
    )  # fmt: skip
    parts = read_preview(text).parts

    assert parts[1] == Part("The deck", PARAGRAPHS[:1], tagged=True)
    assert parts[2] == Part(HEADINGS[0], PARAGRAPHS[1:2], is_heading=True)


def test_nothing_about_a_text_is_guessed():
    draft, doubtful = drafted(read_page(PAGES["newspaper_with_cards"]()), {})

    assert read_preview(preview(draft, doubtful)).missing == [
        "source",
        "date",
        "language",
        "rights",
    ]
    with pytest.raises(FramingkitError, match="the kit does not guess it"):
        article_of(draft, "fog")


def test_what_is_asked_goes_into_the_preview_and_nowhere_else():
    draft, doubtful = drafted(read_page(PAGES["newspaper_with_cards"]()), {})
    text = with_about(preview(draft, doubtful), ABOUT)

    assert read_preview(text).about == ABOUT
    assert read_preview(text).parts == draft.parts


@pytest.mark.parametrize(
    "spoil", [lambda text: text.replace("----", ""), lambda text: text.partition("== Head")[0]]
)
def test_a_preview_that_lost_its_text_says_what_to_do(spoil):
    draft, doubtful = drafted(read_page(PAGES["blog"]()), ABOUT)
    with pytest.raises(FramingkitError, match=r"Put it back|Write or paste it"):
        read_preview(spoil(preview(draft, doubtful)))


def test_headings_that_repeat_get_names_of_their_own():
    blocks = [Block("Fog", True), Block("It is foggy.")] * 3
    draft, _ = drafted(Found(TITLE, tuple(blocks)), ABOUT)

    ids = [section.id for section in article_of(draft, "fog").sections]
    assert ids == ["headline", "fog", "fog-2", "fog-3"]


@for_each(range(1, 12))
def test_a_text_without_headings_is_divided_and_loses_nothing(count):
    blocks = tuple(Block(f"{number} {words}") for number, words in enumerate(PARAGRAPHS * 2))[
        :count
    ]
    draft, _ = drafted(Found(TITLE, blocks), ABOUT)

    assert [text for part in draft.parts[1:] for text in part.paragraphs] == [
        b.text for b in blocks
    ]
    assert draft.proposed == (count >= 4)
    assert any(part.tagged for part in draft.parts)


def test_an_id_holds_only_what_every_system_can_name():
    assert slug("../../etc: Ça va?") == "etc-ca-va"
