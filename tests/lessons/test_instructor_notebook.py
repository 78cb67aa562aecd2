"""Notebooks for instructors: short cells, plain words, and commands that work as they stand."""

import re
import shlex
import shutil
import statistics
from pathlib import Path
from typing import Any

import nbformat
from for_each import for_each
from typer.testing import CliRunner

from framingkit.cli import app
from framingkit.commands import course_files
from framingkit.course import kit_folder
from framingkit.hand_ins.sources import sample_hand_ins

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
FOR_INSTRUCTORS = {
    name: nbformat.read(ROOT / "notebooks" / name, as_version=4)
    for name in NAMES
    if name.startswith("instructor-")
}
OF_A_CLASS = {name: one for name, one in FOR_INSTRUCTORS.items() if "class" in name}


def prose(notebook: Any) -> str:
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def test_every_notebook_is_a_numbered_lesson_for_instructors_or_for_practice():
    lessons = [name for name in NAMES if re.match(r"\d\d-", name)]

    assert FOR_INSTRUCTORS
    assert sorted([*lessons, *FOR_INSTRUCTORS, "practice.ipynb"]) == NAMES


def test_learners_do_not_get_it_and_instructors_do():
    def copied(with_solutions: bool) -> set[str]:
        return {path.name for path in course_files(kit_folder(), with_solutions)}

    assert not copied(with_solutions=False) & FOR_INSTRUCTORS.keys()
    assert copied(with_solutions=True) >= FOR_INSTRUCTORS.keys()


@for_each(FOR_INSTRUCTORS)
def test_a_code_cell_has_at_most_three_lines_besides_the_import(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "code":
            lines = [line for line in cell.source.splitlines() if line.strip()]
            assert len([line for line in lines if not line.startswith("import ")]) <= 3


@for_each(FOR_INSTRUCTORS)
def test_every_code_cell_is_announced_in_words(notebook):
    for above, cell in zip(notebook.cells, notebook.cells[1:], strict=False):
        if cell.cell_type == "code":
            decided = "example.keep" in above.source
            assert above.cell_type == "markdown" or decided, cell.source


@for_each(OF_A_CLASS)
def test_sentences_are_short_and_the_class_is_named_as_constructed(notebook):
    text = re.sub(r"```.*?```|`[^`\n]*`", " ", prose(notebook), flags=re.DOTALL)
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    said = [one.split() for one in re.split(r"(?<=[.?!:;])\s+|\n\n|\n(?:-|\d+\.) ", text)]
    lengths = [len(one) for one in said if len(one) > 2]

    assert "**constructed**" in text
    assert statistics.median(lengths) <= 18
    assert max(lengths) <= 45


@for_each(OF_A_CLASS)
def test_no_cell_decides_anything_for_a_class_of_ones_own(notebook):
    for cell in notebook.cells:
        decides = re.findall(r"^(\w+)\.(?:keep|no_tag|later)\(", cell.source, re.MULTILINE)
        assert set(decides) <= {"example"}
    made = [cell.source for cell in notebook.cells if cell.source.startswith("example = ")]
    assert [source.split(".settle")[0] for source in made] == [
        "example = fk.collect_class(fk.sample_hand_ins())"
    ]


@for_each(OF_A_CLASS)
def test_every_command_in_it_works_as_it_stands_there(notebook, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(sample_hand_ins(), "hand-ins")
    prepare = f'framingkit collect "{sample_hand_ins(after=True).as_posix()}" -o after.jsonl.gz'
    blocks = re.findall(r"```\n(.*?)\n```", prose(notebook), re.DOTALL)
    commands = [shlex.split(line) for line in [prepare, *"\n".join(blocks).splitlines()]]

    for program, *arguments in commands:
        done = CliRunner().invoke(app, arguments)
        assert (program, done.exit_code) == ("framingkit", 0), (arguments, done.output)

    assert {one[1] for one in commands} == {"collect", "grade", "merge", "report"}
    made = ("class.jsonl.gz", "grades.csv", "written.csv", "grades-with-marks.csv", "report.html")
    assert all(Path(name).is_file() for name in made)
    assert len(list(Path("feedback").glob("*.html"))) == 30
