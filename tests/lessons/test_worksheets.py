"""The printed worksheets: fresh, whole, and usable without a device or a colour."""

import re
import tomllib
from html import unescape

import pytest
from for_each import for_each
from make_worksheets import FOLDER, GUIDE, ROOT, SHEETS, for_teachers, worksheets
from worksheet_lessons import LESSONS, taken
from worksheet_parts import answer_letters, question
from worksheet_sheets import codes_of, tasks

from framingkit.base import PAGE_TOKENS
from framingkit.course.data import load_codebook, load_items, load_reference

MADE = worksheets()
FOR_TEACHERS = for_teachers()
PAGES = {
    name: page.decode() for name, page in (MADE | FOR_TEACHERS).items() if name.endswith(".html")
}
NAMES = [sheet["name"] for sheet in SHEETS]
# the names of the frames are on the grid, and are options too
FRAMES = {frame.name for frame in load_codebook().frames}
TELLS = tomllib.loads((ROOT / "tools" / "worksheets.toml").read_text(encoding="utf-8"))["tells"]


def sheet_of(name):
    return next(sheet for sheet in SHEETS if sheet["name"] == name)


def words_of(markup):
    """Give what a reader sees, in one line and in small letters."""
    bare = re.sub(
        r"<style>.*?</style>|<!--.*?-->|</?(?:span|b|em|strong)\b[^>]*>",
        "",
        markup,
        flags=re.DOTALL,
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", bare)).split()).casefold()


def told_on(name):
    """Give the words of a sheet without the texts under study."""
    page = PAGES[f"{name}.html"]
    return words_of(re.sub(r'<div class="passage.*?</div>\s*</div>', " ", page, flags=re.DOTALL))


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


@for_each(NAMES)
def test_the_tasks_of_a_sheet_are_numbered_and_answered_under_the_same_numbers(name):
    sheet = sheet_of(name)
    numbers = [str(task.number) for task in tasks(sheet)]
    answers = PAGES["answers.html"].split("<details>")[0]
    own = re.split(r"<h2>|</main>", answers)
    (part,) = [one for one in own if one.startswith(f"{sheet['kicker']}: {sheet['title']}")]

    assert re.findall(r'<b class="number">(\d+)</b>', PAGES[f"{name}.html"]) == numbers
    assert re.findall(r'<b class="number">(\d+)</b>', part) == numbers
    letters = [
        answer_letters(t.item) for t in tasks(sheet) if t.item and t.item.scored and t.item.options
    ]
    assert re.findall(r"<b>([a-h –]+?)\s*</b>", part) == letters


@for_each(NAMES)
def test_no_task_of_a_sheet_tells_the_answer_to_another(name):
    """The text under study has the words to tag; nothing else on the sheet has them."""
    told = told_on(name)
    for task in tasks(sheet_of(name)):
        for words in TELLS.get(task.item.id if task.item else "", ()):
            assert words.casefold() not in told, (task.item.id, words)
        for option in task.item.options if task.item and task.item.scored else ():
            if option.correct and option.text.count(" ") > 1 and option.text not in FRAMES:
                assert told.count(words_of(option.text)) == 1, (task.item.id, option.text)
        for quote in clear_quotes(task.tag):
            quoted = rf"“[^”]*\b{re.escape(quote)}\b[^“]*”"
            assert not re.search(re.escape(quote) if " " in quote else quoted, told), quote


def clear_quotes(tag):
    """Give the words that the reference reading tags with the codes of a task."""
    if "section" not in tag:
        return []
    offered = {code.id for code in codes_of(tag)}
    return [
        one.span.quote.strip("“”").casefold()
        for one in load_reference(tag.get("document", "alaska-summit")).spans
        if one.section == tag["section"] and one.span.label in offered and one.status == "clear"
    ]


def test_what_gives_an_answer_away_is_known_by_questions_of_the_bank():
    known = {item.id for lesson in LESSONS for item in load_items(lesson)}

    assert TELLS.keys() <= known
    assert {id for sheet in SHEETS for id in sheet.get("prompts", {})} <= known
    asked = {task.item.id for sheet in SHEETS for task in tasks(sheet) if task.item}
    assert len(asked & TELLS.keys()) >= 4


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


def test_what_is_to_be_put_in_order_has_neither_its_order_nor_its_letters():
    items = [one for lesson in LESSONS for one in load_items(lesson) if one.kind == "order"]

    assert items
    for item in items:
        printed = question(item, 1)
        places = [words_of(printed).index(words_of(one.text)) for one in item.options]
        letters = re.findall(r'class="letter square">(\w)<', printed)
        assert places != sorted(places), item.id
        assert letters == sorted(letters), item.id
        assert answer_letters(item).split(" – ") != letters, item.id
