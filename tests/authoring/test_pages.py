"""Saved pages of different make: the title and every paragraph, and a doubt about the rest."""

import pytest
from for_each import for_each
from saved_pages import HEADINGS, LATER, PAGES, PARAGRAPHS, TITLE, page

from framingkit.authoring.pages import read_page

LIST = "list_in_the_text"  # its two list entries belong to the text as well


def test_there_are_twenty_pages():
    assert len(PAGES) == 20
    assert not PAGES.keys() & LATER.keys()


@for_each(PAGES | LATER)
def test_title_and_all_paragraphs_are_found_in_order_and_nothing_else_without_doubt(make):
    found = read_page(make())
    sure = [block.text for block in found.blocks if not block.doubt and not block.is_heading]

    assert found.title == TITLE
    assert [text for text in sure if text in PARAGRAPHS] == list(PARAGRAPHS)
    assert len(sure) == len(PARAGRAPHS) + 2 * (make.__name__ == LIST)


@for_each(PAGES | LATER)
def test_the_headings_of_the_text_are_kept_and_no_others(make):
    found = read_page(make())

    assert tuple(block.text for block in found.blocks if block.is_heading) == HEADINGS


def test_what_a_page_says_of_itself_is_told_and_not_taken_over():
    found = read_page(PAGES["newspaper_with_cards"]())

    assert found.says["source"] == "The Tern"
    assert found.says["date"].startswith("2026-05-03")


@pytest.mark.parametrize("hidden", ['style="display:none"', "hidden", 'aria-hidden="true"'])
def test_what_no_reader_sees_is_no_part_of_it(hidden):
    words = "This line is for programs alone, and no reader has ever seen it on the page itself."
    found = read_page(page(f"<h1>{TITLE}</h1><p {hidden}>{words}</p>{PARAGRAPHS[0]}"))

    assert words not in [block.text for block in found.blocks]


def test_a_page_that_asks_for_a_subscription_says_that_it_is_only_a_beginning():
    found = read_page(page(f"<h1>{TITLE}</h1><p>{PARAGRAPHS[0]}</p><p>Subscribe to read on.</p>"))
    (warning,) = found.warnings

    assert "Sign in, open the whole article" in warning


def test_deep_and_broken_pages_end():
    found = read_page("<div>" * 5_000 + PARAGRAPHS[0] + "</p></div>" * 9 + "<b><i></b>")

    assert any(PARAGRAPHS[0] in block.text for block in found.blocks)
