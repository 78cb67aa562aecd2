"""A question on a real page: by mouse, by keyboard, without a connection, in two windows."""

import errno

import pytest
from playwright.sync_api import expect

from framingkit.base import disk
from framingkit.course.data import load_items
from framingkit.course.items import Item, Option
from framingkit.widgets.question import Question
from framingkit.work.log import WorkLog

ITEMS = {item.id: item for item in load_items("03-commentary")}
CHESS, WRITTEN = ITEMS["what-chess-hides"], ITEMS["swap-the-picture"]
CHOICE = ITEMS["exit-real-chess"]
STEPS = Item(
    "steps", "03-commentary", "order", "In which order do you ask?", 1, "understand",
    tuple(Option(id, f"Step {id}") for id in "cab"),
)  # fmt: skip
SURE = Item("sure", "01-context", "confidence", "How sure are you?", 1, "evaluate")
GUESS = Item(
    "guess", "00-start-here", "choice", "What do you expect?", 1, "remember",
    (Option("a", "It answers."), Option("b", "It does not.")), scored=False,
)  # fmt: skip


@pytest.fixture
def log(tmp_path):
    return WorkLog(tmp_path / "amber-heron-417.jsonl")


@pytest.fixture
def show(page, log, open_widget):
    """Open a question on the test's page; it soon notices when nobody answers."""
    return lambda item: open_widget(page, Question(item, log, patience=400))


@pytest.fixture
def full_disk(monkeypatch):
    def refuse(path, lines):
        raise disk.explain(OSError(errno.ENOSPC, "full"), path)

    monkeypatch.setattr(disk, "append", refuse)


def said(handle):
    return handle.root.locator(".fk-reply")


def why(handle, id):
    """Find the reason that stands below an option."""
    item = handle.widget.question
    place = [option.id for option in item.options].index(id)
    return handle.root.locator(".fk-answer").nth(place).locator(".fk-tell")


def heard(handle):
    return handle.root.locator(".fk-aloud")


def chosen(handle):
    """Name the step of how sure somebody is."""
    return handle.root.locator(".fk-scale label:has(:checked)")


def press(handle):
    handle.root.locator(".fk-main-button").click()


def badge(handle):
    """What the learner sees of it: nothing while there is nothing to be saved."""
    return handle.root.locator(".fk-badge:visible")


def test_one_answer_by_mouse_gets_its_reason(show):
    handle = show(CHOICE)

    handle.root.get_by_text(CHOICE.option("b").text).click()
    press(handle)

    expect(why(handle, "b")).to_have_text(f"Not yet {CHOICE.option('b').feedback}")
    expect(said(handle)).to_contain_text("Not yet")
    expect(heard(handle)).to_contain_text(f"Not yet. Not yet: {CHOICE.option('b').feedback}")
    expect(handle.root.get_by_role("radio").nth(1)).to_have_accessible_description(
        f"Not yet {CHOICE.option('b').feedback}"
    )
    expect(why(handle, "a")).to_be_empty()
    assert handle.widget.response == {"choice": "b"}


def test_a_right_answer_says_so_and_can_be_asked_about_the_other_options(show):
    handle = show(CHOICE)
    right = next(option for option in CHOICE.options if option.correct)
    wrong = next(option for option in CHOICE.options if not option.correct)

    handle.root.get_by_text(right.text, exact=True).click()
    press(handle)
    expect(said(handle)).to_contain_text("Right")
    expect(why(handle, wrong.id)).to_be_empty()
    handle.root.get_by_role("button", name="Why not the other answers?").click()

    expect(why(handle, wrong.id)).to_contain_text(f"Not this one {wrong.feedback}")
    expect(why(handle, right.id)).to_contain_text("Yes")
    expect(handle.root.get_by_role("radio").first).to_be_focused()


def test_another_choice_takes_away_what_was_said_about_the_last_one(show):
    handle = show(CHOICE)
    handle.root.get_by_role("radio").nth(1).check()
    press(handle)
    expect(said(handle)).to_contain_text("Not yet")

    handle.root.get_by_role("radio").nth(0).check()

    expect(said(handle)).to_be_empty()
    expect(why(handle, "b")).to_be_empty()
    expect(handle.root.locator(".fk-hint")).to_contain_text("Not saved yet")


def test_one_answer_by_keyboard_with_how_sure(show, page):
    handle = show(CHOICE)

    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(why(handle, "b")).to_contain_text(CHOICE.option("b").feedback)
    expect(chosen(handle)).to_have_text("Certain")
    expect(said(handle)).to_contain_text("You said: certain.")
    assert handle.widget.response == {"choice": "b", "confidence": 100}


def test_how_sure_is_left_out_until_it_is_given(show):
    handle = show(CHOICE)
    expect(chosen(handle)).to_have_count(0)

    handle.root.get_by_role("radio").first.check()
    press(handle)

    expect(said(handle)).not_to_be_empty()
    assert handle.widget.response == {"choice": "a"}


def test_several_answers_by_mouse_each_get_a_reason_and_a_name(show):
    handle = show(CHESS)

    handle.root.get_by_text(CHESS.option("c").text).click()
    handle.root.get_by_text(CHESS.option("a").text).click()
    press(handle)

    expect(why(handle, "a")).to_have_text(f"Yes {CHESS.option('a').feedback}")
    expect(why(handle, "c")).to_have_text(f"Does not fit {CHESS.option('c').feedback}")
    expect(said(handle)).to_contain_text("Not yet2 more fit, so look again.")


def test_several_answers_by_keyboard(show, page):
    handle = show(CHESS)

    for key in ("Tab", "Space", "Tab", "Space", "Control+Enter"):
        page.keyboard.press(key)

    expect(why(handle, "a")).to_contain_text(CHESS.option("a").feedback)
    expect(said(handle)).to_contain_text("Partly right")
    assert handle.widget.response == {"choices": ["a", "b"]}


@pytest.fixture
def three(page, log, open_widget):
    """Open three questions of one cell."""
    items = [CHOICE, CHESS, WRITTEN]

    def opened(**more):
        return [
            open_widget(
                page, Question(item, log, spot=["one cell", place, 3], patience=400), **more
            )
            for place, item in enumerate(items)
        ]

    return opened


def in_sight(handles):
    return [handle.root.is_visible() for handle in handles]


def test_the_questions_of_a_cell_come_one_at_a_time(three, page):
    first, second, third = three()
    assert in_sight([first, second, third]) == [True, False, False]
    expect(first.root.locator(".fk-kicker")).to_contain_text("Question 1 of 3")
    expect(first.root.get_by_role("button", name="Next question")).to_have_count(0)
    right = next(option for option in CHOICE.options if option.correct)

    first.root.get_by_text(right.text, exact=True).click()
    press(first)
    expect(first.root.locator(".fk-main-button:visible")).to_have_text("Next question")
    expect(why(first, right.id)).to_be_visible()
    first.root.get_by_role("button", name="Next question").press("Enter")

    assert in_sight([first, second, third]) == [False, True, False]
    expect(second.root.get_by_role("checkbox").first).to_be_focused()
    expect(second.root.get_by_role("button", name="Question 1 of 3, done")).to_be_visible()
    second.root.get_by_role("button", name="Question 3 of 3", exact=True).click()
    expect(third.root.get_by_role("textbox")).to_be_focused()
    page.emulate_media(media="print")
    assert in_sight([first, second, third]) == [True, True, True]
    assert third.axe() == []


def test_a_wrong_answer_offers_to_go_on_and_keeps_the_main_button(three):
    first, *_ = three()
    wrong = next(option for option in CHOICE.options if not option.correct)

    first.root.get_by_text(wrong.text, exact=True).click()
    press(first)

    expect(first.root.get_by_role("button", name="Next question")).to_be_visible()
    expect(first.root.locator(".fk-main-button:visible")).to_have_text("Check my answer")


def test_a_cell_opens_at_the_first_question_that_is_not_answered(three, log):
    log.act("answer", CHOICE.id, response={"choice": "a"})
    handles = three()

    expect(handles[1].root).to_be_visible()
    assert in_sight(handles) == [False, True, False]
    handles[1].root.get_by_role("checkbox").first.check()
    log.act("answer", CHOICE.id, response={"choice": "b"})
    handles[1].page.wait_for_timeout(200)
    assert in_sight(handles) == [False, True, False]


def test_two_views_of_a_set_turn_together(three):
    first, second, _ = three()
    other = second.add_view()

    first.root.get_by_role("button", name="Question 2 of 3").click()

    expect(second.root).to_be_visible()
    expect(other).to_be_visible()
    expect(first.root).to_be_hidden()


def test_putting_in_order_by_mouse(show):
    handle = show(STEPS)

    rows = handle.root.locator("li")
    for place, id in enumerate("cab"):
        while rows.evaluate_all("all => all.map((row) => row.dataset.id)").index(id) > place:
            handle.root.get_by_role("button", name=f"Move up: Step {id}").click()
    press(handle)

    expect(said(handle)).to_have_text("RightThis is the order.")
    assert handle.widget.response == {"order": ["c", "a", "b"]}


def test_putting_in_order_by_keyboard_keeps_the_focus_and_says_the_place(show, page):
    handle = show(STEPS)
    button = handle.root.get_by_role("button", name="Move down").first
    name = button.get_attribute("aria-label").removeprefix("Move down: ")

    button.focus()
    page.keyboard.press("Enter")

    same = handle.root.get_by_role("button", name=f"Move down: {name}")
    expect(same).to_be_focused()
    expect(handle.root.locator(".fk-options .fk-aloud")).to_contain_text(f"“{name}” is now 2 of 3.")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(same).to_be_focused()
    expect(handle.root.locator(".fk-options .fk-aloud")).to_contain_text(
        f"“{name}” is already last."
    )


def test_how_sure_is_not_preset(show):
    handle = show(SURE)
    expect(chosen(handle)).to_have_count(0)

    press(handle)
    expect(said(handle)).to_contain_text("Nothing is answered yet.")
    assert handle.widget.response is None
    handle.root.get_by_role("radio", name="Fairly sure").check()
    press(handle)

    expect(said(handle)).to_have_text("KeptYour answer is kept; there is no right answer here.")
    assert handle.widget.response == {"confidence": 75}


@pytest.mark.parametrize(
    ("number", "step"),
    [
        (0, "Guessing"),
        (12, "Guessing"),
        (13, "Not very sure"),
        (80, "Fairly sure"),
        (88, "Certain"),
    ],
)
def test_a_number_of_an_earlier_version_is_shown_at_the_nearest_step_and_stays(
    show, log, number, step
):
    log.act("answer", CHOICE.id, response={"choice": "a", "confidence": number})
    handle = show(CHOICE)
    expect(chosen(handle)).to_have_text(step)

    handle.root.get_by_role("radio").nth(2).check()
    press(handle)

    expect(why(handle, "c")).not_to_be_empty()
    assert handle.widget.response == {"choice": "c", "confidence": number}
    handle.root.get_by_role("radio", name="Half and half").check()
    press(handle)
    expect(said(handle)).to_contain_text("You said: half and half.")
    assert handle.widget.response == {"choice": "c", "confidence": 50}


def test_a_number_by_keyboard(show, page):
    handle = show(SURE)

    for key in ("Tab", "Space", "ArrowRight", "Tab", "Enter"):
        page.keyboard.press(key)

    expect(said(handle)).not_to_be_empty()
    assert handle.widget.response == {"confidence": 25}


def test_a_text_saves_itself_without_a_reply_and_the_button_brings_the_reply(show):
    handle = show(WRITTEN)
    text = "word " * WRITTEN.min_words

    handle.root.get_by_role("textbox").press_sequentially(text)
    expect(badge(handle)).to_have_text("Saved", timeout=3000)

    assert handle.widget.response == {"text": text}
    expect(said(handle)).to_be_empty()
    press(handle)
    expect(said(handle)).to_contain_text(f"You wrote {WRITTEN.min_words} words.")
    expect(handle.root.locator("details")).to_have_count(3)


def test_a_text_by_keyboard_is_kept_by_ctrl_enter_and_by_leaving_the_field(show, page):
    handle = show(WRITTEN)

    page.keyboard.press("Tab")
    page.keyboard.type("A bridge.")
    page.keyboard.press("Control+Enter")
    expect(said(handle)).to_contain_text("You wrote 2 words.")
    assert handle.widget.response == {"text": "A bridge."}
    page.keyboard.type(" A garden.")
    page.keyboard.press("Tab")

    page.wait_for_timeout(200)
    assert handle.widget.response == {"text": "A bridge. A garden."}


def test_an_unscored_question_says_that_there_is_no_right_answer(show):
    handle = show(GUESS)

    handle.root.get_by_role("radio").first.check()
    handle.root.get_by_role("button", name="Keep my answer").click()

    expect(said(handle)).to_have_text("KeptYour answer is kept; there is no right answer here.")


@pytest.mark.parametrize("item", [CHOICE, CHESS, WRITTEN], ids=lambda item: item.kind)
def test_a_blank_answer_gets_a_sentence_and_is_not_kept(show, item):
    handle = show(item)

    press(handle)

    expect(said(handle)).to_contain_text("yet")
    assert handle.widget.response is None


def test_saved_is_not_shown_for_what_is_not_kept_yet(show):
    handle = show(CHOICE)
    expect(badge(handle)).to_have_count(0)

    handle.root.get_by_role("radio").first.check()
    expect(handle.root.locator(".fk-hint")).to_contain_text("Not saved yet")
    expect(badge(handle)).to_have_count(0)
    press(handle)

    expect(badge(handle)).to_have_text("Saved")
    expect(handle.root.locator(".fk-hint")).to_be_empty()


def test_answer_and_reply_are_back_after_a_reload(show):
    handle = show(CHESS)
    handle.root.get_by_role("checkbox").nth(2).check()
    press(handle)
    expect(said(handle)).not_to_be_empty()

    handle.reload()

    expect(handle.root.get_by_role("checkbox").nth(2)).to_be_checked()
    expect(why(handle, "c")).to_contain_text(CHESS.option("c").feedback)
    expect(heard(handle)).to_be_empty()  # nobody asked on this page


def test_an_answer_without_a_connection_is_said_and_kept_and_comes_back(show):
    handle = show(CHOICE)
    handle.drop_to_python = True

    handle.root.get_by_role("radio").first.check()
    press(handle)
    expect(badge(handle)).to_contain_text("Not connected. Not saved yet, but kept in this browser.")
    expect(said(handle)).to_contain_text("will appear when this notebook is connected again")
    assert handle.widget.response is None
    handle.drop_to_python = False

    expect(badge(handle)).to_have_text("Saved")
    expect(why(handle, "a")).to_contain_text(CHOICE.option("a").feedback)
    assert handle.widget.response == {"choice": "a"}


def test_a_text_that_was_never_confirmed_is_back_after_a_reload(show):
    handle = show(WRITTEN)
    handle.drop_to_python = True
    handle.root.get_by_role("textbox").fill("Only in this browser.")

    handle.reload()
    expect(handle.root.get_by_role("textbox")).to_have_value("Only in this browser.")
    expect(handle.root.locator(".fk-notices")).to_contain_text("were restored")
    handle.drop_to_python = False
    handle.reload()

    expect(badge(handle)).to_have_text("Saved")
    assert handle.widget.response == {"text": "Only in this browser."}


def test_typing_without_a_connection_keeps_one_copy_in_the_browser(show, page):
    handle = show(WRITTEN)
    handle.drop_to_python = True
    area = handle.root.get_by_role("textbox")

    for words in ("One.", "One. Two.", "One. Two. Three."):
        area.fill(words)
        area.blur()

    expect(badge(handle)).to_contain_text("Not connected")
    kept = page.evaluate("Object.values(localStorage).flatMap((one) => JSON.parse(one))")
    assert [one["response"]["text"] for one in kept] == ["One. Two. Three."]


def test_a_text_in_focus_is_not_written_over_by_another_kernel(show, log):
    handle = show(WRITTEN)
    area = handle.root.get_by_role("textbox")
    area.fill("Mine.")
    press(handle)
    expect(said(handle)).not_to_be_empty()
    area.focus()

    other = WorkLog(log.path)
    other.act("answer", WRITTEN.id, response={"text": "Theirs."})
    log.refresh()

    note = handle.root.locator(".fk-other")
    expect(note).to_contain_text("Another window has a different answer here.")
    expect(area).to_have_value("Mine.")
    note.get_by_role("button", name="Use that answer").click()
    expect(area).to_have_value("Theirs.")
    expect(note).to_be_empty()


def test_keeping_ones_own_text_makes_it_the_latest(show, log):
    handle = show(WRITTEN)
    area = handle.root.get_by_role("textbox")
    area.press_sequentially("Mine.")
    log.act("answer", WRITTEN.id, response={"text": "Theirs."})
    handle.root.get_by_role("button", name="Keep this answer").click()

    expect(area).to_have_value("Mine.")
    expect(badge(handle)).to_have_text("Saved")
    assert handle.widget.response == {"text": "Mine."}


def test_an_answer_from_elsewhere_is_taken_when_nothing_is_in_the_way(show, log):
    handle = show(CHOICE)

    log.act("answer", CHOICE.id, response={"choice": "c", "confidence": 20})

    expect(handle.root.get_by_role("radio").nth(2)).to_be_checked()
    expect(chosen(handle)).to_have_text("Not very sure")
    expect(why(handle, "c")).to_contain_text(CHOICE.option("c").feedback)


def test_two_views_agree_and_their_radio_buttons_are_apart(show):
    handle = show(CHOICE)
    second = handle.add_view()

    handle.root.get_by_role("radio").first.check()
    second.get_by_role("radio").nth(1).check()
    expect(handle.root.get_by_role("radio").first).to_be_checked()
    second.locator(".fk-main-button").click()

    expect(second.locator(".fk-tell").nth(1)).to_contain_text(CHOICE.option("b").feedback)
    expect(handle.root.locator(".fk-other")).to_contain_text("Another window")
    handle.root.get_by_role("button", name="Use that answer").click()
    expect(handle.root.get_by_role("radio").nth(1)).to_be_checked()


def test_two_views_agree_also_without_a_connection(show):
    handle = show(CHESS)
    second = handle.add_view()
    handle.drop_to_python = True

    handle.root.get_by_role("checkbox").first.check()
    press(handle)

    expect(second.get_by_role("checkbox").first).to_be_checked()


def test_two_tabs_agree(context, open_widget, log):
    widget = Question(CHESS, log)
    first, second = open_widget(context, widget), open_widget(context, widget)

    first.root.get_by_role("checkbox").first.check()
    press(first)

    expect(second.root.get_by_role("checkbox").first).to_be_checked()
    expect(why(second, "a")).to_contain_text(CHESS.option("a").feedback)


@pytest.mark.usefixtures("full_disk")
def test_what_the_disk_did_not_take_is_said(show):
    handle = show(CHOICE)

    handle.root.get_by_role("radio").first.check()
    press(handle)

    expect(badge(handle)).to_contain_text("the disk is full")


def test_markup_in_questions_options_and_answers_is_inert(page, open_widget, log):
    evil = '<img src=x onerror="window.__pwned = 1"><script>window.__pwned = 1</script>'
    options = (Option("a", evil, True, evil), Option("b", "b", False, "No."))
    item = Item("evil", "l", "choice", evil, 1, "apply", options)
    text = Item("evil-text", "l", "written", evil, 1, "apply", scored=False, after=evil)
    log.act("answer", "evil-text", response={"text": evil})

    handle = open_widget(page, Question(item, log))
    other = open_widget(page, Question(text, log))
    handle.root.get_by_role("radio").first.check()
    press(handle)

    expect(why(handle, "a")).to_contain_text("<script>")
    expect(said(other)).to_contain_text("<script>")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img, main script").count() == 0


def test_no_key_reaches_the_notebook(show, page):
    handle = show(WRITTEN)
    page.evaluate("window.keys = []; addEventListener('keydown', (e) => keys.push(e.key))")

    handle.root.get_by_role("textbox").focus()
    for key in ("b", "Control+Enter", "Shift+Enter", "Escape"):
        page.keyboard.press(key)

    assert page.evaluate("window.keys") == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("item", "response"),
    [
        (CHOICE, {"choice": "a", "confidence": 30}),
        (CHESS, {"choices": ["a", "c"]}),
        (STEPS, {"order": ["b", "a", "c"]}),
        (SURE, {"confidence": 30}),
        (WRITTEN, {"text": "word " * 40}),
    ],
    ids=lambda one: getattr(one, "kind", ""),
)
def test_an_answered_question_passes_the_accessibility_checker(
    page, open_widget, log, item, response, theme
):
    log.act("answer", item.id, response=response)
    handle = open_widget(page, Question(item, log), theme)
    expect(said(handle)).not_to_be_empty()
    for summary in handle.root.locator("summary").all():
        summary.click()

    assert handle.axe() == []


@pytest.mark.parametrize("item", [CHOICE, CHESS, STEPS, SURE, WRITTEN], ids=lambda item: item.kind)
def test_every_element_that_takes_the_focus_keeps_its_keys(show, log, item):
    log.act("answer", WRITTEN.id, response={"text": "word " * 40})
    handle = show(item)
    can = handle.root.locator("button, input, textarea, summary, select, a, [tabindex]")

    assert can.count() > 1
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0
