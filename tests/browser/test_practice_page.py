"""Practice sentences on a real page: by keyboard and by mouse, offline, in two windows."""

import pytest
from playwright.sync_api import expect
from tagger_page import SELECT

from framingkit import course
from framingkit.feedback import next_sentence
from framingkit.widgets.practice import Practice
from framingkit.work import open_log, practice_answers, start_somebody_else
from framingkit.work.log import WorkLog

CODEBOOK, SENTENCES = course.load_codebook(), course.load_practice()
CORE = [code.id for code in CODEBOOK.core]


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def show(page, log, open_widget):
    """Open the sentences; the widget soon notices when nobody answers."""
    return lambda theme="light", codes=CORE: open_widget(
        page, Practice(CODEBOOK, codes, log, patience=400), theme
    )


def coming(log, codes=CORE):
    return next_sentence(SENTENCES, [one.as_try for one in practice_answers(log.state)], codes)


def text(handle):
    return handle.root.get_by_role("textbox", name="Sentence")


def told(handle):
    return handle.root.locator(".fk-told")


def badge(handle):
    return handle.root.locator(".fk-badge:visible")


def onward(handle):
    return told(handle).get_by_role("button")


def answer(handle, sentence, codes=CORE):
    """Answer as the reference reading does, by keyboard."""
    if not sentence.is_device:
        text(handle).press("n")
        return
    text(handle).evaluate(SELECT, [sentence.span.start, sentence.span.end])
    text(handle).press(str(codes.index(sentence.code) + 1))


def test_a_round_by_keyboard_alone_is_kept_and_says_how_it_went(show, log, page):
    handle = show()

    for number in range(10):
        sentence = coming(log)
        expect(text(handle)).to_have_text(sentence.text)
        expect(told(handle)).to_be_empty()
        answer(handle, sentence)
        expect(told(handle)).to_contain_text("Matches the reference reading")
        expect(told(handle)).to_contain_text(sentence.feedback)
        assert onward(handle).evaluate("one => one.matches(':focus')")
        if number < 9:
            page.keyboard.press("Enter")

    expect(told(handle)).to_contain_text("You found them all, and left plain words alone")
    expect(onward(handle)).to_have_text("Begin another round")
    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    assert all(one.is_match for one in practice_answers(log.state))


def test_keys_alone_select_words_and_reach_the_codes(show, log, page):
    handle = show()
    page.keyboard.press("Tab")

    expect(text(handle)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Enter")
    for key in ("ArrowRight", "ArrowLeft", "Enter"):
        page.keyboard.press(key)

    expect(onward(handle)).to_be_focused()
    (said,) = practice_answers(log.state)
    assert (said.tag.start, said.tag.label) == (0, CORE[0])


def test_a_code_without_words_answers_nothing_and_says_what_is_missing(show, log):
    handle = show()

    handle.root.get_by_role("toolbar").get_by_role("button").first.click()

    expect(handle.root.locator(".fk-rule")).to_contain_text("Select words of the sentence first")
    assert practice_answers(log.state) == []


def test_what_was_missed_is_shown_in_the_sentence_beside_the_learners_own_tag(show, log):
    handle = show()
    while not coming(log).is_device:
        answer(handle, coming(log))
        onward(handle).click()
    sentence = coming(log)
    code = next(one for one in CODEBOOK.core if one.id != sentence.code)
    text(handle).evaluate(SELECT, [sentence.span.start, sentence.span.end])
    handle.root.get_by_role("button", name=code.name, exact=True).click()

    expect(told(handle)).to_contain_text("Another code fits these words")
    chips = text(handle).locator("mark").first.get_attribute("data-chips")
    assert sorted(chips.split("·")) == sorted([f"{code.chip}?", CODEBOOK.code(sentence.code).chip])


def test_an_answer_without_a_connection_waits_and_is_replied_to_later(show, log):
    handle = show()
    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    sentence = coming(log)
    handle.drop_to_python = True
    answer(handle, sentence)
    expect(told(handle)).to_contain_text("The reply will appear", timeout=4000)
    assert practice_answers(log.state) == []

    handle.drop_to_python = False
    expect(told(handle)).to_contain_text(sentence.feedback, timeout=4000)
    assert len(practice_answers(log.state)) == 1


def test_a_reload_goes_on_with_the_next_sentence(show, log):
    handle = show()
    answer(handle, coming(log))
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    handle.reload()

    expect(text(handle)).to_have_text(coming(log).text)
    expect(handle.root.locator(".fk-step")).to_have_text("Sentence 2 of 10 in this round")


def test_an_answer_that_waited_over_a_reload_is_replied_to(show, log):
    handle = show()
    expect(badge(handle)).to_have_text("Saved", timeout=3000)
    sentence = coming(log)
    handle.drop_to_python = True
    answer(handle, sentence)
    expect(told(handle)).to_contain_text("The reply will appear", timeout=4000)

    handle.reload()
    handle.drop_to_python = False

    expect(told(handle)).to_contain_text(sentence.feedback, timeout=4000)
    assert len(practice_answers(log.state)) == 1


def test_two_windows_show_the_same_sentence_and_the_same_reply(context, log, open_widget):
    widget = Practice(CODEBOOK, CORE, log, patience=400)
    one, other = open_widget(context, widget), open_widget(context, widget)
    first = coming(log)
    expect(text(other)).to_have_text(first.text)

    answer(one, first)
    expect(told(other)).to_contain_text(first.feedback)
    onward(other).click()

    expect(text(other)).to_have_text(coming(log).text)
    expect(text(one)).to_have_text(first.text)


def test_somebody_else_at_work_begins_with_the_first_sentence(
    page, open_widget, monkeypatch, tmp_path
):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    log = open_log("amber-heron-417")
    handle = open_widget(page, Practice(CODEBOOK, CORE, log, patience=400))
    first = coming(log)
    answer(handle, first)
    expect(told(handle)).to_contain_text(first.feedback)

    start_somebody_else(log)

    expect(text(handle)).to_have_text(first.text)
    expect(told(handle)).to_be_empty()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_is_amiss_for_an_accessibility_checker(show, log, theme):
    handle = show(theme, [code.id for code in CODEBOOK.devices])
    assert handle.axe() == []

    text(handle).press("n")
    expect(told(handle)).not_to_be_empty()
    assert handle.axe() == []
