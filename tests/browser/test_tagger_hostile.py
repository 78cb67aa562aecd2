"""Nothing that comes from a text, a codebook, a note or a person ever becomes markup or script."""

import dataclasses

import pytest
from playwright.sync_api import expect
from tagger_page import CODEBOOK, CODES, open_search, rows, select, shown_text, tagger_of, until

PIECES = (
    "<script>window.__pwned = 1</script>",
    "<img src=x onerror='window.__pwned = 1'>",
    '"><svg onload="window.__pwned = 1">',
    "javascript:window.__pwned=1",
    "</style><style>* { display: none }",
    "${window.__pwned = 1} {{constructor.constructor('window.__pwned=1')()}}",
    "a;}</mark>'\"--l0:url(x)",
)
ALL = " ".join(PIECES)
_STRANGERS = "script, img, svg, style, iframe, object, a, form, base, meta, link"


@pytest.fixture
def handle(page, open_widget, tmp_path):
    """Open a tagger of which everything is hostile that can be."""
    wild = [
        dataclasses.replace(
            code, name=f"{ALL} {code.id}", chip='"<', definition=ALL, decision_rule=ALL,
            example=ALL, near_miss=ALL,
        )
        for code in CODEBOOK.devices
    ]  # fmt: skip
    codebook = dataclasses.replace(CODEBOOK, devices=tuple(wild))
    text = "\n".join(PIECES)
    tagger = tagger_of(tmp_path, text, codebook=codebook)
    tagger.title, tagger.help = ALL, [ALL, ALL]
    tagger.comparable = True
    return open_widget(page, tagger)


def check(handle):
    """Nothing ran, nothing foreign stands in the widget, and nothing else of the page changed."""
    page = handle.page
    assert page.evaluate("window.__pwned") is None
    assert handle.root.locator(_STRANGERS).count() == 0
    assert page.evaluate("getComputedStyle(document.body).display") == "block"
    ways = "(root) => [...root.querySelectorAll('*')].flatMap((one) => one.getAttributeNames())"
    assert [name for name in handle.root.evaluate(ways) if name.startswith("on")] == []


def test_a_hostile_text_and_codebook_stay_words(handle):
    assert shown_text(handle) == handle.widget.text
    button = (
        handle.root.get_by_role("toolbar", name="Codes", exact=True).get_by_role("button").first
    )
    assert ALL in button.text_content()
    button.hover()

    expect(handle.root.locator(".fk-card").first).to_contain_text(ALL)
    check(handle)


def tag(handle, words, key="1"):
    """Tag exactly these letters, with Alt: whole words would leave the signs at their edges out."""
    count = len(handle.widget.annotations.spans)
    select(handle, words)
    for one in ("Alt+Enter", "Escape", key):
        handle.page.keyboard.press(one)
    until(handle.page, lambda: len(handle.widget.annotations.spans) == count + 1)


def test_hostile_words_tagged_with_a_hostile_code_stay_words(handle):
    for words, key in zip(PIECES, "1234567", strict=True):
        tag(handle, words, key)

    expect(rows(handle)).to_have_count(len(PIECES))
    assert [span.quote for span in handle.widget.annotations.spans] == list(PIECES)
    assert shown_text(handle) == handle.widget.text
    check(handle)


def test_a_hostile_note_stays_words_while_written_and_when_shown(handle):
    tag(handle, PIECES[0])
    rows(handle).first.locator(".fk-jump").click()
    rows(handle).first.get_by_label("Why?").fill(ALL)
    handle.page.keyboard.press("Escape")

    until(handle.page, lambda: handle.widget.annotations.spans[0].note == ALL)
    check(handle)
    rows(handle).first.locator(".fk-jump").click()
    expect(rows(handle).first).to_contain_text(f"Note: {ALL}")
    check(handle)


def test_hostile_words_to_find_stay_words(handle):
    open_search(handle)
    field = handle.root.locator("input[type=search]")

    for words in (ALL, PIECES[1], "(((", "[", "\\", "a" * 5000):
        field.fill(words)
        expect(field).to_have_value(words)

    field.fill(PIECES[1])
    expect(handle.root.get_by_text("Place 1 of 1.")).to_be_visible()
    check(handle)


def test_hostile_messages_of_python_stay_words(handle):
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    start = handle.widget.start
    place = {"start": start, "end": start + 8, "label": CODES[0], "number": ALL, "open": True}
    remarks = [place | {"group": group, "reason": ALL} for group in ("missed", "match", ALL)]
    message = {"kind": "comparison", "summary": ALL, "remarks": remarks}

    handle.widget.send(message)
    handle.widget.send({"kind": "refused", "ids": [], "reason": ALL})
    expect(handle.root.get_by_role("region")).to_contain_text(ALL)
    handle.widget.send({"kind": "unsaved", "reason": ALL})

    expect(handle.root.locator(".fk-badge")).to_contain_text(ALL)
    check(handle)


def test_an_unknown_hostile_label_stays_words(handle):
    start = handle.widget.start
    change = {"target": "x", "seq": 99, "client": "z"}
    span = {"start": start, "end": start + 8, "label": ALL, "note": ALL, "quote": "whatever"}
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")

    handle.widget.send({"kind": "operations", "operations": [change | {"span": span}]})

    expect(rows(handle)).to_contain_text(ALL)
    expect(handle.root.locator("mark")).to_have_attribute("data-chips", "??")
    check(handle)


@pytest.mark.parametrize(
    "span",
    [
        {"start": -5, "end": 4, "label": CODES[0]},
        {"start": 4, "end": 4, "label": CODES[0]},
        {"start": 9, "end": 4, "label": CODES[0]},
        {"start": 4, "end": 10**9, "label": CODES[0]},
    ],
    ids=["before", "empty", "backwards", "beyond"],
)
def test_a_tag_that_lies_outside_the_text_is_not_shown(handle, span):
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")
    change = {"target": "x", "seq": 99, "client": "z", "span": span}

    handle.widget.send({"kind": "operations", "operations": [change]})
    select(handle, "javascript")
    handle.page.keyboard.press("1")

    expect(handle.root.locator("mark")).to_have_count(1)
    expect(rows(handle)).to_have_count(1)
