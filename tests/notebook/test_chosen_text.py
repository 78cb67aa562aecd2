"""The text that a learner chose in the capstone."""

import pytest
from for_each import for_each

from framingkit.course.data import load_article, load_items
from framingkit.notebook.chosen_text import CHOICES, CLOSELY, FRAMED, chosen_text
from framingkit.notebook.lesson import open_lesson
from framingkit.widgets import showing

ITEM = "capstone-text"


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    return open_lesson("05-capstone")


@pytest.fixture
def shown(monkeypatch):
    things = []
    monkeypatch.setattr(showing, "show", lambda *more: things.extend(more))
    return things


def own(lesson):
    lesson.use_text("It is hot.\n\nNo one is sure.", title="Mine", parts=True)
    lesson.answer(ITEM, "c")
    return chosen_text(lesson, ITEM)


def test_without_an_answer_the_first_text_is_there_so_that_all_cells_can_run(lesson):
    assert repr(chosen_text(lesson, ITEM)) == "ChosenText(trade-summit)"


@pytest.mark.parametrize(
    ("words", "id"),
    [("trade", "trade-summit"), ("climate", "climate-summit"), ("my own", "own-text")],
)
def test_each_answer_takes_the_text_that_it_names(lesson, words, id):
    letter = next(one.id for one in lesson.items[ITEM].options if words in one.text)
    lesson.answer(ITEM, letter)

    assert chosen_text(lesson, ITEM).id == id


def test_every_answer_on_offer_has_a_text():
    asked = next(item for item in load_items("05-capstone") if item.id == ITEM)

    assert [option.id for option in asked.options] == list(CHOICES)


@for_each(["trade-summit", "climate-summit"])
def test_a_constructed_text_has_the_sections_that_are_tagged(id):
    sections = {one.id for one in load_article(id).sections}

    assert {*CLOSELY, FRAMED} <= sections


def test_there_is_a_tagger_for_each_section_to_tag(lesson, shown):
    chosen_text(lesson, ITEM).tag()

    assert [one.section.id for one in shown] == list(CLOSELY)
    assert [one.offered for one in shown] == [8, 8, 8]


def test_all_codes_can_be_on_offer(lesson, shown):
    chosen_text(lesson, ITEM).tag(all_codes=True)

    assert [one.offered for one in shown] == [14, 14, 14]


def test_a_text_stands_once_with_taggers_where_it_is_tagged(lesson, shown):
    text = chosen_text(lesson, ITEM)

    text.read_and_tag()

    document = load_article(text.id)
    assert [getattr(one, "offered", 0) for one in shown] == [0, 14, 0, 14, 14]
    said = "".join(getattr(one, "html", "") or one.text for one in shown)
    for section in document.sections:
        first = document.text_of(section.id).split("\n")[0][:40]
        assert said.count(first) == 1, section.id


def test_of_an_own_text_all_parts_are_taggers(lesson, shown):
    text = own(lesson)

    text.read_and_tag()

    assert [one.section.id for one in shown[-2:]] == ["part-1", "part-2"]


def test_a_text_that_was_shown_before_can_be_opened_again(lesson, shown):
    page = chosen_text(lesson, ITEM).read(folded=True)

    assert "<details><summary>The text again</summary>" in page.html
    assert page.html.count("framingkit-article") == 1


def test_of_an_own_text_every_part_is_read_and_tagged(lesson, shown):
    text = own(lesson)

    text.tag()

    assert [tagger.section.id for tagger in shown[-2:]] == ["part-1", "part-2"]
    assert "No one is sure" in text.read().html


def test_the_frames_of_an_own_text_are_those_of_its_first_part(lesson):
    assert repr(own(lesson).frames()).startswith("FrameGrid(own-text, part-1:")


def test_the_frames_of_a_constructed_text_are_those_of_its_commentary(lesson):
    said = repr(chosen_text(lesson, ITEM).frames())

    assert said.startswith("FrameGrid(trade-summit, commentary:")


@pytest.mark.parametrize("act", ["read", "tag", "read_and_tag", "frames"])
def test_an_own_text_that_is_not_there_yet_is_met_with_a_sentence(lesson, act):
    lesson.answer(ITEM, "c")

    page = getattr(chosen_text(lesson, ITEM), act)()

    assert "There is no text of your own yet" in page.words


def test_tags_are_compared_with_those_of_the_first_reading(lesson):
    text = chosen_text(lesson, ITEM)
    lesson.add_tag("opening move", "game_metaphor", document=text.id)
    text.milestone("first reading")
    lesson.add_tag("always", "booster", document=text.id)

    page = text.before_after("first reading")

    assert "Kept: 1. Added: 1." in page.html
