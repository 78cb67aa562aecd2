"""The instructor guide is whole, and says what the data, the lessons and the program say."""

import re
from pathlib import Path

import make_slides
from for_each import for_each
from typer.testing import CliRunner

from framingkit import cli
from framingkit.course.data import (
    list_articles,
    list_lessons,
    load_article,
    load_claims,
    load_codebook,
    load_exercises,
    load_items,
    load_reference,
)
from framingkit.course.outlines import load_outlines

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "instructor-guide.md").read_text(encoding="utf-8")
FOLDER = DOCS / "instructor-guide"
PAGES = [*sorted(FOLDER.glob("*.md")), *DOCS.glob("*.md"), ROOT / "exercises" / "README.md"]
ALL = "\n".join(path.read_text(encoding="utf-8") for path in [*FOLDER.glob("*.md")]) + GUIDE
LESSONS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
NEUTRAL = (FOLDER / "neutrality.md").read_text(encoding="utf-8")
NOTES = (FOLDER / "lesson-notes.md").read_text(encoding="utf-8")
WRITTEN = {
    item.id: item
    for lesson in list_lessons()
    for item in load_items(lesson)
    if item.kind == "written"
}
PARTS = (
    "At a glance", "Three routes", "Set-up", "Notes on each lesson", "Fact sheet for the article",
    "A live war and charged views", "The reference reading", "Rubric and marked samples",
    "Grading and privacy", "Your own article", "Standards", "Accessibility and worksheets",
    "Evidence and limits", "Glossary", "Licence, credit and how to report a timing",
)  # fmt: skip


def part(number: int) -> str:
    """Return the text of one part of the guide."""
    return re.split(r"^## \d+\. ", GUIDE, flags=re.MULTILINE)[number]


def rows(text: str) -> list[list[str]]:
    """Return the cells of all tables of a text, without their headers."""
    found = re.findall(r"^\|(.+)\|$", text, re.MULTILINE)
    return [[cell.strip() for cell in row.split(" | ")] for row in found if "---" not in row]


def anchors(page: Path) -> set[str]:
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in found}


def test_the_guide_has_its_fifteen_parts_in_order():
    found = re.findall(r"^## (\d+)\. (.+)$", GUIDE, re.MULTILINE)

    assert found == [(str(number), title) for number, title in enumerate(PARTS, start=1)]


@for_each(range(1, 16))
def test_a_part_says_something_and_the_contents_lead_to_it(number):
    title = re.sub(r"[^\w\- ]", "", f"{number}. {PARTS[number - 1]}".lower()).replace(" ", "-")

    assert len(part(number).split()) >= 20
    assert f"| [{number}](#{title}) |" in GUIDE


@for_each(PAGES)
def test_links_within_the_kit_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        if "://" not in target:
            aim = (page.parent / name).resolve() if name else page
            assert aim.is_file(), target
            assert not anchor or anchor in anchors(aim), target


def test_minutes_in_the_guide_are_those_of_the_lessons():
    for path in LESSONS:
        core, optional = re.findall(
            r"\*\*Time:\*\* about (\d+) minutes.*?about (\d+) more", path.read_text("utf-8")
        )[0]
        (row,) = [row for row in rows(part(1)) if f"{path.name})" in row[0]]
        assert row[1:3] == [f"{core} min", f"{optional} min"]
        start = (DOCS / "start-alone.md").read_text(encoding="utf-8")
        (row,) = [row for row in rows(start) if f"{path.name})" in row[0]]
        assert row[2:] == [core, optional]


def test_the_first_page_has_the_minutes_and_the_slides_of_lesson_03():
    first_page = GUIDE.split("\n## ")[1]
    (outline,) = [one for one in load_outlines() if one.id == make_slides.LESSON]
    sections = re.findall(r'class="where">(.*?)</p>', make_slides.make().decode())
    told = rows(first_page)[1:]

    assert len(first_page.splitlines()) <= 25
    for (minutes, name, slides, _), (start, part) in zip(
        told, make_slides.core(outline), strict=True
    ):
        mine = [n for n, where in enumerate(sections, 1) if where.startswith(f"{name}, ")]
        mine = mine or [1, 2]
        assert (minutes, name) == (f"{start}–{start + part.minutes}", part.name)
        assert slides == (str(mine[0]) if len(mine) == 1 else f"{mine[0]}–{mine[-1]}"), name
    assert told[-1][0].endswith("–50")


def test_the_slides_that_may_be_left_out_are_those_of_the_agenda():
    slides = make_slides.make().decode().split("<section ")[1:]
    found = [number for number, slide in enumerate(slides, 1) if "Read: agenda" in slide]

    assert f"(slides {found[0]}–{found[-1]} and its grid)" in GUIDE


def test_minutes_of_the_one_class_route_fit_into_a_class():
    minutes = re.findall(r"^\| (\d+) \|", part(2).split("###")[1], re.MULTILINE)

    assert sum(map(int, minutes)) == 50


def test_every_planned_minute_of_the_timing_log_stands_in_its_lesson():
    for activity, planned, *_ in rows(NOTES.split("## Timing log")[1])[1:]:
        lesson = next(path for path in LESSONS if path.name.startswith(activity[:2]))
        assert f"about {planned} minute" in lesson.read_text(encoding="utf-8"), activity


def test_every_lesson_has_its_notes_with_all_their_parts():
    for path in LESSONS:
        (notes,) = re.findall(rf"^## Lesson {path.stem[:2]}.*?(?=^## )", NOTES, re.M | re.S)
        for name in ("Aim", "Say first", "Likely answers", "What goes wrong", "Moves"):
            assert f"**{name}.**" in notes, f"{path.stem}: {name}"


def test_every_claim_and_omission_is_named_in_the_guide():
    ledger = load_claims()
    sheet = (FOLDER / "fact-sheet.md").read_text(encoding="utf-8")

    for one in ledger.claims:
        assert f"| {one.id} | {one.claim} | **{one.verdict}** |" in sheet
    for one in ledger.omissions:
        assert f"| {one.id} | {one.what} |" in sheet
        assert re.search(rf"\b{one.id}\b", NOTES), one.id
    assert ledger.seen in sheet


def test_every_claim_is_used_in_a_lesson_or_in_its_notes():
    told = NOTES.replace("c14 to c19", "c14 c15 c16 c17 c18 c19")
    told += "".join(path.read_text(encoding="utf-8") for path in LESSONS)

    for one in load_claims().claims:
        assert re.search(rf"\b{one.id}\b", told), one.id


def test_the_table_of_devices_counts_what_the_reference_readings_hold():
    article = [one for one in load_reference().spans if one.section != "caption"]
    others = [
        one for id in list_articles() if id != load_article().id for one in load_reference(id).spans
    ]
    core = {code.id for code in load_codebook().core}
    wanted = []
    for code in load_codebook().devices:
        mine = [one.status for one in article if one.span.label == code.id]
        elsewhere = sum(one.span.label == code.id for one in others)
        counts = [mine.count("clear"), mine.count("debatable"), elsewhere]
        tier = "core" if code.id in core else "extension"
        wanted.append([code.chip, code.name, tier, *map(str, counts)])

    assert [row for row in rows(part(7)) if len(row) == 6][1:] == wanted


def test_every_device_is_practised_at_least_twice():
    for row in [row for row in rows(part(7)) if len(row) == 6][1:]:
        assert sum(map(int, row[3:])) >= 2, row[1]


def test_the_table_of_frames_is_that_of_the_reference_reading():
    titles = {one.id: one.title.lower() for one in load_article().sections}
    titles["ending"] = "ending"
    readings = [one for one in load_reference().section_frames if one.section != "caption"]
    wanted = []
    for frame in load_codebook().frames:
        first = [titles[one.section] for one in readings if one.primary == frame.id]
        second = [titles[one.section] for one in readings if frame.id in one.secondary]
        wanted.append([frame.chip, frame.name, ", ".join(first) or "–", ", ".join(second) or "–"])

    assert [row for row in rows(part(7)) if len(row) == 4][1:] == wanted


def test_all_sixteen_misconceptions_have_questions_that_find_them():
    diagnosed = {
        item.id: item.misconceptions for lesson in list_lessons() for item in load_items(lesson)
    }
    table = [row for row in rows(part(4)) if row[0].isdigit()]

    assert [row[0] for row in table] == [str(number) for number in range(1, 17)]
    for number, _, _, questions in table:
        ids = re.findall(r"`([\w-]+)`", questions)
        assert len(ids) == 2
        assert all(int(number) in diagnosed[id] for id in ids), number


def samples() -> dict[str, list[list[str]]]:
    found = {}
    for name in ("samples-lessons.md", "samples-exercises.md"):
        text = (FOLDER / name).read_text(encoding="utf-8")
        for section in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
            found[re.findall(r"`([\w-]+)`", section)[0]] = rows(section.split("\n## ")[0])[1:]
    return found


SAMPLES = samples()


def test_every_written_task_has_samples():
    assert set(SAMPLES) == set(WRITTEN)


@for_each(list(SAMPLES))
def test_a_written_task_has_four_samples_with_reasons_that_are_not_the_answer_shown(task):
    levels, texts, reasons = zip(*SAMPLES[task], strict=True)

    assert levels == ("0", "1", "2", "3")
    assert len(set(texts)) == 4
    assert min(len(reason.split()) for reason in reasons) >= 2
    assert WRITTEN[task].worked not in texts
    assert min(len(text.split()) for text in texts[2:]) >= WRITTEN[task].min_words


def test_the_neutrality_checklist_has_a_dated_row_for_every_lesson():
    dated = [row for row in rows(NEUTRAL) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", row[0])]

    for path in LESSONS:
        assert [row for row in dated if row[1] == path.stem[:2] and len(row[2].split()) > 15]


def test_the_commands_of_the_guide_are_those_of_the_program():
    told = re.findall(
        r"`framingkit ([\w-]+)([^`]*)`", GUIDE + (DOCS / "start-alone.md").read_text()
    )

    assert {"start", "collect", "grade", "merge"} <= {name for name, _ in told}
    told += [("collect", " --key"), ("grade", " --names --id-column"), ("merge", " --second")]
    for name, words in told:
        help_text = CliRunner().invoke(cli.app, [name, "--help"], terminal_width=200).output
        for option in re.findall(r"(?<!\S)(--?[a-z][\w-]*)", words):
            assert option in help_text, f"{name} {option}"


def test_the_exercises_that_the_guide_names_exist():
    there = {one.number for one in load_exercises()}
    named = re.findall(r"\b(\d\.\d)\b(?!\.\w)", part(2) + part(6))

    assert len(named) > 5
    assert set(named) <= there


def test_constructed_samples_are_called_constructed_and_minutes_estimates():
    assert "**constructed**" in part(8)
    assert "**estimates**" in GUIDE
    assert "**proposal**" in part(11)
    assert "There is no hosted server" in part(3).replace("\n", " ")
