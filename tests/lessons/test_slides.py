"""The slides for a projector: made from the lesson, and no answer before its question."""

import re
from html import unescape

import make_slides
from for_each import for_each

from framingkit.course import load_items, load_outlines

MADE = make_slides.make()
SLIDES = re.findall(r'<section id="s\d+".*?</section>', MADE.decode(), re.DOTALL)
TEXTS = [" ".join(unescape(re.sub(r"<[^>]+>", " ", slide)).split()) for slide in SLIDES]
ITEMS = load_items(make_slides.LESSON)
(OUTLINE,) = [one for one in load_outlines() if one.id == make_slides.LESSON]
EXIT = {id for part in OUTLINE.parts if part.name == "Exit ticket" for id in part.items}
OPTIONAL = {id for part in OUTLINE.parts if part.is_optional for id in part.items}


def first(words: str) -> int | None:
    found = [number for number, text in enumerate(TEXTS) if " ".join(words.split()) in text]
    return min(found, default=None)


def test_the_page_in_the_guide_is_the_one_that_is_made_now():
    assert make_slides.PAGE.read_bytes() == MADE


@for_each([item for item in ITEMS if item.id not in EXIT | OPTIONAL])
def test_a_question_is_a_slide_before_its_answer(item):
    question = first(item.prompt)
    assert question is not None
    for option in item.options:
        if option.correct:
            answer = first(option.feedback)
            assert answer == question + 1
            assert option.feedback not in TEXTS[question]
    assert not item.worked or item.worked[:40] not in MADE.decode()


@for_each([item for item in ITEMS if item.id in EXIT | OPTIONAL])
def test_nothing_of_the_exit_ticket_is_on_the_wall(item):
    assert first(item.prompt) is None


def test_a_worked_example_asks_before_it_answers():
    asked, told = first("Does a plain word keep the fact?"), first("Yes: “a setting”")

    assert told == asked + 1


def test_the_reference_reading_comes_after_all_tagging_and_questions():
    first_tag = next(n for n, text in enumerate(TEXTS) if text.startswith("The reference reading"))
    asked = [first(item.prompt) for item in ITEMS if item.id not in EXIT | OPTIONAL]

    assert first_tag > max(asked)


def test_the_plan_has_the_minutes_of_the_lesson():
    for start, part in make_slides.core(OUTLINE):
        assert f"{start}–{start + part.minutes} {part.name}" in TEXTS[1]


def test_the_page_loads_nothing_and_lets_only_its_own_script_run():
    page = MADE.decode()

    assert "default-src 'none'" in page
    assert "script-src 'sha256-" in page
    assert not re.search(r'(?:src|href)="', page)
