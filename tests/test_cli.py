"""The framingkit command, from the checkout and from a wheel."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from for_each import for_each
from hatchling.builders.wheel import WheelBuilder
from typer.testing import CliRunner

from framingkit import cli, commands, course
from framingkit.errors import FramingkitError

ROOT = Path(__file__).parent.parent


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """Make a small kit, with traces of somebody's work in it."""
    names = ["notebooks/00-start-here.ipynb", "exercises/03.ipynb", "exercises/solutions/03.ipynb"]
    names += ["notebooks/work/amber-7.jsonl", "notebooks/.ipynb_checkpoints/00.ipynb", "data/a.txt"]
    for name in names:
        path = tmp_path / "kit" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"from the kit: {name}")
    monkeypatch.setattr(course, "kit_folder", lambda: tmp_path / "kit")
    return tmp_path / "kit"


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def start(*words: str):
    return CliRunner().invoke(cli.app, ["start", *words])


def main(monkeypatch, capsys, *words: str) -> tuple[object, str]:
    monkeypatch.setattr(sys, "argv", ["framingkit", *words])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return stop.value.code, capsys.readouterr().err


def test_start_copies_the_course_but_neither_solutions_nor_anyones_work(kit, tmp_path):
    result = start(str(tmp_path / "Übung mit Leerzeichen"))
    assert result.exit_code == 0
    copied = files_in(tmp_path / "Übung mit Leerzeichen")
    assert copied == {"notebooks/00-start-here.ipynb", "exercises/03.ipynb"}


def test_the_guide_is_for_instructors_and_the_glossary_for_all(tmp_path):
    learner, teacher = tmp_path / "learner", tmp_path / "teacher"
    start(str(learner))
    start(str(teacher), "--with-solutions")
    for_all = {"docs/glossary.md", "docs/start-alone.md", "docs/sources.md"}
    assert for_all <= files_in(learner)
    assert not [name for name in files_in(learner) if "instructor" in name or "answers" in name]
    assert not [name for name in files_in(learner) if "solutions" in name or "standards" in name]
    assert {"docs/instructor-guide.md", "docs/instructor-guide/answers.html"} <= files_in(teacher)
    assert not [name for name in files_in(teacher) if "decisions" in name]


def test_no_link_of_a_copied_page_leads_nowhere(tmp_path):
    start(str(tmp_path / "mine"), "--with-solutions")
    pages = [p for p in (tmp_path / "mine").rglob("*") if p.suffix in {".md", ".ipynb", ".html"}]
    pattern = r"""\]\(([^)#:\s]+)(?:#[^)\s]*)?\)|href=['"]([^'"#:]+)['"]"""
    lost = [
        (page.name, target)
        for page in pages
        for target in map("".join, re.findall(pattern, page.read_text("utf-8")))
        if not (page.parent / target).exists()
    ]
    assert len(pages) > 30
    assert lost == []


def test_start_says_what_to_do_next(kit, tmp_path):
    output = start(str(tmp_path / "mine")).output
    assert "Copied 2 files" in output
    assert f'framingkit open "{tmp_path / "mine"}"' in output


@for_each([
    ("bin/framingkit", "bin", "framingkit"),
    ("elsewhere/framingkit", ".venv/bin", str(Path(".venv/bin/framingkit"))),
    (None, ".venv/Scripts", str(Path(".venv/Scripts/framingkit"))),
    (None, "my kit/bin", f'"{Path("my kit/bin/framingkit")}"'),
])  # fmt: skip
def test_the_command_to_go_on_with_works_for_those_who_use_run_py(case, tmp_path, monkeypatch):
    on_path, scripts, expected = case
    monkeypatch.chdir(tmp_path)
    found = None if on_path is None else str(tmp_path / on_path)
    monkeypatch.setattr("shutil.which", lambda name: found)

    assert commands.own_command(Path.cwd() / scripts) == expected


def test_a_folder_is_opened_with_the_kits_settings(tmp_path, monkeypatch):
    started = []
    monkeypatch.setattr("jupyterlab.labapp.main", started.append)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "mine")
    monkeypatch.setenv("JUPYTER_PATH", "")
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "")
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli.app, ["open", str(tmp_path), "--no-browser", "--port", "8899"])

    assert result.exit_code == 0, result.output
    assert started == [[f"--ServerApp.root_dir={tmp_path}", "--no-browser", "--port", "8899"]]
    path = os.environ["JUPYTER_CONFIG_PATH"]
    assert path == os.pathsep.join([str(course.kit_folder() / "jupyter"), "mine"])
    assert os.environ["JUPYTER_PATH"] == str(course.kit_folder() / "jupyter")


def test_opening_a_folder_that_is_not_there_gets_a_sentence(monkeypatch, capsys, tmp_path):
    code, words = main(monkeypatch, capsys, "open", str(tmp_path / "none"))

    assert code == 1
    assert words.startswith("There is no folder")


def test_instructors_can_have_the_solutions_too(kit, tmp_path):
    start(str(tmp_path / "mine"), "--with-solutions")
    assert "exercises/solutions/03.ipynb" in files_in(tmp_path / "mine")


def test_start_never_overwrites_and_says_what_it_left_alone(kit, tmp_path):
    mine = tmp_path / "mine" / "notebooks" / "00-start-here.ipynb"
    mine.parent.mkdir(parents=True)
    mine.write_text("my answers")
    output = start(str(tmp_path / "mine")).output
    assert mine.read_text() == "my answers"
    assert f"already there: {Path('notebooks/00-start-here.ipynb')}" in output
    assert "Copied 1 files" in output


def test_a_break_while_copying_leaves_no_half_file(kit, tmp_path, monkeypatch):
    def tear(source, target):
        Path(target).write_text("half")
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr("shutil.copyfile", tear)
    with pytest.raises(OSError, match="No space left"):
        commands.copy_course(kit, tmp_path / "mine")
    assert not (tmp_path / "mine" / "exercises" / "03.ipynb").exists()
    assert not (tmp_path / "mine" / "notebooks" / "00-start-here.ipynb").exists()


def test_an_empty_kit_is_refused(tmp_path):
    with pytest.raises(FramingkitError, match="Install the kit again"):
        commands.copy_course(tmp_path, tmp_path / "mine")


def test_a_folder_that_cannot_be_made_gets_one_sentence(kit, tmp_path, monkeypatch, capsys):
    (tmp_path / "file").touch()
    code, words = main(monkeypatch, capsys, "start", str(tmp_path / "file"))
    assert code == 1
    assert "could not be read or written" in words
    assert words.count("\n") == 1


def test_a_damaged_kit_gets_one_sentence(monkeypatch, capsys, tmp_path):
    def missing():
        raise FramingkitError("The kit's data folder is missing.")

    monkeypatch.setattr(course, "kit_folder", missing)
    assert main(monkeypatch, capsys, "start", str(tmp_path)) == (
        1,
        "The kit's data folder is missing.\n",
    )


def test_wrong_use_is_exit_code_two(monkeypatch, capsys):
    code, words = main(monkeypatch, capsys, "start")
    assert code == 2
    assert "FOLDER" in words


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Build the wheel from this checkout, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    (built,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    return Path(built)


def test_the_wheel_holds_the_course_and_the_widgets_parts(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for room in ("notebooks", "exercises", "data"):
        for path in (ROOT / room).rglob("*.*"):
            inside = path.relative_to(ROOT).as_posix()
            if path.suffix in {".ipynb", ".toml", ".txt"} and ".ipynb_checkpoints" not in inside:
                assert f"framingkit/_kit/{inside}" in names
    room = "labextensions/framingkit-room/static/remoteEntry.js"
    assert {f"framingkit/_kit/jupyter/{one}" for one in ("jupyter_lab_config.json", room)} <= names
    assert not [name for name in names if "share/jupyter" in name and "framingkit-room" in name]
    for path in (ROOT / "src" / "framingkit").rglob("[!.]*.*"):
        hidden = any(part.startswith(".") for part in path.relative_to(ROOT).parts)
        if not hidden and path.suffix in {".py", ".js", ".css", ".toml", ".json", ".typed"}:
            assert path.relative_to(ROOT / "src").as_posix() in names


def test_the_wheel_brings_the_extension_and_asks_nothing_about_news(wheel):
    extension = "labextensions/framingkit-lesson"
    with zipfile.ZipFile(wheel) as files:
        inside = next(one for one in files.namelist() if one.endswith("lessons.json"))
        place = inside.removesuffix(f"{extension}/static/lessons.json")
        assert place.endswith(".data/data/share/jupyter/")
        for part in (f"{extension}/package.json", f"{extension}/static/remoteEntry.js",
                     "lab/settings/overrides.d/framingkit.json"):  # fmt: skip
            assert files.read(place + part) == (ROOT / "jupyter" / part).read_bytes()


def test_the_wheel_holds_nobodys_work(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if "_kit/" in n and "/work/" in n] == []
    assert [n for n in names if "checkpoint" in n or "__pycache__" in n or ".jsonl" in n] == []


def test_start_works_from_the_wheel(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    command = [sys.executable, "-c", "from framingkit.cli import main; main()", "start"]
    env = dict(os.environ, PYTHONPATH=str(tmp_path / "site"))
    result = subprocess.run(
        [*command, str(tmp_path / "mine")], env=env, cwd=tmp_path, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "mine" / "notebooks" / "00-start-here.ipynb").is_file()
    assert (tmp_path / "mine" / "docs" / "glossary.md").is_file()
    assert (tmp_path / "site/framingkit/_kit/docs/instructor-guide/fact-sheet.md").is_file()
