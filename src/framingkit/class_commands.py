"""The commands for instructors: collect hand-ins, grade a class, merge marks."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, TypeVar

import typer

CLASS = "class.jsonl.gz"
REPORT = "report.html"

Step = TypeVar("Step")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the ``framingkit`` command."""
    for command in (collect, share, report, grade, merge):
        app.command(command.__name__)(command)


def collect(
    source: Annotated[
        Path,
        typer.Argument(metavar="FOLDER|ZIP", help="The hand-ins, as your platform gives them."),
    ],
    output: Annotated[Path, typer.Option("-o", help="The class file to write.")] = Path(CLASS),
    key: Annotated[Path | None, typer.Option(help="Key file to write: who is who.")] = None,
) -> None:
    """For instructors: put hand-ins together into one class file."""
    from framingkit import collection

    collection.collect(
        source, output, _say, lambda names: _watched(names, len(names), "Reading"), key
    )


def share(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The class file for learners to write.")],
) -> None:
    """For instructors: copy a class for learners, with tags and no names, answers or notes."""
    from framingkit.class_copies import share_class

    _say(*share_class(class_file, output))


def report(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The page to write.")] = Path(REPORT),
    before: Annotated[
        Path | None, typer.Option(help="What collect wrote earlier, before the discussion.")
    ] = None,
    data: Annotated[
        Path | None, typer.Option("--json", help="The same numbers for programs.")
    ] = None,
) -> None:
    """For instructors: show how a class read, on one page for projector and paper."""
    from framingkit.report_files import write_report

    _say(
        write_report(
            class_file, output, before, data,
            lambda groups, total: _watched(groups, total, "Counting"),
        )
    )  # fmt: skip


def grade(
    class_file: Annotated[Path, typer.Argument(metavar="CLASS", help="What collect has written.")],
    output: Annotated[Path, typer.Option("-o", help="The table of scores to write.")],
    to_read: Annotated[Path | None, typer.Option(help="Table of written answers to write.")] = None,
    feedback: Annotated[Path | None, typer.Option(help="Folder for a page per learner.")] = None,
    names: Annotated[Path | None, typer.Option(help="Key file: code_name, name.")] = None,
    id_column: Annotated[str, typer.Option(help="Which column of the key file to use.")] = "",
    reference: Annotated[
        Path | None, typer.Option(help="A reading to compare with, as a class settled it.")
    ] = None,
) -> None:
    """For instructors: score a class, blind; written answers are listed to be read."""
    from framingkit import grade_files

    if id_column and not names:
        raise typer.BadParameter("--id-column names a column of the key file: give --names too.")
    key = grade_files.read_key(names, id_column) if names else None
    said = grade_files.grade(
        class_file, output, to_read, feedback, key,
        lambda found: _watched(found, len(found), "Grading"), reference,
    )  # fmt: skip
    _say(*said)


def merge(
    grades: Annotated[Path, typer.Argument(metavar="GRADES", help="What grade has written.")],
    written: Annotated[Path, typer.Argument(metavar="WRITTEN", help="The answers, with marks.")],
    output: Annotated[Path, typer.Option("-o", help="The table to write.")],
    second: Annotated[Path | None, typer.Option(help="The same, marked by another.")] = None,
) -> None:
    """For instructors: fold the marks of written answers into the scores."""
    from framingkit.marking import merge_marks

    _say(*merge_marks(grades, written, output, second))


def _say(*sentences: str) -> None:
    for sentence in sentences:
        typer.echo(sentence, err=True)


def _watched(steps: Iterable[Step], total: int, what: str) -> Iterator[Step]:
    """Show on a terminal how far a long run has come; elsewhere nothing is shown."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    yield from track(steps, what, total, console=console, disable=hidden, transient=True)
