"""A course of one's own, from a saved page to marks: made once, then used as a class does."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from own_courses import ABOUT, ARTICLE, LESSON, make_course, source_in

import framingkit as fk
from framingkit.authoring import (
    Asked,
    Draft,
    Part,
    add_question,
    begin,
    check_course,
    differences,
    execute,
    make_lesson,
    making,
    own_questions,
    pack_course,
    reading_from,
    table_of,
)
from framingkit.course import forget, load_items, load_outlines, this_course, working_on
from framingkit.errors import FramingkitError
from framingkit.hand_ins import collect, read_class
from framingkit.reports import grade, write_report, write_sheets

ROOT = Path(__file__).parents[2]
NBVAL = [
    sys.executable, "-m", "pytest", "-c", os.devnull, "-p", "nbval", "-p", "no:cacheprovider", "-q",
    "--nbval", "--nbval-current-env", "--nbval-cell-timeout=60",
    f"--nbval-sanitize-with={ROOT / 'tests' / 'nbval-sanitize.cfg'}",
]  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The course as it was made."""
    folder = tmp_path_factory.mktemp("ferry")
    make_course(folder / "course", source_in(folder))
    return folder / "course"


@pytest.fixture
def course(made, tmp_path, monkeypatch):
    """A copy of it, in which a teacher or a class can work."""
    folder = tmp_path / made.name
    shutil.copytree(made, folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("FRAMINGKIT_WORK", str(tmp_path / "work"))
    forget()
    yield folder
    forget()


@pytest.fixture
def unrun(monkeypatch):
    """Write notebooks without running them: that takes seconds, and other tests do it."""
    for module in (making, own_questions):
        monkeypatch.setattr(module, "execute", lambda path: None)


def tagged_by(name: str, tags: list[tuple[str, str, str]]) -> Path:
    """Let somebody work in the lesson, and hand in."""
    lesson = fk.open_lesson(LESSON, coder=name)
    for words, code, note in tags:
        lesson.add_tag(words, code, document=ARTICLE, **({"note": note} if note else {}))
    lesson.answer(f"{ARTICLE}-reported", "c")
    lesson.answer(f"{ARTICLE}-exit-own-words", "The deck is easy to see, the fares are not.")
    return lesson.log.write_sheet(fk.__version__)


TEACHER = [
    ("shook hands", "ceremony_symbol", "Done to be seen on the deck."),
    ("Observers say", "vague_attribution", ""),
    ("an aide noted", "vague_attribution", "One unnamed person. Debatable: There are two offices."),
    ("season", "nature_metaphor", "near miss: A season with a timetable is no weather."),
]


@pytest.mark.slow
def test_a_fresh_lesson_passes_strict_nbval_and_the_check_at_once(made):
    names = sorted(map(str, made.glob("[ne]*/*.ipynb")))
    done = subprocess.run([*NBVAL, *names], cwd=made, capture_output=True, text=True)
    rows = check_course(made, run=False)

    assert len(names) == 2
    assert done.returncode == 0, done.stdout[-2000:]
    assert [row for row in rows if row.state == "wrong"] == []
    assert "1 hint (look)" in table_of(rows)[-1], "a reference reading is still to come"


def test_the_lesson_is_on_the_template_of_the_kit(made):
    import inspect

    import nbformat
    from lessons import test_lesson_template as template

    lesson = nbformat.read(made / "notebooks" / f"{LESSON}.ipynb", as_version=4)
    checks = [
        inspect.getclosurevars(test).nonlocals.get("test")
        for name, test in vars(template).items()
        if name.startswith("test_") and "kit_lead" not in name
    ]
    checks = [one for one in checks if one and [*inspect.signature(one).parameters] == ["lesson"]]
    assert len(checks) >= 18
    for check in checks:
        check(lesson)


def test_a_course_has_everything_it_names(made):
    with working_on(made):
        (outline,) = load_outlines()
        assert re.fullmatch(r"course-[0-9a-f]{4}", this_course().id)
        assert outline.minutes == sum(
            part.minutes for part in outline.parts if not part.is_optional
        )
        assert {id for part in outline.parts for id in part.items} == {
            item.id for item in load_items(LESSON)
        }


def test_a_teachers_tags_and_notes_become_the_reading_and_learners_compare_with_it(course):
    sheet = tagged_by("teacher", TEACHER)
    done = reading_from(course, ARTICLE, sheet)
    entries = {entry.span.quote: entry for entry in done.reference.spans}

    assert entries["an aide noted"].status == "debatable"
    assert entries["an aide noted"].alternative == "There are two offices."
    assert entries["Observers say"].rationale.startswith("It meets the rule: ")
    assert [miss.why for miss in done.reference.near_misses] == [
        "A season with a timetable is no weather."
    ]
    tagged_by("wren-one", [("shook hands", "ceremony_symbol", "")])
    compared = fk.open_lesson(LESSON, coder="wren-one").compare("opening", document=ARTICLE)
    assert "matches the reference reading" in str(compared)
    rows = {row.what: row.state for row in check_course(course, run=False)}
    assert (rows["anchors"], rows["labels"], rows["near misses"]) == ("ok", "ok", "ok")


def test_a_reading_that_is_made_again_keeps_what_was_decided_and_the_file_before(course):
    first = reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    path = first.path
    text = path.read_text(encoding="utf-8").replace("It meets the rule: No", "Nobody is named: no")
    path.write_text(text, encoding="utf-8")
    again = reading_from(course, ARTICLE, tagged_by("teacher", [("flag", "ceremony_symbol", "")]))

    assert len(again.reference.spans) == len(first.reference.spans) + 1
    assert (
        "Nobody is named"
        in {e.span.quote: e for e in again.reference.spans}["Observers say"].rationale
    )
    assert path.with_name(f"{path.name}.bak").read_text(encoding="utf-8") == text


def test_where_two_readers_differ_an_entry_is_debatable_and_says_how(course):
    mine = tagged_by("teacher", TEACHER[:2])
    tags = [
        ("shook hands", "ceremony_symbol", "To be seen."),
        ("Observers", "hedge", "It makes the claim smaller."),
        ("may be the beginning", "hedge", ""),
    ]
    done = reading_from(course, ARTICLE, mine, tagged_by("colleague", tags))
    entries = {entry.span.quote: entry for entry in done.reference.spans}

    assert entries["shook hands"].status == "clear"
    assert entries["Observers say"].accepts == ("hedge",)
    assert (
        "tagged them as hedge: It makes the claim smaller." in entries["Observers say"].alternative
    )
    assert entries["may be the beginning"].alternative.endswith("left these words untagged.")
    assert "“teacher” and “colleague”" in done.sentences[0]
    assert not [row for row in check_course(course, run=False) if row.state == "wrong"]


def test_a_class_is_collected_reported_marked_and_answered_without_more_set_up(course, tmp_path):
    reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    hand_ins = tmp_path / "hand-ins"
    hand_ins.mkdir()
    for number in range(6):
        sheet = tagged_by(f"wren-{number}", TEACHER[: 1 + number % 2])
        assert json.loads(sheet.read_bytes())["course"] == this_course().id
        shutil.copy(sheet, hand_ins)
    collected = collect(hand_ins, tmp_path / "class.gz")
    assert collected.class_file.texts[0].known
    said = write_report(tmp_path / "class.gz", tmp_path / "report.html")
    assert "It begins with: Lesson 01" in said
    grade(tmp_path / "class.gz", tmp_path / "grades.csv")
    assert f'"wren-0","{LESSON}","1","1"' in (tmp_path / "grades.csv").read_text(
        encoding="utf-8-sig"
    )
    assert "6 sheets" in write_sheets(tmp_path / "class.gz", tmp_path / "sheets")[0]


def test_hand_ins_and_classes_of_another_course_are_left_out_and_named(
    course, tmp_path, monkeypatch
):
    hand_ins = tmp_path / "hand-ins"
    hand_ins.mkdir()
    shutil.copy(tagged_by("wren-one", TEACHER[:1]), hand_ins)
    log = next((tmp_path / "work").glob("*.jsonl"))
    collect(hand_ins, tmp_path / "class.gz")
    name = this_course().id
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FramingkitError, match=f"1 hand-in of the course “{name}” left out"):
        collect(hand_ins, tmp_path / "other.gz")
    with pytest.raises(FramingkitError, match="not the course at hand.*--course FOLDER"):
        read_class(tmp_path / "class.gz")
    # of the kit's own learners, the others are taken, and a log says where it was begun as well
    kit = ROOT / "data" / "sample-class"
    for path in sorted(kit.glob("*.json"))[:3]:
        shutil.copy(path, hand_ins)
    shutil.copy(log, hand_ins / "wren.answers.jsonl")
    both = collect(hand_ins, tmp_path / "both.gz")
    assert both.class_file.learners == 3
    assert any(f"2 hand-ins of the course “{name}”" in one for one in both.sentences)


def test_a_report_of_a_text_without_a_reading_says_what_the_class_did(course, tmp_path):
    hand_ins = tmp_path / "hand-ins"
    hand_ins.mkdir()
    for number in range(6):
        shutil.copy(
            tagged_by(f"wren-{number}", [*TEACHER, ("flag", "ceremony_symbol", "")]), hand_ins
        )
    collect(hand_ins, tmp_path / "class.gz")
    write_report(tmp_path / "class.gz", tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")

    assert "shook hands" in page
    assert "tags without a match" not in page, "nothing is over where nothing is there to match"
    grade(tmp_path / "class.gz", tmp_path / "grades.csv", tasks=tmp_path / "tasks.csv")
    assert f"{ARTICLE}: " not in (tmp_path / "tasks.csv").read_text(encoding="utf-8-sig")


def test_a_teachers_question_is_asked_in_the_lesson_and_stays_when_it_is_made_again(course, unrun):
    answers = (
        ("Inga Marsh", "She is named, with her work: a reader could find her.", True),
        ("The aide", "Nobody could find this person from the text alone.", False),
    )
    add_question(course, ARTICLE, Asked("Whom could a reader ask?", answers))
    path = course / "notebooks" / f"{LESSON}.ipynb"
    assert f"{ARTICLE}-own-1" in path.read_text(encoding="utf-8")
    assert [row for row in check_course(course, run=False) if row.state == "wrong"] == []
    preview = next(course.glob("for-teachers/*.preview.txt"))
    make_lesson(begin(preview, course, ABOUT).draft, course, again=True)

    assert f"{ARTICLE}-own-1" in path.read_text(encoding="utf-8")
    assert list(course.glob("for-teachers/earlier/*.ipynb")), "what was there is kept"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ((("a", "why", True), ("b", " ", False)), "has no reason yet"),
        ((("a", "why", False), ("b", "why", False)), "no option is correct"),
        ((("a", "why", True),), "fewer than two options"),
    ],
)
def test_a_question_that_could_not_be_answered_fairly_is_not_written(course, answers, words):
    bank = course / "data" / "items" / f"{LESSON}.toml"
    before = bank.read_bytes()
    with pytest.raises(FramingkitError, match=words):
        add_question(course, ARTICLE, Asked("Whom?", answers))

    assert bank.read_bytes() == before


def test_a_lesson_that_is_there_is_not_replaced_by_itself(course):
    preview = next(course.glob("for-teachers/*.preview.txt"))
    with pytest.raises(FramingkitError, match="say so .--again"):
        make_lesson(begin(preview, course, ABOUT).draft, course)


FAULTS = {
    "anchors": ("data/annotations/{}.reference.toml", "quote = \"shook hands\"", 'quote = "shook"'),
    "labels": ("data/annotations/{}.reference.toml", '"ceremony_symbol"', '"ceremony"'),
    "article": ("data/articles/{}/article.txt", "ferry deck", "ferry dock"),
    "about it": ("data/articles/{}/document.toml", "rights = ", "note = "),
    "items": ("data/items/01-{}.toml", '-voices"', '-voice"'),
    "access notebooks/01": ("notebooks/01-{}.ipynb", "## Questions to", "#### Questions to"),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_the_check_finds_a_fault_and_names_it(course, what):
    reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    name, old, new = FAULTS[what]
    path = course / name.format(ARTICLE)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")

    assert text.count(old), "the place to spoil is there"
    rows = check_course(course, run=False)
    assert what in {row.what for row in rows if row.state == "wrong"}
    assert table_of(rows)[-1].startswith("Not ready")


@pytest.mark.slow
def test_the_check_finds_outputs_that_are_not_those_of_today(course):
    reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    lesson = course / "notebooks" / f"{LESSON}.ipynb"

    assert "shows something else than what is stored" in differences(lesson)[0]
    execute(lesson)
    assert differences(lesson) == []


def test_learners_get_a_course_without_what_is_for_teachers(course, tmp_path):
    reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    (course / "notebooks" / "instructor-x.ipynb").write_text("{}", encoding="utf-8")
    pack_course(course, tmp_path / "ferry.zip")
    with zipfile.ZipFile(tmp_path / "ferry.zip") as archive:
        names = archive.namelist()

    assert "course/course.toml" in names
    assert f"course/data/annotations/{ARTICLE}.reference.toml" in names
    assert not [
        one for one in names if "for-teachers" in one or "instructor" in one or "work" in one
    ]


def test_the_start_page_and_a_site_show_the_course_and_nothing_of_the_kits_article(
    course, tmp_path, monkeypatch
):
    from website import packages

    from framingkit.course import place
    from framingkit.start.server import page_for

    page = page_for(course, lambda _: True).decode()
    assert "Two ports, one timetable: a thaw or a pause?" in page
    assert f"notebooks/{LESSON}.ipynb" in page
    assert "real war" not in page
    assert "red carpet" not in page
    whole = (course / "course.toml").read_text(encoding="utf-8")
    (course / "course.toml").write_text("id = 3", encoding="utf-8")
    forget()
    assert "must be a text" in page_for(course, lambda _: True).decode()
    (course / "course.toml").write_text(whole, encoding="utf-8")
    forget()
    # what a site packs into the kit is found there, wherever one is
    reading_from(course, ARTICLE, tagged_by("teacher", TEACHER))
    (tmp_path / "packed").mkdir()
    packages._take_course(tmp_path / "packed", course, course)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(place, "_ON_A_SITE", tmp_path / "packed")
    forget()
    assert this_course().title == "Two ports, one timetable: a thaw or a pause?"
    assert [one.id for one in load_outlines()] == [LESSON]
    assert not list((tmp_path / "packed").rglob("*.bak"))


def test_a_course_with_lessons_of_the_kit_checks_its_own_alone(course):
    shutil.copy(ROOT / "notebooks" / "03-commentary.ipynb", course / "notebooks")
    forget()
    rows = check_course(course, run=False)

    assert {one.id for one in load_outlines()} == {LESSON, "03-commentary"}
    assert [row for row in rows if row.state == "wrong"] == []
    assert not [row for row in rows if "03" in row.what]


HOSTILE = [
    "<img src=x onerror=alert(1)> & <script>alert(1)</script>",
    "$x^2$ `code` *stars* [link](javascript:alert(1)) # | ~ _under_",
    '"""\\ " quote = "x"\n',
    "${title} $id {braces} %s",
    ":?!",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_a_strangers_words_are_only_ever_words(words, tmp_path, unrun):
    import nbformat

    about = ABOUT | {"title": words, "source": words, "rights": words}
    parts = (Part("Headline", (words,)), Part(words, (words, "It is foggy."), True, True))
    made = make_lesson(Draft(about, parts), tmp_path / "c")
    rows = check_course(tmp_path / "c", run=False)
    cells = [cell for path in made.notebooks for cell in nbformat.read(path, 4).cells]
    shown = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    forget()

    assert [row for row in rows if row.state == "wrong"] == []
    assert not re.search(r"<(img|script)|(?<!\\)[`$*\]]\(?javascript|(?<!\\)\$x", shown)
    assert all(re.fullmatch(r"[\w.-]+", one) for one in re.findall(r'"([^"]*)"', code))


def test_a_second_article_becomes_the_next_lesson(course, tmp_path, unrun):
    source = tmp_path / "fog.txt"
    words = "\n\n".join(
        f"It is foggy at the {place} pier, and the ferry waits." for place in "NSEW"
    )
    source.write_text(f"Fog at four piers\n\n{words}", encoding="utf-8")
    made = make_lesson(begin(source, course, ABOUT).draft, course)
    forget()

    assert made.lesson == "02-fog-at-four-piers"
    assert [one.number for one in load_outlines()] == ["01", "02"]
    assert this_course().article == ARTICLE, "the course keeps its first article"
