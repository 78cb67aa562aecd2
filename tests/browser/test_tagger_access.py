"""What a screen reader finds, and what an automatic accessibility checker says."""

import pytest
from playwright.sync_api import expect
from tagger_page import (
    compare,
    host,
    make_tagger,
    palette,
    rows,
    said,
    select,
    show_side,
    tag,
    until,
    with_reference,
)

from framingkit.errors import FramingkitError

THEMES = ["light", "dark"]


def no_more(handle):
    pass


def show_the_list_of_codes(handle):
    select(handle, "goodwill")
    expect(palette(handle)).to_be_visible()


def open_a_tag(handle):
    rows(handle).first.locator(".fk-jump").press("Enter")
    expect(rows(handle).first.get_by_label("Why?")).to_be_visible()


def open_the_search(handle):
    handle.root.get_by_text("Tag by typing the words").click()
    handle.root.get_by_label("Words in the text").fill("carpet")


def read_the_codes(handle):
    show_side(handle, "Codes")
    handle.root.locator(".fk-card summary").first.click()


def read_the_feedback(handle):
    compare(handle).locator(".fk-again:visible").first.click()


def go_back_to_the_tags(handle):
    show_side(handle, "Your tags")


# one after the other
STATES = [
    no_more, open_a_tag, open_the_search, read_the_codes, read_the_feedback,
    go_back_to_the_tags, show_the_list_of_codes,
]  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_the_checker_finds_nothing_wrong(page, open_widget, tmp_path, theme):
    handle = open_widget(page, with_reference(tmp_path), theme)
    tag(handle, "red carpet", "1")
    tag(handle, "The red carpet is", "2")
    expect(rows(handle)).to_have_count(2)

    for state in STATES:
        state(handle)
        assert handle.axe() == [], state.__name__


@pytest.fixture
def handle(page, open_widget, tmp_path):
    return open_widget(page, make_tagger(tmp_path))


@pytest.fixture
def tree(page):
    """Read the accessibility tree: role, name and description of each part."""
    wire = page.context.new_cdp_session(page)

    def read():
        nodes = wire.send("Accessibility.getFullAXTree")["nodes"]
        value = lambda node, key: node.get(key, {}).get("value", "")  # noqa: E731
        return [
            (value(node, "role"), value(node, "name"), value(node, "description"))
            for node in nodes
            if not node.get("ignored")
        ]

    return read


def test_the_text_is_a_read_only_text_box_named_after_its_section(handle):
    box = handle.root.get_by_role("textbox", name=handle.widget.title, exact=True)

    expect(box).to_have_count(1)
    expect(box).to_have_attribute("aria-readonly", "true")
    expect(box).to_have_attribute("aria-multiline", "true")
    assert "Select words" in box.get_attribute("aria-description")


def test_marks_are_described_with_their_codes_and_notes(handle, tree):
    tag(handle, "red carpet", "1")
    tag(handle, "The red carpet is", "2")
    rows(handle).nth(1).locator(".fk-jump").click()
    handle.root.get_by_label("Why?").fill("A ritual.")
    handle.page.keyboard.press("Escape")
    until(handle.page, lambda: any(s.note for s in handle.widget.annotations.spans))

    described = [what for role, _, what in tree() if role == "mark"]

    assert described == [
        "Game metaphor",
        "Game metaphor; Ceremony symbol (note: A ritual.)",
        "Game metaphor",
    ]


def test_a_chip_is_spoken_as_the_name_of_its_code(handle, tree):
    tag(handle, "red carpet", "1")

    spoken = [name for role, name, _ in tree() if role == "StaticText"]

    assert "Ceremony symbol: " in spoken
    assert "CS" not in spoken


def test_every_button_and_field_has_a_name(page, open_widget, tmp_path, tree):
    handle = open_widget(page, with_reference(tmp_path))
    tag(handle, "red carpet", "1")
    for state in STATES:
        state(handle)
    roles = {"button", "combobox", "spinbutton", "textbox", "searchbox", "toolbar", "region"}

    found = [(role, name) for role, name, _ in tree() if role in roles]

    assert len(found) > 30
    assert [one for one in found if not one[1].strip()] == []
    assert {role for role, _ in found} == roles - {"region"}  # hidden behind the list of tags


def test_what_happens_is_said_also_when_it_happens_twice(handle):
    expect(said(handle)).to_have_attribute("role", "status")
    host(handle).focus()

    handle.page.keyboard.press("1")
    first = said(handle).text_content()
    handle.page.keyboard.press("1")

    until(handle.page, lambda: said(handle).text_content() != first)
    assert said(handle).text_content().strip("\u00a0") == first.strip("\u00a0")


def test_a_problem_with_saving_is_said_and_not_only_shown(handle):
    expect(handle.root.locator(".fk-badge")).to_have_text("Saved")

    def refuse(data, log):
        raise FramingkitError("This cannot be.")

    handle.widget._accept = refuse
    select(handle, "red carpet")
    handle.page.keyboard.press("1")

    expect(handle.root.get_by_role("alert")).to_contain_text("This cannot be.")


def test_the_open_and_closed_parts_are_told_apart(handle):
    tag(handle, "red carpet", "1")
    jump = rows(handle).first.locator(".fk-jump")
    expect(jump).to_have_attribute("aria-expanded", "false")

    jump.click()

    expect(jump).to_have_attribute("aria-expanded", "true")


def test_each_paragraph_and_tag_finds_its_own_direction(handle):
    assert host(handle).locator("p:not([dir=auto])").count() == 0
    tag(handle, "red carpet", "1")
    expect(rows(handle).locator("[dir=auto]").first).to_contain_text("red carpet")
