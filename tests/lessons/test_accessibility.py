"""Lessons, workbooks and pages can be used without sight, without a mouse and without colour.

The shape of the lessons is tried in test_lesson_template.py, and the widgets in a real browser in
tests/browser. Here is what can be seen in the files: headings, descriptions, tables, contrast.
"""

import itertools
import re
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from for_each import for_each

from framingkit.base import WIDGET_TOKENS

ROOT = Path(__file__).parents[2]
NOTEBOOKS = {
    f"{place}/{path.name}": nbformat.read(path, as_version=4)
    for place in ("notebooks", "exercises")
    for path in sorted((ROOT / place).glob("*.ipynb"))
}
LESSONS = {
    name: notebook for name, notebook in NOTEBOOKS.items() if re.match(r"notebooks/\d", name)
}
PAGES = {
    path.relative_to(ROOT).as_posix(): re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.S)
    for pattern in ("README.md", "docs/*.md", "docs/instructor-guide/*.md")
    for path in sorted(ROOT.glob(pattern))
}
VAGUE = {"here", "link", "this", "click here", "read more", "more", "page"}
TWINS = {
    "lesson.frames(": "`lesson.answer_frames(",
    "lesson.rewrite(": "`lesson.add_plain_words(",
    "lesson.own_text(": "`lesson.use_text(",
    "text.read_and_tag(": "`lesson.add_tag(",
    "text.frames(": "`lesson.answer_frames(",
}
MARK = r'<mark title="|<mark class="framingkit-level-\d">(?:<sup[^>]*>\d+|words</mark> )'
THEMES = Path(sys.prefix) / "share" / "jupyter" / "lab" / "themes" / "@jupyterlab"
KIT = ROOT / "src" / "framingkit"
# what JupyterLab lends, set on and beside the kit's own colours; the others are in test_tokens.py
LENT = [
    ("--fk-ink", "--fk-ground"), ("--fk-ink", "--fk-sheet"), ("--fk-ink", "--fk-desk"),
    ("--fk-ink", "--fk-accent-soft"), ("--fk-ink-3", "--fk-ground"), ("--fk-accent", "--fk-ground"),
    ("--fk-alarm", "--fk-ground"), ("--fk-ground", "--fk-gm"), ("--fk-ground", "--fk-va"),
]  # fmt: skip


def markdown(notebook: Any) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def stored_html(notebook: Any) -> list[str]:
    return [
        output.data["text/html"]
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]


def assert_headings_in_order(text: str) -> None:
    levels = [len(marks) for marks in re.findall(r"^(#+) ", text, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@for_each(NOTEBOOKS)
def test_a_notebook_has_one_title_and_ordered_headings(notebook):
    assert_headings_in_order(markdown(notebook))


@for_each(PAGES)
def test_a_page_has_one_title_and_ordered_headings(page):
    assert_headings_in_order(page)


@for_each(PAGES)
def test_links_of_a_page_say_where_they_lead(page):
    for words in re.findall(r"\[([^\]]+)\]\(", page):
        assert words.lower() not in VAGUE


@for_each(PAGES)
def test_pictures_of_a_page_are_described(page):
    for words in re.findall(r"!\[([^\]]*)\]\(", page):
        assert len(words.split()) >= 5


@for_each(PAGES)
def test_tables_of_a_page_name_their_columns(page):
    for header in re.findall(r"^(\|.*\|)\n\|[ :|-]+\|$", page, re.MULTILINE):
        assert all(cell.strip() for cell in header.strip("|").split("|")), header


@for_each(NOTEBOOKS)
def test_every_stored_picture_has_a_description_and_its_numbers_as_a_table(notebook):
    for html in stored_html(notebook):
        for picture in re.findall(r"<img[^>]*>", html):
            (words,) = re.findall(r'alt="([^"]*)"', picture)
            assert len(words.split()) >= 10
            assert "<figcaption" in html
            assert "<table" in html


@for_each(NOTEBOOKS)
def test_every_stored_table_has_a_caption_and_header_cells(notebook):
    for html in stored_html(notebook):
        for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
            assert "<caption" in table
            assert 'scope="col"' in table
            assert 'scope="row"' in table


@for_each(NOTEBOOKS)
def test_marked_words_are_named_and_not_only_coloured(notebook):
    for html in stored_html(notebook):
        running = re.sub(r"<table.*?</table>", "", html, flags=re.DOTALL)  # its rows name the code
        # A map has a number in front of its words; below a passage to settle stand its readings.
        running = re.sub(r"<mark>[^<]*</mark>[^<]*</p>(?:</div>)?<ul>", "", running)
        assert running.count("<mark") == len(re.findall(MARK, running))
        assert ("<mark" in running) <= ("<sup" in running)


@for_each(LESSONS)
def test_every_other_tool_has_words_above_it_and_its_way_in_code_in_its_block(lesson):
    for above, cell in itertools.pairwise(lesson.cells):
        for tool, twin in TWINS.items():
            if cell.cell_type == "code" and tool in cell.source:
                same = [
                    one.source for one in lesson.cells if one.metadata.tags == cell.metadata.tags
                ]
                assert len(above.source.split()) >= 15, cell.id
                assert twin in "\n".join(same), f"{cell.id} does not say {twin}"


# -- contrast, worked out from the values in the style sheets ---------------------------------


def variables(css: str) -> dict[str, str]:
    return dict(re.findall(r"(--[\w-]+):\s*([^;}]+)", css))


def themes() -> dict[str, dict[str, str]]:
    """Return all variables as they are in each theme; "paper" has no theme at all."""
    blocks = [
        re.search(head + r"\{([^}]*)\}", WIDGET_TOKENS) for head in (":root,:host", "body[^{]*")
    ]
    light, dark = (variables(block[1]) for block in blocks if block)
    found = {"paper": light}
    for name, own in (("light", {}), ("dark", dark)):
        style = (THEMES / f"theme-{name}-extension" / "index.css").read_text(encoding="utf-8")
        found[name] = variables(style) | light | own
    return found


ALL_THEMES = themes()


def resolve(value: str, known: dict[str, str]) -> str:
    """Follow var(--name, fallback) until a colour is left."""
    while match := re.fullmatch(r"var\((--[\w-]+)(?:,\s*(.+))?\)", value.strip()):
        value = known.get(match[1], match[2] or "")
    return value.strip()


def rgba(colour: str) -> tuple[float, float, float, float]:
    colour = {"white": "#fff", "black": "#000"}.get(colour, colour)
    if colour.startswith("#"):
        digits = colour[1:] if len(colour) > 4 else "".join(2 * one for one in colour[1:])
        red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
        return red, green, blue, 1.0
    parts = [float(one) for one in re.findall(r"[\d.]+", colour)]
    assert colour.startswith("rgb"), colour
    return parts[0], parts[1], parts[2], parts[3] if len(parts) > 3 else 1.0


def luminance(colour: tuple[float, ...]) -> float:
    linear = [
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4
        for one in (part / 255 for part in colour[:3])
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(text: str, ground: str) -> float:
    front, back = rgba(text), rgba(ground)
    mixed = [
        front[3] * one + (1 - front[3]) * other for one, other in zip(front, back, strict=True)
    ]
    dark, light = sorted((luminance(tuple(mixed[:3])), luminance(back)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_worked_out_as_the_guidelines_say():
    assert contrast("#000", "#fff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("rgba(0, 0, 0, 0.5)", "#fff") < contrast("#000", "#fff")


@for_each(ALL_THEMES, LENT)
def test_what_jupyterlab_lends_can_be_read_with_the_colours_of_the_kit(known, pair):
    text, ground = pair

    assert contrast(resolve(known[text], known), resolve(known[ground], known)) >= 4.5


def test_the_tools_and_pages_use_the_colours_of_the_tokens_and_no_others():
    other = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgba?|hsl|color-mix)\(|\b(?:white|black|gr[ae]y)\b")
    sheets = [path for path in KIT.rglob("*.css") if path.name != "tokens.css"]
    sheets += [*ROOT.glob("tools/*.css"), *ROOT.glob("jupyter/labextensions/**/*.css")]
    # the page of the strip has no tokens: test_extension compares its names with them
    named = re.compile(
        r"/\*.*?\*/|url\([^)]*\)|--(?:a|soft|line|on|edge|desk|rule): #\w+;", re.DOTALL
    )
    wrong = {}
    for path in sheets:
        css = named.sub("", path.read_text("utf-8"))
        wrong[path.name] = [one for one in re.findall(r":([^:;{}]+)[;}]", css) if other.search(one)]

    assert len(sheets) > 10
    assert {name: values for name, values in wrong.items() if values} == {}


def test_style_sheets_name_only_tokens_that_exist():
    known = set(variables(WIDGET_TOKENS))
    used = {
        f"{path.name}: {name}"
        for path in KIT.rglob("*.css")
        for name in re.findall(r"var\((--fk-[\w-]+)", path.read_text("utf-8"))
        if name not in known
    }

    assert used == set()
