"""What a learner does in a terminal: get the course into a folder, open it, see what is done."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from framingkit.base import Tabled, say
from framingkit.errors import FramingkitError

# Made by Jupyter, Python and the learner while working: never part of the course.
NOT_COURSE = {".ipynb_checkpoints", "__pycache__", "work"}
SOLUTIONS = "solutions"
COURSE = (
    "notebooks", "exercises",
    "docs/glossary.md", "docs/start-alone.md", "docs/capstone-rubric.md", "docs/worksheets",
    "docs/sources.md", "docs/every-act-as-code.md",
)  # fmt: skip
TEACHERS_ONLY = "instructor-"  # so begin the names of notebooks that would puzzle learners
FOR_TEACHERS = (
    "docs/instructor-guide.md", "docs/instructor-guide", "docs/standards.md", "docs/jupyterhub.md",
    "docs/hosting.md", "docs/where-it-runs.md", "docs/questions-out.md",
    "docs/annotations-out.md", "docs/library.md", "docs/own-lesson.md",
    "docs/images/class-desk-report.png", "docs/images/class-desk-marks.png",
)  # fmt: skip
_LEFT = "Left alone, because it is already there"


def start(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Your own folder. It is made if it is missing.")
    ],
    with_solutions: Annotated[
        bool,
        typer.Option(
            "--with-solutions",
            help="For instructors: copy the solutions, the guide and the class notebook too.",
        ),
    ] = False,
) -> None:
    """Copy the notebooks and exercises into a folder of your own."""
    from framingkit.course import kit_folder

    copied, left_alone = copy_course(kit_folder(), folder, with_solutions)
    say(
        f"Copied {copied} files to {folder}.",
        *(Tabled(f"{_LEFT}: {path}", _LEFT, ("File",), [(str(path),)]) for path in left_alone),
        "Next, open it in JupyterLab:",
        f'  {own_command(Path(sys.executable).parent)} open "{folder}"',
        error=False,
    )


def open_course(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="The folder that start made.")] = Path(),
) -> None:
    """Open a folder in JupyterLab, on the start page; more options are for JupyterLab."""
    from framingkit.course import kit_folder

    if not folder.is_dir():
        raise FramingkitError(f"There is no folder “{folder}”. Make it: framingkit start.")
    for name in ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH"):  # settings; the extension of the lessons
        paths = (str(kit_folder() / "jupyter"), os.environ.get(name, ""))
        os.environ[name] = os.pathsep.join(filter(None, paths))
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.chdir(folder)
    try:
        from jupyterlab.labapp import main as open_lab
    except ImportError:
        raise FramingkitError(
            "JupyterLab is not installed here. Install it: pip install jupyterlab"
        ) from None
    open_lab([f"--ServerApp.root_dir={Path.cwd()}", *context.args])


def progress(
    code_name: Annotated[str, typer.Option(help="Whose work; by default the last one used.")] = "",
) -> None:
    """Say how many questions you have answered and how many tags you have made."""
    from framingkit.notebook.looking_back import progress_in
    from framingkit.work import find_log

    say(*progress_in(find_log(code_name or None)), error=False)


def own_command(scripts: Path) -> str:
    """Say how to call this command from the folder where the terminal is now.

    Whoever uses ``run.py`` does not have it on the path.

    Parameters
    ----------
    scripts
        Where the commands of this Python are.
    """
    found = shutil.which("framingkit")
    if found and Path(found).parent.resolve() == scripts.resolve():
        return "framingkit"
    here = Path.cwd()
    place = scripts.relative_to(here) if scripts.is_relative_to(here) else scripts
    command = str(place / "framingkit")
    return f'"{command}"' if " " in command else command


def copy_course(kit: Path, folder: Path, with_solutions: bool = False) -> tuple[int, list[Path]]:
    """Copy the course; nothing that is already in the folder is touched.

    Parameters
    ----------
    kit
        Where the kit keeps its notebooks and exercises.
    folder
        The learner's folder.
    with_solutions
        Whether the solutions of the exercises come along, and what is for instructors only.

    Returns
    -------
    tuple of int and list of Path
        How many files were copied, and which were left alone, relative to `folder`.

    Raises
    ------
    FramingkitError
        If the kit's folder holds no course.
    """
    files = list(course_files(kit, with_solutions))
    if not files:
        raise FramingkitError("The kit's notebooks are missing. Install the kit again.")
    left_alone = [path for path in files if (folder / path).exists()]
    for path in files:
        if path not in left_alone:
            _copy_file(kit / path, folder / path)
    return len(files) - len(left_alone), left_alone


def course_files(kit: Path, with_solutions: bool = False) -> Iterator[Path]:
    """Name the files of the course, relative to the kit's folder."""
    skipped = NOT_COURSE if with_solutions else NOT_COURSE | {SOLUTIONS}
    for room in COURSE + (FOR_TEACHERS if with_solutions else ()):
        for path in (kit / room, *sorted((kit / room).rglob("*"))):
            name = path.relative_to(kit)
            hidden = any(part in skipped or part.startswith(".") for part in name.parts)
            hidden |= path.name.startswith(TEACHERS_ONLY) and not with_solutions
            if path.is_file() and not hidden:
                yield name


def _copy_file(source: Path, target: Path) -> None:
    """Copy a file under another name first: a break must not leave half a notebook behind."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    unfinished.replace(target)
