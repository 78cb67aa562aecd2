"""The printed worksheets: fresh, whole, and usable without a device or a colour."""

import re

import pytest
from for_each import for_each
from make_worksheets import FOLDER, GUIDE, ROOT, for_teachers, taken, worksheets
from worksheet_parts import question

from framingkit.base import PAGE_TOKENS, element
from framingkit.course.data import load_items

MADE = worksheets()
FOR_TEACHERS = for_teachers()
PAGES = {
    name: page.decode() for name, page in (MADE | FOR_TEACHERS).items() if name.endswith(".html")
}
LESSONS = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]


def test_the_worksheets_in_the_folder_are_those_that_the_data_make_today():
    there = {path.name: path.read_bytes() for path in FOLDER.glob("*.html")}

    assert there == MADE, "Run: python tools/make_worksheets.py"


def test_every_lesson_has_a_worksheet_and_so_has_the_quick_path():
    assert {f"{lesson}.html" for lesson in [*LESSONS, "quick-20-minutes"]} <= MADE.keys()


@for_each(PAGES)
def test_a_worksheet_needs_no_script_and_nothing_from_elsewhere(sheet):
    alone = sheet.replace(PAGE_TOKENS, "")  # the lines of the codes are drawn in the tokens
    assert not re.search(r"<script|<link|<img|url\(|javascript:|@import| on\w+=", alone)
    assert not re.search(r'href="(?!#|[\w-]+\.html")', sheet)


@for_each(PAGES)
def test_a_worksheet_fits_both_papers_and_every_printer(sheet):
    style = sheet[sheet.index("<style>") : sheet.index("</style>")]

    assert "@page" in style
    assert not re.search(r"@page[^}]*size:", style)
    # the tokens are light on paper; what the sheets add has no colour of its own
    assert not re.search(r"#[0-9a-f]{3,8}\b", style.replace(PAGE_TOKENS, ""))


@for_each(PAGES)
def test_a_worksheet_has_one_title_ordered_headings_and_a_language(sheet):
    levels = [
        int(level)
        for level in re.findall(r"<h([1-6])>|<h([1-6]) ", sheet)
        for level in level
        if level
    ]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    assert '<html lang="en" ' in sheet


@for_each(PAGES)
def test_tables_of_a_worksheet_have_a_caption_or_header_cells(sheet):
    for table in re.findall(r"<table>.*?</table>", sheet, re.DOTALL):
        assert 'scope="col"' in table


@for_each(LESSONS)
def test_a_worksheet_has_every_question_of_its_lesson_that_can_be_answered_on_paper(lesson):

    page = MADE[f"{lesson}.html"].decode().replace("\n", "")

    for item in load_items(lesson):
        prompt = element("p", item.prompt.split("\n")[0])[3:-4]
        assert prompt.replace("><", "><") in page, item.id


def test_pupils_sheets_do_not_tell_the_reasons():
    for lesson in LESSONS:
        for item in load_items(lesson):
            for option in item.options:
                if option.correct and len(option.feedback) > 40:
                    assert option.feedback not in MADE[f"{lesson}.html"].decode(), item.id


@for_each(PAGES)
def test_no_sheet_speaks_of_boxes_to_run_or_buttons_to_press(sheet):
    assert not re.search(r"next box|Run All|Shift\+Enter|As code", sheet)


def test_a_paragraph_that_is_gone_from_the_lesson_stops_the_making():
    with pytest.raises(ValueError, match="0 paragraphs begin with"):
        taken(["A writer chooses."], ["A painter"])


@for_each(list(FOR_TEACHERS))
def test_the_made_parts_of_the_guide_are_those_that_the_data_make_today(name):
    assert (GUIDE / name).read_bytes() == FOR_TEACHERS[name], "Run: make_worksheets.py"


def test_what_is_to_be_put_in_order_is_not_printed_in_its_order():
    items = [one for lesson in LESSONS for one in load_items(lesson) if one.kind == "order"]

    assert items
    for item in items:
        printed = question(item, 1)
        places = [printed.index(f"{option.id}) ") for option in item.options]
        assert places != sorted(places), item.id
