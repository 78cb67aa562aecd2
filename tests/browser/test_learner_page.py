"""Who is at work, on a page with several tools: a change of learner takes each of them along."""

import json

import pytest
from playwright.sync_api import expect
from tagger_page import ARTICLE, CODEBOOK, CODES, rows, select, tag, until

from framingkit.course import lesson_parts, load_items
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.learner import Learner
from framingkit.widgets.question import Question
from framingkit.widgets.span_tagger import SpanTagger
from framingkit.work import keep_answer, open_log, start_somebody_else
from framingkit.work.log import WorkLog

ITEMS = {item.id: item for item in load_items("03-commentary")}
WRITTEN = next(item for item in ITEMS.values() if item.kind == "written")


@pytest.fixture
def log(tmp_path, monkeypatch):
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    monkeypatch.delenv("FRAMINGKIT_CODER", raising=False)
    return open_log()


@pytest.fixture
def show(page, log, open_widget):
    """Show a tool of this log; it soon notices when nobody answers."""

    def shown(make, **settings):
        return open_widget(page, make(log, patience=300), **settings)

    return shown


def tagger(log, **traits):
    return SpanTagger(ARTICLE, "commentary", CODEBOOK, codes=CODES, work_log=log, **traits)


def question(log, **traits):
    return Question(WRITTEN, log, **traits)


def press(handle, name):
    handle.root.get_by_role("button", name=name).click()


def who(handle):
    return handle.root.locator(".fk-who")


def leave(page, widget, learner, place, coder="jade-wren-100", count=3):
    """Leave acts of somebody in the storage, as a page does that could not save them."""
    acts = []
    for n in range(1, count + 1):
        start = widget.start + 20 * n
        quote = widget.text[20 * n : 20 * n + 8]
        span = {"start": start, "end": start + 8, "label": CODES[0], "quote": quote}
        one = {
            "id": f"tab-old-{n}",
            "client": "tab-old",
            "seq": n,
            "kind": "tag",
            "target": f"o.{n}",
        }
        acts.append(one | {"span": span, "learner": learner, "coder": coder, "place": place})
    purpose = widget.key.partition("/")[2]
    page.evaluate(
        "([name, text]) => localStorage.setItem(name, text)",
        [f"framingkit/{learner}/{purpose}/tab-old", json.dumps(acts)],
    )


def test_somebody_else_starts_clean_in_one_click_and_the_first_goes_on_later(show, log):
    strip, tool, asked, box = (show(one) for one in (Learner, tagger, question, HandIn))
    first, path = log.coder, log.path
    expect(who(strip)).to_have_text(f"You are {first}.")
    tag(tool, "red carpet")
    asked.root.get_by_role("textbox").fill("It hides the costs.")
    asked.root.get_by_role("button", name="Keep my answer").click()
    until(strip.page, lambda: len(log.state.seen) == 2)

    press(strip, "Start as somebody else")

    until(strip.page, lambda: log.coder != first)
    expect(who(strip)).to_have_text(f"You are {log.coder}.")
    expect(strip.root.get_by_role("status")).to_contain_text(f"belong to {first}")
    expect(rows(tool)).to_have_count(0)
    expect(asked.root.get_by_role("textbox")).to_have_value("")
    expect(asked.root.locator(".fk-reply")).to_be_empty()
    expect(box.root.get_by_role("textbox")).to_have_value(log.coder)
    expect(tool.root.get_by_role("button", name="Undo")).to_be_disabled()
    tag(tool, "formality")
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved")
    assert log.path != path
    assert [len(WorkLog(one).state.seen) for one in (path, log.path)] == [2, 1]

    strip.root.get_by_label("Go on as").select_option(first)
    strip.root.get_by_role("button", name="Go on", exact=True).click()

    expect(who(strip)).to_have_text(f"You are {first}.")
    expect(rows(tool)).to_have_count(1)
    expect(asked.root.get_by_role("textbox")).to_have_value("It hides the costs.")
    assert log.path == path


def test_acts_that_are_on_their_way_go_to_whoever_did_them(show, log):
    tool = show(tagger)
    tag(tool, "red carpet")
    path = log.path
    tool.drop_to_browser = True
    start_somebody_else(log)
    select(tool, "formality")
    tool.page.keyboard.press("2")
    until(tool.page, lambda: len(WorkLog(path).state.seen) == 2)
    assert log.state.seen == set()

    tool.drop_to_browser = False

    expect(rows(tool)).to_have_count(0)
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved")
    tag(tool, "goodwill")
    assert [len(WorkLog(one).state.seen) for one in (path, log.path)] == [2, 1]


def test_what_somebody_is_writing_when_another_takes_over_stays_theirs(show, log):
    asked, tool = show(question), show(tagger)
    tag(tool, "red carpet")
    path = log.path
    asked.root.get_by_role("textbox").press_sequentially("Costs")

    start_somebody_else(log)

    expect(asked.root.get_by_role("textbox")).to_have_value("")
    until(asked.page, lambda: WorkLog(path).state.answer(WRITTEN.id))
    assert WorkLog(path).state.answer(WRITTEN.id)["text"] == "Costs"
    assert log.state.seen == set()


def test_a_new_name_gives_way_to_the_one_whose_acts_lie_in_this_browser(show, log, page):
    tool = show(tagger)
    place = Learner(log)._beside()["who"]["place"]
    leave(page, tool.widget, "b" * 16, place)

    strip = show(Learner)

    expect(who(strip)).to_have_text("You are jade-wren-100.")
    expect(rows(tool)).to_have_count(3)
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved")
    assert (log.learner, log.coder, len(WorkLog(log.path).state.seen)) == (
        "b" * 16,
        "jade-wren-100",
        3,
    )
    press(strip, "Start as somebody else")
    until(page, lambda: log.learner != "b" * 16)
    expect(rows(tool)).to_have_count(0)


@pytest.mark.parametrize("why", ["has work", "elsewhere", "left on purpose"])
def test_other_unsaved_acts_are_offered_by_name(show, log, page, why):
    tool = show(tagger)
    mine = log.learner
    place = "elsewhere" if why == "elsewhere" else Learner(log)._beside()["who"]["place"]
    if why == "has work":
        tag(tool, "red carpet")
    if why == "left on purpose":
        page.evaluate("localStorage['framingkit-declined'] = JSON.stringify(['b'.repeat(16)])")
    leave(page, tool.widget, "b" * 16, place)
    strip = show(Learner)
    offer = strip.root.get_by_role(
        "button", name="Go on as jade-wren-100 (3 changes of theirs are not"
    )
    expect(offer).to_be_visible()
    assert log.learner == mine

    offer.click()

    expect(who(strip)).to_have_text("You are jade-wren-100.")
    expect(who(strip)).to_be_focused()
    expect(rows(tool)).to_have_count(3)
    expect(offer).to_have_count(0)


def test_without_a_connection_no_name_is_claimed(show):
    strip = show(Learner)
    strip.drop_to_python = True
    strip.reload()
    expect(who(strip)).to_contain_text("when this notebook is connected")
    expect(strip.root.get_by_role("button")).to_have_count(0)
    strip.drop_to_python = False
    expect(who(strip)).to_contain_text("You are", timeout=10_000)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_passes_the_accessibility_checker_and_needs_no_mouse(show, log, page, theme):
    start_somebody_else(log)
    log.act("answer", WRITTEN.id, response={"text": "x"})
    start_somebody_else(log)
    strip = show(Learner, theme=theme)
    expect(strip.root.get_by_label("Go on as")).to_be_visible()
    assert strip.axe() == []
    can = strip.root.locator("button, select, [tabindex]")
    assert can.evaluate_all("all => all.filter((e) => !e.dataset.lmSuppressShortcuts).length") == 0
    before = log.coder
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, lambda: log.coder != before)
    expect(strip.root.get_by_role("button", name="Start as")).to_be_focused()


def test_one_line_says_how_far_the_lesson_is_done_and_the_page_hears_it(page, log, show):
    handle = show(lambda log, **traits: Learner(log, "03-commentary", ITEMS, **traits))
    done = handle.root.locator(".fk-done")
    part, later = [one for one in lesson_parts("03-commentary") if one.items][:2]
    [first] = [ITEMS[id] for id in part.items]
    expect(done).to_have_text(f"0 of {len(ITEMS)} questions answered; next: {part.heading}.")
    page.evaluate(
        "() => addEventListener('framingkit-progress', ({ detail }) => (window.heard = detail))"
    )

    keep_answer(log, first, first.options[0].id, 50)

    expect(done).to_have_text(f"1 of {len(ITEMS)} questions answered; next: {later.heading}.")
    until(page, lambda: page.evaluate("() => window.heard?.done[0]") == first.id)
    assert page.evaluate("() => [heard.lesson, heard.coder]") == ["03-commentary", log.coder]


def test_answers_are_downloaded_from_the_top_of_a_lesson(page, log, show):
    keep_answer(log, WRITTEN, "It hides who has no seat.")
    handle = show(Learner)

    with page.expect_download() as found:
        press(handle, "Download my answers")

    sheet = json.loads(found.value.path().read_text(encoding="utf-8"))
    assert found.value.suggested_filename == f"{log.coder}.answers.json"
    assert [one["item"] for one in sheet["responses"]] == [WRITTEN.id]
    expect(handle.root.locator(".fk-said")).to_contain_text("It holds 0 tags and 1 answer.")


def test_the_strip_can_ask_for_the_download_and_hears_what_came_of_it(page, log, show):
    show(Learner)
    page.evaluate("addEventListener('framingkit-progress', (e) => (window.heard = e.detail.said))")

    with page.expect_download():
        page.evaluate("dispatchEvent(new Event('framingkit-download'))")

    until(page, lambda: "is empty" in " ".join(page.evaluate("window.heard || []")))


def test_a_downloaded_file_is_gone_on_with_at_another_place(page, log, show, tmp_path, monkeypatch):
    keep_answer(log, WRITTEN, "It hides who has no seat.")
    path, name = log.write_sheet("0"), log.coder
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "elsewhere"))
    there = open_log()
    handle = show(lambda _, **traits: Learner(there, **traits))

    handle.root.locator("input[type=file]").set_input_files(path)

    expect(handle.root.locator(".fk-said")).to_contain_text("0 tags and 1 answer came from the")
    expect(who(handle)).to_have_text(f"You are {name}.")
    assert there.state.answer(WRITTEN.id) == {"text": "It hides who has no seat."}


def test_somebody_elses_file_is_refused_and_offered(page, log, show, tmp_path, monkeypatch):
    keep_answer(log, WRITTEN, "It hides who has no seat.")
    path, name = log.write_sheet("0"), log.coder
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "elsewhere"))
    there = open_log()
    keep_answer(there, WRITTEN, "Mine.")
    mine = there.coder
    handle = show(lambda _, **traits: Learner(there, **traits))

    handle.root.locator("input[type=file]").set_input_files(path)
    expect(handle.root.locator(".fk-said")).to_contain_text("nothing of it was taken in")
    expect(who(handle)).to_have_text(f"You are {mine}.")
    press(handle, f"Go on as {name}")

    expect(who(handle)).to_have_text(f"You are {name}.")
    assert there.state.answer(WRITTEN.id) == {"text": "It hides who has no seat."}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "is a document of a word processor"),
        (b"My essay.", "Your work here is as it was. The file to choose"),
        (b"{" + b" " * 8_000_001, "too large to be an answer sheet"),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(page, log, show, tmp_path, content, said):
    handle = show(Learner)
    (tmp_path / "essay.json").write_bytes(content)

    handle.root.locator("input[type=file]").set_input_files(tmp_path / "essay.json")

    expect(handle.root.locator(".fk-said")).to_contain_text(said)


WATCH = """(root) => {
  const badge = root.querySelector(".fk-badge");
  window.seen = [];
  const note = () => window.seen.push(badge.dataset.state);
  new MutationObserver(note).observe(root, { childList: true, subtree: true, attributes: true });
  note();
}"""


@pytest.mark.parametrize("fixed", [True, False])
def test_nothing_is_saved_before_a_new_kernel_has_what_the_browser_kept(
    fixed, show, log, page, monkeypatch
):
    """Whoever had saved nothing has a made-up id in a new kernel; the browser knows better."""
    monkeypatch.setattr("framingkit.widgets.saving._UNSETTLED_FOR", 60)
    if fixed:
        monkeypatch.setenv("FRAMINGKIT_CODER", log.coder)
    Learner(log)  # the cell above has run, and its view is not there yet
    tool = show(tagger)
    place = Learner(log)._beside()["who"]["place"]
    leave(page, tool.widget, "b" * 16, place, coder=log.coder, count=1)
    tool.root.evaluate(WATCH)
    expect(tool.root.locator(".fk-badge")).to_have_text("Connecting…")

    show(Learner)

    expect(rows(tool)).to_have_count(1)
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved")
    until(page, lambda: log.learner == "b" * 16)
    # a busy computer may answer late, and then the tool says so
    seen = [one for one in page.evaluate("seen") if one != "offline"]
    assert list(dict.fromkeys(seen)) == ["connecting", "saving", "saved"]


def test_where_the_browser_keeps_nothing_the_first_answer_is_enough(show, log, page, monkeypatch):
    monkeypatch.setattr("framingkit.widgets.saving._UNSETTLED_FOR", 60)
    strip, tool = show(Learner), show(tagger)
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved")
    expect(who(strip)).to_have_text(f"You are {log.coder}.")


def test_where_no_line_about_the_learner_is_shown_a_tool_does_not_wait_for_ever(show, log):
    Learner(log)
    tool = show(tagger)
    expect(tool.root.locator(".fk-badge")).to_have_text("Saved", timeout=4_000)
