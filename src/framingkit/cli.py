"""The ``framingkit`` command: get the course into a folder, and collect, report and grade a class.

Whatever goes wrong is one sentence; nobody has to read a traceback.
"""

import os
import shutil
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from framingkit import annotation_commands
from framingkit.base import prepare_console, say
from framingkit.class_commands import add_to
from framingkit.course_commands import add_to as add_course_commands
from framingkit.errors import FramingkitError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)

add_to(app)
add_course_commands(app)
annotation_commands.add_to(app)

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
)  # fmt: skip


@app.callback()
def framingkit(
    course: Annotated[
        Path | None,
        typer.Option(help="A course of your own, if this is not its folder.", metavar="FOLDER"),
    ] = None,
) -> None:
    """Learn how news frames diplomacy."""
    if course is not None:
        from framingkit.course import choose_course

        choose_course(course)


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
    say(
        f"Copied {copied} files to {folder}.",
        *(f"Left alone, because it is already there: {path}" for path in left_alone),
        "Next, open it in JupyterLab:",
        f'  {own_command(Path(sys.executable).parent)} open "{folder}"',
        error=False,
    )


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


@app.command("open", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def open_command(
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


@app.command("serve")
def serve_command(
    site: Annotated[Path, typer.Argument(metavar="SITE", help="What run.py site has built.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8080,
    path: Annotated[str, typer.Option(help="The part of the address below which it lies.")] = "",
    only_here: Annotated[
        bool, typer.Option("--only-here", help="Answer this computer alone.")
    ] = False,
) -> None:
    """For instructors: give the site to the browsers of a classroom."""
    from framingkit.hosting import serve_site

    serve_site(site, port, path, only_here)


@app.command("class-link")
def class_link_command(
    site: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address of the site.")],
    lesson: Annotated[str, typer.Option(help="Which lesson opens, such as 03.")] = "",
    class_name: Annotated[str, typer.Option("--class", help="How your class is called.")] = "",
    course: Annotated[str, typer.Option(help="The name of a course of your own.")] = "",
    output: Annotated[
        Path | None, typer.Option("-o", help="A page to print or show, with a QR code.")
    ] = None,
) -> None:
    """For instructors: make the address that a class opens, with a QR code."""
    from framingkit.hosting import class_link, link_picture, write_class_link

    link = class_link(site, lesson, class_name, course)
    said = write_class_link(output, link, class_name) if output else link_picture(link)
    say(link, *said, error=False)


@app.command("export-questions")
def export_questions_command(
    format: Annotated[str, typer.Option(help="moodle, qti12, qti21 or gift.")],
    lesson: Annotated[str, typer.Option(help="One lesson, such as 03; without it, all.")] = "",
    output: Annotated[Path | None, typer.Option("-o", help="The file to write.")] = None,
) -> None:
    """For instructors: write the questions as a file for your school's platform."""
    from framingkit.exchange import export_questions

    say(*export_questions(format, lesson, output))


@app.command("progress")
def progress_command(
    code_name: Annotated[str, typer.Option(help="Whose work; by default the last one used.")] = "",
) -> None:
    """Say how many questions you have answered and how many tags you have made."""
    from framingkit.notebook.looking_back import progress_in
    from framingkit.work import find_log

    say(*progress_in(find_log(code_name or None)), error=False)


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
    prepare_console()
    try:
        code = app(standalone_mode=False) or 0
    except Exception as error:
        reason, code = _explained(error)
        say(reason)
    raise SystemExit(code)


def _explained(error: Exception) -> tuple[str, int]:
    """Give a sentence about a failure, and the exit code. No content of a file is in it."""
    if isinstance(error, FramingkitError):
        return str(error), 1
    if isinstance(error, OSError):
        file = f"“{error.filename}”" if error.filename else "A file"
        return f"{file} could not be read or written: {error.strerror or error}.", 1
    if type(error).__name__ == "Abort":
        return "Stopped.", 130
    usage = getattr(error, "format_message", None)  # typer's own errors; their module moves
    if usage:
        context = getattr(error, "ctx", None)
        lines = [context.get_usage(), f"Try: {context.command_path} --help"] if context else []
        return "\n".join([*lines, f"Error: {usage()}"]), 2
    last = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"framingkit stopped, because something in it is wrong ({type(error).__name__} in "
        f"{Path(last.filename).name}, line {last.lineno}). What was saved before is untouched. "
        "Please report this to those who make the kit."
    ), 1
