"""Every lesson has the same shape, so that a class and a screen reader can rely on it."""

import ast
import itertools
import re
import statistics
from pathlib import Path
from typing import Any

import nbformat
from for_each import for_each

from framingkit.course import load_article

ROOT = Path(__file__).parents[2]
LESSONS = {
    path.stem: nbformat.read(path, as_version=4)
    for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
}
AS_CODE = re.compile(r"<details><summary>As code</summary>.*?</details>", re.DOTALL)
BLOCKS = (
    "title", "objectives", "questions", "setup", "warm-up", "passage", "demonstration",
    "activity-a", "activity-b", "discuss", "extension", "worked-reading", "exit-ticket",
    "keypoints",
)  # fmt: skip
# In the first lesson the first tag comes before everything that is not needed for it: whoever has
# done something, and seen it saved, reads on. So the tour is right after the set-up.
FIRST_LESSON = (
    "title", "setup", "activity-a", "objectives", "questions", "warm-up", "passage",
    "demonstration", "activity-b", "discuss", "extension", "worked-reading", "exit-ticket",
    "keypoints",
)  # fmt: skip
CALLOUTS = {
    "warm-up": "◇", "activity-a": "■", "activity-b": "■", "discuss": "‖", "extension": "◌",
    "worked-reading": "◪", "exit-ticket": "▤",
}  # fmt: skip
MOST_WORDS = 1500
"""Words of reading that a lesson asks for before its exit ticket."""
READ_IN_A_MINUTE, SECONDS_AN_ACT = 180, 5
TOOLS = (
    "lesson.ask(", "lesson.tag(", "lesson.class_map(", "lesson.hand_in(", "lesson.chart(",
    "lesson.coverage(", "lesson.coverage_chart(",
)  # fmt: skip
TWINS = {
    "lesson.ask(": "`lesson.answer(", "lesson.tag(": "`lesson.add_tag(",
    "lesson.class_map(": "`lesson.class_page(", "lesson.coverage(": "`lesson.coverage_page(",
}  # fmt: skip


def order_of(lesson: Any) -> tuple[str, ...]:
    return FIRST_LESSON if lesson is LESSONS["00-start-here"] else BLOCKS


def shown_words(cell: Any) -> int:
    """Count the words of a text cell that are read without opening a folded box."""
    unfolded = re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)
    return len(prose(nbformat.NotebookNode(source=unfolded)).split())


def before_the_exit_ticket(lesson: Any) -> list[Any]:
    return [
        cell for cell in of_kind(lesson, "markdown")
        if not {"exit-ticket", "keypoints"} & set(cell.metadata.tags)
    ]  # fmt: skip


def of_kind(lesson: Any, kind: str) -> list[Any]:
    return [cell for cell in lesson.cells if cell.cell_type == kind]


def headings(lesson: Any) -> list[tuple[int, str]]:
    return [
        (len(marks), words)
        for cell in of_kind(lesson, "markdown")
        for marks, words in re.findall(r"^(#+) (.+)$", cell.source, re.MULTILINE)
    ]


def prose(cell: Any) -> str:
    """Return the words of a text cell as they are read: no addresses, no HTML, no code."""
    text = re.sub(r"\]\([^)]*\)", "]", cell.source)
    return re.sub(r"<[^>]+>|`[^`]*`", " ", text)


def sentences(cell: Any) -> list[str]:
    lines = re.sub(r"^[\s>#*\-]+|^\d+\. ", "", prose(cell), flags=re.MULTILINE).splitlines()
    parts = [part for line in lines for part in re.split(r"(?<=[.?!:;])\s+", line)]
    return [part for part in parts if len(part.split()) > 2]


def test_lessons_are_found():
    assert "00-start-here" in LESSONS


@for_each(LESSONS)
def test_every_block_of_the_template_is_there_in_order(lesson):
    blocks = [
        tag for cell in lesson.cells for tag in cell.metadata.get("tags", ()) if tag in BLOCKS
    ]

    assert len(blocks) == len(lesson.cells), "every cell belongs to one block"
    assert tuple(dict.fromkeys(blocks)) == order_of(lesson)
    assert blocks == sorted(blocks, key=order_of(lesson).index)


@for_each(LESSONS)
def test_there_is_one_title_and_no_heading_level_is_skipped(lesson):
    levels = [level for level, _ in headings(lesson)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@for_each(LESSONS)
def test_headings_differ_from_each_other(lesson):
    words = [words for _, words in headings(lesson)]

    assert len(set(words)) == len(words)


@for_each(LESSONS)
def test_a_lesson_has_from_1200_to_2000_words(lesson):
    words = sum(len(cell.source.split()) for cell in of_kind(lesson, "markdown"))

    assert 1200 <= words <= 2000


@for_each(LESSONS)
def test_no_more_than_1500_words_are_read_before_the_exit_ticket(lesson):
    """Everything unfolded counts, also the optional part that nobody has to read."""
    assert sum(map(shown_words, before_the_exit_ticket(lesson))) <= MOST_WORDS


@for_each(LESSONS)
def test_the_core_with_its_worked_reading_has_no_more_than_1500_words_either(lesson):
    core = [
        cell for cell in before_the_exit_ticket(lesson) if "extension" not in cell.metadata.tags
    ]
    words = sum(
        len(prose(cell).split()) if "worked-reading" in cell.metadata.tags else shown_words(cell)
        for cell in core
    )

    assert words <= MOST_WORDS


def test_the_first_tag_is_made_within_five_minutes_at_reading_speed():
    lesson = LESSONS["00-start-here"]
    tools = [cell.source.startswith(("lesson.tag(", "codes = [")) for cell in lesson.cells]
    above = lesson.cells[: tools.index(True)]
    words = sum(shown_words(cell) for cell in above if cell.cell_type == "markdown")
    words += len(load_article("tagger-tour").text.split())
    acts = 3  # select the words, look at the codes, choose one

    assert [cell.id for cell in above if cell.cell_type == "code"] == ["open"]
    assert words / READ_IN_A_MINUTE + acts * SECONDS_AN_ACT / 60 <= 2.5, "half of what is promised"


@for_each(LESSONS)
def test_a_callout_begins_with_its_mark_and_a_word_and_nothing_else_does(lesson):
    for cell in of_kind(lesson, "markdown"):
        (block,) = [tag for tag in cell.metadata.tags if tag in BLOCKS]
        first = cell.source.splitlines()[0]
        opens = bool(re.search(r"^## ", cell.source, re.MULTILINE)) and block in CALLOUTS
        within = cell.source[:2].strip() in CALLOUTS.values()
        assert within == opens, cell.id
        if within:
            assert re.fullmatch(rf"{CALLOUTS[block]} \*\*[A-Z][\w ]+\*\*(\. .+)?", first), cell.id


@for_each(LESSONS)
def test_the_optional_part_and_nothing_else_is_folded_and_says_how_to_open_it(lesson):
    folded = [cell for cell in lesson.cells if cell.metadata.get("jp-MarkdownHeadingCollapsed")]

    assert [cell.metadata.tags for cell in folded] == [["extension"]]
    assert "\n## Optional" in folded[0].source
    assert "press the three dots" in folded[0].source


@for_each(LESSONS)
def test_a_lesson_has_from_25_to_40_cells(lesson):
    assert 25 <= len(lesson.cells) <= 40


@for_each(LESSONS)
def test_a_code_cell_has_at_most_three_short_statements_and_three_only_call_tools(lesson):
    for cell in of_kind(lesson, "code"):
        body = ast.parse(cell.source).body
        calls = [
            one for one in body if isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)
        ]
        assert 1 <= len(body) <= (3 if calls == body else 2), cell.id
        assert max(map(len, cell.source.splitlines())) <= 100, cell.id


@for_each(LESSONS)
def test_half_of_the_sentences_have_18_words_or_fewer(lesson):
    lengths = [len(one.split()) for cell in of_kind(lesson, "markdown") for one in sentences(cell)]

    assert statistics.median(lengths) <= 18
    assert max(lengths) <= 40


@for_each(LESSONS)
def test_every_tool_is_described_in_the_text_above_it(lesson):
    for above, cell in itertools.pairwise(lesson.cells):
        if cell.cell_type == "code" and cell.source.startswith(TOOLS):
            assert above.cell_type == "markdown", cell.id
            assert len(prose(above).split()) >= 15, cell.id


@for_each(LESSONS)
def test_every_tool_has_its_way_in_code_beside_it(lesson):
    for block in BLOCKS:
        cells = [cell for cell in lesson.cells if block in cell.metadata.tags]
        text = "".join(cell.source for cell in cells if cell.cell_type == "markdown")
        boxes = "".join(AS_CODE.findall(text))
        for cell in cells:
            for tool, twin in TWINS.items():
                if cell.cell_type == "code" and cell.source.startswith(tool):
                    assert twin in boxes, f"{block} does not say {twin}...`"


@for_each(LESSONS)
def test_ways_in_code_are_in_one_folded_box_for_each_part_and_nowhere_else(lesson):
    words = "\n".join(cell.source for cell in of_kind(lesson, "markdown"))
    for part in re.split(r"^## ", words, flags=re.MULTILINE):
        assert len(AS_CODE.findall(part)) <= 1, part[:40]
        assert "`lesson." not in AS_CODE.sub("", part), part[:40]


@for_each(LESSONS)
def test_the_keys_of_the_tagger_and_of_the_questions_are_named(lesson):
    text = "".join(cell.source for cell in of_kind(lesson, "markdown"))

    for key in ("arrow keys", "Shift", "F2", "Tab", "space bar"):
        assert key in text


@for_each(LESSONS)
def test_the_minutes_of_the_core_parts_add_up_to_the_promise(lesson):
    promised = re.search(r"\*\*Time:\*\* about (\d+) minutes", lesson.cells[0].source)
    spent = [
        int(minutes)
        for _, words in headings(lesson)
        if not words.startswith("Optional")
        for minutes in re.findall(r"about (\d+) minutes?", words)
    ]

    assert promised is not None
    assert sum(spent) == int(promised[1])


@for_each(LESSONS)
def test_links_say_where_they_lead(lesson):
    for cell in of_kind(lesson, "markdown"):
        for words in re.findall(r"\[([^\]]+)\]\(", cell.source):
            assert words.lower() not in {"here", "link", "this", "click here", "read more"}


@for_each(LESSONS)
def test_links_to_files_of_the_kit_lead_somewhere(lesson):
    for cell in of_kind(lesson, "markdown"):
        for target in re.findall(r"\]\(([^)]+)\)", cell.source):
            name, _, anchor = target.partition("#")
            page = ROOT / "notebooks" / name
            assert page.is_file(), target
            assert not anchor or anchor in anchors(page), target


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub and JupyterLab give to the headings of a page."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-") for words in found}


@for_each(LESSONS)
def test_folded_parts_are_closed_and_have_a_summary(lesson):
    for cell in of_kind(lesson, "markdown"):
        opened = cell.source.count("<details>")
        assert opened == cell.source.count("</details>") == cell.source.count("<summary>")


@for_each(LESSONS)
def test_cell_ids_are_words_and_differ(lesson):
    ids = [cell.id for cell in lesson.cells]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in ids)
