"""Whatever lies in a browser's storage, tools appear, save, and keep what they cannot use."""

import json
from itertools import product

import pytest
from for_each import for_each
from playwright.sync_api import Error, expect
from tagger_page import CODES, make_tagger, rows, select, tag, until

from framingkit.course import load_article, load_codebook, load_facts, load_items
from framingkit.errors import FramingkitError
from framingkit.widgets.frame_grid import FrameGrid
from framingkit.widgets.hand_in import HandIn
from framingkit.widgets.own_text import OwnText
from framingkit.widgets.plain_words import PlainWords
from framingkit.widgets.question import Question
from framingkit.work.log import WorkLog

OLD = "tab-old"


def batched(names, size):
    names = [*names]
    return [names[at : at + size] for at in range(0, len(names), size)]


def act(widget, number=7, **other):
    """Make an act as an earlier page of this tagger would have left it."""
    start = widget.start + 20
    span = {"start": start, "end": start + 8, "label": CODES[0], "quote": widget.text[20:28]}
    one = {"id": f"{OLD}-{number}", "client": OLD, "seq": number, "kind": "tag"}
    return (
        one | {"target": f"{OLD}.{number}", "span": span | {"note": "", "confidence": None}} | other
    )


def with_span(**parts):
    return lambda widget: [act(widget, span=act(widget)["span"] | parts)]


def with_act(**parts):
    return lambda widget: [act(widget, **parts)]


JUNK = {
    "not JSON": "{{{", "empty": "", "null": "null", "a number": "5", "true": "true",
    "a text": '"abc"',
    "an object": "{}", "[null]": "[null]", "[1, 2]": "[1,2]", "[[]]": "[[]]", "[{}]": "[{}]",
    "half a list": '[{"id":"a"', "NaN": "[NaN]", "1 MB": "[" + "1," * 500_000 + "1]",
}  # fmt: skip
ODD = {
    "no id": with_act(id=None), "id of another": with_act(id="zzz"),
    "no client": with_act(client=None),
    "client with space": with_act(client="a b", id="a b-7"), "no seq": with_act(seq=None),
    "seq as text": with_act(seq="7"), "seq 0": with_act(seq=0, id=f"{OLD}-0"),
    "seq 2**52": with_act(seq=2**52, id=f"{OLD}-{2**52}"), "seq 2**53": with_act(seq=2**53),
    "seq 1e308": with_act(seq=1e308), "kind zap": with_act(kind="zap"),
    "no kind": with_act(kind=None),
    "kind answer": with_act(kind="answer", response={"text": "x"}),
    "target null": with_act(target=None),
    "long target": with_act(target="x" * 500), "span null": with_act(span=None),
    "span text": with_act(span="x"), "span empty": with_act(span={}),
    "span list": with_act(span=[1]),
    "label unknown": with_span(label="nope"), "label object": with_span(label={}),
    "label HTML": with_span(label="<img src=x onerror=window.pwned=1>"),
    "quote wrong": with_span(quote="other"),
    "note too long": with_span(note="n" * 5000), "note object": with_span(note={"a": 1}),
    "start text": with_span(start="x"), "start half": with_span(start=3.5),
    "end huge": with_span(end=1e300),
    "extra keys": with_act(__proto__={"x": 1}, constructor=1),
    "another text": with_act(document="x@y"),
    "a time that lies": with_act(at="9999"), "wrong learner": with_act(learner="bbbbbbbbbbbbbbbb"),
}  # fmt: skip
GOOD = {
    "nothing": (lambda _: {}, 0),
    "an honest one": (lambda w: {OLD: [act(w)]}, 1),
    "one bad among 200": (lambda w: {OLD: [*(act(w, n + 1) for n in range(200)),
    act(w, 500, seq="x")]}, 200),
    "3,000": (lambda w: {OLD: [act(w, n + 1) for n in range(3000)]}, 3000),
    "of 40 tabs": (
        lambda w: {
            f"tab-{n}": [act(w, 1, id=f"tab-{n}-1", client=f"tab-{n}", target=f"tab-{n}.1")]
            for n in range(40)
        },
        40,
    ),
}  # fmt: skip


def aside(page):
    """Read what was set aside."""
    return page.evaluate(
        "Object.entries(localStorage).filter(([name]) => name.startsWith('framingkit-aside/'))"
        ".map(([, text]) => text)"
    )


def opened(page, open_widget, folder, left):
    """Put things into the storage under a tagger's name, then load the page with the tagger."""
    widget = make_tagger(folder, patience=2000)
    handle = open_widget(page, widget)
    texts = {
        tab: one if isinstance(one, str) else json.dumps(one) for tab, one in left(widget).items()
    }
    page.evaluate(
        "([key, texts]) => { localStorage.clear(); for (const [tab, text] of Object.entries(texts))"
        " localStorage.setItem(`framingkit/${key}/${tab}`, text); }",
        [widget.key, texts],
    )
    handle.reload()
    return handle


def works_on(handle, before=0):
    """Tag two words: both are on disk, and the badge says so, and nothing that is not true."""
    log, page = handle.widget._log, handle.page
    until(page, lambda: len(log.state.seen) >= before, 30)
    for nth, key in enumerate("12"):
        select(handle, "the", nth)
        page.keyboard.press(key)
    until(page, lambda: len(log.state.seen) == before + 2, 20)
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved", timeout=20_000)
    assert len(WorkLog(log.path).state.seen) == before + 2
    assert page.evaluate("window.pwned") is None


@for_each(JUNK)
def test_what_nobody_can_read_is_set_aside_and_stops_no_tool(
    junk, page, open_widget, tmp_path_factory
):
    handle = opened(page, open_widget, tmp_path_factory.mktemp("junk"), lambda _: {OLD: junk})
    works_on(handle)
    assert aside(page) == [junk]


def from_tabs(several):
    """Let each act come from a tab of its own, which is another client."""
    return lambda widget: {
        f"{OLD}{n}": json.dumps(acts(widget)).replace(OLD, f"{OLD}{n}")
        for n, acts in enumerate(several)
    }


# Four at a time: one that stops the tool stops it beside others as well.
@for_each({", ".join(names): [ODD[n] for n in names] for names in batched(ODD, 4)})
def test_an_act_that_nobody_can_have_done_is_set_aside_and_stops_no_tool(
    several, page, open_widget, tmp_path_factory
):
    handle = opened(page, open_widget, tmp_path_factory.mktemp("odd"), from_tabs(several))
    until(page, lambda: handle.received and not left_in(page, handle.widget.key), 20)
    works_on(handle, len(handle.widget._log.state.seen))


@for_each(GOOD)
def test_honest_acts_of_an_earlier_page_are_sent_once(case, page, open_widget, tmp_path_factory):
    left, count = case
    handle = opened(page, open_widget, tmp_path_factory.mktemp("good"), left)
    works_on(handle, count)
    assert left_in(page, handle.widget.key) == []
    assert len(aside(page)) == (count == 200)


def left_in(page, key):
    """List what still waits in the storage."""
    return page.evaluate(
        "(key) => Object.keys(localStorage).filter((one) => one.startsWith(`framingkit/${key}/`))",
        key,
    )


BLOCKED = {
    "getter throws": "Object.defineProperty(window, 'localStorage',"
    " { get() { throw new DOMException('no', 'SecurityError'); } })",
    "null": "Object.defineProperty(window, 'localStorage', { value: null })",
    "setItem throws": "Storage.prototype.setItem = () => { throw new Error('full'); }",
    "removeItem throws": "Storage.prototype.removeItem = () => { throw new Error('no'); }",
}


@for_each(BLOCKED)
def test_a_storage_that_is_forbidden_stops_no_tool_and_the_badge_is_true(
    script, context, open_widget, tmp_path_factory
):
    page = context.new_page()
    page.add_init_script(script)
    handle = open_widget(page, make_tagger(tmp_path_factory.mktemp("blocked"), patience=300))
    works_on(handle)
    handle.drop_to_python = True
    select(handle, "the", 3)
    page.keyboard.press("1")
    kept = "kept in this browser." if "removeItem" in script else "NOT kept in this browser"
    expect(handle.root.locator(".fk-badge")).to_contain_text(kept)
    page.close()


def test_the_largest_number_shuts_nobody_out(page, open_widget, tmp_path):
    handle = open_widget(page, make_tagger(tmp_path))
    tag(handle, "red carpet")
    for seq in (2**40, 2**52, 2**53):
        sent = act(handle.widget, seq, id=f"{OLD}-{seq}")
        handle.widget._receive(handle.widget, {"kind": "operations", "operations": [sent]}, [])
    works_on(handle, len(handle.widget._log.state.seen))


def test_a_frozen_page_a_crashed_tab_and_a_closed_one_lose_nothing(context, open_widget, tmp_path):
    page = context.new_page()
    handle = open_widget(page, make_tagger(tmp_path, patience=300))
    session = context.new_cdp_session(page)
    handle.drop_to_python = True
    for nth in range(3):
        select(handle, "the", nth)
        page.keyboard.press("1")
    for state in ("frozen", "active"):
        session.send("Page.setWebLifecycleState", {"state": state})
    handle.drop_to_python = False
    until(page, lambda: len(handle.widget.annotations.spans) == 3)
    handle.drop_to_python = True
    for nth in range(2):
        select(handle, "of", nth)
        page.keyboard.press("2")
    expect(handle.root.locator(".fk-badge")).to_contain_text("kept in this browser")
    with pytest.raises(Error):
        page.goto("chrome://crash", timeout=1500)
    again = open_widget(context, handle.widget)
    until(again.page, lambda: len(handle.widget.annotations.spans) == 5)
    expect(again.root.locator(".fk-badge")).to_have_text("Saved")


def test_a_refused_act_says_why_until_a_later_one_is_accepted_or_it_was_read(
    page, open_widget, tmp_path
):
    handle = open_widget(page, make_tagger(tmp_path, patience=1200))
    tag(handle, "red carpet")
    accept = handle.widget._accept

    def refuse_some(data, log):
        if "form" in data.get("span", {}).get("quote", "") or "good" in data["span"]["quote"]:
            raise FramingkitError(f"{data['span']['quote']} is too {len(data['span']['quote'])}.")
        return accept(data, log)

    handle.widget._accept = refuse_some
    badge, alert = handle.root.locator(".fk-badge"), handle.root.get_by_role("alert")
    handle.drop_to_python = True  # they come in one message
    for words in ("formality", "diplomatic", "goodwill"):
        select(handle, words)
        page.keyboard.press("1")
    handle.drop_to_python = False

    expect(alert).to_contain_text("“formality”: formality is too 9.")
    expect(alert).to_contain_text("“goodwill”: goodwill is too 8.")
    expect(badge).to_have_text("Not accepted, because: “formality”: formality is too 9.")
    expect(rows(handle)).to_have_count(2)
    assert len(aside(page)) == 1
    alert.get_by_role("button", name="I have read this").click()
    expect(badge).to_have_text("Saved")
    expect(alert).to_be_empty()

    select(handle, "goodwill")
    page.keyboard.press("1")
    expect(badge).to_have_text("Not accepted, because: goodwill is too 8.")
    select(handle, "gesture")
    page.keyboard.press("1")
    expect(badge).to_have_text("Saved")
    expect(alert).to_be_empty()


def test_a_question_keeps_a_refused_answer_on_the_screen(page, open_widget, tmp_path):
    written = next(item for item in load_items("03-commentary") if item.kind == "written")
    handle = open_widget(page, Question(written, WorkLog(tmp_path / "amber-heron-417.jsonl")))
    field = handle.root.get_by_role("textbox")
    field.fill("Costs.")
    handle.root.get_by_role("button", name="Keep my answer").click()
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")

    def refuse(response):
        raise FramingkitError("It is too long.")

    handle.widget._check = refuse
    field.fill("Costs, and much more.")
    handle.root.get_by_role("button", name="Keep my answer").click()

    expect(handle.root.locator(".fk-badge")).to_have_text("Not accepted, because: It is too long.")
    expect(field).to_have_value("Costs, and much more.")


DAMAGED_ANSWERS = [5, "x", None, [], {}, {"choice": {}}, {"choices": 5}, {"text": {"a": 1}},
{"order": 5},
                   {"wordings": 5}, {"wordings": [None]}, {"wordings": {}, "facts": 5},
                   {"indicators": 5},
                   {"kept": 5, "choice": "one"}, {"confidence": "x"},
                   {"__proto__": None}]  # fmt: skip


def test_no_form_is_stopped_by_answers_that_make_no_sense(page, open_widget, tmp_path_factory):
    """Each form meets all of them at once, as if as many tabs had left them behind."""
    log = WorkLog(tmp_path_factory.mktemp("forms") / "amber-heron-417.jsonl")
    items = {item.kind: item for item in load_items("03-commentary")}
    forms = [Question(item, log) for item in items.values()]
    article, codebook = load_article(), load_codebook()
    forms += [HandIn(log), OwnText(log), FrameGrid(article, "ending", codebook, work_log=log)]
    forms += [PlainWords(article, "ending", codebook, facts=load_facts(article.id), work_log=log)]
    left = {}
    for (number, form), (place, response) in product(enumerate(forms), enumerate(DAMAGED_ANSWERS)):
        tab = f"tab-{number}-{place}"
        one = {"id": f"{tab}-1", "client": tab, "seq": 1, "kind": "answer"}
        left[f"{form.key}/{tab}"] = json.dumps(
            [one | {"target": form.target, "response": response}]
        )
    open_widget(page, make_tagger(tmp_path_factory.mktemp("first"))).reload()
    page.evaluate(
        "(left) => { localStorage.clear(); for (const [name, text] of Object.entries(left))"
        " localStorage.setItem(`framingkit/${name}`, text); }",
        left,
    )
    assert all(left_in(page, form.key) for form in forms)
    for form in forms:
        handle = open_widget(page, form)
        expect(handle.root.locator("button, textarea, input").first).to_be_visible()
    for form in forms:
        until(page, lambda form=form: not left_in(page, form.key), 20)
