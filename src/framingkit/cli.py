"""The ``framingkit`` command: get the course into a folder of one's own.

Whatever goes wrong is said in one sentence; nobody has to read a traceback.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from framingkit import class_commands
from framingkit.errors import FramingkitError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)
class_commands.add_to(app)

# Made by Jupyter, Python and the learner while working: never part of the course.
NOT_COURSE = {".ipynb_checkpoints", "__pycache__", "work"}
SOLUTIONS = "solutions"
COURSE = (
    "notebooks", "exercises",
    "docs/glossary.md", "docs/start-alone.md", "docs/capstone-rubric.md", "docs/worksheets",
)  # fmt: skip
TEACHERS_ONLY = "instructor-"  # so begin the names of notebooks that would puzzle learners
FOR_TEACHERS = ("docs/instructor-guide.md", "docs/instructor-guide", "docs/standards.md")


@app.callback()
def framingkit() -> None:
    """Learn how news frames diplomacy."""


@app.command()
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
    typer.echo(f"Copied {copied} files to {folder}.")
    for path in left_alone:
        typer.echo(f"Left alone, because it is already there: {path}")
    typer.echo("Next, open that folder in JupyterLab and begin with notebooks/00-start-here.ipynb:")
    typer.echo(f'  cd "{folder}"')
    typer.echo("  jupyter lab")


@app.command("progress")
def progress_command(
    code_name: Annotated[str, typer.Option(help="Whose work; by default the last one used.")] = "",
) -> None:
    """Say how many questions you have answered and how many tags you have made."""
    from framingkit.acts.looking_back import progress_in
    from framingkit.work_folder import find_log

    for sentence in progress_in(find_log(code_name or None)):
        typer.echo(sentence)


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


def main() -> None:
    """Run the command; every failure becomes one sentence and exit code 1."""
    try:
        app()
        return
    except FramingkitError as error:
        reason = str(error)
    except OSError as error:
        place = f"“{error.filename}”" if error.filename else "A file"
        reason = f"{place} could not be read or written: {error.strerror or error}."
    typer.echo(reason, err=True)
    raise SystemExit(1)
