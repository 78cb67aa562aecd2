"""How a tagger on a page gets over a lost connection, a lost answer and a full browser storage."""

from pathlib import Path

from playwright.sync_api import expect

from framingkit import course
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work.log import WorkLog

CODES = ["game_metaphor", "ceremony_symbol"]
SCRIPT = (Path(__file__).parent / "learner.js").read_text(encoding="utf-8")


def tagger_on(log):
    article = course.load_article("tagger-tour")
    return SpanTagger(
        article, "visit", course.load_codebook(), codes=CODES, work_log=log, patience=150
    )


def do(handle, what, number=0, digit=1):
    act = "([wire, what, n, digit]) => learner.act(wire, what, n, digit)"
    return handle.page.evaluate(act, [handle.wire, what, number, digit])["made"]


def badge(handle):
    return handle.root.locator(".fk-badge")


def test_a_change_made_after_the_page_and_the_kernel_were_new_holds(context, open_widget, tmp_path):
    context.add_init_script(SCRIPT)
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    first = open_widget(context, tagger_on(log))
    for number in range(6):
        do(first, "tag", number)
    expect(badge(first)).to_have_text("Saved")

    again = open_widget(context, tagger_on(WorkLog(log.path)))
    expect(again.root.locator(".fk-list li")).to_have_count(6)
    do(again, "remove", 5)

    expect(badge(again)).to_have_text("Saved")
    tags = WorkLog(log.path).state.latest.values()
    assert sum(one.span is not None for one in tags) == 5


def test_an_answer_that_got_lost_is_asked_for_again(context, open_widget, tmp_path):
    context.add_init_script(SCRIPT)
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    handle = open_widget(context, tagger_on(log))
    expect(badge(handle)).to_have_text("Saved")
    handle.drop_to_browser = True
    do(handle, "tag")
    expect(badge(handle)).to_contain_text("Not saved yet, but kept in this browser")
    assert len(WorkLog(log.path).state.seen) == 1

    handle.drop_to_browser = False

    expect(badge(handle)).to_have_text("Saved")
    assert log.path.read_bytes().count(b'"kind": "tag"') == 1


def test_a_page_that_missed_news_asks_for_the_whole_state(context, open_widget, tmp_path):
    context.add_init_script(SCRIPT)
    tagger = tagger_on(WorkLog(tmp_path / "amber-heron-417.jsonl"))
    first, second = open_widget(context, tagger), open_widget(context, tagger)
    for handle in (first, second):
        expect(badge(handle)).to_have_text("Saved")
    second.drop_to_browser = True
    do(first, "tag", 0)
    expect(badge(first)).to_have_text("Saved")
    second.drop_to_browser = False
    expect(second.root.locator(".fk-list li")).to_have_count(0)

    do(first, "tag", 1)

    expect(second.root.locator(".fk-list li")).to_have_count(2)


def test_a_page_asks_for_the_whole_state_until_it_has_it(context, open_widget, tmp_path):
    context.add_init_script(SCRIPT)
    tagger = tagger_on(WorkLog(tmp_path / "amber-heron-417.jsonl"))
    first, second = open_widget(context, tagger), open_widget(context, tagger)
    for handle in (first, second):
        expect(badge(handle)).to_have_text("Saved")
    second.drop_to_browser = True
    do(first, "tag", 0)
    expect(badge(first)).to_have_text("Saved")
    second.drop_to_browser = False
    tell, lost = second.tell, []

    def lose_states(message):
        (lost.append if message["content"]["kind"] == "state" else tell)(message)

    second.tell = lose_states
    do(first, "tag", 1)
    expect(second.root.locator(".fk-list li")).to_have_count(1)
    do(first, "tag", 2)
    expect(second.root.locator(".fk-list li")).to_have_count(2)
    assert lost

    second.tell = tell

    expect(second.root.locator(".fk-list li")).to_have_count(3)


def test_a_page_that_nobody_answers_finds_the_kernel_again_by_itself(
    context, open_widget, tmp_path
):
    handle = open_widget(context, tagger_on(WorkLog(tmp_path / "amber-heron-417.jsonl")))
    expect(badge(handle)).to_have_text("Saved")
    handle.drop_to_python = True
    handle.reload()
    expect(badge(handle)).to_contain_text(
        "Not connected. To continue, choose Run, then Run All Cells"
    )

    handle.drop_to_python = False

    expect(badge(handle)).to_have_text("Saved")


def test_what_a_full_storage_cannot_keep_is_said_and_what_it_keeps_already_stays(
    context, open_widget, tmp_path
):
    context.add_init_script(SCRIPT)
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")
    handle = open_widget(context, tagger_on(log))
    handle.drop_to_python = True
    do(handle, "tag", 0)
    handle.page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new Error('full'); }; }"
    )

    do(handle, "tag", 1)

    expect(badge(handle)).to_contain_text("NOT kept in this browser: do not close this page")
    handle.reload()  # the script of the page is new: the storage takes things again
    expect(handle.root.locator(".fk-list li")).to_have_count(1)
    handle.page.evaluate("localStorage.setItem('framingkit/amber-heron-417/broken', '{')")
    handle.drop_to_python = False
    expect(badge(handle)).to_have_text("Saved")
    assert len(WorkLog(log.path).state.seen) == 1


def test_a_widget_that_took_too_long_to_load_is_heard_all_the_same(context, open_widget, tmp_path):
    context.add_init_script(SCRIPT)
    context.add_init_script("addEventListener('load', () => (framingkitTest.late = true))")
    log = WorkLog(tmp_path / "amber-heron-417.jsonl")

    handle = open_widget(context, tagger_on(log))
    do(handle, "tag")

    expect(badge(handle)).to_have_text("Saved")
    assert log.path.read_bytes().count(b'"kind": "tag"') == 1
