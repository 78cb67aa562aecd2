"""Sheets of feedback on paper and on a screen: two pages of A4 at most, with nothing cut off."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from framingkit import course
from framingkit.hand_ins import Learner, LearnerTags, read_class, sample_hand_ins
from framingkit.hand_ins.collect import collect
from framingkit.reports.plan import grade_plan
from framingkit.reports.sheet_facts import Facts, Written, marks_of, tagged_in
from framingkit.reports.sheet_page import sheet_page
from framingkit.reports.student_sheets import write_sheets

PAGES = re.compile(rb"/Type\s*/Page\b(?!s)")
LESSON = "03-commentary"


def pages_of(page, content):
    page.set_content(content.decode())
    return len(PAGES.findall(page.pdf(prefer_css_page_size=True)))


@pytest.fixture
def class_file(tmp_path):
    return collect(sample_hand_ins(), tmp_path / "class.gz").class_file


def longest(class_file):
    """Make a learner who did everything at length, and whose teacher writes as much as there is."""
    plan = grade_plan(class_file)
    learner = max(class_file, key=lambda one: sum(len(tags.start) for tags in one.tags))
    items = course.load_items(LESSON)
    closed = tuple(item for item in items if item.is_closed and item.scored)
    said = '"Nobody" and «so it moves»: who says so?\n'
    written = tuple(
        Written(item, "Nobody at the table speaks, and so it moves. " * 60, 1.5, said * number**2)
        for number, item in enumerate((i for i in items if i.kind == "written"), start=1)
    )
    places = [
        (number, text, task)
        for number, text in plan.texts.items() for task in text.tasks
        if task.section.id in ("commentary", "ending")
    ]  # fmt: skip
    text = places[0][1].document
    spans = [entry.span for entry in text_entries(text)]
    spans += [course.Span(one.end - 5, one.end, "booster") for one in text.sentences()]
    notes = ["It is so because the words say so, and no other words would. " * 3] * len(spans)
    tags = LearnerTags(places[0][0], [s.start for s in spans], [s.end for s in spans],
                       [s.label for s in spans], [], notes, [])  # fmt: skip
    learner = Learner(learner.coder, 1, (tags,), {}, learner.person)
    tagged = tuple(tagged_in(learner, places, plan.codebook))
    return Facts(closed, ("wrong",) * len(closed), tagged, written, {}, plan.codebook)


def text_entries(document):
    return [e for e in course.load_reference(document.id).spans if e.span.start % 2]


def test_the_sheets_of_the_sample_class_have_at_most_two_pages(class_file, tmp_path, context):
    """The ten largest are printed; the test below prints longer ones than any class has."""
    write_sheets(class_file.path, tmp_path / "sheets", LESSON)
    sheets = list((tmp_path / "sheets").iterdir())
    assert len(sheets) == len(read_class(class_file.path)) == 30
    page = context.new_page()
    largest = sorted(sheets, key=lambda path: -path.stat().st_size)[:10]
    counts = {path.name: pages_of(page, path.read_bytes()) for path in largest}
    assert set(counts.values()) <= {1, 2}, counts


def test_the_longest_sheet_has_two_pages_and_is_not_wider_than_paper(class_file, context):
    facts, page = longest(class_file), context.new_page()
    for comment in ("", "Read it again. " * 30, "Read it again. " * 400, "字" * 3000, "one\n" * 90):
        for mark in ("", "W" * 40):
            row = {"comment": comment, "mark": mark}
            one = Facts(facts.closed, facts.marks, facts.tagged, facts.written, row, facts.codebook)
            title, day = "Lesson 03: The commentary", "30 September 2026"
            content = sheet_page("amber-crane-153.kfdx", title, one, day).page
            assert b"note 1" in content
            assert pages_of(page, content) == 2, (comment[:20], mark)
            assert (b"beside the reference" in content) == (b'class="fs-row"' in content)
            assert comment.strip()[:10].split("\n")[0] in content.decode()
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 1000})
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    page.emulate_media(media="screen")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_checker_finds_no_fault(class_file, context):
    page = context.new_page()
    content = sheet_page("amber-crane-153", "Lesson 03", longest(class_file)).page
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.set_content(content.decode())
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]] == []


def test_somebody_who_did_nothing_has_one_page(class_file, context):
    plan = grade_plan(class_file)
    nobody = Learner("amber-crane-153", 0, (), {})
    closed = tuple(item for item in plan.closed if item.lesson == LESSON)
    facts = Facts(closed, marks_of(nobody, closed), (), (), {}, plan.codebook)
    content = sheet_page("amber-crane-153", "Lesson 03", facts).page
    assert pages_of(context.new_page(), content) == 1
