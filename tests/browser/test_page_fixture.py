"""The page on which widgets are tested: messages go both ways, in order, unless it is deaf."""

import pytest
from playwright.sync_api import Error, expect

from framingkit import course
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog


def make_tagger(tmp_path):
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    codes = ["game_metaphor", "ceremony_symbol"]
    return SpanTagger(
        course.load_article(), "ending", course.load_codebook(), codes=codes, work_log=log
    )


def test_a_real_widget_and_its_python_object_talk_to_each_other(page, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)

    handle = open_widget(page, tagger)

    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    assert [one["kind"] for one in handle.received] == ["hello"]


def test_a_widget_that_counts_characters_by_itself_is_noticed(page, open_widget, tmp_path):
    class Counts(SpanTagger):
        _esm = "export default { render: ({ model }) => [...model.get('title')].length };"

    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    article, codebook = course.load_article(), course.load_codebook()

    with pytest.raises(Error, match="takes a text apart by itself: Open ending"):
        open_widget(page, Counts(article, "ending", codebook, codes=["hedge"], work_log=log))


def test_a_deaf_page_learns_that_it_is_alone_and_a_reload_ends_it(page, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)
    tagger.patience = 200
    handle = open_widget(page, tagger)
    handle.drop_to_python = True

    handle.reload()

    badge = handle.root.locator(".fk-badge")
    expect(badge).to_contain_text("Not connected")
    handle.drop_to_python = False
    handle.reload()
    expect(badge).to_have_text("Saved")


def test_pages_of_one_widget_hear_the_same(context, open_widget, tmp_path):
    tagger = make_tagger(tmp_path)
    first, second = open_widget(context, tagger), open_widget(context, tagger, theme="dark")

    tagger.send({"kind": "refused", "ids": [], "reason": "A sentence for all."})

    for handle in (first, second):
        expect(handle.root.get_by_text("A sentence for all.").first).to_be_visible()
