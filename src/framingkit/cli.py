"""The ``framingkit`` command: get the course into a folder, and collect, report and grade a class.

Whatever goes wrong is one sentence; nobody has to read a traceback.
"""

import traceback
from pathlib import Path
from typing import Annotated

import typer

from framingkit.base import prepare_console, say
from framingkit.commands import add_to
from framingkit.errors import FramingkitError

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False, no_args_is_help=True)


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


add_to(app)


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
