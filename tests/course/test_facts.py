"""The facts that a rewriting must keep: each stands in the text where it says it does."""

import pytest
from for_each import for_each

from framingkit.course.data import list_articles, load_article, load_facts
from framingkit.course.record import parse_facts
from framingkit.errors import FramingkitError

FACTS = load_facts()
TEXT_SECTIONS = [one.id for one in load_article().sections if one.kind == "text"]


@for_each(list_articles())
def test_a_fact_stands_where_it_says(document):
    article = load_article(document)

    for fact in load_facts(document):
        section = article.section(fact.section)
        assert section.start <= fact.start < fact.end <= section.end, fact.id
        assert article.text[fact.start : fact.end] == fact.quote, fact.id


@for_each(TEXT_SECTIONS)
def test_every_section_of_the_article_has_facts(section):
    assert [fact.id for fact in FACTS if fact.section == section]


@for_each(FACTS)
def test_a_fact_is_one_short_plain_sentence(fact):
    assert fact.plain[0].isupper()
    assert fact.plain.endswith(".")
    assert len(fact.plain.split()) <= 20


def test_an_article_may_come_without_facts():
    assert load_facts("no-such-article") == ()


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ("", "'document' is missing"),
        ('document = "a"\nfact = 1', "unknown field 'fact'"),
        ('document = "a"\n[[facts]]\nid = "x"', "'section' is missing"),
    ],
)
def test_a_mistake_in_the_list_is_said(toml, said):
    with pytest.raises(FramingkitError, match=said):
        parse_facts(toml)
